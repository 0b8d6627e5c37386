"""Conditions that reweight paths: selection and entropic tilting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from forecast.errors import ConfigError
from forecast.paths import Paths
from forecast.scenario.refusal import RefusedError
from forecast.scenario.statements import Condition, misplaced

Floats = npt.NDArray[np.float64]

LEAST_EFFECTIVE, LEAST_SHARE = 200, 0.02
"""A condition that leaves fewer effective paths than either is refused."""

SPREAD = 0.3
"""Percent points around a tilted growth rate."""


@dataclass(frozen=True, eq=False)
class Conditioned:
    """Paths that satisfy conditions, how plausible those were, and what the reweighting left.

    plausibility : P(all selections hold) × P(a value at least as far from its mean as the tilted one)
    """

    paths: Paths
    plausibility: float

    @property
    def effective_number(self) -> float:
        """Number of equally weighted paths left."""
        return self.paths.effective_number


def condition(paths: Paths, conditions: Sequence[Condition], spread: float | None = SPREAD) -> Conditioned:
    """Reweight paths until every condition holds: selections exactly, means to 1e-9.

    Selection keeps the paths that reach the value. A mean is met by entropic tilting, the weights closest to those
    given in Kullback–Leibler divergence, with standard deviation `spread` in percent points (None leaves it free):
    Robertson, Tallman & Whiteman 2005, doi:10.1353/mcb.2005.0034.
    Raises ConfigError for a month or year that the paths do not hold and RefusedError where the effective number of
    paths would fall under 200 or 2 % of them.
    """
    wrong = misplaced(conditions, paths.months, paths.origin)
    if wrong:
        raise ConfigError(*wrong)
    kept, share = _select(paths, [c for c in conditions if c.selects])
    means = [c for c in conditions if not c.selects]
    if not means:
        return Conditioned(kept, share)
    values = np.stack([_value(kept, c) for c in means], axis=1)  # (n, c)
    wanted = np.array([c.value for c in means])
    tail = min(_tail(values[:, i], kept.weights, wanted[i]) for i in range(len(means)))
    tilted = _tilt(values, kept.weights, wanted, spread, [str(c) for c in means])
    result = kept.reweighted(tilted)
    _check_effective(result, paths, " and ".join(map(str, conditions)))
    return Conditioned(result, share * tail)


def _value(paths: Paths, said: Condition) -> Floats:
    """What a condition speaks of, on each path."""
    if said.year is not None:
        return paths.annual_growth(said.year)
    assert said.month is not None
    at = (said.month - paths.origin).n - 1
    return paths.printed("yoy_pct")[:, at] if said.yoy_pct is not None else paths.future[:, at]


def _select(paths: Paths, selections: list[Condition]) -> tuple[Paths, float]:
    """The paths that reach every value, and their share."""
    if not selections:
        return paths, 1.0
    reached = np.ones(len(paths.weights), dtype=bool)
    for said in selections:
        reached &= _value(paths, said) >= said.value
    share = float(paths.weights[reached].sum())
    words = " and ".join(map(str, selections))
    if share == 0.0:
        said = min(selections, key=lambda one: float((_value(paths, one) >= one.value).sum()))
        values = _value(paths, said)
        best, away = float(values.max()), _away(values, paths.weights, said.value)
        raise RefusedError(
            f"condition {words} is refused: no path reaches it; the highest comes to {best:.1f}, "
            f"and {said.value:g} lies {away:.1f} standard deviations above the mean",
            "unreached", best, away,
        )  # fmt: skip
    kept = paths.reweighted(np.where(reached, paths.weights, 0.0))
    _check_effective(kept, paths, words)
    return kept, share


def _tilt(values: Floats, weights: Floats, wanted: Floats, spread: float | None, words: list[str]) -> Floats:
    """Weights w·exp(λ'g)/Z with E[g] = 0, by minimising the convex dual log E exp(λ'g)."""
    outside = (values.min(axis=0) >= wanted) | (values.max(axis=0) <= wanted)
    if outside.any():
        i = int(np.flatnonzero(outside)[0])
        low, high = float(values[:, i].min()), float(values[:, i].max())
        away = abs(_away(values[:, i], weights, wanted[i]))
        raise RefusedError(
            f"condition {words[i]} is refused: the paths lie between {low:.1f} and {high:.1f}, "
            f"and it is {away:.1f} standard deviations from their mean",
            "outside", low, high, away,
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

    found = minimize(
        value, np.zeros(g.shape[1]), jac=gradient, hess=hessian,
        method="trust-exact", tol=1e-12,
    )  # fmt: skip
    tilted = at(found.x)[1]
    if np.abs(tilted @ g).max() > 1e-7:
        away = max(abs(_away(values[:, i], weights, wanted[i])) for i in range(len(words)))
        raise RefusedError(
            f"condition {' and '.join(words)} is refused: too few paths come near it, {away:.1f} standard deviations "
            "from their mean",
            "far", away,
        )  # fmt: skip
    return np.asarray(tilted)


def _tail(values: Floats, weights: Floats, wanted: float) -> float:
    """P(at least as far from the mean as the wanted value)."""
    mean = float(weights @ values)
    return float(weights[np.abs(values - mean) >= abs(wanted - mean)].sum())


def _away(values: Floats, weights: Floats, wanted: float) -> float:
    """How far a value lies above the mean, in standard deviations of the paths."""
    mean = float(weights @ values)
    return (wanted - mean) / float(np.sqrt(weights @ np.square(values - mean)))


def _check_effective(result: Paths, before: Paths, words: str) -> None:
    least = max(LEAST_EFFECTIVE, LEAST_SHARE * before.effective_number)
    if result.effective_number < least:
        left, of = round(result.effective_number), round(before.effective_number)
        raise RefusedError(
            f"condition {words} is refused: only {left} of {of} effective paths meet it, and {least:.0f} are needed",
            "few", left, of, round(least),
        )  # fmt: skip
