"""Sectors beside their total, on the very paths of the total: sums hold in every path, and no number of it moves.

The sectors come from a reconstruction of their own, joint with the total's figures. Their adjusted log ratio to the
total there, q_i = (x_i − e_i) − (x − e) with x log levels and e log effects, is continued from each history draw as a
random walk without drift: blocks of 12 months of its own past changes, the same months for all sectors. Where the
sectors add up they are shares of the total's paths, exp(q_i + e_i − e) over the sum of those over all sectors; else
each goes on from its own level with the adjusted growth of the total's path, the change of q_i and its own effects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecast.arrays import Floats, block_indices
from forecast.levels import Levels
from forecast.paths import Paths
from forecast.series import History
from forecast.slump import Slump

BLOCK, WINDOW = 12, 60
"""Months of a block, and of the past that changes are drawn from. chosen: a year, as the blocks of the walks; and
the last five."""

TOGETHER = 512
"""Rows of the pool worked on in one go. chosen: what three sectors need, 1 MB, stays near the processor."""


@dataclass(frozen=True, eq=False)
class SectorPaths:
    """The sectors on the rows of the pool, by name, each with its normal on the months of the paths, (k, past + h).

    adds_up : whether levels are parts of the total's and normals parts of its normal, in every path and month
    """

    adds_up: bool
    paths: dict[str, Paths]
    normals: dict[str, Floats]


def sector_paths(
    reconstructed: Levels,
    names: Sequence[str],
    pool: Paths,
    history: History,
    normal: Floats,
    slump: Slump,
    rng: np.random.Generator,
) -> SectorPaths:
    """Continue every sector beside the total.

    reconstructed : with sectors in the order of `names`, of the months and as many draws as `history`
    history, normal : the total's, the histories that the pool's rows continue, and (k, past + h)
    A sector's normal is its own mean over the slump's peak window, season and calendar put back, and where the sectors
    add up that share of the total's normal.
    """
    total, own = reconstructed.history, list(reconstructed.sectors.values())
    m = len(total.months)
    span = slice(m - pool.past, m + pool.horizon)
    q = np.stack([sector.adjusted - total.adjusted for sector in own])  # (S, k, m)
    effects = np.stack([sector.effects[:, span] for sector in own])  # (S, k, past + h)
    beside = effects - total.effects[:, span]
    apart = (total.adjusted - history.adjusted)[:, -pool.past :]  # two reconstructions of one total
    apart = np.concatenate([apart, np.repeat(apart[:, -1:], pool.horizon, axis=1)], axis=1)
    apart -= history.effects[:, span]
    change = np.diff(q, axis=2)[:, :, -WINDOW:]
    drawn = block_indices(change.shape[2], pool.horizon, len(pool.draw), BLOCK, rng)
    levels = np.empty((len(own), *pool.values.shape))
    for i in range(0, len(pool.draw), TOGETHER):
        rows = slice(i, i + TOGETHER)
        draw, values = pool.draw[rows], pool.values[rows]
        steps = np.cumsum(change[:, draw[:, None], drawn[rows]], axis=2)
        ratio = np.concatenate([q[:, draw, -pool.past :], q[:, draw, -1:] + steps], axis=2)
        if reconstructed.adds_up:
            levels[:, rows] = values * _shares(ratio + beside[:, draw])
        else:
            levels[:, rows] = np.exp(np.log(values) + apart[draw] + ratio + effects[:, draw])
    normals = _normals(reconstructed, q, effects, beside, normal, slump)
    return SectorPaths(
        reconstructed.adds_up,
        {name: replace(pool, values=row) for name, row in zip(names, levels, strict=True)},
        dict(zip(names, normals, strict=True)),
    )


def _normals(
    reconstructed: Levels, q: Floats, effects: Floats, beside: Floats, normal: Floats, slump: Slump
) -> Floats:
    """Each sector's mean over the peak window with season and calendar put back, or that share of the total's normal.

    q, effects, beside : as in `sector_paths`, of S sectors; returns (S, k, past + h)
    """
    first, own = reconstructed.history.months[0], reconstructed.sectors.values()
    at_peak = slice((slump.peak_from - first).n, (slump.peak_to - first).n + 1)
    if reconstructed.adds_up:
        return normal * _shares(q[:, :, at_peak].mean(axis=2, keepdims=True) + beside)
    return np.exp(np.stack([s.adjusted[:, at_peak].mean(axis=1, keepdims=True) for s in own]) + effects)


def _shares(log_ratio: Floats) -> Floats:
    """Ratios (S, …) from their logs, scaled together so that they sum to 1 over the sectors."""
    ratio = np.exp(log_ratio)
    return np.asarray(ratio / ratio.sum(axis=0))
