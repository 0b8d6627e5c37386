import importlib
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import norm

from forecast.paths import Paths, mix
from forecast.recovery import ByDefinition, recovery, weighed
from forecast.recovery.trough import lowest_month

each = importlib.import_module("forecast.recovery.each")  # the module, not its function
PAST, SPAN = 24, 36 + 5 + 12
ORIGIN = pd.Period("2024-04", "M")


def worlds(gaps_pct: np.ndarray, weights: np.ndarray | None = None) -> tuple[Paths, np.ndarray]:
    """Paths with the given gap (n, PAST + SPAN) against a normal of 200 with a seasonal pattern."""
    n, width = gaps_pct.shape
    months = pd.period_range(end=ORIGIN + (width - PAST), periods=width, freq="M")
    normal = 200 * np.exp(0.1 * np.sin(2 * np.pi * np.asarray(months.month) / 12))[None]
    values = normal * (1 + gaps_pct / 100)
    w = np.full(n, 1 / n) if weights is None else weights
    paths = Paths(months, ORIGIN, values, w, np.zeros(n, np.int64), np.full(n, "m"))
    return paths, normal


def back(gaps_pct, hold=3, window=1, horizon=36, weights=None):
    paths, normal = worlds(np.asarray(gaps_pct, float), weights)
    return recovery(paths, normal, hold, window, horizon=horizon, slump_start=ORIGIN - 10, threshold_pct=5.0)


def test_a_known_path_returns_in_its_known_month_whatever_the_season():
    gap = np.full((1, PAST + SPAN), -5.0)
    gap[0, PAST + 7 :] = 1.0  # first month at normal: horizon 8
    found = back(gap)
    assert found.months.tolist() == [8.0]
    assert found.quantile(0.5) == ORIGIN + 8
    n = 1.0
    assert_allclose(found.by(8), (n * 1 + 0.5 * 8 / 36) / (n + 1))
    assert_allclose(found.by(7), (n * 0 + 0.5 * 7 / 36) / (n + 1))


def test_a_short_spell_above_normal_is_no_recovery():
    gap = np.full((1, PAST + SPAN), -5.0)
    gap[0, PAST + 3 : PAST + 5] = 2.0  # two months only
    gap[0, PAST + 20 :] = 2.0
    assert back(gap, hold=3).months.tolist() == [21.0]
    assert back(gap, hold=2).months.tolist() == [4.0]


def test_a_run_under_way_keeps_its_true_first_month():
    gap = np.full((1, PAST + SPAN), -5.0)
    gap[0, PAST - 2 :] = 1.0  # began the month before the origin
    found = back(gap, hold=6)
    assert found.months.tolist() == [-1.0]
    assert found.first == -5
    assert found.p_already_back == pytest.approx(0.5)  # N/(N + 1) with one path
    assert_allclose(found.p_already_back + found.distribution.sum() + found.p_not_within_horizon, 1.0)


def test_a_run_that_began_at_the_origin_is_back_and_no_chance_reaches_beyond_the_horizon():
    gap = np.full((1, PAST + SPAN), -5.0)
    gap[0, PAST - 1 :] = 1.0
    found = back(gap, horizon=8)
    assert found.months.tolist() == [0.0]
    assert found.p_already_back == pytest.approx(0.5)
    assert found.p_within_12 == found.p_within_24 == found.by(8) > found.p_within_6 == found.by(6)


def test_months_gained_count_from_the_origin_on_where_output_is_back_already():
    """A run of which no more can be known than that it is complete began in the first month that its rule can see."""

    def since(month: int, hold: int):
        gap = np.full((4, PAST + SPAN), -5.0)
        gap[:, PAST - 1 + month :] = 1.0
        return back(gap, hold=hold)

    long_ago, under_way, later, never = since(-12, 6), since(0, 1), since(5, 3), since(SPAN, 3)
    assert long_ago.median < under_way.median == ORIGIN
    assert long_ago.gained_on(under_way) == under_way.gained_on(long_ago) == 0
    assert later.gained_on(long_ago) == -5
    assert long_ago.gained_on(later) == 5
    assert never.gained_on(later) is later.gained_on(never) is None


def test_a_return_after_the_horizon_is_censored_and_has_no_quantile():
    gap = np.full((2, PAST + SPAN), -5.0)
    gap[0, PAST + 36 :] = 1.0  # first month at normal: horizon 37
    gap[1, PAST + 35 :] = 1.0  # horizon 36: the last that counts
    found = back(gap)
    assert found.months.tolist() == [np.inf, 36.0]
    assert found.quantile(0.9) is None
    assert_allclose(found.p_not_within_horizon, 1 - (2 * 0.5 + 0.5) / 3)


