"""Made-up histories that slump, for the tests of dating and of normal."""

import numpy as np
import pandas as pd

from forecast.series import History
from forecast.slump import SlumpSpec

SPAN = 53


def history_of(
    z: np.ndarray, season: np.ndarray | None = None, start: str = "2000-01", draws: int = 1
) -> History:
    months = pd.period_range(start, periods=len(z), freq="M")
    wide = pd.period_range(start, periods=len(z) + SPAN, freq="M")
    effects = np.zeros(len(wide)) if season is None else season[np.asarray(wide.month) - 1]
    level = np.exp(z + effects[: len(z)])
    return History(
        months,
        np.repeat(level[None], draws, 0),
        np.repeat(effects[None], draws, 0),
        np.zeros(len(z), bool),
        "s",
    )


def slumping(n: int = 160, at: int = 120, depth: float = 0.2, back_at: int | None = None, sd: float = 0.004):
    """Log level that grows 0.2 % a month, drops `depth` at `at` and returns above its peak at `back_at`."""
    z = 4.6 + 0.002 * np.arange(n) + np.random.default_rng(1).normal(0, sd, n)
    z[at:] = z[at - 1] - depth + np.random.default_rng(2).normal(0, sd, n - at)
    if back_at is not None:
        z[back_at:] += depth + 0.05
    return z


ADJUSTED = SlumpSpec(threshold_pct=5.0, seasonally_adjusted=True)
