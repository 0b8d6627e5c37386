"""Each model against another implementation, or against the same thing by another route."""

from __future__ import annotations

import warnings
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from numpy.testing import assert_allclose
from sklearn.linear_model import Ridge
from statsmodels.tsa.statespace.dynamic_factor_mq import DynamicFactorMQ

from forecast.errors import FitError
from forecast.nowcast import NowcastSpec, bridge, factor, lags
from tests.nowcast import samples

SPEC = NowcastSpec(clip=1e6, target_lags=2, panel_lags=1, factors=1, factor_lags=1)


def known(seed: int = 1, series: int = 3, months: int = 150) -> np.ndarray:
    """Growth with the target's last two months unknown and the last month of the last indicator."""
    growth = samples.growth(seed, months, series)
    growth[-2:, 0] = np.nan
    growth[-1, -1] = np.nan
    return growth


def names(growth: np.ndarray) -> tuple[str, ...]:
    return ("target", *(f"x{i}" for i in range(growth.shape[1] - 1)))


def standardised(growth: np.ndarray) -> np.ndarray:
    return (growth - np.nanmean(growth, axis=0)) / np.nanstd(growth, axis=0)


def test_the_lag_regression_is_the_ridge_of_scikit_learn():
    growth = known()
    fit = lags.fit(growth, names(growth), SPEC)
    z = standardised(growth)
    rows = np.arange(2, len(z) - 2)
    x = np.column_stack(
        [
            z[rows - 1, 0],
            z[rows - 2, 0],
            z[rows, 1:],
            z[rows, 1:].mean(axis=1),
            z[rows - 1, 1:],
            z[rows - 1, 1:].mean(axis=1),
        ]
    )
    ridge = Ridge(alpha=fit.details["shrinkage"], fit_intercept=False).fit(x, z[rows, 0])
    assert_allclose(fit.beta, ridge.coef_, rtol=1e-8)
    filled = fit.filled(growth[None])[0]
    first = np.r_[z[-3, 0], z[-4, 0], z[-2, 1:], z[-2, 1:].mean(), z[-3, 1:], z[-3, 1:].mean()] @ ridge.coef_
    assert_allclose(filled[-2, 0], first * np.nanstd(growth[:, 0]) + np.nanmean(growth[:, 0]), rtol=1e-8)


def test_a_missing_month_of_an_indicator_is_its_autoregression():
    growth = known()
    fit = lags.fit(growth, names(growth), SPEC)
    z = standardised(growth)
    phi = fit.filling.coefficients[-1]
    expected = phi @ z[-2:-8:-1, -1]
    assert phi.any()
    filled = fit.filled(growth[None])[0]
    assert_allclose(
        (filled[-1, -1] - np.nanmean(growth[:, -1])) / np.nanstd(growth[:, -1]), expected, rtol=1e-8
    )


def test_the_bridge_is_the_weighted_mean_of_regressions_by_statsmodels():
    growth = known()
    fit = bridge.fit(growth, names(growth), SPEC)
    z = standardised(growth)
    rows = np.arange(2, len(z) - 2)
    predicted, precision = [], []
    for i in (1, 2, 3):
        design = [
            np.column_stack([z[r - 1, 0], z[r - 2, 0], z[r, i], z[r - 1, i]])
            for r in (rows, np.array([len(z) - 2]))
        ]
        found = sm.OLS(z[rows, 0], design[0]).fit()
        predicted.append(found.predict(design[1])[0])
        precision.append(1.0 / np.square(found.resid).mean())
    mean = np.average(predicted, weights=precision)
    assert_allclose(
        fit.filled(growth[None])[0, -2, 0],
        mean * np.nanstd(growth[:, 0]) + np.nanmean(growth[:, 0]),
        rtol=1e-8,
    )


@pytest.mark.parametrize("model", [bridge, lags])
def test_beyond_the_clip_an_outlier_teaches_nothing_more_but_is_seen(model: ModuleType):
    growth = samples.growth(3, months=100)
    growth[-1, 0] = np.nan
    wild, wilder, latest = growth.copy(), growth.copy(), growth.copy()
    wild[60], wilder[60], latest[-1, 1:] = 1e3, 1e5, 1e3
    tame = NowcastSpec(clip=5.0)
    fits = [model.fit(g, names(g), tame) for g in (wild, wilder)]
    assert_allclose(fits[0].beta, fits[1].beta, rtol=1e-9)
    usual, now = (fits[0].filled(g[None])[0, -1, 0] for g in (growth, latest))
    assert now - usual > 100.0


