"""Measure the default pool on panels that no choice has seen: `python benchmarks/unseen_panels.py`.

Cut from data that served other ends: US production before adjustment since 1919, US employment, US sales, income,
orders and housing, Malaysian production with and without adjustment. 1,000 paths; origins as in
configs/backtest_us.yaml but followed at least 12 months. One line per panel: the pool's skill over both walks, and the
best naive rule of all. Names of panels as arguments measure those alone.
"""

from __future__ import annotations

import fnmatch
import sys
from pathlib import Path

import pandas as pd

from forecast import series
from forecast.backtest import NAIVE, POOL, Origins, backtest
from forecast.estimate import LevelData, Plan
from forecast.slump import SlumpSpec

DATA = Path(__file__).parents[1].parent / "shared" / "data"
WALKS = ("random_walk_drift_block", "random_walk_drift")
ORIGINS = Origins(least_follow_up=12)
FILES = {"us": "us_fredmd_2026-08.csv", "us_nsa": "us_ip_total_nsa.csv", "malaysia": "malaysia_ipi.csv"}
INDUSTRIES = ("PAYEMS", "USGOOD", "CES*", "USCONS", "*MANEMP", "SRVPRD", "USTPU", "USWTRADE", "USTRADE")
DEMAND = ("CMRMTSPLx", "RETAILx", "DPCERA3M086SBEA", "RPI", "W875RX1", "HOUST", "PERMIT", "AMDMNOx")
PANELS = {  # file, columns, threshold in percent, adjusted
    "us_production_nsa": ("us_nsa", ("*",), 7.5, False),
    "us_employment": ("us", INDUSTRIES, 2.0, True),
    "us_demand": ("us", DEMAND, 5.0, True),
    "malaysia_nsa": ("malaysia", ("*[!a]",), 7.5, False),
    "malaysia_sa": ("malaysia", ("*_sa",), 5.0, True),
}
UNTIL = "2024-06"


def main() -> int:
    """Print a line per panel."""
    if not DATA.is_dir():
        print(f"{DATA} is missing: nothing to measure on")
        return 0
    for name in sys.argv[1:] or PANELS:
        file, patterns, threshold, adjusted = PANELS[name]
        given = _levels(series.read_panel(DATA / FILES[file])[:UNTIL], patterns)
        slump = SlumpSpec(threshold_pct=threshold, seasonally_adjusted=adjusted, window=3, hold=3)
        found = backtest(given, Plan(slump=slump, beside=WALKS, paths=1000), ORIGINS)
        scores = found.scores.pivot(index=["series", "origin"], columns="model", values="crps").mean()
        skill = " ".join(f"{walk} {100 * (1 - scores[POOL] / scores[walk]):+.1f} %" for walk in WALKS)
        print(
            f"{name}: {len(given)} series, {found.summary['episodes']} slumps, {found.summary['origins']} origins; "
            f"over {skill}; best naive {scores[list(NAIVE)].idxmin()}",
            flush=True,
        )
    return 0


def _levels(table: pd.DataFrame, patterns: tuple[str, ...]) -> list[LevelData]:
    names = [str(n) for n in table if any(fnmatch.fnmatchcase(str(n), p) for p in patterns)]
    kept = table[names]
    last = kept.index[-1].end_time.normalize()
    return [LevelData(kept[n].loc[kept[n].first_valid_index() :], n, last, 0, kept) for n in names]


if __name__ == "__main__":
    sys.exit(main())
