"""The XML parts of an .xlsx workbook: what calamine does not tell, and what would make it ask for too much.

Of every cell that is filled: where it stands, whether its sheet shows it in percent, the error it holds, and
whether its formula was ever computed. A cell far from all others is moved near in a copy (calamine keeps every
cell of the rectangle around them, 17 thousand million for one in the last row and column), and put back after.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from xml.etree import ElementTree

from forecast.tables.cells import letters
from forecast.tables.opening import raised, values
from forecast.tables.opening.plainxml import plain
from forecast.tables.opening.spots import (
    PERCENT_FORMATS,
    UNSAVED,
    DamagedError,
    Gathered,
    Marks,
    Spot,
    Text,
    shows_percent,
    signed_by,
)

_STEM = rb"<(?:\w+:)?"
_CELL = re.compile(
    _STEM + rb"(?:row\b(?P<row>[^>]*)>|c(?P<head>\s[^>/]*|)(?:/>|>(?P<body>.*?)</(?:\w+:)?c>))", re.DOTALL
)
_PLACED = re.compile(_STEM + rb'c\s+r="([A-Z]{1,3})(\d{1,7})"([^>/]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_UNPLACED = re.compile(_STEM + rb'c(?=[\s>/])(?!\s+r="[A-Z])')
_REFERENCE = re.compile(rb'\br="([A-Za-z]{1,3})(\d{1,7})"')
_NUMBERED = re.compile(rb'\br="(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_TYPE = re.compile(rb'\bt="(\w+)"')
_RESULT = re.compile(_STEM + rb"(?:v|t)\b[^>]*>([^<]*)")
_PREFIX = re.compile(rb"<(/?)\w+:")
_FORMAT = re.compile(_STEM + rb"numFmt\s[^>]*>")
_CODE = re.compile(rb'\bformatCode="([^"]*)"')
_NUMBER = re.compile(rb'\bnumFmtId="(\d+)"')
_USED = re.compile(_STEM + rb"cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_LOOK = re.compile(_STEM + rb"xf\b[^>]*>")
_RICH = re.compile(_STEM + rb"rPr[\s>]")
_ITEM = re.compile(_STEM + rb"si(?:\s*/>|\b[^>]*>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_FONT = re.compile(_STEM + rb'fonts\b.*?<(?:\w+:)?sz\s+val="([\d.]+)"', re.DOTALL)
_FONTS = re.compile(_STEM + rb"fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_ONE_FONT = re.compile(_STEM + rb"font(?:\s*/>|(?:\s[^>]*)?>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(_STEM + rb"""strike(?![^>]*val=["'](?:0|false)["'])[\s/>]""")
_FONT_NUMBER = re.compile(rb'\bfontId="(\d+)"')
_SIZE = 11.0  # of letters where no style says it
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SET = {"superscript": raised.RAISED, "subscript": raised.LOWERED}
_INLINE = re.compile(_STEM + rb"is\b[^>]*>(.*)</(?:\w+:)?is>", re.DOTALL)
_VALUE = re.compile(_STEM + rb"v[\s>]")
_TWO_TEXTS = re.compile(rb"</(?:\w+:)?t>\s*<(?:\w+:)?t[\s>]")
_SHARED, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_FORMULA = re.compile(_STEM + rb"f[\s>/]")


def prepared(archive: zipfile.ZipFile) -> tuple[dict[str, Marks], dict[str, bytes]]:
    """Return the marks of every sheet by its name, and the parts to be replaced before opening.

    Raises DamagedError for a sheet with two values for one cell, or a text that the workbook does not hold.
    """
    changed = {
        part: xml
        for part in (_SHARED, _STYLES)
        if part in archive.NameToInfo and (xml := plain(written := archive.read(part))) is not written
    }
    styles, shared = (changed.get(part) or _read(archive, part) for part in (_STYLES, _SHARED))
    looks = _Looks.of(styles, shared)
    marks = {}
    for sheet, part in _sheet_parts(archive).items():
        written = archive.read(part)
        xml = plain(written)
        marks[sheet] = _marks(xml, looks, sheet)
        if marks[sheet].scattered:
            xml = _drawn_together(xml, marks[sheet])
        if xml is not written:
            changed[part] = xml
    return marks, changed


def _read(archive: zipfile.ZipFile, part: str) -> bytes:
    return archive.read(part) if part in archive.NameToInfo else b""


@dataclass(frozen=True, eq=False)
class _Looks:
    """Hold what styles and shared texts say of the cells that name them.

    percents, signs : styles that show a percent sign, or another · crossed : that strike out · size : of most letters
    texts : position -> shared text set in several ways
    """

    percents: frozenset[bytes] = frozenset()
    signs: Mapping[bytes, str] = field(default_factory=dict)
    crossed: frozenset[bytes] = frozenset()
    size: float = _SIZE
    texts: Mapping[int, Text] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: bytes, shared: bytes) -> _Looks:
        """Return what the parts of a workbook say."""
        said = _FONT.search(styles)
        size = float(said[1]) if said else _SIZE
        items = (hit[1] or b"" for hit in _ITEM.finditer(shared))
        texts = {i: _rich(item, size) for i, item in enumerate(items) if _RICH.search(item)}
        return cls(_percent_styles(styles), _styles(styles, signed_by), _crossed_styles(styles), size, texts)


def _rich(item: bytes, size: float) -> Text:
    """Return a text with its marks from the XML of its runs.

    size : of letters of which no run says it
    """
    runs = ElementTree.fromstring(b"<is>" + _PREFIX.sub(rb"<\1", item) + b"</is>").iterfind("r")
    return raised.read([(_ESCAPED.sub(_letter, run.findtext("t") or ""), _how(run, size)) for run in runs])


def _letter(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))


