"""`grid`: any layout of a file of levels as months by series, every number of the file accounted for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from forecast import tables
from forecast.errors import DataError
from forecast.tables import LeftOut
from forecast.tables.cells import Sheet, Value, letters
from forecast.tables.kinds import Kind, kind


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
    """

    file: str
    place: str
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    lettered: bool = False
    title: str = ""
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


def grid(path: str | Path, sheet: str | None, headings: Mapping[str, str] | None) -> Grid:
    """Return the series of a file whatever its layout.

    Raises DataError where no table of the file holds months, or several sheets do and none is named.
    """
    from forecast.series.table import NoMonthsError, read_sheet

    read: list[Grid] = []
    others: list[Sheet] = []
    refused: list[DataError] = []
    for one in tables.sheets(path, sheet):
        try:
            read.append(read_sheet(one, headings or {}))
        except DataError as error:
            refused.append(error)
            others.append(one)
    strange = [error for error in refused if not isinstance(error, NoMonthsError)]
    if len(read) > 1:
        raise DataError(
            f"{Path(path).name}: {len(read)} sheets hold data ({', '.join(_title(g.file) for g in read)}); "
            "name one as sheet"
        )
    if read and strange:
        raise DataError(*strange[0].problems, f"{Path(path).name}: or name another sheet as sheet")
    if not read:
        raise (strange or refused)[0]
    left = (_unread(one) for one in others)
    return replace(read[0], left_out=(*read[0].left_out, *(item for item in left if item.count)))


def _unread(sheet: Sheet) -> LeftOut:
    """Count the numbers of a sheet without months."""
    count = sum(kind(value) is Kind.NUMBER for row in sheet.rows for value in row)
    return LeftOut("number of another sheet", sheet.title, count, sheet.file)


def _title(file: str) -> str:
    """Return the sheet's own name in "x.xlsx[IIP]"."""
    return file.partition("[")[2].removesuffix("]") or file


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
