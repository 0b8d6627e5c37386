"""Percent that a person may have meant otherwise: a share of one, or a level with the year before as 100."""

from __future__ import annotations

NEXT_TO_NOTHING = 0.1
"""Percent under which a shock or the growth of a year is none. chosen: plans are printed to a tenth."""

LEAST_THRESHOLD, LEAST_CHANCE = 0.5, 1.0
"""Percent under which a fall is no slump's, and a chance that a planner states is none. chosen: no series is so quiet,
and nobody judges finer than a whole percent."""

AS_LEVELS = 80.0, 150.0
"""Growth of a year that is more likely a level, percent. chosen: from a fall by a fifth to a rise by half."""


def no_share(percent: float, least: float = NEXT_TO_NOTHING) -> float:
    """Return a percentage; raise ValueError for one under `least`, other than 0, which is more likely a share of one.

    >>> no_share(-8.0)
    -8.0
    >>> no_share(-0.08)
    Traceback (most recent call last):
    ValueError: is next to nothing; write -8 for -8 %
    """
    if 0 < abs(percent) < least:
        raise ValueError(f"is next to nothing; write {100 * percent:.10g} for {100 * percent:.10g} %")
    return percent


def no_level(growth: float) -> float:
    """Return growth; raise ValueError for a share, and for what is more likely a level with the year before as 100.

    >>> no_level(106.0)
    Traceback (most recent call last):
    ValueError: looks like a level with the year before as 100; write 6 for its growth
    """
    if AS_LEVELS[0] <= growth < AS_LEVELS[1]:
        raise ValueError(
            f"looks like a level with the year before as 100; write {growth - 100:.10g} for its growth"
        )
    return no_share(growth)
