"""The exact likelihood against statsmodels, against 50 digits, and each of its forms against the others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from numpy.testing import assert_allclose
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecast.models import sarima
from forecast.models.sarima import Sarima, likelihood, plain
from forecast.models.sarima.sample import sample
from tests.models.sarima_oracles import Case, differenced, exact_loglike, random_case, statsmodels_loglike

TOLERANCE = 1e-8
FAST, KALMAN, EITHER = 0, 1, 2

needs_kernel = pytest.mark.skipif(likelihood.kernel is None, reason="the native kernel was not built")


def ours(case: Case) -> float:
    return sarima.loglike(case.spec, case.params, case.y, case.x)


def neither_agrees_nor_is_right(case: Case) -> bool:
    """Whether statsmodels differs and 50 digits do not say that ours is the right value."""
    value = ours(case)
    if abs(value / statsmodels_loglike(case) - 1.0) < TOLERANCE:
        return False
    return not abs(value / exact_loglike(case) - 1.0) < TOLERANCE


def cases(block: int) -> list[Case]:
    rng = np.random.default_rng([20240520, block])
    return [random_case(rng, number) for number in range(20)]


def test_five_random_models_equal_statsmodels() -> None:
    assert [str(case.spec) for case in cases(0)[:5] if neither_agrees_nor_is_right(case)] == []


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_eighty_random_models_equal_statsmodels(block: int) -> None:
    assert [str(case.spec) for case in cases(block) if neither_agrees_nor_is_right(case)] == []


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4, 20))
def test_three_hundred_and_twenty_more(block: int) -> None:
    assert [str(case.spec) for case in cases(block) if neither_agrees_nor_is_right(case)] == []


@pytest.mark.parametrize("number", [1, 2, 3, 6, 7, 9])
def test_fifty_digits_say_the_same(number: int) -> None:
    case = cases(2)[number]
    assert_allclose(ours(case), exact_loglike(case), rtol=1e-10)


@pytest.mark.parametrize("n", [14, 18, 27, 29, 30, 31, 33])
def test_no_more_months_than_presample_values(n: int) -> None:
    rng = np.random.default_rng(n)
    params = np.array([0.5, -0.3, 0.4, 0.2, 0.3, 0.4, -0.5, 0.2])  # r = 26, N = n − 1
    case = Case(
        Sarima((2, 1, 2), (2, 0, 2), drift=False, log=False), params, rng.normal(size=n).cumsum(), None
    )
    assert_allclose(ours(case), exact_loglike(case), rtol=1e-11)


def moving_average(*theta: float, n: int) -> Case:
    spec = Sarima((0, 0, len(theta)), (0, 0, 0), drift=False, log=False)
    return Case(spec, np.array(theta), np.random.default_rng(5).normal(size=n), None)


def test_double_unit_root_of_the_moving_average() -> None:
    case = moving_average(-2.0, 1.0, n=600)
    assert_allclose(ours(case), exact_loglike(case), rtol=1e-9)


@needs_kernel
def test_where_the_fast_form_loses_its_digits_the_kalman_form_takes_over() -> None:
    """(1 − B)⁴: the columns of H grow like t³, and G is numerically singular."""
    case = moving_average(-4.0, 6.0, -4.0, 1.0, n=240)
    assert kernel_values(case, FAST)[0] == -np.inf
    assert_allclose(kernel_values(case, EITHER)[0], exact_loglike(case), rtol=1e-5)


def test_moving_average_beyond_the_unit_circle() -> None:
    rng = np.random.default_rng(6)
    case = Case(
        Sarima((1, 0, 1), (0, 0, 1), drift=False, log=False),
        np.array([0.6, 2.5, -1.5]),
        rng.normal(size=90),
        None,
    )
    assert_allclose(ours(case), exact_loglike(case), rtol=1e-11)


def test_nothing_is_as_likely_as_minus_infinity() -> None:
    y = np.random.default_rng(7).normal(size=60)
    assert sarima.loglike(Sarima((2, 0, 0), (0, 0, 0), log=False), [0.6, 0.5], y) == -np.inf


def test_scale_moves_the_likelihood_by_its_jacobian() -> None:
    case = cases(0)[8]
    scaled = Case(case.spec, case.params, 1000.0 * case.y, case.x)
    N = len(differenced(case)[0])
    assert_allclose(ours(scaled), ours(case) - N * np.log(1000.0), rtol=1e-12)


def test_number_of_coefficients_is_checked() -> None:
    with pytest.raises(
        ValueError, match=r"\(2,1,1\)\(0,1,1\)12 has 4 coefficients, got an array of shape \(3,\)"
    ):
        sarima.loglike(Sarima((2, 1, 1), (0, 1, 1)), [0.1, 0.2, 0.3], np.ones(60))


def kernel_values(case: Case, form: int) -> tuple[float, npt.NDArray[np.float64]]:
    w, columns = differenced(case)
    loglike, C = np.empty(1), columns.shape[1] + 1
    cross = np.empty((C, C))
    shape = (len(w), C, 0, 1, form)
    likelihood.kernel.evaluate(
        case.spec.orders, shape, w, columns, case.params, loglike, cross, None, None, None
    )
    return float(loglike[0]), np.triu(cross)


@needs_kernel
@pytest.mark.parametrize("variant", ["baseline", "avx2"])
def test_forms_of_the_kernel_agree(variant: str) -> None:
    before = likelihood.kernel.variant()
    try:
        if likelihood.kernel.variant(variant) != variant:
            pytest.skip(f"this processor has no {variant}")
        for case in cases(1):
            w, columns = differenced(case)
            expected, cross = plain.loglike(case.spec.orders, np.column_stack([w, columns]), 0, case.params)
            a, b = plain.polynomials(case.spec.orders, case.params)
            filtered = plain.kalman(np.column_stack([w, columns]), a, b)
            for form in (FAST, KALMAN):
                value, products = kernel_values(case, form)
                assert_allclose(value, expected, rtol=1e-8)
                assert_allclose(products, np.triu(filtered.cross), rtol=1e-6, atol=1e-6 * np.abs(cross).max())
    finally:
        likelihood.kernel.variant(before)


@needs_kernel
def test_lanes_do_not_see_each_other() -> None:
    rng = np.random.default_rng(8)
    y, orders = rng.normal(size=100), (2, 1, 1, 1, 12)
    points = rng.uniform(-0.4, 0.4, (7, 5))
    points[3, :2] = [1.2, 0.5]  # not stationary
    together, cross = np.empty(7), np.empty((7, 1, 1))
    none = np.empty((100, 0))
    likelihood.kernel.evaluate(
        orders, (100, 1, 0, 7, FAST), y, none, points, together, cross, None, None, None
    )
    alone = [
        kernel_values(Case(Sarima((2, 0, 1), (1, 0, 1), drift=False), p, y, None), FAST)[0] for p in points
    ]
    assert_allclose(together, alone, rtol=1e-14)
    assert together[3] == -np.inf


@needs_kernel
@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((50, 1, 0, 2, 0), r"buffer 3 has 16 bytes, expected 32"),
        ((0, 1, 0, 1, 0), "orders or shape out of range"),
    ],
)
def test_buffers_of_another_size_are_refused(shape: tuple[int, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        likelihood.kernel.evaluate(
            (1, 1, 0, 0, 1),
            shape,
            np.ones(50),
            np.ones((50, 0)),
            np.ones(2),
            np.ones(2),
            np.ones(2),
            None,
            None,
            None,
        )


# ---- gaps --------------------------------------------------------------------------------------------------------


def with_gaps(seed: int, n: int = 120) -> npt.NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    y = 5.0 + np.cumsum(rng.normal(size=n)) + np.sin(np.arange(n) * np.pi / 6)
    y[[30, 31, 32, 50, 77, 90]] = np.nan
    return y


def test_missing_months_of_a_stationary_series_equal_statsmodels() -> None:
    y = with_gaps(1)
    y -= np.nanmean(y)
    params = [0.7, 0.3, 0.4]
    model = SARIMAX(y, order=(1, 0, 1), seasonal_order=(1, 0, 0, 12))
    ours = sarima.loglike(Sarima((1, 0, 1), (1, 0, 0), drift=False, log=False), params, y)
    n = np.isfinite(y).sum()
    errors = model.filter([*params, 1.0]).filter_results
    v, F = errors.forecasts_error[0], errors.forecasts_error_cov[0, 0]
    sigma2 = np.nansum(v**2 / F) / n
    assert_allclose(ours, model.loglike([*params, sigma2]), rtol=1e-8)


@pytest.mark.parametrize(
    ("order", "seasonal"), [((0, 1, 1), (0, 1, 1)), ((2, 1, 1), (0, 1, 1)), ((1, 1, 0), (1, 0, 1))]
)
def test_missing_months_of_a_differenced_series_equal_exact_diffuse_statsmodels(
    order: tuple[int, int, int], seasonal: tuple[int, int, int]
) -> None:
    """Diffuse start-up values add −½ log 2π a month to statsmodels' likelihood of the levels, nothing else."""
    spec = Sarima(order, seasonal, drift=False, log=False)
    params = np.array({2: [0.4, -0.3], 3: [0.3, 0.4, -0.5], 4: [0.3, -0.2, 0.4, -0.6]}[spec.n_coefficients])
    if spec.n_coefficients == 3:
        params = np.array([0.4, 0.3, -0.5])
    y = with_gaps(2)
    model = SARIMAX(y, order=order, seasonal_order=(*seasonal, 12), use_exact_diffuse=True)
    n = np.isfinite(y).sum() - spec.lost
    found = model.filter([*params, 1.0]).filter_results
    usual = np.arange(len(y)) >= found.nobs_diffuse
    v, F = found.forecasts_error[0][usual], found.forecasts_error_cov[0, 0][usual]
    sigma2 = np.nansum(v**2 / F) / n
    expected = model.loglike([*params, sigma2]) + 0.5 * spec.lost * np.log(2 * np.pi)
    assert_allclose(sarima.loglike(spec, params, y), expected, rtol=1e-7)


