"""`ended`: a series that ends months before the others of its table."""

from __future__ import annotations

import pandas as pd

STALE = 3
"""Months behind the last month of any other series. chosen: two are usual delay."""

FEWEST = 3
"""Other series that all go on, from which on a single month is told. chosen: as few may be published ahead together."""


def ended(y: pd.Series, others: pd.DataFrame) -> str:
    """Say that a series ends months before the others of its table; "" where it does not, or by their usual delay.

    y : to its last value · others : on any months
    A month or two are told where all of the others that have the last month of y have the next one too.
    """
    last = pd.Period(y.index[-1])
    later = others.loc[others.index > last].dropna(how="all")
    if later.empty:
        return ""
    behind = (later.index[-1] - last).n
    on = others.columns[others.reindex([last]).notna().iloc[0]]
    next_ = later.index[0] == last + 1 and len(on) >= FEWEST and later[on].iloc[0].notna().all()
    if behind < STALE and not next_:
        return ""
    months = "1 month" if behind == 1 else f"{behind} months"
    return f"{y.name}: ends in {last}, {months} before the others; is it still published?"
