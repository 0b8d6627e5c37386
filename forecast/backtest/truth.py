"""What came true of a target: as the last release shows it, or each month as its k-th release showed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import trailing_mean
from forecast.backtest.episodes import open_gap, relapsed
from forecast.errors import DataError
from forecast.estimate import Plan
from forecast.levels.result import scale_to, times
from forecast.rule import RELAPSE_WINDOW, first_held, first_sought
from forecast.series import History
from forecast.slump import Slump, slump_from


@dataclass(frozen=True, eq=False)
class Truth:
    """Hold the releases that tell what came true, and which of them speaks for each month.

    releases : histories, (k draws) each · months : those of which anything is told
    speaks : (m,) for each month the position of its release; a gap or a rate of the month is read inside that one
        release, because index points of two releases may differ in base
    printed : yearly growth by month as the office printed it, percent; None where it follows from the levels
    """

    releases: tuple[History, ...]
    months: pd.PeriodIndex
    speaks: npt.NDArray[np.int64]
    printed: pd.Series[float] | None = None

    def release_of(self, month: pd.Period) -> History | None:
        """Return the release that speaks for a month; None where none does."""
        at = (month - self.months[0]).n
        return self.releases[self.speaks[at]] if 0 <= at < len(self.months) else None

    def level(self, month: pd.Period, base: tuple[Slump, float] | None = None) -> float:
        """Return the level of a month, NaN where it is not told.

        base : the slump whose peak window is laid on that mean level, index points; None for the release's own base
        """
        release = self.release_of(month)
        if release is None:
            return np.nan
        level = pd.Series(release.values.mean(axis=0), index=release.months)
        if base is None:
            return float(level.get(month, np.nan))
        slump, peak = base
        window = pd.Series(
            release.bridged().values.mean(axis=0), index=release.months
        )  # as the forecast's own
        here = float(window[slump.peak_from : slump.peak_to].mean())
        return peak / here * float(level.get(month, np.nan))

    def yearly_growth(self, month: pd.Period) -> float:
        """Return the growth of a month on the same one a year before, percent, NaN where it is not told."""
        if self.printed is not None:
            return float(self.printed.get(month, np.nan))
        release = self.release_of(month)
        if release is None or month - 12 < release.months[0]:
            return np.nan
        level = release.values.mean(axis=0)
        at = (month - release.months[0]).n
        return 100.0 * float(level[at] / level[at - 12] - 1.0)

    def recovered(self, slump: Slump, origin: pd.Period, plan: Plan) -> tuple[pd.Period | None, int]:
        """Return the recovery month of a slump, None where not seen, and the follow-up of the origin.

        Runs are sought from origin − k + 1 on, as a forecast does: one complete at the origin is a return.
        """
        first = (origin + first_sought(slump.hold) - self.months[0]).n
        recovered, gaps = None, []
        for gap in self._mean_gaps(
            slump, plan, slump.window, max(first, 0)
        ):  # a release is read when it speaks
            gaps.append(gap)
            if (at := int(first_held(np.array(gaps), slump.hold))) >= 0:
                recovered = self.months[max(first, 0) + at]
                break
        return recovered, int((self.months[-1] - origin).n) - (slump.hold - 1)

    def relapsed(self, slump: Slump, recovered: pd.Period, plan: Plan) -> bool | None:
        """Return whether output fell back in the year after a recovery was confirmed, None before it is over."""
        smooth = np.array(list(self._mean_gaps(slump, plan, RELAPSE_WINDOW)))
        return relapsed(smooth, (recovered - self.months[0]).n, slump.hold, plan.slump.threshold_pct)

    def _mean_gaps(self, slump: Slump, plan: Plan, window: int, first: int = 0) -> Iterator[float]:
        """Yield the mean gap of each month from a position on, as the release that speaks for it shows it."""
        means: dict[int, pd.Series[float]] = {}
        for month, release in zip(self.months[first:], self.speaks[first:].tolist(), strict=True):
            if release not in means:
                means[release] = _mean_gap(self.releases[release], slump, plan, window)
            yield float(means[release].get(month, np.nan))


def latest(history: History) -> Truth:
    """Return the truth that one history tells of all its months."""
    return Truth((history,), history.months, np.zeros(len(history.months), dtype=np.int64))


def of_release(releases: Sequence[History], k: int) -> Truth:
    """Return the truth that tells each month as the k-th release from its first one on showed it.

    releases : in order of publication; a month's first is the one that first reaches it
    Raises DataError with fewer than k releases.
    """
    if len(releases) < k:
        raise DataError(
            f"no month was released {k} times, the store holds {len(releases)} releases; lower truth, or use latest"
        )
    reach = np.maximum.accumulate([h.months[-1].ordinal for h in releases])
    start = min(h.months[0].ordinal for h in releases)
    first = np.searchsorted(reach, np.arange(start, reach[-1] + 1))
    speaks = (first + k - 1)[first + k - 1 < len(releases)]
    months = pd.period_range(pd.Period(ordinal=start, freq="M"), periods=len(speaks), freq="M")
    used = np.unique(speaks)
    return Truth(tuple(releases[i] for i in used), months, np.searchsorted(used, speaks))


def _mean_gap(history: History, slump: Slump, plan: Plan, window: int) -> pd.Series[float]:
    """Mean gap of the last `window` months, in logs, as a history shows it; an exact level freezes its own season.

    Of rates, which leave the scale open, 100 is the mean of the peak window, as in a forecast.
    NaN in a release that ends before the slump's start.
    """
    if history.months[-1] < slump.start:
        return pd.Series(np.nan, index=history.months)
    if len(history.values) == 1:
        as_known = replace(plan.slump, window=slump.window, hold=slump.hold)
        x = plan.regressors(history.months)
        slump = slump_from(history, slump.start, as_known, x)
        history = slump.frozen(history, x)
    elif history.reconstructed.all():
        history = times(history, scale_to(history, (slump.peak_from, slump.peak_to)))
    gap = trailing_mean(open_gap(history, slump, plan), window)
    return pd.Series(gap, index=history.months)
