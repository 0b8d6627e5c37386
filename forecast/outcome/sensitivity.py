"""What the answer hangs on."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Month, Number


@dataclass(frozen=True, config=STRICT)
class Variation:
    """The answer under one other choice, all else as it was; the first row of a report is the answer itself.

    choice : "as_answered", "normal", "hold", "window", "horizon", "without" or "with" a model
    value : what was chosen instead
    """

    choice: str
    value: str
    median: Month | None
    median_after: Month | None
    p_within_12: Number
    p_not_within_horizon: Number
