"""Noise-aware block walk: a random walk whose last months may hold noise that will revert."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.signal import lfilter

from forecast.arrays import Floats, block_indices, long_run_error
from forecast.errors import FitError
from forecast.models.baseline import LEAST_GROWTH_RATES, anchor
from forecast.models.dated import Dated, moved
from forecast.parallel import one_thread


@dataclass(frozen=True)
class NoisyWalk:
    """Δz_t = μ + e_t − θ e_{t−1}; θ from `grid`, weighed by how well it explains the last `window` months.

    recent : months that give drift and errors · block : months per bootstrap block
    """

    grid: tuple[float, ...] = tuple(round(0.05 * i, 2) for i in range(20))
    window: int = 240
    recent: int = 120
    block: int = 12


@dataclass(frozen=True, eq=False, repr=False)
class NoisyWalkFit(Dated):
    """A noisy walk anchored at `last`. posterior (g,) over the grid; errors (g, recent) under each θ.

    centre : mean growth of the window, which the errors are counted from · current : (g,) the last month's error
    """

    spec: NoisyWalk
    last: float
    months_since_last: int
    drift: float
    drift_error: float
    posterior: Floats
    errors: Floats
    centre: float
    current: Floats

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points: θ, drift and blocks of errors are drawn."""
        length = self.months_since_last + horizon
        which = rng.choice(len(self.posterior), size=n, p=self.posterior)
        theta = np.asarray(self.spec.grid)[which][:, None]
        drift = rng.normal(self.drift, self.drift_error, size=(n, 1))
        months = block_indices(self.errors.shape[1], length, n, self.spec.block, rng)
        centred = self.errors - self.errors.mean(axis=1, keepdims=True)
        e = np.concatenate([self.current[which, None], centred[which[:, None], months]], axis=1)
        growth = drift + e[:, 1:] - theta * e[:, :-1]
        return np.exp(self.last + np.cumsum(growth, axis=1))[:, self.months_since_last :]

    @one_thread
    def updated(self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None) -> NoisyWalkFit:
        """Return the same θ, drift and errors to draw after the last known month of other levels y, (n,) index points.

        What is new beside the level is the last month's error, of which θ takes back its part.
        """
        fit, values, _ = moved(self, y)
        z = np.log(values)
        last, months_since_last = anchor(z)
        errors = _errors(self.spec, _growth(self.spec, z) - self.centre)
        return replace(fit, last=last, months_since_last=months_since_last, current=errors[:, -1])

    def summary(self) -> dict[str, Any]:
        """Return the posterior mean of θ, and drift and spread in percent a month."""
        return {
            "theta": float(self.posterior @ np.asarray(self.spec.grid)),
            "drift_pct": 100.0 * self.drift,
            "drift_error_pct": 100.0 * self.drift_error,
            "innovation_sd_pct": 100.0 * float(self.posterior @ self.errors.std(axis=1)),
            "block_months": self.spec.block,
        }


@one_thread
def fit(spec: NoisyWalk, y: npt.ArrayLike) -> NoisyWalkFit:
    """Weigh the grid by p(θ) ∝ SSE(θ)^(−n/2), the marginal posterior of θ under flat priors and Gaussian errors.

    y : (n,) index points; a missing month is interpolated in logs. The drift's error is its long-run one.
    Raises FitError with fewer than 24 growth rates.
    """
    z = np.log(np.asarray(y, dtype=float))
    count = int(np.isfinite(np.diff(z)[-spec.window :]).sum())
    if count < LEAST_GROWTH_RATES:
        raise FitError(f"a noisy walk needs {LEAST_GROWTH_RATES} monthly growth rates, found {count}")
    growth = _growth(spec, z)
    recent = growth[-spec.recent :]
    centre = float(growth.mean())
    errors = _errors(spec, growth - centre)
    sse = np.square(errors).sum(axis=1)
    if sse.min() <= 0.0:
        raise FitError("growth does not vary; a noisy walk cannot be estimated")
    weight = np.exp(-0.5 * len(growth) * np.log(sse / sse.min()))
    return NoisyWalkFit(
        spec, *anchor(z), float(recent.mean()), long_run_error(recent), weight / weight.sum(),
        errors[:, -spec.recent :], centre, errors[:, -1],
    )  # fmt: skip


def _growth(spec: NoisyWalk, z: Floats) -> Floats:
    """Growth of log levels in the window to the last known month, missing months interpolated, (m,)."""
    known = np.flatnonzero(np.isfinite(z))
    return np.diff(np.interp(np.arange(known[0], known[-1] + 1), known, z[known]))[-spec.window :]


def _errors(spec: NoisyWalk, deviation: Floats) -> Floats:
    """Errors e_t = Δz_t − μ + θ e_{t−1} under each θ, (g, m)."""
    return np.stack([lfilter([1.0], [1.0, -theta], deviation) for theta in spec.grid])
