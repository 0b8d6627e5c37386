"""Fits know the months of their series: a month that the index skips is a gap, forecasts are tables on months."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast import models
from forecast.errors import ConfigError, DataError, FitError
from forecast.models import sarima
from forecast.models.sarima.outliers import find_outliers
from forecast.models.sarima.sample import Floats
from forecast.models.sarima.search import search
from forecast.series import sample

AIRLINE = sarima.Sarima((0, 1, 1), (0, 1, 1))
TURNOVER = sample("elec_equip")
DROPPED = TURNOVER.index[[40, 41, 150]]
GAPPY = TURNOVER.drop(DROPPED)
HOLED = TURNOVER.mask(TURNOVER.index.isin(DROPPED))


def test_months_that_the_index_skips_are_missing_months() -> None:
    skipped, holed = sarima.fit(AIRLINE, GAPPY), sarima.fit(AIRLINE, HOLED.to_numpy())
    assert_array_equal(skipped.params, holed.params)
    assert skipped.loglike == holed.loglike
    assert skipped.summary()["missing_months"] == 3
    neighbours = sarima.fit(AIRLINE, GAPPY.to_numpy())
    assert np.abs(neighbours.params - skipped.params).max() > 0.02  # what came out before, without a word
    assert sarima.loglike(AIRLINE, [-0.3, -0.5], GAPPY) == sarima.loglike(
        AIRLINE, [-0.3, -0.5], HOLED.to_numpy()
    )


def test_order_and_form_of_the_index_do_not_matter() -> None:
    shuffled = GAPPY.sample(frac=1.0, random_state=2)
    shuffled.index = shuffled.index.to_timestamp()
    assert_array_equal(sarima.fit(AIRLINE, shuffled).params, sarima.fit(AIRLINE, GAPPY).params)
    assert search(shuffled, budget=1).spec == search(HOLED.to_numpy(), budget=1).spec
    a, b = find_outliers(AIRLINE, shuffled), find_outliers(AIRLINE, HOLED)
    pd.testing.assert_frame_equal(a.table, b.table)


def test_regressors_are_laid_beside_the_months_of_the_level() -> None:
    trading = pd.DataFrame(
        {"days": np.cos(np.arange(400.0))}, index=pd.period_range("1990-01", periods=400, freq="M")
    )
    aligned = sarima.fit(AIRLINE, GAPPY, trading)
    by_hand = sarima.fit(AIRLINE, HOLED.to_numpy(), trading.loc[TURNOVER.index].to_numpy())
    assert_array_equal(aligned.beta, by_hand.beta)
    assert aligned.names == ("days",)
    ahead = aligned.forecast(6, trading)
    assert_allclose(ahead, aligned.forecast(6, trading.loc["2016-06":"2016-11"].to_numpy()))
    with pytest.raises(DataError, match="regressors: no row for 1995-01"):
        sarima.fit(AIRLINE, GAPPY, trading.loc["1996":])


SLOW = ("regression", "boosting", "exponential_smoothing")
EACH = [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in models.REGISTRY]


@pytest.mark.parametrize("name", EACH)
def test_every_model_is_fitted_by_its_name_and_forecasts_months(name: str) -> None:
    y = TURNOVER[:180] if name not in ("sarima", "regression", "boosting") else TURNOVER[:120]
    fit = models.fit(name, y)
    table = fit.forecast(3, paths=400)
    assert list(map(str, table.index)) == [str(y.index[-1] + h) for h in (1, 2, 3)]
    assert list(table) == ["median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90"]
    assert (table["lower_90"] < table["lower_50"]).all()
    assert ((table["lower_50"] < table["median"]) & (table["median"] < table["upper_50"])).all()
    paths = fit.simulated(3, 50, seed=4)
    assert_array_equal(paths, fit.simulate(3, 50, np.random.default_rng(4)))
    assert list(paths.columns) == list(table.index)
    if isinstance(fit, models.UpdatableFit):
        later = fit.updated(TURNOVER[: len(y) + 1]).forecast(1, paths=10)
        assert str(later.index[0]) == str(y.index[-1] + 2)
        assert list(fit.updated(TURNOVER.to_numpy()).forecast(2, paths=10).index) == [1, 2]


def test_a_fit_on_values_without_months_counts_them() -> None:
    table = models.fit("random_walk_drift", TURNOVER.to_numpy()).forecast(4, intervals=(95,), paths=100)
    assert list(table.index) == [1, 2, 3, 4]
    assert list(table) == ["median", "lower_95", "upper_95"]
    with pytest.raises(ConfigError, match="interval 0 is not between 0 and 100 percent"):
        models.fit("random_walk_drift", TURNOVER).forecast(4, intervals=(0,))


def test_a_name_that_is_no_model_is_refused_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match='model "sarimax" is not one of .*did you mean "sarima"'):
        models.fit("sarimax", TURNOVER)
    for nothing in (None, 3, sarima.Sarima):
        with pytest.raises(TypeError, match="is no model; give a spec such as Sarima"):
            models.fit(nothing, TURNOVER)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(models.REGISTRY))
def test_no_model_takes_what_is_no_level_for_a_month_that_is_not_published(name: str) -> None:
    for value, why in (
        (np.inf, "inf in {} is too large for a number"),
        (-np.inf, "-inf in {} is (not positive|too large)"),
        (1e300, "1e\\+300 in {} is too large for a number"),
        (0.0, "0 in {} is not positive; an index level is above 0"),
        (-1.0, "-1 in {} is not positive"),
    ):
        y = TURNOVER.mask(TURNOVER.index == "1999-03", value)
        with pytest.raises(DataError, match=why.format("1999-03")) as told:
            models.fit(name, y)
        assert len(told.value.problems) == 1
        with pytest.raises(DataError, match="series: " + why.format("month 51")):
            models.fit(name, y.to_numpy())


def test_a_fit_is_not_moved_onto_what_is_no_level_nor_laid_beside_it() -> None:
    spoiled = TURNOVER.mask(TURNOVER.index == "1999-03", np.inf)
    for name in ("autoregression", "noisy_walk", "seasonal_naive", "sarima_airline"):
        fit = models.fit(name, TURNOVER)
        assert isinstance(fit, models.UpdatableFit)
        with pytest.raises(DataError, match="inf in 1999-03 is too large for a number"):
            fit.updated(spoiled)
    panel = pd.DataFrame({"b": TURNOVER.mask(TURNOVER.index == "1999-03", -1.0)})
    for of, month in ((panel, "1999-03"), (panel.to_numpy(), "1999-03")):
        with pytest.raises(DataError, match=f"panel: (b|1): -1 in {month} is not positive"):
            models.fit("noisy_walk", TURNOVER, panel=of)


def test_an_infinite_regressor_is_refused_by_every_model() -> None:
    days = pd.DataFrame({"days": np.cos(np.arange(400.0))}, pd.period_range("1990-01", periods=400, freq="M"))
    spoiled = days.where((days.index != "1999-03")[:, None], np.inf)
    for name in models.REGISTRY:
        with pytest.raises(DataError, match="regressors: days is infinite in 1999-03; give a number"):
            models.fit(name, TURNOVER, spoiled)
    rows = spoiled.loc[TURNOVER.index].to_numpy()
    with pytest.raises(DataError, match="regressors: 1 is infinite in month 51"):
        models.fit("regression", TURNOVER.to_numpy(), rows)
    fit = models.fit("regression", TURNOVER, days)
    for ahead in (fit.forecast, fit.simulated):
        with pytest.raises(DataError, match="regressors: days is infinite in 2016-07"):
            ahead(3, x=days.where((days.index != "2016-07")[:, None], -np.inf))
    with pytest.raises(FitError, match="regressor days is missing or infinite in some month"):
        models.fit("sarima", TURNOVER, days.where((days.index != "1999-03")[:, None]))


def test_a_seasonal_arima_of_levels_takes_what_is_below_zero_but_nothing_infinite() -> None:
    balance = TURNOVER - 95.0
    plain = sarima.Sarima((0, 1, 1), (0, 1, 1), log=False)
    assert np.isfinite(models.fit(plain, balance).forecast(2)).all(axis=None)
    for value in (np.inf, -np.inf):
        for fit in (models.fit, sarima.fit):
            with pytest.raises(DataError, match="inf in 1999-03 is too large for a number"):
                fit(plain, balance.mask(balance.index == "1999-03", value))


def test_a_table_of_one_column_is_that_column_and_of_several_none() -> None:
    alone = TURNOVER.to_frame("x")
    assert_array_equal(
        models.fit("theta", alone).forecast(3, paths=50), models.fit("theta", TURNOVER).forecast(3, paths=50)
    )
    assert_array_equal(sarima.fit(AIRLINE, alone).params, sarima.fit(AIRLINE, TURNOVER).params)
    counted = alone.reset_index(drop=True)
    assert_array_equal(sarima.fit(AIRLINE, counted).params, sarima.fit(AIRLINE, TURNOVER).params)
    with pytest.raises(
        DataError, match=r'the table holds 2 series \(x, z\); give one column, as frame\["x"\]'
    ):
        models.fit("theta", alone.assign(z=2.0))
    with pytest.raises(DataError, match="found dict, which names none; make it pd.Series"):
        models.fit("theta", {str(t): v for t, v in TURNOVER.items()})  # type: ignore[arg-type]
    with pytest.raises(FitError, match="must have one dimension, got an array of shape"):
        models.fit("theta", TURNOVER.to_numpy()[:, None])
    with pytest.raises(DataError, match="expected numbers in order or a pandas Series on months, found list"):
        models.fit("theta", ["66,19", "65,15"])


def test_a_horizon_is_a_whole_number_of_months_from_one_on() -> None:
    for fit in (models.fit("theta", TURNOVER), sarima.fit(AIRLINE, TURNOVER)):
        for horizon, why in (
            (0, "0 is none"),
            (1.5, "1.5 is no whole"),
            ("3", "'3' is no whole"),
            (None, "None is no whole"),
        ):
            for ahead in (fit.forecast, fit.simulated):
                with pytest.raises(ConfigError, match=f"horizon: {why}.*; give 1 or more"):
                    ahead(horizon)  # type: ignore[operator]
        with pytest.raises(ConfigError, match="paths: 0 is none; give 1 or more"):
            fit.forecast(3, paths=0)
        with pytest.raises(ConfigError, match="n: 0 is none; give 1 or more"):
            fit.simulated(3, 0)
    assert len(models.fit("theta", TURNOVER).forecast(np.int64(3), paths=50)) == 3


def test_what_is_not_monthly_is_refused() -> None:
    with pytest.raises(DataError, match="comes every 3 months"):
        sarima.fit(AIRLINE, TURNOVER.iloc[::3])
    with pytest.raises(DataError, match="the index holds numbers"):
        models.fit(AIRLINE, TURNOVER.reset_index(drop=True).drop(7))
    with pytest.raises(FitError, match="no observed month"):
        sarima.fit(AIRLINE, np.full(80, np.nan))


def test_like_series_are_laid_on_the_months_and_may_lack_some() -> None:
    rng = np.random.default_rng(5)
    like = pd.DataFrame(
        100 * np.exp(np.cumsum(rng.normal(0, 0.02, (200, 4)), axis=0)),
        index=pd.period_range("1996-01", periods=200, freq="M"),
        columns=list("abcd"),
    )
    y = TURNOVER[:180]
    by_hand: Floats = like.reindex(y.index).to_numpy()
    dated = models.fit("panel_autoregression", y, panel=like.sample(frac=1.0, random_state=1))
    assert json.dumps(dated.summary()) == json.dumps(
        models.fit("panel_autoregression", y.to_numpy(), panel=by_hand).summary()
    )


def test_one_like_series_or_regressor_may_stand_alone_whatever_holds_it() -> None:
    alone = TURNOVER.rename("b") * 1.1
    table = models.fit("noisy_walk", TURNOVER, panel=alone.to_frame()).summary()
    for panel in (alone, alone.to_numpy(), list(alone)):
        assert models.fit("noisy_walk", TURNOVER, panel=panel).summary() == table
    x = pd.Series(
        np.arange(len(TURNOVER) + 6) % 7, pd.period_range(TURNOVER.index[0], periods=len(TURNOVER) + 6)
    )
    fit = sarima.fit(AIRLINE, TURNOVER, x)
    ahead = fit.forecast(6, x.to_frame())
    for given in (x, x.to_numpy()[-6:]):
        assert_array_equal(fit.forecast(6, given), ahead)


def test_like_series_that_are_none_of_the_months_are_refused_and_told() -> None:
    other = TURNOVER.set_axis(TURNOVER.index + 600)
    with pytest.raises(DataError, match=r"panel: none of its months, 20.*, is of the series, 19"):
        models.fit("noisy_walk", TURNOVER, panel=other)
    for panel in (TURNOVER.to_numpy()[:-1], np.ones((len(TURNOVER), 2, 2))):
        with pytest.raises(DataError, match=f"panel: expected {len(TURNOVER)} rows"):
            models.fit("noisy_walk", TURNOVER, panel=panel)
    with pytest.raises(
        DataError, match="panel: expected numbers in order or a pandas Series on months, found str"
    ):
        models.fit("noisy_walk", TURNOVER, panel="b")
