"""What the answer hangs on: the same paths judged by another normal, rule or horizon, or without one of the models."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from forecast.estimate import Estimate, pooled
from forecast.normal import NormalSpec, normal_path
from forecast.outcome import Variation
from forecast.recovery import Recovery, recovery, weighed

KINDS = ("pre_slump_peak", "trend", "same_month", "pre_slump_mean")
HOLDS = (1, 3, 6)
"""Months held that are tried. chosen: a month, a quarter and half a year, as offices argue."""

WINDOWS = (1, 3, 6)
"""Months averaged that are tried. chosen: as the months held."""

SHORTER = 12
"""Months by which the horizon is shortened. chosen: a year."""


def sensitivity(estimate: Estimate) -> tuple[Variation, ...]:
    """Judge the pool's paths anew under each choice; none where no slump is under way.

    A model left out is left out of the pool, whose weights are found again for the others.
    """
    if not estimate.slump.under_way:
        return ()
    rows = [("as_answered", "", estimate.recovery[estimate.plan.normal.kind]), *_variations(estimate)]
    return tuple(_row(*row) for row in rows)


def _variations(estimate: Estimate) -> Iterator[tuple[str, str, Recovery]]:
    plan, slump, paths = estimate.plan, estimate.slump, estimate.paths
    used = plan.normal.kind
    for kind in KINDS:
        if kind in estimate.recovery and kind != used:
            yield "normal", kind, estimate.recovery[kind]
        elif kind != used:
            path = normal_path(estimate.history, slump, NormalSpec(kind), paths.months)
            yield "normal", kind, _judged(estimate, path)
    path = estimate.normals[used]
    for hold in HOLDS:
        if hold != slump.hold:
            yield "hold", str(hold), _judged(estimate, path, hold=hold)
    for window in WINDOWS:
        if window != slump.window:
            yield "window", str(window), _judged(estimate, path, window=window)
    if plan.horizon > 2 * SHORTER:
        shorter = plan.horizon - SHORTER
        yield "horizon", str(shorter), _judged(estimate, path, horizon=shorter)
    members = [name for name in plan.models if name in estimate.simulated]
    for left_out in members if len(members) > 1 else ():
        yield "without", left_out, _pooled(estimate, [name for name in members if name != left_out])
    for name in plan.beside:
        if name in estimate.simulated:
            yield "with", name, _pooled(estimate, list(dict.fromkeys([*members, name])))


def _pooled(estimate: Estimate, names: list[str]) -> Recovery:
    """The recovery on the paths of some models, which are judged already, their weights found again."""
    paths = {name: estimate.simulated[name] for name in names}
    pool = pooled(paths, estimate.members, estimate.plan.horizon)
    return weighed([estimate.members[name] for name in names], pool)


def _judged(
    estimate: Estimate,
    normal: npt.NDArray[np.float64],
    *,
    hold: int | None = None,
    window: int | None = None,
    horizon: int | None = None,
) -> Recovery:
    """The recovery on the pool's paths, by the estimate's own rule where nothing else is said."""
    slump, plan = estimate.slump, estimate.plan
    return recovery(
        estimate.paths, normal, hold or slump.hold, window or slump.window, horizon=horizon or plan.horizon,
        slump_start=slump.start, threshold_pct=plan.slump.threshold_pct,
    )  # fmt: skip


def _row(choice: str, value: str, judged: Recovery) -> Variation:
    return Variation(
        choice, value, judged.median, judged.median_after, judged.p_within_12, judged.p_not_within_horizon
    )
