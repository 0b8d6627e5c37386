"""Scores of levels and rates: hand numbers, identities, other implementations."""

from __future__ import annotations

import numpy as np
import pytest
import scoringrules
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats
from sklearn.metrics import mean_pinball_loss

from forecast import score
from forecast.errors import DataError

LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]


# -- points --------------------------------------------------------------------------------------------------


def test_error_is_observed_less_predicted() -> None:
    assert score.error([101.0, 97.5], [100.0, 99.0]).tolist() == [1.0, -1.5]
    assert score.absolute_error([101.0, 97.5], [100.0, 99.0]).tolist() == [1.0, 1.5]


def test_percentage_error_of_m3_is_bounded_by_200() -> None:
    assert_allclose(score.absolute_percentage_error([3.0, 1.0], [1.0, 0.0]), [100.0, 200.0])


def test_scaled_error_of_the_seasonal_naive_rule_is_one_on_its_own_past() -> None:
    rng = np.random.default_rng(1)
    y = np.exp(np.cumsum(rng.normal(size=60)) / 10)
    scale = score.seasonal_scale(y)
    assert_allclose(score.absolute_scaled_error(y[12:], y[:-12], scale).mean(), 1.0, rtol=1e-12)


def test_seasonal_scale_leaves_missing_months_out() -> None:
    assert score.seasonal_scale([1.0, 5.0, np.nan, 8.0, 2.0, 6.0], period=2) == (3.0 + 2.0) / 2


@pytest.mark.parametrize("past", [[1.0, 2.0], [1.0, 2.0, 1.0, 2.0], [np.nan, 1.0, 2.0]])
def test_a_past_that_cannot_scale(past: list[float]) -> None:
    with pytest.raises(DataError, match=f"a past of {len(past)} months has no change over 2 months to scale"):
        score.seasonal_scale(past, period=2)


# -- quantiles and intervals ---------------------------------------------------------------------------------


def pinball(observed, quantiles, levels) -> np.ndarray:
    """The loss of each quantile, (…, q): what interval scores and CRPS are sums of. Koenker & Bassett 1978."""
    x, y = np.asarray(quantiles), np.asarray(observed)[..., None]
    return ((y < x) - np.asarray(levels)) * (x - y)


def test_pinball_agrees_with_scikit_learn_and_scoringrules() -> None:
    rng = np.random.default_rng(2)
    y, x = rng.normal(size=30), rng.normal(size=(30, 1))
    for level in (0.1, 0.37, 0.8):
        ours = pinball(y, x, [level])[:, 0]
        assert_allclose(ours.mean(), mean_pinball_loss(y, x[:, 0], alpha=level), rtol=1e-12)
        assert_allclose(ours, scoringrules.quantile_score(y, x[:, 0], level), rtol=1e-12)


@pytest.mark.parametrize(("observed", "parts"), [(5.0, (6, 0, 0)), (3.0, (6, 10, 0)), (12.5, (6, 0, 25))])
def test_interval_score_by_hand(observed: float, parts: tuple[float, ...]) -> None:
    found = score.interval_score(observed, 4.0, 10.0, 0.8)
    assert_allclose((found.dispersion, found.overprediction, found.underprediction), parts, rtol=1e-12)
    assert_allclose(found.score, sum(parts), rtol=1e-12)


def test_interval_score_is_two_pinball_losses() -> None:
    """IS_α = 2/α·(pinball(α/2) + pinball(1 − α/2))."""
    rng = np.random.default_rng(3)
    ends, y = np.sort(rng.normal(size=(50, 2)), axis=1), rng.normal(size=50) * 2
    for level in (0.5, 0.8, 0.93):
        alpha = 1 - level
        losses = pinball(y, ends, [alpha / 2, 1 - alpha / 2]).sum(axis=1)
        found = score.interval_score(y, ends[:, 0], ends[:, 1], level).score
        assert_allclose(found, losses * 2 / alpha, rtol=1e-10)


def test_weighted_interval_score_is_twice_the_mean_pinball_loss() -> None:
    rng = np.random.default_rng(4)
    q, y = np.sort(rng.normal(size=(40, 6, 7)), axis=-1), rng.normal(size=(40, 6)) * 2
    found = score.weighted_interval_score(y, q, LEVELS)
    assert found.score.shape == (40, 6)
    assert_allclose(found.score, 2 * pinball(y, q, LEVELS).mean(axis=-1), rtol=1e-12)


