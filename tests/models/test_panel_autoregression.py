from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from statsmodels.regression.linear_model import OLS
from statsmodels.tsa.tsatools import lagmat

from forecast.errors import FitError
from forecast.models import panel_autoregression
from forecast.models.common_factor import LEAST_SAID, told_apart
from forecast.models.panel_autoregression import PanelAutoregression
from forecast.models.stability import calmed, dies_out


def panel(n: int = 320, series: int = 5, seed: int = 1) -> np.ndarray:
    """Levels (n, series) whose growth shares a persistent factor."""
    rng = np.random.default_rng(seed)
    factor = np.zeros(n)
    for t in range(1, n):
        factor[t] = 0.6 * factor[t - 1] + rng.normal(0, 0.006)
    growth = 0.002 + factor[:, None] + rng.normal(0, 0.01, (n, series))
    return 100.0 * np.exp(np.cumsum(growth, axis=0))


def by_hand(z: np.ndarray, window: int, lags: int, factor: np.ndarray | None = None):
    """Standardised growth, its regressors and response, month by month."""
    growth = np.diff(z, prepend=np.nan)
    recent = growth[-window:]
    s = (growth - recent.mean()) / recent.std()
    peak = [z[max(t - 11, 0) : t + 1].mean() if t >= 11 else -np.inf for t in range(len(z))]
    depth = np.array([
        max(0.0, max(peak[: t + 1]) - z[t - 2 : t + 1].mean()) / recent.std() if t >= 11 else np.nan
        for t in range(len(z))
    ])  # fmt: skip
    rows = range(len(z) - window, len(z))
    centre = np.mean([depth[t - 1] for t in rows])
    x = [
        [*(s[t - i] for i in range(1, lags + 1)),
         *([] if factor is None else [factor[t - i] for i in range(1, 7)]), depth[t - 1] - centre]
        for t in rows
    ]  # fmt: skip
    return s, np.array(x), s[-window:]


def test_shrunk_to_nothing_it_is_least_squares_of_growth_on_lags_and_depth():
    y = panel()[:, 0]
    _, x, s = by_hand(np.log(y), 240, 13)
    found = panel_autoregression.fit(PanelAutoregression(shrinkage=0.0), y)
    expected = OLS(s, x).fit().params
    expected[-1] = max(expected[-1], 0.0)
    assert_allclose(found.coefficients, expected, rtol=1e-8)
    assert_allclose(x[:, 0], lagmat(s, 1)[:, 0] * (np.arange(240) > 0) + x[0, 0] * (np.arange(240) == 0))


def test_shrunk_without_bound_it_is_what_the_panel_does_on_average():
    levels = panel()
    z = np.log(levels)
    factor = np.mean([by_hand(row, 240, 13)[0] for row in z.T], axis=0)
    parts = [by_hand(row, 240, 13, factor)[1:] for row in z.T]
    moments = np.mean([x.T @ x / len(s) for x, s in parts], axis=0)
    cross = np.mean([x.T @ s / len(s) for x, s in parts], axis=0)
    found = panel_autoregression.fit(PanelAutoregression(shrinkage=1e9), levels[:, 0], levels[:, 1:])
    expected = np.linalg.solve(moments + 1e-4 * np.eye(20), cross)
    expected[-1] = max(expected[-1], 0.0)
    assert_allclose(found.coefficients, expected, rtol=1e-5, atol=1e-8)
    assert found.series == 5


def test_a_series_that_moves_as_the_target_does_moves_no_forecast_by_its_rounding():
    y = panel(132, 1, seed=3)[:, 0]
    spec = PanelAutoregression()
    alone = panel_autoregression.fit(spec, y).simulate(12, 4000, np.random.default_rng(1))[:, -1]
    middle, spread = np.mean(np.log(alone)), np.std(np.log(alone))
    for base in (1.02, 0.73, 0.05):
        copy = np.round(y * base, 3 if base < 0.1 else 1)[:, None]
        beside = panel_autoregression.fit(spec, y, copy)
        at_year = np.log(beside.simulate(12, 4000, np.random.default_rng(1))[:, -1])
        assert abs(at_year.mean() - middle) < 0.5 * spread
        assert 0.7 < at_year.std() / spread < 1.3


