"""`refuse_contradictions`: years, months and quarters of a table that do not agree on the months of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import pandas as pd

from forecast.errors import DataError
from forecast.series.labelled import says_fiscal
from forecast.series.periods import Across, Down
from forecast.series.timed import heading_says
from forecast.tables.axis import Axis
from forecast.tables.blocks import Block
from forecast.tables.forms import YEARS
from forecast.tables.headings import heading_text
from forecast.tables.kinds import whole_number
from forecast.tables.moments import moment

_MONTHS = 3  # of a quarter
_LAST = 10**9
"""The ordinal of a month after all others."""


def refuse_contradictions(block: Block, over: Across, found: Down, until: pd.Period | None) -> None:
    """Refuse a table whose columns and headings of time say different months.

    found : every column that holds periods, the one that the caller names alone
    until : last month looked at, None for all
    Raises DataError with what they say, and what to write.
    """
    last = _LAST if until is None else until.ordinal
    _refuse_other_years(block, [*_beside(block, over, found, last), *_above(block, over, last)])
    _refuse_other_months(block, found, last)
    _refuse_months_of_quarters(block, found)


def refuse_fiscal(block: Block, over: Across, when: Down) -> None:
    """Refuse years that are called fiscal and name no second one: nothing says in which calendar year a month lies.

    when : the columns of time that say the months
    """
    if "whole" in when.kinds:
        return
    headings = [" ".join(block.headings[j]) for j in when.columns]
    cells = [
        heading_text(row[j])
        for row in block.body
        for j, k in zip(when.columns, when.kinds, strict=True)
        if k != "month"
    ]
    above = [p for j, m in enumerate(over.moments) if m for p in block.headings[j] if p not in over.rest[j]]
    for text in filter(says_fiscal, (*above, *cells, *headings)):
        said = moment(text)
        split = any(
            m is not None and m.doubt in ("split", "fiscal") for axis in when.axes for m in axis.moments
        )
        if said is None and split or said is not None and said.doubt in ("split", "fiscal"):
            continue
        raise DataError(
            f'{block.first_place}: "{text}" is fiscal, and nothing says in which calendar year its months lie; write '
            "the months as 2018-04, or call it Year, and its months Month, where they are those of the calendar"
        )


def _beside(block: Block, over: Across, found: Down, last: int) -> Iterator[tuple[int, int]]:
    """Yield the year of a column of years beside the year of each month in its row."""
    whole = found.of("whole")
    headed = [over.moments[j] for j in over.months]
    for j, kind, years in zip(found.columns, found.kinds, found.axes, strict=True):
        if kind != "year" or not heading_says(block, j, "year"):
            continue
        label = None
        for r, year in enumerate(years.moments):
            label = year or label
            own = whole.moments[r] if whole is not None else None
            if label is None or label.year is None or label.doubt:
                continue
            for m in headed if whole is None else [own]:
                if m is not None and m.year is not None and m.whole and m.ordinal <= last:
                    yield label.year, m.year


def _above(block: Block, over: Across, last: int) -> Iterator[tuple[int, int]]:
    """Yield each year in figures above a month beside the year that the month has."""
    for j in over.months:
        m, above = over.moments[j], block.headings[j][:-1]
        if m is None or m.year is None or m.ordinal > last or block.headings[j][-1] in over.rest[j]:
            continue
        years = (whole_number(piece) for piece in above)
        yield from ((year, m.year) for year in years if year is not None and year in YEARS)


def _refuse_other_years(block: Block, pairs: Iterable[tuple[int, int]]) -> None:
    """Refuse years most of which have none of their months: a fiscal year has some."""
    months: dict[int, set[int]] = {}
    for year, other in pairs:
        months.setdefault(year, set()).add(other)
    wrong = [year for year, others in months.items() if year not in others]
    if 2 * len(wrong) > len(months):
        year, other = wrong[0], min(months[wrong[0]])
        raise DataError(
            f"{block.first_place}: the year {year} stands beside months of {other} (a date shown as "
            f'"Jan" keeps the year in which it was typed); write the months that are meant, such as {year}-01'
        )


def _refuse_other_months(block: Block, found: Down, last: int) -> None:
    """Refuse two columns of months that differ where no heading, or those of both, say which is the period."""
    whole = [(j, a) for j, k, a in zip(found.columns, found.kinds, found.axes, strict=True) if k == "whole"]
    whole = [(j, a) for j, a in whole if heading_says(block, j, "period")] or whole
    for (i, one), (j, other) in combinations(whole, 2):
        pairs = ((r, _month(one, r), _month(other, r)) for r in range(len(block.body)))
        rows = [r for r, a, b in pairs if a is not None and b is not None and a <= last]
        differ = [r for r in rows if _month(one, r) != _month(other, r)]
        many = 2 * len({_month(other, r) for r in rows}) >= len({_month(one, r) for r in rows})
        if many and 2 * len(differ) > len(rows):
            names = [" ".join(block.headings[c]) for c in (i, j)]
            headed = "" if all(names) and names[0] != names[1] else "give each a heading of its own and "
            raise DataError(
                f'{block.place(differ[0], i)}: "{names[0]}" and "{names[1]}" say different months; {headed}name that '
                "of the values as period under columns (--column period=HEADING), where each row is of one month"
            )


def _month(column: Axis, r: int) -> int | None:
    m = column.moments[r]
    return m.ordinal if m is not None and m.whole else None


def _refuse_months_of_quarters(block: Block, found: Down) -> None:
    """Refuse months 1 to 3 that come again in every quarter of a year."""
    years, months = found.of("year"), found.of("month")
    if years is None or months is None or not _quarters(block):
        return
    numbers = [m.month for m in months.moments if m is not None and m.month is not None]
    count = len({m.year for m in years.moments if m is not None})
    if numbers and max(numbers) <= _MONTHS and len(numbers) > _MONTHS * count:
        column = found.columns[found.kinds.index("month")]
        raise DataError(
            f'{block.place(0, column)}: "{" ".join(block.headings[column])}" counts the months of quarters; '
            "write those of the year, 1 to 12"
        )


def _quarters(block: Block) -> bool:
    return any(heading_says(block, j, "quarter") for j in range(len(block.columns)))