@pytest.mark.parametrize("hold", [1, 3])
def test_weights_count_and_shares_sum_to_one(hold: int):
    gap = np.full((3, PAST + SPAN), -5.0)
    for row, h in enumerate((4, 9, 60)):
        gap[row, PAST + h - 1 :] = 1.0
    weights = np.array([0.5, 0.3, 0.2])
    found = back(gap, hold=hold, weights=weights)
    n = 1 / np.square(weights).sum()
    assert len(found.distribution) == 36
    assert_allclose(found.distribution[[0, 3]], [0.5 / 36 / (n + 1), (n * 0.5 + 0.5 / 36) / (n + 1)])
    assert_allclose(found.by(4), (n * 0.5 + 0.5 * 4 / 36) / (n + 1))
    assert_allclose(found.by(12), (n * 0.8 + 0.5 * 12 / 36) / (n + 1))
    assert_allclose(found.p_already_back + found.distribution.sum() + found.p_not_within_horizon, 1.0)
    assert_allclose(found.mean_months_below, sum(1 - found.by(h) for h in range(36)))


def test_first_passage_of_a_deterministic_trend_with_uncertain_drift_is_its_closed_form():
    """With drift b ~ N(m, s²) and no noise, back by h (k = 1, w = 1) iff b ≥ gap/h: P = Φ((m − gap/h)/s)."""
    n, gap, mean, sd = 40_000, 0.1, 0.004, 0.006
    drift = np.random.default_rng(5).normal(mean, sd, size=(n, 1))
    log_gap = np.concatenate([np.full((n, PAST), -gap), -gap + drift * np.arange(1, SPAN + 1)], axis=1)
    found = back(100 * np.expm1(log_gap), hold=1)
    for h in (6, 12, 24, 36):
        expected = norm.cdf((mean - gap / h) / sd)
        assert abs(found.by(h) - expected) < 4 * np.sqrt(expected * (1 - expected) / n) + 1 / n


def test_recovered_by_h_is_not_the_share_of_paths_above_normal_in_h():
    rng = np.random.default_rng(6)
    noise = np.cumsum(rng.normal(0, 3.0, (4000, SPAN)), axis=1)
    gap = np.concatenate([np.full((4000, PAST), -6.0), np.maximum(-6.0 + noise, -60.0)], axis=1)
    found = back(gap, hold=3)
    above = (gap[:, PAST + 35] >= 0).mean()
    assert found.by(36) > above + 0.1


def test_relapse_counts_recovered_paths_that_fall_back_within_a_year_of_confirmation():
    gap = np.full((3, PAST + SPAN), -5.0)
    gap[:, PAST + 4 :] = 1.0  # T = 5, confirmed at 7
    gap[1, PAST + 9 : PAST + 14] = -4.0  # falls below log(0.95)/2 = −2.5 %
    gap[2, PAST + 20 :] = -4.0  # falls 21 months after the origin: 14 after confirmation
    assert back(gap).p_relapse == pytest.approx(1 / 3)


def test_relapse_is_unknown_where_no_path_recovers():
    assert back(np.full((2, PAST + SPAN), -5.0)).p_relapse is None


def test_trough_passed_when_the_lowest_three_months_lie_behind():
    gap = np.full((2, PAST + SPAN), -5.0)
    gap[:, PAST - 5 : PAST - 2] = -9.0
    gap[1, PAST + 2 : PAST + 5] = -11.0  # a deeper trough still ahead
    assert back(gap).p_trough_passed == pytest.approx(0.5)


def test_the_trough_is_dated_on_each_path_and_a_fall_without_end_lies_beyond_the_horizon():
    gap = np.full((4, PAST + SPAN), -5.0)
    gap[:, PAST - 5 : PAST - 2] = -9.0  # its 3-month mean is lowest two months before the origin
    gap[1, PAST + 2 : PAST + 5] = -11.0  # lowest in month 5 after it
    gap[2, PAST:] = -9.5 - np.arange(SPAN)  # falls as long as it is followed
    gap[3, PAST + 8 :] = 1.0  # back in month 9: the deeper fall after it is another slump
    gap[3, PAST + 20 : PAST + 23] = -20.0
    trough = back(gap).trough
    assert trough.months.tolist() == [-2.0, 5.0, np.inf, -2.0]
    assert [trough.by(h) for h in (-3, -2, 4, 5, 36)] == [0.0, 0.5, 0.5, 0.75, 0.75]
    months = [trough.quantile(q) for q in (0.5, 0.51, 0.75, 0.76)]
    assert months == [trough.origin - 2, trough.origin + 5, trough.origin + 5, None]


