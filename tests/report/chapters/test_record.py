"""The track record: what ships, what is said of it, and its table and chart."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
from numpy.testing import assert_allclose

from forecast.answers.record import SHIPPED, record_of, shipped
from forecast.models import POOL
from forecast.outcome import AgeSkill, EarlierSlumps, Record, Stated
from forecast.report import pictures
from forecast.report.chapters import record as chapter
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]
RECORD = Record(
    panel="one", title={"en": "One panel", "vi": "Nhóm một"}, pool=("a", "b"), real_time=False,
    episodes=12, origins=60, followed_months=36, best_naive="kaplan_meier", error_months=3.04,
    naive_error_months=3.52, skill_pct=13.6, skill_interval_pct=(-2.2, 21.4), coverage_80=0.843,
    by_age=(AgeSkill(0, 12, -4.2), AgeSkill(12, 24, 15.3), AgeSkill(18, 10, None), AgeSkill(24, 14, 21.0)),
    reliability=(Stated(6, 0.1, 0.3, 50), Stated(12, 0.05, 0.02, 40), Stated(12, 0.65, 0.78, 20)),
    known_on="2020-12-31",
)  # fmt: skip


def test_the_shipped_records_are_of_the_default_pool_and_of_no_other():
    found = shipped(POOL)
    assert [record.panel for record in found] == ["backtest_eu", "backtest_us"]
    assert [(record.episodes, record.origins) for record in found] == [(40, 217), (59, 303)]
    assert [record.known_on for record in found] == ["2020-12-31", "2024-06-30"]
    assert shipped(POOL[:-1]) == ()
    assert all(json.loads(file.read_text("utf-8"))["kaplan_meier"] for file in SHIPPED.glob("*.json"))


def test_a_record_repeats_the_summary_it_comes_from():
    summary = {
        "headline": {"episodes": 2, "origins": 5, "follow_up_at_least": 24},
        "best_naive": "constant_hazard",
        "protocol": {"pool": ["a"], "data": "real time"},
        "models": {
            "pool": {"crps": 2.5, "skill_pct": 10.0, "skill_interval_pct": None, "coverage_80": 0.8},
            "constant_hazard": {"crps": 2.8},
        },
        "by_months_since_start": [{"months": 0, "origins": 2, "skill_pct": {"pool": 4.0, "a": 1.0}}],
        "reliability": [
            {"model": "a", "horizon": 12, "predicted": 0.5, "observed": 0.4, "forecasts": 5},
            {"model": "pool", "horizon": 12, "predicted": 0.6, "observed": 0.7, "forecasts": 5},
        ],
    }
    record = record_of("x", {"en": "X"}, summary, "2021-03-31")
    assert record is not None
    assert record.real_time
    assert record.known_on == "2021-03-31"
    assert (record.error_months, record.naive_error_months) == (2.5, 2.8)
    assert record.by_age == (AgeSkill(0, 2, 4.0),)
    assert record.reliability == (Stated(12, 0.6, 0.7, 5),)
    assert record_of("x", {"en": "X"}, {**summary, "models": {}}, "2021-03-31") is None


def test_the_heading_gives_the_range_or_says_where_skill_is_weak():
    other = replace(RECORD, skill_pct=6.1)
    outcome = replace(sample.usual(), record=(RECORD, other))
    said = chapter.heading(outcome, EN)
    assert said.endswith(
        "6% to 14% better than the best naive rule's, which may be chance"
    )  # both reach zero
    sure = replace(outcome, record=(RECORD, replace(other, skill_interval_pct=(2.0, 9.0))))
    assert chapter.heading(sure, EN).endswith("6% to 14% better than the best naive rule's")
    assert "6% đến 14%" in chapter.heading(outcome, VI)
    weak = replace(sample.usual(), record=(RECORD, replace(other, skill_pct=-3.0)))
    assert chapter.heading(weak, EN).startswith("On 1 of 2 panels")


def test_what_prints_as_no_percent_is_not_called_better():
    """From the other side: the heading's range never begins with 0 %, and begins with whatever prints as more."""
    for skill in (0.0, 0.3, 0.5, 0.51, 0.8, 1.4):
        outcome = replace(sample.usual(), record=(RECORD, replace(RECORD, skill_pct=skill)))
        printed = EN.percent(skill)
        weak = chapter.heading(outcome, EN).startswith("On 1 of 2 panels")
        assert weak == (printed == "0%"), skill
        assert weak or f"{printed} to 14%" in chapter.heading(outcome, EN)


