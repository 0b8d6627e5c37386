"""Months that a related series has published and the target has not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast.levels import Levels, reconstruct
from tests.levels.synthetic import figures, level, rows, span

MONTHS = span("2018-07", "2021-12")
ORIGIN = pd.Period("2021-09", "M")
HERE, THERE = ("here", "total"), ("there", "total")
DRAWS = 40


@pytest.fixture(scope="module")
def truth() -> pd.Series:
    return level(MONTHS, np.random.default_rng(11))


def rebuild(
    truth: pd.Series, nation: pd.DataFrame, *, as_of: str = "2030-01-01", horizon: int = 12
) -> Levels:
    own = rows(truth, ("mom_pct", "yoy_pct"))
    table = figures(own[own["period"] <= ORIGIN], nation)
    rng = np.random.default_rng(2)
    return reconstruct(table, HERE, [THERE], DRAWS, as_of=as_of, rng=rng, horizon=horizon, country=None)


@pytest.fixture(scope="module")
def nation(truth: pd.Series) -> pd.DataFrame:
    other = truth * np.exp(0.003 * np.random.default_rng(3).standard_normal(len(truth)))
    return rows(other, ("mom_pct", "yoy_pct"), "there")


def test_a_close_relative_tells_the_months_that_the_target_lacks(truth, nation):
    found = rebuild(truth, nation)
    assert found.history.origin == ORIGIN
    ahead = found.continued.values[:, len(found.months) :] / found.history.values[:, -1:]
    assert ahead.shape == (DRAWS, 3)
    expected = (truth[ORIGIN + 1 :] / truth[ORIGIN]).to_numpy()
    # the relative follows the target to 0.3 %, and the posterior says so of itself
    error = np.log(ahead.mean(axis=0) / expected)
    assert np.abs(error).max() < 0.03
    assert (np.abs(error) < 4 * np.log(ahead).std(axis=0)).all()
    assert np.log(ahead).std(axis=0).max() < 0.02
    alone = rebuild(truth, nation[nation["period"] <= ORIGIN])
    assert_array_equal(alone.continued.values, alone.history.values)


def test_later_news_of_the_relative_moves_the_target_the_same_way(truth, nation):
    later = nation["period"] == pd.Period("2021-12", "M")
    worse = nation.assign(value=nation["value"] - 5.0 * later)
    month = [rebuild(truth, table).continued.values[:, -1].mean() for table in (nation, worse)]
    assert 0.93 < month[1] / month[0] < 0.98  # 5 points of a yoy or mom, at a loading below one


def test_effects_go_on_over_the_horizon_counted_from_the_origin(truth, nation):
    found = rebuild(truth, nation, horizon=12)
    m = len(found.months)
    assert found.history.effects.shape[1] == m + 12
    assert found.continued.horizon == 9
    assert rebuild(truth, nation, horizon=0).history.effects.shape[1] >= m
    assert_array_equal(found.history.until(ORIGIN - 2).effects, found.history.effects)
    scaled = found.rescaled("2019-01", "2019-12")
    assert_allclose(
        scaled.continued.values / scaled.history.values[:, -1:],
        found.continued.values / found.history.values[:, -1:],
        rtol=1e-12,
    )


def test_what_the_relative_publishes_after_the_date_moves_nothing(truth, nation):
    published = nation["published"] > pd.Timestamp("2022-12-31")
    poisoned = nation.assign(value=np.where(published, 77.0, nation["value"]))
    a, b = (rebuild(truth, table, as_of="2022-12-31") for table in (nation, poisoned))
    assert a.continued.months[-1] < MONTHS[-1]
    assert_array_equal(a.continued.values, b.continued.values)


def test_the_first_figure_of_its_own_sector_tells_the_month_of_the_total(truth):
    """Manufacturing is most of the total and comes out first; the total's own month is not there yet."""
    other = truth * np.exp(0.01 * np.random.default_rng(5).standard_normal(len(truth)))
    own, part = (
        rows(truth, ("mom_pct", "yoy_pct")),
        rows(other, ("mom_pct", "yoy_pct")).assign(sector="making"),
    )
    table = figures(own[own["period"] <= ORIGIN], part[part["period"] <= ORIGIN + 1])
    found = reconstruct(
        table, HERE, [("here", "making")], DRAWS,
        as_of="2030-01-01", rng=np.random.default_rng(2), horizon=12, country=None,
    )  # fmt: skip
    assert found.history.origin == ORIGIN
    assert found.continued.months[-1] == ORIGIN + 1
    growth = np.log(found.continued.values[:, -1] / found.history.values[:, -1])
    moved = np.log(other[ORIGIN + 1] / other[ORIGIN])
    assert abs(growth.mean() - moved) < 0.25 * abs(moved)
    assert growth.std() < 0.5 * np.log(truth).diff().std()


def test_a_year_to_date_alone_pins_its_month(truth):
    own = rows(truth, ("mom_pct", "yoy_pct"))
    ytd = rows(truth, ("ytd_yoy_pct",), decimals=2)
    table = figures(own[own["period"] <= ORIGIN], ytd[ytd["period"] == ORIGIN + 1])
    rng = np.random.default_rng(2)
    found = reconstruct(table, HERE, [], DRAWS, as_of="2030-01-01", rng=rng, horizon=12, country=None)
    assert found.history.origin == ORIGIN + 1
    growth = 100.0 * (found.history.values[:, -1] / found.history.values[:, -2] - 1.0)
    truly = 100.0 * (truth[ORIGIN + 1] / truth[ORIGIN] - 1.0)
    assert abs(growth.mean() - truly) < 1.0
    assert (
        growth.std() < 1.5
    )  # rounding of the ytd times its ten months; a month without a figure has about 2.5
