"""The month of the trough: the lowest three months of the slump, a date on each path."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast.arrays import Floats, Rows
from forecast.display import SelfShown, Shown, chance


@dataclass(frozen=True, eq=False, repr=False)
class Trough(SelfShown):
    """The month of the lowest 3-month mean gap on each path, in months after the origin.

    months : (n,) none positive where it is passed; inf where output still falls at the end of the horizon
    """

    origin: pd.Period
    months: Floats
    weights: Floats

    def _shown(self) -> Shown:
        """The chance that it is passed, and by when it is likely."""
        passed = self.quantile(0.5)
        rows = [
            ("passed", chance(self.by(0))),
            ("half by", str(passed) if passed is not None else "beyond the horizon"),
        ]
        return Shown(f"Lowest 3 months of the slump, seen from {self.origin}", ("", ""), rows)

    def by(self, h: int) -> float:
        """Return P(trough ≤ h), h in months after the origin, negative before it."""
        return float(self.weights[self.months <= h].sum())

    def quantile(self, q: float) -> pd.Period | None:
        """Return the first month by which the probability of the trough reaches q; None beyond the horizon."""
        order = np.argsort(self.months, kind="stable")
        at = int(np.searchsorted(np.cumsum(self.weights[order]), q - 1e-12))
        month = float(self.months[order[min(at, len(order) - 1)]])
        return self.origin + int(month) if np.isfinite(month) else None


def lowest_month(before: Floats, of: Rows, after: Floats, months: Floats, horizon: int) -> Floats:
    """Return the month after the origin of the lowest 3-month mean gap of the slump on each path, (n,).

    before : (p, months) from the slump's start to the origin, of each past · of : (n,) the past of each path
    after : (n, horizon)
    months : (n,) T, the months after the origin that each path counts for; none where it was back by then
    """
    steps = np.arange(1, horizon + 1)
    counted = np.where(steps <= np.minimum(months, horizon)[:, None], after, np.inf)
    ahead = counted.argmin(axis=1)
    lowest = np.take_along_axis(counted, ahead[:, None], axis=1)[:, 0]
    behind = np.where(np.isnan(before), np.inf, before)
    passed = behind.min(axis=1)[of] <= lowest
    month = np.where(passed, behind.argmin(axis=1)[of] - before.shape[1] + 1.0, ahead + 1.0)
    return np.where((month == horizon) & np.isinf(months), np.inf, month)
