"""Autoregression with drift of the growth of the adjusted level, its order by AIC, its parameters drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats
from forecast.errors import FitError
from forecast.models.dated import Dated, moved
from forecast.models.heavy_shock import HeavyShock, heavy_shock
from forecast.parallel import one_thread

LEAST_GROWTH_RATES = 36


@dataclass(frozen=True)
class Autoregression:
    """Δz_t = c + Σ φ_i Δz_{t−i} + e_t on the last `window` months; p is the one of `orders` with the least AIC.

    heavy_shocks : let a month beyond all experience raise the scale of e_t, which then decays (`models.heavy_shock`)
    """

    orders: tuple[int, ...] = (0, 1, 2, 3, 4, 6, 12, 13)
    window: int = 240
    heavy_shocks: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class AutoregressionFit(Dated):
    """An autoregression anchored at `last`, the log level of the last month.

    coefficients : (p + 1,) constant first · factor : Cholesky factor of (X'X)⁻¹, (p + 1, p + 1)
    recent : (p,) latest growth first · sigma2 : innovation variance on `freedom` degrees, heavy shocks aside
    shock : a heavy shock of the last two years, whose scale still widens the coming months
    """

    spec: Autoregression
    last: float
    coefficients: Floats
    factor: Floats
    recent: Floats
    sigma2: float
    freedom: int
    shock: HeavyShock | None

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points.

        Parameters follow their normal–inverse-χ² posterior under a flat prior; a draw that is not stationary takes
        the estimate instead. Shocks are Gaussian, on the scale that a heavy one has left.
        """
        p = len(self.recent)
        sigma = np.sqrt(self.freedom * self.sigma2 / rng.chisquare(self.freedom, size=(n, 1)))
        draws = self.coefficients + sigma * (rng.standard_normal((n, p + 1)) @ self.factor.T)
        draws[~stationary(draws[:, 1:])] = self.coefficients
        shocks = sigma * rng.standard_normal((n, horizon))
        if self.shock is not None:
            shocks *= self.shock.ahead(horizon, n, rng)
        growth = np.empty((n, p + horizon))
        growth[:, :p] = self.recent[::-1]
        for h in range(horizon):
            past = growth[:, h : h + p][:, ::-1]
            growth[:, p + h] = draws[:, 0] + (draws[:, 1:] * past).sum(axis=1) + shocks[:, h]
        return np.asarray(np.exp(self.last + np.cumsum(growth[:, p:], axis=1)))

    @one_thread
    def updated(
        self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None
    ) -> AutoregressionFit:
        """Return the same coefficients and spread after the last p + 1 months of other levels y, (n,) index points.

        Raises FitError for a gap in them.
        """
        fit, values, _ = moved(self, y)
        last, recent = _anchor(np.log(values), len(self.recent))
        return replace(fit, last=last, recent=recent)

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
    chosen one is estimated on all it can use. A missing month drops the equations it enters; where asked for, the
    months of a heavy shock count by the inverse of their squared scale. Raises FitError with fewer than 36 growth
    rates, where growth does not vary, or for a gap in the last p months.
    """
    z = np.log(np.asarray(y, dtype=float))
    growth = np.diff(z)[-spec.window :]
    count = int(np.isfinite(growth).sum())
    if count < LEAST_GROWTH_RATES:
        raise FitError(f"an autoregression needs {LEAST_GROWTH_RATES} monthly growth rates, found {count}")
    usable = [p for p in spec.orders if count >= 3 * p + 12]
    longest = max(usable)
    common = {p: found for p in usable if (found := _least_squares(growth, p, longest)) is not None}
    own = {p: found for p in common if (found := _least_squares(growth, p, p)) is not None}
    if not own:
        raise FitError("growth does not vary; an autoregression cannot be estimated")
    calm = [p for p in own if stationary(own[p].beta[None, 1:])[0]]
    if not calm:
        raise FitError(f"an autoregression of any of the orders {usable} explodes on this growth")
    p = min(calm, key=lambda order: common[order].aic)
    chosen = own[p]
    shock = heavy_shock(_innovations(growth, chosen.beta)) if spec.heavy_shocks else None
    if shock is not None:
        chosen = _least_squares(growth, p, p, shock.sample) or chosen
        shock = heavy_shock(_innovations(growth, chosen.beta)) or shock
    last, recent = _anchor(z, p)
    freedom = chosen.n - p - 1
    factor = np.linalg.cholesky(np.linalg.inv(chosen.gram))
    return AutoregressionFit(spec, last, chosen.beta, factor, recent, chosen.sse / freedom, freedom, shock)


def _anchor(z: Floats, p: int) -> tuple[float, Floats]:
    """The last log level and the last p growth rates, latest first."""
    recent = np.diff(z)[len(z) - 1 - p :][::-1]
    if not (np.isfinite(recent).all() and np.isfinite(z[-1])):
        raise FitError(
            f"an autoregression of order {p} needs the last {p + 1} months; the series has a gap there"
        )
    return float(z[-1]), recent


@dataclass(frozen=True, eq=False)
class _Regression:
    beta: Floats
    gram: Floats
    sse: float
    n: int

    @property
    def aic(self) -> float:
        return self.n * float(np.log(self.sse / self.n)) + 2.0 * len(self.beta)


def _innovations(growth: Floats, beta: Floats) -> Floats:
    """What a constant and lags leave of growth, (m,), NaN in the first months and about gaps."""
    p = len(beta) - 1
    left = np.full(len(growth), np.nan)
    left[p:] = growth[p:] - beta[0]
    for i in range(1, p + 1):
        left[p:] -= beta[i] * growth[p - i : len(growth) - i]
    return left


def _least_squares(growth: Floats, p: int, skip: int, scale: Floats | None = None) -> _Regression | None:
    """Regress growth on a constant and p lags, leaving out the first `skip` months and incomplete equations.

    None where the equations do not tell the coefficients, or nothing is left of growth: it does not vary there.

    scale : (m,) relative standard deviations of the innovations, by which the equations are divided
    """
    columns = [np.ones(len(growth) - skip), *(growth[skip - i : len(growth) - i] for i in range(1, p + 1))]
    x, y = np.stack(columns, axis=1), growth[skip:]
    known = np.isfinite(x).all(axis=1) & np.isfinite(y)
    x, y = x[known], y[known]
    if scale is not None:
        of_known = scale[skip:][known]
        x, y = x / of_known[:, None], y / of_known
    gram = x.T @ x
    if np.linalg.cond(gram) > 1e14:
        return None
    beta = np.linalg.solve(gram, x.T @ y)
    sse = float(np.square(y - x @ beta).sum())
    return _Regression(beta, gram, sse, len(y)) if sse > 0.0 else None


def stationary(phi: Floats) -> npt.NDArray[np.bool_]:
    """Whether each row of lag coefficients (n, p) has all its roots outside the unit circle.

    True where every partial autocorrelation of the step-down recursion φ_{m−1,j} = (φ_{m,j} + φ_{mm} φ_{m,m−j})/
    (1 − φ_{mm}²) lies inside (−1, 1): Barndorff-Nielsen & Schou 1973, doi:10.1016/0047-259X(73)90030-4. It decides
    as the eigenvalues of the companion matrix do, at a thirtieth of their time.
    """
    lower = phi.copy()
    inside = np.ones(len(phi), dtype=bool)
    for m in range(phi.shape[1], 0, -1):
        last = lower[:, m - 1 : m]
        inside &= np.abs(last[:, 0]) < 1.0
        last = np.where(inside[:, None], last, 0.0)
        rest = lower[:, : m - 1]
        lower = (rest + last * rest[:, ::-1]) / (1.0 - np.square(last))
    return inside
