"""What a backtest knows of a target from the end of its data: what it did, and which months it is forecast from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import pandas as pd

from forecast import levels
from forecast.backtest.at_origin import Case, Piece
from forecast.backtest.episodes import Episode, Origins, episodes, exact
from forecast.backtest.truth import Truth, latest, of_release
from forecast.errors import ConfigError, DataError
from forecast.estimate import Data, FigureData, LevelData, Plan
from forecast.nowcast import Panel, StoredPanel
from forecast.parallel import generator
from forecast.series import monthly_table, no_levels
from forecast.slump import FIRST_CANDIDATE
from forecast.vintages import StoredLevel

SHOWN_MONTHS = 12  # quoted in a reason; chosen: a line


@dataclass(frozen=True)
class Vintages:
    """A target known by every release of its level: each origin sees the release of its own month.

    store, name : of a `vintages.StoredLevel` · as_of : day whose release is the truth
    """

    store: Path
    name: str
    as_of: pd.Timestamp

    def released(self, day: pd.Timestamp) -> LevelData:
        """Return the level as released by a day. Raises DataError where nothing was."""
        y = self.level.as_of(day)
        return LevelData(y, self.name, max(day, y.index[-1].end_time.normalize()))

    def releases(self) -> list[pd.Timestamp]:
        """Return the days of all releases up to `as_of`."""
        days = self.level.days
        return list(days[days <= self.as_of])

    @property
    def level(self) -> StoredLevel:
        """The level with its releases."""
        return StoredLevel(self.store, self.name)


Given = Data | Vintages
"""What a panel may hold."""


def of_levels(
    table: pd.DataFrame,
    as_of: pd.Timestamp | None = None,
    release_lag_days: int = 0,
    like_lag_days: int | None = None,
    indicators: tuple[Panel | StoredPanel, ...] = (),
) -> list[Given]:
    """Return a target for each column of a table of levels, on any monthly index; each sees the other columns too.

    as_of : ends what is known as truth; by default the publication of the last month
    The delays are days from a month's end to its publication, of a target and of the columns beside it.
    indicators : series of other kinds that every target sees
    """
    table = monthly_table(table)
    lag = pd.Timedelta(days=release_lag_days)
    last = table.index[-1].end_time.normalize() + lag if as_of is None else as_of
    return [
        LevelData(
            table[name].loc[table[name].first_valid_index() :],
            str(name),
            last,
            release_lag_days,
            table,
            like_lag_days,
            indicators,
        )
        for name in table
    ]


def refuse_other(panel: object) -> None:
    """Raise DataError for what is no panel: neither levels nor a list of data, as an array or a list of series."""
    many = panel if isinstance(panel, Sequence) and not isinstance(panel, str) else None
    others = [panel] if many is None else [of for of in many if not isinstance(of, Given)]
    if others:
        of = "" if many is None else "a list with "
        raise DataError(
            "panel: expected index levels on months, a Series or a DataFrame with a column each, or a list of "
            f"{', '.join(kind.__name__ for kind in get_args(Given))}; found {of}{type(others[0]).__name__}"
        )


@dataclass(frozen=True, eq=False)
class Target:
    """Hold one target of the panel as it stands at the end of its data.

    plan : what recovery means · truth : from all that is known by then, or of each month its k-th release; None if
    left out · episodes : slumps of a level that is not revised; empty where every origin dates them anew from its own
    figures · cases : the forecasts to be made · left_out : why there are none, where the data do not allow any
    """

    name: str
    plan: Plan
    truth: Truth | None = None
    episodes: tuple[Episode, ...] = ()
    cases: tuple[Case, ...] = ()
    left_out: str = ""

    def observed(self, piece: Piece, horizons: Iterable[int], measure: str = "level") -> list[float]:
        """Return what came true at the horizons, NaN where unknown: levels on the scale of the forecast, or yoy_pct."""
        assert self.truth is not None
        assert piece.slump is not None
        if measure == "yoy_pct":
            return [self.truth.yearly_growth(piece.origin + h) for h in horizons]
        # another base year, or none at all: the peaks are laid on each other
        base = None if self.episodes else (piece.slump, piece.base)
        return [self.truth.level(piece.origin + h, base) for h in horizons]

    def became_of(self, piece: Piece) -> tuple[pd.Period | None, int]:
        """Return the recovery month of the slump a piece is about, None where not seen, and its follow-up."""
        assert self.truth is not None
        slump = piece.slump
        assert slump is not None
        if self.episodes:
            episode = next(e for e in self.episodes if e.start == slump.start)
            return episode.recovered, episode.follow_up(piece.origin)
        return self.truth.recovered(slump, piece.origin, self.plan)

    def fell_back(self, piece: Piece) -> bool | None:
        """Whether output relapsed after the slump a piece is about; None where that is not known by now."""
        assert self.truth is not None
        slump, recovered = piece.slump, self.became_of(piece)[0]
        assert slump is not None
        if self.episodes:
            return next(e for e in self.episodes if e.start == slump.start).relapsed
        return None if recovered is None else self.truth.relapsed(slump, recovered, self.plan)


def target(given: Given, plan: Plan, origins: Origins, seed: int, release: int | None = None) -> Target:
    """Look at a target from the end of its data: date its slumps and choose its origins.

    release : which release of each month counts as what came true, from 1; None for the latest of all
    Raises ConfigError for levels without releases that are to be judged by one.
    """
    if release is not None and isinstance(given, LevelData):
        raise ConfigError(
            f"truth is release {release}, but {given.name} is given by levels without releases; "
            "name a store of vintages or figures with dates of publication, or use truth: latest"
        )
    try:
        if isinstance(given, Vintages):
            return _of_vintages(given, plan, origins, release)
        if isinstance(given, FigureData):
            return _of_figures(given, plan, seed, release)
        return _of_level(given, plan, origins)
    except DataError as error:
        return Target(given.name, plan, left_out=str(error))


def _of_level(data: LevelData, plan: Plan, origins: Origins) -> Target:
    if wrong := no_levels(data.y):
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        return Target(data.name, plan, left_out=f"{wrong[0]}{more}; leave a month without a level empty")
    truth = exact(data)
    if len(truth.months) < FIRST_CANDIDATE:
        why = f"{len(truth.months)} months; a slump is dated from month {FIRST_CANDIDATE} on"
        return Target(data.name, plan, left_out=why)
    dated = episodes(data, plan)
    lag = pd.Timedelta(days=data.release_lag_days)
    cases = tuple(
        Case(replace(data, as_of=origin.end_time.normalize() + lag), origin, episode.start)
        for episode in dated
        for origin in episode.chosen(origins)
    )
    return Target(data.name, plan, latest(truth), tuple(dated), cases)


def _of_figures(data: FigureData, plan: Plan, seed: int, release: int | None) -> Target:
    """Published figures: every month, as known on the day of its first figure.

    The truth is reconstructed from all prints, or from the k-th of each figure alone, its last where there are fewer;
    of rates it is what was printed.
    """
    rng = generator(seed, data.name, str(data.as_of.date()), "truth")
    published = data.figures.as_of(data.as_of)
    truth = levels.reconstruct(
        data.figures if release is None else published.printed(release),
        data.target, data.related, plan.draws,
        as_of=data.as_of, rng=rng, country=plan.country, holidays=plan.holidays,
    ).history  # fmt: skip
    own = published.select(*data.target).table
    counts = (
        (published.latest() if release is None else published.printed(release)).select(*data.target).table
    )
    yoy = counts[counts["measure"] == "yoy_pct"].drop_duplicates("period").set_index("period")["value"]
    ordinals = own["period"].array.asi8
    seen = pd.Series(ordinals, index=own["published"]).groupby(level=0).max().cummax().drop_duplicates()
    cases = tuple(
        Case(replace(data, as_of=pd.Timestamp(day)), pd.Period(ordinal=month, freq="M"))
        for day, month in zip(seen.index, seen, strict=True)
    )
    return Target(data.name, plan, replace(latest(truth), printed=yoy), cases=cases)


def _of_vintages(given: Vintages, plan: Plan, origins: Origins, release: int | None) -> Target:
    """Releases of a level: every month, as known at the end of the month that first printed it."""
    if release is None:
        truth = latest(exact(given.released(given.as_of)))
    else:
        truth = of_release([exact(given.released(day)) for day in given.releases()], release)
    first = given.level.days[0]
    cases, last = list[Case](), None
    others = set[int]()  # months after a slump's start that no origin is chosen in
    for month in pd.period_range(first, given.as_of, freq="M"):
        data = given.released(min(month.end_time.normalize(), given.as_of))
        origin = data.known.index[-1]
        if last is not None and origin <= last:
            continue
        last = origin
        slumps = episodes(data, plan)
        if slumps and slumps[-1].open_months[-1:] == (origin,):
            since = (origin - slumps[-1].start).n
            others |= {since} if not origins.chosen(since) else set()
            if origins.chosen(since):
                cases.append(Case(data, origin, slumps[-1].start, tuple(slumps)))
    return Target(given.name, plan, truth, cases=tuple(cases), left_out=_only_other(others, cases))


def _only_other(others: set[int], cases: Sequence[Case]) -> str:
    """Why releases in a slump give no origin: each shows another month after its start than those chosen."""
    if cases or not others:
        return ""
    months = ", ".join(map(str, sorted(others)[:SHOWN_MONTHS]))
    return (
        f"its releases show slumps only in other months after the start than origins choose ({months}); choose such in "
        "after_start, or every: 1"
    )
