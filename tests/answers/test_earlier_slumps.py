"""What the shipped slumps say of one under way, by its age alone and as known on the date of the report."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.answers.earlier_slumps import earlier_slumps
from forecast.backtest import Origins, backtest
from forecast.estimate import Estimate, LevelData, estimate
from tests.backtest.panels import SMALL, level, panel

DAY = pd.Timestamp("2004-06-30")


@pytest.fixture(scope="module")
def found() -> Estimate:
    """The third series in the 22nd month of its slump."""
    y = next(d for d in panel() if d.name == "third").y[:"2004-06"]
    return estimate(LevelData(y, "third", DAY), SMALL, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a backtest to the end of the data leaves, three years after the report."""
    done = backtest(panel(), SMALL, Origins((0, 6), least_follow_up=24), seed=7)
    folder = tmp_path_factory.mktemp("learned")
    record = {"panel": "made_up", "title": {"en": "Made up"}, "pool": list(SMALL.models)}
    (folder / "made_up.json").write_text(json.dumps({**done.learned, "record": record}), encoding="utf-8")
    return folder


def test_it_is_the_naive_rule_of_a_backtest_on_that_day(found: Estimate, folder: Path):
    """Second route: Kaplan–Meier as the backtest scored it, at the same origin from all four series."""
    (row,) = earlier_slumps(found, DAY, folder)
    assert row.age_months == (pd.Period("2004-06", "M") - found.slump.start).n == 22
    done = backtest(panel(), SMALL, Origins((22,), least_follow_up=12), seed=7)
    same = done.recovery_forecasts.query("series == 'third' and model == 'kaplan_meier'")
    assert same["origin"].unique() == ["2004-06"]
    F = same.set_index("horizon")["probability"]
    assert_allclose([row.p_within_12, row.p_within_horizon], [F[12], F[24]], rtol=1e-9)
    assert 0 < row.ended < row.slumps


def test_slumps_after_the_report_say_nothing(found: Estimate, folder: Path):
    early = pd.Timestamp("1998-12-31")  # one slump is over, the next is under way
    (row,), (later,) = earlier_slumps(found, early, folder), earlier_slumps(found, DAY, folder)
    assert row.slumps < later.slumps
    assert earlier_slumps(found, pd.Timestamp("1995-01-31"), folder) == ()


def test_without_a_slump_or_with_another_pool_there_is_nothing_to_say(found: Estimate, folder: Path):
    assert earlier_slumps(replace(found, plan=replace(found.plan, models=("theta",))), DAY, folder) == ()
    calm = replace(found, slump=replace(found.slump, under_way=False))
    assert earlier_slumps(calm, DAY, folder) == ()
    y = level(4, {})
    assert not estimate(LevelData(y, "calm", y.index[-1].end_time.normalize()), SMALL, 1).slump.under_way


def test_it_moves_no_forecast(found: Estimate, folder: Path):
    before = found.paths.values.copy()
    earlier_slumps(found, DAY, folder)
    np.testing.assert_array_equal(found.paths.values, before)
