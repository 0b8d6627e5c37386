"""Score forecasts of the next national yoy print of Vietnam, in real time: `python benchmarks/releases.py`.

At every release in configs/data/vietnam_published_figures.csv that first prints the yoy of a month, the production
function answers with what was published by the day before (default pool, Tết and working days, 1,000 paths a model),
however old the latest figure then is. Two rules see the same figures: same as last month (the yoy of the latest month
printed) and seasonal naive (the yoy of the same month in the latest year that has one). Their 80 % interval is the
80 % quantile of their own absolute errors at earlier releases, at least eight. All are scored on the same releases:
mean absolute error, weighted interval score of median and 80 % interval, coverage.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import figures
from forecast.answers.next_releases import printed_since
from forecast.errors import ForecastError
from forecast.estimate import FigureData, Plan, estimate
from forecast.score import (
    absolute_error,
    inside,
    percentile_interval,
    resample_blocks,
    resampled_skill,
    skill,
    weighted_interval_score,
)

REPO = Path(__file__).parents[1]
TARGET = ("vietnam", "total")
MEASURE = "yoy_pct"
PLAN = Plan(horizon=24, country="VN", holidays=("tet",), paths=1000)
SEED = 20240520
LEAST_ERRORS = 8
LEVELS = (0.1, 0.5, 0.9)
RULES = ("same_as_last_month", "seasonal_naive")


def main() -> int:
    """Print one line per release, then the scores on all of them and on those one month ahead."""
    read = figures.read(REPO / "configs" / "data" / "vietnam_published_figures.csv")
    table = read.select(*TARGET).table
    yoy = table[table["measure"] == MEASURE].sort_values("published", kind="stable")
    began, rows, unforecast = time.process_time(), [], []
    past: dict[str, list[float]] = {rule: [] for rule in RULES}
    for period, value, published in _first_prints(yoy):
        day = published - pd.Timedelta(days=1)
        stated = _rules(yoy[yoy["published"] <= day], period)
        if stated is None:
            continue
        data = FigureData(read, TARGET, (), day)
        try:
            made = estimate(data, PLAN, SEED)
        except ForecastError as error:
            unforecast.append(f"{period}: {error.problems[0]}")
            made = None
        expected = made and {
            row.month: row for row in printed_since(data, made) if row.measure == MEASURE
        }.get(str(period))
        if expected and min(map(len, past.values())) >= LEAST_ERRORS:
            ahead = (period - made.history.origin).n
            spread = {rule: float(np.quantile(np.abs(past[rule]), 0.8)) for rule in RULES}
            rows.append(
                (
                    str(period), str(published.date()), ahead, value,
                    expected.lower_80, expected.median, expected.upper_80,
                    *(stated[rule] + side * spread[rule] for rule in RULES for side in (-1, 0, 1)),
                )
            )  # fmt: skip
        for rule in RULES:
            past[rule].append(value - stated[rule])
    columns = [f"{name}_{q}" for name in ("ours", *RULES) for q in LEVELS]
    found = pd.DataFrame(rows, columns=["month", "published", "ahead", "value", *columns])
    print(found.round(1).to_string(index=False))
    print(f"\nnot forecast: {'; '.join(unforecast) or 'none'}; {time.process_time() - began:.0f} CPU s")
    _print("all releases", found)
    _print("one month ahead", found[found["ahead"] == 1])
    return 0


def _first_prints(yoy: pd.DataFrame) -> list[tuple[pd.Period, float, pd.Timestamp]]:
    """The first print of each month, but for those printed more than two months late, in order of publication."""
    first = yoy.drop_duplicates("period", keep="first")
    late = first["published"] > first["period"].map(lambda month: (month + 2).end_time)
    kept = first[~late]
    return list(zip(kept["period"], kept["value"].astype(float), kept["published"], strict=True))


def _rules(known: pd.DataFrame, period: pd.Period) -> dict[str, float] | None:
    """What each rule says of a month by the latest prints known; None where one has nothing to go by."""
    latest = (
        known.drop_duplicates("period", keep="last").set_index("period")["value"].astype(float).sort_index()
    )
    latest = latest[latest.index < period]
    same = latest[[month.month == period.month for month in latest.index]]
    if latest.empty or same.empty:
        return None
    return {"same_as_last_month": float(latest.iloc[-1]), "seasonal_naive": float(same.iloc[-1])}


def _print(title: str, found: pd.DataFrame) -> None:
    """One line per forecaster; what ours saves of a rule's score with its 90 % interval over blocks of a year."""
    print(f"\n{title}: {len(found)}")
    value = found["value"].to_numpy()
    scores = {}
    for name in ("ours", *RULES):
        q = found[[f"{name}_{level}" for level in LEVELS]].to_numpy()
        wis = weighted_interval_score(value, q, LEVELS).score
        scores[name] = wis
        line = f"{name:20s} MAE {absolute_error(value, q[:, 1]).mean():5.2f}   WIS {wis.mean():5.2f}"
        line += f"   inside 80 %: {inside(value, q[:, 0], q[:, 2]).mean():.2f}"
        if name != "ours":
            resamples = resample_blocks(len(found), 6, 2000, np.random.default_rng(SEED))
            low, high = percentile_interval(resampled_skill(scores["ours"], wis, resamples), 0.9)
            line += f"   ours saves {100 * skill(scores['ours'], wis):+.0f} % [{100 * low:+.0f}, {100 * high:+.0f}]"
        print(line)


if __name__ == "__main__":
    sys.exit(main())
