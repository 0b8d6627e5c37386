"""Normal: each definition of it as a monthly path on the scale of the paths."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import YEAR, Floats
from forecast.errors import ConfigError, refuse_unlike
from forecast.parallel import one_thread
from forecast.rooms import furnish
from forecast.rule import WINDOW
from forecast.series import History
from forecast.slump import Slump, position

__all__ = ["KINDS", "NormalSpec", "normal_path"]

TREND_YEARS = 5  # that the trend is fitted to; chosen: about one business cycle
TREND_GOES_ON = 24
"""Months from the slump's start in which its growth is whole; chosen: two years of no doubt."""

TREND_FADES = 0.97  # of the growth is left a month later; chosen: half of it is gone in two years
KINDS = ("pre_slump_peak", "trend", "same_month", "pre_slump_mean", "target")


@dataclass(frozen=True)
class NormalSpec:
    """Choose a definition of normal: one of `KINDS`, with years for `same_month`, months for `pre_slump_mean`
    and the level in index points for `target`."""

    kind: str = "pre_slump_peak"
    years: int = 1
    months: int = 12
    level: float | None = None

    def __post_init__(self) -> None:
        refuse_unlike(self)
        if self.kind not in KINDS:
            raise ConfigError(f'normal "{self.kind}" is not defined; choose one of {", ".join(KINDS)}')
        if self.kind == "target" and not (self.level is not None and self.level > 0):
            raise ConfigError("normal target needs a positive level in index points")


@one_thread
def normal_path(history: History, slump: Slump, spec: NormalSpec, months: pd.PeriodIndex) -> Floats:
    """Return normal over `months`, one row per history draw, (k, len(months)) index points.

    months : part of the history's months and the horizon of its effects. Definitions: method of `NormalSpec.kind`
    frozen at the slump's start, of months before output fell. A month that is not published lies on the line between
    those around it.
    Raises ConfigError where the history before the slump is too short for the kind.
    """
    history = history.bridged()
    z = history.adjusted
    first = history.months[0]
    at = np.asarray([(m - first).n for m in months])
    fall = _fall(
        z.mean(axis=0), position(history, slump.start), slump.sigma, position(history, slump.peak_to)
    )
    if spec.kind == "same_month":
        return _same_month(history, fall, spec.years, at)
    if spec.kind == "trend":
        log_normal = _trend(z, fall, position(history, slump.start), at)
    elif spec.kind == "target":
        assert spec.level is not None
        log_normal = np.full((len(z), len(at)), np.log(spec.level))
    else:
        to = fall - 1 if spec.kind == "pre_slump_mean" else position(history, slump.peak_to)
        width = spec.months if spec.kind == "pre_slump_mean" else YEAR
        _need(to + 1, width, spec.kind)
        log_normal = np.repeat(np.nanmean(z[:, to - width + 1 : to + 1], axis=1)[:, None], len(at), axis=1)
    return np.asarray(np.exp(log_normal + history.effects[:, at]))


def _fall(z: Floats, start: int, sigma: float, peak_to: int) -> int:
    """Position of the month in which output fell: a slump is dated up to some months later, by its 3-month mean.

    z : (m,) adjusted log levels. Of the months in a row before the start those belong to the fall that have lost more
    than half of what the mean of the three months to the start has lost; none where that lies within 3σ.
    """
    gap = z[: start + 1] - z[peak_to - YEAR + 1 : peak_to + 1].mean()
    lost = gap[-WINDOW:].mean()
    if lost > -3.0 * sigma:
        return start
    stood = np.flatnonzero(gap[:start] > lost / 2.0)
    return max(int(stood[-1]) if len(stood) else 0, peak_to) + 1


def _trend(z: Floats, fall: int, start: int, at: npt.NDArray[np.int64]) -> Floats:
    """Log-linear trend of the 5 years before output fell; its growth goes on 24 months from the slump's start, then
    × 0.97 a month."""
    width = min(TREND_YEARS * YEAR, fall)
    _need(fall, 2 * YEAR, "trend")
    t = np.arange(fall - width, fall, dtype=float)
    window = z[:, fall - width : fall]
    growth = ((window - window.mean(axis=1, keepdims=True)) * (t - t.mean())).sum(axis=1) / np.square(
        t - t.mean()
    ).sum()
    ahead = at - (start - 1)
    beyond = np.maximum(ahead - TREND_GOES_ON, 0)
    faded = TREND_FADES * (1 - TREND_FADES**beyond) / (1 - TREND_FADES)  # Σ 0.97^i, i = 1..beyond
    fading = np.where(ahead <= TREND_GOES_ON, ahead, TREND_GOES_ON + faded)
    last = window.mean(axis=1) + growth * (start - 1 - t.mean())
    return np.asarray(last[:, None] + growth[:, None] * fading)


def _same_month(history: History, fall: int, years: int, at: npt.NDArray[np.int64]) -> Floats:
    """Mean level of the same calendar month in the years before output fell."""
    _need(fall, YEAR * years, "same_month")
    before = (
        history.values[:, fall - YEAR * years : fall].reshape(len(history.values), years, YEAR).mean(axis=1)
    )
    return np.asarray(before[:, (at - fall) % YEAR])


def _need(months: int, needed: int, kind: str) -> None:
    if months < needed:
        trend = "the trend is compared whatever is chosen: give a longer history"
        remedy = trend if kind == "trend" else "choose another kind"
        raise ConfigError(f"normal {kind} needs {needed} months before the slump, found {months}; {remedy}")


furnish(__name__)
