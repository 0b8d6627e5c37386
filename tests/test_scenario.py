import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.errors import ConfigError
from forecast.paths import Paths
from forecast.scenario import (
    Condition,
    Judgement,
    RefusedError,
    Scenario,
    Shock,
    Slope,
    apply,
    condition,
    exact,
)
from forecast.scenario.enough import Enough
from forecast.scenario.judgement import judged
from forecast.scenario.tilting import tilted
from tests.report.desk.grounds import grounds

ORIGIN = pd.Period("2024-04", "M")


def test_an_exact_condition_looks_at_no_more_of_the_past_than_a_report_keeps():
    of = grounds(2_000)
    older = np.exp(np.cumsum(np.random.default_rng(3).normal(0, 0.05, (30, 18)), axis=1))[of.paths.draw]
    months = pd.period_range(of.paths.months[0] - 18, of.paths.months[-1], freq="M")
    whole = replace(of.paths, months=months, values=np.hstack([100 * older, of.paths.values]))
    said = [Condition(month=of.paths.origin + 2, yoy_pct=3.0, exactly=True)]
    long, kept = condition(whole, said).paths, condition(of.paths, said).paths
    assert_allclose(long.weights, kept.weights, rtol=1e-9)
    assert_allclose(long.future, kept.future, rtol=1e-12)


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
    gone = apply(
        paths, Scenario("g", shocks=(Shock(ORIGIN + 3, -8.0, 0.01),))
    )  # 2^−100 is left a month later
    assert_allclose((gone.values / paths.values)[:, paths.past :][:, :4], [[1.0, 1.0, 0.92, 1.0]] * 50)


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


def test_a_mean_that_is_met_already_keeps_no_other_from_being_met():
    corners = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
    weights = tilted(corners, np.full(4, 0.25), np.array([0.0, 0.5]), None, ("the first", "the second"))
    assert_allclose(weights, [0.125, 0.375, 0.125, 0.375], atol=1e-9)


def test_an_exact_condition_on_a_random_walk_is_the_brownian_bridge():
    """Closed form: x_s | x_t = c has mean cs/t and covariance sd²(min(s, u) − su/t) before t, and walks on after it."""
    sd, t, aim = 0.01, 12, 2.5
    paths = gaussian_paths(40_000, horizon=18, sd=sd)
    found = condition(paths, [Condition(month=ORIGIN + t, yoy_pct=aim, exactly=True)])
    assert_allclose(found.paths.printed("yoy_pct")[:, t - 1], aim, atol=1e-9)
    assert_allclose(found.paths.values[:, : paths.past], paths.values[:, : paths.past], rtol=0, atol=0)
    assert_allclose(found.effective_number, 40_000)  # one model, one past: none is likelier than another
    x, s = np.log(found.paths.future / 100.0), np.arange(1, 19)
    reached = np.log1p(aim / 100.0) - np.log(100.0 / paths.values[0, paths.past - 1 - 12 + t])
    mean = np.where(s <= t, reached * s / t, reached + 0.002 * (s - t))
    low, high = np.minimum.outer(s, s), np.minimum(s, t)
    covariance = sd**2 * (low - np.outer(high, high) / t)
    spread = np.sqrt(np.diag(covariance) + 1e-18)
    assert (np.abs(x.mean(axis=0) - mean) < 4 * spread / 200 + 1e-4 * sd).all()
    error = np.sqrt((np.outer(spread, spread) ** 2 + covariance**2) / 40_000)
    assert (np.abs(np.cov(x.T) - covariance) < 4 * error + 1e-4 * sd**2).all()


