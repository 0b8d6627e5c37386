"""Rows of figures with fewer cells than their header, and rows broken in two."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from forecast import figures
from forecast.errors import DataError

FILL = {"region": "bac_ninh", "sector": "total", "published": "2024-02-01"}
HEADER = ["month", "mom_pct", "yoy_pct", "ytd_yoy_pct"]


def rows(header: list[str] = HEADER) -> list[list[str]]:
    values = (
        [f"2023-{m:02d}", f"{1 + m / 10:.1f}", f"{4 + m / 5:.1f}", f"{3 + m / 10:.1f}"] for m in range(1, 13)
    )
    return [header, *values]


def read(tmp_path: Path, lines: list[list[str]], **given: str) -> figures.Figures:
    path = tmp_path / "x.csv"
    path.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
    return figures.read(path, fill=FILL | given)


def refusal(tmp_path: Path, lines: list[list[str]], **given: str) -> str:
    with pytest.raises(DataError) as caught:
        read(tmp_path, lines, **given)
    return str(caught.value)


def test_a_row_with_a_measure_too_few_is_refused(tmp_path: Path) -> None:
    lines = rows()
    del lines[5][1]
    assert "x.csv:6: 3 cells where the header has 4, and nothing says which is missing" in refusal(
        tmp_path, lines
    )
    lines[5].insert(1, "")
    assert len(read(tmp_path, lines).table) == 35


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_newest_row_may_lack_what_is_not_yet_published(tmp_path: Path, newest_first: bool) -> None:
    lines = rows()
    del lines[12][3]
    if newest_first:
        lines[1:] = lines[:0:-1]
    read_figures = read(tmp_path, lines)
    line = 2 if newest_first else 13
    assert (
        f"line {line} has fewer cells than the 4 of the header: the last ones were taken as not published"
        in read_figures.notes
    )
    assert len(read_figures.table) == 35


def test_a_row_published_later_is_not_looked_at(tmp_path: Path) -> None:
    lines = [[row[0], f"{row[0]}-28", *row[1:]] for row in rows()]
    lines[0][1] = "published"
    del lines[10][4]
    path = tmp_path / "x.csv"
    path.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
    fill = {"region": "bac_ninh", "sector": "total"}
    assert len(figures.read(path, fill=fill, until="2023-09-30").table) == 27
    with pytest.raises(DataError, match=r"x\.csv:11: 4 cells where the header has 5"):
        figures.read(path, fill=fill)


@pytest.mark.parametrize("row", [5, 12])
def test_a_number_alone_in_its_line_is_refused(tmp_path: Path, row: int) -> None:
    lines = rows()
    lines[row : row + 1] = [[*lines[row][:3], ""], [lines[row][3]]]
    alone = lines[row + 1][0]
    assert f'x.csv:{row + 2}: "{alone}" stands alone in its line' in refusal(tmp_path, lines)


def test_year_and_month_in_two_columns_count_as_they_stand(tmp_path: Path) -> None:
    header = ["year", "month", *HEADER[1:]]
    lines = [header, *(["2023", str(m), *row[1:]] for m, row in enumerate(rows()[1:], 1))]
    assert len(read(tmp_path, lines).table) == 36
    del lines[4][2]
    assert "x.csv:5: 3 cells where the header has 4" in refusal(tmp_path, lines)


def test_months_across_with_a_cell_too_few_are_refused(tmp_path: Path) -> None:
    across = [list(row) for row in zip(*rows(), strict=True)]
    lines = [["Sector", *across[0][1:]], ["Total", *across[2][1:]], ["Mining", *across[3][1:]]]
    given = {"measure": "yoy_pct"}
    del lines[2][6]
    fill = {name: value for name, value in FILL.items() if name != "sector"} | given
    path = tmp_path / "x.csv"
    path.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.csv:3: 12 cells where the header has 13"):
        figures.read(path, fill=fill)


def _wide(tmp_path: Path, *extra: str, until: str | None = None) -> figures.Figures:
    head = "region,sector,period,measure,value,published,source"
    known = [f"vn,total,2024-0{m},yoy_pct,{m}.5,2024-0{m + 1}-06,a" for m in (1, 2)]
    (path := tmp_path / "x.csv").write_text("\n".join([head, *known, *extra]) + "\n", encoding="utf-8")
    return figures.read(path, until=until)


@pytest.mark.parametrize(
    "extra", ["vn,total,2024-03,yoy_pct,4,1,2024-04-06,a", "vn,total,2024-03,yoy_pct,4.1,2024-04-06,a,b"]
)
def test_a_cell_too_many_in_a_row_published_later_stops_no_earlier_day(tmp_path: Path, extra: str) -> None:
    with pytest.raises(DataError, match="x.csv:4: 8 fields where the header has 7"):
        _wide(tmp_path, extra)
    with pytest.raises(DataError, match="x.csv:4: 8 fields where the header has 7"):
        _wide(tmp_path, extra, until="2024-04-06")
    assert _wide(tmp_path, extra, until="2024-04-05").table["value"].to_list() == [1.5, 2.5]


@pytest.mark.parametrize(
    "extra", ["vn,total,2024-01,yoy_pct,4,1,2024-02-06,a", "vn,total,2024-03,yoy_pct,4,1,soon,a"]
)
def test_a_cell_too_many_in_a_row_of_an_earlier_or_no_day_is_refused(tmp_path: Path, extra: str) -> None:
    with pytest.raises(DataError, match="x.csv:4: 8 fields where the header has 7"):
        _wide(tmp_path, extra, until="2024-03-31")


def test_a_file_of_wide_rows_published_later_is_not_yet_published(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "region,sector,period,measure,value,published\nvn,total,2024-03,yoy_pct,4,1,2024-04-06\n",
        encoding="utf-8",
    )
    with pytest.raises(
        DataError, match="no figure had been published by 2024-03-31; the first was published on 2024-04-06"
    ):
        figures.read(path, until="2024-03-31")


def book(tmp_path: Path, lines: list[list[str]]) -> figures.Figures:
    """Return what is read of a workbook that holds the numbers of some lines as numbers."""
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    for line in lines:
        workbook.active.append([float(v) if re.fullmatch(r"[\d.]+", v) else v for v in line])
    workbook.save(path := tmp_path / "x.xlsx")
    return figures.read(path, fill={} if "region" in lines[0] else FILL)


@pytest.mark.parametrize("at", [5, 13])
@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["4.2"], '"4.2" stands where a month is expected, and its row has no figure'),
        (["4.2", "…", "…"], '"4.2" stands where a month is expected, and its row has no figure'),
        (["2024-01 4.2"], '"2024-01 4.2" stands in one cell; write its month and its numbers in cells of'),
    ],
)
def test_a_number_in_the_place_of_a_month_is_refused_in_a_workbook(
    tmp_path: Path, at: int, row: list[str], told: str
) -> None:
    with pytest.raises(DataError) as caught:
        book(tmp_path, [*rows()[:at], row, *rows()[at:]])
    assert f"x.xlsx:{at + 1}: {told}" in str(caught.value)


def test_a_last_number_alone_below_figures_of_one_a_row_is_no_footnote(tmp_path: Path) -> None:
    head = ["region", "sector", "period", "measure", "value", "published"]
    lines = [head, *(["x", "total", f"2023-0{m}", "yoy_pct", f"{m}.5", "2023-12-01"] for m in range(1, 7))]
    with pytest.raises(DataError, match=r'x\.xlsx:8: "4.2" is no figure'):
        book(tmp_path, [*lines, ["4.2"]])
    assert len(book(tmp_path, [*lines, ["Note: 4.2"]]).table) == 6


def test_the_number_of_a_page_is_told(tmp_path: Path) -> None:
    read_figures = book(tmp_path, [*rows(), [], ["13"]])
    assert len(read_figures.table) == 36
    assert 'line 15: "13" stands alone and was taken as the number of a page' in read_figures.notes


def test_a_number_beside_marks_in_the_place_of_a_month_is_refused_in_a_text(tmp_path: Path) -> None:
    assert 'x.csv:14: "4.2" stands where a month is expected' in refusal(
        tmp_path, [*rows(), ["4.2", "…", "…", "…"]]
    )
