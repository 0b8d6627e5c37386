"""Labels of years and what stands beside them: forecasts, bases, adjustments and fiscal years."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from forecast import series
from forecast.errors import DataError
from tests.series.test_reading import written

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEARS = (2021, 2022, 2023)
LEVELS = [round(100 + 0.7 * i + i % 5 / 10, 1) for i in range(36)]
BY_YEAR = {year: LEVELS[12 * k : 12 * k + 12] for k, year in enumerate(YEARS)}


def lines(rows: Sequence[Sequence[object]]) -> str:
    return "\n".join(",".join(map(str, row)) for row in rows) + "\n"


def tables(last: str) -> dict[str, str]:
    """Return the levels laid out in every way that names a year apart from its months, the last year as given."""
    label = {2021: "2021", 2022: "2022", 2023: last}
    months = [(year, k) for year in YEARS for k in range(12)]
    spread = [text for year in YEARS for text in (label[year], *[""] * 11)]
    return {
        "down and across": lines([["Year", *NAMES], *([label[y], *BY_YEAR[y]] for y in YEARS)]),
        "over months": lines([["Sector", *spread], ["", *NAMES * 3], ["IIP", *LEVELS]]),
        "crosswise": lines(
            [["Month", *label.values()], *([NAMES[k], *(BY_YEAR[y][k] for y in YEARS)] for k in range(12))]
        ),
        "beside each": lines(
            [["Year", "Month", "IIP"], *([label[y], k + 1, BY_YEAR[y][k]] for y, k in months)]
        ),
        "beside the first": lines(
            [
                ["Year", "Month", "IIP"],
                *([label[y] if k == 0 else "", k + 1, BY_YEAR[y][k]] for y, k in months),
            ]
        ),
        "above": lines(
            [
                ["Month", "IIP"],
                *(row for y in YEARS for row in ([label[y], ""], *zip(NAMES, BY_YEAR[y], strict=True))),
            ]
        ),
    }


@pytest.mark.parametrize("form", tables("2023"))
@pytest.mark.parametrize("last", ["2023 (forecast)", "2023 f", "2023 (dự báo)", "2023 plan"])
def test_a_year_marked_as_a_forecast_is_left_out_with_all_of_its_months(
    tmp_path: Path, form: str, last: str
) -> None:
    level = series.read(written(tmp_path, tables(last)[form]))
    assert (str(level.index[-1]), level.to_list()) == ("2022-12", LEVELS[:24])
    assert any("forecast" in text for text in level.attrs["left_out"])


@pytest.mark.parametrize("form", tables("2023"))
@pytest.mark.parametrize("last", ["2023", "2023 (p)", "2023*", "2023 1)"])
def test_a_year_with_another_mark_is_read(tmp_path: Path, form: str, last: str) -> None:
    level = series.read(written(tmp_path, tables(last)[form]))
    assert (str(level.index[0]), level.to_list()) == ("2021-01", LEVELS)


@pytest.mark.parametrize("above", [True, False])
def test_two_bases_over_or_under_years_are_two_series(tmp_path: Path, above: bool) -> None:
    heads = [["", "2015=100", "2020=100"], ["Month", "2021", "2022"]]
    rows = [[NAMES[k], BY_YEAR[2021][k], BY_YEAR[2022][k]] for k in range(12)]
    path = written(tmp_path, lines([*(heads if above else heads[::-1]), *rows]))
    with pytest.raises(DataError, match="holds 2 series"):
        series.read(path)
    path = written(tmp_path, path.read_text("utf-8").replace("2020=100", "2015=100"))
    assert series.read(path).to_list() == LEVELS[:24]


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("FY", [["FY", *NAMES], *([y, *BY_YEAR[y]] for y in YEARS)]),
        ("FY2021", [["Year", *NAMES], *([f"FY{y}", *BY_YEAR[y]] for y in YEARS)]),
        ("FY2021", [["Month", "FY2021", "FY2022"], *([NAMES[k], 100 + k, 101 + k] for k in range(12))]),
        (
            "Fiscal month",
            [["Year", "Fiscal month", "IIP"], *([y, k + 1, 100] for y in YEARS for k in range(12))],
        ),
        ("FY2021-01", [["Sector", *(f"FY2021-{k:02d}" for k in range(1, 10))], ["IIP", *LEVELS[:9]]]),
    ],
)
def test_fiscal_years_that_name_no_second_one_are_refused(
    tmp_path: Path, said: str, rows: Sequence[Sequence[object]]
) -> None:
    with pytest.raises(DataError, match=f'"{said}" is fiscal, and nothing says in which calendar year'):
        series.read(written(tmp_path, lines(rows)))


def test_fiscal_years_beside_months_and_years_of_two_are_read(tmp_path: Path) -> None:
    months = [(year, k + 1) for year in YEARS for k in range(12)]
    values = dict(zip(months, LEVELS, strict=True))
    beside = [[f"{y}-{k:02d}", y + (k > 3), value] for (y, k), value in values.items()]
    level = series.read(written(tmp_path, lines([["date", "Fiscal year", "IIP"], *beside])))
    assert level.to_list() == LEVELS
    split = [
        [f"{y - (k < 4)}-{(y + (k > 3)) % 100}", NAMES[k - 1], v] for (y, k), v in list(values.items())[3:]
    ]
    level = series.read(written(tmp_path, lines([["Fiscal year", "Month", "IIP"], *split])))
    assert (str(level.index[0]), level.to_list()) == ("2021-04", LEVELS[3:])


def test_january_behind_the_total_of_the_year_before_is_a_month(tmp_path: Path) -> None:
    months = [f"1999-{k:02d}" for k in range(1, 13)]
    for totals in (["1999"], ["Q4 1999", "1999"], ["1999 Q4", "H2 1999", "Year 1999"]):
        rows = [
            ["Sector", *months, *totals, "2000-01"],
            ["IIP", *LEVELS[:12], *[101.2] * len(totals), LEVELS[12]],
        ]
        level = series.read(written(tmp_path, lines(rows)))
        assert (str(level.index[-1]), level.to_list()) == ("2000-01", LEVELS[:13])


@pytest.mark.parametrize(
    ("head", "beside"), [("Year,Quarter,Month,Day", "2021,Qtr {q},{k},1"), ("Obs,Month", "{k},2021-{k:02d}")]
)
def test_counts_of_rows_and_days_beside_months_are_codes(tmp_path: Path, head: str, beside: str) -> None:
    rows = [f"{beside.format(k=k, q=(k + 2) // 3)},{LEVELS[k]}" for k in range(1, 13)]
    assert series.read(written(tmp_path, "\n".join([f"{head},IIP", *rows]))).to_list() == LEVELS[1:13]


def test_adjusted_and_raw_months_across_are_two_series(tmp_path: Path) -> None:
    months = [f"2021-{k:02d}" for k in range(1, 13)]
    over = ["Sector", *["SA"] * 6, *["NSA"] * 6]
    text = lines([over, ["", *months], ["IIP", *LEVELS[:12]]])
    with pytest.raises(DataError, match="holds 2 series"):
        series.read(written(tmp_path, text))
    assert series.read(written(tmp_path, text.replace("NSA", "SA"))).to_list() == LEVELS[:12]


@pytest.mark.parametrize(("below", "goes_on"), [("IIP (2020=100)", False), ("Continued (2020=100)", True)])
def test_a_table_below_with_a_base_that_the_one_above_has_not_is_another(
    tmp_path: Path, below: str, goes_on: bool
) -> None:
    months = [f"2021-{k:02d}" for k in range(1, 13)]
    first = [["Sector", *months[:6]], ["IIP", *LEVELS[:6]]]
    path = written(tmp_path, lines([*first, [""], [below], ["Sector", *months[6:]], ["IIP", *LEVELS[6:12]]]))
    if goes_on:
        assert series.read(path).to_list() == LEVELS[:12]
    else:
        with pytest.raises(DataError, match="holds 2 series"):
            series.read(path)


@pytest.mark.parametrize(
    ("heading", "one", "other"),
    [("Region", "A", "B"), ("Adj", "NSA", "SA"), ("Measure", "Index", "yoy"), ("Chỉ tiêu", "IIP", "PPI")],
)
def test_a_column_that_says_of_what_a_level_is_and_changes_is_refused(
    tmp_path: Path, heading: str, one: str, other: str
) -> None:
    rows = [[f"2021-{k:02d}", LEVELS[k], one if k < 7 else other] for k in range(1, 13)]
    with pytest.raises(
        DataError, match=f'a.csv:8: "{other}" begins here, where the levels above are of "{one}"'
    ):
        series.read(written(tmp_path, lines([["month", "IIP", heading], *rows])))
    same = [[month, level, one] for month, level, _ in rows]
    assert series.read(written(tmp_path, lines([["month", "IIP", heading], *same]))).to_list() == LEVELS[1:13]


@pytest.mark.parametrize("title", ["Base metals output 2023", "Métallurgie de base 2023 (base 2015)"])
def test_an_industry_of_base_in_a_title_is_no_base_year(title: str, tmp_path: Path) -> None:
    text = lines([[title], ["Sector", *NAMES], ["Steel", *BY_YEAR[2023]]])
    y = series.read(written(tmp_path, text))
    assert [str(y.index[0]), str(y.index[-1])] == ["2023-01", "2023-12"]
    assert y.tolist() == BY_YEAR[2023]


def test_a_year_beside_months_of_another_is_refused_from_the_first_of_them_on(tmp_path: Path) -> None:
    rows = [[2024, f"2023-{k:02d}", LEVELS[k]] for k in range(1, 13)]
    path = written(tmp_path, lines([["Year", "Month", "IIP"], *rows]))
    for until in (None, pd.Period("2023-01", "M")):
        with pytest.raises(DataError, match=r"a\.csv:\d: the year 2024 stands beside months of 2023"):
            series.read(path, until=until)


def workbook(tmp_path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "years.xlsx")
    return tmp_path / "years.xlsx"


def of_year(year: int) -> list[list[object]]:
    return [["Month", "IIP"], *([name, v] for name, v in zip(NAMES, BY_YEAR[year], strict=True))]


@pytest.mark.parametrize("called", ["{}", "IIP {}", "Năm {}"])
def test_sheets_of_one_year_each_are_one_table(tmp_path: Path, called: str) -> None:
    file = workbook(tmp_path, {called.format(year): of_year(year) for year in reversed(YEARS)})
    level = series.read(file)
    assert (str(level.index[0]), level.tolist()) == ("2021-01", LEVELS)
    names = ", ".join(called.format(year) for year in reversed(YEARS))
    assert f"the sheets {names} were read as one table" in level.attrs["notes"]
    assert series.read(file, sheet=called.format(2022)).tolist() == BY_YEAR[2022]


def test_what_is_wrong_in_a_sheet_of_a_year_is_told_with_its_sheet_and_stops_no_day_before_it(
    tmp_path: Path,
) -> None:
    rows = {str(year): of_year(year) for year in YEARS}
    rows["2023"][2][1] = "1O2"
    file = workbook(tmp_path, rows)
    with pytest.raises(DataError, match=r"years\.xlsx\[2023\]:B3: IIP"):
        series.read(file)
    early = series.read(file, until=pd.Period("2022-05", "M"))
    assert early.tolist() == LEVELS[:17]


@pytest.mark.parametrize("titles", [("2021", "2021 revised"), ("2021", "Notes"), ("2021", "2024")])
def test_sheets_that_are_no_years_are_asked_about(tmp_path: Path, titles: tuple[str, str]) -> None:
    dated = [["Month", "IIP"], *([f"2022-{k + 1:02d}", v] for k, v in enumerate(BY_YEAR[2022]))]
    with pytest.raises(DataError, match="2 sheets hold data .*; name one as sheet"):
        series.read(workbook(tmp_path, dict(zip(titles, (of_year(2021), dated), strict=True))))


TITLED = {
    "another base": ("IIP {}, 2015=100", "IIP {}, 2020=100"),
    "another adjustment": ("IIP {}, unadjusted", "IIP {}, seasonally adjusted"),
    "another region": ("IIP {}, North", "IIP {}, South"),
}


@pytest.mark.parametrize(("usual", "last"), TITLED.values(), ids=TITLED)
def test_sheets_of_years_are_no_one_table_where_their_titles_differ(
    tmp_path: Path, usual: str, last: str
) -> None:
    titles = [(last if year == YEARS[-1] else usual).format(year) for year in YEARS]
    rows = {str(year): [[title], *of_year(year)] for year, title in zip(YEARS, titles, strict=True)}
    with pytest.raises(
        DataError, match=r"3 sheets hold data .*read as one where all hold the same series on one"
    ):
        series.read(workbook(tmp_path, rows))


def test_sheets_of_years_are_no_one_table_where_a_series_has_another_name(tmp_path: Path) -> None:
    rows = {str(year): of_year(year) for year in YEARS}
    rows["2023"][0] = ["Month", "Total IIP"]
    with pytest.raises(DataError, match="3 sheets hold data"):
        series.read(workbook(tmp_path, rows), "IIP")


@pytest.mark.parametrize("last", ["Sheet1", "current year", "24"])
@pytest.mark.parametrize("years", [YEARS, YEARS[:2]])
def test_a_sheet_with_the_same_headings_and_no_year_is_no_other_table(
    tmp_path: Path, last: str, years: tuple[int, ...]
) -> None:
    rows = {str(year): of_year(year) for year in years[:-1]} | {last: of_year(years[-1])}
    with pytest.raises(DataError, match=rf"years\.xlsx\[{last}\]:A1: the months of .* have no year"):
        series.read(workbook(tmp_path, rows))
    rows[last] = [["1", "Revised"], ["p", "provisional", 3]]
    assert len(series.read(workbook(tmp_path, rows))) == 12 * (len(years) - 1)


SECTIONS = ("Industry", "Mining", "Industry of food")


def in_sections(years: Sequence[int], above: Sequence[str] = ()) -> list[list[object]]:
    """Return a table of years and months whose sectors stand in lines of their own, each ten points over the last."""
    rows: list[list[object]] = [["Year", *NAMES]]
    for k, name in enumerate(SECTIONS):
        rows += [[text] for text in (*above, name)] if k == 0 else [[name]]
        rows += [[year, *(level + 10 * k for level in BY_YEAR[year])] for year in years]
    return rows


@pytest.mark.parametrize("years", [YEARS, YEARS[:1]], ids=["years", "one year"])
@pytest.mark.parametrize("title", [[], [["Index of production, 2015=100"]]], ids=["bare", "title"])
def test_first_section_below_the_header_names_its_rows(
    tmp_path: Path, years: Sequence[int], title: list[list[object]]
) -> None:
    rows = [*title, *in_sections(years)]
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]  # a new workbook has a sheet
    book.save(tmp_path / "x.xlsx")
    for path in (written(tmp_path, lines(rows)), tmp_path / "x.xlsx"):
        assert list(series.read_panel(path)) == [f"{name} level" for name in SECTIONS]
        for k, name in enumerate(SECTIONS):
            assert series.read(path, name).to_list() == pytest.approx(
                [level + 10 * k for level in LEVELS[: 12 * len(years)]]
            )


def test_first_section_is_one_behind_a_blank_line_or_a_wider_section(tmp_path: Path) -> None:
    for above in ([""], ["All sectors"]):
        path = written(tmp_path, lines(in_sections(YEARS, above)))
        assert list(series.read_panel(path)) == [f"{name} level" for name in SECTIONS]


def test_only_section_of_a_table_may_be_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, lines(in_sections(YEARS)[: 2 + len(YEARS)]))
    assert series.read(path, "Industry").to_list() == LEVELS


def test_heading_of_the_years_below_the_months_is_no_section(tmp_path: Path) -> None:
    rows: list[list[object]] = [["", *NAMES], ["Year"], *([year, *BY_YEAR[year]] for year in YEARS)]
    read = series.read(written(tmp_path, lines(rows)))
    assert read.to_list() == LEVELS
    assert "lines 1 and 2 were joined to one header" in read.attrs["notes"]
