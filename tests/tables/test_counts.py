"""Counts of time since a day are months only where the column proves it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from forecast.tables.axis import axis

MONTHS = [(y, m) for y in range(1999, 2003) for m in range(1, 13)]


def _seconds(year: int, month: int, hours: int = 0) -> int:
    return int((datetime(year, month, 1, tzinfo=UTC) + timedelta(hours=hours)).timestamp())


@pytest.mark.parametrize("unit", [1, 1000])
@pytest.mark.parametrize("hours", [0, -7, -1, 5])
@pytest.mark.parametrize("typed", [str, float])
def test_midnights_of_firsts_are_months(unit: int, hours: int, typed: type) -> None:
    read = axis([typed(_seconds(y, m, hours) * unit) for y, m in MONTHS])
    assert [(m.year, m.month) for m in read.moments if m is not None] == MONTHS
    assert not read.problems


def test_midnights_of_last_days_are_their_months() -> None:
    read = axis([str(_seconds(y, m, -24) * 1000) for y, m in MONTHS[1:]])
    assert [(m.year, m.month) for m in read.moments if m is not None] == MONTHS[:-1]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["1577923200000", "1580601600000", "1583107200000"], '"1577923200000" seems to be milliseconds'),
        (["1577836800000", "1577923200000", "1578009600000"], r"2020-01-01 00:00 UTC"),
        (["1577923200", "1580601600", "1583107200"], '"1577923200" seems to be seconds'),
        ([str(_seconds(2020, m, -12)) for m in (1, 2, 3)], "2019-12-31 12:00 UTC"),
        (["1580515199999", "1583020799999", "1585699199999"], "2020-01-31 23:59 UTC"),
    ],
)
def test_a_count_that_is_not_proven_is_told(values: list[str], said: str) -> None:
    (problem,) = axis(list(values)).problems
    assert problem[0] == 0
    assert said in problem[1]


@pytest.mark.parametrize("values", [["43832", "43833", "43834"], ["9999999", "9999998", "9999997"]])
def test_other_large_numbers_are_no_time(values: list[str]) -> None:
    assert not any(axis(list(values)).moments)


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (date(2021, 1, 1), "day numbers of a spreadsheet were read as dates, 44197 as 2021-01-01"),
        (
            date(2021, 1, 31),
            "day numbers of a spreadsheet were read as dates, 44227 as 2021-01-31 "
            "(2025-02 where counted from 1904, 2081-02 from 1960, as by SAS)",
        ),
    ],
    ids=["firsts", "lasts"],
)
def test_day_numbers_are_told_with_a_date_and_with_other_starts_where_they_end_months(
    first: date, said: str
) -> None:
    months = pd.period_range("2021-01", periods=5, freq="M")
    days = [(m.start_time if first.day == 1 else m.end_time).date() for m in months]
    read = axis([str((day - date(1899, 12, 30)).days) for day in days])
    assert read.notes == (said,)
    ends = [str((m.start_time.date() - date(1960, 1, 1)).days) for m in months]
    assert "2021-01 from 1960" in axis(ends).notes[0]


@pytest.mark.parametrize("shown", ["{:.2f}", "{:.3f}", "{:.4f}", "{!r}", "{:.7g}"])
@pytest.mark.parametrize("comma", [".", ","])
def test_twelfths_of_a_year_are_months(shown: str, comma: str) -> None:
    read = axis([shown.format(y + (m - 1) / 12).replace(".", comma) for y, m in MONTHS])
    assert [(m.year, m.month) for m in read.moments if m is not None] == MONTHS
    assert not read.problems
    assert read.notes[0].startswith("decimal years were read as dates, 1999")


def test_twelfths_may_begin_with_the_newest() -> None:
    read = axis([f"{y + (m - 1) / 12:.3f}" for y, m in reversed(MONTHS)])
    assert [(m.year, m.month) for m in read.moments if m is not None] == MONTHS[::-1]


@pytest.mark.parametrize(
    "values",
    [
        [f"{y}.{m:02d}" for y, m in MONTHS],
        [f"{y + q / 4}" for y in range(2015, 2020) for q in range(4)],
        ["2021.08", "2021.09", "2021.1", "2021.11"],
        ["2021", "2022", "2023"],
        ["2021.042", "2021.125", "2021.208"],
    ],
    ids=["months after a point", "quarters", "October without its zero", "years", "middles of months"],
)
def test_other_numbers_after_a_year_are_no_twelfths(values: list[str]) -> None:
    assert not any("decimal years" in note for note in axis(values).notes)
