"""Autoregression of growth shrunk to what a panel of like series does, with their common factor and slump depth.

    s_t = Σ_{i≤13} β_i s_{t−i} + Σ_{i≤6} γ_i f_{t−i} + Σ_{i≤6} ω_i g_{t−i} + δ (d_{t−1} − d̄) + e_t,   δ ≥ 0

s is growth less its mean over its standard deviation, f the panel's mean s, g what indicators say, moved so that what
came out last stands at the last month; f and g are a vector autoregression. d = max(0, peak − 3-month mean) of the
log level in standard deviations of growth, the peak being the highest 12-month mean so far: output far below its
peak grows faster (Beaudry & Koop 1993, doi:10.1016/0304-3932(93)90024-E).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, Rows, long_run_errors
from forecast.errors import FitError, GapError
from forecast.models.common_factor import RIDGE, CommonFactors, added, fit_factors, told_apart
from forecast.models.dated import Dated, like_series, moved
from forecast.models.draws import Found, alone, fitted, only, simulated, stacked, with_panel
from forecast.models.stability import explosive, tamed
from forecast.models.standardised import (
    LEAST_EQUATIONS,
    PEAK,
    SMOOTH,
    Standardised,
    calmed_series,
    mean_growth,
    standardised,
)
from forecast.parallel import one_thread
from forecast.shocks import Aftermath, Calmed


@dataclass(frozen=True)
class PanelAutoregression:
    """Standardise growth over `window` months, regress on lags, factor and depth, shrink by `shrinkage` months.

    The estimate is that of the own months plus `shrinkage` more in which the panel's mean moments held; without a
    panel these are the series' own moments, and without indicators either there is no factor.
    """

    lags: int = 13
    factor_lags: int = 6
    window: int = 240
    shrinkage: float = 30.0


@dataclass(frozen=True, eq=False, repr=False)
class PanelAutoregressionFit(Dated):
    """A panel autoregression anchored at the last month of `level`, log levels without gaps at the end.

    mean, deviation : of growth in the window · drift_error : long-run error of the mean · depth_mean : d̄
    coefficients : (j,) lags, factor lags, depth · factor_root : Cholesky factor of the inverse moments, (j, j)
    recent : (lags,) standardised growth, latest last
    common : the factors' own autoregression, None without panel and indicators
    shock_root : Cholesky factor of the covariance of the shocks to growth and to each of the factors
    series : number of series in the panel, the target included
    after : what a shock of the last two years left, which still widens the coming months
    """

    spec: PanelAutoregression
    level: Floats
    peak: float
    mean: float
    deviation: float
    drift_error: float
    depth_mean: float
    coefficients: Floats
    factor_root: Floats
    recent: Floats
    common: CommonFactors | None
    shock_root: Floats
    series: int
    after: Aftermath | None

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points: coefficients, drift and Gaussian shocks are drawn.

        δ keeps its estimate: cut at 0 its draws would mean more than the estimate says. A draw whose growth, below
        the peak or above it, or whose factor is explosive takes the estimate instead.
        """
        return simulate_draws([self], horizon, [n], [rng])

    @one_thread
    def updated(
        self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None
    ) -> PanelAutoregressionFit:
        """Return the same coefficients, drift and shocks after the last months of other levels y, (n,) index points.

        Peak, last growth rates and the last months of the factor are new. Raises GapError for a gap in them,
        FitError where a panel has come or gone.
        """
        fit, values, x = moved(self, y, x)
        calm = calmed_series(with_panel(np.log(values)[None], alone(like_series(panel, y, fit.months))))
        seen = standardised(calm, self.spec.window, self.spec.lags)
        _refuse_thin(self.spec, seen.carries[0, 0])
        series = np.flatnonzero(seen.carries[0])
        factors = _common(seen.of(np.zeros(1, dtype=int), series), x)
        if _count(factors) != (0 if self.common is None else len(self.common.recent)):
            raise FitError(
                "a panel autoregression was estimated with another panel, or other indicators, than it is updated with"
            )
        _refuse_gap(self.spec, calm.levels, factors)
        level = calm.levels[0, 0]
        recent = (np.diff(level)[-self.spec.lags :] - self.mean) / self.deviation
        common = self.common
        if common is not None and factors is not None:
            common = replace(common, recent=factors[0, :, -self.spec.factor_lags :])
        return replace(
            fit, level=level[-PEAK:], peak=float(seen.peak[0, 0]), recent=recent, common=common,
            after=calm.aftermaths()[0],
        )  # fmt: skip

    def summary(self) -> dict[str, Any]:
        """Return coefficients, drift in percent a month and the size of the panel."""
        lags = self.spec.lags
        return {
            "series": self.series,
            "coefficients": self.coefficients[:lags].tolist(),
            "factor_coefficients": self.coefficients[lags:-1].tolist(),
            "depth_coefficient": float(self.coefficients[-1]),
            "drift_pct": 100.0 * self.mean,
            "drift_error_pct": 100.0 * self.drift_error,
            "innovation_sd_pct": 100.0 * self.deviation * float(self.shock_root[0, 0]),
        }