def test_the_text_speaks_of_slumps_as_old_as_this_one_and_of_weak_ages():
    points = dict(chapter.explained(replace(sample.usual(), record=(RECORD,)), EN))
    said = " ".join(points.values())
    assert "60 forecasts in 12 past slumps" in said
    assert "This slump is 17 months old" in said  # November 2022 to April 2024; 18 months after has no skill
    assert "One panel, 12 months after the start: +15%" in said
    assert "may be chance, as its 90% interval reaches zero: One panel." in points["Where to doubt it"]
    sure = replace(RECORD, skill_interval_pct=(2.0, 21.4))
    assert "chance" not in str(chapter.explained(replace(sample.usual(), record=(sure,)), EN))
    doubt = points["Where to doubt it"]
    assert doubt.endswith("No better than the naive rule: One panel, 0 months after the start: −4%.")
    calm = replace(sample.no_slump(), record=(RECORD,))
    assert "months old" not in str(chapter.explained(calm, EN))
    assert EN.text["record.section"] not in str(compose(calm, EN).blocks)  # dates of what is not under way


def test_a_record_is_called_one_of_real_time_where_every_panel_is() -> None:
    real = replace(RECORD, real_time=True)
    for records, told in (((real, real), "summary.real"), ((real, RECORD), "summary.pseudo")):
        said = str(chapter.explained(replace(sample.usual(), record=records), EN))
        assert [key for key in ("summary.real", "summary.pseudo") if EN.text[key] in said] == [told]


def test_the_text_says_what_the_ages_of_earlier_slumps_alone_would_say():
    alone = EarlierSlumps("one", {"en": "One panel", "vi": "Nhóm một"}, 45, 31, 17, 0.184, 0.5)
    outcome = replace(
        sample.usual(), record=(RECORD,), earlier_slumps=(alone, replace(alone, p_within_12=0.31))
    )
    ours = EN.odds(outcome.recovery["baseline"].p_within_12)
    said = dict(chapter.explained(outcome, EN))["By age alone"]
    assert "One panel: 18% (31 of 45 slumps over); One panel: 31% (31 of 45 slumps over). " in said
    assert f"This report states {ours}." in said
    assert "Nhóm một: 18% (31 trong 45 đợt đã kết thúc)" in str(chapter.explained(outcome, VI))
    assert "By age alone" not in dict(chapter.explained(replace(outcome, earlier_slumps=()), EN))


def test_what_came_true_within_a_year_weighs_classes_by_their_forecasts():
    outcome = replace(sample.usual(), record=(RECORD,))
    # (40 × 5 % + 20 × 65 %)/60 and (40 × 2 % + 20 × 78 %)/60
    assert chapter.chart_title(outcome, EN) == "Back within 12 months: 25% stated on average, 27% came true"
    assert "0: −4%; 12: +15%; 24: +21%" in sample.charts(chapter.section(outcome, EN))[0].alt


def test_the_table_and_the_chart_hold_the_record_and_vanish_without_one():
    outcome = replace(sample.usual(), record=(RECORD,))
    (group,) = sample.tables(chapter.section(outcome, VI))[0].groups
    assert group.rows[0][0] == "Nhóm một"
    assert group.rows[0][3:] == (
        "3,0",
        f"{VI.name('model', 'kaplan_meier')}: 3,5",
        "+14%",
        "−2 … +21%",
        "84%",
    )
    assert "track_record" in pictures.draw(outcome, EN)
    assert EN.text["record.section"] in str(compose(outcome, EN).blocks)
    assert EN.text["record.section"] not in str(compose(sample.usual(), EN).blocks)


def test_a_record_of_after_the_reports_date_says_so():
    for as_of, words in (("2020-12-31", None), ("2020-12-30", "data to 31 Dec 2020")):
        told = dict(chapter.explained(replace(sample.usual(), as_of=as_of, record=(RECORD,)), EN))
        said = told[EN.text["record.tried"]]
        assert ("nobody could have known of then" in said) == (words is not None)
        assert words is None or words in said
    vi = dict(chapter.explained(replace(sample.usual(), as_of="2010-01-31", record=(RECORD,)), VI))
    assert "khi đó chưa ai biết" in vi[VI.text["record.tried"]]


def test_the_chart_draws_skill_by_age_and_what_came_true_over_what_was_stated() -> None:
    figure = pictures.chart(replace(sample.bac_ninh(), record=(RECORD,)), "track_record", EN)
    saved, came = figure.axes
    assert_allclose(np.asarray(saved.lines[0].get_xydata()), [(0, -4.2), (12, 15.3), (24, 21.0)])
    assert_allclose(np.asarray(came.lines[0].get_xydata()), [(5.0, 2.0), (65.0, 78.0)])
