"""`read`, `read_panel`, `sample`: monthly index levels from a file or from a library's shipped data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.series.layout import Cell, Grid, grid

SAMPLES = ("elec_equip",)
"""Shipped inside statsmodels: turnover of euro-area makers of electrical equipment, 2010 = 100 (Eurostat)."""


def read(
    path: str | Path,
    column: str | None = None,
    sheet: str | None = None,
    *,
    headings: Mapping[str, str] | None = None,
    decimal: str | None = None,
    until: pd.Period | None = None,
) -> pd.Series:
    """Return one monthly index level: float, on a gap-free PeriodIndex, NaN where a month is not published.

    column : needed where the file holds several series
    sheet : of a workbook; needed where several sheets hold data
    headings : {"period": …, "value": …} as the file writes them, where the headings are not known
    decimal : "." or ","; detected where not given
    until : last month looked at; what is wrong in a later one is not told, and moves nothing
    What was understood on the way (a decimal comma, footnotes) is in `attrs["notes"]`.
    Raises DataError with every problem at once: not a month, not a number, not positive, a month twice.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "iip.csv")
    ...     _ = file.write_text("Kỳ;Chỉ số\\nT1/2024;101,5\\nT3/2024;98,25\\n", encoding="utf-8")
    ...     read(file).to_list()
    [101.5, nan, 98.25]
    """
    layout = _seen(grid(path, sheet, headings), until)
    name = _chosen(layout, column)
    frame, notes = _frame(layout, [name], decimal, positive=True)
    _refuse_coarse(layout.file, name, frame[name].dropna())
    level = frame[name].loc[frame[name].first_valid_index() : frame[name].last_valid_index()]
    if notes:
        level.attrs["notes"] = notes
    return level


def read_panel(
    path: str | Path,
    columns: Sequence[str] | None = None,
    sheet: str | None = None,
    *,
    headings: Mapping[str, str] | None = None,
    decimal: str | None = None,
    positive: bool = False,
    until: pd.Period | None = None,
) -> pd.DataFrame:
    """Return several monthly series side by side: a float DataFrame on a gap-free monthly PeriodIndex.

    columns : which, in this order; all by default
    positive : refuse values at or below zero, as no level can have
    The rest as in `read`. Raises DataError with every problem at once, among them a name given twice.
    """
    layout = _seen(grid(path, sheet, headings), until)
    problems = [
        f'{layout.file}:{layout.header_line}: no column "{name}"; {tables.suggestion(name, layout.names)}'
        for name in columns or ()
        if name not in layout.names
    ]
    if problems:
        tables.fail(problems)
    frame, notes = _frame(layout, list(columns or layout.names), decimal, positive)
    if notes:
        frame.attrs["notes"] = notes
    return frame


def sample(name: str) -> pd.Series:
    """Return a series that a library ships, in the same form as `read`.

    Raises DataError with the nearest valid name for another.

    >>> y = sample("elec_equip")
    >>> str(y.index[0]), str(y.index[-1]), float(y.iloc[0])
    ('1995-01', '2016-05', 66.19)
    """
    if name not in SAMPLES:
        raise DataError(f'no sample series "{name}"; {tables.suggestion(name, SAMPLES)}')
    from statsmodels.datasets import elec_equip

    shipped = elec_equip.load_pandas().data.iloc[:, 0]
    months = pd.PeriodIndex(shipped.index, freq="M")
    return pd.Series(shipped.to_numpy(dtype=float), index=months, name=name)


def _seen(layout: Grid, until: pd.Period | None) -> Grid:
    """The series to a month; one of which nothing lies so far back stays whole, to be told as too young."""
    if until is None:
        return layout
    early = {n: tuple(c for c in cells if c.month <= until.ordinal) for n, cells in layout.series.items()}
    series = {
        name: early[name] if any(not tables.missing(c.text) for c in early[name]) else cells
        for name, cells in layout.series.items()
    }
    return replace(layout, series=series)


def _chosen(layout: Grid, column: str | None) -> str:
    """Return the one series meant."""
    place = f"{layout.file}:{layout.header_line}"
    if column is None:
        if len(layout.names) == 1:
            return layout.names[0]
        shown = ", ".join(layout.names[:12]) + (" …" if len(layout.names) > 12 else "")
        raise DataError(f"{place}: holds {len(layout.names)} series ({shown}); name one as column")
    if column in layout.names:
        return column
    same = [name for name in layout.names if tables.fold(name) == tables.fold(column)]
    if len(same) == 1:
        return same[0]
    raise DataError(f'{place}: no column "{column}"; {tables.suggestion(column, layout.names)}')


def _frame(
    layout: Grid, names: Sequence[str], decimal: str | None, positive: bool
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the numbers of the named series on a gap-free index, and notes; raise every problem found."""
    try:
        style, notes = tables.detect_style((c.text for name in names for c in layout.series[name]), decimal)
    except ValueError as error:
        raise DataError(f"{layout.file}: {error}") from None
    problems = list(layout.problems)
    values = {name: _numbers(layout, name, style, positive, problems) for name in names}
    problems += _repeated(layout, values)
    if problems:
        tables.fail(problems)
    empty = [name for name in names if all(np.isnan(v) for v in values[name])]
    if empty:
        tables.fail([f'{layout.file}: column "{name}" holds no number; choose another' for name in empty])
    series = {}
    for name in names:
        months = _months(layout.series[name])
        level = pd.Series(values[name], index=months, dtype=float)
        series[name] = level[~level.index.duplicated()].sort_index()
    if any(not _sorted(layout.series[name]) for name in names):
        notes += ("months were sorted",)
    first, last = (f(f(s.index) for s in series.values()) for f in (min, max))
    return pd.DataFrame(series, index=pd.period_range(first, last, freq="M")), (*layout.notes, *notes)


