"""Gaussian posterior of log levels at its mode, hyperparameters at and around theirs (Laplace)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.errors import FitError
from forecast.levels.jumps import MOST, likeliest, widened
from forecast.levels.likelihood import (
    Linear,
    covariance,
    inverse,
    linearise,
    log_posterior,
    lower_root,
    of_levels,
)
from forecast.levels.mode import CONVERGED, FINE, STEPS, Search, mode, pull
from forecast.levels.observation import Observations
from forecast.levels.prior import (
    BIAS_SD,
    EFFECTS,
    LEVELS,
    Covariances,
    Kernels,
    Parameter,
    covariances,
    parameters,
    spreads,
)
from forecast.parallel import reported

_DIFFERENCE = 0.02
"""Step of central differences, in standard deviations. chosen: between rounding and curvature."""
_LEAST_CURVATURE = 1.0  # that of the prior: the data can only add to it

GROWTH_KURTOSIS = 6.0
"""Excess kurtosis of what moves a level: that of Student's t with 5 degrees of freedom."""

UNSEEN = 1.0
"""Standard deviation, in log points, of a figure that is to say nothing. chosen: a hundred times what a first print
errs."""


@dataclass(frozen=True, eq=False)
class Posterior:
    """Hold the posterior at its mode.

    values : hyperparameters as `given` lists them · spread : (j, j) factor of their covariance
    levels : (p, m) log levels · linear : the figures linearised there
    """

    observations: Observations
    kernels: Kernels
    given: tuple[Parameter, ...]
    values: Floats
    spread: Floats
    levels: Floats
    linear: Linear


def fit(
    observations: Observations, kernels: Kernels, p: int, sectors: int = 0, of: Sequence[str] = ()
) -> Posterior:
    """Find levels and hyperparameters of highest posterior density, and the curvature around them.

    p : number of series, of which the last `sectors` are sectors of the one before them · of : what each is
    Months in which output jumps are found one by one, each with the hyperparameters of those before it.
    Raises FitError where the search does not end.
    """
    given = parameters(p, sectors, of)
    search = Search(observations, kernels, given)
    values, levels, linear = _mode(search, search.centre, search.usual(p))
    scale = np.ones(len(kernels.mean))
    for _ in range(MOST):
        jump = likeliest(linear, given, values, scale)
        if jump is None:
            break
        scale[jump[0]] = jump[1]
        search = replace(search, kernels=widened(kernels, scale))
        values, levels, linear = _mode(search, values, levels)
    spread = _curvature(linear, given, values)
    return Posterior(observations, search.kernels, given, values, spread, levels, linear)


def _mode(search: Search, begin: Floats, near: Floats) -> tuple[Floats, Floats, Linear]:
    """Hyperparameters and levels of highest posterior density, looked for from some of each, and the figures there."""
    start = search.usual(len(near))
    values, levels, step, linear = search.quick(begin, near)
    if step >= CONVERGED or search.fell(values, linear, start):
        values, levels, step, linear = search.careful(start)
    if step >= CONVERGED:
        raise FitError(
            f"the levels did not settle in {STEPS} steps; the last moved them by {100 * step:.2g} %: the figures "
            "say too little of single months; add month-on-month or year-on-year rates"
        )
    return values, levels, linear


def _curvature(linear: Linear, given: tuple[Parameter, ...], values: Floats) -> Floats:
    """Factor of the hyperparameters' covariance: Laplace, by differences of the gradient."""
    spread = spreads(given, values)
    slopes = []
    for j in range(len(values)):
        move = np.eye(len(values))[j] * _DIFFERENCE * spread
        rise = log_posterior(linear, given, values + move)[1]
        fall = log_posterior(linear, given, values - move)[1]
        slopes.append((fall - rise) * spread / (2.0 * _DIFFERENCE))
    information = np.array(slopes)
    roots, vectors = np.linalg.eigh((information + information.T) / 2.0)
    # In units of the prior's spread, where the prior alone gives 1: the posterior is never wider.
    return np.asarray(spread[:, None] * vectors / np.sqrt(np.maximum(roots, _LEAST_CURVATURE)))


