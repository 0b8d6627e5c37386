"""Columns set apart by spaces: titles, footnotes, short rows, and what stands below no column."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import series
from forecast.errors import DataError
from forecast.tables.cells import Sheet
from forecast.tables.opening import sheets

TABLE = """\
Year       Jan     Feb     Mar
2022     100.4   102.5    99.2
2023      97.6    96.3    93.7
2024     101.6   100.7    98.7
"""


def read(folder: Path, text: str) -> Sheet:
    path = folder / "x.txt"
    path.write_text(text, encoding="utf-8")
    (sheet,) = sheets(path)
    return sheet


@pytest.mark.parametrize(
    "title", ["Index (2015=100)", "Index, monthly; 2015=100", "    Index   of production"]
)
def test_titles_above_and_footnotes_below_are_lines_of_their_own(tmp_path: Path, title: str) -> None:
    sheet = read(tmp_path, f"{title}\n\n{TABLE}\nSource: office\n")
    assert sheet.rows[0] == (" ".join(title.split()), None, None, None)
    assert sheet.rows[2:4] == (("Year", "Jan", "Feb", "Mar"), ("2022", "100.4", "102.5", "99.2"))
    assert sheet.rows[-1] == ("Source: office", None, None, None)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("2025      98.5", ("2025", "98.5", None, None)),
        ("2025      98.5   100.1", ("2025", "98.5", "100.1", None)),
        ("2025              97.3   101.1", ("2025", None, "97.3", "101.1")),
    ],
)
def test_a_short_row_is_read_by_where_its_numbers_stand(
    tmp_path: Path, row: str, cells: tuple[str | None, ...]
) -> None:
    sheet = read(tmp_path, f"{TABLE}{row}\n")
    assert sheet.rows[-1] == cells
    assert "line 5 has fewer columns than others and was read by where its own stand" in sheet.notes


@pytest.mark.parametrize(
    "loose", ["2025  98.5     97.1\n", "2025  98.5  97.1\n", "2025   98.5 97.1   99.1\n"]
)
def test_a_row_below_no_column_is_refused_with_a_way_on(tmp_path: Path, loose: str) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, TABLE + loose)
    assert str(caught.value) == (
        "x.txt:5: has 3 columns set apart by spaces where most lines have 4, and does not stand below them; put each "
        "number below its heading, write .. where nothing is published, or save the table as CSV"
    )
    (tmp_path / "x.txt").write_text(TABLE + "2025  98.5  97.1  ..\n", encoding="utf-8")
    mended = series.read(tmp_path / "x.txt")
    assert (mended["2025-01"], mended["2025-02"]) == (98.5, 97.1)


def test_prose_and_other_separators_are_no_columns_of_spaces(tmp_path: Path) -> None:
    assert read(tmp_path, "month,  IIP\n2024-01,  98.1\n2024-02,  98.3\n").rows[1] == ("2024-01", "98.1")
    assert read(tmp_path, "One line.\nTwo  words.\nAnd more.\nThe end.\n").rows[1] == ("Two words.",)
