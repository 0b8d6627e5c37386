"""Tables laid out as offices do, made of numbers that are known: the other end of the reading."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pandas as pd
from babel import Locale

Row = list[object]


@dataclass(frozen=True)
class Facts:
    """What a file holds: series by name, each a value per month; None where a month is not published."""

    months: pd.PeriodIndex
    series: Mapping[str, Sequence[float | None]]
    language: str = "en"
    wide_names: bool = True
    weights: bool = False
    totals: bool = False
    quarters: bool = False
    missing: str = ""
    form: str = "name"
    mark: str = ""
    titles: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    extra: list[int] = field(default_factory=lambda: [0])

    def name(self, month: int) -> str:
        """Return the name of a month in the language of the file."""
        width = "wide" if self.wide_names else "abbreviated"
        return str(Locale.parse(self.language).months["stand-alone"][width][month])

    def when(self, i: int) -> str:
        """Return a month with its year as the file writes it, the newest with its mark."""
        month = self.months[i]
        text = {
            "name": f"{self.name(month.month)} {month.year}",
            "iso": str(month),
            "slash": f"{month.month:02d}/{month.year}",
            "T": f"T{month.month}/{month.year}",
            "M": f"{month.year}M{month.month:02d}",
            "day": f"{month.year}-{month.month:02d}-01",
            "short": f"{month.strftime('%b')}-{month.year % 100:02d}",
        }[self.form]
        return f"{text} {self.mark}" if self.mark and i == len(self.months) - 1 else text

    def cell(self, name: str, i: int) -> object:
        """Return the cell of a value, or the mark of a missing one."""
        value = self.series[name][i]
        return self.missing if value is None else value

    def other(self, value: float) -> float:
        """Count a number that is no value of a series."""
        self.extra[0] += 1
        return value


def wide(facts: Facts) -> list[Row]:
    """A column per series, months down; weights and totals in rows of their own."""
    rows: list[Row] = [["Month", *facts.series]]
    if facts.weights:
        rows.append(["Weight", *(facts.other(10.0 + k) for k in range(len(facts.series)))])
    for i, month in enumerate(facts.months):
        rows.append([facts.when(i), *(facts.cell(n, i) for n in facts.series)])
        if facts.quarters and month.month % 3 == 0:
            rows.append([f"{month.year} Q{month.month // 3}", *(facts.other(55.5) for _ in facts.series)])
        if facts.totals and month.month == 12:
            rows.append([month.year, *(facts.other(77.7) for _ in facts.series)])
    return rows


def across(facts: Facts) -> list[Row]:
    """A row per series, months across; weights and totals in columns of their own."""
    heading: Row = ["Sector", *(["Weight"] if facts.weights else [])]
    for i, month in enumerate(facts.months):
        heading.append(facts.when(i))
        if facts.totals and month.month == 12:
            heading.append(month.year)
    rows: list[Row] = [heading]
    for name in facts.series:
        row: Row = [name, *([facts.other(12.5)] if facts.weights else [])]
        for i, month in enumerate(facts.months):
            row.append(facts.cell(name, i))
            if facts.totals and month.month == 12:
                row.append(facts.other(77.7))
        rows.append(row)
    return rows


def years_down(facts: Facts) -> list[Row]:
    """A row per series and year, months across."""
    rows: list[Row] = [
        ["Year", "Sector", *map(facts.name, range(1, 13)), *(["Annual"] if facts.totals else [])]
    ]
    at = {month: i for i, month in enumerate(facts.months)}
    for name in facts.series:
        for year in sorted(set(facts.months.year)):
            months = [pd.Period(year=year, month=m, freq="M") for m in range(1, 13)]
            row: Row = [year, name, *(facts.cell(name, at[m]) if m in at else "" for m in months)]
            rows.append([*row, facts.other(77.7)] if facts.totals else row)
    return rows


def year_once(facts: Facts) -> list[Row]:
    """A row with the year alone above its months."""
    rows: list[Row] = [["Month", *facts.series]]
    for i, month in enumerate(facts.months):
        if i == 0 or month.month == 1:
            totals = [facts.other(77.7) if facts.totals else "" for _ in facts.series]
            rows.append([month.year, *totals])
        rows.append([facts.name(month.month), *(facts.cell(n, i) for n in facts.series)])
    return rows


def two_columns(facts: Facts) -> list[Row]:
    """Year and month in columns of their own, the year once."""
    rows: list[Row] = [["Year", "Month", *facts.series]]
    for i, month in enumerate(facts.months):
        year: object = month.year if i == 0 or month.month == 1 else ""
        rows.append([year, facts.name(month.month), *(facts.cell(n, i) for n in facts.series)])
    return rows


def stacked(facts: Facts) -> list[Row]:
    """Years over months in two rows of headings."""
    top: Row = [""]
    below: Row = ["Sector"]
    for i, month in enumerate(facts.months):
        top.append(month.year if i == 0 or month.month == 1 else "")
        below.append(facts.name(month.month))
    return [top, below, *([n, *(facts.cell(n, i) for i in range(len(facts.months)))] for n in facts.series)]


def months_over_years(facts: Facts) -> list[Row]:
    """Months over years in two rows of headings, with codes before the names."""
    order = sorted(range(len(facts.months)), key=lambda i: (facts.months[i].month, facts.months[i].year))
    top: Row = ["", ""]
    below: Row = ["Code", "Item"]
    for k, i in enumerate(order):
        month = facts.months[i]
        top.append(
            facts.name(month.month) if k == 0 or facts.months[order[k - 1]].month != month.month else ""
        )
        below.append(month.year)
    names = enumerate(facts.series)
    return [top, below, *([facts.other(float(k)), n, *(facts.cell(n, i) for i in order)] for k, n in names)]


def newest_first(facts: Facts) -> list[Row]:
    """Months down from the newest to the oldest, with lines of codes and units under the names."""
    rows: list[Row] = [
        ["Title", *facts.series],
        ["Code", *(facts.other(float(k)) for k in range(len(facts.series)))],
    ]
    rows.append(["Unit", *("Index" for _ in facts.series)])
    rows += [
        [facts.when(i), *(facts.cell(n, i) for n in facts.series)] for i in reversed(range(len(facts.months)))
    ]
    return rows


def long(facts: Facts) -> list[Row]:
    """A row per value with the name of its series and a code."""
    rows: list[Row] = [["Code", "Industry", "Period", "Value"]]
    for k, name in enumerate(facts.series):
        for i, month in enumerate(facts.months):
            rows.append([facts.other(float(k + 1)), name, str(month), facts.cell(name, i)])
    return rows


def continued(facts: Facts) -> list[Row]:
    """Two tables one above the other, each with its own heading."""
    half = len(facts.months) // 2
    rows: list[Row] = []
    for part in (range(half), range(half, len(facts.months))):
        rows.append(["Sector", *map(facts.when, part)])
        rows += [[n, *(facts.cell(n, i) for i in part)] for n in facts.series]
        rows.append([])
    return rows


LAYOUTS: dict[str, Callable[[Facts], list[Row]]] = {
    f.__name__: f
    for f in (
        wide,
        across,
        years_down,
        year_once,
        two_columns,
        stacked,
        months_over_years,
        newest_first,
        long,
        continued,
    )
}


def write(path: Path, rows: Sequence[Row], facts: Facts, decimal: str = ".", separator: str = ",") -> None:
    """Write a table as text or as a workbook, by the ending of its name."""
    whole = [*([t] for t in facts.titles), *([[]] if facts.titles else []), *rows, *([t] for t in facts.foot)]
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in whole:
            book.active.append([None if v == "" else v for v in row])
        book.save(path)
        return
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    for row in whole:
        writer.writerow([f"{v:.2f}".replace(".", decimal) if isinstance(v, float) else v for v in row])
    path.write_text(text.getvalue(), encoding="utf-8")
