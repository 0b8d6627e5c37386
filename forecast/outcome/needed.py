"""What the quarters and months left of a year must grow so that its target is met."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Month, Number


@dataclass(frozen=True, config=STRICT)
class NeededSpan:
    """A quarter, a month, the year to a month ("to_date") or the whole year; growth on a year ago in percent.

    last : its last month · known : over at the origin; what it needs is None then
    weight : its part of the output of the year before, a share
    expected_pct, lower_80, upper_80 : median and central 80 % of the baseline
    evenly_pct, season_pct : needed where every month left grows equally, or stands equally far from normal
    lifted_pct : needed where the plan is lifted to the target · planned_pct : its plan, which asks for more or less
    …_chance : chance that the span grows as much or more
    seen : so many past spans of the kind grew as much as `evenly_pct`, among `seen_of`
    """

    kind: str
    last: Month
    known: bool
    weight: Number
    expected_pct: Number
    lower_80: Number
    upper_80: Number
    evenly_pct: Number | None = None
    evenly_chance: Number | None = None
    season_pct: Number | None = None
    season_chance: Number | None = None
    lifted_pct: Number | None = None
    planned_pct: Number | None = None
    planned_chance: Number | None = None
    seen: int | None = None
    seen_of: int | None = None


@dataclass(frozen=True, config=STRICT)
class NeededRow:
    """The total, under the name "total", or a sector: what its year needs.

    share : its part of the total's output in the year before, None where weights are not known
    target_pct : its own, or what leaves the total at its target; where weights are not known, that of the total
    own : whether the target was given
    left_pct : growth on a year ago that the months left need together
    of_normal_pct : level of the months left that meets the target, percent of normal
    """

    name: str
    share: Number | None
    target_pct: Number
    own: bool
    left_pct: Number
    of_normal_pct: Number
    spans: tuple[NeededSpan, ...]

    @property
    def reached(self) -> bool:
        """Whether the months known meet the target, whatever those left bring."""
        return self.left_pct <= -100.0


@dataclass(frozen=True, config=STRICT)
class Miss:
    """What is left to do after the next quarter, to its `last` month, grew as expected and no more.

    rest_pct : growth on a year ago that the months after it need then
    per_point : points that these months need more for each point that the quarter misses
    """

    last: Month
    expected_pct: Number
    rest_pct: Number
    per_point: Number


@dataclass(frozen=True, config=STRICT)
class Needed:
    """A year with a target that is not over. rows : the total first

    months_left : after the origin · planned_pct : growth of the year where all quarters left grow as planned
    miss : None where the next quarter is the last one
    """

    year: int
    target_pct: Number
    months_left: int
    rows: tuple[NeededRow, ...]
    planned_pct: Number | None = None
    miss: Miss | None = None

    @property
    def sectors_pct(self) -> float | None:
        """Growth of the total that the targets of its sectors make together, percent.

        None where weights are not known, none has a target of its own, or the others make up for what these lack.
        """
        sectors = self.rows[1:]
        shares = [row.share for row in sectors if row.share is not None]
        made_up = any(not row.own and row.target_pct != self.target_pct for row in sectors)
        if len(shares) < len(sectors) or made_up or not any(row.own for row in sectors):
            return None
        weighed = [share * row.target_pct for share, row in zip(shares, sectors, strict=True)]
        return sum(weighed) / sum(shares)