def test_factors_that_say_enough_keep_every_bit_and_others_gain_what_they_lack():
    rng = np.random.default_rng(2)
    x = rng.normal(size=(60, 5))
    enough = x.T @ x
    x[:, 3] = x[:, 0] + 0.01 * rng.normal(size=60)
    thin = x.T @ x
    found = told_apart(np.stack([enough, thin]), 2, 2)
    assert_array_equal(found[0], enough)
    left = np.linalg.inv(np.linalg.inv(found[1])[2:4, 2:4])  # Schur's complement by the inverse
    own = np.linalg.inv(np.linalg.inv(thin)[2:4, 2:4])
    assert_allclose(np.linalg.eigvalsh(left), [LEAST_SAID, np.linalg.eigvalsh(own)[1]], rtol=1e-6)
    rest = np.ix_([0, 1, 4], [0, 1, 4])
    assert_array_equal(found[1][rest], thin[rest])


def test_the_order_of_the_panel_and_series_too_short_to_speak_move_nothing():
    levels = panel()
    short = np.full((320, 1), np.nan)
    short[-30:] = levels[-30:, :1]
    one = panel_autoregression.fit(PanelAutoregression(), levels[:, 0], levels[:, 1:])
    other = panel_autoregression.fit(
        PanelAutoregression(), levels[:, 0], np.hstack([short, levels[:, :0:-1]])
    )
    assert_allclose(one.coefficients, other.coefficients, rtol=1e-9)
    assert other.series == 5


def test_paths_without_uncertainty_follow_the_equation_month_by_month():
    y = panel()[:, 0]
    y[-8:] *= np.exp(-0.0375 * np.arange(1, 9))  # a deep slump and no shock, so that depth speaks
    found = panel_autoregression.fit(PanelAutoregression(shrinkage=1e12), y)
    still = panel_autoregression.PanelAutoregressionFit(
        **{
            **vars(found),
            "factor_root": np.zeros((14, 14)),
            "drift_error": 0.0,
            "shock_root": np.zeros((1, 1)),
        }
    )
    path = np.log(still.simulate(30, 2, np.random.default_rng(1)))
    assert_array_equal(path[0], path[1])
    z = list(np.log(y))
    beta = found.coefficients
    peak = max(np.mean(z[t - 11 : t + 1]) for t in range(11, len(z)))
    for _ in range(30):
        s = (np.diff(z)[::-1][:13] - found.mean) / found.deviation
        depth = max(0.0, peak - np.mean(z[-3:])) / found.deviation - found.depth_mean
        z.append(z[-1] + found.mean + found.deviation * (beta @ [*s, depth]))
        peak = max(peak, np.mean(z[-12:]))
    assert_allclose(path[0], z[-30:], rtol=1e-10)


def test_the_first_month_has_the_mean_and_spread_of_its_closed_form():
    levels = panel()
    found = panel_autoregression.fit(PanelAutoregression(), levels[:, 0], levels[:, 1:])
    n = 8_000
    first = np.log(found.simulate(1, n, np.random.default_rng(2))[:, 0] / levels[-1, 0])
    z = np.log(levels)
    factor = np.mean([by_hand(row, 240, 13)[0] for row in z.T], axis=0)
    s = by_hand(z[:, 0], 240, 13)[0]
    depth = max(0.0, found.peak - z[-3:, 0].mean()) / found.deviation - found.depth_mean
    x = np.array([*s[::-1][:13], *factor[::-1][:6], depth])
    sigma2 = found.shock_root[0, 0] ** 2
    spread = found.factor_root[:-1].T @ x[:-1]  # δ keeps its estimate
    mean = found.mean + found.deviation * (x @ found.coefficients)
    variance = found.drift_error**2 + found.deviation**2 * sigma2 * (1.0 + spread @ spread)
    assert abs(first.mean() - mean) < 4 * np.sqrt(variance / n)
    assert_allclose(first.var(), variance, rtol=4 * np.sqrt(2 / n))


def test_a_deep_slump_pulls_towards_the_peak_and_never_away():
    rng = np.random.default_rng(4)
    gap, z = 0.0, []
    for t in range(400):  # growth that closes a tenth of the gap a month
        gap = 0.9 * gap + rng.normal(0, 0.01) - (0.05 if t % 110 in (40, 41, 42) else 0.0)
        z.append(4.6 + gap)
    y = np.exp(np.array(z))
    y[-3:] *= np.exp(-0.06 * np.arange(1, 4))
    found = panel_autoregression.fit(PanelAutoregression(), y)
    assert found.coefficients[-1] > 0.0
    paths = found.simulate(24, 2000, np.random.default_rng(5))
    assert np.median(paths[:, -1]) > y[-1] * 1.08
    assert np.isfinite(paths).all()


