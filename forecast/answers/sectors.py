"""Which part holds output back: contributions of sectors to the gap, and the month each is back at its own normal."""

from __future__ import annotations

import numpy as np

from forecast.arrays import Floats, trailing_mean
from forecast.estimate import Estimate
from forecast.outcome import SectorMonth, SectorRow, Sectors
from forecast.paths import Paths
from forecast.recovery import Recovery, recovery

TOTAL = "total"
AFTER = (12, 24)
"""Months after the origin whose contributions are told. chosen: the horizons of the answer's own chances."""

SHOWN_AHEAD = 24
"""Months ahead that the chart shows. chosen: beyond two years the parts are as unsure as their sum."""

SMOOTH = 3
"""Months averaged before the trough is looked for, as for the slump itself (`forecast.normal`); chosen there."""


def sectors(estimate: Estimate) -> Sectors | None:
    """Return the sectors beside their total; None without sectors or without a slump.

    A contribution is the mean over paths of 100·(y_i − n_i)/n with n_i the sector's part of normal, so that
    contributions sum to the mean gap of the total in every month.
    """
    parts, paths = estimate.sectors, estimate.paths
    if parts is None or not estimate.slump.under_way:
        return None
    normal = estimate.normals[estimate.plan.normal.kind]
    gap = {TOTAL: _contribution(paths, normal, normal)}
    if parts.adds_up:
        gap |= {name: _contribution(own, parts.normals[name], normal) for name, own in parts.paths.items()}
    at = paths.past - 1
    start = (estimate.slump.start - paths.months[0]).n  # a year of paths lies before it
    trough = start + int(np.argmin(trailing_mean(gap[TOTAL], SMOOTH)[start : at + 1]))
    rows = [_row(TOTAL, paths, normal, normal, gap, trough, estimate)]
    rows += [
        _row(name, own, parts.normals[name], normal, gap, trough, estimate)
        for name, own in parts.paths.items()
    ]
    shown = range(start, min(at + SHOWN_AHEAD, at + estimate.plan.horizon) + 1) if parts.adds_up else ()
    return Sectors(
        parts.adds_up,
        paths.months[trough],
        tuple(rows),
        tuple(
            SectorMonth(paths.months[t], {name: float(gap[name][t]) for name in parts.paths}) for t in shown
        ),
    )


def _contribution(paths: Paths, own: Floats, normal: Floats) -> Floats:
    """Mean of 100·(level − own normal)/normal over the paths, (past + h,)."""
    away = 100.0 * (paths.values - _by_path(own, paths)) / _by_path(normal, paths)
    return np.asarray(paths.weights @ away)


def _by_path(normal: Floats, paths: Paths) -> Floats:
    """A normal (k, past + h) on the rows of the paths; one row serves all where it is the only one."""
    return normal if len(normal) == 1 else normal[paths.draw]


def _row(
    name: str,
    paths: Paths,
    own: Floats,
    normal: Floats,
    gap: dict[str, Floats],
    trough: int,
    estimate: Estimate,
) -> SectorRow:
    at, slump, plan = paths.past - 1, estimate.slump, estimate.plan
    last = slice(at + 1 - slump.window, at + 1)
    log_gap = np.log(paths.values[:, last]) - _by_path(np.log(own[:, last]), paths)
    back: Recovery = recovery(
        paths, own, slump.hold, slump.window,
        horizon=plan.horizon, slump_start=slump.start, threshold_pct=plan.slump.threshold_pct,
    )  # fmt: skip
    ahead = [float(gap[name][at + h]) if name in gap and h <= plan.horizon else None for h in AFTER]
    return SectorRow(
        name,
        float((own[:, at] / normal[:, at]).mean()) if name in gap else None,
        float(100.0 * np.exp(paths.weights @ log_gap.mean(axis=1))),
        float(gap[name][trough]) if name in gap else None,
        float(gap[name][at]) if name in gap else None,
        ahead[0],
        ahead[1],
        back.median,
        back.median_after,
        back.p_within_12,
        back.p_not_within_horizon,
    )
