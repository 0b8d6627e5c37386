"""Months down and years across; and tables of levels and rates on one sheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

NAMES = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "vi": [f"Tháng {m}" for m in range(1, 13)],
    "ru": [
        "Январь",
        "Февраль",
        "Март",
        "Апрель",
        "Май",
        "Июнь",
        "Июль",
        "Август",
        "Сентябрь",
        "Октябрь",
        "Ноябрь",
        "Декабрь",
    ],
    "figures": [str(m) for m in range(1, 13)],
}


def _value(year: int, month: int) -> float:
    return round(90 + (year - 2020) * 7.3 + month * 1.7, 1)


def _rows(names: list[str], years: range, after: str = "") -> list[str]:
    return [
        ",".join([name, *(str(_value(y, m)) for y in years)]) + after for m, name in enumerate(names, start=1)
    ]


def _read(tmp_path: Path, *lines: str, column: str | None = None) -> pd.Series:
    path = tmp_path / "iip.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return series.read(path, column)


@pytest.mark.parametrize("language", NAMES)
def test_months_down_and_years_across_are_one_series(tmp_path: Path, language: str) -> None:
    y = _read(tmp_path, "Month,2020,2021,2022", *_rows(NAMES[language], range(2020, 2023)))
    assert y.to_list() == [_value(year, m) for year in range(2020, 2023) for m in range(1, 13)]
    assert str(y.index[0]) == "2020-01"


def test_rows_and_columns_of_a_calendar_that_are_no_month_are_counted(tmp_path: Path) -> None:
    rows = _rows(NAMES["en"], range(2020, 2022), after=",8.4")
    y = _read(tmp_path, "Month,2020,2021,% change", *rows, "Average,100.2,107.3,7.1")
    assert len(y) == 24
    assert any("Average" in item for item in y.attrs["left_out"])
    assert any("change" in item for item in y.attrs["left_out"])


def test_a_calendar_of_several_series_has_one_a_section(tmp_path: Path) -> None:
    one, other = _rows(NAMES["en"], range(2020, 2022)), _rows(NAMES["en"], range(2021, 2023))
    lines = ("Month,2020,2021", "Mining,,", *one, "Manufacturing,,", *other)
    assert _read(tmp_path, *lines, column="Mining").iloc[0] == _value(2020, 1)
    assert _read(tmp_path, *lines, column="Manufacturing").iloc[-1] == _value(2022, 12)


@pytest.mark.parametrize(
    ("heading", "names", "said"),
    [
        ("Month,2020-21,2021-22", NAMES["en"], "no calendar year"),
        ("Month,2020,2021", NAMES["en"][3:] + NAMES["en"][:3], "fiscal"),
        ("Month,2020,2021", [*NAMES["en"][:11], "Decembr"], '"Decembr"'),
    ],
)
def test_a_calendar_that_is_not_understood_is_refused(
    tmp_path: Path, heading: str, names: list[str], said: str
) -> None:
    with pytest.raises(DataError, match=said):
        _read(tmp_path, heading, *_rows(names, range(2020, 2022)))


def _table(title: str, sign: int) -> list[str]:
    return [title, "Month,Total", *(f"2020-{m:02d},{100 + sign * m}" for m in range(1, 13)), ""]


@pytest.mark.parametrize("levels_first", [True, False])
def test_a_level_keeps_its_name_beside_rates_of_that_name(tmp_path: Path, levels_first: bool) -> None:
    tables = [_table("Index (2015=100)", 1), _table("Change on same month of previous year (%)", -1)]
    y = _read(tmp_path, *(line for table in (tables if levels_first else tables[::-1]) for line in table))
    assert y.name == "Total"
    assert y.to_list() == [100.0 + m for m in range(1, 13)]


def test_two_levels_of_one_name_are_told_apart_by_their_titles(tmp_path: Path) -> None:
    lines = [*_table("Mining", 1), *_table("Manufacturing", 2), *_table("Change on previous month (%)", -1)]
    assert _read(tmp_path, *lines, column="Total (Manufacturing)").iloc[-1] == 124.0
    with pytest.raises(DataError, match=r"2 series \(Total \(Mining\), Total \(Manufacturing\)\)"):
        _read(tmp_path, *lines)