def test_a_pull_that_overshoots_without_end_is_weakened_until_it_does_not():
    """A level that falls and climbs back without noise teaches a pull that, with its lags, would explode."""
    growth = np.full(240, 0.002)
    growth[100:104], growth[104:120] = -0.05, 0.012
    rng = np.random.default_rng(6)
    y = 100 * np.exp(np.cumsum(growth) + rng.normal(0, 0.006, 240))
    for stop in range(102, 125, 2):
        found = panel_autoregression.fit(PanelAutoregression(), y[:stop])
        lags, delta = found.coefficients[:13], found.coefficients[-1]
        w = [1.0] * 14  # below the peak, without shocks: the level must not run away
        for _ in range(400):
            w.append(w[-1] + lags @ np.diff(w)[::-1][:13] - delta * np.mean(w[-3:]))
        assert abs(w[-1]) < 3.0
        assert np.isfinite(found.simulate(53, 500, np.random.default_rng(7))).all()


def test_a_month_beyond_all_experience_teaches_no_factor_that_explodes():
    """All series fall by a quarter and climb back by a sixth, as employment did in April and May 2020."""
    levels = panel(series=6)
    last = np.diff(np.log(levels[-3:]), axis=0).std()
    for shock in ([-0.28], [-0.28, 0.05], [-0.1, -0.28]):
        struck = np.concatenate([levels, levels[-1] * np.exp(np.cumsum(shock))[:, None] * np.ones((1, 6))])
        struck *= np.exp(last * np.random.default_rng(3).normal(size=struck.shape) / 10)
        found = panel_autoregression.fit(PanelAutoregression(window=60), struck[:, 0], struck[:, 1:])
        assert found.common is not None
        roots = np.roots([1.0, *-found.common.coefficients[0]])
        assert np.abs(roots).max() < 1.0
        assert np.isfinite(np.log(found.simulate(53, 300, np.random.default_rng(4)))).all()


def indicators(levels: np.ndarray) -> np.ndarray:
    """What the mean growth of the next month is, and noise: known with this month."""
    ahead = np.append(np.diff(np.log(levels).mean(axis=1)), 0.004) / 0.01
    return ahead + np.random.default_rng(8).normal(0, 0.3, len(ahead))


def test_indicators_are_regressors_and_with_the_factor_a_vector_autoregression():
    """Other implementation: least squares of statsmodels on lags set out by hand."""
    levels = panel()
    g = indicators(levels)
    z = np.log(levels)
    factor = np.mean([by_hand(row, 240, 13)[0] for row in z.T], axis=0)
    found = panel_autoregression.fit(PanelAutoregression(shrinkage=0.0), levels[:, 0], levels[:, 1:], g)
    _, x, s = by_hand(z[:, 0], 240, 13, factor)
    of_g = lagmat(g, 6)[-240:]
    expected = OLS(s, np.column_stack([x[:, :19], of_g, x[:, 19]])).fit().params
    expected[-1] = max(expected[-1], 0.0)
    assert_allclose(found.coefficients, expected, rtol=1e-7, atol=1e-9)
    assert found.coefficients[19] > 0.2
    both = np.column_stack([lagmat(factor, 6)[-240:], of_g])
    gram = both.T @ both + 1e-4 * np.eye(12)
    assert found.common is not None
    assert_allclose(
        found.common.coefficients, np.linalg.solve(gram, both.T @ np.column_stack([factor, g])[-240:]).T
    )
    assert_allclose(found.common.recent, [factor[-6:], g[-6:]])
    assert found.shock_root.shape == (3, 3)


