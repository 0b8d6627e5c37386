"""The record in words and pictures says what the summary holds."""

import re
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast.backtest import Origins, backtest
from forecast.charts.style import svg
from forecast.report import LANGUAGES, summary_charts
from forecast.report import summary as told
from tests.backtest.panels import SMALL, data, level, panel

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]


@pytest.fixture(scope="module")
def summary() -> dict:
    plan = replace(SMALL, paths=200)
    series = [*panel(), data(level(4, {}), "calm"), data(level(3, {}, months=30), "short")]
    return backtest(series, plan, Origins((0, 6, 12), least_follow_up=12), seed=7).summary


def with_pool(summary: dict, **changes: object) -> dict:
    models = summary["models"] | {"pool": summary["models"]["pool"] | changes}
    return summary | {"models": models}


@pytest.mark.parametrize(
    ("skill", "interval", "said"),
    [
        (12.4, [3.2, 20.6], "On X dates are 12% better than the best naive rule's (+3% to +21%)"),
        (
            12.4,
            [-3.0, 20.6],
            "On X dates are 12% better than the best naive rule's, which may be chance (−3% to +21%)",
        ),
        (
            12.4,
            None,
            "On X dates are 12% better than the best naive rule's; too few slumps to tell whether by chance",
        ),
        (None, None, "On X dates are no better than the best naive rule's: skill is weak here"),
        (-2.0, [-3.0, 20.6], "On X dates are no better than the best naive rule's: skill is weak here"),
    ],
)
def test_the_finding_says_how_sure_the_skill_is(summary: dict, skill: float, interval: list, said: str):
    changed = with_pool(summary, skill_pct=skill, skill_interval_pct=interval)
    assert told.finding(changed, "X", EN) == said


def test_the_table_holds_every_model_and_marks_the_best_naive(summary: dict):
    table = told.rows(summary, EN)
    assert len(table) == 1 + len(summary["models"])
    best = EN.name("model", summary["best_naive"])
    assert next(row for row in table if row[0] == best)[2] == "best naive rule"
    assert table[1][:2] == ("pool", f"{summary['models']['pool']['crps']:.2f}")


def test_a_naive_rule_without_error_leaves_no_skill_to_tell(summary: dict):
    none = with_pool(summary, skill_pct=None, skill_interval_pct=None)
    assert told.rows(none, EN)[1][2:4] == ("–", "")
    first = summary["by_months_since_start"][0]
    rows = [first | {"skill_pct": dict.fromkeys(first["skill_pct"])}, *summary["by_months_since_start"][1:]]
    drawn = summary_charts.skill(none | {"by_months_since_start": rows}, "X", EN).axes[0].lines[0].get_ydata()
    assert np.isnan(np.asarray(drawn, dtype=float)).tolist() == [True, False, False]


def test_what_was_left_out_is_told(summary: dict):
    said = told.text(summary, {"en": "X", "vi": "X"})
    assert "Left out: short (30 months; a slump is dated from month 72 on)." in said
    assert "Without a slump: 1 series." in said
    assert re.search(r"Years in which the slumps began: \d, so that", said)
    failed = with_pool(summary, failed=2)
    assert "Fits that failed: 2; scored as the constant hazard." in told.text(failed, {"en": "X"})


def test_without_a_forecast_followed_to_the_horizon_there_is_no_record(summary: dict):
    nothing = summary | {
        "models": {}, "headline": {"episodes": 0, "origins": 0, "start_years": 0, "follow_up_at_least": 36},
    }  # fmt: skip
    said = told.text(nothing, {"en": "X"})
    assert said.startswith("No forecast could be followed for 36 months: there is no record yet.")
    assert summary_charts.charts(nothing, "X", EN) == {}


def test_charts_draw_the_numbers_of_the_summary(summary: dict):
    charts = summary_charts.charts(summary, "X", EN)
    assert set(charts) == {"skill", "reliability", "pit", "levels"}
    bars = [bar.get_height() for bar in charts["pit"].axes[0].patches]
    assert_allclose(bars, [100 * share for share in summary["models"]["pool"]["pit"]])
    pool = charts["skill"].axes[0].lines[0].get_ydata()
    stated = [row["skill_pct"]["pool"] for row in summary["by_months_since_start"]]
    assert_allclose(np.asarray(pool, dtype=float), np.maximum(stated, -100))
    points = charts["reliability"].axes[0].collections[0].get_offsets()
    rows = [r for r in summary["reliability"] if r["model"] == "pool" and r["horizon"] == 6]
    assert_allclose(points, [[100 * r["predicted"], 100 * r["observed"]] for r in rows])


def test_the_text_tells_calibration_parts_relapses_and_ages(summary: dict):
    said = told.text(summary, {"en": "X"})
    pool = summary["models"]["pool"]
    shares = [f"{100 * pool[f'coverage_{width}']:.0f}%" for width in (50, 80, 90)]
    assert f"50, 80 and 90% intervals: {' · '.join(shares)}. Cramér–von Mises" in said
    assert f"p = {pool['uniformity_p']:.2f}" in said
    held = next(row for row in summary["by_slump_start"] if row["part"] == "held_back")
    assert (
        f"Slumps that began in 1990 or later, held back from every choice: {held['skill_pct']:+.0f}%"
        in said.replace("−", "-")
    )
    relapse = {row["model"]: row for row in summary["relapse"]}
    assert (
        f"Brier score {relapse['pool']['brier']:.3f}, {relapse['earlier_slumps']['brier']:.3f} for the"
        in said
    )
    table = told.by_age(summary, EN)
    assert [row[:2] for row in table[1:]] == [
        (str(row["months"]), str(row["origins"])) for row in summary["by_months_since_start"]
    ]
    last = summary["by_months_since_start"][-1]
    assert table[-1][4:] == (
        f"{last['crps']['kaplan_meier']:.2f}", f"{last['worse_than_kaplan_meier_p']:.2f}",
    )  # fmt: skip


def test_what_cannot_be_told_is_left_out_or_said(summary: dict):
    rough = with_pool(summary, uniformity_p=None)
    assert "too few start years for a test" in told.calibration(rough, EN)
    assert told.relapse(summary | {"relapse": []}, EN) == []
    row = summary["by_slump_start"][0]
    assert told.by_start(summary | {"by_slump_start": [row | {"skill_pct": None}]}, EN) == []
    (said,) = told.by_start(summary | {"by_slump_start": [row | {"skill_interval_pct": None}]}, EN)
    assert " to " not in said


@pytest.mark.parametrize("words", [EN, VI], ids=["en", "vi"])
def test_charts_are_the_same_bytes_every_time(summary: dict, words: object):
    first, second = (
        {name: svg(chart) for name, chart in summary_charts.charts(summary, "Bắc Ninh", words).items()}
        for _ in range(2)
    )
    assert first == second
    assert all("\ufffd" not in picture for picture in first.values())
