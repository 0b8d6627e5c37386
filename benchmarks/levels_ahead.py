"""Measure levels and yearly growth 1, 3, 6 and 12 months ahead: `python benchmarks/levels_ahead.py`.

At every origin of the EU backtest. The pool, its members and the seasonal naive rule come from the backtest itself
(1,000 paths each); statsforecast's AutoARIMA, AutoETS and AutoTheta see the same months of the same series (logs;
intervals at 50, 80 and 90 %). Up to 12 months ahead the month a year before is known, so growth is read off the level.
One line per measure, forecaster and horizon: MASE, weighted interval score in percent of the level or in points of
growth, coverage, CPU seconds in all. `--every N` keeps each N-th origin.
"""

from __future__ import annotations

import argparse
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
from forecast.backtest.at_origin import MEASURES
from forecast.backtest.values import values_record
from forecast.run.backtest import panel
from forecast.score import seasonal_scale

REPO = Path(__file__).parents[1]
DATA = REPO.parent / "shared" / "data"
HORIZONS = (1, 3, 6, 12)
SHARES = (50, 80, 90)
PERIOD = 12


def main() -> int:
    """Print a table for levels and one for growth."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="keep each N-th origin")
    every = parser.parse_args().every
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
    origins = found.point_forecasts[["series", "origin"]].drop_duplicates().iloc[::every]
    tables = [found.point_forecasts.merge(origins)]
    spent: dict[str, float] = {}
    for name, make in _peers().items():
        began = time.process_time()
        tables.append(_forecasts(name, make, levels, origins))
        spent[name] = time.process_time() - began
    scales = _scales(levels, origins)
    for measure in MEASURES:
        record = pd.DataFrame(values_record(pd.concat(tables), scales, measure))
        record["cpu_s"] = record["model"].map(spent)
        print(measure)
        print(record.round(3).to_string(index=False))
    return 0


def _scales(levels: dict[str, pd.Series], origins: pd.DataFrame) -> pd.DataFrame:
    """Mean absolute change over 12 months of the level and of its yearly growth, known at each origin."""
    rows = {}
    for name, origin in origins.itertuples(index=False):
        past = levels[name][:origin].to_numpy()
        growth = 100.0 * (past[PERIOD:] / past[:-PERIOD] - 1.0)
        rows[name, origin] = (seasonal_scale(past), seasonal_scale(growth))
    return pd.DataFrame(rows, index=list(MEASURES)).T


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
    """Quantiles of the level and of growth by one model at every origin, as `point_forecasts.csv` has them."""
    columns = ["mean", "lo-90", "lo-80", "lo-50", "hi-50", "hi-80", "hi-90"]
    rows = []
    for series, origin in origins.itertuples(index=False):
        y = levels[series]
        past = np.log(y[:origin].to_numpy())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = make().forecast(y=past, h=max(HORIZONS), level=list(SHARES))
        for h in HORIZONS:
            month = pd.Period(origin, "M") + h
            values = np.exp([made[column][h - 1] for column in columns])
            observed, before = float(y.get(month, np.nan)), float(y[month - PERIOD])
            rows.append((series, origin, name, h, *values, observed, "level"))
            growth = 100.0 * (np.append(values, observed) / before - 1.0)
            rows.append((series, origin, name, h, *growth, "yoy_pct"))
    quantiles = ["median", "q05", "q10", "q25", "q75", "q90", "q95"]
    return pd.DataFrame(
        rows, columns=["series", "origin", "model", "horizon", *quantiles, "observed", "measure"]
    )


if __name__ == "__main__":
    sys.exit(main())
