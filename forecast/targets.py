"""Annual targets on paths: the year beside the year before it, and levels of the months left that meet a target.

With B_s the sum of the year before over a span s of months and g_s the growth of that span on a year ago, growth of
the year is Σ_q B_q·g_q / Σ_q B_q over its quarters q: they add up with last year's levels as weights, in every path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.arrays import Floats
from forecast.paths import Paths
from forecast.rooms import furnish

__all__ = ["EVENLY", "PLANNED", "SEASON", "AnnualTarget", "Year", "growth", "meeting", "year_on"]

EVENLY, SEASON, PLANNED = "evenly", "season", "planned"
"""Ways to meet a target: one growth on a year ago, one level beside normal, or the quarters of a plan."""

MONTHS, QUARTER = 12, 3  # of a year, and of a quarter


@dataclass(frozen=True)
class AnnualTarget:
    """Growth that a year is to reach, percent.

    quarters : planned growth of each quarter on a year ago, percent, None where none is planned; empty without a plan
    sectors : targets of sectors for the year, by name, percent
    """

    year: int
    growth_pct: float
    quarters: tuple[float | None, ...] = ()
    sectors: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, eq=False)
class Year:
    """Hold a year on n paths.

    levels, before : (n, 12) index points, the year and the year before it
    known : months of the year up to the origin, 0 to 12
    """

    levels: Floats
    before: Floats
    known: int

    def to_come(self, target_pct: float | Floats) -> Floats:
        """Return the sum of levels that the months left must reach so that the year meets a target, (n,)."""
        whole = (1.0 + np.asarray(target_pct) / 100.0) * self.before.sum(axis=1)
        return np.asarray(whole - self.levels[:, : self.known].sum(axis=1))


def year_on(paths: Paths, year: int) -> Year:
    """Return a year beside the year before it. Raises ValueError where the paths do not hold both."""
    of_year, of_last = paths.months.year == year, paths.months.year == year - 1
    if of_year.sum() != MONTHS or of_last.sum() != MONTHS:
        raise ValueError(
            f"the paths from {paths.months[0]} to {paths.months[-1]} do not hold {year - 1} and {year}"
        )
    known = int((of_year[: paths.past]).sum())
    return Year(paths.values[:, of_year], paths.values[:, of_last], known)


def growth(levels: Floats, before: Floats, span: slice) -> Floats:
    """Return growth of a span of months on the same months a year ago, (n,) percent; levels, before : (n, 12)."""
    return np.asarray(100.0 * (levels[:, span].sum(axis=1) / before[:, span].sum(axis=1) - 1.0))


def meeting(
    year: Year, target_pct: float | Floats, normal: Floats, planned: Sequence[float | None] = ()
) -> dict[str, Floats]:
    """Return levels of the year that meet a target, (n, 12) by way; months known stay as they are.

    evenly : every month left grows equally on a year ago
    season : every month left stands at the same level beside `normal`, (n, 12), so that the season has its pattern
    planned : quarters grow as planned; those without a plan share what is left, and where all have one, all are
        lifted by the same number of points; None for each quarter without a plan, and no way without `planned`
    """
    to_come = year.to_come(target_pct)
    ways = {
        EVENLY: _filled(year, year.before, to_come),
        SEASON: _filled(year, normal, to_come),
    }
    if any(growth is not None for growth in planned):
        ways[PLANNED] = _planned(year, to_come, planned)
    return ways


def _filled(year: Year, shape: Floats, to_come: Floats) -> Floats:
    """The year with its months left in the proportions of a shape (n, 12), summing to what is to come."""
    left = shape[:, year.known :]
    return np.concatenate(
        [year.levels[:, : year.known], left * (to_come / left.sum(axis=1))[:, None]], axis=1
    )


def _planned(year: Year, to_come: Floats, planned: Sequence[float | None]) -> Floats:
    """The year with its quarters as planned, and the same number of points on those that are free.

    With B_q last year's sum of a quarter left and p_q its plan, a share, the quarter sums to (1 + p_q + x·free_q)·B_q
    and x makes them meet the target.
    """
    first = year.known // QUARTER
    plan = np.array([(growth or 0.0) / 100.0 for growth in planned[first:]])
    without = np.array([growth is None for growth in planned[first:]])
    free = without if without.any() else np.ones_like(without)
    base = year.before.reshape(-1, MONTHS // QUARTER, QUARTER).sum(axis=2)[:, first:]  # (n, quarters left)
    seen = year.levels[:, first * QUARTER : year.known].sum(axis=1)
    unmet = to_come + seen - base @ (1.0 + plan)
    sums = base * (1.0 + plan + free * (unmet / (base @ free))[:, None])
    sums[:, 0] -= seen
    levels = year.levels.copy()
    for q in range(first, MONTHS // QUARTER):
        left = slice(max(q * QUARTER, year.known), (q + 1) * QUARTER)
        shape = year.before[:, left]
        levels[:, left] = shape * (sums[:, q - first] / shape.sum(axis=1))[:, None]
    return levels


furnish(__name__)
