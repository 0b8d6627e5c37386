from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import figures
from forecast.answers import needed, scenarios, targets
from forecast.errors import ConfigError
from forecast.estimate import FigureData, LevelData, Plan, check, estimate
from forecast.paths import Paths
from forecast.scenario import Assumed, Condition, Judgement, Scenario, Shock
from forecast.series import History, sample
from forecast.slump import SlumpSpec
from forecast.targets import AnnualTarget

REPO = Path(__file__).parents[2]
WEAK = Scenario("weak", (Shock(pd.Period("2024-07", "M"), -8.0, 6.0),))
TARGET = Scenario("target", conditions=(Condition(year=2024, growth_at_least_pct=4.0),))
ABSURD = Scenario("absurd", conditions=(Condition(year=2024, growth_at_least_pct=300.0),))
PLAN = Plan(
    horizon=24, models=("noisy_walk", "random_walk_drift_block"), paths=2_000, draws=20,
    scenarios=(WEAK, TARGET, ABSURD), annual_targets=(AnnualTarget(2024, 6.0), AnnualTarget(2025, 5.0)),
)  # fmt: skip
LABELS = {name: {"en": name} for name in ("baseline", "weak", "target", "absurd")}


@pytest.fixture(scope="module")
def data() -> FigureData:
    read = figures.read(REPO / "configs/data/vietnam_published_figures.csv")
    return FigureData(read, ("bac_ninh", "total"), (("vietnam", "total"),), pd.Timestamp("2024-05-20"))


@pytest.fixture(scope="module")
def found(data):
    return estimate(data, PLAN, 7)


def test_a_growth_that_holds_is_told_of_the_month_a_year_after_the_origin(data):
    held = Scenario("held", assumed=(Assumed("vietnam_total", holds_at_pct=8.0),))
    plan = replace(PLAN, models=("noisy_walk",), paths=200, scenarios=(held,), annual_targets=())
    base, told = scenarios.scenarios(
        estimate(data, plan, 7), {name: {"en": name} for name in ("baseline", "held")}
    )
    assert base.assumed == ()
    (month,) = told.assumed
    assert (month.series, str(month.month)) == ("vietnam_total", "2025-04")
    assert_allclose(month.assumed_pct, 8.0, rtol=1e-9)


def test_what_a_year_needs_is_told_of_the_year_of_the_origin_and_of_later_ones(found):
    """Of a year that is over, and was asked about before, nothing is told."""
    asked = tuple(AnnualTarget(year, 6.0) for year in (2023, 2024, 2025))
    told = needed.needed(replace(found, plan=replace(found.plan, annual_targets=asked)))
    assert [(one.year, one.months_left) for one in told] == [(2024, 8), (2025, 12)]


@pytest.mark.parametrize(
    ("origin", "last", "years"),
    [
        ("2024-10", "2025-12", [2024, 2025]),
        ("2024-11", "2025-12", [2024, 2025]),  # December is the first month to come
        ("2024-12", "2026-12", [2025, 2026]),
        ("2024-11", "2025-11", [2024]),  # a year that is not followed to its end has no growth
    ],
)
def test_growth_is_told_of_the_year_of_the_first_month_to_come_and_of_the_next(origin, last, years):
    months = pd.period_range("2022-01", last, freq="M")
    paths = Paths(
        months,
        pd.Period(origin, "M"),
        np.ones((1, len(months))),
        np.ones(1),
        np.zeros(1, np.int64),
        np.array(["m"]),
    )
    assert scenarios._years(paths) == years


def test_scenarios_are_compared_with_the_baseline_on_the_same_paths(found):
    rows = {row.name: row for row in scenarios.scenarios(found, LABELS)}
    assert list(rows) == ["baseline", "weak", "target", "absurd"]
    assert rows["baseline"].months_below_gained == 0.0
    assert rows["weak"].months_below_gained < 0 < rows["target"].months_below_gained
    assert rows["weak"].p_within_12 < rows["baseline"].p_within_12 < rows["target"].p_within_12
    assert rows["weak"].annual_growth["2024"] < rows["baseline"].annual_growth["2024"]
    assert rows["target"].annual_growth["2024"] >= 4.0
    growth, weights = found.paths.annual_growth(2024), found.paths.weights
    assert_allclose(rows["target"].plausibility, weights[growth >= 4.0].sum())
    assert rows["absurd"].refused is not None
    assert "no path reaches it" in rows["absurd"].refused
    assert rows["absurd"].refused_code == "unreached"
    mean = weights @ growth
    away = (300.0 - mean) / np.sqrt(weights @ (growth - mean) ** 2)
    assert_allclose(rows["absurd"].refused_values, [growth.max(), away])
    assert rows["absurd"].median is None


