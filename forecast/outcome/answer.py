"""The answer of an outcome: history, fan, slump, normal, and the month of return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forecast import charts
from forecast.outcome.questions import Labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class HistoryMonth:
    """One past month: level in index points and, with its 80 % interval, in percent of normal."""

    month: str
    level: float
    level_pct_of_normal: float
    lower: float
    upper: float
    kind: str  # "published" or "reconstructed"


@dataclass(frozen=True)
class FanMonth:
    """One future month of the baseline: quantiles of the level in percent of normal."""

    month: str
    median: float
    lower_50: float
    upper_50: float
    lower_80: float
    upper_80: float
    lower_90: float
    upper_90: float


@dataclass(frozen=True)
class ReturnMonth:
    """Probability of return in one month, and by it (already back included)."""

    month: str
    probability: float
    cumulative: float


@dataclass(frozen=True)
class Milestone:
    """A dated event: the median month or, where the median lies beyond the horizon, the month it lies after."""

    median: str | None
    median_after: str | None
    p_already: float
    p_within_12: float
    p_not_within_horizon: float


@dataclass(frozen=True)
class RecoveryResult:
    """The recovery month of one scenario. Intervals are (early, late); None means beyond the horizon."""

    label: Labels
    median: str | None
    median_after: str | None
    interval_50: tuple[str | None, str | None]
    interval_80: tuple[str | None, str | None]
    interval_90: tuple[str | None, str | None]
    p_already_back: float
    p_within_6: float
    p_within_12: float
    p_within_24: float
    p_not_within_horizon: float
    p_relapse: float | None  # None where no path recovers
    p_trough_passed: float
    effective_paths: float
    distribution: tuple[ReturnMonth, ...]
    old_trend: Milestone
    trough: Milestone | None = None  # None where nothing slumps

    def to_frame(self) -> pd.DataFrame:
        """Return the chance to be back in and by each month, as `Recovery.to_frame` has it, the origin first."""
        first = pd.Period(self.distribution[0].month, freq="M") - 1
        by = [self.p_already_back, *(row.cumulative for row in self.distribution)]
        inside = [self.p_already_back, *(row.probability for row in self.distribution)]
        months = pd.period_range(first, periods=len(by), freq="M", name="month")
        return pd.DataFrame({"probability": inside, "by": by}, index=months)

    def plot(self, ax: Axes | None = None) -> Figure:
        """Draw the chance of a return in each month and by it."""
        return charts.returns(self.to_frame(), title=self.label.get("en", ""), ax=ax)


@dataclass(frozen=True)
class Snapshot:
    """The answer of a report as it was given. Intervals are (early, late); None means after `last_month`."""

    as_of: str
    origin: str
    last_month: str  # of the horizon
    slump_start: str | None  # None where nothing slumped
    median: str | None
    interval_50: tuple[str | None, str | None]
    interval_80: tuple[str | None, str | None]
    p_already_back: float
    p_within_12: float
    p_not_within_horizon: float


@dataclass(frozen=True)
class Definition:
    """One definition of normal: its level at the origin, the gap there, and when output is back on it."""

    kind: str
    level: float
    gap_pct: float
    recovery: Milestone


@dataclass(frozen=True)
class NormalResult:
    """The normal that the answer uses (kind, level in index points) and all definitions compared."""

    kind: str
    level: float
    definitions: tuple[Definition, ...]


@dataclass(frozen=True)
class SlumpResult:
    """The slump as dated with what was known: windows are months, sizes percent of normal."""

    start: str
    start_given: bool
    peak_from: str
    peak_to: str
    trough: str
    trough_pct_of_normal: float
    gap_pct: float  # mean of the last `window` months at the origin


@dataclass(frozen=True)
class Rule:
    """The recovery rule and the noise it was chosen by."""

    window: int
    hold: int
    automatic: bool
    sigma_pct: float
    threshold_pct: float
