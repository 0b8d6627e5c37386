"""What calamine does not tell of a workbook, and the guards of its memory, in each of its four kinds."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from forecast.errors import DataError
from forecast.tables.cells import Area
from forecast.tables.opening import sheets, xlsx
from forecast.tables.opening.spots import shows_percent

ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="A &amp; B">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def ods(path: Path, rows: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(rows))


def cell(kind: str, value: object, more: str = "") -> str:
    said = f'office:value-type="{kind}" office:value="{value}"'
    return f"<table:table-cell {said}{more}><text:p>x</text:p></table:table-cell>"


def row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def gap(columns: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{columns}"/>'


def record(kind: int, content: bytes) -> bytes:
    """Return one record of a binary workbook: kind and length 7 bits a byte."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_book(path: Path, cells: dict[tuple[int, int], tuple[float, int]]) -> None:
    """Write a binary workbook of one sheet: cells by row and column, each a number and its style (1: percent)."""
    sheet = (
        record(129, b"") + record(148, struct.pack("<IIII", 0, 2**20 - 1, 0, 2**14 - 1)) + record(145, b"")
    )
    last = None
    for (line, column), (value, style) in sorted(cells.items()):
        if line != last:
            sheet += record(0, struct.pack("<I", line) + bytes(13))
        last = line
        sheet += record(5, struct.pack("<IId", column, style, value))
    sheet += record(146, b"") + record(130, b"")
    looks = record(44, struct.pack("<H", 170) + wide("0.0%")) + record(617, struct.pack("<I", 2))
    looks += record(47, struct.pack("<HH", 0xFFFF, 0) + bytes(12))
    looks += record(47, struct.pack("<HH", 0xFFFF, 170) + bytes(12)) + record(618, b"")
    book = (
        record(131, b"")
        + record(143, b"")
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("IIP"))
    )
    book += record(144, b"") + record(132, b"")
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = f'<Relationship Id="rId1" Type="{kinds}/worksheet" Target="worksheets/sheet1.bin"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/styles.bin", looks)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
        )


def xls_book(path: Path, formats: dict[tuple[int, int], str]) -> None:
    """Write an old workbook of one sheet, 0.053 in every cell, each with its number format."""
    xlwt = pytest.importorskip("xlwt")
    made = xlwt.Workbook()
    sheet = made.add_sheet("Tháng 4")
    for (line, column), code in formats.items():
        style = xlwt.XFStyle()
        style.num_format_str = code
        sheet.write(line, column, 0.053, style)
    sheet.row(1).set_cell_error(0, 42)  # #N/A
    made.save(str(path))


def test_percent_and_errors_of_an_old_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    xls_book(path, {(0, 0): "0.0%", (0, 1): "0.000", (0, 2): '0.0"%"', (0, 3): "0%", (0, 4): "General"})
    (sheet,) = sheets(path)
    assert sheet.rows == (("5.3%", 0.053, 0.053, "5.3%", 0.053), ("#N/A", None, None, None, None))


