"""Autoregression with drift of the growth of the adjusted level, its order by AIC, its parameters drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, Rows
from forecast.errors import FitError, GapError
from forecast.models.dated import Dated, moved
from forecast.models.draws import Found, fitted, only, simulated, stacked
from forecast.models.lag_regression import Regressions, complete, regress
from forecast.models.stability import stationary
from forecast.parallel import one_thread
from forecast.shocks import Aftermath, calmed

LEAST_GROWTH_RATES = 36  # chosen: three years, twice the longest lag and more
LEAST_EQUATIONS = 12  # beside two for each lag; chosen: those of a year


@dataclass(frozen=True)
class Autoregression:
    """Δz_t = c + Σ φ_i Δz_{t−i} + e_t on the last `window` months; p is the one of `orders` with the least AIC."""

    orders: tuple[int, ...] = (0, 1, 2, 3, 4, 6, 12, 13)
    window: int = 240


@dataclass(frozen=True, eq=False, repr=False)
class AutoregressionFit(Dated):
    """An autoregression anchored at `last`, the log level of the last month.

    coefficients : (p + 1,) constant first · factor : Cholesky factor of (X'X)⁻¹, (p + 1, p + 1)
    recent : (p,) latest growth first, its shocks at what they teach · sigma2 : innovation variance on `freedom` degrees
    after : what a shock of the last two years left, which still widens the coming months
    """

    spec: Autoregression
    last: float
    coefficients: Floats
    factor: Floats
    recent: Floats
    sigma2: float
    freedom: int
    after: Aftermath | None

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points.

        Parameters follow their normal–inverse-χ² posterior under a flat prior; a draw that is not stationary takes
        the estimate instead. Innovations are Gaussian, on the scale that a shock has left.
        """
        return simulate_draws([self], horizon, [n], [rng])

    @one_thread
    def updated(
        self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None
    ) -> AutoregressionFit:
        """Return the same coefficients and spread after the last p + 1 months of other levels y, (n,) index points.

        Raises GapError for a gap in them.
        """
        fit, values, _ = moved(self, y)
        seen = calmed(np.log(values)[None])
        last, recent = _anchor(seen.levels, seen.growth(self.spec.window), len(self.recent))
        return replace(fit, last=float(last[0]), recent=recent[0], after=seen.aftermaths()[0])

    def summary(self) -> dict[str, Any]:
        """Return order, coefficients and innovation spread in percent a month."""
        return {
            "lags": len(self.recent),
            "coefficients": self.coefficients[1:].tolist(),
            "constant_pct": 100.0 * float(self.coefficients[0]),
            "innovation_sd_pct": 100.0 * float(np.sqrt(self.sigma2)),
        }


@one_thread
def fit(spec: Autoregression, y: npt.ArrayLike) -> AutoregressionFit:
    """Estimate by least squares on log growth of y, (n,) index points without gaps at the end.

    All orders are compared on the same months by AIC = n log(SSE/n) + 2(p + 1) (Akaike 1974,
    doi:10.1109/TAC.1974.1100705), but for those whose estimate explodes or that a long flat stretch leaves open; the
    chosen one is estimated on all it can use. A missing month drops the equations it enters, and an order that is left
    fewer than 12 + 2p is not compared; of a
    shock's month counts what it teaches (`forecast.shocks`). Raises FitError with fewer than 36 growth
    rates or where growth does not vary, GapError for a gap in the last p months.
    """
    return only(fit_draws(spec, np.asarray(y, dtype=float)[None]))


def fit_draws(spec: Autoregression, y: Floats) -> Found[AutoregressionFit]:
    """Fit every draw of the level, (k, n) index points, as `fit` does one."""
    z = np.log(y)
    return fitted(np.isfinite(z), lambda rows: _fit_alike(spec, z[rows]))


def _fit_alike(spec: Autoregression, z: Floats) -> list[AutoregressionFit | FitError]:
    """Fit log levels (k, n) with the same months known."""
    seen = calmed(z)
    growth, after = seen.growth(spec.window), seen.aftermaths()
    count = int(np.isfinite(growth[0]).sum())
    if count < LEAST_GROWTH_RATES:
        raise FitError(f"an autoregression needs {LEAST_GROWTH_RATES} monthly growth rates, found {count}")
    usable = [p for p in spec.orders if complete(growth, p).sum() >= 2 * p + LEAST_EQUATIONS]
    if not usable:
        raise FitError(f"an autoregression of any of the orders {list(spec.orders)} needs a longer history")
    aic = np.stack([regress(growth, p, max(usable)).aic for p in usable])  # (orders, k)
    own = [regress(growth, p, p) for p in usable]
    told = np.isfinite(aic) & [of.told for of in own]
    calm = told & [stationary(of.beta[:, 1:]) for of in own]
    best = np.where(calm, aic, np.inf).argmin(axis=0)
    found: list[AutoregressionFit | FitError] = [
        FitError(f"an autoregression of any of the orders {usable} explodes on this growth")
        if any(of_draw)
        else FitError("growth does not vary; an autoregression cannot be estimated")
        for of_draw in told.T
    ]
    for order in np.unique(best[calm.any(axis=0)]).tolist():
        rows = np.flatnonzero((best == order) & calm.any(axis=0))
        settled = _settled(spec, z[rows], growth[rows], own[order].of(rows), [after[row] for row in rows])
        for row, one in zip(rows.tolist(), settled, strict=True):
            found[row] = one
    return found


def _settled(
    spec: Autoregression, z: Floats, growth: Floats, chosen: Regressions, after: list[Aftermath | None]
) -> list[AutoregressionFit | FitError]:
    """The fits of one order after log levels (k, n) and their growth (k, m), its shocks at what they teach."""
    p = chosen.beta.shape[1] - 1
    try:
        last, recent = _anchor(z, growth, p)
    except FitError as error:
        return [error] * len(z)
    freedom = chosen.n - p - 1
    factor = np.linalg.cholesky(np.linalg.inv(chosen.gram))
    return [
        AutoregressionFit(
            spec, float(last[i]), chosen.beta[i], factor[i], recent[i], float(chosen.sse[i]) / freedom, freedom, left
        )
        for i, left in enumerate(after)
    ]  # fmt: skip


def simulate_draws(
    fits: Sequence[AutoregressionFit],
    horizon: int,
    counts: Sequence[int],
    rngs: Sequence[np.random.Generator],
    x: Floats | None = None,
) -> Floats:
    """Draw counts[i] paths of each fit from its own generator, (Σ counts, horizon) index points."""
    return simulated(
        fits, horizon, counts, rngs, lambda fit, _: len(fit.recent),
        lambda some, of, own: _simulate_alike(some, horizon, of, own),
    )  # fmt: skip


def _simulate_alike(
    fits: list[AutoregressionFit], horizon: int, of: Rows, rngs: list[np.random.Generator]
) -> Floats:
    """Simulate fits of one order, row r being a path of fit of[r]."""
    p = len(fits[0].recent)
    sigma, away, shocks = [], [], []
    for fit, rng, n in zip(fits, rngs, np.bincount(of, minlength=len(fits)).tolist(), strict=True):
        own = np.sqrt(fit.freedom * fit.sigma2 / rng.chisquare(fit.freedom, size=(n, 1)))
        sigma.append(own)
        away.append(rng.standard_normal((n, p + 1)) @ fit.factor.T)
        scale = own if fit.after is None else own * fit.after.ahead(horizon, n, rng)
        shocks.append(scale * rng.standard_normal((n, horizon)))
    estimate = np.stack([fit.coefficients for fit in fits])[of]
    draws = estimate + stacked(sigma) * stacked(away)
    draws = np.where(stationary(draws[:, 1:])[:, None], draws, estimate)
    growth = np.empty((p + horizon, len(of)))  # a row a month: what is added up lies side by side
    growth[:p] = np.stack([fit.recent[::-1] for fit in fits])[of].T
    growth[p:] = stacked(shocks).T
    constant, phi = draws[:, 0], np.ascontiguousarray(draws[:, :0:-1].T)
    for h in range(horizon):
        growth[p + h] += constant + (phi * growth[h : h + p]).sum(axis=0)
    last = np.array([fit.last for fit in fits])[of]
    return np.asarray(np.exp(last[:, None] + np.cumsum(growth[p:], axis=0).T))


def _anchor(z: Floats, growth: Floats, p: int) -> tuple[Floats, Floats]:
    """The last log levels (k,) of z (k, n) and the last p rates of growth (k, m), (k, p), latest first."""
    recent = growth[:, growth.shape[1] - p :][:, ::-1]
    if not (np.isfinite(recent).all() and np.isfinite(z[:, -1]).all()):
        raise GapError(
            f"an autoregression of order {p} needs the last {p + 1} months; the series has a gap there"
        )
    return z[:, -1], recent
