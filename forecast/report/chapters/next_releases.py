"""What the coming months will print, and when the next figure is due."""

from __future__ import annotations

import datetime
import statistics

import pandas as pd

from forecast.outcome import Outcome
from forecast.outcome.figures_used import target
from forecast.report.blocks import Block, Column, Heading, Row, Table, table
from forecast.report.chapters import targets
from forecast.report.columns import head, words
from forecast.report.phrases import as_printed, next_yoy, rate, rates
from forecast.report.words import Language

SEEN = 6
"""Releases that the usual delay is taken from. chosen: half a year of them."""

FEWEST = 3
"""Releases from which there is a usual delay. chosen: the median of three is one of them."""

LATE_DAYS = 62
"""Days after the month's end from which a figure is told in retrospect and says nothing of the usual delay.
chosen: two months."""


def opening(outcome: Outcome, language: Language) -> list[Block]:
    """Return the heading above targets and releases; nothing where there are neither."""
    if not (outcome.targets or outcome.next_releases):
        return []
    return [Heading(heading(outcome, language), language.text["next.section"])]


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the next releases in a table; nothing where none are forecast."""
    return [_table(outcome, language)] if outcome.next_releases else []


def heading(outcome: Outcome, language: Language) -> str:
    """Return what the next print is expected to be, on a year ago where that is forecast; else the first target."""
    soon = next_yoy(outcome) or next(iter(outcome.next_releases), None)
    if soon is None:
        sentence = targets.chance(outcome.targets[0], language)
        return sentence[:1].upper() + sentence[1:]
    return language.say(
        "next.heading", measure=language.name("measure", soon.measure), **as_printed(soon, language)
    )


def next_print(outcome: Outcome, language: Language) -> str:
    """Return the month of the next figure and the day it may be expected, for the head of page one."""
    month = language.month(outcome.origin + 1)
    day = due(outcome)
    if day is None:
        return language.text["page.next"].format(month=month)
    return language.text["page.next_due"].format(month=month, day=language.day(day.isoformat()))


def due(outcome: Outcome, series: tuple[str, str] | None = None) -> datetime.date | None:
    """Return the day on which a figure of the month after the origin is usually out.

    series : region and sector, the target's where None. None where too few releases tell, or the day is over.
    """
    delays = _delays(outcome, series or target(outcome.latest, outcome.figures))
    if len(delays) < FEWEST:
        return None
    end = (outcome.origin + 1).end_time.date()
    day = end + datetime.timedelta(days=round(statistics.median(delays[-SEEN:])))
    return day if day > datetime.date.fromisoformat(outcome.as_of) else None


def _delays(outcome: Outcome, series: tuple[str, str] | None) -> list[int]:
    """Days from the end of each month to the first figure about it, by month, where the day is known."""
    first: dict[pd.Period, str] = {}
    for row in outcome.figures:
        if (row.region, row.sector) == series and len(row.published) > len("2024-05"):
            first[row.period] = min(first.get(row.period, row.published), row.published)
    delays = [
        (datetime.date.fromisoformat(day) - month.end_time.date()).days
        for month, day in sorted(first.items())
    ]
    return [days for days in delays if days <= LATE_DAYS]


def _table(outcome: Outcome, language: Language) -> Table:
    """What the office will print for the coming months: median and the 50, 80 and 90 % intervals."""
    rows: list[Row] = [
        (
            language.short(row.month),
            language.name("measure", row.measure),
            rate(row.median, language),
            *(
                rates(low, high, language)
                for low, high in (
                    (row.lower_50, row.upper_50),
                    (row.lower_80, row.upper_80),
                    (row.lower_90, row.upper_90),
                )
            ),
        )
        for row in outcome.next_releases
    ]
    columns = (
        words(language, "column.month", 1.0),
        words(language, "column.measure", 2.0),
        head(language, "column.median", 1.0),
        *(Column(language.say("column.band", share=str(share)), share=1.7) for share in (50, 80, 90)),
    )
    return table(language.text["next.title"], columns, rows)
