"""Proofs of the COVID options: a state space with changing variances, closed forms, and the width of what follows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import minimize
from scipy.signal import lfilter
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecast.errors import DataError, FitError
from forecast.models.sarima import Sarima, fit, loglike
from forecast.models.sarima.covid import Shock, estimate_shock, fit_covid, weighted_loglike
from tests.models.test_outliers import AIRLINE, airline_series

MARCH = pd.Period("2020-03", "M")
SHOCK = Shock(MARCH, (8.0, 12.0, 5.0), 0.6)
N = 144
AT = 110
MONTHS = pd.period_range(MARCH - AT, periods=N, freq="M")


def shaken(seed: int = 1, n: int = N) -> pd.Series:
    """An airline series whose innovations follow the shock."""
    e = np.random.default_rng(seed).normal(0, 0.02, N) * SHOCK.scale(MONTHS)
    ma = np.convolve([1, -0.4], np.r_[1, np.zeros(11), -0.6])
    z = 4.6 + lfilter(ma, np.convolve([1, -1], np.r_[1, np.zeros(11), -1]), e)
    return pd.Series(np.exp(z), index=MONTHS).iloc[:n]


class Unequal(SARIMAX):
    """statsmodels' filter with innovation variances σ²s_t²."""

    scale_by_month: np.ndarray

    def update(self, params: np.ndarray, **keywords: Any) -> np.ndarray:
        updated = super().update(params, **keywords)
        self.ssm["state_cov"] = np.asarray(params[-1] * self.scale_by_month**2)[None, None, :]
        return np.asarray(updated)


def test_scale_by_hand() -> None:
    months = pd.period_range("2020-02", periods=6, freq="M")
    assert_allclose(SHOCK.scale(months), [1, 8, 12, 5, 1 + 4 * 0.6, 1 + 4 * 0.36])
    assert_allclose(SHOCK.weights(months)[2], 1 / 144)


def test_down_weighting_is_maximum_likelihood_with_unequal_variances() -> None:
    y = shaken()
    found = fit_covid(AIRLINE, y, option="down_weight")
    assert found.shock is not None
    z = np.log(y.to_numpy())
    w = np.diff(z[12:] - z[:-12])
    model = Unequal(w, order=(0, 0, 1), seasonal_order=(0, 0, 1, 12))
    model.scale_by_month = np.r_[
        found.shock.scale(MONTHS)[14:], 1.0
    ]  # its η_t is the innovation of month t + 1
    at = np.r_[-0.3, -0.5, 0.02**2]
    equal = weighted_loglike(found.fit, at[:2], np.ones(131))[0]
    assert_allclose(equal, loglike(AIRLINE, at[:2], y.to_numpy()), rtol=1e-10)
    ours = np.r_[found.fit.params, found.fit.sigma2]
    assert_allclose(found.fit.loglike, model.loglike(ours), rtol=1e-9)
    units = np.r_[1.0, 1.0, found.fit.sigma2]
    theirs = minimize(
        lambda p: -model.loglike(p * units), ours / units, method="Nelder-Mead", options={"xatol": 1e-7}
    )
    assert found.fit.loglike > -theirs.fun - 1e-6
    assert_allclose(ours / units, theirs.x, atol=1e-3)
    e = np.r_[model.filter(ours).resid, np.zeros(24)]
    ma = np.convolve(np.r_[1, ours[0]], np.r_[1, np.zeros(11), ours[1]])
    growth = np.convolve(e, ma)[len(w) : len(w) + 24]
    levels = list(z)
    for step in growth:
        levels.append(step + levels[-1] + levels[-12] - levels[-13])
    quiet = fit_covid(Sarima(parameter_uncertainty=False), y, option="down_weight")
    paths = np.log(quiet.simulate(24, 4000, np.random.default_rng(1)))
    standard_error = paths.std(axis=0) / np.sqrt(len(paths))
    assert (np.abs(paths.mean(axis=0) - levels[-24:]) < 4 * standard_error + 2e-3).all()


def test_dummies_are_additive_outliers_and_leave_the_rest_alone() -> None:
    y = shaken()
    found = fit_covid(AIRLINE, y, option="dummies")
    dummies = np.eye(N)[:, AT : AT + 3]
    assert_allclose(found.fit.params, fit(AIRLINE, y.to_numpy(), dummies).params, rtol=1e-12)
    spoiled = y.copy()
    spoiled.iloc[AT : AT + 3] *= [0.5, 2.0, 0.1]
    assert_allclose(fit_covid(AIRLINE, spoiled, option="dummies").fit.params, found.fit.params, atol=1e-5)


def test_keeping_is_the_plain_fit() -> None:
    y = shaken()
    found, plain = fit_covid(AIRLINE, y), fit(AIRLINE, y.to_numpy())
    assert_allclose(found.fit.params, plain.params, rtol=1e-12)
    same = found.simulate(6, 50, np.random.default_rng(2)), plain.simulate(6, 50, np.random.default_rng(2))
    assert_allclose(same[0], same[1], rtol=1e-12)
    assert found.summary()["shock"] is None


