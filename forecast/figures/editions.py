"""Which prints saw their month as a first estimate, so that figures are compared as one release saw them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.figures.table import CELL

Bools = npt.NDArray[np.bool_]

FIRST_PRINT_DAYS = 32
"""The earliest vintage of a cell is a first print when published within these days of the month's end. chosen:
offices print a month by the end of the next; later prints may be revised ones."""

REVISED_AT_MOST = 0.08
"""Share of a month's level by which a first estimate of it is taken to be off at most: four standard deviations of the
revisions of a nation (1.9 points of yoy). chosen: none of 40 complete sets whose first prints are off by 1.8 % alarms,
and the round of May 2024 in Bắc Ninh, 11 points apart, is told; at .15 it was not, at .05 three sets alarm."""


def first_prints(table: pd.DataFrame) -> Bools:
    """Return which rows are the earliest vintage of their cell and came out soon enough to be a first estimate, (n,).

    table : rows as `Figures.table` holds them, the vintages of a cell in order of publication
    """
    ends = pd.PeriodIndex(table["period"]).to_timestamp(how="end").normalize()
    lag = (pd.DatetimeIndex(table["published"]) - ends).days
    return np.asarray(~table.duplicated(CELL, keep="first").to_numpy() & (lag <= FIRST_PRINT_DAYS))


def provisional(table: pd.DataFrame) -> Bools:
    """Return which rows are first prints in a region whose prints are seen to change later, (n,).

    Such a figure and a later one that contains its month speak of two estimates of the month, and need not agree.
    Where a region never revised anything, all its figures speak of the same months.
    """
    values = table.groupby(CELL, sort=False, observed=True)["value"]
    changed = values.transform("max") - values.transform("min") > 2.0 * table["half_unit"]
    return np.asarray(first_prints(table) & table["region"].isin(table.loc[changed, "region"]).to_numpy())
