"""`check`: what looks wrong in published figures, and what arithmetic alone forbids, in plain sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.figures.arithmetic import contradictions
from forecast.figures.table import CELL, Day, Figures, Row, as_day, publication_rank
from forecast.tables import Finding

_STALE = 3  # months without a new figure
_JUMP = 10.0  # robust standard deviations from the median of a series' own rates
_SMALLEST_JUMP = 30.0  # points: what no reader would call a jump is never one
_LOWEST_INDEX = 30.0  # index points: what lies below is more likely a rate
_NEVER = 300.0  # points: what is told of a rate even where nothing is known of its series
_RATIOS = (
    0.5,
    1.6,
)  # a year that halves output, and one that raises it by more than half, are rarer than slips
_CERTAIN = (
    24  # figures, or eight printed with three decimals: so many alike are no calm in a series of percent
)
_FEW = 8  # figures of a series below which its own spread tells nothing


def check(figures: Figures, day: Day | None = None, today: Day | None = None) -> tuple[Finding, ...]:
    """Return what looks wrong: gaps, duplicates, stale series, mistaken units, jumps, contradictions.

    Contradictions are those of arithmetic, on the last vintage of each cell, beyond rounding and beyond what a
    revision explains: a year to date must lie between the one to the month before and the month's own rate, and so
    on. Which of the figures is to blame is for `levels` to tell.
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
    found += _units_and_jumps(rows, figures.file)
    found += _rates_among_index_values(rows, figures.file)
    found += contradictions(figures)
    return tuple(found)


def _duplicates(figures: Figures) -> list[Finding]:
    table = figures.table.assign(rank=publication_rank(figures.table))
    again = replace(figures, table=figures.table[table.duplicated([*CELL, "rank"])])
    return [
        _finding(
            "duplicate",
            figures.file,
            row,
            f"{row.measure} {row.value:g} of {row.period} is given twice for one date",
        )
        for row in again.rows()
    ]


def _from_the_future(figures: Figures, today: Day | None) -> list[Finding]:
    late = [row for row in figures.rows() if today is not None and row.published > as_day(today)]
    return [
        _finding(
            "future",
            figures.file,
            row,
            f"{row.measure} {row.value:g} of {row.period} is dated {row.published:%Y-%m-%d}, which is still to "
            "come; correct the date, or give as_of",
            stops=True,
        )
        for row in late
    ]


def _gaps(series: list[Row], file: str) -> list[Finding]:
    """Say which months between the first and the last have no figure at all."""
    held = pd.PeriodIndex([row.period for row in series], freq="M").unique().sort_values()
    missing = pd.PeriodIndex(pd.period_range(held[0], held[-1], freq="M").difference(held))
    if missing.empty:
        return []
    last = max(series, key=lambda row: row.period)
    sentence = f"no figure for {len(missing)} of the months from {held[0]} to {held[-1]} ({_spans(missing)})"
    return [replace(_finding("gap", file, last, sentence), months=tuple(map(str, missing)), figures=())]


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
    return [replace(_finding("stale", file, newest, sentence), months=(), figures=())]


def _units_and_jumps(rows: list[Row], file: str) -> list[Finding]:
    """Compare each rate with the others of its series, or of its measure where the series has few."""
    found = []
    rates = [row for row in rows if row.measure != "index"]
    for key in sorted({(row.region, row.sector, row.measure) for row in rates}):
        series = [row for row in rates if (row.region, row.sector, row.measure) == key]
        values = np.array([row.value for row in series])
        enough = len(series) >= _FEW
        if enough and (sentence := _in_another_unit(key[2], values)):
            found.append(
                replace(
                    _finding("unit", file, series[0], sentence),
                    months=tuple(str(row.period) for row in series),
                    stops=len(series) >= _CERTAIN or _fine(series),
                )
            )
        pool = values if enough else np.array([row.value for row in rates if row.measure == key[2]])
        pool = pool if len(pool) >= _FEW else np.zeros(1)  # few figures: what is usual is no change
        for row, kind in zip(series, _odd(values, pool), strict=True):
            figure = f"{row.measure} {row.value:g} of {row.period}"
            if kind == "unit":
                meant = f"{row.value - 100:.10g}"
                found.append(_finding("unit", file, row, f"{figure} looks like an index; is {meant} meant?"))
            elif kind == "jump" and (enough or abs(row.value) > _NEVER):
                usual = f"{np.median(pool):.1f}"
                found.append(
                    _finding(
                        "jump",
                        file,
                        row,
                        f"{figure} is far from its usual {usual}; check it",
                        row.value - float(np.median(pool)),
                    )
                )
    return found


def _in_another_unit(measure: str, values: npt.NDArray[np.float64]) -> str:
    """Say that all rates of a measure look like fractions or ratios, "" where they do not."""
    if bool((np.abs(values) < 0.5).all()) and bool((values != 0).any()):
        return f"all {len(values)} {measure} are below 0.5; are they fractions (0.0625 for 6.25 %)?"
    if bool(((values > _RATIOS[0]) & (values < _RATIOS[1])).all()):
        return f"all {len(values)} {measure} are close to 1; are they ratios (1.0625 for 6.25 %)?"
    return ""


def _fine(series: list[Row]) -> bool:
    """Whether most figures are printed with three decimals or more, as fractions are and percent are not."""
    return 2 * sum(row.half_unit < 0.001 for row in series) > len(series)


def _rates_among_index_values(rows: list[Row], file: str) -> list[Finding]:
    """Name index values that a base period of 100 makes unlikely and that would be ordinary as rates."""
    found = []
    values = [row for row in rows if row.measure == "index"]
    for key in sorted({(row.region, row.sector) for row in values}):
        series = [row for row in values if (row.region, row.sector) == key]
        level = np.array([row.value for row in series])
        centre = float(np.median(level))
        if centre < _LOWEST_INDEX:
            sentence = f"half of the {len(series)} index values are below {_LOWEST_INDEX:g}; are they rates?"
            found.append(_finding("unit", file, series[0], sentence))
            continue
        for row in series:
            if row.value < _LOWEST_INDEX and abs(row.value + 100 - centre) < abs(row.value - centre):
                sentence = (
                    f"index {row.value:g} of {row.period} looks like a rate; the others lie near {centre:.0f}"
                )
                found.append(_finding("unit", file, row, sentence))
    return found


def _odd(values: npt.NDArray[np.float64], pool: npt.NDArray[np.float64]) -> list[str]:
    """Return "unit", "jump" or "" for each value, judged by median and spread of the pool."""
    centre = float(np.median(pool))
    spread = max(_JUMP * 1.4826 * float(np.median(np.abs(pool - centre))), _SMALLEST_JUMP)
    away, as_rate = np.abs(values - centre), np.abs(values - 100 - centre)
    odd = np.where(away > spread, "jump", "")
    return [str(kind) for kind in np.where((away > 60) & (as_rate < 40), "unit", odd)]


def _finding(
    kind: str, file: str, row: Row, sentence: str, points: float | None = None, stops: bool = False
) -> Finding:
    return Finding(
        kind, f"{file}:{row.line}", f"{row.region} {row.sector}: {sentence}", f"{row.region}_{row.sector}",
        (str(row.period),), points, "" if points is None else "points", stops,
        (row.line,), ((row.measure, str(row.period), row.value),),
    )  # fmt: skip
