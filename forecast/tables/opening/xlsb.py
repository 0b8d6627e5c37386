"""The binary parts of an .xlsb workbook: percent formats, errors, raised digits, and cells far from all others.

The numbers are those of [MS-XLSB].
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from forecast.tables.opening.raised import STRUCK, Font, of_fonts, set_in
from forecast.tables.opening.spots import ERRORS, PERCENT_FORMATS, Gathered, Marks, Spot, Text, shows_percent

_ROW, _ERROR, _FORMULA_ERROR = 0, 3, 11  # record numbers of [MS-XLSB] 2.3
_CELLS = range(2, 12)  # record numbers of cells, likewise
_FORMAT, _STYLE, _SHEET = 44, 47, 156  # likewise
_STYLES_BEGIN, _STYLES_END = 617, 618  # likewise
_SHARED, _TEXT, _FONT, _FONTS_BEGIN, _FONTS_END = 7, 19, 43, 611, 612  # likewise


def prepared(archive: zipfile.ZipFile) -> tuple[dict[str, Marks], dict[str, bytes]]:
    """Return the marks of every sheet by its name, and the parts to be replaced before opening.

    Raises struct.error for records cut short, DamagedError for two cells at one place.
    """
    how = _raised_fonts(archive)
    styles, texts = _Styles.of(archive, how), _raised_texts(archive, how)
    marks, nearer = {}, {}
    for sheet, part in _sheet_parts(archive).items():
        data = archive.read(part)
        marks[sheet] = _marks(data, styles, texts, sheet)
        if marks[sheet].scattered:
            nearer[part] = _drawn_together(data, marks[sheet])
    return marks, nearer


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield kind, start and content of every record; kind and length are written 7 bits a byte."""
    at = 0
    while at < len(data):
        kind = data[at] & 0x7F
        if data[at] & 0x80:
            at += 1
            kind |= (data[at] & 0x7F) << 7
        at += 1
        length = 0
        for i in range(4):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << 7 * i
            if not byte & 0x80:
                break
        yield kind, at, data[at : at + length]
        at += length


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.bin.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for kind, _, record in _records(archive.read("xl/workbook.bin")):
        if kind == _SHEET:
            link, at = _text(record, 8)
            name, _ = _text(record, at)
            target = targets.get(link, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in archive.NameToInfo:
                parts[name] = part
    return parts


class _Styles(NamedTuple):
    """Hold the styles, by number as cells name them, that show a percent sign, and those that strike out."""

    percents: frozenset[int] = frozenset()
    crossed: frozenset[int] = frozenset()

    @classmethod
    def of(cls, archive: zipfile.ZipFile, how: Mapping[int, str]) -> _Styles:
        """Return what a workbook says; how : font -> how it sets its text."""
        if "xl/styles.bin" not in archive.NameToInfo:
            return cls()
        formats = set(PERCENT_FORMATS)
        used: list[tuple[int, int]] = []
        of_cells = False
        for kind, _, record in _records(archive.read("xl/styles.bin")):
            if kind == _FORMAT and shows_percent(_text(record, 2)[0]):
                formats.add(struct.unpack_from("<H", record)[0])
            elif kind in (_STYLES_BEGIN, _STYLES_END):
                of_cells = kind == _STYLES_BEGIN
            elif kind == _STYLE and of_cells:
                _, number, *font = struct.unpack_from("<HHH" if len(record) > 5 else "<HH", record)
                used.append((number, font[0] if font else 0))
        return cls(
            frozenset(i for i, (number, _) in enumerate(used) if number in formats),
            frozenset(i for i, (_, font) in enumerate(used) if how.get(font) == STRUCK),
        )


def _raised_texts(archive: zipfile.ZipFile, how: Mapping[int, str]) -> dict[int, Text]:
    """Return position -> text with its marks, of the texts that cells share and that have some."""
    out: dict[int, Text] = {}
    if not how or "xl/sharedStrings.bin" not in archive.NameToInfo:
        return out
    shared = (record for kind, _, record in _records(archive.read("xl/sharedStrings.bin")) if kind == _TEXT)
    for i, record in enumerate(shared):
        text, at = _text(record, 1)
        if record[0] & 1:
            runs = struct.unpack_from("<I", record, at)[0]
            fonts = [struct.unpack_from("<HH", record, at + 4 + 4 * k) for k in range(runs)]
            if (marked := set_in(text, fonts, how)) != Text(text):
                out[i] = marked
    return out


def _raised_fonts(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return font -> how it sets its text, without those that do as most."""
    if "xl/styles.bin" not in archive.NameToInfo:
        return {}
    of_cells = False
    fonts: list[Font] = []
    for kind, _, record in _records(archive.read("xl/styles.bin")):
        if kind in (_FONTS_BEGIN, _FONTS_END):
            of_cells = kind == _FONTS_BEGIN
        elif kind == _FONT and of_cells:
            fonts.append(Font(*struct.unpack_from("<HH2xH", record)))
    return of_fonts(fonts)


def _marks(data: bytes, styles: _Styles, texts: Mapping[int, Text], sheet: str) -> Marks:
    """Return the marks of a sheet.

    texts : shared ones that have marks, by position
    """
    gathered = Gathered(sheet)
    row = 0
    for kind, _, record in _records(data):
        if kind == _ROW:
            row = struct.unpack_from("<I", record)[0]
        elif kind in _CELLS:
            column, style = struct.unpack_from("<II", record)
            error = ERRORS.get(record[8], "#ERROR") if kind in (_ERROR, _FORMULA_ERROR) else ""
            style &= 0xFFFFFF
            gathered.add(Spot(row, column), style in styles.percents, error, style in styles.crossed)
            if kind == _SHARED and (text := texts.get(struct.unpack_from("<I", record, 8)[0])):
                gathered.put(Spot(row, column), text)
    return gathered.marks()


def _drawn_together(data: bytes, marks: Marks) -> bytes:
    """Return the part with its filled rows and columns side by side from A1 on, in their order."""
    row_of = {row: i for i, row in enumerate(marks.rows)}
    column_of = {column: i for i, column in enumerate(marks.columns)}
    changed = bytearray(data)
    for kind, at, record in _records(data):
        if kind == _ROW:
            row = struct.unpack_from("<I", record)[0]
            struct.pack_into("<I", changed, at, row_of.get(row, len(row_of)))
        elif kind in _CELLS:
            struct.pack_into("<I", changed, at, column_of[struct.unpack_from("<I", record)[0]])
    return bytes(changed)


def _text(record: bytes, at: int) -> tuple[str, int]:
    """Return a text of a record and where it ends."""
    end = at + 4 + 2 * struct.unpack_from("<I", record, at)[0]
    return record[at + 4 : end].decode("utf-16-le", "replace"), end
