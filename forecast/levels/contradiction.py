"""Can all figures be true at once? Linear programs over levels and rounding intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.figures import CELL
from forecast.levels.observation import Bools, Ints, Observations
from forecast.levels.rounding import Intervals, intervals

_PLAUSIBLE = 2.0  # factor by which a level may leave its estimate in the search; chosen: no month doubles
_NONE = 1e-7  # percent points of slack that are rounding of the solver
_MOST = 10  # contradictions named; chosen: what a reader can work through
_WORTH_NAMING, _READABLE = 0.1, 8
"""Percent points, the last digit of a headline rate, and figures in one contradiction; chosen: both readable."""


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
        rows = _last_vintages(observations, int(series))
        out[rows] = _give_way(intervals(observations, rows, np.exp(levels[series])))
    return out


def contradictions(
    observations: Observations, levels: Floats, series: int, blame: Floats
) -> tuple[Contradiction, ...]:
    """Return small sets of last vintages of one series that cannot all be true, largest slack first.

    Found one after the other, each by one program; the figure of the set that is most to blame, (n,), is set aside
    before the next. Sets under a tenth of a point and sets of more than eight figures, which nobody can check by
    hand, are left out; after ten the search ends.
    """
    rows = _last_vintages(observations, series)
    stated = intervals(observations, rows, np.exp(levels[series]))
    left = np.arange(len(rows))
    sets = []
    for _ in range(_MOST):
        each, carried = _tightest(stated.of(left))
        if each * _READABLE < _WORTH_NAMING:
            break
        needed = _needed(stated, left[carried])
        sets.append(_named(observations, rows[needed], float(_give_way(stated.of(needed)).sum())))
        left = left[left != needed[np.argmax(np.abs(blame[rows[needed]]))]]
    named = [c for c in sets if c.points >= _WORTH_NAMING and len(c.rows) <= _READABLE]
    return tuple(sorted(named, key=lambda c: -c.points))


def _needed(stated: Intervals, needed: Ints) -> Ints:
    """Drop what a contradiction does without: limits of the levels can stand in for a figure."""
    for row in needed:
        without = needed[needed != row]
        each, carried = (
            _tightest(stated.of(without)) if len(without) and row in needed else (0.0, needed == row)
        )
        if each > _NONE:
            needed = without[carried]
    return needed


def _last_vintages(observations: Observations, series: int) -> Ints:
    superseded = observations.table.duplicated(CELL, keep="last").to_numpy()
    return np.flatnonzero((observations.series == series) & ~superseded)


def _named(observations: Observations, rows: Ints, points: float) -> Contradiction:
    table = observations.table.iloc[rows]
    figures = ", ".join(f"{row.period} {row.measure} {row.value:+g}" for row in table.itertuples())
    return Contradiction(
        tuple(map(int, rows)), points, f"cannot all be true ({points:.2f} points apart): {figures}"
    )


def _give_way(stated: Intervals) -> Floats:
    """Slack of each figure in percent points where their sum is smallest, (n,): the elastic program."""
    n = len(stated.points)
    each = -scipy.sparse.csr_array(scipy.sparse.vstack([scipy.sparse.eye_array(n)] * 2))
    optimum = _solve(stated, each, stated.points)
    return np.asarray(optimum.x[len(stated.near) :] * stated.points)


def _tightest(stated: Intervals) -> tuple[float, Bools]:
    """The least percent points that every figure must give way alike, and the figures that allow no less, (n,).

    At the vertex that the simplex ends in, these and limits of the levels are a set of which each is needed: the prices
    are a vertex of {λ ≥ 0, Aᵀλ = 0, Σ λ/points = 1} (Gleeson & Ryan 1990, doi:10.1287/ijoc.2.1.61). So one program over
    all figures finds a set where thinning needs one program a figure.
    """
    n = len(stated.points)
    alike = -scipy.sparse.csr_array(np.tile(1.0 / stated.points, 2)[:, None])
    optimum = _solve(stated, alike, np.ones(1))
    prices = np.abs(np.asarray(optimum.ineqlin.marginals))[: 2 * n].reshape(2, n).sum(axis=0) / stated.points
    return float(optimum.x[-1]), prices > _NONE


def _solve(stated: Intervals, loosened: scipy.sparse.csr_array, cost: Floats) -> Any:
    """Minimise the cost of loosening the intervals, with every level between half and twice the near one.

    Without such limits months that are tied to no others could all be nothing, which satisfies every rate.
    """
    held = scipy.sparse.csr_array((stated.ties.shape[0], len(cost)))
    limits = np.r_[
        np.c_[stated.near / _PLAUSIBLE, stated.near * _PLAUSIBLE], np.tile([0.0, np.inf], (len(cost), 1))
    ]
    upper: Any = scipy.sparse.block_array([[stated.upper, loosened], [stated.ties, held]], format="csr")
    return scipy.optimize.linprog(
        np.r_[np.zeros(len(stated.near)), cost],
        A_ub=upper,
        b_ub=np.r_[stated.right, np.zeros(stated.ties.shape[0])],
        bounds=limits,
        method="highs-ds",
    )
