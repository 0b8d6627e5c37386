from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast.errors import ConfigError
from forecast.rule import noise
from forecast.slump import SlumpSpec, _peak_end, find_slump, find_slumps, slump_depth, slump_from, slump_onset
from tests.oracle import plain
from tests.slumps import ADJUSTED, history_of, slumping

SEASONAL = replace(ADJUSTED, threshold_pct=7.5, seasonally_adjusted=False)


def test_the_slump_starts_at_the_first_month_whose_three_month_mean_is_low_enough():
    z = slumping()
    found = find_slump(history_of(z), ADJUSTED)
    assert found is not None
    # by hand: peak = best 12-month mean ending in the 36 months to t − 1
    means = np.array([z[i - 11 : i + 1].mean() for i in range(11, len(z))])
    for t in range(71, len(z)):
        peak = means[max(t - 36, 11) - 11 : t - 11].max()
        if z[t - 2 : t + 1].mean() - peak <= min(np.log(0.95), -3 * noise(z[: t + 1])):
            break
    assert found.start == history_of(z).months[t]
    assert (found.peak_to - found.peak_from).n == 11
    assert found.under_way


def test_a_recovered_slump_is_not_under_way_and_the_next_one_is_found():
    z = slumping(n=260, at=100, back_at=130)
    z[200:] -= 0.3
    found = find_slumps(history_of(z), ADJUSTED)
    assert [s.under_way for s in found] == [False, True]
    assert found[0].recovered is not None
    first_above = history_of(z).months[130]
    assert first_above <= found[0].recovered <= first_above + 2


def test_a_given_start_whose_slump_is_over_hides_no_later_one():
    """The config's start of the last slump stays in it; the next is dated as without it."""
    z = slumping(n=260, at=100, back_at=130)
    z[200:] -= 0.3
    history = history_of(z)
    given = find_slump(history, replace(ADJUSTED, start=history.months[101]))
    dated = find_slump(history, ADJUSTED)
    assert given is not None
    assert dated is not None
    assert (given.start, given.peak_to) == (dated.start, dated.peak_to)
    assert find_slump(history_of(z[:200]), replace(ADJUSTED, start=history.months[101])) is None


def test_a_given_start_with_too_little_before_it_names_the_key():
    spec = replace(ADJUSTED, start=history_of(slumping()).months[3], seasonally_adjusted=False)
    with pytest.raises(
        ConfigError, match=r"slump\.start \d{4}-04 leaves too short a history.*name a later month"
    ):
        find_slump(history_of(slumping()), spec)


@pytest.mark.parametrize("hold", [1, 3])
def test_every_slump_of_a_restless_level_is_dated_by_the_words_of_the_rule(hold: int):
    """A month of history at a time, in loops; random walks in which one slump ends and the next begins at once."""
    spec, dated = replace(ADJUSTED, window=1, hold=hold), 0
    for seed in range(5):
        steps = np.random.default_rng(seed).standard_t(3, 330)
        z = 4.6 + np.cumsum(0.004 + 0.02 * steps.clip(-9, 9))
        expected, t = [], 71
        while t < len(z):
            if not plain.starts(z, t, 5.0):
                t += 1
                continue
            end = plain.peak_end(z[: t + 1], t)
            back = plain.back(z - z[end - 11 : end + 1].mean(), hold, t + 1, len(z))
            expected.append((t, end - 11, end, back))
            if back is None:
                break
            t = back + (hold - 1) + hold  # confirmed, and as many months later
        history = history_of(z)
        first = history.months[0]
        found = [
            tuple(
                None if of is None else (of - first).n
                for of in (s.start, s.peak_from, s.peak_to, s.recovered)
            )
            for s in find_slumps(history, spec)
        ]
        assert found == expected
        dated += len(expected)
    assert dated > 10


@pytest.mark.parametrize("hold", [3, 4])
def test_the_next_slump_is_sought_from_k_months_after_the_confirmation_on(hold: int):
    """Back for k months and down again at once: what is low before the search begins starts nothing."""
    z = np.full(120, 4.5)
    z[80:85] -= 0.25
    z[85 + hold :] -= 0.25
    found = find_slumps(history_of(z), replace(ADJUSTED, window=1, hold=hold))
    first = history_of(z).months[0]
    assert [(s.start - first).n for s in found] == [80, 85 + (hold - 1) + hold]


@pytest.mark.parametrize(("falls_at", "peak_to"), [(107, 71), (108, 72)])
def test_a_peak_counts_for_36_months_and_not_for_37(falls_at: int, peak_to: int):
    z = np.full(140, 4.56)
    z[60:72] += 0.04  # the 12 months that end in month 71; of those that end in 72, eleven
    z[falls_at] -= 0.08
    (found,) = find_slumps(history_of(z), ADJUSTED)
    assert [(month - pd.Period("2000-01", "M")).n for month in (found.start, found.peak_to)] == [
        falls_at,
        peak_to,
    ]


