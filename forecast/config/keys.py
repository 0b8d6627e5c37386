"""Every key that a config may hold, with its type: the one place that the schema and the reference are made from."""

from __future__ import annotations

from typing import Annotated, Literal

import pandas as pd
from pydantic import Field, WrapValidator, model_validator

from forecast import calendar, normal
from forecast.config.forms import (
    COUNTRY,
    ComingMonth,
    Date,
    Growth,
    Level,
    Month,
    Percent,
    Phrase,
    Strict,
    Text,
    Threshold,
    Word,
    Year,
    each_year_once,
    texts,
)
from forecast.config.listed import Holiday, Kind, Models, fits, stand_beside
from forecast.config.scenarios import MOST, Rule, Scenario
from forecast.config.sources import Indicators, Series, Target
from forecast.config.stated import stated
from forecast.config.year_target import YearTarget
from forecast.levels import shares_given
from forecast.models import POOL
from forecast.nowcast import NowcastSpec
from forecast.rule import THRESHOLD_ADJUSTED_PCT, THRESHOLD_PCT
from forecast.scenario import BASELINE
from forecast.slump import SlumpSpec
from forecast.tables import suggestion


class Nowcast(Strict):
    """How months are nowcast that others have published before the target."""

    models: tuple[Literal["factor", "bridge", "lags"], ...] = Field(
        ("factor", "bridge", "lags"), min_length=1, description="pooled with equal weights"
    )
    courses: int = Field(100, ge=20, le=2_000, description="equally likely nowcasts that the models continue")

    @property
    def spec(self) -> NowcastSpec:
        """The nowcast asked for."""
        return stated(NowcastSpec, self, paths=self.courses)


class Calendar(Strict):
    """Working days and moving holidays of a country."""

    country: str = Field(pattern=COUNTRY, description="ISO 3166 code of two capital letters")
    holidays: tuple[Holiday, ...] = Field((), description="moving holidays that shift output between months")

    @model_validator(mode="after")
    def _kept(self) -> Calendar:
        if problems := calendar.problems(self.country, self.holidays):
            raise ValueError("; ".join(problems))
        return self


class Normal(Strict):
    """The definition of normal in use, and the one shown beside it."""

    kind: Kind = Field("pre_slump_peak", description="the definition that the answer uses")
    also: Kind = Field("trend", description="the definition shown beside it")
    years: int = Field(1, ge=1, le=10, description="years averaged by same_month")
    months: int = Field(12, ge=12, le=36, multiple_of=12, description="months averaged by pre_slump_mean")
    level: Level | None = Field(None, description="index points, for target")

    @model_validator(mode="after")
    def _level(self) -> Normal:
        if "target" in (self.kind, self.also) and self.level is None:
            raise ValueError("normal target needs a level in index points")
        fits(self, (self.kind, self.also))
        return self

    @property
    def specs(self) -> tuple[normal.NormalSpec, normal.NormalSpec]:
        """The definition in use, and the one beside it."""
        return stated(normal.NormalSpec, self), stated(normal.NormalSpec, self, kind=self.also)


class SlumpStart(Strict):
    """How the slump is dated."""

    start: Month = "auto"
    threshold_pct: Threshold | None = Field(None, description="θ; 7.5, or 5 where seasonally adjusted")

    def spec(self, adjusted: bool, recovery: Literal["auto"] | Rule) -> SlumpSpec:
        """Return how slumps are dated, of levels that are seasonally adjusted or not, with the rule that ends them."""
        start = None if self.start == "auto" else pd.Period(self.start, freq="M")
        theta = self.threshold_pct or (THRESHOLD_ADJUSTED_PCT if adjusted else THRESHOLD_PCT)
        hand = None if recovery == "auto" else recovery
        return SlumpSpec(start, theta, adjusted, hand.window if hand else None, hand.hold if hand else None)


