"""Rates with months down their rows and columns headed by sector, measure or both, in the languages of the lexicons."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from forecast import figures, series
from forecast.errors import DataError

FILL = {"region": "nation", "published": "2024-05-30"}
MONTHS = ("2024-01", "2024-02", "2024-03")
SECTORS = ("total", "mining")
MEASURES = ("mom_pct", "yoy_pct")
RATES = {
    (sector, month, measure): round((-1) ** (i + k) * (1.1 + 2 * i + 0.7 * j + 5 * k), 1)
    for i, sector in enumerate(SECTORS)
    for j, month in enumerate(MONTHS)
    for k, measure in enumerate(MEASURES)
}
WORDS = {
    "en": (("Total industry", "Mining and quarrying"), ("% on previous month", "% on same month of previous year")),
    "vi": (("Toàn ngành", "Khai khoáng"), ("So với tháng trước (%)", "So với cùng kỳ năm trước (%)")),
}  # fmt: skip


def values(path: Path, **given: str) -> dict[tuple[str, str, str], float]:
    table = figures.read(path, fill={**FILL, **given}).table
    keys = zip(table["sector"], table["period"].astype(str), table["measure"], strict=True)
    return dict(zip(keys, table["value"], strict=True))


def written(path: Path, rows: list[list[object]]) -> Path:
    """Write rows as a workbook or as text, by the ending of the path."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(path)
    else:
        path.write_text("\n".join(";".join(map(str, row)) for row in rows) + "\n", encoding="utf-8")
    return path


def months(pairs: list[tuple[str, str]]) -> list[list[object]]:
    return [[month, *(RATES[sector, month, measure] for sector, measure in pairs)] for month in MONTHS]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("over", ["sector", "measure", "one line"])
def test_each_column_has_the_sector_and_the_measure_of_its_heading(
    tmp_path: Path, language: str, over: str, ending: str
) -> None:
    sectors, measures = (
        dict(zip(*pair, strict=True)) for pair in zip((SECTORS, MEASURES), WORDS[language], strict=True)
    )
    pairs = [(s, m) for s in SECTORS for m in MEASURES]
    if over == "measure":
        pairs = [(s, m) for m in MEASURES for s in SECTORS]
    upper, lower = [sectors[s] for s, _ in pairs], [measures[m] for _, m in pairs]
    if over == "measure":
        upper, lower = lower, upper
    upper = [text if i % 2 == 0 else "" for i, text in enumerate(upper)]  # written once over two columns
    heads = [["", *upper], ["", *lower]]
    if over == "one line":
        heads = [["", *(f"{sectors[s]}: {measures[m]}" for s, m in pairs)]]
    path = written(tmp_path / f"rates.{ending}", [["Production", *[""] * 4], *heads, *months(pairs)])
    assert values(path) == RATES
    with pytest.raises(DataError):
        series.read(path)


@pytest.mark.parametrize(
    "title",
    [
        "Index of industrial production, % change on the same month a year ago",
        "Chỉ số sản xuất công nghiệp so với cùng kỳ năm trước (%)",
    ],
)
@pytest.mark.parametrize("apart", [False, True], ids=["month", "year and month"])
def test_a_title_says_the_measure_of_every_sector(tmp_path: Path, title: str, apart: bool) -> None:
    rows = months([(sector, "yoy_pct") for sector in SECTORS])
    head: list[object] = ["Month", "Total", "Mining"]
    if apart:
        head = ["Year", *head]
        rows = [["2024" if i == 0 else "", str(row[0])[-2:], *row[1:]] for i, row in enumerate(rows)]
    path = written(tmp_path / "rates.csv", [[title, *[""] * len(head[1:])], head, *rows])
    assert figures.recognises(path)
    assert values(path) == {key: value for key, value in RATES.items() if key[2] == "yoy_pct"}


def test_regions_across_are_of_their_totals(tmp_path: Path) -> None:
    path = written(
        tmp_path / "rates.csv",
        [
            ["IIP so với cùng kỳ (%)", "", ""],
            ["Tháng", "Hà Nội", "Bắc Ninh"],
            *months([("total", "yoy_pct"), ("mining", "yoy_pct")]),
        ],
    )
    table = figures.read(path, fill={"published": "2024-05-30"}).table
    assert set(zip(table["region"], table["sector"], strict=True)) == {
        ("ha_noi", "total"),
        ("bac_ninh", "total"),
    }


