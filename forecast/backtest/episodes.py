"""Which slumps a series had, from which months they are forecast, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast.arrays import Floats, trailing_mean
from forecast.errors import ConfigError, refuse_unlike
from forecast.estimate import LevelData, Plan
from forecast.normal import normal_path
from forecast.rule import RELAPSE_MONTHS, RELAPSE_WINDOW, fell_back, first_held
from forecast.series import History
from forecast.slump import Slump, find_slumps


@dataclass(frozen=True)
class Origins:
    """Choose the months forecast from, by date alone and never by what came of them.

    after_start : months after the slump's start · every : each so many months from the start on, instead
    least_follow_up : months after the origin in which a recovery would have been observed; fewer are left out
    window : last months of a level that a forecast sees, a sliding window; None for all of them
    refit_every : models are estimated at one origin of a slump and only updated at the next refit_every − 1, where
        they can be (`models.UPDATED`)

    A month counts only while the slump lasts and the gap is open, both as known in that month.
    """

    after_start: tuple[int, ...] = (0, 3, 6, 12, 18, 24)
    every: int | None = None
    least_follow_up: int = 1
    window: int | None = None
    refit_every: int = 1

    def __post_init__(self) -> None:
        refuse_unlike(self)
        if self.refit_every < 1:
            raise ConfigError(
                f"refit_every is {self.refit_every}; models are estimated every 1 origin or more"
            )
        if self.every is not None and self.every < 1:
            raise ConfigError(f"every is {self.every}; forecasts are made every 1 month or more")
        if self.least_follow_up < 1:
            raise ConfigError(
                f"least_follow_up is {self.least_follow_up}; with less than 1 nothing is observed"
            )
        if any(months < 0 for months in self.after_start):
            raise ConfigError(f"after_start is {list(self.after_start)}; no slump is known before it starts")

    def chosen(self, elapsed: int) -> bool:
        """Whether a forecast is made `elapsed` months after the slump's start."""
        return elapsed % self.every == 0 if self.every else elapsed in self.after_start


@dataclass(frozen=True, eq=False)
class Episode:
    """Hold one slump of one series, dated in real time, and what became of it.

    recovered : first month of the confirmed recovery, None where the data end before
    known_to : last month of the series · lag_days : from a month's end to its publication
    window, hold : the rule that ends it
    relapsed : whether output fell back within a year of the confirmation; None where the year is not over
    open_months : those published in which, as known in them, the slump was under way and the gap open
    """

    series: str
    start: pd.Period
    recovered: pd.Period | None
    known_to: pd.Period
    lag_days: int
    window: int
    hold: int
    open_months: tuple[pd.Period, ...]
    relapsed: bool | None = None

    def follow_up(self, origin: pd.Period) -> int:
        """Months after the origin in which a recovery would have been observed: it takes hold − 1 more to confirm."""
        return int((self.known_to - origin).n) - (self.hold - 1)

    def chosen(self, origins: Origins) -> tuple[pd.Period, ...]:
        """Months that the slump is forecast from."""
        return tuple(
            month
            for month in self.open_months
            if origins.chosen((month - self.start).n) and self.follow_up(month) >= origins.least_follow_up
        )


def episodes(data: LevelData, plan: Plan) -> list[Episode]:
    """Date every slump of a level, earliest first, each with the normal frozen at its start.

    Raises DataError where the level carries no seasonal profile, ConfigError where it is too short for the
    definition of normal.
    """
    history = exact(data)
    x = plan.regressors(history.months)
    return [_episode(history, slump, data, plan, x) for slump in find_slumps(history, plan.slump, x)]


def exact(data: LevelData) -> History:
    """Return a level as it was published, in one draw and without effects."""
    y = data.known
    values = np.asarray(y, dtype=np.float64)[None, :]
    return History(pd.PeriodIndex(y.index), values, np.zeros_like(values), np.zeros(len(y), bool), data.name)


def open_gap(history: History, slump: Slump, plan: Plan) -> Floats:
    """Return log level less log normal, mean over the draws, on the months of the history, (m,).

    A month that is not published lies on the line between those around it, as slump and normal are dated by it.
    """
    history = history.bridged()
    normal = normal_path(history, slump, plan.normal, history.months)
    return np.asarray((np.log(history.values) - np.log(normal)).mean(axis=0))


def relapsed(smooth: Floats, recovery: int, hold: int, threshold_pct: float) -> bool | None:
    """Whether output fell back after a recovery, by `rule.fell_back`; None before the months that tell are over.

    smooth : (m,) mean gap of three months, logs · recovery : position of the recovery month
    """
    year = smooth[recovery + hold : recovery + hold + RELAPSE_MONTHS]
    if len(year) < RELAPSE_MONTHS or not np.isfinite(year).all():
        return None
    return bool(fell_back(smooth[None], np.array([recovery]), hold, threshold_pct)[0])


def _episode(history: History, slump: Slump, data: LevelData, plan: Plan, x: Floats | None) -> Episode:
    months, published = history.months, np.isfinite(history.values[0])
    gap = open_gap(slump.frozen(history, x), slump, plan)
    start = (slump.start - months[0]).n
    mean_gap = trailing_mean(gap, slump.window)
    recovery = int(first_held(mean_gap, slump.hold, first=start + 1))
    ends = [recovery] if recovery >= 0 else []
    ends += [(slump.recovered - months[0]).n] if slump.recovered is not None else []
    closed = min([end + slump.hold - 1 for end in ends], default=len(months))
    return Episode(
        data.name, slump.start, months[recovery] if recovery >= 0 else None, months[-1],
        data.release_lag_days, slump.window, slump.hold,
        tuple(months[t] for t in range(start, closed) if published[t] and mean_gap[t] < 0.0),
        relapsed(
            trailing_mean(gap, RELAPSE_WINDOW), recovery, slump.hold, plan.slump.threshold_pct
        ) if recovery >= 0 else None,
    )  # fmt: skip
