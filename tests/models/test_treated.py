"""`sarima.fit` with outliers and COVID months, the table it shows, and its forecasts."""

from __future__ import annotations

import json
import pickle
import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import norm
from statsmodels.stats.diagnostic import acorr_ljungbox

from forecast.errors import ConfigError, DataError, FitError
from forecast.models import sarima
from forecast.models.sarima import Sarima, TreatedFit, find_outliers, fit_covid
from forecast.series import sample

AIRLINE = Sarima((0, 1, 1), (0, 1, 1))
TURNOVER = sample("elec_equip")
FIT = sarima.fit(AIRLINE, TURNOVER, outliers="auto")


def spoilt(last: str = "2021-06") -> pd.Series:
    """A made-up level to a month, with COVID months in it."""
    months = pd.period_range("2010-01", last, freq="M")
    rng = np.random.default_rng(11)
    season = 0.1 * np.sin(months.month.to_numpy() * np.pi / 6)
    z = np.cumsum(0.02 * rng.standard_normal(len(months))) + season
    for month, size in (("2020-03", -0.2), ("2020-04", -0.3), ("2020-05", 0.2), ("2020-06", 0.2)):
        z[months >= pd.Period(month, "M")] += size
    return pd.Series(100 * np.exp(z), index=months)


def test_outliers_found_are_those_of_the_search_and_go_on_into_the_future() -> None:
    found = find_outliers(AIRLINE, TURNOVER)
    assert isinstance(FIT, TreatedFit)
    assert FIT.outliers is not None
    assert [o.name for o in FIT.outliers.found] == [o.name for o in found.found] == ["ls_2009-01"]
    assert FIT.names == ("ls_2009-01",)
    past, ahead = (
        found.columns(m) for m in (TURNOVER.index, pd.period_range("2016-06", periods=9, freq="M"))
    )
    by_hand = sarima.fit(AIRLINE, TURNOVER, past)
    assert_array_equal(FIT.params, by_hand.params)
    a, b = (np.random.default_rng(1) for _ in range(2))
    assert_array_equal(FIT.simulate(9, 20, a), by_hand.simulate(9, 20, b, ahead.to_numpy()))
    pd.testing.assert_frame_equal(FIT.forecast(9), by_hand.forecast(9, ahead))
    later = FIT.updated(TURNOVER.iloc[:-2])
    assert_allclose(later.forecast(2), by_hand.updated(TURNOVER.iloc[:-2], past[:-2]).forecast(2, past[-2:]))


def test_outliers_beside_the_user_s_regressors() -> None:
    x = pd.DataFrame(
        {"days": np.cos(np.arange(300.0))}, index=pd.period_range("1995-01", periods=300, freq="M")
    )
    both = sarima.fit(AIRLINE, TURNOVER, x, outliers=[("ls", "2009-01"), ("ao", pd.Period("2001-03", "M"))])
    assert both.names == ("days", "ls_2009-01", "ao_2001-03")
    dummies = find_outliers(
        AIRLINE,
        TURNOVER,
        kinds=(),
        given=[("ls", pd.Period("2009-01", "M")), ("ao", pd.Period("2001-03", "M"))],
    ).columns(pd.period_range("1995-01", periods=300, freq="M"))
    wide = pd.concat([x, dummies], axis=1)
    by_hand = sarima.fit(AIRLINE, TURNOVER, wide)
    assert_allclose(both.beta, by_hand.beta, rtol=1e-8)
    assert_allclose(both.forecast(6, x), by_hand.forecast(6, wide), rtol=1e-8)
    each = np.repeat(x.loc["2016-06":"2016-11"].to_numpy()[None], 4, axis=0)
    same = both.simulate(6, 4, np.random.default_rng(2), x.loc["2016-06":"2016-11"].to_numpy())
    assert both.simulate(6, 4, np.random.default_rng(2), each).shape == same.shape == (4, 6)


def test_covid_months_are_treated_as_by_their_own_door() -> None:
    y = spoilt()
    for option, names in (("dummies", ("covid_1", "covid_2", "covid_3")), ("down_weight", ())):
        treated, by_hand = sarima.fit(AIRLINE, y, covid=option), fit_covid(AIRLINE, y, option=option)
        assert treated.names == names
        a, b = (np.random.default_rng(1) for _ in range(2))
        assert_array_equal(treated.simulate(5, 9, a), by_hand.simulate(5, 9, b))
        assert treated.summary() == {**treated.summary(), **by_hand.treatment()}
        table = treated.forecast(5, intervals=(80,), paths=300, seed=3)
        drawn = by_hand.simulate(5, 300, np.random.default_rng(3))
        assert_array_equal(table["upper_80"], np.quantile(drawn, 0.9, axis=0))
        assert str(table.index[0]) == "2021-07"
        with pytest.raises(FitError, match="one with COVID months is estimated anew"):
            treated.updated(y)


