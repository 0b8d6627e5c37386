"""`check`: what looks wrong in a series of levels, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.series.layout import grid
from forecast.series.reading import months_apart, read_panel
from forecast.tables import AS_IT_IS, Finding, Layout

JUMP = 8.0  # robust standard deviations of the usual change of a calendar month
_SMALLEST_JUMP = 0.10  # log points: what no reader would call a jump is never one
_AROUND = 6  # months before and after, among which a value is misplaced
_FLAT = 6  # months of one unchanged value
_STALE = 3  # months behind the other series of the file


def check(
    y: pd.Series, file: str = "series", lines: Mapping[pd.Period, int] | None = None
) -> tuple[Finding, ...]:
    """Return what looks wrong in one level: gaps, jumps, mistaken units, values that stopped moving.

    y : index points on a gap-free monthly PeriodIndex · lines : month -> line, for the places
    """
    lines = lines or {}
    return tuple(
        Finding(kind, f"{file}:{lines[month]}" if month in lines else file, f"{y.name}: {sentence}")
        for kind, month, sentence in _remarks(y)
    )


def check_file(path: str | Path, layout: Layout = AS_IT_IS) -> tuple[Finding, ...]:
    """Return what looks wrong in the series of a file of levels, each with its line.

    Raises DataError where the file cannot be read at all.
    """
    read = grid(path, layout.sheet, layout.columns)
    panel = read_panel(path, sheet=layout.sheet, headings=layout.columns, decimal=layout.decimal)
    found = [Finding("note", read.file, note) for note in panel.attrs.get("notes", ())]
    latest = panel.index[-1]
    for name, y in panel.items():
        cells = read.series[str(name)]
        months, first = np.unique([cell.month for cell in cells], return_index=True)
        line_of = dict(zip(months.tolist(), first.tolist(), strict=True))
        for i in np.setdiff1d(np.arange(len(cells)), first):
            month = pd.Period(ordinal=cells[i].month, freq="M")
            twice = f"{name}: {month} is given twice, first on line {cells[line_of[month.ordinal]].line}"
            found.append(Finding("duplicate", f"{read.file}:{cells[i].line}", twice))
        y = y.loc[y.first_valid_index() : y.last_valid_index()]
        remarks = _remarks(y)
        behind = (latest - y.index[-1]).n
        if behind >= _STALE:
            late = f"ends in {y.index[-1]}, {behind} months before the others; is it still published?"
            remarks.append(("stale", y.index[-1], late))
        for kind, month, sentence in remarks:
            place = (
                f"{read.file}:{cells[line_of[month.ordinal]].line}" if month.ordinal in line_of else read.file
            )
            found.append(Finding(kind, place, f"{name}: {sentence}"))
    return tuple(found)


def _remarks(y: pd.Series) -> list[tuple[str, pd.Period, str]]:
    """Kind, month and sentence of everything that looks wrong in one level."""
    step = months_apart(y.dropna())
    if step > 1:
        return [("coarse", y.index[-1], f"comes every {step:.0f} months; a monthly series is needed")]
    found = [("gap", last, f"{_span(first, last)} not published") for first, last in _gaps(y)]
    found += [
        ("unit", t, f"{y.at[t]:g} in {t} is not positive; an index level is above 0 (is it a rate?)")
        for t in pd.PeriodIndex(y.index[(y <= 0).to_numpy()])
    ]
    slipped = _misplaced(y)
    found += [
        ("unit", t, f"{y.at[t]:g} in {t} is about {ratio:g} times its neighbours; a misplaced decimal sign?")
        for t, ratio in slipped.items()
    ]
    found += [
        (
            "jump",
            t,
            f"{change:+.1f} % from {t - 1} to {t}, where {usual:+.1f} % is usual; check both months",
        )
        for t, change, usual in _jumps(y)
        if t not in slipped and t - 1 not in slipped
    ]
    found += [
        ("stale", last, f"{y.at[last]:g} unchanged over {_span(first, last)}; was it carried forward?")
        for first, last in _flat(y)
    ]
    return found


def _gaps(y: pd.Series) -> list[tuple[pd.Period, pd.Period]]:
    """Return first and last month of every run without a value between two values."""
    inside = y.loc[y.first_valid_index() : y.last_valid_index()]
    return _runs(inside.index, inside.isna().to_numpy())


def _flat(y: pd.Series) -> list[tuple[pd.Period, pd.Period]]:
    """Return first and last month of every run of one value too long to be chance."""
    same = (y.diff() == 0).to_numpy()
    return [(first - 1, last) for first, last in _runs(y.index, same) if (last - first).n + 2 >= _FLAT]


def _misplaced(y: pd.Series) -> dict[pd.Period, float]:
    """Return the months whose value is a power of ten times the median of the year around them."""
    known = np.log10(y[y > 0])
    if known.empty:
        return {}
    level = known.to_numpy()
    wide = np.pad(level, _AROUND, constant_values=np.nan)
    around = np.lib.stride_tricks.sliding_window_view(wide, 2 * _AROUND + 1)  # (n, 13)
    around = np.sort(np.delete(around, _AROUND, axis=1), axis=1)  # NaN last
    n = np.sum(~np.isnan(around), axis=1)
    each = np.arange(len(level))
    median = (around[each, (n - 1) // 2] + around[each, n // 2]) / 2.0
    power = np.round(level - median)
    slipped = (n > 3) & (power != 0) & (np.abs(level - median - power) < 0.15)
    return {month: 10.0**p for month, p in zip(known.index[slipped], power[slipped], strict=True)}


def _jumps(y: pd.Series) -> list[tuple[pd.Period, float, float]]:
    """Return month, change and usual change in percent, where a change is far from its calendar month's."""
    change = np.log(y.where(y > 0)).diff()
    usual = change.groupby(change.index.month).transform("median")
    if len(change.dropna()) < 36:
        usual = usual * 0 + change.median()
    away = change - usual
    scale = 1.4826 * (away - away.median()).abs().median()
    far = away.abs() > max(JUMP * scale, _SMALLEST_JUMP)
    percent = 100 * np.expm1(pd.DataFrame({"change": change, "usual": usual}))
    return [(t, float(row.change), float(row.usual)) for t, row in percent[far].iterrows()]


def _runs(index: pd.Index, flag: npt.NDArray[np.bool_]) -> list[tuple[pd.Period, pd.Period]]:
    """Return first and last month of every run of True."""
    months = pd.PeriodIndex(index)
    edges = np.flatnonzero(np.diff(np.r_[False, flag, False].astype(int)))
    return [(months[i], months[j - 1]) for i, j in zip(edges[::2], edges[1::2], strict=True)]


def _span(first: pd.Period, last: pd.Period) -> str:
    return str(first) if first == last else f"{first} to {last}"
