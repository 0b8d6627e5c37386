"""`refuse_halves`: numbers in two cells each, because their comma separates the columns too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from forecast.errors import DataError
from forecast.series.columns import is_status
from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.halves import in_two_cells
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.marks import split_number

_DECIMALS = 3  # digits behind a decimal comma at most; chosen: no office publishes more


def refuse_halves(block: Block, rows: Sequence[int], timed: Collection[int]) -> None:
    """Refuse a table with cells beyond its headings where whole numbers stand beside what may be their decimals.

    In a text any number there is refused; in a workbook it may be a remark's.

    rows : those of months · timed : columns of time
    Raises DataError naming the first such row.
    """
    named = max((j for j, heading in enumerate(block.headings) if any(heading)), default=-1)
    beyond = range(named + 1, len(block.columns))
    if not beyond or named < 0:
        return
    doubled = len(beyond) == named + 1 - len(timed)
    for j, right in pairwise(range(len(block.columns))):
        if j in timed or not (doubled or right in beyond or is_status(block.headings[right])):
            continue
        both = [(r, _figure(block.body[r][j]), _figure(block.body[r][right])) for r in rows]
        both = [(r, a, b) for r, a, b in both if b]
        if both and all(a.isdecimal() and b.isdecimal() and len(b) <= _DECIMALS for _, a, b in both):
            raise DataError(_split(block, *both[0]))
    if not block.sheet.lettered:
        _refuse_beyond(block, rows, beyond)


def _refuse_beyond(block: Block, rows: Sequence[int], beyond: Collection[int]) -> None:
    """Refuse a number beyond the headings of a text, where a separator too many has moved its row."""
    for r in rows:
        for j in beyond:
            value = block.body[r][j]
            if kind(value) is Kind.NUMBER:
                cells, headed = _cells(block, r)
                raise DataError(
                    f'{block.place(r, j)}: {cells} cells where the header has {headed}: "{value}" stands under no '
                    "heading; delete a separator too many, put a number with a comma in quotes, or head the column"
                )


def _figure(value: Value) -> str:
    """Return a cell as text, whole numbers by their digits, without a mark of status."""
    figure = whole_number(value)
    if isinstance(value, str):
        return split_number(value)[0]
    return "" if value is None else str(value if figure is None else figure)


def _cells(block: Block, row: int) -> tuple[int, int]:
    """Return how many cells a row has, and how many headings the table."""
    cells = max(j for j, value in enumerate(block.body[row]) if value not in (None, "")) + 1
    return cells, sum(any(heading) for heading in block.headings)


def _split(block: Block, row: int, a: str, b: str) -> str:
    """Say which two cells seem to be one number."""
    cells, headed = _cells(block, row)
    return f"{block.place(row, 0)}: {cells} cells where the header has {headed}; {in_two_cells(a, b)}"
