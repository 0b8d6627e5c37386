"""Levels in percent: read where all cells are, asked about where some are or where rates may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

MONTHS = [str(month) for month in pd.period_range("2023-01", periods=15, freq="M")]
CAPACITY = [76.1, 75.2, 77.0, 76.4, 74.9, 75.5, 76.8, 77.1, 75.0, 74.2, 73.9, 75.8, 76.0, 76.3, 74.4]


def _file(folder: Path, heading: str, cells: Sequence[str]) -> Path:
    path = folder / "x.csv"
    rows = "".join(f"{month},{cell}\n" for month, cell in zip(MONTHS, cells, strict=True))
    path.write_text(f"Month,{heading}\n{rows}", encoding="utf-8")
    return path


def _refused(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        series.read(path)
    return str(caught.value)


def test_a_column_wholly_in_percent_is_read_so_and_told(tmp_path: Path) -> None:
    cells = [f"{v}%" for v in CAPACITY[:-3]] + ["..", f"{CAPACITY[-2]} % p", f"{CAPACITY[-1]}%"]
    read = series.read(_file(tmp_path, "Capacity utilisation (%)", cells))
    assert read.dropna().to_list() == [*CAPACITY[:-3], *CAPACITY[-2:]]
    assert pd.isna(read["2024-01"])
    told = 'Capacity utilisation (%) is in percent in all its cells and read so: "76.1%" as 76.1'
    assert told in read.attrs["notes"]
    assert read.attrs["status"] == {"2024-02": "p"}


def test_a_format_of_percent_over_an_index_of_ratios_is_read_as_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Month", "IIP 2015=100"])
    for month, value in zip(MONTHS, CAPACITY, strict=True):
        book.active.append([month, value / 75])
        book.active.cell(book.active.max_row, 2).number_format = "0.0%"
    book.save(tmp_path / "x.xlsx")
    read = series.read(tmp_path / "x.xlsx")
    assert read.to_list() == pytest.approx([v / 0.75 for v in CAPACITY])


def test_a_format_of_percent_over_some_levels_names_both_readings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Month", "IIP 2015=100"])
    for month, value in zip(MONTHS, CAPACITY, strict=True):
        book.active.append([month, value])
    book.active["B16"].number_format = "0.0%"
    book.save(tmp_path / "x.xlsx")
    assert _refused(tmp_path / "x.xlsx") == (
        'x.xlsx:B16: IIP 2015=100 "7440%" has a percent sign; write 7440 where it is in percent, 74.4 where only the '
        "format of its cell made it so"
    )


def test_percent_around_100_without_a_base_may_be_rates(tmp_path: Path) -> None:
    cells = [f"{v + 25:.1f}%" for v in CAPACITY]
    assert _refused(_file(tmp_path, "IIP", cells)) == (
        'x.csv:2: IIP "101.1%" is in percent as all its cells are, and names no base: levels, or changes with their '
        "base as 100 (104.1 for +4.1 %)? Levels name it in their heading (2015=100); read changes as published "
        "figures (figures: in a config)"
    )
    read = series.read(_file(tmp_path, "IIP (2015=100)", cells))
    assert read.to_list() == pytest.approx([v + 25 for v in CAPACITY])


@pytest.mark.parametrize("shift", [80.0, 70.0])
def test_rates_in_percent_are_refused_as_before(tmp_path: Path, shift: float) -> None:
    cells = [f"{v - shift:.1f}%" for v in CAPACITY]
    assert f'IIP "{cells[0]}" has a percent sign' in _refused(_file(tmp_path, "IIP", cells))


def test_a_sign_of_times_behind_a_level_is_a_slip(tmp_path: Path) -> None:
    cells = [*map(str, CAPACITY[:-2]), "75.1x", "2.5x"]
    told = _refused(_file(tmp_path, "IIP", cells))
    assert 'x.csv:15: IIP "75.1x" is not a number; write 75.1 alone\n' in told
    assert "250 where the base is 100, and among levels the level itself" in told


def test_percent_with_decimal_commas(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = "".join(f"{m};{v}%\n".replace(".", ",") for m, v in zip(MONTHS, CAPACITY, strict=True))
    path.write_text(f"Month;Capacity utilisation\n{rows}", encoding="utf-8")
    assert series.read(path).to_list() == CAPACITY
