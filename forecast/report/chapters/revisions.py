"""Figures that were printed again with another value: how far first prints can be trusted."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from forecast.charts.style import (
    INK,
    MEDIAN,
    NORMAL,
    SOFT,
    Legend,
    draw_legend,
    frame,
    line,
    ordinal,
    styled,
    years,
)
from forecast.outcome import FigureRow, Outcome
from forecast.report.blocks import Block, Chart
from forecast.report.words import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure


FEWEST = 5
"""Revised figures from which a picture tells more than a sentence, and those that are said of it. chosen:
four fit a sentence."""

HEIGHT = 150.0  # points; chosen: by eye
DRAWN: Any = {
    "yoy_pct": {"color": MEDIAN, "marker": "o"},
    "ytd_yoy_pct": {"color": NORMAL, "marker": "s", "markerfacecolor": "white"},
    "mom_pct": {"color": INK, "marker": "^"},
    "qtr_yoy_pct": {"color": SOFT, "marker": "D", "markerfacecolor": "white"},
}
"""How each rate is drawn, told apart by its mark as well as by colour."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the revisions as a picture; nothing where they are few."""
    if not revisions(outcome):
        return []
    return [Chart("revisions", _spoken(outcome, language), partial(_draw, outcome, language))]


@dataclass(frozen=True)
class Revision:
    """One figure's first and latest print, percent."""

    region: str
    sector: str
    period: pd.Period
    measure: str
    first: float
    last: float

    @property
    def points(self) -> float:
        """How far the figure moved, percentage points."""
        return self.last - self.first


def revisions(outcome: Outcome) -> tuple[Revision, ...]:
    """Return the rates that changed between their first and latest print, by reference month; none where few."""
    cells: dict[tuple[pd.Period, str, str, str], list[FigureRow]] = {}
    for row in outcome.figures:
        if row.measure != "index":
            cells.setdefault((row.period, row.region, row.sector, row.measure), []).append(row)
    revised = []
    for (period, region, sector, measure), rows in sorted(cells.items()):
        dated = sorted(rows, key=lambda row: _last_day(row.published))
        if dated[0].value != dated[-1].value:
            revised.append(Revision(region, sector, period, measure, dated[0].value, dated[-1].value))
    return tuple(revised) if len(revised) >= FEWEST else ()


def title(revised: tuple[Revision, ...], language: Language) -> str:
    """Return the message of the chart."""
    return language.say(
        "revisions.title",
        count=str(len(revised)),
        up=str(sum(one.points > 0 for one in revised)),
        typical=language.number(statistics.median(abs(one.points) for one in revised), 1),
    )


def areas(revised: tuple[Revision, ...], language: Language) -> str:
    """Return the series that were revised."""
    pairs = dict.fromkeys((one.region, one.sector) for one in revised)
    return ", ".join(language.area(region, sector) for region, sector in pairs)


def _spoken(outcome: Outcome, language: Language) -> str:
    """The chart in words, with the figures that moved most."""
    revised = revisions(outcome)
    largest = sorted(revised, key=lambda one: (-round(abs(one.points), 6), one.period))[:FEWEST]
    points = [
        language.say(
            "revisions.alt_point",
            month=language.month(one.period),
            measure=language.name("measure", one.measure),
            first=language.percent(one.first, 1, sign=True),
            last=language.percent(one.last, 1, sign=True),
        )
        for one in largest
    ]
    return language.say("revisions.alt", title=title(revised, language), points=" ".join(points))


def _last_day(published: str) -> str:
    """A date that sorts: a month counts as its last day."""
    return published if len(published) > len("2024-05") else f"{published}-31"


def _draw(outcome: Outcome, language: Language) -> Figure:
    """The latest print less the first, percentage points by reference month; the outcome must hold some."""
    revised = revisions(outcome)
    with styled():
        chart = frame(
            title(revised, language),
            language.say("revisions.subtitle", areas=areas(revised, language)),
            language.say("revisions.source", data_to=language.day(outcome.data_to)),
            height=HEIGHT,
        )
        axes = chart.axes(chart.bottom + 14, chart.top - 16)
        legend: Legend = {}
        for measure, drawn in DRAWN.items():
            of = [one for one in revised if one.measure == measure]
            if not of:
                continue
            x, y = [ordinal(one.period) for one in of], [one.points for one in of]
            axes.vlines(x, 0, y, color=drawn["color"], linewidth=0.9, zorder=2)
            axes.plot(x, y, linestyle="none", markersize=3.8, zorder=3, **drawn)
            legend[language.name("measure", measure)] = line(linestyle="none", markersize=3.8, **drawn)
        axes.axhline(0, color=SOFT, linewidth=0.6)
        first, last = ordinal(revised[0].period), ordinal(revised[-1].period)
        axes.set_xlim(first - 4, last + 4)
        years(axes, first - 4, last + 4)
        axes.yaxis.set_major_formatter(lambda value, _: language.number(value, 1, sign=True))
        draw_legend(chart, legend)
    return chart.figure
