"""The seasonal pattern, year by year."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Day, Number


@dataclass(frozen=True, config=STRICT)
class SeasonMonth:
    """The effect of season and calendar on one month's level, percent, with its 80 % interval."""

    effect_pct: Number
    lower: Number
    upper: Number


@dataclass(frozen=True, config=STRICT)
class SeasonYear:
    """The seasonal pattern of one calendar year, January first; `tet` is its first day, where the calendar has it."""

    year: int
    tet: Day | None
    months: tuple[SeasonMonth, ...]
