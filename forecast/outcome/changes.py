"""What changed since a day, release by release."""

from __future__ import annotations

from typing import Literal

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Day, Month, Number

Event = Literal["return", "slump"]


@dataclass(frozen=True, config=STRICT)
class Printed:
    """One newly published number and what was expected of it, None where nothing was."""

    period: Month
    measure: str
    value: Number
    expected: Number | None


@dataclass(frozen=True, config=STRICT)
class Change:
    """One release: when, of which series, what it printed, and what it did to the chance (a share, not percent).

    effect_on_yoy : points that it moved the growth expected of the month after the origin
    first : day of the first of several releases that are told together, of which `published` is the last
    """

    published: Day
    region: str
    sector: str
    printed: tuple[Printed, ...]
    effect: Number
    effect_on_yoy: Number
    first: Day | None = None


@dataclass(frozen=True, config=STRICT)
class Changes:
    """What changed since a day: the chance of an event by one month, then and now, split by release.

    event : "return" to normal, or, where no slump is under way, "slump": that one has begun
    entered : a slump is under way now and none was then, so that the return was from no slump then
    medians : None beyond the horizon · rows : add up to `now` − `before` · month : whose expected yoy they move
    """

    since: Day
    by: Month
    before: Number
    now: Number
    median_before: Month | None
    median_now: Month | None
    rows: tuple[Change, ...]
    month: Month
    event: Event = "return"
    entered: bool = False
