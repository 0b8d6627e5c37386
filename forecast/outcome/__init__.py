"""`Outcome`: what a run found, immutable, to and from `report.json`; its schema, a module of rows for each topic.

Nothing is computed here. What fills the rows is in `forecast.answers`, what tells them in `forecast.report.chapters`.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

from pydantic.dataclasses import dataclass

from forecast.errors import expect
from forecast.outcome.adjustment import AdjustedMonth, Adjustment, OutlierMonth
from forecast.outcome.afterwards import Observed, ObservedMonth, PrintedSince
from forecast.outcome.answer import FanMonth, HistoryMonth, RecoveryResult, ReturnMonth, Rule, SlumpResult
from forecast.outcome.changes import Change, Changes, Printed
from forecast.outcome.definitions import Definition, NormalResult
from forecast.outcome.earlier_slumps import EarlierSlumps
from forecast.outcome.figures_used import FigureRow, LatestFigure
from forecast.outcome.findings import FindingRow, Without
from forecast.outcome.kinds import FIXED, STRICT, Day, Labels, Month
from forecast.outcome.milestones import Milestone
from forecast.outcome.models import FailedRow, ModelRow
from forecast.outcome.needed import Miss, Needed, NeededRow, NeededSpan
from forecast.outcome.next_releases import NextRelease
from forecast.outcome.nowcast import Due, Nowcast, NowcastNote
from forecast.outcome.onset import Onset
from forecast.outcome.record import AgeSkill, Record, Stated
from forecast.outcome.scenarios import AssumedMonth, ScenarioRow
from forecast.outcome.season import SeasonMonth, SeasonYear
from forecast.outcome.sectors import SectorMonth, SectorRow, Sectors
from forecast.outcome.sensitivity import Variation
from forecast.outcome.shown import ShownOutcome
from forecast.outcome.snapshots import Snapshot
from forecast.outcome.stamp import Stamp
from forecast.outcome.targets import TargetRow
from forecast.outcome.text import read, schema, written
from forecast.outcome.watch import RelatedWatch, Watch
from forecast.rooms import furnish

__all__ = [
    "AdjustedMonth",
    "Adjustment",
    "AgeSkill",
    "AssumedMonth",
    "Change",
    "Changes",
    "Definition",
    "Due",
    "EarlierSlumps",
    "FailedRow",
    "FanMonth",
    "FigureRow",
    "FindingRow",
    "HistoryMonth",
    "Labels",
    "LatestFigure",
    "Milestone",
    "Miss",
    "ModelRow",
    "Needed",
    "NeededRow",
    "NeededSpan",
    "NextRelease",
    "NormalResult",
    "Nowcast",
    "NowcastNote",
    "Observed",
    "ObservedMonth",
    "Onset",
    "Outcome",
    "OutlierMonth",
    "Printed",
    "PrintedSince",
    "Record",
    "RecoveryResult",
    "RelatedWatch",
    "ReturnMonth",
    "Rule",
    "ScenarioRow",
    "SeasonMonth",
    "SeasonYear",
    "SectorMonth",
    "SectorRow",
    "Sectors",
    "SlumpResult",
    "Snapshot",
    "Stamp",
    "Stated",
    "TargetRow",
    "Variation",
    "Watch",
    "Without",
]


@dataclass(frozen=True, repr=False, config=STRICT)
class Outcome(ShownOutcome):
    """Everything a report says, in numbers and months; words and pictures are made from it."""

    name: str
    title: Labels
    unit: str  # "figures": reconstructed from published rates; "levels": published as an index
    as_of: Day
    origin: Month
    data_to: Day  # latest publication date used
    horizon: int
    calendar: str  # "VN: tet", "none", …
    latest: tuple[LatestFigure, ...]
    normal: NormalResult
    slump: SlumpResult | None  # None: no slump under way, output at normal
    rule: Rule
    history: tuple[HistoryMonth, ...]
    fan: tuple[FanMonth, ...]
    recovery: Annotated[dict[str, RecoveryResult], FIXED]
    figures: tuple[FigureRow, ...]
    models: tuple[ModelRow, ...]
    failed: tuple[FailedRow, ...]
    notes: tuple[str, ...]  # codes of plain warnings the report must print, e.g. "slump_start_given"
    stamp: Stamp
    scenarios: tuple[ScenarioRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    needed: tuple[Needed, ...] = ()
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
    measure: Labels | None = None  # what the series measures, where it is not output

    def snapshot(self) -> Snapshot:
        """Return the answer of the baseline as later reports remember it."""
        answer = self.recovery["baseline"]
        return Snapshot(
            self.as_of,
            self.origin,
            answer.distribution[-1].month,
            None if self.slump is None else self.slump.start,
            answer.median,
            answer.interval_50,
            answer.interval_80,
            answer.p_already_back,
            answer.p_within_12,
            answer.p_not_within_horizon,
        )

    def to_json(self) -> str:
        """Return the text of `report.json`: 10 significant digits, no clock time, no path of a machine."""
        return self._text

    @cached_property
    def _text(self) -> str:
        return written(self)

    @classmethod
    def from_json(cls, text: str) -> Outcome:
        """Read back what `to_json` wrote, in this version or an earlier one; ConfigError where it cannot be."""
        expect(text=(text, str))
        return read(cls, text, "report.json")

    @classmethod
    def schema(cls) -> str:
        """Return the JSON Schema of `report.json`, as text."""
        return schema(cls)


furnish(__name__)
