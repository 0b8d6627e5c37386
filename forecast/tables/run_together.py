"""`joined_cells`: the cells of a row of months that were written as one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecast.tables.kinds import Kind, is_year, kind
from forecast.tables.languages import holds
from forecast.tables.moments import Moment, moment

_SIGNS = (",", ";", "\t", "|")
_SAID = re.compile(r"\s*[:=]\s*|\s+(?=[-+\u2212]?\d)")
"""Signs between a month and its numbers where a line is no row of a table: "May 2024: 104.5", "2024-05 104.5"."""
_DOTTED = re.compile(r"\.(?=\d+[.,]\d+$)")
"""A dot in the place of a separator, before a number that has a decimal sign of its own: "2024-05.104.5"."""
_LONGEST = 500  # letters; chosen: rows of that length have another separator in every line


def joined_cells(text: str, width: int, daily: bool) -> list[str]:
    """Return the cells that a text is made of where it holds the numbers of a row, none for every other.

    width : cells of the other rows · daily : whether these name days

    >>> joined_cells("Dec 2024 = 112.7", 2, False), joined_cells("2024-12.112.7", 2, False)
    (['Dec 2024', '112.7'], ['2024-12', '112.7'])
    >>> joined_cells("Dec 2024 is provisional", 2, False), joined_cells("2024: 112.7", 2, False)
    ([], [])
    """
    if len(text) > _LONGEST or not any(map(str.isdecimal, text)) or moment(text) is not None:
        return []
    for sign in _SIGNS:
        cells = [cell.strip() for cell in text.strip(f" {sign}").split(sign)]
        if len(cells) > 1 and (
            _begins(cells[0], daily)
            and any(map(_is_figure, cells[1:]))
            or len(cells) == width > 2
            and f"{sign} " not in text
            and not holds(cells[0], "remark")
            and _is_row(cells)
        ):
            return cells
    for hit in (*_SAID.finditer(text), *_DOTTED.finditer(text)):
        numbers = _SAID.split(text[hit.end() :])
        if _begins(text[: hit.start()], daily) and all(map(_is_figure, numbers)):
            return [text[: hit.start()], *numbers]
    return []


def names_day(record: Sequence[str]) -> bool:
    """Tell texts of which one names a day."""
    return any((when := moment(cell.strip())) is not None and when.day is not None for cell in record)


def cells_of_month(text: str, width: int, daily: bool = False) -> list[str]:
    """Return the same of a text that begins with a month or a year: in a workbook "C10,11,12" is a label.

    >>> cells_of_month("2024-12,112.7,98.5", 3), cells_of_month("C10,11,12", 3)
    (['2024-12', '112.7', '98.5'], [])
    """
    cells = joined_cells(text, width, daily)
    return cells if cells and (is_year(cells[0]) or _begins(cells[0], daily)) else []


def _begins(text: str, daily: bool) -> bool:
    """Tell a month with its year, and a day of it only where other rows name one."""
    when: Moment | None = moment(text)
    return when is not None and when.whole and (daily or when.day is None)


def _is_figure(text: str) -> bool:
    return kind(text) is Kind.NUMBER and not is_year(text)


def _is_row(cells: Sequence[str]) -> bool:
    """Tell a label, or none, before figures, and before a month or marks of what is missing where these stand too."""
    usual = (Kind.NUMBER, Kind.MISSING, Kind.DATE, Kind.EMPTY)
    return any(map(_is_figure, cells[1:])) and all(kind(cell) in usual for cell in cells[1:])
