"""Compare two states of the code by pairs: `python benchmarks/changes.py keep de before.csv`, then `… compare`.

`keep PANEL FILE` runs the backtest of configs/backtest_<panel>.yaml with few paths and writes a row per forecast of the
pool: its CRPS, that of the block walk, and whether the level lay in its 80 % interval. `compare BEFORE AFTER` prints,
for slumps that began before 2005 (on which is chosen, US and DE) and later ones, skill and its change with 90 %
intervals by start year, paired, then by age, with the share of levels inside and the score of intervals.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import config
from forecast.backtest import POOL, Backtest, Origins, backtest
from forecast.run.backtest import panel
from forecast.score import (
    censored_crps,
    inside,
    percentile_interval,
    resample_clusters,
    weighted_interval_score,
)

REPO = Path(__file__).parents[1]
DATA = REPO.parent / "shared" / "data"
BASE = "random_walk_drift_block"
CHOSEN_BEFORE = 2005
KEYS = ["series", "slump_start", "origin"]
QUANTILES = {"q05": 0.05, "q10": 0.1, "q25": 0.25, "median": 0.5, "q75": 0.75, "q90": 0.9, "q95": 0.95}
DRAWS = 2_000


def main() -> int:
    """Keep a panel's forecasts, or compare two that were kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_subparsers(dest="what", required=True)
    keep = what.add_parser("keep")
    keep.add_argument("panel", choices=("us", "de", "eu"))
    keep.add_argument("file", type=Path)
    keep.add_argument("--paths", type=int, default=1000)
    compare = what.add_parser("compare")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    args = parser.parse_args()
    if args.what == "compare":
        _compare(pd.read_csv(args.before), pd.read_csv(args.after))
    elif DATA.is_dir():
        _kept(_made(args.panel, args.paths)).to_csv(args.file, index=False)
    else:
        print(f"{DATA} is missing: nothing to measure on")
    return 0


def _made(name: str, paths: int) -> Backtest:
    asked = config.read_backtest(REPO / "configs" / f"backtest_{name}.yaml", (DATA,))
    chosen = asked.config.origins
    plan = replace(asked.plan, beside=(BASE,), paths=paths)
    origins = Origins(chosen.after_start, chosen.every, chosen.least_follow_up)
    return backtest(panel(asked), plan, origins, asked.config.seed)


def _kept(found: Backtest) -> pd.DataFrame:
    """A row per forecast: start year, age, CRPS of pool and block walk, share of levels inside, interval score."""
    truth = found.recovery_outcomes.set_index(KEYS)
    wide = found.recovery_forecasts.pivot(index=[*KEYS, "model"], columns="horizon", values="probability")
    after, seen = (truth[name].to_numpy(dtype=float) for name in ("recovered_after", "follow_up"))
    rows = truth.index.to_frame(index=False)
    start, origin = (pd.PeriodIndex(rows[name], freq="M") for name in ("slump_start", "origin"))
    rows["year"], rows["age"] = start.year, origin.asi8 - start.asi8
    for column, model in (("pool", POOL), ("base", BASE)):
        F = wide.xs(model, level="model").loc[truth.index].to_numpy()
        rows[column] = censored_crps(F, after, seen)
    levels = found.point_forecasts.query("measure == 'level' and model == @POOL").copy()
    observed = levels["observed"].to_numpy()
    levels["inside"] = inside(observed, levels["q10"], levels["q90"])
    quantiles = levels[list(QUANTILES)].to_numpy()
    wis = weighted_interval_score(observed, quantiles, tuple(QUANTILES.values())).score
    levels["wis"] = 100 * wis / observed
    means = levels.groupby(["series", "origin"])[["inside", "wis"]].mean().reset_index()
    return rows.merge(means, on=["series", "origin"], validate="one_to_one")


def _compare(before: pd.DataFrame, after: pd.DataFrame) -> None:
    both = before.merge(after, on=[*KEYS, "year", "age"], suffixes=("_old", "_new"), validate="one_to_one")
    early = both["year"] < CHOSEN_BEFORE
    for name, rows in (("choosing", both[early]), ("later", both[~early]), ("all", both)):
        print(_line(name, rows))
    for age, rows in both.groupby("age"):
        wis = 100 * (rows["wis_new"].mean() / rows["wis_old"].mean() - 1)
        shares = f"levels inside 80 %: {rows['inside_old'].mean():.2f} → {rows['inside_new'].mean():.2f}"
        print(f"{_line(f'age {age}', rows)}  {shares}, interval score {wis:+.1f} %")


def _line(name: str, rows: pd.DataFrame) -> str:
    resamples = resample_clusters(rows["year"], DRAWS, np.random.default_rng(1))
    resamples = resamples[resamples.sum(axis=1) > 0]
    told = []
    for counts in (np.ones((1, len(rows))), resamples):
        old, new = (
            100
            * (1 - counts @ rows[f"pool_{state}"].to_numpy() / (counts @ rows[f"base_{state}"].to_numpy()))
            for state in ("old", "new")
        )
        told.append((new, new - old))
    (skill, change), (skills, changes) = told
    low, high = percentile_interval(skills, 0.9)
    less, more = percentile_interval(changes, 0.9)
    return (
        f"{name:9s} {len(rows):4d} forecasts  skill {skill[0]:+6.2f} [{low:+.1f}, {high:+.1f}]"
        f"  change {change[0]:+.2f} [{less:+.2f}, {more:+.2f}]"
    )


if __name__ == "__main__":
    sys.exit(main())
