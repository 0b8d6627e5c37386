"""Naive rules from earlier slumps: hand numbers, statsmodels' Kaplan–Meier, what was known when."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from statsmodels.duration.survfunc import SurvfuncRight

from forecast.errors import DataError
from forecast.models import hazard

NAN = float("nan")


def slumps(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Durations with hazards that fall over time, some cut off; the longest is an end."""
    lasted, seen = 1 + rng.gamma(1.4, 9.0, size=n).astype(int), rng.integers(1, 60, size=n)
    d, e = np.minimum(lasted, seen), lasted <= seen
    e[d.argmax()] = True
    return d, e


# -- what was known ------------------------------------------------------------------------------------------


def test_a_recovery_is_known_only_when_confirmed() -> None:
    """Recovery in month 30, held for k = 3 months, is known in month 32 and not in 31."""
    known = {o: hazard.known_durations([10], [30], origin=o, hold=3) for o in (31, 32)}
    assert [known[31][0].tolist(), known[31][1].tolist()] == [[19], [False]]
    assert [known[32][0].tolist(), known[32][1].tolist()] == [[20], [True]]


def test_a_slump_that_has_taught_nothing_is_left_out() -> None:
    durations, ended = hazard.known_durations([28, 29, 30, 50], [NAN, NAN, NAN, 60], origin=32, hold=4)
    assert durations.tolist() == [1]
    assert ended.tolist() == [False]


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 6))
def test_the_future_does_not_matter(seed: int, hold: int) -> None:
    """Anything may happen to slumps after the last month known: durations are the same."""
    rng = np.random.default_rng(seed)
    starts = rng.integers(0, 120, size=15)
    recoveries = starts + rng.integers(1, 50, size=15)
    origin = 80
    later = np.where(recoveries + hold - 1 > origin, rng.choice([NAN, 1e6], size=15), recoveries)
    plain, poisoned = (hazard.known_durations(starts, r, origin, hold) for r in (recoveries, later))
    assert plain[0].tolist() == poisoned[0].tolist()
    assert plain[1].tolist() == poisoned[1].tolist()


# -- constant hazard -----------------------------------------------------------------------------------------


def test_hazard_by_hand() -> None:
    """Three ends in 12 + 8 + 5 + 30 months, and the prior's one in 36."""
    found = hazard.hazard_per_month([12, 8, 5, 30], [True, True, True, False])
    assert_allclose(found, 4.0 / 91.0, rtol=1e-12)


def test_hazard_maximises_the_likelihood_without_a_prior() -> None:
    rng = np.random.default_rng(1)
    d, e = slumps(rng, 60)
    found = hazard.hazard_per_month(d, e, prior=(0.0, 0.0))
    grid = found + np.linspace(-0.02, 0.02, 401)
    loglike = e.sum() * np.log(grid) + (d.sum() - e.sum()) * np.log1p(-grid)
    assert loglike.argmax() == 200


def test_hazard_before_anything_is_known_is_the_prior() -> None:
    assert hazard.hazard_per_month([], []) == pytest.approx(1 / 36)
    with pytest.raises(DataError, match="no month of any slump is known and there is no prior"):
        hazard.hazard_per_month([], [], prior=(0.0, 0.0))


def test_hazard_never_exceeds_certainty() -> None:
    assert hazard.hazard_per_month([1], [True], prior=(1.0, 0.0)) == 1.0


def test_constant_hazard_by_simulation() -> None:
    """Shares of 100,000 geometric dates, within 4 s.e."""
    dates = np.random.default_rng(2).geometric(0.08, size=100_000)
    F = hazard.constant_hazard(0.08, 24)
    shares = (dates[:, None] <= np.arange(1, 25)).mean(axis=0)
    assert (np.abs(shares - F) < 4 * np.sqrt(F * (1 - F) / 100_000)).all()


# -- Kaplan–Meier --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("elapsed", [0, 7])
def test_kaplan_meier_agrees_with_statsmodels(elapsed: int) -> None:
    d, e = slumps(np.random.default_rng(3), 80)
    theirs = SurvfuncRight(d, e.astype(int))

    def survival(month: int) -> float:
        before = theirs.surv_times <= month
        return float(theirs.surv_prob[before][-1]) if before.any() else 1.0

    F = hazard.kaplan_meier(d, e, elapsed, 40, window=0, prior_weight=0.0)
    expected = [1 - survival(elapsed + h) / survival(elapsed) for h in range(1, 41)]
    assert_allclose(F, expected, rtol=1e-10)
    assert 0.1 < F[5] < F[30]


