"""`grid`: any layout of a file of levels as months by series, still as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from forecast import tables
from forecast.errors import DataError
from forecast.tables import Table

_ALIASES = {
    "period": (
        *("ky", "ky_bao_cao", "thang", "thoi_gian", "thoi_ky", "month", "date", "sasdate"),
        *("observation_date", "time_period", "reference_month"),
    ),
    "value": ("obs_value", "gia_tri", "so_lieu"),
}
_STATUS = frozenset(
    {"obs_status", "obs_flag", "conf_status", "decimals", "unit_mult", "obs_conf", "last_update"}
)


_FEWEST_ACROSS = 3
_UNNAMED = "level"


class Cell(NamedTuple):
    """One value as text, with its month (a period's ordinal, quick to compare) and its place."""

    month: int
    line: int
    text: str


@dataclass(frozen=True)
class Grid:
    """Hold the cells of every series of a file, in file order.

    problems : rows whose month cannot be read
    """

    file: str
    header_line: int
    series: Mapping[str, tuple[Cell, ...]]
    notes: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The series, in file order."""
        return tuple(self.series)


def grid(path: str | Path, sheet: str | None, headings: Mapping[str, str] | None) -> Grid:
    """Return the levels of a file: a column per series, a row per series, or one row per value.

    Raises DataError where no column holds months, or one name heads two columns.
    """
    table = tables.read(path, sheet)
    place = f"{table.file}:{table.header_line}"
    try:
        found = tables.match_headings(table.header, _ALIASES, headings)
    except ValueError as error:
        raise DataError(*(f"{place}: {problem}" for problem in error.args)) from None
    if "period" not in found:
        across = [i for i, heading in enumerate(table.header) if _is_month(heading)]
        if len(across) > 2:
            return _row_per_series(table, across, place)
        if (year := tables.year_column(table.header)) is not None:
            return _row_per_year(table, year, place)
        found["period"] = _month_column(table, place)
    if tables.month_first(table.column(found["period"])):
        table = replace(table, notes=(*table.notes, "dates were read as month/day/year"))
    if "value" in found and len(table.header) > 2:
        return _row_per_value(table, found["period"], found["value"])
    return _column_per_series(table, found["period"], place)


def _column_per_series(table: Table, period: int, place: str) -> Grid:
    named = [(i, h) for i, h in enumerate(table.header) if i != period]
    used = [(i, h) for i, h in named if h or any(table.column(i))]
    _refuse_repeated([h for _, h in used], place)
    numeric = [(i, h) for i, h in used if any(map(_may_be_number, table.column(i)))] or used
    left_out = tuple(
        f'column "{h}" holds no numbers and was left out' for i, h in used if (i, h) not in numeric
    )
    months, problems = _months(table, period)
    series = {
        h: tuple(Cell(month, table.lines[r], table.rows[r][i]) for r, month in months.items())
        for i, h in numeric
    }
    return Grid(table.file, table.header_line, series, table.notes + left_out, problems)


def _row_per_value(table: Table, period: int, value: int) -> Grid:
    """Name a series by every other column that varies."""
    keys = [
        i
        for i, h in enumerate(table.header)
        if i not in (period, value) and tables.fold(h) not in _STATUS and len(set(table.column(i))) > 1
    ]
    months, problems = _months(table, period)
    series: dict[str, list[Cell]] = {}
    for r, month in months.items():
        name = ".".join(table.rows[r][i] for i in keys) or table.header[value]
        series.setdefault(name, []).append(Cell(month, table.lines[r], table.rows[r][value]))
    cells = {name: tuple(cells) for name, cells in series.items()}
    return Grid(table.file, table.header_line, cells, table.notes, problems)


def _row_per_series(table: Table, across: list[int], place: str) -> Grid:
    """Read months from the header and the name of each series from the columns before them."""
    names = [" ".join(c for i, c in enumerate(row) if i not in across and c) for row in table.rows]
    _refuse_repeated(names, place)
    months = {i: tables.parse_period(table.header[i]).ordinal for i in across}
    series = {
        name: tuple(Cell(month, line, row[i]) for i, month in months.items())
        for name, line, row in zip(names, table.lines, table.rows, strict=True)
    }
    return Grid(
        table.file, table.header_line, series, (*table.notes, "months were read across the header"), ()
    )


def _row_per_year(table: Table, year: int, place: str) -> Grid:
    """Read years from a column, calendar months from the header and the name of a series from text beside the year."""
    months = {i: m for i, h in enumerate(table.header) if (m := tables.month_of_year(h)) is not None}
    if len(months) < _FEWEST_ACROSS:
        raise DataError(
            f'{place}: column "{table.header[year]}" holds years, but no columns are headed by months; '
            "write a month in every row as 2024-04"
        )
    others = [i for i in range(len(table.header)) if i != year and i not in months]
    texts = [i for i in others if not any(map(_may_be_number, table.column(i)))]
    notes = ("years were read down and months across",) + tuple(
        f'column "{table.header[i]}" is no month and was left out' for i in others if i not in texts
    )
    series: dict[str, list[Cell]] = {}
    problems = []
    for row, line in zip(table.rows, table.lines, strict=True):
        name = " ".join(row[i] for i in texts if row[i]) or _UNNAMED
        for i, month in months.items():
            try:
                period = tables.parse_period(f"{row[year]}-{month}")
            except ValueError:
                problems.append(f'{table.file}:{line}: year "{row[year]}" is not a year such as 2024')
                break
            series.setdefault(name, []).append(Cell(period.ordinal, line, row[i]))
    cells = {name: tuple(cells) for name, cells in series.items()}
    return Grid(table.file, table.header_line, cells, (*table.notes, *notes), tuple(problems))


def _months(table: Table, period: int) -> tuple[dict[int, int], tuple[str, ...]]:
    """Return the month of each row that has one, and what is wrong with the others."""
    american = tables.month_first(table.column(period))
    months: dict[int, int] = {}
    problems = []
    for r, text in enumerate(table.column(period)):
        try:
            months[r] = tables.parse_period(text, american).ordinal
        except ValueError as error:
            problems.append(f"{table.file}:{table.lines[r]}: period {error}")
    return months, tuple(problems)


def _month_column(table: Table, place: str) -> int:
    """Return the column that holds months where no heading says so: the first with mostly months."""
    for i in range(len(table.header)):
        filled = [cell for cell in table.column(i) if cell]
        if sum(map(_is_month, filled)) * 2 > len(filled):
            return i
    headings = ", ".join(f'"{h}"' for h in table.header[:8] if h)
    if any(map(_is_quarter, table.header)):
        raise DataError(f"{place}: columns are headed by quarters ({headings}); a monthly series is needed")
    raise DataError(
        f"{place}: no column of months among {headings}; name it as period under columns (--column period=HEADING)"
    )


def _refuse_repeated(names: list[str], place: str) -> None:
    repeated = [name for name, n in Counter(names).items() if n > 1]
    if repeated:
        tables.fail(
            [
                f'{place}: {names.count(name)} series are named "{name}"; rename all but one'
                if name
                else f"{place}: {names.count(name)} series have no name; name them"
                for name in repeated
            ]
        )


def _is_month(text: str) -> bool:
    try:
        tables.parse_period(text)
    except ValueError:
        return False
    return True


def _is_quarter(text: str) -> bool:
    try:
        tables.parse_quarter(text)
    except ValueError:
        return False
    return True


def _may_be_number(text: str) -> bool:
    return text[:1].isdigit() or text[1:2].isdigit()
