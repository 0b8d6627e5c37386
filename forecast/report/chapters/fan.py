"""The fan: history, bands, median and normal as a picture, in a table and in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from forecast.charts.style import (
    BANDS,
    INK,
    MEDIAN,
    NORMAL,
    PALE,
    SOFT,
    Legend,
    draw_legend,
    frame,
    line,
    ordinal,
    patch,
    styled,
    years,
)
from forecast.outcome import HistoryMonth, Outcome
from forecast.report.blocks import Block, Chart, Column, Paragraph, Row, Table, table
from forecast.report.phrases import baseline, kind
from forecast.report.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


NORMAL_PCT = 100.0  # percent

YEARS_SHOWN = 6
"""Years of history that a fan shows at least. chosen: the span from which slumps are dated."""

IN_TABLE = (1, 3, 6, 12, 18, 24, 30, 36, 48, 60)
"""Months ahead that the table has. chosen: what the width holds."""

SPOKEN = (6, 12, 24, 36)
"""Months ahead that are said of a chart. chosen: the horizons of the answer's own chances."""

EVEN = 1.25
"""Ratio of the halves of a band under which it is called balanced. chosen: what a reader sees as even."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the picture and its numbers."""
    picture = partial(draw, outcome, language, title(outcome, language))
    return [
        Chart("fan", _spoken(outcome, language), picture),
        _table(outcome, language),
        *(Paragraph(sentence, "note") for sentence in first_return(outcome, language)),
    ]


def first_return(outcome: Outcome, language: Language) -> list[str]:
    """Return why half of the outcomes are back in another month than the fan's median; nothing where they agree."""
    median = baseline(outcome).median
    if outcome.slump is None or median is None or median <= outcome.origin:
        return []
    crossed = next((row.month for row in outcome.fan if row.median >= NORMAL_PCT), None)
    values = {"median": language.month(median)}
    if crossed is None:
        return [language.say("fan.first_return_below", last=language.month(outcome.fan[-1].month), **values)]
    if crossed == median:
        return []
    values["crossed"] = language.month(crossed)
    if crossed > median:
        return [language.say("fan.first_return", **values)]
    since = crossed == outcome.fan[0].month and outcome.history[-1].level_pct_of_normal >= NORMAL_PCT
    rule = {"window": str(outcome.rule.window), "hold": str(outcome.rule.hold)}
    return [language.say("fan.held_since" if since else "fan.held", **values, **rule)]


def title(outcome: Outcome, language: Language) -> str:
    """Return the message of the fan chart: where output stands, and the 80 % band a year on."""
    then = outcome.fan[min(11, len(outcome.fan) - 1)]
    return language.say(
        "fan.title",
        level=language.percent(outcome.history[-1].level_pct_of_normal),
        origin=language.month(outcome.origin),
        lower=language.number(then.lower_80, 0),
        upper=language.percent(then.upper_80),
        month=language.month(then.month),
    )


