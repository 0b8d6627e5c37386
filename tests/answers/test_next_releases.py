"""Next releases: what a first print will say, by simulation as a second route, and where later prints fell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import figures, series
from forecast.answers.next_releases import POINTS, _FirstPrint, next_releases, printed_since
from forecast.estimate import FigureData, LevelData, Plan, estimate
from forecast.paths import Paths

REPO = Path(__file__).parents[2]
PLAN = Plan(horizon=24, models=("noisy_walk", "random_walk_drift_block"), paths=2_000, draws=20)


@pytest.fixture(scope="module")
def data() -> FigureData:
    read = figures.read(REPO / "configs/data/vietnam_published_figures.csv")
    return FigureData(read, ("bac_ninh", "total"), (("vietnam", "total"),), pd.Timestamp("2024-05-20"))


@pytest.fixture(scope="module")
def found(data):
    return estimate(data, PLAN, 7)


def simulated(found, measure: str, at: int, weight: float, kind: str) -> np.ndarray:
    """A million first prints: resampled paths, each with the bias of its history and the errors that were learned."""
    rng = np.random.default_rng(3)
    noise = found.levels.noise.set_index(["series", "error"])["sd_pct"]["bac_ninh_total"] / 100.0
    rate = np.log1p(found.paths.printed(measure)[:, at] / 100.0)
    bias = found.levels.bias[found.paths.draw]
    rate += weight * bias[:, 0] + (bias[:, 1] if measure == "mom_pct" else 0.0)
    rate = rng.choice(rate, 1_000_000, p=found.paths.weights)
    rate += rng.normal(0, weight * noise["first_print"], rate.shape) + rng.normal(0, noise[kind], rate.shape)
    return 100.0 * np.expm1(rate)


@pytest.mark.parametrize(
    ("measure", "month", "weight", "kind"),
    [("mom_pct", 0, 1.0, "monthly"), ("yoy_pct", 1, 1.0, "rest"), ("ytd_yoy_pct", 1, 1 / 6, "rest")],
)
def test_first_prints_are_the_paths_rates_with_the_learned_errors(found, measure, month, weight, kind):
    row = {(str(r.month), r.measure): r for r in next_releases(found)}[f"2024-{5 + month:02d}", measure]
    values = simulated(found, measure, month, weight, kind)
    shares = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
    asked = (
        row.lower_90, row.lower_80, row.lower_50, row.median, row.upper_50, row.upper_80, row.upper_90,
    )  # fmt: skip
    # a share of a million draws is off by 4 × sqrt(.25/1e6) = 0.002; 1,000 points stand for the paths: 0.001
    assert_allclose([(values < x).mean() for x in asked], shares, atol=0.003)


def test_published_levels_are_printed_without_error():
    y = series.sample("elec_equip")
    found = estimate(LevelData(y, "e", pd.Timestamp("2009-12-31")), replace(PLAN, paths=400), 1)
    row = next(r for r in next_releases(found) if r.measure == "yoy_pct")
    yoy = found.paths.printed("yoy_pct")[:, 0]
    below = found.paths.weights[yoy < row.median].sum()
    assert_allclose(below, 0.5, atol=0.01)
    assert printed_since(LevelData(y, "e", pd.Timestamp("2009-12-31")), found) == ()


def test_prints_after_the_day_are_placed_in_what_was_expected(found, data):
    rows = printed_since(data, found)
    assert all(row.published > "2024-05-20" for row in rows)
    may = {row.measure: row for row in rows if str(row.month) == "2024-05"}
    assert may["yoy_pct"].value == 27.11
    values = simulated(found, "yoy_pct", 0, 1.0, "rest")
    assert_allclose(may["yoy_pct"].share_below, (values < 27.11).mean(), atol=0.003)
    expected = {(str(r.month), r.measure): r for r in next_releases(found)}["2024-05", "yoy_pct"]
    assert_allclose(may["yoy_pct"].median, expected.median, rtol=1e-9)
    assert_allclose(may["yoy_pct"].upper_80, expected.upper_80, rtol=1e-9)
    assert_allclose(may["yoy_pct"].lower_80, expected.lower_80, rtol=1e-9)


def test_a_thousand_equally_likely_rates_stand_for_the_paths():
    """Of ten paths for each of them, in order, the fifth: the middle of its tenth of a percent."""
    n = 10 * POINTS
    months = pd.period_range("2022-01", "2024-06", freq="M")
    values = np.full((n, len(months)), 100.0)
    values[:, -1] = 100.0 + 0.001 * np.random.default_rng(5).permutation(n)
    paths = Paths(months, months[-2], values, np.full(n, 1 / n), np.zeros(n, np.int64), np.repeat("m", n))
    found = _FirstPrint.of(SimpleNamespace(paths=paths, levels=None), "mom_pct", months[-1])
    assert_allclose(100.0 * np.expm1(found.growth), 0.001 * (10 * np.arange(POINTS) + 4), atol=1e-9)


def biased(folder: Path, bias: float) -> FigureData:
    """Seven years of an office whose first prints on a year ago are off by a bias, log points, until the next month."""
    rng = np.random.default_rng(0)
    months = pd.period_range("2016-01", periods=84, freq="M")
    y = np.exp(np.cumsum(0.004 + 0.006 * rng.standard_normal(84)) + 0.05 * np.sin(np.arange(84) * np.pi / 6))
    lines = ["region,sector,period,measure,value,published"]
    for t in range(13, 84):
        ratio = y[t] / y[t - 12]
        first = 100 * ratio * np.exp(bias + 0.002 * rng.standard_normal()) - 100
        lines.append(f"a,total,{months[t]},yoy_pct,{first:.1f},{months[t] + 1}-05")
        if t < 83:
            lines.append(f"a,total,{months[t]},yoy_pct,{100 * ratio - 100:.1f},{months[t] + 2}-05")
            lines.append(f"a,total,{months[t]},mom_pct,{100 * y[t] / y[t - 1] - 100:.1f},{months[t] + 2}-05")
    (folder / "office.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    read = figures.read(folder / "office.csv")
    return FigureData(read, ("a", "total"), (), read.table["published"].max())


@pytest.mark.parametrize("bias", [-0.02, 0.015])
def test_a_first_print_is_told_as_far_off_as_first_prints_were(tmp_path: Path, bias: float):
    """Seventy first prints, each revised a month later by as much: the next is no better than they were."""
    found = estimate(biased(tmp_path, bias), Plan(horizon=12, paths=500, draws=100, country=None), 1)
    assert_allclose(found.levels.bias[:, 0].mean(), bias, atol=4 * 0.002 / np.sqrt(70))
    rows = {row.measure: row for row in next_releases(found)[:3]}
    true = found.paths.quantiles([0.5], "yoy_pct").iloc[0, 0]
    printed = np.log1p(rows["yoy_pct"].median / 100) - np.log1p(true / 100)
    assert_allclose(printed, bias, atol=0.002)
    of_january = np.log1p(rows["ytd_yoy_pct"].median / 100) - np.log1p(true / 100)
    assert_allclose(of_january, bias, atol=0.002)
