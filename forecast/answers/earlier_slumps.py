"""What earlier slumps alone say of this one: a chance that looks at nothing but its age, beside the answer's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from forecast.answers.record import SHIPPED, learned
from forecast.arrays import YEAR
from forecast.backtest.earlier import known_again
from forecast.estimate import Estimate
from forecast.models import hazard
from forecast.outcome import EarlierSlumps


def earlier_slumps(
    estimate: Estimate, as_of: pd.Timestamp, folder: Path = SHIPPED
) -> tuple[EarlierSlumps, ...]:
    """Return what the slumps in the `learned.json` files of a folder say of a slump under way; nothing without one.

    Only files whose record is of exactly this pool count, the ones whose record the report shows, and of them only
    slumps that were known by `as_of`. They move no forecast. Raises ConfigError for a file of a later version.
    """
    if not estimate.slump.under_way:
        return ()
    plan, age = estimate.plan, int((estimate.history.origin - estimate.slump.start).n)
    rows = []
    for file in sorted(folder.glob("*.json")):
        content = learned(file)
        record = content["record"]
        if record is None or set(record["pool"]) != set(plan.models):
            continue
        durations, ended = known_again(content, as_of)
        if not ended.any():
            continue
        constant = hazard.hazard_per_month(durations, ended)
        F = hazard.kaplan_meier(durations, ended, age, plan.horizon, constant)
        rows.append(
            EarlierSlumps(
                record["panel"],
                record["title"],
                len(durations),
                int(ended.sum()),
                age,
                float(F[min(YEAR, plan.horizon) - 1]),
                float(F[-1]),
            )  # fmt: skip
        )
    return tuple(rows)
