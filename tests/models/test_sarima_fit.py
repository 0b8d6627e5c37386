"""Estimates of the seasonal ARIMA: R and X-13, statsmodels and random starts, degenerate series, the fallback."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from statsmodels.tools.numdiff import approx_hess
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecast import models
from forecast.errors import ConfigError, FitError
from forecast.models import sarima
from forecast.models.sarima import Sarima, estimation, likelihood, plain
from tests.models.golden import sarima_fits as golden

Floats = npt.NDArray[np.float64]
ANSWERS = json.loads((Path(__file__).parent / "golden" / "sarima_fits.json").read_text())
AIRLINE = Sarima((0, 1, 1), (0, 1, 1))


def index(seed: int, n: int = 144) -> Floats:
    """A random walk with noise and a season that drifts from year to year."""
    rng = np.random.default_rng(seed)
    years = np.cumsum(
        np.vstack([0.1 * np.sin(np.arange(12) * np.pi / 6), rng.normal(0, 0.02, (n // 12, 12))]), axis=0
    )
    return np.exp(4.6 + years.ravel()[:n] + np.cumsum(rng.normal(0, 0.02, n)) + rng.normal(0, 0.01, n))


def golden_fit(name: str) -> sarima.SarimaFit:
    which, (p, d, q, P, D, Q), drift, regressed = golden.MODELS[name]
    z = golden.series()[which]
    x = golden.regressors(len(z)) if regressed else None
    return sarima.fit(Sarima((p, d, q), (P, D, Q), drift=drift), np.exp(z), x)


# ---- R and X-13 (golden/sarima_fits.py)


R_STOPS_SHORT = ("two lags", "both seasonal", "gaps")


@pytest.mark.parametrize("name", [name for name in ANSWERS if name not in R_STOPS_SHORT])
def test_estimates_equal_r(name: str) -> None:
    fit, r = golden_fit(name), ANSWERS[name]["r"]
    assert_allclose(fit.loglike, r["loglike"], rtol=1e-8)
    assert_allclose(fit.sigma2, r["sigma2"], rtol=1e-4)
    values = np.concatenate([fit.params, fit.beta])
    errors = np.array(r["errors"])
    assert np.abs((values - r["values"]) / errors).max() < 1e-2
    assert_allclose(fit.standard_errors, errors[: len(fit.params)], rtol=2e-2)


@pytest.mark.parametrize("name", R_STOPS_SHORT)
def test_where_r_stops_at_a_lower_maximum_we_do_not(name: str) -> None:
    """R's search ends 0.6 to 4.6 below; at R's coefficients both give the same value."""
    fit, r = golden_fit(name), ANSWERS[name]["r"]
    assert fit.converged
    assert fit.loglike > r["loglike"] + 0.6
    which, _, _, _ = golden.MODELS[name]
    at_r = sarima.loglike(fit.spec, r["values"][: fit.spec.n_coefficients], np.exp(golden.series()[which]))
    if name != "gaps":  # there R's mean is not at its best for R's coefficients
        assert_allclose(at_r, r["loglike"], rtol=1e-8)


@pytest.mark.parametrize("name", [name for name in ANSWERS if "x13" in ANSWERS[name]])
def test_estimates_equal_x13(name: str) -> None:
    """X-13's errors are asymptotic ones: alike where the series says enough, half or double where it does not."""
    fit, x13 = golden_fit(name), ANSWERS[name]["x13"]
    assert_allclose(fit.loglike, x13["loglike"], rtol=1e-9)
    assert_allclose(fit.params, x13["values"], atol=2e-5)
    assert_allclose(fit.sigma2, x13["sigma2"], rtol=1e-5)
    assert_allclose(fit.standard_errors, x13["errors"], rtol=0.55 if name == "two lags" else 0.2)


# ---- the maximum


