"""Paths and forecasts of the seasonal ARIMA: statsmodels, closed forms, and simulation against mean and variance."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.linalg import toeplitz
from statsmodels.tsa.arima_process import arma_acovf
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecast.arrays import long_run_error
from forecast.models import sarima
from forecast.models.sarima import Sarima, SarimaFit, simulation
from forecast.models.sarima.sample import drift_column
from forecast.models.sarima.scan import split

Floats = npt.NDArray[np.float64]
HORIZON = 18


def index(seed: int, n: int = 132) -> Floats:
    """An index with growth, season and noise, around 100."""
    rng = np.random.default_rng(seed)
    season = 0.08 * np.sin(np.arange(n) * np.pi / 6) + 0.05 * np.cos(np.arange(n) * np.pi / 3)
    return np.exp(
        4.6 + 0.002 * np.arange(n) + season + np.cumsum(rng.normal(0, 0.015, n)) + rng.normal(0, 0.01, n)
    )


def regressors(seed: int, n: int) -> Floats:
    return np.random.default_rng(seed).normal(size=(n, 2))


def statsmodels_forecast(fit: SarimaFit, y: Floats, x: Floats, future: Floats) -> tuple[Floats, Floats]:
    """Mean and variance by statsmodels' exact diffuse filter on the levels, at our coefficients."""
    spec, n, h = fit.spec, len(y), len(future)
    drift = drift_column(spec, n + h)
    exog, ahead = np.hstack([drift[:n], x]), np.hstack([drift[n:], future])
    z = np.log(y) if spec.log else y
    seasonal = (*spec.seasonal, 12) if any(spec.seasonal) else (0, 0, 0, 0)
    model = SARIMAX(
        z, exog=exog if exog.size else None, order=spec.order, seasonal_order=seasonal, use_exact_diffuse=True
    )
    result = model.smooth(np.concatenate([fit.beta, fit.params, [fit.sigma2]]))
    found = result.get_forecast(h, exog=ahead if exog.size else None)
    return np.asarray(found.predicted_mean), np.asarray(found.var_pred_mean)


