"""Levels, rates and whole paths: what is forecast of them, what came true, and the record."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import config
from forecast.backtest import POOL, Backtest, Origins, backtest, values
from forecast.backtest.at_origin import POINT_HORIZONS, QUANTILES, Piece
from forecast.backtest.targets import target
from forecast.estimate import FigureData, LevelData, estimate
from forecast.paths import quantiles
from forecast.run.backtest import panel as panel_of
from tests.backtest.panels import SMALL, panel

CONFIGS = Path(__file__).parents[2] / "configs"
SOME = Origins((0, 6, 18), least_follow_up=12)
NAMES = ["median", "q05", "q10", "q25", "q75", "q90", "q95"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store") / "pieces"


@pytest.fixture(scope="module")
def done(folder: Path) -> Backtest:
    return backtest(panel(), SMALL, SOME, seed=7, store=folder)


def kept(folder: Path) -> list[Piece]:
    files = sorted(folder.glob("*/*.json"))
    return [Piece.from_plain(json.loads(file.read_text(encoding="utf-8"))["piece"]) for file in files]


def test_rates_are_those_of_the_very_paths(done: Backtest):
    """Second route: `estimate` at the origin, growth on the same month of the year before on each path."""
    y = next(d for d in panel() if d.name == "first").y
    rows = done.point_forecasts.query("series == 'first' and model == @POOL and measure == 'yoy_pct'")
    origin = pd.Period(rows["origin"].iloc[len(POINT_HORIZONS)], "M")
    found = estimate(LevelData(y[:origin], "first", origin.end_time.normalize()), SMALL, 7).paths
    past = found.past
    growth = np.stack(
        [100 * (found.values[:, past + h - 1] / found.values[:, past + h - 13] - 1) for h in POINT_HORIZONS],
        axis=1,
    )
    stated = rows[rows["origin"] == str(origin)]
    assert_allclose(stated[NAMES].to_numpy(), quantiles(growth, found.weights, QUANTILES).T, rtol=1e-12)


def test_a_joint_sample_stands_for_its_paths(done: Backtest, folder: Path):
    """Every second path of 200 equal weights; of the pool as many as their weights ask for."""
    piece = next(p for p in kept(folder) if p.series == "third")
    y = next(d for d in panel() if d.name == "third").y[: piece.origin]
    found = estimate(LevelData(y, "third", piece.origin.end_time.normalize()), SMALL, 7)
    logs = 100 * np.log(found.simulated["noisy_walk"].future[:, :12] / piece.base)
    assert_allclose(piece.joint["noisy_walk"], np.round(logs[1::2], 3))  # 100 of 200 paths
    pool = 100 * np.log(found.paths.future[:, :12] / piece.base)
    mean, error = np.average(pool, axis=0, weights=found.paths.weights), pool.std(axis=0) / 10
    assert (np.abs(piece.joint[POOL].mean(axis=0) - mean) < 4 * error).all()


def test_whole_paths_are_scored_against_what_came_true(done: Backtest, folder: Path):
    """E‖X − y‖ − ½E‖X − X'‖ in a plain loop over the stored paths."""
    given, scores = {d.name: d.y for d in panel()}, []
    for piece in kept(folder):
        y = given[piece.series].reindex([piece.origin + h for h in range(1, 13)]).to_numpy()
        y = 100 * np.log(y / piece.base)
        paths = piece.joint["noisy_walk"]
        near = np.mean([np.linalg.norm(x - y) for x in paths])
        apart = np.mean([[np.linalg.norm(a - b) for a in paths] for b in paths])
        scores.append(near - apart / 2)
    row = next(r for r in done.summary["joint"] if r["model"] == "noisy_walk")
    assert row["months"] == 12
    assert row["forecasts"] == len(scores) == done.summary["origins"]
    assert_allclose(row["energy_score_pct"], np.mean(scores))
    naive = next(r for r in done.summary["joint"] if r["model"] == "seasonal_naive")
    assert_allclose(row["skill_pct"], 100 * (1 - row["energy_score_pct"] / naive["energy_score_pct"]))
    assert naive["skill_pct"] == 0.0


def test_a_path_not_seen_to_its_end_has_no_score():
    piece = Piece("x", pd.Period("2000-01", "M"), None, base=100.0, joint={"a": np.zeros((2, 3))})
    assert values.energy(piece, [100.0, np.nan, 100.0]) == {}
    assert_allclose(values.energy(piece, 100 * np.exp([0.03, 0.0, 0.04]))["a"], 5.0)


