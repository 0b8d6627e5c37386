"""`in_order`: the dates of a file as day/month/year, where its months show that it writes the month first."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from forecast import tables
from forecast.figures.long import TextRow
from forecast.tables.axis import meant

_SOON = 3
"""Months after its own in which a figure is first published; chosen: two are usual delay."""

_NUMBERS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}")


def in_order(texts: Sequence[TextRow]) -> tuple[Sequence[TextRow], tuple[str, ...]]:
    """Return rows whose dates are day/month/year, and how the dates were read where that had to be told.

    Days of publication, two or more, are month/day/year where so read every month is first published soon after it,
    and read day/month/year not every one is.
    """
    if tables.month_first([row.cells["period"] for row in texts]):
        return _day_first(texts, "period", "published"), ("dates were read as month/day/year",)
    pairs = [hit for row in texts if (hit := _NUMBERS.match(row.cells["published"]))]
    if all(hit[1] == hit[2] for hit in pairs):
        return texts, ()
    exchanged = _day_first(texts, "published")
    if _soon(texts):
        told = any(int(hit[1]) > 12 for hit in pairs) or not _soon(exchanged)
        return texts, () if told else ("days of publication were read as day/month/year",)
    if len({hit[0] for hit in pairs}) > 1 and _soon(exchanged):
        return exchanged, ("days of publication were read as month/day/year",)
    told = any(int(hit[1]) > 12 or int(hit[2]) > 12 for hit in pairs)
    return texts, () if told else ("days of publication were read as day/month/year",)


def settled(texts: Sequence[TextRow], file: str) -> tuple[Sequence[TextRow], tuple[str, ...]]:
    """Return rows whose months are as they are meant beside one another: 2024.1 for October, time stamps in UTC, eras.

    Raises DataError for a month that may be another.
    """
    changed, told = meant([row.cells["period"] for row in texts])
    if told.problems:
        tables.fail([f"{file}:{texts[i].line}: {problem}" for i, problem in told.problems])
    if not changed:
        return texts, told.notes
    rows = [
        TextRow(row.line, {**row.cells, "period": changed.get(row.cells["period"], row.cells["period"])})
        for row in texts
    ]
    return rows, told.notes


def _day_first(texts: Sequence[TextRow], *names: str) -> list[TextRow]:
    return [
        TextRow(row.line, {**row.cells, **{name: tables.day_first(row.cells[name]) for name in names}})
        for row in texts
    ]


def _soon(texts: Sequence[TextRow]) -> bool:
    """Tell whether every date can be read and every month is first published within it or soon after."""
    first: dict[pd.Period, pd.Timestamp] = {}
    for row in texts:
        try:
            period = tables.parse_period(row.cells["period"])
            published = tables.parse_published(row.cells["published"])[0]
        except ValueError:
            return False
        first[period] = min(published, first.get(period, published))
    return all(0 <= (day.to_period("M") - month).n <= _SOON for month, day in first.items())
