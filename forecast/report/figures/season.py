"""Chart of the seasonal pattern: the years of an early and a late Tết side by side, month by month."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from forecast.outcome import Outcome
from forecast.report import season as told
from forecast.report.figures.style import MEDIAN, NORMAL, SOFT, STYLE, Legend, draw_legend, frame
from forecast.report.words import LANGUAGES

HEIGHT = 165.0
ASIDE = 0.09  # months that the two years stand apart, so that their bars do not cover each other
DRAWN: Any = (
    {"color": MEDIAN, "marker": "o", "linewidth": 1.3},
    {
        "color": NORMAL,
        "marker": "s",
        "linewidth": 1.1,
        "linestyle": (0, (4, 1.5)),
        "markerfacecolor": "white",
    },
)
"""How each year is drawn, told apart by mark and dash as well as by colour."""


def season(outcome: Outcome, language: str = "en") -> Figure:
    """Return the effect of season and calendar by calendar month, percent of the level; the outcome must hold it."""
    words = LANGUAGES[language]
    years = told.compared(outcome)
    source = "season.source_levels" if outcome.unit == "levels" else "season.source"
    with mpl.rc_context(STYLE):
        chart = frame(
            told.title(outcome, words),
            words.say("season.subtitle", title=words.label(outcome.title)),
            words.say(source, data_to=words.day(outcome.data_to)),
            height=HEIGHT,
        )
        axes = chart.axes(chart.bottom + 14, chart.top - 16)
        legend: Legend = {}
        for i, (year, drawn) in enumerate(zip(years, DRAWN, strict=False)):
            x = [at + (2 * i - 1) * ASIDE * (len(years) - 1) for at in range(1, 13)]
            (line,) = axes.plot(x, [row.effect_pct for row in year.months], markersize=3.6, zorder=3, **drawn)
            axes.vlines(
                x,
                [row.lower for row in year.months],
                [row.upper for row in year.months],
                color=drawn["color"],
                linewidth=0.8,
                zorder=2,
            )
            legend[told.named(year, words)] = line
        axes.axhline(0, color=SOFT, linewidth=0.6)
        axes.set_xticks(range(1, 13), [name.lstrip("0") for name in words.short_months])
        axes.yaxis.set_major_formatter(lambda value, _: words.number(value, 0, sign=True))
        if len(legend) > 1:
            draw_legend(chart, legend)
    return chart.figure
