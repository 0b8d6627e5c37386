"""What the residuals of a seasonal ARIMA still hold: Ljung–Box, QS, normality, and the roots of its polynomials."""

from __future__ import annotations

import cmath
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.models.sarima.fitted import SarimaFit
from forecast.models.sarima.scan import split
from forecast.models.sarima.spec import Sarima
from forecast.parallel import one_thread


@dataclass(frozen=True)
class Test:
    """Hold one test of the residuals; p_value is None where there are too few of them."""

    __test__ = False  # a row of the table, not a case for pytest

    name: str
    statistic: float | None
    degrees: int
    p_value: float | None


@dataclass(frozen=True)
class Root:
    """Hold one root: its polynomial, and its inverse by modulus and by months per cycle (inf: no cycle).

    A seasonal polynomial is a polynomial of Bˢ, and its roots are those of Bˢ.
    """

    polynomial: str  # "AR", "MA", "seasonal AR" or "seasonal MA"
    inverse: complex

    @property
    def modulus(self) -> float:
        """Modulus of the inverse root: 1 is a unit root, above 1 is not stationary or not invertible."""
        return abs(self.inverse)


@dataclass(frozen=True)
class Diagnostics:
    """Hold the tests of the residuals and the roots of one fit."""

    tests: tuple[Test, ...]
    roots: tuple[Root, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row per test: test, statistic, degrees of freedom, p_value."""
        rows = [(t.name, t.statistic, t.degrees, t.p_value) for t in self.tests]
        return pd.DataFrame(rows, columns=["test", "statistic", "degrees", "p_value"])


@one_thread
def diagnose(fit: SarimaFit) -> Diagnostics:
    """Test the residuals of a fit for what a good model leaves none of, and list its roots.

    Ljung–Box over min(2s, N/5) lags, less the number of coefficients in its degrees of freedom; QS; Jarque–Bera.
    """
    e, spec = fit.residuals, fit.spec
    observed = int(np.isfinite(e).sum())
    lags = max(min(2 * max(spec.period, 5), observed // 5), spec.n_coefficients + 1)
    tests = (
        ljung_box(e, lags, spec.n_coefficients),
        residual_seasonality(e, spec.period),
        jarque_bera(e),
    )
    return Diagnostics(tests, roots(spec, fit.params))


def ljung_box(residuals: npt.ArrayLike, lags: int, coefficients: int = 0) -> Test:
    """Test residuals for autocorrelation: Q = n(n+2) Σ r_k²/(n−k), χ² with lags − coefficients degrees of freedom.

    residuals : (n,), NaN where a month is missing; a pair with one adds nothing to its autocorrelation
    Source: Ljung & Box (1978), DOI 10.1093/biomet/65.2.297.
    """
    name, degrees = f"Ljung-Box({lags})", lags - coefficients
    r, n = autocorrelations(residuals, lags)
    if r is None:
        return Test(name, None, degrees, None)
    statistic = float(n * (n + 2) * (np.square(r) / (n - np.arange(1, lags + 1))).sum())
    return Test(name, statistic, degrees, _upper_chi2(statistic, degrees))


def residual_seasonality(residuals: npt.ArrayLike, period: int = 12) -> Test:
    """Test residuals for positive autocorrelation at the seasonal lags: the QS statistic of TRAMO-SEATS and X-13.

    QS = n(n+2) [r_s²/(n−s) + max(0, r_2s)²/(n−2s)] where r_s > 0, else 0. As r_s and r_2s are asymptotically
    independent normals under white noise, P(QS > q) = ¼ [P(χ²₁ > q) + P(χ²₂ > q)] for q > 0 (5 % point 3.8);
    the χ²₂ that X-13 prints it with (5 % point 6.0) is conservative.
    Source: Maravall (2012), "Update of seasonality tests and automatic model identification in TRAMO-SEATS",
    Bank of Spain; X-13ARIMA-SEATS Reference Manual, Census Bureau.
    """
    r, n = autocorrelations(residuals, 2 * period)
    if r is None:
        return Test("QS", None, 2, None)
    once, twice = float(r[period - 1]), max(0.0, float(r[2 * period - 1]))
    if once <= 0:
        return Test("QS", 0.0, 2, 1.0)
    statistic = n * (n + 2) * (once**2 / (n - period) + twice**2 / (n - 2 * period))
    return Test("QS", statistic, 2, (_upper_chi2(statistic, 1) + _upper_chi2(statistic, 2)) / 4)


def jarque_bera(residuals: npt.ArrayLike) -> Test:
    """Test residuals for normality: JB = n/6 · (S² + (K − 3)²/4), χ² with 2 degrees of freedom.

    S, K : skewness and kurtosis of the residuals around their mean
    Source: Jarque & Bera (1987), DOI 10.2307/1403192.
    """
    e = _observed(residuals)
    if len(e) < 8 or not np.ptp(e) > 0:
        return Test("Jarque-Bera", None, 2, None)
    z = (e - e.mean()) / e.std()
    skewness, kurtosis = float((z**3).mean()), float((z**4).mean())
    statistic = len(e) / 6 * (skewness**2 + (kurtosis - 3) ** 2 / 4)
    return Test("Jarque-Bera", statistic, 2, _upper_chi2(statistic, 2))


def roots(spec: Sarima, params: npt.ArrayLike) -> tuple[Root, ...]:
    """List the inverse roots of the four polynomials; a seasonal one in Bˢ, so that Φ = .9 reads as .9.

    params : (p + q + P + Q,) AR, MA, seasonal AR, seasonal MA coefficients
    """
    names = ("AR", "MA", "seasonal AR", "seasonal MA")
    parts = zip(names, inverse_roots(spec, params), strict=True)
    return tuple(Root(name, inverse) for name, part in parts for inverse in part)


def inverse_roots(spec: Sarima, params: npt.ArrayLike) -> tuple[list[complex], ...]:
    """Return the inverse roots of AR, MA, seasonal AR and seasonal MA polynomial, the last two in Bˢ.

    params : as in `roots`
    """
    ar, ma, seasonal_ar, seasonal_ma = split(spec, params)
    return tuple(_inverse_roots(part) for part in (-ar, ma, -seasonal_ar, seasonal_ma))


def _inverse_roots(coefficients: Floats) -> list[complex]:
    """Inverse roots of 1 + c₁B + c₂B² + …, the zeros of z^k + c₁z^{k−1} + …; up to two in closed form, for speed."""
    c: list[float] = coefficients.tolist()
    if len(c) > 2:
        companion = np.eye(len(c), k=-1)
        companion[0] = -coefficients
        return [complex(zero) for zero in np.linalg.eigvals(companion)]
    if len(c) < 2:
        return [complex(-c[0])] if c else []
    half, product = -c[0] / 2, c[1]
    spread = cmath.sqrt(half * half - product)
    larger = half + spread if half >= 0 else half - spread
    return [larger, product / larger if larger else 0j]


def autocorrelations(residuals: npt.ArrayLike, lags: int) -> tuple[Floats | None, int]:
    """Return autocorrelations r_1 … r_lags and the number of observed residuals; None where they do not suffice."""
    e = np.asarray(residuals, dtype=float)
    seen = np.isfinite(e)
    n = int(seen.sum())
    if n <= lags + 1 or not np.ptp(e[seen]) > 0:
        return None, n
    z = np.where(seen, e - e[seen].mean(), 0.0)
    return np.array([z[k:] @ z[:-k] for k in range(1, lags + 1)]) / (z @ z), n


def _observed(residuals: npt.ArrayLike) -> Floats:
    e = np.asarray(residuals, dtype=float)
    return np.asarray(e[np.isfinite(e)])


def _upper_chi2(statistic: float, degrees: int) -> float:
    """Probability that χ² with these degrees of freedom exceeds the statistic."""
    return float(scipy.special.chdtrc(degrees, statistic))
