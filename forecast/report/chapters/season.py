"""The seasonal pattern: which years are compared, what they say, and their picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from forecast.charts.style import MEDIAN, NORMAL, SOFT, Legend, draw_legend, frame, styled
from forecast.outcome import Outcome, SeasonYear
from forecast.report.blocks import Block, Chart
from forecast.report.words import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure


HEIGHT = 165.0  # points; chosen: by eye
ASIDE = 0.09
"""Months that the two years stand apart, so that their bars do not cover each other; chosen: by eye."""
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


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the pattern, with Tết where the calendar has it; nothing where the levels came adjusted."""
    if not outcome.season:
        return []
    return [Chart("season", _spoken(outcome, language), partial(_draw, outcome, language))]


def compared(outcome: Outcome) -> tuple[SeasonYear, ...]:
    """Return the years with the earliest and the latest Tết; where none is known, the last whole year."""
    dated = sorted((year.tet[5:], year) for year in outcome.season if year.tet is not None)
    if len(dated) > 1:
        return dated[0][1], dated[-1][1]
    return outcome.season[-1:]


def _named(year: SeasonYear, language: Language) -> str:
    """What a year stands for: its Tết, else itself."""
    if year.tet is None:
        return str(year.year)
    return language.text["season.legend"].format(day=language.day(year.tet))


def title(outcome: Outcome, language: Language) -> str:
    """Return the message of the chart: the month that Tết moves most, else how far the season reaches."""
    early, *later = compared(outcome)
    if later and early.tet and later[0].tet:
        pairs = list(zip(early.months, later[0].months, strict=True))
        most = max(range(12), key=lambda at: abs(pairs[at][0].effect_pct - pairs[at][1].effect_pct))
        return language.say(
            "season.title_tet",
            month=language.months[most],
            early=language.percent(pairs[most][0].effect_pct, sign=True),
            early_day=language.day(early.tet),
            late=language.percent(pairs[most][1].effect_pct, sign=True),
            late_day=language.day(later[0].tet),
        )
    effects = [month.effect_pct for month in early.months]
    low, high = effects.index(min(effects)), effects.index(max(effects))
    return language.say(
        "season.title",
        low=language.percent(effects[low], sign=True),
        low_month=language.months[low],
        high=language.percent(effects[high], sign=True),
        high_month=language.months[high],
    )


def _spoken(outcome: Outcome, language: Language) -> str:
    """The chart in words, with its values."""
    points = []
    for year in compared(outcome):
        values = ", ".join(
            f"{language.months[at]} {language.percent(row.effect_pct, sign=True)}"
            for at, row in enumerate(year.months)
        )
        points.append(f"{_named(year, language)}: {values}.")
    return language.say("season.alt", title=title(outcome, language), points=" ".join(points))


def _draw(outcome: Outcome, language: Language) -> Figure:
    """The effect of season and calendar by calendar month, percent of the level; the outcome must hold it."""
    years = compared(outcome)
    source = "season.source_levels" if outcome.unit == "levels" else "season.source"
    with styled():
        chart = frame(
            title(outcome, language),
            language.say("season.subtitle", title=language.label(outcome.title)),
            language.say(source, data_to=language.day(outcome.data_to)),
            height=HEIGHT,
        )
        axes = chart.axes(chart.bottom + 14, chart.top - 16)
        legend: Legend = {}
        for i, (year, drawn) in enumerate(zip(years, DRAWN, strict=False)):
            x = [at + (2 * i - 1) * ASIDE * (len(years) - 1) for at in range(1, 13)]
            (drawn_line,) = axes.plot(
                x, [row.effect_pct for row in year.months], markersize=3.6, zorder=3, **drawn
            )
            axes.vlines(
                x,
                [row.lower for row in year.months],
                [row.upper for row in year.months],
                color=drawn["color"],
                linewidth=0.8,
                zorder=2,
            )
            legend[_named(year, language)] = drawn_line
        axes.axhline(0, color=SOFT, linewidth=0.6)
        axes.set_xticks(range(1, 13), [name.lstrip("0") for name in language.short_months])
        axes.yaxis.set_major_formatter(lambda value, _: language.number(value, 0, sign=True))
        if len(legend) > 1:
            draw_legend(chart, legend)
    return chart.figure
