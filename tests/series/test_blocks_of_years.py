"""Blocks of one year each, with months across and the year above them or in their corner, are one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from forecast import series
from forecast.errors import DataError

NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
TOTAL = [round(97.3 + (5 * i) % 13 + 0.1 * i, 1) for i in range(52)]
MINING = [round(203.0 - v, 1) for v in TOTAL]
Row = Sequence[object]
Head = Callable[[object], list[Row]]


def above(year: object) -> list[Row]:
    return [(year,), (None, *NAMES)]


def corner(year: object) -> list[Row]:
    return [(year, *NAMES)]


def put(folder: Path, kind: str, head: Head, years: Sequence[object], mining: str = "Mining") -> Path:
    rows: list[Row] = []
    for k, year in enumerate(years):
        part = slice(12 * k, 12 * k + 12)
        rows += [
            *head(year),
            ("Total industry", *TOTAL[part]),
            (mining if k == 2 else "Mining", *MINING[part]),
            (),
        ]
    path = folder / f"x.{kind}"
    wide = [[*row, *[None] * (13 - len(row))] for row in rows]
    if kind == "csv":
        text = "\n".join(";".join("" if v is None else str(v) for v in row) for row in wide)
        path.write_text(text + "\n", encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in wide:
            book.worksheets[0].append(row)
        book.save(path)
    return path


@pytest.mark.parametrize("head", [above, corner])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "years",
    [
        (2020, 2021, 2022, 2023, 2024),
        ("Year 2020", "Year 2021", "Year 2022", "Year 2023", "Year 2024"),
    ],
    ids=["figures", "words"],
)
def test_a_year_above_or_in_the_corner_is_that_of_its_block(
    tmp_path: Path, years: Sequence[object], kind: str, head: Head
) -> None:
    panel = series.read_panel(put(tmp_path, kind, head, years))
    assert list(panel) == ["Total industry", "Mining"]
    assert (str(panel.index[0]), str(panel.index[-1])) == ("2020-01", "2024-04")
    np.testing.assert_allclose(panel.to_numpy().T, [TOTAL, MINING])


def test_a_last_year_that_is_provisional_goes_on_with_the_others(tmp_path: Path) -> None:
    years = ("Year 2020", "Year 2021", "Year 2022", "Year 2023", "2024 provisional")
    assert list(series.read_panel(put(tmp_path, "csv", above, years)).count()) == [52, 52]


@pytest.mark.parametrize("last", ["2024 forecast", "2024 (dự báo)"])
def test_a_last_year_of_forecasts_is_left_out(tmp_path: Path, last: str) -> None:
    panel = series.read_panel(
        put(tmp_path, "csv", above, ("Year 2020", "Year 2021", "Year 2022", "Year 2023", last))
    )
    assert str(panel.index[-1]) == "2023-12"
    assert "8 forecasts" in panel.attrs["account"]


def test_a_row_of_a_block_without_its_label_is_refused(tmp_path: Path) -> None:
    years = ("Year 2020", "Year 2021", "Year 2022", "Year 2023", "Year 2024")
    with pytest.raises(DataError, match='in a row without a label, and "Mining" has nothing in 2022-01'):
        series.read_panel(put(tmp_path, "csv", above, years, mining=""))


@pytest.mark.parametrize("head", ["{year}\n;{months}", "{year};{months}", "{year}\nIndex;{months}"])
@pytest.mark.parametrize("newest", [1, 2, 3])
@pytest.mark.parametrize("names", [["Mining"], ["Mining", "Water"]])
def test_a_newest_block_of_the_first_months_is_of_its_year(
    tmp_path: Path, head: str, newest: int, names: list[str]
) -> None:
    rows = ["Industrial production", ""]
    for year in (2021, 2022, 2023):
        of = slice(12 * (year - 2021), 12 * (year - 2021) + (newest if year == 2023 else 12))
        rows.append(head.format(year=year, months=";".join(NAMES[: of.stop - of.start])))
        rows += [f"{name};" + ";".join(map(str, TOTAL[of])) for name in names]
        rows.append("")
    path = tmp_path / "x.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    panel = series.read_panel(path)
    assert list(panel) == names
    np.testing.assert_allclose(panel["Mining"], TOTAL[: 24 + newest])
    assert str(panel.index[-1]) == f"2023-{newest:02d}"
