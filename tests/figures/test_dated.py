"""Rates with months across the headings: rows and titles say the measure, in any language with a lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import figures, series
from forecast.errors import DataError

FILL = {"region": "nation", "sector": "total", "published": "2024-05-30"}
RATES = (6.3, -1.2, 0.4)


def _file(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "rates.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _values(found: figures.Figures) -> dict[tuple[str, str, str], float]:
    table = found.table
    keys = zip(table["sector"], table["period"].astype(str), table["measure"], strict=True)
    return dict(zip(keys, table["value"], strict=True))


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Период к аналогичному периоду предыдущего года, %", "yoy_pct"),
        ("в % к предыдущему месяцу", "mom_pct"),
        ("% change on same month of previous year", "yoy_pct"),
        ("So với tháng trước (%)", "mom_pct"),
    ],
)
@pytest.mark.parametrize("form", ["index", "percent"])
def test_a_row_says_its_measure(tmp_path: Path, label: str, measure: str, form: str) -> None:
    printed = [f"{r + 100 * (form == 'index'):.1f}" for r in RATES]
    path = _file(tmp_path, "Показатель;2024-02;2024-03;2024-04", f"{label};{';'.join(printed)}")
    found = _values(figures.read(path, fill=FILL, rates=form))
    assert found == {("total", f"2024-0{m}", measure): r for m, r in zip((2, 3, 4), RATES, strict=True)}
    with pytest.raises(DataError, match="rates of change"):
        series.read(path)


def test_a_title_says_the_measure_of_every_row(tmp_path: Path) -> None:
    path = _file(
        tmp_path, "Output, % change on same month of previous year", "",
        "Sector,2024-03,2024-04", "Mining,1.5,2.5", "Manufacturing,-3.5,4.25",
    )  # fmt: skip
    fill = {"region": "nation", "published": "2024-05-30"}
    assert _values(figures.read(path, fill=fill, rates="percent")) == {
        ("mining", "2024-03", "yoy_pct"): 1.5,
        ("mining", "2024-04", "yoy_pct"): 2.5,
        ("manufacturing", "2024-03", "yoy_pct"): -3.5,
        ("manufacturing", "2024-04", "yoy_pct"): 4.25,
    }


def test_fill_says_the_measure_where_no_word_does(tmp_path: Path) -> None:
    path = _file(tmp_path, "Name;2024-03;2024-04;Weight", "Rate;1.5;2.5;100")
    found = figures.read(path, fill={**FILL, "measure": "mom_pct"}, rates="percent")
    assert _values(found) == {
        ("total", "2024-03", "mom_pct"): 1.5,
        ("total", "2024-04", "mom_pct"): 2.5,
    }
    assert [item.count for item in found.left_out] == [1]


def test_rows_that_compare_nothing_are_left_out(tmp_path: Path) -> None:
    path = _file(
        tmp_path, "Name;2024-03;2024-04", "Index 2015=100 raw;98.5;99.5", "% change on previous month;1;2"
    )
    found = figures.read(path, fill=FILL, rates="percent")
    assert set(_values(found)) == {("total", "2024-03", "mom_pct"), ("total", "2024-04", "mom_pct")}
    assert [item.count for item in found.left_out] == [2]


def test_a_sector_that_nothing_says_is_asked_for(tmp_path: Path) -> None:
    path = _file(tmp_path, "Name;2024-03;2024-04", "% change on previous month;1.5;2.5")
    with pytest.raises(DataError, match='"sector" is missing'):
        figures.read(path, fill={"region": "nation", "published": "2024-05-30"}, rates="percent")


def test_a_month_of_a_forecast_is_left_out_and_named(tmp_path: Path) -> None:
    path = _file(tmp_path, "Ngành;3/2024;4/2024;5/2024 (dự báo)", "Toàn ngành;6,3;-1,2;0,4")
    found = figures.read(path, fill={"region": "nation", "published": "2024-05-30", "measure": "yoy_pct"})
    assert _values(found) == {("total", "2024-03", "yoy_pct"): 6.3, ("total", "2024-04", "yoy_pct"): -1.2}
    assert [(item.count, item.place) for item in found.left_out] == [(1, "rates.csv:2")]


@pytest.mark.parametrize("sector", [{}, {"sector": "total"}])
def test_rows_of_places_are_regions(tmp_path: Path, sector: dict[str, str]) -> None:
    path = _file(tmp_path, "Địa phương;3/2024;4/2024", "Bắc Ninh;6,3;", "Bắc Giang;;-1,2", "Cả nước;0,4;0,5")
    fill = {"region": "nowhere", "published": "2024-05-30", "measure": "yoy_pct", **sector}
    table = figures.read(path, fill=fill).table
    assert set(table["sector"]) == {"total"}
    assert dict(zip(table["value"], table["region"], strict=True)) == {
        6.3: "bac_ninh",
        -1.2: "bac_giang",
        0.4: "vietnam",
        0.5: "vietnam",
    }


MONTHS = ("Jan", "Feb", "Mar", "Apr")
GRID = ["Month,2023,2024", *[f"{m},{i}.1,{-i}.2" for i, m in enumerate(MONTHS, start=1)]]
CROSSED = {
    ("total", f"{year}-{m:02d}", "yoy_pct"): value
    for m in (1, 2, 3, 4)
    for year, value in ((2023, m + 0.1), (2024, -m - 0.2))
}


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ('"IIP, % on the same month a year ago"', MONTHS),
        ("Chỉ số sản xuất công nghiệp so với cùng kỳ năm trước (%)", ("Tháng 1", "Tháng 2", "Tháng 3", "Tháng 4")),
        ("Chỉ số sản xuất công nghiệp so với cùng kỳ năm trước (%)", ("1", "2", "3", "4")),
        ('"Indice de production industrielle, glissement annuel en %"', ("janv.", "févr.", "mars", "avr.")),
    ],
)  # fmt: skip
def test_months_down_and_years_across(tmp_path: Path, title: str, months: tuple[str, ...]) -> None:
    rows = [row.replace(of, month, 1) for row, of, month in zip(GRID[1:], MONTHS, months, strict=True)]
    measure = {} if "annuel" not in title else {"measure": "yoy_pct"}
    read = figures.read(_file(tmp_path, title, GRID[0], *rows), fill={**FILL, **measure})
    assert _values(read) == pytest.approx(CROSSED)
    assert "months were read down and years across, the measure by what the title compares" in read.notes


def test_means_and_forecasts_beside_months_down_are_left_out_and_named(tmp_path: Path) -> None:
    rows = [
        GRID[0].replace("2024", "2024,2025 (forecast)"),
        *[f"{row},9.9" for row in GRID[1:]],
        "Average,2.6,-2.7,9.9",
    ]
    read = figures.read(_file(tmp_path, *rows), fill={**FILL, "measure": "yoy_pct"})
    assert _values(read) == pytest.approx(CROSSED)
    assert sum(one.count for one in read.left_out) == 4 + 3


def test_every_remedy_of_months_down_and_years_across_works(tmp_path: Path) -> None:
    path = _file(tmp_path, *GRID)
    fill = {name: FILL[name] for name in ("region", "published")}
    with pytest.raises(DataError) as error:
        figures.read(path, fill=fill)
    assert str(error.value) == (
        "rates.csv:1: a table of months down and years across, and no title says which rate it holds; give it under "
        "fill (measure=yoy_pct, or mom_pct, ytd_yoy_pct, qtr_yoy_pct, index)"
    )
    with pytest.raises(
        DataError, match='column "sector" is missing; .* give one sector for all rows under fill'
    ):
        figures.read(path, fill={**fill, "measure": "yoy_pct"})
    whole = {**fill, "measure": "yoy_pct", "sector": "total"}
    assert _values(figures.read(path, fill=whole)) == pytest.approx(CROSSED)
    for columns in ({"yoy_pct": "2024"}, {"period": "Month"}, {"yoy_pct 2024-04": "2024", "period": "Month"}):
        with pytest.raises(DataError, match=r"columns \(.*\) have no place in a table of months down"):
            figures.read(path, columns=columns, fill=whole)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (['"IIP, seasonally adjusted, % on the previous month"', *GRID], "speaks of an adjustment"),
        (['"IIP, ‰ on the same month a year ago"', *GRID], "per mille"),
        (["Unit: ‰", *GRID], "per mille"),
        ([GRID[0].replace("Month", "Month (‰)"), *GRID[1:]], "numbers in per mille are no percent"),
        ([*GRID, "Jan,5.1,5.2"], "months down and years across that do not run through each year once"),
        (
            [GRID[0].replace("2024", "2023"), *GRID[1:]],
            "months down and years across that do not run through each year",
        ),
    ],
)
def test_months_down_that_are_no_published_rates_are_refused(
    tmp_path: Path, rows: list[str], said: str
) -> None:
    with pytest.raises(DataError) as error:
        figures.read(_file(tmp_path, *rows), fill={**FILL, "measure": "mom_pct"})
    assert said in str(error.value)


def test_months_of_one_year_or_from_another_month_on(tmp_path: Path) -> None:
    path = _file(tmp_path, "Month,2023", "Mar,3.1", "Apr,4.1")
    assert _values(figures.read(path, fill={**FILL, "measure": "yoy_pct"})) == {
        ("total", "2023-03", "yoy_pct"): 3.1,
        ("total", "2023-04", "yoy_pct"): 4.1,
    }


def test_months_down_are_known_as_rates_by_their_title(tmp_path: Path) -> None:
    assert figures.recognises(_file(tmp_path, '"IIP, % on the same month a year ago"', *GRID))
    assert not figures.recognises(_file(tmp_path, "IIP (2015 = 100)", *GRID))


@pytest.mark.parametrize("line", [",▲,▼", "Nhóm,(%),(%)", "Khu vực,a,b"])
def test_rows_that_a_line_of_words_parts_from_their_months_are_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "f.csv"
    path.write_text(
        f"Ngành,01/2024,02/2024\nToàn ngành,1.1,1.2\n{line}\nKhai khoáng,2.1,2.2\n", encoding="utf-8"
    )
    fill = {"region": "bn", "published": "2024-06-30", "measure": "yoy_pct"}
    with pytest.raises(DataError) as error:
        figures.read(path, fill=fill)
    words = " ".join(filter(None, line.split(",")))
    assert str(error.value).startswith(
        f'f.csv:4: the numbers below "{words}" have no months above them; delete'
    )
    path.write_text("Ngành,01/2024,02/2024\nToàn ngành,1.1,1.2\nKhai khoáng,2.1,2.2\n", encoding="utf-8")
    assert len(figures.read(path, fill=fill).table) == 4


def test_tables_without_months_beside_one_with_months_are_named(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(
        "Ngành,01/2024,02/2024\nToàn ngành,1.1,1.2\n\nDân số theo huyện\nHuyện,Dân số,Diện tích\nGia Bình,103,12\n",
        encoding="utf-8",
    )
    fill = {"region": "bn", "published": "2024-06-30", "measure": "yoy_pct"}
    told = figures.read(path, fill=fill)
    assert told.table["value"].tolist() == [1.1, 1.2]
    assert str(told.account) == "4 numbers: 2 values of 1 series, 2 numbers of another table"
