"""Score P(annual target) on 32 European countries: `python benchmarks/targets.py [SHARE]`.

The target of year Y is growth of the annual mean at least that of Y − 1. Each month of the years 2006 to 2020 the
production function answers with the months before it (final data, no lag, 1,000 paths a model); one country in SHARE
(4 by default, 1 for all), others each year. Two rules state probabilities too, from the errors that they made at the
same month of earlier years: year to date carried forward, and each coming month as a year ago (seasonal naive). Each
rule comes in two forms: errors of the country alone, as a t law, and all earlier errors of the panel, as a share.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import stdtr

from forecast import config
from forecast.answers import targets
from forecast.estimate import estimate
from forecast.run.backtest import panel
from forecast.score import brier, percentile_interval, reliability, resample_clusters, resampled_skill, skill
from forecast.targets import AnnualTarget

REPO = Path(__file__).parents[1]
DATA = REPO.parent / "shared" / "data"
YEARS = range(2006, 2021)
PATHS = 1000
LEAST_ERRORS = 5
RULES = ("year_to_date, own", "year_to_date, panel", "seasonal_naive, own", "seasonal_naive, panel")


def main(share: int = 4) -> int:
    """Print Brier scores by quarter of the year, then reliability."""
    if not DATA.is_dir():
        print(f"{DATA} is missing: nothing to measure on")
        return 0
    asked = config.read_backtest(REPO / "configs" / "backtest_eu.yaml", (DATA,))
    given = {data.name: data for data in panel(asked)}
    plan = replace(asked.plan, paths=PATHS, beside=(), horizon=12)
    tables = {name: _years(data.y) for name, data in given.items()}
    began, rows = time.process_time(), []
    for name, year in _sample(tables, share):
        growth = _growth(tables[name])
        for month in range(1, 13):
            origin = pd.Period(year=year, month=month, freq="M") - 1
            data = replace(given[name], as_of=origin.end_time.normalize())
            asks = replace(plan, annual_targets=(AnnualTarget(year, float(growth[year - 1])),))
            row = targets.targets(estimate(data, asks, asked.config.seed))[0]
            reached = bool(growth[year] >= growth[year - 1])
            rows.append((name, year, month, reached, row.probability, *_rules(tables, name, year, month - 1)))
    columns = ["series", "year", "month", "reached", "ours", *RULES]
    table = pd.DataFrame(rows, columns=columns)
    print(
        f"{len(table)} forecasts, {table['reached'].mean():.2f} reached, {time.process_time() - began:.0f} CPU s\n"
    )
    _print(table, asked.config.seed)
    return 0


def _sample(tables: dict[str, pd.DataFrame], share: int) -> Iterator[tuple[str, int]]:
    """Countries and years: those with five earlier years of growth, one in `share`, in turn."""
    for i, (name, table) in enumerate(tables.items()):
        for year in YEARS:
            known = table.index[table.notna().all(axis=1)]
            if (i + year) % share == 0 and set(range(year - LEAST_ERRORS - 1, year + 1)) <= set(known):
                yield name, year


def _years(y: pd.Series) -> pd.DataFrame:
    """Levels by year and month, (years, 12)."""
    months = pd.PeriodIndex(y.index)
    return y.groupby([months.year, months.month]).first().unstack()


def _growth(table: pd.DataFrame) -> pd.Series:
    """Growth of the annual mean, percent, by year; NaN where a month is missing."""
    total = table.sum(axis=1, skipna=False)
    return 100.0 * (total / total.shift() - 1.0)


def _predicted(table: pd.DataFrame, known: int) -> dict[str, pd.Series]:
    """Annual growth as each rule states it once `known` months of the year are out, by year."""
    last = table.shift()
    naive = table.iloc[:, :known].sum(axis=1, skipna=False) + last.iloc[:, known:].sum(axis=1, skipna=False)
    to_date = table.iloc[:, :known].sum(axis=1, skipna=False) / last.iloc[:, :known].sum(axis=1, skipna=False)
    carried = 100.0 * (to_date - 1.0) if known else _growth(table).shift()
    return {"year_to_date": carried, "seasonal_naive": 100.0 * (naive / last.sum(axis=1, skipna=False) - 1.0)}


def _rules(tables: dict[str, pd.DataFrame], name: str, year: int, known: int) -> list[float]:
    """P(target) by both rules, each in both forms, in the order of `RULES`."""
    growth, stated = _growth(tables[name]), _predicted(tables[name], known)
    out = []
    for rule, of_country in stated.items():
        needed = float(
            growth[year - 1] - of_country[year]
        )  # the target is reached where the error is no less
        errors = {
            key: (_growth(table) - _predicted(table, known)[rule]).loc[: year - 1].dropna().to_numpy()
            for key, table in tables.items()
        }
        own, every = errors[name], np.concatenate(list(errors.values()))
        n = len(own)
        spread = own.std(ddof=1) * np.sqrt(1.0 + 1.0 / n)
        out += [
            float(1.0 - stdtr(n - 1, (needed - own.mean()) / spread)),
            float(((every >= needed).sum() + 0.5) / (len(every) + 1.0)),
        ]
    return out


def _print(table: pd.DataFrame, seed: int) -> None:
    """Brier by quarter of the month in which the forecast was made, with what ours saves; then reliability."""
    table = table.assign(quarter=(table["month"] + 2) // 3)
    reached, once = np.where(table["reached"], 1.0, np.nan), np.ones(len(table))
    scores = {name: brier(table[[name]].to_numpy(), reached, once, (1,))[:, 0] for name in ("ours", *RULES)}
    rng = np.random.default_rng(seed)
    resamples = resample_clusters(table["year"], 2000, rng)
    print(f"{'Brier by quarter':24s}" + "".join(f"{f'Q{q}':>26s}" for q in range(1, 5)))
    for name, score in scores.items():
        print(
            f"{name:24s}"
            + "".join(_cell(scores["ours"], score, resamples, table["quarter"] == q) for q in range(1, 5))
        )
    for name in scores:
        print(f"\nreliability of {name}")
        found = reliability(table[[name]].to_numpy(), reached, once, (1,))
        print(found.drop(columns="horizon").round(3).to_string(index=False))


def _cell(ours: np.ndarray, theirs: np.ndarray, resamples: np.ndarray, rows: pd.Series) -> str:
    """A mean score, and what ours saves of it with its 90 % interval over years, percent."""
    kept = rows.to_numpy()
    if ours is theirs:
        return f"{theirs[kept].mean():26.3f}"
    low, high = percentile_interval(resampled_skill(ours[kept], theirs[kept], resamples[:, kept]), 0.9)
    saved = 100.0 * skill(ours[kept], theirs[kept])
    return f"{theirs[kept].mean():8.3f} {saved:+5.0f} % [{100 * low:+4.0f}, {100 * high:+4.0f}]"


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