def test_smoothed_hazard_by_hand() -> None:
    """Slumps of 3 and 5 months that ended and one of 4 that did not; window 1, weight 2 at hazard 0.1.

    Months 1 to 5: at risk 3, 3, 3, 2, 1, ending 0, 0, 1, 0, 1. After 1 month elapsed, month 2 pools 1 to 3.
    """
    F = hazard.kaplan_meier([3, 5, 4], [True, True, False], 1, 3, 0.1, window=1, prior_weight=2.0)
    hazards = np.array([(1 + 0.2) / (9 + 2), (1 + 0.2) / (8 + 2), (2 + 0.2) / (6 + 2)])
    assert_allclose(F, 1 - np.cumprod(1 - hazards), rtol=1e-12)


def test_the_first_month_pools_only_months_that_exist() -> None:
    F = hazard.kaplan_meier([1, 2, 2], [True, True, True], 0, 1, window=1, prior_weight=0.0)
    assert_allclose(F, [3 / (3 + 2)])


def test_defaults_are_those_of_the_method() -> None:
    d, e = slumps(np.random.default_rng(4), 40)
    plain = hazard.kaplan_meier(d, e, 6, 36, 0.04)
    assert_allclose(plain, hazard.kaplan_meier(d, e, 6, 36, 0.04, window=2, prior_weight=10.0), rtol=0)


def test_without_earlier_slumps_it_is_the_constant_hazard() -> None:
    for weight in (10.0, 0.0):
        F = hazard.kaplan_meier([], [], 5, 24, 0.07, prior_weight=weight)
        assert_allclose(F, hazard.constant_hazard(0.07, 24), rtol=1e-12)


def test_past_the_longest_slump_only_the_constant_hazard_speaks() -> None:
    F = hazard.kaplan_meier([6, 10], [True, True], 13, 12, 0.05)
    assert_allclose(F, hazard.constant_hazard(0.05, 12), rtol=1e-12)


def test_with_many_slumps_it_finds_the_true_distribution() -> None:
    """200,000 slumps of constant hazard .06, half cut off: within 4 s.e. of Greenwood's bound on the tail."""
    rng = np.random.default_rng(5)
    n = 200_000
    lasted, seen = rng.geometric(0.06, size=n), rng.integers(1, 40, size=n)
    F = hazard.kaplan_meier(np.minimum(lasted, seen), lasted <= seen, 4, 20, 0.5)
    assert_allclose(F, hazard.constant_hazard(0.06, 20), atol=4 * np.sqrt(20 / 4 / n))


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.integers(0, 10**6), st.integers(0, 30), st.integers(1, 36))
def test_it_is_a_distribution_function_that_continues_itself(seed: int, elapsed: int, horizon: int) -> None:
    """S(elapsed → elapsed + h) = S(elapsed → elapsed + 1)·S(elapsed + 1 → elapsed + h)."""
    rng = np.random.default_rng(seed)
    d, e = slumps(rng, int(rng.integers(1, 20)))
    F = hazard.kaplan_meier(d, e, elapsed, horizon + 1, 0.03)
    assert (np.diff(np.concatenate([[0.0], F, [1.0]])) >= -1e-15).all()
    later = hazard.kaplan_meier(d, e, elapsed + 1, horizon, 0.03)
    assert_allclose(1 - F[1:], (1 - F[0]) * (1 - later), rtol=1e-9)


@pytest.mark.parametrize(
    ("durations", "ended"), [([0, 3], [True, True]), ([3], [True, False]), ([[3]], [[True]])]
)
def test_what_are_no_durations(durations: list, ended: list) -> None:
    for rule in (hazard.hazard_per_month, lambda d, e: hazard.kaplan_meier(d, e, 0, 3)):
        with pytest.raises(DataError, match="must be of one length, with whole months of 1 or more"):
            rule(durations, ended)


def test_an_origin_before_the_slump() -> None:
    with pytest.raises(
        DataError, match="elapsed is -1 months; the origin cannot lie before the slump's start"
    ):
        hazard.kaplan_meier([3], [True], -1, 3)
