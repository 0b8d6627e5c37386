"""`monthly`: a Series on any index that names months, as the house's own: sorted, gap-free, on a `PeriodIndex`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import tables
from forecast.arrays import Floats
from forecast.errors import DataError
from forecast.series.given import (
    called,
    no_levels,
    one_series,
    only_column,
    refuse_counted,
    refuse_no_levels,
    refuse_twice,
)
from forecast.series.indexed import listed, months_of, periods, undated
from forecast.series.reading import months_apart

Table = TypeVar("Table", pd.Series, pd.DataFrame)

_NO_NUMBERS = dict.fromkeys(("datetime64", "datetime", "date", "period"), "dates") | dict.fromkeys(
    ("timedelta64", "timedelta"), "spans of time"
)
"""What pandas would turn into numbers, by its word for what a column holds."""


def monthly(y: pd.Series | pd.DataFrame) -> pd.Series:
    """Return a series on a gap-free monthly PeriodIndex, sorted; a month that its index skips is NaN.

    y : on Periods, Timestamps (anywhere in the month, with or without a zone) or months as text, in any order; or a
        table whose only column it is
    Raises DataError in plain words for what is not monthly: a month twice, quarters, days, rows without a month,
    values that are no numbers, as dates or yes and no, and what is no series, as a list or a table of several.

    >>> y = pd.Series([3.0, 1.0], index=pd.to_datetime(["2024-03-31", "2024-01-31"]))
    >>> monthly(y).to_list()
    [1.0, nan, 3.0]
    """
    y = one_series(y)
    if y.dtype != np.float64 and any(isinstance(value, bool | np.bool_) for value in y):
        raise DataError(
            f"{called(y)}: holds yes and no (True, False), not numbers; give the values of the series"
        )
    return _on_months(y, called(y))


def monthly_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table, a column per series, on a gap-free monthly PeriodIndex, as `monthly` does with one.

    Yes and no count as 1 and 0, as regressors mark months. Raises DataError where the months stand in a column.
    """
    refuse_counted(frame)
    return _on_months(frame, "table")


def level_of(table: pd.DataFrame, column: str | None = None) -> pd.Series:
    """Return one level of a table in memory as `series.read` returns it of a file: from first to last known month.

    column : needed where the table holds several series; a name that is no text is meant by its text
    Raises DataError as `monthly`, for a column that is not there or there twice, for values at or below zero or too
    large, and where nothing is known.
    """
    table = table.set_axis(list(map(str, table.columns)), axis=1)
    if column is None or not table.shape[1]:
        y = monthly(only_column(table, 'name the one that is meant, as target={{"column": {}}}'))
    else:
        refuse_counted(table)
        if column not in table:
            raise DataError(f'no column "{column}"; {tables.suggestion(column, list(table.columns))}')
        refuse_twice(table, column)
        y = monthly(table[column])
    published = y.dropna()
    problems = [f"{called(y)}: {why}" for why in no_levels(y)]
    if published.empty:
        problems = [f"{called(y)}: holds no number"]
    if problems:
        tables.fail(problems)
    return y.loc[published.index[0] : published.index[-1]].rename_axis(None)


def laid_out(
    y: npt.ArrayLike, x: npt.ArrayLike | None = None
) -> tuple[Floats, npt.ArrayLike | None, pd.PeriodIndex | None]:
    """Return a level as values in the order of its months, gaps NaN, with the regressors of those months.

    y : values in order, or a Series on months · x : rows in the order of y, or a table on months of its own, which
        may reach beyond y
    The months are None where y names none. Raises DataError as `monthly`, where a month of y is infinite or too large
    for a number, and where x lacks a month of y.
    """
    if isinstance(y, pd.DataFrame | Mapping):
        y = one_series(y)
    if undated(y):
        return numbers_of(y), x, None
    level = cast(pd.Series, y)
    ordered = monthly(level)
    months = pd.PeriodIndex(ordered.index)
    refuse_no_levels(ordered.to_numpy(dtype=np.float64), months, called(level), positive=False)
    if x is not None and (ordered is not level or not undated(x)):
        x = _beside(x, level.index, months)
    return ordered.to_numpy(dtype=np.float64), x, months


def numbers_of(values: npt.ArrayLike, what: str = "series") -> Floats:
    """Return values that name no months as numbers. Raises DataError where they are none."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise DataError(
            f"{what}: expected numbers in order or a pandas Series on months, found {type(values).__name__} ({error})"
        ) from None


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
            f"regressors: no row for {listed(absent)}; they are needed from {months[0]} to {months[-1]}"
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
        if other := _NO_NUMBERS.get(pd.api.types.infer_dtype(column, skipna=True)):
            problems.append(f"{place}: holds {other}, not numbers; give the values of the series")
            continue
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
    twice = periods(sorted(ordinal for ordinal, n in counts.items() if n > 1))
    raise DataError(f"{name}: {listed(twice)} more than once; keep one value a month")


def _refuse_coarse(months: pd.PeriodIndex, name: str) -> None:
    """Refuse quarterly and annual data: filled up with empty months they would look monthly."""
    if (step := months_apart(pd.Series(1.0, months.sort_values()))) > 1:
        raise DataError(f"{name}: comes every {step:.0f} months; a monthly series is needed")
