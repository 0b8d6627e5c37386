"""`typed_years`: years that stand in the place of a month that is missing, with a number that is no total of theirs."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from forecast import tables
from forecast.arrays import YEAR
from forecast.series.layout import Line
from forecast.series.placed import Since
from forecast.series.rows import When
from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.kinds import is_year

_NEAR = 0.003
"""Share of a sum or a mean that a total may be away from that of the months printed. chosen: rounding."""


def typed_years(block: Block, column: int, dated: When, lines: Sequence[Line]) -> Since:
    """Return what to say of rows of a year where the next month is expected, behind that month.

    column : of the years, or of the months
    The total of a year that is not over may stand there: it is the sum or the mean of its months.
    """
    levels = [line for line in lines if not line.rate]
    years = {r: label for r, (_, label) in dated.left_out.items() if is_year(label)}
    known = set(dated.months.values())
    found: list[tuple[int, str]] = []
    for r, month in _expected(dated.months, years):
        when = pd.Period(ordinal=month, freq="M")
        if month in known or str(when.year) != years[r] or not levels or _is_total(block, r, month, levels):
            continue
        text = f'{block.place(r, column)}: "{years[r]}" stands where {when} is expected, and its number is neither the'
        mend = f"write its month, as {when}, or {years[r]} total where it is one"
        found.append((month, f"{text} sum nor the mean of the months before; {mend}"))
    return tuple(found)


def _expected(months: Mapping[int, int], rows: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Yield rows between two months with one missing, or behind the last, with the month behind the older neighbour."""
    dated = sorted(months)
    if len(dated) < 2:
        return
    ascend = months[dated[-1]] > months[dated[0]]
    for r in rows:
        at = bisect(dated, r)
        older = at - 1 if ascend else at
        newer = at if ascend else at - 1
        if not 0 <= older < len(dated) or abs(dated[older] - r) > 1:
            continue
        last = not 0 <= newer < len(dated)
        if last or months[dated[newer]] - months[dated[older]] == 2:
            yield r, months[dated[older]] + 1


def _is_total(block: Block, r: int, month: int, levels: Sequence[Line]) -> bool:
    """Tell a row that holds the sum or the mean of the months of a year before one of them, in one of the series."""
    year = range(month - month % YEAR, month)
    columns = {block.sheet.column(c): j for j, c in enumerate(block.columns)}
    for line in levels:
        parts = [cell for cell in line.cells if cell.month in year]
        numbers = [_number(cell.value) for cell in parts]
        known = [n for n in numbers if n is not None]
        total = _number(block.body[r][columns[parts[0].column]]) if parts else None
        if total is None or not known:
            continue
        if any(abs(total - of) <= _NEAR * abs(of) for of in (sum(known), sum(known) / len(known))):
            return True
    return False


def _number(value: Value) -> float | None:
    try:
        style, _ = tables.detect_style([str(value)])
        return tables.parse_number(str(value), style)
    except ValueError:
        return None
