"""`read`, `read_panel`, `sample`: monthly index levels from a file or from a library's shipped data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.series.choice import chosen, several
from forecast.series.file import grid
from forecast.series.layout import Cell, Grid, Line
from forecast.series.renamed import renamed
from forecast.series.twice import given_twice
from forecast.series.values import PUBLISHED, SURVEYED, numbers, refuse_future, told
from forecast.tables import Source

_PARTS = {2: "halves", 4: "quarters"}

SAMPLES = ("elec_equip",)
"""Shipped inside statsmodels: turnover of euro-area makers of electrical equipment, 2010 = 100 (Eurostat)."""


def read(
    path: Source,
    column: str | None = None,
    sheet: str | None = None,
    *,
    headings: Mapping[str, str] | None = None,
    decimal: str | None = None,
    until: pd.Period | None = None,
) -> pd.Series:
    """Return one monthly index level: float, on a gap-free PeriodIndex, NaN where a month is not published.

    column : needed where the file holds several series: its name, its code, or words that only it has
    sheet : of a workbook; needed where several sheets hold data
    headings : {"period": …, "value": …} as the file writes them, where the headings are not known
    decimal : "." or ","; detected where not given
    until : last month looked at; what is wrong in a later one is not told, and moves nothing. Where it is not given,
        a month later than the next by this machine's clock is refused
    `attrs` hold "notes" (what was understood on the way), "account" (what became of every number, in one line),
    "left_out", "status" (month -> mark of a provisional or revised value) and "renamed" (what begins where it ends).
    Raises DataError with every problem at once: not a month, not a number, not positive, a month twice, a rate.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "iip.csv")
    ...     _ = file.write_text("Kỳ;Chỉ số\\nT1/2024;101,5\\nT3/2024;98,25\\n", encoding="utf-8")
    ...     read(file).to_list()
    [101.5, nan, 98.25]
    """
    layout = grid(path, sheet, headings, [column] if column is not None else [], until)
    line = chosen(layout, column)
    frame = panel(layout, [line], decimal, positive=True, ahead=PUBLISHED if until is None else None)
    _refuse_coarse(layout.file, line.name, frame[line.name].dropna())
    values = frame[line.name]
    level = values.loc[values.first_valid_index() : values.last_valid_index()]
    other = renamed(line, layout, until)
    level.attrs = {
        **frame.attrs,
        "notes": (*frame.attrs["notes"], *([str(other)] if other else [])),
        "renamed": (other,) if other else (),
        "status": frame.attrs["status"].get(line.name, {}),
    }
    return level


def read_panel(
    path: Source,
    columns: Sequence[str] | None = None,
    sheet: str | None = None,
    *,
    headings: Mapping[str, str] | None = None,
    decimal: str | None = None,
    positive: bool = False,
    until: pd.Period | None = None,
    rates: bool = False,
) -> pd.DataFrame:
    """Return several monthly series side by side: a float DataFrame on a gap-free monthly PeriodIndex.

    columns : which, in this order; all levels by default
    positive : refuse values at or below zero, as no level can have
    rates : read rates of change too, which a related series may be and a level may not
    The rest as in `read`. Raises DataError with every problem at once, among them a name given twice.
    """
    layout = grid(path, sheet, headings, columns or [], until)
    ahead = SURVEYED if until is None else None
    return panel(layout, several(layout, columns, positive, rates), decimal, positive, ahead)


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


def panel(
    layout: Grid, lines: Sequence[Line], decimal: str | None, positive: bool, ahead: int | None
) -> pd.DataFrame:
    """Return the numbers of the series on a gap-free index, with notes and account; raise every problem found.

    ahead : months beyond today that are let pass, None where no clock is looked at
    """
    problems = list(layout.wrong)
    values, notes = numbers(layout, lines, decimal, positive, problems)
    problems += [problem for line in lines if (problem := _of_quarters(layout, line))]
    problems += given_twice(layout, lines, values)
    if problems:
        tables.fail(problems)
    empty = [line.name for line in lines if not np.isfinite(values[line.name]).any()]
    if empty:
        tables.fail([f'{layout.file}: column "{name}" holds no number; choose another' for name in empty])
    if ahead is not None:
        for line in lines:
            refuse_future(layout, line, values[line.name], ahead)
    if any(not _sorted(line.cells) for line in lines):
        notes += ("months were sorted",)
    frame = _table(lines, values)
    frame.attrs = told(layout, lines, (*layout.notes, *notes))
    return frame


def _refuse_coarse(file: str, name: str, level: pd.Series) -> None:
    """Refuse quarterly and annual data: filled up with empty months they would look monthly."""
    step = months_apart(level)
    if step > 1:
        raise DataError(f"{file}: {name} comes every {step:.0f} months; a monthly series is needed")


def _of_quarters(layout: Grid, line: Line) -> str:
    """Say where a series has the first two or four months of every year and no other: halves or quarters counted."""
    of_year: dict[int, set[int]] = {}
    for cell in line.cells:
        of_year.setdefault(cell.month // 12, set()).add(cell.month % 12 + 1)
    parts = max(map(max, of_year.values()), default=0)
    inner = [of_year[year] for year in sorted(of_year)[1:-1]]
    if parts not in _PARTS or not inner or any(months != set(range(1, parts + 1)) for months in inner):
        return ""
    return (
        f"{layout.at(line.cells[0])}: {line.name} has months 1 to {parts} of every year and no others: are they "
        f"{_PARTS[parts]}? A monthly series is needed; where they are months, add the others with NA for their values"
    )


def months_apart(level: pd.Series) -> float:
    """Return the usual distance of known months, 1 where there are too few to tell.

    A series is coarse where three steps in four are; months left out by custom, every third even, make none.
    """
    return usual_step(pd.PeriodIndex(level.index).asi8)


def usual_step(months: npt.NDArray[np.int64]) -> float:
    """Return the same of months counted since January 1970."""
    steps = np.diff(months)
    return float(np.sort(steps)[(len(steps) - 1) // 4]) if len(steps) > 2 else 1.0


def _table(lines: Sequence[Line], values: Mapping[str, npt.NDArray[np.float64]]) -> pd.DataFrame:
    """Return the numbers of the series, a column each; of a month given twice the first."""
    months = [np.array([cell.month for cell in line.cells], dtype=np.int64) for line in lines]
    first, last = min(int(of.min()) for of in months), max(int(of.max()) for of in months)
    table = np.full((len(lines), last + 1 - first), np.nan)
    for row, of, line in zip(table, months, lines, strict=True):
        row[of[::-1] - first] = values[line.name][::-1]
    return pd.DataFrame(table.T, index=months_between(first, last), columns=[line.name for line in lines])


def months_between(first: int, last: int) -> pd.PeriodIndex:
    """Return all months from one to another, both counted since January 1970."""
    ordinals = np.arange(first, last + 1, dtype=np.int64)
    return pd.PeriodIndex(pd.arrays.PeriodArray(ordinals, dtype=pd.PeriodDtype("M")))


def _sorted(cells: Sequence[Cell]) -> bool:
    return all(a.month <= b.month for a, b in pairwise(cells))
