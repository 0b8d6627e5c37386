"""What the coming months will print."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Month, Number


@dataclass(frozen=True, config=STRICT)
class NextRelease:
    """What the office will print for one coming month, percent."""

    month: Month
    measure: str
    median: Number
    lower_50: Number
    upper_50: Number
    lower_80: Number
    upper_80: Number
    lower_90: Number
    upper_90: Number
