"""The doors `adjust` and `refresh`: all methods, fallbacks, policies, errors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from statsmodels.tsa.seasonal import STL

from forecast import adjust
from forecast.adjust import X13, Builtin, Outlier, Stl
from forecast.errors import ConfigError, DataError
from tests.adjust.samples import electrical, known_effects, needs_x13, regressors, vietnam_like

AIRLINE = ((0, 1, 1), (0, 1, 1))


def test_builtin_is_the_profile_with_its_names_and_dates() -> None:
    y, x = vietnam_like(1), regressors()
    found = adjust.adjust(y, Builtin(), x=x)
    effects = adjust.builtin_effects(np.log(y.to_numpy()), pd.PeriodIndex(y.index), 12, x.to_numpy()[:192])
    assert_allclose(found.effects, effects, atol=1e-14)
    assert_allclose(np.log(y / found.adjusted), effects[:180], atol=1e-13)
    assert found.months[-1] == pd.Period("2015-12", "M")
    assert found.method == "builtin"


def test_stl_is_statsmodels_stl_of_the_logs() -> None:
    y = electrical()
    found = adjust.adjust(y, Stl(seasonal=9), pd.period_range("1995-01", periods=257 + 18, freq="M"))
    seasonal = STL(np.log(y.to_numpy()), period=12, seasonal=9, robust=True).fit().seasonal
    assert_allclose(found.seasonal[:257], seasonal, atol=1e-12)
    assert_allclose(found.seasonal[257:], np.r_[seasonal[-12:], seasonal[-12:-6]], atol=1e-12)
    assert_allclose(found.calendar, 0, atol=0)
    assert_allclose(found.adjusted, y / np.exp(seasonal), rtol=1e-12)


def test_stl_takes_calendar_effects_off_first_and_bridges_gaps() -> None:
    y, x = vietnam_like(2, noise=0.004), regressors()
    y.iloc[[40, 41, 100]] = np.nan
    found = adjust.adjust(y, Stl(), x=x)
    assert list(np.flatnonzero(found.adjusted.isna())) == [40, 41, 100]
    profile = adjust.estimate_profile(np.log(y.to_numpy()), pd.PeriodIndex(y.index), x.to_numpy()[:180])
    assert_allclose(found.calendar, x.to_numpy()[:192] @ profile.beta, atol=1e-14)
    error = (found.effects - known_effects(found.months))[:180]
    assert np.sqrt(np.mean(error**2)) < 0.012  # measured 0.007; the effects have sd 0.08


@pytest.mark.parametrize("spec", [Builtin(), Stl()])
def test_the_static_spec_gives_the_same_numbers(spec: Builtin | Stl) -> None:
    y, x = vietnam_like(3), regressors()
    first = adjust.adjust(y, spec, x=x)
    again = adjust.adjust(y, first.static_spec, x=x)
    assert_allclose(again.effects, first.effects, atol=0)


def test_a_frozen_profile_is_applied_to_later_months_unchanged() -> None:
    y, x = vietnam_like(3), regressors()
    early = adjust.adjust(y[:120], Builtin(), x=x)
    assert isinstance(early.static_spec, Builtin)
    late = adjust.adjust(y * np.where(np.arange(180) < 120, 1.0, 0.3), early.static_spec, x=x)
    assert_allclose(late.effects[:132], early.effects, atol=0)


@pytest.mark.parametrize(
    "spec", [Builtin(), Stl(), pytest.param(X13(model=AIRLINE, search=()), marks=needs_x13)]
)
def test_scale_moves_no_effect(spec: adjust.Spec) -> None:
    y = electrical()
    plain, scaled = adjust.adjust(y, spec), adjust.adjust(y * 37.5, spec)
    assert_allclose(scaled.effects, plain.effects, atol=1e-6)
    assert_allclose(scaled.adjusted, plain.adjusted * 37.5, rtol=1e-6)


def test_without_x13_stl_takes_over_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adjust, "x13_available", lambda: False)
    y, x = vietnam_like(1), regressors()
    found = adjust.adjust(y, X13(), x=x)
    assert found.method == "stl"
    assert found.notes == ("x13_unavailable",)
    assert found.messages[0].text == "X-13 is not available on this platform; STL was used instead."
    assert found.spec == X13()
    assert_allclose(found.effects, adjust.adjust(y, Stl(), x=x).effects, atol=0)


def test_everything_wrong_is_told_at_once() -> None:
    y = vietnam_like(1)
    y.iloc[3], y.iloc[9] = -2.0, 0.0
    months = pd.period_range("1999-11", "2016-12", freq="M")
    with pytest.raises(DataError) as caught:
        adjust.adjust(y, Builtin(), months, regressors(190))
    assert len(caught.value.problems) == 4
    text = str(caught.value)
    assert "-2 in 2000-04 is not positive; an index level is above 0" in text
    assert "0 in 2000-10 is not positive" in text
    assert "effects are asked from 1999-11, but the series begins in 2000-01" in text
    assert "calendar regressors have no row for 1999-11; they are needed from 1999-11 to 2016-12" in text


def test_a_series_without_a_month_is_refused() -> None:
    with pytest.raises(DataError, match="the series has no published month"):
        adjust.adjust(vietnam_like(1) * np.nan, Stl())


@needs_x13
def test_policies_keep_what_they_say() -> None:
    y, x = vietnam_like(9), regressors()
    y.iloc[60:] *= 0.8
    y.iloc[172] *= 0.7  # in the last year: known only to those that seek outliers again
    until = pd.period_range("2000-01", periods=192, freq="M")
    earlier = adjust.adjust(y[:160], X13(model=AIRLINE), until, x)
    assert isinstance(earlier.static_spec, X13)
    before = dict(earlier.static_spec.coefficients)
    found = {name: adjust.refresh(earlier, name, y, until, x) for name in adjust.POLICIES}
    now = {name: a.coefficients for name, a in found.items()}

    def moved(policy: str) -> bool:
        return abs(now[policy]["tet_during"][0] - before["tet_during"]) > 1e-9

    def arma(policy: str) -> tuple[float, ...]:
        static = found[policy].static_spec
        assert isinstance(static, X13)
        return static.ma

    assert_allclose(found["Current"].effects, earlier.effects, atol=0)
    assert not moved("Fixed")
    assert np.abs(found["Fixed"].effects - earlier.effects).max() > 1e-6  # the filters saw the new months
    assert moved("FixedParameters")
    assert_allclose(arma("Fixed"), earlier.static_spec.ma, atol=1e-12)
    assert_allclose(arma("FixedParameters"), earlier.static_spec.ma, atol=1e-12)
    assert abs(arma("FixedAutoRegressiveParameters")[0] - earlier.static_spec.ma[0]) > 1e-6
    new = Outlier.parse("AO2014-05")
    for name in ("Fixed", "FixedParameters", "FixedAutoRegressiveParameters", "FreeParameters"):
        assert found[name].outliers == earlier.outliers
    for name in ("LastOutliers", "Outliers", "Complete"):
        assert new in found[name].outliers
    assert_allclose(found["Complete"].effects, adjust.adjust(y, X13(model=AIRLINE), until, x).effects, atol=0)


@needs_x13
def test_autoregressive_parameters_alone_can_be_held() -> None:
    y = electrical()
    earlier = adjust.adjust(y[:200], X13(model=((1, 1, 1), (0, 1, 1)), search=()))
    assert isinstance(earlier.static_spec, X13)
    later = adjust.refresh(earlier, "FixedAutoRegressiveParameters", y).static_spec
    assert isinstance(later, X13)
    assert_allclose(later.ar, earlier.static_spec.ar, atol=1e-12)
    assert np.abs(np.subtract(later.ma, earlier.static_spec.ma)).max() > 1e-4


@needs_x13
def test_outliers_given_at_first_outlive_a_new_search() -> None:
    given = (Outlier.parse("AO2001-06"), Outlier.parse("AO2015-11"))
    earlier = adjust.adjust(electrical(), X13(model=AIRLINE, outliers=given))
    for policy in ("LastOutliers", "Outliers", "Complete"):
        assert set(given) <= set(adjust.refresh(earlier, policy, electrical()).outliers)


def test_current_gives_no_effects_that_were_never_forecast() -> None:
    y = vietnam_like(1)
    earlier = adjust.adjust(y[:100], Builtin())
    with pytest.raises(DataError, match="no effects for 2009-05; it ends in 2009-04"):
        adjust.refresh(earlier, "Current", y)


def test_an_unknown_policy_is_told_which_there_are() -> None:
    earlier = adjust.adjust(vietnam_like(1), Builtin())
    with pytest.raises(
        ConfigError, match='policy "current" gives no spec; choose from Fixed, FixedParameters'
    ):
        adjust.refresh(earlier, "current", vietnam_like(1))


def test_policies_of_the_profile_freeze_it_until_complete() -> None:
    y = vietnam_like(1)
    earlier = adjust.adjust(y[:120], Builtin(), y.index[:120])
    frozen = adjust.refresh(earlier, "Fixed", y, y.index)
    assert_allclose(frozen.effects[:120], earlier.effects, atol=0)
    fresh = adjust.refresh(earlier, "Complete", y, y.index)
    assert np.abs(fresh.effects[:120] - earlier.effects).max() > 1e-4
    assert replace(fresh.spec) == Builtin()
