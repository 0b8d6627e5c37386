"""What a year needs, made again in plain numpy from the paths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.needed import Part, needed
from forecast.outcome import Needed
from forecast.targets import AnnualTarget
from tests.report.desk.grounds import grounds

GROUNDS = grounds(2_000)
PATHS = GROUNDS.paths
TOTAL = Part(PATHS, GROUNDS.normals["pre_slump_peak"])
TARGET = AnnualTarget(2024, 6.0, (None, 4.0, 7.0, 9.0), (("steel", 9.0),))
PAST = pd.Series(
    [100.0, 100, 100] * 4 + [110.0, 110, 110, 121, 121, 121, 90, 90, 90, 150],
    pd.period_range("2022-01", periods=22, freq="M"),
)
Q1, Q2, Q3, Q4 = (slice(q, q + 3) for q in range(0, 12, 3))


def split() -> dict[str, Part]:
    share = 0.5 + 0.2 * np.random.default_rng(2).random((len(PATHS.values), 1))
    own = PATHS.values * share
    return {
        "steel": Part(replace(PATHS, values=own), 0.6 * TOTAL.normal),
        "paper": Part(replace(PATHS, values=0.5 * (PATHS.values - own)), 0.2 * TOTAL.normal),
        "other": Part(replace(PATHS, values=0.5 * (PATHS.values - own)), 0.2 * TOTAL.normal),
    }


def median(values: np.ndarray) -> float:
    order = np.argsort(values)
    reached = np.cumsum(PATHS.weights[order]) >= 0.5 - 1e-12
    return float(values[order][np.argmax(reached)])


@pytest.fixture(scope="module")
def found() -> Needed:
    answer = needed(TOTAL, TARGET, PAST, split(), adds_up=True)
    assert answer is not None
    return answer


def levels_of(year: int) -> np.ndarray:
    return PATHS.values[:, PATHS.months.year == year]


def test_each_span_and_its_chance_are_those_of_the_paths(found: Needed) -> None:
    now, before = levels_of(2024), levels_of(2023)
    left = 1.06 * before.sum(axis=1) - now[:, :4].sum(axis=1)
    even = np.hstack([now[:, :4], before[:, 4:] * (left / before[:, 4:].sum(axis=1))[:, None]])
    total = found.rows[0]
    spans = {(span.kind, span.last.month): span for span in total.spans}
    assert [key for key, span in spans.items() if span.known] == [("quarter", 3)]
    for key, span in (
        (("quarter", 6), Q2), (("to_date", 9), slice(0, 9)), (("quarter", 12), Q4), (("month", 7), slice(6, 7)),
    ):  # fmt: skip
        grown = now[:, span].sum(axis=1) / before[:, span].sum(axis=1) - 1
        need = even[:, span].sum(axis=1) / before[:, span].sum(axis=1) - 1
        assert_allclose(spans[key].evenly_pct, 100 * median(need), rtol=1e-8)
        assert_allclose(spans[key].evenly_chance, PATHS.weights[grown >= need].sum(), rtol=1e-8)
        assert_allclose(spans[key].expected_pct, 100 * median(grown), rtol=1e-8)
    year = spans["year", 12]
    assert_allclose([year.evenly_pct, year.season_pct, year.lifted_pct], 6.0)
    assert_allclose(year.evenly_chance, PATHS.weights[PATHS.annual_growth(2024) >= 6.0].sum(), rtol=1e-8)
    assert_allclose(sum(span.weight for key, span in spans.items() if key[0] == "quarter"), 1.0, atol=0.01)


def test_the_level_needed_is_that_of_the_season(found: Needed) -> None:
    now, before = levels_of(2024), levels_of(2023)
    normal = TOTAL.normal[:, PATHS.months.year == 2024][PATHS.draw]
    left = 1.06 * before.sum(axis=1) - now[:, :4].sum(axis=1)
    share = left / normal[:, 4:].sum(axis=1)
    assert_allclose(found.rows[0].of_normal_pct, 100 * median(share), rtol=1e-8)
    (third,) = (span for span in found.rows[0].spans if (span.kind, span.last.month) == ("quarter", 9))
    asked = normal[:, Q3].sum(axis=1) * share / before[:, Q3].sum(axis=1) - 1
    assert_allclose(third.season_pct, 100 * median(asked), rtol=1e-8)


def test_a_plan_is_told_as_it_is_and_as_it_has_to_be(found: Needed) -> None:
    now, before = levels_of(2024), levels_of(2023)
    base = np.stack([before[:, s].sum(axis=1) for s in (Q2, Q3, Q4)])
    whole = now[:, Q1].sum(axis=1) + np.array([1.04, 1.07, 1.09]) @ base
    assert found.planned_pct is not None
    assert_allclose(found.planned_pct, 100 * median(whole / before.sum(axis=1) - 1), rtol=1e-8)
    second, third, last = (s for s in found.rows[0].spans if s.kind == "quarter" and not s.known)
    lift = 100 * (1.06 * before.sum(axis=1) - whole) / base.sum(axis=0)
    assert_allclose([s.lifted_pct - s.planned_pct for s in (second, third, last)], median(lift), atol=1e-6)
    grown = now[:, Q3].sum(axis=1) / base[1] - 1
    assert_allclose(third.planned_chance, PATHS.weights[grown >= 0.07].sum(), rtol=1e-8)


def test_a_miss_of_the_next_quarter_is_made_up_by_the_rest(found: Needed) -> None:
    now, before = levels_of(2024), levels_of(2023)
    miss = found.miss
    assert miss is not None
    base, rest = before[:, Q2].sum(axis=1), before[:, 6:].sum(axis=1)
    to_come = 1.06 * before.sum(axis=1) - now[:, Q1].sum(axis=1) - (1 + miss.expected_pct / 100) * base
    assert_allclose(miss.rest_pct, 100 * median(to_come / rest - 1), rtol=1e-6)
    assert_allclose(miss.per_point, median(base / rest), rtol=1e-8)


def test_sectors_without_a_target_leave_the_total_at_its(found: Needed) -> None:
    total, steel, paper, other = found.rows
    assert (steel.target_pct, steel.own, paper.own) == (9.0, True, False)
    assert paper.target_pct == other.target_pct < 6.0
    assert steel.share is not None
    own = split()["steel"].paths.values[:, PATHS.months.year == 2023].sum(axis=1)
    all_of_it = levels_of(2023).sum(axis=1)
    assert_allclose(steel.share, median(own / all_of_it), rtol=1e-8)
    assert_allclose(paper.target_pct, median((6.0 * all_of_it - 9.0 * own) / (all_of_it - own)), rtol=1e-8)
    apart = needed(TOTAL, TARGET, None, split())
    assert apart is not None
    assert [row.target_pct for row in apart.rows] == [6.0, 9.0, 6.0, 6.0]
    assert [row.share for row in apart.rows] == [1.0, None, None, None]
    assert total.share == 1.0


def test_sectors_that_weigh_nothing_cannot_make_up_for_the_others() -> None:
    parts = {"steel": TOTAL, "dust": Part(replace(PATHS, values=1e-9 * PATHS.values), 1e-9 * TOTAL.normal)}
    answer = needed(TOTAL, AnnualTarget(2024, 6.0, (), (("steel", 4.0),)), PAST, parts, adds_up=True)
    assert answer is not None
    assert [row.target_pct for row in answer.rows] == [6.0, 4.0, 6.0]
    assert answer.sectors_pct == pytest.approx(4.0)


def test_what_targets_of_all_sectors_make_together_is_weighed(found: Needed) -> None:
    assert found.sectors_pct is None  # the others make up for steel
    every = AnnualTarget(2024, 6.0, (), (("steel", 9.0), ("paper", 2.0), ("other", 4.0)))
    answer = needed(TOTAL, every, PAST, split(), adds_up=True)
    assert answer is not None
    share = [row.share for row in answer.rows[1:]]
    assert_allclose(answer.sectors_pct, np.average([9.0, 2.0, 4.0], weights=share))
    apart = needed(TOTAL, every, PAST, split(), adds_up=False)
    assert apart is not None
    assert apart.sectors_pct is None


def test_a_target_far_below_what_is_known_is_reached(found: Needed) -> None:
    answer = needed(TOTAL, AnnualTarget(2024, -90.0), PAST)
    assert answer is not None
    assert answer.rows[0].reached
    assert not found.rows[0].reached


def test_past_quarters_are_counted_among_those_with_a_year_before(found: Needed) -> None:
    # 2023: +10, +21 and -10 %; October 2023 is no quarter
    second, third, last = (s for s in found.rows[0].spans if s.kind == "quarter" and not s.known)
    counts = [sum(grown >= s.evenly_pct for grown in (10.0, 21.0, -10.0)) for s in (second, third, last)]
    assert [s.seen for s in (second, third, last)] == counts
    assert {s.seen_of for s in (second, third, last)} == {3}
    assert 0 < counts[0] < 3


def test_a_year_that_is_over_needs_nothing_and_the_last_quarter_has_no_rest() -> None:
    ended = replace(PATHS, origin=pd.Period("2024-12", "M"))
    assert needed(Part(ended, TOTAL.normal), TARGET) is None
    late = replace(PATHS, origin=pd.Period("2024-10", "M"))
    answer = needed(Part(late, TOTAL.normal), TARGET)
    assert answer is not None
    assert (answer.months_left, answer.miss) == (2, None)
