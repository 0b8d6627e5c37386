"""Which part holds output back: in words, in a table, and as bars that sum to the gap."""

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
    ordinal,
    styled,
    years,
)
from forecast.outcome import Outcome, SectorRow, Sectors
from forecast.report.blocks import Block, Chart, Column, Heading, Paragraph, Row, Table, table
from forecast.report.columns import head, words
from forecast.report.phrases import last_month, moment
from forecast.report.words import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure


AT_NORMAL = 100.0  # percent
HEIGHT = 200.0  # points; chosen: by eye
FILLS: Any = (
    {"color": MEDIAN},
    {"color": BANDS[80], "hatch": "////", "edgecolor": MEDIAN},
    {"color": SOFT},
    {"color": PALE, "hatch": "....", "edgecolor": INK},
    {"color": BANDS[50]},
    {"color": "white", "hatch": "xxxx", "edgecolor": SOFT},
)
"""Fills that stay apart in grey, in the order of the sectors."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the sectors beside their total; nothing where none were asked for."""
    if outcome.sectors is None:
        return []
    return [
        Heading(heading(outcome, language), language.text["sectors.section"]),
        *_picture(outcome, language),
        _table(outcome, language),
        Paragraph(explained(outcome, language), "note"),
    ]


def _picture(outcome: Outcome, language: Language) -> list[Block]:
    """The contributions drawn, where weights are known."""
    if not split(outcome).adds_up:
        return []
    return [Chart("sectors", _spoken(outcome, language), partial(_draw, outcome, language))]


def split(outcome: Outcome) -> Sectors:
    """Return the sectors of an outcome that holds some."""
    assert outcome.sectors is not None
    return outcome.sectors


def heading(outcome: Outcome, language: Language) -> str:
    """Return the sector that holds output back: by its contribution, or where that is unknown by its return."""
    sectors = split(outcome)
    total, *rows = sectors.rows
    origin = language.month(outcome.origin)
    contributing = [(row.now, row) for row in rows if row.now is not None]
    if contributing and total.now is not None:
        least, row = min(contributing, key=lambda pair: pair[0])
        if least >= 0.0:
            return language.say("sectors.heading_ahead", origin=origin)
        return language.say(
            "sectors.heading",
            sector=language.name("sector", row.name),
            now=language.number(least, 1, sign=True),
            gap=language.number(total.now, 1, sign=True),
            origin=origin,
        )
    if all(row.level_pct_of_normal >= AT_NORMAL for row in rows):
        return language.say("sectors.heading_ahead", origin=origin)
    return language.say("sectors.heading_last", **_last(rows, outcome, language))


def explained(outcome: Outcome, language: Language) -> str:
    """Return how the parts are to be read, and which returns last."""
    sectors = split(outcome)
    if not sectors.adds_up:
        return language.say("sectors.weights")
    last = language.say("sectors.last", **_last(list(sectors.rows[1:]), outcome, language))
    adds = language.text["sectors.adds"]
    return f"{adds} {last}"


def chart_title(outcome: Outcome, language: Language) -> str:
    """Return the gap at the origin and the one expected at the end of the chart."""
    months = split(outcome).months
    at = next(row for row in months if row.month == outcome.origin)
    now, later = (sum(row.contributions.values()) for row in (at, months[-1]))
    return language.say(
        "sectors.chart_title",
        now=language.number(now, 1, sign=True),
        origin=language.month(outcome.origin),
        later=language.number(later, 1, sign=True),
        month=language.month(months[-1].month),
    )


def _spoken(outcome: Outcome, language: Language) -> str:
    """The chart in words."""
    points = [
        language.say(
            "sectors.alt_point",
            sector=language.name("sector", row.name),
            now=language.number(row.now, 1, sign=True),
            origin=language.month(outcome.origin),
        )
        for row in split(outcome).rows[1:]
        if row.now is not None
    ]
    return language.say("sectors.alt", title=chart_title(outcome, language), points=" ".join(points))


