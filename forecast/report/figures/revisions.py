"""Chart of revisions: how far each figure moved from its first print to its latest."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from forecast.outcome import Outcome
from forecast.report import revisions as told
from forecast.report.figures.style import (
    INK,
    MEDIAN,
    NORMAL,
    SOFT,
    STYLE,
    Legend,
    draw_legend,
    frame,
    ordinal,
    years,
)
from forecast.report.words import LANGUAGES

HEIGHT = 150.0
DRAWN: Any = {
    "yoy_pct": {"color": MEDIAN, "marker": "o"},
    "ytd_yoy_pct": {"color": NORMAL, "marker": "s", "markerfacecolor": "white"},
    "mom_pct": {"color": INK, "marker": "^"},
    "qtr_yoy_pct": {"color": SOFT, "marker": "D", "markerfacecolor": "white"},
}
"""How each rate is drawn, told apart by its mark as well as by colour."""


def revisions(outcome: Outcome, language: str = "en") -> Figure:
    """Return the latest print less the first, percentage points by reference month; the outcome must hold some."""
    words = LANGUAGES[language]
    found = told.revisions(outcome)
    with mpl.rc_context(STYLE):
        chart = frame(
            told.title(found, words),
            words.say("revisions.subtitle", areas=told.areas(found, words)),
            words.say("revisions.source", data_to=words.day(outcome.data_to)),
            height=HEIGHT,
        )
        axes = chart.axes(chart.bottom + 14, chart.top - 16)
        legend: Legend = {}
        for measure, drawn in DRAWN.items():
            of = [one for one in found if one.measure == measure]
            if not of:
                continue
            x, y = [ordinal(one.period) for one in of], [one.points for one in of]
            axes.vlines(x, 0, y, color=drawn["color"], linewidth=0.9, zorder=2)
            axes.plot(x, y, linestyle="none", markersize=3.8, zorder=3, **drawn)
            legend[words.name("measure", measure)] = Line2D([], [], linestyle="none", markersize=3.8, **drawn)
        axes.axhline(0, color=SOFT, linewidth=0.6)
        first, last = ordinal(found[0].period), ordinal(found[-1].period)
        axes.set_xlim(first - 4, last + 4)
        years(axes, first - 4, last + 4)
        axes.yaxis.set_major_formatter(lambda value, _: words.number(value, 1, sign=True))
        draw_legend(chart, legend)
    return chart.figure
