"""Conditions on paths: selection, entropic tilting, and the move that lets one hold on every path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.errors import ConfigError
from forecast.parallel import one_thread
from forecast.paths import Paths
from forecast.scenario.distance import away, tail
from forecast.scenario.enough import LEAST, Enough
from forecast.scenario.exact import moved
from forecast.scenario.refusal import RefusedError
from forecast.scenario.statements import Condition, misplaced
from forecast.scenario.tilting import tilted

MET = 1e-8
"""Percent points or index points: to so much an exact condition may miss a value that is to be reached too. chosen:
far under the last digit of any print."""

SPREAD = 0.3
"""Percent points around a tilted growth rate. chosen: a judgement of a mean is no sharper than a third of a point."""


@dataclass(frozen=True, eq=False)
class Conditioned:
    """Paths that satisfy conditions, how plausible those were, and what the reweighting left.

    plausibility : P(all selections hold) × P(a value at least as far from its mean as the tilted or exact one)
    """

    paths: Paths
    plausibility: float

    @property
    def effective_number(self) -> float:
        """Number of equally weighted paths left."""
        return self.paths.effective_number


@one_thread
def condition(
    paths: Paths, conditions: Sequence[Condition], spread: float | None = SPREAD, least: Enough = LEAST
) -> Conditioned:
    """Weigh or move paths until every condition holds: selections and exact ones on each path, means to 1e-9.

    Exact conditions come first, by `moved`. Selection keeps the paths that reach the value. A mean is met by entropic
    tilting, the weights closest to those given in Kullback–Leibler divergence, with standard deviation `spread` in
    percent points (None leaves it free): Robertson, Tallman & Whiteman 2005, doi:10.1353/mcb.2005.0034.
    Raises ConfigError for a month or year that the paths do not hold and RefusedError where the effective number of
    paths would fall under `least`, or an exact condition lies too far out.
    """
    wrong = misplaced(conditions, paths.months, paths.origin)
    if wrong:
        raise ConfigError(*wrong)
    return met(paths, conditions, spread, least)


def met(
    paths: Paths, conditions: Sequence[Condition], spread: float | None = SPREAD, least: Enough = LEAST
) -> Conditioned:
    """Return paths as `condition` weighs or moves them, for conditions on what the paths hold."""
    exact = [c for c in conditions if c.exactly]
    as_said, likely = moved(paths, exact) if exact else (paths, 1.0)
    weighed, share = _select(as_said, [c for c in conditions if c.selects], least)
    means = [c for c in conditions if not (c.selects or c.exactly)]
    if means:
        values = np.stack([c.on(weighed) for c in means], axis=1)  # (n, c)
        wanted = np.array([c.value for c in means])
        share *= min(tail(values[:, i], weighed.weights, wanted[i]) for i in range(len(means)))
        weighed = weighed.reweighted(tilted(values, weighed.weights, wanted, spread, [str(c) for c in means]))
    least.check(weighed, paths, " and ".join(map(str, conditions)))
    return Conditioned(weighed, likely * share)


def _select(paths: Paths, selections: list[Condition], least: Enough) -> tuple[Paths, float]:
    """The paths that reach every value, and their share."""
    if not selections:
        return paths, 1.0
    reached = np.ones(len(paths.weights), dtype=bool)
    for selection in selections:
        reached &= selection.on(paths) >= selection.value - MET
    share = float(paths.weights[reached].sum())
    words = " and ".join(map(str, selections))
    if share == 0.0:
        selection = min(selections, key=lambda one: float((one.on(paths) >= one.value).sum()))
        values = selection.on(paths)
        best, far = float(values.max()), away(values, paths.weights, selection.value)
        raise RefusedError(
            f"condition {words} is refused: no path reaches it; the highest comes to {best:.1f}, "
            f"and {selection.value:g} lies {far:.1f} standard deviations above the mean",
            "unreached", best, far,
        )  # fmt: skip
    weighed = paths.reweighted(np.where(reached, paths.weights, 0.0))
    least.check(weighed, paths, words)
    return weighed, share
