from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.errors import ConfigError
from forecast.normal import NormalSpec, normal_path
from forecast.slump import SlumpSpec, find_slump, nothing_slumps
from tests.slumps import ADJUSTED, SPAN, history_of, slumping


def test_normal_of_each_kind_in_closed_form():
    season = 0.1 * np.cos(2 * np.pi * np.arange(12) / 12)
    n, at = 150, 120
    z = 4.0 + 0.003 * np.arange(n)
    history = history_of(z, season, draws=2)
    slump = replace(nothing_slumps(history, SlumpSpec()), start=history.months[at],
                    peak_from=history.months[at - 12], peak_to=history.months[at - 1])  # fmt: skip
    months = pd.period_range(history.months[0], periods=n + SPAN, freq="M")
    effects = history.effects[0]
    peak = normal_path(history, slump, NormalSpec(), months)
    assert peak.shape == (2, n + SPAN)
    assert_allclose(np.log(peak[1]), 4.0 + 0.003 * (at - 6.5) + effects)
    trend = np.log(normal_path(history, slump, NormalSpec("trend"), months)[0]) - effects
    growth = np.diff(trend)
    assert_allclose(trend[:at], z[:at])
    assert_allclose(growth[: at + 23], 0.003)  # the 24th month after the last one before the slump
    assert_allclose(growth[at + 23 : at + 30], 0.003 * 0.97 ** np.arange(1, 8))
    same = normal_path(history, slump, NormalSpec("same_month"), months)[0]
    assert_allclose(same[at : at + 12], history.values[0, at - 12 : at])
    assert_allclose(same[at + 12 : at + 24], history.values[0, at - 12 : at])
    two = normal_path(history, slump, NormalSpec("same_month", years=2), months)[0]
    assert_allclose(two[at], (history.values[0, at - 12] + history.values[0, at - 24]) / 2)
    mean = normal_path(history, slump, NormalSpec("pre_slump_mean", months=24), months)[0]
    assert_allclose(np.log(mean), z[at - 24 : at].mean() + effects)
    target = normal_path(history, slump, NormalSpec("target", level=123.0), months)[0]
    assert_allclose(target, 123.0 * np.exp(effects))


@pytest.mark.parametrize("kind", ["same_month", "pre_slump_mean", "trend"])
@pytest.mark.parametrize("falls", [[], [0.1], [0.04, 0.08], [0.02, 0.1]])
def test_months_that_had_fallen_before_the_start_as_dated_are_no_part_of_normal(
    kind: str, falls: list[float]
):
    at = 120
    z = np.full(150, 4.6)
    z[at:] -= 0.2
    z[at - len(falls) : at] -= falls
    history = history_of(z)
    slump = replace(
        nothing_slumps(history, ADJUSTED), start=history.months[at],
        peak_from=history.months[at - 24], peak_to=history.months[at - 13],
    )  # fmt: skip
    lost = np.mean([*falls, 0.2][-3:]) if len(falls) > 1 else (0.2 + sum(falls)) / 3
    stood = [fall for fall in falls if fall <= lost / 2]
    fallen = len(falls) - len(stood)
    want = np.log(normal_path(history, slump, NormalSpec(kind), history.months)[0])
    last = at - fallen
    if kind == "same_month":
        assert_allclose(want[last : last + 12], z[last - 12 : last])
    elif kind == "pre_slump_mean":
        assert_allclose(want, z[last - 12 : last].mean())
    else:
        slope, level = np.polyfit(np.arange(60), z[last - 60 : last], 1)
        assert_allclose(want[at], level + slope * (60 + fallen))


def test_months_within_noise_of_normal_have_not_fallen():
    z = slumping(sd=0.0)
    z[119] -= 0.15
    history = history_of(z)
    slump = replace(nothing_slumps(history, ADJUSTED), start=history.months[120],
                    peak_from=history.months[107], peak_to=history.months[118])  # fmt: skip
    same = NormalSpec("same_month")
    calm, noisy = (
        normal_path(history, replace(slump, sigma=s), same, history.months)[0] for s in (0.01, 0.2)
    )
    assert_allclose(noisy[131], history.values[0, 119])
    assert_allclose(calm[131], history.values[0, 107])


def test_the_level_of_normal_is_each_draw_s_own():
    history = history_of(slumping(), draws=2)
    scaled = replace(history, values=history.values * np.array([[1.0], [1.1]]))
    slump = nothing_slumps(scaled, ADJUSTED)
    path = normal_path(scaled, slump, NormalSpec(), scaled.months)
    assert_allclose(path[1] / path[0], 1.1)


def test_an_unknown_normal_is_refused_with_the_words_that_exist():
    with pytest.raises(
        ConfigError, match='normal "peak" is not defined; choose one of pre_slump_peak, trend'
    ):
        NormalSpec("peak")
    with pytest.raises(ConfigError, match="needs a positive level"):
        NormalSpec("target")


def test_the_months_that_a_normal_needs_are_enough():
    history = history_of(np.linspace(4.0, 4.5, 60))
    months = pd.period_range(history.months[0], periods=60 + SPAN, freq="M")
    for at, kind, remedy in (
        (24, NormalSpec("same_month", years=2), "choose another kind"),
        (24, NormalSpec("pre_slump_mean", months=24), "choose another kind"),
        (24, NormalSpec("trend"), "the trend is compared whatever is chosen: give"),
    ):
        slump = replace(nothing_slumps(history, SlumpSpec()), start=history.months[at],
                        peak_from=history.months[at - 14], peak_to=history.months[at - 3])  # fmt: skip
        assert np.isfinite(normal_path(history, slump, kind, months)).all()
        early = replace(slump, start=history.months[at - 1])
        with pytest.raises(
            ConfigError, match=f"needs {at} months before the slump, found {at - 1}; {remedy}"
        ):
            normal_path(history, early, kind, months)


def test_a_month_that_is_not_published_leaves_no_hole_in_normal():
    season = 0.1 * np.sin(2 * np.pi * np.arange(12) / 12)
    z = slumping(sd=0.0)
    z[100] += 0.03  # what the missing month was: nobody can know
    history = history_of(z, season)
    history.values[0, 110] = np.nan
    straight = history_of(np.where(np.arange(len(z)) == 110, (z[109] + z[111]) / 2, z), season)
    slump = find_slump(straight, ADJUSTED)
    assert slump is not None
    months = pd.period_range("2009-06", periods=60, freq="M")
    for spec in (NormalSpec(), NormalSpec("trend"), NormalSpec("same_month"), NormalSpec("pre_slump_mean")):
        found, expected = (normal_path(h, slump, spec, months) for h in (history, straight))
        assert_allclose(found, expected, rtol=1e-12, err_msg=spec.kind)
    bridged = history.bridged()
    assert np.flatnonzero(bridged.reconstructed).tolist() == [110]
    assert_allclose(bridged.values, straight.values, rtol=1e-12)
    assert straight.bridged() is straight
