"""The other series of a panel on the months of the target: logs less effects, and nothing where nothing is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose

from forecast import adjust, calendar, series
from forecast.estimate import LevelData, Plan, known_beside
from forecast.estimate.panel import known_panel
from forecast.slump import SlumpSpec

MONTHS = pd.period_range("2004-03", "2009-11", freq="M")
ADJUSTED = Plan(slump=SlumpSpec(seasonally_adjusted=True))


def data() -> LevelData:
    """A target from 2004-03 on beside four series: longer; later with a gap, a loss and a zero; short; and itself."""
    y = series.sample("elec_equip")
    late = (2 * y).where(y.index >= pd.Period("2005-02", "M"))
    late["2007-05"], late["2008-01"], late["2008-04"] = np.nan, -3.0, 0.0
    panel = pd.DataFrame(
        {"long": 3 * y, "late": late, "short": y.where(y.index >= pd.Period("2009-01", "M")), "e": y}
    )
    return LevelData(y["2004-03":], "e", pd.Timestamp("2009-11-30"), panel=panel)


def test_an_adjusted_panel_is_its_logs_on_the_target_s_months():
    y, months = series.sample("elec_equip")["2004-03":"2009-11"].to_numpy(), MONTHS
    found = known_beside(data(), None, months, ADJUSTED)
    assert list(found) == ["long", "late", "short"]
    assert_allclose(found["long"][0], np.log(3 * y), rtol=1e-14)
    late = np.where(
        (months < pd.Period("2005-02", "M")) | months.astype(str).isin(["2007-05", "2008-01", "2008-04"]),
        np.nan,
        np.log(2 * y),
    )
    assert_allclose(found["late"][0], late, rtol=1e-14)
    assert_allclose(
        found["short"][0], np.where(months >= pd.Period("2009-01", "M"), np.log(y), np.nan), rtol=1e-14
    )
    further = pd.period_range("2009-10", "2010-01", freq="M")
    assert np.isnan(known_beside(data(), None, further, ADJUSTED)["long"][0]).tolist() == [
        False,
        False,
        True,
        True,
    ]


def test_a_level_below_one_is_a_level_too():
    y = series.sample("elec_equip")
    small = LevelData(y["2004-03":], "e", pd.Timestamp("2009-11-30"), panel=(y / 1000).to_frame("small"))
    found = known_beside(small, None, MONTHS, ADJUSTED)["small"][0]
    assert_allclose(found, np.log(y["2004-03":"2009-11"].to_numpy() / 1000), rtol=1e-14)


def test_a_panel_with_a_season_is_less_the_effects_that_its_own_months_show():
    plan = replace(ADJUSTED, slump=SlumpSpec(), country="DE")
    own = pd.period_range("1995-01", "2009-11", freq="M")
    y = series.sample("elec_equip")[:"2009-11"].to_numpy()
    x = calendar.regressors(own, "DE", ()).to_numpy(dtype=float)
    found = known_beside(data(), None, MONTHS, plan)
    assert list(found) == ["long", "late"]  # eleven months show no season
    z = np.log(3 * y) - adjust.builtin_effects(np.log(3 * y), own, 0, x)
    assert_allclose(found["long"][0], z[-len(MONTHS) :], rtol=1e-12)


def test_models_see_no_series_that_is_the_target_once_more():
    of = replace(data(), panel=data().panel.drop(columns="short"))
    assert known_panel(of, None, MONTHS, ADJUSTED) is None  # all of them are
    other = series.sample("elec_equip") * np.random.default_rng(1).lognormal(0, 0.01, 257)
    of = replace(of, panel=of.panel.assign(other=other))
    seen = known_panel(of, None, MONTHS, ADJUSTED)
    assert seen is not None
    assert_allclose(seen[0, :, 0], other["2004-03":"2009-11"], rtol=1e-12)
    assert seen.shape[2] == 1
