"""Joint paths from the end of the sample by one matrix product, of all draws of a history at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, block_indices
from forecast.models.draws import simulated
from forecast.models.sarima import plain
from forecast.models.sarima.projection import Estimated, project
from forecast.parallel import one_thread

Bools = npt.NDArray[np.bool_]

COEFFICIENT_DRAWS = 100
"""Draws of the AR and MA coefficients that the paths of one fit share; each serves an equal number of paths.
chosen: their spread is then known to 7 %, and each costs a filter."""

FURTHEST_DRAW = np.pi / 2 - 0.02
"""Radians that a drawn angle reaches at most, unless the estimate lies further: partial autocorrelations of 0.9998."""

LARGEST_ERROR = 0.5
"""Radians: the standard error that a direction of the coefficients has at most, where the likelihood is flat.
chosen: a sixth of the half circle that an angle spans."""

POINTS_TOGETHER = 400
"""Draws of the coefficients, of several fits, that are simulated in one go. chosen: what they need stays in the
cache."""

CACHED = 25_000
"""Normals drawn and used at once, 200 kB. chosen: new memory for all of a simulation costs about as much as the
drawing."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """Hold mean and variance on the modelled scale, (horizon,) each."""

    mean: Floats
    variance: Floats


def forecast(fit: Estimated, horizon: int, x: Floats | None) -> Forecast:
    """Mean and variance at the estimated coefficients; `SarimaFit.modelled` says what the variance holds."""
    x = _checked(fit, horizon, x, one_per_path=None)
    p = project([fit], np.zeros(1, dtype=np.int64), horizon, x, fit.params[None])
    variance = p.linear.sigma2[0] * np.square(p.loading(slice(1))[0]).sum(axis=0)
    return Forecast(p.mean[0, fit.sample.behind :], variance[fit.sample.behind :])


@one_thread
def simulate_draws(
    fits: Sequence[Estimated], horizon: int, counts: Sequence[int], rngs: Sequence[np.random.Generator],
    x: Floats | None = None,
) -> Floats:  # fmt: skip
    """Draw counts[i] paths of each fit from its own generator, (Σ counts, horizon); x : (horizon, j)."""
    return simulated(
        fits, horizon, counts, rngs, lambda fit, n: (id(fit.sample), n),
        lambda some, of, own: simulate(some, horizon, len(of) // len(some), own, x, None),
        max(1, POINTS_TOGETHER // min(max(counts), COEFFICIENT_DRAWS)),
    )  # fmt: skip


def simulate(
    fits: Sequence[Estimated],
    horizon: int,
    n: int,
    rngs: Sequence[np.random.Generator],
    x: Floats | None,
    innovations: Floats | None,
) -> Floats:
    """Draw n paths of the level by each fit of one sample, (fits · n, horizon); `SarimaFit.simulate` says of what.

    Regressors or innovations of its own for each path are for a single fit.
    """
    s, spec, k = fits[0].sample, fits[0].spec, len(fits)
    x = _checked(fits[0], horizon, x, one_per_path=n)
    own_x = x.ndim == 3
    points = min(n, COEFFICIENT_DRAWS) if spec.parameter_uncertainty else 1
    of = np.repeat(np.arange(k), points)
    p = project(fits, of, horizon, None if own_x else x, _draw_coefficients(fits, points, rngs))
    sigma = _draw_sigma(fits[0], np.sqrt(p.linear.sigma2).reshape(k, points), rngs)
    each, h, j = -(-n // points), p.mean.shape[1], s.basis.shape[1]
    given = _given_shocks(innovations, n, points, each, h - s.behind)
    paths, errors = np.empty((k, points, each, h)), np.empty((k, points, each, j if own_x else 0))
    wide = h + p.by_state.shape[1] + j
    for part, rows in _pieces(points, each, wide):
        at = np.arange(k * points).reshape(k, points)[:, part].ravel()
        loading, scale = p.loading(at), sigma[:, part].reshape(-1, 1, 1)
        noise = _noise(rngs, p.felt, len(at) // k, len(range(*rows.indices(each))), h, j)
        _put_shocks(fits, noise[..., :h], scale, rngs, None if given is None else given[part, rows])
        some = noise @ loading
        some *= scale
        some += p.mean[at, None, :]
        paths[:, part, rows] = some.reshape(k, -1, *some.shape[1:])
        if own_x:
            own = noise[..., wide - j :] @ (p.beta_root[at].transpose(0, 2, 1) * scale)
            errors[:, part, rows] = own.reshape(k, -1, *own.shape[1:])
    levels = paths.reshape(k, -1, h)[:, :n, s.behind :].reshape(k * n, horizon)
    if own_x:
        basis = (errors + p.linear.beta[:, None, :]).reshape(-1, j)[:n]
        beta = s.least_squares[fits[0].row] + basis @ s.mixing.T
        levels = levels + np.einsum("nhj,nj->nh", x, beta[:, j - len(s.names) :])
    return np.asarray(np.exp(levels, out=levels)) if spec.log else levels


def _draw_coefficients(fits: Sequence[Estimated], points: int, rngs: Sequence[np.random.Generator]) -> Floats:
    """Coefficients (fits · points, p) with angles ~ N(estimate, Hessian⁻¹), those at an MA unit root held fixed.

    Drawn in opposite pairs, so that what is linear in the coefficients has no sampling error.
    """
    if not fits[0].spec.parameter_uncertainty:
        return np.stack([fit.params for fit in fits])
    drawn = []
    for fit, rng in zip(fits, rngs, strict=True):
        hessian = fit.maxima.hessian[fit.row]
        free = np.diag(hessian) != 0.0
        angles = np.tile(fit.maxima.angles[fit.row], (points, 1))
        values, vectors = np.linalg.eigh(hessian[np.ix_(free, free)])
        spread = vectors / np.sqrt(np.maximum(values, LARGEST_ERROR**-2))
        half = rng.standard_normal((-(-points // 2), len(values))) @ spread.T
        furthest = np.maximum(np.abs(angles[0]), FURTHEST_DRAW)
        angles[:, free] += np.concatenate([half, -half])[:points]
        drawn.append(np.clip(angles, -furthest, furthest))
    return plain.coefficients(fits[0].spec.orders, np.concatenate(drawn))


def _draw_sigma(fit: Estimated, sigma: Floats, rngs: Sequence[np.random.Generator]) -> Floats:
    """σ at the coefficients, (fits, points), where parameters are uncertain with that of a variance on its degrees."""
    if not fit.spec.parameter_uncertainty:
        return sigma
    s, points = fit.sample, sigma.shape[1]
    freedom = s.nobs - s.basis.shape[1] + s.gaps
    return np.asarray(
        sigma * np.sqrt(s.nobs / np.stack([rng.chisquare(freedom, size=points) for rng in rngs]))
    )


def _noise(
    rngs: Sequence[np.random.Generator], felt: Bools, points: int, each: int, h: int, j: int
) -> Floats:
    """Normals (fits · points, each, h + i + j) from each fit's own generator, none for directions it does not feel."""
    noise = np.zeros((len(rngs), points, each, h + felt.shape[1] + j))
    for own, rng, feels in zip(noise, rngs, felt, strict=True):
        columns = np.r_[np.ones(h, dtype=bool), feels, np.ones(j, dtype=bool)]
        own[..., columns] = rng.standard_normal((points, each, int(columns.sum())))
    return noise.reshape(-1, each, noise.shape[3])


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
    fits: Sequence[Estimated],
    z: Floats,
    sigma: Floats,
    rngs: Sequence[np.random.Generator],
    given: Floats | None,
) -> None:
    """Put resampled or given innovations over σ in the place of Gaussian ones, z (fits · points, each, h).

    sigma : (fits · points, 1, 1) · given : (points, each, width), the last of the h months
    """
    spec, h = fits[0].spec, z.shape[2]
    if spec.innovations != "gaussian":
        for own, fit, rng in zip(np.split(z, len(fits)), fits, rngs, strict=True):
            past = fit.residuals[np.isfinite(fit.residuals)]
            block = spec.period if spec.innovations == "block" else 1
            index = block_indices(len(past), h, own[..., 0].size, block, rng, circular=True)
            own[...] = ((past - past.mean()) / np.sqrt(fit.sigma2))[index].reshape(own.shape)
    if given is not None:
        z[..., h - given.shape[2] :] = given / sigma


def _checked(fit: Estimated, horizon: int, x: Floats | None, one_per_path: int | None) -> Floats:
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