SPECS = [
    Sarima((0, 1, 1), (0, 1, 1)),
    Sarima((2, 1, 1), (0, 1, 1)),
    Sarima((1, 1, 1), (1, 0, 1)),
    Sarima((0, 1, 0), (0, 1, 0)),
    Sarima((1, 0, 0), (0, 1, 1), log=False),
    Sarima((2, 0, 1), (1, 0, 0)),
    Sarima((0, 2, 2), (0, 0, 0)),
    Sarima((1, 1, 0), (0, 1, 1), drift=True),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
@pytest.mark.parametrize(
    "gaps", [(), (40, 41, 77), (70, 129, 130, 131)], ids=["complete", "gaps", "gaps and end"]
)
def test_forecast_equals_statsmodels(spec: Sarima, gaps: tuple[int, ...]) -> None:
    y, x = index(1), regressors(2, 132 + HORIZON)
    y[list(gaps)] = np.nan
    fit = sarima.fit(replace(spec, parameter_uncertainty=False), y, x[:132])
    mean, variance = statsmodels_forecast(fit, y, x[:132], x[132:])
    ours = fit.modelled(HORIZON, x[132:])
    assert_allclose(ours.mean, mean, rtol=1e-6)
    _, moving_average, _, seasonal = split(spec, fit.params)
    on_circle = np.abs([*moving_average, *seasonal]).max(initial=0.0) > 1 - 1e-6
    assert_allclose(ours.variance, variance, rtol=1e-4 if on_circle else 1e-5)


def test_variance_where_a_root_lies_on_the_circle_is_that_of_the_covariance_matrix() -> None:
    """There statsmodels' filter is 1e-5 off; the levels as sums of the ARMA from an unknown start are not."""
    y, x = index(1), regressors(2, 132 + HORIZON)
    y[[70, 129, 130, 131]] = np.nan
    fit = sarima.fit(Sarima((1, 1, 1), (1, 0, 1), parameter_uncertainty=False), y, x[:132])
    phi, theta, seasonal_phi, seasonal_theta = fit.params
    ar = np.convolve([1.0, -phi], [1.0, *np.zeros(11), -seasonal_phi])
    ma = np.convolve([1.0, theta], [1.0, *np.zeros(11), seasonal_theta])
    n = len(y) + HORIZON
    sums = np.tril(np.ones((n, n)))
    levels = fit.sigma2 * sums @ toeplitz(arma_acovf(ar, ma, n)) @ sums.T
    known, ahead = np.flatnonzero(np.isfinite(y)), np.arange(len(y), n)
    weights = np.linalg.solve(levels[np.ix_(known, known)], levels[np.ix_(known, ahead)])
    left = levels[np.ix_(ahead, ahead)] - levels[np.ix_(ahead, known)] @ weights
    start = 1.0 - weights.sum(axis=0)  # what the unknown start still does to each month
    information = np.linalg.solve(levels[np.ix_(known, known)], np.ones(len(known))).sum()
    expected = np.diag(left) + start**2 / information
    assert_allclose(fit.modelled(HORIZON, x[132:]).variance, expected, rtol=1e-7)


def test_variance_holds_the_error_of_regression_coefficients() -> None:
    """Statsmodels with the coefficients in a diffuse state: the same best linear unbiased predictor."""
    y, x = index(3), regressors(4, 132 + HORIZON)
    fit = sarima.fit(Sarima((1, 1, 1), (0, 1, 1)), y, x[:132])
    model = SARIMAX(
        np.log(y),
        exog=x[:132],
        order=(1, 1, 1),
        seasonal_order=(0, 1, 1, 12),
        mle_regression=False,
        use_exact_diffuse=True,
    )
    found = model.smooth(np.append(fit.params, fit.sigma2)).get_forecast(HORIZON, exog=x[132:])
    ours = fit.modelled(HORIZON, x[132:])
    assert_allclose(ours.mean, found.predicted_mean, rtol=1e-6)
    assert_allclose(ours.variance, found.var_pred_mean, rtol=1e-5)


def test_random_walk_with_drift_in_closed_form() -> None:
    """Mean z_n + hμ, variance hσ² + h²·se², se the drift's long-run error."""
    y = index(5, 100)
    growth = np.diff(np.log(y))
    fit = sarima.fit(Sarima((0, 1, 0), (0, 0, 0)), y)
    h = np.arange(1, 25)
    error = long_run_error(growth - growth.mean(), 24)
    forecast = fit.modelled(24)
    assert_allclose(fit.beta, [growth.mean()], rtol=1e-10)
    assert_allclose(fit.beta_errors, [error], rtol=1e-10)
    assert_allclose(forecast.mean, np.log(y[-1]) + h * growth.mean(), rtol=1e-10)
    assert_allclose(forecast.variance, h * growth.var() + h**2 * error**2, rtol=1e-8)


def test_airline_model_by_its_own_recursion() -> None:
    """ŵ_{n+h} = θe + Θe + θΘe from the last residuals, summed back by hand; 33 years forget how the sample began."""
    e = list(np.random.default_rng(6).normal(0, 0.01, 413))
    w = [e[t] - 0.4 * e[t - 1] - 0.5 * e[t - 12] + 0.2 * e[t - 13] for t in range(13, 413)]
    z = [4.6] * 13
    for step in w:
        z.append(z[-1] + z[-12] - z[-13] + step)
    fit = sarima.fit(Sarima((0, 1, 1), (0, 1, 1)), np.exp(z))
    theta, Theta = fit.params
    e = list(fit.residuals)
    for _ in range(14):
        ahead = theta * e[-1] + Theta * e[-12] + theta * Theta * e[-13]
        z.append(z[-1] + z[-12] - z[-13] + ahead)
        e.append(0.0)
    assert_allclose(fit.modelled(14).mean, z[-14:], rtol=1e-8)


@pytest.mark.parametrize("innovations", ["gaussian", "bootstrap", "block"])
@pytest.mark.parametrize("spec", [SPECS[0], SPECS[2], SPECS[5]], ids=str)
def test_simulated_mean_and_spread_are_those_of_the_forecast(spec: Sarima, innovations: str) -> None:
    """4 standard errors of 40,000 paths; blocks keep mean and one month's variance, and what runs on within them."""
    n = 40_000
    fit = sarima.fit(replace(spec, parameter_uncertainty=False, innovations=innovations), index(7))
    paths = np.log(fit.simulate(HORIZON, n, np.random.default_rng(8)))
    forecast = fit.modelled(HORIZON)
    sd = np.sqrt(forecast.variance)
    assert_allclose(
        paths.mean(axis=0), forecast.mean, atol=4 * float((paths.std(axis=0) / np.sqrt(n)).max()), rtol=0
    )
    months = 1 if innovations == "block" else HORIZON
    # the kurtosis of bootstrapped residuals stays under 6: error of a standard deviation √(5/4n)
    assert_allclose(paths.std(axis=0)[:months], sd[:months], rtol=4 * np.sqrt(5 / (4 * n)))


def test_coefficients_drift_and_sigma_are_uncertain_too() -> None:
    """A known recipe: a random walk with drift and no coefficients has Student t paths around the closed form."""
    fit = sarima.fit(Sarima((0, 1, 0), (0, 0, 0)), index(9, 60))
    n, forecast = 40_000, fit.modelled(24)
    paths = np.log(fit.simulate(24, n, np.random.default_rng(10)))
    df = fit.nobs - 1
    variance = (
        forecast.variance * fit.nobs / (df - 2)
    )  # E[nobs/χ²] = nobs/(df − 2); 100 draws of σ² serve all paths
    assert_allclose(paths.var(axis=0), variance, rtol=4 * np.sqrt(2 / df / 100) + 4 * np.sqrt(2 / n))


def test_uncertain_coefficients_widen_the_paths() -> None:
    spec = Sarima((2, 1, 1), (0, 1, 1))
    y = index(11, 72)
    certain = sarima.fit(replace(spec, parameter_uncertainty=False), y)
    uncertain = sarima.fit(spec, y)
    spread = [
        np.log(f.simulate(36, 20_000, np.random.default_rng(12)))[:, -1].std() for f in (certain, uncertain)
    ]
    assert spread[1] > 1.02 * spread[0]


@pytest.mark.parametrize("uncertain", [True, False])
def test_paths_do_not_depend_on_how_many_are_drawn_at_once(
    uncertain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One piece, and many with a shorter last one: of points where coefficients are drawn, else of paths."""
    spec = Sarima((1, 1, 1), (0, 1, 1), parameter_uncertainty=uncertain)
    x = regressors(17, 132 + HORIZON)
    fit = sarima.fit(spec, index(16), x[:132])
    each = np.broadcast_to(x[132:], (705, HORIZON, 2))
    shocks = np.random.default_rng(18).normal(0, 0.01, (705, HORIZON))
    drawn = []
    for cached in (10**9, 900):
        monkeypatch.setattr(simulation, "CACHED", cached)
        rng = np.random.default_rng(19)
        drawn.append(
            [fit.simulate(HORIZON, 705, rng, each), fit.simulate(HORIZON, 705, rng, x[132:], shocks)]
        )
    assert_allclose(drawn[1], drawn[0], rtol=1e-10)


def test_given_innovations_make_the_path() -> None:
    """Random walk: the path is the sum of what is given; a shock in month three moves it from there on."""
    y = index(13, 80)
    fit = sarima.fit(Sarima((0, 1, 0), (0, 0, 0), drift=False, parameter_uncertainty=False), y)
    shocks = np.array([0.01, -0.02, 0.05, 0.0])
    paths = fit.simulate(4, 3, np.random.default_rng(14), innovations=shocks)
    assert_allclose(paths, np.tile(y[-1] * np.exp(np.cumsum(shocks)), (3, 1)), rtol=1e-4)
    own = fit.simulate(4, 2, np.random.default_rng(14), innovations=np.array([shocks, -shocks]))
    assert_allclose(own[1], y[-1] * np.exp(-np.cumsum(shocks)), rtol=1e-4)


def test_paths_start_at_the_end_of_the_sample() -> None:
    y = index(15)
    y[-1] *= 1.5
    fit = sarima.fit(Sarima((0, 1, 0), (0, 0, 0)), y)
    first = fit.simulate(1, 2000, np.random.default_rng(16))
    assert_allclose(np.median(first), y[-1], rtol=0.02)


def test_missing_last_months_are_crossed_first() -> None:
    """A sample ending in three missing months is the shorter sample, three months further on."""
    y = index(17)
    spec = Sarima((0, 1, 1), (0, 1, 1), parameter_uncertainty=False)
    short, padded = sarima.fit(spec, y[:-3]), sarima.fit(spec, np.append(y[:-3], [np.nan] * 3))
    assert padded.loglike == short.loglike
    assert_allclose(padded.modelled(6).mean, short.modelled(9).mean[3:], rtol=1e-12)
    assert_allclose(padded.modelled(6).variance, short.modelled(9).variance[3:], rtol=1e-12)
    assert padded.simulate(6, 10, np.random.default_rng(18)).shape == (10, 6)


def test_regressors_of_missing_last_months_count() -> None:
    y, x = index(19), regressors(20, 140)
    spec = Sarima((1, 1, 0), (0, 0, 0), parameter_uncertainty=False)
    padded = sarima.fit(spec, np.append(y[:-3], [np.nan] * 3), x[:132])
    short = sarima.fit(spec, y[:-3], x[:129])
    assert_allclose(padded.modelled(8, x[132:]).mean, short.modelled(11, x[129:]).mean[3:], rtol=1e-10)


def test_regressors_of_each_path_its_own() -> None:
    y, x = index(21), regressors(22, 144)
    fit = sarima.fit(Sarima((0, 1, 1), (0, 1, 1)), y, x[:132])
    shared = fit.simulate(12, 40, np.random.default_rng(23), x[132:])
    own = fit.simulate(12, 40, np.random.default_rng(23), np.tile(x[132:], (40, 1, 1)))
    assert_allclose(own, shared, rtol=1e-8)
    moved = np.tile(x[132:], (40, 1, 1))
    moved[7, :, 0] += 1.0
    changed = fit.simulate(12, 40, np.random.default_rng(23), moved)
    assert_allclose(np.delete(changed, 7, axis=0), np.delete(shared, 7, axis=0), rtol=1e-8)
    step = np.log(changed[7] / shared[7])
    assert_allclose(step, step[0])  # a level effect of one coefficient draw, about β
    assert abs(step[0] - fit.beta[0]) < 5 * fit.beta_errors[0]


def test_the_same_seed_gives_the_same_bytes_and_another_other_paths() -> None:
    fit = sarima.fit(Sarima((2, 1, 1), (0, 1, 1)), index(24))
    a, b, c = (fit.simulate(6, 50, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert a.tobytes() == b.tobytes()
    assert np.abs(a - c).max() > 0.01


@settings(deadline=None, max_examples=40, derandomize=True)
@given(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 3)),
    st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 1)),
    st.integers(0, 10_000),
)
def test_any_model_simulates_positive_finite_levels(
    order: tuple[int, int, int], seasonal: tuple[int, int, int], seed: int
) -> None:
    fit = sarima.fit(Sarima(order, seasonal), index(seed, 84))
    paths = fit.simulate(30, 7, np.random.default_rng(seed))
    assert paths.shape == (7, 30)
    assert np.isfinite(paths).all()
    assert (paths > 0).all()
    json.dumps(fit.summary(), allow_nan=False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"x": None}, r"the fit has 2 regressors: x must have shape \(6, 2\) or \(4, 6, 2\)"),
        ({"x": np.zeros((5, 2))}, r"x must have shape \(6, 2\)"),
        ({"x": np.full((6, 2), np.nan)}, "future regressors must be finite"),
        (
            {"x": np.zeros((6, 2)), "innovations": np.zeros(5)},
            r"innovations must have shape \(4, 6\) or \(6,\), got \(5,\)",
        ),
    ],
)
def test_shapes_are_checked(arguments: dict[str, Floats], message: str) -> None:
    fit = sarima.fit(Sarima((0, 1, 1), (0, 0, 0)), index(25), regressors(26, 132))
    with pytest.raises(ValueError, match=message):
        fit.simulate(6, 4, np.random.default_rng(27), **arguments)


def test_a_horizon_is_at_least_a_month() -> None:
    with pytest.raises(ValueError, match="at least one month, got 0"):
        sarima.fit(Sarima(), index(28)).simulate(0, 4, np.random.default_rng(29))
