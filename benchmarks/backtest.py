"""Measure the backtest: run `python benchmarks/backtest.py [PART …]`, PART one of the names below.

whole    configs/backtest_eu.yaml as it is (pool, its members, seasonal ARIMA, naive rules, 10,000 paths each), by one
         process and by two: wall and CPU seconds, memory, their ratio; and the table of skill
growth   CPU seconds per origin on 8, 16 and 32 series, without and with the model that looks at the whole panel
points   one rolling-origin job (60 origins, 12 months ahead, airline ARIMA refitted at each) by statsforecast,
         skforecast and statsmodels beside ours: CPU time and error as ratios to ours, on every fourth of the 32 series,
         because the slowest takes minutes for those; `all` after it takes every series
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.update({f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA")})

import numpy as np
import numpy.typing as npt

from forecast import config, models, series
from forecast.backtest import Origins, backtest
from forecast.models.sarima import Sarima, fit
from forecast.run.backtest import panel

REPO = Path(__file__).parents[1]
DATA = REPO.parent / "shared" / "data"
PROTOCOL = REPO / "configs" / "backtest_eu.yaml"
JOB = ("sarima_airline", "autoregression", "noisy_walk")
BESIDE = ("random_walk_drift", "random_walk_drift_block")
ORIGINS, HORIZON, PERIOD = 60, 12, 12

Floats = npt.NDArray[np.float64]
Forecaster = Callable[[Floats], Floats]


def main() -> int:
    """Print the parts that are asked for; all by default."""
    if not DATA.is_dir():
        print(f"{DATA} is missing: nothing to measure on")
        return 0
    parts = {"whole": whole, "growth": growth, "points": points}
    for name in [word for word in sys.argv[1:] if word != "all"] or parts:
        parts[name]()
    return 0


# -- the whole protocol ------------------------------------------------------------------------------------------


def whole() -> None:
    """Run the command itself in fresh processes, so that start-up and writing count."""
    load = os.getloadavg()[0]
    print(
        f"\nwhole: load of the machine {load:.1f} on {os.cpu_count()} cores; a ratio means little on a busy one"
    )
    walls = {}
    with tempfile.TemporaryDirectory() as folder:
        for jobs in (1, 2):
            out = Path(folder) / str(jobs)
            command = [sys.executable, "-m", "forecast.cli", "backtest", str(PROTOCOL), "--data", str(DATA),
                       "--out", str(out), "--jobs", str(jobs)]  # fmt: skip
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)
            walls[jobs] = time.perf_counter() - began
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            largest = after.ru_maxrss / 1024
            print(
                f"{jobs} process(es): {walls[jobs]:.0f} s, {cpu:.0f} s of CPU, "
                f"largest process {largest:.0f} MB, all together at most {(jobs + (jobs > 1)) * largest:.0f} MB"
            )
            results = out / PROTOCOL.stem
        print(f"two processes are {walls[1] / walls[2]:.2f} times faster than one\n")
        print(done.stdout)
        kept = json.loads((results / "summary.json").read_text(encoding="utf-8"))
        print(f"{kept['headline']['episodes']} episodes, {kept['headline']['origins']} origins")


def growth() -> None:
    """Print the CPU seconds that one origin costs as the panel grows."""
    print("\ngrowth: CPU seconds per origin, 2,000 paths")
    asked = config.read_backtest(PROTOCOL, (DATA,))
    whole_panel = panel(asked)
    for named, pool in (("series by themselves", JOB), ("looking at the panel", models.POOL)):
        costs = []
        for size in (8, 16, 32):
            given = whole_panel[:: len(whole_panel) // size]
            table = whole_panel[0].panel[[data.name for data in given]]
            given = [replace(data, panel=table) for data in given]
            plan = replace(asked.plan, models=pool, beside=BESIDE, paths=2_000)
            began = time.process_time()
            found = backtest(given, plan, Origins((0, 12), least_follow_up=36), 1)
            costs.append(f"{size} series {(time.process_time() - began) / found.summary['origins']:.3f}")
        print(f"{named}: {', '.join(costs)}")


# -- points against peers ----------------------------------------------------------------------------------------


def points() -> None:
    """Print time and error of the rolling-origin job by every engine that is installed, as ratios to ours."""
    table = series.read_panel(DATA / "eu_manufacturing_nsa.csv").drop(columns=["CH", "BA"])
    names = list(table)[:: 1 if "all" in sys.argv else 4]
    levels = [table[name].dropna().to_numpy() for name in names]
    print(f"\npoints: {len(names)} series ({', '.join(names)}), {ORIGINS} origins, {HORIZON} months ahead")
    ours: tuple[float, float] | None = None
    for name, forecaster in ENGINES.items():
        try:
            forecaster(levels[0][:-HORIZON])  # compiles, where an engine does
        except ImportError as error:
            print(f"{name:36} {error}")
            continue
        spent, errors, failed = _rolled(forecaster, levels)
        ours = ours or (spent, errors)
        print(
            f"{name:36} {spent:7.1f} s CPU, {spent / ours[0]:6.1f} times ours; MASE {errors:.3f}, "
            f"{errors / ours[1]:.3f} times ours; {failed} failed"
        )


def _rolled(forecaster: Forecaster, levels: list[Floats]) -> tuple[float, float, int]:
    """CPU seconds, mean absolute scaled error and failures over all series and origins."""
    spent, errors, failed = 0.0, [], 0
    for y in levels:
        for origin in range(len(y) - HORIZON - ORIGINS + 1, len(y) - HORIZON + 1):
            past, future = y[:origin], y[origin : origin + HORIZON]
            began = time.process_time()
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    predicted = np.exp(forecaster(past))
            except Exception:
                failed += 1
                predicted = past[-PERIOD:]  # the seasonal naive stands in
            spent += time.process_time() - began
            scale = np.abs(past[PERIOD:] - past[:-PERIOD]).mean()
            errors.append(np.abs(future - predicted).mean() / scale)
    return spent, float(np.mean(errors)), failed


def _ours(y: Floats) -> Floats:
    return fit(Sarima((0, 1, 1), (0, 1, 1)), y).modelled(HORIZON).mean


def _statsforecast(y: Floats) -> Floats:
    from statsforecast.models import ARIMA

    model = ARIMA(order=(0, 1, 1), season_length=PERIOD, seasonal_order=(0, 1, 1))
    return model.forecast(y=np.log(y), h=HORIZON)["mean"]


def _skforecast(y: Floats) -> Floats:
    from skforecast.stats import Arima

    return Arima(order=(0, 1, 1), seasonal_order=(0, 1, 1), m=PERIOD).fit(np.log(y)).predict(steps=HORIZON)


def _statsmodels(y: Floats) -> Floats:
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    model = SARIMAX(np.log(y), order=(0, 1, 1), seasonal_order=(0, 1, 1, PERIOD))
    return model.fit(disp=0).forecast(HORIZON)


def _statsmodels_differenced(y: Floats) -> Floats:
    """Its fastest form: differences taken beforehand, scale concentrated out; the forecasts are added up again."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    z = np.log(y)
    w = np.diff(z[PERIOD:] - z[:-PERIOD])
    model = SARIMAX(w, order=(0, 0, 1), seasonal_order=(0, 0, 1, PERIOD), concentrate_scale=True)
    ahead = z.tolist()
    for step in model.fit(disp=0).forecast(HORIZON):
        ahead.append(ahead[-1] + ahead[-PERIOD] - ahead[-PERIOD - 1] + step)
    return np.array(ahead[-HORIZON:])


ENGINES: dict[str, Forecaster] = {
    "iip-forecast": _ours,
    "statsforecast, CSS-ML": _statsforecast,
    "skforecast": _skforecast,
    "statsmodels, differenced beforehand": _statsmodels_differenced,
    "statsmodels": _statsmodels,
}

if __name__ == "__main__":
    sys.exit(main())
