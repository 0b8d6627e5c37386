"""Chart of the reports one after another: when output is back, as each of them said."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from forecast.outcome import Outcome, Snapshot
from forecast.report import what_changed
from forecast.report.figures.style import (
    BANDS,
    MEDIAN,
    SOFT,
    STYLE,
    WIDTH,
    Legend,
    draw_legend,
    frame,
    label,
    ordinal,
    years_up,
)
from forecast.report.words import LANGUAGES

HEIGHT = 190.0
WIDE, NARROW = 0.44, 0.22
BEYOND = 4
"""Months that what lies after the horizon is drawn as."""

MOST_NAMED = 7
"""Days that the width can hold."""


def evolution(outcome: Outcome, language: str = "en") -> Figure:
    """Return the month of return by report: median, ranges of 50 and 80 outcomes in 100, chance within a year."""
    words = LANGUAGES[language]
    told = what_changed.told(outcome)
    first = min(
        ordinal(month) for one in told for month in (one.origin, one.interval_80[0], one.median) if month
    )
    top = max(ordinal(one.last_month) for one in told) + BEYOND
    with mpl.rc_context(STYLE):
        chart = frame(
            what_changed.evolution_title(outcome, words),
            words.say("evolution.subtitle", title=words.label(outcome.title)),
            words.text["evolution.source"],
            height=HEIGHT,
        )
        axes = chart.axes(chart.bottom + 14, chart.top - 24, 30.0, WIDTH - 8)
        for at, one in enumerate(told):
            for width, share in ((WIDE, 80), (NARROW, 50)):
                _range(axes, at, width, share, one)
            axes.plot([at], [_at(one.median, one)], **_DOT)
            label(
                axes,
                words.odds(one.p_within_12),
                (at, _at(one.interval_80[1], one, BEYOND)),
                (0, 3),
                ha="center",
            )
        step, last = 1 + (len(told) - 1) // MOST_NAMED, len(told) - 1
        names = [words.day(one.as_of) if (last - at) % step == 0 else "" for at, one in enumerate(told)]
        axes.set_xticks(range(len(told)), names)
        axes.set_xlim(-0.6, last + 0.6)
        axes.set_ylim(first, top + 1)
        years_up(axes, first, top)
        legend: Legend = {
            words.text["evolution.legend.median"]: Line2D([], [], **_DOT),
            words.text["evolution.legend.50"]: Patch(facecolor=BANDS[50]),
            words.text["evolution.legend.80"]: Patch(facecolor=BANDS[80]),
        }
        if any(one.interval_80[1] is None for one in told):
            legend[words.text["evolution.legend.after"]] = Patch(**_AFTER)
        draw_legend(chart, legend)
    return chart.figure


_DOT: Any = {"color": MEDIAN, "marker": "o", "markersize": 4.2, "linestyle": "none"}
_AFTER: Any = {"facecolor": "white", "edgecolor": MEDIAN, "hatch": "////", "linewidth": 0.5}


def _range(axes: Axes, at: int, width: float, share: int, one: Snapshot) -> None:
    """A bar between the ends of an interval; what lies after the horizon is hatched."""
    early, late = one.interval_80 if share == 80 else one.interval_50
    low, high = _at(early, one, 0), _at(late, one, 0)
    axes.bar(at, high - low, width, bottom=low, color=BANDS[share], edgecolor=SOFT, linewidth=0.3)
    if late is None and share == 80:
        axes.bar(at, BEYOND, width, bottom=high, **_AFTER)


def _at(month: str | None, one: Snapshot, beyond: float = BEYOND / 2) -> float:
    """Where a month stands; one after the horizon `beyond` months above its end."""
    return ordinal(one.last_month) + beyond if month is None else ordinal(month)
