"""Which month is unusual: t statistics of an outlier of every kind at every month, by generalised least squares.

The differenced series w = Fβ + (ARMA) is brought to uncorrelated errors of equal variance by the banded form of
Ansley (1979): z_t = w_t for t ≤ m = max(p*, q*), z_t = φ(B)w_t after, has covariance σ²Ω with Ω of bandwidth m;
with Ω = LLᵀ, L⁻¹z is white. The same L whitens every regressor, so one banded solve tests all months.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # its parts load where they are first used

from forecast.arrays import Floats, robust_sd
from forecast.models.sarima import plain
from forecast.models.sarima.sample import difference
from forecast.models.sarima.spec import Sarima

DECAY = 0.7
"""What a temporary change keeps from one month to the next: Chen & Liu (1993) and X-13."""

_SPANNED = 1e-8
"""Share of a regressor that must lie outside the others for it to be tested; chosen: the root of rounding error."""
_TINY = 1e-300  # above 0, so that a quotient is finite; chosen: nearly the smallest of doubles


@dataclass(frozen=True, eq=False)
class Regression:
    """Hold a series regressed with white errors, as one set of ARMA coefficients makes them.

    coefficients : (j,) of the regressors given · unit_errors : (j,) their standard errors where σ = 1
    residuals : (N,) · basis : (N, ·) orthonormal basis of all whitened regressors
    """

    spec: Sarima
    params: Floats
    coefficients: Floats
    unit_errors: Floats
    residuals: Floats
    basis: Floats

    @property
    def robust_sigma(self) -> float:
        """Standard deviation of the residuals by their median absolute value, which outliers do not inflate."""
        return robust_sd(self.residuals, centre=0.0)

    @property
    def sigma(self) -> float:
        """Standard deviation of the residuals by maximum likelihood."""
        return float(np.sqrt(self.residuals @ self.residuals / len(self.residuals)))

    def t_of_added(self, columns: Floats, sigma: float) -> Floats:
        """Return the t statistic of each column added alone to the regression, 0 where it adds nothing.

        columns : (n, k) on the scale of the undifferenced series
        """
        c = whiten(self.spec, self.params, difference(self.spec, columns.T).T)
        total = np.square(c).sum(axis=0)
        own = total - np.square(self.basis.T @ c).sum(axis=0)
        testable = own > _SPANNED * np.maximum(total, _TINY)
        return np.where(
            testable, (c.T @ self.residuals) / (sigma * np.sqrt(np.where(testable, own, 1.0))), 0.0
        )


def regress(spec: Sarima, params: Floats, z: Floats, regressors: Floats) -> Regression:
    """Regress the differenced series on the differenced regressors and the drift, errors made white.

    z : (n,) on the scale modelled; each month with NaN gets a dummy of its own, which is the exact treatment of a
    gap in a regression · regressors : (n, j), linearly independent after differencing
    """
    missing = np.flatnonzero(~np.isfinite(z))
    dummies = np.zeros((len(z), len(missing)))
    dummies[missing, np.arange(len(missing))] = 1.0
    filled = np.where(np.isfinite(z), z, np.nanmean(z))
    design = difference(spec, np.column_stack([regressors, dummies]).T).T
    if spec.has_drift:
        design = np.column_stack([design, np.ones(len(design))])
    response = whiten(spec, params, difference(spec, filled)[:, None])[:, 0]
    basis, triangle = np.linalg.qr(whiten(spec, params, design))
    j = regressors.shape[1]
    inverse = np.linalg.inv(triangle)[:j]
    along = basis.T @ response
    return Regression(
        spec,
        params,
        inverse @ along,
        np.sqrt(np.square(inverse).sum(axis=1)),
        response - basis @ along,
        basis,
    )


def outlier_columns(kind: str, positions: npt.NDArray[np.int64], n: int) -> Floats:
    """Return the regressor of an outlier at each position, (n, len(positions)); positions may lie in other n.

    ao : 1 in the month itself · ls : −1 before it, 0 from it on, so that forecasts need no more of it
    tc : 0.7ᵏ, k months after it
    """
    since = np.arange(n)[:, None] - positions[None, :]
    if kind == "ao":
        return np.asarray(since == 0, dtype=float)
    if kind == "ls":
        return -np.asarray(since < 0, dtype=float)
    return np.where(since >= 0, DECAY ** np.maximum(since, 0), 0.0)


def whiten(spec: Sarima, params: npt.ArrayLike, columns: Floats) -> Floats:
    """Turn columns with the model's ARMA covariance σ²Ω into columns with covariance σ²I, (N, k)."""
    return whitened(spec, params, columns)[0]


def whitened(spec: Sarima, params: npt.ArrayLike, columns: Floats) -> tuple[Floats, float]:
    """Whiten columns (N, k), and return log|Ω| too.

    Source: Ansley (1979), DOI 10.1093/biomet/66.1.59.
    """
    phi, theta = polynomials(spec, params)
    m = len(phi) - 1
    z = columns.copy()
    for lag in np.flatnonzero(phi)[1:] if len(z) > m else ():
        z[m:] += phi[lag] * columns[m - lag : len(columns) - lag]
    lower = scipy.linalg.cholesky_banded(_band_covariance(phi, theta, len(columns)), lower=True)
    log_determinant = 2.0 * float(np.log(lower[0]).sum())
    if columns.shape[1] == 0:  # LAPACK's band solver corrupts memory when it has nothing to solve for
        return columns, log_determinant
    return np.asarray(scipy.linalg.lapack.dtbtrs(lower, z, uplo="L")[0]), log_determinant


def polynomials(spec: Sarima, params: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Multiply out φ(B)Φ(Bˢ) and θ(B)Θ(Bˢ), each from its constant term 1 up to the degree of the larger."""
    a, b = plain.polynomials(spec.orders, np.asarray(params, dtype=float))
    return np.r_[1.0, -a[1:]], b


def split(spec: Sarima, params: npt.ArrayLike) -> tuple[Floats, Floats, Floats, Floats]:
    """Part the coefficients into AR, MA, seasonal AR and seasonal MA."""
    (p, _, q), (P, _, _) = spec.order, spec.seasonal
    c = np.asarray(params, dtype=float)
    return c[:p], c[p : p + q], c[p + q : p + q + P], c[p + q + P :]


def _band_covariance(phi: Floats, theta: Floats, N: int) -> Floats:
    """Covariance of z in LAPACK's lower band form: row k, column j holds Cov(z_{j+k}, z_j)/σ²."""
    m = len(phi) - 1
    psi = scipy.signal.lfilter(theta, phi, np.r_[1.0, np.zeros(m)])
    with_past = np.array([theta[k:] @ psi[: m + 1 - k] for k in range(m + 1)])
    gamma = _autocovariances(phi, with_past)
    band = np.zeros((m + 1, N))
    for k in range(m + 1):
        band[k] = theta[k:] @ theta[: m + 1 - k]
        band[k, : m - k] = gamma[k]
        band[k, m - k : m] = with_past[k]
    return band[:N]


def _autocovariances(phi: Floats, with_past: Floats) -> Floats:
    """Solve γ_k + φ_1 γ_{|k−1|} + … = Σ_l θ_l ψ_{l−k} for γ_0 … γ_m (McLeod 1975, DOI 10.2307/2346571)."""
    lags = len(phi)
    system = np.zeros((lags, lags))
    for k in range(lags):
        for i, coefficient in enumerate(phi):
            system[k, abs(k - i)] += coefficient
    return np.asarray(np.linalg.solve(system, with_past))
