"""Indicators' missing months by their own autoregressions: what the bridge and the lag regression see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import Floats
from forecast.models.stability import stationary

MAX_LAGS = 6  # chosen: half a year


@dataclass(frozen=True, eq=False)
class Filling:
    """Hold one autoregression per indicator of standardised growth.

    coefficients : (s, p) · residuals : (t, s), 0 where unknown, of the months that the estimate saw
    """

    coefficients: Floats
    residuals: Floats

    @classmethod
    def of(cls, growth: Floats) -> Filling:
        """Estimate by least squares, order 0 to 6 by BIC; growth (t, s) standardised, NaN where unknown."""
        t, s = growth.shape
        coefficients, residuals = np.zeros((s, MAX_LAGS)), np.zeros((t, s))
        for i in range(s):
            x = np.stack([_lagged(growth[:, i], j) for j in range(1, MAX_LAGS + 1)], axis=1)
            rows = np.isfinite(x).all(axis=1) & np.isfinite(growth[:, i])
            phi = _least_bic(x[rows], growth[rows, i])
            coefficients[i, : len(phi)] = phi
            errors = growth[:, i] - x[:, : len(phi)] @ phi
            residuals[:, i] = np.where(np.isfinite(errors), errors, 0.0)
        return cls(coefficients, residuals)

    def filled(self, growth: Floats, shocks: Floats | None = None) -> Floats:
        """Return tables without gaps: each missing cell what its own past says, plus its shock.

        growth : (m, t, s), NaN in the same cells of every table; shocks like it. Months before the first figure are
        0, the mean.
        """
        out = growth.copy()
        missing = np.isnan(growth[0])
        for t in np.flatnonzero(missing.any(axis=1)).tolist():
            gone = np.flatnonzero(missing[t])
            value = np.zeros((len(out), len(gone)))
            for j in range(1, min(t, MAX_LAGS) + 1):
                value += self.coefficients[gone, j - 1] * out[:, t - j, gone]
            out[:, t, gone] = value if shocks is None else value + shocks[:, t, gone]
        return out


def _least_bic(x: Floats, y: Floats) -> Floats:
    """Coefficients of the autoregression of least BIC, halved until stationary."""
    best = np.inf
    least: Floats = np.empty(0)
    for p in range(MAX_LAGS + 1):
        if len(y) < 3 * (p + 1):
            break
        phi = np.asarray(np.linalg.lstsq(x[:, :p], y, rcond=None)[0], dtype=float)
        loss = float(np.square(y - x[:, :p] @ phi).sum())
        bic = len(y) * np.log(max(loss, 1e-300) / len(y)) + p * np.log(len(y))
        if bic < best:
            best, least = bic, phi
    while len(least) and not stationary(least[None])[0]:
        least = least / 2.0
    return least


def _lagged(values: Floats, i: int) -> Floats:
    return np.concatenate([np.full(i, np.nan), values[:-i]])
