"""Skill, bootstraps and tests of equal skill."""

from __future__ import annotations

import itertools
import json
import pathlib

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from forecast import score
from forecast.errors import DataError

GOLDEN = json.loads((pathlib.Path(__file__).parent / "golden" / "model_confidence_set.json").read_text())


def test_skill_by_hand() -> None:
    assert_allclose(score.skill([1.0, 2.5, 1.0], [3.0, 1.0, 2.0]), 1 - 4.5 / 6.0)


def test_skill_is_of_means_not_a_mean_of_skills() -> None:
    assert_allclose(score.skill([1.0, 9.0], [2.0, 10.0]), 1 - 10 / 12)


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ([1.0, 2.0], [1.0], r"shape \(2,\) and \(1,\) are not of the same forecasts"),
        ([1.0, 2.0], [0.0, 0.0], "the reference scores 0 on every forecast"),
    ],
)
def test_what_skill_refuses(ours: list[float], theirs: list[float], said: str) -> None:
    with pytest.raises(DataError, match=said):
        score.skill(ours, theirs)


# -- bootstrap -----------------------------------------------------------------------------------------------


def test_clusters_are_drawn_whole() -> None:
    years = np.array([2008, 1990, 2008, 2001, 1990, 2008])
    counts = score.resample_clusters(years, 400, np.random.default_rng(3))
    assert counts.shape == (400, 6)
    for year in (1990, 2001, 2008):
        members = counts[:, years == year]
        assert (members == members[:, :1]).all()
    assert (counts[:, [0, 1, 3]].sum(axis=1) == 3).all()


def test_cluster_bootstrap_has_the_variance_of_cluster_sums() -> None:
    """Closed form: with clusters of equal size the mean's variance is that of cluster means, /G, to 4 s.e."""
    rng = np.random.default_rng(5)
    years = np.repeat(np.arange(25), 8)
    scores = rng.gamma(2.0, size=25)[years] + rng.normal(size=200)
    draws = score.resampled_mean(scores, score.resample_clusters(years, 20_000, rng))
    means = scores.reshape(25, 8).mean(axis=1)
    expected = means.var() / 25
    assert_allclose(draws.mean(), scores.mean(), atol=4 * np.sqrt(expected / 20_000))
    assert_allclose(draws.var(), expected, rtol=4 * np.sqrt(2.2 / 20_000))


@pytest.mark.parametrize("stationary", [False, True])
def test_blocks_draw_every_forecast_alike(stationary: bool) -> None:
    counts = score.resample_blocks(30, 7, 20_000, np.random.default_rng(8), stationary=stationary)
    assert (counts.sum(axis=1) == 30).all()
    spread = counts.std(axis=0) / np.sqrt(20_000)
    assert (np.abs(counts.mean(axis=0) - 1.0) < 4.5 * spread).all()  # 30 columns: 4.5 s.e. for the worst


def test_circular_blocks_are_runs_of_their_length() -> None:
    block = [np.isin(np.arange(12), (np.arange(4) + start) % 12) for start in range(12)]
    possible = {tuple(np.sum(three, axis=0)) for three in itertools.product(block, repeat=3)}
    counts = score.resample_blocks(12, 4, 300, np.random.default_rng(1))
    assert {tuple(row) for row in counts} <= possible
    assert len({tuple(row) for row in counts}) > 100


def test_block_bootstrap_has_the_variance_of_block_sums() -> None:
    """Closed form: the circular mean's variance is that of the mean of a block drawn anywhere, over n/length."""
    rng = np.random.default_rng(2)
    x = np.convolve(rng.normal(size=100), np.ones(5), "valid")
    n, length = len(x), 8
    blocks = np.array([np.take(x, range(i, i + length), mode="wrap").mean() for i in range(n)])
    draws = score.resampled_mean(x, score.resample_blocks(n, length, 40_000, rng))
    assert n % length == 0
    assert_allclose(draws.var(), blocks.var() * length / n, rtol=4 * np.sqrt(2.2 / 40_000))


def test_stationary_blocks_have_geometric_lengths() -> None:
    """The chance that a forecast is followed by its neighbour is 1 − 1/length (+ 1/n by accident)."""
    n, length, draws = 50, 5.0, 4_000
    x = np.eye(n)
    together = score.resample_blocks(n, length, draws, np.random.default_rng(6), stationary=True)
    assert together.shape == (draws, n)
    # Var of a column's count: E[count²] grows with the runs; a second route by simulation of indices.
    rng = np.random.default_rng(7)
    counts = np.empty((draws, n))
    for b in range(draws):
        at = int(rng.integers(n))
        index = []
        for _ in range(n):
            index.append(at)
            at = int(rng.integers(n)) if rng.random() < 1 / length else (at + 1) % n
        counts[b] = x[index].sum(axis=0)
    pairs = [np.mean(c * np.roll(c, -1, axis=1)) for c in (together, counts)]
    se = np.std((counts * np.roll(counts, -1, axis=1)).mean(axis=1)) / np.sqrt(draws)
    assert_allclose(pairs[0], pairs[1], atol=4 * np.sqrt(2) * se)


