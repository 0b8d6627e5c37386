"""Conditions on paths: selection, entropic tilting, and the move that lets one hold on every path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.errors import ConfigError
from forecast.parallel import one_thread
from forecast.paths import Paths
from forecast.scenario.distance import away, tail
from forecast.scenario.enough import LEAST, Enough
from forecast.scenario.exact import moved
from forecast.scenario.refusal import RefusedError
from forecast.scenario.statements import Condition, misplaced

Floats = npt.NDArray[np.float64]

MET = 1e-8
"""Percent points or index points: to so much an exact condition may miss a value that is to be reached too."""

SPREAD = 0.3
"""Percent points around a tilted growth rate."""


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
    exact = [c for c in conditions if c.exactly]
    as_said, likely = moved(paths, exact) if exact else (paths, 1.0)
    kept, share = _select(as_said, [c for c in conditions if c.selects], least)
    means = [c for c in conditions if not (c.selects or c.exactly)]
    if means:
        values = np.stack([c.on(kept) for c in means], axis=1)  # (n, c)
        wanted = np.array([c.value for c in means])
        share *= min(tail(values[:, i], kept.weights, wanted[i]) for i in range(len(means)))
        kept = kept.reweighted(_tilt(values, kept.weights, wanted, spread, [str(c) for c in means]))
    least.check(kept, paths, " and ".join(map(str, conditions)))
    return Conditioned(kept, likely * share)


def _select(paths: Paths, selections: list[Condition], least: Enough) -> tuple[Paths, float]:
    """The paths that reach every value, and their share."""
    if not selections:
        return paths, 1.0
    reached = np.ones(len(paths.weights), dtype=bool)
    for said in selections:
        reached &= said.on(paths) >= said.value - MET
    share = float(paths.weights[reached].sum())
    words = " and ".join(map(str, selections))
    if share == 0.0:
        said = min(selections, key=lambda one: float((one.on(paths) >= one.value).sum()))
        values = said.on(paths)
        best, far = float(values.max()), away(values, paths.weights, said.value)
        raise RefusedError(
            f"condition {words} is refused: no path reaches it; the highest comes to {best:.1f}, "
            f"and {said.value:g} lies {far:.1f} standard deviations above the mean",
            "unreached", best, far,
        )  # fmt: skip
    kept = paths.reweighted(np.where(reached, paths.weights, 0.0))
    least.check(kept, paths, words)
    return kept, share


def _tilt(values: Floats, weights: Floats, wanted: Floats, spread: float | None, words: list[str]) -> Floats:
    """Weights w·exp(λ'g)/Z with E[g] = 0, by minimising the convex dual log E exp(λ'g)."""
    outside = (values.min(axis=0) >= wanted) | (values.max(axis=0) <= wanted)
    if outside.any():
        i = int(np.flatnonzero(outside)[0])
        low, high = float(values[:, i].min()), float(values[:, i].max())
        far = abs(away(values[:, i], weights, wanted[i]))
        raise RefusedError(
            f"condition {words[i]} is refused: the paths lie between {low:.1f} and {high:.1f}, "
            f"and it is {far:.1f} standard deviations from their mean",
            "outside", low, high, far,
        )  # fmt: skip
    centred = values - wanted
    moments = centred if spread is None else np.concatenate([centred, centred**2 - spread**2], axis=1)
    scale = np.sqrt(np.square(moments).mean(axis=0))
    g = moments / scale

    def at(lam: Floats) -> tuple[float, Floats]:
        """Log of the normalising constant, and the tilted weights."""
        u = g @ lam
        top = float(u.max())
        p = weights * np.exp(u - top)
        return float(np.log(p.sum())) + top, p / p.sum()

    def value(lam: Floats) -> float:
        return at(lam)[0]

    def gradient(lam: Floats) -> Floats:
        return np.asarray(at(lam)[1] @ g)

    def hessian(lam: Floats) -> Floats:
        p = at(lam)[1]
        mean = p @ g
        return np.asarray((g * p[:, None]).T @ g - np.outer(mean, mean))

    from scipy.optimize import minimize  # lazy: what only selects or moves paths answers without it

    found = minimize(
        value, np.zeros(g.shape[1]), jac=gradient, hess=hessian,
        method="trust-exact", tol=1e-12,
    )  # fmt: skip
    tilted = at(found.x)[1]
    if np.abs(tilted @ g).max() > 1e-7:
        far = max(abs(away(values[:, i], weights, wanted[i])) for i in range(len(words)))
        raise RefusedError(
            f"condition {' and '.join(words)} is refused: too few paths come near it, {far:.1f} standard deviations "
            "from their mean",
            "far", far,
        )  # fmt: skip
    return np.asarray(tilted)
