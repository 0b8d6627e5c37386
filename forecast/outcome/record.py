"""How good the dates of the pool have been on past slumps."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Day, Labels, Number


@dataclass(frozen=True, config=STRICT)
class AgeSkill:
    """Share of the best naive rule's error that was saved `months` after slumps began; None where it made none."""

    months: int
    origins: int
    skill_pct: Number | None


@dataclass(frozen=True, config=STRICT)
class Stated:
    """Chances of being back within `horizon` months, in one class: as stated on average, and as they came true."""

    horizon: int
    predicted: Number
    observed: Number
    forecasts: int


@dataclass(frozen=True, config=STRICT)
class Record:
    """The record of one pool on one panel of slumps, each forecast followed for `followed_months`.

    error_months, naive_error_months : mean CRPS of the recovery month
    skill_interval_pct : 90 %, of start years drawn anew
    coverage_80 : share of the outcomes in the central 80 % of the randomised PIT
    known_on : day of the data that it was judged by
    """

    panel: str
    title: Labels
    pool: tuple[str, ...]
    real_time: bool
    episodes: int
    origins: int
    followed_months: int
    best_naive: str
    error_months: Number
    naive_error_months: Number
    skill_pct: Number | None
    skill_interval_pct: tuple[Number, Number] | None
    coverage_80: Number
    by_age: tuple[AgeSkill, ...]
    reliability: tuple[Stated, ...]
    known_on: Day
