"""What changed since the report before, on page one and in its table."""

from __future__ import annotations

from dataclasses import replace

from forecast.report import tables, what_changed
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]


def test_page_one_says_what_moved_the_answer_most() -> None:
    ((word, said),) = what_changed.changed(sample.what_if(), EN)
    assert word == "Since 10 Apr 2024"
    assert said == (
        "The chance of being back by April 2025 went from 59% to 23%. "
        "The release of 10 May 2024 (Bắc Ninh) moved it most: −35.4 points."
    )
    ((_, vi),) = what_changed.changed(sample.what_if(), VI)
    assert "từ 59% thành 23%" in vi
    assert "−35,4 điểm phần trăm" in vi


def test_the_table_lists_each_release_and_their_sum() -> None:
    found = sample.changes()
    (group,) = tables.changes(found, EN).groups
    assert [row[-2:] for row in group.rows] == [("−0.8", "+0.4"), ("−35.4", "−7.2"), ("−36.2", "−6.8")]
    assert group.rows[0][2] == "Apr 2024, on month: +0.80%"
    assert str(group.rows[1][2]).endswith("Apr 2024, on year: +6.25% (expected +13.1%); and 2 more")


def test_without_an_earlier_report_page_one_says_that_there_is_nothing_to_compare_with() -> None:
    outcome = replace(sample.what_if(), changes=None)
    ((name, said),) = what_changed.changed(outcome, EN)
    assert name == "Nothing to compare with"
    assert said.startswith("There is no earlier report")
    assert EN.text["changes.title"].split("{")[0] not in str(compose(outcome, EN).blocks)


def test_a_chance_that_prints_alike_is_said_to_have_stayed() -> None:
    found = sample.what_if().changes
    assert found is not None
    outcome = replace(sample.what_if(), changes=replace(found, before=0.2312, now=0.2294))
    ((_, said),) = what_changed.changed(outcome, EN)
    assert said == "The chance of being back by April 2025 has stayed at 23%."
    assert outcome.changes is not None
    assert what_changed.heading(outcome.changes, VI).endswith("vẫn là 23%")
