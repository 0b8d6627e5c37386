"""Skill against a reference, its sampling error, and tests of equal skill.

Sampling error comes from one object for all methods: resamples (B, n), how often each of n forecasts enters each
of B bootstrap draws. Methods scored on identical forecasts and drawn with the same resamples are paired.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # its parts load where they are first used

from forecast.arrays import Floats, Kernel, long_run_variance
from forecast.errors import DataError


def skill(scores: npt.ArrayLike, reference: npt.ArrayLike) -> float:
    """Return 1 − mean(scores)/mean(reference): the share of the reference's mean score that is saved.

    Both (n,) on the same forecasts, each weighing 1. Raises DataError where they differ in length, or the
    reference is perfect.

    >>> skill([1.0, 2.0], [2.0, 4.0])
    0.5
    """
    ours, theirs = _paired(scores, reference)
    if not theirs.mean() > 0:
        raise DataError("the reference scores 0 on every forecast: no skill can be measured against it")
    return float(1.0 - ours.mean() / theirs.mean())


# -- bootstrap ---------------------------------------------------------------------------------------------------


def resample_clusters(clusters: npt.ArrayLike, draws: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Draw whole clusters with replacement: how often each forecast enters each draw, (draws, n).

    clusters : (n,) what a forecast shares its shocks by, such as the year in which its slump started
    Every draw holds as many clusters as the data have, so the number of forecasts varies from draw to draw.
    Field & Welsh 2007, doi:10.1111/j.1467-9868.2007.00593.x.
    """
    names, member = np.unique(np.asarray(clusters), return_inverse=True)
    return rng.multinomial(len(names), np.full(len(names), 1.0 / len(names)), size=draws)[:, member]


def resample_blocks(
    n: int, length: float, draws: int, rng: np.random.Generator, *, stationary: bool = False
) -> npt.NDArray[np.int64]:
    """Draw blocks of consecutive forecasts with replacement: how often each enters each draw, (draws, n).

    length : months in a block; the mean of geometric lengths where stationary
    The end is joined to the start, so that every forecast is as likely to be drawn. Circular blocks: Politis &
    Romano 1992; stationary: Politis & Romano 1994, doi:10.1080/01621459.1994.10476870.
    """
    if stationary:
        fresh = rng.random((draws, n)) < 1.0 / length
    else:
        fresh = np.broadcast_to(np.arange(n) % int(length) == 0, (draws, n)).copy()
    fresh[:, 0] = True
    starts = rng.integers(n, size=(draws, n))
    position = np.arange(n)
    begun = np.maximum.accumulate(np.where(fresh, position, 0), axis=1)
    picked = (np.take_along_axis(starts, begun, axis=1) + position - begun) % n
    cells = picked + n * np.arange(draws)[:, None]
    return np.bincount(cells.ravel(), minlength=draws * n).reshape(draws, n)


def resampled_mean(scores: npt.ArrayLike, resamples: npt.ArrayLike) -> Floats:
    """Return the mean score in each bootstrap draw, (B,), or (B, m) for scores (n, m).

    >>> resampled_mean([1.0, 4.0], [[1, 1], [2, 0]]).tolist()
    [2.5, 1.0]
    """
    values, counts = np.asarray(scores, dtype=float), np.asarray(resamples, dtype=float)
    if counts.ndim != 2 or counts.shape[1] != len(values):
        raise DataError(f"resamples {counts.shape} must be (draws, {len(values)}), one column per forecast")
    total = counts.sum(axis=1)
    return np.asarray((counts @ values) / total.reshape(-1, *[1] * (values.ndim - 1)))


def resampled_skill(scores: npt.ArrayLike, reference: npt.ArrayLike, resamples: npt.ArrayLike) -> Floats:
    """Return the skill in each bootstrap draw, (B,), paired: both methods on the same drawn forecasts."""
    ours, theirs = _paired(scores, reference)
    return 1.0 - resampled_mean(ours, resamples) / resampled_mean(theirs, resamples)


