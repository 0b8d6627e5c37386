"""Bulletins as people write them: what a title, a place, a sign or a unit says of the numbers below."""

from __future__ import annotations

from datetime import datetime

import pytest

from forecast.errors import DataError
from forecast.tables.cells import Area, Sheet, Value
from forecast.tables.rates.titles import objection
from tests.figures.sheets import read, sheet, table, whole

TITLE = "Chỉ số sản xuất công nghiệp tháng 4 năm 2024"
YOY, MOM = "Tháng 4/2024 so với cùng kỳ", "Tháng 4/2024 so với tháng trước"
VALUES = {"Toàn ngành": (104.1, 101.2), "Khai khoáng": (95.0, 99.1)}
VALUES_OF_ONE = {label: row[:1] for label, row in VALUES.items()}


def bulletin(*heads: str, title: str = TITLE, name: str = "IIP") -> Sheet:
    rows = {label: values[: len(heads)] for label, values in VALUES.items()}
    return sheet(table([(head,) for head in heads], rows, title), name)


def refused(*sheets: Sheet, **said: object) -> str:
    with pytest.raises(DataError) as error:
        read(*sheets, **said)  # type: ignore[arg-type]
    return str(error.value)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        (f"{TITLE} (đã điều chỉnh mùa vụ)", "rate adjusted for the season"),
        ("Index of industrial production, seasonally adjusted", "rate adjusted for the season"),
        ("Đóng góp vào chỉ số sản xuất công nghiệp (điểm phần trăm)", "contribution in percentage points"),
        ("Index of industrial production, annualised rates", "annualised rate"),
    ],
)
def test_a_title_says_of_all_columns_what_they_are(title: str, reason: str) -> None:
    said = refused(bulletin(YOY, MOM, title=title))
    assert f"a year to date, only: {reason}; say under columns which heading is a rate" in said
    assert read(bulletin(YOY, MOM, title=title), columns={"yoy_pct 2024-04": YOY, "left_out": MOM}) == {
        ("here", "total", "2024-04", "yoy_pct"): 4.1,
        ("here", "mining", "2024-04", "yoy_pct"): -5.0,
    }


@pytest.mark.parametrize("title", ["Dự báo chỉ số sản xuất công nghiệp", "Industrial production: plan"])
def test_a_title_of_a_plan_is_asked_about(title: str) -> None:
    assert f'the title "{title}" speaks of a plan, a forecast or a mean of months' in refused(
        bulletin(YOY, title=title)
    )


@pytest.mark.parametrize(
    ("base", "mean"),
    [
        ("monthly average 2015 = 100", False),
        ("bình quân tháng năm 2015 = 100", False),
        ("12-month average, 2015 = 100", True),
        ("12-month average, previous year = 100", True),
    ],
)
def test_the_mean_of_a_base_year_is_no_mean_of_months(base: str, mean: bool) -> None:
    assert bool(objection([f"Industrial production, year-on-year growth ({base})"])) == mean


@pytest.mark.parametrize(
    "title", ["Index of industrial production, not seasonally adjusted", f"{TITLE} (chưa điều chỉnh mùa vụ)"]
)
def test_raw_figures_are_read_beside_adjusted_ones(title: str) -> None:
    adjusted = bulletin(YOY, title="Index of industrial production, seasonally adjusted", name="SA")
    records, _, left_out = whole(bulletin(YOY, title=title), adjusted)
    assert [(r["sector"], r["value"]) for r in records] == [("total", 4.1), ("mining", -5.0)]
    assert [(item.reason, item.count) for item in left_out] == [("rate adjusted for the season", 2)]


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Change on previous month (pp)", "contribution in percentage points"),
        ("Thay đổi so với cùng kỳ (điểm %)", "contribution in percentage points"),
        ("Change on previous month, basis points", "contribution in percentage points"),
        ("Apr 2024 on Mar 2024, annualised (%)", "annualised rate"),
        ("Apr 2024 vs Apr 2023 (s.a.)", "rate adjusted for the season"),
        ("Tháng 4/2024 so với cùng kỳ (hiệu chỉnh ngày làm việc)", "rate adjusted for the season"),
    ],
)
def test_points_and_rates_of_another_kind_are_left_out(heading: str, reason: str) -> None:
    records, _, left_out = whole(bulletin(YOY, heading))
    assert {r["measure"] for r in records} == {"yoy_pct"}
    assert [(item.reason, item.what, item.count) for item in left_out] == [(reason, heading, 2)]


@pytest.mark.parametrize("heading", ["Tháng trước", "Previous month", "Cùng kỳ năm 2023"])
def test_a_time_alone_is_no_comparison(heading: str) -> None:
    said = refused(bulletin(YOY, heading))
    assert f'"{heading}": it does not say whether its numbers are of that time or compared with it' in said
    under = sheet(table([("So với", heading)], {"Toàn ngành": (101.2,)}, TITLE))
    assert list(read(under).values()) == [1.2]


