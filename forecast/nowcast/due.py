"""Which releases are due next, and how much each could move the nowcast."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from forecast.nowcast.filling import Filling
from forecast.nowcast.news import release_weights
from forecast.nowcast.panel import UNDATED, Indicator, Panel
from forecast.nowcast.spec import Nowcasted


def due(
    nowcast: Nowcasted,
    panel: Panel,
    as_of: pd.Timestamp,
    until: pd.Timestamp,
    of: Mapping[pd.Period, float] | None = None,
) -> pd.DataFrame:
    """List the next release of every indicator in use that falls after `as_of` and by `until`.

    of : weights of the target's growth by month, by default 1 for each month nowcast, as in `news`
    Columns: day, indicator, month, expected (growth), weight (of the pool, per unit of growth), surprise (standard
    deviation of what the indicator's own autoregression has missed) and effect = |weight| × surprise, in percent of
    the adjusted level; ordered by day, the largest effect first. Each release is weighed as if it came alone. Of
    indicators from a store no day of release is known before it is there.
    """
    weights = dict.fromkeys(nowcast.months, 1.0) if of is None else of
    end = max(nowcast.growth.index[-1], pd.Period(until, "M"))
    growth = nowcast.growth.reindex(pd.period_range(nowcast.growth.index[0], end, freq="M"))
    rows = []
    known = (one for one in panel.indicators if one.name in growth)
    for indicator in (one for one in known if one.release_lag_days != UNDATED):
        month = _next_month(growth[indicator.name], indicator)
        if month is None or not as_of < release_day(month, indicator) <= until:
            continue
        expected, weight = _weighed(nowcast, growth, indicator.name, month, weights)
        if np.isnan(weight):  # left out of every model, perhaps because it never changes
            continue
        surprise = _usual_surprise(growth[indicator.name], indicator)
        row = (release_day(month, indicator), indicator.name, str(month), expected, weight, surprise)
        rows.append((*row, abs(weight) * surprise))
    numbers = ["expected", "weight", "surprise", "effect"]
    table = pd.DataFrame(rows, columns=["day", "indicator", "month", *numbers])
    table[numbers] = table[numbers].astype(float)  # of no row too
    return table.sort_values(["day", "effect"], ascending=[True, False], ignore_index=True)


def release_day(month: pd.Period, indicator: Indicator) -> pd.Timestamp:
    """Return the day on which an indicator's month is published: its last day + the usual delay."""
    return month.end_time.normalize() + pd.Timedelta(days=indicator.release_lag_days)


def _next_month(growth: pd.Series, indicator: Indicator) -> pd.Period | None:
    """The month after the last one known, of a quarterly indicator three later; None where nothing is known."""
    published = pd.PeriodIndex(growth.dropna().index)
    return published[-1] + (3 if indicator.quarterly else 1) if len(published) else None


def _weighed(
    nowcast: Nowcasted, growth: pd.DataFrame, name: str, month: pd.Period, weights: Mapping[pd.Period, float]
) -> tuple[float, float]:
    """Expectation of one cell and its weight, both by the pool; the weight is NaN where no model sees the indicator."""
    expected, weight = [], []
    c = np.array([weights.get(m, 0.0) for m in growth.index])
    for model, fit in nowcast.fits.items():
        if name not in fit.columns or month not in growth.index:
            continue
        figures = growth[list(fit.columns)].to_numpy(dtype=float)
        fresh = np.zeros(figures.shape, dtype=bool)
        fresh[growth.index.get_loc(month), fit.columns.index(name)] = True
        filled, by_release = release_weights(fit, figures, figures, fresh, c, 0)
        expected.append(float(filled[fresh][0]))
        weight.append(nowcast.shares[model] * float(by_release[0]))
    return (float(np.mean(expected)), float(np.sum(weight))) if weight else (np.nan, np.nan)


def _usual_surprise(growth: pd.Series, indicator: Indicator) -> float:
    """Standard deviation of what an autoregression of the indicator missed, in units of its growth."""
    published = growth.dropna() if indicator.quarterly else growth
    values = published.to_numpy(dtype=float)[:, None]
    mean, deviation = np.nanmean(values), np.nanstd(values)
    residuals = Filling.of((values - mean) / deviation).residuals
    return float(deviation * residuals[residuals != 0.0].std()) if residuals.any() else float(deviation)
