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
from functools import cache
from xml.etree import ElementTree

from forecast.tables.cells import letters
from forecast.tables.opening import raised, values
from forecast.tables.opening.spots import PERCENT_FORMATS, Gathered, Marks, Spot, shows_percent, signed_by

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
_RUN = r"""(?sx)
    (?P<start> <(?:\w+:)?(?:si|is)>\s* )? <(?:\w+:)?r>\s*
    <(?:\w+:)?rPr> (?:(?!</(?:\w+:)?rPr>).){0,2000}? <(?:\w+:)?vertAlign\s+val=["']%s["']
    (?:(?!</(?:\w+:)?rPr>).){0,2000} </(?:\w+:)?rPr>\s*
    <(?:\w+:)?t\b[^>]*> (?P<text>[^<]*) </(?:\w+:)?t>\s* </(?:\w+:)?r> (?P<end> \s*</(?:\w+:)?(?:si|is)> )?"""
_RUNS = {
    raised.RAISED: re.compile(_RUN % "superscript"),
    raised.LOWERED: re.compile(_RUN % "subscript"),
}
"""Runs of rich text above and below the line, with the start and the end of their cell where they stand there."""
_SHARED = "xl/sharedStrings.xml"
_FORMULA = re.compile(_STEM + rb"f[\s>/]")


def prepared(archive: zipfile.ZipFile) -> tuple[dict[str, Marks], dict[str, bytes]]:
    """Return the marks of every sheet by its name, and the parts to be replaced before opening."""
    percents, signs = _percent_styles(archive), _styles(archive, signed_by)
    marks, changed = {}, {}
    for sheet, part in _sheet_parts(archive).items():
        written = archive.read(part)
        xml = _with_marks(written)
        marks[sheet] = _marks(xml, percents, signs)
        if marks[sheet].scattered:
            xml = _drawn_together(xml, marks[sheet])
        if xml is not written:
            changed[part] = xml
    if _SHARED in archive.NameToInfo and (texts := archive.read(_SHARED)) != (read := _with_marks(texts)):
        changed[_SHARED] = read
    return marks, changed


def _with_marks(xml: bytes) -> bytes:
    """Return a part with text above or below the line as marks of footnotes; most have none and are given back."""
    if b"vertAlign" not in xml:
        return xml
    text = xml.decode("utf-8", "replace")
    for how, runs in _RUNS.items():
        text = raised.rewritten(text, runs, how)
    return text.encode()


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


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """Return the styles, by number as cells name them, that show a number times 100 with a percent sign."""
    return frozenset(_styles(archive, lambda code: "%" * shows_percent(code), PERCENT_FORMATS))


def _styles(
    archive: zipfile.ZipFile, told: Callable[[str], str], built_in: Collection[int] = ()
) -> dict[bytes, str]:
    """Return the styles, by number as cells name them, of formats of which something is told, with what that is.

    built_in : numbers of formats that have no code in the workbook, told "%"
    """
    if "xl/styles.xml" not in archive.NameToInfo:
        return {}
    styles = archive.read("xl/styles.xml")
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


def _marks(xml: bytes, percents: frozenset[bytes], signs: Mapping[bytes, str]) -> Marks:
    """Return what the XML of a sheet says of its filled cells."""
    gathered = Gathered()
    for spot, head, body in _cells(xml):
        result = _RESULT.search(body)
        kind = _TYPE.search(head)
        if (result is None or not result[1]) and _FORMULA.match(body) and (kind is None or kind[1] != b"str"):
            gathered.unsaved.append(spot)
        elif result is None:
            continue
        style = _STYLE.search(head) if percents or signs else None
        broken = kind is not None and kind[1] == b"e" and result is not None
        error = result[1].decode("ascii", "replace") if broken and result is not None else ""
        gathered.add(spot, style is not None and style[1] in percents, error)
        if style is not None and style[1] in signs and result is not None and (not kind or kind[1] == b"n"):
            shown = _signed(result[1].decode("ascii", "replace"), signs[style[1]], style[1] in percents)
            gathered.texts.update({spot: shown} if shown else {})
    return gathered.marks()


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
