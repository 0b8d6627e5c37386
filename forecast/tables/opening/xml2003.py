"""Workbooks in XML of Excel 2003, which many systems still write under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from forecast.tables.cells import Area
from forecast.tables.opening import raised
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.spots import UNSAVED, DamagedError, Gathered, Marks, Spot, Text, shows_percent

_NAMES = "{urn:schemas-microsoft-com:office:spreadsheet}"
_SIZE = 10.0  # of letters where no style says it
_SET = {"Sup": raised.RAISED, "Sub": raised.LOWERED, "S": raised.STRUCK}
_LAST = Spot(1_048_575, 16_383)


def is_workbook(content: bytes) -> bool:
    """Tell whether XML is such a workbook."""
    head = content[:4000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith(b"<?xml") and _NAMES[1:-1].encode() in head


def opened(name: str, content: bytes, budget: Budget) -> tuple[list[dict[str, Any]], dict[str, Marks]]:
    """Return the sheets as `child.py` gives those of other workbooks, and their marks by name.

    Raises ElementTree.ParseError or ValueError for a damaged one, DataError for one beyond the budget.
    """
    root = ElementTree.fromstring(content)
    styles = _Styles.of(root)
    usual = root.find(f"{_NAMES}Styles/{_NAMES}Style[@{_NAMES}ID='Default']/{_NAMES}Font")
    size = float((usual is not None and usual.get(_NAMES + "Size")) or _SIZE)
    sheets: list[dict[str, Any]] = []
    marks: dict[str, Marks] = {}
    for sheet in root.iter(_NAMES + "Worksheet"):
        title = sheet.get(_NAMES + "Name", "")
        marks[title], cells = _read(sheet, styles, size)
        rows, columns = marks[title].rows, marks[title].columns
        if len(rows) * len(columns) > budget.cells:
            what = f"has {len(rows):,} rows of {len(columns):,} columns"
            raise budget.refusal(f"{name}[{title}]", what, "cells")
        near = [(i, [cells.get(Spot(row, column), "") for column in columns]) for i, row in enumerate(rows)]
        states = sheet.iterfind("{*}WorksheetOptions/{*}Visible")
        visible = all(state.text == "SheetVisible" for state in states)
        sheets.append({"name": title, "visible": visible, "rows": near, "merged": []})
    return sheets, marks


class _Styles(NamedTuple):
    """Hold the names of the styles that show a percent sign, and of those that strike out."""

    percents: frozenset[str | None]
    crossed: frozenset[str | None]

    @classmethod
    def of(cls, root: Element) -> _Styles:
        """Return what the styles of a workbook say."""
        styles = list(root.iter(_NAMES + "Style"))
        name = _NAMES + "ID"
        return cls(
            frozenset(style.get(name) for style in styles if _is_percent(style)),
            frozenset(style.get(name) for style in styles if _strikes(style)),
        )


def _read(sheet: Element, styles: _Styles, size: float) -> tuple[Marks, dict[Spot, Any]]:
    """Return the marks of a sheet and its filled cells by their places.

    size : of most letters
    """
    gathered = Gathered(sheet.get(_NAMES + "Name", ""))
    cells: dict[Spot, Any] = {}
    for spot, cell in _cells(sheet):
        across, down = (int(cell.get(_NAMES + word, "0")) for word in ("MergeAcross", "MergeDown"))
        if across or down:
            gathered.merged.append(Area(spot.row, spot.column, spot.row + down, spot.column + across))
        data = cell.find(_NAMES + "Data")
        kind = "" if data is None else data.get(_NAMES + "Type", "")
        read = Text("") if data is None else raised.read(list(_pieces(data, "", size)))
        if not read.text and kind != "String" and cell.get(_NAMES + "Formula"):
            gathered.add(spot)
            gathered.faults[spot] = UNSAVED
        if data is None or spot in gathered.faults:
            continue
        text = read.text
        style = cell.get(_NAMES + "StyleID")
        in_percent = kind == "Number" and style in styles.percents
        gathered.add(spot, in_percent, text if kind == "Error" else "", style in styles.crossed)
        if kind == "String" and len(data):
            gathered.put(spot, read)
        cells[spot] = _value(kind, text, gathered.name(spot))
    return gathered.marks(), cells


def _pieces(data: Element, how: str, size: float) -> Iterator[tuple[str, str]]:
    """Yield the text of a cell in pieces, each with how it is set."""
    said = {key.rpartition("}")[2]: value for key, value in data.attrib.items()}
    small = float(said.get("Size", size)) <= raised.MUCH_SMALLER * size
    how = _SET.get(data.tag.rpartition("}")[2], how or (raised.SMALL if small else ""))
    yield data.text or "", how
    for child in data:
        yield from _pieces(child, how, size)
        yield child.tail or "", how


def _cells(sheet: Element) -> Iterator[tuple[Spot, Element]]:
    """Yield the cells with their places, which rows and cells name only where they leap.

    Raises ValueError for a place outside every sheet.
    """
    row = -1
    for line in sheet.iterfind(f"{_NAMES}Table/{_NAMES}Row"):
        row = int(line.get(_NAMES + "Index", row + 2)) - 1
        column = -1
        for cell in line.iterfind(_NAMES + "Cell"):
            column = int(cell.get(_NAMES + "Index", column + 2)) - 1
            if not (0 <= row <= _LAST.row and 0 <= column <= _LAST.column):
                raise ValueError("a cell outside of the sheet")
            yield Spot(row, column), cell
            column += int(cell.get(_NAMES + "MergeAcross", "0"))


def _is_percent(style: Element) -> bool:
    code = style.find(_NAMES + "NumberFormat")
    shown = "" if code is None else code.get(_NAMES + "Format", "")
    return shown == "Percent" or shows_percent(shown)


def _strikes(style: Element) -> bool:
    font = style.find(_NAMES + "Font")
    return font is not None and font.get(_NAMES + "StrikeThrough") == "1"


def _value(kind: str, text: str, name: str) -> Any:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            raise DamagedError(f'{name} holds "{text}" for a number') from None
    if kind == "DateTime":
        return "date", text.removesuffix("Z")[:19]
    if kind == "Boolean":
        return text.strip() == "1"
    return "" if kind == "Error" else text