def test_factors_die_out_where_their_iterates_do():
    """Second route: what is left of a start after two thousand months; and two factors that do not speak."""
    rng = np.random.default_rng(9)
    for size in (0.15, 0.3, 0.6):
        for phi in rng.normal(0.0, size, (6, 2, 6)):
            path = list(rng.normal(size=(3, 2)))
            for _ in range(2_000):
                path.append(phi @ np.array(path[:-4:-1]).T.ravel())
                if (gone := np.abs(path[-3:]).max()) > 1e6 or gone < 1e-6:
                    break
            assert dies_out(phi[None])[0] == (gone < 1e-6)
    apart = np.array(
        [[[0.5, 0.4, 0.0, 0.0], [9.0, 9.0, 0.2, 0.7]], [[0.5, 0.6, 0.0, 0.0], [0.0, 0.0, 0.2, 0.7]]]
    )
    assert dies_out(apart).tolist() == [True, False]
    assert dies_out(np.array([[[0.5, 0.4]], [[0.5, 0.6]]])).tolist() == [True, False]
    calm = calmed(apart[1])
    assert dies_out(calm[None])[0]
    assert_allclose(calm, apart[1] / 2.0)


def test_paths_with_indicators_follow_both_equations_month_by_month():
    levels = panel()
    g = indicators(levels)
    for beside in (levels[:, 1:], None):
        found = panel_autoregression.fit(PanelAutoregression(), levels[:, 0], beside, g)
        common, m = found.common, 1 if beside is None else 2
        assert common is not None
        still = replace(
            found,
            factor_root=np.zeros_like(found.factor_root),
            drift_error=0.0,
            shock_root=np.zeros((1 + m, 1 + m)),
            common=replace(common, roots=np.zeros_like(common.roots)),
        )
        path = np.log(still.simulate(20, 2, np.random.default_rng(1)))
        z, peak, shared = list(np.log(levels[:, 0])), found.peak, [list(one) for one in common.recent]
        for _ in range(20):
            s = (np.diff(z)[::-1][:13] - found.mean) / found.deviation
            depth = max(0.0, peak - np.mean(z[-3:])) / found.deviation - found.depth_mean
            past = np.concatenate([one[::-1][:6] for one in shared])
            z.append(z[-1] + found.mean + found.deviation * (found.coefficients @ [*s, *past, depth]))
            for one, following in zip(shared, common.coefficients @ past, strict=True):
                one.append(following)
            peak = max(peak, np.mean(z[-12:]))
        assert_allclose(path[0], z[-20:], rtol=1e-10)


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (panel()[:40, 0], "needs 36 months with 13 months of growth before each"),
        (np.full(200, 7.0), "needs 36 months with 13"),
        (np.where(np.arange(320) == 315, np.nan, panel()[:, 0]), "needs the last 14 months"),
        (np.where(np.arange(64) == 30, np.nan, panel()[:64, 0]), "needs 36 months with 13"),  # 35 are left
    ],
)
def test_a_series_that_cannot_carry_it_is_refused(y, message):
    with pytest.raises(FitError, match=message):
        panel_autoregression.fit(PanelAutoregression(), y)


def test_a_missing_month_drops_the_equations_it_enters():
    y = panel()[:, 0]
    gapped = np.where(np.arange(320) == 200, np.nan, y)
    found = panel_autoregression.fit(PanelAutoregression(shrinkage=0.0), gapped)
    growth = np.diff(np.log(gapped), prepend=np.nan)
    s = (growth - np.nanmean(growth[-240:])) / np.nanstd(growth[-240:])
    level, peak, depth = np.log(gapped), -np.inf, np.full(320, np.nan)
    for t in range(11, 320):
        peak = np.fmax(peak, level[t - 11 : t + 1].mean())  # NaN where the month is among them
        depth[t] = np.maximum(0.0, peak - level[t - 2 : t + 1].mean()) / np.nanstd(growth[-240:])
    x = np.array([[*s[t - 13 : t][::-1], depth[t - 1]] for t in range(80, 320)])
    x[:, -1] -= np.nanmean(x[:, -1])
    known = np.isfinite(x).all(axis=1) & np.isfinite(s[80:])
    assert known.sum() == 240 - 15
    expected = OLS(s[80:][known], x[known]).fit().params
    expected[-1] = max(expected[-1], 0.0)
    assert_allclose(found.coefficients, expected, rtol=1e-8)


def test_the_fewest_equations_that_carry_it_are_enough_beside_a_gap():
    y = np.where(np.arange(65) == 30, np.nan, panel()[:65, 0])
    assert np.isfinite(panel_autoregression.fit(PanelAutoregression(), y).coefficients).all()
