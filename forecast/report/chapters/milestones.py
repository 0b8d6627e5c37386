"""Dated events on the way back: trough, normal, old trend."""

from __future__ import annotations

from forecast.outcome import Milestone, Outcome
from forecast.report.blocks import Block, Row, Table, table
from forecast.report.columns import dated, milestone_columns, words
from forecast.report.phrases import baseline
from forecast.report.words import Language


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the milestones in a table; nothing without a slump."""
    return [] if outcome.slump is None else [_table(outcome, language)]


def trough(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return how likely the trough is behind, for page one; nothing without a slump."""
    if outcome.slump is None:
        return ()
    p = baseline(outcome).p_trough_passed
    sentence = language.say(
        "risk.trough_passed",
        p=language.odds(p),
        word=language.chance(p),
        trough=language.month(outcome.slump.trough),
        level=language.percent(outcome.slump.trough_pct_of_normal),
    )
    return ((language.text["risk.trough"], sentence),)


def _table(outcome: Outcome, language: Language) -> Table:
    """The dated events on the way back: trough, normal, old trend."""
    answer = baseline(outcome)
    normal = Milestone(
        answer.median,
        answer.median_after,
        answer.p_already_back,
        answer.p_within_12,
        answer.p_not_within_horizon,
    )
    rows: list[Row] = []
    if answer.trough is not None:
        already, half, *rest = dated(answer.trough, outcome, language)
        if answer.trough.median is not None:
            half = language.short(answer.trough.median)  # one that lies behind is dated too
        rows.append((language.text["milestone.trough"], already, half, *rest))
    rows.append((language.text["milestone.normal"], *dated(normal, outcome, language)))
    rows.append((language.text["milestone.trend"], *dated(answer.old_trend, outcome, language)))
    return table(
        language.text["milestones.title"],
        (words(language, "column.event", 2.2), *milestone_columns(outcome, language)),
        rows,
    )
