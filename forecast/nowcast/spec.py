"""`NowcastSpec`, the choices of a nowcast, and `Nowcasted`, what it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.errors import Failed
from forecast.nowcast.growth import Note
from forecast.paths import Paths


@dataclass(frozen=True)
class NowcastSpec:
    """Say which models nowcast, and how.

    models : pooled with equal weights as paths · paths : in all
    window : months of growth that estimates see
    clip : growth further from its median than so many robust deviations is clipped in estimates, never in the nowcast
    target_lags, panel_lags : of the bridge and the lag regression, months
    factors : of the factor model, a number or chosen by a criterion · factor_lags : of the factors' autoregression
    idiosyncratic_ar1 : each series' own part is an AR(1) instead of white, at three times the cost
    em_rounds, em_tolerance : EM stops after so many rounds, or at so small a relative change of the likelihood
    longest : months after the target's origin that are nowcast at most
    ahead : months beyond the last one that is over, for whoever wants the running month too
    """

    models: tuple[str, ...] = ("factor", "bridge", "lags")
    paths: int = 1000
    window: int = 240
    clip: float = 8.0
    target_lags: int = 3
    panel_lags: int = 2
    factors: int | Literal["auto"] = "auto"
    factor_lags: int = 2
    idiosyncratic_ar1: bool = False
    em_rounds: int = 100
    em_tolerance: float = 1e-5
    longest: int = 12
    ahead: int = 0


class NowcastFit(Protocol):
    """A model estimated on a panel's growth: affine in what is known, so that news can be told apart."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The target, then the indicators that the model sees."""
        ...

    def filled(self, tables: Floats) -> Floats:
        """Return the expectation of every unknown month given the known ones, (m, months, columns) growth."""
        ...

    def simulate(self, tables: Floats, draw: npt.NDArray[np.int64], rng: np.random.Generator) -> Floats:
        """Draw growth of the target in its unknown months, (n, h), given tables (k, months, columns) and (n,) draws."""
        ...

    def summary(self) -> dict[str, Any]:
        """Return what a report prints of the fit: plain numbers and words."""
        ...


@dataclass(frozen=True, eq=False)
class Nowcasted:
    """Hold a nowcast and what it rests on.

    paths : the target's past, then the months nowcast
    mean : expected growth, % a month (100·Δlog of the adjusted level), months × models and "pool"
    failed : models that could not be estimated · notes : what was mended or left out of the panel
    shares : weight of each model that answered · details : model -> what it chose
    growth : every column's growth as it was known, target first · fits : model -> estimated model
    """

    paths: Paths
    mean: pd.DataFrame
    failed: tuple[Failed, ...]
    notes: tuple[Note, ...]
    shares: dict[str, float]
    details: dict[str, dict[str, Any]]
    growth: pd.DataFrame
    fits: dict[str, NowcastFit]

    @property
    def months(self) -> pd.PeriodIndex:
        """The months nowcast."""
        return self.paths.future_months