def test_an_exact_condition_is_what_the_paths_near_it_say():
    """A second route: the paths of a random walk that come near the value by chance."""
    paths = gaussian_paths(200_000)
    growth = paths.annual_growth(2025)
    aim = float(growth.mean() + 1.5 * growth.std())
    near = np.abs(growth - aim) < 0.05 * growth.std()
    found = condition(paths, [Condition(year=2025, growth_pct=aim, exactly=True)])
    assert_allclose(found.paths.annual_growth(2025), aim, atol=1e-9)
    assert_allclose(found.plausibility, (np.abs(growth - growth.mean()) >= aim - growth.mean()).mean())
    ours, theirs = np.log(found.paths.future), np.log(paths.future[near])
    error = theirs.std(axis=0) / np.sqrt(near.sum())
    assert (np.abs(ours.mean(axis=0) - theirs.mean(axis=0)) < 4 * error + 0.05 * ours.std(axis=0)).all()
    assert_allclose(ours.std(axis=0), theirs.std(axis=0), rtol=4 / np.sqrt(2 * near.sum()) + 0.01)


def test_an_exact_condition_weighs_models_and_histories_by_how_likely_they_made_it():
    """Closed form: weight ∝ N(q*; mean, variance) of each model and past, here two drifts and two histories."""
    slow, fast = gaussian_paths(30_000), gaussian_paths(30_000)
    higher = fast.values.copy()
    higher[:, fast.past :] *= np.exp(0.004 * np.arange(1, 25))
    base = fast.past - 12 + 6 - 1  # the month a year before the one conditioned on
    low = slow.values.copy()
    second = np.arange(30_000) >= 15_000
    low[second, base] *= 0.98
    mixed = Paths(
        slow.months, ORIGIN, np.concatenate([low, higher]), np.full(60_000, 1 / 60_000),
        np.concatenate([second.astype(np.int64), np.full(30_000, 2)]), np.repeat(["slow", "fast"], 30_000),
    )  # fmt: skip
    found = condition(mixed, [Condition(month=ORIGIN + 6, yoy_pct=5.0, exactly=True)])
    assert_allclose(found.paths.printed("yoy_pct")[:, 5], 5.0, atol=1e-9)
    level = np.log(100.0 / slow.values[0, base])
    means = np.array([level + 6 * 0.002, level + 6 * 0.002 - np.log(0.98), level + 6 * 0.006])
    density = np.exp(-((np.log(1.05) - means) ** 2) / (2 * 6 * 0.01**2)) * np.array([0.25, 0.25, 0.5])
    shares = [found.paths.weights[found.paths.draw == d].sum() for d in range(3)]
    assert_allclose(shares, density / density.sum(), rtol=0.03)


def test_an_exact_condition_weighs_each_model_by_its_own_normal_law():
    """Closed form: a path's weight times N(q*; mean, variance of q over its model's paths), to rounding error."""
    narrow, wide = gaussian_paths(400, sd=0.008), gaussian_paths(400, sd=0.03)
    weights = np.concatenate([np.linspace(1, 3, 400), np.linspace(5, 2, 400)])
    weights /= weights.sum()
    mixed = Paths(
        narrow.months, ORIGIN, np.concatenate([narrow.values, wide.values]), weights,
        np.zeros(800, np.int64), np.repeat(["narrow", "wide"], 400),
    )  # fmt: skip
    found = condition(mixed, [Condition(month=ORIGIN + 6, yoy_pct=4.0, exactly=True)])
    q = np.log(mixed.values[:, mixed.past + 5] / mixed.values[:, mixed.past - 7])
    expected = weights.copy()
    for rows in (slice(0, 400), slice(400, 800)):
        mean = np.average(q[rows], weights=weights[rows])
        variance = np.average((q[rows] - mean) ** 2, weights=weights[rows])
        expected[rows] *= np.exp(-((np.log(1.04) - mean) ** 2) / (2 * variance)) / np.sqrt(variance)
    assert_allclose(found.paths.weights, expected / expected.sum(), rtol=1e-9)


def test_a_refusal_can_be_kept_and_read_back():
    refused = RefusedError("condition X is refused: 3 paths are left", "few", 3.0, 200.0)
    again = pickle.loads(pickle.dumps(refused))
    assert (str(again), again.code, again.values) == (str(refused), "few", (3.0, 200.0))


