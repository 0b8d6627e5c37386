"""What the printed digits leave open: figures as intervals, linear in the levels.

A rate g of half-unit h says (1 + (g − h)/100)·den ≤ num ≤ (1 + (g + h)/100)·den.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.figures import REVISED_AT_MOST
from forecast.levels.observation import Ints, Observations

_WIDER = 1.0 + 1e-9  # what arithmetic may lose of a half-unit; chosen: far below the last digit printed


@dataclass(frozen=True, eq=False)
class Intervals:
    """Hold the intervals of n figures as A y ≤ b over c levels, the upper ends first.

    upper : A (2n, c) · right : b (2n,)
    near : (c,) levels of the months, then of the first estimates that differ from them
    ties : (r, c) T y ≤ 0, how far the two levels of a month may lie apart
    points : (n,) percent points of each figure per level unit, near the levels (index points of an index)
    anchored : True where a figure gives the scale
    """

    upper: scipy.sparse.csr_array
    right: Floats
    near: Floats
    ties: scipy.sparse.csr_array
    points: Floats
    anchored: bool

    def of(self, rows: Ints) -> Intervals:
        """Return the intervals of some of the figures."""
        both = np.r_[rows, len(self.points) + rows]
        return replace(self, upper=self.upper[both], right=self.right[both], points=self.points[rows])


def intervals(observations: Observations, rows: Ints, level: Floats) -> Intervals:
    """State figures of one series as intervals near its levels (m,).

    The first estimate of a month is a level of its own, within REVISED_AT_MOST of the later one: the figures of one
    release agree on it, and what is printed later need not.
    """
    o, m = observations, len(level)
    early = np.zeros((len(rows), m))
    first = np.flatnonzero(o.provisional[rows])
    early[first, o.month[rows][first]] = 1.0
    twice = np.flatnonzero(early.any(axis=0))
    above = np.hstack([o.above[rows] - early, early[:, twice]])
    below = np.hstack([o.below[rows], np.zeros((len(rows), len(twice)))])
    rated = o.below[rows].any(axis=1)
    value = o.table["value"].to_numpy(dtype=float)[rows]
    half = o.table["half_unit"].to_numpy(dtype=float)[rows] * _WIDER
    high, low = 1.0 + (value + half) / 100.0, 1.0 + (value - half) / 100.0
    later, at_first = np.eye(m)[twice], np.eye(len(twice))
    ties = [np.hstack([-(1.0 + REVISED_AT_MOST) * later, at_first])]
    ties += [np.hstack([(1.0 - REVISED_AT_MOST) * later, -at_first])]
    denominator = np.where(rated, o.below[rows] @ level, 100.0)
    return Intervals(
        upper=scipy.sparse.csr_array(
            np.vstack([above - high[:, None] * below, low[:, None] * below - above])
        ),
        right=np.r_[np.where(rated, 0.0, value + half), np.where(rated, 0.0, half - value)],
        near=np.r_[level, level[twice]],
        ties=scipy.sparse.csr_array(np.vstack(ties)),
        points=100.0 / denominator,
        anchored=bool((~rated).any()),
    )