def _numbers(
    layout: Grid, name: str, style: tables.Style, positive: bool, problems: list[str]
) -> list[float]:
    """Return the values of one series, NaN where missing, adding what is wrong to the problems."""
    out = []
    for cell in layout.series[name]:
        value = np.nan
        if not tables.missing(cell.text):
            try:
                value = tables.parse_number(cell.text, style)
            except ValueError as error:
                problems.append(f"{layout.file}:{cell.line}: {name} {error}")
        if positive and value <= 0:
            problems.append(
                f"{layout.file}:{cell.line}: {name} {cell.text} is not positive; "
                "an index level is above 0 (leave a month without a figure empty)"
            )
        out.append(value)
    return out


def _repeated(layout: Grid, values: Mapping[str, list[float]]) -> list[str]:
    """Name the months given twice with different values, once for all series of a row."""
    clashes: dict[tuple[int, int], str] = {}
    for name, numbers in values.items():
        cells = layout.series[name]
        first: dict[int, int] = {}
        for i, cell in enumerate(cells):
            j = first.setdefault(cell.month, i)
            if j != i and repr(numbers[i]) != repr(numbers[j]):
                clashes.setdefault(
                    (cell.line, cells[j].line),
                    f"{layout.file}:{cell.line}: month {_named(cell)} of {name} is {cell.text or 'empty'}, "
                    f"but {cells[j].text or 'empty'} on line {cells[j].line}; keep one",
                )
        if len(first) * 2 < len(cells):
            return [
                f"{layout.file}:{cells[0].line}: {len(cells)} rows for {len(first)} months; "
                "expected one each (choose one series of the file, or average daily data by month)"
            ]
    return list(clashes.values())


def _refuse_coarse(file: str, name: str, level: pd.Series) -> None:
    """Refuse quarterly and annual data: filled up with empty months they would look monthly."""
    step = months_apart(level)
    if step > 1:
        raise DataError(f"{file}: {name} comes every {step:.0f} months; a monthly series is needed")


def months_apart(level: pd.Series) -> float:
    """Return the usual distance of known months, 1 where there are too few to tell."""
    steps = np.diff(pd.PeriodIndex(level.index).asi8)
    return float(np.median(steps)) if len(steps) > 2 else 1.0


def _months(cells: Sequence[Cell]) -> pd.PeriodIndex:
    ordinals = np.array([cell.month for cell in cells], dtype=np.int64)
    return pd.PeriodIndex(pd.arrays.PeriodArray(ordinals, dtype=pd.PeriodDtype("M")))


def _named(cell: Cell) -> str:
    return str(pd.Period(ordinal=cell.month, freq="M"))


def _sorted(cells: Sequence[Cell]) -> bool:
    return all(a.month <= b.month for a, b in pairwise(cells))
