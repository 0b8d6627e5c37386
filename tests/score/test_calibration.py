"""Probability integral transforms of levels and rates, and the test of uniformity under shared shocks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from forecast import score
from forecast.errors import DataError


@settings(deadline=None, max_examples=20, derandomize=True)
@given(st.integers(0, 10**6))
def test_histogram_and_coverage_are_expectations_over_the_randomisation(seed: int) -> None:
    """2,000 randomised draws of each of 20 forecasts; at most 4.5 s.e. for the worst of 25 comparisons."""
    rng = np.random.default_rng(seed)
    lower, upper = np.sort(rng.random((2, 20)), axis=0)
    n = 2_000
    drawn = rng.uniform(np.tile(lower, n), np.tile(upper, n))
    shares = np.histogram(drawn, bins=5, range=(0, 1))[0] / drawn.size
    assert_allclose(score.pit_histogram(lower, upper, bins=5), shares, atol=4.5 * 0.5 / np.sqrt(20 * n))
    hits = score.covered(drawn, drawn, [0.5]).reshape(n, 20)
    assert set(np.unique(hits)) <= {0.0, 1.0}
    assert_allclose(score.covered(lower, upper, [0.5])[:, 0], hits.mean(axis=0), atol=4.5 * 0.5 / np.sqrt(n))


def test_coverage_of_exact_values_is_that_of_the_closed_interval() -> None:
    pit = np.array([0.05, 0.0500001, 0.25, 0.6, 0.95, 0.96])
    assert score.covered(pit, pit, [0.9])[:, 0].tolist() == [1.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    assert score.covered(pit, pit, [0.5])[:, 0].tolist() == [0.0, 0.0, 1.0, 1.0, 0.0, 0.0]


# -- uniformity ----------------------------------------------------------------------------------------------


def test_statistic_agrees_with_scipy() -> None:
    rng = np.random.default_rng(3)
    pit = rng.beta(1.0, 1.4, size=80)
    statistic, _ = score.uniformity(pit, pit, np.ones((5, 80), dtype=int))
    assert_allclose(statistic, stats.cramervonmises(pit, "uniform").statistic, rtol=0.01)


def test_p_value_without_clusters_is_near_that_of_independent_data() -> None:
    rng = np.random.default_rng(4)
    pit = rng.beta(1.0, 1.3, size=150)
    _, p = score.uniformity(pit, pit, score.resample_clusters(np.arange(150), 4_000, rng))
    expected = stats.cramervonmises(pit, "uniform").pvalue
    assert 0.03 < expected < 0.3
    assert_allclose(p, expected, atol=0.05)


def test_shared_shocks_are_not_taken_for_miscalibration() -> None:
    """40 years of 6 forecasts with one PIT a year: the tabulated test rejects most, ours about 5 % (4 s.e.)."""
    rng = np.random.default_rng(5)
    years = np.repeat(np.arange(40), 6)
    trials, ours, naive = 150, 0, 0
    for _ in range(trials):
        pit = rng.random(40)[years]
        ours += score.uniformity(pit, pit, score.resample_clusters(years, 200, rng))[1] < 0.05
        naive += stats.cramervonmises(pit, "uniform").pvalue < 0.05
    assert naive / trials > 0.5
    assert ours / trials < 0.05 + 4 * np.sqrt(0.05 * 0.95 / trials)


def test_miscalibration_is_found() -> None:
    rng = np.random.default_rng(6)
    years = np.repeat(np.arange(30), 5)
    pit = rng.beta(0.4, 0.4, size=30)[years] * 0.5 + 0.5 * rng.beta(0.4, 0.4, size=150)
    pit = np.clip(2.2 * (pit - 0.5) + 0.5, 0.0, 1.0)
    assert score.uniformity(pit, pit, score.resample_clusters(years, 500, rng))[1] < 0.05


@pytest.mark.parametrize(
    ("lower", "upper"),
    [([0.5], [0.4]), ([-0.1], [0.4]), ([0.5], [1.1]), ([0.5, 0.6], [0.7]), ([np.nan], [1.0])],
)
def test_wrong_bounds(lower: list[float], upper: list[float]) -> None:
    with pytest.raises(
        DataError, match="PIT bounds must be two arrays of one length with 0 ≤ lower ≤ upper ≤ 1"
    ):
        score.pit_histogram(lower, upper)


def test_resamples_of_other_forecasts() -> None:
    with pytest.raises(DataError, match=r"resamples \(1, 3\) must be \(draws, 2\), one column per forecast"):
        score.uniformity([0.1, 0.2], [0.1, 0.2], [[1, 1, 1]])