@pytest.mark.parametrize(
    "spec",
    [
        AIRLINE,
        Sarima((2, 1, 1), (0, 1, 1)),
        pytest.param(Sarima((1, 1, 1), (1, 0, 1)), marks=pytest.mark.slow),
        pytest.param(Sarima((1, 0, 1), (0, 1, 1)), marks=pytest.mark.slow),
        Sarima((3, 1, 0), (1, 1, 0)),
    ],
    ids=str,
)
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_no_lower_than_statsmodels_and_random_starts(spec: Sarima, seed: int) -> None:
    y = index(seed)
    fit = sarima.fit(spec, y)
    assert_allclose(sarima.loglike(spec, fit.params, y), fit.loglike, rtol=1e-10)
    w = sarima.sample.difference(spec, np.log(y))
    (p, _, q), (P, _, Q) = spec.order, spec.seasonal
    model = SARIMAX(
        w,
        exog=np.ones(len(w)) if spec.has_drift else None,
        order=(p, 0, q),
        seasonal_order=(P, 0, Q, 12),
        concentrate_scale=True,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = model.fit(disp=0, maxiter=200).llf
    assert fit.loglike > peer - 1e-3
    rng = np.random.default_rng(seed)
    for _ in range(20):
        angles = rng.uniform(-1.4, 1.4, spec.n_coefficients)
        other = sarima.fit(spec, y, start=plain.coefficients(spec.orders, angles), cold=False)
        assert fit.loglike > other.loglike - 1e-3


def test_standard_errors_are_those_of_the_hessian() -> None:
    """√diag(−∂²L⁻¹) in the coefficients themselves, by another difference scheme."""
    spec, y = Sarima((2, 1, 1), (0, 1, 1)), np.exp(golden.series()["elec_equip"])
    fit = sarima.fit(spec, y)
    hessian = approx_hess(fit.params, lambda params: -sarima.loglike(spec, params, y))
    assert_allclose(fit.standard_errors, np.sqrt(np.diag(np.linalg.inv(hessian))), rtol=1e-3)


def test_unit_root_of_the_moving_average_is_reached_and_said() -> None:
    """An over-differenced white noise has its maximum at θ = −1 exactly, in most samples."""
    y = np.random.default_rng(8).normal(100, 1, 200)
    fit = sarima.fit(Sarima((0, 1, 1), (0, 0, 0), drift=False, log=False), y)
    assert fit.params[0] == -1.0
    assert fit.status == "boundary"
    assert fit.converged
    assert np.isnan(fit.standard_errors[0])
    assert fit.summary()["coefficients"][0] == {"name": "ma1", "value": -1.0, "error": None}


def test_a_maximum_inside_beats_the_unit_root_beside_it() -> None:
    """Likelihoods of over-differenced series are level at θ = −1 and may have a second maximum close by."""
    spec = Sarima((0, 1, 1), (0, 0, 0), drift=False, log=False)
    for seed in range(130, 160):
        y = np.random.default_rng(seed).normal(100, 1, 200)
        grid = [sarima.loglike(spec, [theta], y) for theta in np.linspace(-1.0, -0.8, 81)]
        assert sarima.fit(spec, y).loglike > max(grid) - 1e-7


def test_coefficients_that_cancel_are_called_flat_or_uncertain() -> None:
    y = np.random.default_rng(8).normal(100, 1, 300)
    fit = sarima.fit(Sarima((1, 0, 1), (0, 0, 0), log=False), y)
    error = fit.standard_errors[0]
    assert fit.status in ("flat", "boundary") or error > 0.1
    assert fit.converged


def test_warm_start_beside_and_alone() -> None:
    spec, y = Sarima((2, 1, 1), (0, 1, 1)), index(9)
    cold = sarima.fit(spec, y)
    for only_warm in (True, False):
        warm = sarima.fit(spec, y, start=cold.params, cold=not only_warm)
        assert_allclose(warm.loglike, cold.loglike, atol=1e-6)
        assert_allclose(warm.params, cold.params, atol=1e-3)


def test_a_warm_start_outside_the_admissible_region_is_moved_into_it() -> None:
    fit = sarima.fit(AIRLINE, index(10), start=[-1.7, 2.0], cold=False)
    assert_allclose(fit.loglike, sarima.fit(AIRLINE, index(10)).loglike, atol=1e-5)


def test_many_histories_at_once_equal_one_by_one() -> None:
    draws = np.stack([index(seed) for seed in range(11, 16)])
    draws[:, 60] = np.nan
    x = np.random.default_rng(0).normal(size=(144, 1))
    for spec in (AIRLINE, Sarima((1, 1, 0), (0, 0, 0))):
        for together, y in zip(sarima.fit_draws(spec, draws, x), draws, strict=True):
            alone = sarima.fit(spec, y, x)
            assert_allclose(together.loglike, alone.loglike, rtol=1e-12)
            assert_allclose(together.beta, alone.beta, rtol=1e-7)
            assert_allclose(together.residuals, alone.residuals, rtol=1e-6, atol=1e-9)
            assert_allclose(
                together.modelled(5, x[:5]).variance, alone.modelled(5, x[:5]).variance, rtol=1e-6
            )


def test_criterion_counts_drift_regressors_and_sigma() -> None:
    fit = sarima.fit(Sarima((1, 1, 1), (0, 0, 0)), index(17), np.random.default_rng(1).normal(size=(144, 2)))
    k, n = 1 + 1 + 1 + 2 + 1, 143
    assert_allclose(fit.aicc, -2 * fit.loglike + 2 * k + 2 * k * (k + 1) / (n - k - 1), rtol=1e-12)
    assert fit.names == ("drift", "1", "2")


def test_residuals_are_white_and_scaled_to_sigma() -> None:
    fit = sarima.fit(AIRLINE, index(18, 400))
    e = fit.residuals
    assert len(e) == 387
    assert_allclose(np.mean(e**2), fit.sigma2, rtol=1e-10)
    correlation = [e[lag:] @ e[:-lag] / (e @ e) for lag in range(1, 13)]
    assert np.abs(correlation).max() < 4 / np.sqrt(387)


def test_a_missing_month_is_filled_by_smoothing() -> None:
    """Filling the month with its best estimate leaves coefficients of the same likelihood as integrating it out."""
    y = index(19)
    y[70] = np.nan
    spec = Sarima((0, 1, 1), (0, 1, 1), log=False)
    fit = sarima.fit(spec, y)
    model = SARIMAX(y, order=spec.order, seasonal_order=(*spec.seasonal, 12), use_exact_diffuse=True)
    smoothed = model.smooth([*fit.params, fit.sigma2]).smoother_results
    filled = y.copy()
    filled[70] = (model.ssm.design[:, :, 0] @ smoothed.smoothed_state[:, 70])[0]
    assert_allclose(
        fit.residuals[~np.isnan(fit.residuals)],
        _residuals(spec, fit.params, filled)[~np.isnan(fit.residuals)],
        atol=1e-6,
    )
    assert np.flatnonzero(np.isnan(fit.residuals)).tolist() == [70 - 13]
    assert fit.nobs == 130


def _residuals(spec: Sarima, params: Floats, y: Floats) -> Floats:
    w = sarima.sample.difference(spec, y)
    return plain.kalman(w[:, None], *plain.polynomials(spec.orders, params)).innovations[:, 0]


def test_the_model_registry_fits_through_the_same_door() -> None:
    y = index(20)
    assert models.fit(AIRLINE, y).summary() == sarima.fit(AIRLINE, y).summary()


# ---- series that carry no model, or barely


@pytest.mark.parametrize(
    ("spec", "y", "x", "message"),
    [
        (
            AIRLINE,
            np.full(100, 50.0),
            None,
            "under the differences of (0,1,1)(0,1,1)12 the series is constant",
        ),
        (AIRLINE, np.exp(0.01 * np.arange(100)), None, "the series is constant"),
        (Sarima((1, 1, 0), (0, 0, 0)), np.exp(0.01 * np.arange(100)), None, "the series is constant"),
        (AIRLINE, np.full(100, np.nan), None, "the series has no observed month"),
        (AIRLINE, np.empty(0), None, "the series has no observed month"),
        (AIRLINE, np.ones((100, 2)), None, "must have one dimension, got an array of shape (100, 2)"),
        (AIRLINE, np.r_[index(1)[:50], np.inf, index(1)[51:]], None, "the series is infinite in month 51"),
        (
            AIRLINE,
            np.r_[index(1)[:50], -1.0, index(1)[51:]],
            None,
            "positive levels, month 51 is not; use log=False",
        ),
        (AIRLINE, index(1, 13), None, "needs more than 13 months, the series has 13"),
        (
            Sarima((2, 1, 2), (0, 1, 1)),
            index(1, 20),
            None,
            "with 6 parameters needs 8 differenced months, got 7",
        ),
        (
            AIRLINE,
            np.r_[index(1)[:12], np.full(60, np.nan), index(1)[72:77]],
            None,
            "needs 5 differenced months, got 4",
        ),
        (AIRLINE, index(1), np.ones(144), "regressor 1 vanishes under the differences of (0,1,1)(0,1,1)12"),
        (AIRLINE, index(1), np.arange(144.0), "regressor 1 vanishes"),
        (
            Sarima((0, 1, 1), (0, 0, 0)),
            index(1),
            np.arange(144.0),
            "regressor 1 is collinear with the columns before it",
        ),
        (AIRLINE, index(1), np.outer(np.sin(np.arange(144) ** 1.5), [1, -2]), "regressor 2 is collinear"),
        (AIRLINE, index(1), np.full((144, 1), np.nan), "regressor 1 is missing or infinite in some month"),
        (AIRLINE, index(1), np.ones((100, 1)), "the regressors have 100 months, the series 144"),
    ],
)
def test_what_cannot_be_estimated_is_said(spec: Sarima, y: Floats, x: Floats | None, message: str) -> None:
    with pytest.raises(FitError) as caught:
        sarima.fit(spec, y, x)
    assert message in str(caught.value)


def test_a_regressor_is_called_by_its_name_and_all_problems_at_once() -> None:
    x = pd.DataFrame(
        {"tet": np.sin(np.arange(144) ** 1.5), "level": np.ones(144), "again": np.sin(np.arange(144) ** 1.5)}
    )
    with pytest.raises(FitError) as caught:
        sarima.fit(AIRLINE, index(1), x)
    assert [problem.split(" ")[1] for problem in caught.value.problems] == ["level", "again"]


def test_a_dummy_for_a_missing_month_says_nothing() -> None:
    y = index(1)
    y[50] = np.nan
    with pytest.raises(FitError, match="regressor 1 is collinear"):
        sarima.fit(AIRLINE, y, np.eye(144)[:, [50]])


def test_gaps_that_leave_a_season_unknown_are_refused() -> None:
    y = index(1)
    y[5::12] = np.nan
    with pytest.raises(FitError, match="collinear"):
        sarima.fit(AIRLINE, y)


@pytest.mark.parametrize(
    "spec", [AIRLINE, Sarima((2, 1, 2), (1, 0, 1)), Sarima((1, 0, 0), (0, 1, 1))], ids=str
)
@pytest.mark.parametrize(
    "y",
    [
        np.where(np.arange(120) == 60, 1e9, index(21, 120)),
        np.where(np.arange(120) == 60, 1e-9, index(21, 120)),
        np.where(np.arange(120) == 119, 1e9, index(21, 120)),
        np.where(np.arange(120) < 60, 1.0, 1e6) * index(21, 120),
        np.round(index(21, 120)),
        np.where(np.arange(120) % 12 == 7, 1e-3, 1.0) * index(21, 120),
        index(21, 120) * 1e-250,
        index(21, 120) * 1e250,
        100.0 + (np.arange(120) % 12) + 1e-7 * np.random.default_rng(3).normal(size=120),
        np.where(np.arange(120) % 3 > 0, np.nan, index(21, 120)),
    ],
    ids=[
        "outlier",
        "zero",
        "last",
        "shift",
        "rounded",
        "august",
        "tiny",
        "huge",
        "almost constant",
        "quarterly",
    ],
)
def test_ugly_series_are_fitted_or_refused(spec: Sarima, y: Floats) -> None:
    try:
        fit = sarima.fit(spec, y)
    except FitError:
        return
    forecast = fit.modelled(24)
    assert np.isfinite(fit.loglike)
    assert np.isfinite(forecast.mean).all()
    assert (forecast.variance > 0).all()
    with np.errstate(over="ignore"):  # levels of 1e250 may grow beyond what a float holds
        assert not np.isnan(fit.simulate(24, 20, np.random.default_rng(1))).any()


def test_one_absurd_outlier_moves_no_coefficient_once_it_is_a_regressor() -> None:
    y = index(22)
    spoiled = y.copy()
    spoiled[80] *= 1e6
    pulse = np.eye(144)[:, [80]]
    with_pulse, clean = sarima.fit(AIRLINE, spoiled, pulse), sarima.fit(AIRLINE, y, pulse)
    assert_allclose(with_pulse.params, clean.params, atol=1e-4)
    assert_allclose(with_pulse.beta - clean.beta, np.log(1e6), rtol=1e-8)


# ---- the spec


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"order": (1, -1, 0)}, r"order: expected three whole numbers from 0, found \(1, -1, 0\)"),
        (
            {"seasonal": (0, 1)},
            r"seasonal: expected \(a whole .*\), found \(0, 1\)",
        ),
        ({"order": (0.5, 1, 1)}, r"order: expected .*, found \(0.5, 1, 1\)"),
        ({"period": 1}, "period: a seasonal part needs at least 2 months, found 1"),
        (
            {"innovations": "normal"},
            'innovations: expected "gaussian" or "bootstrap" or "block", found \'normal\'',
        ),
    ],
)
def test_orders_that_are_none(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Sarima(**arguments)


@pytest.mark.parametrize(
    ("d", "D", "drift"), [(0, 0, True), (1, 0, True), (0, 1, True), (1, 1, False), (2, 0, False)]
)
def test_automatic_drift_is_no_quadratic_trend(d: int, D: int, drift: bool) -> None:
    assert Sarima((1, d, 0), (0, D, 0)).has_drift is drift
    assert Sarima((1, d, 0), (0, D, 0), drift=not drift).has_drift is not drift


# ---- without the kernel


@pytest.fixture
def no_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likelihood, "kernel", None)
    likelihood._native.cache_clear()
    yield
    monkeypatch.undo()
    likelihood._native.cache_clear()


