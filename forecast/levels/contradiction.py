"""Can all figures be true at once? Elastic linear programs over levels and rounding intervals.

A rate g of half-unit h says (1 + (g − h)/100)·den ≤ num ≤ (1 + (g + h)/100)·den, linear in the levels.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog

from forecast.errors import DataError
from forecast.figures import Figures
from forecast.levels.observation import Name, Observations, first_month, observe

Floats = npt.NDArray[np.float64]

_WINDOW = 12
_PLAUSIBLE = 2.0


def slack(observations: Observations, levels: Floats) -> Floats:
    """Return by how much each figure must give way so that all of its series can be true, (n,) percent points.

    The sum over the last vintages is the smallest possible with every level between half and twice the one
    given, log (p, m). Which figure gives way is not unique: this says whether there is a contradiction, and blame
    is the left-out residual's. Superseded vintages are NaN.
    """
    out = np.full(len(observations.y), np.nan)
    for series in np.unique(observations.series):
        rows = np.flatnonzero((observations.series == series) & _latest(observations))
        upper, right, _ = _rounding(observations, rows)
        n, m = len(rows), upper.shape[1]
        # Slack is counted in level units; near the levels found, one of them is this many points of the figure.
        level = np.exp(levels[series])
        below = observations.below[rows] @ level
        points = np.where(below > 0, 100.0 / np.where(below > 0, below, 1.0), 1.0)
        elastic = -np.tile(np.eye(n), (2, 1))
        # Without limits, months tied to no others could all be nothing, which satisfies every rate.
        limits = np.r_[np.c_[level / _PLAUSIBLE, level * _PLAUSIBLE], np.tile([0.0, np.inf], (n, 1))]
        found = linprog(
            np.r_[np.zeros(m), points],
            A_ub=np.hstack([upper, elastic]),
            b_ub=right,
            bounds=limits,
            method="highs",
        )
        out[rows] = np.asarray(found.x)[m:] * points
    return out


def rounding_bounds(figures: Figures, target: Name, *, as_of: str | pd.Timestamp | pd.Period) -> pd.DataFrame:
    """Return the exact lower and upper bound of each level that the rounding of the last vintages allows.

    The mean of the 12 months to the origin is 100, unless index figures give the scale; an upper bound that the
    figures do not set is infinite. No prior and no error of first prints: for complete sets of final figures.
    Raises DataError where the figures contradict each other.
    """
    known = figures.as_of(as_of).select(*target).latest()
    months = pd.period_range(first_month(known), known.origin(*target), freq="M")
    observations = observe(known, [target], months)
    upper, right, anchored = _rounding(observations, np.arange(len(observations.y)))
    m = len(months)
    last = (np.arange(m) >= m - _WINDOW).astype(float)
    bounds = np.zeros((m, 2))
    for t in range(m):
        for side, sign in enumerate((1.0, -1.0)):
            found = linprog(
                sign * np.eye(m)[t],
                A_ub=upper,
                b_ub=right,
                A_eq=None if anchored else last[None, :],
                b_eq=None if anchored else [100.0 * last.sum()],
                method="highs",
            )
            if found.status == 2:
                raise DataError(
                    f"{figures.file}: the figures of {' '.join(target)} contradict each other, so no levels lie "
                    "within their rounding; see the suspects of the reconstruction"
                )
            bounds[t, side] = np.inf if found.fun is None else sign * found.fun
    return pd.DataFrame(bounds, index=months, columns=["lower", "upper"])


def _latest(observations: Observations) -> npt.NDArray[np.bool_]:
    cell = ["region", "sector", "period", "measure"]
    return np.asarray(~observations.table.duplicated(cell, keep="last").to_numpy())


def _rounding(observations: Observations, rows: npt.NDArray[np.int64]) -> tuple[Floats, Floats, bool]:
    """The inequalities of the rounding intervals A y ≤ b, and whether any of the figures gives the scale."""
    above, below = observations.above[rows], observations.below[rows]
    rated = below.any(axis=1)
    value = observations.table["value"].to_numpy(dtype=float)[rows]
    half = observations.table["half_unit"].to_numpy(dtype=float)[rows] * (1.0 + 1e-9)
    high, low = 1.0 + (value + half) / 100.0, 1.0 + (value - half) / 100.0
    upper = np.vstack([above - high[:, None] * below, low[:, None] * below - above])
    right = np.r_[np.where(rated, 0.0, value + half), np.where(rated, 0.0, half - value)]
    return upper, right, bool((~rated).any())
