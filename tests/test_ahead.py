"""Months that others have published before the target: what they are worth, and that nothing later is seen."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import chi2

from forecast import series
from forecast.answers.answer import recoveries
from forecast.answers.nowcast import nowcast
from forecast.answers.watch import watch
from forecast.estimate import LevelData, Plan, estimate
from forecast.estimate.ahead import nothing_ahead
from forecast.normal import NormalSpec
from forecast.nowcast import Indicator, NowcastSpec, Panel
from forecast.slump import SlumpSpec

DAY = pd.Timestamp("2010-02-28")  # the target is known to 2009-12, what is published without delay to 2010-02
SPEC = NowcastSpec(models=("bridge", "lags"), paths=80)
PLAN = Plan(
    horizon=24, models=("noisy_walk", "random_walk_drift_block"), paths=2_000, nowcast=SPEC,
    slump=SlumpSpec(seasonally_adjusted=True),
)  # fmt: skip


def target() -> pd.Series:
    """The sample without its season, so that indicators can be made from it."""
    y = series.sample("elec_equip")
    return (
        y / (y / y.rolling(13, center=True, min_periods=7).mean()).groupby(y.index.month).transform("mean")
    ).rename(None)


def with_indicator(spoil: float | None = None, noise: float = 0.001) -> LevelData:
    y = target()
    like = y * 3.0 * np.random.default_rng(4).lognormal(0, noise, len(y))
    if spoil is not None:
        like[like.index > pd.Period("2010-02", "M")] = spoil
    panel = Panel(like.to_frame("orders"), (Indicator("orders"),))
    return LevelData(y, "euro", DAY, release_lag_days=59, indicators=(panel,))


@pytest.fixture(scope="module")
def found():
    return estimate(with_indicator(), PLAN, 7)


def test_an_indicator_that_moves_with_the_target_tells_its_next_months(found):
    assert str(found.history.origin) == "2009-12"
    assert found.ahead.months == 2
    y = target()
    told = np.log(found.paths.future[:, :2] / y["2009-12"])
    truth = np.log(y["2010-01":"2010-02"].to_numpy() / y["2009-12"])
    mean = found.paths.weights @ told
    sd = np.sqrt(found.paths.weights @ np.square(told - mean))
    blind = estimate(with_indicator(), replace(PLAN, nowcast=None), 7)
    unsure = np.log(blind.paths.future[:, :2]).std(axis=0)
    assert_allclose(mean, truth, atol=0.01)
    assert (sd < 0.4 * unsure).all()
    assert blind.ahead.months == 0
    assert blind.paths.months.equals(found.paths.months)


def test_every_path_begins_with_a_course_of_the_nowcast(found):
    courses = {tuple(row) for row in found.ahead.values}
    assert len(courses) == 80
    assert {tuple(row) for row in found.paths.future[:, :2]} == courses


def test_what_was_drawn_once_is_one_group_of_the_error(found):
    """Courses of a nowcast, groups of twenty histories, histories where these are one group, else single paths."""
    groups = found.ahead.together(found.paths)
    assert len(set(groups.tolist())) == 80
    first = [found.paths.future[groups == group, :2] for group in range(80)]
    assert all((of == of[0]).all() and len(of) == 50 for of in first)  # 25 of each model
    blind = nothing_ahead(found.history)
    assert_array_equal(blind.together(found.paths), np.arange(4_000))
    several = replace(found.paths, draw=np.repeat(np.arange(40), 100))
    assert_array_equal(blind.together(several), np.repeat([0, 1], 2_000))
    few = replace(several, draw=several.draw % 20)
    assert_array_equal(blind.together(few), few.draw)


@pytest.mark.slow
def test_the_error_told_of_a_chance_after_a_nowcast_is_its_spread_between_seeds():
    """Σ ((p_i − p)/error)² over 40 seeds is χ² with 39 degrees of freedom, within its central 99.9 %."""
    given = SlumpSpec(start=pd.Period("2008-11", "M"), seasonally_adjusted=True)
    plan = replace(
        PLAN, horizon=12, models=("noisy_walk",), paths=800, slump=given, normal=NormalSpec("target", level=97.0),
        nowcast=NowcastSpec(models=("bridge",), paths=40),
    )  # fmt: skip
    data = with_indicator(noise=0.03)
    found = [estimate(data, plan, seed) for seed in range(100, 140)]
    told = [recoveries(one, {"baseline": {}})["baseline"] for one in found]
    chances, errors = (
        np.array(of) for of in zip(*((one.p_within_12, one.p_within_12_error) for one in told), strict=True)
    )
    assert 0.2 < chances.mean() < 0.8
    spread = np.square((chances - chances.mean()) / errors).sum()
    assert chi2.ppf(0.0005, 39) < spread < chi2.ppf(0.9995, 39)


@pytest.mark.parametrize("poison", [1e9, 1e-9, np.nan])
def test_what_indicators_publish_later_moves_nothing(found, poison: float):
    again = estimate(with_indicator(poison), PLAN, 7)
    assert_array_equal(again.paths.values, found.paths.values)
    assert_array_equal(again.paths.weights, found.paths.weights)


@pytest.fixture(scope="module")
def leaning() -> Plan:
    """The panel autoregression alone, with no nowcast."""
    return replace(PLAN, models=("panel_autoregression",), nowcast=None, paths=400)


def test_the_panel_autoregression_leans_on_what_indicators_say_of_months_to_come(leaning: Plan):
    y = target()
    data = with_indicator()
    blind, seeing = (estimate(one, leaning, 7) for one in (replace(data, indicators=()), data))
    truth = np.log(y["2010-02"] / y["2009-12"])
    errors = []
    for found in (blind, seeing):
        assert found.ahead.months == 0
        told = np.log(found.paths.future[:, 1] / y["2009-12"])
        errors.append((abs(told.mean() - truth), told.std()))
    assert errors[1][1] < 0.8 * errors[0][1]
    assert errors[1][0] < errors[0][0]


@pytest.mark.parametrize("poison", [1e9, 1e-9, np.nan])
def test_what_indicators_publish_later_moves_no_panel_autoregression(leaning: Plan, poison: float):
    clean, spoiled = (estimate(with_indicator(spoil), leaning, 7) for spoil in (None, poison))
    assert_array_equal(spoiled.paths.values, clean.paths.values)


@pytest.mark.parametrize("times", [1.0, 1.25])
@pytest.mark.parametrize("ahead", [0, 2])
def test_an_indicator_that_is_the_target_once_more_says_nothing_of_months_to_come(
    leaning: Plan, times: float, ahead: int
):
    y = target().round(1)
    data = LevelData(y, "euro", DAY, release_lag_days=59)
    flash = (times * y).round(1)[: pd.Period("2009-12", "M") + ahead].to_frame("flash")
    seeing = replace(data, indicators=(Panel(flash, (Indicator("flash"),)),))
    blind, found = (estimate(one, leaning, 7) for one in (data, seeing))
    assert_array_equal(found.paths.values, blind.paths.values)


@pytest.mark.parametrize("noise", [1e-5, 1e-4])
@pytest.mark.parametrize("spec", [None, SPEC], ids=["without a nowcast", "with one"])
def test_a_near_copy_of_the_target_widens_no_fan(leaning: Plan, noise: float, spec: NowcastSpec | None):
    data, plan = with_indicator(noise=noise), replace(leaning, nowcast=spec)
    blind, found = (estimate(one, plan, 7) for one in (replace(data, indicators=()), data))
    growth = [np.log(one.paths.future[:, 13] / one.paths.future[:, 1]) for one in (blind, found)]
    spread = [np.diff(np.quantile(of, (0.1, 0.9))).item() for of in growth]
    assert spread[1] < 1.3 * spread[0]
    assert abs(np.median(growth[1]) - np.median(growth[0])) < 0.5 * spread[0]


def test_an_indicator_no_longer_known_than_the_target_changes_no_number():
    late = replace(with_indicator(), as_of=pd.Timestamp("2010-02-28"), release_lag_days=0)
    plain = replace(late, indicators=())
    a, b = estimate(late, PLAN, 7), estimate(plain, PLAN, 7)
    assert a.ahead.months == 0
    assert_array_equal(a.paths.values, b.paths.values)


def test_like_series_ahead_of_the_target_are_its_indicators_too():
    data = with_indicator()
    like = replace(data, indicators=(), panel=data.indicators[0].table, panel_lag_days=0)
    assert estimate(like, PLAN, 7).ahead.months == 2
    assert estimate(replace(like, panel_lag_days=None), PLAN, 7).ahead.months == 0


def test_a_like_series_of_the_name_of_an_indicator_is_another_series_and_moves_no_number():
    data = with_indicator()
    others = target().mul(np.random.default_rng(5).lognormal(0, 0.01, len(target())))
    free, named = (
        replace(data, panel=others.to_frame(name), panel_lag_days=0) for name in ("like", "orders")
    )
    a, b = estimate(free, PLAN, 7), estimate(named, PLAN, 7)
    assert a.ahead.months == 2
    assert_array_equal(a.paths.values, b.paths.values)
    assert nowcast(b, DAY).series == ("orders (like)", "orders")


def test_a_nowcast_that_cannot_be_made_is_told_and_the_forecast_stands():
    data = with_indicator()
    short = data.indicators[0].table["2008-01":]
    found = estimate(replace(data, indicators=(Panel(short, data.indicators[0].indicators),)), PLAN, 7)
    assert found.ahead.months == 0
    assert "no indicator has enough growth" in found.ahead.refused
    assert found.recovery["pre_slump_peak"].by(24) > 0


def test_the_outcome_says_which_months_are_nowcast_from_whom_and_what_is_due(found, monkeypatch):
    monkeypatch.setattr("forecast.answers.nowcast.LEAST_DUE", 0.0)  # so close an indicator surprises nobody
    told = nowcast(found, DAY)
    assert tuple(map(str, told.months)) == ("2010-01", "2010-02")
    assert told.series == ("orders",)
    assert told.models == ("bridge", "lags")
    (due,) = told.due
    assert (due.day, due.indicator, str(due.month)) == ("2010-03-31", "orders", "2010-03")
    assert due.effect_pct >= 0
    assert nowcast(estimate(with_indicator(), replace(PLAN, nowcast=None), 7), DAY) is None


def test_the_sign_to_watch_is_read_from_the_paths():
    months = pd.period_range("2000-01", periods=150, freq="M")
    noise = np.random.default_rng(8).normal(0.0, 0.02, len(months))
    y = pd.Series(100 * np.exp(noise - 0.09 * (np.arange(150) > 145)), index=months)
    plan = replace(PLAN, models=("random_walk_drift",), nowcast=None)
    found = estimate(LevelData(y, "toy", pd.Timestamp("2012-06-30")), plan, 7)
    assert found.slump.under_way
    seen = watch(found)
    yoy = found.paths.printed("yoy_pct")[:, 0]
    back, w = found.recovery["pre_slump_peak"].months <= 12, found.paths.weights
    weak, strong = yoy <= seen.low + 1e-7, yoy >= seen.high - 1e-7  # of ten digits
    assert_allclose([w[weak].sum(), w[strong].sum()], 0.2, atol=1e-3)
    assert_allclose(seen.chance_low, (w * back)[weak].sum() / w[weak].sum(), rtol=1e-9)
    assert_allclose(seen.chance_high, (w * back)[strong].sum() / w[strong].sum(), rtol=1e-9)
    assert seen.chance_low < seen.chance_high
    assert (str(seen.month), str(seen.by)) == ("2012-07", "2013-06")
