"""`check`: what looks wrong in a series of levels, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.series.choice import several
from forecast.series.file import grid
from forecast.series.reading import months_apart, panel
from forecast.tables import AS_IT_IS, Finding, Layout

JUMP = 8.0  # robust standard deviations of the usual change of a calendar month
_SMALLEST_JUMP = 0.10  # log points: what no reader would call a jump is never one
_FLAT = 6  # months of one unchanged value
_STALE = 3  # months behind the other series of the file


def check(
    y: pd.Series, file: str = "series", lines: Mapping[pd.Period, int] | None = None
) -> tuple[Finding, ...]:
    """Return what looks wrong in one level: gaps, jumps, mistaken units, values that stopped moving.

    y : index points on a gap-free monthly PeriodIndex · lines : month -> line, for the places
    """
    lines = lines or {}

    def finding(kind: str, month: pd.Period, sentence: str) -> Finding:
        return Finding(kind, f"{file}:{lines[month]}" if month in lines else file, f"{y.name}: {sentence}")

    step = months_apart(y.dropna())
    if step > 1:
        return (finding("coarse", y.index[-1], f"comes every {step:.0f} months; a monthly series is needed"),)
    found = [finding("gap", last, f"{_span(first, last)} not published") for first, last in _gaps(y)]
    found += [
        finding("unit", t, f"{value:g} in {t} is not positive; an index level is above 0 (is it a rate?)")
        for t, value in zip(y.index, y.to_numpy(), strict=True)
        if value <= 0
    ]
    slipped = _misplaced(y)
    found += [
        finding(
            "unit",
            t,
            f"{y.at[t]:g} in {t} is about {ratio:g} times its neighbours; a misplaced decimal sign?",
        )
        for t, ratio in slipped.items()
    ]
    found += [
        finding(
            "jump",
            t,
            f"{change:+.1f} % from {t - 1} to {t}, where {usual:+.1f} % is usual; check both months",
        )
        for t, change, usual in _jumps(y)
        if t not in slipped and t - 1 not in slipped
    ]
    found += [
        finding("stale", last, f"{y.at[last]:g} unchanged over {_span(first, last)}; was it carried forward?")
        for first, last in _flat(y)
    ]
    return tuple(found)


def check_file(path: str | Path, layout: Layout = AS_IT_IS) -> tuple[Finding, ...]:
    """Return what looks wrong in the series of a file of levels, each with its line.

    Raises DataError where the file cannot be read at all.
    """
    read = grid(path, layout.sheet, layout.columns)
    together = panel(read, several(read, None, False), layout.decimal, False)
    told = (*together.attrs["notes"], *together.attrs["left_out"], together.attrs["account"])
    found = [Finding("note", read.file, note) for note in told]
    latest = together.index[-1]
    months = {month.ordinal: month for month in together.index}
    for name in together.columns:
        lines: dict[pd.Period, int] = {}
        for cell in read.series[name].cells:
            month = months[cell.month]
            if lines.setdefault(month, cell.line) != cell.line:
                twice = f"{name}: {month} is given twice, first on line {lines[month]}"
                found.append(Finding("duplicate", f"{read.file}:{cell.line}", twice))
        y = together[name].loc[together[name].first_valid_index() : together[name].last_valid_index()]
        found += check(y, read.file, lines)
        behind = (latest - y.index[-1]).n
        if behind >= _STALE:
            late = f"{name}: ends in {y.index[-1]}, {behind} months before the others; is it still published?"
            found.append(Finding("stale", f"{read.file}:{lines[y.index[-1]]}", late))
    return tuple(found)


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
    known = np.log10(y[y > 0].dropna())
    out = {}
    for i, (month, level) in enumerate(known.items()):
        around = np.r_[known.to_numpy()[max(i - 6, 0) : i], known.to_numpy()[i + 1 : i + 7]]
        power = round(level - np.median(around)) if len(around) > 3 else 0
        if power and abs(level - np.median(around) - power) < 0.15:
            out[month] = 10.0**power
    return out


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
