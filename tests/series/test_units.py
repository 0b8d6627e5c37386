"""What a column or a heading says of the unit of levels."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError


def _file(tmp_path: Path, heading: str, *units: object) -> Path:
    path = tmp_path / "iip.csv"
    rows = (f"2024-{i + 1:02d},{unit},{100.5 + i}\n" for i, unit in enumerate(units))
    path.write_text(f"Month,{heading},IIP\n{''.join(rows)}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heading", "first", "then"),
    [
        ("Unit", "Index", "% change"),
        ("Unit", "thousands", "millions"),
        ("Đơn vị tính", "2015=100", "2020=100"),
        ("Base year", 2015, 2020),
        ("Năm gốc", 2015, 2020),
        ("Frequency", "M", "Q"),
        ("Seasonal adjustment", "SA", "NSA"),
    ],
)
def test_a_unit_that_changes_within_a_series_is_refused(
    tmp_path: Path, heading: str, first: object, then: object
) -> None:
    with pytest.raises(DataError) as refused:
        series.read(_file(tmp_path, heading, first, first, then, then))
    assert f'iip.csv:4: "{then}" begins here, where the levels above are of "{first}"' in str(refused.value)
    until = series.read(_file(tmp_path, heading, first, first, then, then), until=pd.Period("2024-02", "M"))
    assert until.to_list() == [100.5, 101.5]


@pytest.mark.parametrize(
    ("heading", "units"),
    [
        ("Unit", ["Index", "index", "INDEX", "Index"]),
        ("Unit", ["Index (2015=100)", "2015=100", "2015 = 100", "2015=100"]),
        ("Unit", ["Index", "", "", "Index"]),
        ("Base year", [2015, 2015, 2015, 2015]),
        ("Unit", ["thousands"] * 4),
        ("Seasonal adjustment", ["SA"] * 4),
        ("Trend", ["up", "down", "up", "up"]),
        ("Direction", ["up", "down", "up", "up"]),
    ],
)
def test_a_unit_that_stays_is_none_of_its_values(tmp_path: Path, heading: str, units: list[object]) -> None:
    assert series.read(_file(tmp_path, heading, *units)).to_list() == [100.5, 101.5, 102.5, 103.5]


def test_a_file_of_several_units_holds_a_series_of_each(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    rows = "".join(
        f"2024-{m:02d},{unit},{m * at}\n" for m in range(1, 5) for unit, at in (("t", 10), ("kt", 20))
    )
    path.write_text(f"Month,Unit,Value\n{rows}", encoding="utf-8")
    assert series.read(path, "kt").to_list() == [20, 40, 60, 80]


@pytest.mark.parametrize("unit", ["%", "‰", "percent", "Prozent", "phần trăm"])
def test_a_unit_of_percent_in_a_column_or_a_heading_is_told(tmp_path: Path, unit: str) -> None:
    said = "is read as that of levels; are they rates of change?"
    assert f'unit "{unit}" {said}' in series.read(_file(tmp_path, "Unit", unit, unit, unit)).attrs["notes"]
    path = tmp_path / "iip.csv"
    path.write_text(f"Month,IIP ({unit})\n2024-01,101.5\n2024-02,102.5\n", encoding="utf-8")
    assert f'unit "IIP ({unit})" {said}' in series.read(path).attrs["notes"]


@pytest.mark.parametrize("heading", ["IIP (2015=100)", "Firms with 50 % foreign capital", "IIP (points)"])
def test_no_other_unit_is_told(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "iip.csv"
    path.write_text(f"Month,{heading}\n2024-01,101.5\n2024-02,102.5\n", encoding="utf-8")
    assert not any("are they rates" in note for note in series.read(path).attrs["notes"])


def test_a_dot_beside_decimal_commas_is_no_decimal_point(tmp_path: Path) -> None:
    rows = "Tháng;Thép (tấn);IIP\n2021-01;12.229;101,2\n2021-02;12.329;101,4\n2021-03;11.229;102,2\n"
    file = tmp_path / "a.csv"
    file.write_text(rows, encoding="utf-8")
    with pytest.raises(
        DataError, match=r'a\.csv:2: Thép \(tấn\) "12\.229" could be read with a thousands separator'
    ):
        series.read_panel(file)
    assert series.read_panel(file, decimal=",")["Thép (tấn)"].tolist() == [12229.0, 12329.0, 11229.0]
