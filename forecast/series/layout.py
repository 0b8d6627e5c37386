"""`Grid`, `Line`, `Cell`: the series of a file, still as its cells hold them, every number accounted for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from forecast import tables
from forecast.tables import LeftOut
from forecast.tables.cells import Value, letters


class Cell(NamedTuple):
    """One value as its file holds it, with its month (a period's ordinal, quick to compare), place and mark."""

    month: int
    line: int
    column: int
    value: Value
    mark: str = ""


@dataclass(frozen=True)
class Line:
    """Hold one series: its name, the texts that it may be called by, its cells in file order.

    rate : the text that makes it a rate of change and no level, "" for a level
    """

    name: str
    parts: tuple[str, ...]
    cells: tuple[Cell, ...]
    rate: str = ""


@dataclass(frozen=True)
class Grid:
    """Hold every series of a file, in file order.

    place : where its table begins, for messages
    left_out : the numbers that are no values, each with its reason
    problems : what cannot be understood, each with its place
    empty : columns that have a heading and no number under it
    """

    file: str
    place: str
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    lettered: bool = False
    title: str = ""
    empty: tuple[str, ...] = ()
    series: Mapping[str, Line] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "series", {line.name: line for line in self.lines})

    def at(self, cell: Cell) -> str:
        """Return where a cell stands, as messages name it."""
        return (
            f"{self.file}:{letters(cell.column)}{cell.line}" if self.lettered else f"{self.file}:{cell.line}"
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The series, in file order."""
        return tuple(self.series)

    @property
    def levels(self) -> tuple[Line, ...]:
        """The series that are no rates of change."""
        return tuple(line for line in self.lines if not line.rate)


def seen(layout: Grid, until: pd.Period | None) -> Grid:
    """Return the series to a month; one of which nothing lies so far back stays whole, to be told as too young."""
    if until is None:
        return layout
    return replace(layout, lines=tuple(_to(line, until.ordinal) for line in layout.lines))


def _to(line: Line, last: int) -> Line:
    early = tuple(cell for cell in line.cells if cell.month <= last)
    filled = any(cell.value is not None and not tables.missing(str(cell.value)) for cell in early)
    return replace(line, cells=early) if filled else line


def together(parts: Sequence[Grid], others: Iterable[LeftOut]) -> Grid:
    """Return the tables of one sheet as one: a table continued below goes on with the series of the one above.

    others : numbers of tables without months
    """
    lines: dict[str, Line] = {}
    clashes: set[str] = set()
    for part in parts:
        for line in part.lines:
            known = lines.get(line.name)
            if known is None:
                lines[line.name] = line
            elif bool(known.rate) == bool(line.rate) and not _clash(known, line):
                lines[line.name] = replace(known, cells=(*known.cells, *line.cells))
            else:
                clashes.add(line.name)
    if clashes:
        lines = {line.name: line for line in _by_title(parts, clashes)}
    first = parts[0]
    return Grid(
        first.file,
        first.place,
        tuple(lines.values()),
        (*(item for part in parts for item in part.left_out), *others),
        tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        tuple(problem for part in parts for problem in part.problems),
        first.lettered,
        empty=tuple(name for part in parts for name in part.empty),
    )


def _by_title(parts: Sequence[Grid], clashes: Container[str]) -> Iterator[Line]:
    """Yield the series of several tables, those of one name told apart by the title of their table."""
    for part in parts:
        for line in part.lines:
            title = part.title or part.place.rpartition(":")[2]
            yield replace(line, name=f"{line.name} ({title})") if line.name in clashes else line


def _clash(one: Line, other: Line) -> bool:
    """Tell two series of one name that give one month two values."""
    known = {cell.month: cell.value for cell in one.cells}
    return any(known.get(cell.month, cell.value) != cell.value for cell in other.cells)