def draw(
    posterior: Posterior, k: int, per: int, rng: np.random.Generator, describe: str = ""
) -> tuple[Floats, Floats, Floats]:
    """Draw k joint log levels (k, p, m), effects (k, p, m + horizon) and biases (k, p, 2) of first prints.

    `per` come at each draw of hyperparameters. The biases, in log points, are that of all first prints of a series and
    what those on the month before have beside it.
    describe : what progress calls the work; "" shows nothing
    Matheron's rule: a draw of the prior moves by what the figures it implies, errors included, lack to the real.
    Hyperparameters come in opposite pairs, and so do levels at each of them: what a number owes to either in
    proportion then cancels, and few draws do (antithetic variates: Hammersley & Morton 1956,
    doi:10.1017/S0305004100031455).
    """
    parts = []
    rounds = range(0, k, per)
    pairs = stratified_normals(-(-len(rounds) // 2), len(posterior.values), rng) @ posterior.spread.T
    for i, first in enumerate(reported(iter(rounds), len(rounds), describe)):
        away = -pairs[i // 2] if i % 2 else pairs[i // 2]
        parts.append(_draw_at(posterior, posterior.values + away, min(per, k - first), rng))
    levels, effects, biases = zip(*parts, strict=True)
    return np.concatenate(levels), np.concatenate(effects), np.concatenate(biases)


def stratified_normals(n: int, j: int, rng: np.random.Generator) -> Floats:
    """Draw n standard normals in j dimensions, (n, j), in each of which every n-th of the distribution is met once.

    Latin hypercube sampling (McKay, Beckman & Conover 1979, doi:10.2307/1268522): what a number owes to each
    dimension by itself then hardly depends on the draw.
    """
    strata = rng.permuted(np.tile(np.arange(n), (j, 1)), axis=1).T
    shares = (strata + rng.uniform(1e-9, 1.0 - 1e-9, (n, j))) / n  # never 0 or 1
    return np.asarray(scipy.special.ndtri(shares))


def _draw_at(
    posterior: Posterior, values: Floats, count: int, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Draws at given hyperparameters, the second half of them opposite to the first."""
    o, kernels, linear = posterior.observations, posterior.kernels, posterior.linear
    p, m, total = len(linear.rows), kernels.months, len(kernels.mean)
    pairs = -(-count // 2)
    across = covariances(posterior.given, values, p)
    lower = lower_root(covariance(linear, across))
    levels, effects = np.zeros((pairs, p, m)), np.zeros((pairs, p, total))
    errors = rng.standard_normal((pairs, p, m + 2))
    implied = _draw_errors(o, linear, across, m, errors, rng)
    for c in LEVELS:
        factor = kernels.factors[c]
        z = np.linalg.cholesky(across.across[c]) @ rng.standard_normal((pairs, p, factor.shape[1]))
        for series, rows in enumerate(linear.rows):
            implied[:, rows] += z[:, series] @ linear.factors[c][rows].T
        part = kernels.over_time(c, z, total if c in EFFECTS else m)
        levels += part[:, :, :m]
        if c in EFFECTS:
            effects += part
    weights = scipy.linalg.cho_solve((lower, True), np.concatenate([linear.residual[None], -implied]).T).T
    moved = pull(linear, kernels, across, weights)  # of the figures themselves, then of what each draw lacks
    mean, effect = kernels.mean[:m] + moved[0][:1], kernels.effect_mean + moved[1][:1]
    levels += moved[0][1:]
    effects += moved[1][1:]
    bias = _pulled_bias(o, linear, weights)
    biases = BIAS_SD * errors[:, :, m:] + bias[1:]
    pairs_of = ((mean, levels), (effect, effects), (bias[:1], biases))
    levels, effects, biases = (_paired(of, away)[:count] for of, away in pairs_of)
    return levels, effects, biases


def _pulled_bias(o: Observations, linear: Linear, weights: Floats) -> Floats:
    """What figures so weighted, (r, n), say of the two biases of each series, (r, p, 2)."""
    pulled = linear.first * weights
    own = [
        np.stack([(of * pulled)[:, rows].sum(axis=1) for rows in linear.rows], axis=1)
        for of in (1.0, o.monthly)
    ]
    return np.asarray(BIAS_SD**2 * np.stack(own, axis=2))


def _paired(mean: Floats, away: Floats) -> Floats:
    return np.concatenate([mean + away, mean - away])


def _draw_errors(
    o: Observations, linear: Linear, across: Covariances, m: int, z: Floats, rng: np.random.Generator
) -> Floats:
    """Errors of the figures, (count, n); z (count, p, m + 2) are the first-print errors and the two biases."""
    sd = {c: np.sqrt(np.diag(across.across[c]))[o.series] for c in ("first_print", "monthly", "rest")}
    own = o.monthly * sd["monthly"] + o.rest * sd["rest"]
    out = np.sqrt(own**2 + o.rounding**2) * rng.standard_normal((len(z), len(o.y)))
    out += linear.first * sd["first_print"] * z[:, o.series, o.month]
    bias = z[:, o.series, m] + o.monthly * z[:, o.series, m + 1]
    return np.asarray(out + BIAS_SD * linear.first * bias)


def left_out(posterior: Posterior) -> tuple[Floats, Floats, Floats]:
    """Return each figure less its prediction from all others, (n,) log points, in standard errors, and its kurtosis.

    With W = S⁻¹ and α = W·residual: α_i / W_ii and α_i / √W_ii. Rounding errors are uniform, so the more a
    residual consists of them the lighter are its tails: excess kurtosis −1.2 Σ_j (W_ij ρ_j / √W_ii)⁴, ρ_j their sd.
    Output itself jumps more than a normal does, and where few figures pin each other down a residual consists of
    that: + GROWTH_KURTOSIS s², s the share of its variance that the levels have and no error of a figure.
    """
    linear = posterior.linear
    across = covariances(posterior.given, posterior.values, len(linear.rows))
    precision = inverse(lower_root(covariance(linear, across)))
    alpha, own = precision @ linear.residual, np.diag(precision)
    weights = precision / np.sqrt(own)[:, None]
    lower = np.tril(covariance(of_levels(linear), across))
    share = 2.0 * np.einsum("ij,ij->i", weights @ lower, weights) - weights**2 @ np.diag(lower)
    rounding = -1.2 * np.sum((weights * posterior.observations.rounding) ** 4, axis=1)
    return alpha / own, alpha / np.sqrt(own), rounding + GROWTH_KURTOSIS * share**2


def at_first_prints(posterior: Posterior) -> Posterior:
    """Return the posterior with the figures linearised at what it makes of the errors of first prints.

    Of a year to date these are not linear: an error of 5 % in half of the numerator bends it by .03 points, six times
    the half-unit of a rate printed to .01, and would be called a contradiction. Levels and hyperparameters stay.
    """
    o, linear = posterior.observations, posterior.linear
    across = covariances(posterior.given, posterior.values, len(linear.rows))
    alpha = scipy.linalg.cho_solve((lower_root(covariance(linear, across)), True), linear.residual)
    errors = np.zeros(len(o.y))
    for series, rows in enumerate(linear.rows):
        pulled = (linear.first * alpha)[rows]
        months = np.bincount(o.month[rows], pulled, minlength=posterior.kernels.months)
        errors[rows] = across.across["first_print"][series, series] * months[o.month[rows]]
        errors[rows] += BIAS_SD**2 * pulled.sum()
    linear = linearise(o, posterior.kernels, posterior.levels, errors)
    return replace(posterior, linear=linear)


def without(posterior: Posterior, row: int) -> Posterior:
    """Return the posterior whose hyperparameters have not seen one figure: its error is given a large variance.

    A wrong figure inflates the noise that it is judged by. Levels and linearisation stay.
    """
    fixed = posterior.linear.fixed.copy()
    fixed[row, row] += UNSEEN**2
    linear = replace(posterior.linear, fixed=fixed)
    values = mode(linear, posterior.given, posterior.values, FINE)
    return replace(posterior, values=values)
