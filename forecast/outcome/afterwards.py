"""What became known after the day of the report."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Day, Month, Number


@dataclass(frozen=True, config=STRICT)
class PrintedSince:
    """A rate printed after `as_of`, percent, beside its forecast: `share_below` is the probability of less."""

    month: Month
    measure: str
    value: Number
    published: Day
    median: Number
    lower_80: Number
    upper_80: Number
    share_below: Number


@dataclass(frozen=True, config=STRICT)
class ObservedMonth:
    """A level that became known after `as_of`, percent of normal."""

    month: Month
    level_pct_of_normal: Number


@dataclass(frozen=True, config=STRICT)
class Observed:
    """What happened after `as_of`; present only when asked for, and never seen by a forecast.

    recovery_month, not_recovered_by, probability_given : None where no slump was under way
    slump_began : month in which a slump began since, where none was under way; None where none did
    onset_given : the chance that one begins by then, or by `data_to`; within the horizon at most
    """

    data_to: Month
    recovery_month: Month | None
    not_recovered_by: Month | None
    probability_given: Number | None  # of a return by that month, or by the end of the horizon
    months: tuple[ObservedMonth, ...]
    printed: tuple[PrintedSince, ...] = ()
    slump_began: Month | None = None
    onset_given: Number | None = None
