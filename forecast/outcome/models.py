"""The models of the pool, and the fits that failed."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Month, Number, Plain


@dataclass(frozen=True, config=STRICT)
class ModelRow:
    """One model of the pool, or with weight 0 beside it."""

    name: str
    weight: Number
    summary: Plain
    median: Month | None
    p_within_12: Number
    p_not_within_horizon: Number


@dataclass(frozen=True, config=STRICT)
class FailedRow:
    """One failed fit."""

    model: str
    series: str
    origin: str
    reason: str
