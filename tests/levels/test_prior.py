from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose

from forecast.calendar import regressors
from forecast.levels.prior import EVOLVING_MEMORY, LEVELS, NOISE, covariances, kernels, parameters
from tests.levels.synthetic import span

MONTHS = span("2021-03", "2023-08")
AHEAD = span("2021-03", "2024-08")


def test_kernels_are_the_stated_covariances_over_time():
    k = kernels(MONTHS, 12, regressors(AHEAD))
    total = len(AHEAD)
    t = np.arange(total)
    same = (t[:, None] - t[None, :]) % 12 == 0
    apart = np.abs(t[:, None] - t[None, :])
    gram = {c: f @ f.T for c, f in k.factors.items()}
    assert_allclose(gram["level"], np.minimum(t[:, None], t[None, :]))
    assert_allclose(gram["drift"], np.outer(t, t))
    assert_allclose(gram["irregular"], np.eye(total))
    assert_allclose(gram["seasonal"], same - 1 / 12, atol=1e-12)
    assert_allclose(gram["evolving"], (same - 1 / 12) * np.exp(-apart / EVOLVING_MEMORY), atol=1e-8)


def test_a_seasonal_profile_sums_to_nothing_over_a_year():
    k = kernels(MONTHS, 12, regressors(AHEAD))
    assert_allclose(k.factors["seasonal"][:12].sum(axis=0), np.zeros(12), atol=1e-12)


def test_no_calendar_leaves_a_straight_mean():
    k = kernels(MONTHS, 0, pd.DataFrame(index=MONTHS))
    assert k.factors["calendar"].shape == (30, 0)
    assert_allclose(np.diff(k.mean), 0.003)


def test_two_series_share_components_by_loadings():
    given = parameters(2)
    values = np.array([q.centre for q in given]) + 0.1
    of = covariances(given, values, 2)
    at = {(q.component, q.row, q.column): v for q, v in zip(given, values, strict=True)}
    for component in ("level", "irregular", "seasonal"):
        loading = at[component, 1, 0]
        first, own = np.exp(2 * at[component, 0, 0]), np.exp(2 * at[component, 1, 1])
        expected = [[first, loading * first], [loading * first, loading**2 * first + own]]
        assert_allclose(of.across[component], expected, rtol=1e-12)
    assert of.across["evolving"][0, 1] == of.across["first_print"][0, 1] == 0.0


def test_three_series_chain_their_loadings():
    given = parameters(3)
    values = np.array([q.centre for q in given])
    of = covariances(given, values, 3).across["seasonal"]
    at = {(q.row, q.column): v for q, v in zip(given, values, strict=True) if q.component == "seasonal"}
    a, b, c = at[1, 0], at[2, 0], at[2, 1]
    s = np.exp(2 * np.array([at[0, 0], at[1, 1], at[2, 2]]))
    # x2 = a·x1 + e2, x3 = b·x1 + c·x2 + e3
    assert_allclose(of[0, 2], (b + c * a) * s[0])
    assert_allclose(of[2, 2], (b + c * a) ** 2 * s[0] + c**2 * s[1] + s[2])


def test_slopes_are_derivatives_by_every_hyperparameter():
    given = parameters(3)
    values = np.array([q.centre for q in given]) + 0.2 * np.random.default_rng(3).standard_normal(len(given))
    analytic = covariances(given, values, 3)
    seen = set()
    for j in range(len(given)):
        step = 1e-6 * np.eye(len(given))[j]
        up, down = covariances(given, values + step, 3), covariances(given, values - step, 3)
        for component in (*LEVELS, *NOISE):
            numeric = (up.across[component] - down.across[component]) / 2e-6
            mine = [slope for position, slope in analytic.slopes(component) if position == j]
            assert_allclose(sum(mine, np.zeros((3, 3))), numeric, atol=1e-10)
            seen |= {j} if mine else set()
    assert seen == set(range(len(given)))
