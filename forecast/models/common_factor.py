"""What a panel shares: its mean growth and what indicators say, a vector autoregression of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.arrays import Floats, Rows
from forecast.models.stability import calmed, dies_out
from forecast.models.standardised import lagged

RIDGE = 1e-4
"""Keeps the moments invertible; standardised growth has variance 1. chosen: far under the standard error of a
moment."""

LEAST_SAID = 1.0
"""Months of growth of usual size in which a factor, at least, tells more than all else, as a prior at 0 on weights with
fewer: beside a near copy of the target they would be weights of its rounding. chosen: under the least of the panels of
the US (7.3), Europe (1.5) and Germany (1.8), of Bắc Ninh's draws (1.4) and of US indicators alone (1.2, a spread of
rates)."""


@dataclass(frozen=True, eq=False)
class CommonFactors:
    """The vector autoregression of m factors on their last p months.

    coefficients : (m, m·p), a row for each factor, in it the lags of the first factor, of the second, …
    roots : their Cholesky factors, (m, m·p, m·p) · recent : (m, p) last months, latest last
    """

    coefficients: Floats
    roots: Floats
    recent: Floats


def added(
    factors: Sequence[CommonFactors], of: Rows, shocks: Floats, gamma: Floats, normals: Floats
) -> Floats:
    """Return what the factors add to standardised growth on simulated paths, (horizon, n).

    of : (n,) the factors of each path · shocks : (horizon, n, m) to them · gamma : (n, m·p) weights of their last p
    months in the growth of the series · normals : (n, m, m·p) from which coefficients are drawn; an explosive draw
    takes the estimate instead
    """
    horizon, n, m = shocks.shape
    draws = _drawn(factors, of, normals)
    p = draws.shape[2] // m
    of_growth = _latest_last(gamma, m)
    of_factor = [_latest_last(draws[:, i], m) for i in range(m)]
    path = np.empty((m, p + horizon, n))
    path[:, :p] = np.stack([one.recent for one in factors])[of].transpose(1, 2, 0)
    out = np.empty((horizon, n))
    for h in range(horizon):
        past = path[:, h : h + p]
        out[h] = (of_growth * past).sum(axis=(0, 1))
        for i, weights in enumerate(of_factor):
            path[i, p + h] = (weights * past).sum(axis=(0, 1)) + shocks[h, :, i]
    return out


def _drawn(factors: Sequence[CommonFactors], of: Rows, normals: Floats) -> Floats:
    """Coefficients drawn around their estimates, (n, m, m·p)."""
    estimate = np.stack([one.coefficients for one in factors])[of]
    roots = np.stack([one.roots for one in factors])
    draws = estimate + np.einsum("nipq,niq->nip", roots[of], normals)
    return np.where(dies_out(draws)[:, None, None], draws, estimate)


def _latest_last(weights: Floats, m: int) -> Floats:
    """Weights (n, m·p) of m factors by lag as (m, p, n), those of the first lag last."""
    return np.ascontiguousarray(weights.reshape(len(weights), m, -1)[:, :, ::-1].transpose(1, 2, 0))


def fit_factors(factors: Floats, lags: int, window: int) -> tuple[list[CommonFactors], Floats]:
    """Estimate the vector autoregressions of k draws of m factors (k, m, n), the same months known in each.

    Returns them and their residuals in the last `window` months, (k, m, w), NaN where unknown.
    """
    k, m, _ = factors.shape
    y = factors[:, :, -window:]
    x = lagged(factors, lags, window).reshape(k, m * lags, -1)
    complete = np.isfinite(x[0]).all(axis=0) & np.isfinite(y[0]).all(axis=0)
    a, b = x[:, :, complete], y[:, :, complete]
    gram = a @ a.transpose(0, 2, 1) + RIDGE * np.eye(m * lags)
    beta = np.asarray(np.linalg.solve(gram, a @ b.transpose(0, 2, 1)).transpose(0, 2, 1), dtype=np.float64)
    for row in np.flatnonzero(~dies_out(beta)):
        beta[row] = calmed(beta[row])
    residual = np.full(y.shape, np.nan)
    residual[:, :, complete] = b - beta @ a
    spread = residual[:, :, complete].std(axis=2)
    roots = np.linalg.cholesky(np.linalg.inv(gram))[:, None] * spread[:, :, None, None]
    parts = zip(beta, roots, factors[:, :, -lags:], strict=True)
    return [CommonFactors(*one) for one in parts], residual


def told_apart(moments: Floats, first: int, lags: int) -> Floats:
    """Return moments (k, j, j) in which a factor, rows `first` and on, says at least `LEAST_SAID` of its own.

    That is its moments less what a regression on all else explains (Schur's complement), by their eigenvalues.
    """
    end = first + lags
    shared, rest = np.arange(first, end), np.r_[:first, end : moments.shape[1]]
    beside = moments[:, shared[:, None], rest]
    explained = beside @ np.linalg.solve(moments[:, rest[:, None], rest], beside.swapaxes(1, 2))
    values, vectors = np.linalg.eigh(moments[:, shared[:, None], shared] - explained)
    lacking = np.maximum(LEAST_SAID - values, 0.0)
    raised = moments.copy()
    for row in np.flatnonzero(lacking.any(axis=1)):  # the others keep every bit
        raised[row, first:end, first:end] += (vectors[row] * lacking[row]) @ vectors[row].T
    return raised