@pytest.mark.parametrize("heading", ["Change in yoy growth", "Thay đổi tốc độ tăng so với cùng kỳ"])
def test_a_change_of_a_rate_is_no_rate(heading: str) -> None:
    _, _, left_out = whole(bulletin(YOY, heading))
    assert [(item.what, item.count) for item in left_out] == [(heading, 2)]


@pytest.mark.parametrize(("months", "read_as"), [(3, None), (4, "2024-04")])
def test_a_mean_of_months_is_a_year_to_date_where_it_ends_with_the_newest(
    months: int, read_as: str | None
) -> None:
    given = bulletin(YOY, f"Bình quân {months} tháng so với cùng kỳ")
    if read_as is None:
        assert "a mean of 3 months need not begin with the year" in refused(given)
    else:
        assert read(given)["here", "total", read_as, "ytd_yoy_pct"] == 1.2


def test_the_nation_is_no_figure_of_a_province() -> None:
    rows = {"Cả nước": (106.3,), "Hà Nội": (105.0,), "Hải Phòng": (112.0,), "Bắc Giang": (99.0,)}
    given = sheet(table([(YOY,)], rows, f"{TITLE} một số địa phương"))
    fill = {"published": "2024-05-29"}
    of = {region: v for (region, *_), v in read(given, fill={**fill, "region": "bac_ninh"}).items()}
    assert of == {"vietnam": 6.3, "ha_noi": 5.0, "hai_phong": 12.0, "bac_giang": -1.0}
    assert read(given, fill={**fill, "region": "nation"})["nation", "total", "2024-04", "yoy_pct"] == 6.3


def test_the_nation_and_two_provinces_are_places() -> None:
    rows = {"Cả nước": (106.3,), "Bắc Ninh": (105.0,), "Hà Nội": (112.0,)}
    of = read(sheet(table([(YOY,)], rows, TITLE)), fill={"published": "2024-05-29", "region": "bac_ninh"})
    assert {(region, sector): v for (region, sector, *_), v in of.items()} == {
        ("vietnam", "total"): 6.3, ("bac_ninh", "total"): 5.0, ("ha_noi", "total"): 12.0,
    }  # fmt: skip


def test_a_column_of_places_stands_beside_the_labels() -> None:
    rows: list[list[Value]] = [
        [TITLE],
        ["Địa phương", "Ngành", YOY],
        ["Bắc Ninh", "Khai khoáng", 105.1],
        ["", "Sợi", 99.0],
        ["Bắc Giang", "May", 115.1],
        ["", "Khai khoáng", 106.2],
    ]
    expected = {
        ("bac_ninh", "mining"): 5.1,
        ("bac_ninh", "soi"): -1.0,
        ("bac_giang", "may"): 15.1,
        ("bac_giang", "mining"): 6.2,
    }
    for merged in ((), (Area(2, 0, 3, 0), Area(4, 0, 5, 0))):
        found = read(sheet(rows, merged=merged))
        assert {(region, sector): v for (region, sector, *_), v in found.items()} == expected


def test_lines_of_several_provinces_are_places_of_the_rows_below() -> None:
    rows = table(
        [(YOY,)], {"BẮC NINH": (), "Khai khoáng": (95.5,), "BẮC GIANG": (), "Toàn ngành": (103.0,)}, TITLE
    )
    assert {(region, sector): v for (region, sector, *_), v in read(sheet(rows)).items()} == {
        ("bac_ninh", "mining"): -4.5,
        ("bac_giang", "total"): 3.0,
    }


