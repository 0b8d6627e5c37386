"""The first month back at normal: its distribution over paths, censored at the horizon."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats, trailing_mean
from forecast.paths import Paths
from forecast.recovery.distribution import Recovery
from forecast.recovery.trough import Trough, lowest_month
from forecast.rooms import furnish
from forecast.rule import RELAPSE_MONTHS, RELAPSE_WINDOW, fell_back, first_held, first_sought

__all__ = ["Recovery", "Trough", "chances", "recovery"]


def recovery(
    paths: Paths,
    normal: Floats,
    hold: int,
    window: int,
    *,
    horizon: int,
    slump_start: pd.Period,
    threshold_pct: float,
) -> Recovery:
    """Find on each path the first of `hold` months in a row whose `window`-month mean gap is not negative.

    normal : (k, past + h) index points on the months of the paths, row = history draw. The gap is
    log path − log normal. A run sought from origin − hold + 2 on may be under way already, so T ≤ 0 is possible.
    P(T ≤ h) = (N·P̂(h) + ½·h⁺/H)/(N + 1) with P̂ the weighted share of paths and N their effective number, so that
    no probability is 0 or 1. Relapse: as `rule.fell_back`, among paths back within the
    horizon. Trough: the month of the lowest 3-month mean gap between
    the slump's start and min(T, H); beyond the horizon where that is its last month and no recovery came.
    Raises ValueError where the paths are shorter than horizon + hold − 1 + 12 months.
    """
    if paths.horizon < horizon + hold - 1 + RELAPSE_MONTHS:
        raise ValueError(f"paths must run {hold - 1 + RELAPSE_MONTHS} months beyond the horizon of {horizon}")
    origin_at = paths.past - 1
    first = first_sought(hold)
    start = max((slump_start - paths.months[0]).n, 2)
    seen = max(min(start - 2, origin_at + first - window + 1), 0)  # months before say nothing of this slump
    gap = _gap(paths, normal, seen)
    origin_at, start = origin_at - seen, start - seen
    held = trailing_mean(gap, window)
    at = first_held(held[:, : origin_at + horizon + hold], hold, origin_at + first)
    months = np.where(at >= 0, at - origin_at, np.inf)
    smooth = held if window == RELAPSE_WINDOW else trailing_mean(gap, RELAPSE_WINDOW)
    return Recovery(
        paths.origin,
        horizon,
        first,
        chances(months, paths, first, horizon),
        months,
        paths.effective_number,
        _p_relapse(smooth, at, hold, paths.weights, threshold_pct),
        Trough(
            paths.origin,
            lowest_month(
                smooth[:, start : origin_at + 1],
                smooth[:, origin_at + 1 : origin_at + 1 + horizon],
                months,
                horizon,
            ),
            paths.weights,
        ),
        paths.draw,
    )


def _gap(paths: Paths, normal: Floats, first: int) -> Floats:
    """Log path less log normal from month `first` of the paths on, (n, months)."""
    gap = np.log(paths.values[:, first:])
    log_normal = np.log(normal[:, first:])
    gap -= log_normal if len(log_normal) == 1 else log_normal[paths.draw]
    return gap


def chances(months: Floats, paths: Paths, first: int, horizon: int) -> Floats:
    """Return P(T ≤ h) for h = first..horizon, as `recovery` has it, of a month T after the origin on each path.

    months : (n,) inf where it lies beyond the horizon
    """
    steps = np.arange(first, horizon + 1)
    share = np.array([paths.weights[months <= h].sum() for h in steps])
    n = paths.effective_number
    return np.asarray((n * share + 0.5 * np.maximum(steps, 0) / horizon) / (n + 1.0))


def _p_relapse(
    smooth: Floats, recovery: npt.NDArray[np.int64], hold: int, weights: Floats, threshold_pct: float
) -> float | None:
    """Share of recovering paths that fall back within a year of the confirmation; recovery (n,) positions, or −1."""
    back = recovery >= 0
    if not weights[back].sum() > 0.0:
        return None
    fell = fell_back(smooth[back], recovery[back], hold, threshold_pct)
    return float(weights[back][fell].sum() / weights[back].sum())


furnish(__name__, recovery)
