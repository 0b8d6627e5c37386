"""Made-up panels for the tests of nowcasts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.nowcast import Indicator, Panel
from forecast.series import History

START = "2005-01"


def growth(seed: int, months: int = 150, series: int = 6, noise: float = 0.7) -> np.ndarray:
    """Growth in percent, (months, 1 + series), of one autoregressive factor plus white noise; the target first."""
    rng = np.random.default_rng(seed)
    factor = np.zeros(months)
    for t in range(1, months):
        factor[t] = 0.6 * factor[t - 1] + rng.normal()
    return factor[:, None] + noise * rng.normal(size=(months, 1 + series))


def history(y: pd.Series, origin: str, horizon: int = 12, season: float = 0.0) -> History:
    """An exact history that ends at the origin, with a sine for its season where asked."""
    known = y[:origin]
    months = pd.PeriodIndex(known.index)
    ahead = pd.period_range(months[0], periods=len(months) + horizon, freq="M")
    effects = season * np.sin(2 * np.pi * np.asarray(ahead.month) / 12)[None]
    return History(months, known.to_numpy()[None], effects, np.zeros(len(months), dtype=bool), "target")


def levels(growth: np.ndarray) -> pd.DataFrame:
    """Index points of a target and indicators x0, x1, … with that growth in percent."""
    names = ["target", *(f"x{i}" for i in range(growth.shape[1] - 1))]
    months = pd.period_range(START, periods=len(growth), freq="M")
    return pd.DataFrame(100.0 * np.exp(np.cumsum(growth, axis=0) / 100.0), months, names)


def panel(table: pd.DataFrame, lags: tuple[int, ...] = (1, 10, 20, 35, 5, 5)) -> Panel:
    """The indicators of a table of levels, published so many days after their month."""
    names = [c for c in table if c != "target"]
    return Panel(
        table[names], tuple(Indicator(str(name), lag) for name, lag in zip(names, lags, strict=False))
    )


def changed(given: Panel, name: str, values: pd.Series) -> Panel:
    """The panel with another column."""
    return replace(given, table=given.table.assign(**{name: values}))
