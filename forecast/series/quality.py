"""`check`: what looks wrong in a series of levels, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import YEAR, Floats, known_median, robust_sd, runs
from forecast.series.choice import chosen, several
from forecast.series.doubted import doubted
from forecast.series.ended import ended
from forecast.series.file import grid
from forecast.series.filled import filled, standing_still
from forecast.series.layout import Cell, Grid, Line
from forecast.series.monthly import monthly
from forecast.series.plausible import Panel, judge, logs
from forecast.series.reading import panel, usual_step
from forecast.series.renamed import renamed
from forecast.series.repeated import repeated
from forecast.series.spread import spread
from forecast.series.values import PUBLISHED
from forecast.tables import AS_IT_IS, Finding, Layout, Source

JUMP = 8.0
"""Robust standard deviations of the usual change of a calendar month; chosen: a jump is told and stops nothing, so
a false alarm costs a look."""
_SMALLEST_JUMP = 0.10  # log points; chosen: what no reader would call a jump is never one
_AROUND = 6  # months before and after, among which a value is misplaced; chosen: a year holds the season
_ANEW = 3  # years that begin anew; chosen: two may be accidents


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
    places = {month.ordinal: f"{file}:{line}" for month, line in (lines or {}).items()}
    return tuple(_findings(monthly(y), lambda month: places.get(month, file), panel))


def _findings(
    y: pd.Series,
    place: Callable[[int], str],
    panel: pd.DataFrame | Panel | None,
    surprised: tuple[Floats, Floats] | None = None,
) -> Iterator[Finding]:
    """Yield what looks wrong in a level; the place of a month counted since January 1970, surprises where known."""

    def finding(kind: str, month: pd.Period, sentence: str, first: pd.Period | None = None) -> Finding:
        months = tuple(map(str, pd.period_range(first or month, month, freq="M")))
        return Finding(kind, place(month.ordinal), f"{y.name}: {sentence}", str(y.name), months)

    step = usual_step(_ordinals(y)[~np.isnan(y.to_numpy(dtype=float))])
    if step > 1:
        yield finding("coarse", y.index[-1], f"comes every {step:.0f} months; a monthly series is needed")
        return
    again = filled(y, panel)
    ends = {last for _, last, _ in again}
    pasted = [
        (first, last, _pasted(first, last, lag)) for first, last, lag in repeated(y) if last not in ends
    ]
    copies = [*again, *pasted]
    copied = {month for first, last, _ in copies for month in pd.period_range(first, last, freq="M")}
    doubtful = [of for of in judge(y, panel, surprised) if of.slip or of.month not in copied]
    told = {of.month for of in doubtful}
    yield from _published(y, finding)
    yield from (_copied(finding("repeated", last, text, first), y) for first, last, text in copies)
    yield from (doubted(finding("", of.month, ""), of) for of in doubtful)
    yield from _in_another_unit(y, finding, told, copied)
    unmoved = (of for of in standing_still(y) if of[1] not in ends)
    yield from (finding("stale", last, text, first) for first, last, text in unmoved)


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
    values = y.to_numpy(dtype=float)
    for t, value in zip(y.index[values <= 0], values[values <= 0], strict=True):
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


def _pasted(first: pd.Period, last: pd.Period, lag: int) -> str:
    return f"{_span(first, last)} are, value for value, {_span(first - lag, last - lag)}; were they pasted twice?"


def _copied(of: Finding, y: pd.Series) -> Finding:
    """A finding on months that hold what others held before, with their levels."""
    values = y[of.months[0] : of.months[-1]].to_numpy(dtype=float).tolist()
    figures = tuple(("level", month, value) for month, value in zip(of.months, values, strict=True))
    return replace(of, figures=figures)


def places_of(
    path: Source,
    column: str | None = None,
    sheet: str | None = None,
    headings: Mapping[str, str] | None = None,
    until: pd.Period | None = None,
) -> dict[pd.Period, str]:
    """Return file, sheet and line of each month of one series of a file of levels, named as `read` has it.

    until : last month looked at
    """
    read = grid(path, sheet, headings, [column] if column is not None else [], until)
    return _places_of(read, chosen(read, column))


def places_of_each(
    path: Source,
    columns: Sequence[str],
    sheet: str | None = None,
    headings: Mapping[str, str] | None = None,
    until: pd.Period | None = None,
) -> dict[str, dict[pd.Period, str]]:
    """Return the same of several series of a file, by name, as `places_of` does of one."""
    read = grid(path, sheet, headings, columns, until)
    return {name: _places_of(read, read.series.get(name)) for name in columns}


def _places_of(read: Grid, line: Line | None) -> dict[pd.Period, str]:
    cells = () if line is None else line.cells
    return {pd.Period(ordinal=cell.month, freq="M"): _place(read, cell) for cell in cells}


def _place(read: Grid, cell: Cell) -> str:
    """Return the line of a cell, of which a finding tells, behind its file and its sheet."""
    return f"{cell.file or read.file}:{cell.line}"


Shown = Callable[[Iterator[str], int], Iterator[str]]
"""Passes on the names of series, so many in all, and shows how far the work is."""


def check_file(
    path: Source, layout: Layout = AS_IT_IS, shown: Shown = lambda names, _: names
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the series of a file of levels, as `read_panel` does, and what looks wrong in them, each with its line.

    Raises DataError where the file cannot be read at all, or holds months that no office can have published.
    """
    read = grid(path, layout.sheet, layout.columns)
    together = panel(read, several(read, None, False), layout.decimal, False, PUBLISHED)
    notes = (*together.attrs["notes"], *together.attrs["left_out"], together.attrs["account"])
    findings = [Finding("note", read.file, note) for note in notes]
    table = pd.DataFrame(
        together.to_numpy(), together.index, together.columns
    )  # without the notes, copied each time
    beside = Panel(table)
    latest = table.dropna(how="all").index[-1].ordinal
    for j, name in enumerate(shown(iter(table.columns), table.shape[1])):
        findings += _of_column(beside, j, read, read.series[name], latest)
    return together, tuple(findings)


