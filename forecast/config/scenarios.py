"""Keys of a scenario: shocks, slopes, assumed paths of related series, conditions."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from forecast import scenario
from forecast.config.forms import (
    Chance,
    ComingMonth,
    Growth,
    Level,
    Phrase,
    Rate,
    Strict,
    Text,
    Word,
    Year,
)
from forecast.config.stated import stated
from forecast.errors import ConfigError
from forecast.rule import LONGEST_HOLD, LONGEST_WINDOW

MOST = 100
"""Scenarios of a question, and parts of one kind in a scenario. chosen: far more than a page can compare."""


def _changes(rate: float) -> float:
    if rate == 0:
        raise ValueError("changes nothing; leave it out, or write the change that is meant")
    return rate


Change = Annotated[Growth, AfterValidator(_changes)]


class Shock(Strict):
    """A sudden change of the level."""

    start: ComingMonth
    size_pct: Change = Field(description="percent of the level, minus for a fall")
    half_life: float | None = Field(
        None, ge=0.01, le=12_000, description="months; left out, the change stays for good"
    )


class Slope(Strict):
    """A change of the trend."""

    start: ComingMonth
    growth_pct: Change = Field(description="percent a year")


class Assumed(Strict):
    """A path of a related series: growth by month, or held from the origin on, or a return to its trend."""

    yoy_pct: dict[ComingMonth, Rate] = Field(
        default_factory=dict,
        description="month: growth on a year ago, season and calendar aside; linear between months, then held",
    )
    holds_at_pct: Rate | None = Field(
        None, gt=-100, description="growth on a year ago from the first month after the origin on, percent"
    )
    returns_to_trend_by: ComingMonth | None = Field(
        None, description="month by which the series is back on its trend of the last five years"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Assumed:
        ways = bool(self.yoy_pct) + (self.holds_at_pct is not None) + (self.returns_to_trend_by is not None)
        if ways != 1:
            raise ValueError("say exactly one of yoy_pct, holds_at_pct, returns_to_trend_by")
        if any(growth <= -100 for growth in self.yoy_pct.values()):
            raise ValueError("yoy_pct: growth must be above −100 %")
        return self


class Condition(Strict):
    """A statement about the future: a year with one of two growths, or a month with a printed rate or a level."""

    year: Year | None = Field(None, description="the year that a growth is of")
    growth_at_least_pct: Growth | None = Field(
        None, description="growth of the annual mean, at least; percent"
    )
    growth_pct: Growth | None = Field(None, description="growth of the annual mean on average; percent")
    month: ComingMonth | None = Field(None, description="the month that a rate or a level is of, YYYY-MM")
    yoy_pct: Rate | None = Field(None, description="percent on the same month a year ago")
    mom_pct: Rate | None = Field(None, description="percent on the month before")
    ytd_yoy_pct: Rate | None = Field(None, description="percent year to date on the same months a year ago")
    level_at_least: Level | None = Field(
        None, description="index points: of levels those of the file, of figures with the peak window as 100"
    )
    exactly: bool = Field(
        False,
        description="growth_pct or a rate holds in every outcome, not on average: outcomes are moved to it",
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> Condition:
        try:
            stated(scenario.Condition, self)
        except ConfigError as error:
            raise ValueError("; ".join(error.problems)) from None
        return self


class NextPrint(Strict):
    """What the office may print for a month to come: one rate."""

    yoy_pct: Rate | None = Field(None, description="percent on the same month a year ago")
    mom_pct: Rate | None = Field(None, description="percent on the month before")
    ytd_yoy_pct: Rate | None = Field(None, description="percent year to date on the same months a year ago")

    @model_validator(mode="after")
    def _one_rate(self) -> NextPrint:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("say exactly one of yoy_pct, mom_pct, ytd_yoy_pct")
        return self


class Judgement(Strict):
    """What a planner believes of the date: the chance that output is back by a month."""

    by: ComingMonth
    chance_pct: Chance = Field(description="percent")


class Rule(Strict):
    """The recovery rule, where not automatic."""

    window: int = Field(3, ge=1, le=LONGEST_WINDOW, description="months averaged")
    hold: int = Field(3, ge=1, le=LONGEST_HOLD, description="months in a row at or above normal")


class OwnNormal(Strict):
    """What counts as normal in a scenario."""

    kind: Word | None = Field(
        None, description="a definition that the question compares; by default the one in use"
    )
    scale_pct: float = Field(
        100.0, ge=1, le=1_000, description="percent of that normal which counts as back, 95 for 5 % below"
    )


class Scenario(Strict):
    """Named assumptions on the future; the baseline has none."""

    name: Word
    label: Phrase | Text | None = Field(None, description="what the report calls it; its name by default")
    based_on: Word | None = Field(None, description="another scenario whose assumptions are taken too")
    shock: Shock | Annotated[tuple[Shock, ...], Field(max_length=MOST)] = Field(
        (), description="a sudden change of the level, or a list of them"
    )
    slope: Slope | Annotated[tuple[Slope, ...], Field(max_length=MOST)] = Field(
        (), description="a change of the trend, or a list of them"
    )
    assume: dict[Word, Assumed] = Field(
        default_factory=dict, description="paths of related series, each named region_sector"
    )
    condition: tuple[Condition, ...] = Field(
        (), max_length=MOST, description="statements about the future that hold in the scenario"
    )
    next_print: dict[ComingMonth, NextPrint] = Field(
        default_factory=dict,
        description="month: the rate that the office prints for it, in every outcome",
    )
    judgement: Judgement | Annotated[tuple[Judgement, ...], Field(max_length=MOST)] = Field(
        (), description="the planner's own chance of a return by a month, or a list of them"
    )
    normal: OwnNormal | None = Field(None, description="what counts as normal in this scenario")
    recovery: Rule | None = Field(None, description="when output counts as back in this scenario")

    @model_validator(mode="after")
    def _baseline_assumes_nothing(self) -> Scenario:
        own = sorted(self.model_fields_set - {"name", "label"})
        if self.name == scenario.BASELINE and own:
            raise ValueError(
                f"{scenario.BASELINE} is what the others are compared with and assumes nothing; give the scenario "
                f"with {own[0]} another name"
            )
        return self