def test_percent_of_a_large_old_workbook_whose_stream_is_not_short(tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    xls_book(path, {(i, i % 7): "0.00%" if i % 3 else "0.00" for i in range(2, 900)})
    (sheet,) = sheets(path)
    found = {(place.row, place.column): value for place, value in sheet.filled() if place.row > 1}
    assert found == {(i, i % 7): "5.3%" if i % 3 else 0.053 for i in range(2, 900)}


def test_percent_and_merged_cells_of_an_open_document(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    under = '<table:covered-table-cell office:value-type="string"/>'
    title = row(cell("float", 7, ' table:number-columns-spanned="2"'), under)
    ods(path, title + row(cell("percentage", 0.053), cell("float", 0.053)))
    (sheet,) = sheets(path)
    assert sheet.title == "A & B"
    assert sheet.rows == ((7.0, None), ("5.3%", 0.053))
    assert sheet.merged == (Area(0, 0, 0, 1),)


def ods_table(path: Path, far: tuple[int, int]) -> None:
    line, column = far
    ods(
        path,
        row(cell("float", 1), cell("percentage", 0.5))
        + row(times=line - 1)
        + row(gap(column), cell("float", 9)),
    )


def xlsb_table(path: Path, far: tuple[int, int]) -> None:
    xlsb_book(path, {(0, 0): (1.0, 0), (0, 1): (0.5, 1), far: (9.0, 0)})


@pytest.mark.parametrize("write", [ods_table, xlsb_table])
@pytest.mark.parametrize("far", [(1_048_575, 16_383), (1_048_575, 1), (3, 16_383), (2, 2)])
def test_a_far_cell_keeps_its_place(tmp_path: Path, write: Callable[..., None], far: tuple[int, int]) -> None:
    path = tmp_path / "book"
    write(path, far)
    (sheet,) = sheets(path)
    at = [
        (sheet.lines[p.row] - 1, sheet.columns[p.column] if sheet.columns else p.column)
        for p, _ in sheet.filled()
    ]
    assert at == [(0, 0), (0, 1), far]
    assert [value for _, value in sheet.filled()] == [1.0, "50%", 9.0]
    assert len(sheet.rows) <= 12


def test_a_cell_that_stands_for_thousands_of_millions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    ods(path, row(cell("float", 1, ' table:number-columns-repeated="16384"'), times=1_000_000))
    with pytest.raises(DataError, match="has 16,384,000,000 cells, more than the 10,000,000 allowed"):
        sheets(path)


def test_a_workbook_in_xml_of_2003(tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    path.write_text(
        """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style></Styles>
<Worksheet ss:Name="IIP"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Toàn
 ngành</Data></Cell><Cell><Data ss:Type="Number">1.5</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="DateTime">2024-01-01T00:00:00.000</Data></Cell>
<Cell ss:Index="3" ss:StyleID="p"><Data ss:Type="Number">0.053</Data></Cell></Row>
<Row><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="H"><Table><Row><Cell><Data ss:Type="Number">1</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>""",
        encoding="utf-8",
    )
    (sheet,) = sheets(path)
    assert sheet.rows[0] == ("Toàn ngành", None, 1.5)
    assert sheet.rows[3:] == ((datetime(2024, 1, 1), None, "5.3%"), ("#N/A", "TRUE", None))
    assert (sheet.lines, sheet.merged) == ((1, 2, 3, 4, 5), (Area(0, 0, 0, 1),))
    assert sheet.notes == ("hidden sheets were left out: H",)
    path.write_text(path.read_text("utf-8")[:700], encoding="utf-8")
    with pytest.raises(DataError, match="is a damaged workbook"):
        sheets(path)


@pytest.mark.parametrize(
    "xml",
    [
        b'<x:row r="2"><x:c r="B2" s="1"/><x:c s="3"><x:v>5</x:v></x:c></x:row>',
        b'<row r="1"/><row><c><v></v></c><c/><c s="3" ><v>5</v></c></row>',
        b'<row r="2"><c r="A2"></c><c s="3" r="C2"><v>5</v></c></row>',
    ],
)
def test_cells_whose_place_is_left_to_be_counted(xml: bytes) -> None:
    assert list(xlsx._marks(xml, xlsx._Looks(frozenset({b"3"}))).percent) == [(1, 2)]


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("0%", True),
        ("0.0 %;[Red]-0.0 %", True),
        ('0.0"%"', False),
        ("0.0\\%", False),
        ("[$%-409]0", False),
        ("0", False),
    ],
)
def test_which_formats_multiply_by_a_hundred(code: str, percent: bool) -> None:
    assert shows_percent(code) == percent


def test_a_locked_workbook_and_other_office_files(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    said = {}
    for content in ("EncryptedPackage", "WordDocument"):
        path.write_bytes(ole + content.encode("utf-16-le") + bytes(1000))
        with pytest.raises(DataError) as caught:
            sheets(path)
        said[content] = str(caught.value)
    for part in ("word/document.xml", "notes.txt"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(part, "<a/>")
        path.write_bytes(packed.getvalue())
        with pytest.raises(DataError) as caught:
            sheets(path)
        said[part] = str(caught.value)
    assert said == {
        "EncryptedPackage": "x.xlsx: is protected by a password; save it without one",
        "WordDocument": "x.xlsx: is a text document; save the table as CSV or Excel",
        "word/document.xml": "x.xlsx: is a text document; save the table as CSV or Excel",
        "notes.txt": "x.xlsx: is a zip archive; unpack it and name the file inside",
    }


def test_records_cut_short_are_a_damaged_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsb"
    xlsb_book(path, {(0, 0): (1.0, 0)})
    with zipfile.ZipFile(path) as archive:
        kept = {part: archive.read(part) for part in archive.namelist()}
    for part in ("xl/workbook.bin", "xl/styles.bin", "xl/worksheets/sheet1.bin"):
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in kept.items():
                archive.writestr(name, data[:-12] if name == part else data)
        with pytest.raises(DataError, match="damaged workbook|is empty"):
            sheets(path)
