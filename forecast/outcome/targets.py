"""Annual targets, and what the remaining months need."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Number


@dataclass(frozen=True, config=STRICT)
class TargetRow:
    """An annual target: its probability, what is expected, and what the remaining months need, percent.

    needed_yoy_pct : growth of the remaining months together on the same months a year ago; None where the target is met
        whatever they bring
    needed_mom_pct : constant monthly growth from the origin, of the level less season and calendar, that meets the
        target; None beyond ±50 % too
    history_share : share of past months whose growth over as many months reached needed_yoy_pct
    """

    year: int
    target_pct: Number
    probability: Number
    expected_pct: Number
    lower_80: Number
    upper_80: Number
    remaining_months: int
    needed_yoy_pct: Number | None
    needed_mom_pct: Number | None
    history_share: Number | None
