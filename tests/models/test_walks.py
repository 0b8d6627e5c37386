import numpy as np
import pytest
from numpy.testing import assert_allclose
from statsmodels.regression.linear_model import OLS
from statsmodels.tsa.ar_model import AutoReg

from forecast.errors import FitError
from forecast.models import autoregression, baseline, noisy_walk
from forecast.models.autoregression import Autoregression
from forecast.models.baseline import RandomWalkDrift, SeasonalNaive
from forecast.models.noisy_walk import NoisyWalk


def walk(n: int = 200, drift: float = 0.003, sd: float = 0.02, seed: int = 1) -> np.ndarray:
    return 100 * np.exp(np.cumsum(np.random.default_rng(seed).normal(drift, sd, n)))


def test_random_walk_paths_have_the_drift_and_the_spread_of_their_closed_form():
    fit = baseline.fit(RandomWalkDrift(block=1), walk())
    n = 20_000
    log_paths = np.log(fit.simulate(12, n, np.random.default_rng(3)) / np.exp(fit.last))
    variance = 12 * fit.innovations.var() + 144 * fit.drift_error**2
    assert abs(log_paths[:, -1].mean() - 12 * fit.drift) < 4 * np.sqrt(variance / n)
    assert_allclose(log_paths[:, -1].var(), variance, rtol=4 * np.sqrt(2 / n))


def test_a_gap_at_the_end_moves_the_anchor_not_the_forecast_month():
    y = walk()
    gapped = y.copy()
    gapped[-2:] = np.nan
    fit = baseline.fit(RandomWalkDrift(block=1), gapped)
    paths = fit.simulate(3, 4000, np.random.default_rng(5))
    assert paths.shape == (4000, 3)
    expected = np.log(y[-3]) + 3 * fit.drift  # horizon 1 is three months after the last known one
    spread = np.sqrt(3 * fit.innovations.var() / 4000)
    assert abs(np.log(paths[:, 0]).mean() - expected) < 5 * spread


def test_autoregression_equals_statsmodels_on_the_same_months():
    growth = np.zeros(240)
    rng = np.random.default_rng(6)
    for t in range(2, 240):
        growth[t] = 0.002 + 0.4 * growth[t - 1] - 0.3 * growth[t - 2] + rng.normal(0, 0.01)
    y = 100 * np.exp(np.cumsum(growth))
    fit = autoregression.fit(Autoregression(orders=(2,)), y)
    other = AutoReg(np.diff(np.log(y)), 2).fit()
    assert_allclose(fit.coefficients, other.params, rtol=1e-8)
    assert_allclose(fit.sigma2, other.resid @ other.resid / fit.freedom, rtol=1e-8)
    covariance = fit.sigma2 * fit.factor @ fit.factor.T
    assert_allclose(np.sqrt(np.diag(covariance)), OLS(
        np.diff(np.log(y))[2:], np.column_stack([np.ones(237), np.diff(np.log(y))[1:-1], np.diff(np.log(y))[:-2]])
    ).fit().bse, rtol=1e-8)  # fmt: skip


def test_autoregression_finds_the_order_that_made_the_series():
    rng = np.random.default_rng(7)
    growth = np.zeros(400)
    for t in range(3, 400):
        growth[t] = 0.5 * growth[t - 1] + 0.35 * growth[t - 3] + rng.normal(0, 0.01)
    fit = autoregression.fit(Autoregression(), 100 * np.exp(np.cumsum(growth)))
    assert len(fit.recent) in (3, 4)


