import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.rule import THRESHOLD_ADJUSTED_PCT, by_noise, fell_back, first_held, first_sought, noise
from forecast.slump import SlumpSpec


def test_noise_is_the_robust_spread_of_the_short_against_the_long_mean():
    z = np.random.default_rng(6).normal(0, 1, 90).cumsum()
    series = pd.Series(z[-72:])
    centred = (series.rolling(12).mean() + series.rolling(12).mean().shift(1)) / 2
    deviation = (series.rolling(3).mean().shift(-1) - centred.shift(-6)).dropna()
    assert len(deviation) == 72 - 12
    assert_allclose(noise(z), 1.4826 * (deviation - deviation.median()).abs().median(), rtol=1e-12)


def test_a_fall_counts_from_seven_and_a_half_percent_on_or_five_where_the_season_is_off():
    assert (SlumpSpec().threshold_pct, THRESHOLD_ADJUSTED_PCT) == (7.5, 5.0)


def test_the_hold_doubles_where_three_sigmas_reach_the_depth_of_a_slump():
    depth = -np.log(0.925)
    assert by_noise(0.999 * depth / 3, 7.5) == (3, 3)
    assert by_noise(1.001 * depth / 3, 7.5) == (3, 6)


@pytest.mark.parametrize("hold", [1, 2, 3, 6])
def test_the_recovery_month_is_the_first_of_a_whole_run_against_a_loop(hold: int):
    rng = np.random.default_rng(7)
    mean_gap = rng.normal(0.4, 1.0, size=(40, 30))
    mean_gap[:, :2] = np.nan
    for first in (0, 5, 29):
        expected = [
            next((t for t in range(first, 30 - hold + 1) if (row[t : t + hold] >= 0).all()), -1)
            for row in mean_gap
        ]
        assert first_held(mean_gap, hold, first).tolist() == expected
        assert int(first_held(mean_gap[0], hold, first)) == expected[0]
    assert (
        first_held(mean_gap, 1).tolist() == first_held(mean_gap, 1, 0).tolist()
    )  # sought from the first month on


def test_the_first_month_sought_is_that_of_a_run_complete_at_the_origin():
    for hold in (1, 3, 6):
        assert first_sought(hold) + (hold - 1) == 0


def test_a_gap_of_rounding_is_none():
    gap = np.array([[-1e-3, -9e-16, -4e-16, -1e-3], [-1e-3, -1e-6, -1e-6, -1e-3]])
    assert first_held(gap, 2).tolist() == [1, -1]


def test_each_row_relapses_by_its_own_year():
    smooth = np.zeros((3, 40))
    smooth[:, 20] = np.log(0.95) / 2 - 1e-9
    assert fell_back(smooth, np.array([5, 6, 17]), 3, 5.0).tolist() == [False, True, True]
    assert fell_back(smooth, np.array([9, 18, 17]), 3, 5.0).tolist() == [True, False, True]
