"""What is refused says a way on that works: the remedy, followed, gives the series."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from forecast import series
from forecast.errors import DataError

LEVELS = [100.5 + i for i in range(24)]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
MONTHS = [f"{2022 + i // 12}-{i % 12 + 1:02d}" for i in range(24)]


def _file(folder: Path, text: str, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _refused(path: Path) -> str:
    with pytest.raises(DataError) as error:
        series.read(path)
    return str(error.value)


@pytest.mark.parametrize("each", [True, False])
def test_roman_numerals_under_a_heading_of_months(tmp_path: Path, each: bool) -> None:
    rows = (
        f"{2022 + i // 12 if each or i % 12 == 0 else ''};{ROMAN[i % 12]};{v}" for i, v in enumerate(LEVELS)
    )
    y = series.read(_file(tmp_path, "\n".join(["Rok;Miesiąc;IIP", *rows]) + "\n"))
    assert (str(y.index[0]), y.to_list()) == ("2022-01", LEVELS)
    parts = (f"{2022 + i // 4};{ROMAN[i % 4]};{v}" for i, v in enumerate(LEVELS))
    with pytest.raises(DataError):
        series.read(_file(tmp_path, "\n".join(["Rok;Kwartał;IIP", *parts]) + "\n"))


def test_years_above_their_months_need_one_heading(tmp_path: Path) -> None:
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    lines = [f"  {names[i % 12]},{v}" for i, v in enumerate(LEVELS)]
    text = "\n".join(["2022,", *lines[:12], "2023,", *lines[12:]])
    assert "x.csv:2: begins with data, without headings; put a line such as month,IIP above it" in _refused(
        _file(tmp_path, f"Index of production\n{text}\n")
    )
    y = series.read(_file(tmp_path, f"Index of production\nmonth,IIP\n{text}\n"))
    assert (str(y.index[0]), y.to_list()) == ("2022-01", LEVELS)


@pytest.mark.parametrize("unit", ["M", "k", "mn", "million"])
def test_a_unit_behind_every_number(tmp_path: Path, unit: str) -> None:
    rows = "\n".join(f"{m},{v} {unit}" for m, v in zip(MONTHS, LEVELS, strict=True))
    said = _refused(_file(tmp_path, f"Month,Output\n{rows}\n"))
    assert said == (
        f'x.csv:2: "100.5 {unit}" has a unit behind it; write the number alone, all of its column in one unit, and '
        "that in the heading"
    )
    y = series.read(_file(tmp_path, f"Month,Output ({unit})\n{rows}\n".replace(f" {unit}\n", "\n")))
    assert y.to_list() == LEVELS


def test_records_within_records_are_shown_what_is_read(tmp_path: Path) -> None:
    records = [{"month": m, "IIP": v} for m, v in zip(MONTHS, LEVELS, strict=True)]
    said = _refused(
        _file(tmp_path, json.dumps({"series": [{"name": "IIP", "observations": records}]}), "x.json")
    )
    assert said == (
        'x.json:2: "observations" holds a list or a record; write a record for each month, such as '
        '[{"month": "2024-04", "IIP": 101.5}], or save the table as CSV'
    )
    assert series.read(_file(tmp_path, json.dumps(records), "x.json")).to_list() == LEVELS


@pytest.mark.parametrize(
    ("first", "place", "where"),
    [
        (["Month", "IIP", "Mining", None, "Latest", 104.2], "F1", "in"),
        ([None, None, None, 2024], "D1", "above"),
        (["Weight", 100.0, 23.5], "B1", "above"),
    ],
)
def test_a_number_in_or_above_the_row_of_headings_is_named(
    tmp_path: Path, first: list[object], place: str, where: str
) -> None:
    book, rows = Workbook(), [[f"2024-{m:02d}", 100.5 + m, 98.5 - m] for m in range(1, 7)]
    for row in ([first] if where == "in" else [first, ["Month", "IIP", "Mining"]]) + rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(
        DataError, match=rf"a\.xlsx:{place}: a number stands {where} the row of headings; move it"
    ):
        series.read_panel(tmp_path / "a.xlsx")
    if where == "above":
        book.active.delete_rows(1)
    else:
        book.active[place] = None
    book.save(tmp_path / "a.xlsx")
    assert series.read_panel(tmp_path / "a.xlsx").shape == (6, 2)
