"""`Panel`: indicators with a ragged edge, each with its delay; `as_of` is the only way to see the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pandas as pd

from forecast.errors import DataError
from forecast.series import months_of
from forecast.vintages import Store

UNDATED = -32
"""Delay, in days, of an indicator of which every release is known: what its release holds is out, of a month to come
too, and on which day the next one comes is not known. A day less than a config may name (`config.sources`)."""


@dataclass(frozen=True)
class Indicator:
    """Describe a column of a panel.

    release_lag_days : days from the end of the reference period to publication; below 0 for a survey out before
    transform : what of the series moves with growth of the target; "none" for what is a rate or a balance already
    quarterly : one value a quarter, at its last month
    seasonally_adjusted : where not, the built-in profile of the months known is taken off first
    """

    name: str
    release_lag_days: int = 0
    transform: Literal["log_difference", "difference", "none"] = "log_difference"
    quarterly: bool = False
    seasonally_adjusted: bool = True


@dataclass(frozen=True, eq=False)
class Panel:
    """Hold a vintage of several indicators.

    table : any monthly index, kept as a PeriodIndex, sorted and unique, one column per indicator in its own unit; NaN
        where a month is not published; a quarter's value stands at its last month
    indicators : one per column, in any order

    Raises DataError where columns and indicators disagree or the index names no months, sorted and unique.
    """

    table: pd.DataFrame
    indicators: tuple[Indicator, ...]

    def __post_init__(self) -> None:
        names = [indicator.name for indicator in self.indicators]
        problems = [f"panel: {name} has no column in the table" for name in names if name not in self.table]
        problems += [f"panel: column {c} has no indicator; describe it" for c in self.table if c not in names]
        if len(set(names)) < len(names) or len(names) != self.table.shape[1]:
            problems.append("panel: an indicator or a column stands there twice; names must be unique")
        try:
            index = months_of(self.table.index, "panel")
        except DataError as error:
            problems += error.problems
        else:
            if not (index.is_monotonic_increasing and index.is_unique):
                problems.append("panel: the months must be sorted and each stand there once")
            if index is not self.table.index:
                object.__setattr__(self, "table", self.table.set_axis(index, axis=0))
        if problems:
            raise DataError(*problems)

    def as_of(self, day: pd.Timestamp) -> Panel:
        """Return what was published by the day: a month counts from its last day + the indicator's lag on.

        An indicator of which nothing was out is not in it.
        """
        months = pd.PeriodIndex(self.table.index)
        ends = months.end_time.normalize()
        columns = {}
        for indicator in self.indicators:
            out = ends + pd.Timedelta(days=indicator.release_lag_days) <= day
            columns[indicator.name] = self.table[indicator.name].where(pd.Series(out, index=months))
        known = pd.DataFrame(columns, index=months).dropna(axis=1, how="all")
        return Panel(known, tuple(one for one in self.indicators if one.name in known))

    def last_published(self, day: pd.Timestamp) -> pd.Timestamp | None:
        """Return the day, up to this one, on which a figure was published last; None where none was."""
        known = self.as_of(day)
        days = [
            pd.PeriodIndex(known.table[of.name].dropna().index)[-1].end_time.normalize()
            + pd.Timedelta(days=of.release_lag_days)
            for of in known.indicators
        ]
        return max(days, default=None)

    def without(self, names: Sequence[str]) -> Panel:
        """Return the others of its indicators, the panel itself where none is named."""
        kept = tuple(one for one in self.indicators if one.name not in names)
        return Panel(self.table[[one.name for one in kept]], kept) if names else self

    @property
    def last_month(self) -> pd.Period | None:
        """The last month with a figure of any monthly indicator; None where there is none."""
        monthly = [i.name for i in self.indicators if not i.quarterly]
        published = self.table[monthly].dropna(how="all").index
        return pd.PeriodIndex(published)[-1] if len(published) else None


@dataclass(frozen=True)
class StoredPanel:
    """Hold indicators of which every release is known: a day sees the release of its own date.

    store : file of releases (`vintages.Store`) · indicators : levels in it, their delays not used
    """

    store: Path
    indicators: tuple[Indicator, ...]

    def as_of(self, day: pd.Timestamp) -> Panel:
        """Return what the store held on the day; an indicator first released later is not in it."""
        released = {}
        for indicator in self.indicators:
            try:
                released[indicator.name] = Store(self.store).level(indicator.name, day)
            except DataError:
                continue
        table = pd.DataFrame(released, index=None if released else pd.PeriodIndex([], freq="M"))
        if len(table):
            table = table.reindex(pd.period_range(table.index.min(), table.index.max(), freq="M"))
        described = (replace(one, release_lag_days=UNDATED) for one in self.indicators if one.name in table)
        return Panel(table, tuple(described))

    def last_published(self, day: pd.Timestamp) -> pd.Timestamp | None:
        """Return the day, up to this one, of the last release of an indicator; None where there was none."""
        releases = (Store(self.store).releases(one.name) for one in self.indicators)
        return max((days[days <= day][-1] for days in releases if (days <= day).any()), default=None)


def together(panels: Sequence[Panel | StoredPanel], day: pd.Timestamp) -> Panel:
    """Return what several panels, at least one, had published by the day, as one."""
    parts = [one.as_of(day) for one in panels]
    table = pd.concat([part.table for part in parts], axis=1).sort_index()
    return Panel(table, tuple(indicator for part in parts for indicator in part.indicators))
