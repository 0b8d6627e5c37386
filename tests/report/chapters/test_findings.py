"""Figures in doubt: first on page one, in both languages, with the answer without them; all in the data part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecast.outcome import FindingRow, Outcome, Without
from forecast.report.blocks import Points
from forecast.report.chapters import findings
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample
from tests.report.sample import bac_ninh

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]

CONTRADICTION = FindingRow(
    "contradiction", "a.csv:86", "bac_ninh_total", ("2023-05", "2024-04", "2024-05"), 11.23, "points", True, True,
    (("mom_pct", "2024-05", 13.11), ("yoy_pct", "2024-05", 27.11)), "", "x",
)  # fmt: skip
IMPLAUSIBLE = FindingRow(
    "implausible", "a.csv:9", "bac_ninh_total", ("2024-05",), -9.0, "points", True, True,
    (("yoy_pct", "2024-05", -4.0),), "", "x",
)  # fmt: skip
SLIP = FindingRow(
    "slip", "b.csv:7", "iip", ("2024-05",), 10.0, "factor", True, True, (("level", "2024-05", 975.0),),
    "as counted", "x",
)  # fmt: skip
GAP = FindingRow(
    "gap", "a.csv:1", "bac_ninh_total", ("2019-01", "2019-02", "2019-03"), None, "", False, False, (), "", "x"
)
NOTE = FindingRow("note", "a.csv", "", (), None, "", False, False, (), "", "decimal comma")
WITHOUT = Without(
    (("yoy_pct", "2024-05", 27.11),), "2024-04", "2025-05", 0.491, 0.265, "2025-06", "2026-05", True, True
)


def outcome(*found: FindingRow, without: Without | None = None) -> Outcome:
    return replace(bac_ninh(), findings=found, without=without)


def test_a_contradiction_is_told_with_the_answer_without_it() -> None:
    ((title, said),) = findings.in_doubt(outcome(CONTRADICTION, GAP, without=WITHOUT), EN)
    assert title == "Figures in doubt"
    assert said == (
        "Bắc Ninh: all industry, May 2024 on month +13.11%, May 2024 on year +27.11%: these contradict each other by "
        "11.2 points. Without the newest of these figures the chance of being back by May 2025 would be 26% instead of "
        "49%, and half of the outcomes back May 2026 instead of Jun 2025."
    )
    ((_, vi),) = findings.in_doubt(outcome(CONTRADICTION, GAP, without=WITHOUT), VI)
    assert vi == (
        "Bắc Ninh: toàn ngành công nghiệp, 05/2024 so tháng trước +13,11%, 05/2024 so cùng kỳ +27,11%: các số liệu này "
        "mâu thuẫn nhau 11,2 điểm phần trăm. Nếu bỏ các số liệu mới nhất này, khả năng trở lại bình thường đến tháng "
        "5/2025 là 26% thay vì 49%; một nửa số trường hợp trở lại: 05/2026 thay vì 06/2025."
    )


def test_what_was_expected_and_why_it_was_accepted() -> None:
    ((_, said),) = findings.in_doubt(outcome(IMPLAUSIBLE, SLIP), EN)
    assert "May 2024 on year −4.0%: implausible, +5.0% was to be expected." in said
    assert "May 2024 level 975.0: looks like a slip and is used all the same (as counted)." in said
    level = replace(SLIP, code="implausible", accepted="", size=2.0)
    ((_, said),) = findings.in_doubt(outcome(level), EN)
    assert "implausible, 487.5 was to be expected." in said


def test_a_copy_is_told_by_its_months() -> None:
    copy = replace(SLIP, code="repeated", accepted="", size=None, months=("2024-03", "2024-04", "2024-05"))
    assert findings.in_doubt(outcome(copy), EN)[0][1].endswith(
        ", Mar 2024 – May 2024: exactly the figures of earlier months; copied?"
    )
    assert (
        ", 03/2024 – 05/2024: trùng hoàn toàn với số liệu các tháng trước"
        in findings.in_doubt(outcome(copy), VI)[0][1]
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"without": 0.4912, "median_without": "2025-06"}, "the answer is the same: 49% back by May 2025."),
        ({"slump_now": False}, "a slump would be under way, with a chance of 26% of being back by May 2025."),
        ({"slump_without": False}, "no slump would be under way."),
        (
            {"slump_now": False, "slump_without": False, "now": 0.47, "without": 0.05},
            "the chance that a slump begins by May 2025 would be 5% instead of 47%.",
        ),
    ],
)
def test_the_answer_without_may_be_the_same_or_another_kind(change: dict[str, object], said: str) -> None:
    found = findings.in_doubt(outcome(SLIP, without=replace(WITHOUT, **change)), EN)
    assert found[0][1].endswith(said)


def test_more_than_two_are_counted_and_none_is_nothing() -> None:
    ((_, said),) = findings.in_doubt(outcome(*[CONTRADICTION] * 5), EN)
    assert said.endswith("3 more are listed in the data part.")
    assert findings.in_doubt(outcome(GAP, NOTE, replace(CONTRADICTION, doubt=False)), EN) == ()
    old = replace(SLIP, newest=False, doubt=False)
    assert "is used all the same (as counted)" in findings.in_doubt(outcome(old), EN)[0][1]


def test_page_one_tells_them_first_and_the_data_part_lists_all() -> None:
    told = outcome(SLIP, CONTRADICTION, GAP, NOTE)
    for language in (EN, VI):
        points = next(
            of for of in compose(told, language).blocks
            if isinstance(of, Points) and of.title == language.text["risks"]
        )  # fmt: skip
        assert points.items[0][0] == language.text["findings"]
        table = sample.tables(findings.among_figures(told, language))[0]
        assert table in compose(told, language).blocks
        assert table.title.endswith(": 2")
    rows = sample.tables(findings.among_figures(told, EN))[0].groups[0].rows
    assert rows == (
        ("slip, accepted", "iip", "May 2024", "× 10.0", "b.csv:7"),
        ("contradiction", "Bắc Ninh: all industry", "May 2023 – May 2024", "11.2 points", "a.csv:86"),
    )


def test_what_may_not_be_wrong_makes_no_table() -> None:
    assert not any(
        "checked" in getattr(block, "title", "") for block in compose(outcome(GAP, NOTE), EN).blocks
    )


def test_json_keeps_them_and_reads_reports_of_before() -> None:
    told = outcome(SLIP, without=WITHOUT)
    read = Outcome.from_json(told.to_json())
    assert (read.findings, read.without) == ((SLIP,), WITHOUT)
    before = told.to_json().replace('"findings"', '"of_no_use"').replace('"without":', '"no_use":')
    assert Outcome.from_json(before).findings == ()


def test_a_factor_is_told_with_the_digits_that_it_needs() -> None:
    told = [findings._size(replace(SLIP, size=size), EN) for size in (100.0, 1.0, 0.1)]
    assert told == ["× 100.0", "× 1.0", "× 0.100"]
