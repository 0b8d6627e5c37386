from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import figures, series
from forecast.answers import Case, Labelled, assemble
from forecast.answers.afterwards import observed
from forecast.answers.onset import begun_by, onset
from forecast.answers.watch import watch, watch_related
from forecast.estimate import FigureData, LevelData, Plan, estimate
from forecast.normal import NormalSpec
from forecast.outcome import Outcome, Stamp
from forecast.scenario import Scenario, Shock
from forecast.slump import SlumpSpec

REPO = Path(__file__).parents[2]
PLAN = Plan(horizon=24, models=("noisy_walk", "random_walk_drift_block"), paths=1_000, draws=20)
LABELS = Labelled(
    "q", {"en": "Q", "vi": "H"}, {n: {"en": n, "vi": n} for n in ("baseline", "weak", "target", "absurd")}, "VN: tet",
    Stamp("forecast run q.yaml", "0" * 64, "1" * 64, 7, 1000, 20, {"iip-forecast": "0"}),
)  # fmt: skip


def euro(as_of: str = "2009-12-31") -> LevelData:
    return LevelData(series.sample("elec_equip"), "euro", pd.Timestamp(as_of))


@pytest.fixture(scope="module")
def bac_ninh() -> tuple[FigureData, Outcome]:
    read = figures.read(REPO / "configs/data/vietnam_published_figures.csv")
    data = FigureData(read, ("bac_ninh", "total"), (("vietnam", "total"),), pd.Timestamp("2024-05-20"))
    return data, assemble(Case(data, estimate(data, PLAN, 7), LABELS))


def test_an_outcome_survives_its_json(bac_ninh):
    outcome = bac_ninh[1]
    again = Outcome.from_json(outcome.to_json())
    assert again.to_json() == outcome.to_json()
    assert again.recovery["baseline"].distribution[0].month == pd.Period("2024-05", "M")
    assert isinstance(again.figures[0].value, float)


def test_figures_that_cannot_all_be_true_carry_the_number_of_their_set(bac_ninh):
    sets: dict[int, set[tuple[str, str]]] = {}
    for row in bac_ninh[1].figures:
        assert row.status == "contradictory" or not row.sets
        for number in row.sets:
            sets.setdefault(number, set()).add((str(row.period), row.measure))
    assert sorted(sets) == list(range(1, len(sets) + 1))
    april = {("2023-04", "ytd_yoy_pct"), ("2023-05", "yoy_pct"), ("2023-05", "ytd_yoy_pct")}
    assert april in sets.values()


def test_masses_of_the_return_month_sum_to_one(bac_ninh):
    found = bac_ninh[1].recovery["baseline"]
    total = found.p_already_back + sum(m.probability for m in found.distribution) + found.p_not_within_horizon
    assert_allclose(total, 1.0)
    assert_allclose(found.distribution[-1].cumulative, 1.0 - found.p_not_within_horizon)
    assert_allclose(found.distribution[11].cumulative, found.p_within_12)
    by_model = sum(m.weight for m in bac_ninh[1].models)
    assert_allclose(by_model, 1.0)


def test_a_median_beyond_the_horizon_is_null_with_the_month_it_lies_after():
    data = euro()
    outcome = assemble(Case(data, estimate(data, PLAN, 7), LABELS))
    found = outcome.recovery["baseline"]
    assert (found.median, found.median_after) == (None, pd.Period("2011-12", "M"))
    assert found.interval_80[1] is None


def test_the_latest_prints_are_those_of_the_office(bac_ninh):
    latest = {row.measure: (str(row.period), row.value) for row in bac_ninh[1].latest}
    assert latest == {
        "mom_pct": ("2024-04", -4.0),
        "yoy_pct": ("2024-04", 6.25),
        "ytd_yoy_pct": ("2024-04", -5.6),
    }
    assert bac_ninh[1].data_to == "2024-05-10"


