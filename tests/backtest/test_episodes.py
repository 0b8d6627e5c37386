from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast import series
from forecast.backtest.episodes import Origins, episodes, exact
from forecast.backtest.targets import target
from forecast.errors import ConfigError
from forecast.estimate import LevelData, Plan
from forecast.normal import NormalSpec
from forecast.series import History
from forecast.slump import SlumpSpec, find_slump, slump_from
from tests.backtest import panels
from tests.backtest.panels import ADJUSTED, SEASONAL, SHARED, SMALL, data, level

ALL = Origins(every=1)


def known_at(data: LevelData, origin: pd.Period) -> History:
    y = data.y[:origin]
    return History(y.index, y.to_numpy()[None, :], np.zeros((1, len(y))), np.zeros(len(y), bool), data.name)


@pytest.mark.parametrize("spec", [ADJUSTED, SEASONAL], ids=["adjusted", "seasonal"])
def test_origins_are_the_months_in_which_the_data_of_the_day_show_an_open_slump(spec: SlumpSpec):
    """Second route: date the slump anew on the data cut at every month, which knows nothing of the future."""
    season = 0.0 if spec.seasonally_adjusted else 0.08
    found = data(level(5, {80: 0.12, 120: 0.12}, months=150, season=season), "x")
    plan = replace(SMALL, slump=spec)
    months = found.y.index[76 : -spec.hold : 1 if spec.seasonally_adjusted else 4]
    ours = {o: e.start for e in episodes(found, plan) for o in e.chosen(ALL) if o in months}
    theirs = {}
    for origin in months:
        history = known_at(found, origin)
        slump = find_slump(history, spec)
        if slump is None:
            continue
        effects = (
            np.zeros(len(history.months)) if slump.profile is None else slump.profile.effects(history.months)
        )
        z = np.log(history.values[0]) - effects
        peak = z[(history.months >= slump.peak_from) & (history.months <= slump.peak_to)].mean()
        if z[-3:].mean() - peak < 0:
            theirs[origin] = slump.start
    assert len({*ours.values()}) == 2
    assert ours == theirs


@pytest.mark.parametrize("missing", ["one", "every third", "every January"])
def test_what_became_of_a_slump_is_seen_across_months_that_are_not_published(missing: str):
    """Second route: the same level with those months filled in on the line of its logs, each of them no origin."""
    whole = level(2, {100: 0.15, 126: 0.12})
    gone = {
        "one": whole.index == whole.index[0] + 112,
        "every third": np.arange(len(whole)) % 3 == 1,
        "every January": whole.index.month == 1,
    }[missing]
    y = whole.mask(gone)
    line = np.exp(np.interp(np.arange(len(y)), np.flatnonzero(~gone), np.log(y[~gone])))
    filled = data(pd.Series(line, whole.index), "x")
    ours, theirs = episodes(data(y, "x"), SMALL), episodes(filled, SMALL)
    assert [(e.start, e.recovered, e.relapsed) for e in ours] == [
        (e.start, e.recovered, e.relapsed) for e in theirs
    ]
    assert [e.relapsed for e in ours] == [True, False]
    for of, on_line in zip(ours, theirs, strict=True):
        assert of.open_months == tuple(
            month for month in on_line.open_months if not gone[whole.index == month]
        )
    found = target(data(y, "x"), SMALL, ALL, 1)
    for of in ours:
        slump = slump_from(exact(data(y, "x")), of.start, SMALL.slump)
        assert found.truth.recovered(slump, of.start, SMALL)[0] == of.recovered
        assert found.truth.relapsed(slump, of.recovered, SMALL) == of.relapsed


def test_origins_follow_the_calendar_of_the_slump_and_the_follow_up():
    found = data(level(1, {100: 0.30}, months=160), "x")
    (one,) = episodes(found, SMALL)
    assert one.open_months[0] == one.start
    some = one.chosen(Origins((0, 3, 6, 12, 48)))
    assert [(o - one.start).n for o in some] == [0, 3, 6, 12]
    few = one.chosen(Origins(every=5, least_follow_up=40))
    assert all((o - one.start).n % 5 == 0 and one.follow_up(o) >= 40 for o in few)
    assert one.follow_up(few[0]) == (found.y.index[-1] - one.start).n - 2


def test_recovery_under_another_normal_is_sought_on_that_normal():
    found = data(level(1, {100: 0.15}, months=220), "x")
    (peak,) = episodes(found, SMALL)
    (trend,) = episodes(found, replace(SMALL, normal=NormalSpec("trend")))
    assert peak.start == trend.start
    assert trend.recovered is None or trend.recovered > peak.recovered


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"every": 0}, "every is 0; forecasts are made every 1 month or more"),
        ({"least_follow_up": 0}, "least_follow_up is 0; with less than 1 nothing is observed"),
        ({"after_start": (-3, 0)}, r"after_start is \[-3, 0\]; no slump is known before it starts"),
    ],
)
def test_origins_that_make_no_sense_are_refused(wrong: dict, message: str):
    with pytest.raises(ConfigError, match=message):
        Origins(**wrong)


def test_a_level_that_never_falls_has_no_episode():
    assert episodes(data(level(1, {}), "x"), SMALL) == []


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="shared data are not on this machine")
def test_the_us_panel_has_the_episodes_and_origins_of_the_trial():
    plan = Plan(horizon=36, slump=ADJUSTED)
    found = [e for d in panels.us() for e in episodes(d, plan)]
    assert len(found) == 59
    assert sum(len(e.chosen(Origins(least_follow_up=36))) for e in found) == 303


def test_a_sample_series_shows_its_crisis():
    (e,) = [
        e
        for e in episodes(data(series.sample("elec_equip"), "euro"), Plan(slump=SEASONAL))
        if e.start.year == 2008 or e.start.year == 2009
    ]
    assert e.recovered is None
    assert len(e.chosen(Origins())) == 6
