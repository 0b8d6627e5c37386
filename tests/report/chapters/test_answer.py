"""The sentences at the edges of what can be found, read in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.outcome import Outcome
from forecast.report import phrases
from forecast.report.blocks import Points
from forecast.report.chapters import afterwards, answer, fan, notes, return_month, risks
from forecast.report.document import compose
from forecast.report.words import LANGUAGES, Language
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]

HEADLINES = {
    "usual": (
        "Output stands 17% below normal; 44% chance that it is back within a year, half of the outcomes by "
        "November 2025",
        "Sản xuất thấp hơn mức bình thường 17%; khả năng trở lại trong vòng một năm là 44%, một nửa số trường hợp trở "
        "lại chậm nhất vào tháng 11/2025",
    ),
    "bac_ninh": (
        "Output stands 17% below normal and is probably not back before October 2026; 12% chance within a year",
        "Sản xuất thấp hơn mức bình thường 17% và nhiều khả năng chưa trở lại trước tháng 10/2026; khả năng trở lại "
        "trong vòng một năm là 12%",
    ),
    "already_back": (
        "87% chance that output is already back at its normal scale; 99% that it is back within a year",
        "Khả năng sản xuất đã trở lại mức bình thường là 87%; khả năng trở lại trong vòng một năm là 99%",
    ),
    "no_slump": (
        "Output in April 2024 is at 101% of its normal scale and no slump is under way; 4% chance that one begins "
        "within a year",
        "Sản xuất tháng 4/2024 đạt 101% mức bình thường, hiện không có đợt suy giảm; khả năng bắt đầu một đợt suy giảm "
        "trong vòng một năm là 4%",
    ),
    "certain": (
        "Over 99% chance that output is back at its normal scale by May 2024",
        "Khả năng sản xuất trở lại mức bình thường chậm nhất vào tháng 5/2024 là trên 99%",
    ),
    "hopeless": (
        "Over 99% chance that output is not back at its normal scale by April 2027",
        "Khả năng hết tháng 4/2027 sản xuất vẫn chưa trở lại mức bình thường là trên 99%",
    ),
}


def warned(outcome: Outcome, language: Language) -> dict[str, str]:
    return dict(sample.points(risks.section(outcome, language)))


@pytest.mark.parametrize("case", HEADLINES)
def test_headlines(case: str) -> None:
    outcome = sample.EDGES[case]()
    assert (answer.headline(outcome, EN), answer.headline(outcome, VI)) == HEADLINES[case]


def test_a_headline_calls_probable_what_two_outcomes_in_three_hold() -> None:
    beyond = sample.with_recovery(sample.recovery(lambda h: 0.3 * h / 36))
    assert answer.headline(beyond, EN) == (
        "Output stands 17% below normal and is probably not back by April 2027; 10% chance within a year"
    )
    just = sample.recovery(lambda h: 0.34 * h / 36)
    just = replace(just, p_not_within_horizon=answer.PROBABLE)
    assert "is probably not back by April 2027" in answer.headline(sample.with_recovery(just), EN)
    late = answer.headline(sample.with_recovery(sample.recovery(lambda h: 0.02 * h)), EN)
    assert (
        "is probably not back before October 2025; 24% chance" in late
    )  # 34 % by September, 36 % by October
    early = sample.with_recovery(sample.recovery(lambda h: 0.4))
    assert (
        answer.headline(early, EN)
        == "Output stands 17% below normal; 40% chance that it is back within a year"
    )
    base = sample.usual()
    last = replace(base.history[-1], level_pct_of_normal=101.0)
    high = replace(base, history=(*base.history[:-1], last))
    assert answer.headline(high, EN).startswith("Output stands at 101% of normal; 44% chance")


@pytest.mark.parametrize("already", [0.47, 0.5, 0.53])
def test_by_when_half_are_back_is_said_where_the_headline_does_not_call_them_back(already: float) -> None:
    outcome = sample.with_recovery(sample.recovery(lambda h: 0.3 * h / 36, already=already))
    called = "is already back at its normal scale" in answer.headline(outcome, EN)
    assert called == (already >= 0.5)
    assert (answer._half(outcome, EN) == []) == called


def test_half_back_and_the_median_of_the_fan_explain_each_other() -> None:
    usual = sample.usual()
    (said,) = fan.first_return(usual, EN)
    assert "by November 2025, while the dashed median of the fan stays below normal to April 2027" in said
    rising = replace(
        usual, fan=tuple(replace(row, median=70.0 + h) for h, row in enumerate(usual.fan, start=1))
    )
    (said,) = fan.first_return(rising, EN)
    assert "reaches normal in October 2026" in said
    median = usual.recovery["baseline"].median
    assert median is not None
    higher = replace(
        usual, fan=tuple(replace(row, median=90.0 + h) for h, row in enumerate(usual.fan, start=1))
    )
    (said,) = fan.first_return(higher, EN)
    held = "a return counts only where the mean of 3 months stays at or above normal for 6 months in a row"
    assert (
        f"by November 2025, while the dashed median of the fan reaches normal in February 2025: {held}"
        in said
    )
    last = replace(usual.history[-1], level_pct_of_normal=109.0)
    now = replace(
        usual,
        history=(*usual.history[:-1], last),
        fan=tuple(replace(row, median=105.0) for row in usual.fan),
    )
    (said,) = fan.first_return(now, EN)
    assert f"is at or above normal in May 2024, as output is now: {held}" in said
    alike = tuple(replace(row, median=101.0 if row.month >= median else 99.0) for row in usual.fan)
    assert fan.first_return(replace(usual, fan=alike), EN) == []


@pytest.mark.parametrize("code", ["en", "vi"])
def test_another_measure_is_named_wherever_output_was(code: str) -> None:
    outcome = replace(sample.what_if(), measure={"en": "turnover", "vi": "doanh thu"}, figures=())
    language = LANGUAGES[code].of(outcome.measure)
    outcome = replace(outcome, title={"en": "X", "vi": "X"}, scenarios=outcome.scenarios[:2])
    text = repr(compose(outcome, language).blocks).lower()
    own, other = LANGUAGES[code].text["measure"], language.text["measure"]
    assert (own in text, other in text) == (False, True)
    assert language.text["sector.electricity"] == LANGUAGES[code].text["sector.electricity"]
    assert LANGUAGES[code].of(None) is LANGUAGES[code]


def test_what_came_since_says_on_which_side_of_the_median_it_lay() -> None:
    seen = sample.electrical()
    assert "36 of 36 months lie above the median of the forecast: it was too low." in repr(
        afterwards.section(seen, EN)
    )
    fan_median = {row.month: row.median for row in seen.fan}
    assert seen.outcome is not None
    months = [row for row in seen.outcome.months if row.month in fan_median]
    half = tuple(
        replace(row, level_pct_of_normal=fan_median[row.month] + (1.0 if i % 2 else -1.0))
        for i, row in enumerate(months)
    )
    mixed = replace(seen, outcome=replace(seen.outcome, months=half))
    assert "18 of 36 months lie above the median of the forecast." in repr(afterwards.section(mixed, EN))


def test_the_mean_of_the_last_months_is_that_of_the_definitions() -> None:
    outcome = sample.no_slump()
    rows = [
        replace(of, gap_pct=-4.6) if of.kind == outcome.normal.kind else of
        for of in outcome.normal.definitions
    ]
    told = replace(outcome, normal=replace(outcome.normal, definitions=tuple(rows)))
    assert "The mean of the last 3 months is at 95% of normal." in answer.lead(told, EN)


def test_a_short_history_is_not_said_to_be_without_a_slump() -> None:
    short = replace(sample.no_slump(), notes=("no_slump", "short_history"))
    assert "Whether a slump is under way could not be told. What counts" in repr(notes.points(short, EN))
    assert "No slump is under way" in repr(notes.points(sample.no_slump(), EN))


def test_headline_when_surely_back_already() -> None:
    outcome = sample.with_recovery(sample.recovery(lambda h: 0.0, already=0.97))
    assert answer.headline(outcome, EN) == "97% chance that output is already back at its normal scale"


@pytest.mark.parametrize(
    ("case", "en"),
    [
        ("usual", "One outcome in ten is back by May 2024; 40% are not back by April 2027"),
        ("bac_ninh", "One outcome in ten is back by March 2025; 57% are not back by April 2027"),
        ("already_back", "In 90 of 100 outcomes output is back by July 2024"),
        ("no_slump", "The mean of the last 3 months is at 83% of the recent peak"),
        ("certain", "In more than 80 of 100 outcomes output is back in May 2024"),
        ("hopeless", "Over 99% of the outcomes are not back by April 2027"),
    ],
)
def test_what_the_central_interval_allows_to_say(case: str, en: str) -> None:
    assert return_month.heading(sample.EDGES[case](), EN) == en


def test_interval_headings_not_met_by_the_samples() -> None:
    both = sample.with_recovery(sample.recovery(lambda h: min(h / 20, 1.0)))
    assert (
        return_month.heading(both, EN)
        == "In 80 of 100 outcomes output is back between June 2024 and October 2025"
    )
    wide = sample.with_recovery(sample.recovery(lambda h: 0.0, already=0.5))
    assert return_month.heading(wide, EN) == "The outcomes run from already back to not back by April 2027"
    past = sample.with_recovery(sample.recovery(lambda h: 0.0, already=0.93))
    assert return_month.heading(past, VI) == "Khả năng sản xuất đã trở lại mức bình thường là 93%"


def test_a_median_beyond_the_horizon_prints_as_after() -> None:
    outcome = sample.bac_ninh()
    found = phrases.baseline(outcome)
    assert phrases.when(found, outcome, EN) == "after Apr 2027"
    assert phrases.when(found, outcome, VI) == "sau 04/2027"
    assert phrases.span((None, None), outcome, EN) == "after Apr 2027"
    assert phrases.span((pd.Period("2024-02", "M"), None), outcome, EN) == "already – after Apr 2027"
    assert phrases.when(phrases.baseline(sample.already_back()), outcome, VI) == "đã trở lại"


def test_risks_of_a_trough_not_passed() -> None:
    said = warned(sample.hopeless(), EN)
    assert said["Trough"] == (
        "22% (unlikely): the trough is behind. So far the lowest three-month mean, to July 2023, is 81% of normal."
    )
    assert "Relapse" not in said  # no path recovers, so none can relapse
    assert warned(sample.hopeless(), VI)["Đáy"].startswith("Khả năng đã qua đáy là 22% (ít khả năng).")


def test_no_slump_has_no_risk_of_a_return() -> None:
    calm = sample.no_slump()
    risky = replace(calm, models=tuple(replace(calm.models[0], p_within_12=p) for p in (0.2, 0.9)))
    assert list(warned(risky, EN))[:2] == ["Direction", "Sign to watch"]
    assert not {"Trough", "Relapse", "What normal means", "Models disagree"} & warned(risky, EN).keys()
    assert "Models disagree" in warned(replace(sample.usual(), models=risky.models), EN)


@pytest.mark.parametrize(
    ("used", "en", "vi"),
    [
        (
            "pre_slump_peak",
            "highest 12-month mean of the last three years, held constant",
            "bình quân 12 tháng cao nhất trong ba năm gần nhất, giữ không đổi",
        ),
        ("same_month", "the same month of the last year", "cùng tháng của năm trước"),
        ("target", "a level given by the user", "mức do người dùng đặt ra"),
    ],
)
def test_where_nothing_slumps_the_definition_in_use_is_named(used: str, en: str, vi: str) -> None:
    calm = sample.no_slump()
    row = replace(calm.normal.definitions[0], kind=used)
    calm = replace(calm, normal=replace(calm.normal, kind=used, definitions=(row,)), notes=("no_slump",))
    for language, said in (
        (EN, f"No slump is under way. What counts as normal: {en}."),
        (VI, f"Hiện không có đợt suy giảm. Mức bình thường ở đây: {vi}."),
    ):
        points = [block for block in compose(calm, language).blocks if isinstance(block, Points)]
        assert dict(pair for block in points for pair in block.items)[language.text["notes"]] == said


def test_the_sign_to_watch_is_the_next_month() -> None:
    outcome = sample.bac_ninh()
    said = warned(outcome, EN)["Sign to watch"]
    soon = outcome.fan[0]
    assert said == (
        f"May 2024 is expected at {soon.median:.0f}% of normal (80%: {soon.lower_80:.0f}% to {soon.upper_80:.0f}%). "
        "One outcome in five prints less than −7.5% on a year ago, and then the chance of being back by April 2025 is "
        "12%; one in five prints more than +10.3%, and then it is 38%."
    )


@pytest.mark.parametrize(
    ("lower", "upper", "word"),
    [(80, 120, "Balanced"), (70, 120, "Tilted downwards"), (80, 130, "Tilted upwards")],
)
def test_direction_of_risk(lower: float, upper: float, word: str) -> None:
    base = sample.bac_ninh()
    month = replace(base.fan[11], median=100.0, lower_80=lower, upper_80=upper)
    outcome = replace(base, fan=(*base.fan[:11], month, *base.fan[12:]))
    said = warned(outcome, EN)["Direction"]
    assert said.startswith(f"{word}: in April 2025 the 80% band reaches")
    assert str(int(100 - lower)) in said
    assert str(int(upper - 100)) in said


def test_what_came_true() -> None:
    assert afterwards.heading(sample.electrical(), EN) == (
        "Output was not back at normal by March 2016; the forecast had given 52% to no return by December 2012"
    )
    assert afterwards.heading(sample.recovered_since(), VI) == (
        "Sản xuất đã trở lại mức bình thường vào tháng 6/2011; dự báo đã cho khả năng trở lại đến lúc đó là 24%"
    )
    base = sample.electrical()
    assert base.outcome is not None
    within = replace(base, outcome=replace(base.outcome, not_recovered_by="2010-12"))
    assert afterwards.heading(within, EN) == (
        "Output was not back at normal by December 2010; the forecast had given 84% to no return by then"
    )


def answers() -> st.SearchStrategy[Outcome]:
    """Outcomes with any recovery distribution: some mass already back, some after, the rest rising."""

    def build(already: float, share: float, speed: float) -> Outcome:
        top = (1 - already) * share
        return sample.with_recovery(sample.recovery(lambda h: top * (h / 36) ** speed, already=already))

    return st.builds(build, st.floats(0, 0.99), st.floats(0, 1), st.floats(0.1, 5))


@settings(deadline=None, max_examples=60, derandomize=True)
@given(answers())
def test_every_answer_can_be_said_and_every_chance_in_it_is_its_own(outcome: Outcome) -> None:
    found = phrases.baseline(outcome)
    allowed = {found.p_already_back, found.p_within_12, found.p_not_within_horizon}
    allowed |= {row.cumulative for row in found.distribution[:3]}
    allowed.add(1 - outcome.history[-1].level_pct_of_normal / 100)
    for language in (EN, VI):
        said = answer.headline(outcome, language)
        numbers = re.findall(r"(\d+)%", said)
        assert numbers
        assert set(numbers) <= {n for p in allowed for n in re.findall(r"(\d+)%", language.odds(p))}
        return_month.heading(outcome, language)
        return_month.title(outcome, language)
        assert not re.search(r"\b(0|100)%", said)


def test_a_chance_that_another_seed_may_print_otherwise_is_told_as_about() -> None:
    outcome = sample.EDGES["usual"]()
    said = answer.headline(outcome, EN)
    for error, expected in ((0.0034, said), (0.0035, said), (0.0036, said.replace("44%", "about 44%"))):
        recovery = {name: replace(one, p_within_12_error=error) for name, one in outcome.recovery.items()}
        assert answer.headline(replace(outcome, recovery=recovery), EN) == expected


def test_a_published_rate_keeps_its_digits_and_a_computed_one_has_one_decimal() -> None:
    outcome = sample.bac_ninh()
    row = replace(outcome.latest[0], measure="mom_pct", value=1.84)
    told = [answer._as_published(row, replace(outcome, unit=unit), EN) for unit in ("figures", "levels")]
    assert told == ["+1.84%", "+1.8%"]
