import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.linear_model import Ridge

from forecast import models
from forecast.errors import FitError
from forecast.models import regression
from forecast.models.regression import Regression
from forecast.models.sarima import Sarima
from forecast.models.searched import SearchedSarima, settle


def level(n: int = 264, seed: int = 1, season: float = 0.1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    growth = np.zeros(n)
    for t in range(1, n):
        growth[t] = -0.4 * growth[t - 1] + rng.normal(0, 0.01)
    return 100 * np.exp(np.cumsum(growth + 0.002) + season * np.sin(2 * np.pi * np.arange(n) / 12))


ONE = Regression(strengths=(0.03,), mixing=(0.0,))


def test_one_ridge_is_scikit_learn_s_on_lags_and_months():
    y = level()
    found = regression.fit(ONE, y)
    growth = np.diff(np.log(y), prepend=np.nan)
    recent = growth[-240:]
    s = (growth - recent.mean()) / recent.std()
    rows = np.arange(264 - 240, 264)
    X = np.array([[*s[t - 13 : t][::-1], *np.eye(12)[t % 12]] for t in rows])
    expected = Ridge(alpha=0.03 * 240).fit(X, s[rows])
    probe = np.random.default_rng(2).normal(size=(5, 25))
    assert_allclose(found.learner.predict(probe), expected.predict(probe), rtol=1e-9)
    held = Ridge(alpha=0.03 * 120).fit(
        X[:120], s[rows][:120]
    )  # the first block is forecast from the months before
    errors = s[rows][120:150] - held.predict(X[120:150])
    got = found.errors[:30, 0]
    assert_allclose(got - got.mean(), errors - errors.mean(), atol=1e-9)


def test_without_errors_a_path_repeats_the_one_step_forecast():
    y = level()
    found = regression.fit(ONE, y)
    still = regression.RegressionFit(
        **{**vars(found), "errors": np.zeros_like(found.errors), "drift_error": 0.0}
    )
    path = still.simulate(20, 3, np.random.default_rng(3))
    assert_allclose(path[0], path[2], rtol=1e-12)
    z = list(np.log(y))
    for _ in range(20):
        s = (np.diff(z)[::-1][:13] - found.mean) / found.deviation
        step = found.learner.predict(np.array([[*s, *np.eye(12)[len(z) % 12]]]))[0]
        z.append(z[-1] + found.mean + found.deviation * step)
    assert_allclose(np.log(path[0]), z[-20:], rtol=1e-10)


def test_a_leading_panel_and_the_calendar_are_used():
    rng = np.random.default_rng(4)
    lead = rng.normal(0, 0.01, 265)
    x = rng.normal(0, 1, (276, 1))
    y = 100 * np.exp(np.cumsum(lead[:-1] + rng.normal(0, 0.003, 264)) + 0.02 * x[:264, 0])
    panel = 100 * np.exp(np.cumsum(lead[1:]))[:, None]  # known a month ahead of the series
    found = regression.fit(Regression(), y, x[:264], panel)
    without = regression.fit(Regression(), y)
    assert found.errors[:, 0].std() < 0.7 * without.errors[:, 0].std()
    paths = found.simulate(12, 50, rng, x[264:])
    assert paths.shape == (50, 12)
    with pytest.raises(ValueError, match="had 1 regressors"):
        found.simulate(12, 50, rng)


def test_tuning_prefers_a_strong_penalty_where_there_is_nothing_to_learn():
    noise = 100 * np.exp(np.cumsum(np.random.default_rng(5).normal(0, 0.01, 264)))
    assert regression.fit(Regression(), noise).chosen["strength"] >= 0.1
    assert regression.fit(Regression(), level()).chosen["strength"] <= 0.1


def test_settled_it_is_the_candidate_that_tuning_chose():
    y = level()
    tuned = regression.fit(Regression(), y)
    spec = models.settled(Regression(), y)
    assert (spec.strengths, spec.mixing) == ((tuned.chosen["strength"],), (tuned.chosen["mixing"],))
    assert_allclose(regression.fit(spec, y).errors, tuned.errors)


def test_trees_learn_a_season_and_are_the_same_every_time():
    y = level(season=0.3)
    one, two = (regression.fit(Regression("trees"), y) for _ in range(2))
    assert one.errors[:, 0].std() < 0.6
    assert_array_equal(
        one.simulate(6, 20, np.random.default_rng(6)), two.simulate(6, 20, np.random.default_rng(6))
    )


def test_a_series_that_cannot_carry_it_is_refused():
    with pytest.raises(FitError, match="needs 72 growth rates that vary, found 59"):
        regression.fit(Regression(), level()[:60])
    y = level()
    y[-5] = np.nan
    with pytest.raises(FitError, match="no gap in the last 14 months"):
        regression.fit(Regression(), y)


def test_a_searched_seasonal_arima_is_settled_once_and_has_no_season_where_there_is_none():
    rng = np.random.default_rng(7)
    e = rng.normal(0, 0.02, 300)
    w = e[13:] - 0.6 * e[12:-1] - 0.5 * e[1:-12] + 0.3 * e[:-13]
    z = np.zeros(len(w) + 13)
    for t, step in enumerate(w):  # (1 − B)(1 − B¹²)z = w
        z[t + 13] = z[t + 12] + z[t + 1] - z[t] + step
    y = 100 * np.exp(z[13:])
    spec = settle(SearchedSarima(budget=2), y)
    assert isinstance(spec, Sarima)
    assert (spec.order[1], spec.seasonal[1]) == (1, 1)
    assert models.settled(SearchedSarima(budget=2), y) == spec
    assert models.settled(spec, y) is spec
    plain = models.member("sarima", seasonal=False).spec
    assert settle(plain, y[:120]).seasonal == (0, 0, 0)
