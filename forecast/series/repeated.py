"""`repeated`: runs of months that hold, value for value, what other months held before them: pasted twice."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

SHORTEST = 3
"""Months of a run, and different values in it. chosen: two alike come about by themselves in any long series."""

BY_CHANCE = 0.01
"""Probability that a run as long comes about by itself somewhere in the series. chosen: one series in a hundred is
looked at for nothing."""


LONGEST = 600
"""Months compared with each other, the last ones. chosen: fifty years; the work grows with their square."""

_ONCE = 0.2
"""Pairs of months that are alike after another such pair, beside those counted. chosen: less than one, so that where
none was counted three in a row are none by chance."""


def repeated(y: pd.Series) -> list[tuple[pd.Period, pd.Period, int]]:
    """Return each run that is a copy: its first and last month, and how many months before it stood already.

    y : index points, monthly, NaN where not published
    The chance that two months hold one value, and that the next two then do too, is learned from all other pairs of the
    series, so that one which is printed coarsely is not taken for a copy. Of several that a run copies the nearest is
    named.
    """
    y = y.iloc[-LONGEST:]
    values = y.to_numpy(dtype=float)
    alike = np.tril(values[:, None] == values[None, :], -SHORTEST)  # (m, m): row later than column
    follows = np.zeros_like(alike)
    follows[1:, 1:] = alike[1:, 1:] & alike[:-1, :-1]
    starts = alike[:-2, :-2] & follows[1:-1, 1:-1] & follows[2:, 2:] & ~follows[:-2, :-2]
    count, again, pairs = alike.sum(), follows.sum(), len(values) ** 2 / 2
    copies: list[tuple[int, int, int]] = []
    for at, before in sorted(np.argwhere(starts).tolist(), key=lambda pair: (pair[0], -pair[1])):
        same = alike.diagonal(before - at)[before:]
        length = len(same) if same.all() else int(same.argmin())
        first = math.log((count - length + 1) / pairs)
        then = math.log((again - length + 1 + _ONCE) / (count - length + 2))
        many = len(set(values[at : at + length].tolist())) >= SHORTEST
        if many and math.log(pairs) + first + (length - 1) * then <= math.log(BY_CHANCE):
            told = any(start <= at and at + length <= end for start, end, _ in copies)
            copies += [] if told else [(at, at + length, at - before)]
    return [(y.index[start], y.index[end - 1], lag) for start, end, lag in copies]
