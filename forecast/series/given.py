"""What is given as a level in memory: one series, and values that a level may have."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.series.indexed import months_of, undated

_SHOWN = 12  # columns named; chosen: a line
_ON_MONTHS = 'pd.Series(y, pd.period_range("2015-01", periods=len(y), freq="M"))'


def one_series(y: object) -> pd.Series:
    """Return the one series that is given, as such or as the only column of a table.

    Raises DataError for tables of several columns or none, and for what names no months, as arrays, lists and dicts.
    """
    if isinstance(y, pd.Series):
        return y
    if isinstance(y, pd.DataFrame):
        return only_column(y, "give one column, as frame[{}]")
    made = "pd.Series(y)" if isinstance(y, Mapping) else _ON_MONTHS
    raise DataError(
        f"series: expected a pandas Series on months, found {type(y).__name__}, which names none; make it {made}"
    )


def only_column(table: pd.DataFrame, remedy: str) -> pd.Series:
    """Return the column of a table that has one.

    remedy : what to do about several, with {} for the name of one of them, quoted where it is a text
    Raises DataError for another number of columns, and where one of them holds the months of counted rows.
    """
    refuse_counted(table)
    if not table.shape[1]:
        raise DataError("the table holds no column; give it one of levels")
    if table.shape[1] > 1:
        refuse_across(table)
        first = table.columns[0]
        refuse_twice(table, first)
        names = ", ".join(map(str, table.columns[:_SHOWN]))
        quoted = f'"{first}"' if isinstance(first, str) else repr(first)
        raise DataError(f"the table holds {table.shape[1]} series ({names}); {remedy.format(quoted)}")
    return table.iloc[:, 0]


def refuse_across(table: pd.DataFrame) -> None:
    """Refuse a table whose columns are months, a row per series."""
    try:
        months_of(table.columns)
    except DataError:
        return
    raise DataError("table: its months stand across, a row per series; give it turned: table.T")


def refuse_twice(table: pd.DataFrame, name: object) -> None:
    """Refuse a column that is there twice: its name tells neither from the other."""
    if sum(column == name for column in table.columns) > 1:
        raise DataError(f'the table holds several columns "{name}"; keep one, or rename the others')


def refuse_counted(table: pd.DataFrame) -> None:
    """Refuse a table whose rows are only counted and whose months stand in a column, and say so."""
    if not undated(table):
        return
    for column in table:
        try:
            months_of(pd.Index(table[column]))
        except DataError:
            continue
        raise DataError(
            f'table: its index counts rows, and its months stand in the column "{column}"; make them the index: '
            f'table.set_index("{column}")'
        )


def no_levels(y: pd.Series, *, positive: bool = True) -> list[str]:
    """Say of each value that is no level what it is and in which month: at or below 0, infinite, or too large.

    positive : False for what may be at or below 0, as balances
    """
    below = y[(y <= 0) & positive]
    beyond = y[(y >= tables.TOO_LARGE) | ((y <= -tables.TOO_LARGE) & (not positive))]
    return [
        *(
            f"{v:g} in {t} is not positive; an index level is above 0 (is it a rate?)"
            for t, v in below.items()
        ),
        *(f"{v:g} in {t} is too large for a number; give it in other units" for t, v in beyond.items()),
    ]


def refuse_no_levels(
    values: npt.ArrayLike, months: pd.PeriodIndex | None, name: str = "series", *, positive: bool = True
) -> None:
    """Raise DataError naming every value (n,) that is no level, as `no_levels`, with its month or its position."""
    level = np.asarray(values, dtype=np.float64)
    lowest = 0.0 if positive else -tables.TOO_LARGE
    if bool(((level > lowest) & (level < tables.TOO_LARGE) | np.isnan(level)).all()):
        return
    rows = [f"month {t}" for t in range(1, len(level) + 1)] if months is None else months
    if problems := no_levels(pd.Series(level, index=rows), positive=positive):
        tables.fail([f"{name}: {why}" for why in problems])


def refuse_infinite(x: npt.ArrayLike | None, rows: pd.Index | None) -> None:
    """Raise DataError naming a regressor and where it is infinite; a model says itself whether one may be missing.

    x : (n, j), (n,), one per path (k, n, j) or None · rows : the n months, None where they have none
    """
    infinite = np.isinf(np.asarray(() if x is None else x, dtype=np.float64))
    if not infinite.any():
        return
    table = infinite.any(axis=0) if infinite.ndim > 2 else infinite.reshape(len(infinite), -1)
    row, column = np.argwhere(table)[0].tolist()
    name = getattr(x, "columns", range(1, table.shape[1] + 1))[column]
    month = f"month {row + 1}" if rows is None or row >= len(rows) else rows[row]
    raise DataError(
        f"regressors: {name} is infinite in {month}; give a number, or leave it empty where none is known"
    )


def called(y: object) -> str:
    """Return what messages call a series: its name, where it has one."""
    name = getattr(y, "name", None)
    return "series" if name is None else str(name)
