"""Names of levels: the same however a release marks, numbers or spells its labels, and none under two names."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

MONTHS = [str(month) for month in pd.period_range("2022-01", "2023-12", freq="M")]
Rows = list[list[object]]


def _level(i: int, k: int) -> float:
    return round(100 + 0.7 * i + 7 * k + i % 5, 1)


def _down(names: Sequence[str]) -> Rows:
    rows = [[m, *(_level(i, k) for k in range(len(names)))] for i, m in enumerate(MONTHS)]
    return [["month", *names], *rows]


def _across(names: Sequence[str]) -> Rows:
    rows = [[name, *(_level(i, k) for i in range(len(MONTHS)))] for k, name in enumerate(names)]
    return [["Sector", *MONTHS], *rows]


def _long(names: Sequence[str]) -> Rows:
    rows = [[m, name, _level(i, k)] for i, m in enumerate(MONTHS) for k, name in enumerate(names)]
    return [["month", "sector", "value"], *rows]


def _crosswise(names: Sequence[str]) -> Rows:
    rows: Rows = [["Sector", "Month", "2022", "2023"]]
    for k, name in enumerate(names):
        rows += [[name, month, _level(month, k), _level(month + 12, k)] for month in range(1, 13)]
    return rows


def _file(folder: Path, rows: Rows) -> Path:
    path = folder / "levels.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


LAYOUTS = pytest.mark.parametrize("laid", [_down, _across, _long, _crosswise])


@LAYOUTS
def test_marks_and_numbers_of_rows_make_no_other_series(
    tmp_path: Path, laid: Callable[[Sequence[str]], Rows]
) -> None:
    panel = series.read_panel(
        _file(tmp_path, laid(["1. Mining *", "2. Food (r)", "3.\u00a0Wood  and\u200b paper p"]))
    )
    assert list(panel) == ["Mining", "Food", "Wood and paper"]
    assert panel["Food"].iloc[0] == pytest.approx(_level(1 if laid is _crosswise else 0, 1))
    assert any('"1. Mining *" as "Mining"' in note for note in panel.attrs["notes"])


@LAYOUTS
def test_series_that_only_they_tell_apart_keep_them(
    tmp_path: Path, laid: Callable[[Sequence[str]], Rows]
) -> None:
    names = ["1. Food", "2. Food", "Wood 1", "Wood 2"]
    assert list(series.read_panel(_file(tmp_path, laid(names)))) == names


def test_the_mark_of_the_newest_months_makes_no_other_series(tmp_path: Path) -> None:
    rows = _long(["Mining", "Food"])
    for row in rows[-4:]:
        row[1] = f"{row[1]} p"
    panel = series.read_panel(_file(tmp_path, rows))
    assert list(panel) == ["Mining", "Food"]
    assert len(panel.dropna()) == len(MONTHS)


def test_a_column_is_found_by_the_label_as_it_is_written(tmp_path: Path) -> None:
    path = _file(tmp_path, _down(["1. Mining *", "2. Food"]))
    assert series.read(path, column="2. Food").iloc[0] == _level(0, 1)


@pytest.mark.parametrize("column", ["Обработка 12", "Пищевые 10"])
def test_figures_of_a_label_in_another_script_find_no_other_series(tmp_path: Path, column: str) -> None:
    path = _file(tmp_path, _down(["Добыча 11", "Обработка 10", "Пищевые 12"]))
    with pytest.raises(DataError, match=f'no column "{column}"'):
        series.read(path, column=column)


@pytest.mark.parametrize(
    "growth",
    [
        "Q1 2023 / Q1 2022",
        "Quý I/2023 so với cùng kỳ",
        "3-й квартал к 3-му кварталу",
        "к 3-му кварталу 3-й квартал",
        "1er trimestre 2023 por ciento respecto a igual trimestre",
        "por ciento respecto a igual trimestre 1er trimestre 2023",
        "1T23 / 1T22",
        "quarter on same quarter of previous year",
    ],
)
def test_the_growth_of_a_quarter_is_left_out_as_such(tmp_path: Path, growth: str) -> None:
    down = _down(["Mining", "Food"])
    down.insert(16, [growth, 3.4, 4.4])
    across = _across(["Mining", "Food"])
    for row, value in zip(across, (growth, 3.4, 4.4), strict=True):
        row.insert(16, value)
    for rows in (down, across):
        panel = series.read_panel(_file(tmp_path, rows))
        assert panel["Mining"].to_list() == [_level(i, 0) for i in range(len(MONTHS))]
        assert any(
            f'rate of a quarter "{growth}": 2 numbers left out' in text for text in panel.attrs["left_out"]
        )
    beside = [[*row, growth if not i else 3.4] for i, row in enumerate(_down(["Mining", "Food"]))]
    assert list(series.read_panel(_file(tmp_path, beside))) == ["Mining", "Food"]
