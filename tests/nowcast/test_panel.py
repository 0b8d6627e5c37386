import numpy as np
import pandas as pd
import pytest

from forecast.errors import DataError
from forecast.nowcast import Indicator, Panel


def made() -> Panel:
    months = pd.period_range("2020-01", "2020-06", freq="M")
    table = pd.DataFrame(
        {"early": np.arange(6.0), "late": np.arange(6.0), "quarter": [np.nan, np.nan, 1, np.nan, np.nan, 2]},
        months,
    )
    return Panel(
        table, (Indicator("early", -5), Indicator("late", 30), Indicator("quarter", 28, quarterly=True))
    )


@pytest.mark.parametrize(
    ("day", "early", "late", "quarter"),
    [
        ("2020-05-25", 4, 3, 1),
        ("2020-05-26", 5, 3, 1),
        ("2020-05-29", 5, 3, 1),
        ("2020-05-30", 5, 4, 1),
        ("2020-07-27", 6, 5, 1),
        ("2020-07-28", 6, 5, 2),
    ],
)
def test_a_month_is_out_so_many_days_after_its_last(day: str, early: int, late: int, quarter: int):
    known = made().as_of(pd.Timestamp(day)).table
    assert known.notna().sum().to_dict() == {"early": early, "late": late, "quarter": quarter}


@pytest.mark.parametrize(
    ("day", "names"),
    [("2020-01-25", []), ("2020-01-26", ["early"]), ("2020-03-01", ["early", "late"]),
     ("2020-04-28", ["early", "late", "quarter"])],
)  # fmt: skip
def test_an_indicator_is_there_from_its_first_figure_on(day: str, names: list[str]):
    known = made().as_of(pd.Timestamp(day))
    assert [one.name for one in known.indicators] == list(known.table) == names


def test_the_last_month_is_that_of_a_monthly_indicator():
    assert made().as_of(pd.Timestamp("2020-05-26")).last_month == pd.Period("2020-05", "M")
    assert made().as_of(pd.Timestamp("2019-01-01")).last_month is None


@pytest.mark.parametrize(
    ("table", "indicators", "words"),
    [
        ({"a": [1.0, 2.0]}, ("b",), "b has no column"),
        ({"a": [1.0, 2.0]}, ("b",), "column a has no indicator"),
        ({"a": [1.0, 2.0]}, ("a", "a"), "twice"),
    ],
)
def test_columns_and_indicators_must_agree(
    table: dict[str, list[float]], indicators: tuple[str, ...], words: str
):
    months = pd.period_range("2020-01", periods=2, freq="M")
    with pytest.raises(DataError, match=words):
        Panel(pd.DataFrame(table, months), tuple(Indicator(name) for name in indicators))


def test_rows_must_be_months_in_order():
    months = pd.period_range("2020-01", periods=2, freq="M")
    with pytest.raises(DataError, match="sorted"):
        Panel(pd.DataFrame({"a": [1.0, 2.0]}, months[::-1]), (Indicator("a"),))
    with pytest.raises(DataError, match="the index holds numbers"):
        Panel(pd.DataFrame({"a": [1.0, 2.0]}), (Indicator("a"),))
    assert Panel(
        pd.DataFrame({"a": [1.0, 2.0]}, months.to_timestamp()), (Indicator("a"),)
    ).table.index.equals(months)
