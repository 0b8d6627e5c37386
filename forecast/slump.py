"""Slump dating: the month a slump starts, as it was known then, and the reference where none is under way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from forecast import adjust
from forecast.arrays import YEAR, Floats, trailing_mean
from forecast.errors import ConfigError, DataError, refuse_unlike
from forecast.parallel import one_thread
from forecast.rooms import furnish
from forecast.rule import THRESHOLD_PCT, by_noise, first_held, log_fall, noise
from forecast.series import History, bridged
from forecast.shocks import THRESHOLD, calmed

__all__ = [
    "FIRST_CANDIDATE", "FIRST_SHOCK", "PEAK_YEARS", "Slump", "SlumpSpec", "find_slump", "find_slumps",
    "nothing_slumps", "position", "slump_depth", "slump_from", "slump_onset",
]  # fmt: skip

FIRST_CANDIDATE = 72
"""Months of history before a slump can be dated; chosen: the 6 years that seasonal profile and noise are told from."""

FIRST_SHOCK = 36
"""Months of history from which on a shock is a slump; chosen: two years that tell a season, and one more."""

PEAK_YEARS = 3
"""Years before a slump in which its peak is sought; chosen: long enough for the top of a business cycle, and no longer,
so that an old boom is not normal for ever."""


@dataclass(frozen=True)
class SlumpSpec:
    """Choose how a slump is dated.

    start : the month it starts, or None to date it; a slump that has ended is followed by those of the rule
    threshold_pct : θ, the least fall below the peak that counts
    seasonally_adjusted : the level needs no seasonal profile
    window, hold : the recovery rule that ends a slump; None takes it from the noise (`rule.by_noise`)
    """

    start: pd.Period | None = None
    threshold_pct: float = THRESHOLD_PCT
    seasonally_adjusted: bool = False
    window: int | None = None
    hold: int | None = None

    def __post_init__(self) -> None:
        refuse_unlike(self)

    def rule(self, sigma: float) -> tuple[int, int]:
        """Return window and hold of the recovery rule for a level of noise σ (logs): as given, else by the noise."""
        window, hold = by_noise(sigma, self.threshold_pct)
        return self.window or window, self.hold or hold


@dataclass(frozen=True, eq=False)
class Slump:
    """Hold a slump as it was known at its start, so that nothing later moves normal.

    start : first month the gap is open · under_way : not yet recovered at the origin
    peak_from, peak_to : the 12 months whose mean is the pre-slump peak
    sigma : noise of the 3-month mean, logs · window, hold : the rule that ends it
    profile : seasonal and calendar effects frozen at the start; None where the history brings its own
    """

    start: pd.Period
    under_way: bool
    peak_from: pd.Period
    peak_to: pd.Period
    sigma: float
    window: int
    hold: int
    profile: adjust.Profile | None = None
    recovered: pd.Period | None = None

    def frozen(self, history: History, x: Floats | None) -> History:
        """Return the history with the effects that were known at the slump's start, over all months it has effects for.

        x : (≥ those months, j) calendar regressors. A history that brings its own effects keeps them.
        """
        if self.profile is None:
            return history
        span = history.effects.shape[1]
        months = pd.period_range(history.months[0], periods=span, freq="M")
        return replace(
            history, effects=self.profile.effects(months, None if x is None else x[:span])[None, :]
        )


@one_thread
def find_slump(history: History, spec: SlumpSpec, x: Floats | None = None) -> Slump | None:
    """Date the slump that is under way at the origin, seeing at each month only what was known then.

    x : (m, j) calendar regressors of an exactly known history, whose seasonal profile is re-estimated at every
    candidate month. A reconstructed history is dated once on the mean of its draws.
    Returns None where no slump is under way, or the history is too short to tell and no start is given.
    """
    slumps = find_slumps(history, spec, x)
    return slumps[-1] if slumps and slumps[-1].under_way else None


@one_thread
def find_slumps(history: History, spec: SlumpSpec, x: Floats | None = None) -> list[Slump]:
    """Date every slump of the history, earliest first; the last may still be under way.

    A slump starts at the first month t with a_t(3) ≤ min(log(1−θ), −3σ), where a_t(3) is the 3-month mean of the
    adjusted log level less the highest 12-month mean that ended in the 36 months to t − 1. It ends with k months
    in a row of a(w) ≥ 0; the next search begins k months after those. In months 36 to 71 of a history such a fall is a
    slump where one of the three months is a shock (`forecast.shocks`): it needs no years of calm to be told.
    A start that is given is the first that is looked at, and a slump whatever the rule says of it.
    """
    view = _View(history, spec, x)
    slumps: list[Slump] = []
    given = None if spec.start is None else position(history, spec.start)
    t = 0 if given is None else given
    while t < len(history.months):
        known = t >= FIRST_CANDIDATE - 1 or (t >= FIRST_SHOCK - 1 and view.fell_by_shock(t))
        if t != given and not (known and view.below_peak(t, spec.threshold_pct)):
            t += 1
            continue
        slump = _dated(view, t, spec) if t != given else _given(view, t, spec)
        slumps.append(slump)
        if slump.recovered is None:
            break
        t = position(history, slump.recovered) + 2 * slump.hold - 1
    return slumps


def slump_from(history: History, start: pd.Period, spec: SlumpSpec, x: Floats | None = None) -> Slump:
    """Freeze the slump that starts in a month, whatever the rule says of it, and find its end.

    x : (m, j) calendar regressors, as `find_slumps` takes them. Raises ConfigError for a month outside the history, or
    with fewer than 12 before it.
    """
    return _dated(_View(history, spec, x), position(history, start), spec)


def _given(view: _View, t: int, spec: SlumpSpec) -> Slump:
    """The slump that starts where the user says. Raises ConfigError where too little is known of the time before."""
    try:
        return _dated(view, t, spec)
    except DataError as error:
        raise ConfigError(
            f"slump.start {spec.start} leaves too short a history, from {view.months[0]}, to tell season and peak "
            f"({error}); name a later month, or leave it to the rule: auto"
        ) from None


def slump_depth(z: Floats, threshold_pct: float) -> float:
    """Return how far below its peak the 3-month mean lies where a slump starts, min(log(1−θ), −3σ), in logs."""
    return min(log_fall(threshold_pct), -3.0 * noise(z))


def slump_onset(past: Floats, future: Floats, depth: float) -> Floats:
    """Return the month after the origin in which a slump starts on each path by the rule of `find_slumps`, (n,).

    past : (n, m) adjusted log levels to the origin, of which the last 48 are seen · future : (n, h) after it
    depth : of `slump_depth`, as known at the origin. inf where no slump starts within h months.
    Raises ValueError with fewer than 13 past months.
    """
    seen = past[:, -(PEAK_YEARS + 1) * YEAR :]
    m = seen.shape[1]
    if m <= YEAR:
        raise ValueError(f"a peak needs 13 months before the origin, found {m}")
    z = np.concatenate([seen, future], axis=1)
    ended = trailing_mean(z, YEAR)[:, YEAR - 1 :]  # column i: the 12 months that end in month i + 11 of z
    width = PEAK_YEARS * YEAR
    padded = np.concatenate([np.full((len(z), width), -np.inf), ended[:, :-1]], axis=1)
    peak = sliding_window_view(padded, width, axis=1).max(axis=2)  # column j: up to the month before j + 11
    gap = trailing_mean(z, 3)[:, m:] - peak[:, m - YEAR + 1 :]
    below = gap <= depth
    return np.where(below.any(axis=1), below.argmax(axis=1) + 1.0, np.inf)


@one_thread
def nothing_slumps(history: History, spec: SlumpSpec, x: Floats | None = None) -> Slump:
    """Return the reference where no slump is under way: the highest 12 months of the last 36, known at the origin.

    x : (m, j) calendar regressors, as `find_slump` takes them.
    Raises ConfigError where the history has fewer than 13 months.
    """
    view = _View(history, spec, x)
    return replace(_dated(view, len(history.months) - 1, spec), under_way=False)


class _View:
    """The adjusted log level as it was known at each month."""

    def __init__(self, history: History, spec: SlumpSpec, x: Floats | None) -> None:
        self.months = history.months
        exact = len(history.values) == 1 and not history.reconstructed.any() and not spec.seasonally_adjusted
        self._log = np.log(history.values[0]) if exact else None
        self._z = history.adjusted.mean(axis=0)
        self._x = x

    def profile(self, t: int) -> adjust.Profile | None:
        """Effects estimated from months up to t; None where the history's own effects are used."""
        if self._log is None:
            return None
        x = None if self._x is None else self._x[: t + 1]
        return adjust.estimate_profile(self._log[: t + 1], self.months[: t + 1], x)

    def z(self, t: int, to: int | None = None) -> Floats:
        """Adjusted log level of months up to `to`, by default t, with the effects known at t; gaps are bridged."""
        stop = (t if to is None else to) + 1
        profile = self.profile(t)
        if profile is None or self._log is None:
            return bridged(self._z[:stop])
        x = None if self._x is None else self._x[:stop]
        return bridged(self._log[:stop] - profile.effects(self.months[:stop], x))

    def fell_by_shock(self, t: int) -> bool:
        """Whether one of the three months to t, seen at t, is a shock that took output down; none is before a season is
        told."""
        try:
            z = self.z(t)
        except DataError:  # thin first years; later ones may tell it
            return False
        return bool((calmed(z[None]).deviation[0, -3:] < -THRESHOLD).any())

    def below_peak(self, t: int, threshold_pct: float) -> bool:
        """Whether month t, seen at t, lies far enough below its peak to start a slump."""
        z = self.z(t)
        gap = z[-3:].mean() - _peak(z, t)
        return bool(gap <= slump_depth(z, threshold_pct))


