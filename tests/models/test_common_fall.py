"""Closed form, second route, properties: what counts as a common fall, and what the noisy walk makes of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast import models
from forecast.models import noisy_walk
from forecast.models.common_fall import FALL, common_fall
from forecast.models.noisy_walk import NoisyWalk


def panel(series: int = 4, months: int = 150, seed: int = 1) -> np.ndarray:
    """Log levels (1, s, n) with a shared part."""
    rng = np.random.default_rng(seed)
    growth = 0.002 + rng.normal(0, 0.01, (series, months)) + rng.normal(0, 0.008, months)
    return np.cumsum(growth, axis=1)[None]


def by_hand(z: np.ndarray, window: int) -> float:
    """The last mean of three months in standard deviations, by pandas."""
    growth = pd.DataFrame(z[0].T).diff()
    inside = growth.iloc[-window:]
    factor = ((growth - inside.mean()) / inside.std(ddof=0)).mean(axis=1)
    means = factor.rolling(3).mean().iloc[-window:]
    return float((means.iloc[-1] - means.mean()) / means.std(ddof=0))


@pytest.mark.parametrize("window", [60, 240])
def test_a_fall_is_what_pandas_says(window: int) -> None:
    told = []
    for shift in np.linspace(-0.03, 0.0, 25):
        z = panel()
        z[:, :, -3:] += shift * np.arange(1, 4)
        told.append((by_hand(z, window) < -FALL, bool(common_fall(z, window)[0])))
    assert [by for by, _ in told] == [found for _, found in told]
    assert {by for by, _ in told} == {True, False}


def test_each_draw_and_each_gap_by_itself() -> None:
    falling, calm = panel(), panel()
    falling[:, :, -3:] -= 0.03 * np.arange(1, 4)
    assert_array_equal(common_fall(np.concatenate([calm, falling, calm]), 240), [False, True, False])
    falling[0, 1, -3:] = np.nan  # a series that is late leaves the others
    assert common_fall(falling, 240)[0]
    falling[0, :, -1] = np.nan
    assert not common_fall(falling, 240)[0]


def test_a_series_alone_has_no_panel_to_fall_with() -> None:
    z = panel()
    z[:, :, -3:] -= 0.03 * np.arange(1, 4)
    assert not common_fall(z[:, :1], 240)[0]
    z[0, 1:, :-30] = np.nan  # 29 changes carry no standard deviation
    assert not common_fall(z, 240)[0]


def test_a_common_fall_is_a_fact_of_growth_and_not_of_scale() -> None:
    z = panel(seed=3)
    z[:, :, -3:] -= 0.03 * np.arange(1, 4)
    assert common_fall(z, 240)[0]
    assert common_fall(z + np.arange(4)[:, None], 240)[0]
    assert common_fall(z * np.array([1.0, 3.0, 0.2, 9.0])[:, None], 240)[0]


def levels(fall: float) -> tuple[np.ndarray, np.ndarray]:
    """A noisy level (n,) and its panel (n, s), index points, all falling in the last three months."""
    z = panel(5, 200, 7)[0]
    z[0] += np.random.default_rng(8).normal(0, 0.02, 200)
    z[:, -3:] += fall * np.arange(1, 4)
    return 100 * np.exp(z[0]), 100 * np.exp(z[1:].T)


def test_in_a_common_fall_the_noisy_walk_is_the_block_walk() -> None:
    y, beside = levels(-0.04)
    drawn = [
        models.fit(spec, y, panel=beside).simulate(24, 200, np.random.default_rng(2))
        for spec in (NoisyWalk(), NoisyWalk(grid=(0.0,)))
    ]
    assert_array_equal(*drawn)
    alone = noisy_walk.fit(NoisyWalk(), y)
    assert alone.summary()["theta"] > 0.3
    first = np.log(alone.simulate(1, 20_000, np.random.default_rng(2))[:, 0] / y[-1])
    starts = alone.errors - alone.errors.mean(axis=1, keepdims=True)  # as in test_walks
    theta = np.asarray(alone.spec.grid)
    taken_back = alone.posterior @ (starts[:, :-11].mean(axis=1) - theta * alone.current)
    assert taken_back > 0.005  # which the block walk does not
    assert abs(first.mean() - alone.drift - taken_back) < 4 * first.std() / np.sqrt(20_000)


def test_without_a_common_fall_the_panel_moves_nothing() -> None:
    y, beside = levels(0.0)
    with_panel, without = (models.fit(NoisyWalk(), y, panel=given) for given in (beside, None))
    assert_allclose(with_panel.summary()["theta"], without.summary()["theta"])
    paths = [one.simulate(12, 50, np.random.default_rng(3)) for one in (with_panel, without)]
    assert_array_equal(*paths)


def test_an_updated_walk_looks_at_the_panel_again() -> None:
    y, beside = levels(-0.04)
    before = noisy_walk.fit(NoisyWalk(), y[:-3], beside[:-3])
    now = before.updated(y, None, beside)
    assert (before.falling, now.falling) == (False, True)
    assert now.summary()["theta"] == 0.0
    assert_array_equal(now.posterior, before.posterior)
    assert not now.updated(y).falling
