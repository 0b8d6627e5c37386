import numpy as np
import pytest
from numpy.testing import assert_allclose
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

from forecast.errors import FitError
from forecast.models import smoothing
from forecast.models.smoothing import ExponentialSmoothing, Theta


def seasonal_level(n: int = 180, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    z = np.cumsum(rng.normal(0.002, 0.015, n)) + 0.1 * np.sin(2 * np.pi * np.arange(n) / 12)
    return 100 * np.exp(z + rng.normal(0, 0.01, n))


def test_median_paths_of_exponential_smoothing_are_statsmodels_forecasts():
    y = seasonal_level()
    found = smoothing.fit_exponential_smoothing(ExponentialSmoothing(), y)
    model = ETSModel(
        np.log(y), error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=12
    )
    expected = model.fit(disp=False, maxiter=200).forecast(30)
    n = 20_000
    log_paths = np.log(found.simulate(30, n, np.random.default_rng(2)))
    assert (np.abs(log_paths.mean(axis=0) - expected) < 4 * log_paths.std(axis=0) / np.sqrt(n)).all()


def test_the_spread_of_theta_grows_as_its_closed_form():
    found = smoothing.fit_theta(Theta(), seasonal_level())
    n = 40_000
    log_paths = np.log(found.simulate(12, n, np.random.default_rng(3)))
    for h in (1, 12):
        variance = found.sigma**2 * (1 + (h - 1) * found.alpha**2)
        assert_allclose(log_paths[:, h - 1].var(), variance, rtol=4 * np.sqrt(2 / n))
        mean = found.level + h * found.drift
        assert abs(log_paths[:, h - 1].mean() - mean) < 4 * np.sqrt(variance / n)


def test_theta_equals_statsmodels_where_its_smoothing_is_the_same():
    y = seasonal_level(seed=4)
    z = np.log(y)
    found = smoothing.fit_theta(Theta(), y)
    theirs = ThetaModel(z, period=1, deseasonalize=False).fit()
    assert_allclose(2 * found.drift, theirs.params["b0"], rtol=1e-8)
    assert_allclose(found.alpha, theirs.params["alpha"], atol=0.03)  # they start the level otherwise
    growth = found.drift * np.arange(1, 5)
    assert_allclose(found.level + growth, theirs.forecast(4), atol=0.01)


@pytest.mark.parametrize("fit", [
    lambda y: smoothing.fit_exponential_smoothing(ExponentialSmoothing(), y),
    lambda y: smoothing.fit_theta(Theta(), y),
])  # fmt: skip
def test_gaps_are_bridged_and_short_series_refused(fit):
    y = seasonal_level()
    y[[50, 51, -1]] = np.nan
    assert np.isfinite(fit(y).simulate(3, 5, np.random.default_rng(5))).all()
    with pytest.raises(FitError, match="needs 36 months, found 20"):
        fit(y[:20])
    with pytest.raises(FitError, match="growth does not vary"):
        fit(np.full(100, 5.0))
