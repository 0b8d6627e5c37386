"""Which part holds output back."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import FIXED, STRICT, Month, Number


@dataclass(frozen=True, config=STRICT)
class SectorRow:
    """One sector of the target, or the total itself under the name "total".

    share_of_normal : its part of the total's normal at the origin, None where weights are not known
    level_pct_of_normal : mean of the last `window` months in percent of its own normal
    at_trough, now, after_12, after_24 : contribution to the total's gap in points of the total's normal, at the origin
        (`now`) and expected after it; None where weights are not known or the horizon is shorter
    """

    name: str
    share_of_normal: Number | None
    level_pct_of_normal: Number
    at_trough: Number | None
    now: Number | None
    after_12: Number | None
    after_24: Number | None
    median: Month | None
    median_after: Month | None
    p_within_12: Number
    p_not_within_horizon: Number


@dataclass(frozen=True, config=STRICT)
class SectorMonth:
    """Contributions of the sectors to the gap in one month, points of the total's normal; they sum to the gap."""

    month: Month
    contributions: Annotated[dict[str, Number], FIXED]


@dataclass(frozen=True, config=STRICT)
class Sectors:
    """Which part holds the total back. rows : the total first · months : empty where weights are not known."""

    adds_up: bool
    trough: Month
    rows: tuple[SectorRow, ...]
    months: tuple[SectorMonth, ...]
