"""`since_break`: a level begins anew after a long gap."""

from __future__ import annotations

import numpy as np
import pandas as pd

LONGEST_GAP = 12
"""Months in a row without a figure that a history still spans; over more nothing says where the level went."""


def since_break(y: pd.Series[float]) -> pd.Series[float]:
    """Return the level from the end of its last gap of more than `LONGEST_GAP` months on; its last value is known."""
    known = np.flatnonzero(y.notna().to_numpy())
    breaks = np.flatnonzero(np.diff(known) > LONGEST_GAP + 1)
    return y.iloc[known[breaks[-1] + 1] :] if len(breaks) else y