class Report(Strict):
    """How the report is written."""

    languages: tuple[Literal["en", "vi"], ...] = Field(
        ("en", "vi"), min_length=1, description="languages that the report is written in"
    )
    formats: tuple[Literal["pdf", "html", "xlsx"], ...] = Field(
        ("pdf", "html"),
        min_length=1,
        description="files written per language; xlsx is a workbook of all tables",
    )
    since: Date | None = Field(
        None,
        description="tell what changed since this day or month; by default since the report before in its folder",
    )


class Accepted(Strict):
    """A figure of the newest months that looks like a slip and is none, or is to be used all the same."""

    period: ComingMonth = Field(description="its reference month, YYYY-MM")
    reason: Phrase = Field(description="why it is used, printed in the report")
    series: Phrase | None = Field(
        None, description="of which series, `<region>_<sector>` or the column of a level; any if left out"
    )
    measure: Literal["mom_pct", "yoy_pct", "ytd_yoy_pct", "qtr_yoy_pct", "index", "level"] | None = Field(
        None, description="which of its figures; any if left out"
    )


class Config(Strict):
    """A question put to the toolkit."""

    name: Word
    title: Phrase | Text = Field(description="what the report is about, as its readers call it")
    measure: Phrase | Text | None = Field(
        None,
        description="what the series measures where it is not output, such as turnover; in the report's sentences",
    )
    as_of: Date | None = Field(
        None,
        description="see only what was published by this day or month; by default the latest publication",
    )
    target: Target = Field(description="the series that is forecast, and where its data are")
    related: tuple[Series, ...] = Field(
        (), description="series that inform months the target did not publish"
    )
    indicators: tuple[Indicators, ...] = Field(
        (), description="series published before a target known by levels, for its latest months"
    )
    nowcast: Nowcast | None = Field(
        None,
        description="nowcast the months that like series have published already; on where indicators are given",
    )
    sectors: tuple[Word, ...] | dict[Word, Percent] = Field(
        (), description="sectors that make up a target known by figures, or each with its share of the total"
    )
    horizon: int = Field(36, ge=12, le=120, description="months followed after the origin")
    calendar: Calendar | None = Field(None, description="working days and moving holidays; none by default")
    adjust: Literal["x13", "stl"] | None = Field(
        None, description="adjust the level by this method too, shown beside the built-in profile"
    )
    normal: Normal = Field(Normal(), description="what counts as normal")
    slump: SlumpStart = Field(SlumpStart(), description="how the slump is dated")
    recovery: Literal["auto"] | Rule = Field(
        "auto", description="when output counts as back; auto: by its noise"
    )
    models: Models = Field(POOL, min_length=1, description="pooled")
    beside: Models = Field((), description="simulated and dated beside the pool, not in it")
    paths: int = Field(10_000, ge=200, le=200_000, description="paths simulated per model")
    draws: int = Field(1_000, ge=20, le=2_000, description="histories drawn of a reconstructed level")
    annual_targets: Annotated[dict[Year, Growth | YearTarget], WrapValidator(each_year_once)] = Field(
        default_factory=dict,
        description="year: growth in percent, or that with a plan by quarter and by sector",
    )
    scenarios: tuple[Scenario, ...] = Field(
        (), max_length=MOST, description="named assumptions, compared with the baseline"
    )
    accept: tuple[Accepted, ...] = Field(
        (),
        description="figures that look like slips, by their month, used all the same and printed in the report",
    )
    report: Report = Field(Report(), description="how the report is written")
    seed: int = Field(
        1, ge=0, le=2**63 - 1, description="of all random draws; the same seed gives the same bytes"
    )

    @model_validator(mode="after")
    def _models_stand_in_one_place(self) -> Config:
        stand_beside(self, self.beside, self.models)
        return self

    @model_validator(mode="after")
    def _parts_fit_the_target(self) -> Config:
        if self.sectors and self.target.region is None:
            raise ValueError(
                "sectors: are parts of a target known by published figures; this one is known by levels"
            )
        if self.indicators and self.target.region is not None:
            raise ValueError(
                "indicators: serve targets known by levels; what informs a target known by figures is named in related"
            )
        if self.related and self.target.region is None:
            raise ValueError(
                "related: informs a target known by published figures; for one known by levels name target: like, or "
                "indicators"
            )
        if self.nowcast is not None and self.target.region is not None:
            raise ValueError(
                "nowcast: serves targets known by levels; one known by figures is nowcast by its related series"
            )
        if self.target.sector in self.sectors:
            raise ValueError(f'sectors: "{self.target.sector}" is the target itself; name its parts')
        return self

    @model_validator(mode="after")
    def _sectors_make_one_whole(self) -> Config:
        twice = sorted({name for name in self.sectors if list(self.sectors).count(name) > 1})
        if twice:
            raise ValueError(f"sectors: {', '.join(twice)} stands there twice; name each once")
        if isinstance(self.sectors, dict) and self.sectors:
            problems = shares_given(list(self.sectors), list(self.sectors.values()))
            if problems:
                raise ValueError("; ".join(f"sectors: {problem}" for problem in problems))
        return self

    @model_validator(mode="after")
    def _targets_are_of_sectors_asked_for(self) -> Config:
        for year, target in self.annual_targets.items():
            for name in target.sectors if isinstance(target, YearTarget) else ():
                if name not in self.sectors:
                    raise ValueError(
                        f'annual_targets: {year} has one for "{name}", which is not among sectors; '
                        f"{suggestion(name, list(self.sectors))}"
                    )
        return self

    @model_validator(mode="after")
    def _texts_are_in_the_languages_of_the_report(self) -> Config:
        labels = [("title", self.title)] + ([("measure", self.measure)] if self.measure is not None else [])
        if self.measure is not None and any(set("{}") & set(said) for said in texts(self.measure).values()):
            raise ValueError(
                "measure: holds a brace; write a word for the midst of sentences, such as turnover"
            )
        labels += [(f"scenarios: {s.name}", s.label) for s in self.scenarios if s.label is not None]
        for place, text in labels:
            lacking = [language for language in self.report.languages if language not in texts(text)]
            if lacking:
                raise ValueError(
                    f"{place}: the report is written in {', '.join(lacking)} too; add the text in it, or write one "
                    "text without a language for all"
                )
        return self

    @model_validator(mode="after")
    def _related_series_are_others(self) -> Config:
        names = [(self.target.region, self.target.sector), *((s.region, s.sector) for s in self.related)]
        if twice := [name for i, name in enumerate(names) if name in names[:i]]:
            raise ValueError(
                f"related: {twice[0][0]} {twice[0][1]} is the target itself, or stands there twice; "
                "name others, once each"
            )
        return self

    @model_validator(mode="after")
    def _assumed_series_are_related(self) -> Config:
        names = [f"{series.region}_{series.sector}" for series in self.related]
        for scenario in self.scenarios:
            for name in scenario.assume:
                if name not in names:
                    raise ValueError(
                        f'scenarios: "{scenario.name}" assumes a path of "{name}", which is no related series; '
                        f"{suggestion(name, names)}"
                    )
        return self

    @model_validator(mode="after")
    def _scenarios_stand_on_their_feet(self) -> Config:
        by_name = {scenario.name: scenario for scenario in self.scenarios}
        if len(by_name) < len(self.scenarios):
            raise ValueError("scenarios: two have the same name; give each its own")
        for scenario in self.scenarios:
            seen, here = {scenario.name}, scenario
            while here.based_on not in (None, BASELINE):
                if here.based_on not in by_name:
                    raise ValueError(
                        f'scenarios: "{here.name}" is based on "{here.based_on}", which does not exist; '
                        f"{suggestion(here.based_on, list(by_name))}"
                    )
                here = by_name[here.based_on]
                if here.name in seen:
                    raise ValueError(f'scenarios: "{scenario.name}" is based on itself; break the circle')
                seen.add(here.name)
        return self