def test_the_target_s_figures_come_first_and_a_month_of_publication_stays_a_month(bac_ninh):
    rows = bac_ninh[1].figures
    regions = [row.region for row in rows]
    assert regions == sorted(regions, key=lambda region: region != "bac_ninh")
    published = {row.published for row in rows if row.region == "bac_ninh"}
    assert {"2023-04", "2024-05-10"} <= published
    assert len(rows) == len(set(rows))


def test_rates_of_a_level_series_are_computed_as_an_office_would():
    y = series.sample("elec_equip")
    data = euro()
    latest = {row.measure: row.value for row in assemble(Case(data, estimate(data, PLAN, 7), LABELS)).latest}
    at = y.index.get_loc(pd.Period("2009-12", "M"))
    v = y.to_numpy()
    assert_allclose(latest["mom_pct"], 100 * (v[at] / v[at - 1] - 1))
    assert_allclose(latest["yoy_pct"], 100 * (v[at] / v[at - 12] - 1))
    assert_allclose(latest["ytd_yoy_pct"], 100 * (v[at - 11 : at + 1].sum() / v[at - 23 : at - 11].sum() - 1))


def test_the_fan_meets_the_history_and_widens(bac_ninh):
    outcome = bac_ninh[1]
    width = [month.upper_80 - month.lower_80 for month in outcome.fan]
    assert width[-1] > width[0] > 0
    assert all(m.lower_90 < m.lower_80 < m.lower_50 < m.median < m.upper_50 < m.upper_90 for m in outcome.fan)
    assert outcome.fan[0].month == pd.Period("2024-05", "M")
    assert outcome.history[-1].month == pd.Period("2024-04", "M")


def test_history_is_in_percent_of_normal_whose_peak_window_is_about_100(bac_ninh):
    outcome = bac_ninh[1]
    assert outcome.slump is not None
    peak = [
        m.level_pct_of_normal
        for m in outcome.history
        if outcome.slump.peak_from <= m.month <= outcome.slump.peak_to
    ]
    assert len(peak) == 12
    assert abs(np.log(np.array(peak) / 100).mean()) < 0.02


def test_what_happened_later_is_shown_only_when_asked_and_moves_nothing():
    data = euro()
    found = estimate(data, PLAN, 7)
    plain = assemble(Case(data, found, LABELS))
    assert plain.outcome is None
    seen = observed(data, found, 7)
    assert seen is not None
    assert seen.recovery_month is None
    assert str(seen.not_recovered_by) == "2016-03"  # data to 2016-05, a run takes three months
    assert len(seen.months) == (2016 - 2010) * 12 + 5
    assert replace(plain, outcome=seen).to_json().startswith(plain.to_json().split('"outcome"')[0])


def test_a_recovery_that_came_is_found_in_the_later_data():
    y = series.sample("elec_equip")
    spoiled = y.copy()
    spoiled[y.index > pd.Period("2010-08", "M")] *= 1.5
    data = replace(euro(), y=spoiled)
    found = estimate(data, PLAN, 7)
    seen = observed(data, found, 7)
    assert seen is not None
    assert seen.recovery_month is not None
    assert "2010-08" <= str(seen.recovery_month) <= "2010-11"
    by = (seen.recovery_month - pd.Period("2009-12", "M")).n
    assert_allclose(seen.probability_given, found.recovery["pre_slump_peak"].by(by), rtol=1e-9)
    assert observed(replace(data, as_of=pd.Timestamp("2016-06-30")), estimate(
        replace(data, as_of=pd.Timestamp("2016-06-30")), PLAN, 7), 7) is None  # fmt: skip


def test_a_return_that_only_later_months_confirm_may_lie_before_the_origin():
    data = euro("2006-06-30")
    found = estimate(data, PLAN, 7)
    seen = observed(data, found, 7)
    assert seen is not None
    assert (str(found.history.origin), str(seen.recovery_month)) == ("2006-06", "2006-05")
    assert_allclose(seen.probability_given, found.recovery["pre_slump_peak"].by(-1), rtol=1e-9)


