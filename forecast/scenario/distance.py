"""How far a value lies from what paths say of it."""

from __future__ import annotations

import numpy as np

from forecast.arrays import Floats


def tail(values: Floats, weights: Floats, wanted: float) -> float:
    """Return P(at least as far from the mean as the wanted value). values, weights : (n,), weights of sum 1."""
    mean = float(weights @ values)
    return float(weights[np.abs(values - mean) >= abs(wanted - mean)].sum())


def away(values: Floats, weights: Floats, wanted: float) -> float:
    """Return how far a value lies above the mean, in standard deviations of the paths. values, weights : (n,)."""
    mean = float(weights @ values)
    return (wanted - mean) / float(np.sqrt(weights @ np.square(values - mean)))
