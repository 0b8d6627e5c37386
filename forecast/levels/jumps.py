"""Jumps: months in which output moves far more than in others, such as that of a lockdown; found by the figures.

The steps of the level and the irregular parts of a month have λ_t times their usual standard deviation, in all series,
λ_t = 1 but for few months: a scale mixture, whose heavy part is chosen month by month. With U_t the figures' loadings
on the month's steps and irregular parts, S → S + (λ² − 1)·U_t U_tᵀ, so that the log marginal likelihood gains

    −½ log|I + δC| + ½ δ bᵀ(I + δC)⁻¹b,   δ = λ² − 1,  C = UᵀS⁻¹U,  b = UᵀS⁻¹·residual

Without it one month bends what all years have in common: the season of its calendar month, and the noise.
"""

from __future__ import annotations

from collections.abc import Sequence
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

TOGETHER = 32
"""Months looked at in one go; chosen: their loadings are then smaller than the covariance of the figures."""


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
    white = _whitened(lower, linear.residual)
    moved = _moved_by(linear, across)
    gain = np.concatenate(
        [
            _gains(lower, white, [(root, factor[:, t : t + TOGETHER]) for root, factor in moved])
            for t in range(0, len(scale), TOGETHER)
        ]
    )
    gain[scale != 1.0] = 0.0
    t, chosen = divmod(int(gain.argmax()), len(SCALES))
    return (t, float(SCALES[chosen])) if gain[t, chosen] > LEAST_GAIN else None


def _moved_by(linear: Linear, across: Covariances) -> list[tuple[Floats, Floats]]:
    """Steps, then irregular parts: the row of the root of their covariance that each figure is of, (n, p), and the
    figures' loadings on those of each month, (n, months + horizon)."""
    counts = [rows.stop - rows.start for rows in linear.rows]
    out = []
    for component in _MOVED:
        factor = linear.factors[component]
        if component == "level":  # a step's column is that of the month before it
            factor = np.concatenate([np.zeros((len(factor), 1)), factor[:, :-1]], axis=1)
        out.append((np.repeat(np.linalg.cholesky(across.across[component]), counts, axis=0), factor))
    return out


def _gains(lower: Floats, white: Floats, moved: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Gain of each month at each λ, (months, scales), with U and the residual made white: C = UᵀU, b = Uᵀz."""
    loadings = np.concatenate([root[:, None, :] * factor[:, :, None] for root, factor in moved], axis=2)
    u = _whitened(lower, loadings.reshape(len(white), -1)).reshape(loadings.shape).swapaxes(0, 1)
    roots, vectors = np.linalg.eigh(u.mT @ u)
    squares = np.square(vectors.mT @ (u.mT @ white)[:, :, None]).mT  # (months, 1, 2p)
    roots = np.maximum(roots, 0.0)[:, None, :]
    delta = np.square(SCALES)[:, None] - 1.0
    gain = delta * squares / (1.0 + delta * roots) - np.log1p(delta * roots)
    return np.asarray(0.5 * gain.sum(axis=2))


def _whitened(lower: Floats, of: Floats) -> Floats:
    return np.asarray(scipy.linalg.solve_triangular(lower, of, lower=True, check_finite=False))
