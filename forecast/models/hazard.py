"""Recovery months from earlier slumps alone: the naive rules `constant_hazard` and `kaplan_meier`.

A hazard is the probability that a slump not yet over ends in a month. Both rules see earlier slumps as durations
(months from a slump's start to its recovery month, or to the last month known to be without recovery) and answer
with F(h) = P(recovered by origin + h), h = 1..horizon, as every model does.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats
from forecast.errors import DataError

SMOOTHED_MONTHS = 2
"""Months of elapsed time to either side over which hazards are pooled. chosen: five months together; one alone
holds few recoveries."""

PRIOR_WEIGHT = 10.0
"""Slump-months at the constant hazard that each smoothed hazard is pulled by. chosen: less than one slump lasts, so
that a panel soon speaks for itself."""

PRIOR_RECOVERIES, PRIOR_MONTHS = 1.0, 36.0
"""What the constant hazard starts from before any slump is known: one recovery in three years of slump. chosen:
slow, and of the weight of one slump."""


def known_durations(
    starts: npt.ArrayLike, recoveries: npt.ArrayLike, origin: int, hold: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return what was known of slumps at the origin: durations (j,) in months, and (j,) whether each had ended.

    starts, recoveries : (i,) months as ordinals; NaN for a slump that never ended
    origin : month as ordinal, the last one known · hold : months k that confirm a recovery

    A recovery in month T is known at T + k − 1, so an unconfirmed slump is known to last to origin − k + 1 and no
    longer. Slumps that began later than that have taught nothing and are left out.

    >>> known_durations([0, 10, 40], [7, 31, float("nan")], origin=32, hold=3)
    (array([ 7, 20]), array([ True, False]))
    """
    first, end = np.asarray(starts, dtype=float), np.asarray(recoveries, dtype=float)
    last = origin - (hold - 1)
    ended = end <= last
    duration = np.where(ended, end, last) - first
    usable = (first < last) & (duration > 0)
    return duration[usable].astype(np.int64), ended[usable]


def hazard_per_month(
    durations: npt.ArrayLike,
    ended: npt.ArrayLike,
    prior: tuple[float, float] = (PRIOR_RECOVERIES, PRIOR_MONTHS),
) -> float:
    """Return one hazard for all months: (recoveries + a)/(months in slump + b), (a, b) the prior.

    durations (j,) months ≥ 1 · ended (j,). The posterior mean under a gamma prior of a recoveries in b months.
    Raises DataError where the arrays are not durations, or nothing is known and no prior given.

    >>> hazard_per_month([12, 8], [True, False], prior=(0.0, 0.0))
    0.05
    """
    d, e = _checked(durations, ended)
    months = float(d.sum()) + prior[1]
    if months <= 0:
        raise DataError("no month of any slump is known and there is no prior: a hazard cannot be estimated")
    return min((float(e.sum()) + prior[0]) / months, 1.0)


def constant_hazard(hazard: float, horizon: int) -> Floats:
    """Return F(h) = 1 − (1 − hazard)^h, (horizon,): recovery is as likely in each month, however long it took.

    >>> constant_hazard(0.5, 3).tolist()
    [0.5, 0.75, 0.875]
    """
    return np.asarray(1.0 - (1.0 - hazard) ** np.arange(1, horizon + 1))


def kaplan_meier(
    durations: npt.ArrayLike,
    ended: npt.ArrayLike,
    elapsed: int,
    horizon: int,
    hazard: float = 0.0,
    *,
    window: int = SMOOTHED_MONTHS,
    prior_weight: float = PRIOR_WEIGHT,
) -> Floats:
    """Return F(1..horizon) for a slump that has lasted `elapsed` months, (horizon,).

    durations (j,) months ≥ 1 and ended (j,) of the slumps known at the origin · hazard : the constant hazard λ
    F(h) = 1 − Π_{i=1}^{h} (1 − λ̃(elapsed + i)), λ̃(t) = (Σ d_s + wλ)/(Σ n_s + w) over the months s from t − window
    to t + window, d_s slumps ending in their month s, n_s still under way then, w the prior weight. With window 0
    and weight 0 it is the estimator of Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452, given survival to
    `elapsed`; past the longest duration only the constant hazard speaks.
    Raises DataError where the arrays are not durations or elapsed is negative.

    >>> kaplan_meier([2, 4], [True, True], elapsed=1, horizon=3, window=0, prior_weight=0.0).tolist()
    [0.5, 0.5, 1.0]
    """
    d, e = _checked(durations, ended)
    if elapsed < 0:
        raise DataError(f"elapsed is {elapsed} months; the origin cannot lie before the slump's start")
    last = elapsed + horizon + window
    month = np.arange(1, last + 1)
    at_risk = (d[:, None] >= month).sum(axis=0)
    ending = ((d[:, None] == month) & e[:, None]).sum(axis=0)
    near = np.abs(month[elapsed : elapsed + horizon, None] - month) <= window
    exposure = near @ at_risk + prior_weight
    smoothed = np.divide(
        near @ ending + prior_weight * hazard, exposure, out=np.full(horizon, hazard), where=exposure > 0
    )
    return np.asarray(1.0 - np.cumprod(1.0 - smoothed))


def _checked(
    durations: npt.ArrayLike, ended: npt.ArrayLike
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    d, e = np.asarray(durations, dtype=np.int64), np.asarray(ended, dtype=bool)
    if d.ndim != 1 or d.shape != e.shape or (d < 1).any():
        raise DataError(
            f"durations {d.shape} and ended {e.shape} must be of one length, with whole months of 1 or more"
        )
    return d, e
