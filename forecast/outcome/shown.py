"""What an outcome shows of itself: the answer of every scenario, its months as a table, its fan as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forecast.display import SelfShown, Shown, chance
from forecast.outcome.answer import FanMonth, HistoryMonth, RecoveryResult, SlumpResult
from forecast.outcome.kinds import Labels
from forecast.outcome.onset import Onset

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHARES = (50, 80, 90)
"""Outcomes in 100 that the bands of a fan hold. chosen: those of the report's intervals."""

YEAR = 12  # months

PAST_DRAWN = 120
"""Months of the past that a picture shows. chosen: two or three slumps of the usual kind."""


class ShownOutcome(SelfShown):
    """The parts of an outcome that its own display needs."""

    name: str
    title: Labels
    as_of: str
    history: tuple[HistoryMonth, ...]
    fan: tuple[FanMonth, ...]
    recovery: dict[str, RecoveryResult]
    horizon: int
    slump: SlumpResult | None
    onset: Onset | None

    def _shown(self) -> Shown:
        """The answer of every scenario: when output is back, or where nothing slumps, whether a slump begins."""
        if self.slump is None:
            return self._calm()
        rows = [
            (
                name,
                str(answer.median or f"after {answer.median_after}"),
                chance(answer.p_within_12),
                chance(answer.p_not_within_horizon),
            )
            for name, answer in self.recovery.items()
        ]
        return Shown(self._titled(), ("", "half by", "within 12 months", "not within"), rows)

    def _calm(self) -> Shown:
        """The chance that a slump begins in every scenario, where it is known."""
        if self.onset is None:
            return Shown(f"{self._titled()}: the history is too short to tell a slump", (), [])
        last = self.fan[-1].month
        rows = [
            (name, chance(self.onset.within(YEAR, name)), chance(self.onset.within(self.horizon, name)))
            for name in self.onset.cumulative
        ]
        head = ("a slump begins", "within 12 months", f"by {last}")
        return Shown(f"{self._titled()}: no slump is under way", head, rows)

    def to_frame(self) -> pd.DataFrame:
        """Return the fan in percent of normal and the chance to be back in and by each month, a row per month.

        Columns: median, lower_50, upper_50, …, probability, by; the baseline's, as every scenario has its own
        `recovery[name].to_frame()`.
        """
        import pandas as pd

        months = pd.PeriodIndex([row.month for row in self.fan], name="month")
        columns = ["median", *(f"{end}_{share}" for share in SHARES for end in ("lower", "upper"))]
        fan = pd.DataFrame(
            [[getattr(row, name) for name in columns] for row in self.fan], columns=columns, index=months
        )
        return fan.join(self.recovery["baseline"].to_frame())

    def plot(self, ax: Axes | None = None) -> Figure:
        """Draw history and fan in percent of normal."""
        import pandas as pd

        from forecast import charts

        past = pd.Series(
            [row.level_pct_of_normal for row in self.history],
            index=pd.PeriodIndex([row.month for row in self.history]),
        )
        table = self.to_frame()
        return charts.bands(
            table, past.iloc[-PAST_DRAWN:], title=self._titled(), label="% of normal", reference=100, ax=ax
        )

    def _titled(self) -> str:
        return f"{self.title.get('en', self.name)}, as of {self.as_of}"
