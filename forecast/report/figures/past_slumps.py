"""Chart of the track record: error saved by the age of the slump, and what came true of stated chances."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from forecast.outcome import Outcome
from forecast.report import past_slumps
from forecast.report.figures.style import MEDIAN, NORMAL, SOFT, STYLE, WIDTH, Legend, draw_legend, frame
from forecast.report.words import LANGUAGES

HEIGHT = 165.0
LEFT, GUTTER = 30.0, 44.0  # room for the numbers of each axis, points
DRAWN: Any = (
    {"color": MEDIAN, "marker": "o", "linewidth": 1.5},
    {"color": SOFT, "marker": "s", "linewidth": 1.1, "linestyle": (0, (4, 1.5))},
    {"color": NORMAL, "marker": "^", "linewidth": 1.1, "linestyle": (0, (1, 1.5))},
)
"""How each panel is drawn, told apart by mark and dash as well as by colour."""


def track_record(outcome: Outcome, language: str = "en") -> Figure:
    """Return two panels: skill by months since the slump began, and reliability within a year."""
    words = LANGUAGES[language]
    panels = ", ".join(words.label(found.title) for found in outcome.record)
    with mpl.rc_context(STYLE):
        chart = frame(
            past_slumps.chart_title(outcome, words),
            words.text["track.subtitle"],
            words.say("track.source", titles=panels),
            height=HEIGHT,
        )
        middle, low, high = (WIDTH - LEFT) / 2, chart.bottom + 14, chart.top - 16
        saved = chart.axes(low, high, LEFT, middle)
        came = chart.axes(low, high, middle + GUTTER, WIDTH - 8)
        legend: Legend = {}
        for found, drawn in zip(outcome.record, DRAWN, strict=False):
            ages = past_slumps.by_age(found)
            saved.plot([age for age, _ in ages], [skill for _, skill in ages], markersize=3.4, **drawn)
            stated = past_slumps.within(found)
            came.plot(
                [100 * row.predicted for row in stated],
                [100 * row.observed for row in stated],
                markersize=3.4,
                clip_on=False,
                **drawn,
            )
            legend[words.label(found.title)] = Line2D([], [], markersize=3.4, **drawn)
        saved.axhline(0, color=NORMAL, linewidth=0.9)
        saved.set_xticks(sorted({age for found in outcome.record for age, _ in past_slumps.by_age(found)}))
        saved.yaxis.set_major_formatter(lambda value, _: words.number(value, 0, sign=True))
        came.plot([0, 100], [0, 100], color=NORMAL, linewidth=0.9)
        came.set_xlim(0, 100)
        came.set_ylim(0, 100)
        draw_legend(chart, legend)
    return chart.figure