@pytest.mark.parametrize("m", [13, 20, 60])
def test_an_onset_is_dated_as_a_slump_is_month_by_month_in_short_histories_too(m: int):
    """In loops: the highest 12-month mean that ends in the 36 months before, of the last four years at most."""
    rng, depth, h = np.random.default_rng(m), -0.05, 40
    z = np.cumsum(rng.normal(0.001, 0.012, (60, m + h)), axis=1)
    expected = np.full(60, np.inf)
    for i, row in enumerate(z[:, -(min(m, 48) + h) :]):
        first = min(m, 48)
        for t in range(first, first + h):
            peak = max(row[end - 11 : end + 1].mean() for end in range(max(t - 36, 11), t))
            if row[t - 2 : t + 1].mean() - peak <= depth:
                expected[i] = t - first + 1
                break
    assert 10 < np.isfinite(expected).sum() < 60
    assert_array_equal(slump_onset(z[:, :m], z[:, m:], depth), expected)


def test_a_slow_fall_is_dated_from_the_72nd_month_on_though_a_shock_came_before():
    """A month far down and back is no slump, and lets no later fall be one before the calm years are known."""
    z = 4.6 + 0.002 * np.arange(100) + np.random.default_rng(8).normal(0, 0.003, 100)
    z[60:] -= 0.012 * np.arange(40)
    z[40] -= 0.1
    first = next(t for t in range(36, 100) if plain.starts(z, t, 5.0))
    assert 60 < first < 71
    (found,) = find_slumps(history_of(z), ADJUSTED)
    assert found.start == history_of(z).months[71]


@pytest.mark.parametrize("at", [36, 50, 70])
def test_a_slump_that_begins_by_a_shock_starts_in_its_month_before_there_are_six_years_too(at: int):
    z = 4.6 + 0.002 * np.arange(100) + np.random.default_rng(9).normal(0, 0.003, 100)
    z[at:] -= 0.4
    assert plain.starts(z, at, 5.0)
    (found,) = find_slumps(history_of(z), ADJUSTED)
    assert found.start == history_of(z).months[at]


@pytest.mark.parametrize("seed", [6, 50, 54])
def test_a_slump_of_the_first_six_years_is_under_way_on_the_data_of_each_month_until_it_is_over(seed: int):
    """Property: what data to a month say of it stays true once more is known, through shocks and a season."""
    rng, T = np.random.default_rng(seed), 110
    growth = 0.002 + 0.008 * rng.standard_normal(T)
    for _ in range(rng.integers(1, 4)):
        t = rng.integers(30, T - 8)
        growth[t] -= rng.uniform(0.05, 0.4)
        growth[t + rng.integers(1, 8)] += rng.uniform(0.0, 0.3)
    z = 4.6 + np.cumsum(growth) + 0.15 * np.sin(2 * np.pi * np.arange(T) / 12 + seed)
    months = history_of(z).months
    slumps = find_slumps(history_of(z), SEASONAL)
    assert slumps[0].start < months[71]
    for t in range(36, 80):
        found = find_slump(history_of(z[: t + 1]), SEASONAL)
        under_way = [
            s.start
            for s in slumps
            if s.start <= months[t] and (s.recovered is None or months[t] < s.recovered + s.hold - 1)
        ]
        assert ([] if found is None else [found.start]) == under_way


def test_first_years_too_thin_to_tell_a_season_hide_no_later_slump():
    z = slumping(160, at=120)
    z[:40][np.arange(40) % 3 != 0] = np.nan  # a month a quarter: eight months of the year have no season yet
    (found,) = find_slumps(history_of(z), SEASONAL)
    assert found.start == history_of(z).months[121]  # two of three months 20 % down


def test_dating_sees_nothing_later_than_each_month():
    season = 0.1 * np.sin(2 * np.pi * np.arange(12) / 12)
    spec = SlumpSpec()
    whole = history_of(slumping(n=200), season)
    found = find_slumps(whole, spec)
    poisoned_values = whole.values.copy()
    start = (found[-1].start - whole.months[0]).n
    poisoned_values[:, start + 1 :] = 1e6 * np.random.default_rng(3).random(199 - start)
    poisoned = find_slumps(replace(whole, values=poisoned_values), spec)
    first, second = found[-1], poisoned[0]
    assert (first.start, first.peak_from, first.peak_to, first.sigma) == (
        second.start, second.peak_from, second.peak_to, second.sigma,
    )  # fmt: skip
    assert first.profile is not None
    assert second.profile is not None
    assert_allclose(first.profile.seasonal, second.profile.seasonal, rtol=0, atol=0)


