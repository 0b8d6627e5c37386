"""What changed since the report before, on page one and in its table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecast.outcome import Outcome
from forecast.report import blocks, phrases, pictures
from forecast.report.blocks import Paragraph
from forecast.report.chapters import changes
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]


def test_page_one_says_what_moved_the_answer_most() -> None:
    ((word, said),) = sample.points(changes.on_page_one(sample.what_if(), EN))
    assert word == "Since 10 Apr 2024"
    assert said == (
        "The chance of being back by April 2025 went from 59% to 23%. "
        "The release of 10 May 2024 (Bắc Ninh) moved it most: −35.4 points."
    )
    ((_, vi),) = sample.points(changes.on_page_one(sample.what_if(), VI))
    assert "từ 59% thành 23%" in vi
    assert "−35,4 điểm phần trăm" in vi


def test_the_table_lists_each_release_and_their_sum() -> None:
    (group,) = sample.tables(changes.section(sample.what_if(), EN))[0].groups
    assert [row[-2:] for row in group.rows] == [("−0.8", "+0.4"), ("−35.4", "−7.2"), ("−36.2", "−6.8")]
    assert group.rows[0][2] == "Apr 2024, on month: +0.80%"
    assert str(group.rows[1][2]).endswith("Apr 2024, on year: +6.25% (expected +13.1%); and 2 more")


def test_without_an_earlier_report_page_one_says_that_there_is_nothing_to_compare_with() -> None:
    outcome = replace(sample.what_if(), changes=None)
    ((name, said),) = sample.points(changes.on_page_one(outcome, EN))
    assert name == "Nothing to compare with"
    assert said.startswith("There is no earlier report")
    assert EN.text["changes.title"].split("{")[0] not in str(compose(outcome, EN).blocks)


def test_a_chance_that_prints_alike_is_said_to_have_stayed() -> None:
    found = sample.what_if().changes
    assert found is not None
    outcome = replace(sample.what_if(), changes=replace(found, before=0.2312, now=0.2294))
    ((_, said),) = sample.points(changes.on_page_one(outcome, EN))
    assert said == "The chance of being back by April 2025 has stayed at 23%."
    assert outcome.changes is not None
    assert changes.heading(outcome.changes, VI).endswith("vẫn là 23%")


def told(*days: str) -> Outcome:
    """Return an outcome with reports of earlier days, the second of them with its median after the horizon."""
    chances, medians = (0.1934, 0.3127, 0.2211), ("2025-08", None, "2025-11")
    given = zip(days, chances, medians, strict=False)
    return replace(sample.usual(), snapshots=tuple(sample.snapshot(*one) for one in given))


def test_the_answer_is_told_from_report_to_report() -> None:
    outcome = told("2023-12-31", "2024-03-31")
    now = outcome.snapshot()
    assert now.p_within_12 == outcome.recovery["baseline"].p_within_12
    (group,) = sample.tables(changes.section(outcome, EN))[-1].groups
    assert group.rows[0] == ("31 Dec 2023", "Nov 2023", "Aug 2025", "Mar 2024 – Aug 2026", "19%", "10%")
    assert group.rows[1] == (
        "31 Mar 2024", "Feb 2024", "after Feb 2027", "Jun 2024 – after Feb 2027", "31%", "54%",
    )  # fmt: skip
    assert group.rows[2][:2] == ("20 May 2024", "Apr 2024")
    title = changes.evolution_title(outcome, EN)
    half = phrases.moment(now.median, now, EN)
    assert title == f"Half of the outcomes back: Aug 2025 in the report of 31 Dec 2023, {half} now"
    assert "31/12/2023" in changes.evolution_title(outcome, VI)
    spoken = sample.charts(changes.section(outcome, EN))[0].alt
    assert (
        "31 Mar 2024: half after Feb 2027, 80 of 100 Jun 2024 – after Feb 2027, within a year 31%." in spoken
    )
    same = replace(outcome, snapshots=(sample.snapshot("2023-12-31", 0.2, now.median), outcome.snapshots[1]))
    assert changes.evolution_title(same, EN).endswith(f"{half}, as in the report of 31 Dec 2023")


@pytest.mark.parametrize("language", [EN, pytest.param(VI, marks=pytest.mark.slow)], ids=["en", "vi"])
def test_a_picture_of_the_reports_needs_three_in_a_slump(language) -> None:
    def drawn(outcome: Outcome) -> bool:
        names = [block.name for block in compose(outcome, language).blocks if isinstance(block, blocks.Chart)]
        assert ("evolution" in names) == ("evolution" in pictures.draw(outcome, language))
        return "evolution" in names

    assert drawn(told("2023-12-31", "2024-03-31"))
    assert not drawn(told("2024-03-31"))
    calm = tuple(replace(one, slump_start=None) for one in told("2023-12-31", "2024-03-31").snapshots)
    assert not drawn(replace(sample.usual(), snapshots=calm))
    assert not drawn(replace(sample.no_slump(), snapshots=told("2023-12-31", "2024-03-31").snapshots))
    many = tuple(sample.snapshot(f"2023-{month:02d}-28", 0.2) for month in range(1, 13))
    assert len(changes.told(replace(sample.usual(), snapshots=many))) == 12


def test_the_chart_shows_each_report_and_what_lies_after_its_horizon() -> None:
    (axes,) = pictures.chart(told("2023-12-31", "2024-03-31"), "evolution", EN).axes
    assert [tick.get_text() for tick in axes.get_xticklabels()] == [
        "31 Dec 2023",
        "31 Mar 2024",
        "20 May 2024",
    ]
    hatched = [bar for bar in axes.patches if bar.get_hatch()]
    assert len(hatched) == 1 + (told("2023-12-31").snapshot().interval_80[1] is None)
    medians = [line.get_ydata()[0] for line in axes.lines]
    assert medians[0] == 12 * 2025 + 7
    assert medians[1] > 12 * 2027 + 1  # after the horizon of that report
    chances = [text.get_text() for text in axes.texts]
    assert chances[:2] == ["19%", "31%"]


def test_no_bar_stands_where_an_interval_lies_after_the_horizon_and_none_is_cut_off() -> None:
    outcome = told("2023-12-31", "2024-03-31")
    far, back = (replace(one, median=None, interval_50=(None, None)) for one in outcome.snapshots)
    far = replace(far, interval_80=("2026-05", None))
    back = replace(
        back, median="2023-12", interval_50=("2023-11", "2024-01"), interval_80=("2023-10", "2024-02")
    )
    (axes,) = pictures.chart(replace(outcome, snapshots=(far, back)), "evolution", EN).axes
    bars = [(bar.get_x() + bar.get_width() / 2, bar.get_y(), bar.get_height()) for bar in axes.patches]
    end = 12 * far.last_month.year + far.last_month.month - 1
    of_far = sorted(bar[1:] for bar in bars if abs(bar[0]) < 0.1)
    assert of_far == [(12 * 2026 + 4, end - 12 * 2026 - 4), (end, 0), (end, 4)]
    assert axes.get_ylim()[0] <= 12 * 2023 + 9


def test_where_nothing_slumps_the_chance_is_that_of_a_slump() -> None:
    found = sample.what_if().changes
    assert found is not None
    found = replace(found, before=0.05, now=0.47, event="slump")
    outcome = replace(sample.no_slump(), changes=found)
    ((_, said),) = sample.points(changes.on_page_one(outcome, EN))
    assert said.startswith("The chance that a slump begins by April 2025 went from 5% to 47%. The release of")
    same = replace(found, now=found.before)
    assert changes.heading(same, EN).startswith("Since 10 Apr 2024 the chance that a slump")
    assert "bắt đầu suy giảm" in changes.heading(found, VI)
    (told, *_) = sample.tables(changes.section(outcome, EN))
    assert told.title == "Effect of each release on the chance that a slump begins by April 2025"


def test_a_slump_dated_since_the_report_before_is_said_beside_the_chance_of_a_return() -> None:
    found = sample.what_if().changes
    assert found is not None
    outcome = replace(sample.what_if(), changes=replace(found, entered=True))
    ((_, said),) = sample.points(changes.on_page_one(outcome, EN))
    assert said.startswith("No slump was under way then; one is now. The chance of being back")
    notes = [block.text for block in changes.section(outcome, EN) if isinstance(block, Paragraph)]
    assert notes == [f"{EN.text['changes.entered']} {EN.text['changes.note']}"]


def test_releases_told_together_bear_their_first_and_last_day() -> None:
    found = sample.what_if().changes
    assert found is not None
    most = max(found.rows, key=lambda row: abs(row.effect))
    rows = tuple(replace(row, first="2024-01-10") if row is most else row for row in found.rows)
    outcome = replace(sample.what_if(), changes=replace(found, rows=rows))
    ((_, said),) = sample.points(changes.on_page_one(outcome, EN))
    assert "The releases of 10 Jan 2024 to " in said
    (told, *_) = sample.tables(changes.section(outcome, EN))
    days = [str(row[0]) for group in told.groups for row in group.rows]
    assert [day.startswith("10 Jan 2024 – ") for day in days[:-1]] == [row is most for row in found.rows]
