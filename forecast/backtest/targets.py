"""What a backtest knows of a target from the end of its data: what it did, and which months it is forecast from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from forecast import levels
from forecast.backtest.at_origin import Case, Piece
from forecast.backtest.episodes import Episode, Origins, episodes, first_recovery, open_gap
from forecast.errors import DataError
from forecast.estimate import Data, FigureData, LevelData, Plan
from forecast.normal import FIRST_CANDIDATE, Slump
from forecast.parallel import generator
from forecast.series import History


@dataclass(frozen=True, eq=False)
class Target:
    """Hold one target of the panel as it stands at the end of its data.

    plan : what recovery means · truth : its history, (k draws), from all that is known by then; None if left out
    episodes : slumps dated in real time; empty for published figures, whose slump every origin dates anew
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
        if (
            not self.episodes
        ):  # a reconstructed level has no scale of its own: the peaks are laid on each other
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
        return _recovered(self.truth, slump, piece.origin, self.plan)


def target(data: Data, plan: Plan, origins: Origins, seed: int) -> Target:
    """Look at a target from the end of its data: date its slumps and choose its origins."""
    try:
        return (
            _of_figures(data, plan, seed) if isinstance(data, FigureData) else _of_level(data, plan, origins)
        )
    except DataError as error:
        return Target(data.name, plan, left_out=str(error))


def _of_level(data: LevelData, plan: Plan, origins: Origins) -> Target:
    y = data.known
    months = pd.PeriodIndex(y.index)
    if len(months) < FIRST_CANDIDATE:
        return Target(
            data.name,
            plan,
            left_out=f"{len(months)} months; a slump is dated from month {FIRST_CANDIDATE} on",
        )
    values = np.asarray(y, dtype=np.float64)
    truth = History(months, values[None, :], np.zeros((1, len(y))), np.zeros(len(y), bool), data.name)
    found = episodes(data, plan, origins)
    lag = pd.Timedelta(days=data.release_lag_days)
    cases = tuple(
        Case(replace(data, as_of=origin.end_time.normalize() + lag), origin, episode.start)
        for episode in found
        for origin in episode.origins
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


def _recovered(truth: History, slump: Slump, origin: pd.Period, plan: Plan) -> tuple[pd.Period | None, int]:
    """Look for the recovery that the last vintage shows, from the origin on, against the slump's own normal."""
    gap = open_gap(truth, slump, plan)
    at = (origin - truth.months[0]).n
    found = first_recovery(gap, at, slump.window, slump.hold)
    follow_up = len(gap) - 1 - at - (slump.hold - 1)
    return None if found is None else truth.months[found], follow_up
