"""Common fall: whether the series of a panel fall together, so that the last months of none of them are noise."""

from __future__ import annotations

import numpy as np

from forecast.arrays import Floats, trailing_mean
from forecast.models.standardised import Bools, calmed_series, mean_growth, moments, standardised

MONTHS = 3
"""Months averaged: a quarter, as long as the level is averaged for the month of return."""

FALL = 1.5
"""Standard deviations of such means from which a fall counts; 1 and 2 choose as well (docs/skill.md)."""


def common_fall(z: Floats, window: int) -> Bools:
    """Return whether a panel falls, (k,), from its log levels (k, s, n), NaN where unknown.

    It does where the mean growth of its series in the last three months lies under −1.5 standard deviations of such
    means in the last `window` months; each series' growth is standardised on its own, without what a shock took. Fewer
    than two series that carry 36 months, or a last month that none of them has published, are no fall.
    """
    seen = standardised(calmed_series(z), window, 0)
    factor = mean_growth(np.where(seen.carries[:, :, None], seen.growth, np.nan))
    means = trailing_mean(factor, MONTHS)[:, -window:]
    _, mean, deviation = moments(means)
    return np.asarray((seen.carries.sum(axis=1) > 1) & (means[:, -1] < mean - FALL * deviation))
