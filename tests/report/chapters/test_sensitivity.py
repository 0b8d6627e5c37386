"""What the answer hangs on: its heading, rows and their order."""

from __future__ import annotations

from dataclasses import replace

from forecast.outcome import Variation
from forecast.report.chapters import sensitivity
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]
ROWS = (
    Variation("as_answered", "", "2026-05", None, 0.24, 0.36),
    Variation("normal", "trend", None, "2027-04", 0.03, 0.87),
    Variation("hold", "1", "2025-12", None, 0.31, 0.31),
    Variation("horizon", "24", None, "2026-04", 0.24, 0.5),
    Variation("without", "noisy_walk", "2026-06", None, 0.22, 0.38),
)
OUTCOME = replace(sample.usual(), sensitivity=ROWS)


def test_the_heading_names_the_choice_that_moves_the_chance_most() -> None:
    assert sensitivity.heading(OUTCOME, EN) == (
        "Back within a year: 24% as answered, 3% to 31% under other choices; “Normal: old trend” moves it most"
    )
    assert "từ 3% đến 31%" in sensitivity.heading(OUTCOME, VI)


def test_the_table_dates_every_choice_by_its_own_horizon() -> None:
    (group,) = sample.tables(sensitivity.section(OUTCOME, EN))[0].groups
    assert group.rows[0] == ("As answered", "May 2026", "24%", "36%")
    assert group.rows[1][:2] == ("Normal: old trend", "after Apr 2027")
    assert group.rows[3][:2] == ("Horizon in months: 24", "after Apr 2026")
    assert group.rows[4][0] == f"Without: {EN.name('model', 'noisy_walk')}"


def test_the_section_vanishes_without_rows() -> None:
    assert EN.text["sensitivity.section"] in str(compose(OUTCOME, EN).blocks)
    assert EN.text["sensitivity.section"] not in str(compose(sample.usual(), EN).blocks)