def test_a_season_of_twenty_percent_is_no_slump():
    season = 0.2 * np.sin(2 * np.pi * np.arange(12) / 12)
    z = 4.6 + np.random.default_rng(4).normal(0, 0.005, 150)
    assert find_slump(history_of(z, season), SlumpSpec()) is None


def test_a_noisy_series_needs_a_deeper_fall_and_a_longer_hold():
    z = 4.6 + np.random.default_rng(5).normal(0, 0.08, 240)
    sigma = noise(z)
    assert 3 * sigma > -np.log(0.95)
    assert ADJUSTED.rule(sigma) == (3, 6)
    assert ADJUSTED.rule(0.001) == (3, 3)
    assert replace(ADJUSTED, window=1, hold=2).rule(sigma) == (1, 2)


def test_a_given_start_overrides_the_dating():
    history = history_of(slumping(at=120))
    found = find_slump(history, replace(ADJUSTED, start=history.months[123]))
    assert found is not None
    assert found.start == history.months[123]


@pytest.mark.parametrize("given", [14, 103])
def test_a_given_slump_that_has_ended_is_followed_by_the_one_that_the_rule_finds(given: int):
    z = slumping(n=260, at=100, back_at=130)
    z[14:17] -= 0.3
    z[200:] -= 0.3
    history = history_of(z)
    by_rule = find_slumps(history, ADJUSTED)
    found = find_slumps(history, replace(ADJUSTED, start=history.months[given]))
    assert [s.start for s in found] == [
        history.months[given], *(s.start for s in by_rule if s.start > history.months[given + 5]),
    ]  # fmt: skip
    assert [s.under_way for s in found] == [False] * (len(found) - 1) + [True]
    alone = slump_from(history, history.months[given], ADJUSTED)
    assert (alone.start, alone.recovered, alone.sigma) == (found[0].start, found[0].recovered, found[0].sigma)


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("2050-01", "slump.start 2050-01 lies outside the history from 2000-01"),
        ("2013-05", "slump.start 2013-05 lies outside the history from 2000-01 to 2013-04"),
        ("1999-12", "slump.start 1999-12 lies outside the history from 2000-01"),
        ("2000-06", "needs 12 months of history"),
    ],
)
def test_an_impossible_start_is_refused(start: str, message: str):
    with pytest.raises(ConfigError, match=message):
        find_slump(history_of(slumping()), replace(ADJUSTED, start=pd.Period(start, "M")))


def test_the_next_slump_starts_where_the_rule_dates_it_once_it_has_come():
    """A second route: paths taken for history, dated by `find_slumps` with the noise of the origin's last month."""
    rng, spec = np.random.default_rng(6), SlumpSpec(threshold_pct=5.0, seasonally_adjusted=True)
    past = np.cumsum(rng.normal(0.002, 0.004, 140))
    future = past[-1] + np.cumsum(rng.normal(-0.004, 0.012, (60, 24)), axis=1)
    depth = slump_depth(past, 5.0)
    assert_allclose(
        depth, np.log(0.95)
    )  # the noise is small: the threshold decides at the origin and after it
    found = slump_onset(np.repeat(past[None], 60, 0), future, depth)
    for path, month in zip(future, found, strict=True):
        z = np.concatenate([past, path])
        later = [noise(z[: t + 1]) for t in range(140, 164)]
        if max(later) * 3.0 > -depth:
            continue
        starts = [s.start for s in find_slumps(history_of(z), spec) if s.start > pd.Period("2011-08", "M")]
        expected = (starts[0] - pd.Period("2011-08", "M")).n if starts else np.inf
        assert month == expected
    assert 10 < np.isfinite(found).sum() < 55


def test_a_peak_that_the_path_itself_makes_counts_and_one_of_four_years_ago_does_not():
    flat = np.zeros((1, 60))
    flat[:, :12] = 0.5  # left more than 36 months ago
    up_and_down = np.concatenate([np.full(14, 0.3), np.full(6, 0.2)])[None]
    assert slump_onset(flat, up_and_down, -0.08)[0] == 17.0  # third month at 0.2
    assert slump_onset(flat, np.zeros((1, 20)), -0.08)[0] == np.inf
    assert slump_onset(flat[:, :30], np.zeros((1, 20)), -0.08)[0] == 1.0  # there it still is the peak
    with pytest.raises(ValueError, match="needs 13 months"):
        slump_onset(flat[:, :12], np.zeros((1, 20)), -0.08)


def test_a_peak_ends_in_the_three_years_before_the_month_and_not_in_it():
    rising = np.arange(60.0)
    assert _peak_end(rising, 50) == 49
    assert _peak_end(-rising, 50) == 14  # the first of 36
    assert _peak_end(-rising, 40) == 11  # the first twelve months
