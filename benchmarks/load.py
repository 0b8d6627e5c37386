"""Measure what large inputs take: 100 questions, a million figures, 5,000 series, large tables, ten million rows.

`python benchmarks/load.py` measures all; words choose among questions, figures, panel, tables, store, and
`--share 0.01` takes so much of each. Every command runs in a process of its own; clock and processor seconds and the
memory of its largest process are printed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from forecast.vintages import Store

QUESTIONS, FIGURES, SERIES, ROWS = 100, 1_000_000, 5_000, 10_000_000
MONTHS = 240
ALLOWED = {"FORECAST_MAX_CELLS": "20000000"}
"""What a file so large needs to be allowed."""


def main() -> None:
    """Print a line per command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=f"among {', '.join(LOADS)}; all by default")
    parser.add_argument("--share", type=float, default=1.0, metavar="X", help="of each load; 1 by default")
    given = parser.parse_args()
    print(f"{'':62} {'clock s':>9} {'CPU s':>9} {'MB':>7}")
    for name in given.what or LOADS:
        with tempfile.TemporaryDirectory() as folder:
            for said, argv in LOADS[name](Path(folder), given.share):
                print(f"{said:62} {_measured(argv, Path(folder))}", flush=True)


Commands = Iterator[tuple[str, list[str]]]


def questions(folder: Path, share: float) -> Commands:
    """Many questions about levels in one run, two at a time, pages in one language."""
    count = max(1, round(QUESTIONS * share))
    _panel(count, folder / "levels.csv")
    for i in range(count):
        text = (
            f"name: q{i:03d}\ntitle: {{en: Output of region {i}, vi: Sản lượng vùng {i}}}\n"
            f"target: {{levels: levels.csv, column: s{i:04d}, release_lag_days: 30}}\ncalendar: {{country: VN}}\n"
            "report: {languages: [en]}\n"
        )
        (folder / f"q{i:03d}.yaml").write_text(text, encoding="utf-8")
    configs = sorted(path.name for path in folder.glob("q*.yaml"))
    yield f"run of {count:,} questions, 10,000 paths a model", ["run", *configs, "--jobs", "2"]


