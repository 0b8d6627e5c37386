"""The report's tables for machines: plain decimals, ISO months, one header line."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable

from forecast.outcome import FanMonth, NextRelease, Outcome

ALREADY = "already back"


def files(outcome: Outcome) -> dict[str, str]:
    """Return every table that the outcome holds, by file name."""
    found = {"fan.csv": fan(outcome), "recovery.csv": recovery(outcome)}
    if outcome.scenarios:
        found["scenarios.csv"] = scenarios(outcome)
    if outcome.next_releases:
        found["next_releases.csv"] = next_releases(outcome)
    return found


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


def next_releases(outcome: Outcome) -> str:
    """Return next_releases.csv: what will be printed, by month and measure, median and interval limits in percent."""
    names = [field.name for field in dataclasses.fields(NextRelease)]
    return _text(names, ([_cell(getattr(row, name)) for name in names] for row in outcome.next_releases))


def scenarios(outcome: Outcome) -> str:
    """Return scenarios.csv: one row per scenario, the baseline first; what is not known stays blank.

    Months as in report.json, growth_YYYY_pct in percent, plausibility only of scenarios with conditions
    or assumed paths.
    """
    years = sorted({year for row in outcome.scenarios for year in row.annual_growth})
    names = [
        "name",
        "median",
        "median_after",
        "p_within_12",
        "months_gained",
        "months_below",
        "months_below_gained",
    ]
    rows = (
        [
            *(_cell(getattr(row, name)) for name in names),
            *(_cell(row.annual_growth.get(year)) for year in years),
            _cell(row.plausibility),
            _cell(row.refused),
        ]
        for row in outcome.scenarios
    )
    growth = (f"growth_{year}_pct" for year in years)
    return _text(["scenario", *names[1:], *growth, "plausibility", "refused"], rows)


def _cell(value: str | float | None) -> str:
    """Ten significant digits, as in report.json; blank where there is no value."""
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _text(header: list[str], rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
