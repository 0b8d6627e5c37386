"""Entropic tilting: the weights nearest to those given under which means take the values wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from forecast.arrays import Floats
from forecast.scenario.distance import away
from forecast.scenario.refusal import RefusedError

ROUNDS, CLOSE, MET = 200, 1e-13, 1e-7
"""Steps at most, and the distance of a mean from what is wanted, in its own scale, that ends them or still counts.
chosen: more than any search needs, rounding error, and a ten-millionth of a spread, which no page shows."""


def tilted(
    values: Floats, weights: Floats, wanted: Floats, spread: float | None, words: Sequence[str]
) -> Floats:
    """Return weights w·exp(λ'g)/Z with E[g] = 0, the minimum of the convex dual log E exp(λ'g).

    values : (n, c) what each mean is of · wanted : (c,) · spread : standard deviation around it, None leaves it free
    words : what each says, for messages. Paths that a selection has left without weight stay so, and have no say.
    Raises RefusedError where no weights come to it.
    """
    held = weights > 0.0
    values, given = values[held], weights[held]
    outside = (values.min(axis=0) >= wanted) | (values.max(axis=0) <= wanted)
    if outside.any():
        i = int(np.flatnonzero(outside)[0])
        low, high = float(values[:, i].min()), float(values[:, i].max())
        far = float(abs(away(values[:, i], given, wanted[i])))
        raise RefusedError(
            f"condition {words[i]} is refused: the paths lie between {low:.1f} and {high:.1f}, "
            f"and it is {far:.1f} standard deviations from their mean",
            "outside", low, high, far,
        )  # fmt: skip
    centred = values - wanted
    moments = centred if spread is None else np.concatenate([centred, centred**2 - spread**2], axis=1)
    least = _minimum(moments / np.sqrt(np.square(moments).mean(axis=0)), given)
    if not np.abs(least.slope).max() <= MET:  # no number at all where the moments cannot be met
        far = max(float(abs(away(values[:, i], given, wanted[i]))) for i in range(len(words)))
        raise RefusedError(
            f"condition {' and '.join(words)} is refused: too few paths come near it, {far:.1f} standard deviations "
            "from their mean",
            "far", far,
        )  # fmt: skip
    tilt = np.zeros(len(weights))
    tilt[held] = least.weights
    return tilt


class _Dual(NamedTuple):
    """The dual at λ: its value, its slope E[g], and the weights there."""

    value: float
    slope: Floats
    weights: Floats


def _dual(g: Floats, weights: Floats, lam: Floats) -> _Dual:
    u = g @ lam
    top = float(u.max())
    p = weights * np.exp(u - top)
    total = float(p.sum())
    return _Dual(float(np.log(total)) + top, (p / total) @ g, p / total)


def _minimum(g: Floats, weights: Floats) -> _Dual:
    """Newton's method from λ = 0, each step halved until the dual does not rise."""
    lam = np.zeros(g.shape[1])
    here = _dual(g, weights, lam)
    for _ in range(ROUNDS):
        if np.abs(here.slope).max() <= CLOSE:
            break
        curve = (g * here.weights[:, None]).T @ g - np.outer(here.slope, here.slope)
        step = np.linalg.lstsq(curve, here.slope, rcond=None)[0]
        size = 1.0
        there = _dual(g, weights, lam - step)
        while there.value > here.value + 1e-14 and size > 1e-9:
            size /= 2.0
            there = _dual(g, weights, lam - size * step)
        lam, here = lam - size * step, there
    return here
