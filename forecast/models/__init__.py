"""Models behind one grammar: spec → fit → simulate. `fit` dispatches on the type of the spec."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


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
