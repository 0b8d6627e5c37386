"""`Sheet`: the cells of one table sheet as its file holds them, with their places. The first step of reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple, TypeVar

Value = str | float | bool | datetime | None
"""One cell: text as typed, a number that the file holds as a number, a typed date, or nothing."""


class Area(NamedTuple):
    """A rectangle of merged cells by positions in `Sheet.rows`, ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Place(NamedTuple):
    """One cell of a sheet by its positions in `Sheet.rows`."""

    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Sheet:
    """Hold the cells of a text file, of one sheet of a workbook, or of a standard's observations.

    file : name for messages, such as "x.csv" or "x.xlsx[IIP]"
    title : what the sheet is called in its workbook, "" for a file of one table
    rows : cells of every row, all rows of one length; a merged area's value stands in its first cell only
    lines : line of the file, or row of the sheet, of each row
    merged : areas of merged cells
    notes : what was understood on opening, such as an encoding or a separator
    lettered : True where columns are named by letters (workbooks), False by number (text)
    columns : column of the workbook, from 0, of each column of rows; () where none was left out between them
    counts : cells of each row as a text file writes them, () for other kinds
    found : what `once` keeps
    """

    file: str
    title: str
    rows: tuple[tuple[Value, ...], ...]
    lines: tuple[int, ...]
    merged: tuple[Area, ...] = ()
    notes: tuple[str, ...] = ()
    lettered: bool = False
    columns: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    found: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def column(self, position: int) -> int:
        """Return which column of the file a column of `rows` is, from 0."""
        return self.columns[position] if self.columns else position

    def place(self, cell: Place) -> str:
        """Return where a cell stands, as messages name it: "x.csv:12" or "x.xlsx[IIP]:C12"."""
        line = self.lines[cell.row]
        column = letters(self.column(cell.column))
        return f"{self.file}:{column}{line}" if self.lettered else f"{self.file}:{line}"

    def filled(self) -> Iterator[tuple[Place, Value]]:
        """Yield the cells that hold something, row by row."""
        for r, row in enumerate(self.rows):
            for c, value in enumerate(row):
                if value is not None and value != "":
                    yield Place(r, c), value


Found = TypeVar("Found")


def once(find: Callable[[Sheet], Found]) -> Callable[[Sheet], Found]:
    """Return a function of a sheet that works once for each sheet: what it finds is kept with the sheet."""

    @wraps(find)
    def kept(sheet: Sheet) -> Found:
        if find.__qualname__ not in sheet.found:
            sheet.found[find.__qualname__] = find(sheet)
        found: Found = sheet.found[find.__qualname__]
        return found

    return kept


def letters(column: int) -> str:
    """Return the letters of a column, 0 for A.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text
