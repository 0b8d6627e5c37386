"""The posterior against a dense closed form built another way, and its parts against brute force."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy.stats import norm

from forecast.calendar import regressors
from forecast.levels.likelihood import covariance, linearise, log_posterior
from forecast.levels.mode import Search
from forecast.levels.observation import Observations, observe
from forecast.levels.posterior import GROWTH_KURTOSIS, Posterior, draw, fit, left_out, stratified_normals
from forecast.levels.prior import (
    BIAS_SD,
    DRIFT_SD,
    EVOLVING_MEMORY,
    LEVELS,
    NOISE,
    Kernels,
    covariances,
    kernels,
    parameters,
    spreads,
)
from tests.levels.synthetic import figures, level, rows, span

MONTHS = span("2020-01", "2022-06")
NAMES = [("there", "total"), ("here", "total")]
LINEAR = ("mom_pct", "yoy_pct", "index")
HORIZON = 6


def toy(measures: tuple[str, ...] = LINEAR) -> tuple[Observations, Kernels]:
    """Two series, a third of the figures, half of them first prints."""
    rng = np.random.default_rng(5)
    tables = []
    for region, _ in NAMES:
        y = level(MONTHS, rng)
        for delay in (10, 50):
            some = rows(y, measures, region, decimals=1, delay_days=delay)
            tables.append(some[rng.random(len(some)) < 0.3])
    months = span("2020-01", "2022-12")
    o = observe(figures(*tables), NAMES, MONTHS)
    return o, kernels(MONTHS, HORIZON, regressors(months))


@pytest.fixture(scope="module")
def found() -> Posterior:
    o, k = toy()
    return fit(o, k, 2)


def dense(posterior: Posterior) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Joint prior of (both series' log levels, both series' effects) and of the figures, cell by cell.

    Returns the mean and covariance of the latent vector, its covariance with the figures, the figures' mean and
    their covariance, from the formulas of the model and figures taken one at a time.
    """
    o = posterior.observations
    at = {(q.component, q.row, q.column): v for q, v in zip(posterior.given, posterior.values, strict=True)}
    x = regressors(span("2020-01", "2022-12"))
    mean_beta = np.array([0.015, 0.02, 0.0, -0.10, 0.0])
    sd_beta = np.array([0.015, 0.02, 0.06, 0.10, 0.06])
    m, total = len(MONTHS), len(x)
    t = np.arange(total)
    same = ((t[:, None] - t) % 12 == 0) - 1 / 12

    def shared(component: str, kernel: np.ndarray) -> np.ndarray:
        s1, s2 = np.exp(2 * at[component, 0, 0]), np.exp(2 * at[component, 1, 1])
        a = at.get((component, 1, 0), 0.0)
        return np.block([[s1 * kernel, a * s1 * kernel], [a * s1 * kernel, (a * a * s1 + s2) * kernel]])

    a = at["level", 1, 0]
    drift = DRIFT_SD**2 * np.kron([[1, a], [a, 1 + a * a]], np.outer(t, t))
    calendar = np.kron([[1, 1], [1, 1.25]], (x * sd_beta**2).to_numpy() @ x.to_numpy().T)
    effects = shared("seasonal", same) + calendar
    effects += shared("evolving", same * np.exp(-np.abs(t[:, None] - t) / EVOLVING_MEMORY))
    levels = effects + drift + shared("level", np.minimum(t[:, None], t)) + shared("irregular", np.eye(total))
    levels += np.kron(np.eye(2), np.ones((total, total)))
    keep = np.r_[np.arange(m), total + np.arange(m)]
    prior = np.block([[levels[np.ix_(keep, keep)], effects[keep]], [effects[:, keep], effects]])
    effect_mean = np.tile(x.to_numpy() @ mean_beta, 2)
    mean = np.r_[(np.log(100) + 0.003 * np.tile(t, 2) + effect_mean)[keep], effect_mean]
    rows_of = np.zeros((len(o.y), len(mean)))
    for i, row in enumerate(o.table.itertuples()):
        start = m * NAMES.index((row.region, row.sector))
        rows_of[i, start + o.month[i]] = 1
        if row.measure != "index":
            rows_of[i, start + o.month[i] - (1 if row.measure == "mom_pct" else 12)] = -1
    noise = np.zeros((len(o.y), len(o.y)))
    for i, j in np.ndindex(noise.shape):
        s = o.series[i]
        if s == o.series[j] and o.first[i] and o.first[j]:
            noise[i, j] += BIAS_SD**2 * (1 + (o.monthly[i] and o.monthly[j]))
            noise[i, j] += np.exp(2 * at["first_print", s, s]) * (o.month[i] == o.month[j])
        if i == j:
            noise[i, i] += o.rounding[i] ** 2
            kind = {"mom_pct": "monthly", "yoy_pct": "rest"}.get(o.table["measure"][i])
            noise[i, i] += np.exp(2 * at[kind, s, s]) if kind else 0.0
    cross = prior @ rows_of.T
    return mean, prior, cross, rows_of @ mean, rows_of @ cross + noise


