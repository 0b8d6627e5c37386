"""Years written once, in the row of January: totals of parts of a year between them, and heads that come again."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import series
from forecast.errors import DataError
from tests.series.test_reading import written

NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
         "November", "December")  # fmt: skip
HEAD = "Year;Month;IIP"
LEVELS = [round(100 + 0.7 * i + i % 5 / 10, 1) for i in range(30)]
ROWS = [f"{2022 + i // 12 if i % 12 == 0 else ''};{NAMES[i % 12]};{v}" for i, v in enumerate(LEVELS)]
LINES = [
    row
    for i, v in enumerate(LEVELS)
    for row in ([f"{2022 + i // 12};"] * (i % 12 == 0) + [f"{NAMES[i % 12]};{v}"])
]


def _read(tmp_path: Path, *rows: str) -> tuple[list[float], str, tuple[str, ...]]:
    """Return the values, the last month, and what was left out."""
    level = series.read(written(tmp_path, "\n".join(rows) + "\n"))
    return level.tolist(), str(level.index[-1]), level.attrs["left_out"]


@pytest.mark.parametrize(
    ("total", "at", "reason"),
    [
        ("H1 2024", 30, "half-yearly value"),
        ("H1 2022", 6, "half-yearly value"),
        ("Q3 2023", 21, "quarterly value"),
        ("Jan-Oct 2023", 22, "value of the year to date"),
        ("H1", 6, "half-yearly value"),
    ],
)
def test_total_of_a_part_of_a_year_stands_among_the_years(
    tmp_path: Path, total: str, at: int, reason: str
) -> None:
    values, last, left_out = _read(tmp_path, HEAD, *ROWS[:at], f"{total};;101.3", *ROWS[at:])
    assert (values, last) == (LEVELS, "2024-06")
    assert len(left_out) == 1
    assert left_out[0].startswith(f'{reason} "{total}": 1 number left out')


@pytest.mark.parametrize("between", [[], [""], ["", "", "IIP, 2020=100"], ["", "IIP, 2020=100 (continued)"]])
@pytest.mark.parametrize("at", [5, 18, 28])
def test_year_goes_on_below_a_head_that_comes_again(tmp_path: Path, between: list[str], at: int) -> None:
    title = "IIP, 2020=100"
    assert _read(tmp_path, title, HEAD, *ROWS[:at], *between, HEAD, *ROWS[at:])[:2] == (LEVELS, "2024-06")
    head = "Month;IIP"
    read = _read(tmp_path, title, head, *LINES[: at + 1], *between, head, *LINES[at + 1 :])
    assert read[:2] == (LEVELS, "2024-06")


def test_months_without_a_year_below_another_title_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match='the months of "Month" have no year'):
        _read(tmp_path, HEAD, *ROWS[:26], "", "IIP, South", HEAD, *ROWS[26:])
