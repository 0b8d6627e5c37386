"""All draws at once say what each draw says alone, written out month by month in `one_draw`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast import models
from forecast.errors import FitError
from forecast.models import autoregression, noisy_walk, panel_autoregression
from tests.models import one_draw

DRAWS, MONTHS, HORIZON = 5, 160, 7
COUNTS = [3, 1, 2, 4, 2]


def levels(seed: int = 1) -> np.ndarray:
    """Draws (k, n) of one level, whose growth is of another order in each."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(0.002, 0.004, MONTHS)
    out = []
    for k in range(DRAWS):
        growth = np.zeros(MONTHS)
        for t in range(MONTHS):
            growth[t] = shared[t] + rng.normal(0, 0.01) + (0.5 * growth[t - k] if 0 < k <= t else 0.0)
        out.append(100 * np.exp(np.cumsum(growth)))
    return np.array(out)


def gapped(y: np.ndarray, *months: int) -> np.ndarray:
    out = y.copy()
    out[:, list(months)] = np.nan
    return out


def generators() -> list[np.random.Generator]:
    return [np.random.default_rng(100 + i) for i in range(DRAWS)]


def paths_of(alone: Callable[[int, int, np.random.Generator], np.ndarray]) -> np.ndarray:
    return np.concatenate([
        alone(i, n, rng) for i, (n, rng) in enumerate(zip(COUNTS, generators(), strict=True))
    ])  # fmt: skip


@pytest.mark.parametrize("y", [levels(), gapped(levels(), 60, 61, 100)], ids=["whole", "with gaps"])
def test_autoregressions_are_those_of_each_draw(y: np.ndarray) -> None:
    spec = autoregression.Autoregression()
    fits = autoregression.fit_draws(spec, y)
    alone = [one_draw.autoregression(spec, row) for row in y]
    assert len({len(one.beta) for one in alone}) > 1  # draws of several orders are sorted and put back
    for fit, one in zip(fits, alone, strict=True):
        assert not isinstance(fit, FitError)
        assert_allclose(fit.coefficients, one.beta, rtol=1e-10, atol=1e-12)
        assert_allclose(fit.sigma2, one.sse / (one.n - len(one.beta)), rtol=1e-10)
    found = models.simulate_draws(fits, HORIZON, COUNTS, generators())
    expected = paths_of(lambda i, n, rng: one_draw.autoregression_paths(alone[i], y[i], HORIZON, n, rng))
    assert_allclose(found, expected, rtol=1e-10)


@pytest.mark.parametrize("y", [levels(2), gapped(levels(2), 60, 61, 100, 159)], ids=["whole", "with gaps"])
def test_noisy_walks_are_those_of_each_draw(y: np.ndarray) -> None:
    spec = noisy_walk.NoisyWalk()
    found = models.simulate_draws(noisy_walk.fit_draws(spec, y), HORIZON, COUNTS, generators())
    expected = paths_of(lambda i, n, rng: one_draw.noisy_walk_paths(spec, y[i], HORIZON, n, rng))
    assert_allclose(found, expected, rtol=1e-10)


@pytest.mark.parametrize("months", [(), (40, 90)], ids=["whole", "with gaps"])
@pytest.mark.parametrize("series", [0, 2])
def test_panel_autoregressions_are_those_of_each_draw(months: tuple[int, ...], series: int) -> None:
    spec = panel_autoregression.PanelAutoregression(lags=4, window=100)
    y = gapped(levels(3), *months)
    panel = np.stack([levels(4 + i) for i in range(series)], axis=2) if series else None
    alone = [
        one_draw.panel_autoregression(spec, row, None if panel is None else panel[i])
        for i, row in enumerate(y)
    ]
    fits = panel_autoregression.fit_draws(spec, y, panel)
    for fit, one in zip(fits, alone, strict=True):
        assert not isinstance(fit, FitError)
        assert_allclose(fit.coefficients, one.beta, rtol=1e-9, atol=1e-11)
        assert_allclose(fit.shock_root, one.shock_root, rtol=1e-9, atol=1e-11)
    found = models.simulate_draws(fits, HORIZON, COUNTS, generators())
    expected = paths_of(
        lambda i, n, rng: one_draw.panel_autoregression_paths(spec, alone[i], HORIZON, n, rng)
    )
    assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("name", ["autoregression", "noisy_walk", "sarima_airline", "theta"])
def test_a_draw_is_the_same_in_any_company(name: str) -> None:
    y = levels(6)
    y[2, -8:] *= 0.6  # a shock beyond all experience
    spec = models.REGISTRY[name].spec
    fits = models.fit_draws(spec, y, None, generators())
    together = models.simulate_draws(fits, HORIZON, COUNTS, generators())
    alone = paths_of(lambda i, n, rng: models.fit(spec, y[i]).simulate(HORIZON, n, rng))
    assert_allclose(together, alone, rtol=1e-9)


def test_a_draw_that_cannot_be_fitted_fails_alone() -> None:
    y = levels(7)
    y[1] = 100.0
    y[3, -4] = np.nan
    for spec in (autoregression.Autoregression(), panel_autoregression.PanelAutoregression()):
        found = models.fit_draws(spec, y, None, generators())
        assert [isinstance(one, FitError) for one in found] == [False, True, False, True, False]
    assert "does not vary" in str(models.fit_draws(autoregression.Autoregression(), y, None, generators())[1])
    assert "gap" in str(found[3])


def test_rows_that_know_the_same_months_are_worked_on_together_in_their_order() -> None:
    from forecast.arrays import TOGETHER, alike

    known = np.tile([[True, True], [True, False]], (TOGETHER, 1))
    parts = alike(known)
    assert [len(part) for part in parts] == [TOGETHER, TOGETHER]
    assert_array_equal(parts[0], np.arange(0, 2 * TOGETHER, 2))
    assert len(alike(np.ones((TOGETHER + 1, 3), dtype=bool))) == 2
