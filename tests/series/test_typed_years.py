"""A year typed for a month is refused; the total of a year that is not over is left out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError
from tests.series.test_interrupted import IIP, MONTHS, put

HEAD = ("month", "IIP")
DOWN = [(str(m), v) for m, v in zip(MONTHS, IIP, strict=True)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_year_in_the_place_of_a_month_is_refused(tmp_path: Path, kind: str) -> None:
    for missing in (46, 47):
        rows = [HEAD, *DOWN[:missing], (2024, 112.7), *DOWN[missing + 1 :]]
        place = f"x.csv:{missing + 2}" if kind == "csv" else f"x.xlsx:A{missing + 2}"
        said = f'{place}: "2024" stands where {MONTHS[missing]} is expected'
        for given in (rows, [HEAD, *rows[:0:-1]]):
            with pytest.raises(DataError) as refused:
                series.read(put(tmp_path, given, kind))
            if given is rows:
                assert str(refused.value).startswith(said)


def test_totals_are_left_out(tmp_path: Path) -> None:
    year = IIP[36:47]
    for value in (round(sum(year) / 11, 1), round(sum(year), 1)):
        y = series.read(put(tmp_path, [HEAD, *DOWN[:-1], (2024, value)], "xlsx"))
        assert (y.index[-1], y.attrs["account"]) == (
            MONTHS[-2],
            "48 numbers: 47 values of 1 series, 1 annual total",
        )
    for label in ("2024 total", "2024 average"):
        assert series.read(put(tmp_path, [HEAD, *DOWN[:-1], (label, 112.7)], "xlsx")).index[-1] == MONTHS[-2]
    whole = [HEAD, *(row for k in range(4) for row in (*DOWN[12 * k : 12 * k + 12], (2021 + k, 130.0)))]
    assert series.read(put(tmp_path, whole, "xlsx")).to_list() == pytest.approx(IIP)


def test_later_months_are_not_looked_at(tmp_path: Path) -> None:
    path = put(tmp_path, [HEAD, *DOWN[:-1], (2024, 112.7)], "xlsx")
    assert series.read(path, until=pd.Period("2024-11", "M")).index[-1] == MONTHS[-2]
