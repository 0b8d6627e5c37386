"""How far a value lies from what paths say of it."""

from __future__ import annotations

import numpy as np

from forecast.arrays import Floats


def tail(values: Floats, weights: Floats, wanted: float) -> float:
    """Return P(at least as far from the mean as the wanted value). values, weights : (n,), weights of sum 1."""
    mean = float(weights @ values)
    return float(weights[np.abs(values - mean) >= abs(wanted - mean)].sum())


MOST = 1000.0
"""Standard deviations told at most; chosen: further off lies only what the paths agree on but for rounding."""


def away(values: Floats, weights: Floats, wanted: float) -> float:
    """Return how far a value lies above the mean, in standard deviations of the paths, `MOST` at most.

    values, weights : (n,)

    >>> away(np.array([3.0, 5.0]), np.array([0.5, 0.5]), 6.0), away(np.array([4.0]), np.ones(1), 3.0)
    (2.0, -1000.0)
    """
    mean = float(weights @ values)
    apart, sd = wanted - mean, float(np.sqrt(weights @ np.square(values - mean)))
    return apart / sd if abs(apart) < MOST * sd else float(np.sign(apart)) * MOST
