"""`with_months`: months written as 01.2020, which look like numbers, as months: where a column or a row proves them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from forecast.tables.cells import Place, Sheet, Value
from forecast.tables.kinds import Kind, kind

_MONTH = re.compile(r"(?P<month>0?[1-9]|1[0-2])\.(?P<year>(?:1[89]|2[01])\d{2})")
_FEWEST = 3  # chosen: what happens thrice is no accident
_FEWEST_TYPED = 6  # chosen: twice as many where only the type of cell speaks


def with_months(sheet: Sheet) -> Sheet:
    """Return a sheet whose months written as 01.2020 are written as 2020-01.

    All numbers of a column, or of a row, must be such. A zero in front proves them, and so does that each is the month
    after, or before, the one beside it: "1.1850" and "1.1900" are rates of exchange.
    """
    texts: dict[Place, str] = {}
    for c in range(sheet.width):
        texts.update(_months((Place(r, c) for r in range(len(sheet.rows))), sheet))
    for r in range(len(sheet.rows)):
        texts.update(_months((Place(r, c) for c in range(sheet.width)), sheet))
    if not texts:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for (r, c), text in texts.items():
        rows[r][c] = text
    return replace(sheet, rows=tuple(map(tuple, rows)))


def _months(places: Iterable[Place], sheet: Sheet) -> dict[Place, str]:
    """Return the months of a column or a row by their places, none where they are not proven."""
    read: dict[Place, tuple[int, int]] = {}
    for place in places:
        value = sheet.rows[place.row][place.column]
        if kind(value) is Kind.NUMBER:
            month = _month(value)
            if month is None:
                return {}
            read[place] = month
    values = [sheet.rows[p.row][p.column] for p in read]
    if len(read) < _FEWEST or not _proven(values, list(read.values())):
        return {}
    return {place: f"{year}-{month:02d}" for place, (year, month) in read.items()}


def _month(value: Value) -> tuple[int, int] | None:
    """Return year and month of 01.2020, a text or the number 1.202; None for another."""
    text = f"{value:.4f}" if isinstance(value, float) and round(value, 4) == value else str(value)
    hit = _MONTH.fullmatch(text)
    return (int(hit["year"]), int(hit["month"])) if hit else None


def _proven(values: Sequence[Value], months: Sequence[tuple[int, int]]) -> bool:
    texts = [v for v in values if isinstance(v, str)]
    if len(texts) == len(values) and any(text.startswith("0") for text in texts):
        return True
    if len(values) < (_FEWEST if len(texts) == len(values) else _FEWEST_TYPED):
        return False
    steps = {12 * (b[0] - a[0]) + b[1] - a[1] for a, b in pairwise(months)}
    return steps in ({1}, {-1})
