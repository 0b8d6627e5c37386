"""What every model can do: the grammar spec → fit → simulate, as types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats


class Fit(Protocol):
    """An estimated model, anchored at the last month of its sample."""

    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n joint paths of the level after the sample, (n, horizon) index points.

        x : regressors over the horizon, (horizon, j) or one per path (n, horizon, j); required where the fit had any.
        Parameter and drift uncertainty are in the draws.
        """
        ...

    def simulated(
        self, horizon: int, n: int = ..., *, x: npt.ArrayLike | None = None, seed: int = ...
    ) -> pd.DataFrame:
        """Return n joint paths with their months, a row each, index points."""
        ...

    def forecast(
        self,
        horizon: int,
        x: npt.ArrayLike | None = None,
        *,
        intervals: Sequence[float] = ...,
        paths: int = ...,
        seed: int = ...,
    ) -> pd.DataFrame:
        """Return the level after the sample with its intervals, a row per month, index points."""
        ...

    def summary(self) -> dict[str, Any]:
        """Return what a report prints of the fit: plain numbers and words, ready for JSON."""
        ...


@runtime_checkable
class UpdatableFit(Fit, Protocol):
    """A fit whose parameters can be kept while time goes on."""

    def updated(self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None) -> UpdatableFit:
        """Return the fit anchored at the last month of other data, y, x and panel as `fit` takes them.

        Raises FitError where those data cannot anchor it.
        """
        ...
