"""What a sample goes on to at several coefficient vectors: its mean, and what a unit of each noise adds.

Every column of the sample, the series and what it is regressed on, is a process of the same model and is predicted
alike: with F_c(h) the prediction of column c and X_c(h) its future, the series h months on is
    F_0(h) + Σ_c β_c (X_c(h) − F_c(h)) + Σ_k Ψ_{h−k} e_k + Σ_i ρ_{h−i} u_i,
Ψ the integrated ψ-weights, b(B)/(a(B)(1 − B)ᵈ(1 − Bˢ)ᴰ), ρ the same without b(B), u the error of the state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, Rows
from forecast.models.sarima import likelihood
from forecast.models.sarima.concentrated import Concentrated, beta_root, concentrate
from forecast.models.sarima.impulses import impulses, shifted, without_news
from forecast.models.sarima.likelihood import Maxima
from forecast.models.sarima.sample import ROUNDING, Sample, drift_column
from forecast.models.sarima.spec import Sarima

Bools = npt.NDArray[np.bool_]

NEGLIGIBLE = 1e-10
"""Share of σ² under which a direction of the state's error is left out: MA roots well inside forget the past.
chosen: rounding error of a sum of squares, with room."""


class Estimated(Protocol):
    """What of a `SarimaFit` is carried into the future; see there."""

    @property
    def spec(self) -> Sarima:
        """Its orders and options."""
        ...

    @property
    def sample(self) -> Sample:
        """The months it was estimated on."""
        ...

    @property
    def row(self) -> int:
        """Which history of the sample it is of."""
        ...

    @property
    def maxima(self) -> Maxima:
        """The maxima of all histories."""
        ...

    @property
    def params(self) -> Floats:
        """Coefficients, (p,)."""
        ...

    @property
    def sigma2(self) -> float:
        """Innovation variance."""
        ...

    @property
    def drift_inflation(self) -> float:
        """Long-run error of the drift over that under the model."""
        ...

    @property
    def residuals(self) -> Floats:
        """One-step innovations, (N,)."""
        ...


@dataclass(frozen=True, eq=False)
class Projection:
    """Hold the future of a sample at several coefficient vectors, over h months from the last observed one.

    linear : β, σ² and what they rest on · mean : (points, h) at the best β
    by_innovations, by_state, by_beta : (points, h, h), (points, i, h), (points, j, h), what a unit of noise adds
        over σ
    beta_root : (points, j, j), root of the covariance of β on the basis, over σ²
    felt : (fits, i) which directions of the state's error move the paths of each fit
    """

    linear: Concentrated
    mean: Floats
    by_innovations: Floats
    by_state: Floats
    by_beta: Floats
    beta_root: Floats
    felt: Bools

    def loading(self, part: slice | Rows) -> Floats:
        """Stack the three for some points, (some, h + i + j, h)."""
        return np.concatenate([self.by_innovations[part], self.by_state[part], self.by_beta[part]], axis=1)


def project(
    fits: Sequence[Estimated], of: Rows, horizon: int, x: Floats | None, coefficients: Floats
) -> Projection:
    """Project fits of one sample at (points, p) coefficient vectors over the months behind and the horizon.

    of : (points,) the fit of each point, those of one fit together
    x : (horizon, regressors), or None to count as zero over the horizon and be added by the caller
    """
    s, spec = fits[0].sample, fits[0].spec
    own = np.array([fit.row for fit in fits])
    row = own[of]
    out = likelihood.filtered(spec.orders, s.w[own], s.basis, coefficients, whiten=False, of=of)
    if not np.isfinite(out.loglike).all():  # draws whose AR part has no variance left to speak of
        estimates = np.stack([fit.params for fit in fits])[of]
        coefficients = np.where(np.isfinite(out.loglike)[:, None], coefficients, estimates)
        out = likelihood.filtered(spec.orders, s.w[own], s.basis, coefficients, whiten=False, of=of)
    linear, h = concentrate(s, row, out.cross), s.behind + horizon
    weights, response = impulses(spec, coefficients, h)
    state = out.state.copy()
    state[:, :, 0] *= s.scale[row, None]
    later = np.ascontiguousarray(shifted(response, state.shape[1]))
    predicted = without_news(spec, _tails(s, own), h)[of] + later.transpose(0, 2, 1) @ state
    future = _future_columns(s, h, np.zeros((horizon, len(s.names))) if x is None else x)
    sensitivity = future @ s.mixing - predicted[..., 1:]
    mean = (
        predicted[..., 0] + s.least_squares[row] @ future.T + (sensitivity @ linear.beta[..., None])[..., 0]
    )
    inflation = np.array([fit.drift_inflation for fit in fits])[of]
    root = beta_root(s, out.cross, spec.parameter_uncertainty, inflation)
    by_state = _root(out.covariance).transpose(0, 2, 1) @ later
    felt = np.square(by_state).max(axis=2) > NEGLIGIBLE  # (points, r)
    felt = np.logical_or.reduceat(felt, np.flatnonzero(np.diff(of, prepend=-1)))
    by_state, felt = by_state[:, felt.any(axis=0)], felt[:, felt.any(axis=0)]
    by_beta = root.transpose(0, 2, 1) @ sensitivity.transpose(0, 2, 1)
    return Projection(linear, mean, shifted(weights, h), by_state, by_beta, root, felt)


def _tails(s: Sample, rows: Rows) -> Floats:
    """The last d + sD months of the level columns of some histories, (k, d + sD, C)."""
    past = s.others[len(s.others) - s.spec.lost :]
    level = s.series[rows, len(s.others) - s.spec.lost :] - s.least_squares[rows] @ past.T
    beside = np.broadcast_to(past @ s.mixing, (len(rows), *past.shape))
    return np.concatenate([level[:, :, None], beside], axis=2)


def _future_columns(s: Sample, h: int, x: Floats) -> Floats:
    """Level columns after the last observed month, (h, j): no more pulses, the drift goes on, regressors as given."""
    n = len(s.others)
    return np.hstack([np.zeros((h, s.gaps)), drift_column(s.spec, n + h)[n:], np.vstack([s.x_behind, x])])


def _root(covariance: Floats) -> Floats:
    """Root of covariances (points, r, r) that rounding may have left short of positive definite."""
    try:
        return np.asarray(np.linalg.cholesky(covariance + ROUNDING * np.eye(covariance.shape[1])))
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh(covariance)
        return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :])
