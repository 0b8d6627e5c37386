"""What a weak or a strong next print would say of the return."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Month, Number


@dataclass(frozen=True, config=STRICT)
class Watch:
    """What a weak or a strong next month would say of the return.

    low, high : growth of the month on a year ago that one outcome in five stays under, or exceeds, percent
    chance_low, chance_high : of being back by the month `by` in those outcomes
    """

    month: Month
    low: Number
    high: Number
    by: Month
    chance_low: Number
    chance_high: Number

    @property
    def tells(self) -> bool:
        """Whether a strong print speaks for the return: where few paths differ, chance may have it the other way."""
        return self.chance_low <= self.chance_high


@dataclass(frozen=True, config=STRICT)
class RelatedWatch:
    """The same for the next month of a related series."""

    region: str
    sector: str
    watch: Watch
