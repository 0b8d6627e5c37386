"""Levels that meet a target, by hand and in every path; quarters add up to the year with last year's output."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.paths import Paths
from forecast.targets import EVENLY, PLANNED, SEASON, Year, growth, meeting, year_on

QUARTERS = [slice(q, q + 3) for q in range(0, 12, 3)]
ONE = Year(
    levels=np.array([[90.0, 95.0, 100.0, 105.0, *[0.0] * 8]]),
    before=np.array([[100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 110.0, 110.0, 110.0, 120.0, 120.0, 120.0]]),
    known=4,
)
"""1,290 last year; 390 to April. 6 % more than last year is 1,367.4: 977.4 from May on, 890 a year before."""

SEASONAL = np.array([[1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]])


def many(n: int = 300) -> tuple[Year, np.ndarray]:
    rng = np.random.default_rng(8)
    year = Year(rng.gamma(50, 2, (n, 12)), rng.gamma(50, 2, (n, 12)), 4)
    return year, rng.gamma(50, 2, (n, 12))


def test_evenly_every_month_left_grows_equally() -> None:
    levels = meeting(ONE, 6.0, SEASONAL)[EVENLY]
    assert_allclose(levels[0, :4], [90, 95, 100, 105])
    assert_allclose(levels[0, 4:] / ONE.before[0, 4:], 977.4 / 890)
    assert_allclose(growth(levels, ONE.before, slice(3, 6)), 100 * ((105 + 200 * 977.4 / 890) / 300 - 1))


def test_by_the_season_every_month_left_stands_equally_far_from_normal() -> None:
    levels = meeting(ONE, 6.0, SEASONAL)[SEASON]
    assert_allclose(levels[0, 4:], 977.4 * SEASONAL[0, 4:] / 11)


def test_a_plan_of_every_quarter_left_is_lifted_by_the_same_points() -> None:
    # planned: Q2 306 in all, so 201 to come; Q3 330 · 1.08; Q4 360 · 1.10: 953.4 of 977.4; 24 on 990 of last year
    levels = meeting(ONE, 6.0, SEASONAL, (None, 2.0, 8.0, 10.0))[PLANNED]
    lift = 100 * 24.0 / 990.0
    found = [growth(levels, ONE.before, span)[0] for span in QUARTERS]
    assert_allclose(found, [-5.0, 2 + lift, 8 + lift, 10 + lift])
    assert_allclose(levels[0, 4:6], (300 * (1.02 + lift / 100) - 105) / 2)


def test_quarters_without_a_plan_share_what_is_left() -> None:
    levels = meeting(ONE, 6.0, SEASONAL, (5.0, None, 8.0, None))[PLANNED]
    free = 100 * ((977.4 + 105 - 330 * 1.08) / 660 - 1)
    assert_allclose([growth(levels, ONE.before, s)[0] for s in QUARTERS], [-5.0, free, 8.0, free])


@pytest.mark.parametrize("way", [EVENLY, SEASON, PLANNED])
def test_quarters_add_up_to_the_target_with_the_weights_of_last_year(way: str) -> None:
    year, normal = many()
    levels = meeting(year, 7.5, normal, (None, 6.0, None, 9.0))[way]
    weight = np.stack([year.before[:, s].sum(axis=1) for s in QUARTERS]) / year.before.sum(axis=1)
    grown = np.stack([growth(levels, year.before, s) for s in QUARTERS])
    assert_allclose((weight * grown).sum(axis=0), 7.5)
    assert_allclose(levels[:, :4], year.levels[:, :4])


def test_without_a_plan_there_is_no_such_way() -> None:
    assert list(meeting(ONE, 6.0, SEASONAL)) == [EVENLY, SEASON]
    assert list(meeting(ONE, 6.0, SEASONAL, (None, None, None, None))) == [EVENLY, SEASON]


def test_a_year_is_known_to_the_origin_and_one_outside_the_paths_is_refused() -> None:
    months = pd.period_range("2022-05", periods=40, freq="M")
    values = np.arange(1.0, 41.0)[None]
    paths = Paths(months, months[23], values, np.ones(1), np.zeros(1, int), np.array(["a"]))
    year = year_on(paths, 2024)
    assert year.known == 4
    assert_allclose(year.before[0], np.arange(9.0, 21.0))
    assert_allclose(year.levels[0], np.arange(21.0, 33.0))
    for outside in (2022, 2023, 2025):
        with pytest.raises(
            ValueError, match=f"the paths from 2022-05 to 2025-08 do not hold {outside - 1} and"
        ):
            year_on(paths, outside)
