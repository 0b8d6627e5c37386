"""What is expected of the newest rates: its density is one, and its moments are those of conditioning by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import integrate, stats

from forecast.figures import from_table
from forecast.levels import expected
from forecast.levels.expected import Expected, expect, log_t
from tests.levels.synthetic import level, rows, span

HERE = ("here", "total")
MONTHS = span("2019-01", "2024-12")


def test_the_density_of_student_is_that_of_scipy() -> None:
    u = np.linspace(-40.0, 40.0, 801)
    assert_allclose(log_t(u), stats.t(4.0).logpdf(u), rtol=1e-12)


@pytest.mark.parametrize("half_unit", [0.0, 0.05, 5.0])
def test_the_density_of_one_rate_sums_to_one_over_all_that_it_may_be(half_unit: float) -> None:
    """By points: from −100, where nothing is left, on; what lies within a crisis's tails beyond the ends is small."""
    of = Expected(np.array([0.02]), np.array([[0.0004]]))

    def density(log_size: float) -> float:
        size = 100.0 * np.exp(log_size)
        # the width of rounding follows the size; held at the usual one it is a density of the logs
        at = np.array([half_unit * size / 102.0])
        return float(np.exp(of.log_density(np.array([size - 100.0]), at, np.array([True])))) * size

    total, _ = integrate.quad(density, -30.0, 30.0, points=[-1.0, 0.0, 0.02, 1.0], limit=400)
    assert total == pytest.approx(1.0, abs=2e-4)


def test_of_two_rates_one_given_the_other_is_as_wide_as_the_covariance_says() -> None:
    """The log density of both is the larger by far where they differ as the covariance lets them, not otherwise."""
    of = Expected(np.zeros(2), 0.0004 * np.array([[1.0, 0.98], [0.98, 1.0]]))
    both, exact = np.array([True, True]), np.zeros(2)
    together, apart = (of.log_density(np.array(pair), exact, both) for pair in ((6.0, 6.0), (6.0, -6.0)))
    root = np.linalg.cholesky(of.spread)
    u = np.linalg.solve(root, np.log1p(np.array([0.06, 0.06])))
    usual = log_t(u).sum() - np.log(np.diag(root)).sum() - 2 * np.log(106.0)
    assert together - apart > 5.0
    assert together == pytest.approx(usual, abs=0.7)  # a crisis is one half year of twenty, and adds to it


def test_moments_given_the_others_are_those_of_the_precision_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second route: mean and covariance of some given the rest are −Λ₁₁⁻¹Λ₁₂ and Λ₁₁⁻¹ of Λ = Σ⁻¹."""
    seen: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]] = []
    true = expected.covariance

    def kept(linear, across):
        lower = np.tril(true(linear, across))
        seen.append((lower + np.tril(lower, -1).T, linear.residual.copy(), across, lower))
        return true(linear, across)

    figures = from_table(rows(level(MONTHS, np.random.default_rng(5)), ("mom_pct", "yoy_pct")), "a.csv")
    newest = figures.table.index[figures.table["period"] > MONTHS[-4]]
    monkeypatch.setattr(expected, "covariance", kept)
    read = expect(figures, newest, HERE, None, ())
    assert read is not None
    whole, residual, *_ = seen[-1]  # of all figures as printed
    table = figures.table.sort_values(["period", "measure"], kind="stable")
    new = table.index.get_indexer(newest)
    old = np.setdiff1d(np.arange(len(table)), new)
    precision = np.linalg.inv(whole)
    spread = np.linalg.inv(precision[np.ix_(new, new)])
    error = residual[new] + spread @ precision[np.ix_(new, old)] @ residual[old]
    y = np.log1p(figures.table.loc[newest, "value"].to_numpy(dtype=float) / 100.0)
    assert_allclose(read[1].mean, y - error, atol=1e-8)
    rounding = (spread - read[1].spread).diagonal()
    assert (rounding > 0.0).all()
    assert_allclose(read[1].spread + np.diag(rounding), spread, atol=1e-10)
    assert_allclose(rounding, (0.05 / (100.0 + 100.0 * np.expm1(y))) ** 2 / 3.0, rtol=0.05)
