"""What is due next weighs what it then turns out to weigh."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose

from forecast.nowcast import NowcastSpec, due, news, nowcasted
from forecast.nowcast.panel import UNDATED
from forecast.parallel import generator
from tests.nowcast import samples

DAY, UNTIL = pd.Timestamp("2016-12-12"), pd.Timestamp("2016-12-31")


def made(table: pd.DataFrame, day: pd.Timestamp, **rest: object):
    given = samples.panel(table)
    target = samples.history(table["target"], "2016-09")
    return given, nowcasted(given, target, day, NowcastSpec(paths=3), generator(5), **rest)  # type: ignore[arg-type]


def test_the_next_releases_are_listed_by_day():
    given, now = made(samples.levels(samples.growth(1)), DAY)
    found = due(now, given, DAY, pd.Timestamp("2017-01-05"))
    assert found[["indicator", "month"]].to_numpy().tolist()[0] == ["x2", "2016-11"]
    assert dict(zip(found["indicator"], found["day"].astype(str), strict=True)) == {
        "x2": "2016-12-20",
        "x0": "2017-01-01",
        "x3": "2017-01-04",
        "x4": "2017-01-05",
        "x5": "2017-01-05",
    }
    assert list(found["indicator"][-2:]) == list(
        found[-2:].sort_values("effect", ascending=False)["indicator"]
    )
    assert_allclose(found["effect"], found["weight"].abs() * found["surprise"])
    nothing = due(now, given, DAY, DAY)
    assert len(nothing) == 0
    assert nothing.dtypes[["expected", "weight", "surprise", "effect"]].eq(float).all()


def test_no_day_is_told_of_what_a_store_will_hold_next():
    given, now = made(samples.levels(samples.growth(1)), DAY)
    undated = tuple(replace(one, release_lag_days=UNDATED) for one in given.indicators)
    early = pd.Timestamp("2016-10-20")  # a month before the end of a month to come
    assert len(due(now, given, early, UNTIL)) > 0
    assert len(due(now, replace(given, indicators=undated), early, UNTIL)) == 0


def test_its_weight_and_expectation_are_those_of_the_news_when_it_comes():
    table = samples.levels(samples.growth(1))
    given, now = made(table, DAY)
    found = due(now, given, DAY, UNTIL).set_index("indicator").loc["x2"]
    _, then = made(table, pd.Timestamp("2016-12-20"), fits=now.fits)
    rows = news(now, then).query("kind == 'release'")
    assert set(rows["indicator"]) == {"x2"}
    assert_allclose(found["expected"], rows["expected"].mean())
    assert_allclose(found["weight"], rows["weight"].sum() / 3.0)


def test_the_usual_surprise_of_white_growth_is_its_deviation():
    growth = samples.growth(1, months=400)
    rng = np.random.default_rng(7)
    growth[:, 3] = rng.normal(0.2, 2.5, 400)
    table = samples.levels(growth).iloc[-150:]
    table.index = pd.period_range(samples.START, periods=150, freq="M")
    given, now = made(table, DAY)
    surprise = due(now, given, DAY, UNTIL).set_index("indicator").loc["x2", "surprise"]
    assert abs(surprise - 2.5) < 4 * 2.5 / np.sqrt(2 * 140)


def test_a_quarter_is_due_three_months_after_the_last():
    table = samples.levels(samples.growth(1))
    given = samples.panel(table)
    months = pd.PeriodIndex(table.index)
    quarter = table["x2"].where(np.asarray(months.month) % 3 == 0)
    given = replace(
        samples.changed(given, "x2", quarter),
        indicators=tuple(replace(i, quarterly=i.name == "x2") for i in given.indicators),
    )
    now = nowcasted(
        given, samples.history(table["target"], "2016-09"), DAY, NowcastSpec(paths=3), generator(5)
    )
    assert "x2" in now.fits["factor"].columns
    assert "x2" not in now.fits["lags"].columns
    found = due(now, given, DAY, pd.Timestamp("2017-01-20")).set_index("indicator").loc["x2"]
    assert (found["month"], str(found["day"].date())) == ("2016-12", "2017-01-20")
    assert found["effect"] > 0.0


def test_an_indicator_that_no_model_sees_is_not_due():
    table = samples.levels(samples.growth(1))
    table["x2"] = 50.0  # never changes, so it is left out
    given, now = made(table, DAY)
    found = due(now, given, DAY, pd.Timestamp("2017-01-05"))
    assert sorted(found["indicator"]) == ["x0", "x3", "x4", "x5"]