def test_posterior_of_linear_figures_is_the_closed_form(found):
    mean, _, cross, figure_mean, figure_covariance = dense(found)
    expected = mean + cross @ np.linalg.solve(figure_covariance, found.observations.y - figure_mean)
    assert_allclose(found.levels.ravel(), expected[: 2 * len(MONTHS)], rtol=0, atol=1e-8)


def test_marginal_likelihood_is_the_closed_form_at_two_points(found):
    def closed(values: np.ndarray) -> float:
        moved = Posterior(
            found.observations, found.kernels, found.given, values, found.spread, found.levels, found.linear
        )
        _, _, _, figure_mean, s = dense(moved)
        r = found.observations.y - figure_mean
        z = [
            (v - q.centre) / (q.lower if v < q.centre else q.spread)
            for v, q in zip(values, found.given, strict=True)
        ]
        return float(-0.5 * r @ np.linalg.solve(s, r) - 0.5 * np.linalg.slogdet(s)[1] - 0.5 * np.dot(z, z))

    other = found.values + 0.3 * np.random.default_rng(1).standard_normal(len(found.values))
    ours = [log_posterior(found.linear, found.given, v)[0] for v in (found.values, other)]
    assert_allclose(ours, [closed(found.values), closed(other)], rtol=1e-9)


def test_draws_have_the_moments_of_the_closed_form(found):
    """10,000 draws at fixed hyperparameters: means exactly, variances within 4.5 standard errors of 5,000 pairs."""
    fixed = Posterior(
        found.observations,
        found.kernels,
        found.given,
        found.values,
        np.zeros_like(found.spread),
        found.levels,
        found.linear,
    )
    n = 10_000
    drawn = np.concatenate([of.reshape(n, -1) for of in draw(fixed, n, n, np.random.default_rng(0))], axis=1)
    mean, prior, cross, figure_mean, s = dense(found)
    o = found.observations
    biases = BIAS_SD**2 * np.array(
        [
            (o.series == q) & o.first & (o.monthly.astype(bool) | (not of_mom))
            for q in (0, 1)
            for of_mom in (False, True)
        ]
    )
    assert (biases > 0).any(axis=1).all()
    mean, cross = np.r_[mean, np.zeros(4)], np.vstack([cross, biases])
    prior = np.block(
        [[prior, np.zeros((len(prior), 4))], [np.zeros((4, len(prior))), BIAS_SD**2 * np.eye(4)]]
    )
    expected = mean + cross @ np.linalg.solve(s, found.observations.y - figure_mean)
    covariance_ = prior - cross @ np.linalg.solve(s, cross.T)
    sd = np.sqrt(np.diag(covariance_))
    np.testing.assert_allclose(drawn.mean(axis=0), expected, rtol=1e-9, atol=1e-9)  # opposite pairs
    pairs = n / 2
    assert np.max(np.abs(drawn.var(axis=0) / sd**2 - 1)) < 4.5 * np.sqrt(2 / pairs)
    ours = np.corrcoef(drawn.T)
    theirs = covariance_ / np.outer(sd, sd)
    assert np.max(np.abs(ours - theirs)) < 5 / np.sqrt(pairs)  # the largest of some 10,000


def test_gradient_of_the_marginal_likelihood():
    o, k = toy((*LINEAR, "ytd_yoy_pct", "qtr_yoy_pct"))
    given = parameters(2)
    rng = np.random.default_rng(4)
    values = np.array([q.centre + 0.5 * q.spread * rng.standard_normal() for q in given])
    linear = linearise(o, k, rng.normal(4.6, 0.1, (2, len(MONTHS))))
    numeric = [
        (log_posterior(linear, given, values + h)[0] - log_posterior(linear, given, values - h)[0]) / 2e-4
        for h in 1e-4 * np.eye(len(given))
    ]
    assert_allclose(log_posterior(linear, given, values)[1], numeric, rtol=1e-5, atol=1e-4)


def test_hyperparameters_are_at_a_mode(found):
    _, slope = log_posterior(found.linear, found.given, found.values)
    spread = spreads(found.given, found.values)
    assert np.max(np.abs(slope * spread)) < 0.05
    assert (np.linalg.norm(found.spread / spread[:, None], axis=1) < 1 + 1e-9).all()


def test_final_figures_teach_that_mom_has_no_noise_but_rounding():
    """Rounding of a thousandth, 0.00029 % of sd, and nothing else: the prior's 0.3 % gives way by some 1,000 times."""
    months = span("2012-01", "2017-12")
    y = level(months, np.random.default_rng(2))
    o = observe(figures(rows(y, decimals=3)), [("here", "total")], months)
    found = fit(o, kernels(months, 0, pd.DataFrame(index=months)), 1)
    learned = {q.component: np.exp(v) for q, v in zip(found.given, found.values, strict=True)}
    assert max(learned["monthly"], learned["rest"]) < 1e-5


