"""Rows of a text file with fewer cells than its header, and rows broken in two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

MONTHS = list(map(str, pd.period_range("2022-01", periods=24, freq="M")))
Rows = list[list[str]]


def down() -> Rows:
    """Months down the rows, three series."""
    rows = [
        [m, f"{100 + 0.7 * i:.1f}", f"{90 + 0.3 * i:.1f}", f"{120 - 0.4 * i:.1f}"]
        for i, m in enumerate(MONTHS)
    ]
    return [["month", "A", "B", "C"], *rows]


def across() -> Rows:
    """Months across the headings, a row each for A, B and C."""
    return [list(row) for row in zip(*down(), strict=True)]


def years() -> Rows:
    """Years down the rows, months across."""
    rows = [[str(2018 + i), *(f"{100 + i + 0.3 * k:.1f}" for k in range(12))] for i in range(5)]
    return [["year", *map(str, range(1, 13))], *rows]


def crosswise() -> Rows:
    """Months of the year down the rows, years across."""
    return [list(row) for row in zip(*years(), strict=True)]


def file(tmp_path: Path, rows: Sequence[Sequence[str] | str], separator: str = ",") -> Path:
    path = tmp_path / "x.csv"
    lines = (row if isinstance(row, str) else separator.join(row) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def without(rows: Rows, *places: tuple[int, int]) -> Rows:
    for row, column in places:
        del rows[row][column]
    return rows


def broken(rows: Rows, row: int, cells: int, keep: str = "") -> list[list[str] | str]:
    """Break a row in two behind some of its cells, with or without their separator."""
    halves = [",".join(rows[row][:cells]) + keep, ",".join(rows[row][cells:])]
    return [*rows[:row], *halves, *rows[row + 1 :]]


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        series.read_panel(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            without(down(), (10, 1)),
            "x.csv:11: 3 cells where the header has 4, and nothing says which is missing",
        ),
        (without(down(), (1, 3)), "x.csv:2: 3 cells where the header has 4"),
        (without(down(), (10, 1), (24, 1)), "x.csv:11: 3 cells"),
        (without(across(), (2, 7)), "x.csv:3: 24 cells where the header has 25"),
        (without(across(), (2, 24), (3, 24), (3, 23)), "x.csv:4: 23 cells where the header has 25"),
        (without(years(), (2, 4)), "x.csv:3: 12 cells where the header has 13"),
        (without(crosswise(), (4, 2)), "x.csv:5: 5 cells where the header has 6"),
    ],
)
def test_a_row_with_a_cell_too_few_is_refused(tmp_path: Path, rows: Rows, told: str) -> None:
    assert told in refusal(file(tmp_path, rows))


@pytest.mark.parametrize("separator", [";", "\t"])
def test_whatever_the_separator(tmp_path: Path, separator: str) -> None:
    assert "x.csv:11: 3 cells where" in refusal(file(tmp_path, without(down(), (10, 1)), separator))


def test_the_remedy_works(tmp_path: Path) -> None:
    rows = down()
    rows[10][1] = ""
    panel = series.read_panel(file(tmp_path, rows))
    assert panel["A"].isna().sum() == 1
    assert panel.loc["2022-10", ["B", "C"]].tolist() == [92.7, 116.4]


def test_the_newest_rows_may_lack_what_is_not_yet_published(tmp_path: Path) -> None:
    panel = series.read_panel(file(tmp_path, without(down(), (23, 3), (24, 3), (24, 2))))
    assert panel.attrs["notes"] == (
        "2 lines from 24 to 25 have fewer cells than the 4 of the header: the last ones were taken as not published",
    )
    assert panel.count().tolist() == [24, 23, 22]
    assert panel.loc["2023-12", "A"] == 116.1


def test_so_they_may_where_the_newest_stand_first(tmp_path: Path) -> None:
    header, *rows = without(down(), (24, 3))
    panel = series.read_panel(file(tmp_path, [header, *rows[::-1]]))
    assert panel.attrs["notes"][0].startswith("line 2 has fewer cells than the 4 of the header")
    assert panel.count().tolist() == [24, 24, 23]


def test_the_oldest_rows_may_lack_a_series_that_begins_later(tmp_path: Path) -> None:
    panel = series.read_panel(file(tmp_path, without(down(), (1, 3), (2, 3), (3, 3))))
    assert str(panel["C"].first_valid_index()) == "2022-04"
    assert any(note.startswith("3 lines from 2 to 4 have fewer cells") for note in panel.attrs["notes"])


def test_several_series_may_end_before_the_newest_month(tmp_path: Path) -> None:
    path = file(tmp_path, without(across(), (1, 24), (3, 24)))
    panel = series.read_panel(path)
    assert panel.count().tolist() == [23, 24, 23]
    assert any(note.startswith("2 lines from 2 to 4 have fewer cells") for note in panel.attrs["notes"])


def test_they_may_not_where_the_file_writes_empty_cells_at_the_end(tmp_path: Path) -> None:
    rows = [*across(), ["D", *across()[1][1:]]]
    rows[2][24] = ""
    assert "x.csv:2: 24 cells" in refusal(file(tmp_path, without(rows, (1, 7), (3, 9))))


@pytest.mark.parametrize("rows", [years(), crosswise()])
def test_the_newest_year_goes_on(tmp_path: Path, rows: Rows) -> None:
    if len(rows) == 6:
        rows[5] = rows[5][:5]
    else:
        rows[5:] = [row[:5] for row in rows[5:]]
    panel = series.read_panel(file(tmp_path, rows))
    assert panel.count().tolist() == [52]
    assert panel.attrs["notes"] == series.read_panel(file(tmp_path, rows)).attrs["notes"]
    assert not any("fewer cells" in note for note in panel.attrs["notes"])


def test_a_later_row_cut_short_says_nothing_of_the_months_before(tmp_path: Path) -> None:
    path = file(tmp_path, without(down(), (20, 1)))
    until = pd.Period("2023-06", "M")
    panel = series.read_panel(path, until=until)
    assert panel.count().tolist() == [18, 18, 18]
    assert panel.attrs["notes"] == series.read_panel(file(tmp_path, down()), until=until).attrs["notes"]


def test_what_only_a_foot_or_a_title_lacks_is_nothing(tmp_path: Path) -> None:
    rows = [["Output, 2015=100", ""], *down(), ["Source: the office"]]
    assert series.read_panel(file(tmp_path, rows)).count().tolist() == [24, 24, 24]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (broken(down(), 10, 3), "x.csv:11: ends after 3 of 4 cells, and line 12 goes on with 1"),
        (broken(down(), 10, 2), "x.csv:11: ends after 2 of 4 cells, and line 12 goes on with 2"),
        (broken(down(), 24, 3), "x.csv:25: ends after 3 of 4 cells, and line 26 goes on with 1"),
        (broken(across(), 2, 9), "x.csv:3: ends after 9 of 25 cells, and line 4 goes on with 16"),
        (broken(down(), 10, 3, ","), 'x.csv:12: "116.4" stands alone in its line'),
        (broken(down(), 24, 3, ","), 'x.csv:26: "110.8" stands alone in its line'),
    ],
)
def test_a_row_broken_in_two_is_refused(tmp_path: Path, rows: list[list[str] | str], told: str) -> None:
    assert told in refusal(file(tmp_path, rows))


def test_a_number_left_alone_among_series_is_told_with_its_line(tmp_path: Path) -> None:
    panel = series.read_panel(file(tmp_path, broken(across(), 3, 24, ",")))
    assert panel.attrs["left_out"] == ("number of a row without months: 1 number left out (x.csv:5)",)


def test_a_year_alone_above_its_months_is_a_year(tmp_path: Path) -> None:
    rows = [["month", "A"]]
    for year in (2022, 2023):
        rows += [[str(year)], *([f"Tháng {m}", f"{100 + m}.5"] for m in range(1, 13))]
    assert series.read_panel(file(tmp_path, rows)).count().tolist() == [24]
