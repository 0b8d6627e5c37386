import numpy as np
import pytest
from numpy.testing import assert_allclose
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.sandwich_covariance import cov_hac
from statsmodels.tsa.stattools import acovf

from forecast.arrays import (
    block_indices,
    first_run,
    long_run_covariance,
    long_run_error,
    long_run_variance,
    robust_sd,
    trailing_mean,
)

VALUES = np.random.default_rng(2).normal(size=150).cumsum()[::3]


def test_long_run_error_equals_statsmodels_newey_west():
    ols = OLS(VALUES, np.ones(len(VALUES))).fit()
    expected = np.sqrt(cov_hac(ols, nlags=12, use_correction=False)[0, 0])
    assert_allclose(long_run_error(VALUES), expected, rtol=1e-10)


@pytest.mark.parametrize("kernel", ["bartlett", "rectangular"])
def test_long_run_variance_weighs_the_autocovariances_of_statsmodels(kernel):
    gamma = acovf(VALUES, nlag=4, fft=False)
    weights = np.array([0.8, 0.6, 0.4, 0.2] if kernel == "bartlett" else [1.0, 1.0, 1.0, 1.0])
    assert_allclose(long_run_variance(VALUES, 4, kernel), gamma[0] + 2 * weights @ gamma[1:], rtol=1e-12)
    assert_allclose(long_run_variance(VALUES, 0, kernel), VALUES.var(), rtol=1e-12)


def test_long_run_covariance_is_the_middle_of_statsmodels_sandwich():
    rng = np.random.default_rng(5)
    X = np.column_stack([np.ones(90), rng.normal(size=(90, 2)).cumsum(axis=0)])
    y = X @ [1.0, 0.4, -0.2] + rng.normal(size=90).cumsum()
    ols = OLS(y, X).fit()
    inverse = np.linalg.inv(X.T @ X)
    middle = long_run_covariance(X * ols.resid[:, None], 12)
    assert_allclose(inverse @ middle @ inverse, cov_hac(ols, nlags=12, use_correction=False), rtol=1e-8)


def test_long_run_covariance_of_many_is_that_of_each():
    scores = np.random.default_rng(6).normal(size=(3, 40, 2)).cumsum(axis=1)
    together = long_run_covariance(scores, 5)
    assert_allclose(together, np.stack([long_run_covariance(one, 5) for one in scores]), rtol=1e-12)


def test_robust_sd_is_that_of_a_gaussian_and_of_no_use_to_outliers():
    x = np.random.default_rng(3).normal(5.0, 2.0, size=40_000)
    assert_allclose(
        robust_sd(x), 2.0, atol=4 * 2.0 * 1.17 / np.sqrt(40_000)
    )  # asymptotic error 1.17 sigma/sqrt(n)
    assert robust_sd([np.nan, 4.0, 5.0, 7.0, 9000.0]) == 1.4826 * 1.5
    assert robust_sd([-3.0, 1.0, 2.0], centre=0.0) == 1.4826 * 2.0
    assert np.isnan(robust_sd([np.nan]))


def test_moving_blocks_are_successive_months_that_fit_in_the_past():
    drawn = block_indices(100, 24, 500, 12, np.random.default_rng(4))
    assert drawn.shape == (500, 24)
    assert (np.diff(drawn[:, :12], axis=1) == 1).all()
    assert (np.diff(drawn[:, 12:], axis=1) == 1).all()
    assert (drawn.min(), drawn.max()) == (0, 99)
    assert (block_indices(3, 4, 2, 12, np.random.default_rng(1)) == [0, 1, 2, 0]).all()


def test_circular_blocks_pass_the_end_and_draw_every_month_alike():
    drawn = block_indices(10, 8, 20_000, 4, np.random.default_rng(4), circular=True)
    assert (np.diff(drawn[:, :4], axis=1) % 10 == 1).all()
    share = np.bincount(drawn.ravel(), minlength=10) / drawn.size
    assert_allclose(share, 0.1, atol=4 * np.sqrt(0.09 / 40_000))  # 40,000 independent blocks


def test_trailing_mean_and_runs_against_loops():
    rng = np.random.default_rng(4)
    values = rng.normal(size=(6, 20))
    for width in (1, 3, 12):
        smooth = trailing_mean(values, width)
        for t in range(20):
            window = values[:, max(0, t - width + 1) : t + 1]
            expected = window.mean(axis=1) if window.shape[1] == width else np.full(6, np.nan)
            assert_allclose(smooth[:, t], expected)
    above = values > -0.4
    for k in (1, 2, 4, 30):
        expected_starts = [
            next((t for t in range(20 - k + 1) if row[t : t + k].all()), -1) if k <= 20 else -1
            for row in above
        ]
        assert first_run(above, k).tolist() == expected_starts
