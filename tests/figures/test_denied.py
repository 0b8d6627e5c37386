"""What words beside, above or within rows say against the figures of a file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from forecast import figures
from forecast.errors import DataError
from tests.figures.test_unused import two


@pytest.mark.parametrize(
    ("heading", "text", "measure", "said"),
    [
        ("compared with", "previous month", "yoy_pct", "a comparison that is no yoy_pct"),
        ("so sánh", "Cùng kỳ năm trước", "mom_pct", "a comparison that is no mom_pct"),
        ("basis", "y/y", "mom_pct", "a comparison that is no mom_pct"),
        ("Loại", "kế hoạch", "yoy_pct", "a plan or forecast"),
        ("status", "forecast", "yoy_pct", "a plan or forecast"),
        ("indicator_name", "Consumer price index", "yoy_pct", "another subject"),
        ("Tên chỉ tiêu", "Chỉ số giá tiêu dùng", "yoy_pct", "another subject"),
        ("smoothing", "3-month moving average", "yoy_pct", "a mean of months"),
        ("detail", "annualised", "mom_pct", "an annualised rate"),
        ("freq", "Q", "yoy_pct", "a time that is no month"),
    ],
)
def test_what_a_column_says_against_all_figures_is_refused_and_left_out_when_said(
    tmp_path: Path, heading: str, text: str, measure: str, said: str
) -> None:
    with pytest.raises(DataError) as error:
        two(tmp_path, heading, text, text, measure)
    assert f'f.csv:1: column "{heading}" says "{text}", of {said};' in str(error.value)
    assert f'under columns (left_out: "{heading}")' in str(error.value)
    assert len(two(tmp_path, heading, text, text, measure, columns={"left_out": heading}).table) == 2


@pytest.mark.parametrize(
    ("heading", "text", "measure"),
    [
        ("compared with", "previous month", "mom_pct"),
        ("basis", "same period of previous year", "ytd_yoy_pct"),
        ("name", "Sản xuất sản phẩm từ cao su", "yoy_pct"),
        ("freq", "M", "yoy_pct"),
        ("s_adj", "NSA", "yoy_pct"),
        ("indicator", "Index of industrial production", "yoy_pct"),
        ("ghi chú", "kế hoạch đạt", "yoy_pct"),
        ("base", "monthly average 2015 = 100", "index"),
        ("series title", "Manufacture of wood products", "yoy_pct"),
        ("freq", "A", "ytd_yoy_pct"),
    ],
)
def test_what_a_column_says_in_agreement_is_read_past(
    tmp_path: Path, heading: str, text: str, measure: str
) -> None:
    assert two(tmp_path, heading, text, text, measure).table["value"].tolist() == [6.3, 7.1]


@pytest.mark.parametrize("text", ["SA", "Seasonally adjusted"])
def test_figures_that_a_column_calls_adjusted_are_told(tmp_path: Path, text: str) -> None:
    notes = two(tmp_path, "adjustment", text, text).notes
    assert (
        f'column "adjustment" says "{text}", of a rate adjusted for the season; are these rates as published?'
        in notes
    )


def read(tmp_path: Path, text: str, **said: object) -> dict[tuple[str, str, str], float]:
    """Return (sector, month, measure) -> value of a file."""
    path = tmp_path / "f.csv"
    path.write_text(text, encoding="utf-8")
    fill = {"region": "bn", "published": "2024-06-30", **said.pop("fill", {})}  # type: ignore[dict-item]
    table = figures.read(path, fill=fill, **said).table  # type: ignore[arg-type]
    return {(r.sector, str(r.period), r.measure): r.value for r in table.itertuples()}


@pytest.mark.parametrize(
    ("title", "measure"),
    [
        ("Tốc độ tăng IIP cộng dồn so với cùng kỳ năm trước (%)", "ytd_yoy_pct"),
        ("Industrial production: cumulative growth over same period of previous year (%)", "ytd_yoy_pct"),
        ("Chỉ số sản xuất công nghiệp tháng 5 và lũy kế so với cùng kỳ năm trước", "yoy_pct"),
        ("Tốc độ tăng IIP so với cùng kỳ năm trước (%)", "yoy_pct"),
    ],
)
def test_months_below_a_title_of_the_year_to_date_are_those_up_to_them(
    tmp_path: Path, title: str, measure: str
) -> None:
    got = read(tmp_path, f"{title}\nNgành,04/2024,05/2024\nToàn ngành,1.4,-1.5\nKhai khoáng,2.4,2.5\n")
    assert got[("total", "2024-05", measure)] == -1.5
    assert {key[2] for key in got} == {measure}


HEAD = "Chỉ số sản xuất công nghiệp tháng 5 năm 2024\nNgành;Tháng 5 năm 2024 so với cùng kỳ năm trước (%)\n"


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Toàn ngành (đã điều chỉnh mùa vụ)", "rate adjusted for the season"),
        ("Đóng góp của khai khoáng", "contribution in percentage points"),
        ("Kế hoạch", "plan or target"),
        ("Khai khoáng (‰)", "rate in per mille"),
        ("Chỉ số tiêu thụ", "number of another subject"),
        ("2. Chỉ số tồn kho", "number of another subject"),
    ],
)
def test_rows_whose_labels_say_that_they_hold_no_rates_are_left_out_by_name(
    tmp_path: Path, label: str, reason: str
) -> None:
    path = tmp_path / "2024-05-30.csv"
    path.write_text(f"{HEAD}Toàn ngành;7,1\nSản xuất sản phẩm gỗ;-3,6\n{label};6,3\n", encoding="utf-8")
    told = figures.read(path, fill={"region": "bn"})
    assert sorted(told.table["value"]) == [-3.6, 7.1]
    assert [str(item).split(": ")[0] for item in told.left_out] == [f'{reason} "{label}"']


@pytest.mark.parametrize("line", ["Lao động", "Chỉ số sử dụng lao động", "Sản phẩm chủ yếu"])
def test_rows_below_a_line_of_another_subject_are_left_out_until_one_of_production(
    tmp_path: Path, line: str
) -> None:
    other = f"{line};\nThan;2,2\nPhân theo ngành;\nDệt;2,3\n"
    text = f"{HEAD}Toàn ngành;7,1\n{other}Chỉ số sản xuất công nghiệp;\nĐồ uống;-3,6\n"
    assert sorted(read(tmp_path, text).values()) == [-3.6, 7.1]


@pytest.mark.parametrize(
    "label", ["Khai khoáng giảm", "▼ Khai khoáng", "Khai khoáng (giảm)", "Khai khoáng ↓"]
)
def test_a_label_that_says_a_fall_is_no_part_of_the_name_and_asks_for_the_sign(
    tmp_path: Path, label: str
) -> None:
    with pytest.raises(DataError) as error:
        read(tmp_path, f"{HEAD}Toàn ngành tăng;7,1\n{label};3,6\n")
    assert f'f.csv:4: 3,6 stands beside "{label}" without a sign; write it as a fall' in str(error.value)
    assert 'name the row "Khai khoáng"' in str(error.value)
    for value, head in (("-3,6", HEAD), ("96,4", HEAD)):
        total = "7,1" if value == "-3,6" else "107,1"
        got = read(tmp_path, f"{head}Toàn ngành tăng;{total}\n{label};{value}\n")
        assert got == {("total", "2024-05", "yoy_pct"): 7.1, ("mining", "2024-05", "yoy_pct"): -3.6}


def test_rows_of_another_unit_or_subject_over_months_are_left_out_by_name(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    rows = ("Toàn ngành,%,1.1,-1.2", "Khai khoáng,‰,21,22", "Dệt,tỷ đồng,31,32", "Kế hoạch,%,8,8")
    path.write_text("\n".join(["Ngành,ĐVT,01/2024,02/2024", *rows]) + "\n", encoding="utf-8")
    told = figures.read(path, fill={"region": "bn", "published": "2024-06-30", "measure": "yoy_pct"})
    assert told.table["value"].tolist() == [1.1, -1.2]
    assert [str(item).split(": ")[0] for item in told.left_out] == [
        'rate in per mille "Khai khoáng ‰"',
        'number in another unit "Dệt tỷ đồng"',
        'plan or target "Kế hoạch %"',
    ]


def test_a_label_that_says_a_fall_over_months_asks_for_the_signs(tmp_path: Path) -> None:
    text = "Ngành,01/2024,02/2024\nToàn ngành tăng,1.1,1.2\nKhai khoáng giảm,{},2.2\n"
    fill = {"measure": "yoy_pct"}
    with pytest.raises(DataError, match='f.csv:3: 2.1 stands beside "Khai khoáng giảm" without a sign'):
        read(tmp_path, text.format("2.1"), fill=fill)
    assert read(tmp_path, text.format("-2.1"), fill=fill)[("mining", "2024-01", "yoy_pct")] == -2.1


GRID = "Tháng,2022,2023\n1,1.1,1.2\n2,2.1,2.2\n"
OF_TOTAL = {"sector": "total", "measure": "yoy_pct"}


def test_a_title_of_another_measure_than_the_one_given_is_refused(tmp_path: Path) -> None:
    text = f"IIP so với tháng trước (%)\n{GRID}"
    with pytest.raises(
        DataError, match="the title says mom_pct, fill says measure=yoy_pct; leave the measure out"
    ):
        read(tmp_path, text, fill=OF_TOTAL)
    assert {key[2] for key in read(tmp_path, text, fill={"sector": "total"})} == {"mom_pct"}


def test_a_heading_beside_the_years_says_nothing_of_them(tmp_path: Path) -> None:
    text = "Tháng,2022,2023,2023/2022\n1,1.1,1.2,101\n2,2.1,2.2,102\n"
    assert {key[2] for key in read(tmp_path, text, fill=OF_TOTAL)} == {"yoy_pct"}


def test_rows_of_another_sector_than_the_one_given_are_refused(tmp_path: Path) -> None:
    text = "Ngành,Tháng,2022,2023\nKhai khoáng,1,1.1,1.2\nKhai khoáng,2,2.1,2.2\n"
    with pytest.raises(
        DataError, match='f.csv:2: the row is of "Khai khoáng", fill says sector=total; leave'
    ):
        read(tmp_path, text, fill=OF_TOTAL)
    assert {key[0] for key in read(tmp_path, text, fill={"measure": "yoy_pct"})} == {"mining"}


def test_years_down_beside_a_column_of_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match='column "value" is missing|column "period" is missing'):
        read(tmp_path, "Tỉnh,Năm,T1,T2\nBắc Ninh,2023,1.1,1.2\nBắc Ninh,2024,5.1,5.2\n", fill=OF_TOTAL)


def test_ratios_in_columns_of_few_numbers_are_asked_about(tmp_path: Path) -> None:
    head = "Ngành;Tháng 5 năm 2024 so với tháng trước;Tháng 5 năm 2024 so với cùng kỳ"
    text = f"Chỉ số sản xuất công nghiệp tháng 5 năm 2024\n{head}\nToàn ngành;1,022;1,071\nKhai khoáng;0,985;0,964\n"
    with pytest.raises(
        DataError, match="the 2 numbers under .* lie between 0.985 and 1.022: changes in percent"
    ):
        read(tmp_path, text)
    assert read(tmp_path, text, rates="percent")[("total", "2024-05", "mom_pct")] == 1.022


@pytest.mark.parametrize(("heading", "none", "some"), [("UNIT_MULT", "0", "-1"), ("multiplier", "1", "10")])
def test_values_that_a_column_multiplies_are_refused(
    tmp_path: Path, heading: str, none: str, some: str
) -> None:
    with pytest.raises(
        DataError, match=f'column "{heading}" says that the values are to be multiplied; write'
    ):
        two(tmp_path, heading, some, some)
    assert len(two(tmp_path, heading, some, some, columns={"left_out": heading}).table) == 2
    assert len(two(tmp_path, heading, none, none).table) == 2


def test_remarks_of_falls_beside_numbers_without_a_minus_are_told(tmp_path: Path) -> None:
    notes = two(tmp_path, "Ghi chú", "Tăng so với cùng kỳ", "Giảm so với cùng kỳ").notes
    assert notes == (
        'column "Ghi chú" speaks of falls ("Giảm so với cùng kỳ"), no number beside it has a minus; are the signs '
        "right?",
    )
    assert two(tmp_path, "Ghi chú", "Tăng so với cùng kỳ", "").notes == ()


@pytest.mark.parametrize(
    ("period", "month"), [("III/2023", "2023-09"), ("I/2024", "2024-03"), ("IV-2023", "2023-12")]
)
def test_a_roman_number_is_a_quarter_of_a_rate_of_quarters(tmp_path: Path, period: str, month: str) -> None:
    text = f"period,measure,value\n{period},{{}},6.3\n"
    got = read(tmp_path, text.format("qtr_yoy_pct"), fill={"sector": "total"})
    assert got == {("total", month, "qtr_yoy_pct"): 6.3}
    assert ("total", month, "yoy_pct") not in read(tmp_path, text.format("yoy_pct"), fill={"sector": "total"})


def test_the_line_under_the_headings_of_markdown_is_no_row(tmp_path: Path) -> None:
    text = (
        "| period | yoy_pct | mom_pct |\n|---|---:|:--:|\n| 2024-04 | 6.3 | -1.2 |\n| 2024-05 | 7.1 | 2.2 |\n"
    )
    got = read(tmp_path, text, fill={"sector": "total"})
    assert got[("total", "2024-04", "mom_pct")] == -1.2
    assert len(got) == 4


def test_an_arrow_that_is_a_picture_is_no_decoration(tmp_path: Path) -> None:
    path = tmp_path / "f.html"
    cells = "<tr><td>Toàn ngành<td>7,1<tr><td>Khai khoáng<td><img alt='down' src='d.png'>3,6"
    head = "<h2>Chỉ số sản xuất công nghiệp</h2><table><tr><th>Ngành<th>Tháng 5/2024 so với cùng kỳ (%)"
    path.write_text(f"{head}{cells}</table>", encoding="utf-8")
    with pytest.raises(DataError, match='"down 3,6" is not a number but a change in words; write -3,6'):
        figures.read(path, fill={"region": "bn", "published": "2024-06-30"})
    path.write_text(f"{head}{cells.replace('down', 'icon')}</table>", encoding="utf-8")
    assert len(figures.read(path, fill={"region": "bn", "published": "2024-06-30"}).table) == 2


@pytest.mark.parametrize(
    "line",
    [
        "Note: all data seasonally adjusted",
        "Ghi chú: số liệu tính bằng ‰",
        "Ghi chú: đã loại trừ yếu tố mùa vụ",
    ],
)
def test_a_line_below_a_bulletins_table_that_speaks_of_other_rates_is_told(tmp_path: Path, line: str) -> None:
    path = tmp_path / "2024-05-30.csv"
    for foot, told in ((line, True), ("Nguồn: Cục Thống kê", False)):
        path.write_text(f"{HEAD}Toàn ngành;7,1\nKhai khoáng;-3,6\n{foot};\n", encoding="utf-8")
        notes = figures.read(path, fill={"region": "bn"}).notes
        assert (
            any(f'the line below the table "{foot}" speaks of an adjustment' in note for note in notes)
            == told
        )


@pytest.mark.parametrize("heading", ["Monat", "Mois", "Período", "Mes"])
def test_columns_of_months_are_known_in_more_languages(tmp_path: Path, heading: str) -> None:
    got = read(tmp_path, f"{heading},yoy_pct\n2024-04,6.3\n2024-05,7.1\n", fill={"sector": "total"})
    assert got[("total", "2024-05", "yoy_pct")] == 7.1


@pytest.mark.parametrize("heading", ["Giảm so với cùng kỳ (%)", "yoy decrease (%)"])
def test_a_column_of_falls_without_signs_is_asked_about(tmp_path: Path, heading: str) -> None:
    text = f"period,{heading}\n2024-04,6.3\n2024-05,{{}}\n"
    with pytest.raises(DataError) as error:
        read(tmp_path, text.format("7.1"), fill={"sector": "total"})
    assert str(error.value) == (
        f'f.csv:2: 6.3 stands under "{heading}" without a sign; write -6.3 where it is a fall, or say under columns '
        f'that the numbers are right as they are (yoy_pct: "{heading}")'
    )
    said = read(tmp_path, text.format("7.1"), fill={"sector": "total"}, columns={"yoy_pct": heading})
    assert sorted(said.values()) == [6.3, 7.1]
    assert sorted(read(tmp_path, text.format("-7.1"), fill={"sector": "total"}).values()) == [-7.1, 6.3]


def test_a_mean_of_rates_is_no_rate_of_a_month(tmp_path: Path) -> None:
    with pytest.raises(DataError, match='unused columns: "Bình quân so với cùng kỳ'):
        read(tmp_path, "period,Bình quân so với cùng kỳ (%)\n2024-04,6.3\n", fill={"sector": "total"})


def test_a_title_of_another_measure_than_the_one_given_for_months_down_is_refused(tmp_path: Path) -> None:
    text = "IIP so với tháng trước (%)\nperiod,value\n2024-04,6.3\n2024-05,7.1\n"
    with pytest.raises(
        DataError, match="f.csv:2: the title says mom_pct, fill says measure=yoy_pct; give the one"
    ):
        read(tmp_path, text, fill=OF_TOTAL)
    assert len(read(tmp_path, text, fill={**OF_TOTAL, "measure": "mom_pct"})) == 2


def test_what_a_bulletins_titles_say_against_what_is_given_is_told_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "2024-05-30.csv"
    head = HEAD.replace("tháng 5 năm", "tỉnh Bắc Giang tháng 5 năm", 1)
    path.write_text(f"{head}Toàn ngành;7,1\nKhai khoáng;-3,6\n", encoding="utf-8")
    told = "the titles name bac_giang, the region given is {}; is it right?"
    for region, odd in (("bac_ninh", True), ("bac_giang", False)):
        assert (told.format(region) in figures.read(path, fill={"region": region}).notes) == odd
    with pytest.raises(
        DataError, match="period 2024-04 under fill is for headings without a month, and all name"
    ):
        figures.read(path, fill={"region": "bac_giang", "period": "2024-04"})


def test_a_sheet_that_names_another_sector_than_the_one_given_is_told(tmp_path: Path) -> None:
    rows = pd.DataFrame({"period": ["2024-04", "2024-05"], "value": [6.3, 7.1]})
    rows.to_excel(tmp_path / "f.xlsx", sheet_name="Khai khoáng", index=False)
    told = figures.read(tmp_path / "f.xlsx", fill={"region": "bn", "published": "2024-06-30", **OF_TOTAL})
    assert 'the title names "Khai khoáng", the sector given is total; is it right?' in told.notes


def test_a_sector_that_says_a_fall_or_per_mille_is_asked_about(tmp_path: Path) -> None:
    text = "sector,period,measure,value\nToàn ngành tăng,2024-04,yoy_pct,7.1\n{},2024-04,yoy_pct,{}\n"
    with pytest.raises(
        DataError, match='f.csv:3: yoy_pct 3.6 stands beside "Khai khoáng giảm" without a sign'
    ):
        read(tmp_path, text.format("Khai khoáng giảm", "3.6"))
    assert read(tmp_path, text.format("Khai khoáng giảm", "-3.6")) == {
        ("total", "2024-04", "yoy_pct"): 7.1,
        ("mining", "2024-04", "yoy_pct"): -3.6,
    }
    with pytest.raises(DataError, match="f.csv:3: .*per mille"):
        read(tmp_path, text.format("Khai khoáng (‰)", "36"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('"▼"0.0', "▼1.2"),
        ("\\-0.0", -1.2),
        ('0.0"‰"', "1.2‰"),
        ('0.0;[Red]"▼"0.0', 1.2),
        ("_-* #,##0.0_-;-* #,##0.0_-", 1.2),
        ('"giảm "0.0', "giảm 1.2"),
    ],
)
def test_a_sign_that_only_the_format_of_a_cell_shows_is_its_own(
    tmp_path: Path, code: str, said: str | float
) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (["period", "yoy_pct"], ["2024-04", 1.2], ["2024-05", -7.1]):
        page.append(row)
    page["B2"].number_format = page["B3"].number_format = code
    book.save(tmp_path / "f.xlsx")
    fill = {"region": "bn", "sector": "total", "published": "2024-06-30"}
    if isinstance(said, str):
        with pytest.raises(DataError, match=said):
            figures.read(tmp_path / "f.xlsx", fill=fill)
    else:
        assert sorted(figures.read(tmp_path / "f.xlsx", fill=fill).table["value"]) == sorted([said, -7.1])


@pytest.mark.parametrize("title", ["Title: CPI", "PPI, % so với cùng kỳ"])
def test_prices_by_their_letters_are_another_subject(tmp_path: Path, title: str) -> None:
    with pytest.raises(DataError, match="is of another subject"):
        read(tmp_path, f'"{title}"\nperiod,value\n2024-04,6.3\n2024-05,7.1\n', fill=OF_TOTAL)
