"""Series as a panel autoregression sees them: growth and depth below the peak, in standard deviations of growth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, trailing_mean
from forecast.shocks import Calmed, calmed

Bools = npt.NDArray[np.bool_]

LEAST_EQUATIONS = 36  # months of growth that a series needs; chosen: three for each calendar month
PEAK, SMOOTH = 12, 3
"""Months averaged for the peak, and for the level below it; chosen: as a slump's peak and depth are dated
(`forecast.slump`)."""


@dataclass(frozen=True, eq=False)
class Standardised:
    """Hold s series in k draws: growth and depth (k, s, n), NaN where unknown, the rest (k, s).

    peak : highest 12-month mean of the log level so far · mean, deviation : of growth in the last `window` months
    depth_mean : of the depth before each of them · carries : whether a series has enough equations
    """

    growth: Floats
    depth: Floats
    peak: Floats
    mean: Floats
    deviation: Floats
    depth_mean: Floats
    carries: Bools
    window: int

    def of(self, rows: npt.NDArray[np.int64], series: npt.NDArray[np.int64]) -> Standardised:
        """Return some draws and series."""
        at = np.ix_(rows, series)
        return Standardised(
            self.growth[at], self.depth[at], self.peak[at], self.mean[at], self.deviation[at], self.depth_mean[at],
            self.carries[at], self.window,
        )  # fmt: skip

    def equations(self, common: Floats | None, lags: int, common_lags: int) -> tuple[Floats, Floats, Bools]:
        """Return regressors (k, s, j, m) and growth (k, s, m) in the window, and which equations are complete, (s, m).

        common : (k, c, n) what all series share, None without · All draws must have the same months known. What is not
        complete is 0.
        """
        parts = [lagged(self.growth, lags, self.window)]
        if common is not None:
            of_all = lagged(common, common_lags, self.window)  # (k, c, lags, m)
            of_all = of_all.reshape(len(of_all), 1, -1, of_all.shape[3])
            parts.append(np.broadcast_to(of_all, (*self.growth.shape[:2], *of_all.shape[2:])))
        parts.append(lagged(self.depth, 1, self.window) - self.depth_mean[:, :, None, None])
        x = np.concatenate(parts, axis=2)
        y = self.growth[:, :, -self.window :]
        complete = np.isfinite(x[0]).all(axis=1) & np.isfinite(y[0])  # (s, m)
        return np.where(complete[:, None], x, 0.0), np.where(complete, y, 0.0), complete


def calmed_series(z: Floats) -> Calmed:
    """Return each series of log levels (k, s, n) without the steps of its shocks; deviations are the first's."""
    k, s, n = z.shape
    calm = calmed(z.reshape(k * s, n))
    parts = (part.reshape(k, s, -1) for part in (calm.levels, calm.clipped, calm.deviation))
    levels, clipped, deviation = parts
    return Calmed(levels, clipped, deviation[:, 0])


def standardised(calm: Calmed, window: int, lags: int) -> Standardised:
    """Standardise calmed log levels (k, s, n), NaN where unknown; a series carries 36 equations or none.

    Depth is max(0, peak − 3-month mean of the level): what a shock took is not in it, and is not pulled back.
    """
    z = calm.levels
    growth = np.diff(z, axis=2, prepend=np.nan)
    count, _, deviation = moments(growth[:, :, -window:])
    mean = moments(calm.clipped[:, :, -window:])[1]
    carries = (count >= LEAST_EQUATIONS + lags) & (deviation > 1e-9)
    deviation = np.where(carries, deviation, 1.0)
    peak = np.fmax.accumulate(trailing_mean(z, PEAK), axis=2)
    depth = np.maximum(0.0, peak - trailing_mean(z, SMOOTH)) / deviation[:, :, None]
    used, depth_mean, _ = moments(depth[:, :, -window - 1 : -1])
    growth = (growth - mean[:, :, None]) / deviation[:, :, None]
    return Standardised(
        growth,
        depth,
        peak[:, :, -1],
        mean,
        deviation,
        depth_mean,
        carries & (used >= LEAST_EQUATIONS),
        window,
    )


def moments(values: Floats) -> tuple[npt.NDArray[np.int64], Floats, Floats]:
    """Return how many of values (…, m) are known, their mean and standard deviation, (…); 0 where none is."""
    known = np.isfinite(values)
    count = known.sum(axis=-1)
    at_least_one = np.maximum(count, 1)
    mean = np.where(known, values, 0.0).sum(axis=-1) / at_least_one
    away = np.where(known, values - mean[..., None], 0.0)
    return count, mean, np.sqrt(np.square(away).sum(axis=-1) / at_least_one)


def lagged(values: Floats, lags: int, window: int) -> Floats:
    """Return values (…, n) of 1, …, `lags` months before each of the last `window` months, (…, lags, m).

    >>> lagged(np.array([1.0, 2.0, 3.0]), 2, 2).tolist()
    [[1.0, 2.0], [nan, 1.0]]
    """
    n = values.shape[-1]
    first = max(n - window, 0)
    padded = np.concatenate([np.full((*values.shape[:-1], lags), np.nan), values], axis=-1)
    return np.stack([padded[..., lags - i + first : lags - i + n] for i in range(1, lags + 1)], axis=-2)


def mean_growth(growth: Floats) -> Floats:
    """Return the mean of the series known in each month, (k, s, n) -> (k, n); NaN where none is."""
    known = np.isfinite(growth)
    count = known.sum(axis=1)
    total = np.where(known, growth, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
