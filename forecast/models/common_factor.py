"""The common factor of a panel: its mean growth, an autoregression of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.arrays import Floats, Rows
from forecast.models.stability import calmed, stationary
from forecast.models.standardised import lagged

RIDGE = 1e-4
"""Keeps the moments invertible; standardised growth has variance 1. chosen: far under the standard error of a
moment."""


@dataclass(frozen=True, eq=False)
class CommonFactor:
    """The factor's autoregression: coefficients (p,), their Cholesky factor (p, p) and its last p months."""

    coefficients: Floats
    root: Floats
    recent: Floats


def added(
    factors: Sequence[CommonFactor], of: Rows, shocks: Floats, gamma: Floats, normals: Floats
) -> Floats:
    """Return what the factor adds to standardised growth on simulated paths, (horizon, n).

    of : (n,) the factor of each path · shocks : (horizon, n) to it · gamma : (n, p) weights of its last p months in
    the growth of the series · normals : (n, p) from which coefficients are drawn; an explosive draw takes the
    estimate instead
    """
    horizon, n = shocks.shape
    estimate = np.stack([one.coefficients for one in factors])[of]
    p = estimate.shape[1]
    root = np.stack([one.root for one in factors])
    draws = estimate + np.einsum("npq,nq->np", root[of], normals)
    draws = np.where(stationary(draws)[:, None], draws, estimate)
    latest_last, weights = (np.ascontiguousarray(phi[:, ::-1].T) for phi in (draws, gamma))
    path = np.empty((p + horizon, n))
    path[:p] = np.stack([one.recent for one in factors])[of].T
    out = np.empty((horizon, n))
    for h in range(horizon):
        past = path[h : h + p]
        out[h] = (weights * past).sum(axis=0)
        path[p + h] = (latest_last * past).sum(axis=0) + shocks[h]
    return out


def fit_factors(factor: Floats, lags: int, window: int) -> tuple[list[CommonFactor], Floats]:
    """Estimate the autoregressions of factors (k, n), the same months known in each, on the last `window` months.

    Returns them and their residuals in those months, (k, m), NaN where unknown.
    """
    x, y = lagged(factor, lags, window), factor[:, -window:]
    complete = np.isfinite(x[0]).all(axis=0) & np.isfinite(y[0])
    a, b = x[:, :, complete], y[:, complete]
    gram = a @ a.transpose(0, 2, 1) + RIDGE * np.eye(lags)
    beta = np.asarray(np.linalg.solve(gram, a @ b[:, :, None])[:, :, 0], dtype=np.float64)
    for row in np.flatnonzero(~stationary(beta)):
        beta[row] = calmed(beta[row])
    residual = np.full(y.shape, np.nan)
    residual[:, complete] = b - (beta[:, None] @ a)[:, 0]
    spread = residual[:, complete].std(axis=1)
    root = np.linalg.cholesky(np.linalg.inv(gram)) * spread[:, None, None]
    parts = zip(beta, root, factor[:, -lags:], strict=True)
    return [CommonFactor(*one) for one in parts], residual
