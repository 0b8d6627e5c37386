"""The charts show the numbers of the outcome, in the bundled typeface, the same every time."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from numpy.testing import assert_allclose

from forecast.charts import style, typeface
from forecast.report import blocks, draw_levels, phrases, pictures
from forecast.report.chapters import fan, return_month, scenario_panels
from forecast.report.document import compose
from forecast.report.words import LANGUAGES
from tests.report import sample

TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


@pytest.mark.parametrize("case", sample.pages())
def test_charts_of_every_case_say_their_message_in_bundled_letters(case: str) -> None:
    outcome = sample.EDGES[case]()
    language = ("vi", "en")[list(sample.EDGES).index(case) % 2]
    charts = pictures.draw(outcome, LANGUAGES[language])
    also = {"afterwards": outcome.outcome is not None, "scenarios": scenario_panels.drawn(outcome)}
    also |= {"revisions": bool(outcome.figures)}
    also |= {"return_months": outcome.slump is not None}
    always = {"fan", "season"}
    assert set(charts) == always | {name for name, holds in also.items() if holds}
    for picture in charts.values():
        assert set(re.findall(r"font-family: '([^']*)'", picture)) == {typeface.FAMILY}
        assert "\ufffd" not in picture
    said = " ".join(TEXT.findall(charts["fan"]))
    assert fan.title(outcome, LANGUAGES[language]) in said
    if outcome.slump is not None:
        said = " ".join(TEXT.findall(charts["return_months"]))
        assert return_month.title(outcome, LANGUAGES[language]) in said


def test_the_same_outcome_gives_the_same_bytes() -> None:
    outcome = sample.bac_ninh()
    for name in ("fan", "return_months"):
        one, again = (style.svg(pictures.chart(outcome, name, LANGUAGES["vi"])) for _ in range(2))
        assert one == again


def test_the_fan_draws_history_bands_and_median() -> None:
    outcome = sample.bac_ninh()
    axes = pictures.chart(outcome, "fan", LANGUAGES["en"]).axes[0]
    assert outcome.slump is not None
    assert str(outcome.slump.peak_from) == "2021-09"  # not before the six years that are shown
    kept = [row for row in outcome.history if str(row.month) >= "2018-05"]
    past = [row.level_pct_of_normal for row in kept]
    assert_allclose(np.asarray(axes.lines[0].get_ydata(), float), past)
    median = next(item for item in axes.lines if len(np.asarray(item.get_ydata())) == 37)
    assert_allclose(np.asarray(median.get_ydata(), float), [past[-1], *(row.median for row in outcome.fan)])
    tops = [bands.get_paths()[0].vertices[:, 1].max() for bands in axes.collections]
    assert_allclose(
        sorted(tops[1:]), sorted(max(getattr(r, f"upper_{s}") for r in outcome.fan) for s in (50, 80, 90))
    )
    assert_allclose(tops[0], max(row.upper for row in kept))


@pytest.mark.parametrize("case", ["bac_ninh", "electrical"])
def test_each_band_of_the_fan_lies_between_its_own_limits_month_by_month(case: str) -> None:
    """The lower limits of a band from the left, then its upper ones back from the right; a known level opens it."""
    outcome = sample.EDGES[case]()
    axes = pictures.chart(outcome, "fan", LANGUAGES["en"]).axes[0]
    now = outcome.history[-1]
    apex = [now.level_pct_of_normal] if now.upper == now.lower else []
    future = [bands for bands in axes.collections if bands.get_zorder() == 2]
    colours = {share: tuple(np.round(to_rgba(style.BANDS[share]), 6)) for share in (50, 80, 90)}
    for share in (50, 80, 90):
        (band,) = [one for one in future if tuple(np.round(one.get_facecolor()[0], 6)) == colours[share]]
        limits: dict[float, list[float]] = {}
        for x, y in band.get_paths()[0].vertices:
            limits.setdefault(float(x), []).append(float(y))
        months = sorted(limits)
        expected = [*((level, level) for level in apex)]
        expected += [(getattr(row, f"lower_{share}"), getattr(row, f"upper_{share}")) for row in outcome.fan]
        assert_allclose([(min(limits[x]), max(limits[x])) for x in months], expected)
        assert months[-1] == style.ordinal(outcome.fan[-1].month)
        assert len(months) == len(expected)


def test_the_fan_reaches_back_to_before_an_old_peak() -> None:
    base = sample.electrical()
    assert base.slump is not None
    old = replace(base, slump=replace(base.slump, peak_from="2000-01", start="2001-03"))
    (first, *_), (line, *_) = fan.shown(old), pictures.chart(old, "fan", LANGUAGES["en"]).axes[0].lines
    assert str(first.month) == "1998-01"
    assert len(np.asarray(line.get_ydata())) == 12 * 12
    assert "Jan 1998 to Dec 2012" in style.svg(pictures.chart(old, "fan", LANGUAGES["en"]))


def test_the_return_chart_holds_all_the_mass() -> None:
    outcome = sample.already_back()
    found = phrases.baseline(outcome)
    upper, lower = pictures.chart(outcome, "return_months", LANGUAGES["en"]).axes
    heights = sorted(bar.get_height() for bar in upper.patches)
    assert_allclose(heights, sorted([100 * found.p_already_back, 100 * found.p_not_within_horizon]))
    assert [bar.get_hatch() for bar in upper.patches if bar.get_hatch()] == ["/////"]
    assert_allclose(
        [bar.get_height() for bar in lower.patches], [100 * r.probability for r in found.distribution]
    )
    assert_allclose(
        np.asarray(upper.lines[0].get_ydata(), float)[1:], [100 * r.cumulative for r in found.distribution]
    )


def test_each_answered_scenario_has_its_panel_over_the_baseline() -> None:
    outcome = sample.what_if()
    panels = pictures.chart(outcome, "scenarios", LANGUAGES["vi"]).axes
    titles = [panel.get_title(loc="left").replace("\n", " ") for panel in panels]
    assert titles == ["Đơn hàng yếu", "Xuất khẩu mạnh", "Đạt mục tiêu năm: tăng 6%"]
    base = phrases.baseline(outcome)
    for panel, name in zip(panels, ("weak_orders", "strong_exports", "annual_target"), strict=True):
        beside, own, dot = (np.asarray(line.get_ydata(), float) for line in panel.lines[:3])
        found = outcome.recovery[name]
        assert_allclose(beside, [100 * row.cumulative for row in base.distribution])
        assert_allclose(own, [100 * row.cumulative for row in found.distribution])
        assert_allclose(dot, 100 * found.p_within_12)
        assert panel.get_ylim() == (0, 100)
        assert [text.get_text() for text in panel.texts] == [LANGUAGES["vi"].odds(found.p_within_12)]


@pytest.mark.parametrize("count", [1, 5, 8])
def test_panels_of_few_and_many_scenarios_stay_inside_and_apart(count: int) -> None:
    base = sample.what_if()
    row = base.scenarios[1]
    rows = tuple(
        replace(row, name=f"s{i}", label={"en": f"A rather long name {i} of it"}) for i in range(count)
    )
    found = {extra.name: base.recovery["weak_orders"] for extra in rows}
    outcome = replace(base, scenarios=(base.scenarios[0], *rows), recovery=base.recovery | found)
    figure = pictures.chart(outcome, "scenarios", LANGUAGES["en"])
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [axes.get_tightbbox(renderer) for axes in figure.axes]
    assert len(boxes) == count
    assert all(box.x1 <= figure.bbox.width * 1.01 and box.y0 > 0 for box in boxes)
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_published_levels_open_the_fan_at_the_last_one() -> None:
    outcome = sample.electrical()
    axes = pictures.chart(outcome, "fan", LANGUAGES["en"]).axes[0]
    first = min(bands.get_paths()[0].vertices[:, 0].min() for bands in axes.collections)
    assert first == 12 * 2009 + 11
    legend = pictures.chart(outcome, "fan", LANGUAGES["en"]).legends[0].get_texts()
    assert [text.get_text() for text in legend][0] == "published months"


def test_what_was_published_since_stays_within_the_months_of_the_fan() -> None:
    outcome = sample.electrical()
    assert outcome.outcome is not None
    axes = pictures.chart(outcome, "afterwards", LANGUAGES["en"]).axes[0]
    since = [row.level_pct_of_normal for row in outcome.outcome.months[: outcome.horizon]]
    assert any(np.array_equal(np.asarray(item.get_ydata(), float), since) for item in axes.lines)


def test_a_title_with_dollars_and_markup_is_drawn_as_it_is() -> None:
    title = 'Steel & $x_1$ <b>"50%"</b>'
    outcome = replace(sample.bac_ninh(), title={"en": title})
    picture = style.svg(pictures.chart(outcome, "fan", LANGUAGES["en"]))
    assert "Steel &amp; $x_1$ &lt;b&gt;" in picture


def test_a_long_title_wraps_inside_the_chart() -> None:
    outcome = replace(sample.bac_ninh(), title={"en": "industrial output of the province " * 6})
    figure = pictures.chart(outcome, "fan", LANGUAGES["en"])
    figure.set_dpi(600)  # so fine that pixels bend no letter: the picture has none
    renderer = FigureCanvasAgg(figure).get_renderer()
    width = figure.bbox.width
    assert max(text.get_window_extent(renderer).x1 for text in figure.texts) <= width * 1.005


@pytest.mark.parametrize("horizon", [3, 12, 20, 60])
def test_other_horizons(horizon: int) -> None:
    found = sample.recovery(lambda h: 0.5 * h / horizon, horizon=horizon)
    outcome = sample.with_recovery(found, horizon=horizon, fan=sample.fan(82.6, 0.003, 0.03, horizon=horizon))
    upper, lower = pictures.chart(outcome, "return_months", LANGUAGES["en"]).axes
    assert len(lower.patches) == horizon
    assert pictures.chart(outcome, "fan", LANGUAGES["en"]).axes


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_legend_too_wide_for_one_line_takes_two(language: str) -> None:
    outcome = sample.bac_ninh()
    months = [
        replace(row, kind="published" if t % 2 else "reconstructed") for t, row in enumerate(outcome.history)
    ]
    figure = pictures.chart(replace(outcome, history=tuple(months)), "fan", LANGUAGES[language])
    figure.set_dpi(72)  # as the vector is measured
    FigureCanvasAgg(figure).draw()
    legend, page = figure.legends[0].get_window_extent(), figure.bbox
    assert len(figure.legends[0].get_texts()) == 6
    assert legend.x1 <= page.x1
    assert figure.axes[0].get_window_extent().y1 <= legend.y0


@pytest.mark.parametrize("horizon", [24, 60, 120])
def test_dates_under_the_months_of_return_stay_apart(horizon: int) -> None:
    found = sample.recovery(lambda h: 0.5 * h / horizon, horizon=horizon)
    figure = pictures.chart(sample.with_recovery(found, horizon=horizon), "return_months", LANGUAGES["en"])
    FigureCanvasAgg(figure).draw()
    names = [text.get_window_extent() for text in figure.axes[-1].get_xticklabels()]
    assert len(names) > 4
    assert all(left.x1 < right.x0 for left, right in pairwise(names))


def test_months_of_return_carry_dates_from_every_month_to_every_second_year() -> None:
    dated = {horizon: return_month._return_ticks(horizon) for horizon in (6, 7, 18, 24, 60, 120)}
    assert dated == {
        6: [1, 2, 3, 4, 5], 7: [3], 18: [3, 6, 9, 12, 15], 24: [6, 12, 18], 60: [12, 24, 36, 48], 120: [24, 48, 72, 96],
    }  # fmt: skip


@pytest.mark.parametrize(("horizon", "dates"), [(5, 1), (6, 2), (11, 2), (12, 3), (23, 3), (24, 4), (36, 4)])
def test_chances_are_told_of_dates_within_the_horizon(horizon: int, dates: int) -> None:
    found = sample.recovery(lambda h: 0.5 * h / horizon, horizon=horizon)
    outcome = sample.with_recovery(found, horizon=horizon)
    rows = return_month.chances(outcome, LANGUAGES["en"]).groups[0].rows
    assert len(rows) == dates + 1  # and what is left


def test_intervals_of_the_return_are_named_by_their_shares() -> None:
    en, outcome = LANGUAGES["en"], sample.usual()
    answer = phrases.baseline(outcome)
    rows = return_month.intervals(outcome, en).groups[0].rows
    ends = (answer.interval_50, answer.interval_80, answer.interval_90)
    assert [row[1:] for row in rows] == [
        tuple(phrases.moment(end, outcome, en) for end in pair) for pair in ends
    ]
    assert [row[0] for row in rows] == [en.say("column.share_of", share=str(share)) for share in (50, 80, 90)]


def test_the_fan_is_read_out_at_the_horizons_of_the_answer() -> None:
    outcome, en = sample.usual(), LANGUAGES["en"]
    (chart,) = (b for b in compose(outcome, en).blocks if isinstance(b, blocks.Chart) and b.name == "fan")
    for h, row in enumerate(outcome.fan, start=1):
        numbers = {
            name: en.percent(getattr(row, f"{name}_80", row.median)) for name in ("median", "lower", "upper")
        }
        assert len(set(numbers.values())) == 3
        point = en.say("fan.alt_point", month=en.month(row.month), **numbers)
        assert (point in chart.alt) == (h in (6, 12, 24, 36))


def test_the_return_chart_is_read_out_at_the_horizons_of_the_answer() -> None:
    outcome = sample.usual()
    (chart,) = (b for b in compose(outcome, LANGUAGES["en"]).blocks
                if isinstance(b, blocks.Chart) and b.name == "return_months")  # fmt: skip
    rows = phrases.baseline(outcome).distribution
    for h, row in enumerate(rows, start=1):
        point = LANGUAGES["en"].say(
            "return.alt_point",
            month=LANGUAGES["en"].month(row.month),
            p=LANGUAGES["en"].odds(row.cumulative),
        )
        assert (point in chart.alt) == (h in (6, 12, 24, 36))


def test_a_short_horizon_is_told_by_the_chance_at_its_end() -> None:
    found = sample.recovery(lambda h: 0.5 * h / 18, horizon=18)
    said = return_month.title(sample.with_recovery(found, horizon=18), LANGUAGES["en"])
    assert said == "Back by October 2025: 50%; later: 50%"


def test_levels_are_drawn_from_a_table(tmp_path: Path) -> None:
    months = pd.period_range("2020-01", periods=30, freq="M")
    bands = pd.DataFrame({"median": 100.0, "lower": 95.0, "upper": 104.0}, index=months)
    path = tmp_path / "levels.svg"
    draw_levels(bands, "bac_ninh, total", path)
    said = TEXT.findall(path.read_text("utf-8"))
    assert "bac_ninh, total" in said
    assert "2021" in said
