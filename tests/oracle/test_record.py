"""The record of past slumps, and what their ages alone say, from the tables of a backtest in loops."""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.answers.earlier_slumps import earlier_slumps
from forecast.answers.record import record_of, shipped
from forecast.backtest import Backtest, Origins, backtest
from forecast.estimate import LevelData, estimate
from forecast.outcome import Record
from tests.backtest.panels import SMALL, panel
from tests.oracle.plain import months_apart

H = SMALL.horizon
DAY = pd.Timestamp("2005-01-20")
NAIVE = ("constant_hazard", "kaplan_meier", "random_walk_drift", "random_walk_drift_block", "gap_over_trend")


@pytest.fixture(scope="module")
def done() -> Backtest:
    return backtest(panel(), SMALL, Origins((0, 6, 12), least_follow_up=12), seed=7)


@pytest.fixture(scope="module")
def folder(done: Backtest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `forecast backtest` leaves for later reports."""
    made = record_of("made_up", {"en": "Made up"}, done.summary, done.learned["known_on"])
    assert made is not None
    folder = tmp_path_factory.mktemp("learned")
    text = json.dumps({**done.learned, "record": asdict(made)})
    (folder / "made_up.json").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def told(folder: Path) -> Record:
    (record,) = shipped(SMALL.models, folder)
    return record


@pytest.fixture(scope="module")
def judged(done: Backtest) -> pd.DataFrame:
    """A row for each forecast followed to the horizon: what it stated, and the months to the return, inf if later."""
    outcomes = done.recovery_outcomes.set_index(["series", "slump_start", "origin"])
    rows = []
    for key, one in done.recovery_forecasts.groupby(["series", "slump_start", "origin", "model"]):
        after, follow_up = outcomes.loc[key[:3]]
        if follow_up >= H:
            F = one.sort_values("horizon")["probability"].to_numpy()
            rows.append((*key, F, np.inf if pd.isna(after) else float(after)))
    table = pd.DataFrame(rows, columns=["series", "start", "origin", "model", "F", "T"])
    table["age"] = [months_apart(o, s) for o, s in zip(table["origin"], table["start"], strict=True)]
    table["crps"] = [
        sum((F[h - 1] - (h >= T)) ** 2 for h in range(1, H + 1))
        for F, T in zip(table["F"], table["T"], strict=True)
    ]
    return table


def test_errors_and_skill_are_means_over_forecasts_followed_to_the_horizon(
    told: Record, judged: pd.DataFrame
) -> None:
    error = {name: of["crps"].mean() for name, of in judged.groupby("model")}
    best = min(NAIVE, key=lambda name: error[name])
    assert (told.best_naive, told.followed_months) == (best, H)
    assert told.origins == len(judged) / len(error)
    assert told.episodes == len({(row.series, row.start) for row in judged.itertuples()})
    assert_allclose([told.error_months, told.naive_error_months], [error["pool"], error[best]])
    assert_allclose(told.skill_pct, 100 * (1 - error["pool"] / error[best]))
    for row in told.by_age:
        at = judged[judged["age"] == row.months]
        mean = {name: of["crps"].mean() for name, of in at.groupby("model")}
        assert row.origins == len(at) / len(error)
        assert_allclose(row.skill_pct, 100 * (1 - mean["pool"] / mean[best]))
    assert {row.months for row in told.by_age} == set(judged["age"]) == {0, 6, 12}


def test_the_interval_of_the_skill_is_that_of_all_draws_of_start_years(
    told: Record, judged: pd.DataFrame
) -> None:
    """Every draw with replacement, in place of some at random: its ends leave a twentieth of them outside."""
    pool, best = (
        judged[judged["model"] == name].groupby(judged["start"].str[:4])["crps"].sum().to_numpy()
        for name in ("pool", told.best_naive)
    )
    draws = np.array(list(itertools.product(range(len(pool)), repeat=len(pool))))
    skill = 100 * (1 - pool[draws].sum(axis=1) / best[draws].sum(axis=1))
    assert len(pool) > 3
    assert told.skill_interval_pct is not None
    low, high = told.skill_interval_pct
    for end, outside in ((low, 0.05), (high, 0.95)):
        assert np.mean(skill < end - 1e-9) - 0.02 <= outside <= np.mean(skill <= end + 1e-9) + 0.02


def test_the_interval_of_80_percent_holds_so_many_returns(told: Record, judged: pd.DataFrame) -> None:
    """The part of the step of F at the return that lies between 10 and 90 %."""
    inside = []
    for row in judged[judged["model"] == "pool"].itertuples():
        F = [0.0, *row.F, 1.0]
        low, high = (F[int(row.T) - 1], F[int(row.T)]) if H >= row.T else (F[H], 1.0)
        inside.append((min(high, 0.9) - max(low, 0.1)) / (high - low) if high > 0.1 and low < 0.9 else 0.0)
    assert 0 < np.mean(inside) < 1
    assert_allclose(told.coverage_80, np.mean(inside))


def test_what_was_stated_stands_beside_what_came_true(told: Record, judged: pd.DataFrame) -> None:
    """In fifths of the chance stated, at 6, 12 and 24 months."""
    expected = []
    pool = judged[judged["model"] == "pool"]
    for h in (6, 12, 24):
        for fifth in range(5):
            rows = [(F[h - 1], h >= T) for F, T in zip(pool["F"], pool["T"], strict=True)]
            rows = [row for row in rows if min(int(row[0] / 0.2), 4) == fifth]
            if rows:
                expected.append((h, *np.mean(rows, axis=0), len(rows)))
    found = [(row.horizon, row.predicted, row.observed, row.forecasts) for row in told.reliability]
    assert_allclose(found, expected)


def test_the_ages_of_earlier_slumps_alone_give_kaplan_and_meier_s_chance(
    done: Backtest, folder: Path
) -> None:
    """Hazards over ±2 months of age, ten slump-months at the constant hazard, slumps as known on the day."""
    data = LevelData(next(d for d in panel() if d.name == "third").y[:"2003-10"], "third", DAY)
    found = estimate(data, SMALL, 1)
    (row,) = earlier_slumps(found, DAY, folder)
    age = months_apart(str(found.history.origin), str(found.slump.start))
    spells = []
    for slump in done.learned["slumps"]["list"]:
        published = "2004-11" if slump["series"] == "late" else "2004-12"  # 40 days after the month, or none
        seen = months_apart(published, slump["start"]) - (slump["hold"] - 1)
        ended = slump["recovered"] is not None and months_apart(slump["recovered"], slump["start"]) <= seen
        lasted = months_apart(slump["recovered"], slump["start"]) if ended else seen
        if lasted > 0:
            spells.append((lasted, ended))
    over = sum(ended for _, ended in spells)
    constant = (over + 1) / (sum(lasted for lasted, _ in spells) + 36)
    survives, by = 1.0, {}
    for h in range(1, H + 1):
        near = range(age + h - 2, age + h + 3)
        ending = sum(ended and lasted in near for lasted, ended in spells)
        under_way = sum(lasted >= t for lasted, _ in spells for t in near)
        survives *= 1 - (ending + 10 * constant) / (under_way + 10)
        by[h] = 1 - survives
    assert (row.slumps, row.ended, row.age_months) == (len(spells), over, age)
    assert 0 < over < len(spells)
    assert_allclose([row.p_within_12, row.p_within_horizon], [by[12], by[H]])
