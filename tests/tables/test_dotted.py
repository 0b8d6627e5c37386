"""Months written as 01.2020 are months where a column or a row of headings proves it, and numbers elsewhere."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from forecast import series
from forecast.tables.cells import Sheet
from forecast.tables.dotted import with_months

MONTHS = [(y, m) for y in range(2020, 2023) for m in range(1, 13)]
VALUES = [round(90 + 1.7 * i, 1) for i in range(len(MONTHS))]


def _column(*cells: object) -> list[object]:
    sheet = Sheet("x.csv", "", tuple((c,) for c in cells), tuple(range(1, len(cells) + 1)))  # type: ignore[misc]
    return [row[0] for row in with_months(sheet).rows]


@pytest.mark.parametrize("zero", ["02", ""])
@pytest.mark.parametrize("comma", [True, False])
def test_months_down_beside_numbers(tmp_path: Path, zero: str, comma: bool) -> None:
    rows = [f"{m:{zero}}.{y};{v}" for (y, m), v in zip(MONTHS, VALUES, strict=True)]
    text = "\n".join(["Office", "Index, 2015=100", "Month;Total", *rows])
    path = tmp_path / "iip.csv"
    path.write_text(_comma(text) if comma else text, encoding="utf-8")
    y = series.read(path)
    assert y.to_list() == VALUES
    assert (str(y.index[0]), y.name) == ("2020-01", "Total")


def _comma(text: str) -> str:
    """Return the text with a decimal comma in its last column."""
    return "\n".join(
        ";".join([*line.split(";")[:-1], line.split(";")[-1].replace(".", ",")]) if ";" in line else line
        for line in text.split("\n")
    )


def test_months_across(tmp_path: Path) -> None:
    path = tmp_path / "iip.csv"
    heads = ";".join(f"{m:02d}.{y}" for y, m in MONTHS)
    lines = [f"Sector;{heads}", *(f"{n};{';'.join(map(str, VALUES))}" for n in ("Total", "Mining"))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert series.read(path, "Mining").to_list() == VALUES


def test_months_that_a_workbook_took_for_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Month", "Total"])
    for (y, m), v in zip(MONTHS, VALUES, strict=True):
        book.active.append([m + y / 10_000, v])
    book.save(tmp_path / "iip.xlsx")
    assert series.read(tmp_path / "iip.xlsx").to_list() == VALUES


@pytest.mark.parametrize(
    "cells",
    [
        ("1.1850", "1.1900", "1.2020"),
        ("10.2020", "10.1999", "11.2101"),
        ("01.2020", "02.2020", "98.5"),
        (1.202, 2.202, 3.202, 4.202),
        ("1.2020", "2.2020"),
    ],
)
def test_numbers_stay_numbers(cells: tuple[object, ...]) -> None:
    assert _column(*cells) == list(cells)


def test_one_after_the_other_is_proof() -> None:
    assert _column("11.2020", "12.2020", "1.2021") == ["2020-11", "2020-12", "2021-01"]
    assert _column("Month", "02.2021", "01.2020", "02.2021") == ["Month", "2021-02", "2020-01", "2021-02"]
