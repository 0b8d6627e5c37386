"""Models behind one grammar: spec → fit → simulate. `fit` dispatches on the type of the spec."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats
from forecast.errors import ConfigError, FitError, shown
from forecast.models import (
    autoregression,
    baseline,
    noisy_walk,
    panel_autoregression,
    regression,
    sarima,
    searched,
    smoothing,
    structural,
)
from forecast.models.dated import Dated, like_series
from forecast.models.grammar import Fit, UpdatableFit
from forecast.parallel import one_thread
from forecast.rooms import furnish
from forecast.series import called, laid_out, refuse_infinite, refuse_no_levels
from forecast.tables import nearest

__all__ = [
    "Fit",
    "Floats",
    "Member",
    "POOL",
    "REGISTRY",
    "Spec",
    "UPDATED",
    "UpdatableFit",
    "fit",
    "fit_draws",
    "member",
    "refuse_unknown",
    "sarima",
    "settled",
    "simulate_draws",
]


Spec = (
    sarima.Sarima
    | autoregression.Autoregression
    | noisy_walk.NoisyWalk
    | panel_autoregression.PanelAutoregression
    | structural.Structural
    | regression.Regression
    | searched.SearchedSarima
    | smoothing.ExponentialSmoothing
    | smoothing.Theta
    | baseline.RandomWalkDrift
    | baseline.SeasonalNaive
)


@dataclass(frozen=True)
class Member:
    """A model as the pool uses it.

    sees : "level" with its season and calendar; "adjusted", the effects frozen at the slump's start taken off; or
        "adjusted_now", the effects taken off as they are estimated at the origin
    panel : whether it sees the other series of the panel too, adjusted as they are known at the origin
    leading : whether it sees what indicators say, as its regressor x
    """

    spec: Spec
    sees: Literal["level", "adjusted", "adjusted_now"]
    panel: bool = False
    leading: bool = False


REGISTRY: dict[str, Member] = {
    "sarima": Member(searched.SearchedSarima(), "level"),
    "sarima_airline": Member(sarima.Sarima((0, 1, 1), (0, 1, 1)), "level"),
    "autoregression": Member(autoregression.Autoregression(), "adjusted_now"),
    "noisy_walk": Member(noisy_walk.NoisyWalk(), "adjusted", panel=True),
    "panel_autoregression": Member(
        panel_autoregression.PanelAutoregression(), "adjusted_now", panel=True, leading=True
    ),
    "structural": Member(structural.Structural(), "adjusted_now"),
    "regression": Member(regression.Regression("linear"), "level", panel=True),
    "boosting": Member(regression.Regression("trees"), "level", panel=True),
    "random_walk_drift": Member(baseline.RandomWalkDrift(block=1), "adjusted"),
    "random_walk_drift_block": Member(baseline.RandomWalkDrift(block=12), "adjusted"),
    "exponential_smoothing": Member(smoothing.ExponentialSmoothing(), "level"),
    "theta": Member(smoothing.Theta(), "adjusted_now"),
    "seasonal_naive": Member(baseline.SeasonalNaive(), "level"),
}

UPDATED = (
    "sarima", "sarima_airline", "autoregression", "noisy_walk", "panel_autoregression", "random_walk_drift",
    "random_walk_drift_block", "seasonal_naive",
)  # fmt: skip
"""The models whose fits are `UpdatableFit` and may be kept; every other is estimated anew wherever it is used."""

POOL = ("autoregression", "noisy_walk", "panel_autoregression")
"""The models pooled unless a config names others: chosen on US slumps before 1990 (docs/skill.md)."""


@one_thread
def fit(
    spec: Spec | str,
    y: npt.ArrayLike,
    x: npt.ArrayLike | None = None,
    *,
    rng: np.random.Generator | None = None,
    panel: npt.ArrayLike | None = None,
) -> Fit:
    """Estimate a model on the level y, (n,) index points, with regressors x, (n, j), where the model takes any.

    spec : a spec, or its name in `REGISTRY`
    y : values in order, NaN where a month is missing; or a Series, or a table of one, on months, which the fit keeps
    panel : (n, s) adjusted index points of like series on the same months, NaN where unknown, for models that see it

    Raises FitError where the series cannot carry the model, DataError for a series that is not monthly or a value that
    is no level (at or below 0 but for a seasonal ARIMA without logs, infinite, too large) or an infinite regressor,
    ConfigError for a name that is not in the registry and TypeError for what is no spec.

    >>> fit("random_walk_drift", 100 * np.exp(np.arange(48) / 400)).summary()["window_months"]
    47
    """
    spec = _named(spec)
    values, x, months = laid_out(y, x)
    if values.ndim != 1:
        raise FitError(f"the series must have one dimension, got an array of shape {values.shape}")
    refuse_no_levels(values, months, called(y), positive=not isinstance(spec, sarima.Sarima) or spec.log)
    refuse_infinite(x, months)
    fitted = _fit(spec, values, x, like_series(panel, y, months), rng)
    return fitted if months is None else cast(Fit, replace(cast(Dated, fitted), months=months))


def refuse_unknown(**chosen: Sequence[str]) -> None:
    """Raise ConfigError for each argument that holds anything but names of `REGISTRY`, by its own name."""
    problems = []
    for key, names in chosen.items():
        if isinstance(names, Sequence) and not isinstance(names, str):
            problems += [f"{key}: {_unknown(name)}" for name in names if name not in list(REGISTRY)]
        else:
            problems.append(f'{key}: {names!r} is no list of names; write {key}=("{POOL[0]}",)')
    if problems:
        raise ConfigError(*problems)


def _unknown(name: object) -> str:
    """Say that this is no model's name, and which are."""
    near = nearest(str(name), REGISTRY)
    meant = f'; did you mean "{near}"?' if near else ""
    return f'model "{name}" is not one of {", ".join(REGISTRY)}{meant}'


