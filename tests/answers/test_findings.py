"""The answer without the newest figures in doubt, against the question asked anew without them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast import figures, series
from forecast.answers.findings import _left_out, rows, without
from forecast.answers.onset import begun_by
from forecast.estimate import FigureData, LevelData, Plan, estimate
from forecast.normal import NormalSpec
from forecast.nowcast import Indicator, Panel
from forecast.slump import SlumpSpec
from forecast.tables import Finding

PLAN = Plan(
    horizon=20, models=("noisy_walk",), paths=200, slump=SlumpSpec(start=pd.Period("2008-11", "M"), window=2),
    normal=NormalSpec("target", level=101.0),
)  # fmt: skip


def test_both_answers_stand_beside_each_other_by_the_same_month():
    y = series.sample("elec_equip")["2001":"2010-06"]
    data = LevelData(y, "euro", pd.Timestamp("2010-06-30"))
    level = float(y.iloc[-1])
    odd = Finding(
        "implausible", "x.csv:9", "odd", "euro", ("2010-06",), figures=(("level", "2010-06", level),)
    )
    old = replace(odd, months=("2003-02",), figures=(("level", "2003-02", 80.0),))
    now = estimate(data, PLAN, 3)
    told = without(data, now, (old, odd), 3)
    assert told is not None
    then = estimate(replace(data, y=y.where(y.index < pd.Period("2010-06", "M"), np.nan)), PLAN, 3)
    kind = PLAN.normal.kind
    assert 0.4 < told.now < told.without < 0.7  # far from what no path says
    assert [(measure, str(month)) for measure, month, _ in told.figures] == [("level", "2010-06")]
    assert (str(told.origin), str(told.by)) == ("2010-05", "2011-06")
    assert [told.now, told.without] == pytest.approx([now.recovery[kind].by(12), then.recovery[kind].by(13)])
    assert (told.median_now, told.median_without) == (now.recovery[kind].median, then.recovery[kind].median)
    assert (told.slump_now, told.slump_without) == (now.slump.under_way, then.slump.under_way)
    assert [row.doubt for row in rows((old, odd), now.history.origin, "euro")] == [True, False]
    assert without(data, now, (old,), 3) is None
    both = replace(odd, months=("2003-02", "2010-06"), figures=(*old.figures, *odd.figures))
    left = _left_out(data, (both,), now.history.origin).y  # of what they contradict only the newest goes
    assert [str(month) for month in left.index[left.isna()]] == ["2010-06"]


def test_where_nothing_slumps_both_chances_are_those_of_a_slump():
    y = series.sample("elec_equip")["2001":"2008-09"]
    data = LevelData(y, "euro", pd.Timestamp("2008-09-30"))
    level = float(y.iloc[-1])
    odd = Finding(
        "implausible", "x.csv:9", "odd", "euro", ("2008-09",), figures=(("level", "2008-09", level),)
    )
    plan = replace(PLAN, slump=SlumpSpec())
    now = estimate(data, plan, 3)
    then = estimate(replace(data, y=y.where(y.index < pd.Period("2008-09", "M"), np.nan)), plan, 3)
    told = without(data, now, (odd,), 3)
    assert told is not None
    assert (told.slump_now, told.slump_without) == (False, False)
    assert [told.now, told.without] == pytest.approx([begun_by(now, told.by), begun_by(then, told.by)])
    short = replace(data, y=y["2003-06":])
    assert without(short, estimate(short, plan, 3), (odd,), 3) is None


def test_of_published_figures_only_those_of_the_finding_are_left_out():
    rows = [
        (region, month, measure, value, f"2024-0{month[-1]}-28")
        for region, measure, value in (
            ("here", "yoy_pct", 5.0),
            ("here", "mom_pct", 5.0),
            ("there", "yoy_pct", 5.0),
        )
        for month in ("2024-03", "2024-04")
    ]
    table = pd.DataFrame(
        [*rows, ("here", "2024-04", "yoy_pct", 6.0, "2024-05-28")],
        columns=["region", "period", "measure", "value", "published"],
    )
    read = figures.from_table(table.assign(sector="total", source="office"))
    data = FigureData(read, ("here", "total"), (), pd.Timestamp("2024-05-31"))
    odd = Finding(
        "implausible", "x.csv:9", "odd", "here_total", ("2024-04",), figures=(("yoy_pct", "2024-04", 5.0),)
    )
    left = _left_out(data, [odd], pd.Period("2024-04", "M"))
    gone = [row for row in read.rows() if row not in left.figures.rows()]
    assert [(row.region, str(row.period), row.measure, row.value) for row in gone] == [
        ("here", "2024-04", "yoy_pct", 5.0)
    ]
    assert len(left.figures.table) == 6


def test_of_levels_each_series_loses_the_months_in_doubt_of_it_alone():
    """An indicator may have the target's name, and a like series has its own."""
    months = pd.period_range("2012-01", periods=6, freq="M")
    y = pd.Series(100.0, months)
    beside = pd.DataFrame({"euro": 100.0, "like": 90.0}, months)
    panel = Panel(
        pd.DataFrame({"euro": 50.0, "other": 5.0}, months), (Indicator("euro"), Indicator("other", 5))
    )
    data = LevelData(y, "euro", pd.Timestamp("2012-06-30"), panel=beside, indicators=(panel,))

    def odd(name: str, month: str, measure: str) -> Finding:
        return Finding("implausible", "", "", name, (month,), figures=((measure, month, 1.0),))

    doubts = [
        odd("column", "2012-06", "level"),
        odd("like", "2012-05", "level"),
        odd("euro", "2012-04", "indicator"),
    ]
    left = _left_out(data, doubts, months[-1])
    assert left.panel is not None
    gone = {
        "target": left.y, "like": left.panel["like"], "own": left.panel["euro"],
        **{name: left.indicators[0].as_of(data.as_of).table[name] for name in ("euro", "other")},
    }  # fmt: skip
    assert {name: [str(m) for m in of.index[of.isna()]] for name, of in gone.items()} == {
        "target": ["2012-06"], "like": ["2012-05"], "own": [], "euro": ["2012-04"], "other": ["2012-06"],
    }  # fmt: skip