def test_paths_too_short_for_the_hold_and_the_relapse_are_refused():
    paths, normal = worlds(np.full((1, PAST + 40), -5.0))
    with pytest.raises(ValueError, match="must run 14 months beyond the horizon of 36"):
        recovery(paths, normal, 3, 1, horizon=36, slump_start=ORIGIN, threshold_pct=5.0)


def test_draws_made_together_count_as_one_in_the_error_of_a_chance():
    """Of 12 draws, in groups of 3 that say the same, one group of four is back: √(p(1 − p)/(G − 1)), not over 36."""
    level = np.repeat([10.0, -10.0, -10.0, -10.0], 9)
    gaps = np.where(np.arange(PAST + SPAN) < PAST, -10.0, level[:, None])
    paths, normal = worlds(gaps)
    paths = replace(paths, draw=np.repeat(np.arange(12), 3))
    found = recovery(
        paths, np.repeat(normal, 12, axis=0), 3, 1, horizon=36, slump_start=ORIGIN - 10, threshold_pct=5.0
    )
    assert_allclose(found.error(12, paths.draw // 3), np.sqrt(0.25 * 0.75 / 3))
    assert_allclose(found.error(12, paths.draw), np.sqrt(0.25 * 0.75 / 11))
    turned = replace(found, months=np.roll(found.months, 1))
    first_and_last_of_one = np.roll(paths.draw, 1)
    assert_allclose(turned.error(12, first_and_last_of_one), found.error(12, paths.draw))
    assert_allclose(found.error(12, np.arange(36)), np.sqrt(0.25 * 0.75 / 35))
    assert_allclose(found.error(0, paths.draw), 0.0)
    assert found.error(12, np.zeros(36, dtype=np.int64)) == 0.5  # of one group nothing is known: a coin's


def test_paths_judged_together_are_those_judged_alone_whatever_past_they_share(monkeypatch):
    rng = np.random.default_rng(8)
    gaps = np.cumsum(rng.normal(0.1, 3.0, (40, PAST + SPAN)), axis=1) - 4.0
    gaps[:, :PAST] = gaps[:, :PAST][np.sort(rng.integers(0, 9, 40))]  # runs of paths that lived the same
    paths, normal = worlds(gaps)
    paths = replace(paths, draw=np.repeat(np.arange(4), 10))
    normal = normal * np.array([[1.0], [1.02], [0.97], [1.05]])
    rule = {"horizon": 36, "slump_start": ORIGIN - 10, "threshold_pct": 5.0}
    monkeypatch.setattr(each, "TOGETHER", 7)  # runs are cut
    found = recovery(paths, normal, 3, 6, **rule)
    alone = [
        recovery(
            replace(
                paths,
                values=paths.values[[i]],
                weights=np.ones(1),
                draw=paths.draw[[i]],
                model=paths.model[[i]],
            ),
            normal, 3, 6, **rule,
        )
        for i in range(40)
    ]  # fmt: skip
    assert found.months.tolist() == [one.months[0] for one in alone]
    assert found.trough.months.tolist() == [one.trough.months[0] for one in alone]
    fell = [one.p_relapse for one in alone if one.p_relapse is not None]
    assert 0 < sum(fell) < len(fell) < 40
    assert_allclose(found.p_relapse, np.mean(fell))
    assert len(set(found.trough.months.tolist())) > 5


@pytest.mark.parametrize("ago", [0, 1, 4, 20])
@pytest.mark.parametrize(("hold", "window"), [(1, 1), (3, 1), (6, 1), (6, 2), (6, 3), (2, 12)])
def test_dates_follow_the_words_of_the_rule_however_young_the_slump_and_short_its_window(hold, window, ago):
    start, h = PAST - 1 - ago, 9
    gaps = np.cumsum(np.random.default_rng(4).normal(0.2, 3.0, (30, PAST + h + hold - 1 + 12)), axis=1) - 3.0
    paths, normal = worlds(gaps)
    found = recovery(paths, normal, hold, window, horizon=h, slump_start=ORIGIN - ago, threshold_pct=5.0)
    for log_gap, month, fell, lowest in zip(
        np.log1p(gaps / 100), found.months, found.fell_back, found.trough.months, strict=True
    ):
        mean = {t: log_gap[t - window + 1 : t + 1].mean() for t in range(window - 1, len(log_gap))}
        short = {t: log_gap[t - 2 : t + 1].mean() for t in range(2, len(log_gap))}
        runs = [t for t in range(PAST - hold, PAST + h) if all(mean[t + i] >= 0 for i in range(hold))]
        back = runs[0] if runs else np.inf
        assert month == back - (PAST - 1)
        year = [short[t] for t in range(back + hold, back + hold + 12)] if runs else []
        assert fell == any(of < np.log(0.95) / 2 for of in year)
        months = range(start, int(np.clip(back, PAST - 1, PAST + h - 1)) + 1)
        trough = min(months, key=short.__getitem__) - (PAST - 1)
        assert lowest == (np.inf if trough == h and not runs else trough)


def test_members_weighed_together_are_what_judging_all_their_paths_anew_says():
    rng = np.random.default_rng(9)
    members = []
    for n in (30, 20):
        paths, normal = worlds(np.cumsum(rng.normal(0.1, 3.0, (n, PAST + SPAN)), axis=1) - 4.0)
        members.append(paths)
    rule = {"horizon": 36, "slump_start": ORIGIN - 10, "threshold_pct": 5.0}
    weights = rng.gamma(1.0, size=50)
    pool = mix(members).reweighted(weights)
    ours = weighed([recovery(paths, normal, 3, 3, **rule) for paths in members], pool)
    anew = recovery(pool, normal, 3, 3, **rule)
    for name in ("months", "fell_back", "cumulative"):
        assert_array_equal(getattr(ours, name), getattr(anew, name))
    assert_array_equal(ours.trough.months, anew.trough.months)
    assert_array_equal(ours.trough.weights, pool.weights)
    assert 0 < ours.p_relapse < 1
    assert (ours.p_relapse, ours.effective_paths) == (anew.p_relapse, anew.effective_paths)


def test_a_definition_is_worked_out_once_and_only_where_asked_for():
    asked = []

    def of(kind: str) -> str:
        asked.append(kind)
        return f"back under {kind}"

    found = ByDefinition(("peak", "trend", "mean"), of, {"mean": "at hand"})
    assert (list(found), len(found), "trend" in found) == (["peak", "trend", "mean"], 3, True)
    assert not asked
    assert (found["trend"], found["mean"], found["trend"]) == (
        "back under trend",
        "at hand",
        "back under trend",
    )
    assert asked == ["trend"]
    with pytest.raises(KeyError, match="target"):
        found["target"]
    assert dict(found) == {"peak": "back under peak", "trend": "back under trend", "mean": "at hand"}


def test_a_recovery_shows_its_chances_at_half_a_year_and_at_one_and_two():
    gaps = np.where(np.arange(PAST + SPAN) < PAST + np.array([-5, 2, 2, 400])[:, None], -10.0, 10.0)
    for horizon, shown in ((24, (6, 12)), (36, (6, 12, 24))):
        said = str(back(gaps, horizon=horizon)).splitlines()
        assert [row[3:10] for row in said if row.startswith("by ")] == [str(ORIGIN + h) for h in shown]


def test_the_table_of_a_recovery_begins_with_what_is_back_already():
    gaps = np.where(np.arange(PAST + SPAN) < PAST + np.array([-5, 2, 2, 400])[:, None], -10.0, 10.0)
    found = back(gaps)
    table = found.to_frame()
    assert table.index[0] == ORIGIN
    assert len(table) == found.horizon + 1
    assert_allclose(table["by"], [found.by(h) for h in range(found.horizon + 1)])
    assert_allclose(table["probability"].cumsum(), table["by"])
    assert_allclose(table["by"].iloc[[0, -1]], [found.p_already_back, 1.0 - found.p_not_within_horizon])
    assert 0.0 < found.p_already_back < table["by"].iloc[-1] < 1.0


def test_a_month_as_low_as_one_that_was_is_no_new_trough():
    before, after = np.array([[-5.0, -9.0, -6.0]] * 3), np.array([[-9.0, -5.0], [-9.1, -5.0], [-8.9, -9.0]])
    assert lowest_month(before, np.arange(3), after, np.full(3, np.inf), 2).tolist() == [-1.0, 1.0, -1.0]
