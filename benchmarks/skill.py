"""Measure what each model is worth in the pool: `python benchmarks/skill.py us --models autoregression,noisy_walk`.

Every model of `--models` and `--beside` is forecast once at the origins of configs/backtest_<panel>.yaml, then pooled
in every way that `--pools` names ("a+b,a+b+c"). Skill is 100·(1 − CRPS/CRPS of random_walk_drift_block). Choices are
made on "choosing" alone: US slumps that began before 1990, German ones before 2005; the rest confirms.
`--neighbours N` lets the panel hold only N other series, those with the most months; 0 is a series on its own.
`--set panel_autoregression.shrinkage=300` gives a model another setting than its default, one process only.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import config
from forecast.backtest import Origins, backtest
from forecast.estimate import LevelData
from forecast.models import POOL, REGISTRY
from forecast.models.combine import logit_pool
from forecast.run.backtest import panel
from forecast.score import censored_crps

REPO = Path(__file__).parents[1]
DATA = REPO.parent / "shared" / "data"
BASE = "random_walk_drift_block"
CHOSEN_BEFORE = {"us": 1990, "de": 2005}


def main() -> int:
    """Print a line per model and pool: skill in each part of the panel."""
    args = _arguments()
    if not DATA.is_dir():
        print(f"{DATA} is missing: nothing to measure on")
        return 0
    _set(args.set)
    names = list(dict.fromkeys([*args.models.split(","), *filter(None, args.beside.split(",")), BASE]))
    asked = config.read_backtest(REPO / "configs" / f"backtest_{args.panel}.yaml", (DATA,))
    chosen = asked.config.origins
    plan = replace(asked.plan, models=tuple(names), beside=(), paths=args.paths)
    given = [_neighbours(data, args.neighbours) for data in panel(asked)]
    found = backtest(
        given, plan, Origins(chosen.after_start, chosen.every, chosen.least_follow_up), asked.config.seed,
        jobs=args.jobs, store=args.store, resume=args.store is not None,
    )  # fmt: skip
    keys = ["series", "slump_start", "origin"]
    truth = found.recovery_outcomes.set_index(keys)
    wide = found.recovery_forecasts.pivot(index=[*keys, "model"], columns="horizon", values="probability")
    members = {name: wide.xs(name, level="model").loc[truth.index].to_numpy() for name in names}
    pools = [p.split("+") for p in args.pools.split(",")] if args.pools else _subsets(args.models.split(","))
    parts = _parts(args.panel, pd.PeriodIndex(truth.index.get_level_values("slump_start"), freq="M"))
    print(f"{'':70s} " + " ".join(f"{name:>16s}" for name in parts))
    for label in [*([name] for name in names), *(p for p in pools if len(p) > 1)]:
        F = members[label[0]] if len(label) == 1 else _pooled([members[name] for name in label])
        print(
            f"{'+'.join(label):70s} "
            + " ".join(_cell(F, members[BASE], truth, part) for part in parts.values())
        )
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("panel", choices=("us", "eu", "de"), nargs="?", default="us")
    parser.add_argument("--models", default=",".join(POOL), help="pooled in every subset unless --pools")
    parser.add_argument("--beside", default="", help="scored alone")
    parser.add_argument("--pools", default="", help="a+b,a+b+c")
    parser.add_argument("--set", action="append", default=[], help="model.setting=value")
    parser.add_argument("--neighbours", type=int, help="other series the panel may hold (default: all)")
    parser.add_argument("--paths", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--store", help="folder that keeps forecasts, so that a second run goes on")
    return parser.parse_args()


def _set(settings: list[str]) -> None:
    """Give models of the registry other settings than their defaults."""
    for setting in settings:
        place, value = setting.split("=")
        name, field = place.split(".")
        held = REGISTRY[name]
        REGISTRY[name] = replace(held, spec=replace(held.spec, **{field: ast.literal_eval(value)}))


def _neighbours(data: LevelData, count: int | None) -> LevelData:
    """The target with only so many others, those with the most months first, so that the one is a long one."""
    if count is None:
        return data
    others = data.panel.drop(columns=data.name)
    kept = others.notna().sum().sort_values(ascending=False, kind="stable").index[:count]
    return replace(data, panel=others[list(kept)])


def _subsets(names: list[str]) -> list[list[str]]:
    return [list(s) for r in range(2, len(names) + 1) for s in itertools.combinations(names, r)]


def _pooled(members: list[np.ndarray]) -> np.ndarray:
    """Logit pool of distributions (origins, H)."""
    return np.stack([logit_pool(np.stack(rows)) for rows in zip(*members, strict=True)])


def _parts(panel: str, starts: pd.PeriodIndex) -> dict[str, np.ndarray]:
    every = np.ones(len(starts), dtype=bool)
    if before := CHOSEN_BEFORE.get(panel):
        return {"choosing": starts.year < before, "later": starts.year >= before, "all": every}
    crisis = (starts.year == 2008) | (starts.year == 2009)
    return {"2008-09": crisis, "other years": ~crisis, "all": every}


def _cell(F: np.ndarray, base: np.ndarray, truth: pd.DataFrame, part: np.ndarray) -> str:
    T, c = (truth[name].to_numpy(dtype=float)[part] for name in ("recovered_after", "follow_up"))
    ours, theirs = (censored_crps(f[part], T, c).mean() for f in (F, base))
    return f"{ours:7.3f} {100 * (1 - ours / theirs):+6.1f} %"


if __name__ == "__main__":
    sys.exit(main())
