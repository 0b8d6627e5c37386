"""The pool: equal weights in the logit of the members' distributions, and path weights that reproduce it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats

CLIP = 0.001
"""No member may claim more than 1 − CLIP or less than CLIP, so that none has a veto. chosen: one path in a thousand."""


def logit_pool(cumulative: Floats) -> Floats:
    """Pool distribution functions: F = logistic(mean of logit F_m), members clipped to [.001, .999].

    cumulative : (members, h) non-decreasing along h -> (h,)
    Source: Satopää et al. 2014, doi:10.1016/j.ijforecast.2013.09.009.

    >>> logit_pool(np.array([[0.2, 0.5], [0.2, 0.8]])).round(4).tolist()
    [0.2, 0.6667]
    """
    clipped = np.clip(cumulative, CLIP, 1.0 - CLIP)
    return np.asarray(1.0 / (1.0 + np.exp(-np.log(clipped / (1.0 - clipped)).mean(axis=0))))


def coherent_weights(months: Sequence[Floats], weights: Sequence[Floats], first: int, last: int) -> Floats:
    """Weigh the members' paths so that their shares by recovery month are those of the logit pool.

    months : recovery month of each path, one array a member, inf where censored · weights : summing to 1 in each
    first, last : range of months · Returns weights of all paths in order, summing to 1: every path of a month is
    scaled alike, so fan, rates and dates stay one story. A month that no path reaches gives its mass to the next
    one that a path does.
    """
    steps = np.arange(first, last + 1)
    share = np.array(
        [[w[t <= h].sum() for h in steps] for t, w in zip(months, weights, strict=True)]
    )  # (members, steps)
    target = np.diff(np.concatenate([[0.0], logit_pool(share), [1.0]]))  # the last cell is "not by then"
    cell = np.concatenate([np.minimum(t - first, len(steps)) for t in months]).astype(int)
    pooled = np.concatenate(list(weights)) / len(months)
    reached = np.bincount(cell, pooled, minlength=len(target))
    moved = _onto_reached(target, reached > 0.0)
    return np.asarray(pooled * (moved / np.where(reached > 0.0, reached, 1.0))[cell])


def _onto_reached(target: Floats, reached: npt.NDArray[np.bool_]) -> Floats:
    """Move the mass of empty cells to the next reached one, or the last reached where none follows."""
    cells = np.flatnonzero(reached)
    to = cells[np.minimum(np.searchsorted(cells, np.arange(len(target))), len(cells) - 1)]
    return np.bincount(to, target, minlength=len(target)).astype(np.float64)