def _dated(view: _View, t: int, spec: SlumpSpec) -> Slump:
    """Freeze the slump that starts at position t and find its end, if the history holds it."""
    z = view.z(t)
    end = _peak_end(z, t)
    sigma = noise(z)
    window, hold = spec.rule(sigma)
    gap = trailing_mean(view.z(t, len(view.months) - 1), window) - z[end - YEAR + 1 : end + 1].mean()
    back = int(first_held(gap, hold, first=t + 1))
    recovered = view.months[back] if back >= 0 else None
    return Slump(
        view.months[t], recovered is None, view.months[end - YEAR + 1], view.months[end],
        sigma, window, hold, view.profile(t), recovered,
    )  # fmt: skip


def _peak_end(z: Floats, t: int) -> int:
    """Position of the last month of the highest 12-month mean that ended in the 36 months to t − 1."""
    means = trailing_mean(z[:t], YEAR)
    from_ = max(t - PEAK_YEARS * YEAR, YEAR - 1)
    if t <= YEAR - 1 or not np.isfinite(means[from_:]).any():
        raise ConfigError(f"a pre-slump peak needs 12 months of history before the slump, found {t}")
    return from_ + int(np.nanargmax(means[from_:]))


def _peak(z: Floats, t: int) -> float:
    end = _peak_end(z, t)
    return float(z[end - YEAR + 1 : end + 1].mean())


def position(history: History, month: pd.Period) -> int:
    """Return where a month lies in the history. Raises ConfigError for one outside it."""
    at = (month - history.months[0]).n
    if not 0 <= at < len(history.months):
        raise ConfigError(
            f"slump.start {month} lies outside the history from {history.months[0]} to {history.months[-1]}; "
            "name a month of it, or leave it to the rule: auto"
        )
    return int(at)


furnish(__name__)
