"""Marks beside numbers: footnotes set above the line are no digits, hidden text is none, and what a refusal advises."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from forecast import series
from forecast.tables import parse_number
from forecast.tables.marks import split_number
from forecast.tables.moments import moment
from forecast.tables.numbers import Style
from forecast.tables.opening import sheets
from tests.tables.test_formats import record, wide, xlsb_book

READ = (("Month", "IIP"), ("2024-01", "112.6¹"), ("2024-02", "98.1₂"), ("2024-03", "97.4"))
"""What every file here holds: a footnote 1 above the line, a 2 below, and a cell set above as a whole."""

PAGE = """<table><tr><th>Month<th>IIP<tr><td>2024-01<td>112.6<sup><a href="#n">(1)</a></sup>
<tr><td>2024-02<td>98.1<span style="font-size: 8pt; vertical-align:sub">2</span>
<tr><td>2024-03<td><sup>97.4</sup></table>"""

ODS = """<office:document-content
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties style:text-position="0% 100%"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="S">{}</table:table>
</office:spreadsheet></office:body></office:document-content>"""

XML2003 = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="S"><Table>{}</Table></Worksheet></Workbook>"""


def page(path: Path) -> None:
    path.write_text(PAGE)


def ods(path: Path) -> None:
    span = '<text:span text:style-name="{}">{}</text:span>'.format
    last = (span("T3", "112.6") + span("T1", "1"), "98.1" + span("T2", "2"), span("T1", "97.4"))
    rows = [("Month", "IIP"), *((row[0], cell) for row, cell in zip(READ[1:], last, strict=True))]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'.format
    table = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(table))


def inline(path: Path) -> None:
    raised, lowered = (InlineFont(vertAlign=where) for where in ("superscript", "subscript"))
    book = openpyxl.Workbook()
    book.active.append(READ[0])
    book.active.append(["2024-01", CellRichText("112.6", TextBlock(raised, "1"))])
    book.active.append(
        ["2024-02", CellRichText(TextBlock(InlineFont(b=True), "98.1"), TextBlock(lowered, "2"))]
    )
    book.active.append(["2024-03", CellRichText(TextBlock(raised, "97.4"))])
    book.save(path)


def shared(path: Path) -> None:
    """Write what `inline` does with its texts in a part of their own, as Excel has them."""
    inline(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    texts: list[str] = []
    while "<is>" in parts[sheet]:
        before, _, rest = parts[sheet].partition("<is>")
        text, _, after = rest.partition("</is>")
        parts[sheet] = f"{before.replace('inlineStr', 's')}<v>{len(texts)}</v>{after}"
        texts.append(f"<si>{text}</si>")
    space = "http://schemas.openxmlformats.org/"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}spreadsheetml/2006/main">{"".join(texts)}</sst>'
    kind = f"{space}officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rIdS" Type="{kind}" Target="sharedStrings.xml"/>'
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace("</Relationships>", f"{link}</Relationships>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def xml2003(path: Path) -> None:
    page = 'xmlns="http://www.w3.org/TR/REC-html40"'
    last = (
        f"<Font {page}>112.6</Font><Sup {page}>1</Sup>",
        f"98.1<Sub {page}>2</Sub>",
        f"<Sup {page}>97.4</Sup>",
    )
    rows = [("Month", "IIP"), *((row[0], cell) for row, cell in zip(READ[1:], last, strict=True))]
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'.format
    path.write_text(XML2003.format("".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows)))


def old(path: Path) -> None:
    xlwt = pytest.importorskip("xlwt")
    raised, lowered = (xlwt.easyxf(f"font: escapement {how}").font for how in ("superscript", "subscript"))
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for i, row in enumerate(READ):
        for j, text in enumerate(row):
            sheet.write(i, j, text)
    sheet = book.get_sheet(0)
    for i, text in enumerate([("112.6", ("1", raised)), ("98.1", ("2", lowered)), (("97.4", raised),)]):
        sheet._Worksheet__rows[i + 1]._Row__cells.pop(1)
        sheet.write_rich_text(i + 1, 1, text)
    book.save(str(path))


