"""`History`: equally likely histories of one level, what everything downstream sees."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class History:
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
        """Return the draws with months that are not published on the straight line of z between those around them.

        Such months count as reconstructed; what comes before the first published month stays unknown.
        """
        gap = np.isnan(self.values)
        if not gap.any():
            return self
        z, t = self.adjusted, np.arange(len(self.months))
        for row in z:
            known = np.flatnonzero(np.isfinite(row))
            row[known[0] :] = np.interp(t[known[0] :], known, row[known])
        values = np.where(gap, np.exp(z + self.effects[:, : len(t)]), self.values)
        filled = (gap & np.isfinite(values)).any(axis=0)
        return replace(self, values=values, reconstructed=self.reconstructed | filled)

    @property
    def adjusted(self) -> Floats:
        """Adjusted log level z, (k, m)."""
        return np.asarray(np.log(self.values) - self.effects[:, : len(self.months)])