def test_paired_skill_is_far_less_uncertain_than_its_parts() -> None:
    rng = np.random.default_rng(4)
    years = np.repeat(np.arange(20), 6)
    hard = rng.gamma(1.0, 4.0, size=20)[years]
    ours, theirs = 0.9 * hard, hard
    draws = score.resampled_skill(ours, theirs, score.resample_clusters(years, 500, rng))
    assert_allclose(draws, 0.1, rtol=1e-12)


def test_resampled_mean_of_several_methods_is_that_of_each() -> None:
    rng = np.random.default_rng(9)
    scores, counts = rng.gamma(2.0, size=(12, 3)), score.resample_blocks(12, 3, 50, rng)
    together = score.resampled_mean(scores, counts)
    for j in range(3):
        by_hand = [np.repeat(scores[:, j], row).mean() for row in counts]
        assert_allclose(together[:, j], by_hand, rtol=1e-12)


def test_interval_covers_the_true_mean() -> None:
    """40 clusters, 400 trials: coverage of the 90 % interval within 4 s.e. of a slightly liberal 0.88."""
    rng = np.random.default_rng(12)
    years = np.repeat(np.arange(40), 3)
    hits = 0
    for _ in range(400):
        x = rng.normal(size=40)[years] + rng.normal(size=120)
        low, high = score.percentile_interval(
            score.resampled_mean(x, score.resample_clusters(years, 200, rng)), level=0.9
        )
        hits += low <= 0.0 <= high
    assert abs(hits / 400 - 0.88) < 4 * np.sqrt(0.88 * 0.12 / 400)


def test_resamples_of_other_forecasts_are_refused() -> None:
    with pytest.raises(DataError, match=r"resamples \(1, 3\) must be \(draws, 2\)"):
        score.resampled_mean([1.0, 2.0], [[1, 1, 1]])


# -- Diebold–Mariano -----------------------------------------------------------------------------------------


def test_diebold_mariano_by_hand() -> None:
    """d = 1, 3, 2, −1, 0: mean 1, γ₀ = 2, γ₁ = (0·2 + 2·1 + 1·(−2) + (−2)(−1))/5 = 0.4, V = (2 + 0.8)/5."""
    test = score.diebold_mariano([1.0, 3, 2, -1, 0], np.zeros(5), horizon=2)
    correction = (5 + 1 - 4 + 2 / 5) / 5
    t = np.sqrt(correction) / np.sqrt(2.8 / 5)
    assert_allclose([test.difference, test.statistic], [1.0, t], rtol=1e-12)
    assert_allclose(test.p_value, 2 * stats.t.cdf(-t, 4), rtol=1e-12)
    assert test.kernel == "rectangular"


def test_diebold_mariano_at_horizon_one_is_the_paired_t_test() -> None:
    """At h = 1 the correction turns 1/n into 1/(n − 1): Student's test exactly."""
    rng = np.random.default_rng(31)
    a, b = rng.gamma(2.0, size=25), rng.gamma(2.3, size=25)
    theirs = stats.ttest_rel(a, b)
    ours = score.diebold_mariano(a, b)
    assert_allclose([ours.statistic, ours.p_value], [theirs.statistic, theirs.pvalue], rtol=1e-12)


@pytest.mark.parametrize("horizon", [2, 3, 6])
def test_diebold_mariano_agrees_with_statsmodels_hac(horizon: int) -> None:
    rng = np.random.default_rng(17)
    d = np.convolve(rng.normal(size=85), np.ones(6) / 6, "valid") + 0.1
    n = len(d)
    hac = sm.OLS(d, np.ones(n)).fit(
        cov_type="HAC", cov_kwds={"maxlags": horizon - 1, "kernel": "uniform", "use_correction": False}
    )
    correction = np.sqrt((n + 1 - 2 * horizon + horizon * (horizon - 1) / n) / n)
    ours = score.diebold_mariano(d + 5.0, np.full(n, 5.0), horizon=horizon)
    assert ours.kernel == "rectangular"
    assert_allclose(ours.statistic, hac.tvalues[0] * correction, rtol=1e-9)


def test_diebold_mariano_turns_to_bartlett_where_the_variance_is_negative() -> None:
    d = np.array([1.0, -1, 1, -1, 1, -1, 1, -1.5])
    n = len(d)
    hac = sm.OLS(d, np.ones(n)).fit(
        cov_type="HAC", cov_kwds={"maxlags": 1, "kernel": "bartlett", "use_correction": False}
    )
    ours = score.diebold_mariano(d, np.zeros(n), horizon=2)
    assert ours.kernel == "bartlett"
    assert_allclose(ours.statistic, hac.tvalues[0] * np.sqrt((n - 3 + 2 / n) / n), rtol=1e-9)


def test_diebold_mariano_changes_sign_with_the_order() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.gamma(2.0, size=(2, 40))
    one, other = score.diebold_mariano(a, b, 3), score.diebold_mariano(b, a, 3)
    assert one.statistic == -other.statistic
    assert one.p_value == other.p_value


