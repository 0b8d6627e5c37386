"""Quarterly figures that were spread over months are told from monthly ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.series import check
from forecast.series.spread import spread

MONTHS = pd.period_range("2015-01", "2024-03", freq="M")
LEVEL = pd.Series(100 * np.exp(np.cumsum(np.random.default_rng(1).normal(0.002, 0.02, len(MONTHS)))), MONTHS)
LINE = "the months between quarters lie on a line"


@pytest.mark.parametrize("of", [0, 1, 2])
@pytest.mark.parametrize("digits", [1, 6])
def test_a_line_between_the_values_of_quarters_is_told(of: int, digits: int) -> None:
    quarters = LEVEL[LEVEL.index.month % 3 == of]
    months = pd.period_range(quarters.index[0], quarters.index[-1], freq="M")
    assert spread(quarters.reindex(months).interpolate().round(digits)) == LINE


def test_three_months_alike_are_told_with_a_slip_among_them_and_by_check() -> None:
    alike = LEVEL.groupby(LEVEL.index.asfreq("Q")).transform("first").round(1)
    alike.iloc[40] += 0.3
    assert spread(alike) == "the three months of each quarter are alike"
    assert [of.kind for of in check(alike) if "spread over the months?" in of.sentence] == ["coarse"]


@pytest.mark.parametrize(
    "monthly",
    [
        LEVEL,
        LEVEL.round(0),
        LEVEL * 0 + 100,
        pd.Series(np.linspace(90, 120, len(MONTHS)), MONTHS),
        LEVEL[:20],
    ],
    ids=["levels", "whole points", "constant", "a line", "short"],
)
def test_monthly_levels_are_not(monthly: pd.Series) -> None:
    assert spread(monthly) == ""
