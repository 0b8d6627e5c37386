import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast.backtest import NAIVE, POOL, Backtest, Origins, backtest
from forecast.backtest.at_origin import Case, Piece
from forecast.backtest.gather import Judged
from forecast.backtest.listing import refuse_nothing
from forecast.backtest.targets import Target
from forecast.errors import DataError, FitError, ForecastError
from forecast.estimate import LevelData, estimate
from forecast.models import REGISTRY, baseline
from forecast.models.baseline import RandomWalkDrift
from forecast.nowcast import Indicator, Panel
from forecast.score import censored_crps
from forecast.slump import SlumpSpec
from tests.backtest.panels import SEASONAL, SMALL, data, level, panel

SOME = Origins((0, 6, 18), least_follow_up=24)
KEY = ["series", "slump_start", "origin", "model"]


@pytest.fixture(scope="module")
def done() -> Backtest:
    return backtest(panel(), SMALL, SOME, seed=7)


def sharing(series: list[LevelData]) -> list[LevelData]:
    """The series with a panel to look at: those of them that are published on the last day of the month."""
    table = pd.DataFrame({d.name: d.y for d in series if d.release_lag_days == 0})
    return [replace(d, panel=table) for d in series]


def same(a: Backtest, b: Backtest) -> None:
    for table in ("recovery_forecasts", "recovery_outcomes", "point_forecasts", "scores", "failed"):
        pd.testing.assert_frame_equal(getattr(a, table), getattr(b, table), check_exact=True)
    assert json.dumps(a.summary) == json.dumps(b.summary)
    assert json.dumps(a.learned) == json.dumps(b.learned)


def test_every_forecast_is_the_one_production_would_have_made(done: Backtest):
    """Second route: `estimate` on the data of the day, which dates the slump by itself."""
    given = {d.name: d for d in panel()}
    rows = done.recovery_forecasts[done.recovery_forecasts["model"] == POOL]
    keys = rows[["series", "slump_start", "origin"]].drop_duplicates().itertuples(index=False)
    for name, start, origin in list(keys)[::3]:
        lag = pd.Timedelta(days=given[name].release_lag_days)
        day = pd.Period(origin, "M").end_time.normalize() + lag
        known = LevelData(given[name].y[:origin], name, day, given[name].release_lag_days)
        found = estimate(known, SMALL, 7)
        assert str(found.slump.start) == start
        ours = rows[(rows["series"] == name) & (rows["origin"] == origin)]["probability"]
        assert_array_equal(ours, found.recovery["pre_slump_peak"].cumulative[-24:])


def test_a_notebook_shows_the_record_of_every_model(done: Backtest):
    shown = done._repr_html_()
    assert all(name in shown for name in done.summary["models"])
    assert f"{done.summary['best_naive']} (best naive rule)" in shown
    assert f"{done.summary['models'][POOL]['crps']:.2f}" in shown


def test_all_models_are_scored_on_identical_origins(done: Backtest):
    sizes = done.scores.groupby("model").size()
    assert set(sizes.index) == {POOL, *SMALL.models, *NAIVE}
    assert sizes.nunique() == 1
    assert len(done.recovery_outcomes) == sizes.iloc[0] == done.summary["origins"]
    wide = done.recovery_forecasts.pivot(index=KEY, columns="horizon", values="probability")
    assert (np.diff(wide.to_numpy(), axis=1) >= -1e-12).all()
    assert wide.shape[1] == 24


def test_scores_and_record_follow_from_the_tables(done: Backtest):
    wide = done.recovery_forecasts.pivot(index=KEY, columns="horizon", values="probability")
    truth = done.recovery_outcomes.set_index(KEY[:3])
    at = truth.loc[wide.index.droplevel("model")]
    crps = pd.Series(censored_crps(wide, at["recovered_after"], at["follow_up"]), index=wide.index)
    assert_allclose(done.scores.set_index(KEY)["crps"], crps.loc[done.scores.set_index(KEY).index])
    mean = crps.groupby("model").mean()
    best = mean[list(NAIVE)].idxmin()
    assert done.summary["best_naive"] == best
    record = done.summary["models"][POOL]
    assert_allclose(record["skill_pct"], 100 * (1 - mean[POOL] / mean[best]))
    assert record["skill_interval_pct"][0] < record["skill_pct"] < record["skill_interval_pct"][1]
    assert done.summary["models"][best]["skill_interval_pct"] == [0.0, 0.0]
    total = sum(row["origins"] * row["crps"][POOL] for row in done.summary["by_months_since_start"])
    assert_allclose(total / done.summary["origins"], mean[POOL])
    assert_allclose(sum(record["pit"]), 1.0)


