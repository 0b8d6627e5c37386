"""Files of one figure or one month a row as people write them: rates beside indices, other spans, years once."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from forecast import figures
from forecast.errors import DataError

LONG = "region,sector,period,measure,value,published"
FILL = {"region": "here", "sector": "total", "published": "2024-12-30"}


def _file(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "figures.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _refused(path: Path, **said: object) -> str:
    with pytest.raises(DataError) as error:
        figures.read(path, **said)  # type: ignore[arg-type]
    return str(error.value)


def _values(found: figures.Figures) -> dict[tuple[str, str], float]:
    keys = zip(found.table["period"].astype(str), found.table["measure"], strict=True)
    return dict(zip(keys, found.table["value"], strict=True))


def _row(month: int, measure: str, value: float) -> str:
    return f"here,total,2024-{month:02d},{measure},{value},2024-12-30"


def test_a_measure_printed_as_indices_beside_rates_is_refused(tmp_path: Path) -> None:
    rows = [_row(m, *of) for m in range(1, 6) for of in (("mom_pct", 100.0 + m), ("yoy_pct", 5.0 + m))]
    path = _file(tmp_path, LONG, *rows)
    said = _refused(path)
    assert "figures.csv:2: all 5 mom_pct lie between 101 and 105, like indices with their base as 100" in said
    assert "write them less 100, or declare rates: percent" in said
    assert _values(figures.read(path, rates="percent"))["2024-05", "mom_pct"] == 105.0


@pytest.mark.parametrize(("indices", "told"), [(2, False), (3, True), (6, True)])
def test_a_change_of_form_between_months_is_refused(tmp_path: Path, indices: int, told: bool) -> None:
    values = [5.0 + m / 10 + 100 * (m > 8 - indices) for m in range(1, 9)]
    path = _file(tmp_path, LONG, *(_row(m, "yoy_pct", v) for m, v in enumerate(values, 1)))
    if told:
        assert f"{indices} of 8 yoy_pct lie between" in _refused(path)
    else:
        assert len(figures.read(path).table) == 8


def test_a_rebound_after_a_deep_fall_is_no_index(tmp_path: Path) -> None:
    values = [5.0, -40.0, -52.0, 3.0, 61.0, 108.0, 134.0, 180.0]
    path = _file(tmp_path, LONG, *(_row(m, "yoy_pct", v) for m, v in enumerate(values, 1)))
    assert list(figures.read(path).table["value"]) == values


@pytest.mark.parametrize("unit", ["index", "points", "điểm"])
def test_a_rate_in_points_is_refused(tmp_path: Path, unit: str) -> None:
    path = _file(tmp_path, f"{LONG},unit", f"{_row(4, 'yoy_pct', 106.3)},{unit}")
    assert f'figures.csv:2: unit "{unit}" is none of a rate' in _refused(path)
    assert _values(figures.read(path, rates="index")) == {("2024-04", "yoy_pct"): 6.3}


@pytest.mark.parametrize(
    ("period", "month"), [("2024", "2024-12"), ("H1 2024", "2024-06"), ("6 tháng đầu năm 2024", "2024-06")]
)
def test_a_year_and_a_half_are_years_to_date(tmp_path: Path, period: str, month: str) -> None:
    path = _file(tmp_path, LONG, f"here,total,{period},ytd_yoy_pct,1.5,2024-12-30")
    assert _values(figures.read(path)) == {(month, "ytd_yoy_pct"): 1.5}
    path = _file(tmp_path, LONG, f"here,total,{period},yoy_pct,1.5,2024-12-30")
    assert f"its rate is a ytd_yoy_pct of {month}, no yoy_pct: name it so" in _refused(path)


def test_the_first_quarter_is_a_quarter_and_the_year_to_march(tmp_path: Path) -> None:
    for measure in ("qtr_yoy_pct", "ytd_yoy_pct"):
        path = _file(tmp_path, LONG, f"here,total,Q1 2024,{measure},1.5,2024-12-30")
        assert _values(figures.read(path)) == {("2024-03", measure): 1.5}
    path = _file(tmp_path, LONG, "here,total,Q2 2024,ytd_yoy_pct,1.5,2024-12-30")
    assert "its rate is a qtr_yoy_pct of 2024-06, no ytd_yoy_pct: name it so" in _refused(path)


def test_a_year_is_written_once_beside_its_first_month(tmp_path: Path) -> None:
    rows = ("2023;11;5,1", ";12;5,2", "2024;1;5,3", ";2;5,4")
    found = figures.read(_file(tmp_path, "Năm;Tháng;So với cùng kỳ", *rows), fill=FILL)
    months = ("2023-11", "2023-12", "2024-01", "2024-02")
    assert _values(found) == dict(zip(((m, "yoy_pct") for m in months), (5.1, 5.2, 5.3, 5.4), strict=True))
    rows = ("2023;11;5,1", ";12;5,2", ";1;5,3", ";2;5,4")
    assert 'period "-01" is not a month' in _refused(
        _file(tmp_path, "Năm;Tháng;So với cùng kỳ", *rows), fill=FILL
    )


def test_years_and_months_of_two_columns_are_known_in_other_languages(tmp_path: Path) -> None:
    head = "Jahr;Monat;Veränderung gegenüber dem Vorjahresmonat in %"
    found = figures.read(_file(tmp_path, head, "2023;Dezember;5,1", "2024;März;-2,5"), fill=FILL)
    assert _values(found) == {("2023-12", "yoy_pct"): 5.1, ("2024-03", "yoy_pct"): -2.5}
    fiscal = _file(tmp_path, "FY,Month,MoM %,YoY %", "2024,January,0.5,5.1")
    with pytest.raises(DataError) as refused:
        figures.read(fiscal, fill=FILL)
    assert refused.value.problems == (
        f'{fiscal.name}:2: period "January" is not a month with its year; write it as 2024-04',
    )


def test_columns_say_in_other_words_what_they_compare(tmp_path: Path) -> None:
    head = "Tháng;IIP so với tháng trước (%);IIP so với cùng kỳ (%)"
    found = figures.read(_file(tmp_path, head, "1/2024;-1,5;5,1"), fill=FILL)
    assert _values(found) == {("2024-01", "mom_pct"): -1.5, ("2024-01", "yoy_pct"): 5.1}
    twice = _file(tmp_path, "Month,YoY (%),y/y", "2024-01,1.5,5.1")
    said = _refused(twice, fill=FILL)
    assert '"YoY (%)" and "y/y" are both yoy_pct; leave one out under columns (left_out: "y/y")' in said
    assert _values(figures.read(twice, fill=FILL, columns={"left_out": "y/y"})) == {
        ("2024-01", "yoy_pct"): 1.5
    }


TABLE = [
    "So với cùng kỳ năm trước (%)",
    "Năm;Th1;Th2;Th3;Cả năm",
    "2022;1,1;-2,1;3,1;9",
    "2023;1,2;2,2;3,2;8",
]


def test_a_table_of_years_and_months_is_read(tmp_path: Path) -> None:
    found = figures.read(_file(tmp_path, *TABLE), fill=FILL)
    expected = (1.1, -2.1, 3.1, 1.2, 2.2, 3.2)
    months = [f"{year}-{month:02d}" for year in (2022, 2023) for month in (1, 2, 3)]
    assert _values(found) == dict(zip(((m, "yoy_pct") for m in months), expected, strict=True))
    assert [(item.count, item.place) for item in found.left_out] == [
        (1, "figures.csv:3"),
        (1, "figures.csv:4"),
    ]


def test_two_tables_of_years_and_months_are_not_one_series(tmp_path: Path) -> None:
    path = _file(tmp_path, *TABLE, "", *TABLE)
    assert "another table of years and months; put each in a file" in _refused(path, fill=FILL)


def _book(tmp_path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title.replace("_", " "))
        for row in rows:
            page.append(row)
    path = tmp_path / "figures.xlsx"
    book.save(path)
    return path


def test_every_sheet_of_figures_is_read_and_others_are_named(tmp_path: Path) -> None:
    head: list[object] = list(LONG.split(","))
    sheets = {
        f"Y{year}": [head, ["here", "total", f"{year}-12", "yoy_pct", value, f"{year + 1}-01-10"]]
        for year, value in ((2022, 5.1), (2023, 6.1))
    }
    path = _book(tmp_path, **sheets, Weights=[["Mining", 12.5], ["Water", 1.5]])
    found = figures.read(path)
    assert _values(found) == {("2022-12", "yoy_pct"): 5.1, ("2023-12", "yoy_pct"): 6.1}
    assert [(item.what, item.count) for item in found.left_out] == [("Mining", 2)]
    assert _values(figures.read(path, until="2023-06-30")) == {("2022-12", "yoy_pct"): 5.1}


def test_sheets_of_places_or_sectors_are_theirs(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Tháng", "So với cùng kỳ"], ["1/2024", 5.1]]
    for name, column, words in (
        ("region", "region", {"Bắc_Ninh": "bac_ninh", "Hà_Nội": "ha_noi"}),
        ("sector", "sector", {"Toàn_ngành": "total", "Khai_khoáng": "mining"}),
    ):
        found = figures.read(_book(tmp_path, **dict.fromkeys(words, rows)), fill=FILL)
        assert sorted(found.table[column]) == sorted(words.values())
        assert any(note.startswith(f"{name} ") and "names of the sheets" in note for note in found.notes)


@pytest.mark.parametrize(
    ("heading", "classes"), [("frequency", ("M", "Q")), ("transformation", ("none", "3-month"))]
)
def test_a_column_of_frequencies_or_transformations_tells_figures_apart(
    tmp_path: Path, heading: str, classes: tuple[str, str]
) -> None:
    rows = [f"{_row(m, 'yoy_pct', 5.0)},{name}" for m, name in enumerate(classes, 2)]
    said = _refused(_file(tmp_path, f"{LONG},{heading}", *rows))
    assert f'column "{heading}" tells figures apart ("{classes[0]}", "{classes[1]}")' in said


def test_units_below_the_header_are_left_out_and_measures_are_known_by_words(tmp_path: Path) -> None:
    found = figures.read(_file(tmp_path, "Tháng;So với cùng kỳ", ";%", "1/2024;5,1"), fill=FILL)
    assert _values(found) == {("2024-01", "yoy_pct"): 5.1}
    rows = [_row(3, measure, 1.5) for measure in ("YoY", "m/m")]
    assert _values(figures.read(_file(tmp_path, LONG, *rows))) == {
        ("2024-03", "mom_pct"): 1.5,
        ("2024-03", "yoy_pct"): 1.5,
    }


def test_a_heading_over_two_lines_is_told(tmp_path: Path) -> None:
    path = _file(tmp_path, "Tháng;Toàn ngành;;Khai khoáng", ";a;b;c;d", "1/2024;1;2;3;4")
    said = _refused(path, fill=FILL)
    assert (
        "figures.csv:1: has 4 cells, all rows below have more; write a heading over two lines in one" in said
    )


@pytest.mark.parametrize(
    "title",
    [
        "Seasonally adjusted",
        "Industrial production: contribution to growth in percentage points",
        "Forecast of industrial production",
        "Chỉ số giá sản xuất",
        "So với cùng kỳ năm trước, trung bình trượt 3 tháng",
    ],
)
def test_a_title_over_months_may_say_that_they_are_no_figures(tmp_path: Path, title: str) -> None:
    rows = ("Month;MoM (%);YoY (%)", "2024-01;1,1;5,1")
    said = _refused(_file(tmp_path, title, *rows), fill=FILL)
    assert f'the title "{title}" ' in said
    assert "delete it where it does not hold" in said
    found = figures.read(_file(tmp_path, "Industrial production, monthly", *rows), fill=FILL)
    assert _values(found) == {("2024-01", "mom_pct"): 1.1, ("2024-01", "yoy_pct"): 5.1}


@pytest.mark.parametrize(
    ("title", "name"),
    [("Tỉnh Bắc Giang", "region"), ("IIP tỉnh Bắc Giang năm 2024", "region"), ("Khai khoáng", "sector")],
)
def test_a_title_of_another_region_or_sector_than_the_one_given_is_told(
    tmp_path: Path, title: str, name: str
) -> None:
    path = _file(tmp_path, title, "Tháng;So với cùng kỳ", "1/2024;5,1")
    note = f'the title names "{title}", the {name} given is {FILL[name]}; is it right?'
    assert note in figures.read(path, fill=FILL).notes
    same = {**FILL, "region": "bac_giang", "sector": "mining"}
    assert note not in figures.read(path, fill=same).notes


def test_percent_declared_as_indices_is_refused_and_a_deep_fall_is_not(tmp_path: Path) -> None:
    path = _file(tmp_path, LONG, *(_row(m, "yoy_pct", 11.0 + m) for m in range(1, 4)))
    said = _refused(path, rates="index")
    assert (
        "rates: index is declared, and all 3 rates lie between 12 and 14, like percent; leave it out" in said
    )
    fallen = _file(tmp_path, LONG, _row(3, "yoy_pct", 45.5), _row(4, "yoy_pct", 62.0))
    assert _values(figures.read(fallen, rates="index")) == {
        ("2024-03", "yoy_pct"): -54.5,
        ("2024-04", "yoy_pct"): -38.0,
    }
