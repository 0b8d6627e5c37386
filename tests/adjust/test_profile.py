"""The built-in profile: recovered exactly where it can be, equivariant, deaf to the future."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast.adjust import builtin_effects, estimate_profile
from forecast.errors import DataError

SEASON = np.array([-0.21, -0.13, 0.07, 0.02, 0.04, 0.06, 0.01, 0.03, 0.05, 0.02, 0.01, 0.03])
SEASON = SEASON - SEASON.mean()


def _months(m: int, start: str = "2001-04") -> pd.PeriodIndex:
    return pd.period_range(start, periods=m, freq="M")


def _clean(m: int = 120, growth: float = 0.004, level: float = 4.6) -> tuple[pd.PeriodIndex, np.ndarray]:
    months = _months(m)
    return months, level + growth * np.arange(m) + SEASON[months.month - 1]


def _regressors(months: pd.PeriodIndex, seed: int = 5) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(len(months), 2))


@pytest.mark.parametrize(("m", "growth"), [(24, 0.0), (24, 0.01), (61, 0.0), (240, -0.003)])
def test_a_known_season_is_recovered_exactly_with_and_without_growth(m: int, growth: float) -> None:
    months, z = _clean(m, growth)
    profile = estimate_profile(z, months)
    assert_allclose(profile.seasonal, SEASON, atol=1e-12)
    assert profile.beta.shape == (0,)


def test_season_and_calendar_are_told_apart_exactly() -> None:
    months, z = _clean()
    x = _regressors(months)
    profile = estimate_profile(z + x @ [0.02, -0.3], months, x)
    assert_allclose(profile.beta, [0.02, -0.3], atol=1e-9)
    assert_allclose(profile.seasonal, SEASON, atol=1e-9)


def test_effects_continue_over_the_horizon() -> None:
    months, z = _clean(96)
    ahead = _months(96 + 18)
    x = _regressors(ahead)
    beta = np.array([0.02, -0.3])
    effects = builtin_effects(z + x[:96] @ beta, months, 18, x)
    assert_allclose(effects, SEASON[ahead.month - 1] + x @ beta, atol=1e-9)


def test_medians_are_those_of_the_last_six_ratios_of_each_month() -> None:
    rng = np.random.default_rng(11)
    months = _months(150)
    z = rng.normal(scale=0.05, size=150).cumsum() + rng.normal(scale=0.03, size=150)
    logs = pd.Series(z, index=months)
    centred = (logs.rolling(12).mean().shift(-5) + logs.rolling(12).mean().shift(-6)) / 2
    ratio = (logs - centred).dropna()
    by_month = [np.median(ratio[ratio.index.month == c][-6:]) for c in range(1, 13)]
    assert_allclose(estimate_profile(z, months).seasonal, np.array(by_month) - np.mean(by_month), atol=1e-12)


def test_coefficients_are_those_of_statsmodels_huber_regression() -> None:
    rng = np.random.default_rng(17)
    months = _months(168)
    x = _regressors(months)
    z = rng.standard_t(3, size=168) * 0.02 + SEASON[months.month - 1] + x @ [0.03, -0.1]
    half = np.r_[0.5, np.ones(11), 0.5] / 12
    ratio = z[6:-6] - np.convolve(z, half, "valid")
    shape = x[6:-6] - np.column_stack([np.convolve(column, half, "valid") for column in x.T])
    design = np.column_stack([shape, np.eye(12)[months[6:-6].month - 1]])
    huber = sm.RLM(ratio, design, M=sm.robust.norms.HuberT(1.345)).fit(maxiter=200, tol=1e-10)
    # statsmodels' scale has 1/Φ⁻¹(¾), ours its usual four decimals.
    assert_allclose(estimate_profile(z, months, x).beta, huber.params[:2], atol=2e-6)


@settings(deadline=None, max_examples=25, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    scale=st.floats(0.01, 100),
    growth=st.floats(-0.02, 0.02),
    shape=st.lists(st.floats(-0.3, 0.3), min_size=12, max_size=12),
)
def test_scale_and_growth_drop_out_and_a_season_added_is_a_season_found(
    seed: int, scale: float, growth: float, shape: list[float]
) -> None:
    rng = np.random.default_rng(seed)
    months = _months(100)
    z = rng.normal(scale=0.04, size=100).cumsum() + SEASON[months.month - 1]
    added = np.array(shape) - np.mean(shape)
    plain = estimate_profile(z, months).seasonal
    shifted = z + np.log(scale) + growth * np.arange(100) + added[months.month - 1]
    moved = estimate_profile(shifted, months).seasonal
    assert_allclose(moved, plain + added, atol=1e-11)
    assert_allclose(moved.sum(), 0, atol=1e-12)


def test_draws_at_once_equal_draws_one_by_one() -> None:
    rng = np.random.default_rng(3)
    months = _months(90)
    x = _regressors(months)
    z = rng.normal(scale=0.05, size=(4, 90)).cumsum(axis=1)
    together = estimate_profile(z, months, x)
    for i in range(4):
        alone = estimate_profile(z[i], months, x)
        assert_allclose(together.seasonal[i], alone.seasonal, atol=1e-12)
        assert_allclose(together.beta[i], alone.beta, atol=1e-12)
        assert_allclose(together.effects(months, x)[i], alone.effects(months, x), atol=1e-12)


def test_gaps_are_tolerated_and_filled_by_what_the_estimate_expects() -> None:
    months, z = _clean(132)
    holes = [0, 1, 7, 40, 41, 42, 90, 101, 130, 131]
    z[holes] = np.nan
    assert_allclose(estimate_profile(z, months).seasonal, SEASON, atol=1e-8)


def test_outliers_move_neither_medians_nor_coefficients_much() -> None:
    rng = np.random.default_rng(8)
    months, z = _clean(180)
    x = _regressors(months)
    z = z + x @ [0.02, -0.05] + rng.normal(scale=0.005, size=180)
    hit = z.copy()
    hit[[60, 61, 119]] -= 0.6
    clean, dirty = estimate_profile(z, months, x), estimate_profile(hit, months, x)
    assert np.abs(clean.beta - dirty.beta).max() < 0.004
    assert np.abs(clean.seasonal - dirty.seasonal).max() < 0.03


def test_months_after_the_estimate_cannot_reach_it() -> None:
    rng = np.random.default_rng(21)
    months = _months(140)
    x = _regressors(months)
    z = rng.normal(scale=0.03, size=140).cumsum() + SEASON[months.month - 1]
    poisoned = np.where(np.arange(140) < 100, z, 1e6)
    first = estimate_profile(z[:100], months[:100], x[:100])
    second = estimate_profile(poisoned[:100], months[:100], x[:100])
    assert_allclose(second.seasonal, first.seasonal, atol=0)
    assert_allclose(second.beta, first.beta, atol=0)
    assert {f.name for f in fields(first)} == {"seasonal", "beta", "months", "years"}


def test_an_adjusted_series_has_effects_near_zero_or_none() -> None:
    rng = np.random.default_rng(2)
    months = _months(240)
    z = rng.normal(scale=0.01, size=240).cumsum()
    noise = estimate_profile(z, months).effects(months)
    # The ratio of this walk to its centred mean has sd near 0.011; a median of six, 1.25·sd/√6 = 0.006.
    assert noise.std() < 0.012
    none = estimate_profile(z, months, seasonal=False)
    assert_allclose(none.effects(months), 0, atol=0)
    x = _regressors(months)
    assert_allclose(estimate_profile(z, months, x, seasonal=False).seasonal, 0, atol=0)
    assert_allclose(estimate_profile(z[:5], months[:5], seasonal=False).effects(months), 0, atol=0)


def test_a_regressor_that_never_moves_in_the_window_gets_no_coefficient() -> None:
    months, z = _clean()
    x = np.column_stack([_regressors(months), np.zeros(len(months))])
    assert_allclose(estimate_profile(z, months, x).beta[2], 0, atol=1e-12)


def test_coefficients_need_three_years_of_ratios() -> None:
    months, z = _clean(47)
    x = _regressors(months)
    assert_allclose(estimate_profile(z + x @ [0.1, 0.2], months, x).beta, [0, 0], atol=0)


def test_too_short_a_series_is_told_what_is_missing() -> None:
    months, z = _clean(23)
    with pytest.raises(DataError, match=r"to 2003-02 holds 23 published months .* calendar month 9 .* 24"):
        estimate_profile(z, months)


def test_no_published_month_is_told() -> None:
    months = _months(40)
    with pytest.raises(DataError, match="holds 0 published months"):
        estimate_profile(np.full(40, np.nan), months)


def test_regressors_of_another_shape_are_refused() -> None:
    months, z = _clean()
    profile = estimate_profile(z, months, _regressors(months))
    with pytest.raises(ValueError, match=r"shape \(120, 0\), expected \(120, 2\)"):
        profile.effects(months)
    with pytest.raises(ValueError, match=r"shape \(60, 2\), expected \(120, j\)"):
        estimate_profile(z, months, _regressors(months[:60]))


def test_values_and_months_must_agree() -> None:
    with pytest.raises(ValueError, match="30 values for 31 months"):
        estimate_profile(np.zeros(30), _months(31))


def test_a_january_that_is_never_published_lies_between_december_and_february() -> None:
    """A season whose January is the mean of its neighbours is recovered exactly without any January."""
    months = _months(120)
    season = np.array([0.0, 0.05, -0.02, 0.01, 0.03, -0.04, 0.02, 0.0, 0.04, -0.03, -0.01, -0.07])
    season[0] = (season[11] + season[1]) / 2
    season -= season.mean()
    z = 4.6 + 0.004 * np.arange(120) + season[months.month - 1]
    found = estimate_profile(np.where(months.month == 1, np.nan, z), months)
    assert_allclose(found.seasonal, season, atol=1e-8)


def test_half_a_year_that_is_never_published_is_no_monthly_series() -> None:
    months = _months(120)
    z = np.where(months.month > 6, np.nan, 4.6)
    with pytest.raises(DataError, match="6 of the 12 calendar months are ever published; .* needs 9"):
        estimate_profile(z, months)
