"""Seasonal ARIMA whose orders are searched on the series itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy.typing as npt

from forecast.models.sarima import Sarima
from forecast.models.sarima.search import search
from forecast.parallel import one_thread


@dataclass(frozen=True)
class SearchedSarima:
    """Search logs of the level for the orders of lowest AICc, within `budget` coefficients.

    seasonal : False leaves out the season, for a level that is seasonally adjusted
    """

    budget: int = 4
    seasonal: bool = True


@one_thread
def settle(spec: SearchedSarima, y: npt.ArrayLike, x: npt.ArrayLike | None = None) -> Sarima:
    """Return the seasonal ARIMA that the search chooses for y, (n,) index points, with regressors x, (n, j).

    Raises FitError where no candidate can be fitted.
    """
    if spec.seasonal:
        return search(y, x, log=True, max_order=(3, 3, 1, 1), budget=spec.budget).spec
    best = search(y, x, log=True, max_order=(3, 3, 0, 0), budget=spec.budget, period=1)
    return best.spec
