"""`monthly`: a Series on any index that names months, as the house's own: sorted, gap-free, on a `PeriodIndex`."""

from __future__ import annotations

from collections import Counter
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import tables
from forecast.arrays import Floats
from forecast.errors import DataError
from forecast.tables.forms import YEARS

Table = TypeVar("Table", pd.Series, pd.DataFrame)

_COARSE = 3
"""From so many known rows on their usual distance tells quarterly from monthly data with gaps. chosen: what happens
thrice is no accident."""

_SHOWN = 4  # months quoted; chosen: a line
_DAY_ENDS = pd.Timedelta(minutes=30)


def monthly(y: pd.Series) -> pd.Series:
    """Return a series on a gap-free monthly PeriodIndex, sorted; a month that its index skips is NaN.

    y : on Periods, Timestamps (anywhere in the month, with or without a zone) or months as text, in any order
    Raises DataError in plain words for what is not monthly: a month twice, quarters, days, rows without a month, or
    values that are no numbers.

    >>> y = pd.Series([3.0, 1.0], index=pd.to_datetime(["2024-03-31", "2024-01-31"]))
    >>> monthly(y).to_list()
    [1.0, nan, 3.0]
    """
    return _on_months(y, _called(y))


def monthly_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table, a column per series, on a gap-free monthly PeriodIndex, as `monthly` does with one."""
    return _on_months(frame, "table")


def level_of(table: pd.DataFrame, column: str | None = None) -> pd.Series:
    """Return one level of a table in memory as `series.read` returns it of a file: from first to last known month.

    column : needed where the table holds several series
    Raises DataError as `monthly`, for another column, for values at or below zero and where nothing is known.
    """
    if column is None and table.shape[1] != 1:
        names = ", ".join(map(str, table.columns[:12]))
        raise DataError(
            f"the table holds {table.shape[1]} series ({names}); name the one that is meant, as "
            f'target={{"column": "{table.columns[0]}"}}'
        )
    name = column if column is not None else table.columns[0]
    if name not in table:
        raise DataError(f'no column "{name}"; {tables.suggestion(str(name), list(map(str, table.columns)))}')
    y = monthly(table[name])
    published = y.dropna()
    problems = [
        f"{_called(y)}: {value:g} in {month} is not positive; an index level is above 0 (is it a rate?)"
        for month, value in published[~(published > 0)].items()
    ] + [
        f"{_called(y)}: {value:g} in {month} is too large for a number; give it in other units"
        for month, value in published[published >= tables.TOO_LARGE].items()
    ]
    if published.empty:
        problems = [f"{_called(y)}: holds no number"]
    if problems:
        tables.fail(problems)
    return y.loc[published.index[0] : published.index[-1]].rename_axis(None)


def months_of(index: pd.Index, name: str = "series") -> pd.PeriodIndex:
    """Return the month of each entry of an index, in its order. Raises DataError for one that names no months."""
    if isinstance(index, pd.PeriodIndex):
        return _of_periods(index, name)
    if isinstance(index, pd.DatetimeIndex):
        return _of_stamps(index, name)
    if isinstance(index, pd.MultiIndex):
        raise DataError(f"{name}: the index has {index.nlevels} levels; keep one, of months")
    if pd.api.types.is_integer_dtype(index) and not _are_year_months(index):
        raise DataError(
            f"{name}: the index holds numbers ({_listed(index)}), not months; give it months, as "
            'pd.period_range("2015-01", periods=len(y), freq="M")'
        )
    return _of_entries(index, name)


def undated(y: object) -> bool:
    """Whether values come without months: no pandas object, or one whose rows are only counted."""
    index = getattr(y, "index", None)
    if not isinstance(index, pd.Index):
        return True
    counted = pd.api.types.is_integer_dtype(index) and not _are_year_months(index)
    return counted and bool((np.diff(index.to_numpy()) == 1).all())


def laid_out(
    y: npt.ArrayLike, x: npt.ArrayLike | None = None
) -> tuple[Floats, npt.ArrayLike | None, pd.PeriodIndex | None]:
    """Return a level as values in the order of its months, gaps NaN, with the regressors of those months.

    y : values in order, or a Series on months · x : rows in the order of y, or a table on months of its own, which
        may reach beyond y
    The months are None where y names none. Raises DataError as `monthly`, and where x lacks a month of y.
    """
    if undated(y):
        return np.asarray(y, dtype=np.float64), x, None
    level = cast(pd.Series, y)
    ordered = monthly(level)
    months = pd.PeriodIndex(ordered.index)
    if x is not None and (ordered is not level or not undated(x)):
        x = _beside(x, level.index, months)
    return ordered.to_numpy(dtype=np.float64), x, months


def rows_of(x: npt.ArrayLike, months: pd.PeriodIndex) -> npt.ArrayLike:
    """Return the rows of a table of regressors on these months; one that names no months is taken as it is.

    Raises DataError naming the months that it lacks.
    """
    if undated(x):
        return x
    table = _on_months(cast(pd.DataFrame, x), "regressors")
    absent = months[~months.isin(table.index)]
    if len(absent):
        raise DataError(
            f"regressors: no row for {_listed(absent)}; they are needed from {months[0]} to {months[-1]}"
        )
    return table.loc[months]


def _on_months(y: Table, name: str) -> Table:
    months = months_of(y.index, name)
    if not len(months):
        raise DataError(f"{name}: holds no month")
    y = _numbers(y, name)
    if (
        isinstance(y.index, pd.PeriodIndex)
        and bool((np.diff(months.asi8) == 1).all())
        and months.equals(y.index)
    ):
        return y
    _refuse_repeated(months, name)
    filled = np.flatnonzero(y.notna().to_numpy().reshape(len(y), -1).any(axis=1))
    _refuse_coarse(months[filled], name)
    placed = y.set_axis(months, axis=0)
    return placed.reindex(pd.period_range(months.min(), months.max(), freq="M", name=y.index.name))


def _beside(x: npt.ArrayLike, rows: pd.Index, months: pd.PeriodIndex) -> npt.ArrayLike:
    """Regressors on the months of a level: by their own months, else row by row as the level was given."""
    if not undated(x):
        return rows_of(x, months)
    table = pd.DataFrame(np.asarray(x))
    if len(table) != len(rows):
        raise DataError(f"regressors: {len(table)} rows beside {len(rows)} of the series; give them months")
    return rows_of(table.set_axis(rows, axis=0), months)


def _of_periods(index: pd.PeriodIndex, name: str) -> pd.PeriodIndex:
    if index.hasnans:
        raise DataError(f"{name}: row {int(np.argmax(index.isna())) + 1} has no month; delete it or date it")
    if index.freqstr == "M":
        return index
    if index.freqstr[0] in "QAY" or index.freqstr[:-1].isdigit():
        raise DataError(
            f'{name}: the index has periods of frequency "{index.freqstr}" ({_listed(index)}); '
            "a monthly series is needed"
        )
    return pd.PeriodIndex(index.asfreq("M"))


def _of_stamps(index: pd.DatetimeIndex, name: str) -> pd.PeriodIndex:
    """The month of each time stamp: of the local midnight that all of them are, else by the clock of its own zone."""
    if index.hasnans:
        raise DataError(f"{name}: row {int(np.argmax(index.isna())) + 1} has no date; delete it or date it")
    if index.tz is None:
        return index.to_period("M")
    local = index.tz_localize(None)
    ending = local.normalize() + pd.Timedelta(days=1) - local <= _DAY_ENDS
    if bool((ending | (local == local.normalize())).all()):
        return local.to_period("M")
    universal = index.tz_convert("UTC").tz_localize(None).floor("s")
    readings = {
        pd.PeriodIndex(pd.DatetimeIndex(list(of)), freq="M")[0]: pd.PeriodIndex(
            pd.DatetimeIndex(list(of)), freq="M"
        )
        for of in tables.local_months(list(universal.to_pydatetime()))
    }
    own = local.to_period("M")
    if not (universal == local).all() and readings and not (universal.second == 59).any():
        readings[own[0]] = own  # a time of day in the office's own zone
    if len(readings) > 1:
        raise DataError(
            f"{name}: {index[0]} may be a time of day or the midnight of another zone, in "
            f"{' or '.join(map(str, readings))}; convert the index to its own zone (tz_convert), or give it months"
        )
    return next(iter(readings.values()), own)


def _of_entries(index: pd.Index, name: str) -> pd.PeriodIndex:
    """The month of each entry of a mixed or written index."""
    texts = [str(entry) for entry in index]
    american = tables.month_first(texts)
    ordinals, problems = [], []
    for row, (entry, text) in enumerate(zip(index, texts, strict=True), start=1):
        try:
            ordinals.append(_month(entry, text, american).ordinal)
        except ValueError as error:
            problems.append(f"{name}: row {row} of the index: {error}")
    if problems:
        tables.fail(problems)
    return _periods(ordinals)


def _month(entry: Any, text: str, american: bool) -> pd.Period:
    if isinstance(entry, pd.Period):
        return _of_periods(pd.PeriodIndex([entry]), "month")[0]
    if hasattr(entry, "year") and hasattr(entry, "month"):
        return pd.Period(year=entry.year, month=entry.month, freq="M")
    return tables.parse_period(text, american)


def _are_year_months(index: pd.Index) -> bool:
    """Whether whole numbers are months written as 202401."""
    numbers = index.to_numpy()
    if not len(numbers) or not pd.api.types.is_integer_dtype(index):
        return False
    years, months = numbers // 100, numbers % 100
    return bool(((years >= YEARS[0]) & (years <= YEARS[-1]) & (months >= 1) & (months <= 12)).all())


def _numbers(y: Table, name: str) -> Table:
    """The values as floats; what is no number is refused with its row."""
    kinds = [y.dtype] if isinstance(y, pd.Series) else list(y.dtypes)
    if all(kind == np.float64 for kind in kinds):
        return y
    columns = [y] if isinstance(y, pd.Series) else [y[column] for column in y]
    problems = []
    for column in columns:
        if pd.api.types.is_complex_dtype(column):
            problems.append(f"{name}: holds complex numbers; give the part that is meant, as y.real")
            continue
        place = name if isinstance(y, pd.Series) else f"{name}: {column.name}"
        bad = pd.to_numeric(column, errors="coerce").isna() & column.notna()
        problems += [
            f'{place}: "{column.iloc[row]}" in {column.index[row]} is not a number; read the file with fc.read, or '
            "mend it"
            for row in np.flatnonzero(bad).tolist()
        ]
    if problems:
        tables.fail(problems)
    if isinstance(y, pd.Series):
        return pd.to_numeric(y).astype(np.float64)
    return pd.DataFrame(y.apply(pd.to_numeric)).astype(np.float64)


def _refuse_repeated(months: pd.PeriodIndex, name: str) -> None:
    if months.is_unique:
        return
    counts = Counter(months.asi8.tolist())
    if len(counts) * 2 < len(months):
        raise DataError(
            f"{name}: {len(months)} rows for {len(counts)} months; expected one each (average daily data by month)"
        )
    twice = _periods(sorted(ordinal for ordinal, n in counts.items() if n > 1))
    raise DataError(f"{name}: {_listed(twice)} more than once; keep one value a month")


def _refuse_coarse(months: pd.PeriodIndex, name: str) -> None:
    """Refuse quarterly and annual data: filled up with empty months they would look monthly."""
    steps = np.diff(np.sort(months.asi8))
    if len(steps) >= _COARSE and (step := float(np.median(steps))) > 1:
        raise DataError(f"{name}: comes every {step:.0f} months; a monthly series is needed")


def _periods(ordinals: list[int]) -> pd.PeriodIndex:
    return pd.PeriodIndex(
        pd.arrays.PeriodArray(np.array(ordinals, dtype=np.int64), dtype=pd.PeriodDtype("M"))
    )


def _listed(entries: pd.Index) -> str:
    shown = ", ".join(str(entry) for entry in entries[:_SHOWN])
    return shown + (" …" if len(entries) > _SHOWN else "")


def _called(y: pd.Series) -> str:
    return "series" if y.name is None else str(y.name)
