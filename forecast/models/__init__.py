"""Models behind one grammar: spec → fit → simulate. `fit` dispatches on the type of the spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from forecast.models import autoregression, baseline, noisy_walk, sarima

Floats = npt.NDArray[np.float64]

Spec = (
    sarima.Sarima
    | autoregression.Autoregression
    | noisy_walk.NoisyWalk
    | baseline.RandomWalkDrift
    | baseline.SeasonalNaive
)


class Fit(Protocol):
    """An estimated model, anchored at the last month of its sample."""

    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n joint paths of the level after the sample, (n, horizon) index points.

        x : regressors over the horizon, (horizon, j) or one per path (n, horizon, j); required where the fit had any.
        Parameter and drift uncertainty are in the draws.
        """
        ...

    def summary(self) -> dict[str, Any]:
        """Return what a report prints of the fit: plain numbers and words, ready for JSON."""
        ...


@dataclass(frozen=True)
class Member:
    """A model as the pool uses it.

    sees : "level" with its season and calendar; "adjusted", the effects frozen at the slump's start taken off; or
        "adjusted_now", the effects taken off as they are estimated at the origin
    """

    spec: Spec
    sees: Literal["level", "adjusted", "adjusted_now"]


REGISTRY: dict[str, Member] = {
    "sarima": Member(sarima.Sarima((0, 1, 1), (0, 1, 1)), "level"),
    "autoregression": Member(autoregression.Autoregression(), "adjusted_now"),
    "noisy_walk": Member(noisy_walk.NoisyWalk(), "adjusted"),
    "random_walk_drift": Member(baseline.RandomWalkDrift(block=1), "adjusted"),
    "random_walk_drift_block": Member(baseline.RandomWalkDrift(block=12), "adjusted"),
    "seasonal_naive": Member(baseline.SeasonalNaive(), "level"),
}


def fit(
    spec: Spec, y: npt.ArrayLike, x: Floats | None = None, *, rng: np.random.Generator | None = None
) -> Fit:
    """Estimate a model on the level y, (n,) index points, with regressors x, (n, j), where the model takes any.

    Raises FitError where the series cannot carry the model.
    """
    if isinstance(spec, sarima.Sarima):
        return sarima.fit(spec, y, x, rng=rng)
    if isinstance(spec, autoregression.Autoregression):
        return autoregression.fit(spec, y)
    if isinstance(spec, noisy_walk.NoisyWalk):
        return noisy_walk.fit(spec, y)
    if isinstance(spec, baseline.SeasonalNaive):
        return baseline.fit_seasonal_naive(spec, y)
    return baseline.fit(spec, y)


def member(name: str, *, seasonal: bool = True) -> Member:
    """Return a model of the registry, without its seasonal part where the level is seasonally adjusted."""
    found = REGISTRY[name]
    if not seasonal and isinstance(found.spec, sarima.Sarima):
        return Member(sarima.Sarima(found.spec.order, (0, 0, 0)), found.sees)
    return found
