"""Each variation against a second route: the answer of an estimate that was asked so, or the rule applied by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import series
from forecast.answers.sensitivity import sensitivity
from forecast.arrays import trailing_mean
from forecast.estimate import LevelData, Plan, estimate
from forecast.normal import NormalSpec, normal_path
from forecast.outcome import Variation

MEMBERS = ("autoregression", "noisy_walk", "random_walk_drift_block")
PLAN = Plan(horizon=36, models=MEMBERS, beside=("random_walk_drift",), paths=2_000)
SEED = 11


@pytest.fixture(scope="module")
def data() -> LevelData:
    return LevelData(series.sample("elec_equip"), "euro", pd.Timestamp("2011-03-31"))


@pytest.fixture(scope="module")
def found(data):
    return estimate(data, PLAN, SEED)


@pytest.fixture(scope="module")
def rows(found) -> dict[tuple[str, str], Variation]:
    return {(row.choice, row.value): row for row in sensitivity(found)}


def test_the_first_row_is_the_answer(found, rows):
    answer = found.recovery[PLAN.normal.kind]
    first = next(iter(rows.values()))
    assert first.choice == "as_answered"
    assert_allclose(first.p_within_12, answer.by(12), rtol=1e-9)
    assert_allclose(first.p_not_within_horizon, answer.p_not_within_horizon, rtol=1e-9)
    assert 0.02 < first.p_within_12 < first.p_not_within_horizon < 0.8


@pytest.mark.parametrize("changed", [
    ("without", "noisy_walk", replace(PLAN, models=("autoregression", "random_walk_drift_block"))),
    ("with", "random_walk_drift", replace(PLAN, models=(*MEMBERS, "random_walk_drift"))),
    ("normal", "same_month", replace(PLAN, normal=NormalSpec("same_month"))),
    ("horizon", "24", replace(PLAN, horizon=24)),
])  # fmt: skip
def test_a_variation_is_what_an_estimate_asked_so_answers(data, rows, changed):
    choice, value, plan = changed
    answer = estimate(data, plan, SEED).recovery[plan.normal.kind]
    row = rows[choice, value]
    # a shorter horizon draws shorter paths: alike within Monte-Carlo error only, 4 × sqrt(.25/2000) = 0.045
    # and under another normal the pool would weigh its paths by other dates
    tolerance = 0.045 if choice in ("horizon", "normal") else 1e-12
    assert_allclose(row.p_within_12, answer.by(12), atol=tolerance)
    assert_allclose(row.p_not_within_horizon, answer.p_not_within_horizon, atol=tolerance)


def test_hold_and_window_apply_the_rule_to_the_same_paths(found, rows):
    paths = found.paths
    path = normal_path(found.history, found.slump, NormalSpec(), paths.months)
    gap = np.log(paths.values) - np.log(path)[paths.draw]
    held = trailing_mean(gap, found.slump.window)[:, paths.past :] >= 0.0
    by = paths.weights[held[:, :12].any(axis=1)].sum()  # one month at or above normal within the year
    n = paths.effective_number
    assert_allclose(rows["hold", "1"].p_within_12, (n * by + 0.5 * 12 / 36) / (n + 1), rtol=1e-9)
    assert (
        rows["hold", "6"].p_within_12 <= rows["as_answered", ""].p_within_12 <= rows["hold", "1"].p_within_12
    )
    assert {value for choice, value in rows if choice == "window"} == {"1", "6"}


def test_a_horizon_is_shortened_where_more_than_a_year_is_left(found):
    told = {h: sensitivity(replace(found, plan=replace(PLAN, horizon=h))) for h in (24, 25)}
    assert [[row.value for row in rows if row.choice == "horizon"] for rows in told.values()] == [[], ["13"]]


def test_without_a_slump_nothing_hangs_on_anything(data):
    calm = replace(data, as_of=pd.Timestamp("2007-06-30"))
    assert sensitivity(estimate(calm, replace(PLAN, paths=400), SEED)) == ()
