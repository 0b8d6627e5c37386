"""Months still to come are no published levels, by the clock of the machine, which a date of the config goes before."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError
from forecast.run.inspect import check
from forecast.series import values


@pytest.fixture
def levels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Levels to 2024-08 on a machine whose clock says May 2024: 2024-07 stands on line 8."""
    monkeypatch.setattr(values, "this_month", lambda: pd.Period("2024-05", "M"))
    file = tmp_path / "lv.csv"
    rows = [f"2024-{month:02d},{98.5 + month}" for month in range(1, 9)]
    file.write_text("\n".join(["month,IIP", *rows]), encoding="utf-8")
    return file


def until(file: Path, last: str) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([lines[0], *(of for of in lines[1:] if of[:7] <= last)]), encoding="utf-8")


@pytest.mark.parametrize("reader", [series.read, check])
def test_a_level_of_a_month_to_come_is_refused_with_its_line(reader, levels: Path) -> None:
    with pytest.raises(
        DataError, match=r"lv.csv:8: IIP has a value for 2024-07, a month still to come .*2024-05"
    ):
        reader(levels)
    until(levels, "2024-06")  # the next month has begun in other zones
    reader(levels)


def test_a_month_to_come_without_a_value_is_let_pass(levels: Path) -> None:
    levels.write_text("month,IIP\n2024-04,98.5\n2024-05,99.25\n2024-06,\n2024-09,\n", encoding="utf-8")
    assert str(series.read(levels).index[-1]) == "2024-05"


def test_a_date_of_the_config_goes_before_the_clock(levels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert str(series.read(levels, until=pd.Period("2024-04", "M")).index[-1]) == "2024-04"
    monkeypatch.setattr(values, "this_month", lambda: pd.Period("1970-01", "M"))
    assert str(series.read(levels, until=pd.Period("2024-04", "M")).index[-1]) == "2024-04"


def test_a_panel_may_hold_a_survey_of_months_to_come(levels: Path) -> None:
    assert str(series.read_panel(levels).index[-1]) == "2024-08"