def test_sheets_of_several_provinces_are_theirs() -> None:
    found = read(bulletin(YOY, name="Bắc Ninh"), bulletin(YOY, name="Bắc Giang"))
    assert {region for region, *_ in found} == {"bac_ninh", "bac_giang"}
    assert len(found) == 4


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("3,1 giảm", "write -3,1 for growth in percent"),
        ("decrease 3,1", "write -3,1 for growth in percent"),
        ("6,2 ‰", "write 0,62 in percent"),
        ("không đổi", "write 0 for no change in percent"),
        ("unchanged", "write 0 for no change in percent"),
        ("1O3,2", "use digits and a decimal comma"),
        ("10l,5", "use digits and a decimal comma"),
        ("▼ 3,1", "write -3,1 for a fall in percent"),
        ("▲ 3,1", "write 3,1 where it means a rise, -3,1 where it marks what is negative"),
        ("3,1-", "has its sign behind; write -3,1"),
        ("giảm 3,1%", "write -3,1 for growth in percent"),
        ("6,3/6,9", "holds two numbers; write the one that counts"),
        ("6,3 (6,9)", "holds two numbers"),
        ("6,3 → 6,9", "holds two numbers"),
        ("~6,3", "is no one number"),
        ("6,3 (do giá than)", "write 6,3 alone and keep marks and notes out of the cell"),
        ("gấp 2,3 lần", "write 130 for growth in percent"),
    ],
)
@pytest.mark.parametrize("before", [0, 1, 2])
@pytest.mark.parametrize("last", [False, True])
def test_what_is_meant_as_a_number_is_refused_wherever_it_stands(
    text: str, remedy: str, before: int, last: bool
) -> None:
    rows = {"Toàn ngành": ("6,3",), "Khai khoáng": ("5,0",), "Dệt": (text,), "Sợi": ("1,1",)}
    for name in ("Toàn ngành", "Khai khoáng")[before:]:
        rows[name] = rows.pop(name)
    if last and before:
        del rows["Sợi"]
        rows["Dệt"] = rows.pop("Dệt")
    said = refused(sheet(table([(YOY,)], rows, TITLE)))
    assert f"b.xlsx[IIP]:B{3 + list(rows).index('Dệt') + 1}: " in said
    assert remedy in said


def test_words_below_a_table_are_told() -> None:
    rows = {"Toàn ngành": ("6,3",), "Khai khoáng": ("5,0",), "Dệt": ("xem ghi chú",)}
    _, notes, _ = whole(sheet(table([(YOY,)], rows, TITLE)))
    assert 'b.xlsx[IIP]:A6: "Dệt", "xem ghi chú" stand below the table and were taken as a footnote' in notes


@pytest.mark.parametrize(
    ("garbled", "why"),
    [
        ("1O,2", "is not a number; use digits"),
        ("1,,2", "is not a number; use digits"),
        ("09-May", "is a date; write the number that a spreadsheet took for one"),
        (datetime(2024, 5, 9), '"2024-05-09" is a date'),
        (">200", "is no one number"),
        ("1,2 pp", "is a number of points and no rate; leave it out"),
    ],
)
def test_a_garbled_cell_of_the_last_row_is_refused(garbled: str | datetime, why: str) -> None:
    rows = table([(YOY,)], {"Toàn ngành": ("6,3",), "Dệt": ("3,0",), "Khai khoáng": (garbled,)}, TITLE)
    said = refused(sheet(rows))
    assert "b.xlsx[IIP]:B6: " in said
    assert why in said


@pytest.mark.parametrize("foot", [["Nguồn", "Cục Thống kê"], ["Người lập", "Giám đốc"], ["Ghi chú: C10"]])
def test_lines_of_text_below_are_no_rows(foot: list[str]) -> None:
    rows = [*table([(YOY,)], {"Toàn ngành": ("6,3",), "Dệt": ("3,0",)}, TITLE), list[Value](foot)]
    assert len(read(sheet(rows))) == 2


def test_fractions_are_no_percent() -> None:
    rows = {"Toàn ngành": (0.063, 0.012), "Khai khoáng": (-0.045, -0.011)}
    given = sheet(table([(YOY,), (MOM,)], rows, TITLE))
    said = refused(given)
    assert "all 4 numbers are below 0.5, as fractions of 1 are (0.063 for 6.3 %)" in said
    assert read(given, rates="percent")["here", "total", "2024-04", "yoy_pct"] == 0.06


def test_a_title_of_another_month_than_the_headings_is_told() -> None:
    _, notes, _ = whole(bulletin(YOY, title="Chỉ số sản xuất công nghiệp tháng 3 năm 2024"))
    assert (
        "the title names 2024-03, the newest figures are of 2024-04 by their headings; which is right?"
        in notes
    )
    _, notes, _ = whole(bulletin(YOY))
    assert not any("the title names" in note for note in notes)


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("Apr. 2024 (p) over Mar. 2024 (r)", ("2024-04", "mom_pct")),
        (
            "T4/2024 so với cùng kỳ / April 2024 on the same month of last year",
            ("2024-04", "yoy_pct"),
        ),
        ("Feb-24 vs Feb-23", ("2024-02", "yoy_pct")),
        ("Apr 24 / Mar 24", ("2024-04", "mom_pct")),
        ("% change, y-o-y|2024-04-01", ("2024-04", "yoy_pct")),
        ("Jan-Apr 24 vs Jan-Apr 23", ("2024-04", "ytd_yoy_pct")),
    ],
)
def test_short_years_and_typed_dates_are_months(heading: str, measure: tuple[str, str]) -> None:
    rows = table([tuple(heading.split("|"))], {"Total": (4.1,), "Mining": (5.0,)}, "Industrial production")
    assert read(sheet(rows))["here", "total", *measure] == 4.1


