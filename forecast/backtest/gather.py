"""The second phase: stored forecasts, in order of time, with the naive rules as known then, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial

import numpy as np
import pandas as pd

from forecast.backtest.at_origin import (
    LEVELS_ONLY,
    MEASURES,
    POINT_HORIZONS,
    POOL,
    QUANTILES,
    Case,
    Piece,
    models_of,
)
from forecast.backtest.earlier import known, naive_forecasts
from forecast.backtest.episodes import Episode
from forecast.backtest.relapses import COLUMNS, EARLIER, share_so_far
from forecast.backtest.scores import KEYS
from forecast.backtest.targets import Target
from forecast.backtest.values import energy
from forecast.errors import Failed
from forecast.estimate import Plan

FROM_EARLIER = ("constant_hazard", "kaplan_meier", "gap_over_trend")
QUANTILE_NAMES = ("median", "q05", "q10", "q25", "q75", "q90", "q95")


@dataclass(frozen=True, eq=False)
class Judged:
    """A forecast that was made, with the target it is about."""

    target: Target
    case: Case
    piece: Piece
    energy: dict[str, float] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """Series, start of the slump and origin, as the tables write them."""
        assert self.piece.slump is not None
        return self.piece.series, str(self.piece.slump.start), str(self.piece.origin)

    @property
    def follow_up(self) -> int:
        """Months after the origin in which a recovery would have been observed."""
        return self.target.became_of(self.piece)[1]


def judged(target: Target, case: Case, piece: Piece) -> Judged:
    """Return a forecast with its joint paths scored and then let go, so that thousands fit in memory."""
    if piece.left_out or not piece.joint:
        return Judged(target, case, piece)
    months = range(1, next(iter(piece.joint.values())).shape[1] + 1)
    scores = energy(piece, target.observed(piece, months))
    return Judged(target, case, replace(piece, joint={}), scores)


def dated_models(plan: Plan) -> tuple[str, ...]:
    """Return every name that a recovery month is forecast under: the pool, the models, the rules without a model."""
    return (POOL, *(name for name in models_of(plan) if name not in LEVELS_ONLY), *FROM_EARLIER)


def recovery_tables(
    forecasts: Sequence[Judged], episodes: Sequence[Episode], plan: Plan
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return F(1..H), a row per forecast, and on the same index what came true.

    A level that is revised is taught by its own slumps as its release then showed them, every other by all of
    `episodes`. A model without a forecast takes that of `constant_hazard` and is flagged as failed, so that all
    models are scored on identical origins.
    """
    names = dated_models(plan)
    known_on = cache(partial(known, episodes))  # once a day, of which thousands of series have few
    F, index, truth = [], [], []
    for one in forecasts:
        day, own = one.case.data.as_of, one.case.earlier
        rules = naive_forecasts(one.piece, known_on(day) if own is None else known(own, day), plan.horizon)
        recovered, follow_up = one.target.became_of(one.piece)
        after = np.nan if recovered is None else (recovered - one.piece.origin).n
        for name in names:
            given = one.piece.probability.get(name, rules.get(name))
            F.append(rules["constant_hazard"] if given is None else given)
            index.append((*one.key, name))
            truth.append((one.piece.elapsed, after, follow_up, given is None))
    rows = pd.MultiIndex.from_tuples(index, names=KEYS)
    columns = ["months_since_start", "recovered_after", "follow_up", "failed"]
    return (
        pd.DataFrame(np.stack(F), index=rows, columns=range(1, plan.horizon + 1)),
        pd.DataFrame(truth, index=rows, columns=columns),
    )


def relapse_table(forecasts: Sequence[Judged], episodes: Sequence[Episode]) -> pd.DataFrame:
    """Return the chance of a relapse by model, and what came true: `relapses.COLUMNS`, a row per forecast and model."""
    share_on = cache(partial(share_so_far, episodes))
    rows = []
    for number, one in enumerate(forecasts):
        day, own = one.case.data.as_of, one.case.earlier
        recovered, follow_up = one.target.became_of(one.piece)
        after = np.nan if recovered is None else (recovered - one.piece.origin).n
        fell = one.target.fell_back(one.piece)
        earlier = share_on(day) if own is None else share_so_far(own, day)
        stated = {**one.piece.relapse, EARLIER: earlier}
        relapsed = np.nan if fell is None else float(fell)
        rows += [(number, model, after, follow_up, p, relapsed) for model, p in stated.items()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def recovery_forecasts(wide: pd.DataFrame) -> pd.DataFrame:
    """Return the forecasts with one row per horizon."""
    n, H = wide.shape
    table = wide.index.repeat(H).to_frame(index=False)
    table["horizon"] = np.tile(wide.columns.to_numpy(), n)
    table["probability"] = wide.to_numpy().ravel()
    return table


def recovery_outcomes(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return what came true, one row per origin."""
    table = outcomes.reset_index()[[*KEYS[:3], "recovered_after", "follow_up"]].drop_duplicates()
    return table.reset_index(drop=True)


def point_forecasts(forecasts: Sequence[Judged], plan: Plan) -> pd.DataFrame:
    """Return quantiles with what came true, a row per series, origin, measure, model and horizon."""
    horizons = [h for h in POINT_HORIZONS if h <= plan.horizon]
    rows = []
    for one in forecasts:
        for i, measure in enumerate(MEASURES):
            observed = one.target.observed(one.piece, horizons, measure)
            for model in (POOL, *models_of(plan)):
                if model in one.piece.points:
                    for h, values, y in zip(horizons, one.piece.points[model][i], observed, strict=True):
                        rows.append((one.piece.series, str(one.piece.origin), model, h, *values, y, measure))
    assert len(QUANTILES) == len(QUANTILE_NAMES)
    return pd.DataFrame(
        rows, columns=["series", "origin", "model", "horizon", *QUANTILE_NAMES, "observed", "measure"]
    )


def failures(forecasts: Sequence[Judged]) -> pd.DataFrame:
    """Return every model that could not be fitted, wholly or on some history draws."""
    rows = [
        Failed(model, one.piece.series, str(one.piece.origin), reason)
        for one in forecasts
        for model, reason in (*one.piece.failed.items(), *one.piece.partly)
    ]
    return pd.DataFrame(
        [(r.model, r.series, r.origin, r.reason) for r in rows],
        columns=["model", "series", "origin", "reason"],
    )


def flagged(forecasts: Sequence[Judged]) -> pd.DataFrame:
    """Return every forecast that rests on a figure that looks like a slip."""
    rows = [
        (one.piece.series, str(one.piece.origin), sentence)
        for one in forecasts
        for sentence in one.piece.flagged
    ]
    return pd.DataFrame(rows, columns=["series", "origin", "reason"])
