"""What is linear in a seasonal ARIMA, concentrated out of cross products: σ², drift and regression coefficients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import Floats, Rows
from forecast.models.sarima.sample import Sample


@dataclass(frozen=True, eq=False)
class Concentrated:
    """Hold σ² (points,) and coefficients on the sample's basis (points, j), in units of the modelled scale."""

    sigma2: Floats
    beta: Floats


def concentrate(s: Sample, row: int | Rows, cross: Floats) -> Concentrated:
    """Solve for β and σ² from cross products (points, C, C), of which the upper triangle is read.

    row : the history of all points, or of each
    """
    right = cross[:, 0, 1:]
    root = _inverse_root(_symmetric(cross[:, 1:, 1:]))
    beta = (root @ (root.transpose(0, 2, 1) @ right[..., None]))[..., 0]
    left = cross[:, 0, 0] - np.einsum("pj,pj->p", right, beta)
    sigma2 = np.maximum(left, np.finfo(float).eps * cross[:, 0, 0]) / s.nobs
    scale = np.atleast_1d(s.scale[row])
    return Concentrated(sigma2 * scale**2, beta * scale[:, None])


def on_levels(s: Sample, row: int, beta: Floats) -> Floats:
    """Turn coefficients on the basis, (j,), into those of the level columns."""
    return np.asarray(s.least_squares[row] + s.mixing @ beta)


def beta_root(s: Sample, cross: Floats, uncertain: bool, drift_inflation: float | Floats) -> Floats:
    """Root of the covariance over σ² of β on the basis, (points, j, j); not `uncertain`: of missing months alone.

    drift_inflation : of all points, or (points,) of each
    """
    C, gaps = cross.shape[1], s.gaps
    columns = C - 1 if uncertain else gaps
    out = np.zeros((len(cross), C - 1, C - 1))
    if not columns:
        return out
    out[:, :columns, :columns] = _inverse_root(_symmetric(cross[:, 1 : columns + 1, 1 : columns + 1]))
    if uncertain and np.any(drift_inflation != 1.0):
        stretch = np.ones((len(cross), C - 1))
        stretch[:, gaps] = drift_inflation
        out = np.linalg.solve(s.mixing, stretch[:, :, None] * s.mixing) @ out
    return out


def _inverse_root(information: Floats) -> Floats:
    """Root of the inverse of (points, j, j), of which an AR root next to one may leave a column without information."""
    try:
        return np.asarray(np.linalg.inv(np.linalg.cholesky(information)).transpose(0, 2, 1))
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh(information)
        least = np.finfo(float).eps * values[:, -1:]
        return np.asarray(vectors / np.sqrt(np.maximum(values, least))[:, None, :])


def _symmetric(upper: Floats) -> Floats:
    """Fill (…, j, j) from its upper triangle."""
    upper_part = np.triu(upper)
    return np.asarray(upper_part + np.triu(upper, 1).swapaxes(-1, -2))
