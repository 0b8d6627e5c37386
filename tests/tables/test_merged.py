"""A number merged over several cells that are each to have their own is refused; what is only drawn wide is read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from forecast import figures, series
from forecast.errors import DataError
from forecast.tables.cells import Area, Place, Sheet
from forecast.tables.merged import merged_numbers
from tests.figures.sheets import FILE, read, sheet

MONTHS = [f"{y}-{m:02d}" for y in (2022, 2023) for m in range(1, 13)]
LEVELS = [["month", "Industry", "Mining"], *([m, 96.5 + i, 103.25 - i] for i, m in enumerate(MONTHS))]
YOY, MOM = "Tháng 4/2024 so với cùng kỳ", "Tháng 4/2024 so với tháng trước"
TITLE = "Chỉ số sản xuất công nghiệp tháng 4 năm 2024 (%)"
FILL = {"region": "here", "published": "2024-05-29"}


def _book(path: Path, rows: list[list[object]], *merged: str) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for area in merged:
        made.active.merge_cells(area)
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("B3:B5", ":B3: 97.5 is one number merged over 3 cells (B3 to B5); split them"),
        ("B24:C24", ":B24: 118.5 is one number merged over 2 cells (B24 to C24); split them"),
        ("B24:C25", ":B24: 118.5 is one number merged over 4 cells (B24 to C25); split them"),
    ],
)
def test_a_level_merged_over_months_or_series_is_refused(tmp_path: Path, area: str, said: str) -> None:
    path = _book(tmp_path / "x.xlsx", LEVELS, area)
    with pytest.raises(DataError) as error:
        series.read(path, "Industry")
    assert said in str(error.value)


def test_a_merged_whole_number_is_no_level_of_each_month(tmp_path: Path) -> None:
    rows = [LEVELS[0], *([m, 96 + i, 103] for i, m in enumerate(MONTHS))]
    with pytest.raises(DataError, match=r"B3: 97 is one number merged over 2 cells \(B3 to B4\)"):
        series.read(_book(tmp_path / "x.xlsx", rows, "B3:B4"), "Industry")


def test_the_months_before_a_merged_number_are_read(tmp_path: Path) -> None:
    path = _book(tmp_path / "x.xlsx", LEVELS, "B24:B25")
    with pytest.raises(DataError, match="B24 to B25"):
        series.read(path, "Industry")
    assert len(series.read(path, "Industry", until=pd.Period("2023-11"))) == 23


def test_a_number_of_a_page_over_two_series_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    rows = "".join(
        f"<tr><td>{m}</td>" + (f"<td colspan=2>{v}</td></tr>" if i == 4 else f"<td>{v}</td><td>{w}</td></tr>")
        for i, (m, v, w) in enumerate(LEVELS[1:])
    )
    path.write_text(f"<table>\n<tr><th>Month</th><th>Industry</th><th>Mining</th></tr>\n{rows}</table>")
    with pytest.raises(DataError, match=r"100\.5 is one number merged over 2 cells \(B6 to C6\)"):
        series.read(path, "Industry")


def test_years_and_headings_stay_merged_and_wide_cells_are_read(tmp_path: Path) -> None:
    rows = [["Year", "Month", "Industry", "", "Mining"]]
    rows += [
        [y if m == 1 else None, m, 96.5 + m, None, 103.25 - m] for y in (2022, 2023) for m in range(1, 13)
    ]
    wide = [f"C{r}:D{r}" for r in range(1, 26)]
    path = _book(tmp_path / "x.xlsx", rows, "A2:A13", "A14:A25", *wide)
    assert series.read(path, "Industry").to_list() == [96.5 + m for m in range(1, 13)] * 2


def test_a_column_of_quarters_beside_months_is_read_as_it_was(tmp_path: Path) -> None:
    rows = [
        ["month", "IIP", "Quarter"],
        *([m, 96.5 + i, 7.25 if i % 3 == 0 else None] for i, m in enumerate(MONTHS)),
    ]
    path = _book(tmp_path / "x.xlsx", rows, *(f"C{r}:C{r + 2}" for r in range(2, 26, 3)))
    assert series.read(path, "IIP").to_list() == [96.5 + i for i in range(24)]


def _bulletin(rows: list[list[object]], *merged: Area) -> Sheet:
    return sheet([[TITLE], [""], ["Ngành", MOM, YOY], *rows], merged=merged)


@pytest.mark.parametrize("area", [Area(3, 1, 4, 1), Area(3, 1, 3, 2), Area(4, 2, 5, 2)])
def test_a_rate_merged_over_sectors_or_rates_is_refused(area: Area) -> None:
    rows: list[list[object]] = [
        ["Toàn ngành", 4.1, -2.5],
        ["Khai khoáng", -5.0, 4.8],
        ["Chế biến, chế tạo", -0.9, 8.3],
    ]
    for r in range(area.top, area.bottom + 1):
        for c in range(area.left, area.right + 1):
            if (r, c) != (area.top, area.left):
                rows[r - 3][c] = ""
    with pytest.raises(DataError, match=r"is one number merged over 2 cells \(\w\d to \w\d\)"):
        read(_bulletin(rows, area))


def test_rows_of_which_all_numbers_are_merged_are_of_two_sectors_or_of_two_languages() -> None:
    areas = Area(3, 1, 4, 1), Area(3, 2, 4, 2)
    rows: list[list[object]] = [["Khai khoáng", -5.0, 4.8], ["Mining", "", ""]]
    assert read(_bulletin(rows, *areas))["here", "mining", "2024-04", "mom_pct"] == -5.0
    with pytest.raises(DataError, match=r"B4: -5 is one number merged over 2 cells \(B4 to B5\)"):
        read(_bulletin([rows[0], ["Chế biến, chế tạo", "", ""]], *areas))


def test_figures_a_row_each_and_months_across_say_it_too(tmp_path: Path) -> None:
    wide = [
        ["sector", "period", "mom_pct", "yoy_pct"],
        ["total", "2024-03", 2.5, 4.5],
        ["total", "2024-04", 1.5, 3.5],
    ]
    for area, cells in (("C2:C3", "C2 to C3"), ("C3:D3", "C3 to D3")):
        with pytest.raises(DataError, match=f"is one number merged over 2 cells .{cells}."):
            figures.read(_book(tmp_path / "x.xlsx", wide, area), fill=FILL)
    assert len(figures.read(_book(tmp_path / "x.xlsx", wide, "A2:A3"), fill=FILL).table) == 4
    across = [["Indicator", "2024-02", "2024-03", "2024-04"], ["IIP so với cùng kỳ (%)", 6.5, 7.5, 8.25]]
    with pytest.raises(DataError, match=r"7\.5 is one number merged over 2 cells .C2 to D2."):
        figures.read(_book(tmp_path / "x.xlsx", across, "C2:D2"), fill={**FILL, "sector": "total"})


def test_only_cells_that_are_to_have_a_number_of_their_own_count() -> None:
    one = Sheet(FILE, "", ((1.5, None), (None, None)), (1, 2), (Area(0, 0, 1, 1),), lettered=True)
    assert not list(merged_numbers(one, {Place(0, 0)}))
    ((covered, _),) = merged_numbers(one, {Place(0, 0), Place(1, 1)})
    assert covered == [Place(0, 0), Place(1, 1)]
