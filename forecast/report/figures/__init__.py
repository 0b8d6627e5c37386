"""Charts of the report, in one style: result in, `Figure` out. The only door to matplotlib.

Title = message, subtitle = measure, geography and period, source beneath. One blue for the future and grey for the
past, in steps that stay apart in grey; line style, markers and hatching repeat what colour says.
"""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from forecast.outcome import Outcome
from forecast.report import planning, what_changed
from forecast.report import revisions as told
from forecast.report.figures.evolution import evolution
from forecast.report.figures.fan import afterwards, fan
from forecast.report.figures.past_slumps import track_record
from forecast.report.figures.returns import return_months
from forecast.report.figures.revisions import revisions
from forecast.report.figures.scenarios import scenarios
from forecast.report.figures.season import season
from forecast.report.figures.sectors import sectors
from forecast.report.figures.style import INK, PALE, STYLE, frame, ordinal, svg, years
from forecast.report.words import Language

__all__ = [
    "afterwards",
    "draw",
    "evolution",
    "fan",
    "levels",
    "return_months",
    "revisions",
    "scenarios",
    "season",
    "sectors",
    "svg",
    "track_record",
]


def draw(outcome: Outcome, language: Language) -> dict[str, str]:
    """Return every chart of a report as SVG text, by name."""
    charts = {"fan": fan(outcome, language.code)}
    if outcome.slump is not None:
        charts["return_months"] = return_months(outcome, language.code)
    if what_changed.told(outcome):
        charts["evolution"] = evolution(outcome, language.code)
    if planning.drawn(outcome):
        charts["scenarios"] = scenarios(outcome, language.code)
    if outcome.sectors is not None and outcome.sectors.adds_up:
        charts["sectors"] = sectors(outcome, language.code)
    if outcome.record and outcome.slump is not None:
        charts["track_record"] = track_record(outcome, language.code)
    if told.revisions(outcome):
        charts["revisions"] = revisions(outcome, language.code)
    if outcome.season:
        charts["season"] = season(outcome, language.code)
    if outcome.outcome is not None:
        charts["afterwards"] = afterwards(outcome, language.code)
    return {name: svg(figure) for name, figure in charts.items()}


def levels(bands: pd.DataFrame, name: str) -> Figure:
    """Return index levels by month with their band.

    bands : columns median, lower, upper in index points, on a monthly PeriodIndex
    """
    months = [str(month) for month in bands.index]
    x = [ordinal(month) for month in months]
    with mpl.rc_context(STYLE):
        chart = frame(name, f"{months[0]} – {months[-1]}", "", height=220.0)
        axes = chart.axes(chart.bottom + 14, chart.top - 6)
        axes.fill_between(x, bands["lower"], bands["upper"], color=PALE, linewidth=0)
        axes.plot(x, bands["median"], color=INK, linewidth=1.1)
        years(axes, x[0], x[-1])
    return chart.figure
