"""Opening a file: typed cells at their places, whatever the format, and never more than the machine holds."""

from __future__ import annotations

import gzip
import io
import os
import tracemalloc
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.styles import Font

from forecast.errors import DataError
from forecast.tables.cells import Area, Place
from forecast.tables.opening import sheets

TABLE = [["month", "Toàn ngành"], ["2024-01", 98.2], ["2024-02", 99.1], ["2024-03", 97.4]]


def book(path: Path, rows: list[list[object]] = TABLE, title: str = "IIP") -> openpyxl.Workbook:
    """Return a workbook of one sheet, to be changed and saved."""
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    made.save(path)
    return made


def refusal(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(DataError) as caught:
        sheets(path, sheet)
    (sentence,) = caught.value.problems
    return sentence


def grid(path: Path) -> list[list[object]]:
    (sheet,) = sheets(path)
    return [list(row) for row in sheet.rows]


def xls(path: Path) -> None:
    xlwt = pytest.importorskip("xlwt")
    made = xlwt.Workbook()
    sheet = made.add_sheet("IIP")
    for r, row in enumerate(TABLE):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    made.save(str(path))


def ods(path: Path) -> None:
    pytest.importorskip("odf")
    pd.DataFrame(TABLE[1:], columns=TABLE[0]).to_excel(path, engine="odf", sheet_name="IIP", index=False)


def page(path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    path.write_text(f'<html><meta charset="utf-8"><body><table>{rows}</table></body></html>', "utf-8")


@pytest.mark.parametrize("write", [book, xls, ods, page])
def test_every_kind_of_workbook_gives_the_same_cells_whatever_its_name(tmp_path: Path, write: object) -> None:
    path = tmp_path / "iip.csv"
    made = tmp_path / ("made.ods" if write is ods else "made.xlsx")
    write(made)  # type: ignore[operator]
    made.rename(path)
    (sheet,) = sheets(path)
    assert [
        [float(c) if r and k else c for k, c in enumerate(row)] for r, row in enumerate(sheet.rows)
    ] == TABLE
    assert sheet.lines == (1, 2, 3, 4)
    assert sheet.place(Place(2, 1)) == "iip.csv:B3"


def test_cells_keep_their_types(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    made = book(
        path, [[date(2024, 1, 31), datetime(2024, 2, 1, 13, 30), 106.3 - 100, True, " a\n b\u00a0c "]]
    )
    made.active["F1"] = time(13, 30)
    made.save(path)
    assert grid(path) == [
        [datetime(2024, 1, 31), datetime(2024, 2, 1, 13, 30), 6.3, "TRUE", "a b c", "13:30:00"]
    ]


def test_a_number_shown_in_percent_is_read_as_shown(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    made = book(path, [[0.053, 0.053, 5.3, 0.053, 0.053]])
    for cell, code in zip("ABCDE", ("0.0%", "0%", '0.0"%"', "[Red]0.00%;-0.00%", "0.000"), strict=True):
        made.active[f"{cell}1"].number_format = code
    made.save(path)
    assert grid(path) == [["5.3%", "5.3%", 5.3, "5.3%", 0.053]]


def test_an_error_in_a_cell_is_told_and_never_a_number(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    made = book(path, [["a", "#N/A", 1.5]])
    made.active["B1"].data_type = "e"
    made.save(path)
    assert grid(path) == [["a", "#N/A", 1.5]]


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    made = book(path, [["month"], [date(2019, 1, 1)]])
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.save(path)
    assert grid(path) == [["month"], [datetime(2019, 1, 1)]]


def test_merged_areas_stand_by_position_and_their_value_in_the_first_cell(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    made = book(path, [["title"], ["a", "b", None, "d"], [None, "e", "f", "g"]])
    for area in ("A1:ZZ1", "B2:C2", "A2:A3", "F9:G9"):
        made.active.merge_cells(area)
    made.save(path)
    (sheet,) = sheets(path)
    assert set(sheet.merged) == {Area(0, 0, 0, 3), Area(1, 1, 1, 2), Area(1, 0, 2, 0)}
    assert sheet.rows[1] == ("a", "b", None, "d")


def test_what_lies_unseen_under_a_merged_cell_is_left_out_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    rows = "".join(
        f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="B{r}"><v>{r}5</v></c></row>' for r in (1, 2, 3)
    )
    book(path)
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    xml = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>'
    parts["xl/worksheets/sheet1.xml"] = (
        xml
        + '<mergeCells count="2"><mergeCell ref="A2:B3"/><mergeCell ref="A1:B3"/></mergeCells></worksheet>'
    ).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    (sheet,) = sheets(path)
    assert sheet.rows == ((1.0, 15.0), (2.0, None), (None, None))
    assert sheet.merged == (Area(1, 0, 2, 1),)
    assert sheet.notes == ("3 cells hidden under merged ones were left out: B2, A3, B3",)


def test_hidden_sheets_are_left_out_by_name_and_opened_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    made = book(path)
    made.create_sheet("nháp")["A1"] = 1
    made["nháp"].sheet_state = "hidden"
    made.create_sheet("empty")
    made.save(path)
    (sheet,) = sheets(path)
    assert (sheet.title, sheet.file, sheet.notes) == (
        "IIP",
        "x.xlsx[IIP]",
        ("hidden sheets were left out: nháp",),
    )
    assert sheets(path, "nháp")[0].rows == ((1.0,),)
    assert refusal(path, "IPI") == 'x.xlsx: no sheet "IPI"; did you mean "IIP"?'


def test_a_formula_without_its_result_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    made = book(path)
    made.active["B5"] = "=SUM(B2:B4)"
    made.save(path)
    assert refusal(path) == (
        "x.xlsx: cell B5 holds a formula without its result; "
        "open and save the file in Excel, or write the values"
    )


@pytest.mark.parametrize("far", ["XFD1048576", "C1048576", "XFD3", "A1048576"])
def test_a_stray_cell_keeps_its_place_and_costs_nothing(tmp_path: Path, far: str) -> None:
    path = tmp_path / "x.xlsx"
    made = book(path)
    made.active[far] = 7
    made.active["B3"].number_format = "0.0%"
    made.active["B3"] = 0.5
    made.save(path)
    (sheet,) = sheets(path)
    assert len(sheet.rows) < 20
    assert sheet.width < 20
    cells = {sheet.place(place): value for place, value in sheet.filled()}
    assert cells[f"x.xlsx:{far}"] == 7.0
    assert cells["x.xlsx:B2"] == 98.2
    assert cells["x.xlsx:B3"] == "50%"
    assert len(cells) == 9


def test_a_merely_bold_cell_far_away_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    made = book(path)
    made.active["XFD1048576"].font = Font(bold=True)
    made.active["XFD1048576"].number_format = "0%"
    made.save(path)
    assert grid(path) == TABLE


def test_budgets_are_told_with_the_way_to_raise_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.xlsx"
    book(path)
    monkeypatch.setenv("FORECAST_MAX_CELLS", "7")
    assert refusal(path) == (
        "x.xlsx[IIP]: has 8 cells, more than the 7 allowed; take out what is not needed, "
        "or allow more with the environment variable FORECAST_MAX_CELLS"
    )
    monkeypatch.setenv("FORECAST_MAX_CELLS", "8")
    assert len(sheets(path)[0].rows) == 4
    monkeypatch.setenv("FORECAST_MAX_MEMORY", "much")
    assert refusal(path) == 'FORECAST_MAX_MEMORY: "much" is not a whole number above zero'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet2.xml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/sheet.dat"]
)
def test_a_workbook_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    path = tmp_path / "bomb.xlsx"
    book(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b" " * 5_000_000)
    assert path.stat().st_size < 20_000
    monkeypatch.setenv("FORECAST_MAX_MEGABYTES", "4")
    assert "bomb.xlsx: unpacks to 5 megabytes, more than the 4 allowed" in refusal(path)


def test_a_packed_text_that_unpacks_to_gigabytes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"1,2\n" * 10**6))
    monkeypatch.setenv("FORECAST_MAX_MEGABYTES", "3")
    assert "holds over 3 megabytes" in refusal(path)


@pytest.mark.parametrize("packed", [False, True])
def test_no_more_of_a_file_is_read_than_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    path, large = tmp_path / "long.csv", 50_000_000
    if packed:
        path.write_bytes(gzip.compress(bytes(large), 1))
    else:
        with path.open("wb") as file:
            file.truncate(large)
    monkeypatch.setenv("FORECAST_MAX_MEGABYTES", "1")
    tracemalloc.start()
    try:
        assert "holds over 1 megabytes" in refusal(path)
        assert tracemalloc.get_traced_memory()[1] < large / 5
    finally:
        tracemalloc.stop()


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def one_part_broken(content: bytes) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data[:40] if part == "xl/workbook.xml" else data)
    return changed.getvalue()


@pytest.mark.parametrize("spoil", [cut, one_part_broken, lambda c: c[:3000] + b"\xff" * 200 + c[3200:]])
def test_a_damaged_workbook_is_one_plain_sentence(tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "x.xlsx"
    book(path)
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    assert refusal(path).startswith("x.xlsx: is a damaged workbook (")
    assert refusal(path).endswith("open it in a spreadsheet program and save it again")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b",,\n,,\n", "is empty"),
        (b"%PDF-1.4", "is a PDF"),
        (b'{"a": 1}', "is JSON"),
        (b"<html><body><p>none</p></body></html>", "is a web page without a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900, "is a damaged workbook"),
        (b"PAR1" + b"\x00" * 50, "is Parquet but damaged"),
        (b"\x1f\x8b\x08\x00broken", "is gzipped but"),
        (b"a,b\n1," + b"x" * 300_000 + b"\n", "x.xls:2: a text of over 32,767 characters"),
        (b'a,b\n1,"' + b"x," * 70_000 + b'"\n', "a text of over 131,072 characters"),
        (
            b"a,b\n" + b"1," * 20_000 + b"\n",
            "x.xls:2: has 20,001 cells in a line, more than the 16,384 allowed",
        ),
        (b"a,b\n1," + b"x" * 40_000 + b"\n", "a text of 40,000 characters"),
        (b'a,b\n1,"2\n', 'a quote (") is opened and never closed'),
        (b"\x00\x01\x02\x03\x04" * 50, "is not a text file"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "x.xls"
    path.write_bytes(content)
    assert told in refusal(path)


def test_cells_of_a_page_that_span_others(tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    path.write_text(
        "<table><tr><th rowspan=2>Sector<th colspan=2>2024</tr><tr><td>Jan&nbsp;<td>Feb<br>(p)</tr>"
        "<tr><td>Total<td>1.5<td>2.5</table><table><tr><td>note</td></tr></table>"
    )
    first, second = sheets(path)
    assert first.rows == (("Sector", "2024", None), (None, "Jan", "Feb (p)"), ("Total", "1.5", "2.5"))
    assert first.merged == (Area(0, 0, 1, 0), Area(0, 1, 0, 2))
    assert (first.place(Place(2, 1)), second.rows) == ("x.xls[table 1]:B3", (("note",),))


def test_parquet_gives_typed_cells_and_its_index(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    months = pd.date_range("2024-01-31", periods=2, freq="ME", tz="Asia/Bangkok")
    pd.DataFrame({"IIP": np.array([98.1, np.nan], "float32")}, index=months).to_parquet(path)
    (sheet,) = sheets(path)
    assert sheet.rows[0] == ("index", "IIP")
    assert sheet.rows[1] == (months[0].to_pydatetime(), 98.1)
    assert sheet.rows[2][1] is None
    assert str(sheet.rows[1][0]) == "2024-01-31 00:00:00+07:00"


def test_a_period_index_and_a_counted_one(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    months = pd.period_range("2024-01", periods=2, freq="M")
    frame = pd.DataFrame({"y": [1, 2]}, index=months)
    frame.to_parquet(path)
    assert grid(path) == [["index", "y"], ["2024-01", 1.0], ["2024-02", 2.0]]
    frame.reset_index(drop=True).to_parquet(path)
    assert grid(path) == [["y"], [1.0], [2.0]]


def test_a_very_large_table_of_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n" * 10)
    monkeypatch.setenv("FORECAST_MAX_CELLS", "19")
    assert "has 20 cells by line 10, more than the 19 allowed" in refusal(path)
    monkeypatch.setenv("FORECAST_MAX_COLUMNS", "1")
    assert "x.csv:1: has 2 cells in a line, more than the 1 allowed" in refusal(path)


def test_the_rectangle_around_few_cells_is_bounded_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b,c,d,e\n" + "a\n" * 3)
    monkeypatch.setenv("FORECAST_MAX_CELLS", "19")
    assert "has 4 rows of 5 columns, more than the 19 allowed" in refusal(path)
    monkeypatch.setenv("FORECAST_MAX_CELLS", "20")
    assert len(grid(path)) == 4
    book(tmp_path / "x.xlsx", [[*[None] * i, i + 1] for i in range(5)])
    monkeypatch.setenv("FORECAST_MAX_CELLS", "24")
    assert "has 5 rows of 5 columns, more than the 24 allowed" in refusal(tmp_path / "x.xlsx")


def test_two_columns_of_one_name_in_a_parquet_file_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    columns = [pa.array(["2024-01", "2024-02"]), pa.array([98.1, 98.2]), pa.array([98.1, 97.0])]
    pq.write_table(pa.Table.from_arrays(columns, names=["month", "IIP", "IIP"]), path)
    with pytest.raises(
        DataError, match=r'x\.parquet: has several columns "IIP"; keep one, or rename the others'
    ):
        sheets(path)
    pq.write_table(pa.Table.from_arrays(columns, names=["month", "IIP", "Mining"]), path)
    assert sheets(path)[0].rows[0] == ("month", "IIP", "Mining")


def test_texts_that_a_parquet_file_lists_once_count_as_often_as_they_are_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.parquet"
    pd.DataFrame({"month": ["2024-01", "2024-02"] * 1000, "note": ["x" * 1000] * 2000}).to_parquet(path)
    assert path.stat().st_size < 10_000
    assert len(grid(path)) == 2001
    monkeypatch.setenv("FORECAST_MAX_MEGABYTES", "1")
    assert "unpacks to 2 megabytes, more than the 1 allowed" in refusal(path)
    monkeypatch.setenv("FORECAST_MAX_TEXT", "999")
    assert "a text of 1,000 characters, more than the 999 allowed" in refusal(path)
    monkeypatch.setenv("FORECAST_MAX_CELLS", "3999")
    assert "has 2,000 rows of 2 columns, more than the 3,999 allowed" in refusal(path)


@pytest.mark.parametrize("values", [[["a"], ["b"]], [b"a", b"b"], [{"a": 1}, {"a": 2}]])
def test_columns_of_a_parquet_file_that_hold_no_cells_are_told(tmp_path: Path, values: list[object]) -> None:
    pd.DataFrame({"month": ["2024-01", "2024-02"], "note": values}).to_parquet(tmp_path / "x.parquet")
    assert refusal(tmp_path / "x.parquet") == (
        'x.parquet: column "note" holds lists, records or bytes; write one value a cell'
    )


def test_cells_of_a_page_that_span_thousands_of_columns_are_counted_as_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.html"
    path.write_text(f"<table><tr>{'<td colspan=900>1</td>' * 10}</tr></table>")
    monkeypatch.setenv("FORECAST_MAX_CELLS", "2000")
    assert "has over 2,700 cells, more than the 2,000 allowed" in refusal(path)


def test_a_link_to_nothing_and_a_pipe_are_said(tmp_path: Path) -> None:
    (tmp_path / "gone.csv").symlink_to("nothing.csv")
    with pytest.raises(DataError, match=r"gone\.csv: is a link that leads nowhere \(to nothing\.csv\)"):
        sheets(tmp_path / "gone.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(DataError, match=r"pipe\.csv: is a device or pipe"):
        sheets(tmp_path / "pipe.csv")
