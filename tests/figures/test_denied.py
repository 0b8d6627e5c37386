"""What words beside, above or within rows say against the figures of a file."""

from __future__ import annotations

from pathlib import Path

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
