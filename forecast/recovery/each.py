"""What becomes of each path: its month of return, whether it falls back, and the month of its trough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, Rows, trailing_mean
from forecast.paths import Paths
from forecast.recovery.trough import lowest_month
from forecast.rule import RELAPSE_WINDOW, fell_back, first_held, first_sought

Bools = npt.NDArray[np.bool_]

TOGETHER = 1024
"""Paths judged in one go: what they need stays in the processor's cache. chosen: 53 months of them are 430 kB."""


@dataclass(frozen=True)
class Sought:
    """Hold the rule of recovery, and the position of the slump's start in the months of the paths."""

    hold: int
    window: int
    horizon: int
    start: int
    threshold_pct: float

    @property
    def lead(self) -> int:
        """Months to the origin that the means of the months after it reach back to, and those of a run under way."""
        return max(self.window, RELAPSE_WINDOW) - first_sought(self.hold)


def each(paths: Paths, normal: Floats, sought: Sought) -> tuple[Floats, Bools, Floats]:
    """Return of each path T, whether it falls back after it, and the month of the trough, (n,) months after the origin.

    normal : (k, past + h) index points. T is inf where it lies beyond the horizon. Successive paths with one past share
    what is said of it.
    """
    seen = max(min(sought.start - 2, paths.past - sought.lead), 0)  # months before say nothing of this slump
    origin = paths.past - seen  # months to it
    log_normal = np.log(normal[:, seen:])
    normal_past, normal_future = log_normal[:, :origin], log_normal[:, origin:]
    parts = []
    for i in range(0, len(paths.values), TOGETHER):
        values, draw = paths.values[i : i + TOGETHER, seen:], paths.draw[i : i + TOGETHER]
        draw = draw if len(normal) > 1 else np.zeros_like(draw)
        past, future = values[:, :origin], values[:, origin:]
        fresh = np.append(True, (draw[1:] != draw[:-1]) | (past[1:] != past[:-1]).any(axis=1))
        lived = np.log(past[fresh]) - normal_past[draw[fresh]]
        to_come = np.log(future) - (normal_future if len(normal) == 1 else normal_future[draw])
        parts.append(_judged(lived, np.cumsum(fresh) - 1, to_come, sought.start - seen, sought))
    months, fell, lowest = (np.concatenate(of) for of in zip(*parts, strict=True))
    return months, fell, lowest


def _judged(
    lived: Floats, of: Rows, to_come: Floats, start: int, sought: Sought
) -> tuple[Floats, Bools, Floats]:
    """Judge paths by their gaps: (p, past) to the origin, which of them each path has, and (n, h) after it.

    start : position of the slump's start in `lived`
    """
    hold, lead = sought.hold, sought.lead
    gap = np.concatenate([lived[of, -lead:], to_come], axis=1)
    held = trailing_mean(gap, sought.window)
    at = first_held(held[:, : lead + sought.horizon + hold - 1], hold, lead - 1 + first_sought(hold))
    back = at >= 0
    months = np.where(back, at - (lead - 1), np.inf)
    smooth = held if sought.window == RELAPSE_WINDOW else trailing_mean(gap, RELAPSE_WINDOW)
    fell = np.zeros(len(gap), dtype=bool)
    fell[back] = fell_back(smooth[back], at[back], hold, sought.threshold_pct)
    before = trailing_mean(lived, RELAPSE_WINDOW)[:, start:]
    after = smooth[:, lead : lead + sought.horizon]
    return months, fell, lowest_month(before, of, after, months, sought.horizon)
