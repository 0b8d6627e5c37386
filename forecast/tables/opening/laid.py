"""`sheet`: the cells of a web page's table as a grid, and which of its numbers no row or no text has to itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from forecast.tables.cells import Area, Sheet, Value, letters
from forecast.tables.doubtful import CODE, NESTED, ROWS, doubtful, is_number
from forecast.tables.kinds import is_year
from forecast.tables.opening import tcvn3, values
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.shown import Cell


@dataclass
class Table:
    """Hold the cells of one table as they come, its titles, and whether a reader sees nothing of it.

    heading, caption : what the page says above it, and it of itself · hidden : texts of cells that take no room
    """

    heading: str = ""
    caption: str = ""
    unseen: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


class _Grid(NamedTuple):
    """Hold what cells hold by place, areas of cells that span several, the width, and the height.

    texts, nested, coded : text, number of a table within, number in the code
    tall : those of several rows that are no heading by their element
    """

    texts: dict[tuple[int, int], str]
    nested: dict[tuple[int, int], str]
    coded: dict[tuple[int, int], str]
    merged: list[Area]
    tall: list[Area]
    width: int
    height: int


def sheet(place: str, title: str, table: Table, notes: tuple[str, ...], budget: Budget) -> Sheet:
    """Lay the cells of a table out, those that span several beside the room they take.

    Raises DataError for a table over its budget.
    """
    grid = _grid(place, table, budget)
    old = tcvn3.read(text for text in grid.texts.values() if not text.isascii())
    cells: dict[tuple[int, int], Value] = {
        at: values.text(old.get(text, text)) or None for at, text in grid.texts.items()
    }
    _mark_nested(grid, cells)
    above = [text for text in (table.heading, table.caption) if text and len(text) <= budget.text]
    told = (*notes, *_left_out(table), *_mark_spanning(grid, cells), *_mark_coded(grid, cells))
    rows = tuple(tuple(cells.get((r, c)) for c in range(grid.width)) for r in range(grid.height))
    titles = tuple((values.text(old.get(text, text)) or None, *[None] * (grid.width - 1)) for text in above)
    areas = tuple(Area(a.top + len(above), a.left, a.bottom + len(above), a.right) for a in grid.merged)
    lines = (*(0,) * len(above), *range(1, len(rows) + 1))
    return Sheet(place, title, (*titles, *rows), lines, areas, told, lettered=True)


def _grid(place: str, table: Table, budget: Budget) -> _Grid:
    """Return where the cells of a table stand."""
    grid = _Grid({}, {}, {}, [], [], 0, len(table.rows))
    until: dict[int, int] = {}  # column -> last row that a cell above reaches down to
    count = 0
    for r, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while until.get(column, -1) >= r:
                column += 1
            across, down = cell.across, min(cell.down, len(table.rows) - r)
            count += across
            text = cell.text
            if count > budget.cells:
                raise budget.refusal(place, f"has over {count:,} cells", "cells")
            if len(text) > budget.text:
                raise budget.refusal(f"{place}, row {r + 1}", f"a text of {len(text):,} characters", "text")
            until |= dict.fromkeys(range(column, column + across), r + down - 1)
            grid.texts[r, column] = text
            if cell.nested:
                grid.nested[r, column] = cell.nested
            if cell.coded and not text.strip():
                grid.coded[r, column] = cell.coded
            if across * down > 1:
                grid.merged.append(area := Area(r, column, r + down - 1, column + across - 1))
                grid.tall.extend([area] if down > 1 and not cell.heads else [])
            column += across
    width = max(until) + 1
    if len(table.rows) * width > budget.cells:
        raise budget.refusal(place, f"has {len(table.rows):,} rows of {width:,} columns", "cells")
    return grid._replace(width=width)


def _mark_spanning(grid: _Grid, cells: dict[tuple[int, int], Value]) -> list[str]:
    """Mark as doubtful the numbers over several rows that have a cell of their own further left.

    Not in a column where most stand so, as those of quarters beside months: these are told.
    """
    spanning = [area for area in grid.tall if _is_figure(cells.get((area.top, area.left)))]
    own = Counter(c for (_, c), value in cells.items() if _is_figure(value))
    several = Counter(area.left for area in spanning)
    usual = []
    for area in spanning:
        at = area.top, area.left
        covered = range(area.top, area.bottom + 1)
        if not all(any(cells.get((r, c)) for c in range(area.left)) for r in covered):
            continue
        if 2 * several[area.left] <= own[area.left]:
            cells[at] = doubtful(str(cells[at]), ROWS)
        else:
            usual.append(at)
    return _told(
        usual, cells, "numbers over several rows were read for the first of them, whole ones for each"
    )


def _is_figure(value: Value) -> bool:
    """Tell a number that is no year."""
    return isinstance(value, str) and is_number(value) and not is_year(value)


def _mark_nested(grid: _Grid, cells: dict[tuple[int, int], Value]) -> None:
    """Mark as doubtful the numbers of tables within cells of columns that hold numbers of their own elsewhere."""
    shown = Counter(
        c for at, value in cells.items() if at not in grid.nested and _is_figure(value) for c in at[1:]
    )
    within = Counter(c for _, c in grid.nested)
    marked = {at: doubtful(n, NESTED) for at, n in grid.nested.items() if shown[at[1]] > within[at[1]]}
    cells.update(marked)


def _mark_coded(grid: _Grid, cells: dict[tuple[int, int], Value]) -> list[str]:
    """Mark as doubtful the numbers of empty cells' code in columns that would else be empty; tell the others."""
    shown = Counter(c for (_, c), value in cells.items() if _is_figure(value))
    empty = Counter(c for _, c in grid.coded)
    marked = {at: doubtful(number, CODE) for at, number in grid.coded.items() if empty[at[1]] > shown[at[1]]}
    cells.update(marked)
    others = [at for at in grid.coded if at not in marked]
    return _told(others, grid.coded, "numbers of empty cells in the page's code were left out")


def _told(places: Sequence[tuple[int, int]], cells: Mapping[tuple[int, int], Value], what: str) -> list[str]:
    if not places:
        return []
    r, c = places[0]
    return [f'{what}: {len(places)}, such as "{cells[r, c]}" at {letters(c)}{r + 1}']


def _left_out(table: Table) -> list[str]:
    """Return what to tell of texts that the page does not show, such as keys to sort by, or strikes out."""
    every = [cell for row in table.rows for cell in row]
    hidden = [*table.hidden, *(text for cell in every for text in cell.hidden_text)]
    struck = [cell.struck for cell in every if cell.struck]
    return [
        f'text that {what} was left out of {len(texts)} cells, such as "{texts[0][:20]}"'
        for what, texts in (("the page hides", hidden), ("is struck out", struck))
        if texts
    ]
