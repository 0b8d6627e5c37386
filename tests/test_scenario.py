import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.errors import ConfigError
from forecast.paths import Paths
from forecast.scenario import Condition, RefusedError, Scenario, Shock, Slope, apply, condition

ORIGIN = pd.Period("2024-04", "M")


def gaussian_paths(n: int = 20_000, horizon: int = 24, sd: float = 0.01) -> Paths:
    rng = np.random.default_rng(1)
    months = pd.period_range(end=ORIGIN + horizon, periods=30 + horizon, freq="M")
    past = np.repeat(np.linspace(90, 100, 30)[None], n, axis=0)
    future = 100 * np.exp(np.cumsum(rng.normal(0.002, sd, (n, horizon)), axis=1))
    return Paths(
        months, ORIGIN, np.concatenate([past, future], axis=1), np.full(n, 1 / n),
        np.zeros(n, np.int64), np.full(n, "m"),
    )  # fmt: skip


def test_a_shock_fades_with_its_half_life_and_leaves_the_past():
    paths = gaussian_paths(50)
    found = apply(paths, Scenario("weak", shocks=(Shock(ORIGIN + 3, -8.0, 6.0),)))
    ratio = found.values / paths.values
    assert_allclose(ratio[:, : paths.past + 2], 1.0)
    assert_allclose(ratio[:, paths.past + 2], 0.92)
    assert_allclose(np.log(ratio[:, paths.past + 8]), np.log(0.92) / 2)
    stays = apply(paths, Scenario("s", shocks=(Shock(ORIGIN + 3, -8.0),)))
    assert_allclose((stays.values / paths.values)[:, -1], 0.92)


def test_a_slope_adds_its_growth_a_year():
    paths = gaussian_paths(50)
    found = apply(paths, Scenario("s", slopes=(Slope(ORIGIN + 1, 3.0),)))
    ratio = found.values / paths.values
    assert_allclose(ratio[:, paths.past + 11], 1.03)
    assert_allclose(ratio[:, paths.past + 23], 1.03**2)


def test_assumptions_add_up_and_the_baseline_is_untouched():
    paths = gaussian_paths(50)
    one, two = Shock(ORIGIN + 2, -5.0, 3.0), Slope(ORIGIN + 6, 2.0)
    both = apply(paths, Scenario("b", (one,), (two,)))
    stepwise = apply(apply(paths, Scenario("a", (one,))), Scenario("c", (), (two,)))
    assert_allclose(both.values, stepwise.values, rtol=1e-12)
    assert_allclose(apply(paths, Scenario("baseline")).values, paths.values, rtol=0, atol=0)


def test_a_target_keeps_the_paths_that_reach_it_and_its_plausibility_is_their_share():
    paths = gaussian_paths()
    growth = paths.annual_growth(2025)
    floor = float(np.quantile(growth, 0.7))
    found = condition(paths, [Condition(year=2025, growth_at_least_pct=floor)])
    assert_allclose(found.plausibility, 0.3, atol=1e-3)
    assert (growth[found.paths.weights > 0] >= floor).all()
    assert_allclose(found.effective_number, (growth >= floor).sum())


def test_a_tilted_mean_is_met_with_its_spread():
    paths = gaussian_paths()
    found = condition(paths, [Condition(year=2025, growth_pct=4.0)])
    growth, w = paths.annual_growth(2025), found.paths.weights
    assert_allclose(w @ growth, 4.0, atol=1e-6)
    assert_allclose(np.sqrt(w @ (growth - 4.0) ** 2), 0.3, atol=1e-5)