def direction(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return to which side a year's outcomes are tilted, for page one."""
    then = outcome.fan[min(11, len(outcome.fan) - 1)]
    up, down = then.upper_80 - then.median, then.median - then.lower_80
    tilt = "even" if max(up, down) <= EVEN * min(up, down) else "up" if up > down else "down"
    return (
        (
            language.text["risk.direction"],
            language.say(
                f"risk.direction_{tilt}",
                month=language.month(then.month),
                up=language.number(up, 0),
                down=language.number(down, 0),
            ),
        ),
    )


def _spoken(outcome: Outcome, language: Language) -> str:
    """The chart in words."""
    points = [
        language.say(
            "fan.alt_point",
            month=language.month(outcome.fan[h - 1].month),
            median=language.percent(outcome.fan[h - 1].median),
            lower=language.percent(outcome.fan[h - 1].lower_80),
            upper=language.percent(outcome.fan[h - 1].upper_80),
        )
        for h in SPOKEN
        if h <= len(outcome.fan)
    ]
    return language.say("fan.alt", title=title(outcome, language), points=" ".join(points))


def _table(outcome: Outcome, language: Language) -> Table:
    """The fan at a few horizons: median and the 50, 80 and 90 % bands, percent of normal."""
    at = [h for h in IN_TABLE if h <= len(outcome.fan)]
    months = [outcome.fan[h - 1] for h in at]

    def band(lower: float, upper: float) -> str:
        return f"{language.number(lower, 0)}–{language.number(upper, 0)}"

    rows: list[Row] = [
        (language.text["column.median"], *(language.number(m.median, 0) for m in months)),
        *(
            (
                language.say("column.band", share=str(share)),
                *(band(getattr(m, f"lower_{share}"), getattr(m, f"upper_{share}")) for m in months),
            )
            for share in (50, 80, 90)
        ),
    ]
    first = (Column(language.text["column.month"], "left", 1.0),)
    return table(
        language.text["fan.table"], first + tuple(Column(language.short(m.month)) for m in months), rows
    )


def shown(outcome: Outcome) -> tuple[HistoryMonth, ...]:
    """Return the history that a fan shows: the last six years, further back where the peak of the slump lies there."""
    last = ordinal(outcome.origin) - YEARS_SHOWN * 12 + 1
    first = last if outcome.slump is None else min(last, ordinal(outcome.slump.peak_from) - 24)
    return tuple(row for row in outcome.history if ordinal(row.month) >= first)


def draw(outcome: Outcome, language: Language, title: str, since: bool = False) -> Figure:
    """Return history, bands of 50, 80 and 90 outcomes in 100, median, normal; and what was published since."""
    past, future = shown(outcome), outcome.fan
    start = ordinal(past[0].month)
    with styled():
        chart = frame(
            title,
            language.say(
                "fan.subtitle",
                title=language.label(outcome.title),
                kind=kind(outcome.normal.kind, outcome, language),
                first=language.short(past[0].month),
                last=language.short(future[-1].month),
            ),
            language.say(
                "fan.source_levels" if outcome.unit == "levels" else "fan.source",
                data_to=language.day(outcome.data_to),
            ),
            height=262.0,
        )
        axes = chart.axes(chart.bottom + 14, chart.top - 16)
        legend = {**_past(axes, outcome, language), **_future(axes, outcome, language)}
        if since:
            legend |= _since(axes, outcome, language)
        end = ordinal(future[-1].month)
        _references(axes, outcome, language)
        axes.set_xlim(start - 1, end + 1)
        years(axes, start, end)
        if draw_legend(chart, legend) > 1:
            axes.set_position(chart.box(chart.bottom + 14, chart.top - 27))
    return chart.figure


def _past(axes: Axes, outcome: Outcome, language: Language) -> Legend:
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
        joined = line(
            color=INK, linewidth=1.1, marker="o", markersize=2.4, markerfacecolor="white", markeredgewidth=0.5
        )  # fmt: skip
        if outcome.unit == "levels":
            legend[language.text["fan.legend.bridged"]] = (joined,)
        else:
            legend[language.text["fan.legend.reconstructed"]] = (patch(facecolor=PALE), joined)
    if not all(unknown):
        legend[language.text["fan.legend.published"]] = (line(color=INK, linewidth=1.1),)
    return legend


def _future(axes: Axes, outcome: Outcome, language: Language) -> Legend:
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
    legend: Legend = {language.text["fan.legend.median"]: (line(**dashes),)}
    for share in sorted(BANDS):
        label = language.text["fan.legend.widest" if share == max(BANDS) else "fan.legend.band"]
        legend[label.format(share=share)] = (patch(facecolor=BANDS[share]),)
    return legend


def _since(axes: Axes, outcome: Outcome, language: Language) -> Legend:
    """Draw what was published after the forecast, within its months."""
    assert outcome.outcome is not None
    end = outcome.fan[-1].month
    rows = [row for row in outcome.outcome.months if row.month <= end]
    x = [ordinal(row.month) for row in rows]
    style: Any = {"color": NORMAL, "linewidth": 1.2, "marker": "s", "markersize": 2.4}
    axes.plot(x, [row.level_pct_of_normal for row in rows], zorder=7, **style)
    return {language.text["fan.legend.observed"]: (line(**style),)}


def _references(axes: Axes, outcome: Outcome, language: Language) -> None:
    """Draw normal and the last month with data, each labelled in place."""
    axes.axhline(100, color=NORMAL, linewidth=0.9, linestyle=(0, (7, 1.5, 1, 1.5)), zorder=3)
    axes.annotate(
        language.text["fan.normal"],
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
        language.text["fan.origin"].format(origin=language.short(outcome.origin)),
        (at, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(-4, -2),
        textcoords="offset points",
        fontsize=7.0,
        color=SOFT,
        ha="right",
        va="top",
    )
