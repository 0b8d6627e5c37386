"""Sectors forecast with their total, as stochastic shares of the total's very paths: sums hold in every path.

With x_i and x the log levels of sector i and of the total, e_i and e their log effects, the adjusted log ratio
q_i = (x_i − e_i) − (x − e) is continued from each history draw as a random walk without drift: blocks of 12 months of
its own past changes, the same months for all sectors. Where the sectors add up, their levels are the total times
exp(q_i + e_i − e) over the sum of those over all sectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecast.levels import Levels
from forecast.models.baseline import resample
from forecast.normal import Slump
from forecast.paths import Paths

Floats = npt.NDArray[np.float64]

BLOCK, WINDOW = 12, 60
"""Months of a block, and of the past that changes are drawn from."""


@dataclass(frozen=True, eq=False)
class SectorPaths:
    """The sectors on the rows of the pool, by name, each with its normal on the months of the paths, (k, past + h).

    adds_up : whether levels are parts of the total's and normals parts of its normal, in every path and month
    """

    adds_up: bool
    paths: dict[str, Paths]
    normals: dict[str, Floats]


def sector_paths(
    found: Levels,
    names: Sequence[str],
    pool: Paths,
    normal: Floats,
    slump: Slump,
    rng: np.random.Generator,
) -> SectorPaths:
    """Continue every sector beside the total.

    found : the reconstruction that the pool's draws come from, its sectors in the order of `names`
    normal : the total's, (k, past + h)
    A sector's normal is the total's times the sector's mean ratio to it over the slump's peak window, season and
    calendar put back: its own level in that window, and where the sectors add up its share of the total's normal.
    """
    total, own = found.history, list(found.sectors.values())
    m = len(total.months)
    first, last = m - pool.past, m + pool.horizon
    effects = np.stack([sector.effects - total.effects for sector in own])[:, :, :last]
    values = np.stack([sector.values for sector in own])
    q = np.log(values / total.values) - effects[:, :, :m]  # (S, k, m)
    peak = slice((slump.peak_from - total.months[0]).n, (slump.peak_to - total.months[0]).n + 1)
    of_normal = q[:, :, peak].mean(axis=2, keepdims=True) + effects[:, :, first:]  # (S, k, past + h)
    change = np.diff(q, axis=2)[:, :, -WINDOW:]
    count = change.shape[2]
    drawn = resample(np.arange(count, dtype=float), pool.horizon, len(pool.draw), BLOCK, rng).astype(np.int64)
    steps = np.cumsum(change[:, pool.draw[:, None], drawn], axis=2)
    ratio = np.concatenate([q[:, pool.draw, first:], q[:, pool.draw, -1:] + steps], axis=2)
    ratio += effects[:, pool.draw, first:]
    if found.adds_up:
        ratio, of_normal = _as_shares(ratio), _as_shares(of_normal)
    return SectorPaths(
        found.adds_up,
        {
            name: replace(pool, values=pool.values * np.exp(row))
            for name, row in zip(names, ratio, strict=True)
        },
        {name: normal * np.exp(row) for name, row in zip(names, of_normal, strict=True)},
    )


def _as_shares(log_ratio: Floats) -> Floats:
    """Log ratios (S, …) moved together so that the ratios sum to 1 over the sectors."""
    return np.asarray(log_ratio - np.log(np.exp(log_ratio).sum(axis=0)))
