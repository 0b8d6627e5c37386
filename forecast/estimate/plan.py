"""What an estimate is asked (`Plan`) and what it may see (`FigureData`, `LevelData`)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import calendar, models
from forecast.arrays import Floats
from forecast.errors import ConfigError, DataError, refuse_uncounted, refuse_unlike
from forecast.figures import Figures
from forecast.normal import NormalSpec
from forecast.nowcast import NowcastSpec, Panel, StoredPanel
from forecast.rule import LONGEST_HOLD, RELAPSE_MONTHS
from forecast.scenario import Scenario
from forecast.series import level_of, monthly, monthly_table, one_series, since_break
from forecast.slump import SlumpSpec
from forecast.tables import TOO_LARGE
from forecast.targets import AnnualTarget
from forecast.vintages import StoredLevel


@dataclass(frozen=True)
class Plan:
    """Hold every choice that an estimate makes, none of the data.

    horizon : months followed after the origin · country, holidays : the calendar, None for none
    normal : the definition the answer uses · also : the one shown beside it
    models : names of `models.REGISTRY`, pooled with equal weights in the logit of their distributions
    beside : models simulated and scored beside the pool, not in it
    nowcast : how months are nowcast that like series or indicators of a target known by levels have published
        before it, its paths the courses that models continue; None forecasts them from the target alone
    sectors : sectors of a target known by figures, reconstructed and forecast with it, each with its share or None
    scenarios : compared with the baseline, on the same paths · annual_targets : growth of a year, by year
    asked_again : on a later date than the question's own; a scenario that speaks of months known by now is refused,
        not a mistake, and a target of a year that is long over is left out
    paths : simulated per model · draws : histories of a reconstructed level
    """

    horizon: int = 36
    country: str | None = None
    holidays: tuple[str, ...] = ()
    slump: SlumpSpec = field(default_factory=SlumpSpec)
    normal: NormalSpec = field(default_factory=NormalSpec)
    also: NormalSpec = field(default_factory=lambda: NormalSpec("trend"))
    models: tuple[str, ...] = models.POOL
    beside: tuple[str, ...] = ()
    nowcast: NowcastSpec | None = None
    scenarios: tuple[Scenario, ...] = ()
    annual_targets: tuple[AnnualTarget, ...] = ()
    sectors: tuple[tuple[str, float | None], ...] = ()
    asked_again: bool = False
    paths: int = 10_000
    draws: int = 1_000

    def __post_init__(self) -> None:
        refuse_uncounted(horizon=self.horizon, paths=self.paths, draws=self.draws)
        models.refuse_unknown(models=self.models, beside=self.beside)
        refuse_unlike(self)
        if len(set(self.models)) < len(self.models):
            raise ConfigError(f"models: {', '.join(self.models)}: name each once, all weigh the same")

    @property
    def span(self) -> int:
        """Months simulated: the horizon, the hold that confirms a recovery, and the year of a relapse."""
        return self.horizon + LONGEST_HOLD - 1 + RELAPSE_MONTHS

    def calendar(self, months: pd.PeriodIndex) -> pd.DataFrame | None:
        """Return the calendar regressors; None without a calendar, or where the level is adjusted already."""
        if self.country is None or self.slump.seasonally_adjusted:
            return None
        return calendar.regressors(months, self.country, self.holidays)

    def regressors(self, months: pd.PeriodIndex) -> Floats | None:
        """Return `calendar` as numbers, (m, j)."""
        table = self.calendar(months)
        return None if table is None else table.to_numpy(dtype=float)

    def alone(self) -> Plan:
        """Return the same question alone, without models beside; no number of its answer moves."""
        return replace(self, beside=(), scenarios=(), annual_targets=(), sectors=())

    @property
    def definitions(self) -> tuple[NormalSpec, ...]:
        """The definitions of normal that are compared: the one in use, the one beside it, and always the trend."""
        chosen = {spec.kind: spec for spec in (self.normal, self.also, NormalSpec("trend"))}
        return tuple(chosen.values())


@dataclass(frozen=True, eq=False)
class FigureData:
    """A target known by published figures, with the related series that inform its empty months."""

    figures: Figures
    target: tuple[str, str]
    related: tuple[tuple[str, str], ...]
    as_of: pd.Timestamp

    @property
    def name(self) -> str:
        """Region and sector, as tables name the series."""
        return "_".join(self.target)


@dataclass(frozen=True, eq=False)
class LevelData:
    """A target known by its levels; month m counts as published on its last day + release_lag_days.

    y : on any monthly index, kept on a gap-free one; of a store, the release known on `as_of`: what is in it is out,
        even of a month that is not over
    panel : levels of like series, a column each, on their own months. A column of the target's own name is left out,
        so that one table serves every series of a panel.
    panel_lag_days : the same of the panel; as the target where None
    indicators : series of other kinds, for the months that are over but that the target has not published
    releases : every release of the target, where it is kept in a store
    """

    y: pd.Series[float]
    name: str
    as_of: pd.Timestamp
    release_lag_days: int = 0
    panel: pd.DataFrame | None = None
    panel_lag_days: int | None = None
    indicators: tuple[Panel | StoredPanel, ...] = ()
    releases: StoredLevel | None = None

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "y", monthly(self.y)
        )  # a month that the index skips is a gap, not a neighbour
        if self.panel is not None and self.panel.shape[1]:
            object.__setattr__(self, "panel", monthly_table(self.panel))

    def on(self, day: pd.Timestamp) -> LevelData:
        """Return the data as they stood on a day: with the release of that day where there are several.

        Raises DataError where a store held nothing by then.
        """
        return replace(self, y=self.y if self.releases is None else self.releases.as_of(day), as_of=day)

    @property
    def last_published(self) -> pd.Timestamp:
        """The day on which the last of what is known was published."""
        if self.releases is not None:
            days = self.releases.days
            return days[days <= self.as_of][-1]
        last = pd.PeriodIndex(self.known.index)[-1]
        return last.end_time.normalize() + pd.Timedelta(days=self.release_lag_days)

    @property
    def known(self) -> pd.Series[float]:
        """Levels published by `as_of`, from the last long break to the last published month. DataError where none."""
        months = pd.PeriodIndex(self.y.index)
        dated = self.releases is not None
        known = self.y if dated else self.y[_published(months, self.release_lag_days, self.as_of)]
        last = known.last_valid_index()
        if last is None:
            first = (months[0].end_time.normalize() + pd.Timedelta(days=self.release_lag_days)).date()
            raise DataError(
                f"{self.name}: nothing was published by {self.as_of.date()}; the first month appeared on {first}"
            )
        return since_break(known[:last])

    @property
    def known_panel(self) -> pd.DataFrame:
        """Levels of the others published by `as_of`, (months, s), NaN for what is no level; empty without a panel."""
        published = self.published_panel
        others = published[[name for name in published if name != self.name]]
        return others.where((others > 0) & (others < TOO_LARGE))

    @property
    def published_panel(self) -> pd.DataFrame:
        """The panel as published by `as_of`, with the target's own column where it has one."""
        if self.panel is None:
            return pd.DataFrame(index=self.known.index)
        return self.panel[_published(pd.PeriodIndex(self.panel.index), self.lag_of_panel, self.as_of)]

    @property
    def lag_of_panel(self) -> int:
        """Days from a month's end to the publication of the panel's levels."""
        return self.release_lag_days if self.panel_lag_days is None else self.panel_lag_days


def of_level(y: pd.Series | pd.DataFrame) -> LevelData:
    """Return index levels in memory, on any monthly index, as data of which every month is published.

    Raises DataError as `series.one_series` and `series.level_of`.
    """
    y = one_series(y)
    level = level_of(y.to_frame(y.name or "level"))
    return LevelData(level, str(level.name), level.index[-1].end_time.normalize())


def _published(months: pd.PeriodIndex, lag_days: int, as_of: pd.Timestamp) -> npt.NDArray[np.bool_]:
    """Which months were published by `as_of`, so many days after their end."""
    return np.asarray(months.end_time.normalize() + pd.Timedelta(days=lag_days) <= as_of)


Data = FigureData | LevelData
