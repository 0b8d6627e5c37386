from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.errors import ConfigError
from forecast.normal import (
    NormalSpec,
    SlumpSpec,
    find_slump,
    find_slumps,
    noise,
    normal_path,
    nothing_slumps,
    rule,
    slump_depth,
    slump_onset,
)
from forecast.series import History

SPAN = 53


def history_of(
    z: np.ndarray, season: np.ndarray | None = None, start: str = "2000-01", draws: int = 1
) -> History:
    months = pd.period_range(start, periods=len(z), freq="M")
    wide = pd.period_range(start, periods=len(z) + SPAN, freq="M")
    effects = np.zeros(len(wide)) if season is None else season[np.asarray(wide.month) - 1]
    level = np.exp(z + effects[: len(z)])
    return History(
        months,
        np.repeat(level[None], draws, 0),
        np.repeat(effects[None], draws, 0),
        np.zeros(len(z), bool),
        "s",
    )


def slumping(n: int = 160, at: int = 120, depth: float = 0.2, back_at: int | None = None, sd: float = 0.004):
    """Log level that grows 0.2 % a month, drops `depth` at `at` and returns above its peak at `back_at`."""
    z = 4.6 + 0.002 * np.arange(n) + np.random.default_rng(1).normal(0, sd, n)
    z[at:] = z[at - 1] - depth + np.random.default_rng(2).normal(0, sd, n - at)
    if back_at is not None:
        z[back_at:] += depth + 0.05
    return z


ADJUSTED = SlumpSpec(threshold_pct=5.0, seasonally_adjusted=True)


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
    assert rule(sigma, ADJUSTED) == (3, 6)
    assert rule(0.001, ADJUSTED) == (3, 3)
    assert rule(sigma, replace(ADJUSTED, window=1, hold=2)) == (1, 2)


def test_noise_is_the_robust_spread_of_the_short_against_the_long_mean():
    z = np.random.default_rng(6).normal(0, 1, 90).cumsum()
    series = pd.Series(z[-72:])
    centred = (series.rolling(12).mean() + series.rolling(12).mean().shift(1)) / 2
    deviation = (series.rolling(3).mean().shift(-1) - centred.shift(-6)).dropna()
    assert len(deviation) == 72 - 12
    assert_allclose(noise(z), 1.4826 * (deviation - deviation.median()).abs().median(), rtol=1e-12)


def test_normal_of_each_kind_in_closed_form():
    season = 0.1 * np.cos(2 * np.pi * np.arange(12) / 12)
    n, at = 150, 120
    z = 4.0 + 0.003 * np.arange(n)
    history = history_of(z, season, draws=2)
    slump = replace(nothing_slumps(history, SlumpSpec()), start=history.months[at],
                    peak_from=history.months[at - 12], peak_to=history.months[at - 1])  # fmt: skip
    months = pd.period_range(history.months[0], periods=n + SPAN, freq="M")
    effects = history.effects[0]
    peak = normal_path(history, slump, NormalSpec(), months)
    assert peak.shape == (2, n + SPAN)
    assert_allclose(np.log(peak[1]), 4.0 + 0.003 * (at - 6.5) + effects)
    trend = np.log(normal_path(history, slump, NormalSpec("trend"), months)[0]) - effects
    growth = np.diff(trend)
    assert_allclose(trend[:at], z[:at])
    assert_allclose(growth[: at + 23], 0.003)  # the 24th month after the last one before the slump
    assert_allclose(growth[at + 23 : at + 30], 0.003 * 0.97 ** np.arange(1, 8))
    same = normal_path(history, slump, NormalSpec("same_month"), months)[0]
    assert_allclose(same[at : at + 12], history.values[0, at - 12 : at])
    assert_allclose(same[at + 12 : at + 24], history.values[0, at - 12 : at])
    two = normal_path(history, slump, NormalSpec("same_month", years=2), months)[0]
    assert_allclose(two[at], (history.values[0, at - 12] + history.values[0, at - 24]) / 2)
    mean = normal_path(history, slump, NormalSpec("pre_slump_mean", months=24), months)[0]
    assert_allclose(np.log(mean), z[at - 24 : at].mean() + effects)
    target = normal_path(history, slump, NormalSpec("target", level=123.0), months)[0]
    assert_allclose(target, 123.0 * np.exp(effects))


def test_the_level_of_normal_is_each_draw_s_own():
    history = history_of(slumping(), draws=2)
    scaled = replace(history, values=history.values * np.array([[1.0], [1.1]]))
    slump = nothing_slumps(scaled, ADJUSTED)
    path = normal_path(scaled, slump, NormalSpec(), scaled.months)
    assert_allclose(path[1] / path[0], 1.1)


def test_a_given_start_overrides_the_dating():
    history = history_of(slumping(at=120))
    found = find_slump(history, replace(ADJUSTED, start=history.months[123]))
    assert found is not None
    assert found.start == history.months[123]


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("2050-01", "slump.start 2050-01 lies outside the history from 2000-01"),
        ("2000-06", "needs 12 months of history"),
    ],
)
def test_an_impossible_start_is_refused(start: str, message: str):
    with pytest.raises(ConfigError, match=message):
        find_slump(history_of(slumping()), replace(ADJUSTED, start=pd.Period(start, "M")))


def test_an_unknown_normal_is_refused_with_the_words_that_exist():
    with pytest.raises(
        ConfigError, match='normal "peak" is not defined; choose one of pre_slump_peak, trend'
    ):
        NormalSpec("peak")
    with pytest.raises(ConfigError, match="needs a positive level"):
        NormalSpec("target")


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


def test_a_month_that_is_not_published_leaves_no_hole_in_normal():
    season = 0.1 * np.sin(2 * np.pi * np.arange(12) / 12)
    z = slumping(sd=0.0)
    z[100] += 0.03  # what the missing month was: nobody can know
    history = history_of(z, season)
    history.values[0, 110] = np.nan
    straight = history_of(np.where(np.arange(len(z)) == 110, (z[109] + z[111]) / 2, z), season)
    slump = find_slump(straight, ADJUSTED)
    assert slump is not None
    months = pd.period_range("2009-06", periods=60, freq="M")
    for spec in (NormalSpec(), NormalSpec("trend"), NormalSpec("same_month"), NormalSpec("pre_slump_mean")):
        found, expected = (normal_path(h, slump, spec, months) for h in (history, straight))
        assert_allclose(found, expected, rtol=1e-12, err_msg=spec.kind)
    bridged = history.bridged()
    assert np.flatnonzero(bridged.reconstructed).tolist() == [110]
    assert_allclose(bridged.values, straight.values, rtol=1e-12)
    assert straight.bridged() is straight
