"""What earlier slumps teach: the naive rules as they could be known at each origin, and what production may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.backtest.at_origin import Piece
from forecast.backtest.episodes import Episode
from forecast.models import hazard

Durations = tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]

TABLE_MONTHS = 120  # the longest horizon that a config may ask for (`forecast.config.keys`)


def naive_forecasts(piece: Piece, seen: Durations, horizon: int) -> dict[str, Floats]:
    """Return F(1..H) of the rules that need no model, from the slumps `known` on the day of the forecast.

    `gap_over_trend` states the one month in which 10 years' mean growth closes the gap of the last month: never
    where growth is not positive.
    """
    durations, ended = seen
    constant = hazard.hazard_per_month(durations, ended)
    return {
        "constant_hazard": hazard.constant_hazard(constant, horizon),
        "kaplan_meier": hazard.kaplan_meier(durations, ended, piece.elapsed, horizon, constant),
        "gap_over_trend": _gap_over_trend(piece, horizon),
    }


def known(episodes: Sequence[Episode], as_of: pd.Timestamp) -> Durations:
    """Return durations in months, and whether each slump had ended, as published by the day `as_of`.

    Every series is seen to its own last published month, less what a recovery takes to be confirmed.
    """
    over = {lag: published_by(as_of, lag) for lag in {e.lag_days for e in episodes}}
    last = np.array([_last_judged(e, over[e.lag_days]) for e in episodes], dtype=float)
    starts = np.array([e.start.ordinal for e in episodes], dtype=float)
    ends = np.array([np.nan if e.recovered is None else e.recovered.ordinal for e in episodes])
    return hazard.known_durations(starts - last, ends - last, origin=0, hold=1)


def known_again(learned: Mapping[str, Any], as_of: pd.Timestamp) -> Durations:
    """Return what `learned` teaches as it was known on an earlier day: as `known`, from the slumps it lists."""
    rows = learned["slumps"]["list"]
    starts = [pd.Period(row["start"], "M").ordinal for row in rows]
    ends = [np.nan if row["recovered"] is None else pd.Period(row["recovered"], "M").ordinal for row in rows]
    last = [
        min(
            pd.Period(row["judged_to"], "M").ordinal,
            published_by(as_of, row["lag_days"]) - (row["hold"] - 1),
        )
        for row in rows
    ]
    return hazard.known_durations(np.subtract(starts, last), np.subtract(ends, last), origin=0, hold=1)


def learned(episodes: Sequence[Episode], as_of: pd.Timestamp, models: Sequence[str]) -> dict[str, Any]:
    """Return what a backtest teaches a later forecast: hazards with the slumps they rest on, and the pool.

    The hazard of month m, from 1, is the probability that a slump that lasted m − 1 months ends in its m-th.
    """
    durations, ended = known(episodes, as_of)
    constant = hazard.hazard_per_month(durations, ended)
    survival = 1.0 - hazard.kaplan_meier(durations, ended, 0, TABLE_MONTHS, constant)
    monthly = 1.0 - survival / np.concatenate([[1.0], survival[:-1]])
    judged = [(e, _last_judged(e, published_by(as_of, e.lag_days))) for e in episodes]
    begun = [(e, last) for e, last in judged if e.start.ordinal < last]
    starts = sorted(str(e.start) for e, _ in begun)
    return {
        "known_on": str(as_of.date()),
        "slumps": {
            "known": len(durations),
            "ended": int(ended.sum()),
            "first_start": starts[0] if starts else None,
            "last_start": starts[-1] if starts else None,
            "list": [_row(e, last) for e, last in begun],
        },
        "constant_hazard": constant,
        "kaplan_meier": {"smoothed_over_months": hazard.SMOOTHED_MONTHS, "hazard": monthly.tolist()},
        "pool": {
            "rule": "equal weights in the logit of the members' distributions; no weight is learned",
            "weights": {name: 1.0 / len(models) for name in models},
        },
    }


def published_by(as_of: pd.Timestamp, lag_days: int) -> int:
    """Return the ordinal of the last month that is out by the end of a day."""
    over = as_of - pd.Timedelta(days=lag_days)
    return int(((over + pd.Timedelta(days=1)).to_period("M") - 1).ordinal)


def _last_judged(episode: Episode, published: int) -> int:
    """Ordinal of the last month of which the months out by then tell whether a recovery began in it."""
    return min(published, int(episode.known_to.ordinal)) - (episode.hold - 1)


def _gap_over_trend(piece: Piece, horizon: int) -> Floats:
    months = np.arange(1, horizon + 1)
    if not piece.growth > 0:
        return np.zeros(horizon)
    return (months >= -piece.gap / piece.growth).astype(np.float64)


def _row(episode: Episode, judged_to: int) -> dict[str, Any]:
    """A slump as it was known on the day."""
    last = pd.Period(ordinal=judged_to, freq="M")
    ended = episode.recovered is not None and episode.recovered <= last
    return {
        "series": episode.series,
        "start": str(episode.start),
        "recovered": str(episode.recovered) if ended else None,
        "judged_to": str(last),
        "lag_days": episode.lag_days,
        "hold": episode.hold,
    }