def test_missing_months_equal_the_integral_over_them() -> None:
    """∫ p(w) dy over one missing month, by Gauss–Hermite about any centre, against the determinant of the pulse."""
    rng = np.random.default_rng(3)
    spec, params = Sarima((0, 1, 1), (0, 1, 1), drift=False, log=False), np.array([-0.4, -0.6])
    y = np.cumsum(rng.normal(size=60))
    y[40] = np.nan
    s = sample(spec, y[None], None)
    found = likelihood.filtered(spec.orders, s.w[0], s.basis, params[None], whiten=True)
    white = found.innovations[0] * np.array([s.scale[0], 1.0])
    best = white[:, 0] @ white[:, 1] / (white[:, 1] @ white[:, 1])
    sigma2 = np.sum((white[:, 0] - best * white[:, 1]) ** 2) / s.nobs
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    logs = []
    for node in nodes * 3.0 + 0.5:  # fill the month, evaluate the whole density at this σ²
        filled = np.where(np.isnan(y), s.series[0, 40] + node, y)
        w = np.diff(filled[12:] - filled[:-12])
        a, b = plain.polynomials(spec.orders, params)
        full = plain.kalman(w[:, None], a, b)
        logs.append(-0.5 * (len(w) * np.log(2 * np.pi * sigma2) + full.logdet + full.cross[0, 0] / sigma2))
    integral = np.log(3.0 * np.sum(weights * np.exp(np.array(logs) - max(logs) + nodes**2 / 2))) + max(logs)
    assert_allclose(sarima.loglike(spec, params, y), integral, rtol=1e-7)


def test_missing_months_at_the_ends_are_as_if_never_there() -> None:
    y = np.exp(np.cumsum(np.random.default_rng(4).normal(0, 0.02, 100)) + 4)
    padded = np.concatenate([[np.nan] * 3, y, [np.nan] * 5])
    spec, params = Sarima(), [-0.4, -0.6]
    assert sarima.loglike(spec, params, padded) == sarima.loglike(spec, params, y)
