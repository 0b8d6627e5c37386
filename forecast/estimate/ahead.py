"""Months that the target has not published but others have: courses of the target over them, which models continue."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import levels
from forecast.arrays import Floats
from forecast.errors import DataError, FitError
from forecast.estimate.plan import LevelData, Plan
from forecast.nowcast import Indicator, Nowcasted, Panel, nowcasted, together
from forecast.parallel import generator
from forecast.paths import Paths
from forecast.series import History


@dataclass(frozen=True, eq=False)
class Ahead:
    """Hold r equally likely courses of the j months just after the origin.

    values : (r, j) index points · draw : (r,) the history draw that each continues
    nowcast, panel : what they were drawn from and the figures it rests on; None where the figures of a reconstruction
        hold it, or there is none
    refused : why there is no nowcast, where one was asked for and there are months for it
    """

    values: Floats
    draw: npt.NDArray[np.int64]
    nowcast: Nowcasted | None = None
    panel: Panel | None = None
    refused: str = ""

    @property
    def months(self) -> int:
        """Number of months held, j."""
        return int(self.values.shape[1])

    def together(self, paths: Paths) -> npt.NDArray[np.int64]:
        """Return the group of each path that continues one of these courses, (n,): what is independent are groups.

        Paths share a course of a nowcast, and histories of a reconstruction are drawn several at once; where these
        are all in one group, paths share a history. Where all have one past and nothing ahead, each is by itself.
        """
        groups = [paths.draw // levels.DRAWN_TOGETHER, paths.draw]
        if self.nowcast is not None:
            courses = paths.future[:, : self.months]
            groups = [np.unique(courses, axis=0, return_inverse=True)[1].reshape(-1)]
        several = (group for group in groups if (group != group[0]).any())
        return next(several, np.arange(len(paths.draw)))

    def all_months(self, history: History) -> pd.PeriodIndex:
        """Return the months of the history and of those ahead, (m + j,)."""
        return pd.period_range(history.months[0], periods=len(history.months) + self.months, freq="M")


def nothing_ahead(history: History, refused: str = "") -> Ahead:
    """Return the courses of no month, one for each draw of the history."""
    k = len(history.values)
    return Ahead(np.empty((k, 0)), np.arange(k), refused=refused)


def ahead_of_figures(reconstructed: levels.Levels) -> Ahead:
    """Return each draw's own continuation, in which the figures of related series about later months are."""
    k, m = reconstructed.history.values.shape
    return Ahead(reconstructed.continued.values[:, m:], np.arange(k))


def ahead_of_levels(data: LevelData, history: History, effects: Floats, plan: Plan, seed: int) -> Ahead:
    """Nowcast the months after the origin that a like series or an indicator has published by `as_of`.

    effects : (1, m + span) log effects as estimated at the origin
    No months, or a nowcast that cannot be made, leave the forecast to the target alone; `refused` says why.
    """
    assert plan.nowcast is not None
    panel = _indicators(data, plan.slump.seasonally_adjusted)
    last = None if panel is None else panel.last_month
    if panel is None or last is None or last <= history.origin:
        return nothing_ahead(history)
    target = replace(history, effects=effects)
    rng = generator(seed, history.name, str(history.origin), "nowcast")
    try:
        nowcast = nowcasted(panel, target, data.as_of, plan.nowcast, rng)
    except (DataError, FitError) as error:
        return nothing_ahead(history, str(error))
    return Ahead(nowcast.paths.future[:, : (last - history.origin).n], nowcast.paths.draw, nowcast, panel)


def _indicators(data: LevelData, seasonally_adjusted: bool) -> Panel | None:
    """Like series and indicators as known, in one panel; None where there are neither.

    A like series of the name of an indicator, which is another series, is called by a name of its own.
    """
    taken = {indicator.name for panel in data.indicators for indicator in panel.indicators}
    like = data.known_panel.rename(columns=lambda name: _own_name(str(name), taken))
    described = tuple(
        Indicator(str(name), data.lag_of_panel, seasonally_adjusted=seasonally_adjusted) for name in like
    )
    parts = [*([Panel(like, described)] if described else []), *data.indicators]
    return together(parts, data.as_of) if parts else None


def _own_name(name: str, taken: set[str]) -> str:
    """The name of a like series, marked as such where an indicator has it."""
    while name in taken:
        name += " (like)"
    return name
