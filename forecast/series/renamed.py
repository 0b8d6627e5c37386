"""`renamed`: series of a file that end where another begins: of nearly their name, or headed below in their column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from forecast.series.layout import Cell, Grid, Line
from forecast.tables import RENAMED_WITHIN, Finding, nearest_name
from forecast.tables.kinds import holds_number


class Renamed(NamedTuple):
    """Say of a series in which month it ends, on which line, and what begins there.

    last, first : of the one and of the other, months counted since January 1970
    headed : where its own column has the heading of the other, "" where the other stands elsewhere
    """

    name: str
    last: int
    line: int
    other: str
    first: int
    headed: str = ""

    @property
    def month(self) -> str:
        """The last month, YYYY-MM."""
        return str(pd.Period(ordinal=self.last, freq="M"))

    def finding(self, place: str, value: float) -> Finding:
        """Return it as a finding: no answer about the series rests on its older months alone.

        place : the file · value : of the last month, index points
        """
        figures = (("level", self.month, value),)
        return Finding(
            "renamed",
            f"{place}:{self.line}",
            str(self),
            self.name,
            (self.month,),
            stops=True,
            figures=figures,
        )

    def __str__(self) -> str:
        first = pd.Period(ordinal=self.first, freq="M")
        if self.headed:
            goes_on = f'and its column goes on in {first} as "{self.other}", by the heading at {self.headed}'
            mend = "give that heading its name; where it is a remark, delete it"
            return f"{self.name}: ends in {self.month}, {goes_on}; where both are one series, {mend}"
        return (
            f'{self.name}: ends in {self.month}, and "{self.other}" begins in {first}; where they are one, put all '
            "months under one heading, linked to one base"
        )


def renamed(line: Line, file: Grid, until: pd.Period | None = None) -> Renamed | None:
    """Return what a series of a file seems to go on as, None where nothing begins behind its end that it may be.

    until : last month looked at
    """
    seen = range(until.ordinal + 1) if until is not None else None
    end = max(_held(line, seen), key=lambda cell: cell.month, default=None)
    if end is None:
        return None
    reach = range(end.month + 1, end.month + RENAMED_WITHIN + 1)
    begins = {
        other: first
        for other, first in file.begins.items()
        if first in reach and (seen is None or first in seen)
    }
    other = nearest_name(line.name, begins)
    if other:
        return Renamed(line.name, end.month, end.line, other, begins[other])
    return next(_headed_anew(line, end, file, reach, seen), None)


def _headed_anew(line: Line, end: Cell, file: Grid, reach: range, seen: range | None) -> Iterator[Renamed]:
    """Yield the series of other tables of the sheet that go on in the column of one that ends."""
    own = {(cell.line, cell.column) for cell in line.cells}
    for table in file.tables:
        if any(cell.line == end.line for other in table.lines for cell in other.cells):
            continue
        for other in table.levels:
            first = min(_held(other, seen), key=lambda cell: cell.month, default=None)
            if first is None or first.column != end.column or (first.line, first.column) in own:
                continue
            if first.month in reach:
                yield Renamed(line.name, end.month, end.line, other.name, first.month, table.place)


def _held(line: Line, seen: range | None) -> Iterator[Cell]:
    return (c for c in line.cells if (seen is None or c.month in seen) and holds_number(c.value))
