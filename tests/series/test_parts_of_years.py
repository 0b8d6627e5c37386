"""Quarters and halves counted as months, totals of years above months, and names written in two ways."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from forecast import series
from forecast.errors import DataError
from tests.series.test_reading import written

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEVELS = [100.3, 102.5, 105.7, 106.6, 104.8, 103.1, 101.9, 99.8, 98.2, 97.6, 98.9, 100.7]
YEARS = range(2019, 2024)
TOTALS = ["2019,99.1", "2020,98.5"]


def lines(rows: Sequence[Sequence[object]]) -> str:
    return "\n".join(",".join(map(str, row)) for row in rows) + "\n"


def counted(form: str, parts: int) -> str:
    times = [form.format(y=year, k=k) for year in YEARS for k in range(1, parts + 1)]
    return lines([["date,IIP"], *([t, 100 + i % 7] for i, t in enumerate(times))])


@pytest.mark.parametrize("form", ["{y}-{k:02d}", "{y}.{k}", "{y}:{k}", "{k}/{y}", "{y}M{k}"])
@pytest.mark.parametrize(("parts", "what"), [(2, "halves"), (4, "quarters")])
def test_quarters_and_halves_that_are_counted_are_no_months(
    tmp_path: Path, form: str, parts: int, what: str
) -> None:
    with pytest.raises(DataError, match=f"months 1 to {parts} of every year and no others: are they {what}"):
        series.read(written(tmp_path, counted(form, parts)))


def test_they_are_told_in_years_by_periods_and_in_columns_too(tmp_path: Path) -> None:
    two = [["year", "period", "IIP"], *([y, k, 100 + k] for y in YEARS for k in range(1, 5))]
    across = [["Year", 1, 2, 3, 4], *([y, 100, 101, 102, 103] for y in YEARS)]
    for rows in (two, across):
        with pytest.raises(DataError, match="are they quarters"):
            series.read_panel(written(tmp_path, lines(rows)))


def test_the_first_months_of_years_are_read_with_na_for_the_others(tmp_path: Path) -> None:
    rows = [[f"{y}-{k:02d}", 100 + k if k < 5 else "NA"] for y in YEARS for k in range(1, 13)]
    assert series.read(written(tmp_path, lines([["date", "IIP"], *rows]))).count() == 20


def test_the_first_months_of_two_years_and_a_fifth_month_are_months(tmp_path: Path) -> None:
    for times in ([f"{y}-{k:02d}" for y in (2023, 2024) for k in range(1, 5)], ["2019-01", *_until_may()]):
        read = series.read(written(tmp_path, lines([["date", "IIP"], *([t, 101] for t in times)])))
        assert read.count() == len(times)


def _until_may() -> list[str]:
    return [f"{y}-{k:02d}" for y in YEARS for k in range(1, 6)][1:]


def _months(first: str = "") -> list[str]:
    named = [first or NAMES[0], *NAMES[1:]]
    return [f"{name},{level}" for name, level in zip(named, LEVELS, strict=True)]


@pytest.mark.parametrize("title", [[], ["IIP 2021"]])
def test_months_without_a_year_below_totals_of_years_are_refused(tmp_path: Path, title: list[str]) -> None:
    text = "\n".join([*title, "Period,IIP", *TOTALS, *_months()])
    with pytest.raises(
        DataError, match="the months below the totals of 2019 and 2020 may be of 2020 or of 2021"
    ):
        series.read(written(tmp_path, text))


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("Period,IIP", [*TOTALS, *_months("Jan 2021")]),
        ("Period,IIP", [*TOTALS, "2021,", *_months()]),
        ("Period,IIP", ["2021,101.4", *_months()]),
        ("Year,Month,IIP", ["2019,,99.1", "2020,,98.5", *(f"2021,{row}" for row in _months())]),
    ],
    ids=["first month", "line of the year", "one total", "columns"],
)
def test_months_whose_year_is_written_are_read_below_totals(
    tmp_path: Path, head: str, rows: list[str]
) -> None:
    read = series.read(written(tmp_path, "\n".join([head, *rows])))
    assert (str(read.index[0]), read.to_list()) == ("2021-01", LEVELS)
    assert any("annual total" in text for text in read.attrs["left_out"])


def test_a_month_that_is_misspelled_beside_its_year_is_no_total(tmp_path: Path) -> None:
    rows = [f"2021,{row}" for row in _months("Jna")]
    with pytest.raises(DataError, match='"Jna" is not a month'):
        series.read(written(tmp_path, "\n".join(["Year,Month,IIP", *rows])))


@pytest.mark.parametrize("below", ["mining", "MINING", "Mining 1)", "Mining*", "Mining²"])
def test_a_name_goes_on_in_the_table_below_whatever_its_capitals_and_footnotes(
    tmp_path: Path, below: str
) -> None:
    first, second = ([f"2021-{k:02d}" for k in of] for of in (range(1, 7), range(7, 13)))
    text = lines([["Sector", *first], ["Mining", *LEVELS[:6]], ["Water", *LEVELS[:6]]])
    text += "\n" + lines([["Sector", *second], [below, *LEVELS[6:]], ["Water", *LEVELS[6:]]])
    assert series.read(written(tmp_path, text), "Mining").to_list() == LEVELS


def test_names_that_differ_by_a_footnote_within_one_table_are_two_series(tmp_path: Path) -> None:
    months = [f"2021-{k:02d}" for k in range(1, 13)]
    other = [level + 1 for level in LEVELS]
    path = written(tmp_path, lines([["Sector", *months], ["Mining", *LEVELS], ["Mining 1)", *other]]))
    assert series.read_panel(path)["Mining 1)"].to_list() == other


def test_names_in_capitals_on_another_base_are_two_series_of_one_name(tmp_path: Path) -> None:
    first, second = ([f"2021-{k:02d}" for k in of] for of in (range(1, 7), range(7, 13)))
    text = lines(
        [["IIP (2015=100)"], ["Sector", *first], ["Mining", *LEVELS[:6]], ["Water", *LEVELS[:6]], [""]]
    )
    text += lines([["IIP (2020=100)"], ["Sector", *second], ["MINING", *LEVELS[6:]], ["WATER", *LEVELS[6:]]])
    with pytest.raises(DataError, match='2 series answer to "Mining"'):
        series.read(written(tmp_path, text), "Mining")


def test_trimesters_beside_the_months_that_they_sum_are_no_months(tmp_path: Path) -> None:
    names = ("Janv", "Févr", "Mars", "T1", "Avr", "Mai", "Juin", "T2")
    across = [["Année", *names], ["2023", 101, 102, 103, 102, 104, 105, 106, 105]]
    down = [["Mois", "IPI"], *([f"{name} 2023", v] for name, v in zip(names, across[1][1:], strict=True))]
    for rows in (across, down):
        level = series.read(written(tmp_path, lines(rows)))
        assert level.tolist() == [101, 102, 103, 104, 105, 106]
        assert "2 quarterly values" in level.attrs["account"]
    months = series.read(written(tmp_path, "Kỳ,IIP\nT1 2023,101\nT2 2023,102\nT3 2023,103\nT4 2023,104\n"))
    assert months.index[-1].month == 4


@pytest.mark.parametrize(
    "name", ["Gesamtergebnis", "Total général", "Total general", "Tổng cuối", "Общий итог", "Grand Average"]
)
def test_totals_of_spreadsheets_are_no_months(tmp_path: Path, name: str) -> None:
    rows = f"Month,IIP\n2023-01,101\n2023-02,н/д\n2023-03,s.d.\n2023-04,103\n{name},102\n"
    level = series.read(written(tmp_path, rows))
    assert level.dropna().tolist() == [101, 103]
    assert "1 annual total" in level.attrs["account"]


@pytest.mark.parametrize(
    "total",
    [
        "Average {}",
        "Total {}",
        "{} average",
        "Durchschnitt {}",
        "Moyenne {}",
        "Promedio {}",
        "Bình quân {}",
        "Среднее за {} год",
    ],
)
def test_a_total_that_names_its_year_again_is_one(tmp_path: Path, total: str) -> None:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    years = ["", *(v for year in ("2022", "2023") for v in (year, *[""] * 12))]
    heads = ["", *(v for year in ("2022", "2023") for v in (*months, total.format(year)))]
    values = [str(v) for k in (0, 12) for v in (*(101.5 + k + m for m in range(12)), 107.0 + k)]
    rows = [years, heads, ["Industry", *values]]
    (path := tmp_path / "a.csv").write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    level = series.read(path)
    assert level.tolist() == [101.5 + m for m in range(24)]
    assert level.attrs["account"] == "26 numbers: 24 values of 1 series, 2 annual totals"


def test_a_total_of_another_year_than_that_above_it_is_named(tmp_path: Path) -> None:
    heads = ",".join(["Jan", "Feb", "Mar", "Average 2021"])
    (path := tmp_path / "a.csv").write_text(f",2022,,,\n,{heads}\nIndustry,101.5,102.5,103.5,102.5\n")
    with pytest.raises(DataError, match='heading "Average 2021" beside 202'):
        series.read(path)
