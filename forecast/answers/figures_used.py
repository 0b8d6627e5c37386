"""What the office had printed by the date: latest rates, every figure used, the last date of publication."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from forecast import levels
from forecast.estimate import Data, LevelData
from forecast.outcome import FigureRow, LatestFigure

MEASURES = ("mom_pct", "yoy_pct", "ytd_yoy_pct")


def latest(data: Data) -> tuple[LatestFigure, ...]:
    """Return the last print of each rate, percent: as published, or computed from published levels."""
    if isinstance(data, LevelData):
        return _computed(data)
    published = data.figures.as_of(data.as_of).select(*data.target).latest().table
    rows = []
    for measure in MEASURES:
        of = published[published["measure"] == measure]
        if len(of):
            row = of.sort_values("period").iloc[-1]
            rows.append(
                LatestFigure(measure, row["period"], float(row["value"]), str(row["published"].date()))
            )
    return tuple(rows)


def _computed(data: LevelData) -> tuple[LatestFigure, ...]:
    y = data.known
    month = pd.PeriodIndex(y.index)[-1]
    published = str(data.last_published.date())
    year = y[[p.year == month.year for p in pd.PeriodIndex(y.index)]]
    before = y.reindex([p - 12 for p in pd.PeriodIndex(year.index)])
    rates = {
        "mom_pct": y.iloc[-1] / y.get(month - 1, np.nan),
        "yoy_pct": y.iloc[-1] / y.get(month - 12, np.nan),
        "ytd_yoy_pct": year.sum(skipna=False) / before.sum(skipna=False),
    }
    return tuple(
        LatestFigure(measure, month, 100.0 * (float(ratio) - 1.0), published)
        for measure, ratio in rates.items()
        if np.isfinite(ratio)
    )


def figures(data: Data, reconstructed: levels.Levels | None) -> tuple[FigureRow, ...]:
    """Return every figure used, the target's first; a date of publication known only by its month stays a month."""
    if reconstructed is None or isinstance(data, LevelData):
        return ()
    table = data.figures.as_of(data.as_of).table
    by_month = {_cell(row) for row in table[~table["published_day_known"]].to_dict("records")}
    rows = sorted(
        reconstructed.fitted.to_dict("records"), key=lambda row: (row["region"], row["sector"]) != data.target
    )
    return tuple(
        FigureRow(
            row["region"], row["sector"], row["period"], row["measure"], row["value"],
            f"{row['published']:%Y-%m}" if _cell(row) in by_month else f"{row['published']:%Y-%m-%d}",
            row["source"], row["status"], _number(row["fitted"]), _number(row["residual"]),
            tuple(row["sets"]),
        )
        for row in rows
    )  # fmt: skip


def _cell(row: Mapping[Hashable, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("region", "sector", "period", "measure", "value", "published"))


def data_to(data: Data, sectors: Iterable[str] = ()) -> str:
    """Return the latest date of publication that the answer rests on: of target, related series and sectors."""
    if isinstance(data, LevelData):
        return str(data.last_published.date())
    used = {data.target, *data.related, *((data.target[0], sector) for sector in sectors)}
    table = data.figures.as_of(data.as_of).table
    of = [series in used for series in zip(table["region"], table["sector"], strict=True)]
    return str(table.loc[of, "published"].max().date())


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
