"""The chance that a slump begins, where none is under way."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import FIXED, STRICT, Number


@dataclass(frozen=True, config=STRICT)
class Onset:
    """The chance that a slump begins, where none is under way.

    depth_pct : how far the 3-month mean then lies below its peak, percent
    outside : yearly chance of a slump that no path holds, which the chances contain
    cumulative : by scenario, the probability by each month after the origin
    """

    depth_pct: Number
    outside: Number
    cumulative: Annotated[dict[str, tuple[Number, ...]], FIXED]

    def within(self, months: int, scenario: str = "baseline") -> float:
        """Return the probability within so many months, or within the horizon where that is shorter."""
        return self.cumulative[scenario][:months][-1]
