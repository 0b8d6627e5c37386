"""Newest levels far outside all that a series was: ratios and what is in none of its units stop, true falls do not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast import series
from forecast.series.doubted import doubted_like
from forecast.series.plausible import Doubtful, judge

FORMS = {
    "a ratio to the year before": (12, 1.0),
    "a ratio to the month before": (1, 1.0),
    "an index with the year before as 100": (12, 100.0),
    "an index with the month before as 100": (1, 100.0),
}


def level(scale: float, seed: int = 3, months: int = 90, noise: float = 0.02) -> pd.Series:
    rng, t = np.random.default_rng(seed), np.arange(months)
    season = rng.normal(0.0, 0.06, 12)[t % 12]
    log = 0.002 * t + season + noise * rng.standard_normal(months)
    return pd.Series(
        np.round(scale * np.exp(log), 1), pd.period_range("2015-01", periods=months, freq="M"), name="iip"
    )


def as_ratios(y: pd.Series, form: str, newest: int, digits: int) -> pd.Series:
    (lag, base), values, slipped = FORMS[form], y.to_numpy(), y.copy()
    slipped.iloc[-newest:] = np.round(base * values[-newest:] / values[-newest - lag : -lag], digits)
    return slipped


def stopped(found: tuple[Doubtful, ...]) -> dict[str, str]:
    return {str(of.month): of.outside for of in found if of.slip}


@pytest.mark.parametrize("newest", [1, 2, 6])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("scale", "seed"), [(44.0, 3), (308.5, 4), (3200.0, 5), (54_000.0, 6)])
def test_ratios_in_the_place_of_levels_stop(form: str, newest: int, scale: float, seed: int) -> None:
    if FORMS[form][1] * 3.5 > scale:
        return  # 105 lies near the levels of such a series, and is told
    y = level(scale, seed)
    assert stopped(judge(y)) == {}
    found = stopped(judge(as_ratios(y, form, newest, 3)))
    assert set(found) == {str(month) for month in y.index[-newest:]}
    if newest > 2:
        assert all(form in seems for seems in found.values())


@pytest.mark.parametrize("digits", [2, 12])
def test_the_level_that_would_fit_is_said(digits: int) -> None:
    y = level(308.5)
    slipped = as_ratios(y, "a ratio to the year before", 3, digits)
    findings = [of for of in series.check(slipped, "iip.csv") if of.kind == "slip"]
    assert [of.stops for of in findings] == [True] * 3
    for of, true, printed in zip(findings, y.iloc[-3:], slipped.iloc[-3:], strict=True):
        assert of.figures[0][2] == printed
        _, would, expected = (float(part.split()[0]) for part in _numbers(of.sentence))
        assert abs(would / true - 1) < 0.006
        assert abs(np.log(expected / true)) < 0.1


def _numbers(sentence: str) -> tuple[str, str, str]:
    """What is printed, what would fit and what is expected."""
    printed, would, expected = sentence.removeprefix("iip: ").replace("year before: ", "; ").split("; ")
    return printed, would, expected


def test_what_is_in_no_unit_stops_and_a_fall_that_goes_on_is_told() -> None:
    y = level(300.0)
    far, near = y.copy(), y.copy()
    far.iloc[-1], near.iloc[-1] = 9000.0, 95.0
    ((month, seems),) = stopped(judge(far)).items()
    assert (month, seems.split(",")[0]) == (str(y.index[-1]), "in no unit of this series")
    assert stopped(judge(near)) == {}
    far.iloc[-1] = 10.0  # under a twentieth of any level, and no ratio
    assert len(stopped(judge(far))) == 1
    going_on = far.copy()
    going_on.iloc[-2] = round(y.iloc[-2] * 0.6, 1)
    assert stopped(judge(going_on)) == {}
    assert [str(of.month) for of in judge(going_on)] == [str(month) for month in y.index[-2:]]


@pytest.mark.parametrize("scale", [12.4, 97.5, 3200.0])
def test_nothing_lies_between_ten_times_and_no_unit(scale: float) -> None:
    y = level(scale)
    for factor in np.geomspace(6.0, 180.0, 25):
        for way in (factor, 1.0 / factor):
            slipped = y.copy()
            slipped.iloc[-1] *= way
            assert [of.month for of in judge(slipped) if of.slip] == [y.index[-1]], way


@pytest.mark.parametrize("way", [23.0, 24.0, 1 / 23.0, 1 / 24.0])
def test_twenty_times_beyond_and_little_more_is_in_no_unit(way: float) -> None:
    y = level(97.5)
    y.iloc[-1] *= way
    (seems,) = stopped(judge(y)).values()
    assert seems.startswith("in no unit of this series, ")


@pytest.mark.parametrize("scale", [20.0, 88.7, 160.0, 400.0])
def test_the_year_in_the_place_of_a_level_is_called_so(scale: float) -> None:
    y = level(scale)
    y.iloc[-2:] = y.index[-2:].year
    assert stopped(judge(y)) == {str(month): "the year" for month in y.index[-2:]}
    assert stopped(judge(level(1700.0))) == {}


def test_a_fall_that_the_panel_shares_is_told_unless_its_decimals_give_it_away() -> None:
    y = level(110.0)
    others = pd.DataFrame({name: level(100.0, seed) for name, seed in zip("abc", (7, 8, 9), strict=True)})
    y.iloc[-1] = 0.7
    assert len(stopped(judge(y, others))) == 1
    others.iloc[-1] *= 0.5
    assert stopped(judge(y, others)) == {}
    y.iloc[-1] = 0.717
    assert len(stopped(judge(y, others))) == 1


def test_a_level_out_by_a_power_of_ten_is_one_still() -> None:
    for scale in (12.4, 97.5):
        y = level(scale)
        for factor, power in ((10.0, 1), (0.01, -2)):
            slipped = y.copy()
            slipped.iloc[-1] *= factor
            assert [(of.power, of.outside) for of in judge(slipped) if of.slip] == [(power, "")]


def test_few_or_erratic_levels_say_nothing() -> None:
    y = level(300.0, months=17)
    y.iloc[-1] = 1.05
    assert all(of.outside == "" for of in judge(y))
    erratic = level(300.0, noise=0.6)
    erratic.iloc[-1] = erratic.min() / 4.0
    assert all(of.outside == "" for of in judge(erratic))


def test_ratios_in_a_like_series_stop_too() -> None:
    table = pd.DataFrame(
        {"a": level(300.0), "b": as_ratios(level(3200.0), "a ratio to the year before", 3, 3)}
    )
    found = doubted_like(table, "like.csv")
    assert [of.stops for of in found["b"]] == [True] * 3
    assert not any(of.stops for of in found["a"])