def test_as_many_paths_as_are_needed_are_enough_whatever_their_weights_round_to():
    enough, before = Enough(number=200, share=0.02), gaussian_paths(300)
    weights = np.full(300, 1e-9)
    weights[:200] = 1 / 200 + 1e-12
    tied = replace(before, weights=weights / weights.sum())
    assert round(tied.effective_number, 3) == 200.0
    enough.check(tied, before, "x")
    weights[0] *= 1.5
    fewer = replace(before, weights=weights / weights.sum())
    assert 199.5 < fewer.effective_number < 200.0
    with pytest.raises(
        RefusedError, match="only 199 of 300 effective paths meet it, and 200 are needed; more paths"
    ):
        enough.check(fewer, before, "x")


def test_exact_conditions_go_with_selections_and_tilts_and_with_each_other():
    paths = gaussian_paths()
    growth = float(paths.annual_growth(2025).mean())
    june, later = float(paths.printed("yoy_pct")[:, 1].mean()) - 1.0, float(np.median(paths.future[:, 17]))
    said = [
        Condition(month=ORIGIN + 2, yoy_pct=june, exactly=True),
        Condition(year=2025, growth_pct=growth + 0.5, exactly=True),
        Condition(month=ORIGIN + 18, level_at_least=later),
        Condition(month=ORIGIN + 22, yoy_pct=2.0),
    ]
    found = condition(paths, said).paths
    assert_allclose(found.printed("yoy_pct")[:, 1], june, atol=1e-9)
    assert_allclose(found.annual_growth(2025), growth + 0.5, atol=1e-9)
    assert (found.future[found.weights > 0, 17] >= later).all()
    assert_allclose(found.weights @ found.printed("yoy_pct")[:, 21], 2.0, atol=1e-6)


def test_an_exact_condition_reaches_where_too_few_paths_come_near_and_no_further():
    paths = gaussian_paths(2_000)
    growth = paths.annual_growth(2025)
    aim = float(growth.mean() + 3.5 * growth.std())
    with pytest.raises(RefusedError, match="is refused"):
        condition(paths, [Condition(year=2025, growth_pct=aim)])
    found = condition(paths, [Condition(year=2025, growth_pct=aim, exactly=True)])
    assert found.plausibility < 0.01
    with pytest.raises(
        RefusedError, match=r"lies .* standard deviations from the mean of the paths, and they"
    ) as caught:
        condition(paths, [Condition(year=2025, growth_pct=60.0, exactly=True)])
    assert_allclose(caught.value.values, ((60.0 - growth.mean()) / growth.std(), 4.0))


def test_conditions_on_quiet_paths_are_no_more_alike_than_on_others():
    paths = gaussian_paths(2_000, sd=1e-4)
    far = [paths.until(h).printed("yoy_pct")[:, h - 1].mean() for h in (6, 20)]
    said = [
        Condition(month=ORIGIN + h, yoy_pct=float(of), exactly=True)
        for h, of in zip((6, 20), far, strict=True)
    ]
    moved = condition(paths, said).paths
    for h, of in zip((6, 20), far, strict=True):
        assert_allclose(moved.until(h).printed("yoy_pct")[:, h - 1], of)


def test_two_exact_conditions_that_are_one_are_refused():
    paths = gaussian_paths(2_000)
    once = Condition(month=ORIGIN + 20, yoy_pct=2.0, exactly=True)
    both = np.log(paths.values)
    both[:, paths.past + 1 :] = both[:, [paths.past]]  # flat from the first month on: two months say the same
    flat = Paths(paths.months, ORIGIN, np.exp(both), paths.weights, paths.draw, paths.model)
    with pytest.raises(
        RefusedError,
        match="one of them settles another, so that they say the same or cannot hold at once; keep one",
    ):
        condition(
            flat,
            [
                Condition(month=ORIGIN + 2, yoy_pct=3.0, exactly=True),
                Condition(month=ORIGIN + 4, yoy_pct=3.0, exactly=True),
            ],
        )
    assert condition(paths, [once]).effective_number > 1_999


def test_what_an_exact_condition_has_settled_lies_beyond_any_deviation():
    """A yearly rate that holds exactly leaves one level of the month, so that the others have no distance from it."""
    said = Condition(month=ORIGIN + 1, yoy_pct=8.0, exactly=True)
    with pytest.raises(RefusedError, match="and 500 lies 1000.0 standard deviations above") as caught:
        condition(gaussian_paths(500), [said, Condition(month=ORIGIN + 1, level_at_least=500.0)])
    assert_allclose(caught.value.values, [gaussian_paths(1).values[0, 18] * 1.08, 1000.0])


