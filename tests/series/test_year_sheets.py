"""Sheets of a workbook that are each of a year: read as one, or told what keeps them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError
from tests.series.test_years import BY_YEAR, LEVELS, NAMES, YEARS, of_year, workbook

BASED = {
    "en": "Index of industrial production, 2020 = 100",
    "fr": "Indice de la production industrielle, base 100 en 2020",
    "es": "Índice de producción industrial, base 2020 = 100",
    "none": "",
}


def across_year(
    year: int, title: str = BASED["en"], sectors: Sequence[str] = ("IIP", "Mining")
) -> list[list[object]]:
    """Return the sheet of a year with its months across, every sector ten points over the one before."""
    rows = [[name, *(level + 10 * k for level in BY_YEAR[year])] for k, name in enumerate(sectors)]
    return [[title], [], [None, *NAMES[: len(BY_YEAR[year])]], *rows]


@pytest.mark.parametrize("title", [*BASED.values(), *(f"{text} - {{}}" for text in BASED.values() if text)])
def test_sheets_of_one_year_each_are_one_table_with_months_across(tmp_path: Path, title: str) -> None:
    rows = {str(year): across_year(year, title.format(year)) for year in YEARS}
    file = workbook(tmp_path, rows)
    level = series.read(file, "IIP")
    assert (str(level.index[0]), level.tolist()) == ("2021-01", LEVELS)
    assert series.read(file, "Mining", sheet="2022").tolist() == [v + 10 for v in BY_YEAR[2022]]


def test_year_of_months_across_is_told(tmp_path: Path) -> None:
    rows = {str(year): across_year(year) for year in YEARS}
    notes = series.read(workbook(tmp_path, rows), "IIP", sheet="2022").attrs["notes"]
    assert "the year 2022 of the months was read from the name of the sheet" in notes


def _other_sheets() -> dict[str, tuple[str, list[list[object]], str]]:
    """Return sheets that keep those of years from being one table, and what is said of each."""
    last = YEARS[-1]
    before = across_year(last)
    before[2] = [None, f"Dec {last - 1}", *(f"{name} {last}" for name in NAMES[: len(before[3]) - 2])]
    dated = [["Change, %"], ["Month", "IIP"], *([f"{last}-{m:02d}", 1.5 - m] for m in range(1, 7))]
    return {
        "rates": ("Growth", dated, "is called by no year; call it by that of its months"),
        "a copy": (f"{last} (2)", across_year(last), f'by the year {last}, as the sheet "{last}" is; delete'),
        "an older one": (f"{last} old", across_year(last), f'by the year {last}, as the sheet "{last}" is'),
        "December": (str(last), before, f"by the year {last} and holds months of {last - 1}; move those"),
        "a name": (
            str(last),
            across_year(last, sectors=("IIP", "Mines")),
            f'has "Mines" and lacks "Mining", other than the sheet "{YEARS[0]}"; give all sheets',
        ),
        "a base": (
            str(last),
            across_year(last, "Index of industrial production, 2022 = 100"),
            f'is on the base 2022, the sheet "{YEARS[0]}" on 2020; move it',
        ),
    }


@pytest.mark.parametrize(("name", "rows", "says"), _other_sheets().values(), ids=_other_sheets())
def test_sheet_that_keeps_years_apart_is_named_with_a_remedy_that_works(
    tmp_path: Path, name: str, rows: list[list[object]], says: str
) -> None:
    sheets = {str(year): across_year(year) for year in YEARS}
    with pytest.raises(
        DataError, match=rf"\d sheets hold data .*\nyears\.xlsx{re.escape(f'[{name}]: ')}"
    ) as refused:
        series.read_panel(workbook(tmp_path, sheets | {name: rows}))
    assert says in str(refused.value)
    without = {title: of for title, of in sheets.items() if title != name}
    read = series.read(workbook(tmp_path, without), "IIP")
    assert read.tolist() == LEVELS[: len(read)]


def test_months_over_the_end_of_a_year_are_not_all_of_the_year_of_their_sheet(tmp_path: Path) -> None:
    sheets = {str(year): across_year(year) for year in YEARS}
    last = sheets[str(YEARS[-1])]
    last[2] = [None, "Dec", *NAMES[: len(last[3]) - 2]]
    with pytest.raises(DataError, match=rf"\[{YEARS[-1]}\]:C4: month 1 follows month 12 under one year"):
        series.read_panel(workbook(tmp_path, sheets))
    down = {str(year): of_year(year) for year in YEARS}
    down[str(YEARS[-1])][1:] = [["December", 101.5], ["January", 102.5], ["February", 103.5]]
    with pytest.raises(DataError, match=rf"\[{YEARS[-1]}\]:A3: month 1 follows month 12 under one year"):
        series.read_panel(workbook(tmp_path, down))


def test_findings_name_the_sheet_of_their_year(tmp_path: Path) -> None:
    sheets = {str(year): of_year(year) for year in YEARS}
    sheets["2022"][3][1] = 10 * BY_YEAR[2022][2]
    sheets["2023"][6][1] = None
    file = workbook(tmp_path, sheets)
    places = [of.place for of in series.check_file(file)[1] if of.kind != "note"]
    assert "years.xlsx[2022]:4" in places
    assert "years.xlsx[2023]:7" in places
    assert series.places_of(file)[pd.Period("2023-02", "M")] == "years.xlsx[2023]:3"
    assert series.places_of_each(file, ["IIP"])["IIP"][pd.Period("2021-01", "M")] == "years.xlsx[2021]:2"


def test_sheet_called_as_those_of_other_years_is_no_other_table(tmp_path: Path) -> None:
    sheets = {f"IIP {year}": across_year(year) for year in YEARS}
    sheets[f"IIP {YEARS[-1]}"][2] = [None, *(f"col {k}" for k in range(1, 13))]
    with pytest.raises(DataError, match=rf"years\.xlsx\[IIP {YEARS[-1]}\]:.*\n.*or delete that sheet"):
        series.read_panel(workbook(tmp_path, sheets))
    sheets["Weights 2020"] = [["Sector", "Weight"], ["IIP", 1000], ["Mining", 25]]
    sheets[f"IIP {YEARS[-1]}"] = across_year(YEARS[-1])
    assert series.read(workbook(tmp_path, sheets), "IIP").tolist() == LEVELS


@pytest.mark.parametrize("written", ["Mining", ""])
def test_newest_sheet_may_lack_what_no_number_is_known_of_yet(tmp_path: Path, written: str) -> None:
    rows = {str(year): across_year(year) for year in YEARS}
    newest = rows[str(YEARS[-1])]
    newest[-1] = [written, *(None for _ in newest[-1][1:])]
    file = workbook(tmp_path, rows)
    assert series.read(file, "IIP").tolist() == LEVELS
    assert series.read(file, "Mining").index[-1] == pd.Period(f"{YEARS[-2]}-12", "M")
    first = rows[str(YEARS[0])]
    first[-1] = [written, *(None for _ in first[-1][1:])]
    with pytest.raises(DataError, match="other than the sheet"):
        series.read(workbook(tmp_path, rows | {str(YEARS[-1]): across_year(YEARS[-1])}), "IIP")