def test_mean_tilting_of_a_gaussian_shifts_its_mean_and_keeps_its_covariance():
    """Closed form: E[z | tilt] = μ + Σa(c − a'μ)/(a'Σa), Cov unchanged (Robertson, Tallman & Whiteman 2005)."""
    n = 200_000
    paths = gaussian_paths(n, sd=0.0005)  # so small that growth rates are linear in the logs
    at = 11
    said = Condition(month=ORIGIN + at + 1, yoy_pct=float(paths.printed("yoy_pct")[:, at].mean()) + 0.1)
    w = condition(paths, [said], spread=None).paths.weights
    z = np.log(paths.future[:, :18])
    mean, covariance = z.mean(axis=0), np.cov(z.T)
    yoy = paths.printed("yoy_pct")[:, at]
    loading = np.array([np.cov(z[:, h], yoy)[0, 1] for h in range(18)]) / yoy.var()
    expected = mean + loading * 0.1
    sd = np.sqrt(np.diag(covariance))
    effective = 1 / np.square(w).sum()
    assert (np.abs(w @ z - expected) < 4 * sd / np.sqrt(effective)).all()
    tilted_covariance = (z - w @ z).T @ ((z - w @ z) * w[:, None])
    error = np.sqrt(
        (np.outer(sd, sd) ** 2 + covariance**2) / effective
    )  # of each covariance of a Gaussian sample
    assert (np.abs(tilted_covariance - covariance) < 4 * error).all()


def test_combined_conditions_hold_together():
    paths = gaussian_paths()
    near = float(paths.printed("yoy_pct")[:, 5].mean()) + 0.5
    said = [Condition(year=2025, growth_at_least_pct=2.0), Condition(month=ORIGIN + 6, yoy_pct=near)]
    found = condition(paths, said)
    w = found.paths.weights
    assert (paths.annual_growth(2025)[w > 0] >= 2.0).all()
    assert_allclose(w @ paths.printed("yoy_pct")[:, 5], near, atol=1e-6)
    level = condition(paths, [Condition(month=ORIGIN + 12, level_at_least=103.0)])
    assert (paths.future[level.paths.weights > 0, 11] >= 103.0).all()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            Condition(year=2025, growth_at_least_pct=60.0),
            r"growth of 2025 at least 60 % is refused: no path reaches it",
        ),
        (Condition(year=2025, growth_pct=60.0), r"growth of 2025 60 % is refused: the paths lie between"),
        (Condition(year=2025, growth_pct=12.5), r"is refused"),
    ],
)
def test_an_absurd_condition_is_refused_with_the_reason(said: Condition, message: str):
    paths = gaussian_paths()
    with pytest.raises(RefusedError, match=message) as caught:
        condition(paths, [said])
    growth = paths.annual_growth(2025)
    away = (said.value - growth.mean()) / growth.std()
    if said.value == 60.0:  # how far in the tail it lies is said
        assert_allclose(caught.value.values[-1], away)
        assert f"{away:.1f} standard deviations" in str(caught.value)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda p: apply(p, Scenario("w", (Shock(ORIGIN, -5.0),))),
            "starts in 2024-04; it must lie after the origin",
        ),
        (lambda p: Shock(ORIGIN, -5.0, 0.0), "half-life 0.0 must be positive"),
        (lambda p: Shock(ORIGIN, -100.0), "leaves nothing"),
        (lambda p: condition(p, [Condition(year=2040, growth_pct=1.0)]), "do not hold 2039 and 2040"),
        (
            lambda p: condition(p, [Condition(year=2023, growth_pct=1.0)]),
            "growth of 2023 1 %: the year is over by the origin 2024-04",
        ),
        (lambda p: condition(p, [Condition(month=ORIGIN, yoy_pct=1.0)]), "must lie after the origin 2024-04"),
        (lambda p: Condition(year=2025), "a condition says one thing"),
        (
            lambda p: Condition(year=2025, growth_pct=1.0, growth_at_least_pct=1.0),
            "a condition says one thing",
        ),
        (lambda p: Condition(year=2025, yoy_pct=1.0), "a condition says one thing"),
    ],
)
def test_a_malformed_scenario_gets_one_plain_message(make, message: str):
    with pytest.raises(ConfigError, match=message):
        make(gaussian_paths(300))
