"""A planner's own judgement of the date: weights as near as can be to those of the forecast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from forecast.arrays import Floats
from forecast.scenario.refusal import RefusedError
from forecast.scenario.statements import Judgement


class Judged(NamedTuple):
    """Weights under a judgement, (n,), and their distance from those before: Kullback–Leibler divergence, nats."""

    weights: Floats
    distance: float


def judged(months: Floats, weights: Floats, judgements: Sequence[Judgement], origin: pd.Period) -> Judged:
    """Weigh paths so that the chance of a return by each month named is the one believed.

    months : (n,) the month of return after the origin on each path, inf where it lies beyond the horizon,
        which no judgement may name
    weights : (n,) of sum 1
    Entropic tilting has a closed form here: between two months named, all paths gain or lose the same factor
    (Robertson, Tallman & Whiteman 2005, doi:10.1353/mcb.2005.0034). The distance is Σ p·log(p/q) over those spans.
    Raises RefusedError where no path returns in a span that is believed possible.

    >>> said = [Judgement(pd.Period("2024-06", "M"), 40.0)]
    >>> months, origin = np.array([1.0, 2, 9, np.inf]), pd.Period("2024-04", "M")
    >>> judged(months, np.full(4, 0.25), said, origin).weights.round(9).tolist()
    [0.2, 0.2, 0.3, 0.3]
    """
    ordered = sorted(judgements, key=lambda one: one.by)
    ends = np.array([(one.by - origin).n for one in ordered], dtype=float)
    believed = np.diff([0.0, *(one.chance_pct / 100.0 for one in ordered), 1.0])
    span = np.searchsorted(ends, months)  # the first span whose end is not before the month
    share = np.bincount(span, weights, minlength=len(believed))
    if (empty := (share <= 0.0) & (believed > 0.0)).any():
        words = " and ".join(map(str, ordered))
        raise RefusedError(
            f"judgement {words} is refused: no path returns in a span that it holds possible",
            "unheld", float(100.0 * believed[empty][0]),
        )  # fmt: skip
    factor = np.divide(believed, share, out=np.zeros_like(believed), where=share > 0.0)
    held = believed > 0.0
    return Judged(weights * factor[span], float(believed[held] @ np.log(factor[held])))