def test_fill_says_the_measure_where_no_word_does(tmp_path: Path) -> None:
    path = written(
        tmp_path / "rates.csv",
        [["Month", "Total", "Mining"], *months([("total", "mom_pct"), ("mining", "mom_pct")])],
    )
    assert not figures.recognises(path)
    assert values(path, measure="mom_pct") == {
        key: value for key, value in RATES.items() if key[2] == "mom_pct"
    }


@pytest.mark.parametrize("heading", ["Seasonally adjusted YoY (%)", "Weight (%)", "Mining YoY (‰)"])
def test_a_column_that_is_no_rate_of_production_is_left_out_and_told(tmp_path: Path, heading: str) -> None:
    rows = [[*row, 12.5] for row in months([("total", "yoy_pct")])]
    path = written(tmp_path / "rates.csv", [["Month", "Total YoY (%)", heading], *rows])
    found = figures.read(path, fill=FILL)
    assert [(item.count, item.what) for item in found.left_out] == [(3, heading)]
    assert set(found.table["sector"]) == {"total"}


def test_a_measure_without_a_sector_beside_others_is_named(tmp_path: Path) -> None:
    head: list[object] = ["Month", "Mining YoY (%)", "YoY (%)"]
    path = written(tmp_path / "rates.csv", [head, *months([("total", "yoy_pct"), ("mining", "yoy_pct")])])
    with pytest.raises(DataError, match=r'heading "YoY \(%\)" names no sector, others do'):
        figures.read(path, fill=FILL)


def test_a_title_of_numbers_in_per_mille_is_refused(tmp_path: Path) -> None:
    title = ["Mining and manufacturing in ‰", ""]
    path = written(
        tmp_path / "rates.csv", [title, ["Month", "Mining YoY (%)"], *months([("total", "yoy_pct")])]
    )
    with pytest.raises(DataError, match="per mille"):
        figures.read(path, fill=FILL)


def test_a_year_among_the_months_is_named(tmp_path: Path) -> None:
    rows = [*months([("total", "yoy_pct")]), ["2023", 4.4]]
    with pytest.raises(DataError, match=r"rates.csv:5: period .*2023"):
        figures.read(written(tmp_path / "rates.csv", [["Month", "Total YoY (%)"], *rows]), fill=FILL)


def test_levels_beside_rates_are_still_levels(tmp_path: Path) -> None:
    levels = [[month, 100.0 + i, 90.0 + i] for i, month in enumerate(MONTHS)]
    head: list[object] = ["Month", "Total", "Mining"]
    below = [
        ["% change on same month of previous year", "", ""],
        head,
        *months([("total", "yoy_pct"), ("mining", "yoy_pct")]),
    ]
    path = written(
        tmp_path / "both.csv", [["Index (2015 = 100)", "", ""], head, *levels, ["", "", ""], *below]
    )
    assert not figures.recognises(path)
    assert series.read(path, "Mining").tolist() == [90.0, 91.0, 92.0]
    beside = [[*row, 1.5] for row in levels]
    for named in ([*head, "Mining YoY (%)"], ["Month", "Index 2015=100", "Mining", "Mining YoY (%)"]):
        path = written(tmp_path / "beside.csv", [named, *beside])
        assert not figures.recognises(path)
        assert series.read(path, "Mining").tolist() == [90.0, 91.0, 92.0]


def test_words_of_time_that_make_no_measure_are_no_name(tmp_path: Path) -> None:
    said = "Cumulative since January, % on same period of previous year"
    head: list[object] = ["Month", f"Mining: {said}", "Mining: MoM (%)"]
    path = written(tmp_path / "rates.csv", [head, *months([("total", "yoy_pct"), ("mining", "mom_pct")])])
    with pytest.raises(DataError, match="Cumulative since January.*its words make no measure"):
        figures.read(path, fill=FILL)


def test_measures_repeated_under_sectors_are_no_file_of_one_sector(tmp_path: Path) -> None:
    heads: list[list[object]] = [
        ["Tháng", *["So với tháng trước (%)"] * 2],
        ["", "Toàn ngành", "Khai khoáng"],
    ]
    path = written(tmp_path / "rates.csv", [*heads, *months([("total", "mom_pct"), ("mining", "mom_pct")])])
    assert values(path) == {key: value for key, value in RATES.items() if key[2] == "mom_pct"}


PAIR = [[month, 1.0 + i, -2.0 - i] for i, month in enumerate(MONTHS)]
HEAD: list[object] = ["Month", "Mining YoY (%)", "Food YoY (%)"]