def test_interval_scores_agree_with_scoringrules() -> None:
    """Its weighted score (0.10.0) adds ½m in place of ½|y − m|, so the median's part is added here."""
    rng = np.random.default_rng(5)
    q, y = np.sort(rng.normal(size=(40, 7)), axis=-1), rng.normal(size=40) * 2
    single = scoringrules.interval_score(y, q[:, 1], q[:, 5], 0.2)
    assert_allclose(score.interval_score(y, q[:, 1], q[:, 5], 0.8).score, single, rtol=1e-10)
    alpha = 2 * np.array(LEVELS[:3])
    intervals = scoringrules.weighted_interval_score(y, q[:, 3], q[:, :3], q[:, :3:-1], alpha, w_median=0.0)
    theirs = intervals + 0.5 * np.abs(y - q[:, 3]) / 3.5
    assert_allclose(score.weighted_interval_score(y, q, LEVELS).score, theirs, rtol=1e-12)


def test_weighted_interval_score_tends_to_the_crps() -> None:
    levels = (np.arange(999) + 1) / 1000
    q = stats.norm(1.0, 2.0).ppf(levels)
    found = score.weighted_interval_score(2.7, q, list(levels)).score
    assert_allclose(found, scoringrules.crps_normal(2.7, 1.0, 2.0), rtol=2e-3)


def test_over_and_underprediction_are_not_swapped() -> None:
    q = np.array([4.0, 7.0, 10.0])
    low = score.weighted_interval_score(1.0, q, [0.1, 0.5, 0.9])
    assert_allclose(low.overprediction, (0.5 * 6.0 + 3.0) / 1.5)
    assert low.underprediction == 0.0


@pytest.mark.parametrize("levels", [[0.1, 0.9], [0.1, 0.5, 0.8], [0.9, 0.5, 0.1]])
def test_levels_that_are_not_symmetric(levels: list[float]) -> None:
    with pytest.raises(DataError, match=r"must rise and be symmetric about 0\.5"):
        score.weighted_interval_score(1.0, np.zeros(len(levels)), levels)


def test_inside_is_closed() -> None:
    assert score.inside([1.0, 2.0, 3.1], 1.0, [2.0, 2.0, 3.0]).tolist() == [True, True, False]


# -- samples -------------------------------------------------------------------------------------------------

samples = st.integers(0, 10**6).map(np.random.default_rng)


