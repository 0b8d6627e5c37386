"""What changed since an earlier report: rows in the order of publication that add up to the change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import figures
from forecast.answers.changes import INDICATORS, MOST_STEPS, _last_digit, _releases, _revised, _steps, changes
from forecast.answers.onset import begun_by
from forecast.estimate import Data, Estimate, FigureData, LevelData, Plan, estimate
from forecast.nowcast import Indicator, Panel, StoredPanel
from forecast.paths import quantiles
from forecast.series import sample
from forecast.vintages import Store, StoredLevel

REPO = Path(__file__).parents[2]
PLAN = Plan(horizon=24, models=("noisy_walk", "autoregression"), paths=1_000, draws=20)
SEED = 5


def bac_ninh(day: str) -> FigureData:
    read = figures.read(REPO / "configs/data/vietnam_published_figures.csv")
    return FigureData(read, ("bac_ninh", "total"), (("vietnam", "total"),), pd.Timestamp(day))


def at_work(data: Data) -> Estimate:
    return estimate(data, PLAN, SEED)


@pytest.fixture(scope="module")
def now() -> Estimate:
    return at_work(bac_ninh("2024-05-20"))


def test_releases_add_up_to_the_change_between_two_reports(now: Estimate) -> None:
    since = pd.Timestamp("2024-04-10")
    found = changes(bac_ninh("2024-05-20"), now, since, SEED)
    assert found is not None
    assert [(row.published, row.region) for row in found.rows] == [
        ("2024-04-29", "vietnam"),
        ("2024-05-10", "bac_ninh"),
    ]
    before = at_work(bac_ninh("2024-04-10")).recovery["pre_slump_peak"]
    after = now.recovery["pre_slump_peak"]
    assert str(found.by) == "2025-04"
    assert_allclose(found.before, before.by((pd.Period("2025-04", "M") - before.origin).n))
    assert_allclose(found.now, after.by(12))
    assert_allclose(sum(row.effect for row in found.rows), found.now - found.before, atol=1e-9)
    assert (found.median_before, found.median_now) == (before.quantile(0.5), after.quantile(0.5))


def test_what_was_expected_is_the_median_before_the_release(now: Estimate) -> None:
    data = bac_ninh("2024-05-20")
    since = pd.Timestamp("2024-05-05")
    found = changes(data, now, since, SEED)
    assert found is not None
    (row,) = found.rows
    (yoy,) = (one for one in row.printed if (str(one.period), one.measure) == ("2024-04", "yoy_pct"))
    paths = at_work(replace(data, as_of=since)).paths
    at = [(pd.Period("2024-04", "M") - paths.origin).n - 1]
    expected = quantiles(paths.printed("yoy_pct")[:, at], paths.weights, (0.5,))[0, 0]
    assert_allclose([yoy.value, yoy.expected], [6.25, expected])


def test_nothing_published_nothing_changed(now: Estimate) -> None:
    assert changes(bac_ninh("2024-05-20"), now, pd.Timestamp("2024-05-10"), SEED) is None


def test_a_day_before_any_figure_tells_nothing(now: Estimate) -> None:
    assert changes(bac_ninh("2024-05-20"), now, pd.Timestamp("1999-01-01"), SEED) is None


def test_many_releases_are_told_by_series(now: Estimate) -> None:
    found = changes(bac_ninh("2024-05-20"), now, pd.Timestamp("2023-10-15"), SEED)
    assert found is not None
    assert [row.region for row in found.rows] == ["vietnam", "bac_ninh"]
    assert sum(len({one.period for one in row.printed}) for row in found.rows) > MOST_STEPS
    assert_allclose(sum(row.effect for row in found.rows), found.now - found.before, atol=1e-9)


@pytest.mark.slow
@pytest.mark.poison
def test_later_figures_move_nothing(now: Estimate) -> None:
    data = bac_ninh("2024-05-20")
    table = data.figures.table.copy()
    later = table["published"] > data.as_of
    assert later.any()
    table.loc[later, "value"] = np.random.default_rng(1).normal(0, 40, int(later.sum()))
    poisoned = replace(data, figures=replace(data.figures, table=table))
    since = pd.Timestamp("2024-04-10")
    assert changes(poisoned, now, since, SEED) == changes(data, now, since, SEED)


def test_levels_are_told_in_one_step() -> None:
    data = LevelData(sample("elec_equip"), "elec_equip", pd.Timestamp("2009-12-31"))
    now = at_work(data)
    found = changes(data, now, pd.Timestamp("2009-10-31"), SEED)
    assert found is not None
    (row,) = found.rows
    assert [(str(one.period), one.measure) for one in row.printed] == [
        ("2009-11", "index"),
        ("2009-12", "index"),
    ]
    assert all(one.expected is not None for one in row.printed)
    assert_allclose(row.effect, found.now - found.before)
    assert (found.event, found.entered) == ("return", False)
    assert (row.first, row.published) == ("2009-11-30", "2009-12-31")


def test_where_nothing_slumps_the_chance_of_a_slump_is_what_changed() -> None:
    calm = LevelData(sample("elec_equip"), "elec_equip", pd.Timestamp("2008-09-30"))
    now, since = at_work(calm), pd.Timestamp("2008-07-31")
    before = at_work(replace(calm, as_of=since))
    found = changes(calm, now, since, SEED)
    assert found is not None
    chances = [begun_by(one, found.by) for one in (before, now)]
    assert_allclose([found.before, found.now], chances, rtol=1e-9)
    assert_allclose(sum(row.effect for row in found.rows), found.now - found.before)
    assert (found.median_before, found.median_now) == (None, None)
    fallen = replace(calm, as_of=pd.Timestamp("2009-06-30"))
    begun = changes(fallen, at_work(fallen), since, SEED)
    assert begun is not None
    assert begun.before > begun.now  # of being back, which it was
    assert [(one.event, one.entered) for one in (found, begun)] == [("slump", False), ("return", True)]
    y = calm.y.copy()
    y["2009-12":] *= 1.6
    ended = LevelData(y, "elec_equip", pd.Timestamp("2011-06-30"))
    over = at_work(ended)
    assert not over.slump.under_way
    assert changes(ended, over, pd.Timestamp("2010-11-30"), SEED) is not None


def stored(folder: Path, *, base: float = 1.0, poison: float = 1.0) -> StoredLevel:
    """Three releases of a level: October 2009; November with September revised; December in other index points."""
    y, store = sample("elec_equip"), Store(folder / "releases.duckdb")
    first, second = y[:"2009-10"].copy(), y[:"2009-11"].copy()
    second.loc["2009-09"] *= 1.02
    third = second.reindex(y[:"2009-12"].index)
    third.loc["2009-12"] = y.loc["2009-12"]
    for level, day in ((first, "2009-11-20"), (second, "2009-12-20"), (third * base, "2010-01-20")):
        store.add(level.rename("level"), day)
    store.add((third * poison).rename("level"), "2010-02-20")
    return StoredLevel(store.path, "level")


def level_data(releases: StoredLevel, day: str) -> LevelData:
    at = pd.Timestamp(day)
    return LevelData(releases.as_of(at), "elec_equip", at, releases=releases)


@pytest.mark.parametrize(("lag", "seen"), [(20, 1), (21, 0)])  # of November: out on the day, or a day late
def test_what_others_of_a_level_published_is_a_step_of_its_own(lag: int, seen: int) -> None:
    y = sample("elec_equip")["2001":]
    others = (2 * y).to_frame("b")
    data = LevelData(y, "a", pd.Timestamp("2009-12-20"), release_lag_days=60)
    like = replace(data, panel=others, panel_lag_days=lag)
    indicator = replace(data, indicators=(Panel(others, (Indicator("b", lag),)),))
    for one in (like, indicator):
        steps = _steps(one, pd.Timestamp("2009-12-19"))
        assert [[row.series for row in added] for _, added in steps] == [[INDICATORS]] * seen


def test_what_others_published_bears_the_day_on_which_it_was_out(tmp_path: Path) -> None:
    y = sample("elec_equip")["2001":]
    others = (2 * y).to_frame("b")
    data = LevelData(y, "a", pd.Timestamp("2009-12-28"), release_lag_days=60)
    store = Store(tmp_path / "b.duckdb")
    for day, last in (("2009-11-19", "2009-10"), ("2009-12-20", "2009-11"), ("2010-01-20", "2009-12")):
        store.add(others["b"][:last], day)
    indicators = (Indicator("b", 20),)
    for one in (
        replace(data, panel=others, panel_lag_days=20),
        replace(data, indicators=(Panel(others, indicators),)),
        replace(data, indicators=(StoredPanel(store.path, indicators),)),
    ):
        ((_, (row,)),) = _steps(one, pd.Timestamp("2009-12-10"))
        assert row.published == "2009-12-20"


def test_a_stored_level_is_compared_with_its_own_earlier_release(tmp_path: Path) -> None:
    releases = stored(tmp_path)
    data = level_data(releases, "2010-01-31")
    now, since = at_work(data), pd.Timestamp("2009-11-30")
    found = changes(data, now, since, SEED)
    assert found is not None
    kind = now.plan.normal.kind
    then = at_work(level_data(releases, "2009-11-30")).recovery[kind]
    assert_allclose(found.before, then.by((found.by - then.origin).n), rtol=1e-9)
    assert [(row.published, row.sector, [str(one.period) for one in row.printed]) for row in found.rows] == [
        ("2009-12-20", "revised", ["2009-09"]),
        ("2009-12-20", "total", ["2009-11"]),
        ("2010-01-20", "total", ["2009-12"]),
    ]
    assert_allclose(sum(row.effect for row in found.rows), found.now - found.before, atol=1e-9)
    assert found.rows[0].effect_on_yoy != 0.0
    cut = replace(data, y=data.y, releases=None)  # what was compared with before: today's release, cut
    other = changes(cut, now, since, SEED)
    assert other is not None
    assert other.before != found.before


def test_another_base_year_alone_moves_nothing(tmp_path: Path) -> None:
    found = {}
    for base in (1.0, 0.5):
        folder = tmp_path / str(base)
        folder.mkdir()
        data = level_data(stored(folder, base=base), "2010-01-31")
        found[base] = changes(data, at_work(data), pd.Timestamp("2009-12-31"), SEED)
    plain, halved = found[1.0], found[0.5]
    assert plain is not None
    assert halved is not None
    assert [row.sector for row in halved.rows] == ["revised", "total"]
    assert_allclose(halved.rows[0].effect, 0.0, atol=1e-12)
    assert_allclose(halved.rows[1].effect, plain.rows[0].effect, atol=1e-9)
    (was,), (expected,) = (row.printed for row in (plain.rows[0], halved.rows[1]))
    assert was.expected is not None
    assert expected.expected is not None
    assert_allclose(expected.expected, was.expected * 0.5, rtol=1e-9)


@pytest.mark.slow
@pytest.mark.poison
def test_a_release_of_later_days_moves_nothing(tmp_path: Path) -> None:
    found = []
    for poison in (1.0, 40.0):
        folder = tmp_path / str(poison)
        folder.mkdir()
        data = level_data(stored(folder, poison=poison), "2010-01-31")
        found.append(changes(data, at_work(data), pd.Timestamp("2009-11-30"), SEED))
    assert found[0] == found[1]


def test_many_releases_are_taken_as_one_and_none_says_nothing(tmp_path: Path) -> None:
    y, store = sample("elec_equip"), Store(tmp_path / "releases.duckdb")
    for month in pd.period_range("2009-05", "2009-12", freq="M"):
        store.add(y[:month].rename("level"), str((month + 1).start_time.date()))
    data = level_data(StoredLevel(store.path, "level"), "2010-01-05")
    now = at_work(data)
    found = changes(data, now, pd.Timestamp("2009-06-05"), SEED)
    assert found is not None
    (row,) = found.rows
    assert [str(one.period) for one in row.printed][::6] == ["2009-06", "2009-12"]
    assert changes(data, now, pd.Timestamp("2010-01-03"), SEED) is None
    assert changes(data, now, pd.Timestamp("2001-01-03"), SEED) is None  # nothing was stored by then


@pytest.mark.parametrize(("count", "steps"), [(4, 4), (5, 1)])
def test_up_to_four_releases_are_told_one_by_one(tmp_path: Path, count: int, steps: int) -> None:
    y, store = sample("elec_equip"), Store(tmp_path / "releases.duckdb")
    for month in pd.period_range("2009-05", periods=count + 1, freq="M"):
        store.add(y[:month].rename("level"), str((month + 1).start_time.date()))
    found = _releases(level_data(StoredLevel(store.path, "level"), "2010-01-05"), pd.Timestamp("2009-06-05"))
    last = pd.Period("2009-05", "M") + count
    assert len(found) == steps
    assert found[-1][1].index[-1] == last
    assert found[0][1].index[-1] == (last if steps == 1 else pd.Period("2009-06", "M"))


def test_a_day_whose_forecast_did_not_reach_today_is_not_compared_with() -> None:
    data = LevelData(sample("elec_equip"), "elec_equip", pd.Timestamp("2009-12-31"))
    now = at_work(data)
    last = pd.Period("2010-01", "M") - PLAN.horizon  # its horizon ends in the month after today's origin
    found = changes(data, now, last.end_time.normalize(), SEED)
    assert found is not None
    assert (str(found.by), str(found.month)) == ("2010-01", "2010-01")
    assert changes(data, now, (last - 1).end_time.normalize(), SEED) is None
    assert changes(data, now, (last - PLAN.span).end_time.normalize(), SEED) is None


@pytest.mark.slow
def test_a_level_printed_in_another_base_year_is_not_revised_month_by_month(tmp_path: Path) -> None:
    y, store = sample("elec_equip"), Store(tmp_path / "releases.duckdb")
    second = (y[:"2009-12"] * 0.83).round(1)
    for level, day in ((y[:"2009-11"].round(1), "2009-12-20"), (second, "2010-01-20")):
        store.add(level.rename("level"), day)
    second["2009-07"] += 1.0
    store.add(second.rename("level"), "2010-02-20")
    releases = StoredLevel(store.path, "level")
    told = {}
    for day, since in (
        ("2010-01-31", "2009-12-31"),
        ("2010-02-28", "2010-01-31"),
        ("2010-02-28", "2009-12-31"),
    ):
        data = level_data(releases, day)
        found = changes(data, at_work(data), pd.Timestamp(since), SEED)
        assert found is not None
        told[day, since] = [(row.sector, [str(one.period) for one in row.printed]) for row in found.rows]
    rebased, revised = ("revised", ["2009-11"]), ("revised", ["2009-07"])
    assert told["2010-01-31", "2009-12-31"] == [rebased, ("total", ["2009-12"])]
    assert told["2010-02-28", "2010-01-31"] == [revised]
    assert told["2010-02-28", "2009-12-31"] == [rebased, ("total", ["2009-12"]), revised]


def released(folder: Path, *levels: pd.Series[float]) -> LevelData:
    """A store with a release a month from October 2009, seen on the day of the last."""
    store = Store(folder / "store.duckdb")
    days = [f"2009-{10 + i}-15" for i in range(len(levels))]
    for level, day in zip(levels, days, strict=True):
        store.add(level.rename("level"), day)
    return level_data(StoredLevel(store.path, "level"), days[-1])


def test_a_month_that_a_later_release_fills_is_told(tmp_path: Path) -> None:
    y = sample("elec_equip")[:"2009-08"]
    data = released(tmp_path, y.drop(pd.PeriodIndex(["2009-04", "2009-06"], freq="M")), y)
    found = changes(data, at_work(data), pd.Timestamp("2009-10-20"), SEED)
    assert found is not None
    (row,) = found.rows
    assert (row.sector, [str(one.period) for one in row.printed]) == ("revised", ["2009-04", "2009-06"])
    assert [one.value for one in row.printed] == [y["2009-04"], y["2009-06"]]
    assert_allclose(row.effect, found.now - found.before, atol=1e-9)


def test_a_release_that_shares_no_month_with_the_one_before_is_told_as_new(tmp_path: Path) -> None:
    y = sample("elec_equip")[:"2009-09"]
    data = released(tmp_path, y[:"2001-01"], y["2001-02":])
    plan = replace(PLAN, horizon=120)
    found = changes(data, estimate(data, plan, SEED), pd.Timestamp("2009-10-20"), SEED)
    assert found is not None
    (row,) = found.rows
    assert (row.sector, len(row.printed)) == ("total", 104)


def test_a_level_revised_by_its_last_digit_is_told_and_another_base_year_is_not() -> None:
    months = pd.period_range("2024-01", periods=5, freq="M")
    before = pd.Series([100.0, 101.2, 99.8, 102.4, 103.1], months)
    after = before.copy()
    after["2024-03"] = 99.9
    assert _revised(before, after) == [months[2]]
    assert _revised(before, before) == []
    in_other_points = (before * 1.25).round(1)
    assert _revised(before, in_other_points) == [months[-1]]
    in_other_points["2024-02"] += 0.5
    assert _revised(before, in_other_points) == [months[1]]
    whole = (before * 1.25).round()  # the digits that either release leaves open count
    assert _revised(before, whole) == _revised(whole, before) == [months[-1]]


def test_the_last_digit_is_that_of_the_finest_of_the_levels() -> None:
    for digits in range(7):
        level = pd.Series([100.0, 100.0 + 10.0**-digits])
        assert _last_digit(level) == pytest.approx(10.0**-digits)
    assert _last_digit(pd.Series([100.0 / 3.0])) == 0.0
