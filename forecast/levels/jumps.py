"""Jumps: months in which output moves far more than in others, such as that of a lockdown; found by the figures.

The steps of the level and the irregular parts of a month have λ_t times their usual standard deviation, in all series,
λ_t = 1 but for few months: a scale mixture, whose heavy part is chosen month by month. With U_t the figures' loadings
on the month's steps and irregular parts, S → S + (λ² − 1)·U_t U_tᵀ, so that the log marginal likelihood gains

    −½ log|I + δC| + ½ δ bᵀ(I + δC)⁻¹b,   δ = λ² − 1,  C = UᵀS⁻¹U,  b = UᵀS⁻¹·residual

Without it one month bends what all years have in common: the season of its calendar month, and the noise.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.levels.likelihood import Linear, covariance, lower_root
from forecast.levels.prior import Covariances, Kernels, Parameter, covariances

SCALES = np.geomspace(2.0, 100.0, 12)
"""λ tried; chosen: from twice as wide to a month in which an industry stands still."""

LEAST_GAIN = 10.0
"""Log marginal likelihood that a jump has to gain; chosen: a month of five standard deviations, one of a million."""

MOST = 12
"""Jumps at most; chosen: a year of them."""

_MOVED = ("level", "irregular")


def widened(kernels: Kernels, scale: Floats) -> Kernels:
    """Return the kernels with λ_t (months + horizon,) in the months' steps and irregular parts."""
    into = np.append(scale[1:], 1.0)  # a step's column is that of the month before it
    factors = dict(kernels.factors)
    factors["level"] = factors["level"] * into
    factors["irregular"] = factors["irregular"] * scale
    return replace(kernels, factors=factors)


def likeliest(
    linear: Linear, given: tuple[Parameter, ...], values: Floats, scale: Floats
) -> tuple[int, float] | None:
    """Return the month whose jump gains most, and its λ; None where none gains enough.

    scale : (months + horizon,) λ so far; a month that has jumped does so no more
    """
    across = covariances(given, values, len(linear.rows))
    lower = lower_root(covariance(linear, across))
    loadings = _loadings(linear, across, lower)  # C = UᵀU and b = Uᵀz of what L⁻¹ makes white
    white = scipy.linalg.solve_triangular(lower, linear.residual, lower=True, check_finite=False)
    roots, vectors = np.linalg.eigh(loadings.mT @ loadings)
    squares = np.square(vectors.mT @ (loadings.mT @ white)[:, :, None]).mT  # (months, 1, 2p)
    roots = np.maximum(roots, 0.0)[:, None, :]
    delta = np.square(SCALES)[:, None] - 1.0
    gain = 0.5 * (delta * squares / (1.0 + delta * roots) - np.log1p(delta * roots)).sum(axis=2)
    gain[scale != 1.0] = 0.0
    t, chosen = divmod(int(gain.argmax()), len(SCALES))
    return (t, float(SCALES[chosen])) if gain[t, chosen] > LEAST_GAIN else None


def _loadings(linear: Linear, across: Covariances, lower: Floats) -> Floats:
    """L⁻¹ of the figures' loadings on step and irregular part of each month, (months + horizon, n, 2p)."""
    p = len(linear.rows)
    parts = []
    for component in _MOVED:
        factor, root = linear.factors[component], np.linalg.cholesky(across.across[component])
        if component == "level":  # a step's column is that of the month before it
            factor = np.concatenate([np.zeros((len(factor), 1)), factor[:, :-1]], axis=1)
        for column in range(p):
            of = np.concatenate(
                [np.full(rows.stop - rows.start, root[i, column]) for i, rows in enumerate(linear.rows)]
            )
            parts.append(of[:, None] * factor)
    solved = [
        scipy.linalg.solve_triangular(lower, part, lower=True, check_finite=False, overwrite_b=True)
        for part in parts
    ]
    return np.asarray(np.stack(solved, axis=2).swapaxes(0, 1))
