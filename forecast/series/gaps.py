"""What gaps do to a level: over a short one it goes on, after a long one it begins anew."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.arrays import Floats

LONGEST_GAP = 12
"""Months in a row without a figure that a history still spans; over more nothing says where the level went. chosen:
a year."""


def since_break(y: pd.Series[float]) -> pd.Series[float]:
    """Return the level from the end of its last gap of more than `LONGEST_GAP` months on; its last value is known."""
    published = np.flatnonzero(y.notna().to_numpy())
    breaks = np.flatnonzero(np.diff(published) > LONGEST_GAP + 1)
    return y.iloc[published[breaks[-1] + 1] :] if len(breaks) else y


def bridged(z: Floats) -> Floats:
    """Return a log level (m,) with each month that is not published on the line between those around it.

    Before the first known month it stays unknown, after the last it has that one's value. Where one month a year is
    left out by custom, no mean of 12 months would else exist.

    >>> bridged(np.array([np.nan, 1.0, np.nan, 3.0, np.nan]))
    array([nan,  1.,  2.,  3.,  3.])
    """
    published = np.flatnonzero(np.isfinite(z))
    if len(published) in (0, len(z)):
        return z
    return np.interp(np.arange(len(z)), published, z[published], left=np.nan)
