"""Numbers under no heading, in no labelled row and in no table are refused where a series lacks their month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError
from tests.series.test_interrupted import IIP, MINING, MONTHS, Row, put

HEAD = ("month", "IIP")
DOWN = [(str(m), v) for m, v in zip(MONTHS, IIP, strict=True)]
LAST = IIP[-1]


def refused(folder: Path, rows: Sequence[Row], place: str, where: str, name: str = "IIP") -> None:
    with pytest.raises(DataError) as error:
        series.read_panel(put(folder, rows, "xlsx"))
    said = f'{place}: {error.value.problems[0].split()[1]} stands {where}, and "{name}" has nothing in'
    assert error.value.problems[0].startswith(said), error.value.problems[0]


def test_the_newest_value_a_column_to_the_right(tmp_path: Path) -> None:
    newest = [(m, None, v) for m, v in DOWN[-3:]]
    refused(tmp_path, [HEAD, *DOWN[:-1], newest[-1]], "x.xlsx:C49", "under no heading")
    refused(tmp_path, [HEAD, *DOWN[:-3], *newest], "x.xlsx:C47", "under no heading")
    three = [(m, v, w) for (m, v), w in zip(DOWN, MINING, strict=True)]
    shifted = (DOWN[-1][0], None, LAST, MINING[-1])
    refused(tmp_path, [(*HEAD, "Mining"), *three[:-1], shifted], "x.xlsx:D49", "under no heading")


@pytest.mark.parametrize("value", ["112.7", 112.7])
def test_the_newest_value_under_notes(tmp_path: Path, value: object) -> None:
    rows = [(*HEAD, "Notes"), *DOWN[:-1], (DOWN[-1][0], None, value)]
    refused(tmp_path, rows, "x.xlsx:C49", 'under "Notes"')


def test_the_newest_month_and_value_beside_and_above(tmp_path: Path) -> None:
    december = datetime(2024, 12, 1)
    beside = [HEAD, *DOWN[:5], (*DOWN[5], None, december, 112.7), *DOWN[6:-1]]
    refused(tmp_path, beside, "x.xlsx:E7", "under no heading")
    refused(tmp_path, [(december, 112.7), (), HEAD, *DOWN[:-1]], "x.xlsx:B1", "outside the table")


def test_the_newest_value_in_a_row_without_a_label(tmp_path: Path) -> None:
    across = [("Sector", *(m for m, _ in DOWN)), ("IIP", *IIP[:-1]), ("Mining", *MINING)]
    refused(tmp_path, [*across, (*[None] * 48, LAST)], "x.xlsx:AW4", "in a row without a label")


def test_its_remedies_are_read(tmp_path: Path) -> None:
    row = (DOWN[-1][0], None, 112.7)
    for heading in ("Sum", "Prices"):
        read = series.read_panel(put(tmp_path, [(*HEAD, heading), *DOWN[:-1], row], "xlsx"))
        assert read[heading].dropna().to_list() == [112.7]
    worded = [(*HEAD, "Notes"), *DOWN[:-1], (row[0], None, "112.7 expected")]
    assert list(series.read_panel(put(tmp_path, worded, "xlsx"))) == ["IIP"]


def test_honest_numbers_beside_a_table_are_told(tmp_path: Path) -> None:
    sums = [HEAD, *DOWN[:20], *((*row, 3.3) for row in DOWN[20:32]), *DOWN[32:]]
    read = series.read(put(tmp_path, sums, "xlsx"))
    assert read.to_list() == pytest.approx(IIP)
    assert read.attrs["account"].endswith("12 numbers without a heading")
    footnote = [HEAD, *DOWN[:30], (DOWN[30][0], None, 2), *DOWN[31:]]
    assert series.read(put(tmp_path, footnote, "xlsx")).isna().sum() == 1
    whole = [HEAD, *((m, None if m == "2024-12" else v, w) for (m, v), w in zip(DOWN, MINING, strict=True))]
    assert series.read(put(tmp_path, whole, "xlsx"), "IIP").index[-1] == MONTHS[-2]
    printed = [(datetime(2024, 12, 10), 543), (), HEAD, *DOWN[:-1]]
    assert series.read(put(tmp_path, printed, "xlsx")).index[-1] == MONTHS[-2]


def test_later_months_are_not_looked_at(tmp_path: Path) -> None:
    path = put(tmp_path, [HEAD, *DOWN[:-1], (DOWN[-1][0], None, LAST)], "xlsx")
    assert series.read(path, until=pd.Period("2024-11", "M")).to_list() == pytest.approx(IIP[:-1])