def _last(rows: list[SectorRow], outcome: Outcome, language: Language) -> dict[str, str]:
    latest = max(rows, key=lambda row: row.p_not_within_horizon)
    return {
        "sector": language.name("sector", latest.name),
        "p": language.odds(latest.p_not_within_horizon),
        "last": language.month(last_month(outcome)),
    }


def _table(outcome: Outcome, language: Language) -> Table:
    """The total and its sectors; contributions where weights are known."""
    sectors = split(outcome)
    rows: list[Row] = [_row(row, outcome, language) for row in sectors.rows]
    added: tuple[Column, ...] = ()
    if sectors.adds_up:
        added = (
            head(language, "sectors.share", 1.0),
            Column(language.say("sectors.trough", month=language.short(sectors.trough)), share=1.0),
            Column(language.say("sectors.now", month=language.short(outcome.origin)), share=1.0),
            *(
                Column(language.say("sectors.after", month=language.short(outcome.origin + h)), share=1.0)
                for h, value in ((12, sectors.rows[0].after_12), (24, sectors.rows[0].after_24))
                if value is not None
            ),
        )
    columns = (
        words(language, "sectors.sector", 2.4),
        Column(language.say("sectors.level", window=str(outcome.rule.window)), share=1.1),
        *added,
        head(language, "column.half", 1.3),
        head(language, "column.within_12", 1.0),
        Column(language.say("column.not", last=language.short(last_month(outcome))), share=1.0),
    )
    return table(language.text["sectors.title"], columns, rows)


def _row(row: SectorRow, outcome: Outcome, language: Language) -> Row:
    added: tuple[str, ...] = ()
    already = row.median is not None and row.median <= outcome.origin
    if split(outcome).adds_up:
        points = (row.at_trough, row.now, row.after_12, row.after_24)
        share = "" if row.share_of_normal is None else language.percent(100 * row.share_of_normal, 1)
        added = (share, *(language.number(value, 1, sign=True) for value in points if value is not None))
    return (
        language.say(f"sector.{row.name}") if f"sector.{row.name}" in language.text else row.name,
        language.percent(row.level_pct_of_normal),
        *added,
        language.text["sectors.back"] if already else moment(row.median, outcome, language),
        language.odds(row.p_within_12),
        language.odds(row.p_not_within_horizon),
    )


def _draw(outcome: Outcome, language: Language) -> Figure:
    """The contributions as bars, stacked away from zero on either side, and the gap as a line."""
    sectors = split(outcome)
    subtitle = language.say(
        "sectors.subtitle", title=language.label(outcome.title), origin=language.month(outcome.origin)
    )
    source = language.say(
        "return.source", as_of=language.day(outcome.as_of), data_to=language.day(outcome.data_to)
    )
    x = [ordinal(row.month) for row in sectors.months]
    with styled():
        chart = frame(chart_title(outcome, language), subtitle, source, height=HEIGHT)
        axes = chart.axes(chart.bottom + 14, chart.top - 16)
        above, below = [0.0] * len(x), [0.0] * len(x)
        legend: Legend = {}
        for i, row in enumerate(sectors.rows[1:]):
            values = [month.contributions[row.name] for month in sectors.months]
            base = [up if value >= 0 else down for value, up, down in zip(values, above, below, strict=True)]
            bars = axes.bar(x, values, bottom=base, width=0.86, linewidth=0.3, **FILLS[i % len(FILLS)])
            above = [up + max(value, 0.0) for value, up in zip(values, above, strict=True)]
            below = [down + min(value, 0.0) for value, down in zip(values, below, strict=True)]
            legend[language.name("sector", row.name)] = bars
        gap = [sum(month.contributions.values()) for month in sectors.months]
        (total,) = axes.plot(x, gap, color=NORMAL, linewidth=1.2)
        legend[language.text["sectors.total_gap"]] = total
        axes.axhline(0, color=INK, linewidth=0.6)
        axes.axvline(ordinal(outcome.origin) + 0.5, color=SOFT, linewidth=0.8, linestyle=(0, (3, 2)))
        axes.yaxis.set_major_formatter(lambda value, _: language.number(value, 0, sign=True))
        years(axes, x[0], x[-1])
        draw_legend(chart, legend)
    return chart.figure
