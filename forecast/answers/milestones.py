"""Dated events on the way back: when a definition of normal is reached, when output stops falling."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from forecast.arrays import YEAR
from forecast.outcome import Milestone
from forecast.paths import Paths, quantiles
from forecast.recovery import Recovery


def milestone(recovery: Recovery) -> Milestone:
    """Say when one definition of normal is reached."""
    return Milestone(
        recovery.median,
        recovery.median_after,
        recovery.p_already_back,
        recovery.p_within_12,
        recovery.p_not_within_horizon,
    )


def bottomed_out(recovery: Recovery) -> Milestone:
    """Say when output stops falling, which may lie behind."""
    median, horizon = recovery.trough.quantile(0.5), recovery.horizon
    return Milestone(
        median,
        None if median is not None else recovery.origin + horizon,
        recovery.p_trough_passed,
        recovery.trough.by(min(YEAR, horizon)),
        max(1.0 - recovery.trough.by(horizon), 0.0),  # weights sum to 1 but for rounding
    )


def median_of(values: npt.NDArray[np.float64], paths: Paths) -> float:
    """Return the weighted median of a value per path."""
    return float(quantiles(values[:, None], paths.weights, (0.5,))[0, 0])
