"""Related series beside their target, on its very paths: what a scenario that assumes a path of one needs.

On each history draw, with x and r the adjusted log levels of target and related series and Δ growth over 12 months,

    Δx = a + Σ_s β_s·Δr_s + e     what one percent of a series moves the target by
    Δr_s = c_s + γ_s·Δx + v_s     how a series comes along with the target

by least squares. β is drawn around its estimate with the long-run error (Newey & West 1987,
doi:10.2307/1913610); with the draws of the history that is its uncertainty. A series goes on from its own level by γ
times the growth of the target's path plus blocks of 12 months of its own past changes of r − γ·x, the same months for
all series: so target and series move together on the paths as they did.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from forecast.arrays import YEAR, Floats, block_indices, long_run_covariance
from forecast.parallel import one_thread
from forecast.paths import Paths
from forecast.scenario import RefusedError, Related
from forecast.series import History

WINDOW = 120
"""Months of the past that changes are drawn from. chosen: ten years, as the walks of the pool draw from."""

TREND = 60
"""Months that a trend is fitted to. chosen: five years, as the trend that counts as normal."""

LEAST = 24
"""Growth rates that an elasticity is learned from. chosen: two years; fewer tell a slope from its season by chance."""


@one_thread
def related_paths(
    known: Mapping[str, Floats], history: History, pool: Paths, rng: np.random.Generator
) -> Related:
    """Continue related series beside the target.

    known : log levels (k, m) by name, season and calendar aside, on the months of `history`, NaN where unknown
    Raises RefusedError where a series is not known at the origin or the months shared are too few.
    """
    names = tuple(known)
    r = np.stack(list(known.values()))  # (S, k, m)
    x = history.adjusted
    missing = np.flatnonzero(~(np.isfinite(r).all(axis=(0, 1)) & np.isfinite(x).all(axis=0)))
    since = int(missing[-1]) + 1 if len(missing) else 0
    count = x.shape[1] - since - YEAR
    if count < LEAST:
        raise RefusedError(
            f"{', '.join(names)}: {max(count, 0)} yearly growth rates beside {history.name} up to {history.origin} are "
            f"too few to learn from; {LEAST} are needed",
            "unlearned", max(count, 0), LEAST,
        )  # fmt: skip
    x, r = x[:, since:], r[:, :, since:]
    dx, dr = x[:, YEAR:] - x[:, :-YEAR], r[:, :, YEAR:] - r[:, :, :-YEAR]
    beta = _elasticities(dx, dr, rng)
    centred = dx - dx.mean(axis=1, keepdims=True)
    gamma = np.einsum("km,skm->sk", centred, dr) / np.square(centred).sum(axis=1)
    levels = _continued(r, x, gamma, history, pool, rng)
    return Related(names, levels, np.stack([_trend(series, pool) for series in r]), beta[:, pool.draw])


def _elasticities(dx: Floats, dr: Floats, rng: np.random.Generator) -> Floats:
    """Slopes (S, k) of yearly growth dx (k, m) on dr (S, k, m), drawn with their error of 12 lags."""
    X = np.stack([np.ones(dx.shape), *dr], axis=2)  # (k, m, 1 + S)
    turned = X.swapaxes(1, 2)
    inverse = np.linalg.inv(turned @ X)
    slopes = inverse @ turned @ dx[:, :, None]
    score = X * (dx[:, :, None] - X @ slopes)
    values, vectors = np.linalg.eigh(inverse @ long_run_covariance(score, YEAR) @ inverse)
    z = np.sqrt(np.maximum(values, 0.0)) * rng.standard_normal(values.shape)
    return np.asarray((slopes + vectors @ z[:, :, None])[:, 1:, 0].T)


def _continued(
    r: Floats, x: Floats, gamma: Floats, history: History, pool: Paths, rng: np.random.Generator
) -> Floats:
    """Log levels (S, k, m) on the rows and months of the pool, (S, n, past + h)."""
    change = np.diff(r - gamma[:, :, None] * x, axis=2)[:, :, -WINDOW:]
    drawn = block_indices(change.shape[2], pool.horizon, len(pool.draw), YEAR, rng)
    m = history.values.shape[1]
    z = np.log(pool.values[:, pool.past - 1 :]) - history.effects[pool.draw, m - 1 : m + pool.horizon]
    growth = z[:, 1:] - z[:, :1]
    own = np.cumsum(change[:, pool.draw[:, None], drawn], axis=2)
    past = np.full((len(r), len(pool.draw), pool.past), np.nan)
    held = min(pool.past, r.shape[2])
    past[:, :, pool.past - held :] = r[:, pool.draw, -held:]
    future = r[:, pool.draw, -1:] + gamma[:, pool.draw, None] * growth + own
    return np.concatenate([past, future], axis=2)


def _trend(level: Floats, pool: Paths) -> Floats:
    """The log-linear trend of the last five years (k, m), continued over the months of the pool, (k, past + h)."""
    recent = level[:, -TREND:]
    t = np.arange(recent.shape[1]) - recent.shape[1] + 1.0
    slope, height = np.polyfit(t, recent.T, 1)  # (k,) each
    months = np.arange(len(pool.months)) - pool.past + 1.0
    return np.asarray(height[:, None] + slope[:, None] * months)
