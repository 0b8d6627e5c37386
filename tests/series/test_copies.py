"""A series that is the target once more, told from a true one that moves with it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast import series

MONTHS = pd.period_range("2014-01", periods=120, freq="M")
RNG = np.random.default_rng(4)
IIP = pd.Series((100 * np.exp(np.cumsum(RNG.normal(0.001, 0.02, 120)))).round(1), MONTHS, name="IIP")
REST = 100 * np.exp(np.cumsum(RNG.normal(0.001, 0.03, 120)))


def beside(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({name: np.asarray(values) for name, values in columns.items()}, MONTHS)


def test_the_target_on_other_bases_in_other_units_and_with_other_decimals_is_a_copy():
    table = beside(
        same=IIP,
        base=(IIP / 1.37).round(1),
        finer=(IIP * 1.02).round(2),
        exact=IIP * 0.9731,
        thousands=1000 * IIP,
    )
    assert series.copies(IIP, table) == list(table)
    gaps = table.where(RNG.random(table.shape) > 0.3)
    assert series.copies(IIP, gaps.loc["2015-06":]) == list(table)


@pytest.mark.parametrize("share", [0.5, 0.8, 0.9, 0.95])
def test_a_sector_that_is_most_of_the_total_is_none(share: float):
    total = (share * IIP + (1 - share) * REST).round(1)
    assert series.copies(IIP, beside(total=total)) == []
    assert series.copies(total, beside(sector=IIP)) == []


def test_a_series_that_differs_in_one_month_beyond_rounding_is_none():
    revised = (IIP / 1.37).round(1)
    revised.iloc[60] *= 1.01
    assert series.copies(IIP, beside(revised=revised)) == []


def test_quiet_industries_in_whole_points_and_short_ones_are_none():
    quiet = pd.Series(100 + RNG.integers(0, 2, 120), MONTHS, dtype=float)
    assert series.copies(quiet, beside(other=100 + RNG.integers(0, 2, 120))) == []
    assert series.copies(IIP[-20:], beside(short=IIP)) == []


@pytest.mark.parametrize(("growth", "found"), [(0.05, ["again"]), (0.03, [])])
def test_two_series_in_whole_points_are_one_only_where_their_growth_is_more_than_rounding(
    growth: float, found: list[str]
):
    output = 100 * np.exp(np.cumsum(np.random.default_rng(9).normal(0.0, growth, 120)))
    assert series.copies(pd.Series(output.round(), MONTHS), beside(again=(1.37 * output).round())) == found
