"""`check`: what looks wrong in a series of levels, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import robust_sd
from forecast.series.choice import several
from forecast.series.doubted import doubted
from forecast.series.file import grid
from forecast.series.layout import Line
from forecast.series.monthly import monthly
from forecast.series.plausible import Panel, judge
from forecast.series.reading import months_apart, panel
from forecast.series.repeated import repeated
from forecast.series.spread import spread
from forecast.series.values import PUBLISHED
from forecast.tables import AS_IT_IS, Finding, Layout

JUMP = 8.0
"""Robust standard deviations of the usual change of a calendar month; chosen: a jump is told and stops nothing, so
a false alarm costs a look."""
_SMALLEST_JUMP = 0.10  # log points; chosen: what no reader would call a jump is never one
_AROUND = 6  # months before and after, among which a value is misplaced; chosen: a year holds the season
_FLAT = 6  # months of one unchanged value; chosen: half a year of one value was carried forward
_ANEW = 3  # years that begin anew; chosen: two may be accidents
_STALE = 3  # months behind the other series of the file; chosen: two are usual delay


def check(
    y: pd.Series,
    file: str = "series",
    lines: Mapping[pd.Period, int] | None = None,
    panel: pd.DataFrame | Panel | None = None,
) -> tuple[Finding, ...]:
    """Return what looks wrong in one level: gaps, jumps, slips, mistaken units, values that stopped moving,
    months that were pasted twice.

    y : index points on any monthly index · lines : month -> line, for the places
    panel : series beside it, whose common falls are no slips; one of its own name is not looked at
    """
    y, lines = monthly(y), lines or {}

    def finding(kind: str, month: pd.Period, sentence: str, first: pd.Period | None = None) -> Finding:
        place = f"{file}:{lines[month]}" if month in lines else file
        months = tuple(map(str, pd.period_range(first or month, month, freq="M")))
        return Finding(kind, place, f"{y.name}: {sentence}", str(y.name), months)

    step = months_apart(y.dropna())
    if step > 1:
        return (finding("coarse", y.index[-1], f"comes every {step:.0f} months; a monthly series is needed"),)
    copies = repeated(y)
    copied = {month for first, last, _ in copies for month in pd.period_range(first, last, freq="M")}
    doubtful = [of for of in judge(y, panel) if of.power or of.month not in copied]
    told = {of.month for of in doubtful}
    return (
        *_published(y, finding),
        *(_copied(finding("", last, "", first), y, lag) for first, last, lag in copies),
        *(doubted(finding("", of.month, ""), of) for of in doubtful),
        *_in_another_unit(y, finding, told, copied),
        *_standing_still(y, finding),
    )


class _Said(Protocol):
    """Make a finding of a month, or of all from a first one to it."""

    def __call__(
        self, kind: str, month: pd.Period, sentence: str, first: pd.Period | None = None
    ) -> Finding: ...


def _published(y: pd.Series, finding: _Said) -> Iterator[Finding]:
    """Months that are spread quarters, and gaps."""
    for how in filter(None, [spread(y)]):
        yield finding("coarse", y.index[-1], f"{how}; were quarterly figures spread over the months?")
    for first, last in _gaps(y):
        yield finding("gap", last, f"{_span(first, last)} not published", first)


def _in_another_unit(
    y: pd.Series, finding: _Said, doubtful: set[pd.Period], copied: set[pd.Period]
) -> Iterator[Finding]:
    """Values that are no levels, sums of the year, powers of ten of their neighbours, and jumps of what is left."""
    for t, value in zip(y.index, y.to_numpy(), strict=True):
        if value <= 0:
            text = f"{value:g} in {t} is not positive; an index level is above 0 (is it a rate?)"
            yield finding("unit", t, text)
    anew = _begun_anew(y)
    if anew:
        text = "its levels rise within every year and fall by more than half as the next begins; they look cumulative"
        yield finding("unit", anew[-1], f"{text}, sums since January: use the months' own levels")
    slipped = {t: ratio for t, ratio in _misplaced(y).items() if t not in {*doubtful, *anew}}
    for t, ratio in slipped.items():
        text = f"{y.at[t]:g} in {t} is about {ratio:g} times its neighbours; a misplaced decimal sign?"
        yield finding("unit", t, text)
    for t, change, usual in _jumps(y):
        if not {t, t - 1} & {*slipped, *doubtful, *copied, *anew}:
            text = f"{change:+.1f} % from {t - 1} to {t}, where {usual:+.1f} % is usual; check both months"
            yield finding("jump", t, text)


def _standing_still(y: pd.Series, finding: _Said) -> Iterator[Finding]:
    for first, last in _flat(y):
        text = f"{y.at[last]:g} unchanged over {_span(first, last)}; was it carried forward?"
        yield finding("stale", last, text, first)


def _copied(blank: Finding, y: pd.Series, lag: int) -> Finding:
    """Say of a run of months that it holds what others held before."""
    first, last = (pd.Period(month, "M") for month in (blank.months[0], blank.months[-1]))
    text = f"{_span(first, last)} are, value for value, {_span(first - lag, last - lag)}; were they pasted twice?"
    values = y[first:last].to_numpy(dtype=float).tolist()
    figures = tuple(("level", month, value) for month, value in zip(blank.months, values, strict=True))
    return replace(blank, kind="repeated", sentence=f"{blank.series}: {text}", figures=figures)


def lines_of(
    path: str | Path,
    column: str | None = None,
    sheet: str | None = None,
    headings: Mapping[str, str] | None = None,
    until: pd.Period | None = None,
) -> dict[pd.Period, int]:
    """Return the line of each month of one series of a file of levels, of its only one where none is named.

    until : last month looked at
    """
    read = grid(path, sheet, headings, [column] if column is not None else [], until)
    return _lines_of(read.series.get(column or read.names[0]))


def lines_of_each(
    path: str | Path,
    columns: Sequence[str],
    sheet: str | None = None,
    headings: Mapping[str, str] | None = None,
    until: pd.Period | None = None,
) -> dict[str, dict[pd.Period, int]]:
    """Return the line of each month of several series of a file, by name, as `lines_of` does of one."""
    read = grid(path, sheet, headings, columns, until)
    return {name: _lines_of(read.series.get(name)) for name in columns}


def _lines_of(line: Line | None) -> dict[pd.Period, int]:
    cells = () if line is None else line.cells
    return {pd.Period(ordinal=cell.month, freq="M"): cell.line for cell in cells}


def check_file(path: str | Path, layout: Layout = AS_IT_IS) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the series of a file of levels, as `read_panel` does, and what looks wrong in them, each with its line.

    Raises DataError where the file cannot be read at all, or holds months that no office can have published.
    """
    read = grid(path, layout.sheet, layout.columns)
    together = panel(read, several(read, None, False), layout.decimal, False, PUBLISHED)
    notes = (*together.attrs["notes"], *together.attrs["left_out"], together.attrs["account"])
    findings = [Finding("note", read.file, note) for note in notes]
    latest, beside = together.dropna(how="all").index[-1], Panel(together)
    months = {month.ordinal: month for month in together.index}
    for name in together.columns:
        lines: dict[pd.Period, int] = {}
        for cell in read.series[name].cells:
            month = months[cell.month]
            if lines.setdefault(month, cell.line) != cell.line:
                twice = f"{name}: {month} is given twice, first on line {lines[month]}"
                findings.append(Finding("duplicate", f"{read.file}:{cell.line}", twice))
        y = together[name].loc[together[name].first_valid_index() : together[name].last_valid_index()]
        findings += check(y, read.file, lines, beside)
        behind = (latest - y.index[-1]).n
        if behind >= _STALE:
            late = f"{name}: ends in {y.index[-1]}, {behind} months before the others; is it still published?"
            findings.append(Finding("stale", f"{read.file}:{lines[y.index[-1]]}", late))
    return together, tuple(findings)


