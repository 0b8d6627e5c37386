"""Related series beside a target, row by row in loops: the same stream, the formulas of the method page."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.estimate.related import related_paths
from forecast.paths import Paths
from forecast.scenario import RefusedError
from forecast.series import History

K, M, UNKNOWN, PAST, AHEAD, N = 3, 190, 7, 26, 9, 11
ORIGIN = pd.Period("2023-05", "M")


def made() -> tuple[dict[str, np.ndarray], History, Paths]:
    """Three histories with effects, two series of which one is known from the eighth month on, eleven paths."""
    rng = np.random.default_rng(8)
    walks = np.cumsum(rng.normal(0.003, 0.02, (3, K, M)), axis=2)
    known = {"a_total": walks[0], "b_total": walks[1].copy()}
    known["b_total"][:, :UNKNOWN] = np.nan
    effects = rng.normal(0, 0.05, (K, M + AHEAD))
    months = pd.period_range(end=ORIGIN, periods=M, freq="M")
    x = 4.6 + 0.7 * walks[0] + walks[2]
    history = History(months, np.exp(x + effects[:, :M]), effects, np.zeros(M, bool), "x_total")
    draw = np.arange(N) % K
    steps = np.cumsum(rng.normal(0.001, 0.03, (N, AHEAD)), axis=1)
    future = np.exp(x[draw, -1:] + steps + effects[draw, M:])
    span = pd.period_range(months[-PAST], periods=PAST + AHEAD, freq="M")
    values = np.concatenate([history.values[draw, -PAST:], future], axis=1)
    return known, history, Paths(span, ORIGIN, values, np.full(N, 1 / N), draw, np.full(N, "m"))


def slopes(dx: np.ndarray, dr: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Least squares with a constant, drawn around its estimate with the Newey–West covariance of twelve lags."""
    X = np.column_stack([np.ones(len(dx)), *dr])
    b = np.linalg.lstsq(X, dx, rcond=None)[0]
    e = dx - X @ b
    middle = np.zeros((X.shape[1], X.shape[1]))
    for lag in range(13):
        for t in range(lag, len(X)):
            both = e[t] * e[t - lag] * np.outer(X[t], X[t - lag])
            middle += (1 - lag / 13) * (both if lag == 0 else both + both.T)
    inverse = np.linalg.inv(X.T @ X)
    values, vectors = np.linalg.eigh(inverse @ middle @ inverse)
    return (b + vectors @ (np.sqrt(values.clip(0)) * rng.standard_normal(len(values))))[1:]


def test_related_paths_are_those_of_the_formulas():
    known, history, pool = made()
    found = related_paths(known, history, pool, np.random.default_rng(21))
    rng = np.random.default_rng(21)
    x = (np.log(history.values) - history.effects[:, :M])[:, UNKNOWN:]
    r = np.stack(list(known.values()))[:, :, UNKNOWN:]
    dx, dr = x[:, 12:] - x[:, :-12], r[:, :, 12:] - r[:, :, :-12]
    beta = np.stack([slopes(dx[j], dr[:, j], rng) for j in range(K)], axis=1)
    gamma = np.array([[np.polyfit(dx[j], dr[s, j], 1)[0] for j in range(K)] for s in range(2)])
    width = min(120, r.shape[2] - 1)
    starts = rng.integers(0, width - 12 + 1, size=(N, 1))  # one block of twelve covers nine months
    assert found.names == ("a_total", "b_total")
    for s in range(2):
        for i, j in enumerate(pool.draw):
            own = np.diff(r[s, j] - gamma[s, j] * x[j])[-120:]
            z = np.log(pool.values[i]) - history.effects[j, M - PAST :]
            level = list(r[s, j, -PAST:])
            for h in range(AHEAD):
                blocks = own[starts[i, 0] : starts[i, 0] + h + 1].sum()
                level.append(r[s, j, -1] + gamma[s, j] * (z[PAST + h] - z[PAST - 1]) + blocks)
            assert_allclose(found.log_levels[s, i], level, rtol=1e-9, atol=1e-12)
            slope, at_origin = np.polyfit(np.arange(-59, 1), r[s, j, -60:], 1)
            trend = [at_origin + slope * (t - PAST + 1) for t in range(PAST + AHEAD)]
            assert_allclose(found.trends[s, j], trend, rtol=1e-9, atol=1e-12)
            assert_allclose(found.elasticity[s, i], beta[s, j], rtol=1e-6)


def test_two_years_of_growth_rates_are_enough_and_a_month_less_is_told() -> None:
    known, history, pool = made()
    late = known["b_total"].copy()
    for rates, refused in ((24, False), (23, True)):
        late[:, : M - 12 - rates] = np.nan
        late[:, M - 12 - rates :] = known["b_total"][:, M - 12 - rates :]
        asked = {"a_total": known["a_total"], "b_total": late}
        if not refused:
            assert related_paths(asked, history, pool, np.random.default_rng(1)).names == (
                "a_total",
                "b_total",
            )
            continue
        with pytest.raises(
            RefusedError, match="23 yearly growth rates beside x_total up to 2023-05"
        ) as caught:
            related_paths(asked, history, pool, np.random.default_rng(1))
        assert caught.value.values == (23, 24)
