"""The month of each entry of an index: periods, time stamps of any zone, dates or months as text."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.tables.forms import YEARS

_SHOWN = 4  # months quoted; chosen: a line
_DAY_ENDS = pd.Timedelta(minutes=30)


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
            f"{name}: the index holds numbers ({listed(index)}), not months; give it months, as "
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


def periods(ordinals: list[int]) -> pd.PeriodIndex:
    """Return months from their counts since January 1970."""
    return pd.PeriodIndex(
        pd.arrays.PeriodArray(np.array(ordinals, dtype=np.int64), dtype=pd.PeriodDtype("M"))
    )


def listed(entries: pd.Index) -> str:
    """Return entries of an index as a message quotes them."""
    shown = ", ".join(str(entry) for entry in entries[:_SHOWN])
    return shown + (" …" if len(entries) > _SHOWN else "")


def _of_periods(index: pd.PeriodIndex, name: str) -> pd.PeriodIndex:
    if index.hasnans:
        raise DataError(f"{name}: row {int(np.argmax(index.isna())) + 1} has no month; delete it or date it")
    if index.freqstr == "M":
        return index
    if index.freqstr[0] in "QAY" or index.freqstr[:-1].isdigit():
        raise DataError(
            f'{name}: the index has periods of frequency "{index.freqstr}" ({listed(index)}); '
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
    return periods(ordinals)


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
