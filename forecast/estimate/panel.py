"""What was known at the origin beside the target, on its months: the other series of a panel, and indicators."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from forecast import adjust, calendar, levels, models
from forecast.arrays import Floats
from forecast.errors import DataError
from forecast.estimate.plan import Data, FigureData, LevelData, Plan
from forecast.nowcast import last_over, leading, together
from forecast.parallel import one_thread
from forecast.series import History, copies
from forecast.shocks import calmed

SERIES_REMEMBERED = 10_000
"""Adjusted series kept, each as known on one day: a hundred days of a panel of a hundred, two of one of five thousand.
chosen: a panel larger than this is adjusted anew for every forecast; of twenty years each they take 40 MB."""


def known_panel(
    data: Data, reconstructed: levels.Levels | None, months: pd.PeriodIndex, plan: Plan
) -> Floats | None:
    """Return the panel on the months for the models that see one, (k, m, s) index points; None without any, or use.

    Series that are the target once more (`series.copies`) are left out: they would be weighed by their rounding.
    """
    if not any(models.REGISTRY[name].panel for name in (*plan.models, *plan.beside)):
        return None
    twice = copies(data.known, data.known_panel) if isinstance(data, LevelData) else ()
    beside = known_beside(data, reconstructed, months, plan)
    columns = [column for name, column in beside.items() if name not in twice]
    return np.exp(np.stack(columns, axis=2)) if columns else None


def known_leading(data: Data, history: History, months: pd.PeriodIndex, plan: Plan) -> Floats | None:
    """Return what indicators say on the months, (m + j,) standard deviations; None without any that is of use.

    Those that are the target once more, as its flash estimate is, tell its newest months and nothing of those to come.
    history : of the target, whose growth weighs them, its shocks at what they teach
    """
    if not isinstance(data, LevelData) or not data.indicators:
        return None
    if not any(models.REGISTRY[name].leading for name in (*plan.models, *plan.beside)):
        return None
    growth = np.full(len(months), np.nan)
    usual = calmed(history.adjusted).levels.mean(axis=0)
    growth[1 : len(usual)] = np.diff(usual)
    panel = together(data.indicators, data.as_of)
    panel = panel.without(copies(data.known, panel.table))
    return leading(panel, growth, months, last_over(data.as_of))


@one_thread
def known_beside(
    data: Data, reconstructed: levels.Levels | None, months: pd.PeriodIndex, plan: Plan
) -> dict[str, Floats]:
    """Return the other series by name on the months, log levels less their effects (k, m), NaN where unknown.

    Of published figures: the related series, reconstructed in the same draws as the target, each less its own
    effects. Of levels: each series less the effects that its months up to `as_of` show; one that carries no
    seasonal profile is left out.
    """
    if isinstance(data, FigureData):
        assert reconstructed is not None
        return {
            name: _on(months, of.months[0].ordinal, of.adjusted) for name, of in reconstructed.related.items()
        }
    beside: dict[str, Floats] = {}
    table = data.known_panel
    first = pd.PeriodIndex(table.index).asi8[0] if len(table) else 0
    for name, column in zip(table, table.to_numpy(dtype=float).T, strict=True):
        known = np.flatnonzero(~np.isnan(column))
        if not len(known):
            continue
        y, begins = column[known[0] : known[-1] + 1], int(first + known[0])
        adjusted = _adjusted(
            y.tobytes(),
            begins,
            plan.slump.seasonally_adjusted,
            plan.country,
            plan.holidays,
        )
        if adjusted is not None:
            beside[str(name)] = _on(months, begins, adjusted)
    return beside


@lru_cache(SERIES_REMEMBERED)
def _adjusted(
    levels: bytes, first: int, seasonally_adjusted: bool, country: str | None, holidays: tuple[str, ...]
) -> Floats | None:
    """Log levels less their effects, (1, m); None where the months are too few for a seasonal profile.

    levels : index points as bytes, of the months from the one of ordinal `first` on, so that what is known of a series
    on one day is adjusted once, whichever other series is forecast
    """
    y = np.frombuffer(levels)
    z: Floats = np.log(np.where(y > 0, y, np.nan))
    z.flags.writeable = False  # one array for all who ask
    if seasonally_adjusted:
        return z[None, :]
    months = pd.period_range(pd.Period(ordinal=first, freq="M"), periods=len(y), freq="M")
    x = None
    if country is not None:
        x = calendar.regressors(months, country, holidays).to_numpy(dtype=float)
    try:
        adjusted: Floats = z - adjust.builtin_effects(z, months, 0, x)
    except DataError:
        return None
    adjusted.flags.writeable = False
    return adjusted[None, :]


def _on(months: pd.PeriodIndex, first: int, values: Floats) -> Floats:
    """Put columns of the months of ordinal `first` and on to other months, (k, own) -> (k, months), NaN elsewhere."""
    at = months.asi8 - first
    own = (at >= 0) & (at < values.shape[1])
    return np.where(own, values[:, np.where(own, at, 0)], np.nan)
