"""Figures in memory are read as those of a file are: what text means, what is empty, what is no number."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecast import figures
from forecast.errors import DataError

ROW = {"region": "r", "sector": "total", "period": "2024-04", "measure": "yoy_pct", "value": 5.0}


def table(**cells: object) -> pd.DataFrame:
    return pd.DataFrame([{**ROW, "published": "2024-05-30", **cells}])


def only(**cells: object) -> figures.Row:
    (row,) = figures.from_table(table(**cells)).rows()
    return row


@pytest.mark.parametrize(
    ("published", "day", "known"),
    [
        ("2024-05", "2024-05-31", False),
        (pd.Period("2024-05", "M"), "2024-05-31", False),
        ("03/05/2024", "2024-05-03", True),
        (20240503, "2024-05-03", True),
        (date(2024, 5, 3), "2024-05-03", True),
        (pd.Timestamp("2024-05-03 23:30", tz="Asia/Ho_Chi_Minh"), "2024-05-03", True),
        (pd.Timestamp("2024-05-03 15:00"), "2024-05-03", True),
    ],
)
def test_a_day_of_publication_is_that_of_a_file(published: object, day: str, known: bool) -> None:
    row = only(published=published)
    assert (row.published, row.published_day_known) == (pd.Timestamp(day), known)


def test_a_month_of_publication_is_not_seen_before_its_end() -> None:
    read = figures.from_table(table(published="2024-05"))
    with pytest.raises(DataError, match="no figure had been published by 2024-05-30"):
        read.as_of("2024-05-30")
    assert len(read.as_of("2024-05-31").table) == 1


def test_a_time_of_publication_is_seen_on_its_day() -> None:
    read = figures.from_table(table(published=pd.Timestamp("2024-05-03 15:00")))
    assert len(read.as_of("2024-05-03").table) == 1


@pytest.mark.parametrize(
    "period", ["T4/2024", "01/04/2024", 202404, date(2024, 4, 30), pd.Period("2024-04-30")]
)
def test_a_period_is_that_of_a_file(period: object) -> None:
    assert only(period=period).period == pd.Period("2024-04", "M")


def test_a_quarter_is_its_last_month_for_a_rate_of_quarters_alone() -> None:
    quarter = pd.Period("2024Q1")
    assert only(period=quarter, measure="qtr_yoy_pct").period == pd.Period("2024-03", "M")
    with pytest.raises(DataError, match='figures:1: period "2024Q1" is longer than a month'):
        figures.from_table(table(period=quarter))
    with pytest.raises(DataError, match="its rate is a qtr_yoy_pct of 2024-03, no yoy_pct"):
        figures.from_table(table(period="Q1/2024"))


def test_dates_that_may_be_read_either_way_are_told() -> None:
    told = "dates were read as day/month/year"
    assert told in figures.from_table(table(published="03/05/2024")).notes
    assert told in figures.from_table(table(period="01/04/2024")).notes
    assert figures.from_table(table(published="30/05/2024")).notes == ()


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"published": None}, "published is empty"),
        ({"published": pd.NaT}, "published is empty"),
        ({"period": None}, "period is empty"),
        ({"period": "total"}, 'period "total" is not a month'),
        ({"region": None}, "region is empty"),
        ({"sector": ""}, "sector is empty"),
        ({"value": "6,25"}, 'yoy_pct "6,25" is not a number; give it as one, 6.25 for 6.25 %'),
        ({"value": np.nan}, "yoy_pct nan is not a finite number"),
        ({"value": -100.0}, "yoy_pct -100 would mean output of nothing or less"),
        ({"measure": "index", "value": 0.0}, "index 0 is not positive"),
        ({"published": "2024-03-30"}, "published 2024-03-30, before 2024-04 had begun"),
        ({"measure": "qtr_yoy_pct"}, "period 2024-04 does not end a quarter"),
        ({"half_unit": 0.0}, "half_unit 0.0 is no size"),
        ({"half_unit": np.nan}, "half_unit nan is no size"),
    ],
)
def test_what_is_none_is_named_with_its_row(cells: dict[str, object], problem: str) -> None:
    with pytest.raises(DataError, match=f"^figures:1: {problem}"):
        figures.from_table(table(**cells))


def test_rows_of_one_label_stay_as_many() -> None:
    twice = pd.concat([table(), table(period="2024-03", value=4.0)])  # both are row 0
    read = figures.from_table(twice)
    assert read.table["value"].tolist() == [4.0, 5.0]
    assert read.table["line"].tolist() == [2, 1]


def test_a_day_asked_about_has_no_zone() -> None:
    assert figures.as_day(pd.Timestamp("2024-05-20 08:00", tz="Asia/Tokyo")) == pd.Timestamp("2024-05-20")
    with pytest.raises(DataError, match="date NaT is none"):
        figures.as_day(np.datetime64("NaT", "D"))


def test_a_source_or_line_that_is_not_known_is_none() -> None:
    read = figures.from_table(table(source=None, line=np.nan))
    assert read.table[["source", "line"]].to_numpy().tolist() == [["", 1]]
