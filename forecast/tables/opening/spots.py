"""`Marks`: what the parts of a workbook say of its filled cells, beyond their values."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from forecast.tables.cells import Area, letters
from forecast.tables.signs import FALL, direction

_FREE, _THIN = 100_000, 20
"""Cells of a rectangle that cost nothing, and cells around each filled one that make a table. chosen: of real
tables more than a twentieth is filled."""
_WIDE = 1 << 20
"""More columns than any sheet has."""


class Spot(NamedTuple):
    """A cell by its row and column in the workbook, from 0."""

    row: int
    column: int


class Fault(NamedTuple):
    """What is wrong with a cell, told after its name, and how to mend it."""

    what: str
    remedy: str


UNSAVED = Fault("holds a formula without its result", "open and save the file in Excel, or write the values")
VALUELESS = Fault(
    "shows a number that the file does not hold", "write the number into the cell anew, and save"
)


class Text(NamedTuple):
    """How the text of a cell is read, whether some of it is struck out, and what keeps it from being read."""

    text: str
    struck: bool = False
    fault: Fault | None = None


class DamagedError(ValueError):
    """Say in words what of a workbook is damaged."""


class LockedError(Exception):
    """Say that a workbook is in cipher."""


@dataclass(frozen=True, eq=False)
class Marks:
    """Hold what the parts of a workbook say of the filled cells of one sheet.

    filled : number of cells · rows, columns : where they are, in order
    percent : cells shown with a percent sign · errors : cell -> its error, such as "#N/A"
    merged : areas by rows and columns of the workbook
    texts : cell -> its text with raised and lowered digits as marks, where the library glues them to the others
    struck : cells of which text that is struck out was left out · faults : cell -> what keeps it from being read
    crossed : cells whose style strikes them out as a whole
    """

    filled: int = 0
    rows: Sequence[int] = ()
    columns: Sequence[int] = ()
    percent: frozenset[Spot] = frozenset()
    errors: dict[Spot, str] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    texts: dict[Spot, str] = field(default_factory=dict)
    struck: tuple[Spot, ...] = ()
    faults: dict[Spot, Fault] = field(default_factory=dict)
    crossed: frozenset[Spot] = frozenset()

    @property
    def scattered(self) -> bool:
        """Whether a rectangle around the cells would be next to empty."""
        around = (self.rows[-1] + 1) * (self.columns[-1] + 1) if self.rows else 0
        return around > max(_FREE, _THIN * self.filled)


class Gathered:
    """Gather the marks of one sheet, cell by cell."""

    def __init__(self, sheet: str = "") -> None:
        self._sheet = sheet
        self.filled = 0
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.percent: set[Spot] = set()
        self.errors: dict[Spot, str] = {}
        self.merged: list[Area] = []
        self.texts: dict[Spot, str] = {}
        self.struck: list[Spot] = []
        self.faults: dict[Spot, Fault] = {}
        self.crossed: set[Spot] = set()
        self._places = array("q")
        self._last = -1
        self._in_order = True

    def add(self, spot: Spot, percent: bool = False, error: str = "", crossed: bool = False) -> None:
        """Take in a filled cell."""
        self.filled += 1
        row, column = spot
        place = row * _WIDE + column
        if place <= self._last:
            self._in_order = False
        self._last = place
        self._places.append(place)
        self.rows.add(row)
        self.columns.add(column)
        if percent:
            self.percent.add(spot)
        if crossed:
            self.crossed.add(spot)
        if error:
            self.errors[spot] = error

    def put(self, spot: Spot, text: Text) -> None:
        """Take in how a cell is read whose text is set in several ways, each piece in its own and not in the cell's."""
        self.crossed.discard(spot)
        self.texts[spot] = text.text
        if text.struck:
            self.struck.append(spot)
        if text.fault:
            self.faults[spot] = text.fault

    def name(self, spot: Spot) -> str:
        """Return how a message names a cell."""
        return f'cell {letters(spot.column)}{spot.row + 1} of sheet "{self._sheet}"'

    def marks(self) -> Marks:
        """Return what was gathered. Raises DamagedError for two cells at one place, of which one would be lost."""
        if not self._in_order:
            places = sorted(self._places)
            twice = next((a for a, b in pairwise(places) if a == b), None)
            if twice is not None:
                raise DamagedError(f"{self.name(Spot(*divmod(twice, _WIDE)))} stands twice")
        return Marks(
            self.filled,
            sorted(self.rows),
            sorted(self.columns),
            frozenset(self.percent),
            self.errors,
            tuple(self.merged),
            self.texts,
            tuple(self.struck),
            self.faults,
            frozenset(self.crossed),
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
