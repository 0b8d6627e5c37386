"""The figures as a linear Gaussian function of the levels, and the marginal likelihood of hyperparameters.

At levels x̂ with Jacobian H:  y − predict(x̂) + H(x̂ − mean) = H(x − mean) + errors ~ N(0, S),

    S = Σ_c Σ_c[s, s'] ∘ G_c + fixed,   G_c = A_c A_cᵀ,   A_c = H F_c

so one set of products G_c serves every hyperparameter. Figures are sorted by series, and the G_c of a pair of
series are kept as the rows of one matrix: S and the gradient are then matrix–vector products.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.errors import FitError
from forecast.levels.observation import Observations
from forecast.levels.prior import (
    BIAS_SD,
    LEVELS,
    NOISE,
    Covariances,
    Kernels,
    Parameter,
    covariances,
    spreads,
)


@dataclass(frozen=True, eq=False)
class Linear:
    """Hold the figures linearised at some log levels.

    factors : component -> A_c (n, k)
    rows : the figures of each series · grams : pair of series (i ≥ j) -> G_c, one row a component of `names`
    fixed : (n, n) covariance that no hyperparameter moves: rounding and biases
    first : (n,) weight of the first-print error of the reference month · residual : (n,) left side above
    """

    factors: dict[str, Floats]
    rows: list[slice]
    grams: dict[tuple[int, int], Floats]
    fixed: Floats
    first: Floats
    residual: Floats

    @property
    def names(self) -> tuple[str, ...]:
        """Components in the order of the rows of `grams`."""
        return (*LEVELS, *NOISE)


def linearise(
    observations: Observations, kernels: Kernels, levels: Floats, errors: Floats | None = None
) -> Linear:
    """Linearise the figures at log levels (p, m) and at the errors of first prints, (n,) log points; by default none.

    With share w of the reference month in the numerator, an error ε moves a figure by log(1 − w + w exp ε).
    """
    o = observations
    h = o.jacobian(levels)
    mean = kernels.mean[: kernels.months]
    ahead = np.einsum("nm,nm->n", h, (levels - mean)[o.series])
    factors = {c: h @ kernels.factors[c][: kernels.months] for c in LEVELS}
    first = o.share(levels) * o.first
    bent = np.zeros(len(o.y))
    if errors is not None:
        moved = 1.0 + first * np.expm1(errors)
        first = first * np.exp(errors) / moved
        bent = np.log(moved) - first * errors
    edges = np.searchsorted(o.series, np.arange(len(levels) + 1))
    rows = [slice(int(a), int(b)) for a, b in zip(edges[:-1], edges[1:], strict=True)]
    grams = {}
    fixed = np.diag(o.rounding**2)
    for i, here in enumerate(rows):
        for j, there in enumerate(rows[: i + 1]):
            of = [(factors[c][here] @ factors[c][there].T).ravel() for c in LEVELS]
            if i == j:
                of += [gram.ravel() for gram in _errors(o, first, here)]
            grams[i, j] = np.array(of)
        monthly = (first * o.monthly)[here]
        fixed[here, here] += BIAS_SD**2 * (np.outer(first[here], first[here]) + np.outer(monthly, monthly))
    return Linear(factors, rows, grams, fixed, first, o.y - o.predict(levels) + ahead - bent)


def _errors(o: Observations, first: Floats, rows: slice) -> list[Floats]:
    """Covariances of the errors within a series at unit variance, in the order of NOISE."""
    month = o.month[rows]
    shared = np.outer(first[rows], first[rows]) * (month[:, None] == month[None, :])
    return [shared, np.diag(o.monthly[rows].astype(float)), np.diag(o.rest[rows].astype(float))]


def covariance(linear: Linear, across: Covariances) -> Floats:
    """Return the covariance S of the figures, (n, n), its lower triangle."""
    out = linear.fixed.copy()
    for (i, j), grams in linear.grams.items():
        here, there = linear.rows[i], linear.rows[j]
        weights = np.array([across.across[c][i, j] for c in linear.names[: len(grams)]])
        out[here, there] += (weights @ grams).reshape(here.stop - here.start, there.stop - there.start)
    return out


def of_levels(linear: Linear) -> Linear:
    """Return what the levels alone make the figures do: no error of a figure, no rounding."""
    grams = {pair: of[: len(LEVELS)] for pair, of in linear.grams.items()}
    return replace(linear, grams=grams, fixed=np.zeros_like(linear.fixed))


def lower_root(matrix: Floats) -> Floats:
    """Return the lower Cholesky factor from a lower triangle. Raises FitError where there is none."""
    try:
        return np.asarray(scipy.linalg.cholesky(matrix, lower=True, check_finite=False))
    except np.linalg.LinAlgError:
        raise FitError("the covariance of the figures is singular") from None


def inverse(lower: Floats) -> Floats:
    """Return (L Lᵀ)⁻¹."""
    half, info = scipy.linalg.lapack.dpotri(lower, lower=1)
    if info:
        raise FitError("the covariance of the figures is singular")
    out = half + half.T
    np.fill_diagonal(out, np.diag(half))
    return np.asarray(out)


def log_posterior(linear: Linear, given: tuple[Parameter, ...], values: Floats) -> tuple[float, Floats]:
    """Return log marginal likelihood plus log prior of the hyperparameters, constants left out, and its gradient.

    ∂/∂θ = ½ tr((αα' − S⁻¹) ∂S/∂θ), α = S⁻¹·residual (Rasmussen & Williams 2006, eq. 5.9).
    """
    p = len(linear.rows)
    across = covariances(given, values, p)
    lower = lower_root(covariance(linear, across))
    alpha = scipy.linalg.cho_solve((lower, True), linear.residual)
    half = 0.5 * (np.outer(alpha, alpha) - inverse(lower))
    spread = spreads(given, values)
    z = (values - [q.centre for q in given]) / spread
    value = -0.5 * linear.residual @ alpha - np.log(np.diag(lower)).sum() - 0.5 * z @ z
    blocks = np.zeros((len(linear.names), p, p))
    for (i, j), grams in linear.grams.items():
        blocks[: len(grams), i, j] = grams @ half[linear.rows[i], linear.rows[j]].ravel()
        blocks[: len(grams), j, i] = blocks[: len(grams), i, j]
    slope = -z / spread
    for c, block in zip(linear.names, blocks, strict=True):
        for position, derivative in across.slopes(c):
            slope[position] += np.sum(block * derivative)
    return float(value), slope
