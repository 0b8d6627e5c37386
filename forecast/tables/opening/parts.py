"""The XML parts of an .xlsx workbook: what calamine does not tell, and what would make it ask for too much.

Of every cell that is filled: where it stands, whether its sheet shows it in percent, the error it holds, and
whether its formula was ever computed. A cell far from all others is moved near in a copy (calamine keeps every
cell of the rectangle around them, 17 thousand million for one in the last row and column), and put back after.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree

from forecast.tables.cells import letters

_STEM = rb"<(?:\w+:)?"
_CELL = re.compile(
    _STEM + rb"(?:row\b(?P<row>[^>]*)>|c(?P<head>\s[^>/]*|)(?:/>|>(?P<body>.*?)</(?:\w+:)?c>))", re.DOTALL
)
_REFERENCE = re.compile(rb'\br="([A-Za-z]{1,3})(\d{1,7})"')
_NUMBERED = re.compile(rb'\br="(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_TYPE = re.compile(rb'\bt="(\w+)"')
_RESULT = re.compile(_STEM + rb"(?:v|t)\b[^>]*>([^<]*)")
_PREFIX = re.compile(rb"<(/?)\w+:")
_FORMULA = re.compile(_STEM + rb"f[\s>/]")
_PERCENT_FORMATS = {"9", "10"}
"""Numbers of the built-in formats 0% and 0.00%."""
_FREE, _THIN = 100_000, 20
"""Cells of a rectangle that cost nothing, and cells around each filled one that make a table."""


class Spot(NamedTuple):
    """A cell by its row and column in the workbook, from 0."""

    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Marks:
    """Hold what the XML of one sheet says of its filled cells.

    filled : number of cells · rows, columns : where they are, in order
    percent : cells shown with a percent sign · errors : cell -> its error, such as "#N/A"
    unsaved : cells whose formula has no result
    """

    filled: int = 0
    rows: Sequence[int] = ()
    columns: Sequence[int] = ()
    percent: frozenset[Spot] = frozenset()
    errors: dict[Spot, str] = field(default_factory=dict)
    unsaved: tuple[Spot, ...] = ()

    @property
    def scattered(self) -> bool:
        """Whether a rectangle around the cells would be next to empty."""
        around = (self.rows[-1] + 1) * (self.columns[-1] + 1) if self.rows else 0
        return around > max(_FREE, _THIN * self.filled)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of every sheet of an .xlsx workbook by the sheet's name."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for sheet in book.iterfind(".//{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in archive.NameToInfo:
            parts[sheet.get("name", "")] = part
    return parts


def percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """Return the styles, by number as cells name them, that show a number times 100 with a percent sign."""
    if "xl/styles.xml" not in archive.NameToInfo:
        return frozenset()
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    formats = _PERCENT_FORMATS | {
        one.get("numFmtId", "")
        for one in root.iterfind(".//{*}numFmt")
        if _shows_percent(one.get("formatCode", ""))
    }
    styles = root.find("{*}cellXfs")
    used = [] if styles is None else [style.get("numFmtId") for style in styles]
    return frozenset(str(i).encode() for i, number in enumerate(used) if number in formats)


def marks(xml: bytes, percents: frozenset[bytes]) -> Marks:
    """Return what the XML of a sheet says of its filled cells."""
    filled = 0
    rows, columns, shown, errors, unsaved = set(), set(), set(), {}, []
    for spot, head, body in _cells(xml):
        result = _RESULT.search(body)
        kind = _TYPE.search(head)
        if (result is None or not result[1]) and _FORMULA.match(body) and (kind is None or kind[1] != b"str"):
            unsaved.append(spot)
        elif result is None:
            continue
        filled += 1
        rows.add(spot.row)
        columns.add(spot.column)
        if kind is not None and kind[1] == b"e" and result is not None:
            errors[spot] = result[1].decode("ascii", "replace")
        if percents and (style := _STYLE.search(head)) and style[1] in percents:
            shown.add(spot)
    return Marks(filled, sorted(rows), sorted(columns), frozenset(shown), errors, tuple(unsaved))


def drawn_together(xml: bytes, marks: Marks) -> bytes:
    """Return the XML of a sheet with its filled rows and columns side by side from A1 on, in their order."""
    row_of = {row: i for i, row in enumerate(marks.rows)}
    column_of = {column: i for i, column in enumerate(marks.columns)}
    lines: dict[int, list[bytes]] = {}
    for spot, head, body in _cells(xml):
        if spot.row not in row_of or spot.column not in column_of:
            continue
        place = letters(column_of[spot.column]) + str(row_of[spot.row] + 1)
        head, body = _REFERENCE.sub(b"", head), _PREFIX.sub(rb"<\1", body)
        lines.setdefault(row_of[spot.row], []).append(b'<c r="%s"%s>%s</c>' % (place.encode(), head, body))
    table = b"".join(b'<row r="%d">%s</row>' % (row + 1, b"".join(cells)) for row, cells in lines.items())
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + table
        + b"</sheetData></worksheet>"
    )


def _cells(xml: bytes) -> Iterator[tuple[Spot, bytes, bytes]]:
    """Yield place, attributes and content of every cell with content; places may be left to be counted."""
    row = column = -1
    for hit in _CELL.finditer(xml):
        head = hit["head"]
        if head is None:
            numbered = _NUMBERED.search(hit["row"])
            row, column = int(numbered[1]) - 1 if numbered else row + 1, -1
            continue
        named = _REFERENCE.search(head)
        column = _column(named[1]) if named else column + 1
        if named:
            row = int(named[2]) - 1
        if hit["body"]:
            yield Spot(row, column), head, hit["body"]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number - 1


def _shows_percent(code: str) -> bool:
    """Tell whether a number format multiplies by 100: a percent sign that is neither quoted nor escaped."""
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^]]*\]', "", code)
