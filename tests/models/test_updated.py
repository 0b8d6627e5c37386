"""Fits whose parameters are kept while time goes on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import lfilter
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecast import models
from forecast.errors import FitError
from forecast.models import autoregression, baseline, noisy_walk, panel_autoregression, sarima

N, MORE = 180, 5


def series(seed: int = 4) -> np.ndarray:
    """Monthly levels with a season, growth that persists and noise."""
    rng = np.random.default_rng(seed)
    growth = lfilter([1.0], [1.0, -0.5], rng.normal(0.002, 0.01, N + MORE))
    season = 0.05 * np.sin(2 * np.pi * np.arange(N + MORE) / 12)
    return np.asarray(100 * np.exp(np.cumsum(growth) + season + rng.normal(0, 0.01, N + MORE)))


Y, PANEL = series(), np.stack([series(5), series(6)], axis=1)


def fitted(name: str, until: int = N) -> models.Fit:
    member = models.REGISTRY[name]
    return models.fit(member.spec, Y[:until], panel=PANEL[:until] if member.panel else None)


def paths(fit: models.Fit) -> np.ndarray:
    return fit.simulate(6, 400, np.random.default_rng(1))


def test_the_models_said_to_keep_their_parameters_can():
    for name in models.UPDATED:
        assert isinstance(fitted(name), models.UpdatableFit)


@pytest.mark.parametrize("name", models.UPDATED)
def test_updated_with_its_own_data_a_fit_says_the_same(name: str):
    fit, panel = fitted(name), PANEL[:N]
    assert_array_equal(paths(fit.updated(Y[:N], None, panel)), paths(fit))


@pytest.mark.parametrize("name", models.UPDATED)
def test_updated_with_later_data_it_starts_from_them_and_keeps_its_parameters(name: str):
    """The summary holds the parameters; of the seasonal ARIMA what is linear is concentrated anew."""
    fit = fitted(name)
    new = fit.updated(Y, None, PANEL)
    centre = np.log(paths(new)[:, 0]).mean()
    assert abs(centre - np.log(Y[-12] if name == "seasonal_naive" else Y[-1])) < 0.1
    assert not np.allclose(paths(new), paths(fit), rtol=1e-3)
    if isinstance(fit, sarima.SarimaFit):
        assert_array_equal(new.params, fit.params)
        assert_array_equal(new.standard_errors, fit.standard_errors)
    else:
        assert new.summary() == fit.summary()


def test_an_autoregression_goes_on_from_the_last_growth_rates():
    fit = autoregression.fit(autoregression.Autoregression(orders=(3,)), Y[:N])
    new = fit.updated(Y)
    growth = np.diff(np.log(Y))
    assert_array_equal(new.recent, [growth[-1], growth[-2], growth[-3]])
    assert new.last == np.log(Y[-1])
    gap = Y.copy()
    gap[-2] = np.nan
    with pytest.raises(FitError, match="order 3 needs the last 4 months"):
        fit.updated(gap)


def test_a_random_walk_crosses_the_months_that_are_missing_at_the_end():
    fit = baseline.fit(baseline.RandomWalkDrift(), Y[:N])
    late = np.append(Y, np.nan)
    assert (fit.updated(late).last, fit.updated(late).months_since_last) == (np.log(Y[-1]), 1)


def test_a_noisy_walk_knows_the_last_month_s_error():
    """e_t = Δz_t − μ + θe_{t−1} by hand, μ as it was estimated."""
    fit = noisy_walk.fit(noisy_walk.NoisyWalk(grid=(0.3, 0.8)), Y[:N])
    growth, e = np.diff(np.log(Y)), np.zeros(2)
    assert_allclose(fit.centre, growth[: N - 1].mean())
    for step in growth:
        e = step - fit.centre + np.array([0.3, 0.8]) * e
    assert_allclose(fit.updated(Y).current, e)
    assert_array_equal(fit.updated(Y).errors, fit.errors)


def test_a_panel_autoregression_takes_peak_growth_and_factor_from_the_new_months():
    fit = models.fit(panel_autoregression.PanelAutoregression(), Y[:N], panel=PANEL[:N])
    new, z = fit.updated(Y, None, PANEL), np.log(Y)
    assert_allclose(new.recent, (np.diff(z)[-13:] - fit.mean) / fit.deviation)
    assert_allclose(new.peak, max(z[i : i + 12].mean() for i in range(len(z) - 11)))
    growth = np.diff(np.log(np.column_stack([Y, PANEL])), axis=0)
    factor = ((growth - growth.mean(axis=0)) / growth.std(axis=0)).mean(axis=1)
    assert_allclose(new.common.recent, [factor[-6:]])
    for x, panel in ((None, None), (Y, PANEL)):
        with pytest.raises(FitError, match="estimated with another panel, or other indicators"):
            fit.updated(Y, x, panel)


def test_a_panel_autoregression_takes_what_indicators_say_of_the_new_months():
    x = np.sin(np.arange(len(Y)))
    fit = models.fit(panel_autoregression.PanelAutoregression(), Y[:N], x[:N], panel=PANEL[:N])
    assert_allclose(fit.common.recent[1], x[N - 6 : N])
    assert_allclose(fit.updated(Y, x, PANEL).common.recent[1], x[-6:])


@pytest.mark.parametrize("spec", [sarima.Sarima((0, 1, 1), (0, 1, 1)), sarima.Sarima((2, 1, 0), (0, 1, 1))])
def test_a_seasonal_arima_filters_the_new_months_with_its_old_coefficients(spec: sarima.Sarima):
    """Another implementation: statsmodels at these coefficients."""
    spec = replace(spec, drift=False)
    fit = sarima.fit(spec, Y[:N])
    new = fit.updated(Y)
    assert_allclose(new.loglike, sarima.loglike(spec, fit.params, Y), rtol=1e-12)
    peer = SARIMAX(
        np.log(Y), order=spec.order, seasonal_order=(*spec.seasonal, 12),
        simple_differencing=False, concentrate_scale=True,
    ).smooth(fit.params)  # fmt: skip
    assert_allclose(new.modelled(12).mean, peer.forecast(12), rtol=1e-5)
    exact = SARIMAX(
        np.diff(np.log(Y))[12:] - np.diff(np.log(Y))[:-12],
        order=(spec.order[0], 0, spec.order[2]), seasonal_order=(0, 0, 1, 12), concentrate_scale=True,
    ).smooth(fit.params)  # fmt: skip
    assert_allclose(new.loglike, exact.llf, rtol=1e-8)
    assert_allclose(new.sigma2, exact.scale, rtol=1e-6)


def test_a_seasonal_arima_with_regressors_estimates_their_coefficients_anew():
    x = np.random.default_rng(2).normal(size=(N + MORE, 1))
    y = Y * np.exp(0.02 * x[:, 0])
    fit = sarima.fit(sarima.Sarima((0, 1, 1), (0, 1, 1)), y[:N], x[:N])
    new = fit.updated(y, x)
    assert_allclose(new.beta, 0.02, atol=4 * float(new.beta_errors[-1]))
    assert new.beta[-1] != fit.beta[-1]
