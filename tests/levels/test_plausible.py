"""Newest figures: what the others of their series say of them, slips seen and true figures left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import figures
from forecast.figures import Figures, from_table
from forecast.levels import judge
from forecast.levels.leave_out import MEMORY
from forecast.tables import Finding
from tests.levels.synthetic import level, rows, span

VIETNAM = Path(__file__).parents[2] / "configs" / "data" / "vietnam_published_figures.csv"
SEED = 7
HERE, LAST = ("here", "total"), pd.Period("2024-12", "M")


@pytest.fixture(scope="module")
def vietnam() -> Figures:
    return figures.read(VIETNAM)


def printed(measures: tuple[str, ...] = ("yoy_pct", "ytd_yoy_pct", "mom_pct")) -> pd.DataFrame:
    y = level(span("2021-01", "2024-12"), np.random.default_rng(SEED))
    return rows(y, measures, delay_days=10)


def with_value(table: pd.DataFrame, measure: str, value: float, half_unit: float = 0.05) -> Figures:
    """The figures with another value of the last month."""
    out = table.copy()
    at = (out["measure"] == measure) & (out["period"] == LAST)
    out.loc[at, ["value", "half_unit"]] = value, half_unit
    return from_table(out, "a.csv")


def test_true_figures_are_left_alone() -> None:
    assert judge(from_table(printed()), HERE) == ()
    assert judge(from_table(printed(("yoy_pct",))), HERE) == ()
    assert judge(from_table(printed(("yoy_pct",)).tail(2)), HERE) == ()


def alone(measure: str) -> tuple[pd.DataFrame, float]:
    """The figures with one of the last month, so that nothing of its own month speaks against it, and its value."""
    table = printed()
    table = table[(table["period"] != LAST) | (table["measure"] == measure)]
    return table, float(table.loc[table["period"] == LAST, "value"].iloc[0])


@pytest.mark.parametrize(
    ("slip", "half_unit", "what"),
    [
        (lambda g: 10 * g, 0.5, "10 times too large"),
        (lambda g: 100 * g, 0.5, "100 times too large"),
        (lambda g: g / 10, 0.005, "10 times too small"),
        (lambda g: g / 100, 0.0005, "100 times too small"),
        (lambda g: 1 + g / 100, 0.0005, "a ratio"),
        (lambda g: 100 + g, 0.05, "a rate with its base as 100"),
    ],
)
def test_a_slip_of_the_last_month_is_seen_and_what_was_meant(slip, half_unit, what) -> None:
    table, true = alone("yoy_pct")
    assert true == 10.9
    (seen,) = judge(with_value(table, "yoy_pct", slip(true), half_unit), HERE)
    assert (seen.kind, seen.stops) == ("slip", True)
    assert f"seems to be {what}: 10.9 would fit" in seen.sentence
    assert (seen.months, seen.series) == (("2024-12",), "here_total")


def test_a_rate_that_lost_its_sign_is_told_with_the_value_that_would_fit() -> None:
    table, true = alone("yoy_pct")
    (seen,) = judge(with_value(table, "yoy_pct", -true), HERE)
    assert (seen.kind, seen.stops, seen.months) == ("implausible", False, ("2024-12",))
    assert (
        "here total: yoy_pct -10.9 of 2024-12 is implausible: 10.9 would fit; the other figures"
        in seen.sentence
    )
    assert judge(with_value(table, "yoy_pct", 0.5), HERE) == ()  # low, and no likelier with the other sign


def test_nothing_in_the_place_of_a_rate_is_told() -> None:
    (seen,) = judge(with_value(printed(), "yoy_pct", 0.0), HERE)
    assert (seen.kind, seen.stops) == ("implausible", False)
    assert (
        "yoy_pct 0 of 2024-12 is implausible: is it one that is not known?; the other figures"
        in seen.sentence
    )


def test_a_rate_that_stands_under_the_name_of_another_is_told_with_it() -> None:
    table = printed(("yoy_pct", "mom_pct"))
    of_last = table["period"] == LAST
    true = table[of_last].set_index("measure")["value"]
    other = {"yoy_pct": "mom_pct", "mom_pct": "yoy_pct"}
    over = table.assign(measure=table["measure"].mask(of_last, table["measure"].map(other)))
    (told,) = judge(from_table(over), HERE)
    assert told.figures == (("mom_pct", "2024-12", true["yoy_pct"]),)
    assert told.sentence.endswith(f"; changed over with yoy_pct {true['mom_pct']:g} both would fit")
    (wrong,) = judge(with_value(table, "mom_pct", true["mom_pct"] + 12), HERE)
    assert "changed over" not in wrong.sentence


@pytest.mark.parametrize("times", [10, 100])
def test_sums_over_the_year_are_judged_where_the_others_put_the_levels(times: int) -> None:
    table, true = alone("ytd_yoy_pct")
    (seen,) = judge(with_value(table, "ytd_yoy_pct", times * true, 0.5), HERE)
    assert f"{times} times too large: {true:g} would fit" in seen.sentence


def test_a_slip_does_not_put_others_in_doubt() -> None:
    table, true = alone("yoy_pct")
    clean = with_value(table, "yoy_pct", true)
    assert judge(clean, HERE) == ()
    assert [of.figures[0][0] for of in judge(with_value(table, "yoy_pct", 100 * true), HERE)] == ["yoy_pct"]


def test_a_figure_that_no_reading_explains_is_told_with_its_distance() -> None:
    table = printed()
    at = (table["measure"] == "yoy_pct") & (table["period"] == LAST)
    true = float(table.loc[at, "value"].iloc[0])
    (told,) = judge(with_value(table, "yoy_pct", true - 8), HERE)
    assert (told.kind, told.stops, told.unit) == ("implausible", False, "points")
    assert told.size == pytest.approx(-8, abs=0.5)


def test_what_is_older_than_the_newest_months_is_not_judged() -> None:
    table = printed(("yoy_pct",))
    for period, refused in (("2024-07", True), ("2024-06", False)):
        one = table.copy()
        one.loc[one["period"] == pd.Period(period, "M"), ["value", "half_unit"]] *= [100, 10]
        assert bool(stops(judge(from_table(one), HERE))) is refused
    assert MEMORY > 12


def test_a_level_among_figures_is_judged_as_a_level() -> None:
    table = printed(("index",))
    table["value"] = table["value"].where(table["period"] != LAST, 10 * table["value"])
    (seen,) = judge(from_table(table, "a.csv"), HERE)
    assert "index" in seen.sentence
    assert "10 times too large" in seen.sentence


def slipped(read: Figures, month: str, measure: str, value: float, new: float) -> Figures:
    table = read.table.copy()
    own = (table["region"] == "bac_ninh") & (table["sector"] == "total") & (table["measure"] == measure)
    at = own & (table["period"] == pd.Period(month, "M")) & (table["value"] == value)
    assert at.sum() == 1
    table.loc[at, ["value", "half_unit"]] = new, 0.5 * 10.0 ** -len(f"{new:g}".partition(".")[2])
    return replace(read, table=table)


def stops(found: tuple[Finding, ...]) -> list[str]:
    return [of.sentence for of in found if of.stops]


def test_the_slip_that_turned_the_headline_of_bac_ninh(vietnam: Figures) -> None:
    """Issue 18: 62.5 for a printed 6.25 turned 24 % into 54 %."""
    known = slipped(vietnam, "2024-04", "yoy_pct", 6.25, 62.5).as_of("2024-05-20")
    (said,) = stops(judge(known, ("bac_ninh", "total"), "VN", ("tet",)))
    assert said.startswith(
        "bac_ninh total: yoy_pct 62.5 of 2024-04 seems to be 10 times too large: 6.25 would be nearer"
    )


@pytest.mark.parametrize("day", ["2023-03-31", "2023-10-30", "2024-05-20", "2024-06-20", "2025-04-30"])
def test_no_shipped_figure_is_refused(vietnam: Figures, day: str) -> None:
    for name in (("bac_ninh", "total"), ("vietnam", "total")):
        assert stops(judge(vietnam.as_of(day), name, "VN", ("tet",))) == []


def test_the_true_fall_of_april_2020_is_no_slip(vietnam: Figures) -> None:
    for day in ("2020-04-30", "2020-05-31", "2020-06-30"):
        assert stops(judge(vietnam.as_of(day), ("vietnam", "total"), "VN", ("tet",))) == []


def test_what_is_nearer_and_would_not_fit_is_not_said_to_fit() -> None:
    table, _ = alone("yoy_pct")
    (said,) = stops(judge(with_value(table, "yoy_pct", 98.9), HERE))
    assert "a rate with its base as 100: -1.1 would be nearer; the other figures lead one to expect" in said


@pytest.mark.parametrize("code", [999.0, 9999.0])
def test_a_code_for_no_value_is_a_slip(vietnam: Figures, code: float) -> None:
    known = slipped(vietnam, "2024-04", "yoy_pct", 6.25, code).as_of("2024-05-20")
    (said,) = stops(judge(known, ("bac_ninh", "total"), "VN", ("tet",)))
    assert f"yoy_pct {code:g} of 2024-04 seems to be a code for one that is not known; the other" in said


def test_a_fall_that_has_its_decimal_point_is_told_and_not_refused() -> None:
    table, _ = alone("yoy_pct")
    (seen,) = judge(with_value(table, "yoy_pct", -77.0, 0.05), HERE)
    assert (seen.kind, seen.stops) == ("implausible", False)
    (seen,) = judge(with_value(table, "yoy_pct", -77.0, 0.5), HERE)
    assert "10 times too large: -7.7 would be nearer" in seen.sentence


@pytest.mark.parametrize(("fall", "rise"), [(-57.3, 133.5), (-66.6, 196.1)])
def test_the_fall_of_a_crisis_and_the_rise_a_year_later_are_no_slips(fall: float, rise: float) -> None:
    months, quiet = span("2016-01", "2020-03"), np.random.default_rng(SEED).normal(2.0, 2.0, 51).round(1)
    falls = pd.Series([*quiet, fall, -33.4, -16.6, -10.5, -7.1, 1.0, 4.5, -1.6, 2.2, -0.6, -3.2, 24.2, rise])
    table = pd.DataFrame({"region": "here", "sector": "total", "measure": "yoy_pct", "value": falls})
    table = table.assign(period=pd.period_range(months[0], periods=len(falls), freq="M"))
    table = table.assign(published=table["period"].dt.end_time.dt.normalize() + pd.Timedelta(days=20))
    for last in ("2020-04", "2020-05", "2020-07", "2021-04"):
        known = from_table(table[table["period"] <= pd.Period(last, "M")], "a.csv")
        assert stops(judge(known, HERE)) == [], last
