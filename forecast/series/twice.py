"""`given_twice`: the months of a file that have two values, a block of them told once with the line above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.series.layout import Cell, Grid, Line

_FEWEST = 3  # months in a row; chosen: what goes on thrice is no accident
Pair = tuple[int, int]
"""Positions of a month that comes again, and of its first time."""


def given_twice(
    layout: Grid, lines: Sequence[Line], values: Mapping[str, npt.NDArray[np.float64]]
) -> list[str]:
    """Name the months given twice with different values, once for all series of a row."""
    clashes: dict[tuple[int, int], str] = {}
    for line in lines:
        cells, numbers_of = line.cells, values[line.name].tolist()
        first: dict[int, int] = {}
        again = [(i, j) for i, cell in enumerate(cells) if (j := first.setdefault(cell.month, i)) != i]
        for run in _runs(again):
            differing = [(i, j) for i, j in run if repr(numbers_of[i]) != repr(numbers_of[j])]
            if differing and _is_block(cells, run):
                i, j = run[0]
                clashes.setdefault((cells[i].line, cells[j].line), _block(layout, line, run))
                continue
            for i, j in differing:
                clashes.setdefault((cells[i].line, cells[j].line), _month(layout, line, i, j))
        if len(first) * 2 < len(cells):
            return [
                f"{layout.at(cells[0])}: {len(cells)} rows for {len(first)} months; "
                "expected one each (choose one series of the file, average daily data by month, or, where lines of "
                "text name the series below them, repeat the row of headings below each of these lines)"
            ]
    return list(clashes.values())


def _runs(again: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Yield the months that come again in the order of their first time, run by run."""
    run: list[Pair] = []
    for i, j in again:
        if run and run[-1] != (i - 1, j - 1):
            yield run
            run = []
        run.append((i, j))
    if run:
        yield run


def _is_block(cells: Sequence[Cell], run: Sequence[Pair]) -> bool:
    """Tell several months, each on a line of its own below those of its first time."""
    lines = [cells[i].line for i, _ in run]
    return (
        len(run) >= _FEWEST
        and len(set(lines)) == len(lines)
        and lines[0] > max(cells[j].line for _, j in run)
    )


def _block(layout: Grid, line: Line, run: Sequence[Pair]) -> str:
    """Say of a block of months that stands under a year which others have, where that year should stand."""
    cells = line.cells
    (i, j), (last, before) = run[0], run[-1]
    above = cells[i].line - 1
    headed = cells[i - 1].line < above
    place = layout.at(cells[i]._replace(line=above) if headed else cells[i])
    of = f"the months of {line.name} below, " if headed else f"the months of {line.name} from here on, "
    remedy = (
        f"write their own year on line {above}, or repeat the row of headings below each such line where they name "
        "series"
        if headed
        else "write the year that they are of"
    )
    return (
        f"{place}: {of}{_named(cells[i])} to {_named(cells[last])}, stand on lines {cells[j].line} to "
        f"{cells[before].line} already; {remedy}, or keep one of the two blocks"
    )


def _month(layout: Grid, line: Line, i: int, j: int) -> str:
    cell, first = line.cells[i], line.cells[j]
    return (
        f"{layout.at(cell)}: month {_named(cell)} of {line.name} is {_shown(cell)}, "
        f"but {_shown(first)} on line {first.line}; keep one"
    )


def _shown(cell: Cell) -> str:
    """Return a value as messages print it."""
    if isinstance(cell.value, float):
        return f"{cell.value:.12g}"
    return "empty" if cell.value in (None, "") else str(cell.value)


def _named(cell: Cell) -> str:
    return str(pd.Period(ordinal=cell.month, freq="M"))
