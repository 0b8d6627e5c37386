"""`ended`: a series that ends months before the others of its table."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.series.plausible import Panel

STALE = 3
"""Months behind the last month of any other series. chosen: two are usual delay."""

FEWEST = 3
"""Other series that all go on, from which on a single month is told. chosen: as few may be published ahead together."""


def ended(y: pd.Series, beside: pd.DataFrame | Panel) -> str:
    """Say that a series ends months before the others of its table; "" where it does not, or by their usual delay.

    y : to its last value · beside : the series of its table, in order of months, its own among them or not
    A month or two are told where all of the others that have the last month of y have the next one too.
    """
    panel = beside if isinstance(beside, Panel) else Panel(beside)
    last, months = pd.Period(y.index[-1]), pd.PeriodIndex(panel.table.index)
    held = months[months >= last]
    known = ~np.isnan(panel.values[len(months) - len(held) :])
    known[:, panel.table.columns == y.name] = False
    later = np.flatnonzero(known.any(axis=1) & (held > last))
    if not len(later):
        return ""
    behind = (held[later[-1]] - last).n
    on = known[0] if held[0] == last else np.zeros(known.shape[1], dtype=bool)
    next_ = held[later[0]] == last + 1 and on.sum() >= FEWEST and known[later[0], on].all()
    if behind < STALE and not next_:
        return ""
    span = "1 month" if behind == 1 else f"{behind} months"
    return f"{y.name}: ends in {last}, {span} before the others; is it still published?"
