"""Gaussian posterior of log levels by Gauss–Newton, hyperparameters by Laplace marginal likelihood.

With H the Jacobian at the current levels, every covariance of the figures is a sum over components of
Σ_c[s, s'] ∘ G_c, G_c = A_c A_cᵀ, A_c = H F_c: one pass over the figures serves all hyperparameters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_solve, cholesky, lapack
from scipy.optimize import minimize

from forecast.errors import FitError
from forecast.levels.observation import Observations
from forecast.levels.prior import (
    BIAS_SD,
    EFFECTS,
    LEVELS,
    NOISE,
    Covariances,
    Kernels,
    Parameter,
    covariances,
    parameters,
)

Floats = npt.NDArray[np.float64]

_ROUNDS = 4
_SETTLED = 1e-4
_STEPS = 12
_CONVERGED = 1e-7


@dataclass(frozen=True, eq=False)
class Linear:
    """Hold the figures linearised at log levels: y ≈ predict(x̂) + H (x − x̂) + errors.

    factors : component -> A_c = H F_c (n, k) · grams : component -> G_c (n, n), noise components included
    fixed : (n, n) covariance that no hyperparameter moves: rounding and biases
    residual : (n,) figure less what the prior mean implies in the linearisation
    """

    factors: dict[str, Floats]
    grams: dict[str, Floats]
    errors: dict[str, Floats]
    fixed: Floats
    residual: Floats


@dataclass(frozen=True, eq=False)
class Posterior:
    """Hold the posterior at its mode.

    levels : (p, m) log levels · values : hyperparameters · spread : (j, j) factor of their covariance
    """

    observations: Observations
    kernels: Kernels
    given: tuple[Parameter, ...]
    values: Floats
    spread: Floats
    levels: Floats
    linear: Linear

    @property
    def p(self) -> int:
        """Number of series."""
        return len(self.levels)


def fit(observations: Observations, kernels: Kernels, p: int) -> Posterior:
    """Find levels and hyperparameters of highest posterior density, and the curvature around them.

    Raises FitError where the search does not end.
    """
    given = parameters(p)
    values = np.array([q.centre for q in given])
    levels = _settle(observations, kernels, given, values, np.tile(kernels.mean[: kernels.months], (p, 1)))
    for _ in range(_ROUNDS):
        linear = linearise(observations, kernels, levels)
        found = _mode(observations, linear, given, values, p)
        moved = np.max(np.abs(found - values))
        values = found
        levels = _settle(observations, kernels, given, values, levels)
        if moved < _SETTLED:
            break
    linear = linearise(observations, kernels, levels)
    spread = _curvature(observations, linear, given, values, p)
    return Posterior(observations, kernels, given, values, spread, levels, linear)


def linearise(observations: Observations, kernels: Kernels, levels: Floats) -> Linear:
    """Linearise the figures at log levels (p, m)."""
    h = observations.jacobian(levels)
    mean = kernels.mean[: kernels.months]
    ahead = np.einsum("nm,nm->n", h, (levels - mean)[observations.series])
    factors = {c: h @ kernels.factors[c][: kernels.months] for c in LEVELS}
    grams = {c: a @ a.T for c, a in factors.items()}
    errors = _error_factors(observations, observations.share(levels), len(mean))
    grams |= {c: a @ a.T for c, a in errors.items()}
    bias = errors["bias"] @ errors["bias"].T + errors["monthly_bias"] @ errors["monthly_bias"].T
    same = observations.series[:, None] == observations.series[None, :]
    fixed = BIAS_SD**2 * bias * same + np.diag(observations.rounding**2)
    return Linear(factors, grams, errors, fixed, observations.y - observations.predict(levels) + ahead)


def _error_factors(observations: Observations, share: Floats, m: int) -> dict[str, Floats]:
    """How each kind of error enters each figure, (n, k)."""
    first = share * observations.first
    monthly = observations.monthly.astype(float)
    return {
        "first_print": first[:, None] * np.eye(m)[observations.month],
        "monthly": np.diag(monthly),
        "rest": np.diag(1.0 - monthly),
        "bias": first[:, None],
        "monthly_bias": (first * monthly)[:, None],
    }


def covariance(linear: Linear, observations: Observations, across: Covariances) -> Floats:
    """Return the covariance of the figures, (n, n)."""
    s = observations.series
    out = linear.fixed.copy()
    for c in (*LEVELS, *NOISE):
        out += across.across[c][np.ix_(s, s)] * linear.grams[c]
    return out


def _settle(
    observations: Observations, kernels: Kernels, given: tuple[Parameter, ...], values: Floats, levels: Floats
) -> Floats:
    """Gauss–Newton: the posterior mode of the levels at fixed hyperparameters."""
    p = len(levels)
    across = covariances(given, values, p)
    for _ in range(_STEPS):
        linear = linearise(observations, kernels, levels)
        lower = _lower(covariance(linear, observations, across))
        weights = cho_solve((lower, True), linear.residual)
        moves = _pull(linear, kernels, observations, across, weights, LEVELS)[0]
        new = kernels.mean[: kernels.months] + moves
        step = np.max(np.abs(new - levels))
        levels = new
        if step < _CONVERGED:
            return levels
    if step < 1e-3:
        return levels
    raise FitError(f"the levels did not settle in {_STEPS} steps (last step {step:.2g} log points)")


def _pull(
    linear: Linear, kernels: Kernels, observations: Observations, across: Covariances, weights: Floats,
    components: tuple[str, ...], rows: int | None = None,
) -> Floats:  # fmt: skip
    """Covariance of the components' sum with the figures times `weights` (n,) or (n, d): (d, p, rows)."""
    w = np.atleast_2d(weights.T)  # (d, n)
    rows = kernels.months if rows is None else rows
    out = np.zeros((len(w), len(across.across["constant"]), rows))
    for c in components:
        weighted = w[:, None, :] * across.across[c][:, observations.series]  # (d, p, n)
        sums = weighted @ linear.factors[c]
        out += sums @ kernels.factors[c][:rows].T
    return out


