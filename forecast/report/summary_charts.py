"""Charts of a backtest's summary: skill over the course of a slump, reliability, calibration, coverage of levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forecast.charts.style import (
    BANDS,
    INK,
    MEDIAN,
    NORMAL,
    PALE,
    SOFT,
    Frame,
    Legend,
    draw_legend,
    frame,
    label,
    line,
    styled,
)
from forecast.report import summary as told
from forecast.report.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from forecast.backtest.summary import Summary


POOL = "pool"
HEIGHT = 230.0  # points; chosen: by eye
DASHES = (
    (0, (1, 1.5)),
    (0, (4, 1.5)),
    (0, (7, 1.5, 1, 1.5)),
    (0, (2, 2)),
    (0, (1, 3)),
)  # dashes that stay apart in grey
MARKS = ("o", "s", "^")
LOWEST = -100.0
"""Twice the error of the best naive rule; worse is drawn as that; chosen: a chart of skill needs no more."""


def charts(summary: Summary, title: str, language: Language) -> dict[str, Figure]:
    """Return the charts of a record by name; none where nothing could be followed to the horizon."""
    if not summary["models"]:
        return {}
    drawn = {
        "skill": skill(summary, title, language),
        "reliability": reliability(summary, title, language),
        "pit": pit(summary, title, language),
    }
    return drawn | ({"levels": levels(summary, title, language)} if summary["levels"] else {})


def skill(summary: Summary, title: str, language: Language) -> Figure:
    """Return the share of the best naive rule's error that is saved, by months since the slump began."""
    ages = summary["by_months_since_start"]
    assert summary["best_naive"] is not None  # where there are models
    best = language.name("model", summary["best_naive"])
    subtitle = language.say("summary.skill_subtitle", title=title, best=best)
    members = [POOL, *summary["protocol"]["pool"]]
    with styled():
        chart = _frame(summary, language.say("summary.skill_title"), subtitle, language)
        axes = _axes(chart)
        legend: Legend = {}
        for i, name in enumerate(members):
            saved = [row["skill_pct"][name] for row in ages]
            y = [float("nan") if value is None else max(value, LOWEST) for value in saved]
            style: Any = {"color": MEDIAN, "linewidth": 1.6, "marker": "o", "markersize": 3.4}
            if name != POOL:
                style = {"color": SOFT, "linewidth": 0.9, "linestyle": DASHES[(i - 1) % len(DASHES)]}
            (legend[language.name("model", name)],) = axes.plot(range(len(ages)), y, **style)
        axes.axhline(0, color=NORMAL, linewidth=0.9)
        axes.set_ylim(top=max(axes.get_ylim()[1], 20.0))
        axes.set_xticks(range(len(ages)), [f"{row['months']}\n({row['origins']})" for row in ages])
        axes.yaxis.set_major_formatter(lambda value, _: language.number(value, 0, sign=True))
        draw_legend(chart, legend)
    return chart.figure


def reliability(summary: Summary, title: str, language: Language) -> Figure:
    """Return what happened against what the pool had stated, within 6, 12 and 24 months."""
    rows = [row for row in summary["reliability"] if row["model"] == POOL]
    horizons = sorted({row["horizon"] for row in rows})
    shown = 12 if 12 in horizons else horizons[-1]
    at = [row for row in rows if row["horizon"] == shown]
    n = sum(row["forecasts"] for row in at)
    stated, happened = (sum(row[k] * row["forecasts"] for row in at) / n for k in ("predicted", "observed"))
    message = language.say(
        "summary.reliability_title",
        months=str(shown),
        stated=language.percent(100 * stated),
        happened=language.percent(100 * happened),
    )
    with styled():
        subtitle = language.say("summary.reliability_subtitle", title=title)
        chart = _frame(summary, message, subtitle, language)
        axes = _axes(chart)
        axes.plot([0, 100], [0, 100], color=NORMAL, linewidth=0.9)
        legend: Legend = {}
        for h, mark, colour in zip(horizons, MARKS, (BANDS[50], MEDIAN, SOFT), strict=False):
            bins = [row for row in rows if row["horizon"] == h]
            x, y = ([100 * row[k] for row in bins] for k in ("predicted", "observed"))
            area = [12.0 + 200.0 * row["forecasts"] / n for row in bins]
            axes.scatter(
                x, y, s=area, marker=mark, facecolor="white", edgecolor=colour, linewidth=1.2, clip_on=False
            )
            style: Any = {"marker": mark, "markerfacecolor": "white", "color": colour, "markersize": 5.0}
            legend[language.say("summary.sized", count=str(h))] = line(linestyle="none", **style)
        axes.set_xlim(-2, 102)
        axes.set_ylim(-2, 102)
        draw_legend(chart, legend)
    return chart.figure


def pit(summary: Summary, title: str, language: Language) -> Figure:
    """Return the histogram of the pool's probability integral transform, flat under calibration."""
    pool = summary["models"][POOL]
    message = language.say("summary.pit_title", inside=language.percent(100 * pool["coverage_80"]))
    with styled():
        chart = _frame(summary, message, language.say("summary.pit_subtitle", title=title), language)
        axes = _axes(chart)
        shares = [100 * share for share in pool["pit"]]
        tenth = 100 / len(shares)
        axes.bar(
            [tenth * (i + 0.5) for i in range(len(shares))], shares, width=0.92 * tenth, color=BANDS[50],
            edgecolor=MEDIAN, linewidth=0.5,
        )  # fmt: skip
        axes.axhline(tenth, color=NORMAL, linewidth=0.9)
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 10, 25, 50, 75, 90, 100])
    return chart.figure


def levels(summary: Summary, title: str, language: Language) -> Figure:
    """Return the coverage of the pool's intervals for the level, by horizon."""
    rows = [row for row in summary["levels"] if row["model"] == POOL]
    last = rows[-1]
    message = language.say(
        "summary.levels_title",
        months=str(last["horizon"]),
        inside=language.percent(100 * last["coverage_80"]),
    )
    with styled():
        chart = _frame(summary, message, language.say("summary.levels_subtitle", title=title), language)
        axes = _axes(chart)
        coverage = [{50: r["coverage_50"], 80: r["coverage_80"], 90: r["coverage_90"]} for r in rows]
        for (share, _), mark, colour in zip(
            sorted(BANDS.items()), MARKS, (BANDS[50], MEDIAN, INK), strict=True
        ):
            axes.axhline(share, color=PALE, linewidth=1.2)
            y = [100 * inside[share] for inside in coverage]
            axes.plot(range(len(rows)), y, marker=mark, color=colour, linewidth=1.1, markersize=4.0)
            label(axes, f"{share}%", (len(rows) - 1, y[-1]), (8, 0), va="center", color=colour)
        axes.set_xticks(range(len(rows)), [str(row["horizon"]) for row in rows])
        axes.set_ylim(0, 102)
    return chart.figure


def _frame(summary: Summary, message: str, subtitle: str, language: Language) -> Frame:
    source = language.say("summary.source", counts=told.counts(summary, language))
    return frame(message, subtitle, source, height=HEIGHT)


def _axes(chart: Frame) -> Axes:
    return chart.axes(chart.bottom + 26, chart.top - 16)
