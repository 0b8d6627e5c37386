"""The pool on parts of a panel."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.backtest.parts import by_slump_start, resamples_of, worse_than_kaplan_meier

FORECASTS = [  # series, start, origin, error of the pool, of the best naive rule
    ("a", "1975-03", "1975-03", 1.0, 2.0),
    ("a", "1975-03", "1975-09", 2.0, 4.0),
    ("b", "1982-01", "1982-01", 3.0, 3.0),
    ("a", "2001-05", "2001-05", 4.0, 4.0),
    ("a", "2008-10", "2008-10", 5.0, 4.0),
    ("b", "2009-01", "2009-01", 6.0, 6.0),
    ("b", "2009-01", "2009-07", 7.0, 5.0),
]


def crps(rows: list[tuple] = FORECASTS) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["series", "slump_start", "origin", "pool", "naive"])
    return table.set_index(["series", "slump_start", "origin"])


def test_parts_are_split_by_the_year_in_which_a_slump_began():
    rows = {row["part"]: row for row in by_slump_start(crps(), "naive", np.random.default_rng(1))}
    assert {part: (row["origins"], row["episodes"]) for part, row in rows.items()} == {
        "before": (3, 2), "held_back": (4, 3), "without_fullest": (4, 3),
    }  # fmt: skip
    assert rows["held_back"]["fullest"] == [2008, 2009]
    assert_allclose(rows["before"]["skill_pct"], 100 * (1 - 6 / 9))
    assert_allclose(rows["held_back"]["skill_pct"], 100 * (1 - 22 / 19))
    assert_allclose(rows["without_fullest"]["skill_pct"], 100 * (1 - 10 / 13))
    low, high = rows["held_back"]["skill_interval_pct"]
    assert low < rows["held_back"]["skill_pct"] < high <= 1e-9  # only 2001 is as good as the naive rule
    assert rows["before"]["skill_interval_pct"] is None  # two start years tell nothing of sampling error


def test_a_panel_without_earlier_slumps_has_no_part_of_them_and_none_without_slumps_at_all():
    only = crps([row for row in FORECASTS if row[1] > "2008"])
    assert [row["part"] for row in by_slump_start(only, "naive", np.random.default_rng(1))] == ["held_back"]


def test_the_share_of_draws_in_which_the_pool_is_no_worse_has_its_closed_form():
    """Of 3 start years the pool loses 1 month in one and gains 0.6 in the others: with k of 3 draws of the one the sum
    0.6·(3 − k) − k is a gain up to k = 1."""
    years = pd.Index(["1990", "2000", "2010"])
    table = pd.DataFrame({"pool": [2.0, 1.0, 1.0], "kaplan_meier": [1.0, 1.6, 1.6]})
    draws = resamples_of(years, np.random.default_rng(2))
    assert draws is not None
    no_worse = (2 / 3) ** 3 + 3 * (1 / 3) * (2 / 3) ** 2
    found = worse_than_kaplan_meier(table, draws)
    assert found == pytest.approx(no_worse, abs=4 * np.sqrt(no_worse * (1 - no_worse) / len(draws)))
    assert worse_than_kaplan_meier(table, None) is None


def test_a_draw_without_a_forecast_of_the_age_is_left_out():
    table = pd.DataFrame({"pool": [2.0, 1.0], "kaplan_meier": [1.0, 3.0]})
    draws = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    assert worse_than_kaplan_meier(table, draws) == pytest.approx(2 / 3)  # no worse in the last two of three
