import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.linalg import toeplitz

from forecast.errors import FitError
from forecast.models import structural
from forecast.models.structural import Structural


def noisy_level(n: int = 240, seed: int = 1, phi: float = 0.7, noise: float = 0.02) -> np.ndarray:
    rng = np.random.default_rng(seed)
    growth = np.zeros(n)
    for t in range(1, n):
        growth[t] = phi * growth[t - 1] + rng.normal(0, 0.005)
    return 100.0 * np.exp(np.cumsum(0.002 + growth) + rng.normal(0, noise, n))


def dense(z: np.ndarray, phi: np.ndarray, ratio: float) -> tuple[float, float]:
    """Log determinant and quadratic form of the growth rates, whose covariance is Toeplitz, in units of Var η."""
    m = len(z) - 1
    gamma = np.zeros(m)
    one, two = phi
    gamma[0] = (1 - two) / ((1 + two) * ((1 - two) ** 2 - one**2))
    gamma[1] = gamma[0] * one / (1 - two)
    for k in range(2, m):
        gamma[k] = one * gamma[k - 1] + two * gamma[k - 2]
    gamma[:2] += [2 * ratio, -ratio]
    covariance = toeplitz(gamma)
    growth = np.diff(z)
    return np.linalg.slogdet(covariance)[1], float(growth @ np.linalg.solve(covariance, growth))


@pytest.mark.parametrize(
    ("first", "second", "ratio"), [(0.6, -0.2, 3.0), (-0.3, 0.0, 0.0), (0.92, 0.2, 15.0)]
)
def test_the_filter_s_likelihood_is_that_of_the_growth_rates(first, second, ratio):
    y = noisy_level(80)
    spec = Structural((first,), (second,), (ratio,))
    found = structural.fit(spec, y)
    z = np.log(y) - found.drift * np.arange(80)
    _, squares = dense(z, found.phi[0], ratio)
    assert found.freedom == 79
    assert_allclose(
        found.sigma2[0] * 79, squares, rtol=1e-4
    )  # the filter starts from a variance of 10⁶, not ∞


def test_the_posterior_weighs_the_grid_by_that_likelihood():
    y = noisy_level(100, seed=2)
    spec = Structural((0.0, 0.6), (0.0, -0.2), (0.3, 7.0))
    found = structural.fit(spec, y)
    z = np.log(y) - found.drift * np.arange(100)
    score = []
    for phi, ratio in zip(found.phi, found.ratio, strict=True):
        log_det, squares = dense(z, phi, ratio)
        score.append(-0.5 * (log_det + 99 * np.log(squares)))
    expected = np.exp(np.array(score) - max(score))
    assert_allclose(found.posterior, expected / expected.sum(), rtol=2e-3, atol=1e-9)


def test_growth_and_noise_are_told_apart():
    found = structural.fit(Structural(), noisy_level(240, seed=3, noise=0.006))
    assert 0.5 < found.summary()["phi"][0] < 1.1
    assert_allclose(found.summary()["irregular_sd_pct"], 0.6, rtol=0.2)
    assert_allclose(found.summary()["growth_shock_sd_pct"], 0.5, rtol=0.6)


def test_paths_have_the_mean_and_variance_of_the_state_space_form():
    spec = Structural((0.6,), (-0.2,), (2.0,))
    found = structural.fit(spec, noisy_level(200, seed=4))
    n, horizon = 40_000, 6
    log_paths = np.log(found.simulate(horizon, n, np.random.default_rng(5)))
    T = np.zeros((3, 3))
    T[0, 0] = T[2, 1] = 1.0
    T[0, 1:] = T[1, 1:] = found.phi[0]
    Q = np.zeros((3, 3))
    Q[:2, :2] = 1.0
    state, P = found.state[0], found.root[0] @ found.root[0].T
    scale = found.sigma2[0] * found.freedom / (found.freedom - 2)  # E[1/χ²]
    for h in range(1, horizon + 1):
        state, P = T @ state, T @ P @ T.T + Q
        mean = state[0] + h * found.drift
        variance = scale * (P[0, 0] + 2.0) + (h * found.drift_error) ** 2
        assert abs(log_paths[:, h - 1].mean() - mean) < 4 * np.sqrt(variance / n)
        assert_allclose(
            log_paths[:, h - 1].var(), variance, rtol=0.04
        )  # 4 standard errors, tails of χ² included


def test_noise_of_the_last_month_is_expected_to_revert():
    y = noisy_level(240, seed=6)
    y[-1] *= 1.10
    found = structural.fit(Structural(), y)
    first = np.log(found.simulate(1, 4000, np.random.default_rng(7))[:, 0] / y[-1])
    assert first.mean() < -0.02


def test_a_missing_month_is_skipped_and_the_last_is_forecast():
    y = noisy_level(150, seed=8)
    y[[60, 61, -1]] = np.nan
    found = structural.fit(Structural((0.5,), (0.0,), (1.0,)), y)
    assert found.freedom == 146
    assert np.isfinite(found.simulate(3, 10, np.random.default_rng(9))).all()


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (noisy_level(20), "needs 24 monthly growth rates, found 19"),
        (np.full(90, 5.0), "growth does not vary"),
    ],
)
def test_a_series_that_cannot_carry_it_is_refused(y, message):
    with pytest.raises(FitError, match=message):
        structural.fit(Structural(), y)
