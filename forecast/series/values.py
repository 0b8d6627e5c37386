"""The numbers of series: one decimal sign for a file, typed and text cells together, with marks and account."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.series.layout import Cell, Grid, Line
from forecast.tables import Account, LeftOut, Style
from forecast.tables.kinds import Kind, kind
from forecast.tables.marks import split_missing, split_number

_AHEAD = 24  # months beyond today that no office has published
_FILLERS = frozenset({999.0, 999.9, 9999.0, 9999.9, 99999.0, 999999.0})


def numbers(
    layout: Grid, lines: Sequence[Line], decimal: str | None, positive: bool, problems: list[str]
) -> tuple[dict[str, npt.NDArray[np.float64]], tuple[str, ...]]:
    """Return the values of each series, NaN where missing, and notes, adding what is wrong to the problems."""
    texts = [split_number(c.value)[0] for line in lines for c in line.cells if isinstance(c.value, str)]
    try:
        style, notes = tables.detect_style(texts, decimal)
    except ValueError as error:
        raise DataError(f"{layout.file}: {error}") from None
    out = {line.name: _values(layout, line, style, positive, problems) for line in lines}
    return out, notes


def _values(
    layout: Grid, line: Line, style: Style, positive: bool, problems: list[str]
) -> npt.NDArray[np.float64]:
    values = np.full(len(line.cells), np.nan)
    for i, cell in enumerate(line.cells):
        try:
            values[i] = _value(cell, style)
        except ValueError as error:
            problems.append(f"{layout.at(cell)}: {line.name} {error}")
            continue
        if positive and values[i] <= 0:
            problems.append(
                f"{layout.at(cell)}: {line.name} {_written(cell)} is not positive; "
                "an index level is above 0 (leave a month without a figure empty)"
            )
    if positive:
        problems += _fillers(layout, line, values)
    return values


def _fillers(layout: Grid, line: Line, values: npt.NDArray[np.float64]) -> list[str]:
    """Name the codes by which some offices mean "not published", far above everything else in a series."""
    usual = float(np.nanmedian(values)) if np.isfinite(values).any() else 0.0
    return [
        f"{layout.at(cell)}: {line.name} {_written(cell)} looks like the code of a missing value; "
        "leave a month without a figure empty"
        for cell, value in zip(line.cells, values, strict=True)
        if value in _FILLERS and value > 8 * usual > 0
    ]


def _value(cell: Cell, style: Style) -> float:
    """Return the number of a cell, NaN where it says that there is none."""
    value = cell.value
    if value is None:
        return np.nan
    if isinstance(value, str):
        if tables.missing(value) or tables.missing(split_missing(value)[0]):
            return np.nan
        return tables.parse_number(split_number(value)[0].removeprefix("'"), style)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f'"{value}" is not a number; use digits')
    return float(value)


def _written(cell: Cell) -> str:
    return f"{cell.value:g}" if isinstance(cell.value, float) else str(cell.value)


def refuse_future(layout: Grid, series: Mapping[str, pd.Series]) -> None:
    """Refuse months that no office can have published: years of another calendar, a slip of the pen."""
    now = pd.Period(pd.Timestamp.now(), freq="M")
    for name, level in series.items():
        known = pd.PeriodIndex(level.dropna().index, freq="M")
        ahead = int(known.asi8.max()) - now.ordinal if len(known) else 0
        if ahead > _AHEAD:
            raise DataError(
                f"{layout.place}: {name} ends in {known.max()}, {ahead // 12} years from now; are its years of another "
                "calendar? Write them as those of the Gregorian one, and correct or delete months still to come"
            )


def told(layout: Grid, lines: Sequence[Line], notes: tuple[str, ...]) -> dict[Hashable | None, Any]:
    """Return what a reader is told besides the numbers: notes, account, what was left out, status by series."""
    others = [line for line in layout.lines if line.rate]
    left = [*layout.left_out, *(_rates_left(layout, line) for line in others if line not in lines)]
    levels = [line for line in layout.lines if not line.rate or line in lines]
    account = Account(sum(map(counted, levels)), len(levels), tuple(left))
    return {
        "notes": notes,
        "account": str(account),
        "left_out": tuple(map(str, left)),
        "status": {line.name: found for line in lines if (found := status(line))},
    }


def counted(line: Line) -> int:
    """Return how many cells of a series hold a number."""
    return sum(kind(cell.value) is Kind.NUMBER for cell in line.cells)


def _rates_left(layout: Grid, line: Line) -> LeftOut:
    what = line.name if line.rate in line.name else f"{line.name}, {line.rate}"
    return LeftOut(
        "rate of change", what, counted(line), layout.at(line.cells[0]) if line.cells else layout.place
    )


def status(line: Line) -> dict[str, str]:
    """Return month -> mark of the values that have one."""
    out = {}
    for cell in line.cells:
        mark = split_number(cell.value)[1] if isinstance(cell.value, str) else ""
        mark = mark or cell.mark
        if mark and cell.value is not None:
            out[str(pd.Period(ordinal=cell.month, freq="M"))] = mark
    return out