def test_what_came_true_is_read_from_the_series(done: Backtest):
    given = {d.name: d.y for d in panel()}
    for row in done.point_forecasts.itertuples():
        y, month = given[row.series], pd.Period(row.origin, "M") + row.horizon
        assert row.observed == (y[month] if row.measure == "level" else 100 * (y[month] / y[month - 12] - 1))
        assert row.q05 <= row.q10 <= row.q25 <= row.median <= row.q75 <= row.q90 <= row.q95
    assert set(done.point_forecasts["model"]) == {POOL, *SMALL.models, *SMALL.beside}


def survey(poison: str | None, day: pd.Period) -> Panel:
    """A balance on all months of the panel, wrong after the day."""
    months = pd.period_range("1985-01", "2015-12", freq="M")
    values = pd.Series(np.random.default_rng(5).normal(0.0, 1.0, len(months)).cumsum(), index=months)
    if poison is not None:
        values[months > day] = 1e9 if poison == "huge" else -3.0 * values[months > day]
    return Panel(values.to_frame("survey"), (Indicator("survey", transform="difference"),))


SLOW = {"structural", "regression", "boosting", "sarima", "exponential_smoothing"}
QUICK = tuple(name for name in REGISTRY if name not in SLOW)
LONG = [pytest.mark.slow, pytest.mark.poison]


@pytest.mark.parametrize(
    ("poison", "models"),
    [
        ("noise", ("noisy_walk", "panel_autoregression", "random_walk_drift_block")),
        pytest.param("noise", QUICK, marks=LONG),
        pytest.param("huge", QUICK, marks=LONG),
        pytest.param("noise", tuple(sorted(SLOW)), marks=LONG),
    ],
    ids=["few", "noise", "huge", "slow"],
)
def test_poisoning_everything_after_an_origin_moves_no_forecast_of_any_model_or_rule(
    poison: str, models: tuple[str, ...]
):
    """All models, with a seasonal profile frozen at the start, hazards, Kaplan–Meier, pool and what is learned.

    A survey that is out with the month, two months before the late series, is spoiled with the rest.
    """
    plan = replace(SMALL, slump=SEASONAL, models=models, beside=("random_walk_drift",), paths=200)
    day, rng = pd.Period("2003-06", "M"), np.random.default_rng(3)
    clean = [replace(d, y=d.y * np.exp(0.05 * np.sin(d.y.index.month))) for d in panel()]
    spoiled = []
    for d in clean:
        y = d.y.copy()
        later = y.index > day - (
            2 if d.release_lag_days else 0
        )  # 40 days late: April is out in June, May is not
        y[later] = rng.lognormal(4, 1, later.sum()) if poison == "noise" else 1e9
        spoiled.append(replace(d, y=y))
    clean, spoiled = (
        [replace(d, indicators=(survey(None if p is clean else poison, day),)) for d in p]
        for p in (clean, spoiled)
    )
    clean, spoiled = (sharing(p) for p in (clean, spoiled))
    origins = Origins(
        (0, 9, 20), least_follow_up=76
    )  # the last origin is the month that the truth is spoiled from
    tables = [backtest(p, plan, origins, seed=7) for p in (clean, spoiled)]
    for table in ("recovery_forecasts", "point_forecasts"):
        whole = [getattr(b, table).drop(columns="observed", errors="ignore") for b in tables]
        before = [
            t[(t["series"] != "late") | (t["origin"] < "2003-05")].reset_index(drop=True) for t in whole
        ]
        assert before[0]["series"].nunique() == 4
        assert before[0]["origin"].max() == str(day)
        pd.testing.assert_frame_equal(*before, check_exact=True)
    assert not tables[0].recovery_outcomes.equals(tables[1].recovery_outcomes)
    on_the_day = [[replace(d, as_of=day.end_time.normalize()) for d in p] for p in (clean, spoiled)]
    short = replace(plan, models=("noisy_walk",))
    same(*(backtest(p, short, Origins((0, 9)), seed=7) for p in on_the_day))


