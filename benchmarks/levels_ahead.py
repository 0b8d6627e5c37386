"""Measure levels 1, 3, 6 and 12 months ahead at the origins of the EU backtest: `python benchmarks/levels_ahead.py`.

The pool, its members and the seasonal naive rule come from the backtest itself (1,000 paths each); statsforecast's
AutoARIMA, AutoETS and AutoTheta see the same months of the same series (logs; intervals at 50, 80 and 90 %). One line
per forecaster and horizon: MASE, weighted interval score in percent of the level, coverage, CPU seconds in all.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forecast import config
from forecast.backtest import Origins, backtest
from forecast.backtest.scores import levels_record
from forecast.run.backtest import panel
from forecast.score import seasonal_scale

REPO = Path(__file__).parents[1]
DATA = REPO.parent / "shared" / "data"
HORIZONS = (1, 3, 6, 12)
SHARES = (50, 80, 90)
PERIOD = 12


def main() -> int:
    """Print the table."""
    if not DATA.is_dir():
        print(f"{DATA} is missing: nothing to measure on")
        return 0
    asked = config.read_backtest(REPO / "configs" / "backtest_eu.yaml", (DATA,))
    given, chosen = panel(asked), asked.config.origins
    plan = replace(asked.plan, paths=1000)
    found = backtest(
        given, plan, Origins(chosen.after_start, chosen.every, chosen.least_follow_up), asked.config.seed
    )
    levels = {data.name: data.y for data in given}
    origins = found.point_forecasts[["series", "origin"]].drop_duplicates()
    tables = [found.point_forecasts[found.point_forecasts["horizon"].isin(HORIZONS)]]
    spent: dict[str, float] = {}
    for name, make in _peers().items():
        began = time.process_time()
        tables.append(_forecasts(name, make, levels, origins))
        spent[name] = time.process_time() - began
    scales = pd.Series(
        {
            (name, origin): seasonal_scale(levels[name][:origin].to_numpy())
            for name, origin in origins.itertuples(index=False)
        }
    )
    record = pd.DataFrame(levels_record(pd.concat(tables), scales))
    record["cpu_s"] = record["model"].map(spent)
    print(record.drop(columns=["mae_pct", "rmse_pct"]).round(3).to_string(index=False))
    return 0


def _peers() -> dict[str, Callable[[], Any]]:
    try:
        from statsforecast.models import AutoARIMA, AutoETS, AutoTheta
    except ImportError as error:
        print(f"statsforecast: {error}")
        return {}
    return {
        "statsforecast AutoARIMA": lambda: AutoARIMA(season_length=PERIOD),
        "statsforecast AutoETS": lambda: AutoETS(season_length=PERIOD),
        "statsforecast AutoTheta": lambda: AutoTheta(season_length=PERIOD),
    }


def _forecasts(
    name: str, make: Callable[[], Any], levels: dict[str, pd.Series], origins: pd.DataFrame
) -> pd.DataFrame:
    """Quantiles of the level by one model at every origin, as `point_forecasts.csv` has them."""
    rows = []
    for series, origin in origins.itertuples(index=False):
        y = levels[series]
        past = np.log(y[:origin].to_numpy())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = make().forecast(y=past, h=max(HORIZONS), level=list(SHARES))
        for h in HORIZONS:
            at = {key: float(np.exp(values[h - 1])) for key, values in made.items() if key != "fitted"}
            month = pd.Period(origin, "M") + h
            rows.append(
                (
                    series, origin, name, h, at["mean"], at["lo-90"], at["lo-80"], at["lo-50"],
                    at["hi-50"], at["hi-80"], at["hi-90"], float(y.get(month, np.nan)),
                )
            )  # fmt: skip
    columns = [
        "series",
        "origin",
        "model",
        "horizon",
        "median",
        "q05",
        "q10",
        "q25",
        "q75",
        "q90",
        "q95",
        "observed",
    ]
    return pd.DataFrame(rows, columns=columns)


if __name__ == "__main__":
    sys.exit(main())
