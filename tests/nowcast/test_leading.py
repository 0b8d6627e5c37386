"""What indicators say as one number a month: by hand, scale-free, and blind to what is not out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose, assert_array_equal

from forecast.nowcast import Indicator, Panel, leading, together

MONTHS = pd.period_range("2000-01", "2012-12", freq="M")
LAST = pd.Period("2013-01", "M")
RNG = np.random.default_rng(1)
GROWTH = np.r_[np.nan, RNG.standard_normal(len(MONTHS) - 1)]
"""Of the target, from the second month on."""


def survey(lead: int, sign: float = 1.0, seed: int = 2) -> pd.Series:
    """A balance that says, with noise, what growth is so many months later; the last month it is known is LAST."""
    every = pd.period_range("2000-01", "2013-06", freq="M")
    said = sign * np.r_[GROWTH[lead:], np.ones(lead), np.ones(len(every) - len(MONTHS))]
    noise = 0.5 * np.random.default_rng(seed).standard_normal(len(every))
    return pd.Series(np.nan_to_num(said) + noise, index=every)


def panel(**columns: pd.Series) -> Panel:
    return Panel(pd.DataFrame(columns), tuple(Indicator(name, 0, "none") for name in columns))


def said(given: Panel) -> np.ndarray:
    day = LAST.end_time.normalize()
    found = leading(given.as_of(day), GROWTH, MONTHS, LAST)
    assert found is not None
    return found


def by_hand(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


def test_one_indicator_is_itself_moved_to_the_last_month_and_up_where_growth_follows_it():
    """Known to one month after the target, it stands one month earlier: January 2013 at December 2012."""
    for sign in (1.0, -1.0):
        one = survey(0, sign)
        moved = one["2000-02":"2013-01"].to_numpy()
        assert_allclose(said(panel(survey=one)), sign * by_hand(moved), atol=1e-12)


def test_several_weigh_by_their_correlation_with_growth_a_month_later():
    a, b = survey(0), survey(0, -1.0, 3)
    columns = [by_hand(one["2000-02":"2013-01"].to_numpy()) for one in (a, b)]
    weights = [np.cov(column[:-1], GROWTH[1:])[0, 1] for column in columns]
    assert weights[0] > 0 > weights[1]
    assert_allclose(said(panel(a=a, b=b)), by_hand(weights @ np.stack(columns)), atol=1e-10)


def test_units_do_not_matter_and_what_says_nothing_yet_counts_as_nothing():
    a, b = survey(0), survey(0, -1.0, 3)
    late = b.where(b.index >= pd.Period("2005-01", "M"))
    found = said(panel(a=a, b=late))
    assert_allclose(said(panel(a=7.0 + 30.0 * a, b=late)), found, atol=1e-12)
    first = by_hand(a["2000-02":"2013-01"].to_numpy())[:40]
    assert_allclose(np.corrcoef(found[:40], first)[0, 1], 1.0)


def test_what_comes_out_later_moves_nothing_and_the_newest_month_counts():
    one = survey(0)
    for poison in (1e9, -1e9, np.nan):
        later = one.where(one.index <= LAST, poison)
        assert_array_equal(said(panel(survey=later)), said(panel(survey=one)))
    newest = one.where(one.index != LAST, one[LAST] + 2.0)
    assert said(panel(survey=newest))[-1] > said(panel(survey=one))[-1] + 1.0


def test_without_a_monthly_indicator_that_can_be_used_there_is_none():
    day = LAST.end_time.normalize()
    quarterly = panel(survey=survey(0).where(lambda y: y.index.month % 3 == 0))
    quarterly = replace(quarterly, indicators=(Indicator("survey", 0, "none", quarterly=True),))
    short = panel(survey=survey(0)["2011-01":])
    for given in (quarterly, short, panel(survey=0.0 * survey(0))):
        assert leading(together([given], day), GROWTH, MONTHS, LAST) is None