@pytest.mark.parametrize("own_dynamics", [False, True])
def test_the_factor_model_is_statsmodels_smoothed_signal(own_dynamics: bool):
    growth = known(series=4, months=100)
    quarter = np.full(len(growth), np.nan)
    total = growth[2:, 1] + growth[1:-1, 1] + growth[:-2, 1]
    quarter[2::3] = total[::3]
    growth = np.column_stack([growth, quarter])
    spec = NowcastSpec(
        clip=1e6, factors=1, factor_lags=1, idiosyncratic_ar1=own_dynamics, em_tolerance=1e-6, em_rounds=40
    )
    fit = factor.fit(growth, names(growth), spec)
    table = pd.DataFrame(
        standardised(growth), pd.period_range("2000-01", periods=len(growth), freq="M"), names(growth)
    )
    model = DynamicFactorMQ(
        table,
        k_endog_monthly=5,
        factors=1,
        factor_orders=1,
        idiosyncratic_ar1=own_dynamics,
        standardize=False,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = model.fit(maxiter=40, tolerance=1e-6, disp=False)
    signal = result.get_prediction(information_set="smoothed", signal_only=not own_dynamics).predicted_mean
    gaps = np.isnan(growth)
    gaps[:40] = False  # statsmodels keeps the first state of its estimate, ours has the law in the long run
    ours = standardised(growth)
    filled = (fit.filled(growth[None])[0] - np.nanmean(growth, axis=0)) / np.nanstd(growth, axis=0)
    assert gaps.sum() > 40
    assert np.isnan(ours[gaps]).all()
    assert_allclose(filled[gaps], signal.to_numpy()[gaps], atol=1e-6)


def test_an_indicator_that_stands_there_twice_is_told_without_noise_and_paths_are_numbers():
    growth = known(series=3)
    growth[:, -1] = growth[:, -2]
    fit = factor.fit(growth, names(growth), NowcastSpec(factors=1))
    assert_allclose(fit.space.H[-2:], 1e-6)
    drawn = fit.simulate(growth[None], np.zeros(500, dtype=np.int64), np.random.default_rng(1))
    expected = fit.filled(growth[None])[0, -2:, 0]
    assert_allclose(drawn.mean(axis=0), expected, atol=4 * drawn.std(axis=0).max() / np.sqrt(500))


def test_figures_of_the_last_month_of_a_quarter_move_it():
    """statsmodels' prediction inside the sample does not move (its issues #8419, #9600); the nowcast does."""
    growth = samples.growth(5, months=90, series=4)
    quarter = np.full(len(growth), np.nan)
    quarter[2::3] = (growth[2:, 0] + growth[1:-1, 0] + growth[:-2, 0])[::3]
    growth = np.column_stack([growth, quarter])
    growth[-1, 0] = growth[-1, -1] = np.nan
    growth[-1, 1:-1] += 5.0
    before = growth.copy()
    before[-1] = np.nan
    fit = factor.fit(growth, names(growth), NowcastSpec(factors=1))
    old, new = (fit.filled(g[None])[0, -1] for g in (before, growth))
    assert abs(new[-1] - old[-1]) > 0.05
    assert abs(new[0] - old[0]) > 0.2
    months = pd.period_range("2000-01", periods=len(growth), freq="M")
    known = DynamicFactorMQ(pd.DataFrame(growth, months), k_endog_monthly=5, factors=1)
    params = known.start_params
    predicted = [
        DynamicFactorMQ(
            pd.DataFrame(g, months),
            k_endog_monthly=5,
            factors=1,
            standardize=(known._endog_mean, known._endog_std),
        )
        .smooth(params, cov_type="none")
        .predict()
        .iloc[-1, -1]
        for g in (before, growth)
    ]
    assert_allclose(predicted[0], predicted[1], rtol=1e-9)


def test_the_criterion_finds_the_number_of_factors():
    rng = np.random.default_rng(2)
    for true in (1, 2, 3):
        z = rng.normal(size=(200, true)) @ rng.normal(size=(true, 40)) + rng.normal(size=(200, 40))
        z = (z - z.mean(axis=0)) / z.std(axis=0)
        z[-2:, ::3] = np.nan
        found, criteria = factor.number_of_factors(z, "auto")
        assert found == true
        assert len(criteria) == 4
    assert factor.number_of_factors(z, 2) == (2, [])


def test_an_estimate_that_does_not_converge_is_told():
    growth = known()
    details = factor.fit(
        growth, names(growth), NowcastSpec(factors=1, em_rounds=2, em_tolerance=1e-12)
    ).summary()
    assert not details["em_converged"]
    assert details["em_rounds"] == 2
    assert details["em_last_change"] > 1e-12
    assert any("without achieving convergence" in words for words in details["em_warnings"])


def test_an_estimate_that_breaks_down_is_a_failure(monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise np.linalg.LinAlgError("singular")

    monkeypatch.setattr(DynamicFactorMQ, "fit", broken)
    growth = known()
    with pytest.raises(FitError, match="broke down: singular"):
        factor.fit(growth, names(growth), SPEC)
