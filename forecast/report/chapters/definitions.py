"""What normal means: each definition, the gap to it, and when output is back on it."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.report.blocks import Block, Column, Row, Table, table
from forecast.report.columns import dated, head, milestone_columns, words
from forecast.report.phrases import baseline, kind
from forecast.report.words import Language

NOTABLE = 0.10
"""Difference of two probabilities from which a reader should hear of it. chosen: a step between words of chance."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the definitions in a table."""
    return [_table(outcome, language)]


def spread(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return how far the definition moves the answer, for page one; nothing where little, or without a slump."""
    if outcome.slump is None:
        return ()
    answer, used = baseline(outcome), outcome.normal.kind
    others = [d for d in outcome.normal.definitions if d.kind != used]
    far = max(others, key=lambda d: abs(d.recovery.p_within_12 - answer.p_within_12), default=None)
    if far is None or abs(far.recovery.p_within_12 - answer.p_within_12) < NOTABLE:
        return ()
    sentence = language.say(
        "risk.definition_text",
        p=language.odds(answer.p_within_12),
        used=kind(used, outcome, language),
        other=language.odds(far.recovery.p_within_12),
        kind=kind(far.kind, outcome, language),
    )
    return ((language.text["risk.definition"], sentence),)


def _table(outcome: Outcome, language: Language) -> Table:
    """Each definition of normal: what it is, where levels are published its own, the gap, in a slump its answer."""
    rows: list[Row] = []
    scaled, slumps = outcome.unit == "levels", outcome.slump is not None
    for row in outcome.normal.definitions:
        name = kind(row.kind, outcome, language)
        if row.kind == outcome.normal.kind:
            name = language.say("definitions.used", kind=name)
        explained = f"{name[:1].upper()}{name[1:]}: {kind(row.kind, outcome, language, 'explain')}"
        rows.append(
            (
                explained,
                *((language.number(row.level, 1),) if scaled else ()),
                language.percent(row.gap_pct, sign=True),
                *(dated(row.recovery, outcome, language)[1:] if slumps else ()),
            )
        )
    columns = (
        words(language, "column.definition", 4.0),
        *((head(language, "column.level", 1.0),) if scaled else ()),
        Column(language.say("column.gap", window=str(outcome.rule.window)), share=1.0),
        *(milestone_columns(outcome, language)[1:] if slumps else ()),
    )
    return table(language.text["definitions.title" if slumps else "definitions.title_none"], columns, rows)