def figures(folder: Path, share: float) -> Commands:
    """Published rates of many regions, sectors and months."""
    count = max(1, round(FIGURES * share / (2 * MONTHS)))
    rng = np.random.default_rng(1)
    season = 0.05 * np.sin(2 * np.pi * np.arange(MONTHS + 12) / 12)
    level = np.exp(rng.normal(0.003, 0.015, (count, MONTHS + 12)).cumsum(axis=1) + season)
    mom = 100 * (level[:, 12:] / level[:, 11:-1] - 1)
    yoy = 100 * (level[:, 12:] / level[:, :-12] - 1)
    months = pd.period_range("2005-01", periods=MONTHS, freq="M")
    index = pd.MultiIndex.from_product([range(count), months, ["mom_pct", "yoy_pct"]])
    table = index.to_frame(index=False, name=["number", "period", "measure"])
    table.insert(0, "region", [f"region_{number % 100}" for number in table["number"]])
    sectors = ["total", *(f"sector_{i}" for i in range(1, 1 + count // 100))]
    table.insert(1, "sector", [sectors[number // 100] for number in table["number"]])
    table["value"] = np.stack([mom, yoy], axis=2).round(1).ravel()
    table["published"] = pd.PeriodIndex(table["period"]).end_time.normalize() + pd.Timedelta(days=6)
    table = table.drop(columns="number").assign(source="office")
    table.to_csv(folder / "figures.csv", index=False)
    said = f"{len(table):,} figures of {2 * count:,} series"
    yield f"check of {said}", ["check", "figures.csv"]
    yield f"ingest of {said}", ["ingest", "figures.duckdb", "figures.csv"]


def panel(folder: Path, share: float) -> Commands:
    """A wide file of levels, and a backtest with one origin a series."""
    count = max(2, round(SERIES * share))
    _panel(count, folder / "levels.csv")
    for name, models in (
        ("alone", "[autoregression, noisy_walk]"),
        ("pool", "[autoregression, noisy_walk, panel_autoregression]"),
    ):
        (folder / f"{name}.yaml").write_text(
            f"name: {name}\ntitle: {{en: Panel, vi: Nhóm}}\npanel: {{levels: levels.csv}}\n"
            f"origins: {{after_start: [6], least_follow_up: 12}}\nmodels: {models}\nhorizon: 24\npaths: 200\n",
            encoding="utf-8",
        )
    yield f"check of {count:,} series of {MONTHS} months", ["check", "levels.csv"]
    for name, said in (("alone", "each by itself"), ("pool", "the default pool")):
        yield f"backtest of {count:,} series, {said}", ["backtest", f"{name}.yaml", "--jobs", "2"]


def tables(folder: Path, share: float) -> Commands:
    """A file with a column for each of very many series, and tables of numbers without months, which are refused."""
    columns = max(2, round(10_000 * share))
    _panel(columns, folder / "wide.csv", 24)
    yield f"check of {columns:,} series of 24 months", ["check", "wide.csv"]
    for rows, width in ((300_000, 8), (30_000, 60)):
        rows = max(2, round(rows * share))
        numbers = np.random.default_rng(3).normal(100, 3, (rows, width)).round(2)
        pd.DataFrame(numbers).add_prefix("c").to_csv(folder / "numbers.csv", index=False)
        yield f"refusal of {rows:,} rows of {width} numbers without months", ["check", "numbers.csv"]


def store(folder: Path, share: float) -> Commands:
    """A store with many releases, asked and added to."""
    vintages, names = max(1, round(100 * share)), [f"s{i:04d}" for i in range(1000)]
    rng = np.random.default_rng(2)
    months = pd.period_range("2008-01", periods=100, freq="M")
    kept = Store(folder / "s.duckdb")
    for v in range(vintages):
        level = 100 * np.exp(rng.normal(0, 0.02, (100, 1000)).cumsum(axis=0))
        kept.add(pd.DataFrame(level.round(2), index=months + v, columns=names), f"{months[-1] + v + 1}-15")
    level = pd.DataFrame(rng.normal(100, 1, (100, 1000)).round(2), index=months + vintages, columns=names)
    level.rename_axis("month").to_csv(folder / "next.csv")
    rows = f"{vintages * 100_000:,} rows"
    yield f"check of a store of {rows}", ["check", "s.duckdb"]
    day = f"{months[-1] + vintages + 1}-15"
    yield f"ingest of 100,000 more into {rows}", ["ingest", "s.duckdb", "next.csv", "--published", day]
    content = bytearray((folder / "s.duckdb").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = bytes(4096)
    (folder / "s.duckdb").write_bytes(content)
    yield "the same where the store is damaged", ["ingest", "s.duckdb", "next.csv", "--published", day]


LOADS: dict[str, Callable[[Path, float], Commands]] = {
    "questions": questions,
    "figures": figures,
    "panel": panel,
    "tables": tables,
    "store": store,
}


def _panel(count: int, file: Path, last: int = MONTHS) -> None:
    """Levels with a season, a common part and a slump each, at months of their own; the last so many months."""
    rng = np.random.default_rng(0)
    months = pd.period_range("2004-01", periods=MONTHS, freq="M")
    growth = rng.normal(0.003, 0.012, (MONTHS, count)) + rng.normal(0, 0.008, (MONTHS, 1))
    start = rng.integers(120, 190, count)
    for i, month in enumerate(start):
        growth[month : month + 4, i] -= 0.05
        growth[month + 8 : month + 18, i] += 0.02
    season = 0.06 * np.sin(2 * np.pi * (np.arange(MONTHS)[:, None] + rng.integers(0, 12, count)) / 12)
    level = 100 * np.exp(growth.cumsum(axis=0) + season)
    names = [f"s{i:04d}" for i in range(count)]
    pd.DataFrame(level.round(2), index=months, columns=names).rename_axis("month").iloc[-last:].to_csv(file)


def _measured(argv: list[str], folder: Path) -> str:
    """Run a command; return clock and processor seconds and megabytes, or how it failed."""
    root = Path(__file__).parents[1]
    env = {**os.environ, "PYTHONPATH": str(root), **ALLOWED}
    began = time.monotonic()
    with (folder / "said").open("wb") as said:
        child = subprocess.Popen(
            [sys.executable, "-m", "forecast.cli", *argv], cwd=folder, env=env, stdout=said, stderr=said
        )
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - began
    line = f"{seconds:9.1f} {used.ru_utime + used.ru_stime:9.1f} {used.ru_maxrss / 1024:7.0f}"
    told = (folder / "said").read_text(encoding="utf-8", errors="replace").strip().splitlines()
    refused = argv[-1] == "numbers.csv" and child.returncode == 2
    return (
        line
        if child.returncode == 0 or refused
        else f"{line} FAILED: {told[-1] if told else child.returncode}"
    )


if __name__ == "__main__":
    main()
