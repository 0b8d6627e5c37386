"""Newest levels: slips by a power of ten are seen, true falls are told, and nothing after a month judges it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import series
from forecast.series.plausible import IMPOSSIBLE, NEWEST, Doubtful, finer, judge, surprises

SHARED = Path(__file__).parents[2] / "shared" / "data"
NOISE = 0.02


def level(months: int = 120, seed: int = 7, season: float = 0.2) -> pd.Series:
    """Growth, season and noise, to one decimal as an office prints it."""
    rng = np.random.default_rng(seed)
    t = np.arange(months)
    log = np.log(97.5) + 0.002 * t + season * np.sin(2 * np.pi * t / 12) + NOISE * rng.standard_normal(months)
    index = pd.period_range("2015-01", periods=months, freq="M")
    return pd.Series(np.round(np.exp(log), 1), index=index, name="iip")


def slips(found: tuple[Doubtful, ...]) -> dict[str, int]:
    return {str(of.month): of.power for of in found if of.power}


def test_a_regular_level_surprises_nobody() -> None:
    t = np.arange(100)
    season = np.array([0.1, -0.3, 0.2, 0, 0, 0.1, -0.4, 0.3, 0, 0, 0, 0])[t % 12]
    x = (4.5 + 0.003 * t + season)[:, None]
    error, sd = surprises(x)
    assert np.isnan(error[:3]).all()
    assert_allclose(error[36 + NEWEST :], 0.0, atol=1e-12)
    off = x.copy()
    off[-1] += np.log(10.0)
    assert_allclose(surprises(off)[0][-1], np.log(10.0), rtol=1e-12)
    assert np.isnan(sd[:12]).all()
    assert judge(pd.Series(np.exp(x[:, 0]), pd.period_range("2010-01", periods=100, freq="M"))) == ()


@pytest.mark.parametrize("months", [40, 120])
def test_no_month_of_a_clean_level_is_in_doubt(months: int) -> None:
    y = level(months)
    assert [judge(y[:n]) for n in range(24, months + 1, 5)] == [()] * len(range(24, months + 1, 5))
    sample = series.sample("elec_equip")
    assert all(slips(judge(sample[:n])) == {} for n in range(24, len(sample) + 1, 7))


@pytest.mark.parametrize(
    ("factor", "power"), [(10, 1), (0.1, -1), (100, 2), (0.01, -2), (1e7, 7), (1e-3, -3)]
)
@pytest.mark.parametrize("back", [1, 2, 6])
def test_a_slip_is_seen_in_each_of_the_newest_months(factor: float, power: int, back: int) -> None:
    y = level()
    truth = y.iloc[-back]
    y.iloc[-back] = truth * factor
    (found,) = judge(y)
    assert (found.month, found.power, found.value) == (y.index[-back], power, truth * factor)
    assert abs(np.log(found.expected / truth)) < 5 * NOISE
    assert abs(found.sds) > 30


def test_the_lost_decimal_point_of_the_last_month() -> None:
    y = level()
    y.iloc[-1] = 975.0
    finding = next(of for of in series.check(y, "iip.csv", {y.index[-1]: 121}) if of.kind == "slip")
    assert str(finding).startswith(
        "iip.csv:121: iip: 975 in 2024-12 seems to be 10 times too large: 97.5 would fit;"
    )
    assert finding.stops
    assert finding.figures == (("level", "2024-12", 975.0),)


def test_a_rate_among_levels_is_a_slip() -> None:
    y = level()
    y.iloc[-1] = 6.25
    assert slips(judge(y)) == {"2024-12": -1}


def test_a_new_unit_is_seen_while_it_is_new_and_an_older_slip_only_where_no_output_rises_so() -> None:
    y = level()
    unit = y.copy()
    unit.iloc[-3:] *= 10
    assert slips(judge(unit)) == {"2024-10": 1, "2024-11": 1, "2024-12": 1}
    old = y.copy()
    old.iloc[-NEWEST - 1] *= 10
    assert slips(judge(old)) == {}
    old.iloc[-40] = 1e9
    assert slips(judge(old)) == {"2021-09": 7}
    assert np.log(1e9 / y.iloc[-40]) > IMPOSSIBLE


def test_a_fall_that_goes_on_from_another_or_is_shared_is_told_and_no_slip() -> None:
    y = level()
    sudden = y.copy()
    sudden.iloc[-1] = 8.1
    assert slips(judge(sudden)) == {"2024-12": -1}
    led_to = sudden.copy()
    led_to.iloc[-2] = round(y.iloc[-2] * 0.7, 1)
    assert [(str(of.month), of.power) for of in judge(led_to)] == [("2024-11", 0), ("2024-12", 0)]
    others = pd.DataFrame({name: level(seed=seed) for name, seed in zip("abc", (1, 2, 3), strict=True)})
    assert slips(judge(sudden, others)) == {"2024-12": -1}
    others.iloc[-1] *= 0.6
    (told,) = judge(sudden, others)
    assert (told.power, str(told.month)) == (0, "2024-12")
    led_to.iloc[-1] = 8.125  # printed finer than any month before: the sign was moved
    assert slips(judge(led_to)) == {"2024-12": -1}


def test_a_month_that_recovers_acquits_the_fall_before_it() -> None:
    y = level()
    y.iloc[-2] = 8.1
    assert slips(judge(y)) == {"2024-11": -1}
    y.iloc[-1] = round(y.iloc[-1] * 0.5, 1)
    assert slips(judge(y)) == {}
    assert [str(of.month) for of in judge(y)] == ["2024-11", "2024-12"]


@pytest.mark.parametrize(
    ("spoil", "seems"),
    [
        (lambda y: {-1: y.iloc[-2]}, "it is the level of 2024-11 again"),
        (lambda y: {-4: y.iloc[-5]}, "it is the level of 2024-08 again"),
        (lambda y: {-4: y.iloc[-16]}, "it is the level of 2023-09 again"),
        (lambda _: {-2: 78.4}, "with two digits changed over 87.4 would fit"),
        (lambda y: {-2: y.iloc[-1], -1: y.iloc[-2]}, "with that of 2024-12 changed over both would fit"),
        (
            lambda y: {-3: round(100 * y.iloc[-3] / y.iloc[-15], 1)},
            "as a rate with the year before as 100 it would make 81.19, which would fit",
        ),
    ],
)
def test_a_level_that_is_another_months_or_a_rate_is_told_with_what_it_seems_to_be(
    spoil: Callable[[pd.Series], dict[int, float]], seems: str
) -> None:
    y = level(season=0.4)
    spoilt = spoil(y)
    for back, value in spoilt.items():
        y.iloc[back] = value
    found = judge(y)
    assert [(of.month, of.power) for of in found if of.seems == seems] == [(y.index[min(spoilt)], 0)]
    told = [str(of) for of in series.check(y) if of.kind == "implausible"]
    assert any(sentence.endswith(f"; {seems}") for sentence in told)


@pytest.mark.parametrize(("stood_still", "copies"), [(1, 1), (2, 0), (20, 0)])
def test_a_level_that_stands_still_by_habit_is_not_read_as_a_copy(stood_still: int, copies: int) -> None:
    y = level(season=0.4)
    y.iloc[40 : 40 + 2 * stood_still] = np.repeat(y.iloc[40 : 40 + stood_still].to_numpy(), 2)
    y.iloc[-1] = y.iloc[-2]
    assert sum("again" in of.seems for of in judge(y)) == copies


def test_the_last_month_is_told_from_four_usual_surprises_where_it_stands_alone() -> None:
    y = level(season=0.0) ** 2  # twice the noise: four usual surprises are over ten percent
    error, sd = surprises(np.log(y.to_numpy())[:, None])

    def ending(sds: float) -> pd.Series:
        last = np.log(y.iloc[-1]) - error[-1, 0] + sds * sd[-1, 0]
        return pd.Series([*y.iloc[:-1], float(np.exp(last))], y.index)

    (told,) = judge(ending(-4.2))
    assert (told.month, told.power) == (y.index[-1], 0)
    assert_allclose(told.sds, -4.2, rtol=1e-9)
    assert judge(ending(-3.8)) == ()
    going_on = ending(-4.5)
    going_on.iloc[-2] *= 0.8  # the fall began a month before
    assert judge(going_on) == ()
    others = pd.DataFrame({name: level(seed=n, season=0.0) for n, name in enumerate("abc", start=1)})
    assert [of.month for of in judge(ending(-4.2), others)] == [y.index[-1]]
    others.iloc[-1] *= 0.8
    assert judge(ending(-4.2), others) == ()
    assert [of.month for of in judge(ending(4.2), others)] == [y.index[-1]]  # against the others' way


def test_what_came_later_is_not_seen() -> None:
    x = np.log(level().to_numpy())[:, None]
    for n in (37, 60, 119):
        for whole, part in zip(surprises(x), surprises(x[:n]), strict=True):
            np.testing.assert_array_equal(whole[:n], part)


def test_gaps_short_histories_and_values_that_are_none() -> None:
    y = level()
    y.iloc[-3] = np.nan
    y.iloc[-20:-14] = np.nan
    y.iloc[-1] *= 10
    assert slips(judge(y)) == {"2024-12": 1}
    assert judge(level(3)) == ()
    short = level(20, season=0.0)
    short.iloc[-1] *= 10
    assert slips(judge(short)) == {"2016-08": 1}
    short.iloc[-1] = -3.2
    assert judge(short) == ()


def test_a_level_that_never_moved_is_judged_too() -> None:
    flat = pd.Series(100.0, pd.period_range("2018-01", periods=70, freq="M"))
    assert judge(flat) == ()
    flat.iloc[-1] = 1000.0
    assert slips(judge(flat)) == {"2023-10": 1}


def test_finer_counts_decimals_as_they_are_written() -> None:
    assert finer(np.array([97.5, 98.1, 99.0, 9.81, 97.5, np.nan])).tolist() == [
        False,
        False,
        False,
        True,
        False,
        False,
    ]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared panels are not here")
def test_the_falls_of_april_2020_are_told_and_none_is_refused() -> None:
    panel = series.read_panel(SHARED / "india_iip.csv")
    refused, told = [], set()
    for name in panel:
        others = panel.drop(columns=name)
        for until in ("2020-04", "2020-05", "2020-09"):
            found = judge(panel[name][:until], others[:until])
            refused += [(name, until) for of in found if of.power]
            told |= {name for of in found if str(of.month) == "2020-04"}
    assert refused == []
    assert len(told) >= 20


@pytest.mark.skipif(not SHARED.exists(), reason="the shared panels are not here")
def test_slips_planted_in_a_sample_of_the_shared_panels_are_stopped() -> None:
    panel = series.read_panel(SHARED / "eu_manufacturing_nsa.csv")
    seen = []
    for name in ("DE", "FR", "IT", "EE", "NO"):
        y = panel[name].dropna()
        for n in range(60, len(y), 40):
            assert slips(judge(y[:n])) == {}
            for factor in (10, 0.1, 100, 0.01):
                planted = y[:n].copy()
                planted.iloc[-1] *= factor
                seen.append(str(y.index[n - 1]) in slips(judge(planted)))
    assert np.mean(seen) > 0.99