def _mode(
    observations: Observations, linear: Linear, given: tuple[Parameter, ...], start: Floats, p: int
) -> Floats:
    centre, spread = _prior_of(given)

    def objective(z: Floats) -> tuple[float, Floats]:
        value, slope = log_posterior(observations, linear, given, centre + spread * z, p)
        return -value, -slope * spread

    found = minimize(
        objective,
        (start - centre) / spread,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 100, "ftol": 1e-10},
    )
    return np.asarray(centre + spread * found.x)


def log_posterior(
    observations: Observations, linear: Linear, given: tuple[Parameter, ...], values: Floats, p: int
) -> tuple[float, Floats]:
    """Log marginal likelihood plus log prior of the hyperparameters (constants left out), and its gradient."""
    across = covariances(given, values, p)
    lower = _lower(covariance(linear, observations, across))
    alpha = cho_solve((lower, True), linear.residual)
    inverse = _inverse(lower)
    centre, spread = _prior_of(given)
    z = (values - centre) / spread
    value = -0.5 * linear.residual @ alpha - np.log(np.diag(lower)).sum() - 0.5 * z @ z
    half = 0.5 * (np.outer(alpha, alpha) - inverse)
    member = np.eye(p)[observations.series]
    slope = -z / spread
    for c, of in across.slopes.items():
        if of:
            blocks = member.T @ (half * linear.grams[c]) @ member
            for j, derivative in of:
                slope[j] += np.sum(blocks * derivative)
    return float(value), slope


def _prior_of(given: tuple[Parameter, ...]) -> tuple[Floats, Floats]:
    return np.array([q.centre for q in given]), np.array([q.spread for q in given])


