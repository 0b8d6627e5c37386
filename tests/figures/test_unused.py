"""Columns of a file of one figure a row that are not read: named, counted, or refused with what is to be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import figures
from forecast.errors import DataError

LONG = "region,sector,period,measure,value,published"
FIRST, SECOND = "bn,total,2024-03,{m},6.3,2024-04-10", "bn,total,2024-04,{m},7.1,2024-05-10"
FILL = {"region": "bn", "sector": "total", "published": "2024-05-10"}


def read(tmp_path: Path, *lines: str, **said: object) -> figures.Figures:
    path = tmp_path / "f.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return figures.read(path, **said)  # type: ignore[arg-type]


def two(
    tmp_path: Path, heading: str, one: str, other: str, measure: str = "yoy_pct", **said: object
) -> figures.Figures:
    """Read two months of one series with one column more."""
    rows = (
        f"{row.format(m=measure)},{cell}" for row, cell in zip((FIRST, SECOND), (one, other), strict=True)
    )
    return read(tmp_path, f"{LONG},{heading}", *rows, **said)


@pytest.mark.parametrize(
    "heading", ["value revised", "giá trị cũ", "so với cùng kỳ", "IIP", "growth", "Lũy kế 4 tháng", "rate"]
)
def test_numbers_that_may_be_figures_are_refused_and_left_out_when_said(tmp_path: Path, heading: str) -> None:
    with pytest.raises(DataError) as error:
        two(tmp_path, heading, "6.9", "")
    assert str(error.value) == (
        f'f.csv:1: column "{heading}" holds numbers (1) that are not read; give each a row of its own, a later print '
        f'with its own date of publication, or leave them out under columns (left_out: "{heading}")'
    )
    told = two(tmp_path, heading, "6.9", "", columns={"left_out": heading})
    assert told.table["value"].tolist() == [6.3, 7.1]
    assert str(told.account) == "3 numbers: 2 values of 1 series, 1 number of a column left out as said"


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("STT", "2 codes"),
        ("quyền số", "2 weights"),
        ("workers", "2 numbers of another column"),
        ("code", "2 codes"),
    ],
)
def test_numbers_of_something_else_are_named_and_counted(tmp_path: Path, heading: str, reason: str) -> None:
    told = two(tmp_path, heading, "1", "2")
    assert str(told.account) == f"4 numbers: 2 values of 1 series, {reason}"
    assert f'column "{heading}" is no part of a figure and was left out' in told.notes


def test_years_beside_a_full_period_are_parts_of_a_date(tmp_path: Path) -> None:
    assert str(two(tmp_path, "year", "2024", "2024").account).endswith("2 parts of a date")


@pytest.mark.parametrize(
    "heading", ["Lũy kế từ đầu năm", "Chỉ số IIP", "Tháng 4 năm 2024", "4 tháng", "Chỉ số quý"]
)
def test_a_column_beside_those_of_measures_is_said_or_left_out(tmp_path: Path, heading: str) -> None:
    lines = (f"Tháng,So với cùng kỳ,{heading}", "2024-03,4.1,5.7", "2024-04,6.3,5.8")
    with pytest.raises(DataError, match=r"say which measure they are under columns \(mom_pct, .* or index: "):
        read(tmp_path, *lines, fill=FILL)
    said = read(tmp_path, *lines, fill=FILL, columns={"ytd_yoy_pct": heading})
    assert said.table[said.table["measure"] == "ytd_yoy_pct"]["value"].tolist() == [5.7, 5.8]
    assert said.account.numbers == 4
    assert read(tmp_path, *lines, fill=FILL, columns={"left_out": heading}).account.numbers == 4


def test_several_columns_are_left_out_as_the_refusal_says(tmp_path: Path) -> None:
    lines = ("Tháng,So với cùng kỳ,Chỉ số IIP,4 tháng", "2024-03,4.1,104.1,5.7", "2024-04,6.3,106.1,5.8")
    with pytest.raises(DataError, match=r'(?s)\(left_out: "Chỉ số IIP"\).*\(left_out 2: "4 tháng"\)'):
        read(tmp_path, *lines, fill=FILL)
    told = read(tmp_path, *lines, fill=FILL, columns={"left_out": "Chỉ số IIP", "left_out 2": "4 tháng"})
    assert str(told.account) == "6 numbers: 2 values of 1 series, 4 numbers of a column left out as said"


def test_a_column_said_with_its_month_is_of_that_month(tmp_path: Path) -> None:
    lines = ("Ngành,Tháng 3,So với cùng kỳ", "Toàn ngành,3.5,6.3")
    columns = {"yoy_pct 2024-03": "Tháng 3", "yoy_pct 2024-04": "So với cùng kỳ"}
    told = read(tmp_path, *lines, fill={"region": "bn", "published": "2024-05-10"}, columns=columns)
    assert dict(zip(told.table["period"].astype(str), told.table["value"], strict=True)) == {
        "2024-03": 3.5,
        "2024-04": 6.3,
    }


@pytest.mark.parametrize(
    ("heading", "one", "other", "measure"),
    [
        ("adjustment", "unadjusted", "seasonally adjusted", "yoy_pct"),
        ("s_adj", "SA", "", "yoy_pct"),
        ("Seasonally adjusted", "0", "1", "index"),
        ("loại số liệu", "gốc", "đã loại trừ yếu tố mùa vụ", "index"),
        ("base", "2015=100", "2020=100", "index"),
        ("note on base", "2015 = 100", "2020 = 100", "index"),
        ("năm gốc", "2015", "2020", "index"),
        ("Loại", "Thực hiện", "Kế hoạch", "yoy_pct"),
        ("Type", "", "Dự báo", "yoy_pct"),
        ("is_forecast", "FALSE", "TRUE", "yoy_pct"),
        ("status", "actual", "forecast", "yoy_pct"),
        ("obs_status", "A", "F", "yoy_pct"),
    ],
)
def test_a_column_that_splits_a_series_is_refused(
    tmp_path: Path, heading: str, one: str, other: str, measure: str
) -> None:
    with pytest.raises(DataError) as error:
        two(tmp_path, heading, one, other, measure)
    assert f'f.csv:1: column "{heading}" tells figures apart ("{one}", "{other}")' in str(error.value)
    assert "keep the rows of one of them, give each a region or a sector of its own" in str(error.value)
    assert len(two(tmp_path, heading, one, other, measure, columns={"left_out": heading}).table) == 2
    assert len(two(tmp_path, heading, one, one, measure).table) == 2  # one value splits nothing


@pytest.mark.parametrize(
    ("heading", "one", "other", "measure"),
    [
        ("base", "2015=100", "2020=100", "yoy_pct"),
        ("status", "sơ bộ", "chính thức", "yoy_pct"),
        ("status", "preliminary", "revised", "yoy_pct"),
        ("notes", "above plan", "the forecast was lower", "yoy_pct"),
        ("ghi chú", "", "seasonally adjusted figures follow", "yoy_pct"),
        ("place", "Sa Đéc", "Cao Lãnh", "yoy_pct"),
    ],
)
def test_other_words_beside_figures_are_read_past(
    tmp_path: Path, heading: str, one: str, other: str, measure: str
) -> None:
    told = two(tmp_path, heading, one, other, measure)
    assert told.table["value"].tolist() == [6.3, 7.1]
    named = f'column "{heading}" is no part of a figure and was not read' in told.notes
    assert named == (heading in ("base", "place"))


def test_adjustments_of_two_series_are_no_split(tmp_path: Path) -> None:
    rows = ("bn,total,2024-04,yoy_pct,6.3,2024-05-10,SA", "bn,mining,2024-04,yoy_pct,5.1,2024-05-10,NSA")
    assert len(read(tmp_path, f"{LONG},adjustment", *rows).table) == 2


def test_classes_that_print_one_cell_twice_are_told(tmp_path: Path) -> None:
    rows = [
        f"bn,total,2024-0{m},yoy_pct,{v},2024-05-10,{c}"
        for m in (3, 4)
        for v, c in ((6.3, "xa"), (5.1, "gan"))
    ]
    with pytest.raises(DataError, match=r'column "kieu" tells figures apart \("xa", "gan"\)'):
        read(tmp_path, f"{LONG},kieu", *rows)


def test_what_was_published_later_is_not_looked_at(tmp_path: Path) -> None:
    lines = (
        f"{LONG},Loại",
        FIRST.format(m="yoy_pct") + ",Thực hiện",
        SECOND.format(m="yoy_pct") + ",Kế hoạch",
    )
    assert read(tmp_path, *lines, until="2024-04-30").account.numbers == 1


def test_what_is_given_for_all_rows_over_a_column_of_the_file_is_told(tmp_path: Path) -> None:
    lines = (LONG, FIRST.format(m="yoy_pct"), SECOND.format(m="yoy_pct"))
    told = 'the sector given, steel, stands for no row: the file has its own, in "sector"'
    assert told in read(tmp_path, *lines, fill={"sector": "steel"}).notes
    assert not any("stands for no row" in note for note in read(tmp_path, *lines, fill=FILL).notes)


def test_what_is_given_in_vain_is_told_whatever_a_row_published_later_says(tmp_path: Path) -> None:
    later = "bn,steel,2024-05,yoy_pct,7.1,2024-06-10"
    lines = (LONG, FIRST.format(m="yoy_pct"), SECOND.format(m="yoy_pct"), later)
    told = 'the sector given, steel, stands for no row: the file has its own, in "sector"'
    assert told in read(tmp_path, *lines, fill={"sector": "steel"}, until="2024-05-31").notes
    assert told not in read(tmp_path, *lines, fill={"sector": "steel"}).notes


def test_a_figure_whose_status_says_that_there_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        two(tmp_path, "obs_status", "A", "M", "yoy_pct")
    assert 'f.csv:1: column "obs_status" stands beside a number, and "M" says that there is none' in str(
        error.value
    )
    assert len(two(tmp_path, "obs_status", "A", "P").table) == 2
