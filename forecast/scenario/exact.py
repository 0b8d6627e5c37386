"""Conditions that hold on every path: paths moved along their own regression on what is conditioned on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from forecast.arrays import Floats
from forecast.paths import PAST_MONTHS, Paths
from forecast.scenario.distance import away, tail
from forecast.scenario.refusal import RefusedError
from forecast.scenario.statements import Condition

FARTHEST = 4.0
"""Standard deviations that paths are moved at most. chosen: of 10,000 paths about one lies further out, and a law
fitted where the paths lie says nothing there."""

ROUNDS, CLOSE = 60, 1e-11
"""Of Newton's method at most, and the miss in log points that ends them; chosen: rounding error."""
ALIKE = 1e-8  # share of the largest variance below which one is none; chosen: the root of rounding error
SAME = 1e-14
"""Variance of log levels below which histories do not differ. chosen: a ten-millionth of a level, squared."""


def moved(paths: Paths, conditions: Sequence[Condition]) -> tuple[Paths, float]:
    """Move every path until it meets each condition to 1e-9; return the paths and how plausible that was.

    Each model is taken as Gaussian given the last two years of a path, all that is kept of its past. With x the future
    log levels, q the log growth of the conditions and q* what they are to be, x becomes x + Cov(x, q)·Var(q)⁻¹·(q* −
    q): the conditional law, for a Gaussian exactly, with shocks and shape of each path kept (Waggoner & Zha 1999,
    doi:10.1162/003465399558508). A path then weighs as much more as its model, given its past, made q* likely. History
    stays as it is.
    plausibility : the least share of paths as far from their mean as a condition, before the move
    Raises RefusedError beyond four standard deviations, where two conditions come to one, and where paths do not reach
    them.
    """
    spoken = np.stack([condition.on(paths) for condition in conditions], axis=1)  # (n, c) percent
    wanted = np.log1p(np.array([condition.value for condition in conditions]) / 100.0)
    _check_near(spoken, paths.weights, conditions)
    likely = min(tail(spoken[:, i], paths.weights, condition.value) for i, condition in enumerate(conditions))
    x, q = np.log(paths.future), np.log1p(spoken / 100.0)
    toward = np.empty((len(x), x.shape[1], q.shape[1]))  # (n, h, c) what one unit of each q does to x
    surprise = np.empty(len(x))
    for model in dict.fromkeys(paths.model.tolist()):
        rows = paths.model == model
        toward[rows], surprise[rows] = _regressed(
            np.log(paths.values[rows, paths.past - PAST_MONTHS : paths.past]),
            x[rows],
            q[rows],
            wanted,
            paths.weights[rows],
            conditions,
        )
    values = paths.values.copy()
    for _ in range(ROUNDS):
        short = wanted - q
        if np.abs(short).max() <= CLOSE:
            break
        values[:, paths.past :] *= np.exp(np.einsum("nhc,nc->nh", toward, short))
        now = replace(paths, values=values)
        q = np.log1p(np.stack([condition.on(now) for condition in conditions], axis=1) / 100.0)
    else:
        words = " and ".join(map(str, conditions))
        raise RefusedError(f"condition {words} is refused: the paths cannot be moved to it", "unmoved")
    likelihood = np.exp(np.minimum(surprise - surprise[paths.weights > 0].max(), 0.0))
    return replace(paths, values=values).reweighted(paths.weights * likelihood), likely


def _regressed(
    past: Floats, x: Floats, q: Floats, wanted: Floats, weights: Floats, conditions: Sequence[Condition]
) -> tuple[Floats, Floats]:
    """Cov(x, q)·Var(q)⁻¹ given the past, (h, c), and the log density of q* on each path of one model, (n,)."""
    w = weights / weights.sum()
    known, centre = past - w @ past, w @ q
    spread, axes = np.linalg.eigh(known.T @ (w[:, None] * known))
    apart = spread > max(SAME, ALIKE * spread.max())  # where histories differ; nowhere with one history
    scores = known @ axes[:, apart]
    expected = centre + scores @ ((scores.T @ (w[:, None] * q)) / (w @ np.square(scores))[:, None])
    left = w[:, None] * (q - expected)
    variance = left.T @ (q - expected)  # (c, c)
    if np.linalg.eigvalsh(_correlation(variance)).min() < ALIKE:
        statements = " and ".join(map(str, conditions))
        raise RefusedError(
            f"condition {statements} is refused: one of them settles another, so that they say the same or cannot hold "
            "at once; keep one",
            "alike",
        )
    short = wanted - expected  # (n, c)
    density = -0.5 * (short * np.linalg.solve(variance, short.T).T).sum(axis=1)
    return np.linalg.solve(variance, left.T @ x).T, density - 0.5 * float(np.linalg.slogdet(variance)[1])


def _correlation(variance: Floats) -> Floats:
    sd = np.sqrt(np.maximum(np.diag(variance), np.finfo(float).tiny))
    return np.asarray(variance / np.outer(sd, sd))


def _check_near(spoken: Floats, weights: Floats, conditions: Sequence[Condition]) -> None:
    for i, condition in enumerate(conditions):
        far = abs(away(spoken[:, i], weights, condition.value))
        if far > FARTHEST:
            raise RefusedError(
                f"condition {condition} is refused: it lies {far:.1f} standard deviations from the mean of the paths, "
                f"and they are moved {FARTHEST:g} at most",
                "beyond", far, FARTHEST,
            )  # fmt: skip
