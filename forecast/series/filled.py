"""`filled`: newest months that hold the month before once more: rows copied or moved down, values carried forward."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.arrays import runs
from forecast.series.plausible import NEWEST, Bools, Panel, moves

FEWEST = 3
"""Series that a row holds at least, each of which changes in most months. chosen: two of whole points may both stand
still by chance."""

AGAIN = 4
"""Newest months of one value, where no earlier value stood so long. chosen: three come about in quiet series."""

HISTORY = 24
"""Months before the newest ones that tell how often values come again. chosen: two years."""

BY_CHANCE = 0.01
"""Share of earlier rows that were the row above, over which a newest one is nothing odd. chosen: as in `repeated`."""


def filled(y: pd.Series, beside: pd.DataFrame | Panel | None) -> list[tuple[pd.Period, pd.Period, str]]:
    """Return runs of newest months that hold the month before once more: the first and the last, and what to say.

    y : index points, monthly, NaN where not published · beside : the series of its table, its own among them or not
    A row is held against the row above in all series that have a number in either of them.
    """
    values = y.to_numpy(dtype=float)
    same = np.diff(values, prepend=np.nan) == 0
    if len(y) < HISTORY + NEWEST or not same[-NEWEST:].any():
        return []
    months = pd.PeriodIndex(y.index)
    if beside is not None:
        panel = beside if isinstance(beside, Panel) else Panel(beside)
        rows = _rows(panel, y, same)
        if rows[-NEWEST:].any():
            known = ~np.isnan(panel.values[panel.table.index == months[-1]])
            many = int(known.sum()) + (y.name not in panel.table)
            return [_row(months[first], months[last], many) for first, last in runs(rows)]
    ends = len(y) - int(same[::-1].argmin()) - 1
    if len(y) - ends < AGAIN or _longest(same[:ends]) >= AGAIN:
        return []
    text = f"{y.iloc[-1]:.15g} in {months[ends]} and again in each month to {months[-1]}, longer than any value before"
    return [(months[ends + 1], months[-1], f"{text}; was it carried forward?")]


def _row(first: pd.Period, last: pd.Period, many: int) -> tuple[pd.Period, pd.Period, str]:
    span = f"{first} is" if first == last else f"{first} to {last} are"
    text = f"{span}, in all {many} series of the table, {first - 1} once more"
    return first, last, f"{text}; was its row copied, or were those below it moved down?"


def _rows(panel: Panel, y: pd.Series, same: Bools) -> Bools:
    """Tell the rows that are the row above, (m,), from the newest ones; none where rows often are.

    same : (m,) whether y is what it was in the month before
    """
    at = panel.table.index.get_indexer(y.index)
    changed, moving = (np.where(at < 0, 0, of[at]) for of in (panel.changed, panel.moving))
    if y.name not in panel.table:
        moving = moving + moves(y.to_numpy(dtype=float)[:, None])
    whole: Bools = same & (changed == 0) & (moving >= FEWEST)
    if whole[:-NEWEST].mean() > BY_CHANCE:
        return np.zeros(len(whole), dtype=bool)
    whole[:-NEWEST] = False
    return whole


def _longest(same: Bools) -> int:
    """Return the most months in a row that one value stood."""
    return 1 + max((last - first + 1 for first, last in runs(same)), default=0)
