"""Probability integral transforms (PIT), and what they say about calibration.

Everything works on the pair of bounds that the PIT jumps over at the outcome, two (n,), which `pit_bounds` gives for a
date. A randomised PIT, drawn uniformly between them (Czado, Gneiting & Held 2009,
doi:10.1111/j.1541-0420.2009.01191.x), is a pair with both bounds equal to it: each function serves both forms alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats
from forecast.errors import DataError

_GRID = (np.arange(500) + 0.5) / 500  # midpoints for integrals over [0, 1]


def pit_histogram(lower: npt.ArrayLike, upper: npt.ArrayLike, bins: int = 10) -> Floats:
    """Return the share of the PIT in each of equal bins, (bins,), each 1/bins under calibration.

    Non-randomised: a forecast spreads its share evenly between its bounds, F̄(j/bins) − F̄((j − 1)/bins) with F̄
    the mean over forecasts of the distribution uniform between the bounds (Czado, Gneiting & Held 2009, eq. 2).

    >>> pit_histogram([0.1, 0.7], [0.6, 0.7], bins=2).round(2).tolist()
    [0.4, 0.6]
    """
    low, high = _bounds(lower, upper)
    edges = np.linspace(0.0, 1.0, bins + 1)
    inner = _distribution(low, high, edges[1:-1]).mean(axis=0)
    return np.diff(np.concatenate([[0.0], inner, [1.0]]))


def covered(lower: npt.ArrayLike, upper: npt.ArrayLike, levels: Sequence[float] = (0.5, 0.8, 0.9)) -> Floats:
    """Return the probability that the randomised PIT lies in each central interval, (n, len(levels)).

    The part of [lower, upper] inside [(1 − level)/2, (1 + level)/2]; its mean over forecasts is the coverage, free
    of the noise of randomisation. Closed intervals of a discrete, censored date cover too much mechanically; this
    does not. Both bounds equal give 0 or 1.

    >>> covered([0.1], [0.6], levels=(0.5, 0.9)).round(2).tolist()
    [[0.7, 1.0]]
    """
    low, high = _bounds(lower, upper)
    half = np.asarray(levels, dtype=float) / 2.0
    return _distribution(low, high, 0.5 + half) - _distribution(low, high, 0.5 - half, closed=False)


def uniformity(lower: npt.ArrayLike, upper: npt.ArrayLike, resamples: npt.ArrayLike) -> tuple[float, float]:
    """Return the Cramér–von Mises statistic of the PIT against uniformity, and its p-value.

    resamples : (B, n) how often each forecast enters each bootstrap draw, from `resample_clusters`

    n·∫(F̄(u) − u)² du, against the same distance of the resampled F̄* from F̄: forecasts of one start year share
    their shocks, so whole start years are resampled and the tabulated distribution for independent data does not
    apply. With under about 20 clusters the test rejects too often. Anderson & Darling 1952,
    doi:10.1214/aoms/1177729437. Raises DataError where resamples and bounds disagree in length.
    """
    low, high = _bounds(lower, upper)
    counts = np.asarray(resamples, dtype=float)
    if counts.ndim != 2 or counts.shape[1] != len(low):
        raise DataError(f"resamples {counts.shape} must be (draws, {len(low)}), one column per forecast")
    each = _distribution(low, high, _GRID)
    mean = each.mean(axis=0)
    drawn = counts @ each / counts.sum(axis=1, keepdims=True)
    statistic = len(low) * float(np.square(mean - _GRID).mean())
    under_null = len(low) * np.square(drawn - mean).mean(axis=1)
    return statistic, float((under_null >= statistic).mean())


def _bounds(lower: npt.ArrayLike, upper: npt.ArrayLike) -> tuple[Floats, Floats]:
    low, high = np.asarray(lower, dtype=float), np.asarray(upper, dtype=float)
    if low.ndim != 1 or low.shape != high.shape or not ((low >= 0) & (low <= high) & (high <= 1)).all():
        raise DataError("PIT bounds must be two arrays of one length with 0 ≤ lower ≤ upper ≤ 1")
    return low, high


def _distribution(low: Floats, high: Floats, u: Floats, closed: bool = True) -> Floats:
    """Distribution function at u of a value uniform between the bounds, (n, len(u)).

    Where the bounds are equal it is a step, which the point itself counts to only if closed.
    """
    low, high = low[:, None], high[:, None]
    width = high - low
    step = (u >= low) if closed else (u > low)
    slope = np.clip((u - low) / np.where(width > 0, width, 1.0), 0.0, 1.0)
    return np.asarray(np.where(width > 0, slope, step.astype(float)))