@pytest.mark.parametrize("option", ["dummies", "down_weight"])
def test_a_sample_that_ends_before_the_shock_knows_nothing_of_it(option: Any) -> None:
    found = fit_covid(AIRLINE, shaken(n=AT), option=option)
    assert found.shock is None
    assert_allclose(found.fit.params, fit(AIRLINE, shaken(n=AT).to_numpy()).params, rtol=1e-12)


def test_the_estimated_shock_is_that_of_the_residuals() -> None:
    rng = np.random.default_rng(3)
    sizes, decays = [], []
    for _ in range(200):
        e = pd.Series(rng.normal(0, 2.0, N) * SHOCK.scale(MONTHS), index=MONTHS)
        found = estimate_shock(e)
        first = abs(e.iloc[AT]) / (1.4826 * np.median(np.abs(e.iloc[:AT])))
        assert_allclose(found.sizes[0], max(first, 1.0), rtol=1e-12)
        sizes.append(found.sizes[-1])
        decays.append(found.decay)
    # one month says little of its own scale, but those that follow do: half of the estimates within a factor of 2
    assert 2.5 < np.median(sizes) < 10
    assert 0.4 < np.median(decays) < 0.9


def test_months_without_a_residual_say_nothing_of_the_shock() -> None:
    """In a loop over the months that are known: no size on a grid is more likely than the one that is found."""
    e = pd.Series(np.random.default_rng(3).normal(0, 2.0, N), index=MONTHS)
    e.iloc[AT : AT + 9] = [30.0, np.nan, 14.0, np.nan, np.nan, -13.0, np.nan, 10.0, np.nan]
    found = estimate_shock(e)
    sigma = 1.4826 * np.median(np.abs(e.iloc[:AT]))

    def density(size: float, decay: float) -> float:
        of = 2.03 * np.log(decay) + 0.51 * np.log1p(-decay)
        for since, value in enumerate(e.iloc[AT + 2 : AT + 27] / sigma):
            scale = 1.0 + (size - 1.0) * decay**since
            of -= 0.0 if np.isnan(value) else np.log(scale) + (value / scale) ** 2 / 2.0
        return of

    best = density(found.sizes[-1], found.decay)
    assert all(
        density(s, d) < best + 0.01 for s in np.geomspace(1.0, 50.0, 60) for d in np.linspace(0.1, 0.98, 45)
    )
    assert_allclose(found.sizes[:2], [30.0 / sigma, 1.0])


@pytest.mark.parametrize("option", ["dummies", "down_weight"])
def test_months_after_the_shock_stay_wide_and_calm_down(option: Any) -> None:
    spec = Sarima(parameter_uncertainty=False)
    found = fit_covid(spec, shaken(3, AT + 3), option=option)
    assert found.shock is not None
    paths = np.log(found.simulate(6, 20000, np.random.default_rng(4)))
    scale = found.shock.scale(pd.period_range(MARCH + 3, periods=6, freq="M"))
    assert scale[0] > 1.5
    # the first step is the innovation itself: its spread is σ times the scale, within 4 Monte-Carlo standard errors
    expected = np.sqrt(found.fit.sigma2) * scale[0]
    assert abs(paths[:, 0].std() / expected - 1) < 4 / np.sqrt(2 * 20000) + 0.02
    late = fit_covid(spec, shaken(3), option=option)
    calm = np.log(late.simulate(1, 20000, np.random.default_rng(5)))
    assert calm.std() < paths[:, 0].std() / 1.4


def test_regressors_gaps_and_bootstrap_pass_through() -> None:
    x = np.random.default_rng(6).normal(size=(N, 1))
    y = shaken() * np.exp(0.05 * x[:, 0])
    y.iloc[[40, 120]] = np.nan
    for option in ("dummies", "down_weight"):
        found = fit_covid(Sarima(innovations="block"), y, x, option=option)
        assert abs(found.fit.beta[0] - 0.05) < 0.012
        paths = found.simulate(12, 30, np.random.default_rng(7), np.zeros((12, 1)))
        assert paths.shape == (30, 12)
        assert np.isfinite(paths).all()
        assert found.summary()["covid"] == option


def test_a_sample_without_enough_before_the_shock() -> None:
    after = shaken().loc["2020-06":]
    late = fit_covid(Sarima((0, 1, 1), (0, 0, 0)), after, option="dummies")
    assert late.shock is None
    with pytest.raises(
        FitError, match="24 residuals before 2020-03 are needed to tell a wide month, 19 are there"
    ):
        fit_covid(Sarima((0, 1, 1), (0, 0, 0)), shaken().loc["2018-07":], option="down_weight")


def test_another_option_is_refused() -> None:
    wrong: Any = "drop"
    with pytest.raises(
        DataError, match='covid option "drop" is unknown; use one of keep, dummies, down_weight'
    ):
        fit_covid(AIRLINE, shaken(), option=wrong)


def test_the_seasonal_airline_series_is_untouched_without_a_shock() -> None:
    y = pd.Series(np.exp(airline_series(4)), index=MONTHS)
    plain, weighted = fit(AIRLINE, y.to_numpy()), fit_covid(AIRLINE, y, option="down_weight")
    assert_allclose(weighted.fit.params, plain.params, atol=0.08)
