"""What `summary.json` holds, key by key: counts, the protocol, and the record of every model.

The keys are those of the file, so that what is read from it and what a backtest returns are one thing; a checker of
types knows each of them. Scores are means over the forecasts they name, each weighing 1; lower is better. Skill is the
percent of a rule's error that is saved, None where it made none. Coverage is the share inside a central interval.
An interval or p-value that needs the resampling of start years is None with fewer than three of them.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class LeftOut(TypedDict):
    """A series that could not be used."""

    series: str
    reason: str


class OriginLeftOut(TypedDict):
    """An origin from which nothing was forecast."""

    series: str
    origin: str
    reason: str


class SeriesCounts(TypedDict):
    """What became of the series given."""

    given: int
    forecast_from: int
    without_slump: list[str]
    without_origin: list[str]
    left_out: list[LeftOut]


class Counts(TypedDict):
    """What the backtest was made of."""

    series: SeriesCounts
    episodes: int
    origins: int
    origins_left_out: list[OriginLeftOut]


class Protocol(TypedDict):
    """What was asked, in the words of the config."""

    data: str
    truth: int | str
    threshold_pct: float
    seasonally_adjusted: bool
    window: int | str
    hold: int | str
    normal: str
    horizon: int
    paths: int
    origins: str
    least_follow_up: int
    window_months: int | str
    refit_every: int
    refitted_at_every_origin: list[str]
    pool: list[str]


class Headline(TypedDict):
    """The forecasts that were followed for the whole horizon."""

    episodes: int
    origins: int
    start_years: int
    follow_up_at_least: int


class MeanScores(TypedDict):
    """Mean scores of a model: CRPS in months, Brier scores at 6, 12 and 24 months, log score in nats."""

    crps: float
    brier_6: NotRequired[float | None]
    brier_12: NotRequired[float | None]
    brier_24: NotRequired[float | None]
    log_score: float | None
    failed: int


class Skill(TypedDict):
    """Skill against the best naive rule, percent, with its 90 % interval."""

    skill_pct: float | None
    skill_interval_pct: list[float] | None


class Calibration(TypedDict):
    """How far the randomised PIT is from uniform."""

    coverage_50: float
    coverage_80: float
    coverage_90: float
    uniformity_p: float | None
    pit: list[float]


class ModelRecord(MeanScores, Skill, Calibration):
    """The record of one model over the headline forecasts.

    confidence_set_p : the size at which it leaves the set that holds the best model
    """

    mean_width_80_months: float
    confidence_set_p: float | None


class Part(Skill):
    """The pool on a part of the slumps, by the year in which they started."""

    part: str
    held_back_from: int
    fullest: list[int]
    episodes: int
    origins: int
    start_years: int


class AtAge(TypedDict):
    """Scores by months since the slump began, by model."""

    months: int
    origins: int
    crps: dict[str, float]
    skill_pct: dict[str, float | None]
    worse_than_kaplan_meier_p: float | None


class Reliable(TypedDict):
    """Forecasts of one model at one horizon whose probability lay between two values, and the share that came true."""

    horizon: int
    lower: float
    upper: float
    forecasts: int
    predicted: float
    observed: float
    model: str


class Record(TypedDict):
    """The record of every model; empty where no forecast was followed for the whole horizon."""

    headline: Headline
    best_naive: str | None
    models: dict[str, ModelRecord]
    by_slump_start: list[Part]
    by_months_since_start: list[AtAge]
    reliability: NotRequired[list[Reliable]]


class ValuesRecord(TypedDict):
    """How well levels (percent) or yearly growth (points) were forecast by one model at one horizon.

    shared : forecasts that `seasonal_naive` made too, over which skill is told
    """

    model: str
    horizon: int
    forecasts: int
    mae_pct: NotRequired[float]
    mae_points: NotRequired[float]
    rmse_pct: NotRequired[float]
    rmse_points: NotRequired[float]
    mase: float | None
    wis_pct: NotRequired[float]
    wis_points: NotRequired[float]
    shared: int
    skill_pct: float | None
    coverage_50: float
    coverage_80: float
    coverage_90: float


class RelapseRecord(TypedDict):
    """How well one model stated the chance of a relapse.

    brier_earlier : Brier score of the share of earlier slumps, over the same forecasts
    """

    model: str
    forecasts: int
    stated: float
    relapsed: float
    brier: float
    brier_earlier: float
    skill_pct: float | None


class JointRecord(TypedDict):
    """How well the paths of one model were forecast as wholes.

    shared : forecasts that `seasonal_naive` made too, over which skill is told
    """

    model: str
    months: int
    forecasts: int
    energy_score_pct: float
    shared: int
    skill_pct: float | None


class Summary(Counts, Record):
    """All of it."""

    protocol: Protocol
    levels: list[ValuesRecord]
    rates: list[ValuesRecord]
    relapse: list[RelapseRecord]
    joint: list[JointRecord]
