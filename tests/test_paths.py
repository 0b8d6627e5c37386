import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from forecast.errors import ConfigError
from forecast.paths import Paths, mix, quantiles


def some_paths(
    n: int = 3, horizon: int = 18, origin: str = "2024-04", seed: int = 1, model: str = "a"
) -> Paths:
    months = pd.period_range(end=pd.Period(origin, "M") + horizon, periods=30 + horizon, freq="M")
    values = 100 * np.exp(np.random.default_rng(seed).normal(0, 0.1, (n, len(months))))
    return Paths(
        months,
        pd.Period(origin, "M"),
        values,
        np.full(n, 1 / n),
        np.arange(n, dtype=np.int64),
        np.full(n, model),
    )


def test_printed_rates_follow_the_office_s_arithmetic_month_by_month():
    paths = some_paths()
    level = pd.DataFrame(paths.values.T, index=paths.months)
    for h, month in enumerate(paths.future_months):
        year = [m for m in paths.months if m.year == month.year and m <= month]
        quarter = [month - 2, month - 1, month]
        expected = {
            "mom_pct": level.loc[month] / level.loc[month - 1],
            "yoy_pct": level.loc[month] / level.loc[month - 12],
            "ytd_yoy_pct": level.loc[year].sum() / level.loc[[m - 12 for m in year]].sum(),
            "qtr_yoy_pct": level.loc[quarter].sum() / level.loc[[m - 12 for m in quarter]].sum(),
        }
        for measure, ratio in expected.items():
            assert_allclose(paths.printed(measure)[:, h], 100 * (ratio - 1), rtol=1e-10)


@pytest.mark.parametrize("measure", ["mom_pct", "yoy_pct", "qtr_yoy_pct", "ytd_yoy_pct"])
def test_rates_of_near_months_need_no_far_ones(measure):
    paths = some_paths()
    near = paths.until(2)
    assert (near.horizon, near.past, list(near.future_months)) == (
        2,
        paths.past,
        list(paths.future_months[:2]),
    )
    assert_array_equal(near.printed(measure), paths.printed(measure)[:, :2])


def test_ytd_of_december_is_annual_growth():
    paths = some_paths()
    december = list(paths.future_months).index(pd.Period("2024-12", "M"))
    assert_allclose(paths.printed("ytd_yoy_pct")[:, december], paths.annual_growth(2024), rtol=1e-12)


def test_annual_growth_refuses_a_year_it_does_not_hold():
    with pytest.raises(ValueError, match="do not hold 2025 and 2026"):
        some_paths().annual_growth(2026)


def test_quantiles_of_equal_weights_are_order_statistics():
    values = np.random.default_rng(2).normal(size=(11, 4))
    found = quantiles(values, np.full(11, 1 / 11), [0.0, 0.5, 0.9, 1.0])
    ordered = np.sort(values, axis=0)
    assert_allclose(found, ordered[[0, 5, 9, 10]])


@settings(deadline=None, max_examples=50, derandomize=True)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.floats(0.01, 0.99))
def test_integer_weights_act_as_repeated_rows(counts: list[int], q: float):
    values = np.random.default_rng(3).normal(size=(len(counts), 1))
    repeated = np.repeat(values, counts, axis=0)
    weights = np.array(counts) / sum(counts)
    assert_allclose(
        quantiles(values, weights, [q]), quantiles(repeated, np.full(len(repeated), 1 / len(repeated)), [q])
    )


def test_mixing_keeps_each_part_s_share_and_the_effective_number():
    a, b = some_paths(4, model="a"), some_paths(8, seed=5, model="b")
    pool = mix([a, b], [1, 3])
    assert_allclose(pool.weights[pool.model == "a"].sum(), 0.25)
    assert_allclose(pool.effective_number, 1 / (4 * (0.25 / 4) ** 2 + 8 * (0.75 / 8) ** 2))
    assert mix([a, b]).weights[0] == pytest.approx(0.5 / 4)
    assert pool.reweighted(np.arange(12.0)).weights[-1] == pytest.approx(11 / 66)


def test_mixing_other_months_is_refused():
    with pytest.raises(ValueError, match="same months and origin"):
        mix([some_paths(), some_paths(origin="2024-05")])


def test_a_path_without_its_past_is_refused():
    months = pd.period_range("2024-01", periods=30, freq="M")
    with pytest.raises(ValueError, match="at least 24 past months, got 12"):
        Paths(
            months,
            pd.Period("2024-12", "M"),
            np.ones((1, 30)),
            np.ones(1),
            np.zeros(1, np.int64),
            np.array(["a"]),
        )


def test_intervals_name_what_is_no_share_and_no_rate():
    paths = some_paths()
    for shares, measure, why in (
        (
            (50,),
            "level",
            "measure: 'level' is not one of mom_pct, yoy_pct, qtr_yoy_pct, ytd_yoy_pct; leave it out",
        ),
        ((50,), "nope", "measure: 'nope' is not one of mom_pct"),
        (50, "yoy_pct", r"intervals: 50 is no list of percents; write \(50, 80\)"),
        ("50", None, "intervals: '50' is no list of percents"),
        (("a",), None, "interval 'a' is not between 0 and 100 percent"),
        ((101,), None, "interval 101 is not between 0 and 100 percent"),
    ):
        with pytest.raises(ConfigError, match=why):
            paths.intervals(shares, measure)
    with pytest.raises(ConfigError, match="measure: 'level' is not one of"):
        paths.quantiles((0.5,), "level")
    assert list(paths.intervals(np.array([50, 80.5]), "yoy_pct")) == [
        "median", "lower_50", "upper_50", "lower_80.5", "upper_80.5",
    ]  # fmt: skip
