"""Measure the store of vintages: ingest, `as_of` for one series and for a panel, growth to 10 million rows.

Targets (issue 4): one series under 0.2 s, 100 series under 2 s, 100,000 rows ingested under 10 s, linear growth.
Each time is printed as wall-clock/CPU seconds, because the first depends on what else the machine does.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from forecast.vintages import Store

SERIES, MONTHS, VINTAGES = 1_000, 100, 100  # 100,000 rows a vintage
SHOWN = (1, 10, 25, 50, 75, 100)
REAL_TIME = Path(__file__).parents[2] / "shared" / "data" / "us_realtime_ip.csv.gz"


def main() -> None:
    """Print one line per size of the store, then the real-time data set."""
    print(
        f"{'rows':>10} {'file MB':>8} {'ingest 100k':>12} {'one series':>12} {'100 series':>12} {'one cell':>12}"
    )
    with tempfile.TemporaryDirectory() as folder:
        growing_store(Store(Path(folder, "benchmark.duckdb")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "figures.csv")
        figures_file(path)
        took = timed(Store(Path(folder, "figures.duckdb")).ingest, path, repeat=1)
        print(f"a CSV file of 100,000 figures, checked and stored: {took} s")
    if REAL_TIME.exists():
        with tempfile.TemporaryDirectory() as folder:
            store = Store(Path(folder, "us.duckdb"))
            table = pd.read_csv(REAL_TIME)
            loaded = timed(store.add_vintages, table, repeat=1)
            asked = timed(store.level, "level", "1990-04-30")
            print(f"US industrial production, 759 vintages: loaded in {loaded} s, one vintage in {asked} s")


def growing_store(store: Store) -> None:
    """Add a vintage of 100,000 levels with two decimals a hundred times, asking in between."""
    rng = np.random.default_rng(20240520)
    names = [f"region{i // 10:03d}_sector{i % 10}" for i in range(SERIES)]
    first = pd.period_range("2008-01", periods=MONTHS, freq="M")
    level = 100 * np.exp(np.cumsum(rng.normal(0.002, 0.02, (MONTHS + VINTAGES, SERIES)), axis=0))
    for v in range(VINTAGES):
        revised = level[v : v + MONTHS] * np.exp(rng.normal(0, 0.002, (MONTHS, SERIES)))
        panel = pd.DataFrame(revised.round(2), index=first + v, columns=names)
        published = f"{first[-1] + v + 1}-15"
        ingest = timed(store.add, panel, published, repeat=1)
        if v + 1 in SHOWN:
            one = timed(store.as_of, published, names[537])
            hundred = timed(store.as_of, published, names[::10])
            cell = timed(store.history, names[537], first[-1] + v - 6)
            size = store.path.stat().st_size / 1e6
            rows = (v + 1) * SERIES * MONTHS
            print(f"{rows:>10,} {size:8.1f} {ingest:>12} {one:>12} {hundred:>12} {cell:>12}", flush=True)


def figures_file(path: Path) -> None:
    """Write 100,000 rates of 1,000 series."""
    rng = np.random.default_rng(20240520)
    months = pd.period_range("2010-01", periods=MONTHS, freq="M")
    rows = pd.DataFrame(
        {"region": np.repeat([f"region{i}" for i in range(SERIES)], MONTHS), "sector": "total"}
    )
    rows["period"] = np.tile(months.astype(str), SERIES)
    rows["measure"] = "yoy_pct"
    rows["value"] = rng.normal(5, 4, len(rows)).round(1)
    rows["published"] = np.tile([f"{month + 1}-06" for month in months], SERIES)
    rows.to_csv(path, index=False)


def timed(work: Callable[..., object], *arguments: object, repeat: int = 5) -> str:
    """Return the median wall-clock and CPU seconds of some work."""
    took = []
    for _ in range(repeat):
        wall, cpu = time.perf_counter(), time.process_time()
        work(*arguments)
        took.append((time.perf_counter() - wall, time.process_time() - cpu))
    wall, cpu = np.median(took, axis=0)
    return f"{wall:.2f}/{cpu:.2f}"


if __name__ == "__main__":
    main()
