"""The report's tables for machines: plain decimals, ISO months, one header line."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from forecast.arrays import YEAR
from forecast.outcome import FanMonth, NeededSpan, NextRelease, Outcome, ScenarioRow

ALREADY = "already back"
NUMBERS = "%.10g"
"""Ten significant digits, as in report.json."""

COMPARED = ("median", "median_after", "p_within_12", "months_gained", "months_below", "months_below_gained")
"""What scenarios.csv holds of each scenario, before the growth of its years, where a slump is under way."""


def files(outcome: Outcome) -> dict[str, str]:
    """Return every table that the outcome holds, by file name."""
    return {name: TABLES[name](outcome) for name in names(outcome)}


def names(outcome: Outcome) -> list[str]:
    """Return the file names of the tables that the outcome holds."""
    held = {
        "recovery.csv": outcome.slump,
        "onset.csv": outcome.onset,
        "scenarios.csv": outcome.scenarios,
        "next_releases.csv": outcome.next_releases,
        "needed.csv": outcome.needed,
    }
    return [name for name in TABLES if held.get(name, True)]


def fan(outcome: Outcome) -> str:
    """Return fan.csv: month, median and band limits of the baseline, percent of normal."""
    return _text(_table(FanMonth, outcome.fan))


def recovery(outcome: Outcome) -> str:
    """Return recovery.csv: per scenario the probability of return in each month and by it.

    The first row of a scenario is "already back", the last "after YYYY-MM"; the probabilities of all rows sum to 1.
    """
    rows: list[tuple[str, str, float, float]] = []
    for name, answer in outcome.recovery.items():
        rows.append((name, ALREADY, answer.p_already_back, answer.p_already_back))
        rows += [(name, str(row.month), row.probability, row.cumulative) for row in answer.distribution]
        rows.append((name, f"after {answer.distribution[-1].month}", answer.p_not_within_horizon, 1.0))
    return _text(pd.DataFrame(rows, columns=["scenario", "month", "probability", "cumulative"]))


def onset(outcome: Outcome) -> str:
    """Return onset.csv: per scenario the probability that a slump has begun by each month, where none is under way."""
    assert outcome.onset is not None
    rows = [
        (name, str(outcome.origin + h), p)
        for name, by in outcome.onset.cumulative.items()
        for h, p in enumerate(by, start=1)
    ]
    return _text(pd.DataFrame(rows, columns=["scenario", "month", "cumulative"]))


def next_releases(outcome: Outcome) -> str:
    """Return next_releases.csv: what will be printed, by month and measure, median and interval limits in percent."""
    return _text(_table(NextRelease, outcome.next_releases))


def needed(outcome: Outcome) -> str:
    """Return needed.csv: a row per year with a target, total or sector, and span; growth in percent, chances as shares.

    What a span that is over would need, and what is not planned, stays blank.
    """
    spans = [
        (year.year, row.name, row.target_pct, span)
        for year in outcome.needed
        for row in year.rows
        for span in row.spans
    ]
    table = pd.DataFrame([where for *where, _ in spans], columns=["year", "series", "target_pct"])
    own = _table(NeededSpan, [span for *_, span in spans])
    return _text(pd.concat([table, own.astype({"seen": "Int64", "seen_of": "Int64"})], axis=1))


def scenarios(outcome: Outcome) -> str:
    """Return scenarios.csv: one row per scenario, the baseline first; what is not known stays blank.

    Months as in report.json, growth_YYYY_pct in percent, plausibility only of scenarios with conditions
    or assumed paths. Where no slump is under way, the chance that one begins within a year stands for the return.
    """
    years = sorted({year for row in outcome.scenarios for year in row.annual_growth})
    rows = [
        {
            "scenario": row.name,
            **_dated(outcome, row),
            **{f"growth_{year}_pct": row.annual_growth.get(year) for year in years},
            "plausibility": row.plausibility,
            "refused": row.refused,
        }
        for row in outcome.scenarios
    ]
    table = pd.DataFrame(rows)
    return _text(table.astype({"months_gained": "Int64"} if "months_gained" in table else {}))


def _dated(outcome: Outcome, row: ScenarioRow) -> dict[str, object]:
    """What is told of a scenario's dates: of the return, or of the next slump where it was answered."""
    if outcome.slump is not None:
        return {name: getattr(row, name) for name in COMPARED}
    of = outcome.onset
    return {} if of is None else {
        "onset_within_12": of.within(YEAR, row.name) if row.name in of.cumulative else None
    }  # fmt: skip


TABLES: Mapping[str, Callable[[Outcome], str]] = {
    "fan.csv": fan,
    "recovery.csv": recovery,
    "onset.csv": onset,
    "scenarios.csv": scenarios,
    "next_releases.csv": next_releases,
    "needed.csv": needed,
}
"""What makes each table, by file name, in the order in which they are told of."""


def _table(kind: type[object], rows: Sequence[object]) -> pd.DataFrame:
    """A column for each field of a kind of row."""
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]  # every row is a dataclass
    return pd.DataFrame([[getattr(row, name) for name in names] for row in rows], columns=names)


def _text(table: pd.DataFrame) -> str:
    return table.to_csv(index=False, float_format=NUMBERS, lineterminator="\n")
