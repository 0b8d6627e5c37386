"""Jumps: the gain in closed form against the likelihood itself, and a lockdown that bends no earlier year."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast.levels import reconstruct
from forecast.levels.jumps import SCALES, likeliest, widened
from forecast.levels.likelihood import linearise, log_posterior
from forecast.levels.observation import observe
from forecast.levels.prior import kernels, kinds, parameters
from tests.levels.synthetic import figures, level, rows, span

MONTHS = span("2012-01", "2019-12")
LOCKDOWN = pd.Period("2017-04", "M")


def locked(seed: int) -> pd.Series:
    """A level of which one month stands nearly still and the next is half back."""
    y = level(MONTHS, np.random.default_rng(seed))
    y[LOCKDOWN] *= 0.3
    y[LOCKDOWN + 1] *= 0.8
    return y


@pytest.mark.parametrize(("p", "every"), [(1, 7), (2, 31)])
def test_the_likeliest_jump_gains_what_the_likelihood_gains(p: int, every: int):
    """With the kernels widened the log posterior, levels and hyperparameters fixed, rises most for that month and λ."""
    names = [("here", "total"), ("there", "total")][:p]
    table = pd.concat([rows(locked(i)).assign(region=region) for i, (region, _) in enumerate(names, start=1)])
    o = observe(figures(table), names, MONTHS)
    prior, given = kernels(MONTHS, 12, pd.DataFrame(index=span("2012-01", "2020-12"))), parameters(p)
    values = np.array([q.centre for q in given])
    levels = np.tile(prior.mean[: prior.months], (p, 1))
    none = np.ones(len(prior.mean))
    found = likeliest(linearise(o, prior, levels), given, values, none)
    assert found is not None
    t, scale = found

    def height(month: int, size: float) -> float:
        wide = none.copy()
        wide[month] = size
        return log_posterior(linearise(o, widened(prior, wide), levels), given, values)[0]

    heights = np.array([height(t, size) for size in SCALES])
    assert SCALES[heights.argmax()] == scale
    others = [
        height(month, size) for month in range(0, len(MONTHS), every) if month != t for size in SCALES[::3]
    ]
    assert max(others) < heights.max()


def test_kernels_are_widened_in_the_months_own_step_and_irregular_part():
    prior = kernels(span("2012-01", "2012-06"), 0, pd.DataFrame(index=span("2012-01", "2012-06")))
    scale = np.ones(6)
    scale[2] = 5.0
    wide = widened(prior, scale)
    steps = np.diff(wide.factors["level"], axis=0)  # (5, 6): the step into month t + 1
    assert_array_equal(np.square(steps).sum(axis=1), [1.0, 25.0, 1.0, 1.0, 1.0])
    assert_array_equal(np.diag(wide.factors["irregular"]), scale)
    assert wide.factors["seasonal"] is prior.factors["seasonal"]


def test_a_lockdown_moves_no_earlier_month_of_yearly_rates_beyond_its_interval():
    table = rows(locked(1), ("yoy_pct",))
    without = table[table["period"] < LOCKDOWN]
    told, calm = (
        reconstruct(
            figures(of),
            ("here", "total"),
            draws=200,
            as_of="2030-01-01",
            country=None,
            rng=np.random.default_rng(3),
        ).history
        for of in (table, without)
    )
    m = len(calm.months)
    base = slice(m - 12, m)
    ours, theirs = (
        np.log(of.values[:, :m]) - np.log(of.values[:, base]).mean(axis=1, keepdims=True)
        for of in (told, calm)
    )
    half = (np.quantile(theirs, 0.95, axis=0) - np.quantile(theirs, 0.05, axis=0)) / 2.0
    assert (np.abs(ours.mean(axis=0) - theirs.mean(axis=0)) < half).all()


def test_the_prior_of_first_prints_knows_what_a_series_is():
    names = [("vietnam", "total"), ("bac_ninh", "total"), ("bac_ninh", "water")]
    of = kinds(names)
    assert of == ("nation", "region", "sector")
    assert kinds(names[2:]) == ("sector",)
    prints = [np.exp(q.centre) for q in parameters(3, 1, of) if q.component == "first_print"]
    assert_allclose(prints, [0.01, 0.02, 0.03])
    assert [q for q in parameters(2) if q.component != "first_print"] == [
        q for q in parameters(2, 0, of[:2]) if q.component != "first_print"
    ]
