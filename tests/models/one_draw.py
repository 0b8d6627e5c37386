"""The models of the pool one draw and one path after the other: the plain form of what runs on all draws at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from forecast.models.autoregression import Autoregression, stationary
from forecast.models.noisy_walk import NoisyWalk
from forecast.models.panel_autoregression import PanelAutoregression


@dataclass
class Regression:
    beta: np.ndarray
    gram: np.ndarray
    sse: float
    n: int

    @property
    def aic(self) -> float:
        return self.n * np.log(self.sse / self.n) + 2.0 * len(self.beta)


def months(growth: np.ndarray, lags: int) -> list[int]:
    """The months of which that many lags are known."""
    return [t for t in range(lags, len(growth)) if np.isfinite(growth[t - lags : t + 1]).all()]


def regression(growth: np.ndarray, p: int, longest: int) -> Regression:
    at = months(growth, longest)
    x, y = np.array([[1.0, *growth[t - p : t][::-1]] for t in at]), growth[at]
    beta = np.linalg.solve(x.T @ x, x.T @ y)
    return Regression(beta, x.T @ x, float(np.square(y - x @ beta).sum()), len(y))


def autoregression(spec: Autoregression, y: np.ndarray) -> Regression:
    growth = np.diff(np.log(y))[-spec.window :]
    usable = [p for p in spec.orders if len(months(growth, p)) >= 2 * p + 12]
    own = {p: regression(growth, p, p) for p in usable}
    calm = [p for p in usable if stationary(own[p].beta[None, 1:])[0]]
    return own[min(calm, key=lambda p: regression(growth, p, max(usable)).aic)]


def autoregression_paths(found: Regression, y: np.ndarray, horizon: int, n: int, rng: np.random.Generator):
    p, freedom = len(found.beta) - 1, found.n - len(found.beta)
    sigma = np.sqrt(found.sse / rng.chisquare(freedom, size=(n, 1)))
    root = np.linalg.cholesky(np.linalg.inv(found.gram))
    draws = found.beta + sigma * (rng.standard_normal((n, p + 1)) @ root.T)
    draws[~stationary(draws[:, 1:])] = found.beta
    shocks = sigma * rng.standard_normal((n, horizon))
    paths = []
    for coefficients, e in zip(draws, shocks, strict=True):
        z = list(np.log(y))
        for h in range(horizon):
            z.append(z[-1] + coefficients[0] + coefficients[1:] @ np.diff(z)[::-1][:p] + e[h])
        paths.append(np.exp(z[-horizon:]))
    return np.array(paths)


def noisy_walk_paths(spec: NoisyWalk, y: np.ndarray, horizon: int, n: int, rng: np.random.Generator):
    z = np.log(y)
    known = np.flatnonzero(np.isfinite(z))
    growth = np.diff(np.interp(np.arange(known[-1] + 1), known, z[known]))[-spec.window :]
    errors = np.stack([lfilter([1.0], [1.0, -theta], growth - growth.mean()) for theta in spec.grid])
    weight = np.exp(-0.5 * len(growth) * np.log(np.square(errors).sum(axis=1)))
    recent, length = growth[-spec.recent :], len(z) - 1 - known[-1] + horizon
    which = rng.choice(len(spec.grid), size=n, p=weight / weight.sum())
    drift = rng.normal(recent.mean(), long_run_error(recent), size=n)
    starts = rng.integers(0, len(recent) - spec.block + 1, size=(n, -(-length // spec.block)))
    paths = []
    for i in range(n):
        late = errors[which[i], -spec.recent :]
        months = np.concatenate([np.arange(start, start + spec.block) for start in starts[i]])[:length]
        e = np.concatenate([[errors[which[i], -1]], late[months] - late.mean()])
        steps = drift[i] + e[1:] - spec.grid[which[i]] * e[:-1]
        paths.append(np.exp(z[known[-1]] + np.cumsum(steps))[length - horizon :])
    return np.array(paths)


@dataclass
class PanelRegression:
    s: np.ndarray
    z: np.ndarray
    mean: float
    deviation: float
    depth_mean: float
    factor: np.ndarray | None
    beta: np.ndarray
    root: np.ndarray
    shock_root: np.ndarray
    factor_beta: np.ndarray | None
    factor_root: np.ndarray | None


def depths(z: np.ndarray) -> np.ndarray:
    means = np.array([z[t - 11 : t + 1].mean() if t >= 11 else np.nan for t in range(len(z))])
    peak = np.array(
        [np.nan if np.isnan(means[: t + 1]).all() else np.nanmax(means[: t + 1]) for t in range(len(z))]
    )
    late = np.array([z[t - 2 : t + 1].mean() if t >= 2 else np.nan for t in range(len(z))])
    return np.maximum(0.0, peak - late)


def lags(values: np.ndarray, count: int) -> list[np.ndarray]:
    return [np.concatenate([np.full(i, np.nan), values[:-i]]) for i in range(1, count + 1)]


def panel_autoregression(
    spec: PanelAutoregression, y: np.ndarray, panel: np.ndarray | None
) -> PanelRegression:
    """For estimates that need no taming, on series that all have enough equations."""
    series = [np.log(y)] if panel is None else [np.log(y), *np.log(panel).T]
    parts = []
    for z in series:
        change = np.diff(z, prepend=np.nan)
        recent = change[-spec.window :]
        depth = depths(z) / np.nanstd(recent)
        centre = np.nanmean(depth[-spec.window - 1 : -1])
        parts.append(((change - np.nanmean(recent)) / np.nanstd(recent), depth, centre))
    factor = None
    if panel is not None:
        table = np.array([s for s, _, _ in parts])
        factor = np.array([np.nan if np.isnan(month).all() else np.nanmean(month) for month in table.T])
    systems = []
    for s, depth, centre in parts:
        beside = [] if factor is None else lags(factor, spec.factor_lags)
        x = np.column_stack([*lags(s, spec.lags), *beside, lags(depth, 1)[0] - centre])
        complete = np.isfinite(x).all(axis=1) & np.isfinite(s)
        complete[: -spec.window] = False
        systems.append((x, s, complete))
    x, s, own = systems[0]
    moments = np.mean([a[c].T @ a[c] / c.sum() for a, _, c in systems], axis=0)
    cross = np.mean([a[c].T @ b[c] / c.sum() for a, b, c in systems], axis=0)
    gram = x[own].T @ x[own] + spec.shrinkage * (moments + 1e-4 * np.eye(x.shape[1]))
    beta = np.linalg.solve(gram, x[own].T @ s[own] + spec.shrinkage * cross)
    residual = np.where(own, s - x @ beta, np.nan)
    beta[-1] = max(beta[-1], 0.0)
    table, factor_beta, factor_root = residual[None], None, None
    if factor is not None:
        a = np.column_stack(lags(factor, spec.factor_lags))
        known = np.isfinite(a).all(axis=1)
        known[: -spec.window] = False
        of_factor = a[known].T @ a[known] + 1e-4 * np.eye(spec.factor_lags)
        factor_beta = np.linalg.solve(of_factor, a[known].T @ factor[known])
        left = np.where(known, factor - a @ factor_beta, np.nan)
        factor_root = np.linalg.cholesky(np.linalg.inv(of_factor)) * np.nanstd(left)
        table = np.stack([residual, left])
    both = table[:, np.isfinite(table).all(axis=0)]
    shock_root = np.linalg.cholesky(both @ both.T / both.shape[1] + 1e-9 * np.eye(len(table)))
    recent = np.diff(series[0])[-spec.window :]
    return PanelRegression(
        s, series[0], float(np.nanmean(recent)), float(np.nanstd(recent)), parts[0][2], factor, beta,
        np.linalg.cholesky(np.linalg.inv(gram)), shock_root, factor_beta, factor_root,
    )  # fmt: skip


def panel_autoregression_paths(
    spec: PanelAutoregression, found: PanelRegression, horizon: int, n: int, rng: np.random.Generator
) -> np.ndarray:
    """For draws of which none explodes."""
    growth = np.diff(found.z)[-spec.window :]
    away = found.shock_root[0, 0] * rng.standard_normal((n, len(found.beta))) @ found.root.T
    drift = long_run_error(growth[np.isfinite(growth)]) * rng.standard_normal(n)
    shocks = rng.standard_normal((n, horizon, len(found.shock_root))) @ found.shock_root.T
    draws = found.beta + away
    draws[:, -1] = found.beta[-1]
    of_factor = np.empty((n, 0))
    if found.factor_beta is not None:
        of_factor = found.factor_beta + rng.standard_normal((n, spec.factor_lags)) @ found.factor_root.T
    paths = []
    for i in range(n):
        z, f = list(found.z), [] if found.factor is None else list(found.factor)
        own = list(
            (np.diff(z) - found.mean) / found.deviation
        )  # drift moves the level and is no growth to go on
        for h in range(horizon):
            depth = depths(np.array(z))[-1]
            x = [
                *own[::-1][: spec.lags],
                *f[::-1][: spec.factor_lags],
                depth / found.deviation - found.depth_mean,
            ]
            own.append(draws[i] @ x + shocks[i, h, 0])
            if f:
                f.append(of_factor[i] @ f[::-1][: spec.factor_lags] + shocks[i, h, 1])
            z.append(z[-1] + found.mean + drift[i] + found.deviation * own[-1])
        paths.append(np.exp(z[-horizon:]))
    return np.array(paths)


def long_run_error(values: np.ndarray, last: int = 12) -> float:
    e = values - values.mean()
    total = e @ e + 2 * sum((1 - j / (last + 1)) * (e[j:] @ e[:-j]) for j in range(1, last + 1))
    return float(np.sqrt(max(total, 0.0)) / len(e))
