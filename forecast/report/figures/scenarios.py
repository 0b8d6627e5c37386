"""The scenarios as small multiples: the chance by each month, each beside the baseline, on one axis."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from forecast.outcome import Outcome
from forecast.report import findings, planning
from forecast.report.figures.style import (
    MEDIAN,
    SOFT,
    STYLE,
    WIDTH,
    Frame,
    draw_legend,
    frame,
    label,
    ordinal,
    wrapped,
    years,
)
from forecast.report.typeface import printable
from forecast.report.words import LANGUAGES, Language

LEFT, GUTTER = 22.0, 12.0  # room for the numbers of the axis, and between panels, points
PANEL, TICKS, LINE = 88.0, 16.0, 10.0  # height of a panel, of the years beneath, of a line of its name
LOW, HIGH = 12.0, 85.0  # percent below which a number stands above its dot, and above which below it
BESIDE: Any = {"color": SOFT, "linewidth": 1.1, "linestyle": (0, (3, 1.5))}
OWN: Any = {"color": MEDIAN, "linewidth": 1.5}


def scenarios(outcome: Outcome, language: str = "en") -> Figure:
    """Return one panel per answered scenario; the outcome must hold one, and `planning.curve` of it."""
    words = LANGUAGES[language]
    rows = planning.answered(outcome)
    columns = _columns(len(rows))
    width = (WIDTH - LEFT - GUTTER * columns) / columns
    names = [wrapped(printable(words.label(row.label) or row.name), 7.5, 600, width) for row in rows]
    ranks = [range(at, min(at + columns, len(rows))) for at in range(0, len(rows), columns)]
    heads = [LINE * max(len(names[i]) for i in rank) + 6.0 for rank in ranks]
    with mpl.rc_context(STYLE):
        chart = _frame(outcome, words, sum(heads) + len(ranks) * (PANEL + TICKS))
        y = chart.top - 14.0
        for rank, tall in zip(ranks, heads, strict=True):
            y -= tall + PANEL
            for place, i in enumerate(rank):
                left = LEFT + place * (width + GUTTER)
                axes = chart.axes(y, y + PANEL, left, left + width)
                _panel(axes, outcome, planning.curve(outcome, rows[i].name), words)
                axes.set_title("\n".join(names[i]), fontsize=7.5, fontweight=600, loc="left", pad=5)
                if place:
                    axes.set_yticklabels([])
            y -= TICKS
        draw_legend(
            chart,
            {
                words.text["whatif.legend.own"]: Line2D([], [], marker="o", markersize=3.2, **OWN),
                words.text["whatif.legend.baseline"]: Line2D([], [], **BESIDE),
            },
        )
    return chart.figure


def _columns(count: int) -> int:
    """Panels side by side: all where they are few, else rows as even as they can be."""
    if count <= 4:
        return count
    return 3 if count in (5, 6, 9) else 4


def _frame(outcome: Outcome, words: Language, panels: float) -> Frame:
    """The words around the panels, with `panels` points left between them."""
    subtitle = words.say(
        planning.of_kind("whatif.subtitle", outcome),
        title=words.label(outcome.title),
        first=words.short(outcome.fan[0].month),
        last=words.short(findings.last_month(outcome)),
    )
    source = words.say("return.source", as_of=words.day(outcome.as_of), data_to=words.day(outcome.data_to))
    around = 13.0 + 10.5 + 6.0 + 9.0 + 2.0 + 4.0 + 14.0
    return frame(planning.chart_title(outcome, words), subtitle, source, height=panels + around)


def _panel(axes: Axes, outcome: Outcome, found: tuple[float, ...], words: Language) -> None:
    """Draw one scenario over the baseline, with its chance within a year."""
    base = planning.curve(outcome, planning.BASELINE)
    x = [ordinal(row.month) for row in outcome.fan[: len(base)]]
    axes.plot(x, [100 * chance for chance in base], zorder=3, **BESIDE)
    y = [100 * chance for chance in found]
    axes.plot(x, y, zorder=4, **OWN)
    at = min(12, len(x)) - 1
    axes.plot([x[at]], [y[at]], marker="o", markersize=3.2, color=MEDIAN, zorder=5)
    better = found[at] >= base[at]
    above = y[at] < LOW or (better and y[at] < HIGH)
    label(
        axes,
        words.odds(found[at]),
        (x[at], y[at]),
        (-3, 3) if above and better else (3, 3) if above else (3, -3),
        ha="right" if above and better else "left",
        va="bottom" if above else "top",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        zorder=2,
    )
    axes.axhline(50, color=SOFT, linewidth=0.5, linestyle=(0, (1, 2)), zorder=1)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100])
    axes.set_xlim(x[0] - 1, x[-1] + 1)
    years(axes, x[0], x[-1])
