"""Assumed paths of related series: arithmetic of rates, the regression by closed form, what they leave alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast import figures, series
from forecast.answers.scenarios import scenarios
from forecast.errors import ConfigError
from forecast.estimate import FigureData, LevelData, Plan, estimate
from forecast.estimate.related import related_paths
from forecast.paths import Paths
from forecast.scenario import (
    Assumed,
    Condition,
    RefusedError,
    Related,
    Scenario,
    Shock,
    apply,
    plausibility,
    problems,
)
from forecast.series import History

REPO = Path(__file__).parents[1]
ORIGIN = pd.Period("2024-04", "M")
PAST, AHEAD = 24, 36


def month(text: str) -> pd.Period:
    return pd.Period(text, "M")


def worlds(log_levels: np.ndarray, elasticity: np.ndarray | None = None) -> tuple[Paths, Related]:
    """A target flat at 100 beside a related series with the given log levels (n, PAST + AHEAD), its trend flat at 0."""
    n, width = log_levels.shape
    months = pd.period_range(end=ORIGIN + AHEAD, periods=width, freq="M")
    paths = Paths(
        months, ORIGIN, np.full((n, width), 100.0), np.full(n, 1 / n), np.zeros(n, np.int64), np.full(n, "m")
    )
    slope = np.full((1, n), 0.5) if elasticity is None else elasticity[None]
    return paths, Related(("nation_total",), log_levels[None], np.zeros((1, 1, width)), slope)


def nation(**said) -> Assumed:
    return Assumed("nation_total", **said)


def test_growth_is_linear_between_months_then_held_and_begins_with_the_first():
    rng = np.random.default_rng(1)
    paths, related = worlds(np.cumsum(rng.normal(0, 0.02, (3, PAST + AHEAD)), axis=1))
    said = nation(yoy_pct=((month("2024-07"), 6.0), (month("2024-11"), 8.0)))
    level = related.log_levels[0] + related.moved(said, paths)
    at = {str(m): t for t, m in enumerate(paths.months)}
    growth = {m: 100 * np.expm1(level[:, t] - level[:, t - 12]) for m, t in at.items() if t >= 12}
    assert_array_equal(level[:, : at["2024-07"]], related.log_levels[0][:, : at["2024-07"]])
    for asked, pct in {
        "2024-07": 6.0,
        "2024-08": 6.5,
        "2024-11": 8.0,
        "2025-03": 8.0,
        "2027-04": 8.0,
    }.items():
        assert_allclose(growth[asked], pct)


def test_growth_that_holds_does_so_from_the_first_month_on():
    paths, related = worlds(np.zeros((2, PAST + AHEAD)))
    moved = related.moved(nation(holds_at_pct=10.0), paths)
    assert_allclose(moved[:, PAST - 1], 0.0)
    assert_allclose(moved[:, PAST : PAST + 12], np.log(1.1))
    assert_allclose(moved[:, PAST + 12], 2 * np.log(1.1))


def test_a_return_to_trend_takes_equal_parts_of_the_gap_off_and_stays():
    gap = np.log(np.array([[0.9], [1.2]]))
    paths, related = worlds(np.repeat(gap, PAST + AHEAD, axis=1))
    level = related.log_levels[0] + related.moved(nation(returns_to_trend_by=ORIGIN + 4), paths)
    assert_allclose(level[:, PAST : PAST + 4], gap * np.array([0.75, 0.5, 0.25, 0.0]), atol=1e-12)
    assert_allclose(level[:, PAST + 4 :], 0.0, atol=1e-12)


def test_each_path_moves_by_its_own_elasticity_and_keeps_its_past():
    paths, related = worlds(np.zeros((3, PAST + AHEAD)), np.array([0.0, 1.0, -2.0]))
    found = apply(paths, Scenario("s", assumed=(nation(holds_at_pct=10.0),)), related)
    assert_allclose(found.values[:, :PAST], 100.0)
    assert_allclose(found.values[:, PAST], [100.0, 110.0, 100.0 / 1.1**2])
    with_shock = apply(
        paths, Scenario("s", (Shock(ORIGIN + 1, -8.0),), assumed=(nation(holds_at_pct=10.0),)), related
    )
    assert_allclose(with_shock.future, 0.92 * found.future)


def test_plausibility_is_the_share_of_outcomes_as_far_from_the_mean():
    """Closed form: a level one standard deviation above its mean is as far as 31.7 % of a Gaussian."""
    n, sd = 200_000, 0.03
    level = np.zeros((n, PAST + AHEAD))
    level[:, PAST:] = np.random.default_rng(2).normal(0.01, sd, (n, 1))
    paths, related = worlds(level)
    asked = 100 * np.expm1(0.01 + sd)
    for said in (nation(yoy_pct=((ORIGIN + 3, asked), (ORIGIN + 9, asked))), nation(holds_at_pct=asked)):
        found = plausibility(paths, Scenario("s", assumed=(said,)), related)
        assert_allclose(found, 0.3173, atol=4 * np.sqrt(0.3173 * 0.6827 / n))
    assert plausibility(paths, Scenario("s"), None) is None


BETA, OWN, SHARED = 1.5, 0.02, 0.015


def together(
    k: int, m: int, n: int, rng: np.random.Generator
) -> tuple[History, dict[str, np.ndarray], Paths]:
    """Random walks x = 1.5·r + own with Gaussian steps, k histories of m months and n true futures of x."""
    r = np.cumsum(rng.normal(0, SHARED, (k, m)), axis=1)
    x = BETA * r + np.cumsum(rng.normal(0, OWN, (k, m)), axis=1)
    months = pd.period_range(end=ORIGIN, periods=m, freq="M")
    history = History(months, 100 * np.exp(x), np.zeros((k, m + AHEAD)), np.zeros(m, dtype=bool), "x")
    steps = rng.normal(0, np.hypot(BETA * SHARED, OWN), (n, AHEAD))
    draw = np.arange(n) % k
    future = history.values[draw, -1:] * np.exp(np.cumsum(steps, axis=1))
    values = np.concatenate([history.values[draw, -PAST:], future], axis=1)
    span = pd.period_range(months[-PAST], periods=PAST + AHEAD, freq="M")
    return history, {"r": r}, Paths(span, ORIGIN, values, np.full(n, 1 / n), draw, np.full(n, "m"))


@pytest.fixture(scope="module")
def gaussian():
    """The related series of 40 histories of 40 years, on 20,000 paths."""
    history, known, pool = together(40, 480, 20_000, np.random.default_rng(3))
    return history, pool, related_paths(known, history, pool, np.random.default_rng(4))


def test_a_related_series_goes_on_from_its_own_past_and_moves_with_the_target_as_it_did(gaussian):
    history, pool, related = gaussian
    level = related.log_levels[0]
    x = np.log(pool.values)
    dx, dr = x[:, PAST + 11] - x[:, PAST - 1], level[:, PAST + 11] - level[:, PAST - 1]
    # true: corr = β·s_r/s_x. 480 months hold 40 years, 40 histories 1,600: 4 standard errors of a correlation, 0.06
    assert_allclose(np.corrcoef(dx, dr)[0, 1], BETA * SHARED / np.hypot(BETA * SHARED, OWN), atol=0.06)
    assert_allclose(dr.std(), SHARED * np.sqrt(12), rtol=0.06)


def test_the_elasticity_is_that_of_the_regression_with_its_error(gaussian):
    """True slope 1.5; over 480 months of 12-month growth its standard error is (own/shared)·√(12·2/3/480) = 0.17."""
    _, pool, related = gaussian
    each = related.elasticity[0][np.unique(pool.draw, return_index=True)[1]]
    assert_allclose(each.mean(), BETA, atol=4 * 0.17 * np.sqrt(2 / 40))
    # spread: between histories and within each, √2 of one; the deviation of 40 has 11 % error
    assert_allclose(each.std(), 0.17 * np.sqrt(2), rtol=0.45)


def test_an_assumed_path_gives_the_conditional_mean_and_spread_of_gaussian_walks(gaussian):
    """x_12 given r_12: mean x_0 + β·(r_12 − r_0), deviation own·√12 (Waggoner & Zha 1999, hard conditions)."""
    _, pool, related = gaussian
    said = Assumed("r", yoy_pct=((ORIGIN + 12, 10.0),))
    found = apply(pool, Scenario("s", assumed=(said,)), related)
    grown = np.log(found.values[:, PAST + 11] / found.values[:, PAST - 1])
    # the slope's own error, 0.24 by path, adds 0.24·|log 1.1 − r| to a deviation of 0.069
    assert_allclose(
        grown.mean(), BETA * np.log(1.1), atol=4 * 0.24 * np.log(1.1) / np.sqrt(40) + 4 * 0.07 / np.sqrt(1600)
    )
    assert_allclose(
        grown.std(), np.hypot(OWN * np.sqrt(12), 0.24 * np.hypot(np.log(1.1), SHARED * np.sqrt(12))), rtol=0.1
    )
    assert grown.std() < 0.8 * np.log(pool.values[:, PAST + 11] / pool.values[:, PAST - 1]).std()


def test_two_series_at_once_share_what_they_explain():
    """Two regressions would count what r and a noisy copy share twice; one gives the copy a slope of 0."""
    rng = np.random.default_rng(5)
    history, known, pool = together(40, 480, 400, rng)
    known["noise"] = np.cumsum(rng.normal(0, SHARED, known["r"].shape), axis=1) + known["r"]
    slopes = related_paths(known, history, pool, rng).elasticity[:, :40].mean(axis=1)
    assert_allclose(slopes, [BETA, 0.0], atol=4 * 0.24 * np.sqrt(4 / 40))


def test_too_few_months_in_common_are_refused():
    history, known, pool = together(2, 60, 400, np.random.default_rng(6))
    known["r"][:, :30] = np.nan
    with pytest.raises(
        RefusedError, match=r"r: 18 yearly growth rates beside x up to 2024-04 are too few"
    ) as caught:
        related_paths(known, history, pool, np.random.default_rng(7))
    assert (caught.value.code, caught.value.values) == ("unlearned", (18, 24))


WEAK = Scenario("weak", (Shock(month("2024-07"), -8.0, 6.0),))
STRONG = Scenario(
    "strong", assumed=(Assumed("vietnam_total", yoy_pct=((month("2024-06"), 8.0), (month("2024-12"), 12.0))),)
)
BOTH = replace(
    STRONG, name="both", shocks=WEAK.shocks, conditions=(Condition(2025, growth_at_least_pct=4.0),)
)
PLAN = Plan(
    horizon=24,
    models=("noisy_walk", "random_walk_drift_block"),
    paths=2_000,
    draws=20,
    scenarios=(WEAK, STRONG, BOTH),
)
LABELS = {name: {"en": name} for name in ("baseline", "weak", "strong", "both")}


@pytest.fixture(scope="module")
def data() -> FigureData:
    read = figures.read(REPO / "configs/data/vietnam_published_figures.csv")
    return FigureData(read, ("bac_ninh", "total"), (("vietnam", "total"),), pd.Timestamp("2024-05-20"))


@pytest.fixture(scope="module")
def found(data):
    return estimate(data, PLAN, 7)


def test_a_nation_that_grows_faster_brings_the_province_back_earlier(found):
    rows = {row.name: row for row in scenarios(found, LABELS)}
    assert rows["strong"].p_within_12 > rows["baseline"].p_within_12
    assert (
        rows["both"].p_within_12 < rows["strong"].p_within_12
    )  # weak orders cost more than 4 % in 2025 gives
    assert 0.0 < rows["both"].plausibility < rows["strong"].plausibility < 1.0
    june, december = rows["strong"].assumed
    assert (str(june.month), str(december.month)) == ("2024-06", "2024-12")
    assert_allclose([june.assumed_pct, december.assumed_pct], [8.0, 12.0])
    assert june.lower_80 < june.expected_pct < 8.0 < june.upper_80
    assert june.elasticity_lower < june.elasticity < june.elasticity_upper


def test_adding_an_assumed_path_changes_no_number_of_the_others(found, data):
    fewer = estimate(data, replace(PLAN, scenarios=(STRONG,)), 7)
    ours = {row.name: row for row in scenarios(found, LABELS)}
    alone = {row.name: row for row in scenarios(fewer, LABELS)}
    assert alone == {name: ours[name] for name in ("baseline", "strong")}
    assert_array_equal(fewer.paths.values, found.paths.values)


def test_a_level_target_may_assume_paths_of_its_panel():
    y = series.sample("elec_equip")
    noise = np.random.default_rng(8).normal(0, 0.01, len(y))
    panel = pd.DataFrame({"twin": y * np.exp(noise)}, index=y.index)
    plan = replace(
        PLAN,
        scenarios=tuple(Scenario(str(g), assumed=(Assumed("twin", holds_at_pct=g),)) for g in (-5.0, 40.0)),
    )
    found = estimate(LevelData(y, "e", pd.Timestamp("2009-12-31"), panel=panel), plan, 1)
    low, high = (
        row.p_within_12 for row in scenarios(found, {n: {} for n in ("baseline", "-5.0", "40.0")})[1:]
    )
    assert low < 0.1 < 0.5 < high
    related = found.scenarios[0].related
    assert_allclose(np.median(related.elasticity), 1.0, atol=0.1)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (Scenario("s", (Shock(ORIGIN, -5.0),)), "shock starts in 2024-04; it must lie after the origin 2024-04"),
        (Scenario("s", assumed=(nation(yoy_pct=((ORIGIN - 1, 5.0),)),)),
         "the path of nation_total names 2024-03; it must lie after the origin 2024-04"),
        (Scenario("s", assumed=(nation(returns_to_trend_by=ORIGIN),)), "the path of nation_total names 2024-04;"),
        (Scenario("s", assumed=(Assumed("nation_totl", holds_at_pct=1.0),)),
         'no path can be assumed of "nation_totl"; did you mean "nation_total"?'),
        (Scenario("s", conditions=(Condition(2023, growth_pct=1.0),)), "the year is over by the origin 2024-04"),
        (Scenario("s", conditions=(Condition(month=ORIGIN, yoy_pct=1.0),)), "the month must lie after the origin"),
        (Scenario("s", conditions=(Condition(2050, growth_pct=1.0),)), "do not hold 2049 and 2050"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_one_line(said: Scenario, problem: str):
    paths, related = worlds(np.zeros((2, PAST + AHEAD)))
    found = problems(said, paths.months, ORIGIN, paths.horizon, related.names)
    assert len(found) == 1
    assert found[0].startswith("scenario s: ")
    assert problem in found[0]
    with pytest.raises(ConfigError, match="scenario s: "):
        apply(paths, said, related)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: Scenario("s", conditions=(Condition(2024, growth_pct=3.0), Condition(2024, growth_pct=5.0))),
         "scenario s: growth of 2024 3 % contradicts growth of 2024 5 %; keep one of them"),
        (lambda: Scenario("s", conditions=(Condition(2024, growth_at_least_pct=5.0), Condition(2024, growth_pct=3.0))),
         "growth of 2024 at least 5 % contradicts growth of 2024 3 %"),
        (lambda: Scenario("s", assumed=(nation(holds_at_pct=1.0), nation(holds_at_pct=2.0))),
         "two paths of nation_total are assumed"),
        (lambda: nation(), "says one thing: yoy_pct, holds_at_pct or returns_to_trend_by"),
        (lambda: nation(holds_at_pct=-100.0), "growth of nation_total must be above −100 %"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_said(make, problem: str):
    with pytest.raises(ConfigError, match=problem):
        make()


def test_statements_that_can_hold_together_are_no_contradiction():
    said = (
        Condition(2024, growth_at_least_pct=3.0), Condition(2024, growth_at_least_pct=5.0),
        Condition(2024, growth_pct=6.0), Condition(2025, growth_pct=2.0), Condition(month=ORIGIN + 3, yoy_pct=3.0),
        Condition(month=ORIGIN + 3, level_at_least=90.0),
    )  # fmt: skip
    assert Scenario("s", conditions=said).conditions == said
