"""The level adjusted by a second method, beside the built-in profile."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Month, Number


@dataclass(frozen=True, config=STRICT)
class AdjustedMonth:
    """The adjusted level of one month in percent of the pre-slump peak, by the method named and the built-in one."""

    month: Month
    level_pct: Number | None
    builtin_pct: Number | None


@dataclass(frozen=True, config=STRICT)
class OutlierMonth:
    """What an adjustment treats as an outlier: X-13's kind "AO", "LS" or "TC", and the month it begins in."""

    kind: str
    month: Month


@dataclass(frozen=True, config=STRICT)
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
    gap_pct: Number
    builtin_gap_pct: Number
    months: tuple[AdjustedMonth, ...]
