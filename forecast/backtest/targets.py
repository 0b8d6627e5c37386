"""What a backtest knows of a target from the end of its data: what it did, and which months it is forecast from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import levels, vintages
from forecast.backtest.at_origin import Case, Piece
from forecast.backtest.episodes import (
    Episode,
    Origins,
    episodes,
    exact,
    first_recovery,
    frozen,
    open_gap,
    regressors,
)
from forecast.errors import DataError
from forecast.estimate import Data, FigureData, LevelData, Plan
from forecast.normal import FIRST_CANDIDATE, Slump, find_slumps
from forecast.parallel import generator
from forecast.series import History


@dataclass(frozen=True)
class Vintages:
    """A target known by every release of its level: each origin sees the release of its own month.

    store : file of releases (`vintages.Store`) · name : of the level in it · as_of : day whose release is the truth
    """

    store: Path
    name: str
    as_of: pd.Timestamp

    def released(self, day: pd.Timestamp) -> LevelData:
        """Return the level as released by a day. Raises DataError where nothing was."""
        y = vintages.Store(self.store).level(self.name, day)
        return LevelData(y, self.name, max(day, y.index[-1].end_time.normalize()))

    def fingerprint(self) -> str:
        """Return the SHA-256 of the store."""
        return hashlib.sha256(self.store.read_bytes()).hexdigest()


Given = Data | Vintages
"""What a panel may hold."""


@dataclass(frozen=True, eq=False)
class Target:
    """Hold one target of the panel as it stands at the end of its data.

    plan : what recovery means · truth : its history, (k draws), from all that is known by then; None if left out
    episodes : slumps of a level that is not revised; empty where every origin dates them anew from its own figures
    cases : the forecasts to be made · left_out : why there are none, where the data do not allow any
    """

    name: str
    plan: Plan
    truth: History | None = None
    episodes: tuple[Episode, ...] = ()
    cases: tuple[Case, ...] = ()
    left_out: str = ""

    def observed(self, piece: Piece, horizons: Iterable[int]) -> list[float]:
        """Return the levels that came true at the horizons, NaN where unknown, on the scale of the forecast."""
        assert self.truth is not None
        assert piece.slump is not None
        level = pd.Series(self.truth.values.mean(axis=0), index=self.truth.months)
        scale = 1.0
        if not self.episodes:  # another base year, or none at all: the peaks are laid on each other
            scale = piece.base / float(level[piece.slump.peak_from : piece.slump.peak_to].mean())
        return [scale * float(level.get(piece.origin + h, np.nan)) for h in horizons]

    def became_of(self, piece: Piece) -> tuple[pd.Period | None, int]:
        """Return the recovery month of the slump a piece is about, None where not seen, and its follow-up."""
        assert self.truth is not None
        slump = piece.slump
        assert slump is not None
        if self.episodes:
            episode = next(e for e in self.episodes if e.start == slump.start)
            return episode.recovered, episode.follow_up(piece.origin)
        if len(self.truth.values) > 1:
            return _recovered(self.truth, slump, piece.origin, self.plan)
        as_known = replace(self.plan.slump, start=slump.start, window=slump.window, hold=slump.hold)
        x = regressors(self.truth.months, self.plan)
        (revised,) = find_slumps(self.truth, as_known, x)
        return _recovered(frozen(self.truth, revised, x), revised, piece.origin, self.plan)


def target(given: Given, plan: Plan, origins: Origins, seed: int) -> Target:
    """Look at a target from the end of its data: date its slumps and choose its origins."""
    try:
        if isinstance(given, Vintages):
            return _of_vintages(given, plan, origins)
        if isinstance(given, FigureData):
            return _of_figures(given, plan, seed)
        return _of_level(given, plan, origins)
    except DataError as error:
        return Target(given.name, plan, left_out=str(error))


def _of_level(data: LevelData, plan: Plan, origins: Origins) -> Target:
    truth = exact(data)
    if len(truth.months) < FIRST_CANDIDATE:
        why = f"{len(truth.months)} months; a slump is dated from month {FIRST_CANDIDATE} on"
        return Target(data.name, plan, left_out=why)
    found = episodes(data, plan)
    lag = pd.Timedelta(days=data.release_lag_days)
    cases = tuple(
        Case(replace(data, as_of=origin.end_time.normalize() + lag), origin, episode.start)
        for episode in found
        for origin in episode.chosen(origins)
    )
    return Target(data.name, plan, truth, tuple(found), cases)


def _of_figures(data: FigureData, plan: Plan, seed: int) -> Target:
    """Published figures: every month, as known on the day of its first figure; the last vintage is the truth."""
    rng = generator(seed, data.name, str(data.as_of.date()), "truth")
    truth = levels.reconstruct(
        data.figures, data.target, data.related, plan.draws,
        as_of=data.as_of, rng=rng, country=plan.country, holidays=plan.holidays,
    ).history  # fmt: skip
    own = data.figures.as_of(data.as_of).select(*data.target).table
    latest = own["period"].array.asi8
    seen = pd.Series(latest, index=own["published"]).groupby(level=0).max().cummax().drop_duplicates()
    cases = tuple(
        Case(replace(data, as_of=pd.Timestamp(day)), pd.Period(ordinal=month, freq="M"))
        for day, month in zip(seen.index, seen, strict=True)
    )
    return Target(data.name, plan, truth, cases=cases)


def _of_vintages(given: Vintages, plan: Plan, origins: Origins) -> Target:
    """Releases of a level: every month, as known at the end of the month that first printed it."""
    truth = exact(given.released(given.as_of))
    held = vintages.Store(given.store).series().set_index("series")
    first = pd.Timestamp(held["first_published"].loc[given.name])
    cases, last = [], None
    for month in pd.period_range(first, given.as_of, freq="M"):
        data = given.released(min(month.end_time.normalize(), given.as_of))
        origin = data.known.index[-1]
        if last is not None and origin <= last:
            continue
        last = origin
        slumps = episodes(data, plan)
        if (
            slumps
            and slumps[-1].open_months[-1:] == (origin,)
            and origins.chosen((origin - slumps[-1].start).n)
        ):
            cases.append(Case(data, origin, slumps[-1].start, tuple(slumps)))
    return Target(given.name, plan, truth, cases=tuple(cases))


def _recovered(truth: History, slump: Slump, origin: pd.Period, plan: Plan) -> tuple[pd.Period | None, int]:
    """Look for the recovery that the last figures show, as a forecast does: from a run that is under way on."""
    gap = open_gap(truth, slump, plan)
    at = (origin - truth.months[0]).n
    found = first_recovery(gap, at - slump.hold + 1, slump.window, slump.hold)
    follow_up = len(gap) - 1 - at - (slump.hold - 1)
    return None if found is None else truth.months[found], follow_up
