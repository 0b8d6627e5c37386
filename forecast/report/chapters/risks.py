"""Risks and what to watch: one list on page one, to which many topics add their point."""

from __future__ import annotations

from collections.abc import Callable

from forecast.outcome import Outcome
from forecast.report.blocks import Block, Break, Points
from forecast.report.chapters import (
    definitions,
    fan,
    findings,
    milestones,
    models,
    notes,
    return_month,
    watch,
)
from forecast.report.words import Language

POINTS: tuple[Callable[[Outcome, Language], tuple[tuple[str, str], ...]], ...] = (
    findings.in_doubt,
    milestones.trough,
    return_month.relapse,
    fan.direction,
    watch.sign,
    definitions.spread,
    models.disagree,
    notes.points,
)
"""What page one warns of, in its order: functions that return names and sentences."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the list, and the end of page one."""
    points = tuple(point for topic in POINTS for point in topic(outcome, language))
    return [Points(language.text["risks"], points), Break()]