@pytest.mark.parametrize(
    "line", ["Forecast", "Seasonally adjusted", "Producer prices", "Previous year", "Dự báo"]
)
def test_a_line_among_the_months_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    path = written(tmp_path / "rates.csv", [HEAD, *PAIR[:2], [line, "", ""], *PAIR[2:]])
    with pytest.raises(DataError, match=f'rates.csv:4: "{line}" among the months'):
        figures.read(path, fill=FILL)


@pytest.mark.parametrize(
    "said",
    [
        "Forecast", "Contribution to growth (percentage points)", "3-month moving average", "Quarterly data",
        "Seasonally adjusted data", "Données CVS-CJO", "Producer prices", "Erzeugerpreisindex", "IPC", "Inflation",
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["above", "corner", "below", "sheet"])
def test_what_says_against_the_rates_is_refused_wherever_it_stands(
    tmp_path: Path, said: str, where: str
) -> None:
    title: list[object] = ["% change on year ago", "", ""]
    head: list[object] = [said if where == "corner" else "Month", "Mining", "Food"]
    above: list[list[object]] = [[said, "", ""]] if where == "above" else []
    below: list[list[object]] = [["", "", ""], [said, "", ""]] if where == "below" else []
    path = written(tmp_path / "rates.xlsx", [*above, title, head, *PAIR, *below])
    if where == "sheet":
        book = openpyxl.load_workbook(path)
        book.worksheets[0].title = said[:31]
        book.save(path)
    with pytest.raises(DataError):
        figures.read(path, fill=FILL)


@pytest.mark.parametrize(
    ("heads", "sectors"),
    [
        ([["", "Main industries", "Other"], ["", "Coal: YoY (%)", "Food: YoY (%)"]], {"coal", "food"}),
        ([["", "Mining 1): YoY (%)", "Food *: YoY (%)"]], {"mining", "food"}),
        ([["", "1. Mining: YoY (%)", "2. Food: YoY (%)"]], {"mining", "food"}),
        ([["", "Bergbau gegenüber Vorjahresmonat in %", "Verarbeitendes Gewerbe: gegenüber Vorjahresmonat in %"]],
         {"bergbau", "verarbeitendes_gewerbe"}),
        ([["", "Group A: YoY (%)", "Electricity, gas: YoY (%)"]], {"group_a", "electricity_gas"}),
        ([["", "Dệt may so với cùng kỳ (%)", "Kim loại quý so với cùng kỳ (%)"]], {"det_may", "kim_loai_quy"}),
        ([["", "Обрабатывающие производства: прирост к предыдущему месяцу, %", "Раздел В: MoM (%)"]],
         {"manufacturing", "раздел_в"}),
    ],
)  # fmt: skip
def test_a_sector_keeps_its_whole_name(tmp_path: Path, heads: list[list[object]], sectors: set[str]) -> None:
    path = written(tmp_path / "rates.csv", [*heads, *PAIR])
    assert set(figures.read(path, fill=FILL).table["sector"]) == sectors


def test_the_sector_of_regions_across_is_that_of_the_title(tmp_path: Path) -> None:
    head: list[object] = ["Tháng", "Hà Nội", "Bắc Ninh"]
    title: list[object] = ["Khai khoáng: so với cùng kỳ năm trước (%)", "", ""]
    table = figures.read(
        written(tmp_path / "rates.csv", [title, head, *PAIR]), fill={"published": "2024-05-30"}
    ).table
    assert set(zip(table["region"], table["sector"], strict=True)) == {
        ("ha_noi", "mining"),
        ("bac_ninh", "mining"),
    }
    title = ["Textiles, % change on same month of previous year", "", ""]
    path = written(tmp_path / "rates.csv", [title, head, *PAIR])
    with pytest.raises(DataError, match='columns of regions below "Textiles"; give their sector under fill'):
        figures.read(path, fill={"published": "2024-05-30"})


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["% change on year ago", "", ""], ["Month", "Hanoy", "Bac Ninh"]], "names a region"),
        ([["Bắc Ninh: % change on year ago", "", ""], ["Month", "Mining", "Food"]], "bac_ninh, fill says region"),
        ([["", "Original", "Revised path"], ["", "Mining: YoY (%)", "Mining: YoY (%)"]], "a second yoy_pct of Mining"),
    ],
)  # fmt: skip
def test_columns_of_which_it_is_not_clear_whose_they_are_are_refused(
    tmp_path: Path, rows: list[list[object]], said: str
) -> None:
    with pytest.raises(DataError, match=said):
        figures.read(written(tmp_path / "rates.csv", [*rows, *PAIR]), fill=FILL)
