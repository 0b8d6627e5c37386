"""Slow and independent ways to a seasonal ARIMA's likelihood: at 50 digits, and random models to try them on."""

from __future__ import annotations

from dataclasses import dataclass

import mpmath as mp
import numpy as np
import numpy.typing as npt
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecast.models.sarima import Sarima
from forecast.models.sarima.sample import difference

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One model with coefficients, and a series with regressors to evaluate it on."""

    spec: Sarima
    params: Floats
    y: Floats
    x: Floats | None


def random_case(rng: np.random.Generator, number: int) -> Case:
    """Any orders to (5,·,5)(2,·,2), 40 to 600 months; every third with regressors, some roots on or near the circle.

    Every fourth case has an AR root of modulus 0.999 in each part, every fourth an MA root of modulus one.
    """
    p, q = (int(i) for i in rng.integers(0, 6, 2))
    P, Q = (int(i) for i in rng.integers(0, 3, 2))
    d, D = (int(i) for i in rng.integers(0, 2, 2))
    n = int(rng.choice([40, 45, 60, 100, 144, 240, 600], p=[0.2, 0.1, 0.15, 0.15, 0.2, 0.15, 0.05]))
    near, on = 0.999 if number % 4 == 1 else None, 1.0 if number % 4 == 2 else None
    ar, sar = random_polynomial(rng, p, near), random_polynomial(rng, P, near and near**12)
    ma, sma = -random_polynomial(rng, q, on), -random_polynomial(rng, Q, on)
    spec = Sarima((p, d, q), (P, D, Q), drift=bool(number % 2), log=False)
    y = np.cumsum(rng.normal(size=n)) * rng.uniform(0.1, 2.0) + rng.normal(size=n)
    x = rng.normal(size=(n, int(rng.integers(1, 4)))) if number % 3 == 0 else None
    return Case(spec, np.concatenate([ar, ma, sar, sma]), y, x)


def random_polynomial(rng: np.random.Generator, degree: int, largest: float | None) -> Floats:
    """AR coefficients with inverse roots of modulus to 0.9 at random, one or a pair of them of modulus `largest`."""
    out = np.ones(1)
    while len(out) <= degree:
        modulus = rng.uniform(0.0, 0.9) if largest is None or len(out) > 1 else largest
        if degree - len(out) >= 1 and rng.random() < 0.5:
            out = np.convolve(out, [1.0, -2.0 * modulus * np.cos(rng.uniform(0.3, 2.8)), modulus**2])
        else:
            out = np.convolve(out, [1.0, -modulus * rng.choice([-1.0, 1.0])])
    return -out[1:]


def differenced(case: Case) -> tuple[Floats, Floats]:
    """The differenced series, and the differenced regressors with the drift's ones before them."""
    w = difference(case.spec, case.y)
    columns = np.empty((len(w), 0)) if case.x is None else difference(case.spec, case.x.T).T
    return w, np.column_stack([np.ones((len(w), int(case.spec.has_drift))), columns])


def statsmodels_loglike(case: Case) -> float:
    """Statsmodels' exact log-likelihood, its steady-state shortcut off; regression by its own whitening."""
    w, columns = differenced(case)
    (p, _, q), (P, _, Q) = case.spec.order, case.spec.seasonal

    def model(series: Floats, concentrate: bool) -> SARIMAX:
        seasonal = (P, 0, Q, case.spec.period) if P + Q else (0, 0, 0, 0)
        out = SARIMAX(series, order=(p, 0, q), seasonal_order=seasonal, concentrate_scale=concentrate)
        out.ssm.tolerance = 0.0
        return out

    def whitened(series: Floats) -> Floats:
        result = model(series, False).filter(np.append(case.params, 1.0)).filter_results
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(result.forecasts_error[0] / np.sqrt(result.forecasts_error_cov[0, 0]))

    beta = np.empty(0)
    if columns.shape[1]:
        white = np.column_stack([whitened(series) for series in (w, *columns.T)])
        if not np.isfinite(white).all():
            return float("nan")  # its start-up covariance overflowed
        beta = np.linalg.lstsq(white[:, 1:], white[:, 0], rcond=None)[0]
    return float(model(w - columns @ beta, True).loglike(case.params))


