"""The chance of a relapse: what came true, what earlier slumps say, and the score."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.backtest import POOL, Origins, backtest
from forecast.backtest.episodes import Episode, episodes, exact, relapsed
from forecast.backtest.relapses import COLUMNS, EARLIER, relapse_record, share_so_far
from forecast.backtest.targets import target
from forecast.slump import slump_from
from tests.backtest.panels import SMALL, data, level


def ended(recovered: str, relapsed: bool | None, lag: int = 0) -> Episode:
    end = pd.Period(recovered, "M")
    return Episode("a", end - 20, end, pd.Period("2020-12", "M"), lag, 3, 3, (), relapsed)


@pytest.mark.parametrize(
    ("low", "expected"), [(None, False), (12, False), (13, True), (24, True), (25, False)]
)
def test_a_relapse_is_a_fall_in_the_twelve_months_after_the_confirmation(low: int | None, expected: bool):
    """Recovery at 10 held for 3 months is confirmed at 12: the year is 13 … 24."""
    smooth = np.full(40, 0.01)
    if low is not None:
        smooth[low] = np.log(0.95) / 2 - 1e-9
    assert relapsed(smooth, 10, 3, 5.0) is expected
    smooth[smooth < 0] += 2e-9  # just above half the threshold
    assert relapsed(smooth, 10, 3, 5.0) is False
    assert relapsed(smooth[:24], 10, 3, 5.0) is None  # a month short of the year


def test_a_slump_tells_whether_its_series_relapsed():
    falls = {100: 0.15, 126: 0.12}  # back within two years, then down again before a year is over
    again, calm = data(level(2, falls), "again"), data(level(2, {100: 0.15}), "calm")
    assert [episodes(d, SMALL)[0].relapsed for d in (again, calm)] == [True, False]


def test_the_truth_told_by_releases_agrees_with_the_slump_dated_from_the_end():
    """Second route: the same series, once dated whole, once looked at through the truth that every target has."""
    for falls in ({100: 0.15, 126: 0.12}, {100: 0.15}):
        given = data(level(2, falls), "x")
        found = target(given, SMALL, Origins(), 1)
        (first, *_), truth = found.episodes, found.truth
        assert truth is not None
        assert first.recovered is not None
        at = next(case.origin for case in found.cases if case.start == first.start)
        slump = slump_from(exact(given), first.start, SMALL.slump)
        assert truth.recovered(slump, at, SMALL)[0] == first.recovered
        assert truth.relapsed(slump, first.recovered, SMALL) == first.relapsed


def test_earlier_slumps_speak_when_the_year_after_them_is_out():
    """By hand: a recovery of 2001-01 is confirmed in 2001-03, its year ends with 2002-03."""
    slumps = [ended("2001-01", True), ended("2003-01", False), ended("2005-01", True, lag=40)]
    assert share_so_far(slumps, pd.Timestamp("2002-03-30")) == 1 / 2
    assert share_so_far(slumps, pd.Timestamp("2002-03-31")) == 2 / 3
    assert share_so_far(slumps, pd.Timestamp("2006-05-09")) == 2 / 4
    assert share_so_far(slumps, pd.Timestamp("2006-05-10")) == 3 / 5
    assert share_so_far([ended("2001-01", None)], pd.Timestamp("2010-01-31")) == 1 / 2


def test_the_score_is_over_slumps_that_ended_chosen_by_date():
    rows = [
        (0, "pool", 5.0, 40, 0.2, 1.0),
        (0, EARLIER, 5.0, 40, 0.5, 1.0),
        (1, "pool", 9.0, 36, 0.4, 0.0),
        (1, EARLIER, 9.0, 36, 0.5, 0.0),
        (2, "pool", 9.0, 35, 0.9, 0.0),  # followed a month less than horizon and year
        (2, EARLIER, 9.0, 35, 0.1, 0.0),
        (3, "pool", 25.0, 40, 0.9, 0.0),  # back after the horizon
        (3, EARLIER, 25.0, 40, 0.1, 0.0),
        (4, "pool", np.nan, 40, 0.9, np.nan),
        (4, EARLIER, np.nan, 40, 0.1, np.nan),
    ]
    pool, naive = relapse_record(pd.DataFrame(rows, columns=list(COLUMNS)), 24)
    assert (pool["model"], pool["forecasts"], naive["model"]) == ("pool", 2, EARLIER)
    assert_allclose([pool["stated"], pool["relapsed"], pool["brier"]], [0.3, 0.5, (0.64 + 0.16) / 2])
    assert_allclose(
        [naive["brier"], naive["skill_pct"], pool["skill_pct"]], [0.25, 0.0, 100 * (1 - 0.4 / 0.25)]
    )


def test_skill_is_told_over_the_forecasts_in_which_the_model_stated_a_chance():
    """By hand: no path of the second model recovers at the origin that earlier slumps tell worst."""
    rows = [
        (0, "first", 5.0, 40, 0.5, 1.0),
        (0, "second", 5.0, 40, 0.4, 1.0),
        (0, EARLIER, 5.0, 40, 0.5, 1.0),
        (1, "first", 6.0, 40, 0.5, 0.0),
        (1, EARLIER, 6.0, 40, 0.9, 0.0),
    ]
    first, second, naive = relapse_record(pd.DataFrame(rows, columns=list(COLUMNS)), 24)
    assert [first["forecasts"], second["forecasts"], naive["forecasts"]] == [2, 1, 2]
    assert_allclose(
        [row["brier_earlier"] for row in (first, second, naive)], [(0.25 + 0.81) / 2, 0.25, (0.25 + 0.81) / 2]
    )
    assert_allclose(
        [row["skill_pct"] for row in (first, second, naive)],
        [100 * (1 - 0.25 / 0.53), 100 * (1 - 0.36 / 0.25), 0.0],
        atol=1e-12,
    )


def test_a_backtest_scores_every_model_that_states_a_chance():
    found = backtest([data(level(2, {100: 0.15, 126: 0.12}), "x")], SMALL, Origins((0, 3, 6)), seed=1)
    rows = {row["model"]: row for row in found.summary["relapse"]}
    assert set(rows) == {POOL, *SMALL.models, "random_walk_drift", EARLIER}
    assert all(0.0 < row["stated"] < 1.0 and row["forecasts"] == 6 for row in rows.values())
    # two slumps, three forecasts of each: the first fell back, the second did not; told at 1/2 and then at 2/3, since
    # the year after the first is out by the second month that the second is forecast from
    assert all(row["relapsed"] == 0.5 for row in rows.values())
    assert_allclose(rows[EARLIER]["stated"], (4 * 1 / 2 + 2 * 2 / 3) / 6)