def test_orders_are_compared_on_the_same_months_where_months_are_missing():
    """By least squares order by order, on the equations of which the 13 months before are known."""
    rng, growth = np.random.default_rng(7), np.zeros(180)
    for t in range(13, 180):
        growth[t] = 0.45 * growth[t - 1] - 0.45 * growth[t - 13] + rng.normal(0, 0.01)
    y = 100 * np.exp(np.cumsum(growth))
    y[[40, 80, 130]] = np.nan
    growth = np.diff(np.log(y))
    known = [t for t in range(13, 179) if np.isfinite(growth[t - 13 : t + 1]).all()]
    assert len(known) == 179 - 13 - 3 * 15
    aic = {}
    for p in Autoregression().orders:
        x = np.array([[1.0, *(growth[t - i] for i in range(1, p + 1))] for t in known])
        aic[p] = len(known) * np.log(OLS(growth[known], x).fit().ssr / len(known)) + 2 * (p + 1)
    assert min(aic, key=aic.__getitem__) == 13
    fit = autoregression.fit(Autoregression(), y)
    x = np.array([[1.0, *(growth[t - i] for i in range(1, 14))] for t in known])
    assert_allclose(fit.coefficients, OLS(growth[known], x).fit().params, rtol=1e-8)


def test_an_order_that_gaps_leave_too_few_equations_is_not_compared():
    y = walk(seed=3)[:90]
    y[[20, 35, 50, 65]] = np.nan  # the longest lags are known in 16 months, of which 38 are needed
    assert len(autoregression.fit(Autoregression(), y).recent) < 12
    with pytest.raises(FitError, match=r"any of the orders \[12, 13\] needs a longer history"):
        autoregression.fit(Autoregression(orders=(12, 13)), y)


def test_autoregression_paths_meet_the_conditional_mean():
    y = walk(seed=8)
    fit = autoregression.fit(Autoregression(orders=(3,)), y)
    n = 40_000
    first = np.log(fit.simulate(1, n, np.random.default_rng(9))[:, 0] / y[-1])
    expected = fit.coefficients[0] + fit.coefficients[1:] @ fit.recent
    assert abs(first.mean() - expected) < 4 * first.std() / np.sqrt(n)


def test_explosive_parameter_draws_are_replaced():
    assert autoregression.stationary(np.array([[0.5, 0.4], [1.2, -0.3], [0.5, 0.6], [1.5, -0.6]])).tolist() == [
        True, True, False, True,
    ]  # fmt: skip


def test_an_order_whose_estimate_explodes_is_not_chosen():
    """A crash that gathers pace at the end of a short series so flat that nothing tells a shock: all lags explode."""
    growth = np.random.default_rng(7).normal(0, 0.004, 60)
    growth[np.arange(60) % 3 > 0] = 0.0
    growth[-4:] = [-0.02, -0.04, -0.08, -0.16]
    y = 100 * np.exp(np.concatenate([[0.0], np.cumsum(growth)]))
    (first,) = (AutoReg(growth, 1).fit().params[1:],)
    assert abs(first[0]) > 1
    found = autoregression.fit(Autoregression(), y)
    assert autoregression.stationary(found.coefficients[None, 1:])[0]
    with pytest.raises(FitError, match=r"of any of the orders \[1\] explodes"):
        autoregression.fit(Autoregression(orders=(1,)), y)


def test_noisy_walk_finds_the_noise_that_was_put_in():
    rng = np.random.default_rng(10)
    e = rng.normal(0, 0.02, 400)
    y = 100 * np.exp(np.cumsum(0.002 + e[1:] - 0.7 * e[:-1]))
    fit = noisy_walk.fit(NoisyWalk(), y)
    assert 0.55 < fit.summary()["theta"] < 0.85
    found = [noisy_walk.fit(NoisyWalk(), walk(400, seed=seed)).summary()["theta"] for seed in range(20)]
    assert np.mean(found) < 0.1  # half-normal of spread 1/√240 around 0, and little prior mass to add


def test_noisy_walk_without_noise_is_the_block_walk():
    y = walk(121)
    fit = noisy_walk.fit(NoisyWalk(grid=(0.0,)), y)
    block = baseline.fit(RandomWalkDrift(), y)
    assert_allclose(fit.drift, block.drift)
    assert_allclose(fit.errors[0], block.innovations)