def exact_loglike(case: Case, digits: int = 50) -> float:
    """The log-likelihood at `digits` digits: Yule–Walker equations, then Durbin–Levinson on all columns."""
    with mp.workdps(digits):
        w, columns = differenced(case)
        a, b = _products(case)
        gamma = _autocovariances(a, b, len(w))
        rows = [[mp.mpf(float(v)) for v in series] for series in (w, *columns.T)]
        whitened, logdet = _durbin_levinson(gamma, rows)
        cross = mp.matrix(len(rows), len(rows))
        for i, left in enumerate(whitened):
            for j, right in enumerate(whitened):
                cross[i, j] = mp.fdot(left, right)
        rest = cross[0, 0]
        if len(rows) > 1:
            k = len(rows)
            beta = mp.lu_solve(cross[1:k, 1:k], cross[1:k, 0])
            rest -= mp.fdot(list(cross[1:k, 0]), list(beta))
        n = len(w)
        return float(-(n * (mp.log(2 * mp.pi * rest / n) + 1) + logdet) / 2)


def _products(case: Case) -> tuple[list[mp.mpf], list[mp.mpf]]:
    """1 − a_1 z − … and 1 + b_1 z + … of the products of regular and seasonal polynomials."""
    p, q, P, _, s = case.spec.orders
    ar, ma, sar, sma = np.split(case.params, np.cumsum([p, q, P]))

    def product(small: Floats, big: Floats) -> list[mp.mpf]:
        out = [mp.mpf(0)] * (len(small) + s * len(big) + 1)
        for j, right in enumerate([1.0, *big]):
            for i, left in enumerate([1.0, *small]):
                out[i + s * j] += mp.mpf(float(left)) * mp.mpf(float(right))
        return out

    return product(-ar, -sar), product(ma, sma)


def _autocovariances(a: list[mp.mpf], b: list[mp.mpf], n: int) -> list[mp.mpf]:
    """γ_0 … γ_{n−1} over σ²: Σ_i a_i γ_{|k−i|} = Σ_{j≥k} b_j ψ_{j−k}."""
    p, q = len(a) - 1, len(b) - 1
    psi = [mp.mpf(1)]
    for k in range(1, q + 1):
        psi.append(b[k] - mp.fsum(a[i] * psi[k - i] for i in range(1, min(k, p) + 1)))
    right = [mp.fsum(b[j] * psi[j - k] for j in range(k, q + 1)) for k in range(max(p, q) + 1)]
    system = mp.matrix(p + 1, p + 1)
    for k in range(p + 1):
        for i in range(p + 1):
            system[k, abs(k - i)] += a[i]
    gamma = list(mp.lu_solve(system, mp.matrix(right[: p + 1])))
    for k in range(p + 1, n):
        extra = right[k] if k < len(right) else mp.mpf(0)
        gamma.append(extra - mp.fsum(a[i] * gamma[k - i] for i in range(1, p + 1)))
    return gamma[:n]


def _durbin_levinson(gamma: list[mp.mpf], rows: list[list[mp.mpf]]) -> tuple[list[list[mp.mpf]], mp.mpf]:
    """One-step errors of each row over their standard deviation, and the log determinant of the covariance."""
    v, phi, logdet = gamma[0], [], mp.log(gamma[0])
    whitened = [[row[0] / mp.sqrt(v)] for row in rows]
    for t in range(1, len(gamma)):
        kappa = (gamma[t] - mp.fdot(phi, gamma[t - 1 : 0 : -1])) / v
        phi = [left - kappa * right for left, right in zip(phi, reversed(phi), strict=True)] + [kappa]
        v *= 1 - kappa * kappa
        logdet += mp.log(v)
        for row, out in zip(rows, whitened, strict=True):
            past = row[t - 1 :: -1] if t else []
            out.append((row[t] - mp.fdot(phi, past)) / mp.sqrt(v))
    return whitened, logdet
