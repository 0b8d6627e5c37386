"""The common factor of a panel: its mean growth, an autoregression of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.arrays import Floats
from forecast.models.autoregression import stationary

RIDGE = 1e-4
"""Keeps the moments invertible; standardised growth has variance 1."""


@dataclass(frozen=True, eq=False)
class CommonFactor:
    """The factor's autoregression: coefficients (p,), their Cholesky factor, its last p months and its residuals."""

    coefficients: Floats
    root: Floats
    recent: Floats
    residual: Floats  # (n,) on all months, NaN where unknown

    def added(self, shocks: Floats, gamma: Floats, rng: np.random.Generator) -> Floats:
        """Return what the factor adds to standardised growth on simulated paths, (n, horizon).

        shocks : (n, horizon) to the factor · gamma : (n, p) weights of its last p months in the growth of the series
        Coefficients are drawn; an explosive draw takes the estimate instead.
        """
        n, horizon = shocks.shape
        p = len(self.coefficients)
        draws = self.coefficients + rng.standard_normal((n, p)) @ self.root.T
        draws[~stationary(draws)] = self.coefficients
        path = np.concatenate([np.tile(self.recent, (n, 1)), np.empty((n, horizon))], axis=1)
        added = np.empty((n, horizon))
        for h in range(horizon):
            past = path[:, h : h + p][:, ::-1]
            added[:, h] = (gamma * past).sum(axis=1)
            path[:, p + h] = (draws * past).sum(axis=1) + shocks[:, h]
        return added


def fit_factor(factor: Floats, lags: int, window: int) -> CommonFactor:
    """Estimate the autoregression of a factor, (n,) with NaN where unknown, on its last `window` months."""
    x = np.stack([lagged(factor, i) for i in range(1, lags + 1)], axis=1)
    complete = np.isfinite(x).all(axis=1) & np.isfinite(factor)
    complete[:-window] = False
    a, b = x[complete], factor[complete]
    gram = a.T @ a + RIDGE * np.eye(lags)
    beta = calmed(np.asarray(np.linalg.solve(gram, a.T @ b)))
    residual = np.full(len(factor), np.nan)
    residual[complete] = b - a @ beta
    root = np.asarray(np.linalg.cholesky(np.linalg.inv(gram))) * float(np.nanstd(residual))
    return CommonFactor(beta, np.asarray(root), factor[-lags:], residual)


def mean_growth(growth: Sequence[Floats]) -> Floats:
    """Return the mean of the series known in each month, each (n,), as (n,); NaN where none is."""
    table = np.stack(growth)
    known = np.isfinite(table)
    count = known.sum(axis=0)
    total = np.where(known, table, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def lagged(values: Floats, i: int) -> Floats:
    """Return values (n,) of i months before, NaN in the first i."""
    return np.concatenate([np.full(i, np.nan), values[:-i]])


def calmed(phi: Floats) -> Floats:
    """Return lag coefficients (p,) halved until growth by them alone dies out.

    One month beyond all experience, such as April 2020, can teach an estimate that explodes.
    """
    while not stationary(phi[None])[0]:
        phi = phi / 2.0
    return phi
