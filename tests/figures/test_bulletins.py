"""Bulletins: tables of production found among others, read right whatever their layout, every number accounted for."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from forecast import figures
from forecast.errors import DataError
from forecast.figures.bulletin import holds_bulletin
from forecast.tables import Layout
from forecast.tables.cells import Area, Value
from forecast.tables.kinds import Kind, kind
from tests.figures.sheets import read, sheet, table, whole

TITLE = "2. Chỉ số sản xuất công nghiệp"
LABELS = ("Toàn ngành công nghiệp", "Khai khoáng", "Công nghiệp chế biến, chế tạo")
VALUES = {LABELS[0]: (104.1, 101.2, 105.3), LABELS[1]: (95.0, 99.1, 94.2), LABELS[2]: (105.5, 101.9, 106.6)}
EXPECTED = {"total": (4.1, 1.2, 5.3), "mining": (-5.0, -0.9, -5.8), "manufacturing": (5.5, 1.9, 6.6)}
MONTHS = (("2024-04", "yoy_pct"), ("2024-05", "mom_pct"), ("2024-05", "yoy_pct"))
SHARED = Path(__file__).parents[3] / "shared" / "data" / "bulletins"


def expected(months=MONTHS, values=EXPECTED, region="here"):
    return {
        (region, sector, *month): value
        for sector, row in values.items()
        for month, value in zip(months, row, strict=False)
    }


LAYOUTS = {
    "in one line": [
        ("Tháng 4 năm 2024 so với cùng kỳ",),
        ("Tháng 5 năm 2024 so với tháng trước",),
        ("Tháng 5 năm 2024 so với cùng kỳ",),
    ],
    "stacked": [
        ("Tháng 4", "năm 2024", "so với", "cùng kỳ", "năm trước"),
        ("Tháng 5", "năm 2024", "so với", "tháng", "trước"),
        ("Tháng 5", "năm 2024", "so với", "cùng kỳ", "năm trước"),
    ],
    "what over base": [
        ("Tháng 4/2024", "so với cùng kỳ"),
        ("Tháng 5/2024 so với (%)", "Tháng trước"),
        ("", "Cùng kỳ năm trước"),
    ],
    "base over what": [
        ("So với cùng kỳ năm trước (%)", "Tháng 4 năm 2024"),
        ("So với tháng 4 năm 2024 (%)", "Ước tháng 5 năm 2024"),
        ("So với cùng kỳ năm trước (%)", "Ước tháng 5 năm 2024"),
    ],
    "slashes": [("T4/2024 / T4/2023",), ("T5/2024 / T4/2024",), ("T5/2024 / T5/2023",)],
    "columns counted": [
        ("Tháng 4 năm 2024 so với cùng kỳ", "1"),
        ("Tháng 5 năm 2024 so với tháng trước", "2"),
        ("Tháng 5 năm 2024 so với cùng kỳ", "3"),
    ],
    "no year": [("Tháng 4 so với cùng kỳ",), ("Tháng 5 so với tháng 4",), ("Tháng 5 so với cùng kỳ",)],
    "in English": [
        ("Apr 2024", "compared to", "the same period of 2023"),
        ("Estimated May 2024", "compared to", "previous month"),
        ("Estimated May 2024", "compared to", "the same period last year"),
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headings_in_every_layout(layout: str) -> None:
    assert read(sheet(table(LAYOUTS[layout], VALUES, TITLE))) == expected()


def test_a_year_in_the_title_dates_the_headings_and_december_is_last_years() -> None:
    heads = [("Tháng 12 so với cùng kỳ",), ("Tháng 1 so với tháng trước",), ("Tháng 1 so với cùng kỳ",)]
    found = read(
        sheet(table(heads, VALUES, f"{TITLE} tháng 1 năm 2025")),
        fill={"region": "here", "published": "2025-02-06"},
    )
    months = (("2024-12", "yoy_pct"), ("2025-01", "mom_pct"), ("2025-01", "yoy_pct"))
    assert found == expected(months)


def test_the_first_column_is_read_by_its_words_not_its_place() -> None:
    heads = [
        ("4 tháng năm 2024 so với cùng kỳ",),
        ("Quý I/2024 so với cùng kỳ",),
        ("5 tháng 2024/5 tháng 2023",),
    ]
    months = (("2024-04", "ytd_yoy_pct"), ("2024-03", "qtr_yoy_pct"), ("2024-05", "ytd_yoy_pct"))
    assert read(sheet(table(heads, VALUES, TITLE))) == expected(months)


def test_a_base_in_the_title_is_that_of_all_columns() -> None:
    heads = [("Tháng 3 năm 2024",), ("Tháng 4 năm 2024",), ("Tháng 5 năm 2024",)]
    months = tuple((f"2024-0{m}", "yoy_pct") for m in (3, 4, 5))
    assert read(sheet(table(heads, VALUES, f"{TITLE} so với cùng kỳ năm trước (%)"))) == expected(months)


def test_merged_headings_span_their_columns() -> None:
    rows = table(
        [("",), ("Tháng 5 năm 2024 so với", "Tháng 4 năm 2024"), ("", "Tháng 5 năm 2023")], VALUES, TITLE
    )
    rows[3][1] = "Tháng 4/2024 so với cùng kỳ"
    found = read(sheet(rows, merged=[Area(2, 2, 2, 3)]))
    assert found == expected()


def test_changes_in_percent_stay_what_they_are() -> None:
    percent = dict(zip(LABELS, EXPECTED.values(), strict=True))
    assert read(sheet(table(LAYOUTS["in one line"], percent, TITLE))) == expected()
    mixed = {label: (VALUES[label][0], *percent[label][1:]) for label in LABELS}
    assert read(sheet(table(LAYOUTS["in one line"], mixed, TITLE))) == expected()


def test_a_column_that_tells_nothing_takes_the_form_of_the_others() -> None:
    tet = {LABELS[0]: (104.1, 82.9, 105.3), LABELS[1]: (95.0, 70.8, 94.2), LABELS[2]: (105.5, 578.3, 106.6)}
    found = read(sheet(table(LAYOUTS["in one line"], tet, TITLE)))
    assert [found["here", s, "2024-05", "mom_pct"] for s in EXPECTED] == [-17.1, -29.2, 478.3]


def test_cells_keep_the_digits_that_a_bulletin_prints() -> None:
    values = {LABELS[0]: (104.12345678, 101.2, "105,30"), LABELS[1]: (95.0, 99.1, "94,2")}
    records, notes, _ = whole(sheet(table(LAYOUTS["in one line"], values, TITLE)))
    told = {(r["sector"], r["measure"], str(r["period"])): (r["value"], r["half_unit"]) for r in records}
    assert told["total", "yoy_pct", "2024-04"] == (4.12, 0.005)
    assert told["mining", "yoy_pct", "2024-04"] == (-5.0, 0.005)
    assert told["total", "mom_pct", "2024-05"] == (1.2, 0.05)
    assert told["total", "yoy_pct", "2024-05"] == (5.3, 0.005)
    assert told["mining", "yoy_pct", "2024-05"] == (-5.8, 0.05)
    assert notes == (
        "decimal comma detected",
        "[IIP]: rates are printed with their base as 100; 104.1 is read as +4.1 %",
        "[IIP]: cells hold more digits than a bulletin prints; they are rounded to 2 decimals",
    )


def test_names_over_two_lines_are_one_name() -> None:
    heads = [("Tháng 5/2024 so với cùng kỳ",)]
    rows = [
        *table(heads, {LABELS[0]: (105.3,)}, TITLE),
        ["Cung cấp nước; hoạt động quản lý"],
        ["và xử lý rác thải, nước thải", 94.2],
        ["Sản xuất sản phẩm điện tử,", 106.6],
        ["máy vi tính"],
        ["Phân theo loại hình"],
        ["Dệt", 101.0],
        ["Sản xuất kim loại", 102.0],
        ["đúc sẵn"],
    ]
    found = read(sheet(rows))
    assert {sector: value for (_, sector, _, _), value in found.items()} == {
        "total": 5.3, "water": -5.8, "san_xuat_san_pham_dien_tu_may_vi_tinh": 6.6, "det": 1.0,
        "san_xuat_kim_loai_duc_san": 2.0,
    }  # fmt: skip


def test_rows_of_places_are_regions_and_go_on_below() -> None:
    heads = [("Tháng 5/2024", "so với tháng 4/2024"), ("Tháng 5/2024", "so với cùng kỳ năm 2023")]
    title = "3. Chỉ số sản xuất công nghiệp của một số tỉnh, thành phố"
    first = {"CẢ NƯỚC": (101.2, 105.3), "Hà Nội": (99.1, 94.2), "Nhà nước": (98.0, 97.0)}
    second = {"TP. Hồ Chí Minh": (101.9, 106.6), "Tỉnh Bắc Ninh": (103.0, 104.0)}
    rows = [*table(heads, first, title), *table(heads, second, "3. (Tiếp theo)")]
    found = read(sheet(rows))
    assert {(r, s): v for (r, s, _, m), v in found.items() if m == "yoy_pct"} == {
        ("here", "total"): 5.3, ("ha_noi", "total"): -5.8, ("ha_noi", "nha_nuoc"): -3.0,
        ("tp_ho_chi_minh", "total"): 6.6, ("bac_ninh", "total"): 4.0,
    }  # fmt: skip


def test_districts_are_no_provinces_and_a_total_below_them_is_of_all() -> None:
    heads = [("Tháng 5/2024 so với tháng trước",), ("Tháng 5/2024 so với cùng kỳ",)]
    values = {
        "Thành phố Bắc Ninh": (101.0, 105.0),
        "Huyện Yên Phong": (99.0, 94.0),
        "Toàn tỉnh": (100.5, 101.0),
    }
    rows = table(
        heads, values, "Chỉ số sản xuất công nghiệp tỉnh Bắc Ninh phân theo huyện, thị xã, thành phố"
    )
    found = read(sheet(rows), fill={"published": "2024-05-29"})
    assert {(r, s): v for (r, s, _, m), v in found.items() if m == "yoy_pct"} == {
        ("thanh_pho_bac_ninh", "total"): 5.0, ("huyen_yen_phong", "total"): -6.0, ("bac_ninh", "total"): 1.0,
    }  # fmt: skip


def test_provinces_with_sectors_below_each() -> None:
    heads = [("Tháng 5/2024 so với tháng trước",), ("Tháng 5/2024 so với cùng kỳ",)]
    rows = table(heads, {"Hà Nội": (101.0, 105.0)}, "Chỉ số sản xuất công nghiệp của các tỉnh")
    rows += [
        ["Khai khoáng", 99.0, 98.0],
        ["Dệt", 97.0, 96.0],
        ["Hải Phòng", 95.0, 94.0],
        ["Khai khoáng", 93.0, 92.0],
    ]
    found = read(sheet(rows))
    assert {(r, s): v for (r, s, _, m), v in found.items() if m == "yoy_pct"} == {
        ("ha_noi", "total"): 5.0, ("ha_noi", "mining"): -2.0, ("ha_noi", "det"): -4.0,
        ("hai_phong", "total"): -6.0, ("hai_phong", "mining"): -8.0,
    }  # fmt: skip


def test_labels_in_two_languages_are_one_sector() -> None:
    values = {
        "Toàn ngành/All industry": (104.1,),
        "Khai khoáng - Mining and quarrying": (95.0,),
        "Dệt": (101.0,),
    }
    found = read(sheet(table([("Tháng 5/2024 so với cùng kỳ",)], values, TITLE)))
    assert {s: v for (_, s, _, _), v in found.items()} == {"total": 4.1, "mining": -5.0, "det": 1.0}


def test_a_section_of_a_table_of_sectors_may_hold_places() -> None:
    heads = [("Tháng 5/2024 so với tháng trước",), ("Tháng 5/2024 so với cùng kỳ",)]
    rows = [
        *table(heads, {"Tổng số": (101.2, 105.3), "Trung ương": (99.1, 94.2)}, TITLE),
        ["Công nghiệp của một số"],
        ["địa phương"],
        ["Hà Nội", 101.9, 106.6],
        ["Ngoài nhà nước", 103.0, 104.0],
    ]
    found = read(sheet(rows))
    assert {(r, s) for r, s, _, _ in found} == {
        ("here", "total"), ("here", "trung_uong"), ("ha_noi", "total"), ("ha_noi", "ngoai_nha_nuoc"),
    }  # fmt: skip


def test_a_province_whose_title_names_it_needs_no_region_and_its_rows_are_sectors() -> None:
    rows = table(LAYOUTS["in one line"], VALUES, "Chỉ số sản xuất công nghiệp trên địa bàn tỉnh Bắc Ninh")
    assert read(sheet(rows), fill={"published": "2024-05-29"}) == expected(region="bac_ninh")


def test_names_below_several_owners_are_told_apart() -> None:
    heads = [("Tháng 5/2024 so với tháng trước",), ("Tháng 5/2024 so với cùng kỳ",)]
    rows = table(heads, {}, TITLE)
    rows = [[row[0], "", *row[1:]] for row in rows]
    rows += [["Tổng số", "", 101.0, 102.0], ["Nhà nước", "", 103.0, 104.0], ["", "Trung ương", 99.0, 98.0]]
    rows += [["Công ty", "", 105.0, 106.0], ["", "Trung ương", 97.0, 96.0]]
    found = read(sheet(rows))
    assert {s: v for (_, s, _, m), v in found.items() if m == "yoy_pct"} == {
        "total": 2.0, "nha_nuoc": 4.0, "nha_nuoc_trung_uong": -2.0, "cong_ty": 6.0, "cong_ty_trung_uong": -4.0,
    }  # fmt: skip


CPI = [
    ["Chỉ số giá tiêu dùng tháng 5 năm 2024"],
    ["", "Tháng 5 so với tháng trước", "Tháng 5 so với cùng kỳ"],
    ["Toàn tỉnh", 100.2, 103.4],
    ["Lương thực", 101.0, 104.0],
]
PRODUCTS = [
    ["Một số sản phẩm chủ yếu của ngành công nghiệp"],
    ["", "Đơn vị", "Tháng 5", "Tháng 5 so với cùng kỳ (%)"],
    ["Than", "Tấn", 1200.0, 103.4],
]


def test_other_tables_are_left_out_by_name_and_every_number_is_accounted_for() -> None:
    rows = table(
        [("Quyền số (%)",), *LAYOUTS["in one line"]], {k: (9.5, *v) for k, v in VALUES.items()}, TITLE
    )
    rows[-1] += ["", 3.25]  # a sum somebody left beside the table
    rows += [["", 1.0, 101.0, 102.0, 103.0]]
    sheets = (sheet(rows), sheet(CPI, "CPI"), sheet(PRODUCTS, "SP"))
    records, _, left_out = whole(*sheets)
    assert {(item.reason, item.what, item.count, item.place) for item in left_out} == {
        ("number of another table", "Chỉ số giá tiêu dùng tháng 5 năm 2024", 4, "b.xlsx[CPI]"),
        ("number of another table", "Một số sản phẩm chủ yếu của ngành công nghiệp", 2, "b.xlsx[SP]"),
        ("weight", "Quyền số (%)", 4, "b.xlsx[IIP]:B4"),
        ("number under no heading", "", 1, "b.xlsx[IIP]:G4"),
        ("number of a row without a name", "", 3, "b.xlsx[IIP]:C7"),
    }
    numbers = sum(kind(value) is Kind.NUMBER for one in sheets for _, value in one.filled())
    assert numbers == len(records) + sum(item.count for item in left_out) == 23


def test_amounts_beside_rates_are_left_out_with_or_without_a_unit() -> None:
    heads = [("Thực hiện tháng 4",), ("Ước tính tháng 5",), ("Tháng 5/2006 so với cùng kỳ (%)",)]
    rows = table(
        heads, {"Tổng số": (12345.6, 22345.6, 105.3)}, "Giá trị sản xuất công nghiệp theo giá so sánh 1994"
    )
    records, _, left_out = whole(sheet(rows), fill={"region": "here", "published": "2006-05-29"})
    assert [(str(r["period"]), r["value"]) for r in records] == [("2006-05", 5.3)]
    assert [(item.reason, item.count) for item in left_out] == [("amount", 1), ("amount", 1)]


def test_a_row_printed_twice_is_read_once_and_told() -> None:
    rows = table(LAYOUTS["in one line"], VALUES, TITLE)
    records, _, left_out = whole(sheet([*rows, rows[-1]]))
    assert len(records) == 9
    assert [str(item) for item in left_out][0] == (
        'number printed twice "b.xlsx[IIP]:B6 again": 1 number left out (b.xlsx[IIP]:B7)'
    )


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (104.1, 104.1, True),
        ("104,1", "104,14", True),
        ("104,14", "104,1", True),
        ("104,1", "104,2", False),
        ("104,2", "104,3", False),
        ("104,14", "104,2", False),
    ],
)
def test_two_prints_of_a_cell_agree_where_one_number_may_be_rounded_to_both(
    one: Value, other: Value, agree: bool
) -> None:
    rows = table([("Tháng 4/2024 so với cùng kỳ",)], {LABELS[0]: (one,)}, TITLE)
    again = [*rows, [LABELS[0], other]]
    if agree:
        records, _, left_out = whole(sheet(again))
        assert (len(records), left_out[0].reason) == (1, "number printed twice")
    else:
        with pytest.raises(DataError, match="give two rows of one name names of their own"):
            whole(sheet(again))


def test_status_is_what_headings_and_marks_say() -> None:
    heads = [("Chính thức tháng 4/2024 so với cùng kỳ",), ("Tháng 5/2024 so với tháng trước",)]
    records, _, _ = whole(
        sheet(table(heads, {LABELS[0]: (104.1, "101,2*"), LABELS[1]: (95.0, "99,1")}, TITLE))
    )
    assert [(r["sector"], r["measure"], r["status"]) for r in records] == [
        ("total", "yoy_pct", "official"),
        ("mining", "yoy_pct", "official"),
        ("total", "mom_pct", "estimate"),
        ("mining", "mom_pct", ""),
    ]


def test_a_year_that_lies_long_before_the_publication_is_asked_about() -> None:
    _, notes, _ = whole(
        sheet(table(LAYOUTS["in one line"], VALUES, TITLE)),
        fill={"region": "here", "published": "2025-05-29"},
    )
    assert (
        "the newest month is 2024-05, long before the publication on 2025-05-29; are the years right?"
        in notes
    )


def test_levels_with_a_column_of_changes_are_no_bulletin() -> None:
    rows = [
        ["Industrial production index, 2015=100"],
        ["month", "Total", "Total, % change on same month of previous year"],
        ["2024-01", 101.5, 3.1],
        ["2024-02", 99.5, 2.2],
    ]
    assert not holds_bulletin([sheet(rows)])
    assert holds_bulletin([sheet(table(LAYOUTS["stacked"], VALUES, TITLE))])


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Write a workbook of three sheets, named by its day of publication."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in {"CPI": CPI, "IIP": table(LAYOUTS["stacked"], VALUES, TITLE), "SP": PRODUCTS}.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append([None if cell == "" else cell for cell in row])
    path = tmp_path / "2024-05-29_bulletin.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_read_by_the_door(workbook: Path) -> None:
    read = figures.read(workbook, fill={"region": "here"})
    assert {(r.region, r.sector, str(r.period), r.measure): r.value for r in read.rows()} == expected()
    assert read.table["published"].dt.strftime("%Y-%m-%d").unique().tolist() == ["2024-05-29"]
    assert read.notes[0] == "published 2024-05-29, by the file's name"
    assert str(read.account) == "15 numbers: 9 values of 6 series, 6 numbers of another table"
    assert figures.recognises(workbook)
    with pytest.raises(
        DataError, match=r"no figure had been published by 2024-05-28; it was published on 2024-05-29"
    ):
        figures.read(workbook, fill={"region": "here"}, until="2024-05-28")


def test_several_files_are_read_as_one_and_later_ones_are_not_looked_at(
    workbook: Path, tmp_path: Path
) -> None:
    later = tmp_path / "2024-06-29_bulletin.xlsx"
    later.write_bytes(workbook.read_bytes())
    layout = Layout(fill={"region": "here"})
    both = figures.read_files([workbook, later], layout)
    assert len(both.table) == 18
    assert both.account.numbers == 30
    assert len(both.latest().table) == 9
    early = figures.read_files([workbook, later], layout, until="2024-05-31")
    assert early.fingerprint() == figures.read(workbook, fill={"region": "here"}).fingerprint()
    with pytest.raises(
        DataError, match=r"no figure had been published by 2024-05-01; it was .* on 2024-05-29"
    ):
        figures.read_files([workbook, later], layout, until="2024-05-01")
    broken = tmp_path / "2024-07-29_bulletin.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    with pytest.raises(DataError, match=r"2024-07-29_bulletin\.xlsx"):
        figures.read_files([workbook, broken], layout)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the original workbooks lie beside the project, not in it")
def test_every_rate_of_the_original_workbooks() -> None:
    wanted: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    with (SHARED / "expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            wanted[row["file"]].append(row)
    for name, rows in wanted.items():
        read = figures.read(SHARED / name, fill={"region": "vietnam"})
        got = defaultdict(list)
        for r in read.rows():
            got[str(r.period), r.measure].append(r.value)
        for r in rows:
            near = np.abs(np.asarray(got[r["period"], r["measure"]]) - float(r["value"])).min()
            assert near < 0.0051, (name, r["cell"])
        assert len(read.table) == len(rows), name


def test_a_column_of_nothing_but_missing_marks_takes_no_heading_from_its_neighbour() -> None:
    rows = (
        ("Chỉ số sản xuất công nghiệp", None, None), (None, None, None),
        (None, "Tháng 1 năm 2001", "Tháng 1 năm 2001"), (None, "so với tháng trước", "so với cùng kỳ"),
        ("Toàn ngành công nghiệp", -30.0, "…"), ("Khai khoáng", "…", "…"),
    )  # fmt: skip
    records, _, _ = whole(sheet(rows), fill={"region": "here", "published": "2001-02-10"}, rates="percent")
    assert [(r["sector"], r["measure"], r["value"]) for r in records] == [("total", "mom_pct", -30.0)]


MISSING_BELOW = [
    ["Chỉ số sản xuất công nghiệp"],
    ["", "Tháng 4 năm 2024 so với tháng trước", "Tháng 4 năm 2024 so với cùng kỳ"],
    ["Toàn ngành", -4.0, "…"],
    ["Khai khoáng", "…", "…"],
    [""],
    ["Chỉ số sản xuất công nghiệp (Tiếp theo)"],
    ["", "Tháng 4 năm 2024 so với tháng trước", "Tháng 4 năm 2024 so với cùng kỳ"],
    ["Dệt", "…", "…"],
]


def test_a_table_that_goes_on_below_with_marks_only_keeps_its_heading() -> None:
    found = read(sheet(MISSING_BELOW), rates="percent")
    assert {(sector, measure): v for (_, sector, _, measure), v in found.items()} == {
        ("total", "mom_pct"): -4.0
    }


def test_columns_of_marks_before_the_first_number_are_no_labels() -> None:
    rows = [
        ["", "Tháng 4 năm 2024 so với", "1 tháng đầu năm 2024 so với cùng kỳ", "Tháng 4 năm 2024 so với"],
        ["", "tháng trước", "", "cùng kỳ"],
        ["Dệt", "…", "…", 6.2],
        ["Khai khoáng", "…", "…", 3.1],
    ]
    found = read(sheet([["Chỉ số sản xuất công nghiệp"], [""], *rows]), rates="percent")
    assert sorted((period, measure, v) for (_, _, period, measure), v in found.items()) == [
        ("2024-04", "yoy_pct", 3.1),
        ("2024-04", "yoy_pct", 6.2),
    ]
