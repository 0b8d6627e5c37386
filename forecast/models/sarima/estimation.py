"""Estimation of a seasonal ARIMA by exact maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecast.errors import FitError
from forecast.models.sarima.spec import Sarima

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SarimaFit:
    """An estimated seasonal ARIMA, anchored at the last month of its sample."""

    spec: Sarima
    params: Floats
    standard_errors: Floats
    beta: Floats
    loglike: float
    sigma2: float
    aicc: float
    converged: bool
    status: str
    nobs: int
    residuals: Floats
    _result: Any

    def simulate(
        self,
        horizon: int,
        n: int,
        rng: np.random.Generator,
        x: Floats | None = None,
        innovations: Floats | None = None,
    ) -> Floats:
        """Draw n joint paths of the level after the sample, (n, horizon) index points."""
        raise NotImplementedError

    def summary(self) -> dict[str, Any]:
        """Return orders, coefficients and how the fit went, ready for JSON."""
        return {
            "model": str(self.spec),
            "loglike": self.loglike,
            "aicc": self.aicc,
            "converged": self.converged,
        }


def fit(
    spec: Sarima,
    y: npt.ArrayLike,
    x: npt.ArrayLike | None = None,
    *,
    rng: np.random.Generator | None = None,
    start: npt.ArrayLike | None = None,
) -> SarimaFit:
    """Estimate a seasonal ARIMA."""
    model = _model(spec, y, x)
    result = model.fit(disp=0)
    k, n = spec.n_coefficients, int(model.nobs)
    beta = len(result.params) - k
    count = len(result.params) + 1
    return SarimaFit(
        spec,
        result.params[beta:],
        result.bse[beta:],
        result.params[:beta],
        float(result.llf),
        float(result.scale),
        float(-2 * result.llf + 2 * count * n / (n - count - 1)),
        bool(result.mle_retvals["converged"]),
        "converged" if result.mle_retvals["converged"] else "stalled",
        n,
        np.asarray(result.resid),
        result,
    )


def loglike(spec: Sarima, params: npt.ArrayLike, y: npt.ArrayLike, x: npt.ArrayLike | None = None) -> float:
    """Evaluate the exact log-likelihood at params (AR, MA, seasonal AR, seasonal MA)."""
    raise NotImplementedError


def fit_draws(spec: Sarima, values: npt.ArrayLike, x: npt.ArrayLike | None = None) -> list[SarimaFit]:
    """Estimate one spec on many histories, values (k, m)."""
    return [fit(spec, y, x) for y in np.asarray(values, dtype=float)]


def _model(spec: Sarima, y: npt.ArrayLike, x: npt.ArrayLike | None) -> SARIMAX:
    values = np.asarray(y, dtype=float)
    if not np.isfinite(values).any():
        raise FitError("the series has no observed month")
    z = np.log(values) if spec.log else values
    p, d, q = spec.order
    P, D, Q = spec.seasonal
    columns = [] if x is None else list(np.asarray(x, dtype=float).T)
    for _ in range(d):
        z, columns = np.diff(z), [np.diff(c) for c in columns]
    for _ in range(D):
        s = spec.period
        z, columns = z[s:] - z[:-s], [c[s:] - c[:-s] for c in columns]
    if spec.has_drift:
        columns.append(np.ones(len(z)))
    return SARIMAX(
        z,
        exog=np.column_stack(columns) if columns else None,
        order=(p, 0, q),
        seasonal_order=(P, 0, Q, spec.period if P + Q else 0),
        concentrate_scale=True,
    )
