"""Percent that a person may have meant otherwise: a share of one, or a level with the year before as 100."""

from __future__ import annotations

NEXT_TO_NOTHING = 0.1
"""Percent under which a shock or the growth of a year is none. chosen: plans are printed to a tenth."""

LEAST_THRESHOLD, LEAST_CHANCE = 0.5, 1.0
"""Percent under which a fall is no slump's, and a chance that a planner states is none. chosen: no series is so quiet,
and nobody judges finer than a whole percent."""

AS_LEVELS = 80.0, 150.0
"""Growth that is more likely a level, percent. chosen: from a fall by a fifth to a rise by half."""


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


def no_level(growth: float, least: float = NEXT_TO_NOTHING) -> float:
    """Return growth; raise ValueError for a share, and for what is more likely a level with the year before as 100.

    least : of `no_share`; 0 for a printed rate, which may be next to nothing

    >>> no_level(106.0)
    Traceback (most recent call last):
    ValueError: looks like a level with the year before as 100; write 6 for its growth, or +106 for growth of 106 %
    """
    if _as_level(growth):
        raise ValueError(
            f"looks like a level with the year before as 100; write {growth - 100:.10g} for its growth, or "
            f"+{growth:.10g} for growth of {growth:.10g} %"
        )
    return no_share(growth, least)


def signed(given: object) -> bool:
    """Whether growth is given as a text with its plus sign, so that it is meant however large it is."""
    return isinstance(given, str) and given.strip().startswith("+")


def as_growth(percent: float) -> str:
    """Write growth so that it is taken for no level.

    >>> as_growth(106.0), as_growth(6.0)
    ('+106', '6')
    """
    return f"{percent:{'+' if _as_level(percent) else ''}.12g}"


def _as_level(growth: float) -> bool:
    return AS_LEVELS[0] <= growth < AS_LEVELS[1]
