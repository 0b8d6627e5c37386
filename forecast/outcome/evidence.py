"""What an answer rests on beside its figures: the seasonal pattern, and the level adjusted by a second method."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SeasonMonth:
    """The effect of season and calendar on one month's level, percent, with its 80 % interval."""

    effect_pct: float
    lower: float
    upper: float


@dataclass(frozen=True)
class SeasonYear:
    """The seasonal pattern of one calendar year, January first; `tet` is its first day, where the calendar has it."""

    year: int
    tet: str | None
    months: tuple[SeasonMonth, ...]


@dataclass(frozen=True)
class AdjustedMonth:
    """The adjusted level of one month in percent of the pre-slump peak, by the method named and the built-in one."""

    month: str
    level_pct: float | None
    builtin_pct: float | None


@dataclass(frozen=True)
class OutlierMonth:
    """What an adjustment treats as an outlier: X-13's kind "AO", "LS" or "TC", and the month it begins in."""

    kind: str
    month: str


@dataclass(frozen=True)
class Adjustment:
    """A seasonal adjustment beside the built-in one.

    method : "x13" or "stl" · model, regressors, outliers : what X-13 chose and froze
    gap_pct : the last months against the pre-slump peak, each by its own adjusted level
    notes : codes of what a report must say, e.g. "x13_unavailable"
    """

    method: str
    model: str
    regressors: tuple[str, ...]
    outliers: tuple[OutlierMonth, ...]
    notes: tuple[str, ...]
    gap_pct: float
    builtin_gap_pct: float
    months: tuple[AdjustedMonth, ...]
