"""One level from several files: its months, what is told of each file, and nothing of files of later months."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

MONTHS = pd.period_range("2021-01", "2023-12", freq="M")


def _file(folder: Path, name: str, first: int, last: int, *, weight: bool = False, end: str = "") -> Path:
    rows = [f"{MONTHS[i]},{100.5 + i}{',7' * weight}" for i in range(first, last)]
    path = folder / name
    path.write_text(
        "\n".join(["Month,IIP" + ",Weight" * weight, *rows, end]).strip() + "\n", encoding="utf-8"
    )
    return path


def test_the_months_of_all_files_are_joined_whatever_their_order(tmp_path: Path) -> None:
    early, late = _file(tmp_path, "a.csv", 0, 20), _file(tmp_path, "b.csv", 18, 30)
    for files in ([early, late], [late, early]):
        y = series.read_files(files)
        assert y.to_list() == [100.5 + i for i in range(30)]
        assert (y.index[0], y.index[-1], y.name) == (MONTHS[0], MONTHS[29], "IIP")


def test_two_values_of_a_month_are_refused_with_both_files(tmp_path: Path) -> None:
    early, late = _file(tmp_path, "a.csv", 0, 20), _file(tmp_path, "b.csv", 20, 30, end="2021-03,99")
    with pytest.raises(DataError, match=r"b\.csv: IIP of 2021-03 is 99, and 102\.5 in a\.csv; name only"):
        series.read_files([early, late])


def test_what_is_told_of_each_file_is_told_of_all(tmp_path: Path) -> None:
    early, late = _file(tmp_path, "a.csv", 0, 20), _file(tmp_path, "b.csv", 20, 29, weight=True)
    late.write_text(late.read_text(encoding="utf-8") + "2023-06,129.5 p,7\n", encoding="utf-8")
    told = series.read_files([early, late]).attrs
    assert told["account"] == (
        "a.csv: 20 numbers: 20 values of 1 series; b.csv: 20 numbers: 10 values of 1 series, 10 weights"
    )
    assert told["left_out"] == ('weight "Weight": 10 numbers left out (b.csv:2)',)
    assert told["status"] == {"2023-06": "p"}


def test_a_file_of_later_months_alone_is_not_looked_at(tmp_path: Path) -> None:
    early, late = _file(tmp_path, "a.csv", 0, 20), _file(tmp_path, "b.csv", 20, 30, end="2023-12,broken")
    until = MONTHS[9]
    for files in ([early, late], [late, early]):
        assert series.read_files(files, until=until).to_list() == [100.5 + i for i in range(10)]
        with pytest.raises(DataError, match='b.csv:12: IIP "broken" is not a number'):
            series.read_files(files)
        with pytest.raises(DataError, match='b.csv:12: IIP "broken" is not a number'):
            series.read_files(files, until=MONTHS[-1])


def test_where_all_files_are_of_later_months_they_are_read_to_be_told_as_too_young(tmp_path: Path) -> None:
    files = [_file(tmp_path, "a.csv", 12, 20), _file(tmp_path, "b.csv", 20, 30)]
    assert series.read_files(files, until=MONTHS[3]).index[0] == MONTHS[12]
