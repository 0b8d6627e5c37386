"""Autoregression of growth shrunk to what a panel of like series does, with their common factor and slump depth.

    s_t = Σ_{i≤13} β_i s_{t−i} + Σ_{i≤6} γ_i f_{t−i} + δ (d_{t−1} − d̄) + e_t,   δ ≥ 0

s is growth less its mean over its standard deviation, f the panel's mean s, d = max(0, peak − 3-month mean) of the
log level in standard deviations of growth, the peak being the highest 12-month mean so far: output far below its
peak grows faster (Beaudry & Koop 1993, doi:10.1016/0304-3932(93)90024-E).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, long_run_error, trailing_mean
from forecast.errors import FitError
from forecast.models.autoregression import stationary
from forecast.models.common_factor import RIDGE, CommonFactor, calmed, fit_factor, lagged, mean_growth
from forecast.models.dated import Dated, like_series, moved
from forecast.parallel import one_thread

LEAST_EQUATIONS = 36
PEAK, SMOOTH = 12, 3  # months averaged for the peak, and for the level below it


@dataclass(frozen=True)
class PanelAutoregression:
    """Standardise growth over `window` months, regress on lags, factor and depth, shrink by `shrinkage` months.

    The estimate is that of the own months plus `shrinkage` more in which the panel's mean moments held; without a
    panel these are the series' own moments, and there is no factor.
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
    recent : (lags,) standardised growth, latest last · common : the factor's own autoregression, None without panel
    shock_root : Cholesky factor of the covariance of the shocks to growth and, with a panel, to the factor
    series : number of series in the panel, the target included
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
    common: CommonFactor | None
    shock_root: Floats
    series: int

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points: coefficients, drift and Gaussian shocks are drawn.

        δ keeps its estimate: cut at 0 its draws would mean more than the estimate says. A draw whose growth, below
        the peak or above it, or whose factor is explosive takes the estimate instead.
        """
        lags, j = self.spec.lags, len(self.coefficients)
        sigma = self.shock_root[0, 0]
        draws = self.coefficients + sigma * rng.standard_normal((n, j)) @ self.factor_root.T
        draws[:, -1] = self.coefficients[-1]
        draws[_explosive(draws[:, :lags], draws[:, -1])] = self.coefficients
        drift = self.drift_error * rng.standard_normal(n)
        shocks = rng.standard_normal((n, horizon, len(self.shock_root))) @ self.shock_root.T
        factor = np.zeros((n, horizon))
        if self.common is not None:
            factor = self.common.added(shocks[:, :, 1], draws[:, lags:-1], rng)
        growth = np.concatenate([np.tile(self.recent, (n, 1)), np.empty((n, horizon))], axis=1)
        level = np.concatenate([np.tile(self.level[-PEAK:], (n, 1)), np.empty((n, horizon))], axis=1)
        peak = np.full(n, self.peak)
        for h in range(horizon):
            below = (
                np.maximum(0.0, peak - level[:, PEAK + h - SMOOTH : PEAK + h].mean(axis=1)) / self.deviation
            )
            own = (draws[:, :lags] * growth[:, h : h + lags][:, ::-1]).sum(axis=1)
            s = own + factor[:, h] + draws[:, -1] * (below - self.depth_mean) + shocks[:, h, 0]
            growth[:, lags + h] = s
            level[:, PEAK + h] = level[:, PEAK + h - 1] + self.mean + drift + self.deviation * s
            peak = np.maximum(peak, level[:, h + 1 : h + 1 + PEAK].mean(axis=1))
        return np.asarray(np.exp(level[:, PEAK:]))

    @one_thread
    def updated(
        self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None
    ) -> PanelAutoregressionFit:
        """Return the same coefficients, drift and shocks after the last months of other levels y, (n,) index points.

        Peak, last growth rates and the last months of the factor are new. Raises FitError for a gap in them, or
        where a panel has come or gone.
        """
        fit, values, _ = moved(self, y)
        z, own, like = _standardised(self.spec, values, like_series(panel, y, fit.months))
        if bool(like) != (self.common is not None):
            raise FitError("a panel autoregression was estimated with another panel than it is updated with")
        factor = mean_growth([one.growth for one in (own, *like)]) if like else None
        _refuse_gap(self.spec, z, factor)
        recent = (np.diff(z)[-self.spec.lags :] - self.mean) / self.deviation
        common = self.common
        if common is not None and factor is not None:
            common = replace(common, recent=factor[-self.spec.factor_lags :])
        return replace(fit, level=z[-PEAK:], peak=own.peak, recent=recent, common=common)

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
    spec: PanelAutoregression, y: npt.ArrayLike, panel: npt.ArrayLike | None = None
) -> PanelAutoregressionFit:
    """Estimate β = (X'X + κ(S + 10⁻⁴I))⁻¹(X'y + κS_y), S and S_y the panel's moments per month, κ the shrinkage.

    y : (n,) adjusted index points · panel : (n, k) those of other series on the same months, NaN where unknown;
    series with fewer than 36 complete equations have no say. A missing month drops the equations it enters.
    Raises FitError with fewer than 36 equations of its own, or a gap in the last 14 months.
    """
    z, own, like = _standardised(spec, y, panel)
    factor = mean_growth([one.growth for one in (own, *like)]) if like else None
    _refuse_gap(spec, z, factor)
    x, s, rows = own.equations(factor)
    systems = [(x, s), *(one.equations(factor)[:2] for one in like)]
    systems = [(a, b) for a, b in systems if len(b) >= LEAST_EQUATIONS]
    moments = np.mean([a.T @ a / len(b) for a, b in systems], axis=0)
    cross = np.mean([a.T @ b / len(b) for a, b in systems], axis=0)
    gram = x.T @ x + spec.shrinkage * (moments + RIDGE * np.eye(x.shape[1]))
    beta = np.linalg.solve(gram, x.T @ s + spec.shrinkage * cross)
    residual = np.full(len(z), np.nan)
    residual[rows] = s - x @ beta
    beta = _tamed(beta, spec.lags)
    common = None if factor is None else fit_factor(factor, spec.factor_lags, spec.window)
    return PanelAutoregressionFit(
        spec, z[-PEAK:], own.peak, own.mean, own.deviation, long_run_error(own.known_growth), own.depth_mean,
        beta, np.linalg.cholesky(np.linalg.inv(gram)), own.growth[-spec.lags :], common,
        _shock_root(residual, common), len(systems),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Standardised:
    """A series as the equations see it: growth (n,) and depth (n,) in standard deviations of growth."""

    spec: PanelAutoregression
    growth: Floats
    known_growth: Floats
    depth: Floats
    peak: float
    mean: float
    deviation: float
    depth_mean: float

    @classmethod
    def of(cls, z: Floats, spec: PanelAutoregression) -> _Standardised | None:
        """Standardise log levels (n,); None where they carry too few equations."""
        change = np.diff(z, prepend=np.nan)
        recent = change[-spec.window :]
        known = recent[np.isfinite(recent)]
        if len(known) < LEAST_EQUATIONS + spec.lags or not known.std() > 1e-9:
            return None
        mean, deviation = float(known.mean()), float(known.std())
        peak = np.fmax.accumulate(trailing_mean(z, PEAK))
        depth = np.maximum(0.0, peak - trailing_mean(z, SMOOTH)) / deviation
        inside = depth[-spec.window - 1 : -1]
        used = inside[np.isfinite(inside)]
        if len(used) < LEAST_EQUATIONS:
            return None
        return cls(
            spec,
            (change - mean) / deviation,
            known,
            depth,
            float(peak[-1]),
            mean,
            deviation,
            float(used.mean()),
        )

    def equations(self, factor: Floats | None) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
        """Return regressors (m, j), growth (m,) and the months (m,) of the complete equations in the window."""
        columns = [lagged(self.growth, i) for i in range(1, self.spec.lags + 1)]
        if factor is not None:
            columns += [lagged(factor, i) for i in range(1, self.spec.factor_lags + 1)]
        columns.append(lagged(self.depth, 1) - self.depth_mean)
        x = np.stack(columns, axis=1)
        complete = np.isfinite(x).all(axis=1) & np.isfinite(self.growth)
        complete[: -self.spec.window] = False
        rows = np.flatnonzero(complete)
        return x[rows], self.growth[rows], rows


def _standardised(
    spec: PanelAutoregression, y: npt.ArrayLike, panel: npt.ArrayLike | None
) -> tuple[Floats, _Standardised, list[_Standardised]]:
    """Log levels (n,), the series as the equations see it, and the others that carry enough of them."""
    z = np.log(np.asarray(y, dtype=float))
    others = np.empty((len(z), 0)) if panel is None else np.log(np.asarray(panel, dtype=float))
    own = _Standardised.of(z, spec)
    like = [s for s in (_Standardised.of(row, spec) for row in others.T) if s is not None]
    if own is None:
        raise FitError(
            f"a panel autoregression needs {LEAST_EQUATIONS} months with {spec.lags} months of growth before each"
        )
    return z, own, like


def _refuse_gap(spec: PanelAutoregression, z: Floats, factor: Floats | None) -> None:
    known = factor is None or np.isfinite(factor[-spec.factor_lags :]).all()
    if not (np.isfinite(z[-spec.lags - 1 :]).all() and known):
        raise FitError(
            f"a panel autoregression needs the last {spec.lags + 1} months; there is a gap in them"
        )


def _shock_root(residual: Floats, common: CommonFactor | None) -> Floats:
    """Cholesky factor of the covariance of growth's and the factor's shocks in the months that know both."""
    table = residual[None] if common is None else np.stack([residual, common.residual])
    known = table[:, np.isfinite(table).all(axis=0)]
    covariance = known @ known.T / known.shape[1]
    return np.linalg.cholesky(covariance + 1e-9 * np.eye(len(table)))


def _tamed(beta: Floats, lags: int) -> Floats:
    """The estimate with δ ≥ 0, and δ and then the lags halved until it is not explosive."""
    beta = beta.copy()
    beta[-1] = max(beta[-1], 0.0)
    for _ in range(10):
        if not _explosive(beta[None, :lags], beta[-1:])[0]:
            return beta
        beta[-1] /= 2.0
    beta[-1] = 0.0
    beta[:lags] = calmed(beta[:lags])
    return beta


def _explosive(phi: Floats, delta: Floats) -> npt.NDArray[np.bool_]:
    """Whether growth with lags phi (n, p) explodes by itself, or the level does when depth pulls it by delta (n,).

    Below the peak w = z over the deviation of growth follows w_t = w_{t−1} + Σ φ_i Δw_{t−i} − δ(w_{t−1} + w_{t−2} +
    w_{t−3})/3.
    """
    bad = ~stationary(phi)
    level = np.zeros((len(phi), max(phi.shape[1] + 1, SMOOTH)))
    level[:, 0] = 1.0
    level[:, : phi.shape[1]] += phi
    level[:, 1 : phi.shape[1] + 1] -= phi
    level[:, :SMOOTH] -= delta[:, None] / SMOOTH
    pulled = np.flatnonzero(~bad & (delta > 0.0))
    if len(pulled):
        bad[pulled] = ~stationary(level[pulled])
    return np.asarray(bad)
