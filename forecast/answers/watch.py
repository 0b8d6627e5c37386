"""What the next prints could do to the answer: the chance of a return where the next month is weak, or strong."""

from __future__ import annotations

import numpy as np

from forecast.arrays import YEAR, Floats
from forecast.estimate import Data, Estimate, FigureData, known_beside, related_paths
from forecast.outcome import RelatedWatch, Watch
from forecast.parallel import generator
from forecast.paths import quantiles
from forecast.scenario import RefusedError

FIFTH = 0.2
"""Share of the outcomes that are called weak, and strong. chosen: often enough to be met with, far enough to tell."""


def watch(estimate: Estimate) -> Watch | None:
    """Return P(T ≤ 12) given that growth on a year ago of the first future month is in its lowest or highest fifth.

    T months to the return, 12 or the horizon where that is shorter; paths keep their weights. None without a slump.
    """
    if not estimate.slump.under_way:
        return None
    return _hinge(estimate, estimate.paths.until(1).printed("yoy_pct")[:, 0])


def watch_related(data: Data, estimate: Estimate, seed: int) -> tuple[RelatedWatch, ...]:
    """Return the same for the next month of each related series that has published as far as the target.

    A series is continued on the target's paths as scenarios continue it, its own season and calendar put back. One
    that is ahead of the target is in the forecast already. None without a slump, of levels, and of a series with too
    few months beside the target's.
    """
    history, paths = estimate.history, estimate.paths
    if not estimate.slump.under_way or not isinstance(data, FigureData) or estimate.levels is None:
        return ()
    rows = []
    figures, month = data.figures.as_of(data.as_of), paths.future_months[0]
    known = known_beside(data, estimate.levels, history.months, estimate.plan)
    for region, sector in data.related:
        if figures.origin(region, sector) != history.origin:
            continue
        name = f"{region}_{sector}"
        rng = generator(seed, name, str(paths.origin), "watch")
        try:
            beside = related_paths({name: known[name]}, history, paths, rng)
        except RefusedError:
            continue
        own, level = estimate.levels.related[name], beside.log_levels[0]
        at = (month - own.months[0]).n
        season = (own.effects[:, at] - own.effects[:, at - YEAR])[paths.draw]
        growth = level[:, paths.past] - level[:, paths.past - YEAR] + season
        rows.append(RelatedWatch(region, sector, _hinge(estimate, 100.0 * np.expm1(growth))))
    return tuple(rows)


def _hinge(estimate: Estimate, yoy: Floats) -> Watch:
    """P(T ≤ 12) among the paths whose growth, (n,) percent, is in its lowest and in its highest fifth."""
    paths, recovery = estimate.paths, estimate.recovery[estimate.plan.normal.kind]
    low, high = quantiles(yoy[:, None], paths.weights, (FIFTH, 1.0 - FIFTH))[:, 0].tolist()
    horizon = min(YEAR, recovery.horizon)
    back = recovery.months <= horizon
    weak, strong = (
        float(np.average(back[rows], weights=paths.weights[rows])) for rows in (yoy <= low, yoy >= high)
    )
    return Watch(paths.future_months[0], low, high, paths.origin + horizon, weak, strong)
