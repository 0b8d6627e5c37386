"""What the answer hangs on: how far other choices would move it."""

from __future__ import annotations

from forecast.outcome import Outcome, Variation
from forecast.report.blocks import Block, Heading, Paragraph, Row, Table, table
from forecast.report.columns import head, words
from forecast.report.phrases import kind, moment
from forecast.report.words import Language

FELT = 0.03
"""Change of the chance within a year under which the chance of not at all tells more. chosen: eight times the
answer's own Monte-Carlo error (docs/decisions.md)."""

NAMED = {"normal": "kind", "without": "model", "with": "model"}
"""Whose words a value is told in; numbers stand as they are."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the answer under other choices; nothing where none were tried."""
    if not outcome.sensitivity:
        return []
    return [
        Heading(heading(outcome, language), language.text["sensitivity.section"]),
        _table(outcome, language),
        Paragraph(_note(outcome, language), "note"),
    ]


def _choice(row: Variation, language: Language) -> str:
    """A choice as a table prints it."""
    value = language.name(NAMED[row.choice], row.value) if row.choice in NAMED else row.value
    return language.say(f"choice.{row.choice}", value=value)


def heading(outcome: Outcome, language: Language) -> str:
    """Return the range of the chance that choices move most, within a year or not at all, and what moves it most."""
    base, *others = outcome.sensitivity
    near = max(abs(row.p_within_12 - base.p_within_12) for row in others)
    far = max(abs(_never(row) - _never(base)) for row in others)
    key, chance = (
        ("sensitivity.heading", _within) if near >= min(far, FELT) else ("sensitivity.heading_never", _never)
    )
    most = max(others, key=lambda row: abs(chance(row) - chance(base)))
    return language.say(
        key,
        base=language.odds(chance(base)),
        low=language.odds(min(chance(row) for row in others)),
        high=language.odds(max(chance(row) for row in others)),
        most=_choice(most, language),
    )


def _within(row: Variation) -> float:
    return row.p_within_12


def _never(row: Variation) -> float:
    return row.p_not_within_horizon


def _note(outcome: Outcome, language: Language) -> str:
    """The choices of the answer itself."""
    return language.say(
        "sensitivity.note",
        normal=kind(outcome.normal.kind, outcome, language),
        hold=str(outcome.rule.hold),
        window=str(outcome.rule.window),
        horizon=str(outcome.horizon),
    )


def _table(outcome: Outcome, language: Language) -> Table:
    """One row per choice; the answer itself comes first."""
    rows: list[Row] = [
        (
            _choice(row, language),
            moment(row.median, outcome, language)
            if row.median_after is None
            else language.text["when.after"].format(month=language.short(row.median_after)),
            language.odds(row.p_within_12),
            language.odds(row.p_not_within_horizon),
        )
        for row in outcome.sensitivity
    ]
    columns = (
        words(language, "sensitivity.choice", 3.0),
        head(language, "column.half", 1.4),
        head(language, "column.within_12", 1.0),
        head(language, "sensitivity.not", 1.2),
    )
    return table(language.text["sensitivity.title"], columns, rows)