def _how(run: ElementTree.Element, size: float) -> str:
    """Return how a run is set."""
    said = {one.tag: one.get("val", "1") for one in run.iterfind("rPr/*")}
    if said.get("strike", "0") not in ("0", "false"):
        return raised.STRUCK
    small = float(said.get("sz", size)) <= raised.MUCH_SMALLER * size
    return _SET.get(said.get("vertAlign", ""), raised.SMALL if small else "")


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
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


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    """Return the styles, by number as cells name them, that show a number times 100 with a percent sign."""
    return frozenset(_styles(styles, lambda code: "%" * shows_percent(code), PERCENT_FORMATS))


def _crossed_styles(styles: bytes) -> frozenset[bytes]:
    """Return the styles, by number as cells name them, whose font strikes out."""
    fonts, used = _FONTS.search(styles), _USED.search(styles)
    if not fonts or not used:
        return frozenset()
    struck = {
        str(i).encode()
        for i, font in enumerate(_ONE_FONT.finditer(fonts[0]))
        if font[1] and _STRIKE.search(font[1])
    }
    named = [_FONT_NUMBER.search(style) for style in _LOOK.findall(used[0])] if struck else []
    return frozenset(str(i).encode() for i, number in enumerate(named) if number and number[1] in struck)


def _styles(styles: bytes, told: Callable[[str], str], built_in: Collection[int] = ()) -> dict[bytes, str]:
    """Return the styles, by number as cells name them, of formats of which something is told, with what that is.

    built_in : numbers of formats that have no code in the workbook, told "%"
    """
    formats = {str(number).encode(): "%" for number in built_in}
    for one in _FORMAT.findall(styles):
        number, code = _NUMBER.search(one), _CODE.search(one)
        if number and code and (said := told(html.unescape(code[1].decode("utf-8", "replace")))):
            formats[number[1]] = said
    used = _USED.search(styles)
    numbers = [_NUMBER.search(style) for style in _LOOK.findall(used[0])] if used else []
    return {
        str(i).encode(): formats[number[1]]
        for i, number in enumerate(numbers)
        if number and number[1] in formats
    }


def _marks(xml: bytes, looks: _Looks, sheet: str = "") -> Marks:
    """Return what the XML of a sheet says of its filled cells."""
    gathered = Gathered(sheet)
    percents, signs, crossed = looks.percents, looks.signs, looks.crossed
    for spot, head, body in _cells(xml):
        result = _RESULT.search(body)
        typed = _TYPE.search(head) if b"t=" in head else None
        kind = typed[1] if typed else b"n"
        if (result is None or not result[1]) and _FORMULA.match(body) and kind != b"str":
            gathered.faults[spot] = UNSAVED
            gathered.add(spot)
            continue
        if result is None:
            continue
        style = _STYLE.search(head) if percents or signs or crossed else None
        told = result[1]
        error = told.decode("ascii", "replace") if kind == b"e" else ""
        look = style[1] if style else b""
        gathered.add(spot, look in percents, error, look in crossed)
        if kind == b"inlineStr" or told and kind == b"s":
            _text(gathered, spot, kind, told if kind == b"s" else body, looks)
        elif look in signs and kind == b"n":
            shown = _signed(told.decode("ascii", "replace"), signs[look], look in percents)
            gathered.texts.update({spot: shown} if shown else {})
        if body.count(b"<") > 2 and kind != b"inlineStr" and _VALUE.search(body, result.end()):
            raise DamagedError(f"{gathered.name(spot)} holds two values")
    return gathered.marks()


def _text(gathered: Gathered, spot: Spot, kind: bytes, told: bytes, looks: _Looks) -> None:
    """Take in the text of a cell that is set in several ways: a shared one by its position, or its own."""
    if kind == b"s":
        if not told.strip().isdigit():
            raise DamagedError(f"{gathered.name(spot)} names a text that the workbook does not hold")
        if text := looks.texts.get(int(told)):
            gathered.put(spot, text)
        return
    if _TWO_TEXTS.search(told):
        raise DamagedError(f"{gathered.name(spot)} holds two texts")
    if _RICH.search(told) and (inside := _INLINE.search(told)):
        gathered.put(spot, _rich(inside[1], looks.size))


def _signed(number: str, sign: str, in_percent: bool) -> str:
    """Return a number above 0 as its format shows it, "" for others."""
    try:
        value = float(number)
    except ValueError:
        return ""
    if value <= 0:
        return ""
    shown = values.percent(value) if in_percent else str(values.number(value)).removesuffix(".0")
    return f"{shown}{sign}" if sign == "‰" else f"{sign}{' ' * (len(sign) > 1)}{shown}"


def _drawn_together(xml: bytes, marks: Marks) -> bytes:
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
    if _UNPLACED.search(xml) is None:
        for hit in _PLACED.finditer(xml):
            if hit[4]:
                yield Spot(int(hit[2]) - 1, _column(hit[1])), hit[3], hit[4]
        return
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


@cache
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number - 1
