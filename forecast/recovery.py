"""The first month back at normal: its distribution over paths, censored at the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import charts
from forecast.arrays import Floats, trailing_mean
from forecast.display import SelfShown, Shown, chance
from forecast.paths import Paths
from forecast.rooms import furnish
from forecast.rule import RELAPSE_MONTHS, RELAPSE_WINDOW, fell_back, first_held, first_sought

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "Recovery", "Trough", "chances", "recovery",
]  # fmt: skip


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


@dataclass(frozen=True, eq=False, repr=False)
class Recovery(SelfShown):
    """Hold the distribution of the recovery month T, in months after the origin.

    origin, horizon : T is followed to origin + horizon; beyond it is censored
    first : earliest T that a run can have, 2 − hold: ≤ 0 where it may be under way, 1 where one month confirms
    cumulative : (horizon − first + 1,) P(T ≤ first), …, P(T ≤ horizon)
    months : (n,) T of each path, inf where censored · effective_paths : equally weighted ones worth as much
    draw : (n,) the draw of the history that each path continues
    p_relapse : None where no path recovers within the horizon
    """

    origin: pd.Period
    horizon: int
    first: int
    cumulative: Floats
    months: Floats
    effective_paths: float
    p_relapse: float | None
    trough: Trough
    draw: npt.NDArray[np.int64]

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

    def error(self, h: int, alike: int = 1) -> float:
        """Return the Monte-Carlo standard error of P(T ≤ h), by how the groups of independent paths differ.

        alike : successive draws of the history that were drawn together and count as one; where there are no two
        groups of draws, paths are independent. With Δ_g = Σ_{i in g} w_i (1{T_i ≤ h} − P), √(Σ Δ_g²·G/(G − 1)).

        >>> from types import SimpleNamespace as Stub
        >>> of = Stub(months=np.array([1.0, 2.0, 9.0, 9.0]), draw=np.arange(4), trough=Stub(weights=np.full(4, 0.25)))
        >>> round(Recovery.error(of, 3), 4)  # √(p (1 − p)/(n − 1))
        0.2887
        """
        group = self.draw // alike
        if group[0] == group[-1] and (group == group[0]).all():
            group = np.arange(len(group))
        _, of = np.unique(group, return_inverse=True)
        weights, back = self.trough.weights, self.months <= h
        apart = np.bincount(of, weights * (back - weights @ back))
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


def recovery(
    paths: Paths,
    normal: Floats,
    hold: int,
    window: int,
    *,
    horizon: int,
    slump_start: pd.Period,
    threshold_pct: float,
) -> Recovery:
    """Find on each path the first of `hold` months in a row whose `window`-month mean gap is not negative.

    normal : (k, past + h) index points on the months of the paths, row = history draw. The gap is
    log path − log normal. A run sought from origin − hold + 2 on may be under way already, so T ≤ 0 is possible.
    P(T ≤ h) = (N·P̂(h) + ½·h⁺/H)/(N + 1) with P̂ the weighted share of paths and N their effective number, so that
    no probability is 0 or 1. Relapse: as `rule.fell_back`, among paths back within the
    horizon. Trough: the month of the lowest 3-month mean gap between
    the slump's start and min(T, H); beyond the horizon where that is its last month and no recovery came.
    Raises ValueError where the paths are shorter than horizon + hold − 1 + 12 months.
    """
    if paths.horizon < horizon + hold - 1 + RELAPSE_MONTHS:
        raise ValueError(f"paths must run {hold - 1 + RELAPSE_MONTHS} months beyond the horizon of {horizon}")
    origin_at = paths.past - 1
    first = first_sought(hold)
    start = max((slump_start - paths.months[0]).n, 2)
    seen = max(min(start - 2, origin_at + first - window + 1), 0)  # months before say nothing of this slump
    gap = _gap(paths, normal, seen)
    origin_at, start = origin_at - seen, start - seen
    held = trailing_mean(gap, window)
    at = first_held(held[:, : origin_at + horizon + hold], hold, origin_at + first)
    months = np.where(at >= 0, at - origin_at, np.inf)
    smooth = held if window == RELAPSE_WINDOW else trailing_mean(gap, RELAPSE_WINDOW)
    return Recovery(
        paths.origin,
        horizon,
        first,
        chances(months, paths, first, horizon),
        months,
        paths.effective_number,
        _p_relapse(smooth, at, hold, paths.weights, threshold_pct),
        Trough(
            paths.origin,
            _trough(
                smooth[:, start : origin_at + 1],
                smooth[:, origin_at + 1 : origin_at + 1 + horizon],
                months,
                horizon,
            ),
            paths.weights,
        ),
        paths.draw,
    )


def _gap(paths: Paths, normal: Floats, first: int) -> Floats:
    """Log path less log normal from month `first` of the paths on, (n, months)."""
    gap = np.log(paths.values[:, first:])
    log_normal = np.log(normal[:, first:])
    gap -= log_normal if len(log_normal) == 1 else log_normal[paths.draw]
    return gap


def chances(months: Floats, paths: Paths, first: int, horizon: int) -> Floats:
    """Return P(T ≤ h) for h = first..horizon, as `recovery` has it, of a month T after the origin on each path.

    months : (n,) inf where it lies beyond the horizon
    """
    steps = np.arange(first, horizon + 1)
    share = np.array([paths.weights[months <= h].sum() for h in steps])
    n = paths.effective_number
    return np.asarray((n * share + 0.5 * np.maximum(steps, 0) / horizon) / (n + 1.0))


def _p_relapse(
    smooth: Floats, recovery: npt.NDArray[np.int64], hold: int, weights: Floats, threshold_pct: float
) -> float | None:
    """Share of recovering paths that fall back within a year of the confirmation; recovery (n,) positions, or −1."""
    back = recovery >= 0
    if not weights[back].sum() > 0.0:
        return None
    fell = fell_back(smooth[back], recovery[back], hold, threshold_pct)
    return float(weights[back][fell].sum() / weights[back].sum())


def _trough(before: Floats, after: Floats, months: Floats, horizon: int) -> Floats:
    """Month after the origin of the lowest 3-month mean gap of the slump on each path, (n,).

    before : (n, months) from the slump's start to the origin · after : (n, horizon)
    months : (n,) T, the months after the origin that each path counts for; none where it was back by then
    """
    steps = np.arange(1, horizon + 1)
    counted = np.where(steps <= np.minimum(months, horizon)[:, None], after, np.inf)
    ahead = counted.argmin(axis=1)
    lowest = np.take_along_axis(counted, ahead[:, None], axis=1)[:, 0]
    behind = np.where(np.isnan(before), np.inf, before)
    passed = behind.min(axis=1) <= lowest
    found = np.where(passed, behind.argmin(axis=1) - before.shape[1] + 1.0, ahead + 1.0)
    return np.where((found == horizon) & np.isinf(months), np.inf, found)


furnish(__name__, recovery)