@pytest.mark.skipif(likelihood.kernel is None, reason="the native kernel was not built")
@pytest.mark.parametrize(
    "spec", [AIRLINE, Sarima((1, 1, 1), (0, 0, 0)), Sarima((0, 1, 0), (0, 1, 0))], ids=str
)
def test_fallback_finds_the_same(spec: Sarima, request: pytest.FixtureRequest) -> None:
    y, x = index(23, 100), np.random.default_rng(2).normal(size=(112, 1))
    y[40] = np.nan
    native = sarima.fit(spec, y, x[:100])
    native_forecast, native_residuals = native.modelled(12, x[100:]), native.residuals
    request.getfixturevalue("no_kernel")
    with pytest.warns(RuntimeWarning, match="kernel was not built, so fits take a slower exact path"):
        slow = sarima.fit(spec, y, x[:100])
    assert_allclose(slow.loglike, native.loglike, atol=1e-5)
    assert_allclose(slow.params, native.params, atol=2e-3)
    assert_allclose(slow.standard_errors, native.standard_errors, rtol=0.02)
    assert_allclose(slow.residuals, native_residuals, atol=1e-3 * np.sqrt(native.sigma2))
    assert_allclose(slow.modelled(12, x[100:]).mean, native_forecast.mean, atol=1e-4)
    assert_allclose(
        sarima.loglike(spec, native.params, y, x[:100]), native.loglike, rtol=1e-9
    )  # and warns no more


def test_cold_starts_are_admissible_and_different() -> None:
    for orders in [(0, 1, 0, 1, 12), (2, 1, 0, 1, 12), (3, 3, 2, 2, 12), (0, 0, 0, 0, 12)]:
        starts = estimation.cold_starts(orders)
        assert (np.abs(np.sin(starts)) < 1).all()
        assert len(np.unique(starts, axis=0)) == len(starts)
        for start in starts:
            assert_allclose(plain.angles(orders, plain.coefficients(orders, start)), start, atol=1e-9)