@one_thread
def fit(
    spec: PanelAutoregression,
    y: npt.ArrayLike,
    panel: npt.ArrayLike | None = None,
    x: npt.ArrayLike | None = None,
) -> PanelAutoregressionFit:
    """Estimate β = (X'X + κ(S + 10⁻⁴I))⁻¹(X'y + κS_y), S and S_y the panel's moments per month, κ the shrinkage.

    y : (n,) adjusted index points · panel : (n, k) those of other series on the same months, NaN where unknown;
    series with fewer than 36 complete equations have no say · x : (n,) or (n, 1) what indicators say, in standard
    deviations, that of the last row the newest: row t helps to forecast row t + 1. A missing month drops the
    equations it enters. Raises FitError with fewer than 36 equations of its own,
    GapError for a gap in the last 14 months.
    """
    return only(fit_draws(spec, np.asarray(y, dtype=float)[None], alone(panel), x))


def fit_draws(
    spec: PanelAutoregression, y: Floats, panel: Floats | None = None, x: npt.ArrayLike | None = None
) -> Found[PanelAutoregressionFit]:
    """Fit every draw of the level, (k, n) index points, beside its own of the panel, (k, n, s), and indicators x."""
    calm = calmed_series(with_panel(np.log(y), panel))
    seen = standardised(calm, spec.window, spec.lags)
    known = np.concatenate([np.isfinite(calm.levels), seen.carries[:, :, None]], axis=2)
    series = np.arange(known.shape[1])
    return fitted(known, lambda rows: _fit_alike(spec, calm.of(rows), seen.of(rows, series), x))


def _fit_alike(
    spec: PanelAutoregression, calm: Calmed, seen: Standardised, indicators: npt.ArrayLike | None
) -> list[PanelAutoregressionFit | FitError]:
    """Fit log levels (k, 1 + s, n), the target first, of which the same months are known and series carry equations."""
    z = calm.levels
    _refuse_thin(spec, seen.carries[0, 0])
    series = np.flatnonzero(seen.carries[0])
    seen = seen.of(np.arange(len(z)), series)
    factors = _common(seen, indicators)
    _refuse_gap(spec, z, factors)
    x, y, complete = seen.equations(factors, spec.lags, spec.factor_lags)
    count = complete.sum(axis=1)
    _refuse_thin(spec, count[0] >= LEAST_EQUATIONS)  # gaps drop more of them than their months
    gram, cross = x @ x.transpose(0, 1, 3, 2), (x @ y[..., None])[..., 0]  # (k, s, j, j), (k, s, j)
    speak = count >= LEAST_EQUATIONS
    moments = (gram[:, speak] / count[speak, None, None]).mean(axis=1)
    answers = (cross[:, speak] / count[speak, None]).mean(axis=1)
    shrunk = gram[:, 0] + spec.shrinkage * (moments + RIDGE * np.eye(x.shape[2]))
    for i in range(_count(factors)):
        shrunk = told_apart(shrunk, spec.lags + i * spec.factor_lags, spec.factor_lags)
    beta = np.linalg.solve(shrunk, (cross[:, 0] + spec.shrinkage * answers)[..., None])[..., 0]
    residuals = np.where(complete[0], y[:, 0] - (beta[:, None] @ x[:, 0])[:, 0], np.nan)[:, None]
    common: list[CommonFactors | None] = [None] * len(z)
    if factors is not None:
        common[:], of_factors = fit_factors(factors, spec.factor_lags, spec.window)
        residuals = np.concatenate([residuals, of_factors], axis=1)
    beta, factor_root, shock_root = tamed(beta, spec.lags), np.linalg.inv(shrunk), _shock_root(residuals)
    factor_root = np.linalg.cholesky(factor_root)
    after = calm.aftermaths()
    growth = calm.clipped[:, 0, -spec.window :]
    drift_error = long_run_errors(growth[:, np.isfinite(growth[0])]).tolist()
    return [
        PanelAutoregressionFit(
            spec, z[i, 0, -PEAK:], float(seen.peak[i, 0]), float(seen.mean[i, 0]), float(seen.deviation[i, 0]),
            drift_error[i], float(seen.depth_mean[i, 0]), beta[i], factor_root[i],
            seen.growth[i, 0, -spec.lags :], common[i], shock_root[i], int(speak.sum()), after[i],
        )
        for i in range(len(z))
    ]  # fmt: skip


def simulate_draws(
    fits: Sequence[PanelAutoregressionFit],
    horizon: int,
    counts: Sequence[int],
    rngs: Sequence[np.random.Generator],
    x: Floats | None = None,
) -> Floats:
    """Draw counts[i] paths of each fit from its own generator, (Σ counts, horizon) index points."""
    return simulated(
        fits, horizon, counts, rngs, lambda fit, _: (fit.spec, len(fit.shock_root)),
        lambda some, of, own: _simulate_alike(some, horizon, of, own),
    )  # fmt: skip