def test_paths_that_do_not_reach_an_exact_condition_are_never_given_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exact, "ROUNDS", 2)  # annual growth is not linear in logs: it takes a few rounds
    with pytest.raises(
        RefusedError, match="growth of 2025 exactly 3 % is refused: the paths cannot be moved to it"
    ):
        condition(gaussian_paths(500, sd=0.03), [Condition(year=2025, growth_pct=3.0, exactly=True)])


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
        (lambda p: Slope(ORIGIN + 1, -100.0), "a slope of -100.0 % leaves nothing"),
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
        (
            lambda p: Condition(year=2025, growth_at_least_pct=1.0, exactly=True),
            "growth of 2025 at least 1 %: it keeps the paths that reach the value, so none is to hold exactly",
        ),
        (lambda p: Condition(month=ORIGIN + 3, yoy_pct=-100.0, exactly=True), "growth must be above −100 %"),
        (
            lambda p: Scenario(
                "s",
                conditions=(
                    Condition(year=2025, growth_pct=1.0),
                    Condition(year=2025, growth_pct=1.0, exactly=True),
                ),
            ),
            "growth of 2025 1 % contradicts growth of 2025 exactly 1 %; keep one of them",
        ),
    ],
)
def test_a_malformed_scenario_gets_one_plain_message(make, message: str):
    with pytest.raises(ConfigError, match=message):
        make(gaussian_paths(300))


def test_a_value_to_be_reached_is_reached_where_it_holds_exactly():
    paths = gaussian_paths()
    exact = Condition(year=2025, growth_pct=2.0, exactly=True)
    alone = condition(paths, [exact])
    both = condition(paths, [exact, Condition(year=2025, growth_at_least_pct=2.0)])
    assert_allclose(both.paths.weights, alone.paths.weights)


def test_even_odds_are_made_of_one_in_a_thousand():
    """Closed form: of two outcomes the odds become those wanted. Newton's first step goes a hundred times too far."""
    outcomes, weights = np.array([[0.0], [1.0]]), np.array([0.999, 0.001])
    assert_allclose(tilted(outcomes, weights, np.array([0.5]), None, ("it",)), 0.5)


def test_paths_without_weight_have_no_say_in_a_mean_however_far_they_lie():
    """Closed form as above, beside a path that a selection left out and that the search would run to."""
    outcomes, weights = np.array([[0.0], [1.0], [1e4]]), np.array([0.999, 0.001, 0.0])
    assert_allclose(tilted(outcomes, weights, np.array([0.5]), None, ("it",)), [0.5, 0.5, 0.0])
    with pytest.raises(RefusedError, match=r"the paths lie between 0\.0 and 1\.0"):
        tilted(outcomes, weights, np.array([2.0]), None, ("it",))


def test_a_return_that_is_believed_possible_and_comes_on_no_path_is_refused():
    months, said = np.array([1.0, 2.0]), [Judgement(ORIGIN + 2, 40.0)]
    with pytest.raises(RefusedError, match="no path returns in a span that it holds possible") as caught:
        judged(months, np.full(2, 0.5), said, ORIGIN)
    assert_allclose(caught.value.values[-1], 60.0)
    never_in_the_second = [Judgement(ORIGIN + 1, 40.0), Judgement(ORIGIN + 2, 40.0)]
    held = judged(np.array([1.0, 3.0]), np.full(2, 0.5), never_in_the_second, ORIGIN)
    assert_allclose(held.weights, [0.4, 0.6])


@pytest.mark.parametrize("wanted", [0.0, 1.0])
def test_a_mean_at_the_end_of_the_paths_is_refused_as_outside_them(wanted: float):
    with pytest.raises(RefusedError, match=r"the paths lie between 0\.0 and 1\.0") as caught:
        tilted(np.array([[0.0], [1.0]]), np.full(2, 0.5), np.array([wanted]), None, ("it",))
    assert caught.value.code == "outside"
