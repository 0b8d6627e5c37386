"""Values of informing series of any unit: gross ones are seen, true ones pass, and the unit is never guessed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.series.gross import gross

MONTHS = pd.period_range("2005-01", periods=168, freq="M")
LAST, OLD = MONTHS[-2], MONTHS[80]


def kinds() -> dict[str, tuple[pd.Series, bool]]:
    """Series of five units, each with whether its changes are relative."""
    rng = np.random.default_rng(8)
    ar = np.zeros((4, len(MONTHS)))
    for t in range(1, len(MONTHS)):
        ar[:, t] = 0.95 * ar[:, t - 1] + rng.standard_normal(4)
    season = np.sin(np.pi * np.arange(len(MONTHS)) / 6)
    orders = np.rint(np.clip(40 + 15 * ar[3], 0, None))
    orders[[20, 50]] = 0.0
    made = {
        "balance": (6 * ar[0] + 3 * season, False),
        "rate": (7.5 + 0.4 * ar[1], False),
        "prices": (100 * np.exp(0.003 * np.arange(len(MONTHS)) + 0.01 * ar[2]), True),
        "orders": (orders, True),
        "quarterly": (np.where(MONTHS.month % 3 == 0, 900 * np.exp(0.01 * ar[2]), np.nan), True),
    }
    return {name: (pd.Series(np.round(y, 2), MONTHS, name=name), logs) for name, (y, logs) in made.items()}


def told(y: pd.Series, logs: bool) -> list[tuple[str, int]]:
    return [(str(of.month), of.power) for of in gross(y, logs)]


@pytest.mark.parametrize("name", kinds())
def test_what_a_series_prints_by_itself_is_never_gross(name: str) -> None:
    assert told(*kinds()[name]) == []


@pytest.mark.parametrize("month", [LAST, OLD], ids=["newest", "old"])
@pytest.mark.parametrize(
    ("name", "value", "power"),
    [
        ("rate", lambda v: 10 * v, 1),
        ("rate", lambda v: v / 10, -1),
        ("rate", lambda v: v / 100, -2),
        ("rate", lambda _: -999.0, 0),
        ("prices", lambda v: 10 * v, 1),
        ("prices", lambda v: v / 10, -1),
        ("prices", lambda _: 9999.0, 2),
        ("prices", lambda _: -999.0, 0),
        ("balance", lambda _: 9999.0, 0),
        ("balance", lambda _: -999.0, 0),
        ("orders", lambda _: -999.0, 0),
        ("quarterly", lambda v: 10 * v, 1),
    ],
)
def test_a_gross_value_is_seen_with_its_power(name: str, value, power: int, month: pd.Period) -> None:
    y, logs = kinds()[name]
    at = month if name != "quarterly" else month - (month.month % 3)
    y[at] = value(y[at])
    found = gross(y, logs)
    assert [str(of.month) for of in found] == [str(at)]
    if power and not (name == "prices" and value(1.0) == 9999.0):
        assert found[0].power == power
        assert found[0].value / 10.0**power == pytest.approx(found[0].expected, rel=0.35)


def test_every_month_of_a_code_for_a_missing_value_is_seen() -> None:
    y, logs = kinds()["rate"]
    for month in MONTHS[-4:-1]:
        y[month] = 9999.0
    assert [month for month, _ in told(y, logs)] == [str(month) for month in MONTHS[-4:-1]]


def test_a_balance_that_is_often_below_zero_is_judged_in_points_whatever_is_said_of_it() -> None:
    y, _ = kinds()["balance"]
    assert told(y, True) == []
    assert told(y.iloc[:20], False) == []  # too few to say what is usual
    assert told(y * np.nan, False) == told(y * 0.0, True) == []


def test_a_leap_to_a_level_that_was_there_before_is_true() -> None:
    y = pd.Series(np.r_[np.full(60, 5.0), np.full(20, 50.0), np.full(60, 5.0), [50.0] * 2], name="y")
    y += 0.1 * np.random.default_rng(3).standard_normal(len(y))
    y.index = pd.period_range("2005-01", periods=len(y), freq="M")
    assert not {"2016-09", "2016-10"} & {month for month, _ in told(y, False)}


def test_a_rate_of_interest_that_falls_near_zero_is_true_in_logs_too() -> None:
    falling = np.r_[np.full(100, 4.0), np.linspace(3.7, 1.3, 9), np.full(40, 0.12)]
    y = pd.Series(np.round(falling + 0.01 * np.sin(np.arange(len(falling))), 2), name="rate")
    y.index = pd.period_range("2005-01", periods=len(y), freq="M")
    assert told(y, True) == []


def test_a_level_that_falls_by_more_than_it_ever_moved_is_seen_in_logs() -> None:
    y, logs = kinds()["prices"]
    y[LAST] = 35.0
    assert told(y, logs) == [(str(LAST), 0)]


@pytest.mark.parametrize(("below_zero", "gross_ones"), [(6, 6), (11, 0)])
def test_values_below_zero_are_gross_in_a_positive_series_unless_they_are_many(
    below_zero: int, gross_ones: int
) -> None:
    y = pd.Series(1.0 + np.random.default_rng(5).uniform(-0.5, 0.5, len(MONTHS)).round(2), MONTHS)
    y[MONTHS[40 : 40 + 11 * below_zero : 11]] = -0.1
    assert len(told(y, True)) == gross_ones
