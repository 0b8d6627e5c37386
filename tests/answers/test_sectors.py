"""Sectors beside their total: sums in every path, contributions by hand, a future that knows no later figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import figures, levels
from forecast.answers.sectors import sectors
from forecast.estimate import FigureData, Plan, estimate
from forecast.estimate.sectors import sector_paths
from forecast.outcome import SectorMonth, SectorRow, Sectors
from forecast.report import pictures
from forecast.report.chapters import sectors as chapter
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample

REPO = Path(__file__).parents[2]
EN, VI = LANGUAGES["en"], LANGUAGES["vi"]
SHARES = (("manufacturing", 0.9), ("electricity", 0.07), ("water", 0.03))
PLAN = Plan(
    horizon=24, country="VN", holidays=("tet",), models=("noisy_walk", "random_walk_drift_block"),
    paths=400, draws=20, sectors=SHARES,
)  # fmt: skip


def reconstructed(shares):
    data = published()
    return levels.reconstruct(
        data.figures, data.target, data.related, PLAN.draws,
        as_of=data.as_of, rng=np.random.default_rng(3), horizon=PLAN.span, sectors=shares,
    )  # fmt: skip


def published() -> FigureData:
    read = figures.read(REPO / "configs/data/vietnam_published_figures.csv")
    return FigureData(read, ("bac_ninh", "total"), (("vietnam", "total"),), pd.Timestamp("2024-05-20"))


@pytest.fixture(scope="module")
def found():
    return estimate(published(), PLAN, 7)


@pytest.fixture(scope="module")
def told(found) -> Sectors:
    answer = sectors(found)
    assert answer is not None
    return answer


def test_sectors_and_their_normals_sum_to_the_total_in_every_path_and_month(found):
    own = found.sectors
    assert own.adds_up
    assert_allclose(sum(p.values for p in own.paths.values()), found.paths.values, rtol=1e-12)
    assert_allclose(sum(own.normals.values()), found.normals["pre_slump_peak"], rtol=1e-12)


def test_contributions_sum_to_the_gap_and_are_means_over_paths(found, told):
    paths, normal = found.paths, found.normals["pre_slump_peak"]
    gap = [
        sum(
            w * 100 * (paths.values[i, t] / normal[paths.draw[i], t] - 1) for i, w in enumerate(paths.weights)
        )
        for t in range(len(paths.months))
    ]
    month = {m: t for t, m in enumerate(paths.months)}
    for row in told.months:
        assert_allclose(sum(row.contributions.values()), gap[month[row.month]], atol=1e-9)
    total, *rows = told.rows
    for name in ("at_trough", "now", "after_12", "after_24"):
        assert_allclose(sum(getattr(row, name) for row in rows), getattr(total, name), atol=1e-9)
    assert_allclose(total.now, gap[paths.past - 1], atol=1e-9)
    assert_allclose(sum(row.share_of_normal for row in rows), 1.0, rtol=1e-9)
    trough = np.convolve(gap, np.ones(3) / 3, "valid")
    first = (found.slump.start - paths.months[0]).n
    assert month[told.trough] == first + int(np.argmin(trough[first - 2 : paths.past - 2]))


def test_the_level_of_a_sector_is_a_mean_over_paths_by_their_weights(found):
    weights = np.arange(1.0, len(found.paths.weights) + 1)
    paths = replace(found.paths, weights=weights / weights.sum())
    own_paths = {name: replace(of, weights=paths.weights) for name, of in found.sectors.paths.items()}
    answer = sectors(replace(found, paths=paths, sectors=replace(found.sectors, paths=own_paths)))
    assert answer is not None
    window = range(paths.past - found.slump.window, paths.past)
    for row in answer.rows[1:]:
        own, normal = found.sectors.paths[row.name].values, found.sectors.normals[row.name]
        gaps = [
            np.mean([np.log(own[i, t] / normal[draw, t]) for t in window])
            for i, draw in enumerate(paths.draw)
        ]
        assert_allclose(row.level_pct_of_normal, 100 * np.exp(np.average(gaps, weights=weights)), rtol=1e-9)


def test_a_month_still_to_come_is_no_trough(found, told):
    values = found.paths.values.copy()
    values[:, found.paths.past :] *= 0.01
    fallen = sectors(replace(found, paths=replace(found.paths, values=values)))
    assert fallen is not None
    assert fallen.trough == told.trough


def test_the_total_among_its_sectors_is_the_answer_itself(found, told):
    answer = found.recovery["pre_slump_peak"]
    assert_allclose(told.rows[0].p_within_12, answer.by(12), rtol=1e-9)
    assert_allclose(told.rows[0].p_not_within_horizon, answer.p_not_within_horizon, rtol=1e-9)


def test_a_sector_of_constant_share_keeps_it(found):
    """Where q_i never changes, its blocks of changes are zero, so that the future holds the same share exactly."""
    total = found.levels.history
    half = replace(total, values=total.values / 2, name="half")
    own = sector_paths(
        replace(found.levels, adds_up=True, sectors={"a": half, "b": half}), ("a", "b"), found.paths, found.history,
        found.normals["pre_slump_peak"], found.slump, np.random.default_rng(1),
    )  # fmt: skip
    assert_allclose(own.paths["a"].values, found.paths.values / 2, rtol=1e-9)
    assert_allclose(own.normals["b"], found.normals["pre_slump_peak"] / 2, rtol=1e-9)


def test_sectors_of_their_own_scale_keep_their_past_and_spread_as_blocks_of_their_own_changes(found):
    """By hand: past, normal; second route: the 12-month change of q has the deviation of resampled blocks."""
    apart = reconstructed(tuple(name for name, _ in SHARES))
    own, total, history, pool = (
        apart.sectors["bac_ninh_electricity"],
        apart.history,
        found.history,
        found.paths,
    )
    paths = sector_paths(
        apart, [n for n, _ in SHARES], pool, history, found.normals["pre_slump_peak"], found.slump,
        np.random.default_rng(2),
    )  # fmt: skip
    electricity, normal = paths.paths["electricity"], paths.normals["electricity"]
    m = len(total.months)
    assert_allclose(electricity.values[:, : pool.past], own.values[pool.draw, m - pool.past :], rtol=1e-12)
    peak = (total.months >= found.slump.peak_from) & (total.months <= found.slump.peak_to)
    assert_allclose(
        np.log(normal[3, -1]), own.adjusted[3, peak].mean() + own.effects[3, m + pool.horizon - 1], rtol=1e-12
    )
    q = own.adjusted - total.adjusted
    at = pool.past + 11
    z = np.log(electricity.values[:, at]) - own.effects[pool.draw, m + 11]
    growth = np.log(pool.values[:, at]) - history.effects[pool.draw, m + 11] - history.adjusted[pool.draw, -1]
    ahead = z - own.adjusted[pool.draw, -1] - growth
    change = np.diff(q, axis=1)[:, -60:]
    sums = np.stack([change[:, s : s + 12].sum(axis=1) for s in range(49)], axis=1)
    expected = np.sqrt(np.square(sums).mean())
    # relative error of a standard deviation of n near-normal draws, 4/√(2n), widened by shared draws of the history
    assert_allclose(np.sqrt(np.square(ahead).mean()), expected, rtol=4 / np.sqrt(2 * 400))


def test_asking_for_sectors_moves_no_number_of_the_total(found):
    plain = estimate(published(), replace(PLAN, sectors=()), 7)
    assert plain.sectors is None
    np.testing.assert_array_equal(plain.paths.values, found.paths.values)


def test_without_weights_each_sector_is_dated_and_nothing_is_split():
    plan = replace(PLAN, sectors=tuple((name, None) for name, _ in SHARES))
    answer = sectors(estimate(published(), plan, 7))
    assert answer is not None
    assert not answer.adds_up
    assert answer.months == ()
    assert [row.name for row in answer.rows] == ["total", *(name for name, _ in SHARES)]
    assert all(row.now is None and row.share_of_normal is None for row in answer.rows[1:])


ROWS = (
    SectorRow("total", 1.0, 85.0, -21.9, -13.4, -10.2, -6.7, "2026-11", None, 0.24, 0.45),
    SectorRow("manufacturing", 0.91, 83.0, -22.1, -13.6, -10.9, -8.0, None, "2027-04", 0.19, 0.51),
    SectorRow("electricity", 0.09, 100.3, 0.2, 0.2, 0.7, 1.3, "2024-06", None, 0.74, 0.14),
)
SPLIT = Sectors(
    True, "2023-06", ROWS,
    (
        SectorMonth("2024-03", {"manufacturing": -15.0, "electricity": 0.1}),
        SectorMonth("2024-04", {"manufacturing": -13.6, "electricity": 0.2}),
        SectorMonth("2024-05", {"manufacturing": -13.0, "electricity": 0.3}),
    ),
)  # fmt: skip


def test_the_report_names_the_sector_that_holds_output_back():
    outcome = replace(sample.usual(), sectors=SPLIT)
    assert chapter.heading(outcome, EN) == (
        "Manufacturing holds output back most: −13.6 of the gap of −13.4 points in April 2024"
    )
    assert "−13,6 trong mức chênh lệch −13,4 điểm" in chapter.heading(outcome, VI)
    assert chapter.explained(outcome, EN).endswith(
        "Last to return to its own normal: manufacturing (51% not by April 2027)."
    )
    assert chapter.chart_title(outcome, EN) == (
        "Contributions to the gap: −13.4 points in April 2024, −12.7 expected by May 2024"
    )
    (group,) = sample.tables(chapter.section(outcome, EN))[0].groups
    assert group.rows[1][:4] == ("Manufacturing", "83%", "91.0%", "−22.1")
    assert "sectors" in pictures.draw(outcome, EN)
    assert "electricity: +0.2 points" in sample.charts(chapter.section(outcome, EN))[0].alt.replace(
        "Electricity", "electricity"
    )


def test_the_heading_without_weights_is_about_the_return_and_above_normal_says_so():
    alone = tuple(
        replace(row, share_of_normal=None, at_trough=None, now=None, after_12=None, after_24=None)
        for row in ROWS
    )
    outcome = replace(sample.usual(), sectors=Sectors(False, "2023-06", alone, ()))
    assert chapter.heading(outcome, EN) == (
        "Manufacturing is the last to return: not by April 2027 in 51% of the outcomes"
    )
    assert "sectors" not in pictures.draw(outcome, EN)
    assert chapter.explained(outcome, EN).startswith("The weights of the sectors are not known")
    ahead = replace(outcome, sectors=Sectors(False, "2023-06", (alone[0], alone[2]), ()))
    assert chapter.heading(ahead, EN) == "No sector lies below its own normal in April 2024"
    assert EN.text["sectors.section"] not in str(compose(sample.usual(), EN).blocks)
