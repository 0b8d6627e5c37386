"""Tables side by side: other months are refused, dates of something else are none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

MONTHS = [f"2023-{m:02d}" for m in range(1, 13)]


def _file(tmp_path: Path, heading: str, first: list[str], second: list[str]) -> Path:
    rows = [f"{a},{90 + i}.5,{b},{70 - i}.5" for i, (a, b) in enumerate(zip(first, second, strict=True))]
    path = tmp_path / "two.csv"
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("second", "line", "says"),
    [
        (MONTHS[::-1], 2, "2023-12"),
        ([f"{m}/2023" for m in range(2, 13)] + ["1/2024"], 2, "2/2023"),
        ([*MONTHS[:9], *(m.replace("2023", "2022") for m in MONTHS[9:])], 11, "2022-10"),
        ([*MONTHS[:9], "", *MONTHS[10:]], 11, ""),
    ],
)
@pytest.mark.parametrize("heading", ["Month,IIP,Period,Sales", "Month,IIP,Month,Sales"])
def test_the_months_of_one_table_are_not_given_to_the_other(
    tmp_path: Path, heading: str, second: list[str], line: int, says: str
) -> None:
    with pytest.raises(DataError) as refused:
        series.read(_file(tmp_path, heading, MONTHS, second), "Sales")
    text = str(refused.value)
    assert f'two.csv:{line}: column 3 "{heading.split(",")[2]}" says "{says}"' in text
    assert f'column 1 "Month" says "{MONTHS[line - 2]}"' in text
    assert "a file or a sheet of its own" in text


@pytest.mark.parametrize(
    ("heading", "second"),
    [
        ("Month,IIP,Period,Sales", MONTHS),
        ("Month,IIP,Period,Sales", [f"T{m}/2023" for m in range(1, 13)]),
        ("Month,IIP,Published,Sales", [f"2024-{m:02d}-{9 + m}" for m in range(1, 13)]),
        ("Month,IIP,As of,Sales", ["2024-05"] * 12),
        ("Month,IIP,Quarter,Sales", [f"Q{1 + m // 3}" for m in range(12)]),
    ],
)
def test_the_same_months_and_dates_of_something_else_stand_beside(
    tmp_path: Path, heading: str, second: list[str]
) -> None:
    sales = series.read(_file(tmp_path, heading, MONTHS, second), "Sales")
    assert sales.to_list() == [70.5 - i for i in range(12)]
    assert [str(t) for t in sales.index] == MONTHS


def test_a_heading_that_two_tables_share_does_not_say_which_months_are_meant(tmp_path: Path) -> None:
    path = _file(tmp_path, "Month,IIP,Month,Sales", MONTHS, MONTHS[::-1])
    with pytest.raises(DataError, match="tables side by side"):
        series.read(path, "Sales", headings={"period": "Month"})
    path = _file(tmp_path, "Month,IIP,Period,Sales", MONTHS, MONTHS[::-1])
    assert series.read(path, "Sales", headings={"period": "Period"}).iloc[0] == 59.5


def test_a_column_of_months_without_numbers_of_its_own_stands_beside(tmp_path: Path) -> None:
    rows = [f"{m},{90 + i}.5,2024-{12 - i:02d}" for i, m in enumerate(MONTHS)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["Month,IIP,Published", *rows]) + "\n", encoding="utf-8")
    assert [str(t) for t in series.read(path).index] == MONTHS


@pytest.mark.parametrize("wrong", ["2024-11", "2023-99", ""])
def test_months_that_differ_after_the_last_one_looked_at_stop_nothing(tmp_path: Path, wrong: str) -> None:
    path = _file(tmp_path, "Month,IIP,Period,Sales", MONTHS, [*MONTHS[:10], wrong, MONTHS[11]])
    with pytest.raises(DataError, match=r"two\.csv:12: column 3 \"Period\" says"):
        series.read(path, "Sales")
    early = series.read(path, "Sales", until=pd.Period("2023-09", "M"))
    assert early.to_list() == [70.5 - i for i in range(9)]
