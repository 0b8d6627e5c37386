"""`check`: what looks wrong in published figures, and what arithmetic alone forbids, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.figures.table import CELL, Day, Figures, Row, as_day, publication_rank
from forecast.figures.units import finding, rates_among_index_values, units_and_jumps
from forecast.tables import Finding

_ZONES = pd.Timedelta(days=1)  # by which the office's calendar may be ahead of the machine's
_STALE = 3  # months without a new figure


def check(figures: Figures, day: Day | None = None, today: Day | None = None) -> tuple[Finding, ...]:
    """Return what looks wrong: gaps, duplicates, stale series, mistaken units, jumps, contradictions.

    Contradictions are those of arithmetic, on the last vintage of each cell and beyond rounding: a year to date must
    lie between the one to the month before and the month's own rate, and so on. Which of the figures is to blame,
    and whether a revision explains it, is for `levels` to tell.
    day : against which a series is stale; by default the latest date of publication
    today : figures published later are named, as a slip of the year makes them the latest of all
    """
    last = figures.latest()
    newest = figures.table["published"].max() if day is None else as_day(day)
    found = [Finding("note", figures.file, note) for note in figures.notes]
    found += _duplicates(figures)
    found += _from_the_future(figures, today)
    rows = last.rows()
    for region, sector in sorted({(row.region, row.sector) for row in rows}):
        series = [row for row in rows if (row.region, row.sector) == (region, sector)]
        found += _gaps(series, figures.file)
        found += _stale(series, figures.file, newest)
    found += units_and_jumps(rows, figures.file)
    found += rates_among_index_values(rows, figures.file)
    found += contradictions(last)
    return tuple(found)


def contradictions(figures: Figures) -> list[Finding]:
    """Return every set of figures that cannot all be true, largest first and numbered, each at its latest figure.

    The relations: with base-year levels as weights, a year-to-date rate is a mean of monthly rates, hence lies
    between the rate to the month before and the month's own, and a quarter's between those of its months;
    (1 + yoy)/(1 + yoy of the month before) = (1 + mom)/(1 + mom of a year ago); index values imply mom and yoy.
    """
    found: list[Finding] = []
    rows = figures.rows()
    for region, sector in sorted({(row.region, row.sector) for row in rows}):
        prints = {(r.measure, r.period): r for r in rows if (r.region, r.sector) == (region, sector)}
        for figure, low, high, others in _relations(prints):
            excess = max(low - figure.value, figure.value - high) - figure.half_unit
            if excess > 1e-9:
                latest = max((figure, *others), key=lambda p: p.published)
                same_day = len({p.published for p in (figure, *others)}) == 1
                sentence = (
                    f"{region} {sector}: {_named(figure)} is {excess:.2g} points outside what "
                    f"{' and '.join(map(_named, others))} allow; "
                    + ("all were printed on one day" if same_day else "a revision in between may explain it")
                )
                found.append(
                    _of_several("contradiction", figures.file, latest, (figure, *others), sentence, excess)
                )
    found.sort(key=lambda of: -(of.size or 0.0))
    return [
        replace(of, sentence=f"contradiction {n} of {len(found)}: {of.sentence}")
        for n, of in enumerate(found, start=1)
    ]


def _of_several(
    kind: str, file: str, at: Row, rows: tuple[Row, ...], sentence: str, points: float
) -> Finding:
    """A finding about several figures of one series, at the place of one of them."""
    return Finding(
        kind, f"{file}:{at.line}", sentence, f"{at.region}_{at.sector}",
        tuple(sorted({str(row.period) for row in rows})), points, "points",
        figures=tuple((row.measure, str(row.period), row.value) for row in rows),
    )  # fmt: skip


_Relation = tuple[Row, float, float, tuple[Row, ...]]
"""A figure, the interval that others leave to it, and these others."""


def _relations(prints: dict[tuple[str, pd.Period], Row]) -> Iterator[_Relation]:
    """Yield every relation whose figures are all there."""
    for (measure, month), figure in prints.items():
        ways: list[tuple[tuple[str, int], ...]] = []
        if measure == "ytd_yoy_pct":
            ways.append(tuple(("yoy_pct", back) for back in range(month.month)))
            if month.month > 1:
                ways.append((("ytd_yoy_pct", 1), ("yoy_pct", 0)))
            if month.month == 3:
                ways.append((("qtr_yoy_pct", 0),))
            elif month.month % 3 == 0:
                ways.append((("ytd_yoy_pct", 3), ("qtr_yoy_pct", 0)))
        elif measure == "qtr_yoy_pct":
            ways.append(tuple(("yoy_pct", back) for back in range(3)))
        for way in ways:
            others = [prints.get((word, month - back)) for word, back in way]
            known = tuple(other for other in others if other is not None)
            if len(known) == len(others):
                yield figure, min(map(_low, known)), max(map(_high, known)), known
        if measure in ("mom_pct", "yoy_pct"):
            yield from _ratios(prints, figure)


def _ratios(prints: dict[tuple[str, pd.Period], Row], figure: Row) -> Iterator[_Relation]:
    """Yield what ratios of index values, or of three other rates, leave to a monthly rate."""
    month = figure.period
    base = month - (1 if figure.measure == "mom_pct" else 12)
    pair = [prints.get(("index", t)) for t in (month, base)]
    if pair[0] is not None and pair[1] is not None:
        now, then = pair[0], pair[1]
        yield figure, 100 * (_low(now) / _high(then) - 1), 100 * (_high(now) / _low(then) - 1), (now, then)
    if figure.measure == "mom_pct":
        a, b, c = (
            prints.get(key) for key in (("yoy_pct", month), ("yoy_pct", month - 1), ("mom_pct", month - 12))
        )
        if a is not None and b is not None and c is not None:
            low = (100 + _low(a)) * (100 + _low(c)) / (100 + _high(b)) - 100
            high = (100 + _high(a)) * (100 + _high(c)) / (100 + _low(b)) - 100
            yield figure, low, high, (a, b, c)


def _low(figure: Row) -> float:
    return figure.value - figure.half_unit


def _high(figure: Row) -> float:
    return figure.value + figure.half_unit


def _named(figure: Row) -> str:
    return f"{figure.measure} {figure.value:g} ({figure.period}, line {figure.line})"


def _duplicates(figures: Figures) -> list[Finding]:
    table = figures.table.assign(rank=publication_rank(figures.table))
    again = replace(figures, table=figures.table[table.duplicated([*CELL, "rank"])])
    return [
        finding(
            "duplicate",
            figures.file,
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
            figures.file,
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


def _gaps(series: list[Row], file: str) -> list[Finding]:
    """Say which months between the first and the last have no figure at all."""
    held = pd.PeriodIndex([row.period for row in series], freq="M").unique().sort_values()
    missing = pd.PeriodIndex(pd.period_range(held[0], held[-1], freq="M").difference(held))
    if missing.empty:
        return []
    last = max(series, key=lambda row: row.period)
    sentence = f"no figure for {len(missing)} of the months from {held[0]} to {held[-1]} ({_spans(missing)})"
    return [replace(finding("gap", file, last, sentence), months=tuple(map(str, missing)), figures=())]


def _spans(months: pd.PeriodIndex, shown: int = 4) -> str:
    """Write months as runs, the first few of them."""
    breaks = np.flatnonzero(np.diff(months.asi8) > 1) + 1
    runs = [(months[int(run[0])], months[int(run[-1])]) for run in np.split(np.arange(len(months)), breaks)]
    words = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:shown]]
    return ", ".join(words) + (f" and {len(runs) - shown} more gaps" if len(runs) > shown else "")


def _stale(series: list[Row], file: str, day: pd.Timestamp) -> list[Finding]:
    newest = max(series, key=lambda row: row.published)
    months = 12 * (day.year - newest.published.year) + day.month - newest.published.month
    if months < _STALE:
        return []
    sentence = f"nothing new since {newest.published:%Y-%m-%d}, {months} months before {day:%Y-%m-%d}"
    return [replace(finding("stale", file, newest, sentence), months=(), figures=())]
