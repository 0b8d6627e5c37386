"""The fan chart: history, bands, median, normal; with what was published since where that is asked for."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from forecast.outcome import HistoryMonth, Outcome
from forecast.report import findings
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
from forecast.report.words import LANGUAGES, Language

YEARS_SHOWN = 6


def fan(outcome: Outcome, language: str = "en") -> Figure:
    """Return the fan chart: history, bands of 50, 80 and 90 outcomes in 100, median, normal."""
    words = LANGUAGES[language]
    return _fan(outcome, words, findings.fan_title(outcome, words), since=False)


def afterwards(outcome: Outcome, language: str = "en") -> Figure:
    """Return the fan with what was published since; the outcome must hold it."""
    words = LANGUAGES[language]
    title = words.say("after.title", as_of=words.day(outcome.as_of))
    return _fan(outcome, words, title, since=True)


def shown(outcome: Outcome) -> tuple[HistoryMonth, ...]:
    """Return the history that a fan shows: the last six years, further back where the peak of the slump lies there."""
    last = ordinal(outcome.origin) - YEARS_SHOWN * 12 + 1
    first = last if outcome.slump is None else min(last, ordinal(outcome.slump.peak_from) - 24)
    return tuple(row for row in outcome.history if ordinal(row.month) >= first)


def _fan(outcome: Outcome, words: Language, title: str, since: bool) -> Figure:
    past, future = shown(outcome), outcome.fan
    start = ordinal(past[0].month)
    with mpl.rc_context(STYLE):
        chart = frame(
            title,
            words.say(
                "fan.subtitle",
                title=words.label(outcome.title),
                kind=findings.kind(outcome.normal.kind, outcome, words),
                first=words.short(past[0].month),
                last=words.short(future[-1].month),
            ),
            words.say(
                "fan.source_levels" if outcome.unit == "levels" else "fan.source",
                data_to=words.day(outcome.data_to),
            ),
            height=262.0,
        )
        axes = chart.axes(chart.bottom + 14, chart.top - 16)
        legend = {**_past(axes, outcome, words), **_future(axes, outcome, words)}
        if since:
            legend |= _since(axes, outcome, words)
        end = ordinal(future[-1].month)
        _references(axes, outcome, words, end)
        axes.set_xlim(start - 1, end + 1)
        years(axes, start, end)
        if draw_legend(chart, legend) > 1:
            axes.set_position(chart.box(chart.bottom + 14, chart.top - 27))
    return chart.figure


def _past(axes: Axes, outcome: Outcome, words: Language) -> Legend:
    """Draw the history: a line, with its 80 % band and open dots where it is reconstructed."""
    rows = shown(outcome)
    x = [ordinal(row.month) for row in rows]
    level = [row.level_pct_of_normal for row in rows]
    unknown = [row.kind == "reconstructed" for row in rows]
    axes.plot(x, level, color=INK, linewidth=1.1, zorder=5)
    legend: Legend = {}
    if any(unknown):
        axes.fill_between(
            x,
            [row.lower for row in rows],
            [row.upper for row in rows],
            where=unknown,
            color=PALE,
            linewidth=0,
            zorder=1,
        )
        dots = [(a, b) for a, b, u in zip(x, level, unknown, strict=True) if u]
        axes.plot(
            *zip(*dots, strict=True),
            linestyle="none",
            marker="o",
            markersize=1.9,
            markerfacecolor="white",
            markeredgecolor=INK,
            markeredgewidth=0.45,
            zorder=6,
        )
        line = Line2D(
            [], [], color=INK, linewidth=1.1, marker="o", markersize=2.4, markerfacecolor="white", markeredgewidth=0.5
        )  # fmt: skip
        if outcome.unit == "levels":
            legend[words.text["fan.legend.bridged"]] = (line,)
        else:
            legend[words.text["fan.legend.reconstructed"]] = (Patch(facecolor=PALE), line)
    if not all(unknown):
        legend[words.text["fan.legend.published"]] = (Line2D([], [], color=INK, linewidth=1.1),)
    return legend


def _future(axes: Axes, outcome: Outcome, words: Language) -> Legend:
    """Draw the bands and the median, joined to the last month of the history."""
    now, rows = outcome.history[-1], outcome.fan
    x = [ordinal(now.month), *(ordinal(row.month) for row in rows)]
    apex = [now.level_pct_of_normal] if now.upper == now.lower else []  # a level known exactly opens the fan
    for share, colour in BANDS.items():
        lower = apex + [getattr(row, f"lower_{share}") for row in rows]
        upper = apex + [getattr(row, f"upper_{share}") for row in rows]
        axes.fill_between(x[-len(lower) :], lower, upper, color=colour, linewidth=0, zorder=2)
    median = [now.level_pct_of_normal, *(row.median for row in rows)]
    dashes: Any = {"color": MEDIAN, "linewidth": 1.3, "linestyle": (0, (4, 2))}
    axes.plot(x, median, zorder=4, **dashes)
    legend: Legend = {words.text["fan.legend.median"]: (Line2D([], [], **dashes),)}
    for share in sorted(BANDS):
        label = words.text["fan.legend.widest" if share == max(BANDS) else "fan.legend.band"]
        legend[label.format(share=share)] = (Patch(facecolor=BANDS[share]),)
    return legend


def _since(axes: Axes, outcome: Outcome, words: Language) -> Legend:
    """Draw what was published after the forecast, within its months."""
    assert outcome.outcome is not None
    end = outcome.fan[-1].month
    rows = [row for row in outcome.outcome.months if row.month <= end]
    x = [ordinal(row.month) for row in rows]
    style: Any = {"color": NORMAL, "linewidth": 1.2, "marker": "s", "markersize": 2.4}
    axes.plot(x, [row.level_pct_of_normal for row in rows], zorder=7, **style)
    return {words.text["fan.legend.observed"]: (Line2D([], [], **style),)}


def _references(axes: Axes, outcome: Outcome, words: Language, end: int) -> None:
    """Draw normal and the last month with data, each labelled in place."""
    axes.axhline(100, color=NORMAL, linewidth=0.9, linestyle=(0, (7, 1.5, 1, 1.5)), zorder=3)
    axes.annotate(
        words.text["fan.normal"],
        (1.0, 100),
        xycoords=("axes fraction", "data"),
        xytext=(5, 0),
        textcoords="offset points",
        color=NORMAL,
        fontsize=7.5,
        fontweight=600,
        va="center",
        annotation_clip=False,
    )
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.08 * (high - low))
    at = ordinal(outcome.origin)
    axes.axvline(at, color=SOFT, linewidth=0.7, zorder=3)
    axes.annotate(
        words.text["fan.origin"].format(origin=words.short(outcome.origin)),
        (at, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(-4, -2),
        textcoords="offset points",
        fontsize=7.0,
        color=SOFT,
        ha="right",
        va="top",
    )
