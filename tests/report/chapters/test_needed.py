"""The scenario of a year by quarter and sector, in the words of both languages, and as rows of a table."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest

from forecast.needed import Part, needed
from forecast.outcome import Outcome
from forecast.report import csvs
from forecast.report.blocks import Heading, Paragraph, Table
from forecast.report.chapters import needed as chapter
from forecast.report.document import compose
from forecast.report.render.sheets import sheets
from forecast.report.words import LANGUAGES
from forecast.targets import AnnualTarget
from tests.report import sample
from tests.report.desk.grounds import grounds
from tests.test_needed import PAST, TARGET, split

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    made = grounds(2_000)
    total = Part(made.paths, made.normals["pre_slump_peak"])
    found = [
        needed(total, target, PAST, parts, adds_up=bool(parts))
        for target, parts in ((TARGET, split()), (AnnualTarget(2025, 8.0), {}))
    ]
    return replace(sample.what_if(), needed=tuple(one for one in found if one is not None))


def test_the_table_has_the_form_of_the_resolution(outcome: Outcome) -> None:
    tables = [block for block in chapter.section(outcome, VI) if isinstance(block, Table)]
    first = tables[0]
    assert first.title == "Kịch bản tăng trưởng theo quý năm 2024, mục tiêu 6%"
    assert [column.title for column in first.columns[1:]] == [
        "Quý I", "Quý II", "6 tháng", "Quý III", "9 tháng", "Quý IV", "Cả năm", "Khả năng đạt cả năm",
    ]  # fmt: skip
    assert [row[0] for row in first.groups[0].rows] == [
        "Dự báo", "Cần đạt, chia đều", "Cần đạt, theo mùa vụ", "Cần đạt, theo kịch bản đã giao",
    ]  # fmt: skip
    assert {row[7] for row in first.groups[0].rows[1:]} == {"+6,0%"}
    assert [str(row[0]).partition(" (")[0] for row in first.groups[1].rows] == ["Steel", "Paper", "Other"]
    known = {row[1] for row in first.groups[0].rows}
    assert len(known) == 1  # the first quarter is over: what it was, whatever the way


def test_the_months_left_have_a_table_once_the_year_has_begun(outcome: Outcome) -> None:
    tables = [
        [block for block in chapter.section(replace(outcome, needed=(one,)), EN) if isinstance(block, Table)]
        for one in outcome.needed
    ]
    assert [one.months_left for one in outcome.needed] == [8, 12]
    assert list(map(len, tables)) == [3, 2]


def test_the_heading_says_what_is_left_and_how_likely_it_is(outcome: Outcome) -> None:
    total = outcome.needed[0].rows[0]
    chance = next(span.evenly_chance for span in total.spans if span.kind == "year")
    assert chance is not None
    left = f"{total.left_pct:.1f}"
    said = [block.text for block in chapter.section(outcome, EN) if isinstance(block, Heading)]
    assert said == [
        f"2024 grows 6% if its 8 months left grow {left}% on a year ago; the chance is {round(100 * chance)}%",
        chapter.heading(outcome.needed[1], EN),
    ]
    assert said[1].startswith("2025 grows 8% with a chance of ")
    named = [block.section for block in chapter.section(outcome, EN) if isinstance(block, Heading)]
    assert named == ["Growth needed in 2024", "Growth needed in 2025"]
    vietnamese = chapter.heading(outcome.needed[0], VI)
    assert vietnamese.startswith(
        "Để cả năm 2024 tăng 6%, 8 tháng còn lại phải tăng " + left.replace(".", ",")
    )


def test_a_quarter_that_misses_is_told_with_what_the_rest_must_grow_then(outcome: Outcome) -> None:
    year = outcome.needed[0]
    assert year.miss is not None
    asked = replace(year, miss=replace(year.miss, expected_pct=3.24, rest_pct=7.16, per_point=1.26))
    (first, *_) = (
        block.text
        for block in chapter.section(replace(outcome, needed=(asked,)), EN)
        if isinstance(block, Paragraph)
    )
    assert (
        "is expected at +3.2% on a year ago. The rest of the year would then have to grow 7.2%; each point that the "
        "quarter misses asks 1.3 points more of the rest."
    ) in first


def test_a_plan_that_is_not_enough_says_by_how_much(outcome: Outcome) -> None:
    def told(asked: Outcome) -> str:
        return " ".join(block.text for block in chapter.section(asked, EN) if isinstance(block, Paragraph))

    assert "every one left has to be" in told(outcome)
    year = outcome.needed[0]
    spans = tuple(
        replace(span, planned_pct=None if span.lifted_pct is None else span.lifted_pct + 1.0)
        if span.kind == "quarter"
        else span
        for span in year.rows[0].spans
    )
    enough = replace(year, rows=(replace(year.rows[0], spans=spans), *year.rows[1:]))
    said = told(replace(outcome, needed=(enough,)))
    assert "reach the target" in said
    assert "every one left has to be" not in said
    assert "share what leaves the total at its target" in said


def test_a_plan_of_no_growth_for_a_target_of_none_is_enough() -> None:
    made = grounds(200)
    total = Part(made.paths, made.normals["pre_slump_peak"])
    asked = needed(total, AnnualTarget(2025, 0.0, (0.0, 0.0, 0.0, 0.0)))
    assert asked is not None
    lifted = [span.lifted_pct for span in asked.rows[0].spans if span.kind == "quarter"]
    assert lifted == pytest.approx([0.0] * 4, abs=1e-9)
    spans = tuple(
        replace(span, lifted_pct=0.0) if span.kind == "quarter" else span for span in asked.rows[0].spans
    )
    even = replace(asked, rows=(replace(asked.rows[0], spans=spans),))
    said = repr(chapter.section(replace(sample.what_if(), needed=(even,)), EN))
    assert "make 0.0% growth of the year and reach the target" in said


def test_what_is_reached_and_what_the_last_month_needs_is_said_so(outcome: Outcome) -> None:
    year = outcome.needed[0]
    total = replace(year.rows[0], left_pct=-148.6)
    met = replace(year, rows=(total, *year.rows[1:]))
    assert chapter.heading(met, EN) == "2024 has met its target of 6% already, whatever its months left bring"
    said = " ".join(
        b.text for b in chapter.section(replace(outcome, needed=(met,)), EN) if isinstance(b, Paragraph)
    )
    assert "of normal in every month left" not in said
    assert "would then have to grow" not in said
    assert "2024 grows 6% if its last month grows" in chapter.heading(replace(year, months_left=1), EN)


def test_targets_of_sectors_that_miss_that_of_the_total_are_told(outcome: Outcome) -> None:
    def told(growth: float) -> str:
        steel, *others = outcome.needed[0].rows[1:]
        rows = (
            replace(steel, target_pct=growth),
            *(replace(row, own=True, target_pct=growth) for row in others),
        )
        year = replace(outcome.needed[0], rows=(outcome.needed[0].rows[0], *rows))
        return repr(chapter.section(replace(outcome, needed=(year,)), EN))

    assert "The targets of the sectors together make 4.0%, not 6%." in told(4.0)
    assert "The targets of the sectors together" not in told(6.0)


def test_the_workbook_and_the_csv_hold_every_span(outcome: Outcome) -> None:
    (sheet,) = (
        s for s in sheets(compose(outcome, EN), outcome, EN) if s.title.startswith("Growth needed by")
    )
    table = pd.read_csv(io.StringIO(csvs.files(outcome)["needed.csv"]))
    spans = [span for year in outcome.needed for row in year.rows for span in row.spans]
    assert len(sheet.rows) == len(table) == len(spans)
    assert {len(row) for row in sheet.rows} == {len(sheet.head)}
    assert table["series"].unique().tolist() == ["total", "steel", "paper", "other"]
    assert table["evenly_pct"].isna().tolist() == [span.known for span in spans]
    at = [i for i, span in enumerate(spans) if span.evenly_pct is not None][0]
    assert sheet.rows[at][7].value == pytest.approx(spans[at].evenly_pct / 100)  # type: ignore[operator]


def test_an_outcome_without_targets_says_nothing_of_them() -> None:
    plain = sample.usual()
    assert chapter.section(plain, EN) == []
    assert "needed.csv" not in csvs.files(plain)
