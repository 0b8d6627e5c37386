"""The sign to watch, word for word: both growth rates carry their sign, the weak chance stands with the weak print."""

from __future__ import annotations

from dataclasses import replace

from forecast.outcome import NextRelease, RelatedWatch, Watch
from forecast.report.chapters import watch as chapter
from forecast.report.words import LANGUAGES
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]
WATCH = Watch("2024-05", 2.14, 10.3, "2025-04", 0.12, 0.38)
NEXT = NextRelease("2024-05", "yoy_pct", 6.2, 4.4, 8.1, 2.6, 9.3, 1.2, 10.9)
HINGE = (
    "One outcome in five prints less than +2.1% on a year ago, and then the chance of being back by April 2025 is 12%; "
    "one in five prints more than +10.3%, and then it is 38%."
)


def test_the_next_growth_stands_with_what_it_would_say() -> None:
    outcome = replace(sample.usual(), watch=WATCH, next_releases=(NEXT,))
    ((name, said),) = chapter.sign(outcome, EN)
    assert name == "Sign to watch"
    assert said == f"May 2024 is expected at +6.2% on a year ago (80%: +2.6% to +9.3%). {HINGE}"
    assert "+2,1%" in chapter.sign(outcome, VI)[0][1]


def test_without_a_growth_to_come_the_level_is_what_is_expected() -> None:
    outcome = replace(sample.usual(), watch=WATCH, next_releases=())
    first = replace(outcome.fan[0], median=81.4, lower_80=76.6, upper_80=88.2)
    ((_, said),) = chapter.sign(replace(outcome, fan=(first, *outcome.fan[1:])), EN)
    assert said == f"May 2024 is expected at 81% of normal (80%: 77% to 88%). {HINGE}"
    calm = replace(outcome, fan=(first, *outcome.fan[1:]), watch=None)
    assert chapter.sign(calm, EN)[0][1].endswith("Less than 77% would be weaker than 90 of 100 outcomes.")


def test_a_sign_that_chance_has_the_other_way_is_left_out() -> None:
    turned = replace(WATCH, chance_low=0.12, chance_high=0.1)
    related = (RelatedWatch("vietnam", "total", turned),)
    outcome = replace(sample.usual(), watch=turned, next_releases=(NEXT,), watch_related=related)
    assert chapter.sign(outcome, EN)[0][1].endswith(
        "Less than +2.6% would be weaker than 90 of 100 outcomes."
    )
    assert chapter.watched(outcome, EN) == []


def test_a_related_series_says_the_same_of_its_own_print() -> None:
    outcome = replace(
        sample.usual(), next_releases=(NEXT,), watch_related=(RelatedWatch("vietnam", "total", WATCH),)
    )
    (said,) = chapter.watched(outcome, EN)
    assert (
        "one outcome in five stays under +2.1%, and the chance of being back by April 2025 is then 12%"
        in said
    )
    assert said.endswith("one in five exceeds +10.3%, and it is then 38%.")
    assert len(chapter.section(outcome, EN)) == 1
    assert chapter.section(replace(outcome, next_releases=()), EN) == []
