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
from forecast.levels.prior import Kernels, Parameter, covariances

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
    alpha = scipy.linalg.cho_solve((lower, True), linear.residual)
    best = LEAST_GAIN
    chosen: tuple[int, float] | None = None
    roots_of = {c: _of_figures(linear, across.across[c]) for c in _MOVED}
    for t in np.flatnonzero(scale == 1.0).tolist():
        loadings = _loadings(linear, roots_of, t)
        if not loadings.any():
            continue
        roots, vectors = np.linalg.eigh(loadings.T @ scipy.linalg.cho_solve((lower, True), loadings))
        squares = np.square(vectors.T @ (loadings.T @ alpha))
        delta = np.square(SCALES)[:, None] - 1.0
        gain = 0.5 * (delta * squares / (1.0 + delta * roots) - np.log1p(delta * np.maximum(roots, 0.0))).sum(
            axis=1
        )
        if gain.max() > best:
            best, chosen = float(gain.max()), (t, float(SCALES[gain.argmax()]))
    return chosen


def _of_figures(linear: Linear, across: Floats) -> Floats:
    """The row of the root of a covariance of series (p, p) that each figure is of, (n, p)."""
    of = np.zeros(len(linear.residual), dtype=np.int64)
    for series, rows in enumerate(linear.rows):
        of[rows] = series
    return np.asarray(np.linalg.cholesky(across)[of])


def _loadings(linear: Linear, roots: dict[str, Floats], t: int) -> Floats:
    """The figures' loadings on step and irregular part of month t, (n, 2p); roots : (n, p), of figures."""
    parts = []
    for c, column in (("level", t - 1), ("irregular", t)):
        if column >= 0:
            parts.append(roots[c] * linear.factors[c][:, column : column + 1])
    return np.concatenate(parts, axis=1)