def test_the_noise_of_the_last_month_reverts_in_the_first_forecast_month():
    rng = np.random.default_rng(11)
    e = rng.normal(0, 0.02, 240)
    y = 100 * np.exp(np.cumsum(e[1:] - 0.8 * e[:-1]))
    y[-1] *= 1.10
    fit = noisy_walk.fit(NoisyWalk(), y)
    first = np.log(fit.simulate(1, 20_000, np.random.default_rng(12))[:, 0] / y[-1])
    theta, last = np.asarray(fit.spec.grid), fit.errors[:, -1]
    starts = fit.errors - fit.errors.mean(
        axis=1, keepdims=True
    )  # a block starts in none of the last 11 months
    expected = fit.drift - fit.posterior @ (theta * last) + fit.posterior @ starts[:, :-11].mean(axis=1)
    assert expected < -0.05
    assert abs(first.mean() - expected) < 4 * first.std() / np.sqrt(20_000)


def test_seasonal_naive_repeats_the_last_year_around_no_drift():
    y = walk(60, drift=0.01)
    fit = baseline.fit_seasonal_naive(SeasonalNaive(), y)
    n = 20_000
    log_paths = np.log(fit.simulate(30, n, np.random.default_rng(13)))
    for h, years in ((3, 1), (20, 2), (29, 3)):
        # signs are common to a path, so the variance is that of ± the sum of `years` draws
        second = years * np.square(fit.growth).mean() + years * (years - 1) * fit.growth.mean() ** 2
        centred = log_paths[:, h] - np.log(y[-12 + h % 12])
        assert abs(centred.mean()) < 4 * np.sqrt(second / n)
        assert_allclose(np.square(centred).mean(), second, rtol=0.05)
    with pytest.raises(FitError, match="needs 24 months, found 20"):
        baseline.fit_seasonal_naive(SeasonalNaive(), y[:20])


def test_seasonal_naive_takes_an_earlier_year_for_a_missing_month():
    y = walk(60)
    y[-4] = np.nan
    fit = baseline.fit_seasonal_naive(SeasonalNaive(), y)
    assert_allclose(fit.base, np.log(np.where(np.isnan(y[-12:]), y[-24:-12], y[-12:])))


@pytest.mark.parametrize(
    ("fitted", "y", "message"),
    [
        (lambda y: baseline.fit(RandomWalkDrift(), y), walk(20), "needs 24 monthly growth rates, found 19"),
        (
            lambda y: autoregression.fit(Autoregression(), y),
            walk(30),
            "needs 36 monthly growth rates, found 29",
        ),
        (lambda y: autoregression.fit(Autoregression(), y), np.full(90, 5.0), "growth does not vary"),
        (lambda y: noisy_walk.fit(NoisyWalk(), y), np.full(90, 5.0), "growth does not vary"),
        (
            lambda y: noisy_walk.fit(NoisyWalk(), y),
            np.full(90, np.nan),
            "needs 24 monthly growth rates, found 0",
        ),
    ],
)
def test_a_series_that_cannot_carry_the_model_is_refused(fitted, y, message):
    with pytest.raises(FitError, match=message):
        fitted(y)


def test_a_long_flat_stretch_costs_the_orders_that_it_leaves_open_and_no_others():
    y = np.r_[np.full(200, 100.0), walk(60)]  # growth of the last 60 months alone, 60 of 240 in the window
    fit = autoregression.fit(Autoregression(), y)
    assert np.isfinite(fit.simulate(12, 50, np.random.default_rng(1))).all()
    late = np.r_[np.full(235, 100.0), 101.0, 100.5, 102.0, 101.0, 103.0]  # lag 6 and more never move
    fit = autoregression.fit(Autoregression(), late)
    assert len(fit.recent) <= 4
    assert np.isfinite(fit.simulate(12, 50, np.random.default_rng(1))).all()
