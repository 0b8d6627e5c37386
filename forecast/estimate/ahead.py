"""Months that are over but that the target has not published: continued from what others have published already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import levels
from forecast.series import History

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ahead:
    """Hold r equally likely courses of the months just after the origin.

    values : (r, j) index points · draw : (r,) the history draw that each continues
    """

    values: Floats
    draw: npt.NDArray[np.int64]

    @property
    def months(self) -> int:
        """Number of months held, j."""
        return int(self.values.shape[1])


def nothing_ahead(history: History) -> Ahead:
    """Return the courses of no month, one for each draw of the history."""
    k = len(history.values)
    return Ahead(np.empty((k, 0)), np.arange(k))


def ahead_of_figures(reconstructed: levels.Levels) -> Ahead:
    """Return each draw's own continuation, in which the figures of related series about later months are."""
    k, m = reconstructed.history.values.shape
    return Ahead(reconstructed.continued.values[:, m:], np.arange(k))


def months_of(history: History, ahead: Ahead) -> pd.PeriodIndex:
    """Return the months of the history and of those ahead, (m + j,)."""
    return pd.period_range(history.months[0], periods=len(history.months) + ahead.months, freq="M")