@pytest.mark.parametrize(
    "slump", [SMALL.slump, pytest.param(replace(SEASONAL, threshold_pct=6.0), marks=pytest.mark.slow)],
    ids=["adjusted", "seasonal"],
)  # fmt: skip
def test_a_strange_panel_is_handled_counted_and_listed(slump: SlumpSpec):
    gaps = level(6, {100: 0.2})
    gaps.iloc[[40, 41, 42, 60, 107, 125]] = np.nan  # the slump starts at 102; 107 is bridged at 108
    strange = [
        data(level(1, {100: 0.2}), "good"),
        data(level(2, {100: 0.2}), "good"),
        data(pd.Series(100.0, index=gaps.index), "constant"),
        data(level(3, {}, months=30), "short"),
        data(gaps, "gaps"),
        data(level(4, {}), "calm"),
        data(level(5, {215: 0.2}), "recent"),
    ]
    found = backtest(strange, replace(SMALL, slump=slump), SOME, seed=1).summary
    assert found["series"] == {
        "given": 7,
        "forecast_from": 2,
        "without_slump": ["constant", "calm"],
        "without_origin": ["recent"],
        "left_out": [
            {"series": "short", "reason": "30 months; a slump is dated from month 72 on"},
            {
                "series": "good",
                "reason": "the panel holds another series of this name; only the first was used",
            },
        ],
    }
    assert found["episodes"] == 2
    assert found["origins"] == 2 + 2  # both are back 18 months after the start


def with_gaps(*gaps: tuple[int, int]) -> list[LevelData]:
    """Three series that slump from position 99 or 100 on; each lacks a month so many months after that of its slump."""
    given = [level(seed, {100: 0.2}) for seed in range(1, 4)]
    for i, after in gaps:
        given[i].iloc[100 + after] = np.nan
    return [data(y, name) for y, name in zip(given, "abc", strict=True)]


LAGGED = replace(SMALL, models=("noisy_walk", "panel_autoregression"))


def test_an_origin_that_a_model_lacks_a_month_for_is_left_out_for_all_models():
    origins = Origins((6, 18), least_follow_up=12)
    whole, found = (backtest(given, LAGGED, origins, seed=7) for given in (with_gaps(), with_gaps((1, 4))))
    (left,) = found.summary["origins_left_out"]
    assert left["series"] == "b"
    assert left["reason"] == (
        "panel_autoregression: a panel autoregression needs the last 14 months; there is a gap in them"
    )
    assert found.summary["origins"] == whole.summary["origins"] - 1
    rows = [set(map(tuple, one.scores[["series", "origin"]].to_numpy())) for one in (whole, found)]
    assert rows[0] - rows[1] == {("b", left["origin"])}
    assert found.failed.empty
    assert not found.scores["failed"].any()


def test_an_origin_from_which_no_model_can_go_on_is_left_out_with_a_line_of_reasons():
    plan = replace(LAGGED, models=("panel_autoregression",), beside=("autoregression",))
    found = backtest(with_gaps((1, 5)), plan, Origins((6, 18), least_follow_up=12), seed=7)
    (left,) = found.summary["origins_left_out"]
    assert left["reason"].startswith(
        "panel_autoregression: a panel autoregression needs the last 14 months; "
    )
    assert "\n" not in left["reason"]
    assert found.failed.empty


def test_where_every_origin_is_left_out_their_own_reasons_are_told():
    with pytest.raises(DataError) as caught:
        backtest(with_gaps((0, 4), (1, 4), (2, 4)), LAGGED, Origins((6,), least_follow_up=12), seed=7)
    head, *reasons = caught.value.problems
    assert head == "none of the panel's slumps can be forecast from: all 3 origins were left out"
    (why,) = reasons
    lacks = "a panel autoregression needs the last 14 months; there is a gap in them"
    assert re.fullmatch(rf"3 origins, a \d{{4}}-\d\d the first: panel_autoregression: {lacks}", why)


def test_a_panel_without_slumps_is_refused_with_its_reasons():
    with pytest.raises(DataError) as caught:
        backtest([data(level(4, {}), "calm"), data(level(3, {}, months=30), "short")], SMALL, SOME)
    assert "no series of the panel has a slump to forecast from (1 had none" in caught.value.problems[0]
    assert caught.value.problems[1] == "short: 30 months; a slump is dated from month 72 on"


