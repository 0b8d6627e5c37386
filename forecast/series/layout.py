"""`Grid`, `Line`, `Cell`: the series of a file, still as its cells hold them, every number accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from forecast import tables
from forecast.series.titles import Titles, goes_on
from forecast.tables import LeftOut
from forecast.tables.cells import Value, letters
from forecast.tables.kinds import Kind, holds_number, kind

_NOTED = re.compile(r"\s*[*†‡²³¹⁰-⁹]+$|\s\d{1,2}\)$")
"""The mark of a footnote behind a name: "Mining 1)"."""
_NOTHING = (Kind.EMPTY, Kind.MISSING)


class Cell(NamedTuple):
    """One value as its file holds it, with its month (a period's ordinal, quick to compare), place and mark.

    file : with the sheet, where that is another than the grid's
    """

    month: int
    line: int
    column: int
    value: Value
    mark: str = ""
    file: str = ""


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
    since : such problems that are there from a month on, each behind its month
    empty : columns that have a heading and no number under it
    titles : what the lines above its table say
    tables : those of a sheet that it was put together from, () for one alone
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
    since: tuple[tuple[int, str], ...] = ()
    titles: Titles = Titles()
    tables: tuple[Grid, ...] = ()
    series: Mapping[str, Line] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "series", {line.name: line for line in self.lines})

    def at(self, cell: Cell) -> str:
        """Return where a cell stands, as messages name it."""
        column = letters(cell.column) if self.lettered else ""
        return f"{cell.file or self.file}:{column}{cell.line}"

    @cached_property
    def begins(self) -> dict[str, int]:
        """The first month in which each level has a number, of those that have one."""
        held = {line.name: [c.month for c in line.cells if holds_number(c.value)] for line in self.levels}
        return {name: min(months) for name, months in held.items() if months}

    @property
    def wrong(self) -> tuple[str, ...]:
        """All problems."""
        return (*self.problems, *(problem for _, problem in self.since))

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
    return replace(
        layout,
        lines=tuple(_to(line, until.ordinal) for line in layout.lines),
        since=tuple(of for of in layout.since if of[0] <= until.ordinal),
    )


def _to(line: Line, last: int) -> Line:
    early = tuple(cell for cell in line.cells if cell.month <= last)
    filled = any(cell.value is not None and not tables.missing(str(cell.value)) for cell in early)
    return replace(line, cells=early) if filled else line


def together(parts: Sequence[Grid], others: Iterable[LeftOut]) -> Grid:
    """Return the tables of one sheet as one: a table continued below goes on with the series of the one above.

    others : numbers of tables without months
    It does not where a month has two values, or where titles, bases or units say otherwise.
    """
    parts = _spelled_alike(parts) if len(parts) > 1 else parts
    lines: dict[tuple[str, bool], Line] = {}
    titles: dict[tuple[str, bool], Titles] = {}
    clashes: set[tuple[str, bool]] = set()
    for part in parts:
        for line in part.lines:
            key = line.name, bool(line.rate)
            if key in lines and (_clash(lines[key], line) or not goes_on(titles[key], part.titles)):
                clashes.add(key)
            titles.setdefault(key, part.titles)
            lines[key] = _joined(lines.get(key), line)
    clashes |= {(name, True) for name, rate in lines if rate and (name, False) in lines}
    whole = {line.name: line for line in lines.values()}
    if clashes:
        whole = {}
        for line in _by_title(parts, clashes):
            whole[line.name] = _joined(whole.get(line.name), line)
    first = parts[0]
    return Grid(
        first.file,
        first.place,
        tuple(whole.values()),
        (*(item for part in parts for item in part.left_out), *others),
        tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        tuple(problem for part in parts for problem in part.problems),
        first.lettered,
        titles=first.titles,
        empty=tuple(name for part in parts for name in part.empty),
        since=tuple(of for part in parts for of in part.since),
        tables=tuple(parts) if len(parts) > 1 else (),
    )


def _spelled_alike(parts: Sequence[Grid]) -> list[Grid]:
    """Return the tables with names as the first of them spells them, capitals and marks of footnotes aside."""
    spelled: dict[str, str] = {}
    out = []
    for part in parts:
        plain = {name: " ".join(_NOTED.sub("", name).casefold().split()) for name in part.names}
        often = Counter(plain.values())
        names = {name: spelled.setdefault(of, name) for name, of in plain.items() if often[of] == 1}
        lines = tuple(replace(line, name=names.get(line.name, line.name)) for line in part.lines)
        out.append(replace(part, lines=lines))
    return out


def held(layout: Grid) -> Grid:
    """Return the series without those that hold marks of what is missing alone, such as sub-heads with dashes; told.

    Where none holds anything else, all of them stay.
    """
    none = [line for line in layout.lines if all(kind(cell.value) in _NOTHING for cell in line.cells)]
    if not none or len(none) == len(layout.lines):
        return layout
    told = tuple(f'"{line.name}" holds no number and was left out' for line in none)
    names = tuple(line.name for line in none)
    lines = tuple(line for line in layout.lines if line.name not in names)
    return replace(layout, lines=lines, notes=(*layout.notes, *told), empty=(*layout.empty, *names))


def begun(parts: Sequence[Grid], until: pd.Period | None) -> Sequence[Grid]:
    """Return the tables that begin by a month, all where none does: a later one says nothing of those before it."""
    if until is None:
        return parts
    early = [p for p in parts if any(cell.month <= until.ordinal for line in p.lines for cell in line.cells)]
    return early or parts


def _joined(above: Line | None, line: Line) -> Line:
    """Return a series with the cells of a table further down."""
    return line if above is None else replace(above, cells=(*above.cells, *line.cells))


def _by_title(parts: Sequence[Grid], clashes: Container[tuple[str, bool]]) -> Iterator[Line]:
    """Yield the series of several tables, those of one name told apart by the title of their table.

    clashes : names that several levels share (with False), and several rates, or a rate with a level (with True)
    """
    named = {part.title for part in parts}
    for part in parts:
        title = part.title if len(named) > 1 else ""
        title = title or part.titles.unit or part.place.rpartition(":")[2]
        for line in part.lines:
            shared = (line.name, bool(line.rate)) in clashes
            yield replace(line, name=f"{line.name} ({title})") if shared else line


def _clash(one: Line, other: Line) -> bool:
    """Tell two series of one name that give one month two values."""
    value_in = {cell.month: cell.value for cell in one.cells}
    return any(value_in.get(cell.month, cell.value) != cell.value for cell in other.cells)
