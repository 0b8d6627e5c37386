"""Can all figures be true at once? Elastic linear programs over levels and rounding intervals.

A rate g of half-unit h says (1 + (g − h)/100)·den ≤ num ≤ (1 + (g + h)/100)·den, linear in the levels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog

from forecast.errors import DataError
from forecast.figures import Figures
from forecast.levels.observation import Name, Observations, first_month, observe

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_WINDOW = 12
_PLAUSIBLE = 2.0
_NONE = 1e-7
_MOST = 10
_WORTH_NAMING, _READABLE = 0.1, 8


@dataclass(frozen=True)
class Contradiction:
    """Name figures that cannot all be true as printed; without any one of them the others can.

    rows : their positions among the figures · points : the smallest change, summed over them, that lets all be
        true
    """

    rows: tuple[int, ...]
    points: float
    words: str


def slack(observations: Observations, levels: Floats) -> Floats:
    """Return by how much each figure must give way so that all of its series can be true, (n,) percent points.

    The sum over the last vintages is the smallest possible with every level between half and twice the one
    given, log (p, m). Which figure gives way is not unique: this says whether there is a contradiction, and blame
    is the left-out residual's. Superseded vintages are NaN.
    """
    out = np.full(len(observations.y), np.nan)
    for series in np.unique(observations.series):
        rows = np.flatnonzero((observations.series == series) & _latest(observations))
        out[rows] = _elastic(observations, rows, np.exp(levels[series]))[0]
    return out


def contradictions(observations: Observations, levels: Floats, series: int) -> tuple[Contradiction, ...]:
    """Return small sets of last vintages of one series that cannot all be true, largest slack first.

    Found one after the other: the figures that carry the elastic program are thinned to a set of which each is
    needed, and its figure of largest slack is set aside before the next. Sets under a tenth of a point and sets
    of more than eight figures, which nobody can check by hand, are left out; after ten the search ends.
    """
    rows = np.flatnonzero((observations.series == series) & _latest(observations))
    level = np.exp(levels[series])
    found = []
    for _ in range(_MOST):
        give, carries = _elastic(observations, rows, level)
        if give.sum() < _WORTH_NAMING:
            break
        kept = _needed(observations, rows[carries], level)
        found.append(_named(observations, kept, float(_elastic(observations, kept, level)[0].sum())))
        worst = kept[np.argmax(give[np.isin(rows, kept)])]
        rows = rows[rows != worst]
    named = [c for c in found if c.points >= _WORTH_NAMING and len(c.rows) <= _READABLE]
    return tuple(sorted(named, key=lambda c: -c.points))


def _needed(observations: Observations, rows: Ints, level: Floats) -> Ints:
    """Drop figures that a contradiction does not need, until each of the rest is needed."""
    needed: list[int] = []
    while len(rows) > len(needed):
        row = next(r for r in rows if r not in needed)
        without = rows[rows != row]
        give, carries = _elastic(observations, without, level) if len(without) else (np.zeros(1), None)
        if give.sum() > _NONE:
            rows = without[carries]
        else:
            needed.append(int(row))
    return rows


def _named(observations: Observations, rows: Ints, points: float) -> Contradiction:
    table = observations.table.iloc[rows]
    said = ", ".join(f"{row.period} {row.measure} {row.value:+g}" for row in table.itertuples())
    return Contradiction(
        tuple(map(int, rows)), points, f"cannot all be true ({points:.2f} points apart): {said}"
    )


def _elastic(observations: Observations, rows: Ints, level: Floats) -> tuple[Floats, Bools]:
    """Slack of the figures in percent points, (n,), and which of them the answer rests on."""
    upper, right, _ = _rounding(observations, rows)
    touched = (upper != 0).any(axis=0)
    upper, near = upper[:, touched], level[touched]
    n = len(rows)
    # Slack is counted in level units; near the levels found, one of them is this many points of the figure.
    below = observations.below[rows] @ level
    points = np.where(below > 0, 100.0 / np.where(below > 0, below, 1.0), 1.0)
    # Without limits, months tied to no others could all be nothing, which satisfies every rate.
    limits = np.r_[np.c_[near / _PLAUSIBLE, near * _PLAUSIBLE], np.tile([0.0, np.inf], (n, 1))]
    found = linprog(
        np.r_[np.zeros(len(near)), points],
        A_ub=np.hstack([upper, -np.tile(np.eye(n), (2, 1))]),
        b_ub=right,
        bounds=limits,
        method="highs",
    )
    prices = np.abs(np.asarray(found.ineqlin.marginals)).reshape(2, n).sum(axis=0)
    return np.asarray(found.x)[len(near) :] * points, prices > _NONE


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


def _latest(observations: Observations) -> Bools:
    cell = ["region", "sector", "period", "measure"]
    return np.asarray(~observations.table.duplicated(cell, keep="last").to_numpy())


def _rounding(observations: Observations, rows: Ints) -> tuple[Floats, Floats, bool]:
    """The inequalities of the rounding intervals A y ≤ b, and whether any of the figures gives the scale."""
    above, below = observations.above[rows], observations.below[rows]
    rated = below.any(axis=1)
    value = observations.table["value"].to_numpy(dtype=float)[rows]
    half = observations.table["half_unit"].to_numpy(dtype=float)[rows] * (1.0 + 1e-9)
    high, low = 1.0 + (value + half) / 100.0, 1.0 + (value - half) / 100.0
    upper = np.vstack([above - high[:, None] * below, low[:, None] * below - above])
    right = np.r_[np.where(rated, 0.0, value + half), np.where(rated, 0.0, half - value)]
    return upper, right, bool((~rated).any())
