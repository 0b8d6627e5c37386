"""A figure's residual carries its sign: above what was fitted or below."""

from __future__ import annotations

from dataclasses import replace

from forecast.report.chapters import figures_used as chapter
from forecast.report.words import LANGUAGES
from tests.report import sample

EN = LANGUAGES["en"]


def test_a_residual_says_on_which_side_of_the_fit_the_figure_lies() -> None:
    row = next(row for row in sample.usual().figures if row.fitted is not None)
    cells = [
        chapter._figure(replace(row, value=6.3, fitted=fitted, residual=6.3 - fitted), EN)[2:5]
        for fitted in (5.9, 6.7)
    ]
    assert cells == [("6.3", "5.9", "+0.4"), ("6.3", "6.7", "−0.4")]
