"""Where nothing slumps: the chance that a slump begins, month by month, under each scenario."""

from __future__ import annotations

import numpy as np

from forecast.estimate import Estimate
from forecast.outcome import Onset
from forecast.paths import Paths
from forecast.recovery import chances
from forecast.scenario import BASELINE
from forecast.slump import FIRST_CANDIDATE, slump_depth, slump_onset

YEAR = 12  # months

OUTSIDE = 0.05
"""Yearly chance of a slump that no path holds, such as a crisis abroad: chosen on US series (benchmarks/onset.py)."""


def onset(estimate: Estimate) -> Onset | None:
    """Date the next slump on every path, by the rule that dates past ones, with the noise known at the origin.

    P(begun by h) = 1 − (1 − P(paths))·(1 − c)^(h/12), with c the yearly chance of a slump from outside.
    None where a slump is under way, or the history has fewer than the 72 months from which slumps are dated.
    """
    history, m = estimate.history, len(estimate.history.months)
    if estimate.slump.under_way or m < FIRST_CANDIDATE:
        return None
    z, h = history.adjusted, estimate.plan.horizon
    depth = slump_depth(z.mean(axis=0), estimate.plan.slump.threshold_pct)

    def by_month(paths: Paths) -> tuple[float, ...]:
        ahead = np.log(paths.future[:, :h]) - history.effects[:, m : m + h][paths.draw]
        by = chances(slump_onset(z[paths.draw], ahead, depth), paths, 1, h)
        return tuple((1.0 - (1.0 - by) * (1.0 - OUTSIDE) ** (np.arange(1, h + 1) / YEAR)).tolist())

    answered = {one.name: one.paths for one in estimate.scenarios if one.paths is not None}
    return Onset(
        float(-100.0 * np.expm1(depth)),
        OUTSIDE,
        {name: by_month(paths) for name, paths in {BASELINE: estimate.paths, **answered}.items()},
    )