@pytest.mark.slow
def test_a_failed_fit_is_scored_as_the_constant_hazard_and_flagged(monkeypatch: pytest.MonkeyPatch):
    fit, calls = baseline.fit, []

    def faulty(spec: RandomWalkDrift, y: np.ndarray) -> object:
        calls.append(spec)
        if len(calls) == 5:
            raise FitError("made to fail")
        return fit(spec, y)

    monkeypatch.setattr(baseline, "fit", faulty)
    plan = replace(SMALL, models=("random_walk_drift_block", "random_walk_drift"), beside=())
    found = backtest(panel(), plan, Origins(every=1, least_follow_up=24), seed=7)
    assert list(found.failed["reason"]) == ["made to fail"]
    (row,) = found.failed.itertuples()
    scored = found.scores.set_index(["series", "origin", "model"])
    assert scored.loc[(row.series, row.origin, row.model), "failed"]
    assert scored["failed"].sum() == 1
    same_as = scored.loc[(row.series, row.origin, "constant_hazard"), "crps"]
    assert scored.loc[(row.series, row.origin, row.model), "crps"] == same_as
    calls.clear()
    with pytest.raises(ForecastError, match="1 of .. fits failed; over 1% a backtest says nothing"):
        backtest(panel(), plan, SOME, seed=7)


def test_reasons_of_origins_left_out_are_told_the_most_frequent_first_and_a_threshold_only_where_it_may_help():
    (given,) = with_gaps()[:1]
    origin = pd.Period("1999-01", "M")

    def told(*reasons: str) -> tuple[str, ...]:
        pieces = [Piece("a", origin + i, None, left_out=why) for i, why in enumerate(reasons)]
        tried = [Judged(Target("a", SMALL), Case(given, of.origin), of) for of in pieces]
        with pytest.raises(DataError) as caught:
            refuse_nothing([], tried, [Target("a", SMALL)])
        return caught.value.problems

    head, *why = told("no month", "too short", "too short")
    assert "threshold_pct" not in head
    assert why == ["2 origins, a 1999-02 the first: too short", "a 1999-01: no month"]
    assert "a lower threshold_pct" in told("no month", "no slump under way")[0]


def test_a_naive_rule_that_makes_no_error_leaves_no_skill():
    """One slump that outlasts the horizon, and a trend that says so: a perfect naive rule."""
    y = level(9, {100: 0.25}, months=140)
    y.iloc[104:] = y.iloc[104] * np.exp(np.random.default_rng(1).normal(0, 0.004, 36))
    plan = replace(SMALL, horizon=12)
    found = backtest([data(y, "long")], plan, Origins((6, 9), least_follow_up=12), seed=1).summary
    assert found["best_naive"] == "gap_over_trend"
    assert found["models"][POOL]["crps"] > 0
    assert found["models"][POOL]["skill_pct"] is None
    assert found["by_months_since_start"][0]["skill_pct"][POOL] is None


def test_a_sliding_window_hides_the_years_before_it_but_those_that_date_the_slump():
    given = [data(level(1, {140: 0.30}), "long")]
    spoiled = given[0].y.copy()
    spoiled.iloc[:10] *= np.linspace(0.5, 1.0, 10)
    other = [replace(given[0], y=spoiled)]
    wide, narrow = Origins((0, 12), least_follow_up=24), Origins((0, 12), least_follow_up=24, window=120)
    plan = replace(
        SMALL, models=("autoregression",), beside=()
    )  # its own window of 240 months would see them
    seen = [backtest(d, plan, wide, 1).point_forecasts["median"] for d in (given, other)]
    assert (seen[0] != seen[1]).all()
    cut = [backtest(d, plan, narrow, 1) for d in (given, other)]
    same(*cut)
    assert cut[0].summary["protocol"]["window_months"] == 120


def test_a_level_with_an_infinite_month_is_no_truth():
    y = level(9, {100: 0.25}, months=140)
    y.iloc[30] = np.inf
    with pytest.raises(DataError, match="long: inf in 1992-07 is too large for a number"):
        backtest([data(y, "long")], SMALL)


def test_what_is_no_panel_is_refused():
    y = level(9, {100: 0.25}, months=140)
    for other, found in (
        (y.to_numpy(), "ndarray"),
        ([y], "a list with Series"),
        ({"a": 1.0}, "dict"),
        ("us.csv", "str"),
    ):
        with pytest.raises(DataError, match=f"panel: expected index levels on months, .*; found {found}$"):
            backtest(other, SMALL)


def test_the_plan_of_a_backtest_by_default_is_one_that_can_be_followed():
    y = level(9, {100: 0.25}, months=160)
    found = backtest(y, origins=Origins((6,), least_follow_up=12))
    assert not len(found.failed)
    assert {*NAIVE} <= set(found.summary["models"])
