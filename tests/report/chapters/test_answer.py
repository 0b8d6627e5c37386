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
from forecast.report.chapters import afterwards, answer, return_month, risks
from forecast.report.document import compose
from forecast.report.words import LANGUAGES, Language
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]

HEADLINES = {
    "usual": (
        "44% chance that output is back at its normal scale within a year; half of the outcomes by November 2025, "
        "40% not by April 2027",
        "Khả năng sản xuất trở lại mức bình thường trong vòng một năm là 44%; một nửa số trường hợp trở lại chậm nhất "
        "vào tháng 11/2025, 40% chưa trở lại khi hết tháng 4/2027",
    ),
    "bac_ninh": (
        "12% chance that output is back at its normal scale within a year; 57% not by April 2027",
        "Khả năng sản xuất trở lại mức bình thường trong vòng một năm là 12%; khả năng hết tháng 4/2027 vẫn chưa trở "
        "lại là 57%",
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


def test_headline_when_surely_back_already() -> None:
    outcome = sample.with_recovery(sample.recovery(lambda h: 0.0, already=0.97))
    assert answer.headline(outcome, EN) == "97% chance that output is already back at its normal scale"


@pytest.mark.parametrize(
    ("case", "en"),
    [
        ("usual", "In 90 of 100 outcomes output is back in May 2024 or later; 40% not by April 2027"),
        ("bac_ninh", "In 90 of 100 outcomes output is back in March 2025 or later; 57% not by April 2027"),
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
    for error, expected in ((0.0034, said), (0.0036, f"About {said}")):
        recovery = {name: replace(one, p_within_12_error=error) for name, one in outcome.recovery.items()}
        assert answer.headline(replace(outcome, recovery=recovery), EN) == expected