def _gaps(y: pd.Series) -> list[tuple[pd.Period, pd.Period]]:
    """Return first and last month of every run without a value between two values."""
    inside = y.loc[y.first_valid_index() : y.last_valid_index()]
    return _runs(inside.index, inside.isna().to_numpy())


def _flat(y: pd.Series) -> list[tuple[pd.Period, pd.Period]]:
    """Return first and last month of every run of one value too long to be chance."""
    same = (y.diff() == 0).to_numpy()
    return [(first - 1, last) for first, last in _runs(y.index, same) if (last - first).n + 2 >= _FLAT]


def _begun_anew(y: pd.Series) -> list[pd.Period]:
    """Return the first month of each year but the first of a level that sums its years up, none of another.

    Such a level rises within every year, and loses more than half as each of `_ANEW` years or more begins.
    """
    known = y.dropna()
    months, level = pd.PeriodIndex(known.index), known.to_numpy(dtype=float)
    first = np.diff(months.year) > 0
    if (level <= 0).any() or first.sum() < _ANEW:
        return []
    sums = (np.diff(level)[~first] > 0).all() and (level[1:] < level[:-1] / 2)[first].all()
    return list(months[1:][first]) if sums else []


def _misplaced(y: pd.Series) -> dict[pd.Period, float]:
    """Return the months whose value is a power of ten times the median of the year around them."""
    logs = np.log10(y[y > 0])
    if logs.empty:
        return {}
    level = logs.to_numpy()
    wide = np.pad(level, _AROUND, constant_values=np.nan)
    around = np.lib.stride_tricks.sliding_window_view(wide, 2 * _AROUND + 1)  # (n, 13)
    around = np.sort(np.delete(around, _AROUND, axis=1), axis=1)  # NaN last
    n = np.sum(~np.isnan(around), axis=1)
    each = np.arange(len(level))
    median = (around[each, (n - 1) // 2] + around[each, n // 2]) / 2.0
    power = np.round(level - median)
    slipped = (n > 3) & (power != 0) & (np.abs(level - median - power) < 0.15)
    return {month: 10.0**p for month, p in zip(logs.index[slipped], power[slipped], strict=True)}


def _jumps(y: pd.Series) -> list[tuple[pd.Period, float, float]]:
    """Return month, change and usual change in percent, where a change is far from its calendar month's."""
    change = np.log(y.where(y > 0)).diff()
    usual = change.groupby(change.index.month).transform("median")
    if len(change.dropna()) < 36:
        usual = usual * 0 + change.median()
    away = change - usual
    far = away.abs() > max(JUMP * robust_sd(away), _SMALLEST_JUMP)
    percent = 100 * np.expm1(pd.DataFrame({"change": change, "usual": usual}))
    return [(t, float(row.change), float(row.usual)) for t, row in percent[far].iterrows()]


def _runs(index: pd.Index, flag: npt.NDArray[np.bool_]) -> list[tuple[pd.Period, pd.Period]]:
    """Return first and last month of every run of True."""
    months = pd.PeriodIndex(index)
    edges = np.flatnonzero(np.diff(np.r_[False, flag, False].astype(int)))
    return [(months[i], months[j - 1]) for i, j in zip(edges[::2], edges[1::2], strict=True)]


def _span(first: pd.Period, last: pd.Period) -> str:
    return str(first) if first == last else f"{first} to {last}"
