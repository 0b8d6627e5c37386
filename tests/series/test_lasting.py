"""A level that leaves by a power of ten and stays is asked about at any age; a true fall that comes back is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast import series
from forecast.series.plausible import judge
from tests.test_plausible import level, slips


@pytest.mark.parametrize(("factor", "power"), [(10.0, 1), (0.1, -1), (0.001, -3), (100.0, 2)])
@pytest.mark.parametrize("months", [7, 8, 10, 12, 13, 24, 36, 60])
def test_a_unit_that_changed_long_ago_is_asked_about(factor: float, power: int, months: int) -> None:
    y = level()
    y.iloc[-months:] *= factor
    (of,) = (of for of in judge(y) if of.stays)
    assert (str(of.month), of.power, of.stays) == (str(y.index[-months]), power, months)
    assert min(slips(judge(y))) == str(of.month)


def test_a_unit_changed_for_a_time_is_asked_about_with_its_months() -> None:
    y = level()
    y.iloc[-50:-30] *= 0.1
    assert {str(of.month): of.stays for of in judge(y) if of.stays} == {"2020-11": 20}


def test_the_question_names_the_month_and_stops_until_it_is_accepted() -> None:
    y = level().round(1)
    y.iloc[-12:] = (y.iloc[-12:] / 10).round(2)
    (of,) = (of for of in series.check(y, "a.csv") if of.stops)
    assert of.months == ("2024-01",)
    assert "10 times too small" in of.sentence
    assert of.sentence.endswith("the 11 months after it are like it, as after a change of unit")


@pytest.mark.parametrize(
    "path",
    [
        [0.1, 0.1, 0.1, 0.15, 0.3, 0.5, 0.7, 0.9, 1, 1, 1, 1],
        [0.1, 0.05, 0.02, 0.1, 0.4, 0.1, 0.3, 0.02, 0.2, 0.6, 0.1, 0.4],
        [0.5, 0.25, 0.12, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
        [0.3] * 12,
    ],
    ids=["comes back", "unsteady", "by and by", "another size"],
)
def test_a_true_fall_is_not(path: list[float]) -> None:
    y = level()
    y.iloc[-24:-12] *= path
    y.iloc[-12:] *= path[-1]
    assert not [of for of in judge(y) if of.stays]


def test_a_series_as_erratic_as_a_power_of_ten_is_not_asked_about() -> None:
    months = pd.period_range("2015-01", periods=120, freq="M")
    y = pd.Series(np.exp(4.6 + np.random.default_rng(5).normal(0, 0.6, 120)), months, name="ships")
    y.iloc[-10:] *= 0.1
    assert not [of for of in judge(y) if of.stays]