def percentile_interval(draws: npt.ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Return the central interval of bootstrap draws. Efron 1979, doi:10.1214/aos/1176344552.

    >>> percentile_interval([0.0, 1.0, 2.0, 3.0, 4.0], level=0.5)
    (1.0, 3.0)
    """
    lower, upper = np.quantile(np.asarray(draws, dtype=float), [(1 - level) / 2, (1 + level) / 2])
    return float(lower), float(upper)


# -- tests of equal skill ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EqualSkill:
    """Hold a test of equal mean scores of two methods.

    difference : mean score of the first less that of the second; below 0 the first is better
    statistic : Student's t with n − 1 degrees of freedom under equal skill
    p_value : two-sided
    kernel : weights of the autocovariances, "rectangular" or, where that gave no positive variance, "bartlett"
    """

    difference: float
    statistic: float
    p_value: float
    kernel: str


def diebold_mariano(first: npt.ArrayLike, second: npt.ArrayLike, horizon: int = 1) -> EqualSkill:
    """Test whether two methods have the same expected score at one horizon.

    first, second : (n,) scores of the same forecasts in order of their origins, one origin a month
    d̄/√V, V = (γ₀ + 2·Σ_{j<horizon} γ_j)/n (Diebold & Mariano 1995, doi:10.1080/07350015.1995.10524599), times
    √((n + 1 − 2h + h(h − 1)/n)/n) (Harvey, Leybourne & Newbold 1997, doi:10.1016/S0169-2070(96)00719-4).
    The rectangular V may be negative; then the autocovariances are weighted 1 − j/horizon.
    Raises DataError where the scores differ in length, are too few for the horizon, or differ by a constant.
    """
    d = np.subtract(*_paired(first, second))
    n, h = len(d), horizon
    if not 1 <= h < n / 2:
        raise DataError(f"{n} forecasts are too few for a test at horizon {h}; more than {2 * h} are needed")
    if not d.any():
        return EqualSkill(0.0, 0.0, 1.0, "rectangular")
    kernel: Kernel = "rectangular"
    variance = long_run_variance(d, h - 1, kernel)
    if variance <= 0:
        kernel = "bartlett"
        variance = long_run_variance(d, h - 1, kernel)
    if variance <= 1e-24 * d.mean() ** 2:
        raise DataError(
            f"the scores differ by {d.mean():.4g} in every forecast: there is nothing random to test"
        )
    correction = (n + 1 - 2 * h + h * (h - 1) / n) / n
    t = float(d.mean() / np.sqrt(variance / n) * np.sqrt(correction))
    return EqualSkill(float(d.mean()), t, float(2.0 * scipy.special.stdtr(n - 1, -abs(t))), kernel)


@dataclass(frozen=True, eq=False)
class ConfidenceSet:
    """Hold a model confidence set.

    p_values : (m,) the largest size at which each method stays in the set; the last one left has 1
    eliminated : columns in the order in which they leave, worst first, the last one left included
    """

    p_values: Floats
    eliminated: tuple[int, ...]

    def members(self, size: float = 0.1) -> tuple[int, ...]:
        """Return the columns that hold the best method with probability 1 − size."""
        return tuple(int(i) for i in np.flatnonzero(self.p_values > size))


def model_confidence_set(
    scores: npt.ArrayLike, resamples: npt.ArrayLike, statistic: str = "max"
) -> ConfidenceSet:
    """Return the methods that cannot be told from the best.

    scores : (n, m) of m methods on the same forecasts · resamples : (B, n), from `resample_clusters` for a panel of
    episodes or `resample_blocks` for one series in order of its origins
    statistic : "max", a method against the mean of those left, or "range", against each of them

    While more than one is left, T is the largest t-statistic of a method's loss, with the bootstrap's standard
    error; p the share of draws whose recentred statistic reaches it; the method that attains T leaves. A method's
    p-value is the largest p until it left. Hansen, Lunde & Nason 2011, doi:10.3982/ECTA5771.
    Raises DataError where the shapes disagree or scores are missing, KeyError for another statistic.
    """
    losses = np.asarray(scores, dtype=float)
    if losses.ndim != 2 or losses.shape[1] < 2 or not np.isfinite(losses).all():
        raise DataError(f"scores {losses.shape} must be finite, (forecasts, methods), of two methods or more")
    contrast = {"max": _against_mean, "range": _against_each}[statistic]
    mean, drawn = losses.mean(axis=0), resampled_mean(losses, resamples)
    rounding = 1e-12 * float(np.abs(losses).max())
    left = list(range(losses.shape[1]))
    eliminated: list[int] = []
    p_values, p = np.ones(len(left)), 0.0
    while len(left) > 1:
        d, noise = contrast(mean[left]), contrast(drawn[:, left]) - contrast(mean[left])
        spread = np.sqrt(np.square(noise).mean(axis=0))
        t, t_drawn = (_ratio(x, spread, rounding) for x in (d, noise))
        p = max(p, float((t_drawn.reshape(len(drawn), -1).max(axis=1) >= t.max()).mean()))
        worst = left.pop(int(np.unravel_index(t.argmax(), t.shape)[0]))
        p_values[worst] = p
        eliminated.append(worst)
    return ConfidenceSet(p_values, (*eliminated, left[0]))


def _against_mean(losses: Floats) -> Floats:
    """Each method's loss less the mean of all, (…, m)."""
    return np.asarray(losses - losses.mean(axis=-1, keepdims=True))


def _against_each(losses: Floats) -> Floats:
    """Each method's loss less that of each, (…, m, m)."""
    return np.asarray(losses[..., :, None] - losses[..., None, :])


def _ratio(x: Floats, spread: Floats, rounding: float) -> Floats:
    """x / spread; where nothing varies beyond rounding, 0 for no difference and ±∞ for a certain one."""
    certain = np.where(np.abs(x) > rounding, np.copysign(np.inf, x), 0.0)
    return np.where(spread > rounding, x / np.where(spread > rounding, spread, 1.0), certain)


def _paired(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[Floats, Floats]:
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if a.ndim != 1 or a.shape != b.shape or not a.size:
        raise DataError(f"scores of shape {a.shape} and {b.shape} are not of the same forecasts")
    return a, b