def test_adding_a_scenario_changes_no_number_of_the_others(found, data):
    fewer = estimate(data, replace(PLAN, scenarios=(WEAK,)), 7)
    assert scenarios.scenarios(fewer, LABELS) == scenarios.scenarios(found, LABELS)[:2]


def test_a_target_s_needs_are_the_arithmetic_of_the_remaining_months(found):
    row = targets.targets(found)[0]
    paths = found.paths
    assert (row.year, row.remaining_months) == (2024, 8)
    growth = paths.annual_growth(2024)
    assert_allclose(row.probability, paths.weights[growth >= 6.0].sum())
    # one path by hand: with the needed growth in the remaining months, the year grows by exactly the target
    level = pd.Series(paths.values[0], index=paths.months)
    last = level["2023-01":"2023-12"]
    known = level["2024-01":"2024-04"].sum()
    needed = (1.06 * last.sum() - known) / last["2023-05":"2023-12"].sum() - 1
    yoy, _ = targets._needed(replace(paths, weights=np.eye(len(paths.weights))[0]), EVEN, 2024, 6.0)
    assert_allclose(yoy, 100 * needed)


EVEN = np.ones(100)
"""No season, by months after the origin."""


def test_constant_monthly_growth_meets_the_sum():
    none, first = np.zeros(0, np.int64), np.array([1])
    g = targets._monthly(sum(1.013**i for i in range(3, 9)), np.arange(3, 9), none, EVEN, 5.0)
    assert_allclose(g, 1.3)
    assert targets._monthly(1e9, np.arange(1, 9), none, EVEN, 5.0) is None
    fastest = [targets._monthly(ratio, first, none, EVEN, 5.0) for ratio in (0.5, 1.5)]
    assert_allclose(fastest, [-50.0, 50.0])
    assert [targets._monthly(ratio, first, none, EVEN, 5.0) for ratio in (0.499, 1.501)] == [None, None]


@pytest.mark.parametrize(("year", "origin"), [(2024, "2024-03"), (2025, "2024-08"), (2026, "2024-08")])
def test_a_pace_from_the_origin_on_makes_the_year_grow_as_asked_whether_or_not_it_has_begun(
    year: int, origin: str
) -> None:
    last = pd.Period(origin, "M")
    months = pd.period_range("2022-01", "2026-12", freq="M")
    effects = 0.2 * np.sin(2 * np.pi * np.asarray(months.month) / 12)
    level = pd.Series(100.0 * 1.002 ** np.arange(len(months)) * np.exp(effects), index=months)
    ahead = len(months) - (last - months[0]).n - 1
    values = level.to_numpy().copy()
    values[-ahead:] *= 0.7  # what is forecast moves no pace of months that all grow
    paths = Paths(months, last, values[None], np.ones(1), np.zeros(1, np.int64), np.array(["m"]))
    known = len(months) - ahead
    for continued in (len(months), known + 3, known):  # months over which the effects are continued
        seen = np.zeros(known, dtype=bool)
        history = History(months[:known], values[None, :known], effects[None, :continued], seen, "y")
        _, pace = targets._needed(paths, targets._season(history, paths), year, 12.0)
        assert pace is not None
        adjusted = level[last] * (1 + pace / 100) ** np.arange(1, ahead + 1)
        met = level.copy()
        met.iloc[-ahead:] = adjusted * np.exp(effects[-ahead:] - effects[known - 1])
        of = met.groupby(months.year).sum()
        assert_allclose(of[year] / of[year - 1], 1.12)


def test_a_target_that_the_months_known_meet_needs_nothing_of_the_others():
    months = pd.period_range("2022-01", "2025-12", freq="M")
    values = np.where(months.year == 2024, 140.0, 100.0)[None]
    weights, draw = np.ones(1), np.zeros(1, np.int64)
    known = Paths(months, pd.Period("2024-11", "M"), values, weights, draw, np.array(["m"]))
    assert targets._needed(known, EVEN, 2024, 14.0) == (None, None)
    assert targets._needed(known, EVEN, 2024, 29.0)[0] == pytest.approx(-92.0)


def test_a_year_that_grows_just_by_its_target_reaches_it():
    months = pd.period_range("2022-01", "2025-12", freq="M")
    values = np.repeat([[100.0, 99.0, 101.0]], len(months), axis=0).T
    values[:, months.year == 2024] = [[100.0], [98.0], [102.0]]  # growth of 0, less and more
    weights, draw = np.array([0.5, 0.2, 0.3]), np.zeros(3, np.int64)
    over = Paths(months, pd.Period("2024-12", "M"), values, weights, draw, np.repeat("m", 3))
    row = targets._target(SimpleNamespace(paths=over), 2024, 0.0)
    assert (row.probability, row.remaining_months) == (pytest.approx(0.8), 0)


