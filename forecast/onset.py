"""`Calm`: where nothing slumps, the chance that a slump begins on paths of any scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import YEAR, Floats
from forecast.paths import Paths
from forecast.recovery import chances
from forecast.rooms import furnish
from forecast.slump import PEAK_YEARS, slump_onset

__all__ = ["OUTSIDE", "PAST", "Calm"]

OUTSIDE = 0.05
"""Yearly chance of a slump that no path holds, such as a crisis abroad: chosen on US series (benchmarks/onset.py)."""

PAST = (PEAK_YEARS + 1) * YEAR
"""Months to the origin that a peak is sought in."""


@dataclass(frozen=True, eq=False)
class Calm:
    """What the chance of the next slump is told from, of each draw of a history in which none is under way.

    past : (k, m) adjusted log levels to the origin, of which the last `PAST` months are seen
    effects : (k, h) log effects of the months after it · depth : of `slump_depth`, logs
    """

    past: Floats
    effects: Floats
    depth: float

    def months(self, paths: Paths) -> Floats:
        """Return the month after the origin in which a slump begins on each path, (n,); inf for none in h months."""
        ahead = np.log(paths.future[:, : self.effects.shape[1]]) - self.effects[paths.draw]
        return slump_onset(self.past[paths.draw], ahead, self.depth)

    def by_month(self, paths: Paths) -> tuple[float, ...]:
        """Return the probability that a slump has begun by each of the h months after the origin.

        P(begun by h) = 1 − (1 − P(paths))·(1 − c)^(h/12), with c the yearly chance of a slump from outside.
        """
        h = self.effects.shape[1]
        by = chances(self.months(paths), paths, 1, h)
        return tuple((1.0 - (1.0 - by) * (1.0 - OUTSIDE) ** (np.arange(1, h + 1) / YEAR)).tolist())


furnish(__name__)
