"""Months given twice: one by one, and as a block that stands under a year which is not its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import series
from forecast.errors import DataError

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _blocks(folder: Path, newest: str) -> Path:
    """Return years above their months on lines 2, 15 and 28, of which the last is given, with months to September."""
    path = folder / "x.csv"
    years = [("2023", 90.5, 12), ("2024", 100.5, 12), (newest, 110.5, 9)]
    blocks = (
        f"{year};\n" + "".join(f"{name};{base + m}\n" for m, name in enumerate(NAMES[:count]))
        for year, base, count in years
    )
    path.write_text("Month;Index 2015=100\n" + "".join(blocks), encoding="utf-8")
    return path


@pytest.mark.parametrize("newest", ["2O25", "", "2024"])
def test_a_block_of_months_under_the_year_of_another_is_named_once(tmp_path: Path, newest: str) -> None:
    with pytest.raises(DataError) as caught:
        series.read(_blocks(tmp_path, newest))
    assert str(caught.value) == (
        "x.csv:28: the months of Index 2015=100 below, 2024-01 to 2024-09, stand on lines 16 to 24 already; write "
        "their own year on line 28, or repeat the row of headings below each such line where they name series, or keep "
        "one of the two blocks"
    )
    read = series.read(_blocks(tmp_path, "2025"))
    assert (str(read.index[-1]), read.iloc[-1], len(read)) == ("2025-09", 118.5, 33)


def test_a_block_without_a_line_above_it_is_named_at_its_first_month(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    months = [f"2024-{m:02d}" for m in (1, 2, 3, 4, 5, 6, 7, 8, 9, 4, 5, 6)]
    path.write_text("Month,IIP\n" + "".join(f"{m},{90.5 + i}\n" for i, m in enumerate(months)))
    with pytest.raises(DataError) as caught:
        series.read(path)
    assert str(caught.value) == (
        "x.csv:11: the months of IIP from here on, 2024-04 to 2024-06, stand on lines 5 to 7 already; write the year "
        "that they are of, or keep one of the two blocks"
    )


def test_two_months_given_twice_are_named_each(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    months = [f"2024-{m:02d}" for m in (1, 2, 3, 4, 5, 6, 2, 3)]
    path.write_text("Month,IIP\n" + "".join(f"{m},{90.5 + i}\n" for i, m in enumerate(months)))
    with pytest.raises(DataError) as caught:
        series.read(path)
    assert str(caught.value) == (
        "x.csv:8: month 2024-02 of IIP is 96.5, but 91.5 on line 3; keep one\n"
        "x.csv:9: month 2024-03 of IIP is 97.5, but 92.5 on line 4; keep one"
    )
