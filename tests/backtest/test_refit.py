"""Models estimated at one origin of a slump and updated at the next ones."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

from forecast import config
from forecast.backtest import POOL, Backtest, Origins, backtest
from forecast.errors import ConfigError
from forecast.estimate import LevelData, estimate
from tests.backtest.panels import SMALL, panel

EACH = Origins((0, 3, 6, 9), least_follow_up=24)
THIRD = replace(EACH, refit_every=3)
PLAN = replace(SMALL, models=("autoregression", "noisy_walk"), beside=("theta", "seasonal_naive"))
TABLES = ("recovery_forecasts", "recovery_outcomes", "point_forecasts", "scores", "failed")


@pytest.fixture(scope="module")
def each() -> Backtest:
    return backtest(panel(), PLAN, EACH, seed=7)


@pytest.fixture(scope="module")
def third() -> Backtest:
    return backtest(panel(), PLAN, THIRD, seed=7)


def dates(found: Backtest, model: str) -> pd.DataFrame:
    rows = found.recovery_forecasts[found.recovery_forecasts["model"] == model]
    return rows.pivot(index=["series", "slump_start", "origin"], columns="horizon", values="probability")


@pytest.mark.slow
def test_models_are_estimated_at_every_third_origin_of_a_slump(each: Backtest, third: Backtest):
    """An origin's place in its slump says whether it was estimated at, and then nothing differs."""
    place = dates(each, POOL).groupby(level=["series", "slump_start"]).cumcount()
    for model in PLAN.models:
        differs = (dates(each, model) != dates(third, model)).any(axis=1)
        assert not differs[place % 3 == 0].any()
        medians = [b.point_forecasts.set_index(["series", "origin"]) for b in (each, third)]
        moved = np.not_equal(*(m.loc[m["model"] == model, "median"] for m in medians))
        updated = place[place % 3 != 0].reset_index("slump_start", drop=True).index
        assert moved[moved.index.isin(updated)].all()
        assert len(updated) > 5
    theta = [b.point_forecasts[b.point_forecasts["model"] == "theta"] for b in (each, third)]
    pd.testing.assert_frame_equal(*theta, check_exact=True)  # it cannot be updated
    assert third.summary["protocol"]["refit_every"] == 3
    assert third.summary["protocol"]["refitted_at_every_origin"] == ["theta"]
    assert each.summary["protocol"]["refitted_at_every_origin"] == [*PLAN.models, *PLAN.beside]


def test_between_two_estimations_the_forecast_is_that_of_the_fits_updated(third: Backtest):
    """Second route: `estimate` at the first origin, and at the second with its fits."""
    y = next(d for d in panel() if d.name == "third").y
    rows = dates(third, POOL).loc["third"]
    first, second = (pd.Period(origin, "M") for _, origin in rows.index[:2])
    data = [LevelData(y[:origin], "third", origin.end_time.normalize()) for origin in (first, second)]
    earlier = estimate(data[0], PLAN, 7).fits
    assert {name for name, _ in earlier} == {"autoregression", "noisy_walk", "seasonal_naive"}
    found = estimate(data[1], PLAN, 7, earlier)
    assert_array_equal(rows.iloc[1], found.recovery["pre_slump_peak"].cumulative[-24:])
    assert found.summaries["autoregression"] == estimate(data[0], PLAN, 7).summaries["autoregression"]


@pytest.mark.slow
@pytest.mark.poison
def test_what_comes_after_an_origin_moves_no_updated_forecast():
    day, rng = pd.Period("2003-06", "M"), np.random.default_rng(3)
    spoiled = []
    for d in panel():
        y = d.y.copy()
        later = y.index > day - (2 if d.release_lag_days else 0)
        y[later] = rng.lognormal(4, 1, later.sum())
        spoiled.append(replace(d, y=y))
    origins = replace(THIRD, every=4, least_follow_up=76)
    tables = [
        backtest(p, PLAN, origins, 7).point_forecasts.drop(columns="observed") for p in (panel(), spoiled)
    ]
    before = [t[(t["series"] != "late") | (t["origin"] < "2003-05")].reset_index(drop=True) for t in tables]
    pd.testing.assert_frame_equal(*before, check_exact=True)
    assert before[0]["origin"].nunique() > 10


@pytest.mark.slow
def test_where_one_forecast_of_a_run_is_missing_the_run_is_made_again(tmp_path: Path, third: Backtest):
    store = tmp_path / "pieces"
    backtest(panel(), PLAN, THIRD, seed=7, store=store)
    for piece in sorted(store.glob("*/*.json"))[1::4]:
        piece.unlink()
    again = backtest(panel(), PLAN, THIRD, seed=7, store=store, resume=True)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(again, table), getattr(third, table), check_exact=True)
    assert json.dumps(again.summary) == json.dumps(third.summary)


def test_the_config_says_how_often(tmp_path: Path):
    with pytest.raises(ConfigError, match="refit_every is 0; models are estimated every 1 origin or more"):
        Origins(refit_every=0)
    file = tmp_path / "b.yaml"
    file.write_text(
        'name: mine\ntitle: {en: "M", vi: "M"}\npanel: {sample: elec_equip}\n'
        "origins: {every: 2, refit_every: 4, window: 120}\n",
        encoding="utf-8",
    )
    chosen = config.read_backtest(file).config.origins
    assert Origins(**chosen.model_dump()) == Origins(every=2, window=120, refit_every=4)
