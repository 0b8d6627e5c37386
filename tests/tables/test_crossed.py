"""Cells of workbooks that their style strikes out, and tables within cells: refused where a number is read."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from forecast import series
from forecast.errors import DataError
from forecast.tables.opening import sheets
from tests.tables.test_formats import record, xlsb_book
from tests.tables.test_marks import XML2003
from tests.tables.test_pieces import ods

TOLD = ':B2: IIP "95.1" is struck out; write the number that holds, or nothing where none does'
FLOAT = '<table:table-cell{} office:value-type="float" office:value="95.1"><text:p>95.1</text:p></table:table-cell>'
CELLS = (
    '<style:style style:name="c1" style:family="table-cell"><style:text-properties '
    'style:text-line-through-style="{}"/></style:style>'
    '<style:style style:name="c2" style:family="table-cell" style:parent-style-name="c1"/>'
)


def refused(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        series.read(path)
    return str(caught.value)


def xlsx(path: Path, cell: object, strike: bool = True, percent: bool = False) -> Path:
    book = openpyxl.Workbook()
    assert (sheet := book.active) is not None
    for row in (("month", "IIP"), ("2024-01", cell), ("2024-02", 99.1)):
        sheet.append(row)
    sheet["B2"].font = Font(strike=strike)
    sheet["B2"].number_format = "0.0%" if percent else "General"
    book.save(path)
    return path


@pytest.mark.parametrize("cell", [95.1, "95.1", 0.1 + 95])
def test_a_number_in_a_struck_font_of_xlsx(tmp_path: Path, cell: object) -> None:
    assert TOLD in refused(xlsx(tmp_path / "x.xlsx", cell))
    assert series.read(xlsx(tmp_path / "x.xlsx", cell, strike=False)).iloc[0] == 95.1


def test_a_percentage_in_a_struck_font(tmp_path: Path) -> None:
    assert '"5.3%" is struck out' in refused(xlsx(tmp_path / "x.xlsx", 0.053, percent=True))


def test_pieces_of_a_text_are_set_in_their_own_font_and_not_in_the_cells(tmp_path: Path) -> None:
    pieces = CellRichText(TextBlock(InlineFont(strike=True), "3.4"), TextBlock(InlineFont(b=True), "95.1"))
    assert series.read(xlsx(tmp_path / "x.xlsx", pieces)).iloc[0] == 95.1


@pytest.mark.parametrize("style", ["c1", "c2"])
def test_a_number_in_a_struck_style_of_ods(tmp_path: Path, style: str) -> None:
    cell = FLOAT.format(f' table:style-name="{style}"')
    assert TOLD in refused(ods(tmp_path / "x.ods", cell, CELLS.format("solid")))
    assert series.read(ods(tmp_path / "x.ods", cell, CELLS.format("none"))).iloc[0] == 95.1
    head = f'<table:table-cell table:style-name="{style}" office:value-type="string">'
    for inside in ("95.1", "<text:span>95.1</text:span>"):
        text = f"{head}<text:p>{inside}</text:p></table:table-cell>"
        assert TOLD in refused(ods(tmp_path / "x.ods", text, CELLS.format("solid")))


@pytest.mark.parametrize("of", ["row", "column"])
def test_a_cell_of_ods_without_a_style_has_that_of_its_row_or_column(tmp_path: Path, of: str) -> None:
    path = ods(tmp_path / "x.ods", FLOAT.format(""), CELLS.format("solid"))
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    usual = 'table:default-cell-style-name="c2"'
    begin = '<table:table table:name="S">'
    if of == "row":
        at = content.index("<table:table-row>", content.index("IIP"))
        content = content[:at] + content[at:].replace("<table:table-row>", f"<table:table-row {usual}>", 1)
    else:
        columns = f"<table:table-column/><table:table-column {usual}/>"
        content = content.replace(begin, begin + columns)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    assert TOLD in refused(path)


@pytest.mark.parametrize("look", ["struck_out on", "bold on"])
def test_a_number_in_a_struck_font_of_xls(tmp_path: Path, look: str) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for r, row in enumerate((("month", "IIP"), ("2024-01", 95.1), ("2024-02", 99.1))):
        for c, value in enumerate(row):
            sheet.write(r, c, value, xlwt.easyxf(f"font: {look}" if (r, c) == (1, 1) else ""))
    book.save(path := tmp_path / "x.xls")
    if look == "bold on":
        assert series.read(path).iloc[0] == 95.1
    else:
        assert TOLD in refused(path)


def test_a_number_in_a_struck_font_of_xlsb(tmp_path: Path) -> None:
    xlsb_book(path := tmp_path / "x.xlsb", {(0, 0): (95.1, 1), (0, 1): (99.1, 0)})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    fonts = [record(43, struct.pack("<HHHH", 200, flags, 400, 0) + bytes(13)) for flags in (0, 8)]
    looks = parts["xl/styles.bin"].replace(
        struct.pack("<HHH", 0xFFFF, 170, 0), struct.pack("<HHH", 0xFFFF, 0, 1)
    )
    parts["xl/styles.bin"] = record(611, struct.pack("<I", 2)) + b"".join(fonts) + record(612, b"") + looks
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert sheets(path)[0].rows == (("95.1 (struck out)", 99.1),)


def test_a_number_in_a_struck_font_of_xml_of_2003(tmp_path: Path) -> None:
    text = '<Cell><Data ss:Type="String">{}</Data></Cell>'.format
    number = '<Cell ss:StyleID="s1"><Data ss:Type="Number">95.1</Data></Cell>'
    rows = [text("month") + text("IIP"), text("2024-01") + number, text("2024-02") + text("99.1")]
    page = XML2003.format("".join(f"<Row>{row}</Row>" for row in rows))
    style = '<Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style></Styles>'
    (path := tmp_path / "x.xls").write_text(page.replace("<Worksheet", style + "<Worksheet", 1))
    assert TOLD in refused(path)


def test_a_table_within_a_cell_of_ods_is_refused_by_its_cell(tmp_path: Path) -> None:
    def within(cell: str) -> str:
        row = f"<table:table-row>{cell}</table:table-row>"
        inner = f'<table:table table:is-sub-table="true">{row}</table:table>'
        return f"<table:table-cell>{inner}</table:table-cell>"

    told = "x.ods: cell B2 holds a table of its own; write its numbers into cells of the sheet, and save"
    once = within(FLOAT.format(""))
    for cell in (once, within(once)):
        assert refused(ods(tmp_path / "x.ods", cell)) == told