def test_prior_is_wider_below_the_centre_of_the_noise_of_mom():
    q = next(q for q in parameters(1) if q.component == "monthly")
    np.testing.assert_array_equal(spreads((q, q, q), q.centre + np.array([-1e-9, 0.0, 1.0])), [1.5, 0.8, 0.8])


def test_left_out_residuals_are_those_of_leaving_out():
    o, k = toy((*LINEAR, "ytd_yoy_pct"))
    posterior = fit(o, k, 2)
    error, z, kurtosis = left_out(posterior)
    linear = posterior.linear
    lower = covariance(linear, covariances(posterior.given, posterior.values, 2))
    s = np.tril(lower) + np.tril(lower, -1).T
    across = covariances(posterior.given, posterior.values, 2).across
    moved = np.zeros_like(s)
    for a, b in itertools.product(range(2), repeat=2):
        here, there = linear.rows[a], linear.rows[b]
        for c in LEVELS:
            moved[here, there] += across[c][a, b] * linear.factors[c][here] @ linear.factors[c][there].T
    for i in (0, 7, 20, len(o.y) - 1):
        others = np.arange(len(o.y)) != i
        weights = np.linalg.solve(s[np.ix_(others, others)], s[others, i])
        expected = linear.residual[i] - weights @ linear.residual[others]
        assert_allclose(error[i], expected, rtol=1e-7)
        variance = s[i, i] - weights @ s[others, i]
        assert_allclose(z[i], expected / np.sqrt(variance), rtol=1e-7)
        rounding = np.r_[o.rounding[i], weights * o.rounding[others]]
        own = np.insert(-weights, i, 1.0)
        share = own @ moved @ own / variance
        assert 1e-6 < share < 1
        expected = -1.2 * np.sum(rounding**4) / variance**2 + GROWTH_KURTOSIS * share**2
        assert_allclose(kurtosis[i], expected, rtol=1e-6)


def test_gauss_newton_ends_at_the_mode_of_the_nonlinear_posterior():
    """The slope of the log density of the levels is nothing where the steps end, all figures taken exactly."""
    o, k = toy((*LINEAR, "ytd_yoy_pct", "qtr_yoy_pct"))
    posterior = fit(o, k, 2)
    across = covariances(posterior.given, posterior.values, 2)
    m = len(MONTHS)
    prior = np.zeros((2 * m, 2 * m))
    for c, factor in k.factors.items():
        prior += np.kron(across.across[c], factor[:m] @ factor[:m].T)
    linear = posterior.linear
    noise = np.tril(linear.fixed) + np.tril(linear.fixed, -1).T
    for series, figures_of in enumerate(linear.rows):
        n = figures_of.stop - figures_of.start
        for c in NOISE:
            gram = linear.grams[series, series][linear.names.index(c)].reshape(n, n)
            noise[figures_of, figures_of] += across.across[c][series, series] * gram
    h = np.zeros((len(o.y), 2, m))
    h[np.arange(len(o.y)), o.series] = o.jacobian(posterior.levels)
    h = h.reshape(len(o.y), -1)
    # Where the slope K⁻¹(x − mean) − Hᵀ R⁻¹ (y − predict(x)) is nothing: x = mean + K Hᵀ α, y − predict(x) = R α.
    alpha = np.linalg.solve(h @ prior @ h.T + noise, linear.residual)
    assert_allclose((posterior.levels - k.mean[:m]).ravel(), prior @ h.T @ alpha, rtol=0, atol=1e-7)
    assert_allclose(o.y - o.predict(posterior.levels), noise @ alpha, rtol=0, atol=1e-8)


def test_a_toy_needs_both_kinds_of_prints():
    o, _ = toy()
    assert 0 < o.first.sum() < len(o.y)
    assert isinstance(o.table, pd.DataFrame)


def test_a_search_that_ends_lower_than_it_began_is_made_again() -> None:
    """Ten years of the year to date alone, where one step of each in turn ends far below the prior's centre."""
    months = span("2012-01", "2021-12")
    table = figures(rows(level(months, np.random.default_rng(4)), ("ytd_yoy_pct",)))
    ahead = pd.period_range(months[0], periods=len(months) + 12, freq="M")
    o, prior = observe(table, [("here", "total")], months), kernels(months, 12, regressors(ahead, None))
    found = fit(o, prior, 1)
    search = Search(o, prior, parameters(1, 0))
    start = prior.mean[None, : len(months)]
    values, _, step, linear = search.quick(search.centre, start)
    assert step < 1e-8  # it had settled, and nothing had told
    assert search.fell(values, linear, start)
    ended = log_posterior(linear, search.given, values)[0]
    assert log_posterior(found.linear, search.given, found.values)[0] > ended + 10.0


def test_stratified_normals_meet_every_part_of_each_distribution_once():
    n, z = 40, stratified_normals(40, 3, np.random.default_rng(1))
    for column in z.T:
        assert sorted(np.floor(norm.cdf(column) * n)) == list(range(n))
    assert np.abs(np.corrcoef(z.T)[np.triu_indices(3, 1)]).max() < 4 / np.sqrt(n)  # dimensions apart
