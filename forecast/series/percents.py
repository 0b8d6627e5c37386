"""`without_signs`: levels whose every cell has a percent sign, as those of capacity in use."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from forecast.series.layout import Cell, Grid, Line
from forecast.series.titles import base_of
from forecast.tables import missing
from forecast.tables.marks import split_missing, split_number

_LEAST = 20.0  # percent; chosen: medians of rates of change lie below, capacity in use and indices above
_AROUND_100 = (85.0, 125.0)  # chosen: medians that rates with their base as 100 have


class Told(NamedTuple):
    """Hold what to tell of a series in percent, or what is wrong with it."""

    note: str = ""
    problem: str = ""


def without_signs(line: Line) -> Line:
    """Return a series of levels that is in percent in all its cells without the signs, every other one itself."""
    cells = [cell for cell in line.cells if cell.value is not None and not _is_missing(cell)]
    bare = {cell: _bare(cell) for cell in cells}
    if line.rate or not cells or not all(bare.values()):
        return line
    return replace(line, cells=tuple(cell._replace(value=bare.get(cell, cell.value)) for cell in line.cells))


def judged(layout: Grid, line: Line, values: npt.NDArray[np.float64]) -> Told | None:
    """Return what to tell of levels in percent, None where the values are rather rates.

    Around 100 without a base they may be rates with their base as 100, which is a problem.
    """
    known = values[np.isfinite(values)]
    if not known.size or known.min() <= 0 or (middle := float(np.median(known))) < _LEAST:
        return None
    first = next(cell for cell, value in zip(line.cells, values, strict=True) if np.isfinite(value))
    based = base_of([line.name, *line.parts]) or layout.titles.base
    if not based and known.max() > 100 and _AROUND_100[0] <= middle <= _AROUND_100[1]:
        return Told(
            problem=f'{layout.at(first)}: {line.name} "{first.value}" is in percent as all its cells are, and names no '
            "base: levels, or changes with their base as 100 (104.1 for +4.1 %)? Levels name it in their heading "
            "(2015=100); read changes as published figures (figures: in a config)"
        )
    return Told(f'{line.name} is in percent in all its cells and read so: "{first.value}" as {known[0]:.12g}')


def _is_missing(cell: Cell) -> bool:
    text = str(cell.value)
    return missing(text) or missing(split_missing(text)[0])


def _bare(cell: Cell) -> str:
    """Return the text of a number in percent without its sign, its mark kept, "" for every other cell."""
    if not isinstance(cell.value, str) or not split_number(cell.value)[0].rstrip().endswith("%"):
        return ""
    return " ".join(cell.value.replace("%", " ").split())
