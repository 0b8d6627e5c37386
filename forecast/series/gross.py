"""`gross`: which values of a series that informs another cannot be what was meant, whatever its unit.

Such a series may be a level, a rate or a balance around zero, and may leap where output does not: claims rose tenfold
in March 2020. What is told is only what lies far outside all that the ten years before knew.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.arrays import Floats
from forecast.series.plausible import NEWEST, UNUSUAL, UNUSUAL_SDS, Bools, Doubtful, surprises

MEMORY, FEWEST = 120, 24
"""Months before a value whose range it is held against, and the fewest. chosen: ten years, as surprises; and two."""

FITS_SDS = 2.5
"""Usual surprises within which a power of ten of a value fits. chosen: as of published rates."""

STRAY = 0.05
"""Share of values under which those below zero are no values of a series whose changes are relative, such as −999 for
one not known. chosen: a series that may be negative is so more often."""

_POWERS = (1, -1, 2, -2, 3, -3)  # of ten; chosen: as of published rates
_QUARTER = 2  # chosen: months after a quarter's last over which its value stands


def gross(y: pd.Series, logs: bool = True) -> tuple[Doubtful, ...]:
    """Return the values that lie 8 usual surprises off and outside the range of the ten years before, where a power of
    ten of them would fit, or by more than the width of that range.

    y : in its own unit, NaN where not published, a quarter's value at its last month · logs : whether its changes are
        relative; never where a value is not positive, but for a few below zero, which are gross
    What is found is set aside and the rest judged again, so that several months of one mistake are.
    """
    values = y.to_numpy(dtype=float)
    strays = values < 0
    strays &= logs and strays.mean() < STRAY
    months, left, found = pd.PeriodIndex(y.index), values.copy(), dict[int, Doubtful]()
    for _ in range(NEWEST):
        odd = _judged(left, logs and not (left <= 0).any(), strays & np.isfinite(left))
        if not odd:
            break
        for t, (expected, power, sds) in odd.items():
            found[t] = Doubtful(months[t], float(values[t]), expected, power, sds)
            left[t] = np.nan
    return tuple(found[t] for t in sorted(found))


def _judged(values: Floats, relative: bool, strays: Bools) -> dict[int, tuple[float, int, float]]:
    """Of each gross value, by its place: what was expected, the power of ten it is off by or 0, its usual surprises.

    strays : which are gross whatever is expected of them
    """
    if not np.isfinite(values).any():
        return {}
    scale = 1.0 if relative else float(np.nanmedian(np.abs(values))) or 1.0
    x = np.log(values) if relative else values / scale
    held: Floats = np.asarray(pd.Series(x).ffill(limit=_QUARTER), dtype=np.float64)
    error, sd = (of[:, 0] for of in surprises(held[:, None]))
    before = pd.Series(x).shift(1).rolling(MEMORY, min_periods=FEWEST // 3)
    low, high = before.min().to_numpy(), before.max().to_numpy()
    outside = np.maximum(low - x, x - high)
    far = (np.abs(error) > UNUSUAL_SDS * sd) & (outside > 0.0) | strays & np.isfinite(error)
    odd = {}
    for t in map(int, np.flatnonzero(far)):
        expected = x[t] - error[t]
        power = _power(values[t], expected, FITS_SDS * sd[t], scale, relative)
        if power or strays[t] or _apart(x[t], low[t], high[t], relative):
            own = float(np.exp(expected) if relative else expected * scale)
            odd[t] = own, power, float(error[t] / sd[t])
    return odd


def _apart(x: float, low: float, high: float, relative: bool) -> bool:
    """Tell a value that lies outside a range by more than its width.

    relative : whether all are logs; a fall is then wide in its unit too, as a low rate is soon a tenth of itself
    """
    outside = max(low - x, x - high)
    near = relative and x < low and np.exp(low) - np.exp(x) <= np.exp(high) - np.exp(low)
    return bool(outside > max(high - low, UNUSUAL) and not near)


def _power(value: float, expected: float, near: float, scale: float, relative: bool) -> int:
    """The least power of ten that a value seems to be off by, 0 where none of it fits."""
    for power in _POWERS:
        meant = value / 10.0**power
        if abs((np.log(meant) if relative else meant / scale) - expected) <= near:
            return power
    return 0
