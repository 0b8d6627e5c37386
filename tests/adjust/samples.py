"""Series that the tests of `adjust` share: made ones whose effects are known, and real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.datasets import elec_equip

from forecast import adjust, calendar

SHARED = Path(__file__).parents[3] / "shared" / "data"
SEASON = np.array([-0.10, -0.15, 0.05, 0.0, 0.02, 0.03, 0.01, 0.0, 0.03, 0.04, 0.04, 0.03])
BETA = {"working_days": 0.012, "leap_year": 0.03, "tet_before": 0.04, "tet_during": -0.35, "tet_after": -0.05}

needs_x13 = pytest.mark.skipif(not adjust.x13_available(), reason="X-13 is not installed on this platform")


def regressors(months: int = 280, start: str = "2000-01") -> pd.DataFrame:
    return calendar.regressors(pd.period_range(start, periods=months, freq="M"))


def vietnam_like(
    seed: int, n: int = 180, *, tet: bool = True, trading: bool = True, noise: float = 0.012
) -> pd.Series:
    """Random walk with drift, season, working days and Tết; index points."""
    rng = np.random.default_rng(seed)
    months = pd.period_range("2000-01", periods=n, freq="M")
    level = 4.6 + 0.006 * np.arange(n) + np.cumsum(rng.normal(scale=0.01, size=n))
    z = level + rng.normal(scale=noise, size=n) + known_effects(months, tet=tet, trading=trading)
    return pd.Series(np.exp(z), index=months)


def known_effects(months: pd.PeriodIndex, *, tet: bool = True, trading: bool = True) -> np.ndarray:
    """The effects that `vietnam_like` holds, (len(months),) logs."""
    x = calendar.regressors(months)
    beta = [BETA[name] * (tet if name.startswith("tet") else trading) for name in x.columns]
    return (SEASON - SEASON.mean())[months.month - 1] + x.to_numpy() @ np.array(beta)


def electrical() -> pd.Series:
    values = elec_equip.load_pandas().data.iloc[:, 0].to_numpy()
    return pd.Series(values, index=pd.period_range("1995-01", periods=len(values), freq="M"))


def shared(name: str, column: str) -> pd.Series:
    """One column of a file of the shared data; skips where the folder is missing."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project")
    table = pd.read_csv(path)
    months = pd.PeriodIndex(table.iloc[:, 0].str[:7], freq="M")
    return pd.Series(table[column].to_numpy(dtype=float), index=months).dropna()
