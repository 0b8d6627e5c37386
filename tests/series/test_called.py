"""What titles, sheets, captions, codes and headings call the numbers of a table: only levels of single months pass."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

MONTHS = [str(month) for month in pd.period_range("2021-01", "2023-12", freq="M")]
LEVELS = [round(100 + 0.7 * i + i % 5 / 10, 1) for i in range(len(MONTHS))]
YEARS = (2021, 2022, 2023)


def _text(folder: Path, header: str, title: str = "") -> Path:
    path = folder / "a.csv"
    rows = (f"{month},{level}" for month, level in zip(MONTHS, LEVELS, strict=True))
    path.write_text("\n".join([*([title] if title else []), header, *rows]) + "\n", encoding="utf-8")
    return path


def _book(folder: Path, sheet: str, last: object = LEVELS[-1]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in [("month", "IIP"), *zip(MONTHS, [*LEVELS[:-1], last], strict=True)]:
        book.active.append(row)
    path = folder / "a.xlsx"
    book.save(path)
    return path


def _page(folder: Path, above: str, caption: str = "") -> Path:
    rows = "".join(f"<tr><td>{m}</td><td>{v}</td></tr>" for m, v in zip(MONTHS, LEVELS, strict=True))
    path = folder / "a.html"
    head = "<tr><th>Month</th><th>IIP</th></tr>"
    path.write_text(
        f"<html><body>{above}<table>{caption}{head}{rows}</table></body></html>", encoding="utf-8"
    )
    return path


def _refused(path: Path) -> str:
    with pytest.raises(DataError) as error:
        series.read(path)
    return str(error.value)


@pytest.mark.parametrize("sheet", ["YoY", "IIP (% yoy)", "Chỉ số so cùng kỳ", "Growth rate", "Tăng trưởng"])
def test_a_sheet_named_after_rates_holds_no_levels(tmp_path: Path, sheet: str) -> None:
    assert f'holds rates of change ("{sheet}")' in _refused(_book(tmp_path, sheet))


@pytest.mark.parametrize("sheet", ["IIP", "Sheet1", "Chỉ số", "2015=100", "table 1"])
def test_another_sheet_is_read(tmp_path: Path, sheet: str) -> None:
    assert series.read(_book(tmp_path, sheet)).to_list() == LEVELS


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("<h2>Production, % change on the <b>previous year</b></h2>", ""),
        ("", "<caption>Production<br>growth rate, %</caption>"),
        ("<h2>Growth rate</h2><table><tr><td>Menu</td></tr></table>", "<caption>IIP</caption>"),
    ],
    ids=["heading", "caption", "heading before another table"],
)
def test_headings_and_captions_of_a_page_are_titles(tmp_path: Path, above: str, caption: str) -> None:
    assert "holds rates of change" in _refused(_page(tmp_path, above, caption))


def test_a_caption_moves_no_cell_of_its_table(tmp_path: Path) -> None:
    rows = "".join(
        "<tr>"
        + (f'<th rowspan="12">{m[:4]}</th>' if m.endswith("01") else "")
        + f"<td>{int(m[5:])}</td><td>{v}</td></tr>"
        for m, v in zip(MONTHS, LEVELS, strict=True)
    )
    head = "<tr><th>Year</th><th>Month</th><th>IIP</th></tr>"
    path = tmp_path / "a.html"
    path.write_text(f"<h1>IIP</h1><table><caption>2015=100</caption>{head}{rows}</table>", encoding="utf-8")
    assert series.read(path).to_list() == LEVELS
    path.write_text(path.read_text("utf-8").replace(f">{LEVELS[2]}<", ">9?9<"), encoding="utf-8")
    assert "a.html:C4" in _refused(path)


@pytest.mark.parametrize(
    "header",
    [
        *("INDPRO_PC1", "INDPRO_CHG", "AIP_PC_CP_A_PT", "IIP (t/t-12)", "IIP t/t-1", "Δ IIP", "CPPY=100"),
        *("Index (pm=100)", "log_iip", "Preceding year = 100", "Tahun ke tahun"),
    ],
)
def test_codes_and_signs_of_change_are_no_levels(tmp_path: Path, header: str) -> None:
    assert f'holds rates of change ("{header}")' in _refused(_text(tmp_path, f"month,{header}"))


@pytest.mark.parametrize(
    "text",
    ["12-month moving average", "IIP MA3", "Rolling 12 months", "trung bình trượt 3 tháng", "移動平均"],
)
def test_means_of_several_months_are_no_levels(tmp_path: Path, text: str) -> None:
    said = f'holds means of several months ("{text}"), no levels of single months'
    assert said in _refused(_text(tmp_path, f"month,{text}"))
    assert said in _refused(_text(tmp_path, "month,IIP", text))
    beside = _text(tmp_path, f"month,IIP,{text}")
    beside.write_text(
        f"month,IIP,{text}\n" + "".join(f"{m},{v},{v + 1}\n" for m, v in zip(MONTHS, LEVELS, strict=True)),
        "utf-8",
    )
    assert series.read(beside).attrs["left_out"][0].startswith(f'mean of several months "{text}')


@pytest.mark.parametrize(
    "title",
    [
        "IIP, monthly average 2015 = 100",
        "Index (bình quân 12 tháng 2015=100)",
        "IIP (2015=100), January to December",
    ],
)
def test_the_mean_of_a_base_is_no_mean_of_months(tmp_path: Path, title: str) -> None:
    assert series.read(_text(tmp_path, "month,IIP", title)).to_list() == LEVELS


@pytest.mark.parametrize(("unit", "transformation"), [("PC", "G1"), ("PA", "GY"), ("IX", "GY")])
def test_codes_of_a_standard_make_a_rate(tmp_path: Path, unit: str, transformation: str) -> None:
    path = tmp_path / "a.csv"

    def write(unit: str, transformation: str) -> None:
        rows = (f"GY,{unit},{transformation},{m},{v}" for m, v in zip(MONTHS, LEVELS, strict=True))
        head = "REF_AREA,UNIT_MEASURE,TRANSFORMATION,TIME_PERIOD,OBS_VALUE"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")

    write(unit, transformation)
    assert "holds rates of change" in _refused(path)
    write("IX", "_Z")  # GY is Guyana too
    assert series.read(path).to_list() == LEVELS


@pytest.mark.parametrize("text", ["IIP forecast", "Kế hoạch", "Target"])
def test_a_plan_or_a_forecast_is_asked_about(tmp_path: Path, text: str) -> None:
    asked = f'"{text}" speaks of a plan or a forecast; are the levels published ones?'
    for path in (
        _text(tmp_path, f"month,{text}"),
        _text(tmp_path, "month,IIP", text),
        _book(tmp_path, text),
    ):
        assert asked in series.read(path).attrs["notes"]
    assert not any("forecast" in note for note in series.read(_text(tmp_path, "month,IIP")).attrs["notes"])


@pytest.mark.parametrize("across", ["months", "years"])
def test_a_label_written_once_counts_for_the_years_or_months_below(tmp_path: Path, across: str) -> None:
    other = [level + 7 for level in LEVELS]
    rows = []
    for name, values in (("Mining", LEVELS), ("Water", other)):
        if across == "months":
            of = [[str(year), *map(str, values[12 * k : 12 * k + 12])] for k, year in enumerate(YEARS)]
        else:
            of = [[str(k + 1), *(str(values[12 * y + k]) for y in range(3))] for k in range(12)]
        rows += [[name if i == 0 else "", *row] for i, row in enumerate(of)]
    head = (
        ["Sector", "Year", *map(str, range(1, 13))]
        if across == "months"
        else ["Sector", "Month", *map(str, YEARS)]
    )
    if across == "months":
        head[2:] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(map(",".join, [head, *rows])) + "\n", encoding="utf-8")
    table = series.read_panel(path)
    assert table["Mining"].to_list() == LEVELS
    assert table["Water"].to_list() == other


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("12 months to", "means of several months"),
        ("Quarter ending", "means of several months"),
        ("Growth by month", "rates of change"),
    ],
)
def test_what_heads_the_months_says_what_they_hold(tmp_path: Path, heading: str, said: str) -> None:
    assert f'holds {said} ("{heading}")' in _refused(_text(tmp_path, f"{heading},IIP"))
    title = "IIP for the year ended 31 December 2023"
    assert series.read(_text(tmp_path, "Month ending,IIP", title)).to_list() == LEVELS


RATES = [
    "Annual rate", "Twelve-month rate", "Rate of increase", "Rates of increase, all industries", "Change",
    "Tỷ lệ tăng", "Mức tăng", "Tốc độ", "Nhịp độ tăng", "Tăng", "OPPY=100", "Index (OPPY = 100)", "POPY = 100",
    "% of the previous year", "Per cent of previous year", "Same period last year, as 100", "Zuwachsrate",
    "Increase (%)", "Taux annuel",
    "January to the month on the same period of the previous year (%)",
]  # fmt: skip


@pytest.mark.parametrize("said", RATES)
def test_a_heading_or_a_title_that_says_rates_holds_no_levels(tmp_path: Path, said: str) -> None:
    assert "no index levels" in _refused(_text(tmp_path, f'Month,"{said}"'))
    assert "no index levels" in _refused(_text(tmp_path, "Month,Total", f'"{said}"\n'))


@pytest.mark.parametrize(
    "said",
    [
        "Index, 2015=100, percentage change available on request",
        "Volume index of production; growth rates are available on request",
        "Index of growth sectors, 2015=100",
        "Rate of capacity utilisation",
        "Index 2017=100, seasonally adjusted annual rate",
        "Annual rate for total construction",
        "Base year 2020",
        "Giá trị gia tăng công nghiệp",
    ],
)
def test_words_of_change_that_are_of_something_else_head_levels(tmp_path: Path, said: str) -> None:
    assert series.read(_text(tmp_path, f'Month,"{said}"')).to_list() == LEVELS
    assert series.read(_text(tmp_path, "Month,Total", f'"{said}"\n')).to_list() == LEVELS


@pytest.mark.parametrize(
    ("heading", "value"),
    [("Jan. up to the month, against then (%)", "1.5"), ("So far this year", "-1.5"), ("Since then", "-1.5")],
)
def test_a_column_beside_rates_under_a_title_of_rates_is_one(
    tmp_path: Path, heading: str, value: str
) -> None:
    header = f'Month,On the previous month (%),"{heading}"'
    path = tmp_path / "a.csv"
    rows = "".join(f"{month},0.3,{value}\n" for month in MONTHS)
    path.write_text(f"Index of production: rates of change\n{header}\n{rows}", encoding="utf-8")
    assert "no index levels" in _refused(path)


def test_levels_beside_rates_are_read_whatever_the_title_says(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"{month},{level},0.3\n" for month, level in zip(MONTHS, LEVELS, strict=True))
    path.write_text(
        f'"Production, rates of change"\nMonth,Index,On the previous month (%)\n{rows}', encoding="utf-8"
    )
    assert series.read(path).to_list() == LEVELS


def test_a_text_among_typed_levels_that_could_be_a_thousand_is_asked_about(tmp_path: Path) -> None:
    book = _book(tmp_path, "IIP", "1,257")
    assert '"1,257" could be read with a thousands separator or with a decimal sign' in _refused(book)
