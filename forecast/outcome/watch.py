"""What the next print could do to the answer: the chance of a return among paths whose next month is weak or strong."""

from __future__ import annotations

import numpy as np

from forecast.estimate import Estimate
from forecast.outcome.questions import Watch
from forecast.paths import quantiles

YEAR = 12
FIFTH = 0.2


def watch(estimate: Estimate) -> Watch | None:
    """Return P(T ≤ 12) given that growth on a year ago of the first future month is in its lowest or highest fifth.

    T months to the return, 12 or the horizon where that is shorter; paths keep their weights. None without a slump.
    """
    if not estimate.slump.under_way:
        return None
    paths, found = estimate.paths, estimate.recovery[estimate.plan.normal.kind]
    yoy = paths.printed("yoy_pct")[:, 0]
    low, high = quantiles(yoy[:, None], paths.weights, (FIFTH, 1.0 - FIFTH))[:, 0].tolist()
    horizon = min(YEAR, found.horizon)
    back = found.months <= horizon
    weak, strong = (
        float(np.average(back[rows], weights=paths.weights[rows])) for rows in (yoy <= low, yoy >= high)
    )
    return Watch(str(paths.future_months[0]), low, high, str(paths.origin + horizon), weak, strong)