def weighted(rng: np.random.Generator, n: int, h: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Observed (h,), values (n, h) with ties, weights (n,) of which some are 0."""
    weights = rng.dirichlet(np.full(n, 0.7))
    weights[0] = 0.0
    return rng.normal(size=h).round(1), rng.normal(size=(n, h)).round(1) * 2, weights / weights.sum()


@settings(deadline=None, max_examples=60, derandomize=True)
@given(samples, st.integers(2, 40))
def test_crps_is_the_integral_of_brier_scores(rng: np.random.Generator, n: int) -> None:
    """Closed form of ∫(F − 1{y ≤ x})² dx, piece by piece between all sorted points."""
    y, x, w = weighted(rng, n, 1)
    points = np.sort(np.append(x[:, 0], y))
    below = np.array([w[x[:, 0] <= point].sum() for point in points[:-1]])
    integral = (np.square(below - (y[0] <= points[:-1])) * np.diff(points)).sum()
    assert_allclose(score.crps(y, x, w), [integral], atol=1e-12)


@settings(deadline=None, max_examples=30, derandomize=True)
@given(samples, st.integers(2, 30))
def test_crps_is_the_energy_form(rng: np.random.Generator, n: int) -> None:
    """E|X − y| − ½·E|X − X'|, and the energy score of paths one month long."""
    y, x, w = weighted(rng, n, 3)
    for j in range(3):
        spread = np.abs(x[:, j, None] - x[None, :, j])
        by_hand = w @ np.abs(x[:, j] - y[j]) - w @ spread @ w / 2
        assert_allclose(score.crps(y, x, w)[j], by_hand, atol=1e-12)
        assert_allclose(score.energy_score(y[j : j + 1], x[:, j : j + 1], w), by_hand, atol=1e-12)


def test_crps_is_the_integral_of_pinball_losses() -> None:
    """2·∫ pinball(τ) dτ over the quantiles of the sample, midpoints of 4,000 slices."""
    rng = np.random.default_rng(6)
    y, x = np.array([0.7]), rng.normal(size=(25, 1))
    tau = (np.arange(4_000) + 0.5) / 4_000
    q = np.quantile(x[:, 0], tau, method="inverted_cdf")
    assert_allclose(score.crps(y, x), 2 * pinball(0.7, q, tau).mean(), rtol=1e-3)


def test_crps_agrees_with_scoringrules() -> None:
    rng = np.random.default_rng(7)
    y, x, w = weighted(rng, 200, 12)
    assert_allclose(score.crps(y, x), scoringrules.crps_ensemble(y, x, m_axis=0, estimator="nrg"), rtol=1e-10)
    weights = np.tile(w[:, None], (1, 12))
    theirs = scoringrules.crps_ensemble(y, x, m_axis=0, ens_w=weights, estimator="nrg")
    assert_allclose(score.crps(y, x, w), theirs, rtol=1e-10)


def test_crps_of_a_large_sample_is_that_of_its_distribution() -> None:
    x = stats.norm(1.0, 2.0).ppf((np.arange(20_000) + 0.5) / 20_000)[:, None]
    assert_allclose(score.crps([2.7], x), [scoringrules.crps_normal(2.7, 1.0, 2.0)], rtol=1e-4)


def test_crps_keeps_its_digits_far_from_zero() -> None:
    """A shift by 10⁹ leaves a score of 0.1 intact to the rounding of the data themselves."""
    rng = np.random.default_rng(8)
    y, x = np.array([0.25]), rng.integers(-8, 9, size=(50, 1)) / 8.0
    assert_allclose(score.crps(y + 1e9, x + 1e9), score.crps(y, x), rtol=1e-12)


def test_crps_of_one_path_is_the_absolute_error() -> None:
    assert_allclose(score.crps([3.0, 5.0], [[4.5, 1.0]]), [1.5, 4.0])


def test_energy_score_by_hand_with_weights() -> None:
    """Points (0, 0) and (3, 4), weights ¼ and ¾, truth (3, 0): ¼·3 + ¾·4 − ½·2·¼·¾·5."""
    found = score.energy_score([3.0, 0.0], [[0.0, 0.0], [3.0, 4.0]], [0.25, 0.75])
    assert_allclose(found, 0.75 + 3.0 - 0.9375, rtol=1e-12)


def test_energy_score_agrees_with_scoringrules_across_blocks() -> None:
    rng = np.random.default_rng(9)
    y, x = rng.normal(size=6), rng.normal(size=(1_300, 6))  # more paths than one block holds
    theirs = scoringrules.es_ensemble(y, x, m_axis=0, v_axis=-1, estimator="nrg")
    assert_allclose(score.energy_score(y, x), theirs, rtol=1e-10)


def test_energy_score_sees_wrong_dependence_that_the_crps_cannot() -> None:
    """Truth: months that move together. Both forecasts have the right margins; 800 trials, to 4 s.e."""
    rng = np.random.default_rng(10)
    together = np.repeat(rng.normal(size=(250, 1)), 8, axis=1)
    apart = np.stack([rng.permutation(column) for column in together.T], axis=1)
    truths = np.repeat(rng.normal(size=(800, 1)), 8, axis=1)
    gain = np.array([score.energy_score(y, apart) - score.energy_score(y, together) for y in truths])
    assert gain.mean() > 4 * gain.std() / np.sqrt(800)
    assert_allclose(score.crps(truths[0], apart), score.crps(truths[0], together), rtol=1e-12)


@pytest.mark.parametrize(
    ("observed", "values", "weights", "said"),
    [
        ([1.0], [[1.0, 2.0]], None, r"values \(1, 2\) must be \(paths, months\) and observed \(1,\)"),
        ([1.0], [[1.0], [2.0]], [0.5, 0.6], "must be 2 non-negative numbers that sum to 1"),
        ([1.0], [[1.0], [2.0]], [-0.5, 1.5], "must be 2 non-negative numbers that sum to 1"),
    ],
)
def test_what_samples_refuse(observed: list, values: list, weights: list | None, said: str) -> None:
    for rule in (score.crps, score.energy_score):
        with pytest.raises(DataError, match=said):
            rule(observed, values, weights)