def _simulate_alike(
    fits: list[PanelAutoregressionFit], horizon: int, of: Rows, rngs: list[np.random.Generator]
) -> Floats:
    """Simulate fits that all have as many factors, path r being one of fit of[r]; arrays hold a row a month."""
    spec = fits[0].spec
    lags = spec.lags
    estimate = np.stack([fit.coefficients for fit in fits])[of]
    draws, drift, shocks, normals = (stacked(part) for part in _drawn(fits, horizon, of, rngs))
    draws += estimate
    draws[:, -1] = estimate[:, -1]
    draws = np.where(explosive(draws[:, :lags], draws[:, -1])[:, None], estimate, draws)
    factor = np.zeros((horizon, len(of)))
    commons = [fit.common for fit in fits if fit.common is not None]
    if commons:
        factor = added(commons, of, shocks[:, :, 1:].transpose(1, 0, 2), draws[:, lags:-1], normals)
    scalars = np.array([[fit.mean, fit.deviation, fit.depth_mean, fit.peak] for fit in fits])
    mean, deviation, depth_mean, peak = scalars[of].T
    own = np.ascontiguousarray(draws[:, lags - 1 :: -1].T)
    growth, level = np.empty((lags + horizon, len(of))), np.empty((PEAK + horizon, len(of)))
    growth[:lags] = np.stack([fit.recent for fit in fits])[of].T
    level[:PEAK] = np.stack([fit.level for fit in fits])[of].T
    for h in range(horizon):
        below = np.maximum(0.0, peak - level[PEAK + h - SMOOTH : PEAK + h].mean(axis=0)) / deviation
        s = (own * growth[h : h + lags]).sum(axis=0)
        s += factor[h] + draws[:, -1] * (below - depth_mean) + shocks[:, h, 0]
        growth[lags + h] = s
        level[PEAK + h] = level[PEAK + h - 1] + mean + drift + deviation * s
        peak = np.maximum(peak, level[h + 1 : h + 1 + PEAK].mean(axis=0))
    return np.asarray(np.exp(level[PEAK:].T))


def _drawn(
    fits: list[PanelAutoregressionFit], horizon: int, of: Rows, rngs: list[np.random.Generator]
) -> tuple[list[Floats], list[Floats], list[Floats], list[Floats]]:
    """What each fit draws: how far off coefficients are, drift, shocks (n, horizon, 1 + m), the m factors' normals."""
    away, drift, shocks, normals = [], [], [], []
    for fit, rng, n in zip(fits, rngs, np.bincount(of, minlength=len(fits)).tolist(), strict=True):
        j = len(fit.coefficients)
        away.append(fit.shock_root[0, 0] * rng.standard_normal((n, j)) @ fit.factor_root.T)
        drift.append(fit.drift_error * rng.standard_normal(n))
        shock = rng.standard_normal((n, horizon, len(fit.shock_root))) @ fit.shock_root.T
        if fit.after is not None:
            shock[:, :, 0] *= fit.after.ahead(horizon, n, rng)
        shocks.append(shock)
        shape = (0, 0) if fit.common is None else fit.common.coefficients.shape
        normals.append(rng.standard_normal((n, *shape)))
    return away, drift, shocks, normals


def _refuse_thin(spec: PanelAutoregression, carried: np.bool_) -> None:
    if not carried:
        raise FitError(
            f"a panel autoregression needs {LEAST_EQUATIONS} months with {spec.lags} months of growth before each"
        )


def _common(seen: Standardised, indicators: npt.ArrayLike | None) -> Floats | None:
    """What all series share: the mean growth of several and what indicators say, (k, m, n); None of nothing."""
    k, s, n = seen.growth.shape
    parts = [mean_growth(seen.growth)] if s > 1 else []
    if indicators is not None:
        parts.append(np.broadcast_to(np.asarray(indicators, dtype=float).reshape(n), (k, n)))
    return np.stack(parts, axis=1) if parts else None


def _count(factors: Floats | None) -> int:
    return 0 if factors is None else factors.shape[1]


def _refuse_gap(spec: PanelAutoregression, z: Floats, factors: Floats | None) -> None:
    known = factors is None or np.isfinite(factors[:, :, -spec.factor_lags :]).all()
    if not (np.isfinite(z[:, 0, -spec.lags - 1 :]).all() and known):
        raise GapError(
            f"a panel autoregression needs the last {spec.lags + 1} months; there is a gap in them"
        )


def _shock_root(residuals: Floats) -> Floats:
    """Cholesky factors of the covariance of growth's and the factors' shocks, (k, 1 + m, w), where all are known."""
    known = residuals[:, :, np.isfinite(residuals[0]).all(axis=0)]
    covariance = known @ known.transpose(0, 2, 1) / known.shape[2]
    return np.linalg.cholesky(covariance + 1e-9 * np.eye(residuals.shape[1]))