def _named(spec: Spec | str) -> Spec:
    """The spec of a name. Raises ConfigError for a name that is not known, TypeError for what is no spec."""
    if isinstance(spec, str):
        if spec not in REGISTRY:
            raise ConfigError(_unknown(spec))
        return REGISTRY[spec].spec
    if not isinstance(spec, Spec):
        raise TypeError(f"{shown(spec)} is no model; give a spec such as Sarima(), or a name of REGISTRY")
    return spec


def _fit(
    spec: Spec,
    y: Floats,
    x: npt.ArrayLike | None,
    panel: npt.ArrayLike | None,
    rng: np.random.Generator | None,
) -> Fit:
    match spec:
        case sarima.Sarima():
            return sarima.fit(spec, y, x, rng=rng)
        case searched.SearchedSarima():
            return sarima.fit(searched.settle(spec, y, x), y, x, rng=rng)
        case autoregression.Autoregression():
            return autoregression.fit(spec, y)
        case noisy_walk.NoisyWalk():
            return noisy_walk.fit(spec, y, panel)
        case panel_autoregression.PanelAutoregression():
            return panel_autoregression.fit(spec, y, panel, x)
        case structural.Structural():
            return structural.fit(spec, y)
        case regression.Regression():
            return regression.fit(spec, y, x, panel)
        case smoothing.ExponentialSmoothing():
            return smoothing.fit_exponential_smoothing(spec, y)
        case smoothing.Theta():
            return smoothing.fit_theta(spec, y)
        case baseline.SeasonalNaive():
            return baseline.fit_seasonal_naive(spec, y)
        case baseline.RandomWalkDrift():
            return baseline.fit(spec, y)


@one_thread
def fit_draws(
    spec: Spec,
    y: Floats,
    x: Floats | None,
    rngs: Sequence[np.random.Generator],
    panel: Floats | None = None,
) -> list[Fit | FitError]:
    """Fit a model on every draw of a level, (k, n) index points, all at once where the model can.

    x : (n, j) · rngs : a generator for each draw · panel : (k, n, s), each draw's own
    Returns of each draw its fit, the same as `fit` makes of it alone, or why there is none.
    """
    match spec:
        case autoregression.Autoregression():
            return [*autoregression.fit_draws(spec, y)]
        case noisy_walk.NoisyWalk():
            return [*noisy_walk.fit_draws(spec, y, panel)]
        case panel_autoregression.PanelAutoregression():
            return [*panel_autoregression.fit_draws(spec, y, panel, x)]
        case sarima.Sarima():
            return [*sarima.fit_draws(spec, y, x)]
        case _:
            beside = [None] * len(y) if panel is None else list(panel)
            return [_fit_or_why(spec, *one, x=x) for one in zip(y, rngs, beside, strict=True)]


def _fit_or_why(
    spec: Spec, y: Floats, rng: np.random.Generator, panel: Floats | None, x: Floats | None
) -> Fit | FitError:
    try:
        return _fit(spec, y, x, panel, rng)
    except FitError as error:
        return error


@one_thread
def simulate_draws(
    fits: Sequence[Fit],
    horizon: int,
    counts: Sequence[int],
    rngs: Sequence[np.random.Generator],
    x: Floats | None = None,
) -> Floats:
    """Draw counts[i] joint paths of each fit of one model, (Σ counts, horizon) index points, in the order of the fits.

    x : regressors over the horizon, (horizon, j). The paths are those that each fit draws alone from its generator.
    """
    together = _TOGETHER.get(type(fits[0]))
    if together is not None:
        return together(fits, horizon, counts, rngs, x)
    drawn = [fit.simulate(horizon, n, rng, x) for fit, n, rng in zip(fits, counts, rngs, strict=True)]
    return np.concatenate(drawn)


_TOGETHER: dict[type, Callable[..., Floats]] = {
    autoregression.AutoregressionFit: autoregression.simulate_draws,
    noisy_walk.NoisyWalkFit: noisy_walk.simulate_draws,
    panel_autoregression.PanelAutoregressionFit: panel_autoregression.simulate_draws,
    sarima.SarimaFit: sarima.simulate_draws,
}


@one_thread
def settled(
    spec: Spec, y: npt.ArrayLike, x: npt.ArrayLike | None = None, panel: npt.ArrayLike | None = None
) -> Spec:
    """Return the spec that is fitted on every draw of a history, chosen once on its mean level y, (n,) index points.

    Only models that search or tune change: to choose anew on every draw would cost a search each.
    """
    values, x, months = laid_out(y, x)
    y, panel = values, like_series(panel, y, months)
    match spec:
        case searched.SearchedSarima():
            return searched.settle(spec, y, x)
        case regression.Regression():
            return regression.settle(spec, y, x, panel)
        case _:
            return spec


def member(name: str, *, seasonal: bool = True) -> Member:
    """Return a model of the registry, without its seasonal part where the level is seasonally adjusted."""
    one = REGISTRY[name]
    if seasonal:
        return one
    match one.spec:
        case sarima.Sarima():
            return replace(one, spec=replace(one.spec, seasonal=(0, 0, 0)))
        case searched.SearchedSarima() | smoothing.ExponentialSmoothing() | regression.Regression():
            return replace(one, spec=replace(one.spec, seasonal=False))
        case _:
            return one


furnish(__name__)
