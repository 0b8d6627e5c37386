"""What others have published before the target, word for word."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from forecast.outcome import Due, Nowcast, NowcastNote
from forecast.report.blocks import Table
from forecast.report.chapters import nowcast as chapter
from forecast.report.words import LANGUAGES
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]
MONTHS = (pd.Period("2024-05", "M"), pd.Period("2024-06", "M"))
DUE = Due("2024-07-12", "orders", "2024-06", -1.386, 0.374)
MADE = Nowcast(MONTHS, ("a", "b"), ("bridge", "lags"), (NowcastNote("flat", "constant", ""),), "", (DUE,))


def test_months_series_models_and_what_was_left_out_are_named() -> None:
    assert chapter.told(MADE, EN) == (
        "May 2024, June 2024: over, but not yet published. The forecast begins there with a nowcast from what has been "
        "published by a, b. Nowcast models, each a like share of the courses: bridge equations, regression on lags of "
        "the panel. Flat: left out, it never changes."
    )
    stopped = replace(MADE, models=(), notes=(NowcastNote("old", "stopped", "2023-02"),))
    assert chapter.told(stopped, EN).endswith("by a, b. Old: left out, without figures since February 2023.")
    assert "no nowcast could be made" in chapter.told(replace(MADE, refused="too short"), EN)


@pytest.mark.parametrize(
    ("count", "said"), [(6, "by a, b, c, d, e, f."), (7, "by a, b, c, d, e, f and 1 more.")]
)
def test_of_more_than_six_series_the_others_are_counted(count: int, said: str) -> None:
    assert said in chapter.told(replace(MADE, series=tuple("abcdefghi"[:count]), models=(), notes=()), EN)


def test_the_releases_to_come_stand_in_a_table_with_how_far_each_moves_the_nowcast() -> None:
    _, table = chapter.section(replace(sample.usual(), nowcast=MADE), EN)
    assert isinstance(table, Table)
    assert [tuple(map(str, row)) for group in table.groups for row in group.rows] == [
        ("12 Jul 2024", "orders", "Jun 2024", "−1.4", "±0.4%")
    ]
    assert len(chapter.section(replace(sample.usual(), nowcast=replace(MADE, due=())), EN)) == 1
    assert chapter.section(replace(sample.usual(), nowcast=None), EN) == []
