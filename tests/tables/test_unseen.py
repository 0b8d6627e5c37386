"""Characters that show nothing are no part of a cell, in a file of any kind."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from forecast import series
from forecast.errors import DataError
from forecast.tables.opening.values import text

UNSEEN = "\u200b\u200e\u200f\u061c\u202a\u202c\u2060\u2062\u2066\u2069\u034f\ufe0f\U000e0020\u180e\ufeff"
BLANK = "\u3164\u2800\uffa0"


@pytest.mark.parametrize("sign", [*UNSEEN, *BLANK])
def test_a_number_is_read_without_what_does_not_show(tmp_path: Path, sign: str) -> None:
    assert text(f"{sign}\u22129.6{sign}") == "-9.6"
    months = [(f"2023-{m:02d}", f"{sign}{100 + m}.5{sign}") for m in range(1, 13)]
    plain, page, book = (tmp_path / f"x.{kind}" for kind in ("csv", "html", "xlsx"))
    plain.write_text("month,IIP\n" + "".join(f"{m},{v}\n" for m, v in months), encoding="utf-8")
    rows = "".join(f"<tr><td>{m}<td>{v}" for m, v in months)
    page.write_text(f"<meta charset=utf-8><table><tr><th>Month<th>IIP{rows}</table>", encoding="utf-8")
    workbook = openpyxl.Workbook()
    for row in [("month", "IIP"), *months]:
        workbook.active.append(row)
    workbook.save(book)
    for path in (plain, page, book):
        assert series.read(path).to_list() == [100.5 + m for m in range(1, 13)]


def test_accents_written_apart_are_seen() -> None:
    assert text("Thang\u0301 1\u20e3") == "Thang\u0301 1\u20e3"


@pytest.mark.parametrize("sign", "\u202d\u202e")
def test_a_sign_that_turns_digits_round_is_refused_at_its_cell(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "x.csv"
    rows = "".join(f"2023-{m:02d},{100 + m}.5\n" for m in range(1, 12))
    path.write_text(f"month,IIP\n{rows}2023-12,{sign}5.48\u202c\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        series.read(path)
    told = (
        'x.csv:13: IIP "5.48" holds a sign that turns its digits round; write the number anew as it is shown'
    )
    assert str(caught.value) == told
    assert text(f"{sign}Mining\u202c") == "Mining"
