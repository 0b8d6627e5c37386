"""Columns that several tables share."""

from __future__ import annotations

from forecast.outcome import Milestone, Outcome
from forecast.report.blocks import Column
from forecast.report.phrases import last_month, when
from forecast.report.words import Language


def head(language: Language, key: str, share: float = 0.0) -> Column:
    """Return a column of numbers."""
    return Column(language.text[key], share=share)


def words(language: Language, key: str, share: float = 0.0) -> Column:
    """Return a column of words."""
    return Column(language.text[key], "left", share)


def milestone_columns(outcome: Outcome, language: Language) -> tuple[Column, ...]:
    """Return the columns that `dated` fills."""
    return (
        head(language, "column.already", 1.0),
        head(language, "column.half", 1.4),
        head(language, "column.within_12", 1.0),
        Column(language.say("column.not", last=language.short(last_month(outcome))), share=1.2),
    )


def dated(milestone: Milestone, outcome: Outcome, language: Language) -> tuple[str, str, str, str]:
    """Return a milestone in the order of `milestone_columns`."""
    return (
        language.odds(milestone.p_already),
        when(milestone, outcome, language),
        language.odds(milestone.p_within_12),
        language.odds(milestone.p_not_within_horizon),
    )
