"""The models of the pool: what each answers alone, where they disagree, and the fits that failed."""

from __future__ import annotations

from typing import Any

from forecast.outcome import Milestone, ModelRow, Outcome
from forecast.report.blocks import Block, Paragraph, Row, Table, table
from forecast.report.columns import head, milestone_columns, words
from forecast.report.phrases import when
from forecast.report.words import Language

NOTABLE = 0.10
"""Difference of two probabilities from which a reader should hear of it. chosen: a step between words of chance."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the models and the fits that failed, in tables."""
    failed = _failed(outcome, language) if outcome.failed else Paragraph(language.text["failed.none"], "note")
    return [_table(outcome, language), failed]


def disagree(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return how far the models are apart, for page one; nothing where they are not, or without a slump."""
    ranked = sorted(outcome.models, key=lambda model: model.p_within_12)
    if outcome.slump is None or not ranked or ranked[-1].p_within_12 - ranked[0].p_within_12 < NOTABLE:
        return ()
    sentence = language.say(
        "risk.models_text",
        low=language.odds(ranked[0].p_within_12),
        low_name=language.name("model", ranked[0].name),
        high=language.odds(ranked[-1].p_within_12),
        high_name=language.name("model", ranked[-1].name),
    )
    return ((language.text["risk.models"], sentence),)


def _table(outcome: Outcome, language: Language) -> Table:
    """The pool: weight, the return that each model alone expects in a slump, and what was estimated."""
    slumps = outcome.slump is not None
    rows: list[Row] = [
        (
            language.name("model", model.name),
            language.percent(100 * model.weight) if model.weight > 0 else language.text["models.beside"],
            *(_return(model, outcome, language) if slumps else ()),
            _settings(model.summary, language),
        )
        for model in outcome.models
    ]
    columns = (
        words(language, "column.model", 3.2),
        head(language, "column.weight", 0.8),
        *(milestone_columns(outcome, language)[1:] if slumps else ()),
        words(language, "column.settings", 6.4),
    )
    return table(language.text["models.title"], columns, rows)


def _return(model: ModelRow, outcome: Outcome, language: Language) -> tuple[str, str, str]:
    """Half of a model's outcomes, its chance within a year, and that of none within the horizon."""
    milestone = Milestone(model.median, None, 0.0, model.p_within_12, model.p_not_within_horizon)
    return (
        when(milestone, outcome, language),
        language.odds(model.p_within_12),
        language.odds(model.p_not_within_horizon),
    )


def _failed(outcome: Outcome, language: Language) -> Table:
    """Failed fits, alike ones counted together: the number of the draw is no reason of its own."""
    counts: dict[tuple[str, str], int] = {}
    for row in outcome.failed:
        draw, _, reason = row.reason.partition(": ")
        key = (row.model, reason if draw.startswith("draw ") and reason else row.reason)
        counts[key] = counts.get(key, 0) + 1
    rows: list[Row] = [
        (language.name("model", model), language.count(n), reason) for (model, reason), n in counts.items()
    ]
    columns = (
        words(language, "column.model"),
        head(language, "column.fits"),
        words(language, "column.reason", 1.0),
    )
    return table(language.say("failed.title", count=str(len(outcome.failed))), columns, rows)


def _settings(summary: dict[str, Any], language: Language) -> str:
    """The settings that the language has words for; all others are in report.json."""
    parts = []
    for key, value in summary.items():
        template = language.text.get(f"setting.{key}")
        if template is None:
            continue
        printed = language.number(value, 2) if isinstance(value, float) else str(value)
        parts.append(template.format(value=printed))
    return "; ".join(parts)
