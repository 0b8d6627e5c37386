"""What a scenario may say of the future, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import pandas as pd

from forecast.arrays import Floats
from forecast.errors import ConfigError
from forecast.paths import Paths
from forecast.tables import suggestion

BASELINE = "baseline"

PRINTED = {"yoy_pct": "yoy", "mom_pct": "mom", "ytd_yoy_pct": "ytd"}
"""Rates that a month may be said to print, and their words in messages."""


@dataclass(frozen=True)
class Shock:
    """A sudden change of the level from `start` on, fading with its half-life; None lets it stay for good."""

    start: pd.Period
    size_pct: float
    half_life: float | None = None

    def __post_init__(self) -> None:
        if self.size_pct <= -100:
            raise ConfigError(f"a shock of {self.size_pct} % leaves nothing; it must be above −100 %")
        if self.half_life is not None and self.half_life <= 0:
            raise ConfigError(f"half-life {self.half_life} must be positive, in months")


@dataclass(frozen=True)
class Slope:
    """A change of the trend from `start` on, percent a year."""

    start: pd.Period
    growth_pct: float

    def __post_init__(self) -> None:
        if self.growth_pct <= -100:
            raise ConfigError(f"a slope of {self.growth_pct} % leaves nothing; it must be above −100 %")


@dataclass(frozen=True)
class Assumed:
    """A path of a related series, by exactly one of three ways to say it.

    series : its name, region_sector
    yoy_pct : months, rising, with growth on a year ago, season and calendar aside: linear between them, then held;
        before the first the series follows its own forecast
    holds_at_pct : that growth from the first month after the origin on
    returns_to_trend_by : the month by which its distance from its trend has closed, a part each month
    """

    series: str
    yoy_pct: tuple[tuple[pd.Period, float], ...] = ()
    holds_at_pct: float | None = None
    returns_to_trend_by: pd.Period | None = None

    def __post_init__(self) -> None:
        ways = bool(self.yoy_pct) + (self.holds_at_pct is not None) + (self.returns_to_trend_by is not None)
        if ways != 1:
            raise ConfigError(
                f"an assumed path of {self.series} says one thing: yoy_pct, holds_at_pct or returns_to_trend_by"
            )
        if (
            min([-99.0 if self.holds_at_pct is None else self.holds_at_pct, *(g for _, g in self.yoy_pct)])
            <= -100
        ):
            raise ConfigError(f"growth of {self.series} must be above −100 %")

    @property
    def months(self) -> tuple[pd.Period, ...]:
        """The months that it names."""
        named = [month for month, _ in self.yoy_pct]
        return (*named, *([] if self.returns_to_trend_by is None else [self.returns_to_trend_by]))


@dataclass(frozen=True)
class Condition:
    """A statement about the future, true by selection (`at_least`) or on average (a growth or a printed rate).

    Exactly one of: year with growth_at_least_pct or growth_pct; month with a rate of `PRINTED` or level_at_least
    (index points).
    exactly : the growth holds on every path, not on average
    """

    year: int | None = None
    growth_at_least_pct: float | None = None
    growth_pct: float | None = None
    month: pd.Period | None = None
    yoy_pct: float | None = None
    level_at_least: float | None = None
    exactly: bool = False
    mom_pct: float | None = None
    ytd_yoy_pct: float | None = None

    def __post_init__(self) -> None:
        of_year = [self.growth_at_least_pct, self.growth_pct]
        of_month = [self.yoy_pct, self.mom_pct, self.ytd_yoy_pct, self.level_at_least]
        said = [sum(v is not None for v in statements) for statements in (of_year, of_month)]
        if sum(said) != 1 or said != [self.year is not None, self.month is not None]:
            raise ConfigError(
                "a condition says one thing: a year with growth_at_least_pct or growth_pct, "
                "or a month with yoy_pct, mom_pct, ytd_yoy_pct or level_at_least"
            )
        if self.exactly and self.selects:
            raise ConfigError(
                f"condition {self}: it keeps the paths that reach the value, so none is to hold exactly; "
                "leave `exactly` out, or give growth_pct or a rate"
            )
        if self.exactly and self.value <= -100:
            raise ConfigError(f"condition {self}: growth must be above −100 %")

    @property
    def selects(self) -> bool:
        """Whether it keeps paths rather than tilts their mean."""
        return self.growth_at_least_pct is not None or self.level_at_least is not None

    @property
    def value(self) -> float:
        """The number that is to be reached or met, percent or index points."""
        statements = (self.growth_at_least_pct, self.growth_pct, self.level_at_least, *self._rates.values())
        return next(value for value in statements if value is not None)

    @property
    def measure(self) -> str | None:
        """The printed rate that it speaks of; None for a year or a level."""
        return next((name for name, value in self._rates.items() if value is not None), None)

    @property
    def _rates(self) -> dict[str, float | None]:
        return {name: getattr(self, name) for name in PRINTED}

    def on(self, paths: Paths) -> Floats:
        """Return what it speaks of on each path, (n,) percent or index points."""
        if self.year is not None:
            return paths.annual_growth(self.year)
        assert self.month is not None
        at = (self.month - paths.origin).n - 1
        return paths.printed(self.measure)[:, at] if self.measure is not None else paths.future[:, at]

    def __str__(self) -> str:
        """Return the statement in words."""
        least = "at least " if self.selects else "exactly " if self.exactly else ""
        if self.year is not None:
            return f"growth of {self.year} {least}{self.value:g} %"
        if self.measure is not None:
            return f"{PRINTED[self.measure]} of {self.month} {least}{self.value:g} %"
        return f"level of {self.month} {least}{self.value:g}"


@dataclass(frozen=True)
class Judgement:
    """What a planner believes: the chance, percent, that output is back at normal by a month."""

    by: pd.Period
    chance_pct: float

    def __post_init__(self) -> None:
        if not 0 < self.chance_pct < 100:
            raise ConfigError(
                f"a judgement of {self.chance_pct:g} % by {self.by} leaves no doubt; give more than 0 and less than 100"
            )

    def __str__(self) -> str:
        """Return the statement in words."""
        return f"{self.chance_pct:g} % by {self.by}"


@dataclass(frozen=True)
class Definition:
    """What counts as back in a scenario, where it differs from the question's own.

    kind : a definition of normal that the question compares · scale_pct : its level that counts as normal, percent
    window, hold : months averaged, and months in a row at or above normal
    """

    kind: str | None = None
    scale_pct: float = 100.0
    window: int | None = None
    hold: int | None = None


@dataclass(frozen=True)
class Scenario:
    """A named set of assumptions; the one without any is the baseline.

    Raises ConfigError with every two assumptions that contradict each other.
    """

    name: str
    shocks: tuple[Shock, ...] = ()
    slopes: tuple[Slope, ...] = ()
    conditions: tuple[Condition, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    definition: Definition = Definition()

    def __post_init__(self) -> None:
        wrong = [
            f"scenario {self.name}: {one} contradicts {other}; keep one of them"
            for one, other in combinations(self.conditions, 2)
            if _contradict(one, other)
        ]
        series = [assumed.series for assumed in self.assumed]
        wrong += [
            f"scenario {self.name}: two paths of {name} are assumed; keep one of them"
            for name in dict.fromkeys(series)
            if series.count(name) > 1
        ]
        wrong += [
            f"scenario {self.name}: judgement {later} contradicts {sooner}; a chance does not fall as months pass"
            for sooner, later in pairwise(sorted(self.judgements, key=lambda judgement: judgement.by))
            if later.by == sooner.by or later.chance_pct < sooner.chance_pct
        ]
        if wrong:
            raise ConfigError(*wrong)


def _contradict(one: Condition, other: Condition) -> bool:
    """Two different means of one thing, one also exact, or a mean below what is to be reached of it."""
    if (one.year, one.month, one.measure) != (other.year, other.month, other.measure):
        return False
    if one.selects and other.selects:
        return False
    if one.selects or other.selects:
        floor, mean = (one, other) if one.selects else (other, one)
        return mean.value < floor.value
    return (one.value, one.exactly) != (other.value, other.exactly)


def problems(
    scenario: Scenario, months: pd.PeriodIndex, origin: pd.Period, horizon: int, related: Sequence[str] = ()
) -> list[str]:
    """Say what is wrong with a scenario asked at an origin, a line each; nothing where it can be followed.

    months : of the paths · horizon : months that a judgement may speak of · related : series that may be assumed
    """
    wrong = [
        f"{what} {month}; it {_outside(month, months[-1], origin)}"
        for what, month in _named(scenario)
        if not origin < month <= months[-1]
    ]
    wrong += [
        f"judgement speaks of {said.by}; it {_outside(said.by, f'{origin + horizon}, the end of the horizon', origin)}"
        for said in scenario.judgements
        if not origin < said.by <= origin + horizon
    ]
    wrong += misplaced(scenario.conditions, months, origin)
    wrong += [
        f'no path can be assumed of "{assumed.series}"; {suggestion(assumed.series, related)}'
        for assumed in scenario.assumed
        if assumed.series not in related
    ]
    return [f"scenario {scenario.name}: {problem}" for problem in wrong]


def misplaced(conditions: Sequence[Condition], months: pd.PeriodIndex, origin: pd.Period) -> list[str]:
    """Say which conditions speak of what is known by the origin, or of what the paths do not hold."""
    wrong = []
    for condition in conditions:
        if condition.month is not None:
            if not origin < condition.month <= months[-1]:
                wrong.append(
                    f"condition {condition}: the month {_outside(condition.month, months[-1], origin)}"
                )
            continue
        assert condition.year is not None
        first, last = pd.Period(f"{condition.year - 1}-01", "M"), pd.Period(f"{condition.year}-12", "M")
        if last <= origin:
            wrong.append(
                f"condition {condition}: the year is over by the origin {origin}; name one that is not"
            )
        elif first < months[0] or last > months[-1]:
            held = f"the paths from {months[0]} to {months[-1]}"
            wrong.append(
                f"condition {condition}: {held} do not hold {condition.year - 1} and {condition.year}"
            )
    return wrong


def _outside(month: pd.Period, last: pd.Period | str, origin: pd.Period) -> str:
    """Say where a month must lie, and for one that is known by the origin when it did."""
    did = f"; it did as long as {month - 1} was the last month known (--as-of)" if month <= origin else ""
    return f"must lie after the origin {origin}, up to {last}{did}"


def _named(scenario: Scenario) -> Iterator[tuple[str, pd.Period]]:
    """Every month that a shock, a slope or an assumed path names, with what it says of it."""
    for shock in scenario.shocks:
        yield "shock starts in", shock.start
    for slope in scenario.slopes:
        yield "slope starts in", slope.start
    for assumed in scenario.assumed:
        for month in assumed.months:
            yield f"the path of {assumed.series} names", month