def test_a_slump_that_began_since_is_dated_as_a_later_report_dates_it():
    calm = replace(euro(), as_of=pd.Timestamp("2008-09-30"))
    found = estimate(calm, PLAN, 7)
    assert not found.slump.under_way
    seen = observed(calm, found, 7)
    later = estimate(euro(), PLAN, 7)
    told = onset(found)
    assert seen is not None
    assert told is not None
    assert seen.slump_began == later.slump.start
    by = (later.slump.start - found.history.origin).n
    assert_allclose(seen.onset_given, told.cumulative["baseline"][by - 1], rtol=1e-9)
    assert begun_by(found, later.slump.start) == told.within(by)
    assert begun_by(found, found.history.origin) is None
    before = replace(calm, y=calm.y[: later.slump.start - 1])
    quiet = observed(before, estimate(before, PLAN, 7), 7)
    assert quiet is not None
    assert quiet.slump_began is None
    assert_allclose(quiet.onset_given, told.cumulative["baseline"][by - 2], rtol=1e-9)
    assert observed(euro(), later, 7).slump_began is None  # type: ignore[union-attr]


def test_what_lies_before_a_long_break_moves_no_normal_that_later_levels_stand_beside():
    """Second route: the level from the break on says all that is known of it."""
    y = series.sample("elec_equip")
    y["2004-01":"2005-01"] = np.nan
    plan = replace(PLAN, normal=NormalSpec("trend"), models=("noisy_walk",), paths=100)
    plan = replace(plan, slump=replace(PLAN.slump, start=pd.Period("2008-10", "M")))
    months = [
        observed(data, estimate(data, plan, 7), 7).months  # type: ignore[union-attr]
        for data in (replace(euro(), y=y), replace(euro(), y=y["2005-02":]))
    ]
    assert len(months[0]) == 77
    assert months[0] == months[1]


def test_where_nothing_slumps_the_chance_that_a_slump_begins_is_told_by_scenario():
    scenarios = (Scenario("weak", shocks=(Shock(pd.Period("2007-08", "M"), -9.0),)),)
    found = estimate(euro("2007-06-30"), replace(PLAN, scenarios=scenarios), 7)
    assert not found.slump.under_way
    told = assemble(Case(euro("2007-06-30"), found, LABELS)).onset
    assert told is not None
    assert told.cumulative.keys() == {"baseline", "weak"}
    assert all(len(by) == 24 and (np.diff(by) >= 0).all() for by in told.cumulative.values())
    assert told.within(12, "weak") > told.within(12) + 0.1
    history, m = found.history, len(found.history.months)
    begun = []
    for path, draw in zip(found.paths.future[:100], found.paths.draw[:100], strict=True):
        ahead = np.log(path[:24]) - history.effects[draw, m : m + 24]
        z = np.concatenate([history.adjusted[draw], ahead])
        peaks = [max(z[e - 11 : e + 1].mean() for e in range(t - 36, t)) for t in range(m, m + 24)]
        low = [z[t - 2 : t + 1].mean() - peak for t, peak in zip(range(m, m + 24), peaks, strict=True)]
        begun.append(min(low[:12]) <= np.log1p(-told.depth_pct / 100.0))
    hundred = replace(
        found.paths,
        values=found.paths.values[:100],
        weights=np.full(100, 0.01),
        draw=found.paths.draw[:100],
        model=found.paths.model[:100],
    )
    again = onset(replace(found, paths=hundred, scenarios=()))
    assert again is not None
    by_paths = (100 * np.mean(begun) + 0.5 * 12 / 24) / 101
    assert_allclose(again.within(12), by_paths + (1 - by_paths) * told.outside)
    assert_allclose(again.within(6) - told.outside / 2, 0.0, atol=by_paths + 0.01)


