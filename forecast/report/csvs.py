"""The report's tables for machines: plain decimals, ISO months, one header line."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable

from forecast.outcome import FanMonth, Outcome

ALREADY = "already back"


def fan(outcome: Outcome) -> str:
    """Return fan.csv: month, median and band limits of the baseline, percent of normal."""
    names = [field.name for field in dataclasses.fields(FanMonth)]
    return _text(names, ([_cell(getattr(row, name)) for name in names] for row in outcome.fan))


def recovery(outcome: Outcome) -> str:
    """Return recovery.csv: per scenario the probability of return in each month and by it.

    The first row of a scenario is "already back", the last "after YYYY-MM"; the probabilities of all rows sum to 1.
    """
    rows = []
    for name, found in outcome.recovery.items():
        already, left = _cell(found.p_already_back), _cell(found.p_not_within_horizon)
        rows.append([name, ALREADY, already, already])
        rows += [[name, r.month, _cell(r.probability), _cell(r.cumulative)] for r in found.distribution]
        rows.append([name, f"after {found.distribution[-1].month}", left, "1"])
    return _text(["scenario", "month", "probability", "cumulative"], rows)


def _cell(value: str | float) -> str:
    """Ten significant digits, as in report.json."""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _text(header: list[str], rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
