"""The second seasonal adjustment of a report: its gap by the definition, by hand, and what it says without X-13."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import adjust, calendar, series
from forecast.adjust import X13, Stl
from forecast.answers.adjustment import adjustment
from forecast.estimate import LevelData, Plan, estimate
from forecast.outcome import Adjustment, OutlierMonth
from forecast.report.chapters import adjustment as chapter
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]
PLAN = Plan(horizon=12, models=("random_walk_drift",), paths=200)


@pytest.fixture(scope="module")
def found():
    return estimate(LevelData(series.sample("elec_equip"), "euro", pd.Timestamp("2009-12-31")), PLAN, 1)


@pytest.mark.parametrize(("method", "spec"), [("stl", Stl()), ("x13", X13())])
def test_the_gap_is_that_of_the_adjusted_level(found, method, spec):
    if method == "x13" and not adjust.x13_available():
        pytest.skip("X-13 is not on this machine")
    y = pd.Series(found.history.values[0], index=found.history.months)
    level = adjust.adjust(y, spec, y.index).adjusted
    slump = found.slump
    peak = np.log(level[slump.peak_from : slump.peak_to]).mean()
    told = adjustment(found, method)
    assert told is not None
    assert_allclose(told.gap_pct, 100 * np.expm1(np.log(level[-slump.window :]).mean() - peak), rtol=1e-9)
    assert_allclose(told.months[-1].level_pct, 100 * level.iloc[-1] / np.exp(peak), rtol=1e-9)
    assert [row.month for row in told.months] == list(y.index[-13:])


def test_without_a_slump_there_is_no_gap_to_compare(found):
    calm = replace(found, slump=replace(found.slump, under_way=False))
    assert adjustment(calm, "stl") is None


def test_where_x13_is_missing_the_report_says_that_stl_stood_in(found, monkeypatch):
    monkeypatch.setattr(adjust, "x13_available", lambda: False)
    told = adjustment(found, "x13")
    assert told is not None
    assert told.method == "stl"
    assert "X-13 is not available on this platform" in chapter.told(told, 3, EN)
    assert "không có X-13" in chapter.told(told, 3, VI)


def test_what_x13_treats_as_an_outlier_is_told_by_kind_and_month(found, monkeypatch):
    y = pd.Series(found.history.values[0], index=found.history.months)
    outliers = tuple(adjust.Outlier.parse(name) for name in ("LS2009.Jan", "AO2008.Apr", "TC2009.Mar"))
    by_stl = adjust.adjust(y, Stl(), y.index)
    monkeypatch.setattr(
        "forecast.answers.adjustment.adjust",
        lambda *_: replace(
            by_stl, method="x13", static_spec=X13(model=((0, 1, 1), (0, 1, 1))), outliers=outliers
        ),
    )
    told = adjustment(found, "x13")
    assert told is not None
    assert told.outliers == (
        OutlierMonth("LS", "2009-01"),
        OutlierMonth("AO", "2008-04"),
        OutlierMonth("TC", "2009-03"),
    )
    assert chapter.told(told, 3, EN).endswith(
        "outliers: level shift from January 2009, single month April 2008, temporary change from March 2009."
    )
    assert chapter.told(told, 3, VI).endswith(
        "quan sát bất thường: thay đổi mức từ tháng 1/2009, riêng tháng 4/2008, biến động tạm thời từ tháng 3/2009."
    )


def test_the_calendar_of_the_adjustment_is_told_in_words():
    names = tuple(calendar.regressors(pd.period_range("2020-01", "2020-12", freq="M"), "VN").columns)
    told = Adjustment("x13", "(0,1,1)(0,1,1)12", names, (), (), -10.0, -11.0, ())
    assert "calendar: working days, leap year, days before Tết, days of Tết, days after Tết;" in chapter.told(
        told, 3, EN
    )
    assert "_" not in chapter.told(told, 3, VI)


def test_the_report_shows_both_gaps_and_what_was_chosen(found):
    told = adjustment(found, "stl")
    assert told is not None
    shown = replace(told, method="x13", model="(0,1,1)(0,1,1)12", gap_pct=-23.9, builtin_gap_pct=-24.4)
    assert chapter.told(shown, 3, EN) == (
        "By X-13 the mean of the last 3 months lies −24% from the pre-slump peak; by the built-in profile, which "
        "dates the slump and the return, −24%. X-13 chose the model (0,1,1)(0,1,1)12; calendar: none; outliers: none."
    )
    outcome = replace(sample.usual(), adjustment=shown)
    assert EN.text["adjusted.title"] in str(compose(outcome, EN).blocks)
    (group,) = sample.tables(chapter.section(outcome, VI))[0].groups
    assert [row[0] for row in group.rows] == ["X-13", "Tích hợp"]
    assert EN.text["adjusted.title"] not in str(compose(sample.usual(), EN).blocks)


def test_a_month_that_is_not_published_is_a_gap_to_the_second_method_too():
    y = series.sample("elec_equip").copy()
    y["2009-10"] = np.nan
    holed = estimate(LevelData(y, "euro", pd.Timestamp("2009-12-31")), PLAN, 1)
    told = adjustment(holed, "stl")
    assert told is not None
    level = adjust.adjust(y[:"2009-12"], Stl(), y[:"2009-12"].index).adjusted
    peak = np.log(level[holed.slump.peak_from : holed.slump.peak_to]).mean()
    assert_allclose(told.months[-1].level_pct, 100 * level.iloc[-1] / np.exp(peak), rtol=1e-9)
    (hole,) = (row for row in told.months if str(row.month) == "2009-10")
    assert (hole.level_pct, hole.builtin_pct) == (None, None)