def test_diebold_mariano_rejects_as_often_as_it_says() -> None:
    """MA(2) differences at horizon 3, n = 60: size of the 5 % test within 4 s.e. of .05 to .09 (HLN's table)."""
    rng = np.random.default_rng(23)
    rejected = 0
    for _ in range(1_000):
        d = np.convolve(rng.normal(size=62), [1.0, 0.7, 0.4], "valid")
        rejected += score.diebold_mariano(d, np.zeros(60), 3).p_value < 0.05
    assert 0.05 - 4 * np.sqrt(0.05 * 0.95 / 1000) < rejected / 1000 < 0.09 + 4 * np.sqrt(0.09 * 0.91 / 1000)


def test_diebold_mariano_of_equal_scores() -> None:
    assert score.diebold_mariano([1.0, 2, 3], [1.0, 2, 3]).p_value == 1.0


@pytest.mark.parametrize(
    ("first", "horizon", "said"),
    [
        ([2.0] * 8, 1, "differ by 1 in every forecast"),
        ([2.0, 3, 4, 5], 2, "4 forecasts are too few for a test at horizon 2; more than 4"),
    ],
)
def test_what_diebold_mariano_refuses(first: list[float], horizon: int, said: str) -> None:
    with pytest.raises(DataError, match=said):
        score.diebold_mariano(first, np.ones(len(first)), horizon)


# -- model confidence set ------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda c: f"{c['bootstrap']}-{c['statistic']}")
def test_confidence_set_agrees_with_arch(case: dict) -> None:
    found = score.model_confidence_set(GOLDEN["losses"], _counts(case["resamples"]), case["statistic"])
    assert list(found.eliminated) == case["eliminated"]
    assert_allclose(found.p_values, case["p_values"], atol=1e-12)


def test_confidence_set_of_two_methods_by_hand() -> None:
    """Differences 1, 1, −1, 3 (mean 1); draws with means 1, 0, 2, 1.5: |noise| reaches 1 in two of four."""
    scores = np.array([[2.0, 1.0], [2.0, 1.0], [0.0, 1.0], [4.0, 1.0]])
    resamples = [[1, 1, 1, 1], [1, 1, 2, 0], [1, 1, 0, 2], [2, 1, 0, 1]]
    mean = [np.repeat(scores[:, 0] - 1.0, row).mean() for row in resamples]
    assert mean == [1.0, 0.0, 2.0, 1.5]
    for statistic in ("max", "range"):
        found = score.model_confidence_set(scores, resamples, statistic)
        assert found.eliminated == (0, 1)
        assert_allclose(found.p_values, [0.5, 1.0])


def test_identical_methods_stay_together() -> None:
    rng = np.random.default_rng(1)
    one = rng.gamma(2.0, size=50)
    scores = np.column_stack([one, one, one + rng.gamma(2.0, size=50)])
    resamples = score.resample_blocks(50, 3, 200, rng)
    for statistic in ("max", "range"):
        found = score.model_confidence_set(scores, resamples, statistic)
        assert found.members() == (0, 1)
        assert found.p_values[:2].tolist() == [1.0, 1.0]


def test_a_certain_difference_leaves_the_set() -> None:
    scores = np.column_stack([np.arange(8.0), np.arange(8.0) + 0.1])
    found = score.model_confidence_set(scores, score.resample_blocks(8, 2, 50, np.random.default_rng(1)))
    assert found.p_values.tolist() == [1.0, 0.0]


@settings(deadline=None, max_examples=30, derandomize=True)
@given(st.permutations(range(4)), st.integers(0, 10_000))
def test_confidence_set_follows_the_columns(order: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.gamma(2.0, size=(30, 4)) + np.array([0.0, 0.3, 0.6, 0.2])
    resamples = score.resample_blocks(30, 3, 60, rng)
    for statistic in ("max", "range"):
        plain = score.model_confidence_set(scores, resamples, statistic)
        turned = score.model_confidence_set(scores[:, order], resamples, statistic)
        assert_allclose(turned.p_values, plain.p_values[list(order)], atol=1e-12)


def test_confidence_set_holds_the_best_method_as_often_as_it_says() -> None:
    """Four equally good methods: each is excluded at size .1 in at most .1 of 400 trials, within 4 s.e."""
    rng = np.random.default_rng(41)
    outside = np.zeros(4)
    for _ in range(400):
        scores = rng.gamma(2.0, size=(100, 1)) + rng.normal(size=(100, 4))
        found = score.model_confidence_set(scores, score.resample_blocks(100, 2, 200, rng))
        outside[[i for i in range(4) if i not in found.members(0.1)]] += 1
    assert (outside / 400 < 0.1 + 4 * np.sqrt(0.09 / 400)).all()


@pytest.mark.parametrize("scores", [[[1.0], [2.0]], [[1.0, np.nan], [2.0, 3.0]]])
def test_what_the_confidence_set_refuses(scores: list[list[float]]) -> None:
    with pytest.raises(DataError, match="must be finite, .forecasts, methods., of two methods or more"):
        score.model_confidence_set(scores, [[1, 1]])


def _counts(rows: list[str]) -> np.ndarray:
    return np.array([[ord(c) - 48 for c in row] for row in rows])
