"""Dated events on the way back."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Month, Number


@dataclass(frozen=True, config=STRICT)
class Milestone:
    """A dated event: the median month or, where the median lies beyond the horizon, the month it lies after."""

    median: Month | None
    median_after: Month | None
    p_already: Number
    p_within_12: Number
    p_not_within_horizon: Number
