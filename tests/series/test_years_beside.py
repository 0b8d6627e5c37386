"""Tables of years, quarters or weights to the right of months are other tables: no series, and told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from forecast import series

NAMES = ("January", "February", "March", "April", "May", "June")
YEARS = (("2022", "99.2"), ("2023", "94.6"), ("2024", "101.3"))
HALVES = [(year, m) for year in (2022, 2023, 2024) for m in range(1, 7)]
VALUES = [f"{100.5 + 0.7 * i:.1f}" for i in range(len(HALVES))]


def _rows(kind: str) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the rows of months, written in one of several ways."""
    dated = list(zip(HALVES, VALUES, strict=True))
    if kind == "once":
        rows = [[str(y) if m == 1 else "", NAMES[m - 1], v] for (y, m), v in dated]
        return ["Year", "Month", "IIP"], rows
    if kind == "lines":
        rows = [row for (y, m), v in dated for row in ([[str(y), ""]] * (m == 1) + [[NAMES[m - 1], v]])]
        return ["Month", "IIP"], rows
    shape = {"iso": "{0}-{1:02d}", "slash": "{1:02d}/{0}", "days": "{0}-{1:02d}-01"}[kind]
    return ["Month", "IIP"], [[shape.format(y, m), v] for (y, m), v in dated]


def _beside(kind: str, head: list[str], years: tuple[tuple[str, str], ...]) -> list[list[str]]:
    headings, rows = _rows(kind)
    aside = [*years, *[("", "")] * len(rows)]
    return [[*headings, "", *head], *([*row, "", *of] for row, of in zip(rows, aside, strict=False))]


def _text(tmp_path: Path, rows: list[list[str]]) -> Path:
    path = tmp_path / "iip.csv"
    path.write_text("\n".join(map(";".join, rows)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["once", "lines", "iso", "slash", "days"])
@pytest.mark.parametrize("head", [["Year", "Average"], ["", "Average"]])
@pytest.mark.parametrize("years", [YEARS, YEARS[::-1]])
def test_years_beside_months_are_another_table(
    tmp_path: Path, kind: str, head: list[str], years: tuple[tuple[str, str], ...]
) -> None:
    got = series.read_panel(_text(tmp_path, _beside(kind, head, years)))
    assert list(got.columns) == ["IIP"]
    assert [f"{v:.1f}" for v in got["IIP"].dropna()] == VALUES
    assert str(got.index[0]) == "2022-01"
    assert str(got.index[-1]) == "2024-06"
    assert any(
        f'number of another table "{" ".join(filter(None, head))}": 6 numbers left out' in text
        for text in got.attrs["left_out"]
    )


def test_years_beside_months_may_have_the_names_of_the_series(tmp_path: Path) -> None:
    """In a workbook, with a title, in the middle of the rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Index of industrial production"])
    for i, row in enumerate([["Month", "IIP"], *([f"{y}-{m:02d}", float(v)] for (y, m), v in
                                                  zip(HALVES, VALUES, strict=True))]):  # fmt: skip
        aside = [[2022, 99.2], [2023, 94.6]][i - 4] if i in (4, 5) else ["Year", "IIP"] if i == 0 else []
        sheet.append([*row, None, *aside])
    book.save(path := tmp_path / "iip.xlsx")
    got = series.read(path)
    assert got.name == "IIP"
    assert len(got.dropna()) == len(VALUES)
    assert got.attrs["left_out"] == ('number of another table "Year IIP": 4 numbers left out (iip.xlsx:D6)',)


def test_years_of_the_months_themselves_stay_theirs(tmp_path: Path) -> None:
    rows = [["Month", "", "Year", "IIP"]]
    rows += [
        [NAMES[m - 1], "", str(y) if m == 1 else "", v] for (y, m), v in zip(HALVES, VALUES, strict=True)
    ]
    got = series.read(_text(tmp_path, rows))
    assert [f"{v:.1f}" for v in got.dropna()] == VALUES
    assert str(got.index[-1]) == "2024-06"


QUARTERS = {
    "Q{} {}": ["1", "2", "3", "4"],
    "T{} {}": ["1", "2", "3", "4"],
    "Quý {}/{}": ["I", "II", "III", "IV"],
    "{}. Quartal {}": ["1", "2", "3", "4"],
    "H{} {}": ["1", "2"],
}


@pytest.mark.parametrize("form", QUARTERS)
@pytest.mark.parametrize("gap", [[], [""]], ids=["close", "parted"])
@pytest.mark.parametrize("heading", [["Period", "Average"], ["Quarter", "IIP"], ["", "Average"]])
def test_quarters_and_halves_beside_months_are_another_table(
    tmp_path: Path, form: str, gap: list[str], heading: list[str]
) -> None:
    counts = QUARTERS[form]
    aside = [[form.format(n, year), "98.5"] for year in (2022, 2023) for n in counts]
    head, rows = _rows("iso")
    aside += [["", ""]] * (len(rows) - len(aside))
    got = series.read_panel(
        _text(
            tmp_path, [[*head, *gap, *heading], *([*r, *gap, *a] for r, a in zip(rows, aside, strict=True))]
        )
    )
    assert list(got.columns) == ["IIP"]
    assert [f"{v:.1f}" for v in got["IIP"].dropna()] == VALUES
    assert any("number of another table" in text for text in got.attrs["left_out"])


@pytest.mark.parametrize("heading", [["Sector", "Weight"], ["", "Quyền số"], ["Branche", "Gewicht"]])
@pytest.mark.parametrize("across", [True, False], ids=["across", "down"])
def test_weights_beside_months_are_another_table(tmp_path: Path, heading: list[str], across: bool) -> None:
    weights = [["Mining", "12.5"], ["Water", "87.5"]]
    if across:
        years = [
            [y, *(v for (of, _), v in zip(HALVES, VALUES, strict=True) if str(of) == y)] for y, _ in YEARS
        ]
        head, rows = ["Year", *NAMES], years
    else:
        head, rows = _rows("iso")
    aside = [*weights, *[["", ""]] * (len(rows) - 2)]
    got = series.read_panel(
        _text(tmp_path, [[*head, "", *heading], *([*r, "", *a] for r, a in zip(rows, aside, strict=True))])
    )
    assert len(got.columns) == 1
    assert [f"{v:.1f}" for v in got.iloc[:, 0].dropna()] == VALUES
    assert any("number of another table" in text and heading[1] in text for text in got.attrs["left_out"])


def test_quarters_of_the_months_themselves_take_no_series_out(tmp_path: Path) -> None:
    head, rows = _rows("iso")
    quarters = [[f"Q{(m + 2) // 3} {y}", "7.5"] for y, m in HALVES]
    got = series.read_panel(
        _text(
            tmp_path, [[*head, "Quarter", "Jobs"], *([*r, *q] for r, q in zip(rows, quarters, strict=True))]
        )
    )
    assert list(got.columns) == ["IIP", "Jobs"]
