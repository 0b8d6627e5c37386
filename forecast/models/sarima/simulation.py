"""From the end of the sample into the future: joint paths by one matrix product, and their mean and variance.

Every column of the sample, the series and what it is regressed on, is a process of the same model and is predicted
alike: with F_c(h) the prediction of column c and X_c(h) its future, the series h months on is
    F_0(h) + Σ_c β_c (X_c(h) − F_c(h)) + Σ_k Ψ_{h−k} e_k + Σ_i ρ_{h−i} u_i,
Ψ the integrated ψ-weights, b(B)/(a(B)(1 − B)ᵈ(1 − Bˢ)ᴰ), ρ the same without b(B), u the error of the state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from forecast.arrays import Floats, block_indices
from forecast.models.sarima import likelihood, plain
from forecast.models.sarima.concentrated import Concentrated, beta_root, concentrate
from forecast.models.sarima.impulses import impulses, shifted, without_news
from forecast.models.sarima.likelihood import Maxima
from forecast.models.sarima.sample import ROUNDING, Sample, drift_column
from forecast.models.sarima.spec import Sarima

COEFFICIENT_DRAWS = 100
"""Draws of the AR and MA coefficients that the paths of one fit share; each serves an equal number of paths."""

NEGLIGIBLE = 1e-10
"""Share of σ² under which a direction of the state's error is left out: MA roots well inside forget the past."""

FURTHEST_DRAW = np.pi / 2 - 0.02
"""Radians that a drawn angle reaches at most, unless the estimate lies further: partial autocorrelations of 0.9998."""

LARGEST_ERROR = 0.5
"""Radians: the standard error that a direction of the coefficients has at most, where the likelihood is flat."""

CACHED = 25_000
"""Normals drawn and used at once, 200 kB: new memory for all of a simulation costs about as much as the drawing."""


class _Estimated(Protocol):
    """What of a `SarimaFit` is carried into the future; see there."""

    @property
    def spec(self) -> Sarima: ...
    @property
    def sample(self) -> Sample: ...
    @property
    def row(self) -> int: ...
    @property
    def maxima(self) -> Maxima: ...
    @property
    def params(self) -> Floats: ...
    @property
    def sigma2(self) -> float: ...
    @property
    def drift_inflation(self) -> float: ...
    @property
    def residuals(self) -> Floats: ...


@dataclass(frozen=True, eq=False)
class Forecast:
    """Hold mean and variance on the modelled scale, (horizon,) each."""

    mean: Floats
    variance: Floats


@dataclass(frozen=True, eq=False)
class Projection:
    """Hold the future of a sample at several coefficient vectors, over h months from the last observed one.

    mean : (points, h) at the best β
    by_innovations, by_state, by_beta : (points, h, h), (points, i, h), (points, j, h), what a unit of noise adds
        over σ
    beta_root : (points, j, j), root of the covariance of β on the basis, over σ²
    """

    found: Concentrated
    mean: Floats
    by_innovations: Floats
    by_state: Floats
    by_beta: Floats
    beta_root: Floats

    def loading(self, part: slice) -> Floats:
        """Stack the three for some points, (some, h + i + j, h)."""
        return np.concatenate([self.by_innovations[part], self.by_state[part], self.by_beta[part]], axis=1)


def project(fit: _Estimated, horizon: int, x: Floats | None, coefficients: Floats) -> Projection:
    """Project the sample at (points, p) coefficient vectors over the months behind and the horizon.

    x : (horizon, regressors), or None to count as zero over the horizon and be added by the caller
    """
    s, row, spec = fit.sample, fit.row, fit.spec
    out = likelihood.filtered(spec.orders, s.w[row], s.basis, coefficients, whiten=False)
    if not np.isfinite(out.loglike).all():  # draws whose AR part has no variance left to speak of
        coefficients = np.where(np.isfinite(out.loglike)[:, None], coefficients, fit.params)
        out = likelihood.filtered(spec.orders, s.w[row], s.basis, coefficients, whiten=False)
    found, h, past = (
        concentrate(s, row, out.cross),
        s.behind + horizon,
        slice(len(s.others) - spec.lost, None),
    )
    weights, response = impulses(spec, coefficients, h)
    tail = np.column_stack(
        [s.series[row, past] - s.others[past] @ s.least_squares[row], s.others[past] @ s.mixing]
    )
    state = out.state * np.append(s.scale[row], np.ones(s.basis.shape[1]))
    later = np.ascontiguousarray(shifted(response, state.shape[1]))
    predicted = without_news(spec, tail, h) + later.transpose(0, 2, 1) @ state
    future = _future_columns(s, h, np.zeros((horizon, len(s.names))) if x is None else x)
    sensitivity = future @ s.mixing - predicted[..., 1:]
    mean = predicted[..., 0] + future @ s.least_squares[row] + (sensitivity @ found.beta[..., None])[..., 0]
    root = beta_root(s, out.cross, spec.parameter_uncertainty, fit.drift_inflation)
    by_state = _root(out.covariance).transpose(0, 2, 1) @ later
    by_state = by_state[:, np.square(by_state).max(axis=(0, 2)) > NEGLIGIBLE]
    by_beta = root.transpose(0, 2, 1) @ sensitivity.transpose(0, 2, 1)
    return Projection(found, mean, shifted(weights, h), by_state, by_beta, root)


def forecast(fit: _Estimated, horizon: int, x: Floats | None) -> Forecast:
    """Mean and variance at the estimated coefficients; `SarimaFit.modelled` says what the variance holds."""
    p = project(fit, horizon, _checked(fit, horizon, x, one_per_path=None), fit.params[None])
    variance = p.found.sigma2[0] * np.square(p.loading(slice(1))[0]).sum(axis=0)
    return Forecast(p.mean[0, fit.sample.behind :], variance[fit.sample.behind :])


