"""`Outcome`: what a run found, immutable, to and from `report.json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forecast.outcome import serial
from forecast.outcome.answer import (
    Definition,
    FanMonth,
    HistoryMonth,
    Milestone,
    NormalResult,
    RecoveryResult,
    ReturnMonth,
    Rule,
    SlumpResult,
    Snapshot,
)
from forecast.outcome.earlier_slumps import EarlierSlumps
from forecast.outcome.evidence import Adjustment, SeasonMonth, SeasonYear
from forecast.outcome.findings import FindingRow, Without
from forecast.outcome.questions import (
    AssumedMonth,
    Due,
    Labels,
    NextRelease,
    Nowcast,
    NowcastNote,
    Onset,
    PrintedSince,
    RelatedWatch,
    ScenarioRow,
    SectorMonth,
    SectorRow,
    Sectors,
    TargetRow,
    Variation,
    Watch,
)
from forecast.outcome.record import Record
from forecast.outcome.shown import ShownOutcome
from forecast.rooms import furnish

__all__ = [
    "Adjustment",
    "AssumedMonth",
    "Change",
    "Changes",
    "Definition",
    "FailedRow",
    "FanMonth",
    "FigureRow",
    "FindingRow",
    "HistoryMonth",
    "Labels",
    "LatestFigure",
    "Milestone",
    "ModelRow",
    "NextRelease",
    "NormalResult",
    "Observed",
    "ObservedMonth",
    "Onset",
    "Outcome",
    "Printed",
    "PrintedSince",
    "Record",
    "RecoveryResult",
    "RelatedWatch",
    "ReturnMonth",
    "Rule",
    "ScenarioRow",
    "Due",
    "Nowcast",
    "NowcastNote",
    "SectorMonth",
    "SectorRow",
    "Sectors",
    "Watch",
    "Without",
    "SeasonMonth",
    "SeasonYear",
    "SlumpResult",
    "Snapshot",
    "Stamp",
    "TargetRow",
    "Variation",
]


@dataclass(frozen=True)
class LatestFigure:
    """The latest print of one rate of the target."""

    measure: str
    period: str
    value: float
    published: str


@dataclass(frozen=True)
class FigureRow:
    """One published figure and how well the reconstruction reproduces it, percent.

    sets : numbers of the sets of figures, each of which cannot all be true, that it is in
    """

    region: str
    sector: str
    period: str
    measure: str
    value: float
    published: str
    source: str
    status: str  # "used", "superseded" or "contradictory"
    fitted: float | None
    residual: float | None
    sets: tuple[int, ...] = ()


@dataclass(frozen=True)
class ModelRow:
    """One model of the pool, or with weight 0 beside it."""

    name: str
    weight: float
    summary: dict[str, Any]
    median: str | None
    p_within_12: float
    p_not_within_horizon: float


@dataclass(frozen=True)
class FailedRow:
    """One failed fit."""

    model: str
    series: str
    origin: str
    reason: str


@dataclass(frozen=True)
class ObservedMonth:
    """A level that became known after `as_of`, percent of normal."""

    month: str
    level_pct_of_normal: float


@dataclass(frozen=True)
class Observed:
    """What happened after `as_of`; present only when asked for, and never seen by a forecast."""

    data_to: str
    recovery_month: str | None
    not_recovered_by: str | None
    probability_given: float | None  # forecast probability of return by the observed month
    months: tuple[ObservedMonth, ...]
    printed: tuple[PrintedSince, ...] = ()


@dataclass(frozen=True)
class Printed:
    """One newly published number and what was expected of it, None where nothing was."""

    period: str
    measure: str
    value: float
    expected: float | None


@dataclass(frozen=True)
class Change:
    """One release: when, of which series, what it printed, and what it did to the chance (a share, not percent).

    effect_on_yoy : points that it moved the growth expected of the month after the origin
    """

    published: str
    region: str
    sector: str
    printed: tuple[Printed, ...]
    effect: float
    effect_on_yoy: float


@dataclass(frozen=True)
class Changes:
    """What changed since a day: the chance of being back by one month, then and now, split by release.

    medians : None beyond the horizon · rows : add up to `now` − `before` · month : whose expected yoy they move
    """

    since: str
    by: str
    before: float
    now: float
    median_before: str | None
    median_now: str | None
    rows: tuple[Change, ...]
    month: str


@dataclass(frozen=True)
class Stamp:
    """How to make the report again."""

    command: str
    config_sha256: str
    data_sha256: str
    seed: int
    paths: int
    draws: int
    versions: dict[str, str]


@dataclass(frozen=True, repr=False)
class Outcome(ShownOutcome):
    """Everything a report says, in numbers and months; words and pictures are made from it."""

    name: str
    title: Labels
    unit: str  # "figures": reconstructed from published rates; "levels": published as an index
    as_of: str
    origin: str
    data_to: str  # latest publication date used
    horizon: int
    calendar: str  # "VN: tet", "none", …
    latest: tuple[LatestFigure, ...]
    normal: NormalResult
    slump: SlumpResult | None  # None: no slump under way, output at normal
    rule: Rule
    history: tuple[HistoryMonth, ...]
    fan: tuple[FanMonth, ...]
    recovery: dict[str, RecoveryResult]
    figures: tuple[FigureRow, ...]
    models: tuple[ModelRow, ...]
    failed: tuple[FailedRow, ...]
    notes: tuple[str, ...]  # codes of plain warnings the report must print, e.g. "slump_start_given"
    stamp: Stamp
    scenarios: tuple[ScenarioRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    next_releases: tuple[NextRelease, ...] = ()
    changes: Changes | None = None
    snapshots: tuple[Snapshot, ...] = ()  # what earlier reports answered, oldest first
    record: tuple[Record, ...] = ()
    earlier_slumps: tuple[EarlierSlumps, ...] = ()
    sensitivity: tuple[Variation, ...] = ()
    adjustment: Adjustment | None = None
    season: tuple[SeasonYear, ...] = ()
    sectors: Sectors | None = None
    watch: Watch | None = None
    watch_related: tuple[RelatedWatch, ...] = ()
    onset: Onset | None = None
    nowcast: Nowcast | None = None
    outcome: Observed | None = None
    findings: tuple[FindingRow, ...] = ()
    without: Without | None = None

    def snapshot(self) -> Snapshot:
        """Return the answer of the baseline as later reports remember it."""
        found = self.recovery["baseline"]
        return Snapshot(
            self.as_of,
            self.origin,
            found.distribution[-1].month,
            None if self.slump is None else self.slump.start,
            found.median,
            found.interval_50,
            found.interval_80,
            found.p_already_back,
            found.p_within_12,
            found.p_not_within_horizon,
        )

    def to_json(self) -> str:
        """Return the text of `report.json`: 10 significant digits, no clock time, no path of a machine."""
        return serial.written(self)

    @classmethod
    def from_json(cls, text: str) -> Outcome:
        """Read back what `to_json` wrote, in this version or an earlier one; ConfigError where it cannot be."""
        return serial.read(cls, text, "report.json")


furnish(__name__)
