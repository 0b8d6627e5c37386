"""Heavy shocks: found where one is, the scale recovered by simulation, and the future as wide as it implies."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast.models.autoregression import Autoregression, fit
from forecast.models.heavy_shock import DECAYS, SIZES, heavy_shock

PLAIN, HEAVY = Autoregression(orders=(1,)), Autoregression(orders=(1,), heavy_shocks=True)


def innovations(size: float, decay: float, age: int, seed: int = 0, n: int = 240) -> np.ndarray:
    rng = np.random.default_rng(seed)
    since = np.maximum(np.arange(n) - (n - 1 - age), 0)
    scale = np.where(np.arange(n) >= n - 1 - age, 1 + (size - 1) * decay**since, 1.0)
    e = rng.standard_normal(n) * scale
    e[n - 1 - age] = -size  # one scale's worth, so that every seed holds a shock
    return e


def level(e: np.ndarray) -> np.ndarray:
    growth = np.empty(len(e))
    last = 0.0
    for t, shock in enumerate(e):
        last = growth[t] = 0.001 + 0.3 * last + 0.01 * shock
    return 100.0 * np.exp(np.concatenate([[0.0], np.cumsum(growth)]))


def test_calm_innovations_and_old_shocks_are_no_heavy_shock():
    assert heavy_shock(np.random.default_rng(1).standard_normal(240)) is None
    assert heavy_shock(innovations(20.0, 0.5, age=30)) is None
    assert heavy_shock(np.zeros(240)) is None
    assert heavy_shock(innovations(20.0, 0.5, age=3)[-40:]) is None


def test_the_posterior_finds_size_and_decay():
    """Averaged over 60 series; each posterior mean of log scale misses by about .4, so the mean by 4 × .4/√60 = .2."""
    size, decay, age, months = 20.0, 0.8, 12, np.arange(1, 13)
    logs = []
    for seed in range(60):
        found = heavy_shock(innovations(size, decay, age, seed))
        assert found is not None
        assert found.age == age
        scale = 1 + (SIZES[:, None, None] - 1) * DECAYS[None, :, None] ** (age - months)
        logs.append((found.weights[:, :, None] * np.log(scale)).sum(axis=(0, 1)))
    truth = np.log(1 + (size - 1) * decay ** (age - months))
    assert_allclose(np.mean(logs, axis=0), truth, atol=0.25)


def test_drawn_scales_average_to_the_posterior_and_decay():
    found = heavy_shock(innovations(20.0, 0.8, age=2))
    assert found is not None
    scales = found.ahead(12, 20_000, np.random.default_rng(2))
    months = found.age + np.arange(1, 13)
    grid = 1 + (SIZES[:, None, None] - 1) * DECAYS[None, :, None] ** months
    expected = (found.weights[:, :, None] * grid).sum(axis=(0, 1))
    spread = np.sqrt((found.weights[:, :, None] * np.square(grid - expected)).sum(axis=(0, 1)))
    assert (np.abs(scales.mean(axis=0) - expected) < 4 * spread / np.sqrt(20_000)).all()
    assert (np.diff(scales, axis=1) <= 0).all()
    assert (scales >= 1).all()


def test_an_autoregression_keeps_its_parameters_through_a_shock_but_not_the_false_certainty():
    calm = innovations(1.0, 0.5, age=2, seed=4)
    shaken = calm.copy()
    shaken[-3:] = (-40.0, 25.0, 10.0)
    of_calm, bent, kept = fit(PLAIN, level(calm)), fit(PLAIN, level(shaken)), fit(HEAVY, level(shaken))
    assert kept.shock is not None
    assert abs(kept.coefficients[1] - of_calm.coefficients[1]) < abs(
        bent.coefficients[1] - of_calm.coefficients[1]
    )
    assert_allclose(np.sqrt(kept.sigma2), np.sqrt(of_calm.sigma2), rtol=0.1)
    widths = [
        np.diff(np.quantile(np.log(f.simulate(6, 4000, np.random.default_rng(5))[:, 0]), [0.1, 0.9]))[0]
        for f in (of_calm, kept)
    ]
    assert widths[1] > 5 * widths[0]


@pytest.mark.parametrize("seed", range(3))
def test_in_calm_times_the_option_changes_no_byte(seed: int):
    y = level(np.random.default_rng(seed).standard_normal(200))
    one, two = (fit(spec, y).simulate(24, 50, np.random.default_rng(1)) for spec in (PLAIN, HEAVY))
    assert_array_equal(one, two)
