"""`History`: equally likely histories of one level, what everything downstream sees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import charts
from forecast.arrays import Floats
from forecast.display import SelfShown, Shown
from forecast.series.gaps import bridged

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SHOWN_MONTHS = 12  # chosen: a year fits a screen
_KINDS = {False: "published", True: "reconstructed"}


@dataclass(frozen=True, eq=False, repr=False)
class History(SelfShown):
    """Hold k equally likely histories of one level, with the effects that turn each into its adjusted form.

    months : (m,) monthly, gap-free, ending at the origin
    values : (k, m) index points, positive; NaN where an exact level is not published
    effects : (k, m + horizon) log seasonal and calendar effects, continued over the horizon
    reconstructed : (m,) True where the level was inferred, not printed by the office
    name : what the series is called in tables, e.g. "bac_ninh_total"

    z = log values − effects is the adjusted log level.
    """

    months: pd.PeriodIndex
    values: Floats
    effects: Floats
    reconstructed: npt.NDArray[np.bool_]
    name: str = ""

    def __post_init__(self) -> None:
        k, m = self.values.shape
        if m != len(self.months) or self.effects.shape[0] != k or self.effects.shape[1] < m:
            raise ValueError("months, values and effects of a history disagree in shape")
        if not bool((np.diff(self.months.asi8) == 1).all()):
            raise ValueError(
                "the months of a history must follow one another; a missing one is NaN in its values"
            )

    def _shown(self) -> Shown:
        """The level of the last year, index points."""
        table = self.to_frame().tail(_SHOWN_MONTHS)
        count = len(self.values)
        caption = (
            f"{self.name or 'level'}, {self.months[0]} to {self.months[-1]}: "
            + ("as published" if count == 1 else f"{count} equally likely histories")
            + f", {int(self.reconstructed.sum())} of {len(self.months)} months reconstructed"
        )
        rows = [
            (
                str(month),
                *(f"{row[name]:.1f}" for name in table.columns[:4]),
                _KINDS[bool(row["reconstructed"])],
            )
            for month, row in table.iterrows()
        ]
        return Shown(caption, ("", *table.columns[:4], ""), rows)

    def to_frame(self) -> pd.DataFrame:
        """Return the level by month over the draws: median, lower_80, upper_80, adjusted (median), reconstructed.

        Index points; `adjusted` has season and calendar taken off.
        """
        # only NaN where no draw has a value, which is a month not published
        median, lower, upper = np.quantile(self.values, [0.5, 0.1, 0.9], axis=0)
        return pd.DataFrame(
            {
                "median": median,
                "lower_80": lower,
                "upper_80": upper,
                "adjusted": np.exp(np.median(self.adjusted, axis=0)),
                "reconstructed": self.reconstructed,
            },
            index=self.months.rename("month"),
        )

    def plot(self, ax: Axes | None = None) -> Figure:
        """Draw the level and its 80 % band over the draws, season and calendar taken off as a line beside it."""
        table = self.to_frame()
        return charts.bands(table, table["adjusted"], title=self.name or "level", ax=ax)

    @property
    def origin(self) -> pd.Period:
        """The last month of the history."""
        return self.months[-1]

    @property
    def horizon(self) -> int:
        """Months over which the effects are continued."""
        return int(self.effects.shape[1]) - len(self.months)

    def until(self, month: pd.Period) -> History:
        """Return the same draws to an earlier month; what effects they held after it is continued over more months."""
        count = (month - self.months[0]).n + 1
        return replace(
            self,
            months=self.months[:count],
            values=self.values[:, :count],
            reconstructed=self.reconstructed[:count],
        )

    def bridged(self) -> History:
        """Return the draws with months that are not published as `gaps.bridged` fills z, counted as reconstructed."""
        gap = np.isnan(self.values)
        if not gap.any():
            return self
        z = np.array([bridged(row) for row in self.adjusted])
        values = np.where(gap, np.exp(z + self.effects[:, : len(self.months)]), self.values)
        filled = (gap & np.isfinite(values)).any(axis=0)
        return replace(self, values=values, reconstructed=self.reconstructed | filled)

    @property
    def adjusted(self) -> Floats:
        """Adjusted log level z, (k, m)."""
        return np.asarray(np.log(self.values) - self.effects[:, : len(self.months)])
