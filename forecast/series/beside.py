"""`without_others`, `refuse_other_months`: tables side by side, one of years, or each with months of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from forecast.errors import DataError
from forecast.series.columns import says
from forecast.series.periods import Down, across, down, kept, under_title
from forecast.series.released import has_months
from forecast.series.rows import moments
from forecast.series.timed import heading_says
from forecast.tables import LeftOut
from forecast.tables.axis import axis
from forecast.tables.blocks import Block
from forecast.tables.cells import Value, letters
from forecast.tables.forms import month_end
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, is_year, kind
from forecast.tables.moments import Moment

_FEWEST_YEARS = 3  # chosen: two whole numbers in turn may be an accident


@dataclass(frozen=True)
class _Part:
    """Hold one of several tables side by side: its columns of time, its months by row, its columns of numbers."""

    time: tuple[int, ...]
    months: Mapping[int, Moment]
    numbers: tuple[int, ...]


def without_others(tables: Sequence[Block]) -> tuple[list[Block], list[LeftOut]]:
    """Return the tables of a sheet without those of years, quarters or weights to the right of months, and what these
    hold.
    """
    alone = [_without_others(block) for block in tables]
    return [block for block, _ in alone], [item for _, items in alone for item in items]


def _without_others(block: Block) -> tuple[Block, tuple[LeftOut, ...]]:
    """Return a table of months without those of years, quarters or weights to its right, and what they hold."""
    aside = list(_aside(block))
    if not aside:
        return block, ()
    own = [j for j in range(len(block.columns)) if not any(j in part for part in aside)]
    rows = [r for r, row in enumerate(block.body) if any(row[j] not in (None, "") for j in own)]
    alone = replace(
        block,
        headings=tuple(block.headings[j] for j in own),
        body=tuple(tuple(block.body[r][j] for j in own) for r in rows),
        rows=tuple(block.rows[r] for r in rows),
        columns=tuple(block.columns[j] for j in own),
    )
    if not rows or not _of_months(alone):
        return block, ()
    return alone, tuple(_left_out(block, part) for part in aside)


def _of_months(block: Block) -> bool:
    """Tell a table of months down its rows, or across them with years down."""
    over = across(block)
    when = kept(block, down(block, over, None))
    return has_months(under_title(block, when)) or bool(over.months) and "year" in when.kinds


def _aside(block: Block) -> Iterator[list[int]]:
    """Yield the columns of each table of years, quarters or weights to the right of numbers.

    It goes on over the columns that are filled nowhere but in its rows; one of years stands behind an empty column, or
    is headed so.
    """
    j = next((j for j in range(len(block.columns)) if _numbers(block, j)), len(block.columns)) + 1
    while j < len(block.columns):
        part = _part_from(block, j)
        parted = block.columns[j] - block.columns[j - 1] > 1 or heading_says(block, j, "year")
        if len(part) > 1 and (
            parted and _of_years(block, part) or _of_quarters(block, part) or _of_weights(block, part)
        ):
            yield part
            j = part[-1]
        j += 1


def _numbers(block: Block, j: int) -> bool:
    """Tell a column of numbers that are no years."""
    numbers = [row[j] for row in block.body if kind(row[j]) is Kind.NUMBER]
    return bool(numbers) and not all(map(is_year, numbers))


def _part_from(block: Block, first: int) -> list[int]:
    """Return a column and those directly to its right that are filled nowhere but in its rows."""
    rows = {r for r, row in enumerate(block.body) if row[first] not in (None, "")}
    part = [first]
    for j in range(first + 1, len(block.columns)):
        filled = {r for r, row in enumerate(block.body) if row[j] not in (None, "")}
        if block.columns[j] - block.columns[j - 1] > 1 or not filled <= rows:
            break
        part.append(j)
    return part


def _of_years(block: Block, part: Sequence[int]) -> bool:
    """Tell columns of years that go on one by one down the rows, and of what stands beside each, numbers among it."""
    first, *others = part
    rows = _filled(block, first)
    years = [
        m.year or 0 for m in axis([row[first] for row in rows]).moments if m is not None and m.span == 12
    ]
    fewest = 2 if heading_says(block, first, "year") else _FEWEST_YEARS
    if len(years) < max(len(rows), fewest) or {b - a for a, b in pairwise(years)} not in ({1}, {-1}):
        return False
    return _beside_each(rows, others)


def _of_quarters(block: Block, part: Sequence[int]) -> bool:
    """Tell columns of quarters or halves with their year, each once, and of what stands beside each."""
    first, *others = part
    rows = _filled(block, first)
    read = [m for m in axis([row[first] for row in rows]).moments if m is not None and m.span in (3, 6)]
    own = {(m.year, m.month, m.span) for m in read if m.year is not None}
    return len(own) == len(rows) > 1 and _beside_each(rows, others)


def _of_weights(block: Block, part: Sequence[int]) -> bool:
    """Tell labels in some of the rows, each once, and a number beside each under a heading of weights."""
    first, *others = part
    rows = _filled(block, first)
    if len(rows) == len(block.body) or not any(says(block, j, "weight") for j in others):
        return False
    labels = {row[first] for row in rows if kind(row[first]) is Kind.TEXT}
    return len(labels) == len(rows) and _beside_each(rows, others)


def _filled(block: Block, j: int) -> list[tuple[Value, ...]]:
    """Return the rows in which a column holds something."""
    return [row for row in block.body if row[j] not in (None, "")]


def _beside_each(rows: Sequence[tuple[Value, ...]], others: Sequence[int]) -> bool:
    """Tell columns that hold something in each of some rows, and a number in one."""
    beside = [{kind(row[j]) for j in others} - {Kind.EMPTY} for row in rows]
    return all(beside) and any(Kind.NUMBER in of for of in beside)


def _left_out(block: Block, part: Sequence[int]) -> LeftOut:
    """Return what is told of a table to the right that is left out."""
    cells = [(r, j) for r, row in enumerate(block.body) for j in part if kind(row[j]) is Kind.NUMBER]
    text = " ".join(piece for j in part for piece in block.headings[j])
    return LeftOut("number of another table", text, len(cells), block.place(*cells[0]))


def refuse_other_months(block: Block, found: Down, until: pd.Period | None) -> None:
    """Refuse tables side by side whose months differ: those of one would be given to the other.

    found : every column that holds periods · until : last month looked at, None for all
    Dates of something else, such as of publication, are no months: their days vary, or few of them differ.
    """
    parts = [p for p in _parts(block, found) if p.months and not _published(p.months)]
    for first, other in ((parts[0], p) for p in parts[1:]):
        if 2 * _different(other) < _different(first):
            continue
        for r, row in enumerate(block.body):
            if not any(kind(row[j]) is Kind.NUMBER for j in other.numbers):
                continue
            months = _ordinal(first, r), _ordinal(other, r)
            if months[0] != months[1] and (until is None or any(m and m <= until.ordinal for m in months)):
                raise DataError(
                    f"{block.place(r, other.time[0])}: {_said(block, other, r)}, but {_said(block, first, r)}; "
                    "tables side by side have months of their own; put each into a file or a sheet of its own"
                )


def _parts(block: Block, found: Down) -> list[_Part]:
    """Return the tables side by side: columns of time, and columns of numbers to their right."""
    parts: list[tuple[list[int], list[int]]] = []
    for j in range(len(block.columns)):
        if j in found.columns:
            if not parts or parts[-1][1]:
                parts.append(([], []))
            parts[-1][0].append(j)
        elif parts and any(kind(row[j]) is Kind.NUMBER for row in block.body):
            parts[-1][1].append(j)
    if sum(bool(numbers) for _, numbers in parts) < 2:
        return []
    return [_part(block, found, time, numbers) for time, numbers in parts if numbers]


def _part(block: Block, found: Down, time: Sequence[int], numbers: Sequence[int]) -> _Part:
    when = kept(block, found.only(time))
    read, _ = moments(block, when)
    months = {r: m for r, m in enumerate(read) if m is not None and m.whole}
    return _Part(when.columns, months, tuple(numbers))


def _published(months: Mapping[int, Moment]) -> bool:
    """Tell dates of publication: days that are neither all the first nor all the last of their months."""
    dated = [m for m in months.values() if m.day is not None]
    return any(m.day != 1 for m in dated) and not all(month_end(m) for m in dated)


def _different(part: _Part) -> int:
    return len({m.ordinal for m in part.months.values()})


def _ordinal(part: _Part, r: int) -> int | None:
    return part.months[r].ordinal if r in part.months else None


def _said(block: Block, part: _Part, r: int) -> str:
    """Return what the columns of time of a table say in a row: `column D "Month" says "2024-04"`."""
    j = part.time[0]
    column = block.sheet.column(block.columns[j])
    number = letters(column) if block.sheet.lettered else str(column + 1)
    texts = " ".join(heading_text(v) for k in part.time if (v := block.body[r][k]) not in (None, ""))
    return f'column {number} "{" ".join(block.headings[j])}" says "{texts}"'
