"""How large revisions are and which way they go, by time since the first print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forecast.errors import DataError
from forecast.tables import suggestion

if TYPE_CHECKING:
    import duckdb

LAGS = (1, 2, 3, 6, 12, 24)
"""Months since the first print. chosen: the next releases, half a year and years."""

_BACK = {"mom_pct": 1, "yoy_pct": 12}  # months on which a measure's growth is

_KNOWN = """
WITH first_prints AS (
    SELECT period, published(min(rank)) AS printed FROM prints WHERE series = $series GROUP BY period),
later AS (
    SELECT period, printed, lag, (printed + to_months(CAST(lag AS INTEGER)))::DATE AS day
    FROM first_prints, (SELECT unnest($lags) AS lag)),
dates AS (  -- a month later than a month's end is the next month's end
    SELECT period, lag, CASE WHEN printed = last_day(printed) THEN last_day(day) ELSE day END AS day FROM later
    WHERE printed <= last_day((DATE '1970-01-01' + to_months(period))::DATE) + $within)
SELECT d.period, d.lag, arg_max(n.value, n.rank) AS value
FROM dates d JOIN prints n ON n.series = $series AND n.period = d.period - $back AND published(n.rank) <= d.day
WHERE d.day <= (SELECT max(published(rank)) FROM prints WHERE series = $series)
GROUP BY d.period, d.lag HAVING d.lag = 0 OR count(DISTINCT n.rank) > $again
"""


def by_lag(
    connection: duckdb.DuckDBPyConnection,
    series: int,
    lags: Sequence[int],
    growth: str | None,
    within_days: int,
) -> pd.DataFrame:
    """Return bias and size of revisions: value known so many months after the first print, less the first print.

    Figures are compared as printed, in points. Levels change base, so their growth is compared, in points:
    growth "mom_pct" (default) or "yoy_pct", each as the data of one date give it.
    within_days : a first print counts as one only this soon after its month's end; what a store's oldest vintage
        says of years long past is no first print
    -> lag_months, n, bias_points (mean), sd_points, mean_abs_points over the n months printed again by then and
        followed for so long: a figure never printed again tells nothing of its revision
    Raises DataError for another word of growth.
    """
    ((kind,),) = connection.execute("SELECT kind FROM series WHERE id = ?", [series]).fetchall()
    if kind == "level":
        growth = growth or "mom_pct"
    elif growth is not None:
        raise DataError(f'growth "{growth}" asked of a figure, which is compared as printed; leave it out')
    if growth is not None and growth not in _BACK:
        raise DataError(f'unknown growth "{growth}"; {suggestion(growth, list(_BACK))}')
    shared = {"series": series, "lags": [0, *lags], "within": within_days}
    values = _table(connection, {**shared, "back": 0, "again": 1})
    if growth is not None:
        values = 100.0 * (values / _table(connection, {**shared, "back": _BACK[growth], "again": 0}) - 1.0)
    rows = []
    for lag in lags:
        change = (values[lag] - values[0]).dropna() if lag in values else pd.Series(dtype=float)
        sd = float(change.std()) if len(change) > 1 else np.nan
        rows.append((lag, len(change), float(change.mean()), sd, float(change.abs().mean())))
    return pd.DataFrame(rows, columns=["lag_months", "n", "bias_points", "sd_points", "mean_abs_points"])


def _table(connection: duckdb.DuckDBPyConnection, parameters: dict[str, object]) -> pd.DataFrame:
    """Return the value known at each lag, months down and lags across."""
    return connection.execute(_KNOWN, parameters).df().pivot(index="period", columns="lag", values="value")
