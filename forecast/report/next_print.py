"""When the next figure of a series is due, by how long the latest ones took."""

from __future__ import annotations

import datetime
import statistics

import pandas as pd

from forecast.outcome import Outcome
from forecast.report.words import Language

SEEN = 6
"""Releases that the usual delay is taken from."""

FEWEST = 3
LATE_DAYS = 62
"""Days after the month's end from which a figure is told in retrospect and says nothing of the usual delay."""


def said(outcome: Outcome, language: Language) -> str:
    """Return the month of the next figure and the day it may be expected, for the head of page one."""
    month = language.month(str(pd.Period(outcome.origin, "M") + 1))
    day = due(outcome)
    if day is None:
        return language.text["page.next"].format(month=month)
    return language.text["page.next_due"].format(month=month, day=language.day(day.isoformat()))


def due(outcome: Outcome, series: tuple[str, str] | None = None) -> datetime.date | None:
    """Return the day on which a figure of the month after the origin is usually out.

    series : region and sector, the target's where None. None where too few releases tell, or the day is over.
    """
    delays = _delays(outcome, series or _target(outcome))
    if len(delays) < FEWEST:
        return None
    end = (pd.Period(outcome.origin, "M") + 1).end_time.date()
    day = end + datetime.timedelta(days=round(statistics.median(delays[-SEEN:])))
    return day if day > datetime.date.fromisoformat(outcome.as_of) else None


def _delays(outcome: Outcome, series: tuple[str, str] | None) -> list[int]:
    """Days from the end of each month to the first figure about it, by month, where the day is known."""
    first: dict[str, str] = {}
    for row in outcome.figures:
        if (row.region, row.sector) == series and len(row.published) > len("2024-05"):
            first[row.period] = min(first.get(row.period, row.published), row.published)
    delays = [
        (datetime.date.fromisoformat(day) - pd.Period(month, "M").end_time.date()).days
        for month, day in sorted(first.items())
    ]
    return [days for days in delays if days <= LATE_DAYS]


def _target(outcome: Outcome) -> tuple[str, str] | None:
    """The series whose figures are the latest ones of page one."""
    latest = {(row.measure, row.period, row.value, row.published) for row in outcome.latest}
    return next(
        (
            (row.region, row.sector)
            for row in outcome.figures
            if (row.measure, row.period, row.value, row.published) in latest
        ),
        None,
    )
