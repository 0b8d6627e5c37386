"""`bridged`, `since_break`: a level whose empty months lie on the usual season between their neighbours."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.series.history import Floats

LONGEST_GAP = 12
"""Months in a row that are bridged; over more, the season says nothing of where the level went."""

_YEARS = 3  # of growth, to know a calendar month's own


def since_break(y: pd.Series[float]) -> pd.Series[float]:
    """Return the level from the end of its last gap of more than `LONGEST_GAP` months on; its last value is known."""
    known = np.flatnonzero(y.notna().to_numpy())
    breaks = np.flatnonzero(np.diff(known) > LONGEST_GAP + 1)
    return y.iloc[known[breaks[-1] + 1] :] if len(breaks) else y


def bridged(y: pd.Series[float]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return the level with its empty months filled, (m,) index points, and which those are, (m,).

    y : on a gap-free monthly PeriodIndex, its first and last value known
    Over a gap the log level grows by the median of each calendar month, and what that lacks to the next known month is
    spread evenly.
    """
    log, months = np.log(np.asarray(y, dtype=np.float64)), pd.PeriodIndex(y.index)
    empty = np.isnan(log)
    if not empty.any():
        return np.asarray(y, dtype=np.float64), empty
    usual = _usual(log, months)
    for _, run in groupby(np.flatnonzero(empty), key=lambda t: int(np.flatnonzero(~empty[:t])[-1])):
        at = np.array(list(run))
        before, after = at[0] - 1, at[-1] + 1
        grown = np.cumsum(usual[at[0] : after + 1])
        lack = log[after] - log[before] - grown[-1]
        log[at] = log[before] + grown[:-1] + lack * np.arange(1, len(at) + 1) / (len(at) + 1)
    return np.where(empty, np.exp(log), np.asarray(y, dtype=np.float64)), empty


def _usual(log: Floats, months: pd.PeriodIndex) -> Floats:
    """Median growth of each calendar month, (m,) log points, of all months where there are too few years of it."""
    growth = pd.Series(np.diff(log, prepend=np.nan), index=months)
    own = growth.groupby(months.month)
    seen = own.transform("count") >= _YEARS
    return own.transform("median").where(seen, growth.median()).fillna(0.0).to_numpy(dtype=np.float64)
