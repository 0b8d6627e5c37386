"""`repeated`: months of a region that hold, figure for figure, what another held: the wrong release was taken in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.arrays import Floats
from forecast.figures.table import CELL, Figures, rows_of
from forecast.tables import Finding

FEWEST = 3
"""Figures of a month, and different values among them. chosen: as the runs of levels that are told."""

BY_CHANCE = 0.01
"""Probability that a month of the region is alike by itself. chosen: one file in a hundred is looked at for nothing."""

LAGS = (1, 12)
"""Months before whose release is taken for a month's own: the last, and that of the year before."""


def repeated(figures: Figures) -> list[Finding]:
    """Return the months all of whose figures are those of the month before or of a year before, by series.

    How often a measure prints one value twice is learned from the region's own other months.
    """
    last = figures.table[~figures.table.duplicated(CELL, keep="last")]
    return [
        _finding(of_series, lag)
        for _, of in last.groupby("region", sort=True)
        for month, lag in _copies(of)
        for _, of_series in of[of["period"] == month].groupby("sector", sort=True)
    ]


def _copies(of: pd.DataFrame) -> list[tuple[pd.Period, int]]:
    """Each month of a region that is a copy, and how many months before it what it copies stands."""
    table = of.pivot(index="period", columns=["measure", "sector"], values="value")
    months = pd.period_range(table.index.min(), table.index.max(), freq="M")
    values = table.reindex(months).to_numpy(dtype=float)  # (m, c)
    measures = table.columns.get_level_values("measure")
    among = (measures.to_numpy()[:, None] == measures.unique().to_numpy()).astype(float)  # (c, measures)
    out = []
    for lag in LAGS:
        before = np.full_like(values, np.nan)
        before[lag:] = values[:-lag]
        same = (values == before) @ among
        known = np.isfinite(values - before) @ among
        habit = (same.sum(axis=0) - same + 1) / (known.sum(axis=0) - known + 2)  # in the other months
        log_chance = (known * np.log(habit)).sum(axis=1)
        copied = (same == known).all(axis=1) & (known.sum(axis=1) >= FEWEST)
        copied &= log_chance < np.log(BY_CHANCE / (len(LAGS) * len(values)))
        out += [(months[t], lag) for t in np.flatnonzero(copied).tolist() if _many(values[t])]
    return out


def _many(values: Floats) -> bool:
    return len(np.unique(values[np.isfinite(values)])) >= FEWEST


def _finding(of: pd.DataFrame, lag: int) -> Finding:
    """A finding about all figures of a series and a month."""
    rows = rows_of(of)
    at = rows[0]
    sentence = (
        f"{at.region} {at.sector}: the figures of {at.period} are, one by one, those of {at.period - lag}; "
        "was the release of another month taken in?"
    )
    return Finding(
        "repeated", at.place, sentence, f"{at.region}_{at.sector}", (str(at.period),),
        figures=tuple((row.measure, str(row.period), row.value) for row in rows),
    )  # fmt: skip
