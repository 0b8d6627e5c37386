"""Footnotes in two cells and numbers of pages below a table are left out and told, in tables of every layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from forecast import series
from forecast.errors import DataError
from forecast.tables.blocks import blocks
from forecast.tables.cells import Value
from tests.figures.sheets import sheet, whole
from tests.tables.test_blocks import sheet as cells

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
VALUES = {y: [round(101.3 + 0.4 * m + 2.1 * (y - 2020), 1) for m in range(12)] for y in (2020, 2021, 2022)}
YEARS: list[list[Value]] = [["Year", *MONTHS], *([y, *of] for y, of in VALUES.items())]
CROSSED: list[list[Value]] = [
    ["Month", *VALUES],
    *([m, *row] for m, *row in zip(MONTHS, *VALUES.values(), strict=True)),
]
TWO: list[list[Value]] = [
    ["Year", "Month", "IIP"],
    *([y, MONTHS[m], v] for y, of in VALUES.items() for m, v in enumerate(of)),
]
ONE: list[list[Value]] = [
    ["Month", "IIP"],
    *([f"{y}-{m + 1:02d}", v] for y, of in VALUES.items() for m, v in enumerate(of)),
]
NOTES: list[list[Value]] = [
    ["1)", "Provisional"],
    [1, "Revised"],
    ["…", "not available"],
    ["(p)", "sơ bộ"],
    ["2"],
    [14],
    ["Note:", "2022 provisional"],
]  # fmt: skip
BULLETIN: list[list[Value]] = [
    ["Index of industrial production, May 2024 (%)"],
    [],
    [None, "May 2024 compared with April 2024", "May 2024 compared with May 2023"],
    ["Total industry", 1.3, -4.8],
    ["Mining", -2.7, 3.4],
    ["Manufacturing", 1.9, -6.1],
]


def text(tmp_path: Path, table: Sequence[Sequence[Value]]) -> Path:
    lines = (",".join("" if v is None else str(v) for v in row) for row in table)
    (path := tmp_path / "x.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("note", NOTES, ids=lambda row: str(row[0]))
@pytest.mark.parametrize("table", [YEARS, CROSSED, TWO, ONE], ids=["years", "crossed", "two", "one"])
def test_a_footnote_or_page_below_levels_is_left_out(
    tmp_path: Path, table: list[list[Value]], note: list[Value]
) -> None:
    level = series.read(text(tmp_path, [*table, [], note]))
    assert level.tolist() == [v for of in VALUES.values() for v in of]
    told = " ".join([*level.attrs["notes"], *map(str, level.attrs["left_out"])])
    assert any(words in told for words in ("taken as footnotes", "of a remark", "of a page"))


def test_a_year_and_words_below_months_by_years_are_a_footnote(tmp_path: Path) -> None:
    level = series.read(text(tmp_path, [*CROSSED, [], [2022, "provisional"]]))
    assert level.tolist() == [v for of in VALUES.values() for v in of]


def test_every_stacked_table_may_have_footnotes(tmp_path: Path) -> None:
    newer = [YEARS[0], *([y, *(round(v + 6.3, 1) for v in VALUES[y - 3])] for y in (2023, 2024))]
    level = series.read(text(tmp_path, [*YEARS, [], ["1)", "Revised"], [2], [], *newer, [], [3]]))
    assert (len(level), level.iloc[-1]) == (60, 114.1)


@pytest.mark.parametrize("note", [["Note: 2024 provisional"], ["Note:", "2024 provisional"]])
def test_a_remark_that_names_a_year_is_no_title_of_the_table_below(tmp_path: Path, note: list[Value]) -> None:
    rows: list[list[Value]] = []
    for year, of in VALUES.items():
        rows += [[f"Index of industrial production {year}"], ["Month", "IIP"]]
        rows += [*([m, v] for m, v in zip(MONTHS, of, strict=True)), note, []]
    level = series.read(text(tmp_path, rows))
    assert level.tolist() == [v for of in VALUES.values() for v in of]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([2023, "provisional"], 'x.csv:6: level "provisional" is not a number'),
        (["202", 108.5, 109.1], 'x.csv:6: year "202" is not a year such as 2024'),
        (["104"], "x.csv:6: "),
    ],
)
def test_a_row_that_is_wrong_is_named_by_its_line(tmp_path: Path, row: list[Value], said: str) -> None:
    with pytest.raises(DataError) as caught:
        series.read(text(tmp_path, [*YEARS, [], [*row, *[None] * (13 - len(row))]]))
    assert said in str(caught.value)
    assert "x.csv:2" not in str(caught.value)


def test_codes_that_go_on_are_no_footnotes() -> None:
    (block,) = blocks(
        cells(("Code", "Industry", "IIP"), (10, "Food", 101.5), (), (11, "Drinks"), (12, "-", 1.5))
    )
    assert block.foot == ()
    (block,) = blocks(cells(("Code", "Industry", "IIP"), (10, "Food", 101.5), (), (11, "not known")))
    assert block.foot == ()


def test_a_row_named_by_a_code_as_the_others_is_no_footnote() -> None:
    (block,) = blocks(cells(("Code", "2024-01"), ("DE", 101.5), ("FR", "not available")))
    assert (block.foot, len(block.body)) == ((), 2)
    (block,) = blocks(cells(("Code", "2024-01"), ("DE", 101.5), (), ("1)", "Provisional")))
    assert block.foot == ("1) Provisional",)


@pytest.mark.parametrize(
    "below",
    [
        [["2"]],
        [[], [2]],
        [[], ["2024"]],
        [["1)", "provisional"]],
        [[], ["1)", "sơ bộ"], ["2)", "revised"], [], [3]],
        [[], ["…", "not available"]],
        [[], ["p", "provisional"]],
    ],
)
def test_a_footnote_or_page_below_a_bulletin_is_left_out(below: list[list[Value]]) -> None:
    records, notes, left_out = whole(sheet([*BULLETIN, *below]))
    assert [r["value"] for r in records] == [1.3, -2.7, 1.9, -4.8, 3.4, -6.1]
    assert {r["sector"] for r in records} == {"total", "mining", "manufacturing"}
    numbers = sum(str(row[0])[0].isdigit() for row in below if row)
    assert sum(one.count for one in left_out if one.reason == "number below the table") == numbers
    assert sum("the number of a page" in note for note in notes) == numbers


def test_a_row_without_a_name_is_told_as_before() -> None:
    _, _, left_out = whole(sheet([*BULLETIN[:4], [None, -2.7, 3.4], BULLETIN[5]]))
    assert [one.reason for one in left_out] == ["number of a row without a name"]


MONTHLY = [f"2024-{m:02d};{100 + m}.5;{98 - m}.5" for m in range(1, 11)]
BELOW = {
    "status": ("October 2024: provisional", 0),
    "status of another month": ("Sep 2024 provisional", 0),
    "status in two cells": ("2024-10;provisional", 0),
    "day and page": ("29.11.2024;Page 1", 0),
    "day and page apart": ("29.11.2024;;Trang 2/3", 0),
    "page in the second column": (";3", 1),
    "page in the third column": (";;12", 1),
}


@pytest.mark.parametrize(("line", "numbers"), BELOW.values(), ids=BELOW)
def test_line_below_levels_in_which_nothing_can_be_a_value_is_left_out_and_told(
    tmp_path: Path, line: str, numbers: int
) -> None:
    path = tmp_path / "iip.csv"
    path.write_text("\n".join(["Month;IIP;Mining", *MONTHLY, "", line]) + "\n", encoding="utf-8")
    got = series.read(path, "IIP")
    assert got.tolist() == [100.5 + m for m in range(1, 11)]
    assert any("line 12 and below were taken as footnotes" in note for note in got.attrs["notes"])
    page = ("number of a page: 1 number left out (iip.csv:13)",)
    assert got.attrs["left_out"] == page * numbers


@pytest.mark.parametrize(
    "line", ["2024-10;", "2024-10 p;99.5", ";101.5", ";108", "2024-10;seen again", "p;3"]
)
def test_line_below_levels_that_may_hold_a_value_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "iip.csv"
    path.write_text("\n".join(["Month;IIP;Mining", *MONTHLY, "", line]) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"iip\.csv:13"):
        series.read(path, "IIP")


IMPRINTS: list[list[Value]] = [
    ["Page", 2],
    ["Seite", 2],
    ["Trang", 2],
    ["10/06/2024", 1],
    ["Tel.", 2438461234],
    ["Version", 2.1],
    ["Data as of", 20241129],
    ["© Office", 2024],
    ["Nguồn", 2023],
]  # fmt: skip
ACROSS: list[list[Value]] = [
    ["Industry", "2024-01", "2024-02", "2024-03"],
    ["Total industry", 101.3, 104.8, 99.7],
    ["Mining", 97.3, 103.4, 101.9],
    ["Manufacturing", 102.6, 106.1, 98.2],
]


def across(tmp_path: Path, *rows: list[Value]) -> Path:
    padded: list[list[Value]] = [[*row, None, None, None, None][:4] for row in rows]
    return text(tmp_path, [*ACROSS, *padded])


@pytest.mark.parametrize("row", IMPRINTS, ids=lambda row: str(row[0]))
def test_a_number_beside_what_it_numbers_below_a_bulletin_is_no_sector(row: list[Value]) -> None:
    records, _, left_out = whole(sheet([*BULLETIN, [], row]))
    assert {r["sector"] for r in records} == {"total", "mining", "manufacturing"}
    assert [one.reason for one in left_out] == ["number below the table"]


@pytest.mark.parametrize("row", [*IMPRINTS, [None, 2], [None, None, None, 2024]], ids=str)
def test_a_number_beside_what_it_numbers_below_months_across_is_no_series(
    tmp_path: Path, row: list[Value]
) -> None:
    panel = series.read_panel(across(tmp_path, [], row))
    assert list(panel) == ["Total industry", "Mining", "Manufacturing"]
    assert "line 5 and below were taken as footnotes" in panel.attrs["notes"]


LIKE_REMARKS: list[list[Value]] = [
    ["Gas", 104],
    ["Water", None, 98.6],
    ["Pages", 104.2],
    ["Nguồn điện", None, 103],
    ["Note paper", 98, 107],
    ["Copyright services", 110],
]  # fmt: skip


@pytest.mark.parametrize("row", LIKE_REMARKS, ids=str)
def test_a_last_row_of_one_number_like_the_others_is_a_series(tmp_path: Path, row: list[Value]) -> None:
    assert list(series.read_panel(across(tmp_path, [], row)))[-1] == row[0]


def test_a_last_row_of_numbers_unlike_the_others_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r'x.csv:6: "Staff \| 3" stands below the table behind an empty line'):
        series.read_panel(across(tmp_path, [], ["Staff", 3]))
    assert list(series.read_panel(across(tmp_path, ["Staff", 3])))[-1] == "Staff"
    assert "Staff" not in "".join(map(str, series.read_panel(across(tmp_path, [], ["Note: staff", 3]))))


def test_a_sector_of_one_measure_below_a_bulletin_is_read(tmp_path: Path) -> None:
    records, _, _ = whole(sheet([*BULLETIN, [], ["Water supply", None, 3]]))
    assert [r["value"] for r in records if r["sector"] == "water"] == [3.0]
