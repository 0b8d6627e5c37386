"""Shocks: judged by what came before, taken out as steps, and the future as wide as they leave it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast.estimate import Estimate, LevelData, Plan, estimate
from forecast.models import fit
from forecast.models.autoregression import Autoregression
from forecast.paths import quantiles
from forecast.shocks import DECAYS, SIZES, THRESHOLD, aftermath, calmed
from forecast.slump import SlumpSpec, find_slump

MALAYSIA = Path(__file__).parents[2] / "shared" / "data" / "malaysia_ipi.csv"
FALL = np.log(0.7)  # a month at −30 %


def growth(n: int = 131, seed: int = 1) -> np.ndarray:
    """Growth of an autoregression with drift, standard deviation of its innovations 0.5 %."""
    e = 0.005 * np.random.default_rng(seed).standard_normal(n)
    out = np.empty(n)
    last = 0.0
    for t in range(n):
        last = out[t] = 0.002 + 0.3 * last + e[t]
    return out


def mad(g: np.ndarray) -> float:
    return float(1.4826 * np.median(np.abs(g - np.median(g))))


def level(steps: np.ndarray, season: bool = False) -> pd.Series:
    z = np.concatenate([[0.0], np.cumsum(steps)])
    if season:
        z += 0.08 * np.sin(2.0 * np.pi * np.arange(len(z)) / 12.0)
    return pd.Series(100.0 * np.exp(z), index=pd.period_range("2010-01", periods=len(z), freq="M"))


def test_a_series_without_shocks_is_left_as_it_is() -> None:
    z = np.concatenate([[0.0], np.cumsum(growth())])[None]
    calm = calmed(z)
    assert calm.levels is z
    assert_array_equal(calm.clipped, np.diff(z))
    assert calm.aftermaths() == [None]
    assert_array_equal(calm.lift(60), [[0.0]])


def test_a_shock_is_judged_by_the_months_before_it_and_taken_out_as_a_step() -> None:
    g = growth()
    g[90] += FALL
    z = np.concatenate([[0.0], np.cumsum(g)])[None]
    calm = calmed(z)
    before = g[:84]  # the spread is told every twelve months from the 24th on
    centre = np.median(before)
    spread = max(mad(before), mad(before[-24:]))
    d = (g[90] - centre) / spread
    usual = centre + spread * d * (THRESHOLD / abs(d)) ** 4
    assert_allclose(calm.deviation[0, 90], d)
    assert_allclose(np.diff(calm.levels[0])[90], usual)
    assert_allclose(np.delete(np.diff(calm.levels[0]), 90), np.delete(g, 90), atol=1e-14)
    assert_allclose(calm.levels[0, -1], z[0, -1])
    assert_allclose(calm.clipped[0, 90], centre - THRESHOLD * spread)
    assert_allclose(calm.lift(100)[0, 0], (calm.clipped[0, 90] - usual) / 100.0)
    later = calmed(np.concatenate([z, z[:, -1:] + np.cumsum(5.0 * growth(40, 2))[None]], axis=1))
    assert_array_equal(later.deviation[0, :131], calm.deviation[0])  # nothing later moves it


def test_a_series_that_has_become_unquiet_is_judged_by_its_last_two_years() -> None:
    """Ten years of growth of 0.5 %, two of three times that, then −8 %: far outside of the first, not of the last."""
    g = growth(157)
    g[120:144] *= 3.0
    g[150] = -0.08
    z = np.concatenate([[0.0], np.cumsum(g)])[None]
    assert calmed(z).levels is z
    assert_allclose(calmed(z).deviation[0, 150], (g[150] - np.median(g[24:144])) / mad(g[120:144]))
    assert abs(g[150]) / mad(g[24:144]) > THRESHOLD


def test_the_return_of_a_shock_counts_with_it_and_gaps_do_not_matter() -> None:
    g = growth()
    g[90] += FALL
    g[95] += 0.04  # eight standard deviations: usual by itself, not in the year after a shock
    alone = growth()
    alone[95] += 0.04
    z, calm = (np.concatenate([[0.0], np.cumsum(of)])[None] for of in (g, alone))
    assert abs(np.diff(calmed(z).levels[0])[95]) < 0.01
    g[96] -= 0.03  # seven, but the way that the shock went: the slump goes on
    z = np.concatenate([[0.0], np.cumsum(g)])[None]
    assert_allclose(np.diff(calmed(z).levels[0])[96], g[96])
    assert calmed(calm).levels is calm
    gap = z.copy()
    gap[0, 50] = np.nan
    assert_allclose(np.diff(calmed(gap).levels[0])[90], np.diff(calmed(z).levels[0])[90], atol=0.003)
    assert np.isnan(calmed(gap).levels[0, 50])


def test_the_posterior_of_size_and_decay_by_hand_and_returns_say_nothing() -> None:
    e = np.zeros(60)
    e[-6:] = [-20.0, -3.0, -8.0, -5.0, 4.0, 1.0]
    found = aftermath(e)
    assert found is not None
    assert found.age == 5
    s = 1.0 + (SIZES[:, None, None] - 1.0) * DECAYS[None, :, None] ** np.arange(
        2
    )  # 4 and 1 go back part of the way
    log_density = (
        -(np.log(s) + np.square(np.array([8.0, 5.0]) / s) / 2.0).sum(axis=2) - 2.0 * np.log(SIZES)[:, None]
    )
    log_density += 2.03 * np.log(DECAYS) + 0.51 * np.log1p(-DECAYS)
    weights = np.exp(log_density)
    assert_allclose(found.weights, weights / weights.sum())
    scales = found.ahead(12, 40_000, np.random.default_rng(2))
    grid = 1.0 + (SIZES[:, None, None] - 1.0) * DECAYS[None, :, None] ** (found.age - 2 + np.arange(1, 13))
    expected = (found.weights[:, :, None] * grid).sum(axis=(0, 1))
    error = np.sqrt((found.weights[:, :, None] * np.square(grid - expected)).sum(axis=(0, 1)) / 40_000)
    assert (np.abs(scales.mean(axis=0) - expected) < 4.0 * error).all()
    assert aftermath(np.r_[e, np.zeros(24)]) is None


def test_months_after_a_shock_that_are_not_published_say_nothing_of_how_wide_it_left_them() -> None:
    """Identity: known, the two rates that an unpublished month takes away multiply the posterior by their density."""
    g = growth()
    g[-6] += FALL
    g[-5:] = [-0.02, -0.015, -0.02, -0.01, -0.02]
    z = np.concatenate([[0.0], np.cumsum(g)])[None]
    gap = z.copy()
    gap[0, -3] = np.nan
    whole, parted = calmed(z), calmed(gap)
    d = whole.deviation[0, -3:-1]
    assert_array_equal(
        parted.deviation[0], np.r_[whole.deviation[0, :-3], np.nan, np.nan, whole.deviation[0, -1]]
    )
    (known,), (unknown,) = whole.aftermaths(), parted.aftermaths()
    assert known is not None
    assert unknown is not None
    assert known.age == unknown.age == 5
    usual = whole.deviation[0, :-6][-120:]
    e = d / max(1.0, np.sqrt(np.square(usual).mean()))
    s = 1.0 + (SIZES[:, None, None] - 1.0) * DECAYS[None, :, None] ** np.arange(1, 3)
    weights = unknown.weights * np.exp(-(np.log(s) + np.square(e / s) / 2.0).sum(axis=2))
    assert_allclose(known.weights, weights / weights.sum())


def test_what_a_shock_leaves_is_told_in_usual_growth_and_not_in_its_robust_spread() -> None:
    """Usual growth of root mean square 2, one earlier shock of 20 in it counting as 20/2⁴, is worth half of it at 1."""
    since = np.array([-40.0, -6.0, -16.0, -10.0])
    usual = np.resize([2.0, -2.0], 60)
    usual[10], kept = 20.0, 20.0 / 2.0**4
    scale = np.sqrt((59 * 4.0 + kept**2) / 60)
    wide, plain = aftermath(np.r_[usual, since]), aftermath(np.r_[np.zeros(60), since / scale])
    assert wide is not None
    assert plain is not None
    assert_allclose(wide.weights, plain.weights)


def answered(y: pd.Series) -> Estimate:
    return estimate(y, Plan(paths=1_500, horizon=24), 1)


def bend(found: Estimate) -> float:
    """Largest second difference of the median of the fan, points of normal."""
    paths = found.paths
    pct = 100.0 * paths.values / found.normals[found.plan.normal.kind][paths.draw]
    median = quantiles(pct, paths.weights, [0.5])[0]
    return float(np.abs(np.diff(median[paths.past : paths.past + 24], 2)).max())


@pytest.mark.parametrize("place", [0, 1, 2, 5, 11, 12, 13, 23])
def test_one_month_far_outside_bends_nothing_that_comes(place: int) -> None:
    _bends_nothing(place)


@pytest.mark.slow
@pytest.mark.parametrize("place", range(24))
def test_wherever_it_lies(place: int) -> None:
    _bends_nothing(place)


def _bends_nothing(place: int) -> None:
    steps = growth()
    calm = level(steps, season=True)
    hit = calm.copy()
    hit.iloc[len(hit) - 1 - place] *= 0.7
    found = answered(hit)
    assert bend(found) < 1.5
    ours, theirs = (fit(Autoregression((1,)), level(steps).to_numpy() * of) for of in (1.0, hit / calm))
    error = np.sqrt(ours.sigma2) * np.linalg.norm(ours.factor, axis=1)
    assert (np.abs(theirs.coefficients - ours.coefficients) < 2.0 * error).all()
    assert abs(np.sqrt(theirs.sigma2 / ours.sigma2) - 1.0) < 2.0 / np.sqrt(2.0 * ours.freedom)
    assert theirs.after is not None
    walk, calm_walk = (fit("noisy_walk", level(steps).to_numpy() * of) for of in (hit / calm, 1.0))
    assert abs(walk.drift - calm_walk.drift) < 2.0 * calm_walk.drift_error


def test_the_months_after_are_wider_and_the_walk_draws_no_shock() -> None:
    steps = growth()
    steps[-1] += FALL
    hit, calm = level(steps).to_numpy(), level(growth()).to_numpy()
    for name in ("autoregression", "noisy_walk", "panel_autoregression"):
        spreads = []
        for y in (hit, calm):
            paths = np.log(fit(name, y).simulate(12, 4_000, np.random.default_rng(3)) / y[-1])
            spreads.append(np.quantile(paths, 0.9, axis=0) - np.quantile(paths, 0.1, axis=0))
        assert spreads[0][0] / spreads[1][0] > 1.2
        assert spreads[0][2] > spreads[1][2]
    assert np.abs(fit("noisy_walk", hit).errors).max() < 0.05


@pytest.mark.skipif(not MALAYSIA.is_file(), reason="the shared data are missing")
def test_malaysia_in_july_2020_is_in_a_slump_and_its_fan_is_calm() -> None:
    table = pd.read_csv(MALAYSIA)
    y = pd.Series(
        table["overall"].to_numpy(), index=pd.PeriodIndex(table["date"].str[:7], freq="M"), name="overall"
    )
    found = estimate(LevelData(y, "overall", pd.Timestamp("2020-07-31")), Plan(paths=2_000), 1)
    assert (str(found.history.origin), str(found.slump.start), found.slump.under_way) == (
        "2020-07",
        "2020-04",
        True,
    )
    assert bend(found) < 1.5


def test_a_history_too_short_to_date_a_slump_tells_one_from_a_shock() -> None:
    for first, months, fall, start in ((59, 1, FALL, 60), (50, 10, FALL / 2.0, None), (29, 1, FALL, None)):
        steps = growth(66)
        steps[first : first + months] += fall / months
        found = find_slump(answered(level(steps)).history, SlumpSpec(seasonally_adjusted=True))
        month = None if start is None else pd.period_range("2010-01", periods=67, freq="M")[start]
        assert (None if found is None else found.start) == month
