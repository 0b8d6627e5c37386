"""Any index that names months is the same series; what names none is refused in plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from forecast import adjust, calendar, series
from forecast.errors import DataError
from forecast.estimate import LevelData
from forecast.nowcast import Indicator, Panel
from forecast.series import laid_out, level_of, monthly, monthly_table, months_of, rows_of, undated

MONTHS = pd.period_range("2019-11", periods=30, freq="M")
LEVEL = pd.Series(100.0 + np.arange(30) ** 1.5, index=MONTHS, name="iip")
STARTS = MONTHS.to_timestamp()

SPELLINGS: dict[str, Callable[[], pd.Index]] = {
    "periods": lambda: MONTHS,
    "starts": lambda: STARTS,
    "middles": lambda: STARTS + pd.Timedelta(days=14),
    "ends": lambda: MONTHS.end_time.normalize(),
    "last instants": lambda: MONTHS.end_time,
    "starts in Hanoi": lambda: STARTS.tz_localize("Asia/Ho_Chi_Minh"),
    "starts in Hanoi, told in UTC": lambda: STARTS.tz_localize("Asia/Ho_Chi_Minh").tz_convert("UTC"),
    "starts in New York, told in UTC": lambda: STARTS.tz_localize("America/New_York").tz_convert("UTC"),
    "ends in Paris, told in UTC": lambda: (
        MONTHS.end_time.normalize().tz_localize("Europe/Paris").tz_convert("UTC")
    ),
    "last seconds in Berlin, told in UTC": lambda: (
        MONTHS.end_time.floor("s").tz_localize("Europe/Berlin").tz_convert("UTC")
    ),
    "last seconds in New York, told in Tokyo": lambda: (
        MONTHS.end_time.floor("s").tz_localize("America/New_York").tz_convert("Asia/Tokyo")
    ),
    "ends in New York, told in Tokyo": lambda: (
        MONTHS.end_time.normalize().tz_localize("America/New_York").tz_convert("Asia/Tokyo")
    ),
    "noons of middles in Hanoi": lambda: (STARTS + pd.Timedelta(days=14, hours=12)).tz_localize(
        "Asia/Ho_Chi_Minh"
    ),
    "last instants in Paris": lambda: MONTHS.end_time.tz_localize("Europe/Paris"),
    "days as periods": lambda: STARTS.to_period("D"),
    "dates": lambda: pd.Index(STARTS.date),
    "ISO text": lambda: pd.Index([str(month) for month in MONTHS]),
    "Vietnamese text": lambda: pd.Index([f"T{month.month}/{month.year}" for month in MONTHS]),
    "English text": lambda: pd.Index(MONTHS.strftime("%b %Y")),
    "American text": lambda: pd.Index([f"{month.month}/1/{month.year}" for month in MONTHS]),
    "numbers": lambda: pd.Index([100 * month.year + month.month for month in MONTHS]),
    "mixed": lambda: pd.Index([*MONTHS[:10], *STARTS[10:20], *map(str, MONTHS[20:])]),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_the_months_is_the_same_series(spelling: str) -> None:
    given_as = LEVEL.set_axis(SPELLINGS[spelling]())
    pd.testing.assert_series_equal(monthly(given_as), LEVEL, check_names=False)
    assert months_of(given_as.index).equals(MONTHS)
    assert not undated(given_as)


@given(order=st.permutations(range(30)), kept=st.integers(4, 30))
def test_order_does_not_matter_and_skipped_months_are_gaps(order: list[int], kept: int) -> None:
    rows = order[:kept]
    if (np.median(np.diff(sorted(rows)))) > 1:
        return  # that is a coarse series
    found = monthly(LEVEL.iloc[rows])
    assert found.index.equals(MONTHS[min(rows) : max(rows) + 1])
    there = np.isin(np.arange(min(rows), max(rows) + 1), rows)
    assert_array_equal(found.notna(), there)
    assert_array_equal(found[there], LEVEL.iloc[sorted(rows)])


def test_a_series_in_order_is_handed_on_as_it_is() -> None:
    assert monthly(LEVEL) is LEVEL
    table = LEVEL.to_frame()
    assert monthly_table(table) is table


def test_whole_numbers_and_nullable_values_become_floats() -> None:
    whole = pd.Series([3, 5, 8], index=MONTHS[:3])
    assert monthly(whole).to_list() == [3.0, 5.0, 8.0]
    holes = monthly(pd.Series([3, None, 8], index=MONTHS[:3], dtype="Int64"))
    assert holes.dtype == np.float64
    assert holes.isna().to_list() == [False, True, False]
    assert monthly(pd.Series(["3.5", "5"], index=MONTHS[:2])).to_list() == [3.5, 5.0]


REFUSED = {
    "iip: 2020-03 more than once; keep one value a month": lambda: pd.concat([LEVEL, LEVEL.iloc[4:5]]),
    "comes every 3 months; a monthly series is needed": lambda: LEVEL.iloc[::3],
    'frequency "Q-DEC" (2019Q4, 2020Q1, 2020Q2, 2020Q3 …); a monthly series is needed': lambda: (
        LEVEL.set_axis(pd.period_range("2019-10", periods=30, freq="Q"))
    ),
    "30 rows for 1 months; expected one each (average daily data by month)": lambda: LEVEL.set_axis(
        pd.date_range("2024-01-01", periods=30)
    ),
    "the index holds numbers (0, 1, 2, 3 …), not months": lambda: LEVEL.reset_index(drop=True),
    'row 3 of the index: "total" is not a month': lambda: LEVEL.set_axis(
        [*map(str, MONTHS[:2]), "total", *map(str, MONTHS[3:])]
    ),
    'row 1 of the index: "2020-Q1" is a quarter where a month is expected': lambda: LEVEL.iloc[:1].set_axis(
        ["2020-Q1"]
    ),
    "row 2 has no date; delete it or date it": lambda: LEVEL.set_axis(
        pd.DatetimeIndex([STARTS[0], pd.NaT, *STARTS[2:]])
    ),
    "row 2 has no month; delete it or date it": lambda: LEVEL.set_axis(
        pd.PeriodIndex([MONTHS[0], pd.NaT, *MONTHS[2:]])
    ),
    "may be a time of day or the midnight of another zone, in 2019-11 or 2019-10; convert the index": lambda: (
        LEVEL.set_axis(STARTS.tz_localize("Asia/Ho_Chi_Minh").tz_convert("America/New_York"))
    ),
    "2019-11-30 11:00:00+00:00 may be a time of day or": lambda: LEVEL.set_axis(
        pd.DatetimeIndex(MONTHS.end_time.normalize() + pd.Timedelta(hours=11), tz="UTC")
    ),
    "the index has 2 levels; keep one, of months": lambda: LEVEL.set_axis(
        pd.MultiIndex.from_product([range(3), range(10)])
    ),
    'iip: "101,5" in 2019-12 is not a number': lambda: LEVEL.astype(object).where(
        LEVEL.index != MONTHS[1], "101,5"
    ),
    "iip: holds no month": lambda: LEVEL.iloc[:0],
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_not_monthly_is_refused_in_plain_words(words: str) -> None:
    with pytest.raises(DataError) as told:
        monthly(REFUSED[words]())
    assert words in str(told.value)


def test_rows_that_are_only_counted_are_values_in_order() -> None:
    assert undated(np.arange(3.0))
    assert undated([1.0, 2.0])
    assert undated(LEVEL.reset_index(drop=True))
    assert not undated(LEVEL.reset_index(drop=True).drop(3))  # a row that was dropped is no neighbour
    values, x, months = laid_out(LEVEL.reset_index(drop=True))
    assert_array_equal(values, LEVEL)
    assert x is None
    assert months is None


def test_regressors_follow_the_months_of_the_level() -> None:
    shuffled = LEVEL.drop(MONTHS[7]).sample(frac=1.0, random_state=3)
    own = pd.DataFrame({"trend": np.arange(40.0)}, index=pd.period_range(MONTHS[0], periods=40, freq="M"))
    values, x, months = laid_out(shuffled, own)
    assert np.isnan(values).nonzero()[0].tolist() == [7]
    assert_array_equal(x, own.iloc[:30])
    assert months is not None
    assert months.equals(MONTHS)
    by_row = laid_out(LEVEL.iloc[::-1], np.arange(30.0))[1]
    assert_array_equal(np.asarray(by_row)[:, 0], np.arange(30.0)[::-1])
    with pytest.raises(
        DataError, match=r"regressors: no row for 2022-04; they are needed from 2019-11 to 2022-04"
    ):
        rows_of(own.iloc[:29], MONTHS)
    with pytest.raises(DataError, match="12 rows beside 30 of the series"):
        laid_out(LEVEL.iloc[::-1], np.arange(12.0))


def test_doors_of_other_rooms_take_any_monthly_index() -> None:
    level = pd.Series(
        100 * np.exp(0.1 * np.sin(np.arange(96) * np.pi / 6) + np.arange(96) / 400),
        index=pd.period_range("2012-01", periods=96, freq="M"),
        name="iip",
    )
    holed = level.mask(level.index == pd.Period("2016-03", "M"))
    stamped = level.drop(pd.Period("2016-03", "M")).sample(frac=1.0, random_state=1)
    stamped.index = stamped.index.to_timestamp(how="end")
    told = adjust.adjust(stamped, adjust.Builtin())
    assert_array_equal(told.seasonal, adjust.adjust(holed, adjust.Builtin()).seasonal)
    data = LevelData(stamped, "iip", pd.Timestamp("2020-01-01"), panel=stamped.to_frame("other"))
    pd.testing.assert_series_equal(data.known, holed)
    assert data.panel is not None
    pd.testing.assert_series_equal(data.panel["other"], holed, check_names=False)
    assert series.check(stamped) == series.check(holed)
    days = calendar.regressors(level.index.to_timestamp())
    pd.testing.assert_frame_equal(days, calendar.regressors(level.index))
    panel = Panel(level.to_frame().set_axis(level.index.to_timestamp()), (Indicator("iip"),))
    assert panel.table.index.equals(level.index)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (STARTS, "series: holds dates"),
        (STARTS.to_pydatetime(), "series: holds dates"),
        (MONTHS, "series: holds dates"),
        (np.array(list(MONTHS), dtype=object), "series: holds dates"),
        (STARTS - STARTS[0], "series: holds spans of time"),
        ([True] * 30, "series: holds yes and no"),
        ([True, 98.5, None] * 10, "series: holds yes and no"),
    ],
)
def test_dates_spans_and_yes_or_no_are_no_levels(values: object, said: str) -> None:
    with pytest.raises(DataError, match=said):
        monthly(pd.Series(values, index=MONTHS))  # type: ignore[call-overload]


def test_regressors_may_mark_months_by_yes_or_no() -> None:
    marked = pd.DataFrame({"strike": MONTHS[4] == MONTHS}, index=MONTHS)
    assert monthly_table(marked)["strike"].to_list() == [0.0] * 4 + [1.0] + [0.0] * 25


@pytest.mark.parametrize("written", [MONTHS.astype(str), STARTS, MONTHS])
def test_months_in_a_column_are_named_and_the_remedy_works(written: pd.Index) -> None:
    table = pd.DataFrame({"iip": LEVEL.to_numpy(), "month": written})
    for read in (monthly_table, lambda of: level_of(of, "iip")):
        with pytest.raises(DataError, match='column "month".*table.set_index'):
            read(table)
    assert level_of(table.set_index("month")).equals(LEVEL.rename_axis(None))


def test_a_series_with_months_left_out_is_monthly_in_memory_as_in_a_file(tmp_path: Path) -> None:
    kept = LEVEL[[i % 5 in (0, 1, 3) for i in range(len(LEVEL))]]  # steps of 1, 2 and 2 months
    (tmp_path / "a.csv").write_text(kept.to_csv(), encoding="utf-8")
    assert monthly(kept).to_list() == pytest.approx(series.read(tmp_path / "a.csv").to_list(), nan_ok=True)
    assert monthly(kept).notna().sum() == 18


def test_a_table_without_a_column_or_with_one_name_twice_has_no_level() -> None:
    with pytest.raises(DataError, match="the table holds no column"):
        level_of(pd.DataFrame(index=MONTHS))
    twice = pd.concat([LEVEL, LEVEL], axis=1)
    with pytest.raises(DataError, match=f'the table holds several columns "{LEVEL.name}"; keep one'):
        level_of(twice, str(LEVEL.name))


@pytest.mark.parametrize(("columns", "named"), [([0, 1], "1"), ([("a", "b"), ("a", "c")], "('a', 'c')")])
def test_columns_that_are_no_texts_are_named_by_their_texts(columns: list[object], named: str) -> None:
    months = pd.period_range("2020-01", periods=3, freq="M")
    table = pd.DataFrame([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]], months, pd.Index(columns))
    with pytest.raises(DataError, match=r'target=\{"column": "'):
        level_of(table)
    assert level_of(table, named).tolist() == [4.0, 5.0, 6.0]


def test_a_table_whose_months_stand_across_is_told_to_be_turned() -> None:
    across = pd.DataFrame([LEVEL], index=["iip"])
    for columns in (across.columns, across.columns.astype(str)):
        with pytest.raises(
            DataError, match=r"its months stand across, a row per series; give it turned: table\.T"
        ):
            level_of(across.set_axis(columns, axis=1))
    assert_array_equal(level_of(across.T).to_numpy(), LEVEL.to_numpy())
