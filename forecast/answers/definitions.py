"""What counts as normal, by each definition: its level, the gap to it, and when output is back on it."""

from __future__ import annotations

import numpy as np

from forecast.answers.milestones import milestone
from forecast.estimate import Estimate
from forecast.outcome import Definition, NormalResult


def normal(estimate: Estimate) -> NormalResult:
    """Return what counts as normal; levels are free of season: exp of log normal less the effects, at the origin."""
    history, m = estimate.history, len(estimate.history.months)
    at = estimate.paths.past - 1
    level = {
        kind: float(np.exp((np.log(path[:, at]) - history.effects[:, m - 1]).mean()))
        for kind, path in estimate.normals.items()
    }
    definitions = tuple(
        Definition(
            kind,
            level[kind],
            gap_at_origin(estimate, kind),
            milestone(estimate.recovery[kind]),
        )
        for kind in estimate.normals
    )
    kind = estimate.plan.normal.kind
    return NormalResult(kind, level[kind], definitions)


def gap_at_origin(estimate: Estimate, kind: str) -> float:
    """Return the mean gap of the last `window` months, percent."""
    paths = estimate.paths
    past = slice(paths.past - estimate.slump.window, paths.past)
    log_gap = np.log(estimate.history.values[:, -estimate.slump.window :]) - np.log(
        estimate.normals[kind][:, past]
    )
    return float(100.0 * np.expm1(log_gap.mean()))
