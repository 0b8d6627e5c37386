"""What the next prints could do to the answer: the chance of a return where the next month is weak, or strong."""

from __future__ import annotations

import numpy as np
import scipy  # its parts load where they are first used

from forecast.answers.next_releases import first_print
from forecast.arrays import YEAR, Floats
from forecast.estimate import Data, Estimate, FigureData, known_beside, related_paths
from forecast.outcome import RelatedWatch, Watch
from forecast.parallel import generator
from forecast.paths import quantiles
from forecast.scenario import RefusedError

FIFTH = 0.2
"""Share of the outcomes that are called weak, and strong. chosen: often enough to be met with, far enough to tell."""


def watch(estimate: Estimate) -> Watch | None:
    """Return P(T ≤ 12) given that the first print of the next month is in its lowest or highest fifth.

    The print is of growth on a year ago. T months to the return, 12 or the horizon where that is shorter; each path
    weighs by how likely its print is so low, or so high. None without a slump.
    """
    if not estimate.slump.under_way:
        return None
    return _hinge(estimate, *first_print(estimate, "yoy_pct", estimate.paths.future_months[0]))


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
        rows.append(RelatedWatch(region, sector, _hinge(estimate, growth, 0.0)))
    return tuple(rows)


def _hinge(estimate: Estimate, growth: Floats, sd: float) -> Watch:
    """P(T ≤ 12) where growth, (n,) log points with an error on each path, is in its lowest and in its highest fifth."""
    paths, recovery = estimate.paths, estimate.recovery[estimate.plan.normal.kind]
    if sd == 0.0:
        low, high = quantiles(growth[:, None], paths.weights, (FIFTH, 1.0 - FIFTH))[:, 0]
        weak, strong = growth <= low, growth >= high
    else:
        ends = growth.min() - 6 * sd, growth.max() + 6 * sd
        low, high = (
            scipy.optimize.brentq(lambda x, q=q: paths.weights @ _under(x, growth, sd) - q, *ends, xtol=1e-12)
            for q in (FIFTH, 1.0 - FIFTH)
        )
        weak, strong = _under(low, growth, sd), 1.0 - _under(high, growth, sd)
    horizon = min(YEAR, recovery.horizon)
    back = recovery.months <= horizon
    chances = [float(np.average(back, weights=paths.weights * of)) for of in (weak, strong)]
    low, high = (float(100.0 * np.expm1(end)) for end in (low, high))
    return Watch(paths.future_months[0], low, high, paths.origin + horizon, *chances)


def _under(x: float, growth: Floats, sd: float) -> Floats:
    """P(growth + error < x) on each path, (n,)."""
    return np.asarray(scipy.special.ndtr((x - growth) / sd))
