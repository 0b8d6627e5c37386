"""Sectors beside their total, row by row in loops: the same stream, the formulas of the room's own page."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.estimate.sectors import sector_paths
from forecast.paths import Paths
from forecast.series import History

K, M, PAST, AHEAD, N = 3, 90, 25, 15, 8
MONTHS = pd.period_range("2015-02", periods=M, freq="M")
PEAK = slice(61, 73)


def history(rng: np.random.Generator, level: float) -> History:
    effects = rng.normal(0, 0.04, (K, M + AHEAD))
    z = np.log(level) + np.cumsum(rng.normal(0, 0.02, (K, M)), axis=1)
    return History(MONTHS, np.exp(z + effects[:, :M]), effects, np.zeros(M, bool))


@pytest.mark.parametrize("adds_up", [True, False])
def test_sector_paths_are_those_of_the_formulas(adds_up: bool):
    rng = np.random.default_rng(4)
    own, apart, parts = history(rng, 100), history(rng, 101), {"a": history(rng, 70), "b": history(rng, 30)}
    draw = np.arange(N) % K
    future = own.values[draw, -1:] * np.exp(np.cumsum(rng.normal(0, 0.03, (N, AHEAD)), axis=1))
    span = pd.period_range(MONTHS[-PAST], periods=PAST + AHEAD, freq="M")
    pool = Paths(
        span, MONTHS[-1], np.concatenate([own.values[draw, -PAST:], future], axis=1), np.full(N, 1 / N), draw,
        np.full(N, "m"),
    )  # fmt: skip
    normal = np.exp(rng.normal(4.6, 0.02, (K, PAST + AHEAD)))
    slump = SimpleNamespace(peak_from=MONTHS[PEAK.start], peak_to=MONTHS[PEAK.stop - 1])
    reconstructed = SimpleNamespace(history=apart, sectors=parts, adds_up=adds_up)
    found = sector_paths(reconstructed, ["a", "b"], pool, own, normal, slump, np.random.default_rng(17))  # type: ignore[arg-type]
    starts = np.random.default_rng(17).integers(0, 60 - 12 + 1, size=(N, 2))
    total = apart.adjusted
    q = {name: part.adjusted - total for name, part in parts.items()}
    z = np.log(pool.values) - own.effects[draw, M - PAST :]

    def ratio(name: str, i: int, t: int) -> float:
        """Log ratio of a sector to the total on row i in month t, its changes in two blocks of twelve."""
        j = draw[i]
        if t < PAST:
            return q[name][j, M - PAST + t]
        change = np.diff(q[name][j])[-60:]
        drawn = [change[s + step] for s in starts[i] for step in range(12)]
        return q[name][j, -1] + sum(drawn[: t - PAST + 1])

    assert found.adds_up is adds_up
    for i, j in enumerate(draw):
        for t in range(PAST + AHEAD):
            at = M - PAST + t
            season = {name: part.effects[j, at] - apart.effects[j, at] for name, part in parts.items()}
            if adds_up:
                of = {name: np.exp(ratio(name, i, t) + season[name]) for name in parts}
                expected = {name: pool.values[i, t] * of[name] / sum(of.values()) for name in parts}
                mean = {name: np.exp(q[name][j, PEAK].mean() + season[name]) for name in parts}
                normals = {name: normal[j, t] * mean[name] / sum(mean.values()) for name in parts}
            else:
                shift = (total - own.adjusted)[j, min(at, M - 1)]
                expected = {
                    name: np.exp(z[i, t] + shift + ratio(name, i, t) + part.effects[j, at])
                    for name, part in parts.items()
                }
                normals = {
                    name: np.exp(part.adjusted[j, PEAK].mean() + part.effects[j, at])
                    for name, part in parts.items()
                }
            for name in parts:
                assert_allclose(found.paths[name].values[i, t], expected[name], rtol=1e-9)
                assert_allclose(found.normals[name][j, t], normals[name], rtol=1e-9)
