"""A refusal's remedy works: what each message says is done, and the bulletin reads."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from forecast.errors import DataError
from tests.figures.sheets import PUBLISHED, read, sheet, table

TITLE = "Chỉ số sản xuất công nghiệp"
HEADS = [("Tháng 4 năm 2024 so với cùng kỳ",), ("Tháng 5 năm 2024 so với tháng trước",)]
VALUES = {"Toàn ngành": (104.1, 101.2), "Khai khoáng": (95.0, 99.1)}
TOTAL = {("here", "total", "2024-04", "yoy_pct"): 4.1, ("here", "total", "2024-05", "mom_pct"): 1.2}


def refused(*sheets: object, **said: object) -> str:
    """Return what a refusal says."""
    with pytest.raises(DataError) as error:
        read(*sheets, **said)  # type: ignore[arg-type]
    return str(error.value)


def bulletin(heads: Sequence[Sequence[str]] = HEADS, title: str = TITLE) -> object:
    return sheet(table(heads, VALUES, title))


def total(found: dict[tuple[str, str, str, str], float]) -> dict[tuple[str, str, str, str], float]:
    return {key: value for key, value in found.items() if key[1] == "total"}


def test_a_date_of_publication_and_a_region_are_given() -> None:
    said = refused(bulletin(), fill={})
    assert (
        "b.xlsx: does not say when it was published; give the day (--published 2024-10-29, or published"
        in said
    )
    assert "b.xlsx: does not say whose figures they are; give the region (--fill region=bac_ninh" in said
    assert total(read(bulletin(), fill={"published": "2024-05-29", "region": "here"})) == TOTAL


def test_a_date_of_publication_that_is_none_is_written_as_asked() -> None:
    said = refused(bulletin(), fill={"region": "here", "published": "29.5."})
    assert (
        'b.xlsx: published "29.5." is not a month; write a day as 2024-05-20, or a month as 2024-05' in said
    )
    assert total(read(bulletin(), fill={"region": "here", "published": "2024-05"})) == TOTAL


def test_a_heading_that_is_not_understood_is_said_or_left_out() -> None:
    strange = bulletin([("Tháng 4 năm 2024 so với mức thường",), HEADS[1]])
    said = refused(strange)
    assert said == (
        'b.xlsx[IIP]:B4: heading "Tháng 4 năm 2024 so với mức thường": muc thuong is not understood; '
        'say what it is under columns (yoy_pct 2024-04: "Tháng 4 năm 2024 so với mức thường"), '
        'or leave it out (left_out: "Tháng 4 năm 2024 so với mức thường")'
    )
    heading = "Tháng 4 năm 2024 so với mức thường"
    assert total(read(strange, columns={"yoy_pct 2024-04": heading})) == TOTAL
    assert (
        total(read(strange, columns={"yoy_pct": heading}, fill={**PUBLISHED, "period": "2024-04"})) == TOTAL
    )
    assert total(read(strange, columns={"left_out": heading})) == dict([list(TOTAL.items())[1]])


def test_a_measure_said_without_its_month_is_told_where_to_say_it() -> None:
    strange = bulletin([("Tháng 4 năm 2024 so với mức thường",), HEADS[1]])
    said = refused(strange, columns={"yoy_pct": "Tháng 4 năm 2024 so với mức thường"})
    assert "is said to be yoy_pct and no month is; say yoy_pct 2024-04, or give the period under fill" in said


def test_headings_without_a_month_take_the_period_given() -> None:
    bare = bulletin([("So với cùng kỳ",), ("So với tháng trước",)])
    said = refused(bare)
    assert "it does not say of which month, months or quarter its numbers are; " in said
    assert "give the period under fill (period=2024-04)" in said
    found = total(read(bare, fill={**PUBLISHED, "period": "2024-04"}))
    assert found == {
        ("here", "total", "2024-04", "yoy_pct"): 4.1,
        ("here", "total", "2024-04", "mom_pct"): 1.2,
    }


def test_headings_without_a_year_long_before_publication_take_the_period_given() -> None:
    bare = bulletin([("Tháng 4 so với cùng kỳ",), ("Tháng 5 so với tháng trước",)])
    late = {"region": "here", "published": "2025-01-15"}
    said = refused(bare, fill=late)
    assert (
        "it names no year, and neither a title nor another heading does; give the period under fill" in said
    )
    assert total(read(bare, fill={**late, "period": "2024-05"})) == TOTAL


def test_numbers_of_no_clear_form_are_declared() -> None:
    unclear = sheet(table([HEADS[0]], {"Toàn ngành": (60.0,), "Khai khoáng": (55.0,)}, TITLE))
    said = refused(unclear)
    assert said == (
        'b.xlsx[IIP]:B4: the 2 numbers under "Tháng 4 năm 2024 so với cùng kỳ" lie between 55 and 60: changes in '
        "percent, or with their base as 100? Declare rates: index (106.3 is +6.3 %) or rates: percent"
    )
    assert read(unclear, rates="index")["here", "total", "2024-04", "yoy_pct"] == -40.0
    assert read(unclear, rates="percent")["here", "total", "2024-04", "yoy_pct"] == 60.0


@pytest.mark.parametrize(
    "values",
    [(1.041, 0.95, 1.055), (12345.6, 2345.6, 987.6), (0.9, 1.1, 1.2)],
    ids=["ratios", "amounts", "either"],
)
def test_ratios_and_amounts_do_not_pass_for_rates(values: tuple[float, ...]) -> None:
    rows = dict(
        zip(("Toàn ngành", "Khai khoáng", "Dệt"), zip(values, (104.0, 95.0, 103.0), strict=True), strict=True)
    )
    assert "eclare rates" in refused(sheet(table(HEADS, rows, TITLE)))


def test_ratios_beside_indices_are_to_be_multiplied() -> None:
    ratios = {"Toàn ngành": (1.041, 104.0), "Khai khoáng": (0.95, 95.0), "Dệt": (1.055, 103.0)}
    said = refused(sheet(table(HEADS, ratios, TITLE)))
    assert (
        "changes in percent, or ratios (1.063 for +6.3 %)? Multiply ratios by 100, or declare rates: percent"
        in said
    )
    whole = {label: (round(100 * one, 1), other) for label, (one, other) in ratios.items()}
    assert read(sheet(table(HEADS, whole, TITLE)))["here", "mining", "2024-04", "yoy_pct"] == -5.0


def test_a_change_printed_around_100_contradicts_its_heading() -> None:
    heads = [("Tốc độ tăng tháng 4/2024 so với cùng kỳ (%)",)]
    rows = {"Toàn ngành": (104.1,), "Khai khoáng": (95.0,)}
    assert "Declare rates" in refused(sheet(table(heads, rows, TITLE)))
    assert read(sheet(table(heads, rows, TITLE)), rates="index")["here", "total", "2024-04", "yoy_pct"] == 4.1


def test_two_sheets_that_disagree_are_told_and_one_is_named() -> None:
    first, other = bulletin(), sheet(table(HEADS, {"Toàn ngành": (111.1, 101.2)}, TITLE), "IIP (2)")
    said = refused(first, other)
    assert said == (
        "b.xlsx[IIP (2)]:B4: here total 2024-04 yoy_pct is 11.1, and 4.1 at b.xlsx[IIP]:B4; name the sheet that "
        'counts, or leave the other heading out under columns (left_out: "Tháng 4 năm 2024 so với cùng kỳ")'
    )
    assert total(read(first)) == TOTAL


def test_a_cell_that_is_no_number_is_named_with_what_to_write() -> None:
    rows = {"Toàn ngành": ("tăng 4,1", 101.2), "Khai khoáng": (95.0, 99.1)}
    said = refused(sheet(table(HEADS, rows, TITLE)))
    assert said == (
        'b.xlsx[IIP]:B4: "tăng 4,1" is not a number but a change in words; write 4.1 for growth in percent, '
        "104.1 where the base is 100, and among levels the level itself"
    )


def test_a_bulletin_without_the_table_names_its_sheets_and_what_a_title_should_say() -> None:
    said = refused(
        sheet([["Chỉ số giá tiêu dùng"], ["", "Tháng 5 so với tháng trước"], ["Gạo", 101.0]], "CPI")
    )
    assert said == (
        'b.xlsx: no table of industrial production was found, but one of "Chỉ số giá tiêu dùng"; its title should '
        "say so (Chỉ số sản xuất công nghiệp, index of industrial production)"
    )


def test_a_table_of_amounts_alone_holds_no_rates() -> None:
    heads = [("Thực hiện tháng 4/2006 (Tỷ đồng)",)]
    said = refused(sheet(table(heads, {"Tổng số": (1234.5,)}, "Giá trị sản xuất công nghiệp")))
    assert said == (
        "b.xlsx: its tables of production hold no rates of a month, a quarter or a year to date, only: amount; say "
        "under columns which heading is a rate"
    )


def test_what_is_said_of_a_heading_that_is_not_there_is_told() -> None:
    said = refused(bulletin(), columns={"left_out": "Tháng 4 năm 2024 so với cung ki"})
    assert said == (
        'b.xlsx: columns: no column "Tháng 4 năm 2024 so với cung ki" (wanted as left_out); '
        'did you mean "Tháng 4 năm 2024 so với cùng kỳ"?'
    )
    assert "b.xlsx: columns, fill: unit has no place in a bulletin" in refused(
        bulletin(), fill={**PUBLISHED, "unit": "%"}
    )


def test_the_column_of_labels_is_named_where_two_columns_hold_words() -> None:
    rows = [[row[0], "", *row[1:]] for row in table(HEADS, VALUES, TITLE)]
    rows[2][:2] = ["Nhóm", "Ngành"]
    for row, words in zip(rows[-2:], ("Toàn ngành", "Khai khoáng"), strict=True):
        row[:2] = [f"nhóm của {words}", words]
    assert total(read(sheet(rows), columns={"sector": "Ngành"})) == TOTAL


CHANGE = "Index of industrial production: percentage change on the same month of the previous year"


def across(months: Sequence[str], values: dict[str, Sequence[str]], title: str = CHANGE) -> object:
    return sheet(table([(month,) for month in months], values, title))


def yoy(*values: float, months: Sequence[str]) -> dict[tuple[str, str, str, str], float]:
    return {("here", "total", month, "yoy_pct"): value for month, value in zip(months, values, strict=True)}


@pytest.mark.parametrize("title", [CHANGE, "Chỉ số sản xuất công nghiệp so với cùng kỳ năm trước (%)"])
def test_a_crisis_and_the_rise_from_it_are_changes_in_percent(title: str) -> None:
    months = ("04/2020", "05/2020", "04/2021", "05/2021")
    values = {
        "Total": ("-52.2", "-42.0", "+125.0", "+81.3"),
        "Mining": ("-56.9", "-45.4", "+130.6", "+93.8"),
    }
    found = total(read(across(months, values, title)))
    iso = ("2020-04", "2020-05", "2021-04", "2021-05")
    assert found == yoy(-52.2, -42.0, 125.0, 81.3, months=iso)


def test_columns_of_falls_alone_are_changes_in_percent() -> None:
    values = {"Total": ("-52.2",), "Mining": ("-56.9",)}
    assert total(read(across(("04/2020",), values))) == yoy(-52.2, months=("2020-04",))


def test_numbers_around_100_beside_falls_are_asked_about_where_no_fall_before_explains_them() -> None:
    values = {"Total": ("-2.2", "104.0"), "Mining": ("-1.9", "106.1")}
    said = refused(across(("04/2020", "04/2021"), values))
    assert (
        'the 2 numbers under "04/2021" lie between 104 and 106.1: changes in percent, or with their' in said
    )
    assert "04/2020" not in said


@pytest.mark.parametrize("exchanged", [False, True])
def test_an_index_with_its_base_above_its_month_heads_levels(exchanged: bool) -> None:
    lines = [("Index 2021=100", "Change on previous month, %", "Change on year ago, %"), ("May 2024",) * 3]
    rows: list[list[str | float]] = [
        ["Index of production"],
        [],
        *([a, *b] for a, b in zip(("Sector", ""), lines[:: -1 if exchanged else 1], strict=True)),
        ["Mining", 88.0, -0.1, -7.2],
        ["Manufacturing", 102.3, 0.4, 0.6],
    ]
    found = read(sheet(rows), fill={**PUBLISHED, "published": "2024-07-11"})
    mining = {key[3]: value for key, value in found.items() if key[1] == "mining"}
    assert mining == {"index": 88.0, "mom_pct": -0.1, "yoy_pct": -7.2}


@pytest.mark.parametrize("named", ["May 2024", "Sector May 2024"])
def test_a_heading_under_an_empty_one_goes_by_the_name_that_its_refusal_gives(named: str) -> None:
    rows: list[list[str | float]] = [
        ["Index of production"],
        [],
        ["Sector", "", "Change on year ago, %"],
        ["", "May 2024", "May 2024"],
        ["Mining", 88.0, -7.2],
        ["Manufacturing", 102.3, 0.6],
    ]
    fill = {**PUBLISHED, "published": "2024-07-11"}
    assert 'say what it is under columns (yoy_pct 2024-04: "May 2024")' in refused(sheet(rows), fill=fill)
    found = read(sheet(rows), fill=fill, columns={"index 2024-05": named})
    assert found["here", "mining", "2024-05", "index"] == 88.0
    assert found["here", "mining", "2024-05", "yoy_pct"] == -7.2
