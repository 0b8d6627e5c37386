"""What is wrong with a row or column of later months stops no earlier day, and does stop its own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError
from forecast.series.placed import since
from tests.series.test_short import across, broken, crosswise, down, file

LAST = pd.Period("2023-10", "M")


def _row(row: int, *cells: str) -> list[list[str]]:
    rows = down()
    rows[row] = list(cells)
    return rows


def _heading(rows: list[list[str]], text: str) -> list[list[str]]:
    rows[0][-1] = text
    return rows


def _backwards(rows: list[list[str]]) -> list[list[str]]:
    return [rows[0], *rows[:0:-1]]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (_row(24, "2023-13", "1.5", "2.5", "3.5"), "has month 13"),
        (_row(24, "", "1.5", "2.5", "3.5"), "period is empty"),
        (_row(23, "#REF!", "1.5", "2.5", "3.5"), '"#REF!" is not a month'),
        (_backwards(_row(24, "2023-13", "1.5", "2.5", "3.5")), "has month 13"),
        (broken(down(), 24, 2), "a row broken in two"),
        (broken(down(), 24, 3, ","), "stands alone in its line"),
        (_row(24, "2023-12", "1.5", "2.5", "3.5", "4.5"), "5 cells where the header has 4"),
        (_heading(across(), "2023-13"), 'heading "2023-13" stands over numbers'),
        (_heading(across(), "#REF!"), 'heading "#REF!" stands over numbers'),
    ],
)
def test_what_is_wrong_with_a_later_month_stops_no_earlier_day(
    tmp_path: Path, rows: list[list[str]], told: str
) -> None:
    path = file(tmp_path, rows)
    for until in (None, pd.Period("2023-12", "M")):
        with pytest.raises(DataError) as caught:
            series.read_panel(path, until=until)
        assert told in str(caught.value)
    early = series.read_panel(path, until=LAST)
    assert early.to_dict("list") == series.read_panel(file(tmp_path, down()), until=LAST).to_dict("list")


def test_the_month_behind_the_last_one_known_is_later(tmp_path: Path) -> None:
    path = file(tmp_path, _heading(across(), "2023-13"))
    assert str(series.read_panel(path, until=pd.Period("2023-11", "M")).index[-1]) == "2023-11"


def test_a_year_without_a_name_behind_the_newest_stops_no_day_of_that(tmp_path: Path) -> None:
    path = file(tmp_path, _heading(crosswise(), "2022x"))
    with pytest.raises(DataError, match='heading "2022x" stands over numbers beside years'):
        series.read_panel(path)
    assert len(series.read_panel(path, until=pd.Period("2021-12", "M"))) == 48


@pytest.mark.parametrize(
    "rows",
    [
        _row(5, "2022-13", "1.5", "2.5", "3.5"),
        _row(1, "2022-13", "1.5", "2.5", "3.5"),
        _heading(across(), ""),
        [*across()[:3], [*across()[3], "9.5"]],
        broken(down(), 5, 2),
        [*_row(24, "2023-13", "1.5", "2.5", "3.5"), ["2023-10", "9.5", "9.5", "9.5"]],
    ],
    ids=[
        "among earlier",
        "before all",
        "no heading",
        "a cell too many",
        "broken among earlier",
        "out of order",
    ],
)
def test_what_may_be_of_an_earlier_month_is_refused(tmp_path: Path, rows: list[list[str]]) -> None:
    with pytest.raises(DataError):
        series.read_panel(file(tmp_path, rows), until=LAST)


def test_months_in_no_order_place_nothing() -> None:
    assert since({0: 648, 1: 650, 2: 649}, [(3, "?")]) == (("?",), ())
    assert since({0: 648, 1: 648}, [(2, "?")]) == (("?",), ())
    assert since({0: 648}, [(1, "?")]) == (("?",), ())
    assert since({}, [(1, "?")]) == (("?",), ())
    assert since({4: 650, 2: 651, 0: 652}, [(3, "a"), (5, "b")]) == (("b",), ((651, "a"),))
