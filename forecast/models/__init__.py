"""Models behind one grammar: spec → fit → simulate. `fit` dispatches on the type of the spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from forecast.models import baseline, sarima

Floats = npt.NDArray[np.float64]

Spec = sarima.Sarima | baseline.RandomWalkDrift


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
    """A model as the pool uses it: its spec, and whether it sees the adjusted level or the level itself."""

    spec: Spec
    adjusted: bool


REGISTRY: dict[str, Member] = {
    "sarima": Member(sarima.Sarima((0, 1, 1), (0, 1, 1)), adjusted=False),
    "random_walk_drift": Member(baseline.RandomWalkDrift(block=1), adjusted=True),
    "random_walk_drift_block": Member(baseline.RandomWalkDrift(block=12), adjusted=True),
}


def fit(
    spec: Spec, y: npt.ArrayLike, x: Floats | None = None, *, rng: np.random.Generator | None = None
) -> Fit:
    """Estimate a model on the level y, (n,) index points, with regressors x, (n, j).

    Raises FitError where the series cannot carry the model.
    """
    if isinstance(spec, sarima.Sarima):
        return sarima.fit(spec, y, x, rng=rng)
    return baseline.fit(spec, y)


def member(name: str, *, seasonal: bool = True) -> Member:
    """Return a model of the registry, without its seasonal part where the level is seasonally adjusted."""
    found = REGISTRY[name]
    if not seasonal and isinstance(found.spec, sarima.Sarima):
        return Member(sarima.Sarima(found.spec.order, (0, 0, 0)), found.adjusted)
    return found
