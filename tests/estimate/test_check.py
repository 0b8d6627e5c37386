"""What a question cannot ask at an origin is said before any work."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from forecast.backtest import Origins
from forecast.errors import ConfigError
from forecast.estimate import Plan, of_level
from forecast.estimate.what_if import check
from forecast.scenario import Definition, Judgement, Scenario
from forecast.slump import SlumpSpec
from forecast.targets import AnnualTarget

ORIGIN = pd.Period("2024-04", "M")


def asked(year: int, last: str = "2026-12") -> None:
    plan = Plan(annual_targets=(AnnualTarget(year, 5.0),))
    check(plan, pd.period_range("2020-01", last, freq="M"), ORIGIN, ())


@pytest.mark.parametrize(("year", "last"), [(2026, "2026-12"), (2025, "2026-11"), (2024, "2026-12")])
def test_a_target_of_a_year_that_is_followed_to_its_december_is_answered(year: int, last: str) -> None:
    asked(year, last)


@pytest.mark.parametrize(
    ("year", "last", "said"),
    [
        (2026, "2026-11", "2026 is not followed to its end"),
        (2027, "2026-12", "2027 is not followed to its end"),
        (2023, "2026-12", "2023 is over by the origin 2024-04"),
    ],
)
def test_a_target_of_a_year_over_or_cut_off_is_refused(year: int, last: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        asked(year, last)


def test_a_slump_may_be_given_that_starts_in_the_newest_month_and_no_later() -> None:
    months = pd.period_range("2020-01", "2026-12", freq="M")
    check(Plan(slump=SlumpSpec(start=ORIGIN)), months, ORIGIN, ())
    with pytest.raises(ConfigError, match=r"slump.start 2024-05 lies after the origin"):
        check(Plan(slump=SlumpSpec(start=ORIGIN + 1)), months, ORIGIN, ())


def test_a_return_is_judged_by_a_month_within_the_horizon_and_no_later() -> None:
    """A path that returns after the horizon is not told from one that never does, though the paths go on."""
    within, beyond = (
        Plan(horizon=12, scenarios=(Scenario("mine", judgements=(Judgement(ORIGIN + h, 40.0),)),))
        for h in (12, 13)
    )
    months = pd.period_range(ORIGIN - 23, ORIGIN + within.span, freq="M")
    check(within, months, ORIGIN, ())
    said = (
        "scenario mine: judgement speaks of 2025-05; it must lie after the origin 2024-04, up to 2025-04, "
        "the end of the horizon"
    )
    with pytest.raises(ConfigError, match=f"^{said}$"):
        check(beyond, months, ORIGIN, ())
    assert months[-1] >= ORIGIN + 13


def test_a_scenario_takes_a_normal_that_the_question_compares_and_no_other() -> None:
    months = pd.period_range("2020-01", "2026-12", freq="M")
    compared, other = (
        Plan(scenarios=(Scenario("other", definition=Definition(kind)),)) for kind in ("trend", "target")
    )
    check(compared, months, ORIGIN, ())
    with pytest.raises(ConfigError, match='scenario other: normal "target" is not compared by this question'):
        check(other, months, ORIGIN, ())


def test_levels_in_memory_are_all_published() -> None:
    y = pd.Series([100.0, 101.5, 99.0], pd.period_range("2024-02", periods=3, freq="M"), name="iip")
    data = of_level(y)
    assert (data.name, data.as_of) == ("iip", pd.Timestamp("2024-04-30"))
    assert data.known.tolist() == y.tolist()


def test_a_choice_of_another_kind_is_named_before_anything_is_reckoned() -> None:
    wrong: dict[str, Any] = {"normal": "trend", "country": 3, "scenarios": "slow"}
    with pytest.raises(ConfigError) as refused:
        Plan(**wrong)
    assert refused.value.problems == (
        "Plan: country: expected a text or None, found 3",
        "Plan: normal: expected forecast.normal.NormalSpec, found 'trend'",
        "Plan: scenarios: expected list of (forecast.scenario.statements.Scenario), found 'slow'",
    )
    months: Any = "2024-01"
    with pytest.raises(ConfigError, match="SlumpSpec: start: expected Period or None, found '2024-01'"):
        SlumpSpec(start=months)
    after: Any = 6
    with pytest.raises(
        ConfigError, match=r"Origins: after_start: expected list of \(a whole number\), found 6"
    ):
        Origins(after_start=after)
