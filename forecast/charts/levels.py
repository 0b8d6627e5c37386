"""Chart of index levels by month with their band."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from forecast.charts.style import INK, PALE, frame, ordinal, styled, years

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def levels(bands: pd.DataFrame, name: str) -> Figure:
    """Return index levels by month with their band.

    bands : columns median, lower, upper in index points, on a monthly PeriodIndex
    """
    months = list(pd.PeriodIndex(bands.index))
    x = [ordinal(month) for month in months]
    with styled():
        chart = frame(name, f"{months[0]} – {months[-1]}", "", height=220.0)
        axes = chart.axes(chart.bottom + 14, chart.top - 6)
        axes.fill_between(x, bands["lower"], bands["upper"], color=PALE, linewidth=0)
        axes.plot(x, bands["median"], color=INK, linewidth=1.1)
        years(axes, x[0], x[-1])
    return chart.figure
