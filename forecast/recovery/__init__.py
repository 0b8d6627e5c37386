"""The first month back at normal: its distribution over paths, censored at the horizon."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.paths import Paths
from forecast.recovery.by_definition import ByDefinition
from forecast.recovery.distribution import Recovery
from forecast.recovery.each import Sought, each
from forecast.recovery.trough import Trough
from forecast.rooms import furnish
from forecast.rule import RELAPSE_MONTHS, first_sought

__all__ = ["ByDefinition", "Recovery", "Trough", "chances", "recovery", "weighed"]


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
    log path − log normal. A run sought from origin − hold + 1 on may be complete already, so T ≤ 0 is possible.
    P(T ≤ h) = (N·P̂(h) + ½·h⁺/H)/(N + 1) with P̂ the weighted share of paths and N their effective number, so that
    no probability is 0 or 1. Relapse: as `rule.fell_back`, among paths back within the
    horizon. Trough: the month of the lowest 3-month mean gap between
    the slump's start and min(T, H); beyond the horizon where that is its last month and no recovery came.
    Raises ValueError where the paths are shorter than horizon + hold − 1 + 12 months.
    """
    if paths.horizon < horizon + hold - 1 + RELAPSE_MONTHS:
        raise ValueError(f"paths must run {hold - 1 + RELAPSE_MONTHS} months beyond the horizon of {horizon}")
    start = max((slump_start - paths.months[0]).n, 2)
    sought = Sought(hold, window, horizon, start, threshold_pct)
    return _of(paths, horizon, first_sought(hold), *each(paths, normal, sought))


def weighed(members: Sequence[Recovery], paths: Paths) -> Recovery:
    """Return the recovery on the paths of several members, in their order, with other weights.

    members : judged by one rule and normal already, which weights do not move
    """
    return _of(
        paths,
        members[0].horizon,
        members[0].first,
        np.concatenate([one.months for one in members]),
        np.concatenate([one.fell_back for one in members]),
        np.concatenate([one.trough.months for one in members]),
    )


def _of(
    paths: Paths, horizon: int, first: int, months: Floats, fell: npt.NDArray[np.bool_], lowest: Floats
) -> Recovery:
    """The recovery of paths of which T, the fall after it and the month of the trough are known, (n,) each."""
    return Recovery(
        paths.origin,
        horizon,
        first,
        chances(months, paths, first, horizon),
        months,
        fell,
        paths.effective_number,
        _p_relapse(np.isfinite(months), fell, paths.weights),
        Trough(paths.origin, lowest, paths.weights),
    )


def chances(months: Floats, paths: Paths, first: int, horizon: int) -> Floats:
    """Return P(T ≤ h) for h = first..horizon, as `recovery` has it, of a month T after the origin on each path.

    months : (n,) inf where it lies beyond the horizon
    """
    steps = np.arange(first, horizon + 1)
    share = np.array([paths.weights[months <= h].sum() for h in steps])
    n = paths.effective_number
    return np.asarray((n * share + 0.5 * np.maximum(steps, 0) / horizon) / (n + 1.0))


def _p_relapse(back: npt.NDArray[np.bool_], fell: npt.NDArray[np.bool_], weights: Floats) -> float | None:
    """Share of the paths that come back which fall back within a year of the confirmation; None where none does."""
    if not weights[back].sum() > 0.0:
        return None
    return float(weights[back][fell[back]].sum() / weights[back].sum())


furnish(__name__, recovery)