def simulate(
    fit: _Estimated,
    horizon: int,
    n: int,
    rng: np.random.Generator,
    x: Floats | None,
    innovations: Floats | None,
) -> Floats:
    """Joint paths of the level, (n, horizon); `SarimaFit.simulate` says of what."""
    s, spec = fit.sample, fit.spec
    x = _checked(fit, horizon, x, one_per_path=n)
    own_x = x.ndim == 3
    points = min(n, COEFFICIENT_DRAWS) if spec.parameter_uncertainty else 1
    p = project(fit, horizon, None if own_x else x, _draw_coefficients(fit, points, rng))
    sigma = np.sqrt(p.found.sigma2)
    if spec.parameter_uncertainty:
        sigma = sigma * np.sqrt(s.nobs / rng.chisquare(s.nobs - s.basis.shape[1] + s.gaps, size=points))
    each, h, j = -(-n // points), p.mean.shape[1], s.basis.shape[1]
    given = _given_shocks(innovations, n, points, each, h - s.behind)
    paths, errors = np.empty((points, each, h)), np.empty((points, each, j if own_x else 0))
    wide = h + p.by_state.shape[1] + j
    for part, rows in _pieces(points, each, wide):
        loading, scale, some = p.loading(part), sigma[part, None, None], paths[part, rows]
        noise = rng.standard_normal((*some.shape[:2], wide))
        _put_shocks(fit, noise[..., :h], scale, rng, None if given is None else given[part, rows])
        np.matmul(noise, loading, out=some)
        some *= scale
        some += p.mean[part, None, :]
        if own_x:
            errors[part, rows] = noise[..., wide - j :] @ (p.beta_root[part].transpose(0, 2, 1) * scale)
    paths = paths.reshape(-1, h)[:n, s.behind :]
    if own_x:
        basis = (errors + p.found.beta[:, None, :]).reshape(-1, j)[:n]
        beta = s.least_squares[fit.row] + basis @ s.mixing.T
        paths = paths + np.einsum("nhj,nj->nh", x, beta[:, j - len(s.names) :])
    return np.asarray(np.exp(paths, out=paths)) if spec.log else paths


def _draw_coefficients(fit: _Estimated, points: int, rng: np.random.Generator) -> Floats:
    """Coefficients (points, p) with angles ~ N(estimate, Hessian⁻¹), those at an MA unit root held fixed.

    Drawn in opposite pairs, so that what is linear in the coefficients has no sampling error.
    """
    if not fit.spec.parameter_uncertainty:
        return fit.params[None]
    hessian = fit.maxima.hessian[fit.row]
    free = np.diag(hessian) != 0.0
    angles = np.tile(fit.maxima.angles[fit.row], (points, 1))
    values, vectors = np.linalg.eigh(hessian[np.ix_(free, free)])
    spread = vectors / np.sqrt(np.maximum(values, LARGEST_ERROR**-2))
    half = rng.standard_normal((-(-points // 2), len(values))) @ spread.T
    furthest = np.maximum(np.abs(angles[0]), FURTHEST_DRAW)
    angles[:, free] += np.concatenate([half, -half])[:points]
    return plain.coefficients(fit.spec.orders, np.clip(angles, -furthest, furthest))


def _pieces(points: int, each: int, wide: int) -> Iterator[tuple[slice, slice]]:
    """Part points and the paths of each so that a piece needs no more than `CACHED` normals, or is one path."""
    some, rows = max(1, CACHED // (each * wide)), min(each, max(1, CACHED // wide))
    for first in range(0, points, some):
        for top in range(0, each, rows):
            yield slice(first, first + some), slice(top, top + rows)


def _given_shocks(given: Floats | None, n: int, points: int, each: int, width: int) -> Floats | None:
    """Shocks (n, width) or (width,) as (points, each, width), zero in the places that no path needs."""
    if given is None:
        return None
    if np.shape(given) not in ((width,), (n, width)):
        raise ValueError(f"innovations must have shape ({n}, {width}) or ({width},), got {np.shape(given)}")
    whole = np.zeros((points * each, width))
    whole[:n] = given
    return whole.reshape(points, each, width)


def _put_shocks(
    fit: _Estimated, z: Floats, sigma: Floats, rng: np.random.Generator, given: Floats | None
) -> None:
    """Put resampled or given innovations over σ in the place of Gaussian ones, z (points, each, h).

    sigma : (points, 1, 1) · given : (points, each, width), the last of the h months
    """
    points, each, h = z.shape
    if fit.spec.innovations != "gaussian":
        past = fit.residuals[np.isfinite(fit.residuals)]
        block = fit.spec.period if fit.spec.innovations == "block" else 1
        index = block_indices(len(past), h, points * each, block, rng, circular=True)
        z[...] = ((past - past.mean()) / np.sqrt(fit.sigma2))[index].reshape(z.shape)
    if given is not None:
        z[..., h - given.shape[2] :] = given / sigma


def _checked(fit: _Estimated, horizon: int, x: Floats | None, one_per_path: int | None) -> Floats:
    """Future regressors (horizon, j), or one set per path."""
    j = len(fit.sample.names)
    if horizon < 1:
        raise ValueError(f"a horizon is at least one month, got {horizon}")
    columns = np.empty((horizon, 0)) if x is None and not j else np.asarray(x, dtype=np.float64)
    if columns.shape not in ((horizon, j), (one_per_path, horizon, j)):
        per_path = "" if one_per_path is None else f" or ({one_per_path}, {horizon}, {j})"
        raise ValueError(f"the fit has {j} regressors: x must have shape ({horizon}, {j}){per_path}")
    if not np.isfinite(columns).all():
        raise ValueError("future regressors must be finite")
    return columns


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