def _of_column(beside: Panel, j: int, read: Grid, line: Line, latest: int) -> Iterator[Finding]:
    """Yield what looks wrong in one series of a file.

    beside, j : all of them, and which it is · latest : the last month of any, counted since January 1970
    """
    cells: dict[int, Cell] = {}
    for cell in line.cells:
        if (first := cells.setdefault(cell.month, cell)).line != cell.line:
            month = pd.Period(ordinal=cell.month, freq="M")
            twice = f"{line.name}: {month} is given twice, first on line {first.line}"
            yield Finding("duplicate", _place(read, cell), twice)

    def place(month: int) -> str:
        return _place(read, cells[month]) if month in cells else read.file

    values = beside.values[:, j]
    known = np.flatnonzero(~np.isnan(values))
    own = slice(known[0], known[-1] + 1)
    y = pd.Series(values[own], index=beside.table.index[own], name=line.name)
    error, sd = beside.surprises
    yield from _findings(y, place, beside, (error[own, j], sd[own, j]))
    last = y.index[-1]
    if other := last.ordinal < latest and renamed(line, read):
        yield other.finding(read.file, float(y.iloc[-1]))
    elif last.ordinal < latest and (late := ended(y, beside)):
        yield Finding("stale", place(last.ordinal), late)


def _gaps(y: pd.Series) -> list[tuple[pd.Period, pd.Period]]:
    """Return first and last month of every run without a value between two values."""
    if not np.isnan(y.to_numpy(dtype=float)).any():
        return []
    inside = y.loc[y.first_valid_index() : y.last_valid_index()]
    return _runs(inside.index, inside.isna().to_numpy())


def _begun_anew(y: pd.Series) -> list[pd.Period]:
    """Return the first month of each year but the first of a level that sums its years up, none of another.

    Such a level rises within every year, and loses more than half as each of `_ANEW` years or more begins.
    """
    level = y.to_numpy(dtype=float)
    known = np.flatnonzero(~np.isnan(level))
    level = level[known]
    first = np.diff(_ordinals(y)[known] // YEAR) > 0
    if (level <= 0).any() or first.sum() < _ANEW:
        return []
    sums = (np.diff(level)[~first] > 0).all() and (level[1:] < level[:-1] / 2)[first].all()
    return list(y.index[known[1:][first]]) if sums else []


def _misplaced(y: pd.Series) -> dict[pd.Period, float]:
    """Return the months whose value is a power of ten times the median of the year around them."""
    values = y.to_numpy(dtype=float)
    positive = np.flatnonzero(values > 0)
    level = np.log10(values[positive])
    wide = np.concatenate([np.full(_AROUND, np.nan), level, np.full(_AROUND, np.nan)])
    around = np.stack([wide[k : k + len(level)] for k in range(2 * _AROUND + 1) if k != _AROUND])  # (12, n)
    n = np.sum(~np.isnan(around), axis=0)
    median = known_median(around)
    power = np.round(level - median)
    slipped = (n > 3) & (power != 0) & (np.abs(level - median - power) < 0.15)
    return {y.index[positive[i]]: 10.0 ** power[i] for i in np.flatnonzero(slipped)}


def _jumps(y: pd.Series) -> list[tuple[pd.Period, float, float]]:
    """Return month, change and usual change in percent, where a change is far from its calendar month's."""
    change = np.diff(logs(y.to_numpy(dtype=float)), prepend=np.nan)
    usual = _of_calendar_months(change)
    known = change[~np.isnan(change)]
    if 0 < len(known) < 36:
        usual = usual * 0 + np.median(known)
    away = change - usual
    far = np.flatnonzero(np.abs(away) > max(JUMP * robust_sd(away), _SMALLEST_JUMP)).tolist()
    percent = 100 * np.expm1([change, usual])
    return [(y.index[t], float(percent[0, t]), float(percent[1, t])) for t in far]


def _of_calendar_months(change: Floats) -> Floats:
    """Return the median change of the same month of all years, for each month, (m,)."""
    years = -(-len(change) // YEAR)
    wide = np.full(years * YEAR, np.nan)
    wide[: len(change)] = change
    return np.tile(known_median(wide.reshape(years, YEAR)), years)[: len(change)]


def _ordinals(y: pd.Series) -> npt.NDArray[np.int64]:
    """Return the months of a level, counted since January 1970."""
    return pd.PeriodIndex(y.index).asi8


def _runs(index: pd.Index, flag: npt.NDArray[np.bool_]) -> list[tuple[pd.Period, pd.Period]]:
    """Return first and last month of every run of True."""
    if not flag.any():
        return []
    months = pd.PeriodIndex(index)
    return [(months[first], months[last]) for first, last in runs(flag)]


def _span(first: pd.Period, last: pd.Period) -> str:
    return str(first) if first == last else f"{first} to {last}"
