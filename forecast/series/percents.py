"""`Percents`: levels whose every cell has a percent sign, as those of capacity in use."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from forecast.series.layout import Cell, Grid, Line
from forecast.series.titles import base_of
from forecast.tables import Style, missing, parse_number
from forecast.tables.marks import split_missing, split_number

_LEAST = 20.0  # percent; chosen: medians of rates of change lie below, capacity in use and indices above
_AROUND_100 = (85.0, 125.0)  # chosen: medians that rates with their base as 100 have


class Percents(NamedTuple):
    """Hold a series without its percent signs, what to tell of them, and what is wrong with them."""

    line: Line
    note: str = ""
    problem: str = ""


def without_signs(layout: Grid, line: Line, style: Style) -> Percents:
    """Return a series that is in percent in all its cells without the signs; one of rates, or in part, as it is.

    Around 100 without a base it may be of rates with their base as 100, which is a problem.
    """
    cells = [cell for cell in line.cells if cell.value is not None and not _is_missing(cell)]
    bare = {cell: _bare(cell) for cell in cells}
    if not cells or not all(bare.values()):
        return Percents(line)
    try:
        numbers = [parse_number(split_number(text)[0], style) for text in bare.values()]
    except ValueError:
        return Percents(line)
    middle = float(np.median(numbers))
    if line.rate or min(numbers) <= 0 or middle < _LEAST:
        return Percents(line)
    plain = replace(line, cells=tuple(cell._replace(value=bare.get(cell, cell.value)) for cell in line.cells))
    based = base_of([line.name, *line.parts]) or layout.titles.base
    if not based and max(numbers) > 100 and _AROUND_100[0] <= middle <= _AROUND_100[1]:
        return Percents(
            plain,
            problem=f'{layout.at(cells[0])}: {line.name} "{cells[0].value}" is in percent as all its cells are, and '
            "names no base: levels, or changes with their base as 100 (104.1 for +4.1 %)? Levels name it in their "
            "heading (2015=100); read changes as published figures (figures: in a config)",
        )
    return Percents(
        plain,
        f'{line.name} is in percent in all its cells and read so: "{cells[0].value}" as {numbers[0]:.12g}',
    )


def _is_missing(cell: Cell) -> bool:
    text = str(cell.value)
    return missing(text) or missing(split_missing(text)[0])


def _bare(cell: Cell) -> str:
    """Return the text of a number in percent without its sign, its mark kept, "" for every other cell."""
    if not isinstance(cell.value, str) or not split_number(cell.value)[0].rstrip().endswith("%"):
        return ""
    return " ".join(cell.value.replace("%", " ").split())