def test_what_contradicts_itself_is_refused() -> None:
    with pytest.raises(ConfigError, match="choose one of the two"):
        sarima.fit(AIRLINE, TURNOVER, outliers="auto", covid="dummies")
    with pytest.raises(DataError, match="need months; give a Series on months"):
        sarima.fit(AIRLINE, TURNOVER.to_numpy(), outliers="auto")
    with pytest.raises(ConfigError, match='outliers "all" is not known; use "auto"'):
        sarima.fit(AIRLINE, TURNOVER, outliers="all")  # type: ignore[arg-type]
    with pytest.raises(DataError, match='outlier kind "so" is unknown'):
        sarima.fit(AIRLINE, TURNOVER, outliers=[("so", "2009-01")])
    with pytest.raises(FitError, match="is updated with months"):
        FIT.updated(TURNOVER.to_numpy())


def test_the_summary_is_the_table_of_an_econometrician() -> None:
    summary = FIT.summary()
    assert json.loads(json.dumps(summary)) == summary
    lines = {re.split(r"  +", line)[0]: line for line in repr(summary).splitlines()}
    head = repr(summary).splitlines()[0]
    assert head.startswith(
        "ARIMA (0,1,1)(0,1,1)12 of log levels, 1995-01 to 2016-05; 244 differenced months;"
    )
    assert f"AICc {FIT.aicc:.2f}" in head
    value, error = FIT.params[0], FIT.standard_errors[0]
    p = 2 * norm.sf(abs(value / error))
    assert lines["ma1"].split()[1:] == [f"{value:.4f}", f"{error:.4f}", f"{value / error:.2f}", f"{p:.3f}"]
    box = acorr_ljungbox(FIT.residuals - FIT.residuals.mean(), lags=[24], model_df=2)
    assert lines["Ljung-Box(24)"].split()[1:] == [
        f"{box['lb_stat'].item():.2f}",
        "22",
        "df",
        f"{box['lb_pvalue'].item():.3f}",
    ]
    assert {"QS", "Jarque-Bera", "σ", "MA inverse root", "seasonal MA inverse root"} <= lines.keys()
    assert lines["MA inverse root"].split()[3:] == [f"{-value:.3f}", f"|{abs(value):.3f}|"]
    (outlier,) = FIT.outliers.found
    assert lines["outlier ls_2009-01"].split()[-1] == f"{outlier.t:.2f}"
    shown = ElementTree.fromstring(summary._repr_html_())
    assert shown.findtext("caption") == head
    assert len(list(shown.iter("tr"))) == len(repr(summary).splitlines()) - 1


def test_a_summary_travels_as_a_plain_mapping() -> None:
    plain = pickle.loads(pickle.dumps(FIT.summary()))
    assert type(plain) is dict
    assert plain == FIT.summary()
    assert repr(type(FIT.summary())(plain)) == repr(plain)


def test_what_the_hessian_does_not_give_is_left_open() -> None:
    table = repr(
        sarima.fit(Sarima((0, 1, 1), (0, 0, 0)), np.exp(np.tile([0.0, 0.1, -0.1, 0.05], 20))).summary()
    )
    line = next(line for line in table.splitlines() if line.startswith("ma1"))
    assert line.split()[2:] == ["–", "–", "–"]


def test_diagnostics_are_drawn() -> None:
    figure = FIT.plot_diagnostics()
    assert isinstance(figure, Figure)
    course, shape, memory, circle = figure.axes
    assert_allclose(course.get_lines()[0].get_ydata(), FIT.residuals / np.sqrt(FIT.sigma2))
    assert len(memory.collections[0].get_segments()) == 36
    assert_allclose(circle.get_lines()[0].get_xdata(), -FIT.params, rtol=1e-6)
    assert len(shape.get_lines()[0].get_xdata()) == len(FIT.residuals)
    values = sarima.fit(AIRLINE, TURNOVER.to_numpy()).plot_diagnostics()
    assert_array_equal(values.axes[0].get_lines()[0].get_xdata(), np.arange(1, 245))


def test_forecasts_are_the_quantiles_of_the_modelled_scale() -> None:
    fit = sarima.fit(AIRLINE, TURNOVER)
    found, table = fit.modelled(6), fit.forecast(6, intervals=(80,))
    assert_allclose(table["median"], np.exp(found.mean))
    assert_allclose(table["upper_80"], np.exp(found.mean + norm.ppf(0.9) * np.sqrt(found.variance)))
    level = sarima.fit(Sarima(log=False), TURNOVER)
    found, table = level.modelled(6), level.forecast(6, intervals=(50,))
    assert_allclose(table["lower_50"], found.mean + norm.ppf(0.25) * np.sqrt(found.variance))
    drawn = sarima.fit(Sarima(innovations="bootstrap"), TURNOVER)
    again = np.quantile(drawn.simulate(6, 500, np.random.default_rng(7)), 0.5, axis=0)
    assert_array_equal(drawn.forecast(6, paths=500, seed=7)["median"], again)