def binary(path: Path) -> None:
    """Write a workbook whose cells are numbers of texts, some of them in two fonts."""
    texts = [text for row in READ for text in row]
    texts[3], texts[5] = "112.61", "98.12"
    runs = {3: ((5, 1),), 5: ((0, 0), (4, 2)), 7: ((0, 1),)}
    xlsb_book(path, {(i // 2, i % 2): (0.0, 0) for i in range(len(texts))})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet, fonts, shared = parts["xl/worksheets/sheet1.bin"], record(611, struct.pack("<I", 3)), b""
    for i, text in enumerate(texts):
        place = struct.pack("<II", i % 2, 0)
        sheet = sheet.replace(record(5, place + bytes(8)), record(7, place + struct.pack("<I", i)), 1)
        of = b"".join(struct.pack("<HH", *run) for run in runs.get(i, ()))
        ends = struct.pack("<I", len(of) // 4) + of if of else b""
        shared += record(19, bytes([bool(of)]) + wide(text) + ends)
    for how in range(3):
        fonts += record(43, struct.pack("<HHHH", 200, 0, 400, how) + bytes(13))
    parts["xl/worksheets/sheet1.bin"], parts["xl/styles.bin"] = (
        sheet,
        fonts + record(612, b"") + parts["xl/styles.bin"],
    )
    parts["xl/sharedStrings.bin"] = (
        record(159, struct.pack("<II", len(texts), len(texts))) + shared + record(160, b"")
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rId2" Type="{kind}" Target="sharedStrings.bin"/></Relationships>'.encode()
    rels = "xl/_rels/workbook.bin.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", link)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


@pytest.mark.parametrize(
    "write", [page, ods, inline, shared, xml2003, old, binary], ids=lambda write: write.__name__
)
def test_a_footnote_set_off_the_line_is_no_digit(tmp_path: Path, write: object) -> None:
    path = tmp_path / "x.xls"
    write(path)  # type: ignore[operator]
    assert sheets(path)[0].rows == READ
    read = series.read(path)
    assert read.tolist() == [112.6, 98.1, 97.4]
    assert read.attrs["status"] == {"2024-01": "¹", "2024-02": "₂"}


def test_texts_of_an_old_workbook_go_on_from_record_to_record(tmp_path: Path) -> None:
    """Over eight thousand letters and more than a record holds, in one byte each and in two, with fonts between."""
    xlwt = pytest.importorskip("xlwt")
    raised = xlwt.easyxf("font: escapement superscript").font
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    names = [("ngành " if i % 3 else "nganh ") + "x" * (i * 37 % 101) + str(i) for i in range(900)]
    for i, name in enumerate(names):
        sheet.write_rich_text(i, 0, (name, ("1", raised)))
    book.save(str(tmp_path / "x.xls"))
    assert [row[0] for row in sheets(tmp_path / "x.xls")[0].rows] == [f"{name}¹" for name in names]


def test_a_footnote_behind_a_month_or_a_name_is_none_of_it(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_text(
        "<table><tr><th>Tháng<sup>1</sup><th>Toàn ngành<sup>2</sup><tr><td>1<sup>3</sup>/2024<td>98.1"
        "<tr><td>2/2024<sup>1,2</sup><td>98.2</table>"
    )
    read = series.read(path)
    assert read.index.astype(str).tolist() == ["2024-01", "2024-02"]
    assert read.tolist() == [98.1, 98.2]


def test_a_raised_digit_makes_no_other_month() -> None:
    for text, month in (("Tháng 1¹", 1), ("T1²", 1), ("Tháng 11", 11)):
        assert moment(text).month == month  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "hiding", ['style="display: none"', "hidden", "style='color:red;VISIBILITY:hidden'", 'hidden=""']
)
def test_text_that_a_page_hides_is_left_out_and_told(tmp_path: Path, hiding: str) -> None:
    path = tmp_path / "x.html"
    path.write_text(
        f"<table><tr><th>Month<th>IIP<tr><td>2024-01<td><span {hiding}>00<br><b>98</b></span>98.1"
        f"<tr><td>2024-02<td><p {hiding}>007<p>97.4</table>"
    )
    (sheet,) = sheets(path)
    assert sheet.rows == (("Month", "IIP"), ("2024-01", "98.1"), ("2024-02", "97.4"))
    assert sheet.notes == ('text that the page hides was left out of 2 cells, such as "00 98"',)


@pytest.mark.parametrize(
    ("cell", "number", "mark"),
    [
        ("108,8 (ước)", "108,8", "ước"),
        ("108.8 (est.)", "108.8", "est."),
        ("108.8 [Preliminary]", "108.8", "preliminary"),
        ("108.8 (tấn)", "108.8 (tấn)", ""),
        ("112.6¹,²", "112.6", "¹,²"),
        ("105.2²⁾", "105.2", "²"),
        ("112.6 1)", "112.6", "1"),
        ("(1.2)", "(1.2)", ""),
        ("(12)", "(12)", ""),
        ("1.2)", "1.2)", ""),
        ("(1.2) p", "(1.2)", "p"),
    ],
)
def test_a_number_and_its_mark(cell: str, number: str, mark: str) -> None:
    assert split_number(cell) == (number, mark)


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("(1,2)", "write -1,2 where brackets mean a fall, 1,2 where they mean a figure of low reliability"),
        ("(3)", "write -3 where .*, nothing where it is the mark of a footnote"),
        ("2,3 lần", "write 130 for growth in percent, 230 where the base is 100"),
        ("Gấp 2,125 lần", "write 112,5 for growth in percent, 212,5 where the base is 100"),
        ("2.3 times", "write 130 for growth in percent, 230 where the base is 100"),
        ("giảm 2 lần", "200 for the double"),
        ("2,3 times higher", "200 for the double"),
        (
            "tăng 6,3%",
            "write 6,3 for growth in percent, 106,3 where the base is 100, and among levels the level",
        ),
        ("4,1 giảm", "write -4,1 for growth in percent, 95,9 where the base is 100"),
        ("baisse 4,1 %", "write -4,1 for growth in percent"),
        ("4,1 (decrease)", "write -4,1 for growth in percent"),
        ("4,1 (-)", "write -4,1 for growth in percent"),
        ("4,1 рост", "write 4,1 for growth in percent, 104,1 where the base is 100"),
        ("không đổi", "write 0 for no change in percent, 100 where the base is 100"),
        ("giảm 4,1", "write -4,1 for growth in percent, 95,9 where the base is 100"),
        ("tăng 1.234,5", "use digits and a decimal comma"),
        ("giảm còn 95,2", "use digits and a decimal comma"),
        ("106¹/₂", "use digits and a decimal comma"),
        ("(6.3)", "write -6,3 where"),
        ("¹112,6", "write 112,6 alone"),
        ("12 tấn", "write 12 alone"),
    ],
)
def test_a_refused_cell_says_what_to_write(cell: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice) as caught:
        parse_number(cell, Style(","))
    assert str(caught.value).startswith(f'"{cell}" is not a number')


@pytest.mark.parametrize("mark", ["p)", "r)", "e)", "P)", "prelim.)"])
@pytest.mark.parametrize(
    "written", ["{0}-{1:02d} ", "{0}.{1:02d} ", "{0}.{1:02d}", "{1:02d}.{0} ", "{0}M{1:02d} "]
)
def test_a_mark_with_a_closing_bracket_alone_stands_behind_a_month(
    tmp_path: Path, mark: str, written: str
) -> None:
    months = [(2023, n) for n in range(1, 13)] + [(2024, 1)]
    texts = [written.format(*m).rstrip() if m[0] < 2024 else written.format(*m) + mark for m in months]
    values = [f"{101.5 + i}" for i in range(len(months))]
    (down := tmp_path / "down.csv").write_text(
        "\n".join(["month,IIP", *map(",".join, zip(texts, values, strict=True))])
    )
    (across := tmp_path / "across.csv").write_text(f"Industry,{','.join(texts)}\nIIP,{','.join(values)}\n")
    for path in (down, across):
        read = series.read(path)
        assert (len(read), str(read.index[-1]), read.iloc[-1]) == (13, "2024-01", 113.5)
