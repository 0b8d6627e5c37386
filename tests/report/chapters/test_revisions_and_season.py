"""The charts of revisions and of the season show the figures and effects of the outcome, in words that agree."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from numpy.testing import assert_allclose

from forecast.charts import style
from forecast.outcome import FigureRow, Outcome
from forecast.report import blocks, pictures
from forecast.report.chapters import revisions, season
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample

EN, VI = LANGUAGES["en"], LANGUAGES["vi"]


def printed(*prints: tuple[str, str, float, str]) -> Outcome:
    """An outcome of these figures only: period, measure, value, published."""
    rows = tuple(
        FigureRow("bac_ninh", "total", period, measure, value, published, "s", "used", None, None)
        for period, measure, value, published in prints
    )
    return replace(sample.bac_ninh(), figures=rows)


def five() -> Outcome:
    """Five figures that moved, one printed thrice; one that stayed; an index, whose base may have changed."""
    return printed(
        ("2023-01", "yoy_pct", -2.5, "2023-02-28"), ("2023-01", "yoy_pct", -2.0, "2023-05"),
        ("2023-01", "yoy_pct", -1.3, "2023-05-31"),
        ("2023-02", "mom_pct", 4.0, "2023-03"), ("2023-02", "mom_pct", 3.9, "2023-03-31"),
        ("2023-03", "ytd_yoy_pct", 6.0, "2023-04-05"), ("2023-03", "ytd_yoy_pct", 5.0, "2024-04-05"),
        ("2023-03", "qtr_yoy_pct", 1.0, "2023-04-05"), ("2023-03", "qtr_yoy_pct", 1.4, "2023-07-05"),
        ("2023-04", "yoy_pct", 2.0, "2023-05-05"), ("2023-04", "yoy_pct", 2.0, "2024-05-05"),
        ("2023-05", "yoy_pct", 7.0, "2023-06-05"), ("2023-05", "yoy_pct", 7.3, "2024-05-05"),
        ("2023-05", "index", 100.0, "2023-06-05"), ("2023-05", "index", 108.0, "2024-05-05"),
    )  # fmt: skip


def test_a_revision_is_the_latest_print_less_the_first() -> None:
    found = revisions.revisions(five())
    assert [(str(one.period), one.measure) for one in found] == [
        ("2023-01", "yoy_pct"), ("2023-02", "mom_pct"), ("2023-03", "qtr_yoy_pct"), ("2023-03", "ytd_yoy_pct"),
        ("2023-05", "yoy_pct"),
    ]  # fmt: skip
    assert_allclose([one.points for one in found], [1.2, -0.1, 0.4, -1.0, 0.3])
    said = revisions.title(found, EN)
    assert said.startswith(
        "Of 5 figures printed again with another value, 3 went up; half moved by 0.4 points"
    )
    assert "một nửa thay đổi không quá 0,4 điểm" in revisions.title(found, VI)
    assert (
        "January 2023, on same month a year ago: −2.5% became −1.3%."
        in sample.charts(revisions.section(five(), EN))[0].alt
    )


def test_the_revisions_are_drawn_where_they_are_many_enough() -> None:
    axes = pictures.chart(five(), "revisions", EN).axes[0]
    drawn = {tuple(np.asarray(line.get_ydata(), float)) for line in axes.lines}
    assert any(np.allclose(sorted(ys), [0.3, 1.2]) for ys in drawn if len(ys) == 2)
    assert {line.get_marker() for line in axes.lines} >= {"o", "s", "^", "D"}
    few = replace(five(), figures=five().figures[3:])
    assert revisions.revisions(few) == ()
    assert "revisions" not in pictures.draw(few, EN)
    assert not [b for b in compose(few, EN).blocks if isinstance(b, blocks.Chart) and b.name == "revisions"]


def test_the_earliest_and_the_latest_tet_are_compared() -> None:
    outcome = sample.bac_ninh()
    years = season.compared(outcome)
    assert [year.tet for year in years] == ["2023-01-22", "2026-02-17"]
    one, other = pictures.chart(outcome, "season", VI).axes[0].lines[:2]
    assert_allclose(np.asarray(one.get_ydata(), float), [row.effect_pct for row in years[0].months])
    assert_allclose(np.asarray(other.get_ydata(), float), [row.effect_pct for row in years[1].months])
    whiskers = [of.get_segments() for of in pictures.chart(outcome, "season", VI).axes[0].collections]
    for year, segments in zip(years, whiskers, strict=True):
        ends = np.array(segments)[:, :, 1]
        assert_allclose(ends, [(row.lower, row.upper) for row in year.months])
    assert one.get_marker() != other.get_marker()
    assert one.get_linestyle() != other.get_linestyle()
    january, february = ([year.months[at].effect_pct for year in years] for at in (0, 1))
    most = january if abs(january[0] - january[1]) > abs(february[0] - february[1]) else february
    said = season.title(outcome, VI)
    assert said.startswith("Tháng 1: " if most is january else "Tháng 2: ")
    assert VI.percent(most[0], sign=True) + " nếu Tết vào ngày 22/1/2023" in said


def test_without_tet_the_last_year_is_told_from_its_lowest_to_its_highest_month() -> None:
    outcome = sample.electrical()
    assert [year.year for year in season.compared(outcome)] == [2024]
    effects = [row.effect_pct for row in outcome.season[-1].months]
    low, high = EN.percent(min(effects), sign=True), EN.percent(max(effects), sign=True)
    at_low, at_high = (EN.months[effects.index(value)] for value in (min(effects), max(effects)))
    assert season.title(outcome, EN) == (
        f"Season and calendar move output from {low} in {at_low} to {high} in {at_high}"
    )
    assert not pictures.chart(outcome, "season", EN).legends


def test_two_dated_years_are_needed_to_compare_early_with_late() -> None:
    """With one the last whole year stands alone, dated or not; of three it is the earliest and the latest day."""
    for tets, years in (
        ((None, "2024-02-10", None), [2025]),
        (("2023-01-22", "2024-02-10", "2025-01-29"), [2023, 2024]),
        (("2023-02-10", None, "2025-01-29"), [2025, 2023]),
    ):
        outcome = replace(sample.bac_ninh(), season=sample.seasons(*tets))
        assert [year.year for year in season.compared(outcome)] == years


def test_a_series_that_came_adjusted_has_no_season_to_show() -> None:
    outcome = replace(sample.bac_ninh(), season=())
    assert "season" not in pictures.draw(outcome, EN)
    assert not [b for b in compose(outcome, EN).blocks if isinstance(b, blocks.Chart) and b.name == "season"]


@pytest.mark.parametrize("code", ["en", "vi"])
def test_what_is_said_for_the_blind_has_the_numbers_of_the_chart(code: str) -> None:
    outcome, language = sample.bac_ninh(), LANGUAGES[code]
    said = {b.name: b.alt for b in compose(outcome, language).blocks if isinstance(b, blocks.Chart)}
    for year in season.compared(outcome):
        assert all(language.percent(row.effect_pct, sign=True) in said["season"] for row in year.months)
    assert str(len(revisions.revisions(outcome))) in said["revisions"]
    for name in ("season", "revisions"):
        assert "\ufffd" not in style.svg(pictures.chart(outcome, name, LANGUAGES[code]))


@pytest.mark.parametrize("chart", ["season", "revisions"])
def test_nothing_is_drawn_outside_the_picture(chart: str) -> None:
    figure = pictures.chart(sample.bac_ninh(), chart, VI)
    renderer = FigureCanvasAgg(figure).get_renderer()
    box = figure.axes[0].get_tightbbox(renderer)
    assert box.x0 >= 0
    assert box.y0 >= 0
    assert box.x1 <= figure.bbox.width
    titles = [text.get_text() for text in figure.texts]
    assert all(not re.search(r"[{}]", title) for title in titles)
