"""Exponential smoothing and Theta on logs: baselines for levels, each with the paths of its innovations form.

    ETS(A,Ad,A):  z_t = l_{t−1} + φb_{t−1} + s_{t−12} + e_t
                  l_t = l_{t−1} + φb_{t−1} + αe_t,   b_t = φb_{t−1} + βe_t,   s_t = s_{t−12} + γe_t
    Theta:        simple smoothing (φ = 0, no season) with half the slope of the linear trend as its drift

Hyndman, Koehler, Ord & Snyder 2008, doi:10.1007/978-3-540-71918-2; Hyndman & Billah 2003,
doi:10.1016/S0169-2070(01)00143-1, for Theta as smoothing with drift.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy  # its parts load where they are first used

from forecast.arrays import YEAR, Floats
from forecast.errors import FitError
from forecast.models.dated import Dated
from forecast.parallel import one_thread

LEAST_MONTHS = 36  # chosen: three years, so that each calendar month is seen thrice


@dataclass(frozen=True)
class ExponentialSmoothing:
    """Additive errors, damped trend and, where `seasonal`, season of the log level in the last `window` months."""

    seasonal: bool = True
    window: int = 240


@dataclass(frozen=True)
class Theta:
    """Simple exponential smoothing of the log level with half the linear trend's slope, last `window` months."""

    window: int = 240


@dataclass(frozen=True, eq=False, repr=False)
class SmoothingFit(Dated):
    """Hold the last state and the coefficients; `season` is s of the next 12 months, zeros without a season.

    drift : added to the level every month, (Theta's half slope)
    """

    level: float
    trend: float
    season: Floats
    alpha: float
    beta: float
    gamma: float
    damping: float
    drift: float
    sigma: float

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points: Gaussian innovations, states and coefficients fixed."""
        level, trend = np.full(n, self.level), np.full(n, self.trend)
        season = np.tile(self.season, (n, 1))
        shocks = self.sigma * rng.standard_normal((n, horizon))
        out = np.empty((n, horizon))
        for h in range(horizon):
            expected = level + self.damping * trend + self.drift
            out[:, h] = expected + season[:, h % YEAR] + shocks[:, h]
            level = expected + self.alpha * shocks[:, h]
            trend = self.damping * trend + self.beta * shocks[:, h]
            season[:, h % YEAR] += self.gamma * shocks[:, h]
        return np.asarray(np.exp(out))

    def summary(self) -> dict[str, Any]:
        """Return coefficients, and drift and spread in percent a month."""
        return {
            "alpha": self.alpha,
            "beta": self.beta,
            "gamma": self.gamma,
            "damping": self.damping,
            "drift_pct": 100.0 * self.drift,
            "innovation_sd_pct": 100.0 * self.sigma,
        }


@one_thread
def fit_exponential_smoothing(spec: ExponentialSmoothing, y: npt.ArrayLike) -> SmoothingFit:
    """Estimate by statsmodels' maximum likelihood on log y, (n,) index points; gaps are interpolated in logs.

    Raises FitError with fewer than 36 months, or where the optimiser finds nothing finite.
    """
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    z = _known(y, spec.window)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # how the optimiser ended; what it found is checked below
        model = ETSModel(
            z, error="add", trend="add", damped_trend=True,
            seasonal="add" if spec.seasonal else None, seasonal_periods=YEAR if spec.seasonal else None,
        )  # fmt: skip
        estimated = model.fit(disp=False, maxiter=200)
    named = dict(zip(model.param_names, np.asarray(estimated.params, dtype=float), strict=True))
    residual = np.asarray(estimated.resid, dtype=float)
    if not (np.isfinite(residual).all() and residual.std() > 0.0):
        raise FitError("growth does not vary, or exponential smoothing found no finite likelihood")
    season = np.zeros(YEAR)
    if spec.seasonal:
        season = np.asarray(estimated.season, dtype=float)[-YEAR:]
    return SmoothingFit(
        float(estimated.level[-1]), float(estimated.slope[-1]), season, named["smoothing_level"],
        named["smoothing_trend"], named.get("smoothing_seasonal", 0.0), named["damping_trend"], 0.0,
        float(np.sqrt(np.square(residual).mean())),
    )  # fmt: skip


@one_thread
def fit_theta(spec: Theta, y: npt.ArrayLike) -> SmoothingFit:
    """Choose α by least squares on adjusted log y, (n,) index points; gaps are interpolated in logs.

    Raises FitError with fewer than 36 months, or where growth does not vary.
    """
    z = _known(y, spec.window)
    drift = float(np.polynomial.polynomial.polyfit(np.arange(len(z)), z, 1)[1]) / 2.0
    growth = np.diff(z) - drift
    if not growth.std() > 1e-9:
        raise FitError("growth does not vary; Theta cannot be estimated")
    least = scipy.optimize.minimize_scalar(
        lambda a: float(np.square(_errors(growth, a)).sum()), bounds=(0.0, 1.0), method="bounded"
    )
    alpha = float(least.x)
    errors = _errors(growth, alpha)
    level = float(z[-1] - (1.0 - alpha) * errors[-1])  # l_T = z_T − (1 − α)e_T
    return SmoothingFit(
        level, 0.0, np.zeros(YEAR), alpha, 0.0, 0.0, 0.0, drift, float(np.sqrt(np.square(errors).mean()))
    )


def _errors(growth: Floats, alpha: float) -> Floats:
    """Errors of simple smoothing: Δz_t − d = e_t − (1 − α)e_{t−1}."""
    return np.asarray(scipy.signal.lfilter([1.0], [1.0, alpha - 1.0], growth))


def _known(y: npt.ArrayLike, window: int) -> Floats:
    """Log levels of the window from the first to the last month; a gap inside is a straight line, at the end flat."""
    z = np.log(np.asarray(y, dtype=float))[-window:]
    published = np.flatnonzero(np.isfinite(z))
    if len(published) < LEAST_MONTHS:
        raise FitError(f"exponential smoothing needs {LEAST_MONTHS} months, found {len(published)}")
    return np.asarray(np.interp(np.arange(published[0], len(z)), published, z[published]))
