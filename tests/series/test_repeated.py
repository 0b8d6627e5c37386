"""Months of a level that were pasted twice: told wherever they stand, and nothing that comes back by itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.series import check
from forecast.series.repeated import repeated

M = 120


def level(decimals: int = 1, seed: int = 3) -> pd.Series:
    x = 0.1 * np.sin(np.arange(M) * np.pi / 6) + np.cumsum(np.random.default_rng(seed).normal(0, 0.02, M))
    return pd.Series(
        (100 * np.exp(x)).round(decimals), pd.period_range("2014-01", periods=M, freq="M"), name="iip"
    )


@pytest.mark.parametrize(
    ("months", "lag", "last"), [(3, 12, M), (12, 12, M), (4, 7, 60), (24, 48, 100), (3, 3, M)]
)
def test_a_pasted_run_is_told_with_its_months_and_those_it_copies(months: int, lag: int, last: int) -> None:
    y = level()
    assert repeated(y) == []
    y.iloc[last - months : last] = y.iloc[last - months - lag : last - lag].to_numpy()
    assert repeated(y) == [(y.index[last - months], y.index[last - 1], lag)]


def test_what_is_older_than_fifty_years_is_not_compared() -> None:
    y = pd.concat([level(2, seed).rename(seed) for seed in range(10)], ignore_index=True)  # 1,200 months
    y.index = pd.period_range("1900-01", periods=len(y), freq="M")
    y.iloc[600:612], y.iloc[-12:] = y.iloc[400:412].to_numpy(), y.iloc[700:712].to_numpy()
    assert repeated(y) == [(y.index[-12], y.index[-1], 488)]


def test_a_year_that_was_pasted_again_and_again_is_told_once_and_by_the_nearest() -> None:
    y = level()
    y.iloc[:] = np.tile(y.iloc[:12], 10)
    assert repeated(y) == [(y.index[12], y.index[-1], 12)]


@pytest.mark.parametrize(
    "values",
    [
        np.repeat([100.0, 105.0], M // 2),  # steps
        np.random.default_rng(1).integers(98, 104, M),  # six values
        np.full(M, np.nan),
        [100.0, 101.0],
        [],
    ],
)  # fmt: skip
def test_what_comes_back_by_itself_is_no_copy(values: object) -> None:
    y = pd.Series(np.asarray(values, dtype=float))
    y.index = pd.period_range("2014-01", periods=len(y), freq="M")
    assert repeated(y) == []


def test_one_series_in_a_hundred_is_told_for_nothing_at_most() -> None:
    told = sum(bool(repeated(level(0, seed))) for seed in range(300))
    assert told <= 3 + 4 * np.sqrt(3)  # four standard errors of a count of 3


def test_a_check_tells_a_copy_once_and_holds_its_levels() -> None:
    y = level()
    y.iloc[-4:] = y.iloc[-10:-6].to_numpy()
    (told,) = check(y, "a.csv", {month: line for line, month in enumerate(y.index, start=2)})
    assert str(told) == (
        "a.csv:121: iip: 2023-09 to 2023-12 are, value for value, 2023-03 to 2023-06; were they pasted twice?"
    )
    assert (told.kind, told.stops, told.months) == (
        "repeated",
        False,
        ("2023-09", "2023-10", "2023-11", "2023-12"),
    )
    assert told.figures == tuple(("level", str(month), y[month]) for month in y.index[-4:])