def _curvature(
    observations: Observations, linear: Linear, given: tuple[Parameter, ...], values: Floats, p: int
) -> Floats:
    """Factor of the hyperparameters' covariance: Laplace, by differences of the gradient."""
    _, spread = _prior_of(given)
    step = 0.02
    slopes = []
    for j in range(len(values)):
        up, down = values.copy(), values.copy()
        up[j] += step * spread[j]
        down[j] -= step * spread[j]
        rise = log_posterior(observations, linear, given, up, p)[1]
        fall = log_posterior(observations, linear, given, down, p)[1]
        slopes.append((fall - rise) * spread / (2 * step))
    information = np.array(slopes)
    roots, vectors = np.linalg.eigh((information + information.T) / 2)
    # The likelihood may be flat or curve the wrong way far from normality; the prior is never that wide.
    return np.asarray(spread[:, None] * vectors / np.sqrt(np.maximum(roots, 0.5)))


def _lower(matrix: Floats) -> Floats:
    return np.asarray(cholesky(matrix, lower=True, check_finite=False))


def _inverse(lower: Floats) -> Floats:
    half, info = lapack.dpotri(lower, lower=1)
    if info:
        raise FitError("the covariance of the figures is singular")
    return np.asarray(np.tril(half) + np.tril(half, -1).T)


def draw(posterior: Posterior, k: int, per: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draw k joint log levels (k, p, m) and effects (k, p, m + horizon), `per` at each draw of hyperparameters.

    Matheron's rule: a draw of the prior is moved by what its own figures, errors included, differ from the real.
    """
    levels, effects = [], []
    for first in range(0, k, per):
        count = min(per, k - first)
        values = posterior.values + posterior.spread @ rng.standard_normal(len(posterior.values))
        x, e = _draw_at(posterior, values, count, rng)
        levels.append(x)
        effects.append(e)
    return np.concatenate(levels), np.concatenate(effects)


def _draw_at(
    posterior: Posterior, values: Floats, count: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    o, kernels, linear, p = posterior.observations, posterior.kernels, posterior.linear, posterior.p
    m, total = kernels.months, len(kernels.mean)
    across = covariances(posterior.given, values, p)
    lower = _lower(covariance(linear, o, across))
    levels, effects = np.zeros((count, p, m)), np.zeros((count, p, total))
    implied = np.zeros((count, len(o.y)))
    for c in LEVELS:
        factor = kernels.factors[c]
        z = _root(across.across[c]) @ rng.standard_normal((count, p, factor.shape[1]))
        implied += np.einsum("dnk,nk->dn", z[:, o.series], linear.factors[c])
        part = z @ factor.T
        levels += part[:, :, :m]
        if c in EFFECTS:
            effects += part
    implied += _draw_errors(posterior, across, count, rng)
    weights = cho_solve((lower, True), (linear.residual - implied).T)
    levels += kernels.mean[:m] + _pull(linear, kernels, o, across, weights, LEVELS)
    effects += kernels.effect_mean + _pull(linear, kernels, o, across, weights, EFFECTS, total)
    return levels, effects


def _draw_errors(posterior: Posterior, across: Covariances, count: int, rng: np.random.Generator) -> Floats:
    """Errors of the figures, (count, n)."""
    o, linear, p = posterior.observations, posterior.linear, posterior.p
    out = o.rounding * rng.standard_normal((count, len(o.y)))
    for c, factor in linear.errors.items():
        scale = np.full(p, BIAS_SD) if c not in NOISE else np.sqrt(np.diag(across.across[c]))
        z = scale[:, None] * rng.standard_normal((count, p, factor.shape[1]))
        out += np.einsum("dnk,nk->dn", z[:, o.series], factor)
    return np.asarray(out)


def _root(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.cholesky(matrix + 1e-18 * np.eye(len(matrix))))


def left_out(posterior: Posterior) -> tuple[Floats, Floats]:
    """Return each figure less its prediction from all others, (n,) in log points, and the same in standard errors.

    With W = S⁻¹ and α = W·residual: α_i / W_ii and α_i / √W_ii.
    """
    across = covariances(posterior.given, posterior.values, posterior.p)
    lower = _lower(covariance(posterior.linear, posterior.observations, across))
    alpha = cho_solve((lower, True), posterior.linear.residual)
    own = np.diag(_inverse(lower))
    return alpha / own, alpha / np.sqrt(own)
