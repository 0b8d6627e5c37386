"""`Levels`: what a reconstruction found, with every figure it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forecast.arrays import Floats
from forecast.display import SelfShown, Shown
from forecast.levels.identification import Identification
from forecast.levels.judged import Judged
from forecast.series import History

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False, repr=False)
class Levels(SelfShown):
    """Hold the reconstructed levels of a target and of its related series: joint draws of the posterior.

    history : the target, to the origin · continued : the same draws on through the months after it for which a related
        series has a figure already, so that its news is in them; equal to the history where there are none
    related : the related series by name, draws in the same order, through the same months
    sectors : the target's sectors by name, where asked for
    adds_up : True where they are contributions in points of the target's level: in every draw and month they sum
        to it, to a quarter of a percent; else each has a scale of its own
    anchored : True where index figures of the target give the scale; else every draw is scaled to a window
    window : first and last month of it; at first the 12 months to the origin
    judged : the figures judged, when first asked for: `fitted`, `suspects`, `contradictions`
    identification : what the target's own figures pin and leave open, with a rank and in words
    noise : a row per series and kind of error: sd_pct as learned, default_pct where nothing is known, and the
        number of revised first prints that taught it
    bias : (k, 2) of the target's first prints on every draw, log points: of all, and what those on the month before
        have beside it
    """

    history: History
    continued: History
    related: dict[str, History]
    sectors: dict[str, History]
    adds_up: bool
    anchored: bool
    window: tuple[pd.Period, pd.Period]
    judged: Judged
    identification: Identification
    noise: pd.DataFrame
    bias: Floats

    def _shown(self) -> Shown:
        """The level of the last year, and how many figures it rests on."""
        shown = self.history._shown()
        caption = f"{shown.caption}; {len(self.fitted)} figures, {len(self.suspects)} of them suspect"
        return shown._replace(caption=caption)

    def to_frame(self) -> pd.DataFrame:
        """Return the target's level by month, as `History.to_frame` has it; `fitted` has the figures."""
        return self.history.to_frame()

    def plot(self, ax: Axes | None = None) -> Figure:
        """Draw the target's level with its 80 % interval, and without season and calendar."""
        return self.history.plot(ax)

    @property
    def fitted(self) -> pd.DataFrame:
        """A row per figure used, with what the levels imply and all other figures say of it.

        Columns: region, sector, period, measure, value, published, source, line, first_print, fitted, residual,
        left_out_residual (percent points, or index points of an index), left_out_z, slack (percent points by which it
        must give way in the smallest change that lets all last vintages of its series be true), status ("used",
        "superseded" or "contradictory"), sets (which of the `contradictions` of half a point or more it is in,
        counted from 1).
        """
        return self.judged.fitted

    @property
    def suspects(self) -> pd.DataFrame:
        """The contradictory rows of `fitted`, worst first.

        Far from what all others say (one clean series in ten has one), or in one of the `contradictions` of half a
        point or more.
        """
        return self.judged.suspects

    @property
    def contradictions(self) -> tuple[str, ...]:
        """In words, sets of the target's last vintages that cannot all be true, furthest apart first."""
        return self.judged.contradictions

    @property
    def months(self) -> pd.PeriodIndex:
        """The months of the history, to the origin."""
        return self.history.months

    def intervals(self, level: float = 0.8) -> pd.DataFrame:
        """Return median, lower and upper of the target's level per month: the central `level` of the draws.

        Index points where anchored; else on the scale where each draw's mean over `window` is 100.
        """
        tail = (1.0 - level) / 2.0
        median, lower, upper = np.quantile(self.history.values, [0.5, tail, 1.0 - tail], axis=0)
        return pd.DataFrame({"median": median, "lower": lower, "upper": upper}, index=self.months)

    def rescaled(self, first: pd.Period | str, last: pd.Period | str) -> Levels:
        """Return the same levels with every draw's own mean over [first, last] set to 100.

        Rates say nothing about the scale, so a window that is 100 in every draw is where the uncertainty of a
        reconstructed level is counted from. Raises ValueError for a window outside the history.
        """
        window = pd.Period(first, "M"), pd.Period(last, "M")
        if not self.months[0] <= window[0] <= window[1] <= self.months[-1]:
            raise ValueError(f"{first} to {last} is not within {self.months[0]} to {self.months[-1]}")
        factor = scale_to(self.history, window)
        return replace(
            self,
            history=times(self.history, factor),
            continued=times(self.continued, factor),
            related={name: times(of, scale_to(of, window)) for name, of in self.related.items()},
            sectors={
                name: times(of, factor if self.adds_up else scale_to(of, window))
                for name, of in self.sectors.items()
            },
            anchored=False,
            window=window,
        )


def scale_to(history: History, window: tuple[pd.Period, pd.Period]) -> Floats:
    """Return the factor of each draw that sets its mean over the window to 100, (k, 1)."""
    inside = (history.months >= window[0]) & (history.months <= window[1])
    mean: Floats = history.values[:, inside].mean(axis=1, keepdims=True)
    return 100.0 / mean


def times(history: History, factor: Floats) -> History:
    """Multiply the level of every draw by its factor, (k, 1)."""
    return replace(history, values=history.values * factor)
