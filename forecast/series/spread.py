"""Quarterly figures that were spread over months: those of a quarter alike, or on a line between two."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import YEAR, Floats
from forecast.series.printed import half_unit

QUARTER = 3  # months
FEWEST = 24
"""Months that must be known. chosen: eight quarters, which do not come about by chance."""

ALL, HALF = 0.95, 0.5
"""Share of the months within a quarter that hold nothing of their own, and of the months between two that do. chosen:
a slip may stand among the first; printed with one decimal, many a quarter goes on as the one before."""


def spread(y: pd.Series) -> str:
    """Return how quarterly figures were spread over the months of a level, in words; "" for a monthly one.

    y : on consecutive months; a month without a value says nothing

    >>> months = pd.period_range("2020-01", periods=36, freq="M")
    >>> spread(pd.Series(np.repeat([100.0, 103, 99, 104] * 3, 3), months))
    'the three months of each quarter are alike'
    >>> spread(pd.Series(np.arange(36.0), months))
    ''
    """
    known = y.to_numpy(dtype=float)
    if np.isfinite(known).sum() < FEWEST:
        return ""
    month = pd.PeriodIndex(y.index).asi8 % YEAR + 1
    step, bend = known[1:] - known[:-1], known[2:] - 2 * known[1:-1] + known[:-2]
    rounding = 4 * half_unit(known)
    for values, at, none, text in (
        (step, month[1:], 0.0, "the three months of each quarter are alike"),
        (bend, month[1:-1], rounding, "the months between quarters lie on a line"),
    ):
        if any(_only_between(values, at % QUARTER == of, none) for of in range(QUARTER)):
            return text
    return ""


def _only_between(values: Floats, between: npt.NDArray[np.bool_], none: float) -> bool:
    """Whether what moves does so between quarters alone."""
    moves, known = np.abs(values) > none * (1 + 1e-6), np.isfinite(values)
    inside, across = moves[known & ~between], moves[known & between]
    return bool(len(inside) and len(across)) and bool((~inside).mean() >= ALL and across.mean() >= HALF)
