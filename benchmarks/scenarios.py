"""Measure what ten scenarios add to an answer: `python benchmarks/scenarios.py`.

Ten scenarios of every kind (shocks, slopes, assumed paths of a related series, selections, tilted and exact means,
combinations) on 10,000 paths of 36 months of the shipped sample, and on the 30,000 of the default pool: CPU seconds of
the answer with them less those without, medians of five.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace

import numpy as np
import pandas as pd

from forecast import series
from forecast.answers import scenarios
from forecast.estimate import LevelData, Plan, estimate
from forecast.models import POOL
from forecast.scenario import Assumed, Condition, Scenario, Shock, Slope

ORIGIN = pd.Period("2009-12", "M")
RUNS = 5
SHOCK, SLOPE = Shock(ORIGIN + 3, -8.0, 6.0), Slope(ORIGIN + 3, 5.0)
HELD, TYPED = Assumed("twin", holds_at_pct=10.0), Assumed("twin", ((ORIGIN + 3, 7.0), (ORIGIN + 9, 9.0)))
LEAST, MEAN = Condition(2010, growth_at_least_pct=2.0), Condition(2010, growth_pct=3.0)
SCENARIOS = (
    Scenario("shock", (SHOCK,)),
    Scenario("slope", (), (SLOPE,)),
    Scenario("shock_and_slope", (SHOCK,), (SLOPE,)),
    Scenario("held", assumed=(HELD,)),
    Scenario("typed", assumed=(TYPED,)),
    Scenario("typed_and_shock", (SHOCK,), assumed=(TYPED,)),
    Scenario("least", conditions=(LEAST,)),
    Scenario("mean", conditions=(MEAN,)),
    Scenario("exact", conditions=(replace(MEAN, exactly=True),)),
    Scenario("slope_and_least", (), (SLOPE,), (LEAST,)),
)


def main() -> int:
    """Print CPU seconds by number of paths."""
    y = series.sample("elec_equip")
    twin = y * np.exp(np.random.default_rng(1).normal(0.0, 0.02, len(y)))
    data = LevelData(y, "elec_equip", ORIGIN.end_time.normalize(), panel=pd.DataFrame({"twin": twin}))
    labels = {name: {"en": name} for name in ("baseline", *(s.name for s in SCENARIOS))}
    for models in (("noisy_walk",), POOL):
        plan = Plan(horizon=36, models=models, paths=10_000)
        added = []
        for _ in range(RUNS):
            spent = []
            for asked in (plan, replace(plan, scenarios=SCENARIOS)):
                began = time.process_time()
                rows = scenarios.scenarios(estimate(data, asked, 1), labels)
                spent.append(time.process_time() - began)
            added.append(spent[1] - spent[0])
        refused = [row.name for row in rows if row.refused]
        print(
            f"{10_000 * len(models):,} paths: {statistics.median(added):.2f} CPU s; refused: {refused or 'none'}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
