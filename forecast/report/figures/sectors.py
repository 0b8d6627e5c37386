"""Chart of the sectors: what each adds to the gap month by month, as stacked bars that sum to it."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from forecast.outcome import Outcome
from forecast.report import parts
from forecast.report.figures.style import (
    BANDS,
    INK,
    MEDIAN,
    NORMAL,
    PALE,
    SOFT,
    STYLE,
    Legend,
    draw_legend,
    frame,
    ordinal,
    years,
)
from forecast.report.words import LANGUAGES

HEIGHT = 200.0
FILLS: Any = (
    {"color": MEDIAN},
    {"color": BANDS[80], "hatch": "////", "edgecolor": MEDIAN},
    {"color": SOFT},
    {"color": PALE, "hatch": "....", "edgecolor": INK},
    {"color": BANDS[50]},
    {"color": "white", "hatch": "xxxx", "edgecolor": SOFT},
)
"""Fills that stay apart in grey, in the order of the sectors."""


def sectors(outcome: Outcome, language: str = "en") -> Figure:
    """Return the contributions as bars, stacked away from zero on either side, and the gap as a line."""
    words = LANGUAGES[language]
    found = parts.found(outcome)
    subtitle = words.say(
        "parts.subtitle", title=words.label(outcome.title), origin=words.month(outcome.origin)
    )
    source = words.say("return.source", as_of=words.day(outcome.as_of), data_to=words.day(outcome.data_to))
    x = [ordinal(row.month) for row in found.months]
    with mpl.rc_context(STYLE):
        chart = frame(parts.chart_title(outcome, words), subtitle, source, height=HEIGHT)
        axes = chart.axes(chart.bottom + 14, chart.top - 16)
        above, below = [0.0] * len(x), [0.0] * len(x)
        legend: Legend = {}
        for i, row in enumerate(found.rows[1:]):
            values = [month.contributions[row.name] for month in found.months]
            base = [up if value >= 0 else down for value, up, down in zip(values, above, below, strict=True)]
            bars = axes.bar(x, values, bottom=base, width=0.86, linewidth=0.3, **FILLS[i % len(FILLS)])
            above = [up + max(value, 0.0) for value, up in zip(values, above, strict=True)]
            below = [down + min(value, 0.0) for value, down in zip(values, below, strict=True)]
            legend[words.name("sector", row.name)] = bars
        gap = [sum(month.contributions.values()) for month in found.months]
        (line,) = axes.plot(x, gap, color=NORMAL, linewidth=1.2)
        legend[words.text["parts.total_gap"]] = line
        axes.axhline(0, color=INK, linewidth=0.6)
        axes.axvline(ordinal(outcome.origin) + 0.5, color=SOFT, linewidth=0.8, linestyle=(0, (3, 2)))
        axes.yaxis.set_major_formatter(lambda value, _: words.number(value, 0, sign=True))
        years(axes, x[0], x[-1])
        draw_legend(chart, legend)
    return chart.figure
