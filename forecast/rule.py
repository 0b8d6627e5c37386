"""The rule of recovery: when a slump counts as over, how long that must hold, and when output has fallen back.

Production, backtest and the page of what came true all ask this room. Notation of the method page: a_t(w) is the mean
over the last w months of log level less log normal, θ the least fall that counts as a slump, σ the noise of a_t(3).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from forecast.arrays import YEAR, Floats, first_run, robust_sd, trailing_mean
from forecast.rooms import furnish

__all__ = [
    "HOLD", "LONGEST_HOLD", "LONGEST_WINDOW", "RELAPSE_MONTHS", "RELAPSE_WINDOW", "THRESHOLD_ADJUSTED_PCT",
    "THRESHOLD_PCT", "WINDOW", "by_noise", "fell_back", "first_held",
    "first_sought", "log_fall", "noise",
]  # fmt: skip

THRESHOLD_PCT, THRESHOLD_ADJUSTED_PCT = 7.5, 5.0
"""θ of series with a season and without; chosen on real panels (method page): with less, noise is dated as slumps."""

WINDOW = 3
"""w: months averaged; chosen: one quarter, the shortest mean in which Tết and its neighbours even out."""

LONGEST_WINDOW = 12
"""Months averaged at most; chosen: a year, in which every season has its weight."""

HOLD, LONGEST_HOLD = 3, 6
"""k: months in a row at or above normal, of calm and of noisy series; chosen: with 3 for all, 64 % of recoveries of
noisy French sectors fell back within a year, 4 % of those of US aggregates (measured, method page)."""

RELAPSE_MONTHS = 12
"""Months after the confirmed recovery in which a fall counts as a relapse; chosen: a planner's year."""

RELAPSE_WINDOW = 3
"""Months averaged to see a relapse or a trough, whatever the window of the recovery; chosen: as a slump's start."""

_NOISE_YEARS = 6  # that tell the noise; chosen: as many as the seasonal profile is estimated from


TIE = 1e-9
"""Of a mean gap in logs that is none. chosen: a million times the rounding of a double, a millionth of what is printed,
so that output exactly at normal is back whatever its unit."""


def log_fall(threshold_pct: float) -> float:
    """Return log(1 − θ): the least fall that counts as a slump, in logs."""
    return float(np.log1p(-threshold_pct / 100.0))


def noise(z: Floats) -> float:
    """Return σ, the robust sd of (3-month mean − centred 12-month mean) of the last 6 years of z, in logs."""
    recent = z[-_NOISE_YEARS * YEAR :]
    year = trailing_mean(recent, YEAR)
    centre = (year[YEAR:] + year[YEAR - 1 : -1]) / 2  # at t − 6
    deviation = trailing_mean(recent, WINDOW)[YEAR - 5 : -5] - centre if len(recent) > YEAR else np.zeros(0)
    return robust_sd(deviation) if np.isfinite(deviation).any() else 0.0


def by_noise(sigma: float, threshold_pct: float) -> tuple[int, int]:
    """Return window w and hold k: 3 and 3 where 3σ does not reach the depth of a slump, 3σ ≤ −log(1 − θ), else 3 and 6.

    3σ is chosen: Gaussian noise alone lies beyond it in 1 month of 740, so that it seldom ends a slump by itself.

    >>> by_noise(0.01, 5.0), by_noise(0.02, 5.0)
    ((3, 3), (3, 6))
    """
    return WINDOW, HOLD if 3.0 * sigma <= -log_fall(threshold_pct) else LONGEST_HOLD


def first_sought(hold: int) -> int:
    """Return the earliest recovery month T that is sought, in months after the origin: of a run complete at the origin.

    A run that is not yet complete began at most k − 2 months before it. One that is longer than k months has begun
    earlier still: all that is told of it is that output is back.
    """
    return 1 - hold


def first_held(mean_gap: Floats, hold: int, first: int = 0) -> npt.NDArray[np.int64]:
    """Return the position of the recovery month on each row, (…,): the first of k months in a row with a(w) ≥ 0,
    a tie but for rounding being one.

    mean_gap : (…, m) a(w), logs · first : position from which it is sought. −1 where it does not come.

    >>> first_held(np.array([[0.1, -0.1, 0.0, 0.2], [0.1, -0.1, 0.2, -0.1]]), hold=2).tolist()
    [2, -1]
    """
    run = first_run(mean_gap[..., first:] >= -TIE, hold)
    return np.where(run >= 0, run + first, -1)


def fell_back(
    smooth: Floats, recovery: npt.NDArray[np.int64], hold: int, threshold_pct: float
) -> npt.NDArray[np.bool_]:
    """Whether each row relapses: a(3) < log(1 − θ)/2 in one of the 12 months after the recovery is confirmed, (n,).

    Half of θ is chosen: beyond noise, and told before it is a slump of its own.
    smooth : (n, m) a(3), logs, to the end of those months · recovery : (n,) positions of the recovery month
    """
    year = recovery[:, None] + hold + np.arange(RELAPSE_MONTHS)
    return np.asarray((np.take_along_axis(smooth, year, axis=1) < log_fall(threshold_pct) / 2.0).any(axis=1))


furnish(__name__)
