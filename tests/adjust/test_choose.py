"""The AICc pretest: Tết windows kept where they matter and dropped where they do not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecast import adjust
from forecast.adjust import X13, choose_regressors
from forecast.errors import FitError
from tests.adjust.samples import needs_x13, regressors, vietnam_like

pytestmark = needs_x13

TRADING = ("working_days", "leap_year")
ALL = (*TRADING, "tet_before", "tet_during", "tet_after")
SEEDS = range(8)


def test_tet_windows_improve_aicc_and_are_kept() -> None:
    for seed in SEEDS:
        choice = choose_regressors(vietnam_like(seed), regressors())
        assert choice.columns == ALL
        # The effects put in are 10 and more standard errors wide.
        assert choice.aicc[ALL] < choice.aicc[TRADING] - 100


def test_tet_windows_are_dropped_where_useless_and_working_days_too() -> None:
    without_tet = [choose_regressors(vietnam_like(s, tet=False), regressors()).columns for s in SEEDS]
    # A useless window lowers AICc by more than 2 in about 1 series of 20 (χ² tail at 4.1: .04): 2 of 8 have p < .06.
    assert sum(columns == TRADING for columns in without_tet) >= 6
    nothing = [
        choose_regressors(vietnam_like(s, tet=False, trading=False), regressors()).columns for s in SEEDS
    ]
    assert sum(columns == () for columns in nothing) >= 6


def test_under_six_years_only_one_window_is_tried() -> None:
    choice = choose_regressors(vietnam_like(1, n=71), regressors())
    assert choice.columns == (*TRADING, "tet_during")
    assert set(choice.aicc) == {(), TRADING, ("tet_during",), (*TRADING, "tet_during")}
    assert ALL in choose_regressors(vietnam_like(1, n=72), regressors()).aicc


def test_aicc_is_that_of_statsmodels_likelihood() -> None:
    y, x = vietnam_like(3), regressors()
    for columns in ((), TRADING, ALL):
        spec = X13(model=((0, 1, 1), (0, 1, 1)), search=(), pretest=False, regressors=columns)
        static = adjust.adjust(y, spec, x=x).static_spec
        assert isinstance(static, X13)
        model = SARIMAX(
            np.log(y.to_numpy()),
            x[list(columns)].to_numpy()[:180] if columns else None,
            (0, 1, 1),
            seasonal_order=(0, 1, 1, 12),
            simple_differencing=True,
            concentrate_scale=True,
        )
        beta = [dict(static.coefficients)[name] for name in columns]
        k, n = 3 + len(columns), 180 - 13
        # At X-13's own estimates; its sign of the MA terms is the opposite, and its AICc is that of y, not log y.
        jacobian = np.log(y.to_numpy()[13:]).sum()
        likelihood = model.loglike(np.r_[beta, -np.array(static.ma)]) - jacobian
        aicc = -2 * likelihood + 2 * k * n / (n - k - 1)
        ours = choose_regressors(y, x, candidates=[columns]).aicc[columns]
        assert_allclose(ours, aicc, atol=1e-3)  # printed to four decimals


def test_adjust_pretests_and_freezes_what_it_chose() -> None:
    x = regressors()
    kept = adjust.adjust(vietnam_like(2), X13(), x=x)
    dropped = adjust.adjust(vietnam_like(2, tet=False, trading=False), X13(), x=x)
    assert isinstance(kept.static_spec, X13)
    assert isinstance(dropped.static_spec, X13)
    assert kept.static_spec.regressors == ALL
    assert dropped.static_spec.regressors == ()
    assert_allclose(dropped.calendar, 0, atol=1e-15)
    assert kept.spec == X13()


def test_without_pretest_every_regressor_stays() -> None:
    found = adjust.adjust(vietnam_like(2, tet=False), X13(pretest=False), x=regressors())
    assert isinstance(found.static_spec, X13)
    assert found.static_spec.regressors == ALL


def test_where_every_set_fails_each_says_why() -> None:
    y = pd.Series(np.arange(20) + 1.0, index=pd.period_range("2001-01", periods=20, freq="M"))
    with pytest.raises(FitError) as caught:
        choose_regressors(y, regressors(), candidates=[(), TRADING])
    assert len(caught.value.problems) == 2
    assert "regressors none: X-13 could not adjust the series" in caught.value.problems[0]
    assert "at least 3 complete years" in caught.value.problems[1]
