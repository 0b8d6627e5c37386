"""A question small enough for a page of tests: two models on thirty histories, three definitions of normal."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd

from forecast.onset import Calm
from forecast.paths import Paths
from forecast.what_if import Grounds

ORIGIN = pd.Period("2024-04", "M")
HORIZON, PAST, SPAN, DRAWS = 24, 24, 24 + 5 + 12, 30


def grounds(n: int = 6_000, seed: int = 4) -> Grounds:
    """Histories fallen a tenth below normal, and walks with drift and season from there, unequal in weight."""
    rng = np.random.default_rng(seed)
    months = pd.period_range(ORIGIN - PAST + 1, periods=PAST + SPAN, freq="M")
    season = 0.06 * np.sin(2 * np.pi * np.asarray(months.month) / 12)
    peak = rng.normal(0.0, 0.02, (DRAWS, 1))
    past = np.cumsum(rng.normal(0, 0.02, PAST)) + rng.normal(0, 0.01, (DRAWS, PAST))
    past -= past[:, [-1]] + 0.1
    draw = np.sort(rng.integers(DRAWS, size=n))
    model = np.where(rng.random(n) < 0.4, "walk", "drift")
    pace = np.where(model == "walk", 0.004, 0.007)[:, None] + rng.normal(0, 0.004, (n, 1))
    future = past[draw][:, [-1]] + np.cumsum(pace + rng.normal(0, 0.03, (n, SPAN)), axis=1)
    values = 100 * np.exp(np.concatenate([past[draw], future], axis=1) + season)
    weights = rng.gamma(5.0, size=n)
    trend = peak + 0.002 * np.arange(PAST + SPAN)
    normals = {
        "pre_slump_peak": 100 * np.exp(peak + season),
        "trend": 100 * np.exp(trend + season),
        "target": 95 * np.exp(season)[None],
    }
    paths = Paths(months, ORIGIN, values, weights / weights.sum(), draw, model)
    normals["target"] = np.repeat(normals["target"], DRAWS, axis=0)
    return Grounds(paths, normals, "pre_slump_peak", 3, 3, HORIZON, ORIGIN - 9, 7.5)


def calm(of: Grounds, seed: int = 5) -> Calm:
    """What the next slump is told from beside these histories: four years that lead to them, and the same season."""
    rng = np.random.default_rng(seed)
    season = 0.06 * np.sin(2 * np.pi * np.asarray(of.paths.future_months.month[:HORIZON]) / 12)
    last = np.log([of.paths.values[of.paths.draw == k][0, PAST - 1] for k in range(DRAWS)])
    past = np.cumsum(rng.normal(0, 0.01, (DRAWS, 48)), axis=1)
    effects = season + rng.normal(0, 0.005, (DRAWS, HORIZON))
    return Calm(past + (last - past[:, -1])[:, None], effects, -0.09)


OUTCOME = SimpleNamespace(
    measure=None, name="made", as_of="2024-05-20", origin=ORIGIN,
    title={"en": "Made <output> & more", "vi": "Sản xuất <mẫu> & khác"},
    targets=(SimpleNamespace(year=2024, target_pct=6.0),), slump="one", onset=None,
)  # fmt: skip
"""What a page says of its question."""
