"""Where nothing slumps: the chance that a slump begins, month by month, under each scenario."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.estimate import Estimate
from forecast.onset import OUTSIDE, Calm
from forecast.outcome import Onset
from forecast.scenario import BASELINE
from forecast.slump import FIRST_CANDIDATE, slump_depth


def calm(estimate: Estimate) -> Calm | None:
    """Return what the chance of the next slump is told from, with the noise known at the origin.

    None where a slump is under way, or the history has fewer than the 72 months from which slumps are dated.
    """
    history, m = estimate.history, len(estimate.history.months)
    if estimate.slump.under_way or m < FIRST_CANDIDATE:
        return None
    z = history.adjusted
    depth = slump_depth(z.mean(axis=0), estimate.plan.slump.threshold_pct)
    return Calm(z, history.effects[:, m : m + estimate.plan.horizon], depth)


def begun_by(estimate: Estimate, month: pd.Period) -> float | None:
    """Return the chance that a slump has begun by a month after the origin; None where `onset` is."""
    told = onset(estimate) if month > estimate.history.origin else None
    return None if told is None else told.within((month - estimate.history.origin).n)


def onset(estimate: Estimate) -> Onset | None:
    """Date the next slump on every path by the rule that dates past ones; None where `calm` is."""
    of = calm(estimate)
    if of is None:
        return None
    answered = {one.name: one.paths for one in estimate.scenarios if one.paths is not None}
    return Onset(
        float(-100.0 * np.expm1(of.depth)),
        OUTSIDE,
        {name: of.by_month(paths) for name, paths in {BASELINE: estimate.paths, **answered}.items()},
    )
