"""Measure where the time of an answer goes: `python benchmarks/answer.py`.

CPU seconds of one thread, by stage: imports in a process of their own, the shipped report in a process of its own (with
its peak of memory), an answer of one level series after import, one more scenario on an answer at hand; each beside one
fit of the airline model by statsmodels in the same run, so that the ratios can be compared between machines.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

REPO = Path(__file__).parents[1]
LEAST = 0.1  # CPU seconds of a stage with a row of its own
RUNS = 3


def main() -> int:
    """Print the stages, or those of one process where its name is given."""
    if len(sys.argv) > 1:
        for stage, seconds in {"imports": _imports, "report": _report, "answer": _answer}[sys.argv[1]]():
            print(f"{seconds:.3f}\t{stage}")
        return 0
    rows = [row for name in ("imports", "report", "answer") for row in _of_process(name)]
    one = next(seconds for stage, seconds in rows if stage.startswith("statsmodels"))
    print("| stage | CPU s | in fits by statsmodels |\n|---|---|---|")
    for stage, seconds in rows:
        print(f"| {stage} | {seconds:.2f} | {seconds / one:.1f} |")
    return 0


def _of_process(name: str) -> list[tuple[str, float]]:
    told = subprocess.run(
        [sys.executable, __file__, name], check=True, capture_output=True, text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    ).stdout  # fmt: skip
    print(*(line.removeprefix("# ") for line in told.splitlines() if line.startswith("#")), sep="\n")
    rows = (line.split("\t") for line in told.splitlines() if "\t" in line)
    return [(stage, float(seconds)) for seconds, stage in rows]


def _imports() -> list[tuple[str, float]]:
    began = time.process_time()
    import pandas  # noqa: F401

    others = time.process_time() - began
    import forecast.run  # noqa: F401

    whole = time.process_time() - began
    return [
        ("import of pandas", others),
        ("import of forecast.run, pandas included", whole),
    ]


def _report() -> list[tuple[str, float]]:
    import resource

    from forecast import config
    from forecast import run as room
    from forecast.answers import ANSWERS
    from forecast.run import run

    question = config.read(REPO / "configs/bac_ninh.yaml")
    rows: list[tuple[str, float]] = []
    for field, fill in ANSWERS.items():
        ANSWERS[field] = _timed(rows, f"report: {field}", fill)  # type: ignore[index]
    for name, stage in (
        ("load", "data"),
        ("findings", "findings"),
        ("estimate", "estimate"),
        ("grounds", "paths and desk"),
        ("write", "pages"),
    ):
        setattr(room, name, _timed(rows, f"report: {stage}", getattr(room, name)))
    began = time.process_time()
    with tempfile.TemporaryDirectory() as out:
        run(question, out=out)
    whole = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"# the shipped report at its peak: {peak:.0f} MB")
    long = [row for row in rows if row[1] >= LEAST]
    return [("shipped report, two languages", whole), *long]


def _timed(rows: list[tuple[str, float]], stage: str, work: Callable[..., object]) -> Callable[..., object]:
    def done(*args: object, **asked: object) -> object:
        began = time.process_time()
        found = work(*args, **asked)
        rows.append((stage, time.process_time() - began))
        return found

    return done


def _answer() -> list[tuple[str, float]]:
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    import forecast as fc
    from forecast import series
    from forecast.answers.scenarios import scenarios
    from forecast.estimate import LevelData, Plan, estimate
    from forecast.scenario import Scenario, Shock

    y = series.sample("elec_equip")
    data = LevelData(y, "elec_equip", y.index[-1].end_time.normalize())
    plan = Plan(horizon=36)
    start = y.index[-1] + 3
    labels = {name: {"en": name} for name in ("baseline", "one", "two")}

    def told(count: int) -> float:
        shocks = tuple(Scenario(name, (Shock(start, -8.0, 6.0),)) for name in ("one", "two")[:count])
        of = Plan(horizon=36, scenarios=shocks)
        return least(lambda: scenarios(estimate(data, of, 1), labels))

    return [
        ("fc.answer of one level series", least(lambda: fc.answer(y, as_of="2009-12", horizon=36))),
        ("estimate of one level series, 10,000 paths a model", least(lambda: estimate(data, plan, 1))),
        ("one more scenario on it", told(2) - told(1)),
        (
            "statsmodels: one fit of the airline model",
            least(lambda: SARIMAX(y, order=(0, 1, 1), seasonal_order=(0, 1, 1, 12)).fit(disp=False)),
        ),
    ]


def least(work: Callable[[], object]) -> float:
    """CPU seconds of the quickest of some runs: what a busy machine adds is no part of the work."""
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


if __name__ == "__main__":
    sys.exit(main())
