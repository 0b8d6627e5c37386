"""From sheets to an Excel workbook that has the same bytes every time. The only place where openpyxl writes."""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from forecast.report.render.sheets import Cell, Sheet

INSTALL = "pip install openpyxl"
HEAD_ROW = 3  # title, an empty row, then the heads of the columns
NARROWEST, WIDEST = 9.0, 60.0  # column widths, letters; chosen: what prints on one page across
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip file holds
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def installed() -> bool:
    """Tell whether workbooks can be written here."""
    return importlib.util.find_spec("openpyxl") is not None


def render(sheets: Sequence[Sheet], title: str, as_of: str, language: str) -> bytes:
    """Return the workbook; `as_of` is its date, so that the same report has the same bytes.

    The first sheet lists the others and links to them. Text is text: what begins with = is no formula.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    about = book.properties
    about.creator, about.title, about.language = "iip-forecast", _text(title), language
    about.created = datetime.fromisoformat(as_of)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    _contents(book[sheets[0].name], sheets)
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue(), about.created)


def _write(page: Any, sheet: Sheet) -> None:
    """Fill one sheet: title, heads frozen above the rows, widths by content, printing across one page."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    _put(page.cell(1, 1), Cell(sheet.title)).font = Font(bold=True, size=12)
    for at, head in enumerate(sheet.head, 1):
        place = _put(page.cell(HEAD_ROW, at), Cell(head))
        place.font = Font(bold=True)
        place.fill = PatternFill("solid", fgColor="D9DCE0")
        place.alignment = Alignment(wrap_text=len(sheet.head) > 1, vertical="top")
    for down, row in enumerate(sheet.rows, HEAD_ROW + 1):
        for at, item in enumerate(row, 1):
            place = _put(page.cell(down, at), item)
            if item.address:
                place.hyperlink, place.style = item.address, "Hyperlink"
            place.alignment = Alignment(wrap_text=len(sheet.head) > 1, vertical="top")
    for at in range(1, len(sheet.head) + 1):
        page.column_dimensions[get_column_letter(at)].width = _width(sheet, at - 1)
    page.freeze_panes = page.cell(HEAD_ROW + 1, 1)
    if sheet.rows and len(sheet.head) > 1:
        page.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(sheet.head))}{HEAD_ROW + len(sheet.rows)}"
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _put(place: Any, item: Cell) -> Any:
    """Write one value; text never becomes a formula."""
    if isinstance(item.value, str):
        place.value = _text(item.value)
        place.data_type = "s"
    else:
        place.value = item.value
        place.number_format = item.shown
    return place


def _text(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return _CONTROL.sub("", text)


def _contents(page: Any, sheets: Sequence[Sheet]) -> None:
    """List the sheets below the summary, each opening its own."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    row = HEAD_ROW + len(sheets[0].rows) + 2
    for down, sheet in enumerate(sheets[1:], row):
        place = _put(page.cell(down, 1), Cell(sheet.name))
        place.hyperlink = Hyperlink(ref=place.coordinate, location=f"'{sheet.name}'!A1")
        place.style = "Hyperlink"
        _put(page.cell(down, 2), Cell(sheet.title))
    page.column_dimensions["A"].width = 34.0
    page.column_dimensions["B"].width = 14.0
    page.auto_filter.ref = None


def _width(sheet: Sheet, at: int) -> float:
    """Letters of the longest cell of a column, a head counted by its longest word."""
    widths = [len(word) for word in sheet.head[at].split()]
    for row in sheet.rows:
        if at < len(row) and row[at].value is not None:
            value = row[at].value
            widths.append(len(value) if isinstance(value, str) else len(row[at].shown.split(";")[0]))
    return min(max([NARROWEST, *(1.1 * n + 2.0 for n in widths)]), WIDEST)


def _without_clock(content: bytes, as_of: datetime) -> bytes:
    """The same file with the report's date for the time of writing, in its properties and on its parts."""
    out = io.BytesIO()
    day = as_of.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as fresh:
        for name in given.namelist():
            part = _MODIFIED.sub(rb"\g<1>" + day, given.read(name))
            fresh.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
