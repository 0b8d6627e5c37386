"""The answers of earlier reports, as they were given."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Day, Month, Number


@dataclass(frozen=True, config=STRICT)
class Snapshot:
    """The answer of a report as it was given. Intervals are (early, late); None means after `last_month`."""

    as_of: Day
    origin: Month
    last_month: Month  # of the horizon
    slump_start: Month | None  # None where nothing slumped
    median: Month | None
    interval_50: tuple[Month | None, Month | None]
    interval_80: tuple[Month | None, Month | None]
    p_already_back: Number
    p_within_12: Number
    p_not_within_horizon: Number
