"""What is done about indicators that are not as they should be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.nowcast import Indicator, Note, NowcastSpec, Panel, nowcasted
from forecast.nowcast.growth import growth_table, usable
from forecast.parallel import generator
from tests.nowcast import samples

DAY = pd.Timestamp("2017-07-03")  # the last month is over, the target ends a month before
SPEC = NowcastSpec(paths=30, models=("bridge", "lags"))


def answered(given: Panel, table: pd.DataFrame):
    return nowcasted(given, samples.history(table["target"], "2017-05"), DAY, SPEC, generator(3))


def spoiled(kind: str, values: pd.Series) -> pd.Series:
    out = values.copy()
    match kind:
        case "stopped":
            out["2016-06":] = np.nan
        case "starts_late":
            out[:"2014-01"] = np.nan
        case "constant":
            out[:] = 7.0
        case "sign":
            out["2012-03"] = -out["2012-03"]
        case "season":
            out[:"2015-12"] = np.nan
    return out


@pytest.mark.parametrize(
    ("kind", "month"),
    [("stopped", "2016-05"), ("starts_late", "2014-03"), ("constant", ""), ("sign", "2012-03")],
)
def test_what_cannot_be_used_as_it_is_is_told(kind: str, month: str):
    table = samples.levels(samples.growth(1))
    given = samples.panel(table)
    made = answered(samples.changed(given, "x3", spoiled(kind, table["x3"])), table)
    assert made.notes == (Note("x3", kind, month),)
    assert ("x3" in made.fits["lags"].columns) == (kind == "sign")
    assert np.isfinite(made.paths.values).all()


def test_a_series_left_out_is_as_if_it_had_never_been_there():
    table = samples.levels(samples.growth(1))
    given = samples.panel(table)
    without = Panel(given.table.drop(columns="x3"), tuple(i for i in given.indicators if i.name != "x3"))
    stopped = answered(samples.changed(given, "x3", spoiled("stopped", table["x3"])), table)
    assert (stopped.paths.values == answered(without, table).paths.values).all()


@pytest.mark.parametrize("factor", [10.0, 1000.0, 0.01])
def test_a_change_of_unit_costs_one_month_of_growth(factor: float):
    table = samples.levels(samples.growth(1))
    months = pd.PeriodIndex(table.index)
    given = samples.panel(table)
    other = table["x1"].where(months < pd.Period("2013-04", "M"), table["x1"] * factor)
    clean, _ = growth_table(given, months)
    mended, told = growth_table(samples.changed(given, "x1", other), months)
    assert told == (Note("x1", "unit", "2013-04"),)
    assert np.isnan(mended.loc["2013-04", "x1"])
    clean.loc["2013-04", "x1"] = np.nan
    assert_allclose(mended, clean, atol=1e-9)


def test_a_month_ten_times_too_high_is_no_change_of_unit():
    table = samples.levels(samples.growth(1))
    table.loc["2013-04", "x1"] *= 10.0
    _, told = growth_table(samples.panel(table), pd.PeriodIndex(table.index))
    assert told == ()


def test_season_is_taken_off_first():
    table = samples.levels(samples.growth(1, noise=0.2))
    months = pd.PeriodIndex(table.index)
    season = np.exp(0.1 * np.sin(2 * np.pi * np.asarray(months.month) / 12))
    given = samples.panel(table)
    seasonal = replace(
        samples.changed(given, "x0", table["x0"] * season),
        indicators=(replace(given.indicators[0], seasonally_adjusted=False), *given.indicators[1:]),
    )
    plain, _ = growth_table(samples.changed(seasonal, "x0", table["x0"]), months)
    taken_off, _ = growth_table(seasonal, months)
    assert_allclose(taken_off["x0"], plain["x0"], atol=1e-9)


def test_too_short_for_a_season_is_told():
    table = samples.levels(samples.growth(1))
    given = samples.panel(samples.changed(samples.panel(table), "x0", spoiled("season", table["x0"])).table)
    given = replace(given, indicators=(Indicator("x0", 1, seasonally_adjusted=False), *given.indicators[1:]))
    growth, told = growth_table(given, pd.PeriodIndex(table.index))
    assert told == (Note("x0", "season"),)
    assert growth["x0"].isna().all()


def test_an_unadjusted_quarterly_series_is_left_out():
    table = samples.levels(samples.growth(1))
    given = samples.panel(table)
    quarterly = Indicator("x0", 30, quarterly=True, seasonally_adjusted=False)
    growth, told = growth_table(
        replace(given, indicators=(quarterly, *given.indicators[1:])), pd.PeriodIndex(table.index)
    )
    assert told == (Note("x0", "season"),)
    assert growth["x0"].isna().all()


def test_transformations_by_hand():
    months = pd.period_range("2020-01", periods=7, freq="M")
    table = pd.DataFrame({"a": [1.0, 2, 4, 8, 8, 8, 8], "b": [3.0, 5, 4, 4, 4, 4, 4], "c": range(7)}, months)
    table["q"] = [np.nan, np.nan, 100.0, np.nan, np.nan, 110.0, np.nan]
    given = Panel(
        table,
        (
            Indicator("a"),
            Indicator("b", 0, "difference"),
            Indicator("c", 0, "none"),
            Indicator("q", quarterly=True),
        ),
    )
    growth, _ = growth_table(given, months)
    assert_allclose(growth["a"].iloc[:5], [np.nan, *[100 * np.log(2)] * 3, 0.0])
    assert_allclose(growth["b"].iloc[:4], [np.nan, 2, -1, 0])
    assert_allclose(growth["c"], range(7))
    assert_allclose(growth["q"].dropna(), [100 * np.log(1.1)])
    assert growth["q"].dropna().index[0] == months[5]


def test_a_quarterly_series_has_not_stopped_between_its_quarters():
    months = pd.period_range("2000-01", periods=120, freq="M")
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {"q": np.where(np.asarray(months.month) % 3 == 0, rng.lognormal(size=120), np.nan)}, months
    )
    given = Panel(table, (Indicator("q", 45, quarterly=True),))
    growth, _ = growth_table(given, months)
    kept, told = usable(growth, given, 120, months[-1] + 6)
    assert (kept, told) == (["q"], [])
    kept, told = usable(growth, given, 120, months[-1] + 12)
    assert (kept, told) == ([], [Note("q", "stopped", "2009-12")])


def test_an_indicator_has_stopped_half_a_year_after_its_next_month_was_due():
    months = pd.period_range("2010-01", periods=120, freq="M")
    given = Panel(pd.DataFrame({"x": np.arange(120.0) ** 1.1}, months), (Indicator("x", 35, "difference"),))
    growth, _ = growth_table(given, months)
    for months_back, used in ((9, ["x"]), (10, [])):  # the next month, two for a delay of 35 days, and six
        assert usable(growth, given, 120, months[-1] + months_back)[0] == used
