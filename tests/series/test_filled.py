"""Newest months that hold the month before once more, and series that end before those beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast.series import check, check_file
from forecast.series.ended import ended
from forecast.series.filled import filled

M = 96


def table(series: int = 4, decimals: int = 1) -> pd.DataFrame:
    x = 0.1 * np.sin(np.arange(M) * np.pi / 6)[:, None] + np.cumsum(
        np.random.default_rng(3).normal(0, 0.02, (M, series)), axis=0
    )
    months = pd.period_range("2014-01", periods=M, freq="M")
    return pd.DataFrame((100 * np.exp(x)).round(decimals), months, list("ABCDEF")[:series])


@pytest.mark.parametrize(
    ("rows", "sources", "first", "last"),
    [
        ([-1], [-2], -1, -1),
        ([-2, -1], [-3, -2], -2, -2),
        ([-6, -5, -4, -3, -2, -1], [-7, -6, -5, -4, -3, -2], -6, -6),
        ([-4, -3, -2, -1], [-5, -5, -5, -5], -4, -1),
    ],
    ids=["copied", "two moved down", "six moved down", "filled down"],
)
def test_row_that_is_the_row_above_is_told_with_both_months(
    rows: list[int], sources: list[int], first: int, last: int
) -> None:
    levels = table()
    assert filled(levels["A"], levels) == []
    levels.iloc[rows] = levels.iloc[sources].to_numpy()
    months = levels.index
    ((start, end, text),) = filled(levels["A"], levels)
    assert (start, end) == (months[first], months[last])
    assert str(months[first]) in text
    assert f"in all 4 series of the table, {months[first] - 1} once more" in text
    (told,) = (of for of in check(levels["A"], panel=levels) if of.kind == "repeated")
    assert (told.stops, told.months) == (
        False,
        tuple(map(str, pd.period_range(start, end, freq="M"))),
    )
    assert told.figures == tuple(("level", month, levels.at[month, "A"]) for month in told.months)


@pytest.mark.parametrize("last", [M, M - 1])
def test_row_is_told_alike_whether_its_series_is_in_the_table_and_where_that_ends_first(last: int) -> None:
    levels = table()
    levels.iloc[-2] = levels.iloc[-3].to_numpy()
    ((start, end, _),) = filled(levels["A"], levels[["B", "C", "D"]].iloc[:last])
    assert start == end == levels.index[-2]
    assert filled(levels["A"], levels[["B", "C"]]) != []
    assert filled(levels["A"], levels[["B"]]) == []


def test_row_is_no_copy_where_one_series_moves_or_too_few_are_beside_it() -> None:
    levels = table()
    levels.iloc[-1, :3] = levels.iloc[-2, :3]
    assert filled(levels["A"], levels) == []
    assert filled(levels["A"], levels[["B"]]) == []
    assert len(filled(levels["A"], levels[["B", "C"]])) == 1


@pytest.mark.parametrize("lag", [2, 3, 6, 12])
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_row_that_is_one_further_up_is_told_with_its_month(lag: int, rows: int) -> None:
    levels = table()
    copied = levels.copy()
    copied.iloc[-rows:] = levels.iloc[M - rows - lag : M - lag].to_numpy()
    if rows > lag:
        return
    months = levels.index
    ((start, end, text),) = filled(copied["A"], copied)
    assert (start, end) == (months[-rows], months[-1])
    span = str(months[-1 - lag]) if rows == 1 else f"{months[-rows - lag]} to {months[-1 - lag]}"
    assert f"in all 4 series of the table, {span} once more; was its row copied?" in text
    told = [of.kind for of in check(copied["A"], panel=copied) if str(end) in of.months]
    assert told == ["repeated"]
    copied.iloc[-1, 1] += 0.1
    assert [end for _, end, _ in filled(copied["A"], copied)] == [months[-2]] * (rows > 1)


@pytest.mark.parametrize("lag", [1, 12])
def test_row_copied_in_part_is_told_and_one_with_a_number_of_its_own_is_not(lag: int) -> None:
    levels = table(6)
    levels.iloc[-1] = levels.iloc[-1 - lag]
    levels.iloc[-1, 5] = np.nan
    ((*_, text),) = filled(levels["A"], levels)
    assert f"in all 5 series of the table that have a number, {levels.index[-1 - lag]} once more" in text
    levels.iloc[-1 - lag, 4] = np.nan
    assert filled(levels["A"], levels) == []
    levels.iloc[-1, 3:] = np.nan
    levels.iloc[-1 - lag, 4] = 99.3
    assert len(filled(levels["A"], levels)) == 1
    levels.iloc[-1, 2:] = np.nan  # over half of those of the month before are gone
    assert filled(levels["A"], levels) == []


def test_row_further_up_is_no_source_for_whole_numbers() -> None:
    levels = table(4, 0)
    levels.iloc[-1] = levels.iloc[-13].to_numpy()
    assert filled(levels["A"], levels) == []


def test_level_that_never_moved_was_not_carried_forward() -> None:
    levels = table()
    levels["A"] = 100.0
    assert filled(levels["A"], levels) == []
    (told,) = check(levels["A"])
    assert told.sentence == "A: 100 unchanged over 2014-01 to 2021-12; it never moves"


def test_row_is_no_copy_where_series_stand_still_or_rows_come_again_often() -> None:
    levels = table()
    levels[["C", "D"]] = 100.0
    levels.iloc[-1] = levels.iloc[-2]
    assert filled(levels["A"], levels) == []
    often = table()
    often.iloc[2::12] = often.iloc[1::12].to_numpy()
    often.iloc[-1] = often.iloc[-2]
    assert filled(often["A"], often) == []


@pytest.mark.parametrize("months", [3, 4, 7])
def test_newest_value_is_told_from_four_months_on(months: int) -> None:
    y = table()["A"]
    y.iloc[-months:] = y.iloc[-months]
    told = [of for of in check(y) if of.kind in ("repeated", "stale")]
    if months < 4:
        assert told == []
        return
    assert [of.kind for of in told] == ["repeated"]
    assert told[0].months == tuple(map(str, y.index[1 - months :]))
    assert told[0].sentence.startswith(f"A: {y.iloc[-1]:g} in {y.index[-months]} and again in each month to")


def test_newest_value_is_not_told_where_others_stood_as_long() -> None:
    y = table()["A"]
    y.iloc[40:44] = y.iloc[40]
    y.iloc[-4:] = y.iloc[-4]
    assert filled(y, None) == []


def test_file_says_once_of_all_its_series_that_a_row_is_copied(tmp_path: Path) -> None:
    levels = table()
    levels.iloc[-1] = levels.iloc[-2]
    levels.rename_axis("month").to_csv(tmp_path / "x.csv")
    told = [of for of in check_file(tmp_path / "x.csv")[1] if of.kind == "repeated"]
    assert [of.sentence[0] for of in told] == list("ABCD")
    assert {of.sentence[3:] for of in told} == {told[0].sentence[3:]}


@pytest.mark.parametrize("behind", [1, 2, 6])
def test_series_that_ends_before_all_others_is_told(behind: int) -> None:
    levels = table()
    y, others = levels["A"].iloc[:-behind], levels[["B", "C", "D"]]
    months = "1 month" if behind == 1 else f"{behind} months"
    assert ended(y, others) == (
        f"A: ends in {y.index[-1]}, {months} before the others; is it still published?"
    )
    assert ended(levels["A"], others) == ended(y, others.iloc[:-behind]) == ""
    assert (ended(y, others[["B", "C"]]) == "") == (behind < 3)


def test_series_that_ends_with_one_of_the_others_a_month_before_is_not_told() -> None:
    levels = table()
    levels.iloc[-1, 1] = np.nan
    assert ended(levels["A"].iloc[:-1], levels[["B", "C", "D"]]) == ""
    levels.iloc[-30:, 1] = np.nan  # no longer published, and no measure of delay
    assert ended(levels["A"].iloc[:-1], levels[["B", "C", "D"]]) == ""


def test_of_many_series_that_end_early_none_is_held_against_all_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With four series published ahead all others end early: what is asked of the table is reckoned once."""
    months = pd.period_range("2020-01", periods=30, freq="M")
    levels = np.random.default_rng(3).normal(100, 3, (30, 40)).round(1)
    wide = pd.DataFrame(levels, months, [f"s{i}" for i in range(40)])
    wide.iloc[-1, 4:] = np.nan
    wide.rename_axis("month").to_csv(tmp_path / "a.csv")
    seen, dropped, drop = list[object](), list[object](), pd.DataFrame.drop
    monkeypatch.setattr(
        "forecast.series.layout.holds_number", lambda value: seen.append(value) or bool(value)
    )
    monkeypatch.setattr(pd.DataFrame, "drop", lambda *of, **how: dropped.append(of) or drop(*of, **how))
    check_file(tmp_path / "a.csv")
    assert len(seen) == wide.size
    assert len(dropped) < 40


@pytest.mark.parametrize(
    ("factor", "says"),
    [
        (10.0, "is 10 times too large"),
        (0.145, "1 digit too short, or to have its decimal sign misplaced"),
        (6.9, "1 digit too long, or to have its decimal sign misplaced"),
        (69.0, "2 digits too long, or to have its decimal sign misplaced"),
    ],
)
def test_what_does_not_fit_is_not_said_to_fit(factor: float, says: str) -> None:
    y = table()["A"]
    y.iloc[-1] = round(y.iloc[-1] * factor, 1)
    (told,) = (of for of in check(y) if of.kind == "slip")
    fits = factor == 10.0
    assert ("would fit" in told.sentence) is fits
    assert ("seems to be 10 times too large" if fits else says) in told.sentence
