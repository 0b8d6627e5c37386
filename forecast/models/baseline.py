"""Naive models that are hard to beat: random walks with drift of the adjusted level, and the seasonal naive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, block_indices, long_run_error
from forecast.errors import FitError
from forecast.models.dated import Dated, moved
from forecast.parallel import one_thread

LEAST_GROWTH_RATES = 24  # chosen: two years, so that a block of 12 can start in each month


@dataclass(frozen=True)
class RandomWalkDrift:
    """Random walk with drift of the log level, both taken from the last `window` months.

    block : months per bootstrap block, 1 for independent innovations
    """

    window: int = 120
    block: int = 12


@dataclass(frozen=True)
class SeasonalNaive:
    """Each month repeats the same month of the last year; errors are those it made in the last `window` months."""

    window: int = 120


@dataclass(frozen=True, eq=False, repr=False)
class RandomWalkDriftFit(Dated):
    """A random walk anchored at `last`, the log level of the last known month."""

    spec: RandomWalkDrift
    last: float
    months_since_last: int
    drift: float
    drift_error: float
    innovations: Floats

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points: uncertain drift plus resampled innovations."""
        length = self.months_since_last + horizon
        drift = rng.normal(self.drift, self.drift_error, size=(n, 1))
        index = block_indices(len(self.innovations), length, n, self.spec.block, rng)
        steps = drift + self.innovations[index]
        return np.exp(self.last + np.cumsum(steps, axis=1))[:, self.months_since_last :]

    @one_thread
    def updated(
        self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None
    ) -> RandomWalkDriftFit:
        """Return the same drift and innovations after the last known month of other levels y, (n,) index points."""
        fit, values, _ = moved(self, y)
        last, months_since_last = anchor(np.log(values))
        return replace(fit, last=last, months_since_last=months_since_last)

    def summary(self) -> dict[str, Any]:
        """Return drift and spread in percent a month."""
        return {
            "drift_pct": 100.0 * self.drift,
            "drift_error_pct": 100.0 * self.drift_error,
            "innovation_sd_pct": 100.0 * float(self.innovations.std()),
            "window_months": len(self.innovations),
            "block_months": self.spec.block,
        }


@one_thread
def fit(spec: RandomWalkDrift, y: npt.ArrayLike) -> RandomWalkDriftFit:
    """Estimate drift and innovations of log y, (n,) index points; missing months are left out.

    The drift's error is its long-run one (Newey & West 1987, doi:10.2307/1913610), since it is the drift that
    decides when a slump ends. Raises FitError with fewer than 24 growth rates.
    """
    z = np.log(np.asarray(y, dtype=float))
    growth = np.diff(z)[-spec.window :]
    growth = growth[np.isfinite(growth)]
    if len(growth) < LEAST_GROWTH_RATES:
        raise FitError(f"a random walk needs {LEAST_GROWTH_RATES} monthly growth rates, found {len(growth)}")
    drift = float(growth.mean())
    return RandomWalkDriftFit(spec, *anchor(z), drift, long_run_error(growth), growth - drift)


@dataclass(frozen=True, eq=False, repr=False)
class SeasonalNaiveFit(Dated):
    """The last known log level of each of the next 12 months, (12,), and past yearly growth, (w,)."""

    base: Floats
    growth: Floats

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points: each year adds one more draw of yearly growth."""
        years = -(-horizon // 12)
        yearly = np.cumsum(rng.choice(self.growth, size=(n, years, 12)), axis=1).reshape(n, years * 12)
        signs = rng.choice([-1.0, 1.0], size=(n, 1))  # no drift: growth of either sign is as likely
        return np.asarray(np.exp(np.tile(self.base, years) + signs * yearly)[:, :horizon])

    @one_thread
    def updated(
        self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None
    ) -> SeasonalNaiveFit:
        """Return the same errors after the last 12 months of other levels y, (n,) index points.

        Raises FitError where a calendar month is missing.
        """
        fit, values, _ = moved(self, y)
        return replace(fit, base=_last_year(np.log(values)))

    def summary(self) -> dict[str, Any]:
        """Return the spread of yearly growth in percent."""
        return {"yearly_growth_rms_pct": 100.0 * float(np.sqrt(np.square(self.growth).mean()))}


@one_thread
def fit_seasonal_naive(spec: SeasonalNaive, y: npt.ArrayLike) -> SeasonalNaiveFit:
    """Keep the last 12 months of log y, (n,) index points, and the yearly growth of the last `window`.

    A missing month takes the same month a year earlier. Raises FitError with fewer than 24 months.
    """
    z = np.log(np.asarray(y, dtype=float))
    if len(z) < 24:
        raise FitError(f"the seasonal naive needs 24 months, found {len(z)}")
    growth = (z[12:] - z[:-12])[-spec.window :]
    growth = growth[np.isfinite(growth)]
    if not len(growth):
        raise FitError("the seasonal naive needs one yearly growth rate")
    return SeasonalNaiveFit(_last_year(z), growth)


def anchor(z: Floats) -> tuple[float, int]:
    """Return the last known log level of z, (n,), and how many months at the end are missing."""
    last = int(np.flatnonzero(np.isfinite(z))[-1])
    return float(z[last]), len(z) - 1 - last


def _last_year(z: Floats) -> Floats:
    """The last 12 log levels, (12,); a missing one takes the same month a year earlier."""
    years = [z[len(z) - 12 * (i + 1) : len(z) - 12 * i] for i in range(len(z) // 12)]
    base = years[0].copy()
    for earlier in years[1:]:
        base = np.where(np.isfinite(base), base, earlier)
    if not np.isfinite(base).all():
        raise FitError("the seasonal naive needs every calendar month once")
    return base
