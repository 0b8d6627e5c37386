"""Named assumptions on the future: shocks and slopes added to paths, conditions that reweight them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize

from forecast.errors import ConfigError, FitError
from forecast.paths import Paths

Floats = npt.NDArray[np.float64]

BASELINE = "baseline"

LEAST_EFFECTIVE, LEAST_SHARE = 200, 0.02
"""A condition that leaves fewer effective paths than either is refused."""

SPREAD = 0.3
"""Percent points around a tilted growth rate."""


class RefusedError(FitError):
    """A scenario that has no answer: `code` names the reason, `values` the numbers that its sentence quotes."""

    def __init__(self, problem: str, code: str, *values: float) -> None:
        super().__init__(problem)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Shock:
    """A sudden change of the level from `start` on, fading with its half-life; None lets it stay for good."""

    start: pd.Period
    size_pct: float
    half_life: float | None = None

    def __post_init__(self) -> None:
        if self.size_pct <= -100:
            raise ConfigError(f"a shock of {self.size_pct} % leaves nothing; it must be above −100 %")
        if self.half_life is not None and self.half_life <= 0:
            raise ConfigError(f"half-life {self.half_life} must be positive, in months")


@dataclass(frozen=True)
class Slope:
    """A change of the trend from `start` on, percent a year."""

    start: pd.Period
    growth_pct: float


@dataclass(frozen=True)
class Condition:
    """A statement about the future, true by selection (`at_least`) or on average (`growth_pct`, `yoy_pct`).

    Exactly one of: year with growth_at_least_pct or growth_pct; month with yoy_pct or level_at_least (index points).
    """

    year: int | None = None
    growth_at_least_pct: float | None = None
    growth_pct: float | None = None
    month: pd.Period | None = None
    yoy_pct: float | None = None
    level_at_least: float | None = None

    def __post_init__(self) -> None:
        of_year = [self.growth_at_least_pct, self.growth_pct]
        of_month = [self.yoy_pct, self.level_at_least]
        said = (
            sum(v is not None for v in of_year) if self.year is not None else 0,
            sum(v is not None for v in of_month) if self.month is not None else 0,
        )
        if said not in ((1, 0), (0, 1)) or sum(v is not None for v in (*of_year, *of_month)) != 1:
            raise ConfigError(
                "a condition says one thing: a year with growth_at_least_pct or growth_pct, "
                "or a month with yoy_pct or level_at_least"
            )


@dataclass(frozen=True)
class Scenario:
    """A named set of assumptions; the one without any is the baseline."""

    name: str
    shocks: tuple[Shock, ...] = ()
    slopes: tuple[Slope, ...] = ()
    conditions: tuple[Condition, ...] = ()


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


def apply(paths: Paths, scenario: Scenario) -> Paths:
    """Add a scenario's shocks and slopes to every path; the random part of each path stays its own.

    log y_t += Σ log(1 + size)·2^(−(t − start)/half-life) + Σ log(1 + growth)·(t − start + 1)/12, for t ≥ start.
    Raises ConfigError for a start outside the months after the origin.
    """
    added = np.zeros(paths.values.shape[1])
    for shock in scenario.shocks:
        since = _since(paths, shock.start, f"scenario {scenario.name}: shock")
        fade = 1.0 if shock.half_life is None else 0.5 ** (since / shock.half_life)
        added += np.where(since >= 0, np.log1p(shock.size_pct / 100.0) * fade, 0.0)
    for slope in scenario.slopes:
        since = _since(paths, slope.start, f"scenario {scenario.name}: slope")
        added += np.where(since >= 0, np.log1p(slope.growth_pct / 100.0) * (since + 1) / 12.0, 0.0)
    return replace(paths, values=paths.values * np.exp(added))


def condition(paths: Paths, conditions: Sequence[Condition], spread: float | None = SPREAD) -> Conditioned:
    """Reweight paths until every condition holds: selections exactly, means to 1e-9.

    Selection keeps the paths that reach the value. A mean is met by entropic tilting, the weights closest to those
    given in Kullback–Leibler divergence, with standard deviation `spread` in percent points (None leaves it free):
    Robertson, Tallman & Whiteman 2005, doi:10.1353/mcb.2005.0034.
    Raises ConfigError for a month or year that the paths do not hold and RefusedError where the effective number of
    paths would fall under 200 or 2 % of them.
    """
    kept, share = _select(paths, [c for c in conditions if _is_selection(c)])
    means = [c for c in conditions if not _is_selection(c)]
    if not means:
        return Conditioned(kept, share)
    values = np.stack([_value(kept, c) for c in means], axis=1)  # (n, c)
    wanted = np.array([c.growth_pct if c.growth_pct is not None else c.yoy_pct for c in means], dtype=float)
    tail = min(_tail(values[:, i], kept.weights, wanted[i]) for i in range(len(means)))
    tilted = _tilt(values, kept.weights, wanted, spread, [_words(c) for c in means])
    result = kept.reweighted(tilted)
    _check_effective(result, paths, " and ".join(map(_words, conditions)))
    return Conditioned(result, share * tail)


def _is_selection(said: Condition) -> bool:
    return said.growth_at_least_pct is not None or said.level_at_least is not None


def _floor(said: Condition) -> float:
    """The value that a selection asks to be reached."""
    floor = said.growth_at_least_pct if said.growth_at_least_pct is not None else said.level_at_least
    assert floor is not None
    return floor


def _value(paths: Paths, said: Condition) -> Floats:
    """What a condition speaks of, on each path."""
    try:
        if said.year is not None:
            return paths.annual_growth(said.year)
    except ValueError as error:
        raise ConfigError(f"condition {_words(said)}: {error}") from None
    assert said.month is not None
    at = (said.month - paths.origin).n - 1
    if not 0 <= at < paths.horizon:
        raise ConfigError(
            f"condition {_words(said)}: the month must lie after the origin {paths.origin}, up to {paths.months[-1]}"
        )
    return paths.printed("yoy_pct")[:, at] if said.yoy_pct is not None else paths.future[:, at]


def _select(paths: Paths, selections: list[Condition]) -> tuple[Paths, float]:
    """The paths that reach every value, and their share."""
    if not selections:
        return paths, 1.0
    reached = np.ones(len(paths.weights), dtype=bool)
    for said in selections:
        reached &= _value(paths, said) >= _floor(said)
    share = float(paths.weights[reached].sum())
    words = " and ".join(map(_words, selections))
    if share == 0.0:
        best = max(float(_value(paths, said).max()) for said in selections)
        raise RefusedError(
            f"condition {words} is refused: no path reaches it; the highest comes to {best:.1f}",
            "unreached",
            best,
        )
    kept = paths.reweighted(np.where(reached, paths.weights, 0.0))
    _check_effective(kept, paths, words)
    return kept, share


def _tilt(values: Floats, weights: Floats, wanted: Floats, spread: float | None, words: list[str]) -> Floats:
    """Weights w·exp(λ'g)/Z with E[g] = 0, by minimising the convex dual log E exp(λ'g)."""
    outside = (values.min(axis=0) >= wanted) | (values.max(axis=0) <= wanted)
    if outside.any():
        i = int(np.flatnonzero(outside)[0])
        low, high = float(values[:, i].min()), float(values[:, i].max())
        raise RefusedError(
            f"condition {words[i]} is refused: the paths lie between {low:.1f} and {high:.1f}",
            "outside",
            low,
            high,
        )
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
        raise RefusedError(f"condition {' and '.join(words)} is refused: too few paths come near it", "far")
    return np.asarray(tilted)


def _tail(values: Floats, weights: Floats, wanted: float) -> float:
    """P(at least as far from the mean as the wanted value)."""
    mean = float(weights @ values)
    return float(weights[np.abs(values - mean) >= abs(wanted - mean)].sum())


def _check_effective(result: Paths, before: Paths, words: str) -> None:
    least = max(LEAST_EFFECTIVE, LEAST_SHARE * before.effective_number)
    if result.effective_number < least:
        left, of = round(result.effective_number), round(before.effective_number)
        raise RefusedError(
            f"condition {words} is refused: only {left} of {of} effective paths meet it, and {least:.0f} are needed",
            "few", left, of, round(least),
        )  # fmt: skip


def _since(paths: Paths, start: pd.Period, what: str) -> npt.NDArray[np.int64]:
    """Months since the start, (past + h,)."""
    if not paths.origin < start <= paths.months[-1]:
        raise ConfigError(
            f"{what} starts in {start}; it must lie after the origin {paths.origin}, up to {paths.months[-1]}"
        )
    return np.arange(len(paths.months)) - (start - paths.months[0]).n


def _words(said: Condition) -> str:
    if said.year is not None:
        value = said.growth_at_least_pct if said.growth_at_least_pct is not None else said.growth_pct
        return (
            f"growth of {said.year} {'at least ' if said.growth_at_least_pct is not None else ''}{value:g} %"
        )
    if said.yoy_pct is not None:
        return f"yoy of {said.month} {said.yoy_pct:g} %"
    return f"level of {said.month} at least {said.level_at_least:g}"
