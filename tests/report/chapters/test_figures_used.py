"""A figure's residual carries its sign: above what was fitted or below."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

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


def test_a_rate_of_a_quarter_is_dated_by_it_and_one_of_a_month_by_the_month() -> None:
    row = replace(sample.usual().figures[0], period=pd.Period("2024-03", "M"))
    dated = [chapter._figure(replace(row, measure=measure), EN)[0] for measure in ("qtr_yoy_pct", "yoy_pct")]
    assert dated == [EN.quarter(row.period), EN.short(row.period)]


def test_the_heading_tells_the_median_miss_to_two_decimals() -> None:
    outcome = sample.usual()
    missed = [replace(outcome.figures[0], residual=miss) for miss in (-0.037, 0.126, 1.4)]
    said = chapter._heading(replace(outcome, figures=tuple(missed)), EN)
    assert said == "3 published figures carry this forecast; half are reproduced within 0.13 points"
