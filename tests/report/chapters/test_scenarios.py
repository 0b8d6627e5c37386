"""Scenarios, targets and next releases: the true sentence for each case, and tables that print the outcome."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast.outcome import Outcome
from forecast.paths import Paths
from forecast.report import blocks
from forecast.report.chapters import answer, next_releases, scenario_panels, scenarios, watch
from forecast.report.document import compose
from forecast.report.words import LANGUAGES, Language
from forecast.scenario import Condition, RefusedError, condition
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]


def tables(outcome: Outcome, language: Language) -> dict[str, blocks.Table]:
    return {b.title: b for b in compose(outcome, language).blocks if isinstance(b, blocks.Table)}


def keep(outcome: Outcome, *names: str) -> Outcome:
    return replace(outcome, scenarios=tuple(row for row in outcome.scenarios if row.name in names))


def test_the_finding_is_what_the_costliest_assumption_costs() -> None:
    assert scenarios.heading(sample.what_if(), EN) == (
        "“Weak orders” keeps output below normal 10.9 months longer on average; growth of 6% or more in 2024 is 17% "
        "likely"
    )
    assert scenarios.heading(sample.what_if(), VI) == (
        "“Đơn hàng yếu” kéo dài thời gian dưới mức bình thường bình quân thêm 10,9 tháng; khả năng năm 2024 tăng "
        "trưởng từ 6% trở lên là 17%"
    )


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (
            ("baseline", "strong_exports", "annual_target"),
            "“Strong exports” shortens the time below normal by 7.4 months on average",
        ),
        (
            ("annual_target",),
            "“The year's target of +6% is met” shortens the time below normal by 17.6 months on average",
        ),
        (("baseline", "boom"), "No scenario can be answered"),
    ],
)
def test_the_finding_of_other_sets_of_scenarios(names: tuple[str, ...], said: str) -> None:
    assert scenarios.heading(replace(keep(sample.what_if(), *names), targets=()), EN) == said


def test_where_nothing_slumps_scenarios_are_told_by_the_chance_that_one_begins() -> None:
    outcome = sample.calm_what_if()
    assert scenarios.heading(outcome, EN) == (
        "“Weak orders” would raise the chance of a slump within a year from 4% to 27%"
    )
    assert (
        scenarios.heading(outcome, VI)
        == "“Đơn hàng yếu” làm khả năng suy giảm trong vòng một năm tăng từ 4% lên 27%"
    )
    assert (
        scenario_panels.chart_title(outcome, EN)
        == "A slump within a year: 4% in the baseline, 1% to 27% in the scenarios"
    )
    lower = keep(outcome, "baseline", "upswing")
    assert (
        scenarios.heading(lower, EN)
        == "“Upswing” would lower the chance of a slump within a year from 4% to 1%"
    )
    assert (
        scenario_panels.chart_title(lower, EN)
        == "A slump within a year: 4% in the baseline, 1% in the scenarios"
    )
    still = replace(lower, onset=sample.onset(baseline=0.041, upswing=0.043))
    assert scenarios.heading(still, EN) == "The chance of a slump within a year stays at 4% in every scenario"
    (group,) = tables(outcome, EN)[EN.text["scenarios.title"]].groups
    titles = [column.title for column in tables(outcome, EN)[EN.text["scenarios.title"]].columns]
    assert (titles[1], len(titles)) == (EN.text["column.onset"], len(group.rows[1]))
    assert group.rows[1] == ("Weak orders", "27%", "+1.9%", "+0.8%", "")
    assert group.rows[2] == ("Upswing", "1%", "+7.2%", "+5.0%", "24%")
    tiles = next(b for b in compose(outcome, EN).blocks if isinstance(b, blocks.Tiles)).tiles
    assert (tiles[-1].value, tiles[-1].lines) == ("4%", ("very unlikely", "By Apr 2027: 12%"))
    spoken = next(
        b for b in compose(outcome, EN).blocks if isinstance(b, blocks.Chart) and b.name == "scenarios"
    )
    assert "Weak orders: a slump within a year 27%, by April 2027 80%." in spoken.alt


def test_a_short_calm_history_compares_scenarios_by_growth_alone() -> None:
    outcome = replace(sample.calm_what_if(), onset=None, notes=("no_slump", "short_history"))
    assert scenarios.heading(outcome, EN) == "What the scenarios would do to growth"
    assert not scenario_panels.drawn(outcome)
    document = compose(outcome, EN)
    assert not [b for b in document.blocks if isinstance(b, blocks.Chart) and b.name == "scenarios"]
    (group,) = tables(outcome, EN)[EN.text["scenarios.title"]].groups
    titles = [column.title for column in tables(outcome, EN)[EN.text["scenarios.title"]].columns]
    assert (EN.text["column.onset"] in titles, len(titles)) == (False, len(group.rows[1]))
    assert group.rows[1] == ("Weak orders", "+1.9%", "+0.8%", "")
    assert answer.headline(outcome, EN).endswith("the history is too short to tell a slump")


def test_a_scenario_that_moves_nothing_is_not_said_to_cost() -> None:
    base = keep(sample.what_if(), "weak_orders")
    still = replace(base, targets=(), scenarios=(replace(base.scenarios[0], months_below_gained=-0.04),))
    assert scenarios.heading(still, EN) == "No scenario moves the return by more than days"
    told = {
        months: scenarios.heading(
            replace(still, scenarios=(replace(still.scenarios[0], months_below_gained=months),)), EN
        ).partition("” ")[2]
        for months in (-0.1, 0.1)  # three days
    }
    assert told == {
        -0.1: "keeps output below normal 0.1 months longer on average",
        0.1: "shortens the time below normal by 0.1 months on average",
    }


def test_the_next_print_of_a_related_series_is_told_with_its_day() -> None:
    (said,) = watch.watched(sample.what_if(), EN)
    assert said == (
        "Viet Nam: all industry, May 2024 on a year ago (usually out about 30 May 2024): one outcome in five stays "
        "under +1.3%, and the chance of being back by April 2025 is then 22%; one in five exceeds +8.9%, and it is "
        "then 27%."
    )
    (vi,) = watch.watched(sample.what_if(), VI)
    assert "(thường công bố khoảng ngày 30/5/2024)" in vi
    assert "trên +8,9%, khi đó khả năng này là 27%." in vi
    texts = [b.text for b in compose(sample.what_if(), EN).blocks if isinstance(b, blocks.Paragraph)]
    assert said in texts
    undated = replace(sample.what_if(), figures=())
    assert "May 2024 on a year ago: one outcome" in watch.watched(undated, EN)[0]


def test_the_sign_to_watch_is_in_the_printed_rate() -> None:
    said = dict(watch.sign(sample.what_if(), EN))["Sign to watch"]
    assert said == (
        "May 2024 is expected at +24.0% on a year ago (80%: +12.0% to +37.0%). One outcome in five prints less "
        "than −7.5% on a year ago, and then the chance of being back by April 2025 is 12%; one in five prints "
        "more than +10.3%, and then it is 38%."
    )


def test_the_coming_print_is_that_on_a_year_ago_else_any_else_the_target() -> None:
    outcome = sample.what_if()
    assert next_releases.heading(outcome, EN) == (
        "May 2024 is expected to print +24.0% on same month a year ago; 80 of 100 outcomes lie between +12.0% and "
        "+37.0%"
    )
    month = replace(outcome, next_releases=outcome.next_releases[:1])
    assert next_releases.heading(month, EN).startswith(
        "May 2024 is expected to print −2.8% on previous month;"
    )
    target = replace(outcome, next_releases=())
    assert next_releases.heading(target, VI) == "Khả năng năm 2024 tăng trưởng từ 6% trở lên là 17%"


def test_scenarios_are_compared_and_a_refused_one_says_why() -> None:
    rows = tables(sample.what_if(), EN)["Scenarios"].groups[0].rows
    assert rows[:4] == (
        ("Baseline", "Nov 2025", "44%", "+3.1%", "+6.2%", "", "", ""),
        ("Weak orders", "after Apr 2027", "7%", "+0.2%", "+5.5%", "", "+10.9", ""),
        ("Strong exports", "Jan 2025", "60%", "+4.4%", "+11.0%", "+10", "−7.4", "31%"),
        ("The year's target of +6% is met", "May 2024", "90%", "+8.2%", "+9.9%", "+18", "−17.6", "17%"),
    )
    boom = blocks.Span(
        "No answer: no outcome meets the condition; the highest comes to 31.5. It lies 8.2 standard deviations above "
        "the expected value.",
        7,
    )
    assert rows[4] == ("boom", boom)
    thin = tables(sample.what_if(), VI)["Các kịch bản"].groups[0].rows[5][1]
    assert thin == blocks.Span(
        "Không có kết quả: điều kiện chỉ giữ lại 84 trong 14.223 trường hợp hiệu dụng, trong khi cần 284.", 7
    )


def test_assumed_paths_are_said_beside_what_is_expected_of_the_series() -> None:
    assert scenarios.assumed(sample.what_if(), EN) == [
        "In “Strong exports”, Viet Nam: all industry grows on a year ago, season and Tết aside, by +8.0% in Jun 2024 "
        "(expected +5.3%, 80%: +1.2% to +9.3%), +10.0% in Dec 2024 (expected +7.2%, 80%: +1.6% to +12.5%); 1% more of "
        "it has moved output here by 1.6% (80%: 0.3% to 2.6%)."
    ]
    (said,) = scenarios.assumed(sample.what_if(), VI)
    assert "của Cả nước: toàn ngành công nghiệp" in said
    assert "+8,0% vào 06/2024 (dự báo +5,3%, 80%: +1,2% đến +9,3%)" in said
    notes = [b.text for b in compose(sample.what_if(), VI).blocks if isinstance(b, blocks.Paragraph)]
    assert any(said in note for note in notes)
    assert scenarios.assumed(keep(sample.what_if(), "baseline", "weak_orders"), EN) == []
    assert EN.series("bac_ninh_merged_electronics") == "Bắc Ninh (with Bắc Giang): electronics"
    assert VI.series("hai_phong_total") == "hai phong total"


def test_targets_and_releases_print_the_outcome() -> None:
    found = tables(sample.what_if(), EN)
    assert found["Annual targets, and what the remaining months need"].groups[0].rows == (
        ("2024: +6.0%", "17%", "+3.1% (−2.4% to +8.3%)", "8", "+11.8%", "+2.9%", "23%"),
        ("2025: +40.0%", "under 1%", "+6.2% (−7.4% to +18.9%)", "12", "+40.0%", "beyond ±50%", "0%"),
    )
    rows = found["What the next releases are expected to print"].groups[0].rows
    assert len(rows) == 9
    assert rows[1] == (
        "May 2024", "on same month a year ago", "+24.0%", "+18.0% to +31.0%", "+12.0% to +37.0%", "+8.0% to +42.2%",
    )  # fmt: skip


def test_a_year_that_is_over_needs_nothing() -> None:
    base = sample.what_if()
    over = replace(
        base.targets[0], remaining_months=0, needed_yoy_pct=None, needed_mom_pct=None, history_share=None
    )
    rows = tables(replace(base, targets=(over,)), EN)["Annual targets, and what the remaining months need"]
    assert rows.groups[0].rows[0][3:] == ("0", "", "", "")


@pytest.mark.parametrize("language", [EN, VI], ids=["en", "vi"])
def test_what_the_outcome_does_not_hold_leaves_no_trace(language: Language) -> None:
    new = {language.text[key] for key in ("scenarios.title", "targets.title", "next.title")}
    assert new <= tables(sample.what_if(), language).keys()
    assert new.isdisjoint(tables(sample.bac_ninh(), language))
    sections = {
        b.section for b in compose(sample.bac_ninh(), language).blocks if isinstance(b, blocks.Heading)
    }
    assert sections.isdisjoint({language.text["whatif.section"], language.text["next.section"]})
    told = (compose(of, language) for of in (sample.what_if(), sample.calm_what_if()))
    described = {file.description for document in told for file in document.attachments}
    assert described == {text for key, text in language.text.items() if key.startswith("attachment.")}
    names = [file.name for file in compose(sample.bac_ninh(), language).attachments]
    assert names == ["report.json", "fan.csv", "recovery.csv"]


def a_random_walk() -> Paths:
    """400 paths of one year after two, growing by about 2 % in the year."""
    rng = np.random.default_rng(3)
    future = 102 * np.exp(0.02 * rng.standard_normal((400, 1)).repeat(12, axis=1))
    months = pd.period_range("2022-01", periods=36, freq="M")
    return Paths(
        months=months, origin=months[23], values=np.hstack([np.full((400, 24), 100.0), future]),
        weights=np.full(400, 1 / 400), draw=np.zeros(400, int), model=np.full(400, "walk"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "en", "vi"),
    [
        (Condition(2024, growth_at_least_pct=60.0), "no outcome meets the condition", "không trường hợp nào"),
        (Condition(2024, growth_pct=60.0), "the outcomes all lie between", "mọi trường hợp nằm trong khoảng"),
        (Condition(2024, growth_at_least_pct=4.5), "the condition leaves only", "điều kiện chỉ giữ lại"),
        (
            Condition(2024, growth_pct=60.0, exactly=True),
            "outcomes are moved by no more than 4.0",
            "dịch chuyển tối đa 4,0 lần",
        ),
    ],
)
def test_every_refusal_of_a_condition_is_said_in_both_languages(asked: Condition, en: str, vi: str) -> None:
    with pytest.raises(RefusedError) as caught:
        condition(a_random_walk(), [asked])
    row = sample.refused("boom", str(caught.value), caught.value.code, *caught.value.values)
    assert en in scenarios.refusal(row, EN)
    assert vi in scenarios.refusal(row, VI)


def test_an_unknown_refusal_says_only_that_there_is_none() -> None:
    row = sample.refused("boom", "something new", "new")
    assert scenarios.refusal(row, EN) == "No answer: the condition lies beyond what the outcomes can carry."
