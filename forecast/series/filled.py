"""`filled`, `standing_still`: months that hold an earlier one again: rows copied or moved down, values that stay."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.arrays import YEAR, runs
from forecast.series.plausible import NEWEST, Bools, Panel, compare

FEWEST = 3
"""Series that a row holds at least, each of which changes in most months. chosen: two of whole points may both stand
still by chance."""

AGAIN = 4
"""Newest months of one value, where no earlier value stood so long. chosen: three come about in quiet series."""

PASTED = 3
"""Newest months that may hold a row further up than the one above. chosen: a row or a quarter is pasted at once."""

FLAT = 6
"""Months of one unchanged value, at any time. chosen: half a year of one value was carried forward."""

HISTORY = 24
"""Months before the newest ones that tell how often values come again. chosen: two years."""

BY_CHANCE = 0.01
"""Share of earlier rows that were such a row, over which a newest one is nothing odd. chosen: as in `repeated`."""


def filled(y: pd.Series, beside: pd.DataFrame | Panel | None) -> list[tuple[pd.Period, pd.Period, str]]:
    """Return runs of newest months that hold an earlier one once more: the first and the last, and what to say.

    y : index points, monthly, NaN where not published · beside : the series of its table, its own among them or not
    A row is held against those of the year above it, in all series that it has a number of; it may lack some of theirs.
    """
    if len(y) < HISTORY + NEWEST:
        return []
    months = pd.PeriodIndex(y.index)
    if beside is not None:
        panel = beside if isinstance(beside, Panel) else Panel(beside)
        if copied := _copied(panel, y):
            return [_row(panel, y, months[first], months[last], lag) for first, last, lag in copied]
    same = _same(y, 1)
    ends = len(y) - int(same[::-1].argmin()) - 1
    if not same[-1] or ends == 0 or len(y) - ends < AGAIN or _longest(same[:ends]) >= AGAIN:
        return []
    text = f"{y.iloc[-1]:.15g} in {months[ends]} and again in each month to {months[-1]}, longer than any value before"
    return [(months[ends + 1], months[-1], f"{text}; was it carried forward?")]


def standing_still(y: pd.Series) -> list[tuple[pd.Period, pd.Period, str]]:
    """Return runs of one value too long to be chance, at any time: the first and the last, and what to say."""
    months = pd.PeriodIndex(y.index)
    end = "was it carried forward?" if y.min() != y.max() else "it never moves"
    return [
        (
            months[first - 1],
            months[last],
            f"{y.iloc[last]:g} unchanged over {months[first - 1]} to {months[last]}; {end}",
        )
        for first, last in runs(_same(y, 1))
        if last - first + 2 >= FLAT
    ]


def _copied(panel: Panel, y: pd.Series) -> list[tuple[int, int, int]]:
    """Return runs of rows that are rows above: first, last, and how many months above; the nearest of several."""
    above = np.zeros(len(y), dtype=np.int64)
    for lag in range(1, YEAR + 1):
        newest = NEWEST if lag == 1 else PASTED
        same = _same(y, lag)
        if same[-newest:].any():
            above[_rows(panel, y, same, lag, newest) & (above == 0)] = lag
    lags = np.unique(above[above > 0]).tolist()
    return sorted((first, last, lag) for lag in lags for first, last in runs(above == lag))


def _same(y: pd.Series, lag: int) -> Bools:
    """Tell the months whose value is that of so many months before, (m,)."""
    values = y.to_numpy(dtype=float)
    return np.append(np.zeros(lag, dtype=bool), values[lag:] == values[:-lag])


def _row(
    panel: Panel, y: pd.Series, first: pd.Period, last: pd.Period, lag: int
) -> tuple[pd.Period, pd.Period, str]:
    """Return a run of rows with what to say of it."""
    known, before = (~np.isnan(panel.values[panel.table.index == month]) for month in (last, last - lag))
    many = int((known & before).sum()) + (y.name not in panel.table)
    short = int(before.sum()) + (y.name not in panel.table) > many
    which = f"all {many} series of the table" + (" that have a number" if short else "")
    span, source = f"{first} is", f"{first - lag}"
    if first != last:
        span, source = f"{first} to {last} are", source if lag == 1 else f"{source} to {last - lag}"
    text = f"{span}, in {which}, {source} once more; was its row copied"
    return first, last, f"{text}, or were those below it moved down?" if lag == 1 else f"{text}?"


def _rows(panel: Panel, y: pd.Series, same: Bools, lag: int, newest: int) -> Bools:
    """Tell the rows that are the row so many months above, (m,), from the newest ones; none where rows often are.

    same : (m,) whether y is what it was then
    """
    at = panel.table.index.get_indexer(y.index)
    changed, moving = (np.where(at < 0, 0, of[at]) for of in panel.again(lag))
    if y.name not in panel.table:
        moving = moving + compare(y.to_numpy(dtype=float)[:, None], lag)[1]
    whole: Bools = same & (changed == 0) & (moving >= FEWEST)
    if whole[:-NEWEST].mean() > BY_CHANCE:
        return np.zeros(len(whole), dtype=bool)
    whole[:-newest] = False
    return whole


def _longest(same: Bools) -> int:
    """Return the most months in a row that one value stood."""
    return 1 + max((last - first + 1 for first, last in runs(same)), default=0)
