"""`published`: the series of a file without what it marks as a forecast, which nobody has measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from forecast.series.downward import NoMonthsError
from forecast.series.layout import Cell, Grid, Line
from forecast.tables import LeftOut
from forecast.tables.kinds import holds_number
from forecast.tables.marks import FORECAST, is_forecast, split_number

_NOTE = "months marked as forecasts were left out: a forecast is no published figure"


def published(layout: Grid) -> Grid:
    """Return the series with their forecasts among what was left out.

    A letter alone, which "final" may begin with too, marks a forecast only behind the last month without one.
    Raises NoMonthsError where a sheet holds forecasts only.
    """
    lines, left = [], []
    for line in layout.lines:
        cells = _forecasts(line)
        if cells:
            left.append(LeftOut(FORECAST, f"{line.name}, {_span(cells)}", len(cells), layout.at(cells[0])))
            taken = frozenset(cells)
            line = replace(line, cells=tuple(cell for cell in line.cells if cell not in taken))
        if not cells or any(map(_holds, line.cells)):
            lines.append(line)
    if not left:
        return layout
    if not lines:
        raise NoMonthsError(
            f"{left[0].place}: every value is marked as a forecast; add the published months, or take the mark away"
        )
    return replace(
        layout, lines=tuple(lines), left_out=(*layout.left_out, *left), notes=(*layout.notes, _NOTE)
    )


def _forecasts(line: Line) -> list[Cell]:
    """Return the cells that hold a number marked as a forecast."""
    marked = {cell: mark for cell in line.cells if (mark := _mark(cell)) and _holds(cell)}
    if not marked:
        return []
    last = max((cell.month for cell in line.cells if _holds(cell) and cell not in marked), default=None)
    return [cell for cell, mark in marked.items() if len(mark) > 1 or last is not None and cell.month > last]


def _holds(cell: Cell) -> bool:
    return holds_number(cell.value)


def _mark(cell: Cell) -> str:
    """Return the mark that makes a forecast of a cell, beside its number or its month, "" for none."""
    own = split_number(cell.value)[1] if isinstance(cell.value, str) else ""
    marks = (own, cell.mark, *cell.mark.split())
    return next((mark.strip("()[]") for mark in marks if mark and is_forecast(mark)), "")


def _span(cells: Sequence[Cell]) -> str:
    """Return the months of some cells, those of an unbroken run by its ends."""
    months = sorted({cell.month for cell in cells})
    names = [str(pd.Period(ordinal=month, freq="M")) for month in months]
    if len(months) > 2 and months[-1] - months[0] == len(months) - 1:
        return f"{names[0]} to {names[-1]}"
    return ", ".join(names)