def test_two_rows_of_one_name_are_told_apart_by_the_user() -> None:
    rows = {"Toàn ngành": (104.1,), "Khác": (95.0,), "Khác ": (96.0,)}
    assert "give two rows of one name names of their own" in refused(sheet(table([(YOY,)], rows, TITLE)))


def test_a_code_before_the_names_hides_no_title() -> None:
    rows: list[list[Value]] = [
        [TITLE],
        ["Mã", "Ngành", YOY],
        ["", "Toàn ngành", 104.1],
        [5.0, "Than", 98.0],
        [10.0, "Sữa", 99.0],
    ]
    assert {sector: v for (_, sector, *_), v in read(sheet(rows)).items()} == {
        "total": 4.1,
        "than": -2.0,
        "sua": -1.0,
    }


@pytest.mark.parametrize(
    "title", ["Chỉ số sử dụng lao động tháng 4 năm 2024", "Capacity utilisation in industry"]
)
def test_a_table_of_another_subject_is_named_in_the_refusal(title: str) -> None:
    assert f'no table of industrial production was found, but one of "{title}"' in refused(
        bulletin(YOY, title=title)
    )


def test_a_sheet_named_after_another_subject_is_left_out() -> None:
    bare = [*table([(YOY,)], {"Toàn ngành": (104.1,), "Khai khoáng": (95.0,)})]
    other = [*table([(YOY,)], {"Sợi": (104.1,), "Toàn ngành": (95.0,), "Khai khoáng": (95.0,)})]
    records, _, left_out = whole(sheet(bare, "IIP"), sheet(other, "Lao động"))
    assert [(r["sector"], r["value"]) for r in records] == [("total", 4.1), ("mining", -5.0)]
    assert [item.count for item in left_out] == [3]


def test_a_column_headed_as_places_holds_places() -> None:
    rows: list[list[Value]] = [[TITLE], ["Địa phương", YOY], ["Miền Bắc", 95.5], ["Vùng núi", 103.0]]
    found = read(sheet(rows))
    assert {(region, sector): v for (region, sector, *_), v in found.items()} == {
        ("mien_bac", "total"): -4.5,
        ("vung_nui", "total"): 3.0,
    }


def test_another_day_than_the_one_given_is_told() -> None:
    rows: list[list[Value]] = [["Bắc Ninh, ngày 29 tháng 5 năm 2024"], *table([(YOY,)], VALUES_OF_ONE, TITLE)]
    _, notes, _ = whole(sheet(rows), fill={"region": "here", "published": "2024-06-29"})
    assert "published 2024-06-29, as given; its dateline says 2024-05-29" in notes
    for day in ("2024-05-29", "2024-05"):
        _, notes, _ = whole(sheet(rows), fill={"region": "here", "published": day})
        assert not any("dateline" in note for note in notes)


def test_a_decimal_comma_that_separates_columns_too_is_told() -> None:
    rows: list[list[Value]] = [
        [TITLE],
        ["Ngành", YOY],
        ["Toàn ngành", "106", "3"],
        ["Khai khoáng", "95", "5"],
    ]
    said = refused(sheet(rows))
    assert '"106" and "3" seem to be one number with a decimal comma' in said
    rows = [[TITLE], ["Ngành", YOY], ["Toàn ngành", "106,3"], ["Khai khoáng", "95,5"]]
    assert read(sheet(rows))["here", "total", "2024-04", "yoy_pct"] == 6.3


@pytest.mark.parametrize(
    "title",
    [
        "Table 3 - Industrial production 2024", "Biểu 01-2024/CTK: Chỉ số sản xuất công nghiệp",
        "Bulletin No. 5/2024 - Industrial production", "Industrial production - released 6 May 2024",
        "Industrial production (updated May 2024)", "Chỉ số sản xuất công nghiệp (ngày in 06/05/2024)",
    ],
)  # fmt: skip
def test_no_number_and_no_day_of_publication_in_a_title_is_the_month(title: str) -> None:
    assert "month" in refused(bulletin("So với tháng trước", "So với cùng kỳ", title=title))


@pytest.mark.parametrize("number", ["", "Biểu 2. ", "2. ", "Biểu 12: ", "Table 3 - ", "Phụ lục 3. "])
@pytest.mark.parametrize("heads", [("So với cùng kỳ",), ("Tháng 4 so với cùng kỳ",), (YOY,)])
def test_the_number_of_a_table_hides_no_month_of_its_title(number: str, heads: tuple[str]) -> None:
    figures, notes, _ = whole(bulletin(*heads, title=number + TITLE))
    assert {(str(r["period"]), r["measure"]) for r in figures} == {("2024-04", "yoy_pct")}
    assert not any("which is right" in note for note in notes)
