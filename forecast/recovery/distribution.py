"""`Recovery`: the distribution of the month of return, and every number that is read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import charts
from forecast.arrays import Floats
from forecast.display import SelfShown, Shown, chance
from forecast.recovery.trough import Trough

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False, repr=False)
class Recovery(SelfShown):
    """Hold the distribution of the recovery month T, in months after the origin.

    origin, horizon : T is followed to origin + horizon; beyond it is censored
    first : earliest T that a run can have, 1 − hold, of one that is complete at the origin
    cumulative : (horizon − first + 1,) P(T ≤ first), …, P(T ≤ horizon)
    months : (n,) T of each path, inf where censored · fell_back : (n,) whether it relapses after that
    effective_paths : equally weighted ones worth as much
    p_relapse : None where no path recovers within the horizon
    """

    origin: pd.Period
    horizon: int
    first: int
    cumulative: Floats
    months: Floats
    fell_back: npt.NDArray[np.bool_]
    effective_paths: float
    p_relapse: float | None
    trough: Trough

    def _shown(self) -> Shown:
        """The chances by date."""
        rows = [("already back", self.p_already_back)]
        rows += [(f"by {self.origin + h}", self.by(h)) for h in (6, 12, 24) if h < self.horizon]
        rows += [(f"not by {self.origin + self.horizon}", self.p_not_within_horizon)]
        caption = f"Back at normal, seen from {self.origin}"
        return Shown(caption, ("", "chance"), [(what, chance(p)) for what, p in rows])

    def to_frame(self) -> pd.DataFrame:
        """Return P(T in the month) and P(T by it), a row per month: probability, by.

        The first row, the origin, holds what is back already; what `by` lacks to 1 in the last row is the chance of
        not within the horizon.
        """
        by = np.array([self.by(h) for h in range(self.horizon + 1)])
        months = pd.period_range(self.origin, periods=self.horizon + 1, freq="M", name="month")
        return pd.DataFrame({"probability": np.diff(by, prepend=0.0), "by": by}, index=months)

    def plot(self, ax: Axes | None = None) -> Figure:
        """Draw the chance of a return in each month and by it."""
        return charts.returns(self.to_frame(), title=f"Back at normal, seen from {self.origin}", ax=ax)

    def by(self, h: int) -> float:
        """Return P(T ≤ h), for h from `first` (0 below it) to the horizon."""
        return float(self.cumulative[h - self.first]) if h >= self.first else 0.0

    def error(self, h: int, together: npt.NDArray[np.int64]) -> float:
        """Return the Monte-Carlo standard error of P(T ≤ h), by how the groups of independent paths differ.

        together : (n,) the group of each path, whose paths share what was drawn once, as `Ahead.together` has it
        With Δ_g = Σ_{i in g} w_i (1{T_i ≤ h} − P), √(Σ Δ_g²·G/(G − 1)); ½, the most it can be, of a single group.

        >>> from types import SimpleNamespace as Stub
        >>> of = Stub(months=np.array([1.0, 2.0, 9.0, 9.0]), trough=Stub(weights=np.full(4, 0.25)))
        >>> round(Recovery.error(of, 3, np.arange(4)), 4)  # √(p (1 − p)/(n − 1))
        0.2887
        """
        _, of = np.unique(together, return_inverse=True)
        weights, back = self.trough.weights, self.months <= h
        apart = np.bincount(of, weights * (back - weights @ back))
        if len(apart) == 1:
            return 0.5
        return float(np.sqrt(np.square(apart).sum() * len(apart) / (len(apart) - 1)))

    @property
    def p_already_back(self) -> float:
        """P(T ≤ 0): the run that confirms recovery began at or before the origin."""
        return self.by(0)

    @property
    def p_trough_passed(self) -> float:
        """P(the lowest 3-month mean gap of the slump lies at or before the origin)."""
        return self.trough.by(0)

    @property
    def p_not_within_horizon(self) -> float:
        """P(T > horizon)."""
        return 1.0 - self.by(self.horizon)

    @property
    def distribution(self) -> Floats:
        """P(T = h), h = 1..horizon; with `p_already_back` and `p_not_within_horizon` it sums to 1."""
        return np.diff([self.by(h) for h in range(self.horizon + 1)])

    def quantile(self, q: float) -> pd.Period | None:
        """Return the first month by which the probability of return reaches q; None beyond the horizon."""
        reached = np.flatnonzero(self.cumulative >= q - 1e-12)
        return self.origin + (self.first + int(reached[0])) if len(reached) else None

    @property
    def median(self) -> pd.Period | None:
        """The month by which half of the outcomes are back; None beyond the horizon."""
        return self.quantile(0.5)

    @property
    def median_after(self) -> pd.Period | None:
        """The end of the horizon where the median lies beyond it, else None."""
        return self.origin + self.horizon if self.median is None else None

    def gained_on(self, base: Recovery) -> int | None:
        """Return by how many months half of the outcomes are back earlier than in another answer of the same origin.

        What is back already counts as back at the origin; None where either median lies beyond its horizon.
        """
        if self.median is None or base.median is None:
            return None
        return int((max(base.median, base.origin) - max(self.median, self.origin)).n)

    def interval(self, share: float) -> tuple[pd.Period | None, pd.Period | None]:
        """Return the ends of the central interval of a share of the outcomes; None beyond the horizon."""
        return self.quantile((1 - share) / 2), self.quantile((1 + share) / 2)

    @property
    def interval_50(self) -> tuple[pd.Period | None, pd.Period | None]:
        """The central half of the outcomes."""
        return self.interval(0.5)

    @property
    def interval_80(self) -> tuple[pd.Period | None, pd.Period | None]:
        """The central 80 % of the outcomes."""
        return self.interval(0.8)

    @property
    def interval_90(self) -> tuple[pd.Period | None, pd.Period | None]:
        """The central 90 % of the outcomes."""
        return self.interval(0.9)

    @property
    def p_within_6(self) -> float:
        """P(T ≤ 6), or within the horizon where that is shorter."""
        return self.by(min(6, self.horizon))

    @property
    def p_within_12(self) -> float:
        """P(T ≤ 12), or within the horizon where that is shorter."""
        return self.by(min(12, self.horizon))

    @property
    def p_within_24(self) -> float:
        """P(T ≤ 24), or within the horizon where that is shorter."""
        return self.by(min(24, self.horizon))

    @property
    def mean_months_below(self) -> float:
        """E[min(T, horizon)] with T ≤ 0 counted as 0: expected months below normal within the horizon."""
        return float(sum(1.0 - self.by(h) for h in range(self.horizon)))
