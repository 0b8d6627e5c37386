import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast.backtest.at_origin import Piece
from forecast.backtest.earlier import known, known_again, learned, naive_forecasts
from forecast.backtest.episodes import Episode
from forecast.models import hazard
from forecast.slump import Slump


def month(text: str) -> pd.Period:
    return pd.Period(text, "M")


def episode(
    series: str, start: str, recovered: str | None, to: str = "2015-12", lag: int = 0, hold: int = 3
) -> Episode:
    end = None if recovered is None else month(recovered)
    return Episode(series, month(start), end, month(to), lag, 3, hold, ())


PANEL = [
    episode("a", "2000-03", "2001-01"),
    episode("a", "2008-10", None),
    episode("b", "2000-05", "2004-11", lag=40),
    episode("c", "2001-02", "2002-02", hold=6),
    episode("d", "2003-01", None, to="2003-09"),
]


def piece(origin: str, start: str, gap: float = -0.06, growth: float = 0.004) -> Piece:
    slump = Slump(month(start), True, month(start), month(start), 0.0, 3, 3)
    return Piece("a", month(origin), slump, gap, growth)


@pytest.mark.parametrize(
    ("day", "durations", "ended"),
    [
        (
            "2001-03-30",
            [9, 6],
            [False, False],
        ),  # a is out to February, judged to December; b to January, November
        ("2001-03-31", [10, 6], [True, False]),  # with March a's recovery of January is confirmed
        ("2002-07-30", [10, 22, 11], [True, False, False]),  # c needs six months: June is out, January judged
        ("2002-07-31", [10, 22, 12], [True, False, True]),
        ("2020-01-01", [10, 84, 54, 12, 6], [True, False, True, True, False]),
    ],
)
def test_what_is_known_of_slumps_grows_with_the_day(day: str, durations: list[int], ended: list[bool]):
    """By hand: month m is out on its last day (b: 40 days later) and judged hold − 1 months after."""
    got, over = known(PANEL, pd.Timestamp(day))
    assert_array_equal(got, durations)
    assert_array_equal(over, ended)


def test_naive_rules_see_the_slumps_known_then_and_no_others():
    day = pd.Timestamp("2003-12-31")
    here = piece("2003-12", "2002-04")
    found = naive_forecasts(here, known(PANEL, day), 36)
    durations, ended = (
        [10, 39, 12, 6],
        [True, False, True, False],
    )  # b: to October, judged August; d: ended in July
    constant = (2 + 1.0) / (67 + 36.0)
    assert_allclose(found["constant_hazard"], 1 - (1 - constant) ** np.arange(1, 37))
    assert_allclose(found["kaplan_meier"], hazard.kaplan_meier(durations, ended, 20, 36, constant))
    later = [*PANEL, episode("e", "2004-01", "2004-06"), episode("f", "2003-11", "2004-02")]
    for name, F in naive_forecasts(here, known(later, day), 36).items():
        assert_array_equal(F, found[name])


@pytest.mark.parametrize("day", ["2001-03-31", "2002-07-30", "2004-09-30", "2010-06-30", "1999-01-31"])
def test_what_was_learned_later_tells_what_was_known_before(day: str):
    """Second route: the slumps themselves, as known on the day."""
    later = learned(PANEL, pd.Timestamp("2010-06-30"), ("x",))
    got, over = known_again(later, pd.Timestamp(day))
    durations, ended = known(PANEL, pd.Timestamp(day))
    assert_array_equal(got, durations)
    assert_array_equal(over, ended)


def test_gap_over_trend_names_one_month():
    def step(gap: float, growth: float) -> np.ndarray:
        one = piece("2003-12", "2002-04", gap, growth)
        return naive_forecasts(one, known(PANEL, pd.Timestamp("2003-12-31")), 24)["gap_over_trend"]

    assert_array_equal(step(-0.06, 0.004), np.arange(1, 25) >= 15)
    assert_array_equal(step(-0.061, 0.004), np.arange(1, 25) >= 16)  # 15.25 months: reached in the 16th
    assert_array_equal(
        step(0.01, 0.004), np.ones(24)
    )  # last month above normal, the mean of three still below
    assert_array_equal(step(-0.06, -0.001), np.zeros(24))


def test_what_is_learned_can_be_used_again():
    """Identity: the table of hazards rebuilds Kaplan–Meier from any elapsed time."""
    day = pd.Timestamp("2010-06-30")
    found = learned(PANEL, day, ("x", "y"))
    durations, ended = known(PANEL, day)
    direct = hazard.kaplan_meier(durations, ended, 7, 36, found["constant_hazard"])
    monthly = np.array(found["kaplan_meier"]["hazard"])[7:43]
    assert_allclose(1 - np.cumprod(1 - monthly), direct, rtol=1e-9)
    assert found["slumps"]["known"] == 5
    assert found["slumps"]["ended"] == 3
    assert (found["slumps"]["first_start"], found["slumps"]["last_start"]) == ("2000-03", "2008-10")
    assert found["pool"]["weights"] == {"x": 0.5, "y": 0.5}
    early = learned(PANEL, pd.Timestamp("2004-06-30"), ("x",))
    assert [row["recovered"] for row in early["slumps"]["list"]] == ["2001-01", None, "2002-02", None]
    assert early["slumps"]["last_start"] == "2003-01"
