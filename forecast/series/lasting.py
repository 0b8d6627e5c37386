"""`lasting`: months from which on a level stays at another power of ten, as one whose unit was changed does."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from forecast.arrays import YEAR, Floats, robust_sd

STAYS = 7
"""Months that a level stays so, at least. chosen: one more than are judged one by one, longer than a factory was shut
in 2020."""

_APART = 0.35
"""Log points between the change over a year and a power of ten, at most, growth aside. chosen: between ÷7 and ÷14."""

_UNSTEADY, _STEADY = 3.0, 0.05
"""Times the spread that changes over a year had before, and log points, that they may have after: output that falls
away or comes back is less steady. chosen: a series with a new unit goes on as before."""


def lasting(x: Floats, k: npt.NDArray[np.int64]) -> dict[int, int]:
    """Return, by position, for how many months a level that leaves by a power of ten stays there.

    x : log levels, monthly, NaN where not known · k : powers of ten that each level seems to be off by, (m,)
    Changes over a year across the leap all tell its size; those before tell the growth and how steady they are. A leap
    back ends the months of one before.
    """
    yearly = np.full(len(x), np.nan)
    yearly[YEAR:] = x[YEAR:] - x[:-YEAR]
    found = dict[int, int]()
    for t in map(int, np.flatnonzero(k)):
        leaps_back = t in {first + months for first, months in found.items()}
        if t + STAYS <= len(x) and not leaps_back:
            months = _stays(x, yearly, t, float(k[t] * np.log(10.0)))
            found |= {t: months} if months else {}
    return found


def _stays(x: Floats, yearly: Floats, t: int, power: float) -> int:
    """Return how long a level stays where it leapt to in one month, 0 where it did not leap or does not stay."""
    earlier = x[:t][np.isfinite(x[:t])]
    before, across = (of[np.isfinite(of)] for of in (yearly[:t], yearly[t : t + YEAR]))
    if len(across) < STAYS or len(before) < YEAR or abs(x[t] - earlier[-1] - power) > abs(power) / 2.0:
        return 0
    growth = float(np.median(before[-YEAR:]))
    spread = max(_UNSTEADY * robust_sd(before), _STEADY)
    apart = np.abs(across - power - growth)
    if np.median(apart) > _APART or robust_sd(across) > spread or np.ptp(across) > abs(power) / 2.0:
        return 0
    return int(
        np.append(np.flatnonzero(np.abs(np.diff(x[t:]) + power) < abs(power) / 2.0) + 1, len(x) - t)[0]
    )
