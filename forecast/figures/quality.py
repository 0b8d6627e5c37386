"""`check`: what looks wrong in published figures, and what arithmetic alone forbids, in plain sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.figures.arithmetic import changed_over, contradictions
from forecast.figures.repeated import repeated
from forecast.figures.table import CELL, Day, Figures, Row, as_day, grouped, publication_rank
from forecast.figures.units import finding, rates_among_index_values, units_and_jumps
from forecast.tables import RENAMED_WITHIN, Finding, nearest_name

_ZONES = pd.Timedelta(days=1)  # by which the office's calendar may be ahead of the machine's
_STALE = 3  # months without a new figure; chosen: two are usual delay


def check(figures: Figures, day: Day | None = None, today: Day | None = None) -> tuple[Finding, ...]:
    """Return what looks wrong: gaps, duplicates, stale series, mistaken units, jumps, contradictions, rates
    that stand under each other's name, months that hold another month's figures.

    Contradictions are those of arithmetic, on the last vintage of each cell, beyond rounding and beyond what a
    revision explains: a year to date must lie between the one to the month before and the month's own rate, and so
    on. Which of the figures is to blame is for `levels` to tell.
    day : against which a series is stale; by default the latest date of publication
    today : figures published later are named, as a slip of the year makes them the latest of all
    """
    last = figures.latest()
    newest = figures.table["published"].max() if day is None else as_day(day)
    findings = [Finding("note", figures.file, note) for note in figures.notes]
    findings += _duplicates(figures)
    findings += _from_the_future(figures, today)
    rows = last.rows()
    for series in grouped(rows, "region", "sector").values():
        findings += _gaps(series)
        findings += _stale(series, newest)
    findings += units_and_jumps(rows)
    findings += rates_among_index_values(rows)
    findings += (contradictory := contradictions(figures))
    findings += changed_over(figures, contradictory)
    findings += repeated(figures)
    findings += renamed(figures)
    return tuple(findings)


def renamed(figures: Figures) -> tuple[Finding, ...]:
    """Return the series that end where another of their region or of their sector, of nearly its name, begins."""
    held: dict[tuple[str, str], list[Row]] = {}
    for row in figures.latest().rows():
        held.setdefault((row.region, row.sector), []).append(row)
    begins: dict[int, list[tuple[str, str]]] = {}
    for name, rows in held.items():
        begins.setdefault(min(row.period.ordinal for row in rows), []).append(name)
    out = []
    for (region, sector), rows in held.items():
        last = max(rows, key=lambda row: row.period.ordinal)
        reach = range(last.period.ordinal + 1, last.period.ordinal + RENAMED_WITHIN + 1)
        near = {name: first for first in reach for name in begins.get(first, ())}
        of_region = nearest_name(sector, [other for place, other in near if place == region])
        of_sector = nearest_name(region, [place for place, other in near if other == sector])
        if of_region is None and of_sector is None:
            continue
        other = (region, of_region) if of_region is not None else (str(of_sector), sector)
        first = pd.Period(ordinal=near[other], freq="M")
        begun = f"{' '.join(other)} begins in {first}"
        sentence = f"ends in {last.period}, and {begun}; where they are one, give both one name"
        out.append(replace(finding("renamed", last, sentence, stops=True)))
    return tuple(out)


def _duplicates(figures: Figures) -> list[Finding]:
    table = figures.table.assign(rank=publication_rank(figures.table))
    again = replace(figures, table=figures.table[table.duplicated([*CELL, "rank"])])
    return [
        finding(
            "duplicate",
            row,
            f"{row.measure} {row.value:g} of {row.period} is given twice for one date",
        )
        for row in again.rows()
    ]


def _from_the_future(figures: Figures, today: Day | None) -> list[Finding]:
    late = [row for row in figures.rows() if today is not None and _earliest(row) > as_day(today) + _ZONES]
    return [
        finding(
            "future",
            row,
            f"{row.measure} {row.value:g} of {row.period} is dated {row.published:%Y-%m-%d}, which is still to "
            "come; correct the date, or give as_of",
            stops=True,
        )
        for row in late
    ]


def _earliest(row: Row) -> pd.Timestamp:
    """The first day that a date of publication may mean."""
    return row.published if row.published_day_known else row.published.replace(day=1)


def _gaps(series: list[Row]) -> list[Finding]:
    """Say which months between the first and the last have no figure at all."""
    held = pd.PeriodIndex([row.period for row in series], freq="M").unique().sort_values()
    missing = pd.PeriodIndex(pd.period_range(held[0], held[-1], freq="M").difference(held))
    if missing.empty:
        return []
    last = max(series, key=lambda row: row.period)
    sentence = f"no figure for {len(missing)} of the months from {held[0]} to {held[-1]} ({_spans(missing)})"
    return [replace(finding("gap", last, sentence), months=tuple(map(str, missing)), figures=())]


def _spans(months: pd.PeriodIndex, shown: int = 4) -> str:
    """Write months as runs, the first few of them."""
    breaks = np.flatnonzero(np.diff(months.asi8) > 1) + 1
    runs = [(months[int(run[0])], months[int(run[-1])]) for run in np.split(np.arange(len(months)), breaks)]
    words = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:shown]]
    return ", ".join(words) + (f" and {len(runs) - shown} more gaps" if len(runs) > shown else "")


def _stale(series: list[Row], day: pd.Timestamp) -> list[Finding]:
    newest = max(series, key=lambda row: row.published)
    months = 12 * (day.year - newest.published.year) + day.month - newest.published.month
    if months < _STALE:
        return []
    sentence = f"nothing new since {newest.published:%Y-%m-%d}, {months} months before {day:%Y-%m-%d}"
    return [replace(finding("stale", newest, sentence), months=(), figures=())]
