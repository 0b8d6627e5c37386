"""How good is the chance that a slump begins within a year: `python benchmarks/onset.py [PATHS]`.

The EU and US panels of configs/backtest_*.yaml, at the end of every June and December at which no slump is under way
and two years of data follow. A block per panel: forecasts, slumps that came within 12 months, Brier score beside that
of two rules (the share of earlier origins of the panel that a slump followed, known by then; a random walk with drift
by blocks of 12 months), and how often one came where the chance was said to be under 10, 10 to 20, 20 to 40, over 40 %.
Pseudo real time: levels as last published, the rule's own dating on all data as truth.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import config
from forecast.answers.onset import onset
from forecast.estimate import LevelData, Plan, estimate
from forecast.parallel import in_order, pmap
from forecast.run.backtest import panel
from forecast.series import History
from forecast.slump import FIRST_CANDIDATE, find_slumps

HERE = Path(__file__).parents[1]
DATA = HERE.parent / "shared" / "data"
YEAR, FOLLOWED = 12, 24
EDGES = (0.10, 0.20, 0.40)


def main() -> int:
    """Print a block per panel."""
    if not DATA.is_dir():
        print(f"{DATA} is missing: nothing to measure on")
        return 0
    paths = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    for name in ("backtest_eu", "backtest_us"):
        asked = config.read_backtest(HERE / "configs" / f"{name}.yaml", (DATA,))
        plan = replace(asked.plan, paths=paths, beside=("random_walk_drift_block",), nowcast=None)
        given = [(data, plan) for data in panel(asked) if isinstance(data, LevelData)]
        rows = [row for found in in_order(pmap(forecasts, given, 2)) for row in found]
        show(name, pd.DataFrame(rows, columns=["series", "origin", "pool", "walk", "came"]))
    return 0


def forecasts(task: tuple[LevelData, Plan]) -> list[tuple[str, pd.Period, float, float, bool]]:
    """Chance by pool and walk, and what came, at every half year of one series in which nothing slumps."""
    data, plan = task
    y = data.known
    months = pd.PeriodIndex(y.index)
    whole = History(months, y.to_numpy(float)[None], np.zeros((1, len(y))), np.zeros(len(y), bool), data.name)
    starts = [slump.start for slump in find_slumps(whole, plan.slump)]
    rows = []
    for origin in months[FIRST_CANDIDATE - 1 : -FOLLOWED]:
        if origin.month % 6:
            continue
        known = replace(data, as_of=origin.end_time.normalize())
        found = estimate(known, plan, 1)
        told = onset(found)
        if told is None:
            continue
        walk = onset(replace(found, paths=found.simulated["random_walk_drift_block"]))
        assert walk is not None
        came = any(origin < start <= origin + YEAR for start in starts)
        rows.append((data.name, origin, told.within(YEAR), walk.within(YEAR), came))
    return rows


def show(name: str, table: pd.DataFrame) -> None:
    """Print scores and reliability of one panel."""
    came = table["came"].to_numpy(float)
    known = [
        table[table["origin"] + YEAR <= origin]["came"].mean()
        if (table["origin"] + YEAR <= origin).any()
        else 0.1
        for origin in table["origin"]
    ]
    brier = {
        word: float(np.square(np.asarray(p, float) - came).mean())
        for word, p in (("pool", table["pool"]), ("walk", table["walk"]), ("earlier share", known))
    }
    print(
        f"{name}: {len(table)} forecasts, {int(came.sum())} followed by a slump; mean said {table['pool'].mean():.3f}"
    )
    print("  Brier " + ", ".join(f"{word} {value:.4f}" for word, value in brier.items()))
    bins = np.digitize(table["pool"], EDGES)
    for i in range(len(EDGES) + 1):
        of = bins == i
        if of.any():
            print(
                f"  said {table['pool'][of].mean():.3f} on average, came {came[of].mean():.3f} ({of.sum()})"
            )


if __name__ == "__main__":
    sys.exit(main())