def test_share_of_history_that_grew_as_fast(found):
    level = pd.Series(found.history.values.mean(axis=0))
    growth = (level.rolling(8).sum() / level.rolling(8).sum().shift(12) - 1).dropna() * 100
    assert_allclose(targets._history_share(found, 8, 10.0), (growth >= 10.0).mean())
    months = len(found.history.months)
    assert targets._history_share(found, months - 24, 10.0) is not None  # a span of each of two years more
    assert targets._history_share(found, months - 23, 10.0) is None


def test_targets_of_years_that_are_over_or_not_forecast_are_refused_at_once():
    data = LevelData(sample("elec_equip"), "e", pd.Timestamp("2009-12-31"))
    plan = replace(
        PLAN,
        scenarios=(),
        annual_targets=(AnnualTarget(2008, 2.0), AnnualTarget(2009, 3.0), AnnualTarget(2040, 1.0)),
        paths=200,
    )
    with pytest.raises(ConfigError) as refused:
        estimate(data, plan, 1)
    over, beyond = refused.value.problems
    assert over == "annual_targets: 2008 is over by the origin 2009-12; leave it out"
    assert "annual_targets: 2040 is not followed to its end" in beyond


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"annual_targets": (AnnualTarget(2040, 1.0),)}, "annual_targets: 2040 is not followed to its end"),
        (
            {"annual_targets": (AnnualTarget(2008, 1.0),)},
            "annual_targets: 2008 is over by the origin 2009-12",
        ),
        (
            {"slump": SlumpSpec(start=pd.Period("2010-01", "M"))},
            "slump.start 2010-01 lies after the origin 2009-12",
        ),
    ],
)
def test_what_lies_beyond_the_paths_is_refused_before_any_work(wrong, said):
    plan = replace(PLAN, scenarios=(), **wrong)
    origin = pd.Period("2009-12", "M")
    months = pd.period_range(origin - 23, origin + plan.span, freq="M")
    with pytest.raises(ConfigError, match=said):
        check(plan, months, origin, ())


def test_asked_again_later_a_question_refuses_what_time_has_overtaken(data):
    later = replace(data, as_of=pd.Timestamp("2025-02-10"))  # origin November 2024
    plan = replace(PLAN, annual_targets=(AnnualTarget(2023, 6.0), AnnualTarget(2024, 6.0)))
    with pytest.raises(ConfigError, match=r"shock starts in 2024-07; it must lie after the origin 2024-11"):
        estimate(later, plan, 7)
    with pytest.raises(
        ConfigError, match=r"annual_targets: 2023 is over by the origin 2024-11; leave it out"
    ):
        estimate(later, replace(plan, scenarios=()), 7)
    found = estimate(later, replace(plan, asked_again=True), 7)
    rows = {row.name: row for row in scenarios.scenarios(found, LABELS)}
    assert rows["weak"].refused_code == "overtaken"
    assert rows["weak"].median is None
    assert rows["baseline"].p_within_12 is not None
    assert [row.year for row in targets.targets(found)] == [2024]


def test_a_judgement_has_no_answer_where_nothing_slumps():
    y = sample("elec_equip")
    judged = Scenario("sooner", judgements=(Judgement(pd.Period("2009-06", "M"), 40.0),))
    plan = Plan(horizon=24, models=("noisy_walk",), paths=200, draws=10, scenarios=(judged,))
    for level in (y["1995":"2008-06"], y["2004-07":"2008-06"]):  # calm, and too short to tell
        calm = LevelData(level, "elec_equip", pd.Timestamp("2008-06-30"))
        found = estimate(calm, plan, 7)
        assert not found.slump.under_way
        (row,) = scenarios.scenarios(found, {"baseline": {"en": "Baseline"}, "sooner": {"en": "Sooner"}})[1:]
        assert (row.refused_code, row.annual_growth) == ("no_return", {})
    slump = LevelData(y[:"2009-06"], "elec_equip", pd.Timestamp("2009-06-30"))
    later = replace(
        plan, scenarios=(replace(judged, judgements=(Judgement(pd.Period("2010-12", "M"), 40.0),)),)
    )
    (answered,) = estimate(slump, later, 7).scenarios
    assert answered.refused is None or answered.refused.code != "no_return"
