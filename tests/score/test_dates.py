"""Scores of censored dates: hand numbers, identities, propriety, another implementation."""

from __future__ import annotations

import numpy as np
import pytest
import scoringrules
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast import score
from forecast.errors import DataError

NAN = float("nan")
F = np.array([[0.1, 0.3, 0.6, 0.7], [0.1, 0.3, 0.6, 0.7], [0.05, 0.05, 0.2, 0.9], [0.0, 0.4, 0.5, 1.0]])
T = np.array([2.0, NAN, NAN, 4.0])
C = np.array([9, 3, 0, 4])


def distribution(rng: np.random.Generator, n: int, H: int) -> np.ndarray:
    """F(1..H) of n dates of which some lie beyond H."""
    return np.cumsum(rng.dirichlet(np.full(H + 1, 0.6), size=n), axis=1)[:, :H]


def dates(probability: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw one date per forecast from its own distribution; H + 1 stands for later."""
    return 1.0 + (probability < rng.random((len(probability), 1))).sum(axis=1)


def censored(recovered: np.ndarray, follow_up: np.ndarray, H: int) -> np.ndarray:
    return np.where(recovered <= np.minimum(follow_up, H), recovered, NAN)


# -- censored CRPS -------------------------------------------------------------------------------------------


def test_censored_crps_by_hand() -> None:
    by_hand = [
        0.1**2 + 0.7**2 + 0.4**2 + 0.3**2,  # recovered in month 2, all four months seen
        0.1**2 + 0.3**2 + 0.6**2,  # three months seen, none with a recovery
        0.0,  # nothing seen
        0.0 + 0.4**2 + 0.5**2 + 0.0,
    ]
    assert_allclose(score.censored_crps(F, T, C), by_hand, rtol=1e-12)


def test_a_date_beyond_the_follow_up_is_not_seen() -> None:
    assert_allclose(score.censored_crps(F[:1], [4.0], [3]), score.censored_crps(F[:1], [NAN], [3]))


def test_already_back_counts_from_the_first_month() -> None:
    assert_allclose(score.censored_crps(F[:1], [-1.0], [4]), [0.9**2 + 0.7**2 + 0.4**2 + 0.3**2])


def test_censored_crps_agrees_with_the_threshold_weighted_crps_of_scoringrules() -> None:
    """The integral up to min(H, c) + 1 of an ensemble of whole months, its distribution constant in between."""
    rng = np.random.default_rng(1)
    H, n = 12, 60
    ensemble = rng.integers(1, H + 5, size=(n, 40)).astype(float)
    probability = (ensemble[:, :, None] <= np.arange(1, H + 1)).mean(axis=1)
    recovered, follow_up = rng.integers(1, H + 5, size=n).astype(float), rng.integers(0, H + 6, size=n)
    ours = score.censored_crps(probability, recovered, follow_up)
    theirs = [
        scoringrules.twcrps_ensemble(recovered[i], ensemble[i], b=min(H, follow_up[i]) + 1.0, estimator="nrg")
        for i in range(n)
    ]
    assert_allclose(ours, theirs, atol=1e-12)


def test_censored_crps_is_the_sum_of_brier_scores() -> None:
    rng = np.random.default_rng(2)
    probability = distribution(rng, 50, 10)
    recovered, follow_up = dates(probability, rng), rng.integers(0, 14, size=50)
    parts = score.brier(probability, recovered, follow_up, horizons=range(1, 11))
    assert_allclose(
        score.censored_crps(probability, recovered, follow_up), np.nansum(parts, axis=1), rtol=1e-12
    )


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 30), st.integers(0, 40))
def test_the_truth_has_the_least_expected_censored_crps(seed: int, H: int, follow_up: int) -> None:
    """Exactly: E S(G) − E S(F) under F is Σ_{h ≤ min(H, c)} (G − F)², the divergence of a proper score."""
    truth, other = distribution(np.random.default_rng(seed), 2, H)
    mass = np.diff(np.concatenate([[0.0], truth, [1.0]]))
    expected = [
        mass @ score.censored_crps(np.tile(g, (H + 1, 1)), np.arange(1.0, H + 2), np.full(H + 1, follow_up))
        for g in (truth, other)
    ]
    divergence = np.square(truth - other)[: min(H, follow_up)].sum()
    assert_allclose(expected[1] - expected[0], divergence, atol=1e-12)


@pytest.mark.parametrize("rule", [score.censored_crps, score.log_score])
def test_the_truth_wins_when_the_data_end_at_random(rule) -> None:
    """Simulation: 40,000 dates from a hazard of .03, follow-up drawn apart from them; wrong hazards lose."""
    rng = np.random.default_rng(3)
    n, H = 40_000, 36
    follow_up = rng.integers(0, 60, size=n)
    recovered = censored(rng.geometric(0.03, size=n).astype(float), follow_up, H)

    def scores(hazard: float) -> np.ndarray:
        return rule(np.tile(1 - (1 - hazard) ** np.arange(1, H + 1), (n, 1)), recovered, follow_up)

    truth = scores(0.03)
    for hazard in (0.02, 0.026, 0.035, 0.045):
        gain = scores(hazard) - truth
        assert gain.mean() > 4 * gain.std() / np.sqrt(n)


# -- Brier, log score ----------------------------------------------------------------------------------------


def test_brier_by_hand_and_only_where_the_follow_up_reaches() -> None:
    found = score.brier(F, [2.0, NAN, 1.0, 4.0], C, horizons=(1, 3, 4))
    by_hand = [
        [0.1**2, 0.4**2, 0.3**2],
        [0.1**2, 0.6**2, NAN],
        [
            NAN,
            NAN,
            NAN,
        ],  # seen to recover, yet the follow-up is too short: keeping it would select by outcome
        [0.0, 0.5**2, 0.0],
    ]
    assert_allclose(found, by_hand, atol=1e-12)


def test_log_score_by_hand() -> None:
    found = score.log_score(F[[0, 1, 3]], T[[0, 1, 3]], C[[0, 1, 3]])
    assert_allclose(found, -np.log([0.2, 0.4, 0.5]), rtol=1e-12)


def test_log_score_is_infinite_where_the_outcome_was_excluded() -> None:
    assert score.log_score([[0.0, 0.5]], [1.0], [2]).tolist() == [np.inf]


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 20), st.integers(0, 25))
def test_the_log_score_charges_probabilities_that_sum_to_one(seed: int, H: int, follow_up: int) -> None:
    """exp(−score) over the outcomes that can be told apart: T = 1 .. min(H, c), or none seen."""
    probability = distribution(np.random.default_rng(seed), 1, H)
    outcomes = np.array([*range(1, min(H, follow_up) + 1), NAN])
    m = len(outcomes)
    scores = score.log_score(np.tile(probability, (m, 1)), outcomes, np.full(m, follow_up))
    assert_allclose(np.exp(-scores).sum(), 1.0, rtol=1e-12)


# -- PIT -----------------------------------------------------------------------------------------------------


def test_pit_bounds_by_hand() -> None:
    lower, upper = score.pit_bounds(F, T, C)
    assert_allclose(lower, [0.1, 0.6, 0.0, 0.5])
    assert_allclose(upper, [0.3, 1.0, 1.0, 1.0])


def test_pit_is_uniform_under_the_truth_with_censoring() -> None:
    """Each decile of 30,000 forecasts, each of its own distribution and follow-up, holds .1 within 4 s.e."""
    rng = np.random.default_rng(4)
    n, H = 30_000, 24
    probability = distribution(rng, n, H)
    follow_up = rng.integers(0, 40, size=n)
    bounds = score.pit_bounds(probability, censored(dates(probability, rng), follow_up, H), follow_up)
    drawn = rng.uniform(*bounds)
    counts = np.histogram(drawn, bins=10, range=(0, 1))[0] / n
    assert_allclose(counts, 0.1, atol=4 * np.sqrt(0.09 / n))
    assert_allclose(score.pit_histogram(*bounds), 0.1, atol=4 * np.sqrt(0.09 / n))
    levels = np.array([0.5, 0.8, 0.9])
    coverage = score.covered(*bounds, levels).mean(axis=0)
    assert (np.abs(coverage - levels) < 4 * np.sqrt(levels * (1 - levels) / n)).all()


def test_pit_of_an_overconfident_forecast_is_not_uniform() -> None:
    """The same check has power: stating twice the hazard leaves too little mass low."""
    rng = np.random.default_rng(5)
    n, H = 5_000, 36
    recovered = censored(rng.geometric(0.03, size=n).astype(float), np.full(n, H), H)
    stated = np.tile(1 - 0.94 ** np.arange(1, H + 1), (n, 1))
    assert score.pit_histogram(*score.pit_bounds(stated, recovered, np.full(n, H)))[0] < 0.08


def test_closed_intervals_over_cover_where_the_pit_does_not() -> None:
    rng = np.random.default_rng(6)
    n, H = 20_000, 36
    probability = np.tile(1 - 0.75 ** np.arange(1, H + 1), (n, 1))
    recovered = rng.geometric(0.25, size=n).astype(float)
    follow_up = np.full(n, H)
    early, late = ((probability[0] < p).sum() + 1 for p in (0.1, 0.9))
    assert ((recovered >= early) & (recovered <= late)).mean() > 0.9
    recovered = censored(recovered, follow_up, H)
    coverage = score.covered(*score.pit_bounds(probability, recovered, follow_up), [0.8]).mean()
    assert_allclose(coverage, 0.8, atol=4 * np.sqrt(0.16 / n))


# -- width, reliability --------------------------------------------------------------------------------------


def test_interval_width_by_hand() -> None:
    width, beyond = score.interval_width([[0.05, 0.3, 0.8, 0.96], [0.0, 0.0, 0.2, 0.3], [0, 0, 0, 0.01]], 0.8)
    assert width.tolist() == [2.0, 1.0, 0.0]
    assert beyond.tolist() == [False, True, True]


def test_a_quantile_reached_up_to_rounding_is_reached() -> None:
    width, _ = score.interval_width([np.cumsum(np.full(10, 0.1))], 0.4)  # 0.7 is 0.7 − 1e-16 here
    assert width.tolist() == [4.0]


def test_reliability_by_hand() -> None:
    probability = [[0.1, 0.5], [0.3, 0.6], [0.2, 1.0], [0.15, 0.9]]
    table = score.reliability(probability, [1.0, NAN, 2.0, 1.0], [2, 2, 2, 1], (1, 2), edges=(0, 0.2, 0.5, 1))
    assert table.columns.tolist() == ["horizon", "lower", "upper", "forecasts", "predicted", "observed"]
    assert table["forecasts"].tolist() == [2, 2, 0, 0, 0, 3]
    assert_allclose(table["predicted"], [0.125, 0.25, NAN, NAN, NAN, 0.7])
    assert_allclose(table["observed"], [1.0, 0.0, NAN, NAN, NAN, 2 / 3])


def test_reliability_at_no_horizon_is_a_table_without_rows() -> None:
    """A backtest of under six months states nothing at those that it would be told at."""
    table = score.reliability(np.array([[0.1, 0.3]]), [1.0], [2], ())
    assert len(table) == 0
    assert list(table) == list(score.reliability(np.array([[0.1, 0.3]]), [1.0], [2], (1,)))


def test_reliability_decomposes_the_brier_score() -> None:
    """Murphy's identity, exact where all forecasts of a bin are equal: BS = reliability − resolution + o(1 − o)."""
    rng = np.random.default_rng(7)
    n = 400
    probability = rng.choice([0.1, 0.3, 0.5, 0.7, 0.9], size=n)[:, None]
    recovered = np.where(rng.random(n) < 0.2 + 0.5 * probability[:, 0], 1.0, NAN)
    table = score.reliability(probability, recovered, np.ones(n), horizons=(1,))
    share, climate = table["forecasts"] / n, (recovered == 1).mean()
    calibration = (share * (table["predicted"] - table["observed"]) ** 2).sum()
    resolution = (share * (table["observed"] - climate) ** 2).sum()
    mean = score.brier(probability, recovered, np.ones(n), horizons=(1,)).mean()
    assert_allclose(mean, calibration - resolution + climate * (1 - climate), rtol=1e-12)


# -- what is refused -----------------------------------------------------------------------------------------


def test_every_fault_of_the_forecasts_is_listed() -> None:
    with pytest.raises(DataError) as caught:
        score.censored_crps(
            [[0.1, 1.2], [0.5, 0.4], [0.1, NAN], [0.1, 0.2]], [1, 1.5, NAN, NAN], [2, 2, 2, -1]
        )
    assert caught.value.problems == (
        "row 0: a probability outside 0 to 1",
        "row 2: a probability outside 0 to 1",
        "row 1: a cumulative probability that falls with the horizon",
        "row 3: a negative or missing follow_up",
        "row 1: months that are not whole",
    )


@pytest.mark.parametrize(
    ("probability", "recovered", "said"),
    [
        ([0.1, 0.2], [1.0], r"probability has shape \(2,\); expected \(forecasts, horizons\)"),
        ([[0.1, 0.2]], [1.0, 2.0], "must hold one value for each of 1 forecasts"),
    ],
)
def test_wrong_shapes(probability: list, recovered: list, said: str) -> None:
    with pytest.raises(DataError, match=said):
        score.log_score(probability, recovered, [3])


def test_a_horizon_beyond_the_forecasts() -> None:
    with pytest.raises(DataError, match=r"horizons \[0, 24\] lie outside the forecasts' horizons 1 to 4"):
        score.brier(F, T, C, horizons=(0, 3, 24))
