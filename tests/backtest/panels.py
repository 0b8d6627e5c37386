"""Panels for the tests of the backtest: made-up series that slump, and the ones that shared data hold."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from forecast import series
from forecast.estimate import LevelData, Plan
from forecast.slump import SlumpSpec

SHARED = Path(__file__).parents[2].parent / "shared" / "data"

ADJUSTED = SlumpSpec(threshold_pct=5.0, seasonally_adjusted=True, window=3, hold=3)
SEASONAL = SlumpSpec(threshold_pct=7.5, window=3, hold=3)

SMALL = Plan(
    horizon=24,
    slump=ADJUSTED,
    models=("noisy_walk", "random_walk_drift_block"),
    beside=("random_walk_drift", "seasonal_naive"),
    paths=200,
)


def level(
    seed: int, falls: dict[int, float], months: int = 240, start: str = "1990-01", season: float = 0.0
) -> pd.Series:
    """A growing level that falls by the given logs over 4 months from each position on and climbs back at 1.2 %."""
    rng = np.random.default_rng(seed)
    growth = np.full(months, 0.002)
    for at, size in falls.items():
        growth[at : at + 4] = -size / 4
        growth[at + 4 : at + 4 + int(size / 0.012)] = 0.012
    z = np.cumsum(growth) + rng.normal(0, 0.006, months)
    z += season * np.sin(2 * np.pi * np.arange(months) / 12)
    return pd.Series(100 * np.exp(z), index=pd.period_range(start, periods=months, freq="M"))


def data(y: pd.Series, name: str, until: str | None = None, lag: int = 0) -> LevelData:
    end = pd.Period(until, "M") if until else y.index[-1]
    return LevelData(y, name, end.end_time.normalize() + pd.Timedelta(days=lag), lag)


def panel() -> list[LevelData]:
    """Four series with slumps at different times; the last is published 40 days late."""
    return [
        data(level(1, {100: 0.20, 180: 0.15}), "first"),
        data(level(2, {90: 0.12}), "second"),
        data(level(3, {150: 0.30}), "third"),
        data(level(8, {110: 0.15, 200: 0.2}), "late", lag=40),
    ]


def us() -> list[LevelData]:
    """The 12 industrial production series of FRED-MD to 2024-06."""
    table = series.read_panel(SHARED / "us_fredmd_2026-08.csv")
    names = [c for c in table if c == "INDPRO" or (c.startswith("IP") and c != "IPB51222S")]
    return [data(table[name].dropna(), name, "2024-06") for name in names]


def eu() -> list[LevelData]:
    """Manufacturing of 32 European countries, not seasonally adjusted."""
    table = series.read_panel(SHARED / "eu_manufacturing_nsa.csv").drop(columns=["CH", "BA"])
    return [data(table[name].dropna(), name) for name in table]
