"""`copies`: series of a table that are the target once more, on another base or in another unit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.arrays import Floats
from forecast.series.printed import half_unit

LEAST = 24
"""Changes that both must have. chosen: two years, so that no two series agree in all of them by chance."""

APART = 0.02
"""Part of the variance of growth that rounding may make. chosen: where it makes more, two series of a quiet industry
in whole points would agree as well; of 12,456 pairs of US, German and European series none differ by under 0.037."""


def copies(y: pd.Series, table: pd.DataFrame) -> list[str]:
    """Return the columns whose changes differ from those of y, on the same months, by no more than both were rounded.

    With u the half-unit of the last decimal, a change of log x is known to u/x_t + u/x_{t−1}. A true series that
    moves with the target, such as a sector that is most of it, is further off in some month.
    """
    own = _positive(y.reindex(table.index).to_numpy(dtype=float))
    columns = _positive(table.to_numpy(dtype=float))
    change = np.diff(np.log(own))
    found = []
    for name, apart, column in zip(
        table, np.diff(np.log(columns), axis=0).T - change, columns.T, strict=True
    ):
        known = np.isfinite(apart)
        if known.sum() < LEAST or apart[known].var() > APART * change[known].var():
            continue
        bound = 1e-9 + _rounded(own)[known] + _rounded(column)[known]
        if (np.abs(apart[known]) <= bound).all():
            found.append(str(name))
    return found


def _positive(levels: Floats) -> Floats:
    return np.where(levels > 0, levels, np.nan)


def _rounded(level: Floats) -> Floats:
    """How far rounding may have moved each log change of levels (m,), NaN where unknown."""
    moved = half_unit(level) / level
    return np.asarray(moved[1:] + moved[:-1])
