"""`Marks`: what the parts of a workbook say of its filled cells, beyond their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from forecast.tables.cells import Area
from forecast.tables.signs import FALL, direction

_FREE, _THIN = 100_000, 20
"""Cells of a rectangle that cost nothing, and cells around each filled one that make a table. chosen: of real
tables more than a twentieth is filled."""


class Spot(NamedTuple):
    """A cell by its row and column in the workbook, from 0."""

    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Marks:
    """Hold what the parts of a workbook say of the filled cells of one sheet.

    filled : number of cells · rows, columns : where they are, in order
    percent : cells shown with a percent sign · errors : cell -> its error, such as "#N/A"
    unsaved : cells whose formula has no result · merged : areas by rows and columns of the workbook
    texts : cell -> its text with raised and lowered digits as marks, where the library glues them to the others
    """

    filled: int = 0
    rows: Sequence[int] = ()
    columns: Sequence[int] = ()
    percent: frozenset[Spot] = frozenset()
    errors: dict[Spot, str] = field(default_factory=dict)
    unsaved: tuple[Spot, ...] = ()
    merged: tuple[Area, ...] = ()
    texts: dict[Spot, str] = field(default_factory=dict)

    @property
    def scattered(self) -> bool:
        """Whether a rectangle around the cells would be next to empty."""
        around = (self.rows[-1] + 1) * (self.columns[-1] + 1) if self.rows else 0
        return around > max(_FREE, _THIN * self.filled)


class Gathered:
    """Gather the marks of one sheet, cell by cell."""

    def __init__(self) -> None:
        self.filled = 0
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.percent: set[Spot] = set()
        self.errors: dict[Spot, str] = {}
        self.unsaved: list[Spot] = []
        self.merged: list[Area] = []
        self.texts: dict[Spot, str] = {}

    def add(self, spot: Spot, percent: bool = False, error: str = "") -> None:
        """Take in a filled cell."""
        self.filled += 1
        self.rows.add(spot.row)
        self.columns.add(spot.column)
        if percent:
            self.percent.add(spot)
        if error:
            self.errors[spot] = error

    def marks(self) -> Marks:
        """Return what was gathered."""
        return Marks(
            self.filled,
            sorted(self.rows),
            sorted(self.columns),
            frozenset(self.percent),
            self.errors,
            tuple(self.unsaved),
            tuple(self.merged),
            self.texts,
        )


ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Errors of cells by the numbers that binary workbooks give them."""

PERCENT_FORMATS = frozenset({9, 10})
"""Numbers of the built-in formats 0% and 0.00%."""


def shows_percent(code: str) -> bool:
    """Tell whether a number format multiplies by 100: a percent sign that is neither quoted nor escaped.

    >>> shows_percent("0.0%"), shows_percent('0.0"%"')
    (True, False)
    """
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^]]*\]', "", code)


def signed_by(code: str) -> str:
    """Return the sign or unit that a number format puts to a number above 0 and that changes it, "" for none.

    A minus or an arrow down in front of its digits, or per mille behind them.

    >>> signed_by('"▼"0.0'), signed_by(r"\\-0.0"), signed_by('0.0"‰"')
    ('▼', '-', '‰')
    >>> signed_by("_-* #,##0.0_-;-0.0"), signed_by("yyyy-mm"), signed_by('"T-"0')
    ('', '', '')
    """
    section = re.sub(r"\[[^]]*\]|[_*].", "", code.partition(";")[0])
    if re.search("[ymdhs]", re.sub(r'"[^"]*"|\\.', "", section).lower()):
        return ""
    before, digits, after = re.sub(r'["\\]', "", re.sub("[0#?]", "\0", section)).partition("\0")
    if not digits:
        return ""
    return before.strip() if direction(before) == FALL else "‰" * ("‰" in after)
