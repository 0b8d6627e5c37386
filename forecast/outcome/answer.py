"""The answer: history, fan, slump, rule, and the month of return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Labels, Month, Number
from forecast.outcome.milestones import Milestone

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, config=STRICT)
class HistoryMonth:
    """One past month: level in index points and, with its 80 % interval, in percent of normal."""

    month: Month
    level: Number
    level_pct_of_normal: Number
    lower: Number
    upper: Number
    kind: str  # "published" or "reconstructed"


@dataclass(frozen=True, config=STRICT)
class FanMonth:
    """One future month of the baseline: quantiles of the level in percent of normal."""

    month: Month
    median: Number
    lower_50: Number
    upper_50: Number
    lower_80: Number
    upper_80: Number
    lower_90: Number
    upper_90: Number


@dataclass(frozen=True, config=STRICT)
class SlumpResult:
    """The slump as dated with what was known: windows are months, sizes percent of normal."""

    start: Month
    start_given: bool
    peak_from: Month
    peak_to: Month
    trough: Month
    trough_pct_of_normal: Number
    gap_pct: Number  # mean of the last `window` months at the origin


@dataclass(frozen=True, config=STRICT)
class Rule:
    """The recovery rule and the noise it was chosen by."""

    window: int
    hold: int
    automatic: bool
    sigma_pct: Number
    threshold_pct: Number


@dataclass(frozen=True, config=STRICT)
class ReturnMonth:
    """Probability of return in one month, and by it (already back included)."""

    month: Month
    probability: Number
    cumulative: Number


@dataclass(frozen=True, config=STRICT)
class RecoveryResult:
    """The recovery month of one scenario. Intervals are (early, late); None means beyond the horizon.

    p_within_6, p_within_12, p_within_24 : within so many months of the origin, at most within the horizon
    """

    label: Labels
    median: Month | None
    median_after: Month | None
    interval_50: tuple[Month | None, Month | None]
    interval_80: tuple[Month | None, Month | None]
    interval_90: tuple[Month | None, Month | None]
    p_already_back: Number
    p_within_6: Number
    p_within_12: Number
    p_within_24: Number
    p_not_within_horizon: Number
    p_relapse: Number | None  # None where no path recovers
    p_trough_passed: Number
    effective_paths: Number
    distribution: tuple[ReturnMonth, ...]
    old_trend: Milestone
    trough: Milestone | None = None  # None where nothing slumps
    p_within_12_error: Number | None = (
        None  # Monte-Carlo standard error; None in reports of before it was told
    )

    def to_frame(self) -> pd.DataFrame:
        """Return the chance to be back in and by each month, as `Recovery.to_frame` has it, the origin first."""
        import pandas as pd

        first = self.distribution[0].month - 1
        by = [self.p_already_back, *(row.cumulative for row in self.distribution)]
        inside = [self.p_already_back, *(row.probability for row in self.distribution)]
        months = pd.period_range(first, periods=len(by), freq="M", name="month")
        return pd.DataFrame({"probability": inside, "by": by}, index=months)

    def plot(self, ax: Axes | None = None) -> Figure:
        """Draw the chance of a return in each month and by it."""
        from forecast import charts

        return charts.returns(self.to_frame(), title=self.label.get("en", ""), ax=ax)
