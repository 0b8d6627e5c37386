"""The config of a backtest: its keys, and YAML → frozen `BacktestQuestion`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from forecast.config.files import find, source_of
from forecast.config.forms import File, Level, Month, Phrase, Strict, Text, Word, idle
from forecast.config.keys import Calendar, Nowcast, SlumpStart
from forecast.config.listed import Kind, Models, fits, stand_beside
from forecast.config.problems import in_words
from forecast.config.scenarios import Rule
from forecast.config.sources import Indicators, Series, refuse_idle
from forecast.config.stated import stated
from forecast.errors import ConfigError
from forecast.estimate import Plan
from forecast.models import POOL
from forecast.normal import NormalSpec
from forecast.yaml_text import parsed

NAIVE = ("random_walk_drift", "random_walk_drift_block", "seasonal_naive")

SERVES = {
    "levels": ("columns", "without", "sheet", "release_lag_days", "like_lag_days", "until", "had_from"),
    "store": ("columns", "without", "until", "had_from"),
    "figures": ("region", "sector", "had_from"),
    "sample": ("release_lag_days", "until"),
}
"""Kinds of data that a panel may have, each with the keys that say more of it."""


class Panel(Strict):
    """What is forecast from: levels, a store of their releases, published figures, or a library's sample."""

    levels: File | None = Field(None, description="file of index levels, a column each")
    store: File | None = Field(None, description="store of vintages: every origin sees its own release")
    columns: tuple[str, ...] = Field((), description="names, or patterns such as IP*; all by default")
    without: tuple[str, ...] = Field((), description="names or patterns left out")
    sheet: str | None = Field(None, description="sheet of a workbook")
    figures: File | None = Field(None, description="file of published figures")
    region: Word | None = Field(None, description="region of the figures, as its column has it")
    sector: Word = "total"
    sample: Literal["elec_equip"] | None = Field(None, description="a sample shipped inside a library")
    seasonally_adjusted: bool = Field(False, description="whether the levels are seasonally adjusted already")
    release_lag_days: int = Field(0, ge=0, le=400, description="days from a month's end to its publication")
    like_lag_days: int | None = Field(
        None,
        ge=0,
        le=400,
        description="the delay with which a target sees the others; as its own if left out",
    )
    until: Month = Field("auto", description="last month of levels; later ones are not looked at")
    had_from: str | None = Field(None, description="where such data can be had, for who lacks the file")

    @model_validator(mode="after")
    def _one_source(self) -> Panel:
        given = [k for k in ("levels", "store", "figures", "sample") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError(
                f"name exactly one of levels, store, figures, sample; found {', '.join(given) or 'none'}"
            )
        if self.figures is not None and self.region is None:
            raise ValueError("figures need a region")
        refuse_idle(self, given[0], SERVES)
        return self

    @property
    def real_time(self) -> bool:
        """Whether every release is known by its date."""
        return self.store is not None or self.figures is not None

    @property
    def file(self) -> str | None:
        """The file that holds the data; None for a library's sample."""
        return self.levels or self.store or self.figures


class ChosenOrigins(Strict):
    """Which months of a slump are forecast from."""

    after_start: tuple[Annotated[int, Field(ge=0, le=1200)], ...] = Field(
        (0, 3, 6, 12, 18, 24), min_length=1, description="months after the slump's start"
    )
    every: int | None = Field(
        None, ge=1, le=1200, description="each so many months from the start on, instead"
    )
    least_follow_up: int = Field(
        1, ge=1, le=1200, description="months after the origin in which a return would be seen"
    )
    window: int | None = Field(
        None, ge=120, le=12_000, description="months of levels that a forecast sees; all by default"
    )
    refit_every: int = Field(
        1,
        ge=1,
        le=1200,
        description="models are estimated every so many origins of a slump, and updated between",
    )

    @model_validator(mode="after")
    def _one_way(self) -> ChosenOrigins:
        if self.every is not None and idle(self, ("after_start",)):
            raise ValueError(
                "after_start: would do nothing beside every, which stands instead; leave one out"
            )
        return self


class Against(Strict):
    """The definition of normal that output is to come back to."""

    kind: Kind = Field("pre_slump_peak", description="the definition of normal")
    years: int = Field(1, ge=1, le=10, description="years averaged by same_month")
    months: Literal[12, 24, 36] = Field(12, description="months averaged by pre_slump_mean")
    level: Level | None = Field(None, description="index points, for target")

    @model_validator(mode="after")
    def _fitting(self) -> Against:
        fits(self, (self.kind,))
        return self


class BacktestConfig(Strict):
    """How good a question's forecasts have been: a panel, its origins, and the models compared."""

    name: Word
    title: Phrase | Text = Field(description="what its readers call the panel")
    panel: Panel = Field(description="the series that are forecast, and where their data are")
    related: tuple[Series, ...] = Field(
        (), description="series that inform months the target did not publish"
    )
    indicators: tuple[Indicators, ...] = Field(
        (), description="series of other kinds that are out before the panel, as in a question of one target"
    )
    origins: ChosenOrigins = Field(ChosenOrigins(), description="the months that are forecast from")
    truth: Literal["latest"] | Annotated[int, Field(ge=1, le=10_000)] = Field(
        "latest", description="what came true: the latest release, or each month's first (1), third (3), …"
    )
    horizon: int = Field(36, ge=6, le=120, description="months followed after the origin")
    calendar: Calendar | None = Field(None, description="working days and moving holidays; none by default")
    normal: Against = Field(Against(), description="what counts as normal")
    slump: SlumpStart = Field(SlumpStart(), description="how slumps are dated")
    recovery: Literal["auto"] | Rule = Field(
        "auto", description="when output counts as back; auto: by its noise"
    )
    models: Models = Field(POOL, min_length=1, description="pooled")
    beside: Models = Field(NAIVE, description="forecast and scored beside the pool, not in it")
    nowcast: Nowcast | None = Field(
        None,
        description="nowcast the months that the others have published already; on where indicators are given",
    )
    paths: int = Field(10_000, ge=200, le=200_000, description="paths simulated per model")
    draws: int = Field(200, ge=20, le=2_000, description="histories drawn of a reconstructed level")
    seed: int = Field(
        1, ge=0, le=2**63 - 1, description="of all random draws; the same seed gives the same bytes"
    )

    @model_validator(mode="after")
    def _models_stand_in_one_place(self) -> BacktestConfig:
        stand_beside(self, self.beside, self.models)
        return self

    @model_validator(mode="after")
    def _releases_known(self) -> BacktestConfig:
        if self.truth != "latest" and not self.panel.real_time:
            raise ValueError(
                f"truth is release {self.truth}, but the panel's levels have no releases; name a store of vintages "
                "or figures with dates of publication, or use truth: latest"
            )
        return self

    @model_validator(mode="after")
    def _related_have_figures(self) -> BacktestConfig:
        if self.related and self.panel.figures is None:
            raise ValueError("related: informs a panel of published figures; this one holds levels")
        if self.indicators and self.panel.real_time:
            raise ValueError("indicators: serve a panel of levels; this one is known by its releases")
        if self.nowcast is not None and self.panel.real_time:
            raise ValueError("nowcast: serves a panel of levels; this one is known by its releases")
        return self


@dataclass(frozen=True)
class BacktestQuestion:
    """A backtest's config, read: its plan, its file found, and the bytes it was read from."""

    config: BacktestConfig
    plan: Plan
    path: Path
    source: bytes
    data: Path | None  # None for a library's sample
    indicators: tuple[Path, ...] = ()


def is_backtest(path: str | os.PathLike[str]) -> bool:
    """Tell whether a config asks for a backtest: it names a panel and no target.

    Raises ConfigError where it cannot be read.
    """
    tree, _, _ = parsed(source_of(Path(path)), Path(path))
    return "panel" in tree and "target" not in tree


def read_backtest(path: str | os.PathLike[str], data: Sequence[Path] = ()) -> BacktestQuestion:
    """Read the config of a backtest and find its file.

    data : folders searched after the config's own, before `FORECAST_DATA`.
    Raises ConfigError listing every problem as `file:line: key: what was found, what was expected`.
    """
    file = Path(path)
    source = source_of(file)
    tree, lines, problems = parsed(source, file)
    if "target" in tree and "panel" not in tree:
        raise ConfigError(
            f"{file}:{lines[('target',)]}: target: a backtest has a panel instead; "
            f"to answer this question, `forecast run {file}`"
        )
    try:
        config = BacktestConfig.model_validate(tree)
    except ValidationError as error:
        raise ConfigError(*problems, *in_words(error, file, lines, BacktestConfig)) from None
    if problems:
        raise ConfigError(*problems)
    named = config.panel.file
    place = f"{file}:{lines[('panel',)]}: panel"
    panel = find(named, file.parent, data, place, config.panel.had_from) if named else None
    indicators = tuple(
        find(of.file, file.parent, data, f"{file}:{lines[('indicators',)]}: indicators")
        for of in config.indicators
    )
    try:
        asks = _plan(config)
    except ConfigError as error:
        raise ConfigError(*(f"{file}: {problem}" for problem in error.problems)) from None
    return BacktestQuestion(config, asks, file, source, panel, indicators)


def _plan(config: BacktestConfig) -> Plan:
    normal = stated(NormalSpec, config.normal)
    nowcast = config.nowcast or (Nowcast() if config.indicators else None)
    return Plan(
        horizon=config.horizon,
        country=config.calendar.country if config.calendar else None,
        holidays=config.calendar.holidays if config.calendar else (),
        slump=config.slump.spec(config.panel.seasonally_adjusted, config.recovery),
        normal=normal,
        also=normal,
        models=config.models,
        beside=tuple(name for name in config.beside if name not in config.models),
        nowcast=nowcast.spec if nowcast is not None else None,
        paths=config.paths,
        draws=config.draws,
    )