def test_the_skill_of_whole_paths_is_told_over_the_forecasts_that_both_made():
    naive = "seasonal_naive"
    record = values.joint_record([{}, {"a": 5.0}, {"a": 2.0, naive: 4.0}, {naive: 9.0}], 3)
    assert record[0] == {
        "model": "a",
        "months": 3,
        "forecasts": 2,
        "energy_score_pct": 3.5,
        "shared": 1,
        "skill_pct": 50.0,
    }
    assert (record[1]["forecasts"], record[1]["shared"], record[1]["skill_pct"]) == (2, 2, 0.0)
    (alone,) = values.joint_record([{"a": 5.0}], 3)
    assert (alone["shared"], alone["skill_pct"]) == (0, None)


def test_the_record_of_levels_and_rates_by_hand():
    """Two forecasts of two models: all seven quantiles at one point, so that WIS is the distance to it."""
    rows = [
        ("x", "2000-01", "pool", 3, 90.0, 100.0, "level"),
        ("x", "2000-02", "pool", 3, 130.0, 100.0, "level"),
        ("x", "2000-01", "seasonal_naive", 3, 50.0, 100.0, "level"),
        ("x", "2000-02", "seasonal_naive", 3, 100.0, np.nan, "level"),
        ("x", "2000-01", "pool", 3, 4.0, 2.5, "yoy_pct"),
    ]
    table = pd.DataFrame(
        rows, columns=["series", "origin", "model", "horizon", "median", "observed", "measure"]
    )
    table[NAMES[1:]] = table[["median"] * 6].to_numpy()
    index = pd.MultiIndex.from_tuples([("x", "2000-01"), ("x", "2000-02")])
    scales = pd.DataFrame({"level": [5.0, 15.0], "yoy_pct": [3.0, 3.0]}, index=index)
    pool, naive = values.values_record(table, scales, "level")
    errors = 100 * np.log([100 / 90, 100 / 130])
    assert (pool["forecasts"], naive["forecasts"]) == (2, 1)
    assert_allclose(pool["mae_pct"], np.abs(errors).mean())
    assert_allclose(pool["rmse_pct"], np.sqrt(np.square(errors).mean()))
    assert_allclose(pool["mase"], (10 / 5 + 30 / 15) / 2)
    assert_allclose(pool["wis_pct"], (10 + 30) / 2)
    assert (pool["shared"], naive["shared"]) == (1, 1)
    assert_allclose(pool["skill_pct"], 100 * (1 - 10 / 50))  # of the one month that both forecast
    assert naive["skill_pct"] == 0.0
    assert [pool[f"coverage_{w}"] for w in (50, 80, 90)] == [0.0, 0.0, 0.0]
    (rate,) = values.values_record(table, scales, "yoy_pct")
    assert_allclose([rate["mae_points"], rate["wis_points"], rate["mase"]], [1.5, 1.5, 0.5])
    assert (rate["shared"], rate["skill_pct"]) == (0, None)


@pytest.mark.slow
def test_of_published_rates_what_was_printed_came_true():
    """The file itself: of each month the last print, or the first one; a month without a print is not observed."""
    asked = config.read_backtest(CONFIGS / "backtest_bac_ninh.yaml")
    (given,) = panel_of(asked)
    assert isinstance(given, FigureData)
    plan = replace(asked.plan, draws=20)
    own = given.figures.select("bac_ninh", "total").table
    yoy = own[own["measure"] == "yoy_pct"].sort_values(["period", "published"], kind="stable")
    told = target(given, plan, SOME, 1)
    month = pd.Period("2023-05", "M")
    assert told.truth.yearly_growth(month) == yoy[yoy["period"] == month]["value"].iloc[-1]
    first = target(given, plan, SOME, 1, release=1)
    printed = yoy.groupby("period")["value"].agg(["first", "last", "size"])
    for p, row in printed.iterrows():
        assert told.truth.yearly_growth(p) == row["last"]
        assert first.truth.yearly_growth(p) == row["first"]
    silent = next(m for m in told.truth.months if m not in printed.index)
    assert np.isnan(told.truth.yearly_growth(silent))
