"""Rows of levels whose month and number cannot be read where they are expected are refused, in files of any kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError
from forecast.tables.cells import Value

MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]
Rows = list[list[Value]]


def rows(columns: int = 1) -> Rows:
    """Two years of months, and 101.3, 101.8, … in each column."""
    names: list[Value] = ["month", "IIP", "Mining"]
    return [names[: columns + 1], *([m, *[101.3 + 0.5 * i] * columns] for i, m in enumerate(MONTHS))]


def book(tmp_path: Path, table: Sequence[Sequence[Value]]) -> Path:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    for row in table:
        workbook.active.append(row)
    workbook.save(path := tmp_path / "x.xlsx")
    return path


def text(tmp_path: Path, table: Sequence[Sequence[Value]]) -> Path:
    lines = (";".join("" if v is None else str(v) for v in row) for row in table)
    (path := tmp_path / "x.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def page(tmp_path: Path, table: Sequence[Sequence[Value]]) -> Path:
    cells = ("".join(f"<td>{'' if v is None else v}</td>" for v in row) for row in table)
    whole = "".join(f"<tr>{row}</tr>" for row in cells)
    (path := tmp_path / "x.html").write_text(f"<table>{whole}</table>", encoding="utf-8")
    return path


def records(tmp_path: Path, table: Sequence[Sequence[Value]]) -> Path:
    names = [str(name) for name in table[0]]
    of = [dict(zip(names, [*row, None][: len(names)], strict=True)) for row in table[1:]]
    (path := tmp_path / "x.json").write_text(json.dumps(of), encoding="utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        series.read_panel(path)
    return str(caught.value)


@pytest.mark.parametrize("write", [book, page, records])
@pytest.mark.parametrize("at", [1, 12, 25])
def test_a_value_typed_over_its_month_is_refused(
    tmp_path: Path, write: Callable[[Path, Rows], Path], at: int
) -> None:
    table = rows()
    table.insert(at, [112.7, None])
    told = refused(write(tmp_path, table))
    assert (
        f'{at + 1}: "112.7" stands where a month is expected, and its row has no other number; write the'
        in told
    )
    table[at] = ["2024-01", 112.7]
    assert series.read(write(tmp_path, table)).loc["2024-01"] == 112.7


@pytest.mark.parametrize("tail", [[[], [112.7]], [[], [118]], [["112,7", None, None]], [[112.7, "…", "…"]]])
def test_so_it_is_below_a_blank_row_as_text_and_beside_marks(tmp_path: Path, tail: Rows) -> None:
    assert f"x.xlsx:A{25 + len(tail)}: " in refused(book(tmp_path, rows(2) + tail))


def test_every_such_row_is_told(tmp_path: Path) -> None:
    told = refused(book(tmp_path, [*rows(), [112.7], [113.4]]))
    assert "x.xlsx:A26: " in told
    assert "x.xlsx:A27: " in told


@pytest.mark.parametrize("write", [book, text])
@pytest.mark.parametrize("month", ["2024-01", "Jan 2024"])
def test_a_month_and_its_value_exchanged_are_refused(
    tmp_path: Path, write: Callable[[Path, Rows], Path], month: str
) -> None:
    told = refused(write(tmp_path, [*rows(), [109.6, month]]))
    assert (
        f'26: "109.6" stands where a month is expected, and "{month}" where a number is; write the month'
        in told
    )
    assert series.read(write(tmp_path, [*rows(), [month, 109.6]])).iloc[-1] == 109.6


def test_so_are_typed_dates(tmp_path: Path) -> None:
    dated = [[datetime(int(str(m)[:4]), int(str(m)[5:]), 1), *v] for m, *v in rows()[1:]]
    told = refused(book(tmp_path, [rows()[0], *dated, [109.6, datetime(2024, 1, 1)]]))
    assert 'x.xlsx:A26: "109.6" stands where a month is expected, and "2024-01-01" where a number is' in told


@pytest.mark.parametrize("write", [book, text])
@pytest.mark.parametrize(
    ("month", "value"),
    [
        ("Jnauary 2024", "109.6 prelim."),
        ("2024-13", "112,7 est."),
        ("2O24-01", "l12.7"),
        ("2024-0x", "113 est."),
    ],
)
def test_a_row_of_which_neither_half_can_be_read_is_refused(
    tmp_path: Path, write: Callable[[Path, Rows], Path], month: str, value: str
) -> None:
    told = refused(write(tmp_path, [*rows(), [month, value]]))
    assert f'26: "{month}" is no month and "{value}" no number; write the month as 2024-04 and the' in told
    noted = series.read(write(tmp_path, [*rows(), [f"Note: {month}", value]]))
    assert str(noted.index[-1]) == "2023-12"
    assert "line 26 and below were taken as footnotes" in noted.attrs["notes"]


def test_so_is_one_whose_month_is_spelled_as_the_others(tmp_path: Path) -> None:
    short = [[pd.Period(str(m)).strftime("%b-%y"), v] for m, v in rows()[1:]]
    told = refused(book(tmp_path, [rows()[0], *short, ["Jnauary-24", "112.7 est."]]))
    assert 'x.xlsx:A26: "Jnauary-24" is no month and "112.7 est." no number' in told


@pytest.mark.parametrize("joined", ["2024-01 112.7", "2024-01;112.7", "Jan 2024 = 112.7", "2024-01.112.7"])
@pytest.mark.parametrize("at", [12, 25])
def test_a_month_and_its_value_in_one_cell_are_refused(tmp_path: Path, joined: str, at: int) -> None:
    table = rows()
    table.insert(at, [joined])
    month = joined[:8] if joined.startswith("Jan") else joined[:7]
    told = refused(book(tmp_path, table))
    assert (
        f'x.xlsx:A{at + 1}: "{joined}" stands in one cell; write {month} and 112.7 in cells of their own'
        in told
    )
    table[at] = [f"Note: {joined}"]
    assert len(series.read(book(tmp_path, table))) == 24


def test_so_are_a_year_a_month_and_a_value_and_no_codes_of_industries(tmp_path: Path) -> None:
    assert 'A26: "2024;1;112.7" stands in one cell; write 2024, 1 and 112.7 in' in refused(
        book(tmp_path, [*rows(2), ["2024;1;112.7"]])
    )
    table = rows(2)
    table.insert(12, ["C10,11,12"])
    assert len(series.read(book(tmp_path, table), "IIP")) == 24


@pytest.mark.parametrize(
    "tail",
    [
        [["Source: office, 2024"]],
        [["p: provisional"], ["r: revised"]],
        [["Last updated", datetime(2024, 2, 5)]],
        [["Last updated", "12.02.2024 11:00"]],
        [["Base", "2015 = 100"]],
        [["Volume 2024", "No. 12"]],
        [["Revised 2024", "3 series"]],
        [["Average 2023", "112.7 est."]],
        [["Contact", "+49 611 75 2405"]],
        [["January 2024: 15 February 2024"]],
        [[], ["- 13 -"]],
        [[], [2024]],
    ],
)
def test_a_true_footnote_stays_one(tmp_path: Path, tail: Rows) -> None:
    read = series.read(book(tmp_path, rows() + tail))
    assert (str(read.index[-1]), len(read)) == ("2023-12", 24)
    assert read.attrs["account"] == "24 numbers: 24 values of 1 series"


def test_numbers_of_pages_and_of_remarks_are_left_out_and_counted(tmp_path: Path) -> None:
    paged = series.read(book(tmp_path, [*rows(), [], [13]]))
    assert paged.attrs["left_out"] == ("number of a page: 1 number left out (x.xlsx:A27)",)
    noted = series.read(book(tmp_path, [*rows(), ["1)", "Provisional."], ["2)", "Revised."]]))
    assert noted.attrs["account"] == "26 numbers: 24 values of 1 series, 2 numbers of a remark"


def test_the_number_of_a_page_between_two_parts_of_a_table_is_left_out(tmp_path: Path) -> None:
    head, *lines = rows()
    read = series.read(book(tmp_path, [head, *lines[:12], [], [24], [], head, *lines[12:]]))
    assert len(read) == 24
    assert read.attrs["account"] == "25 numbers: 24 values of 1 series, 1 number of a page"


def test_a_later_row_astray_stops_no_earlier_day(tmp_path: Path) -> None:
    for tail in ([[112.7, None]], [["2024-13", "112.7 est."]], [["2024-01 112.7"]]):
        path = book(tmp_path, [*rows(), *tail])
        early = series.read(path, until=pd.Period("2023-12", "M"))
        assert (len(early), early.iloc[-1]) == (24, pytest.approx(112.8))
        with pytest.raises(DataError, match="A26"):
            series.read(path, until=pd.Period("2024-01", "M"))
