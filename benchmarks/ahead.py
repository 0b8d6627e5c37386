"""What it is worth to know the panel's next month: `python benchmarks/ahead.py [PATHS]`.

The EU panel of configs/backtest_eu.yaml at its own origins, each country published 62 days after a month's end and the
others after 31, so that at every origin the others are one month ahead. The pool forecasts the recovery month once from
the target alone and once with that month nowcast (bridge and lag regression, 100 courses), all else equal; 1,000 paths
a model. One line per member with its censored CRPS without and with, and the gain with a 90 % interval from whole start
years drawn anew. Pseudo real time: levels as last published.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import config
from forecast.backtest import Origins, backtest
from forecast.estimate import LevelData, Plan
from forecast.nowcast import NowcastSpec
from forecast.parallel import generator
from forecast.run.backtest import panel
from forecast.score import percentile_interval, resample_clusters, resampled_skill

HERE = Path(__file__).parents[1]
DATA = HERE.parent / "shared" / "data"
LAG, LIKE_LAG = 62, 31
RESAMPLES = 2_000


def main() -> int:
    """Print a line per model."""
    if not DATA.is_dir():
        print(f"{DATA} is missing: nothing to measure on")
        return 0
    asked = config.read_backtest(HERE / "configs" / "backtest_eu.yaml", (DATA,))
    paths = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    plan = replace(asked.plan, paths=paths, beside=(), nowcast=None)
    spec = NowcastSpec(models=("bridge", "lags"), paths=100)
    given = [_later(data) for data in panel(asked) if isinstance(data, LevelData)]
    without, with_it = (_scores(given, replace(plan, nowcast=chosen)) for chosen in (None, spec))
    years = without.index.get_level_values("slump_start").str[:4].to_numpy()
    drawn = resample_clusters(years, RESAMPLES, generator(1, "ahead"))
    for model in ("pool", *plan.models):
        blind, seeing = without[model].to_numpy(), with_it[model].to_numpy()
        low, high = percentile_interval(100.0 * resampled_skill(seeing, blind, drawn), 0.9)
        gain = 100.0 * (1.0 - seeing.mean() / blind.mean())
        print(
            f"{model}: {blind.mean():.3f} -> {seeing.mean():.3f} months, {gain:+.1f} % [{low:+.1f}, {high:+.1f}]"
        )
    print(f"{len(without)} origins, {paths} paths a model, {len(np.unique(years))} start years")
    return 0


def _later(data: LevelData) -> LevelData:
    return replace(
        data, release_lag_days=LAG, panel_lag_days=LIKE_LAG, as_of=data.as_of + pd.Timedelta(days=LAG)
    )


def _scores(given: list[LevelData], plan: Plan) -> pd.DataFrame:
    """Censored CRPS by origin and model."""
    found = backtest(given, plan, Origins(least_follow_up=36), 1)
    return found.scores.pivot(index=["series", "slump_start", "origin"], columns="model", values="crps")


if __name__ == "__main__":
    sys.exit(main())
