"""Long proofs of the search: no lower than others on real series, and no crash, hang or NaN on series that are none."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecast.errors import FitError
from forecast.models import sarima
from forecast.models.sarima import Sarima, plain
from forecast.models.sarima.sample import difference

pytestmark = pytest.mark.slow

Floats = npt.NDArray[np.float64]
EUROPE = Path(__file__).parents[3] / "shared" / "data" / "eu_manufacturing_nsa.csv"
COUNTRIES = ["DE", "FR", "IT", "ES", "PL", "SE", "CZ", "AT", "FI", "RO", "BE", "PT"]
SPECS = [
    Sarima((0, 1, 1), (0, 1, 1)),
    Sarima((2, 1, 1), (0, 1, 1)),
    Sarima((1, 1, 1), (1, 1, 1)),
    Sarima((2, 1, 2), (0, 1, 1)),
]


def best_of_others(spec: Sarima, y: Floats) -> float:
    """The best of statsmodels and of 20 random starts of our own, log-likelihood."""
    (p, _, q), (P, _, Q), s = spec.order, spec.seasonal, spec.period
    model = SARIMAX(
        difference(spec, np.log(y)), order=(p, 0, q), seasonal_order=(P, 0, Q, s), concentrate_scale=True
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [float(model.fit(disp=0, maxiter=200).llf)]
    rng = np.random.default_rng(20)
    for _ in range(20):
        start = plain.coefficients(spec.orders, rng.uniform(-1.4, 1.4, spec.n_coefficients))
        found.append(sarima.fit(spec, y, start=start, cold=False).loglike)
    return max(found)


@pytest.mark.skipif(not EUROPE.exists(), reason=f"{EUROPE.name} is not beside this checkout")
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_no_fit_lies_below_the_best_of_others(spec: Sarima) -> None:
    panel = pd.read_csv(EUROPE, index_col=0)
    short = {}
    for country in COUNTRIES:
        y = panel[country].dropna().to_numpy(dtype=float)[-240:]
        shortfall = best_of_others(spec, y) - sarima.fit(spec, y).loglike
        if shortfall > 1e-3:
            short[country] = shortfall
    assert short == {}


def ugly(rng: np.random.Generator, kind: int) -> Floats:
    """A series of one of nine kinds that no model was made for, 15 to 160 months."""
    m = int(rng.integers(15, 160))
    t, walk = np.arange(m), np.exp(4 + np.cumsum(rng.normal(0, 0.05, m)))
    hit = walk.copy()
    hit[rng.integers(m)] *= 10 ** rng.uniform(-12, 12)
    kinds = [
        walk,
        np.round(walk) + 1,
        np.where(rng.random(m) < 0.3, np.nan, walk),
        hit,
        100
        + 10 * np.sin(2 * np.pi * t / rng.choice([3, 4, 6, 12]))
        + rng.normal(size=m) * 10.0 ** rng.uniform(-14, 0),
        np.where(rng.random(m) < 0.5, 1.0, 2.0),
        np.exp(rng.normal(size=m) * rng.uniform(0, 50)),
        (t + 1.0) ** rng.uniform(-2, 3),
        np.exp(np.clip(4 + rng.standard_t(1, size=m), -500, 500)),
    ]
    return np.clip(kinds[kind], 1e-300, 1e300)


@pytest.mark.parametrize("kind", range(9))
def test_forty_ugly_series_of_a_kind(kind: int) -> None:
    rng = np.random.default_rng([7, kind])
    for _ in range(40):
        y, innovations = ugly(rng, kind), ["gaussian", "bootstrap", "block"][int(rng.integers(3))]
        p, d, q, P, D, Q = (int(rng.integers(0, top)) for top in (5, 3, 5, 3, 2, 3))
        spec = Sarima((p, d, q), (P, D, Q), drift=bool(rng.integers(2)), innovations=innovations)
        x = rng.normal(size=(len(y) + 12, 2)) if rng.random() < 0.4 else np.empty((len(y) + 12, 0))
        try:
            fit = sarima.fit(spec, y, x[: len(y)])
        except FitError:
            continue
        forecast = fit.modelled(12, x[len(y) :])
        assert np.isfinite([fit.loglike, *forecast.mean, *forecast.variance]).all()
        with np.errstate(over="ignore"):
            assert not np.isnan(fit.simulate(12, 9, rng, x[len(y) :])).any()
