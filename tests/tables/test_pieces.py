"""Cells of workbooks in XML: text in pieces is one, and a cell that does not hold what it shows is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from forecast import series
from forecast.errors import DataError
from forecast.tables.opening import sheets
from tests.tables.test_marks import ODS, XML2003
from tests.tables.test_opening import book, refusal

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(path: Path, cell: str, shared: str = "") -> Path:
    """Write a workbook whose cell B2 is XML of the test."""
    book(path, [["month", "IIP"], ["2024-01", 7], ["2024-02", 99.1]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    part = "xl/worksheets/sheet1.xml"
    parts[part] = re.sub(r'<c r="B2"[^>]*><v>7</v></c>', lambda _: cell, parts[part])
    if shared:
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{shared}</sst>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def ods(path: Path, cell: str, styles: str = "") -> Path:
    """Write an open document whose cell B2 is XML of the test."""
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'.format
    rows = [text("month") + text("IIP"), text("2024-01") + cell, text("2024-02") + text("99.1")]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", SPREADSHEET)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        content = ODS.format(table).replace("<office:automatic-styles>", f"<office:automatic-styles>{styles}")
        archive.writestr("content.xml", content.replace("xmlns:office", 'xmlns:fo="fo" xmlns:office', 1))
    return path


def xml2003(path: Path, cell: str) -> Path:
    """Write a workbook in XML of 2003 whose cell B2 is XML of the test."""
    text = '<Cell><Data ss:Type="String">{}</Data></Cell>'.format
    rows = [text("month") + text("IIP"), text("2024-01") + cell, text("2024-02") + text("99.1")]
    path.write_text(XML2003.format("".join(f"<Row>{row}</Row>" for row in rows)))
    return path


def b2(path: Path) -> object:
    (sheet,) = sheets(path)
    return sheet.rows[1][1]


@pytest.mark.parametrize(
    "value",
    [
        "89&#46;1",
        "&#x38;9.1",
        "<![CDATA[89.1]]>",
        "8<![CDATA[9.]]>1",
        "89<!-- revised -->.1",
        "89.<?program?>1",
    ],
)
def test_a_value_in_pieces_is_one(tmp_path: Path, value: str) -> None:
    assert b2(xlsx(tmp_path / "x.xlsx", f'<c r="B2"><v>{value}</v></c>')) == 89.1
    text = f'<c r="B2" t="inlineStr"><is><t>{value}</t></is></c>'
    assert b2(xlsx(tmp_path / "x.xlsx", text)) == "89.1"
    cell = f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    assert b2(ods(tmp_path / "x.ods", cell)) == "89.1"
    assert b2(xml2003(tmp_path / "x.xls", f'<Cell><Data ss:Type="Number">{value}</Data></Cell>')) == 89.1


def test_a_value_in_an_attribute_may_be_written_by_its_letters(tmp_path: Path) -> None:
    cell = "<table:table-cell office:value-type='float' office:value='89&#46;1'><text:p>9</text:p></table:table-cell>"
    assert b2(ods(tmp_path / "x.ods", cell)) == 89.1


def test_a_formula_in_single_quotes_without_its_result(tmp_path: Path) -> None:
    told = refusal(xlsx(tmp_path / "x.xlsx", "<c r='B2'><f>B3*2</f></c>"))
    assert "cell B2 holds a formula without its result;" in told


def test_words_that_a_part_declares_are_not_unfolded(tmp_path: Path) -> None:
    path = ods(tmp_path / "x.ods", "<table:table-cell/>")
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", b'<!DOCTYPE a [<!ENTITY b "9">]>' + content)
    assert "is a damaged workbook (a part of it declares a document type)" in refusal(path)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('<c r="B2"><v>89.1</v></c><c r="B2"><v>98.1</v></c>', "stands twice"),
        ('<c r="B2"><v>89.1</v><v>98.1</v></c>', "holds two values"),
        ('<c r="B2" t="inlineStr"><is><t>89.1</t><t>5</t></is></c>', "holds two texts"),
        ('<c r="B2" t="s"><v>-1</v></c>', "names a text that the workbook does not hold"),
    ],
)
def test_a_cell_with_two_values_or_none_is_damage(tmp_path: Path, cell: str, told: str) -> None:
    path = xlsx(tmp_path / "x.xlsx", cell, shared="<si><t>7</t></si>")
    assert refusal(path) == (
        f'x.xlsx: is a damaged workbook (cell B2 of sheet "IIP" {told}); '
        "open it in a spreadsheet program and save it again"
    )


def test_cells_in_another_order_are_no_damage(tmp_path: Path) -> None:
    cell = '<c r="D2"><v>5</v></c><c r="B2"><v>89.1</v></c>'
    assert b2(xlsx(tmp_path / "x.xlsx", cell)) == 89.1


UNSAVED = "holds a formula without its result; open and save the file in Excel, or write the values"
VALUELESS = "shows a number that the file does not hold; write the number into the cell anew, and save"


@pytest.mark.parametrize(
    ("write", "cell", "told"),
    [
        (ods, '<table:table-cell table:formula="of:=[.B3]*1.01"/>', UNSAVED),
        (ods, '<table:table-cell table:formula="of:=[.B3]" office:value-type="float"/>', UNSAVED),
        (
            ods,
            '<table:table-cell office:value-type="float"><text:p>103.4</text:p></table:table-cell>',
            VALUELESS,
        ),
        (ods, "<table:table-cell><text:p>103.4</text:p></table:table-cell>", VALUELESS),
        (xml2003, '<Cell ss:Formula="=R[1]C*1.01"/>', UNSAVED),
        (xml2003, '<Cell ss:Formula="=R[1]C"><Data ss:Type="Number"></Data></Cell>', UNSAVED),
    ],
)
def test_a_cell_without_its_value_is_refused(
    tmp_path: Path, write: Callable[[Path, str], Path], cell: str, told: str
) -> None:
    assert refusal(write(tmp_path / "x", cell)) == f"x: cell B2 {told}"


def test_a_remark_alone_or_an_empty_text_is_no_missing_value(tmp_path: Path) -> None:
    remark = (
        "<table:table-cell><office:annotation><text:p>see 4</text:p></office:annotation></table:table-cell>"
    )
    empty = '<table:table-cell table:formula="of:=X" office:value-type="string" office:string-value=""/>'
    for cell in (remark, empty):
        assert b2(ods(tmp_path / "x.ods", cell)) is None
    assert (
        b2(xml2003(tmp_path / "x.xls", '<Cell ss:Formula="=X"><Data ss:Type="String"></Data></Cell>')) is None
    )


def test_a_value_that_is_no_number_is_told(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="103,4"><text:p>103,4</text:p></table:table-cell>'
    assert 'cell B2 of sheet "S" holds "103,4" for a number' in refusal(ods(tmp_path / "x.ods", cell))
    cell = '<Cell><Data ss:Type="Number">103,4</Data></Cell>'
    assert 'cell B2 of sheet "S" holds "103,4" for a number' in refusal(xml2003(tmp_path / "x.xls", cell))


STYLES = """<style:style style:name="X1" style:family="text"><style:text-properties
style:text-line-through-style="solid"/></style:style><style:style style:name="X2" style:family="text">
<style:text-properties fo:font-size="6pt"/></style:style>"""


def in_xlsx(path: Path, before: str, apart: str, how: str, after: str) -> Path:
    look = {"struck": "<strike/>", "small": '<sz val="6"/>'}[how]
    runs = f"<r><t>{before}</t></r><r><rPr>{look}</rPr><t>{apart}</t></r><r><t>{after}</t></r>"
    return xlsx(path, f'<c r="B2" t="inlineStr"><is>{runs}</is></c>')


def in_shared(path: Path, before: str, apart: str, how: str, after: str) -> Path:
    look = {"struck": '<strike val="1"/>', "small": '<sz val="6"/>'}[how]
    runs = f"<r><t>{before}</t></r><r><rPr>{look}</rPr><t>{apart}</t></r><r><t>{after}</t></r>"
    return xlsx(path, '<c r="B2" t="s"><v>1</v></c>', shared=f"<si><t>x</t></si><si>{runs}</si>")


def in_ods(path: Path, before: str, apart: str, how: str, after: str) -> Path:
    look = {"struck": 'span text:style-name="X1"', "small": 'span text:style-name="X2"', "linked": "a"}[how]
    text = f"{before}<text:{look}>{apart}</text:{look.split()[0]}>{after}"
    cell = f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    return ods(path, cell, STYLES)


def in_xml2003(path: Path, before: str, apart: str, how: str, after: str) -> Path:
    look = {"struck": "S", "small": 'Font html:Size="6"'}[how]
    page = 'xmlns="http://www.w3.org/TR/REC-html40" xmlns:html="http://www.w3.org/TR/REC-html40"'
    run = f"<{look} {page}>{apart}</{look.split()[0]}>"
    return xml2003(path, f'<Cell><Data ss:Type="String">{before}{run}{after}</Data></Cell>')


WAYS = [in_xlsx, in_shared, in_ods, in_xml2003]


@pytest.mark.parametrize("write", WAYS)
def test_what_is_struck_out_is_no_part_of_the_number(tmp_path: Path, write: Callable[..., Path]) -> None:
    path = write(tmp_path / "x", "95.", "3", "struck", "1")
    (sheet,) = sheets(path)
    assert sheet.rows[1][1] == "95.1"
    assert "text struck out was left out of 1 cells: B2" in sheet.notes


STRUCK = "is struck out; write the number that holds, or nothing where none does"


@pytest.mark.parametrize("write", WAYS)
def test_a_text_struck_out_as_a_whole_is_no_number(tmp_path: Path, write: Callable[..., Path]) -> None:
    with pytest.raises(DataError, match=f':B2: IIP "95.1" {STRUCK}'):
        series.read(write(tmp_path / "x", "", "95.1", "struck", ""))
    assert b2(write(tmp_path / "x", "", "n.a.", "struck", "")) == "n.a."


@pytest.mark.parametrize("write", WAYS)
def test_a_small_digit_fused_to_a_number_is_asked_about(tmp_path: Path, write: Callable[..., Path]) -> None:
    assert refusal(write(tmp_path / "x", "95.1", "2", "small", "")) == (
        'x: cell B2 holds "95.1" and beside it "2" in small letters, which may be a footnote or a digit; '
        "write the number alone, or set a footnote above the line"
    )
    assert b2(write(tmp_path / "x", "95", ".1", "small", "")) == "95.1"
    assert b2(write(tmp_path / "x", "IIP ", "2", "small", "021")) == "IIP 2021"


def test_a_link_fused_to_a_number_is_asked_about(tmp_path: Path) -> None:
    assert 'holds "95.1" and beside it "2" as a link' in refusal(
        in_ods(tmp_path / "x", "95.1", "2", "linked", "")
    )
    assert b2(in_ods(tmp_path / "x", "", "95.1", "linked", "")) == "95.1"


def test_lines_and_footnotes_of_an_open_document_part_its_text(tmp_path: Path) -> None:
    said = "<text:note-citation>1</text:note-citation><text:note-body><text:p>9</text:p></text:note-body>"
    note = f"<text:note>{said}</text:note>"
    for text, read in (
        (f"95.1{note}", "95.1¹"),
        ("95.1<text:line-break/>2", "95.1 2"),
        ("a<text:tab/>b", "a b"),
    ):
        cell = f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        assert b2(ods(tmp_path / "x.ods", cell)) == read


ERRORS = [
    'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"',
    'table:formula="of:=1/0" office:value-type="float" office:value="NaN" calcext:value-type="error"',
    'table:formula="oooc:=1/0" office:value-type="float" office:value="0"',
]
"""What LibreOffice writes of a cell in error, and OpenOffice of old: nothing, or 0."""


@pytest.mark.parametrize("said", ERRORS)
@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#NAME?", "Err:502", "Fehler:502"])
def test_an_error_of_ods_is_refused_by_its_cell(tmp_path: Path, said: str, error: str) -> None:
    path = ods(tmp_path / "x.ods", f"<table:table-cell {said}><text:p>{error}</text:p></table:table-cell>")
    space = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(space, f'{space} xmlns:calcext="calcext"')
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert b2(path) == error
    with pytest.raises(DataError, match=re.escape(f'x.ods:B2: IIP "{error}" is not a number')):
        series.read(path)


@pytest.mark.parametrize("shown", ["0", "0.0", "12:300", "# 0"])
def test_a_formula_of_ods_that_shows_its_number_is_no_error(tmp_path: Path, shown: str) -> None:
    said = 'table:formula="of:=B3" office:value-type="float" office:value="95.1"'
    assert (
        b2(ods(tmp_path / "x.ods", f"<table:table-cell {said}><text:p>{shown}</text:p></table:table-cell>"))
        == 95.1
    )