@pytest.mark.parametrize(("given", "start"), [("2008-10", "2008-10"), ("2001-06", "2009-01")])
def test_a_start_is_called_given_where_it_is_that_of_the_slump_that_is_told(given: str, start: str):
    slump = replace(PLAN.slump, start=pd.Period(given, "M"))
    plan = replace(PLAN, slump=slump, models=("noisy_walk",), paths=100)
    told = assemble(Case(euro(), estimate(euro(), plan, 7), LABELS))
    assert (str(told.slump.start), told.slump.start_given) == (start, given == start)
    assert ("slump_start_given" in told.notes, "given_slump_over" in told.notes) == (
        given == start,
        given != start,
    )


def test_a_slump_under_way_or_a_short_history_has_no_onset(bac_ninh):
    assert bac_ninh[1].onset is None
    short = LevelData(series.sample("elec_equip")["2004-01":], "euro", pd.Timestamp("2007-06-30"))
    assert assemble(Case(short, estimate(short, PLAN, 7), LABELS)).onset is None


def test_what_a_related_series_prints_next_is_told_with_what_it_would_say_of_the_return(bac_ninh):
    data, outcome = bac_ninh
    (row,) = outcome.watch_related
    assert (row.region, row.sector, row.watch.month) == ("vietnam", "total", outcome.watch.month)
    assert row.watch.low < row.watch.high
    assert 0.0 < row.watch.chance_low < row.watch.chance_high < 1.0
    own = outcome.watch  # the nation says less of the province's return than the province itself
    assert row.watch.chance_high - row.watch.chance_low < own.chance_high - own.chance_low
    ahead = replace(
        data, as_of=pd.Timestamp("2024-05-05")
    )  # the nation's April is out, the province's is not
    found = estimate(ahead, PLAN, 7)
    assert found.ahead.months > 0
    assert watch_related(ahead, found, 7) == ()
    levels = estimate(euro(), PLAN, 7)
    assert watch_related(euro(), levels, 7) == ()


def test_a_twin_says_what_the_target_itself_would():
    """The same figures under another name: its next print is the target's, but for what is left open of its level."""
    read = figures.read(REPO / "configs/data/vietnam_published_figures.csv")
    nation = read.table[(read.table["region"] == "vietnam") & (read.table["sector"] == "total")]
    twins = pd.concat([nation, nation.assign(region="twin")], ignore_index=True)
    data = FigureData(
        replace(read, table=twins), ("vietnam", "total"), (("twin", "total"),), pd.Timestamp("2021-11-10")
    )
    plan = replace(PLAN, slump=SlumpSpec(start=pd.Period("2021-07", "M")))
    found = estimate(data, plan, 7)
    (row,) = watch_related(data, found, 7)
    own = watch(found)
    assert_allclose([row.watch.low, row.watch.high], [own.low, own.high], atol=1.0)
    assert_allclose(
        [row.watch.chance_low, row.watch.chance_high], [own.chance_low, own.chance_high], atol=0.1
    )


@pytest.mark.slow
def test_later_levels_of_rates_stand_on_the_scale_of_the_forecast(bac_ninh):
    """A target of 100, the peak window's own level, is all but the peak itself."""
    data, _ = bac_ninh
    plan = replace(PLAN, models=("noisy_walk",), paths=200)
    seen = [
        observed(data, estimate(data, replace(plan, normal=normal), 7), 7)
        for normal in (NormalSpec(), NormalSpec("target", level=100.0))
    ]
    peak, target = ([m.level_pct_of_normal for m in one.months] for one in seen if one is not None)
    assert len(peak) == 11
    assert_allclose(target, peak, rtol=0.015)


@pytest.mark.parametrize(("as_of", "told"), [("2010-04-10", False), ("2010-04-11", True)])
def test_a_report_long_after_its_last_figure_says_so(as_of: str, told: bool):
    y = series.sample("elec_equip")[:"2009-12"]
    data = LevelData(y, "euro", pd.Timestamp(as_of), release_lag_days=10)
    assert ("stale" in assemble(Case(data, estimate(data, PLAN, 7), LABELS)).notes) is told
