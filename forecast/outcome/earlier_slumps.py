"""What the ages of earlier slumps alone say of this one."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Labels, Number


@dataclass(frozen=True, config=STRICT)
class EarlierSlumps:
    """Kaplan–Meier of one panel's slumps, as known on the date of the report, given the age of this slump.

    slumps, ended : known by then, and those of them that were over · age_months : of this slump at the origin
    p_within_12, p_within_horizon : chance of being back within so many months of the origin
    """

    panel: str
    title: Labels
    slumps: int
    ended: int
    age_months: int
    p_within_12: Number
    p_within_horizon: Number
