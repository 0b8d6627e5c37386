"""With how many decimals levels are printed, and what that rounding may hide."""

from __future__ import annotations

import numpy as np

from forecast.arrays import Floats

MOST_DECIMALS = 6
"""The most decimals that count as printed. chosen: offices print fewer, and computed levels have all."""


def half_unit(levels: Floats) -> float:
    """Return half of the last decimal that levels (m,) are printed with, index points; NaN where none is known.

    >>> half_unit(np.array([101.25, np.nan, 99.0])), half_unit(np.array([100.0, 99.0])), half_unit(np.array([np.nan]))
    (0.005, 0.5, nan)
    """
    known = levels[np.isfinite(levels)]
    if not len(known):
        return np.nan
    fits = (d for d in range(MOST_DECIMALS) if np.allclose(known, known.round(d), rtol=1e-12, atol=1e-9))
    return 0.5 * 10.0 ** -next(fits, MOST_DECIMALS)
