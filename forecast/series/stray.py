"""Numbers that stand under no heading, in no row with a label or in no table, of a month that a series lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

import pandas as pd

from forecast.arrays import YEAR
from forecast.series.columns import Columns, Role, is_status
from forecast.series.layout import Grid, Line
from forecast.series.placed import Since
from forecast.series.rows import is_remark
from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.footnotes import numbers_footnote
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, holds_number, kind
from forecast.tables.moments import moment

_MONTHS_END = 28
"""Day of a month from which on a date may be of its end."""

_MOVE = "move it there, or delete it where it is something else"
_LABEL = "move it there, or, where it is of another series, label its row"


def stray_columns(
    block: Block, roles: Columns, months: Mapping[int, int], timed: Collection[int], lines: Sequence[Line]
) -> Since:
    """Return what to say of numbers beside the columns of series, or under a heading of notes, behind their months.

    months : of rows · timed : columns of time
    A column that is filled beside half of the months is no accident.
    """
    aside = [j for j in range(len(block.columns)) if j not in timed and _is_aside(block, roles, j)]
    columns = {block.sheet.column(block.columns[j]) for j in aside}
    series = _Lacking([line for line in lines if not {cell.column for cell in line.cells} & columns])
    found: list[tuple[int, str]] = []
    for j in aside:
        cells = [r for r in months if kind(block.body[r][j]) is Kind.NUMBER]
        if 2 * len(cells) >= len(months):
            continue
        heading = " ".join(block.headings[j])
        where = f'under "{heading}"' if heading else "under no heading"
        other = "write it with words, or rename the heading" if heading else "head its column"
        mend = f"put each number of the row under its own heading; where it is something else, {other}"
        for r in (r for r in cells if not numbers_footnote(block.body[r][j])):
            month = next((m for k in reversed(aside) if k < j and (m := _month(block.body[r][k]))), months[r])
            found += series.told(block.place(r, j), block.body[r][j], month, where, mend)
    return tuple(found)


def stray_row(file: Grid, unnamed: str) -> Since:
    """Return the same of numbers of a row without a label among rows that have one, months across.

    unnamed : what a series without a label is called
    """
    bare = file.series.get(unnamed)
    series = [line for line in file.lines if line is not bare]
    if bare is None or not series:
        return ()
    loose = [table for table in file.tables if unnamed in table.series]
    if any(len(table.lines) < len(file.tables[0].lines) for table in loose):
        return ()  # a table of a series that its title names
    cells = [cell for cell in bare.cells if kind(cell.value) is Kind.NUMBER]
    if 2 * len(cells) >= max(len(line.cells) for line in series):
        return ()
    lacking = _Lacking(series)
    return tuple(
        said
        for cell in cells
        for said in lacking.told(file.at(cell), cell.value, cell.month, "in a row without a label", _LABEL)
    )


def stray_tables(tables: Sequence[Block], lines: Sequence[Line]) -> Since:
    """Return the same of a month and numbers that stand alone in a row without a heading, above or below the table."""
    found: list[tuple[int, str]] = []
    series = _Lacking(lines)
    for block in tables:
        for r, row in enumerate(block.body):
            filled = [j for j, v in enumerate(row) if v not in (None, "")]
            months = [month for j in filled if (month := _month(row[j])) is not None]
            numbers = [j for j in filled if kind(row[j]) is Kind.NUMBER]
            if any(block.headings) or len(months) != 1 or len(filled) != 1 + len(numbers):
                continue
            for j in (j for j in numbers if not numbers_footnote(row[j])):
                found += series.told(block.place(r, j), row[j], months[0], "outside the table", _MOVE)
    return tuple(found)


class _Lacking:
    """The first of some series that lacks a month, of which it has one within the year before."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.found: dict[int, str | None] = {}

    @cached_property
    def filled(self) -> dict[str, set[int]]:
        """The months in which each has something."""
        return {
            line.name: {cell.month for cell in line.cells if kind(cell.value) is not Kind.EMPTY}
            for line in self.lines
        }

    @cached_property
    def known(self) -> dict[str, set[int]]:
        """The months in which each has a number."""
        return {
            line.name: {cell.month for cell in line.cells if holds_number(cell.value)} for line in self.lines
        }

    def series(self, month: int) -> str | None:
        """Return its name, None where no series lacks the month."""
        if month not in self.found:
            before = range(month - YEAR, month)
            names = (n for n, filled in self.filled.items() if month not in filled)
            self.found[month] = next((n for n in names if not self.known[n].isdisjoint(before)), None)
        return self.found[month]

    def told(self, place: str, value: Value, month: int, where: str, mend: str) -> Iterator[tuple[int, str]]:
        """Yield what to say of a number of such a month, behind it."""
        if (name := self.series(month)) is not None:
            when = pd.Period(ordinal=month, freq="M")
            yield (
                month,
                f'{place}: {heading_text(value)} stands {where}, and "{name}" has nothing in {when}; {mend}',
            )


def _is_aside(block: Block, roles: Columns, j: int) -> bool:
    """Tell a column without a heading, or with one of notes, that holds neither codes nor weights."""
    heading = block.headings[j]
    if not heading:
        return roles.roles[j] not in (Role.CODE, Role.WEIGHT)
    return is_status(heading) or is_remark(" ".join(heading))


def _month(value: Value) -> int | None:
    """Return the month of a cell that holds one, with its year, counted since January 1970.

    A day within a month is one of publication.
    """
    when = moment(heading_text(value)) if kind(value) is Kind.DATE else None
    if when is None or not when.whole or when.day is not None and 1 < when.day < _MONTHS_END:
        return None
    return when.ordinal
