"""Scores of forecast levels and rates, in the units of the values; error = observed − predicted.

Point, interval and quantile scores broadcast over any shape, one score per forecast. Sample scores take paths
as `Paths` holds them: values (n, h), weights (n,), and one observed value per column, (h,).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.errors import DataError

_BLOCK = 1000  # rows of the distance matrix held at once


def error(observed: npt.ArrayLike, predicted: npt.ArrayLike) -> Floats:
    """Return observed − predicted: positive where the forecast was too low.

    >>> error([3.0, 5.0], [4.0, 2.0]).tolist()
    [-1.0, 3.0]
    """
    return np.asarray(np.asarray(observed, dtype=float) - np.asarray(predicted, dtype=float))


def absolute_error(observed: npt.ArrayLike, predicted: npt.ArrayLike) -> Floats:
    """Return |observed − predicted|; its mean over forecasts is the MAE."""
    return np.abs(error(observed, predicted))


def absolute_percentage_error(observed: npt.ArrayLike, predicted: npt.ArrayLike) -> Floats:
    """Return the symmetric absolute percentage error, percent; its mean over forecasts is the sMAPE.

    200·|y − f|/(y + f), the definition of the M3 competition (Makridakis & Hibon 2000,
    doi:10.1016/S0169-2070(00)00057-1), meant for positive values.

    >>> absolute_percentage_error(110.0, 90.0).item()
    20.0
    """
    y, f = np.asarray(observed, dtype=float), np.asarray(predicted, dtype=float)
    return np.asarray(200.0 * np.abs(y - f) / (y + f))


def seasonal_scale(past: npt.ArrayLike, period: int = 12) -> float:
    """Return the in-sample mean absolute error of the seasonal naive rule, mean |y_t − y_{t − period}|.

    past : (m,) the values a forecast was made from; pairs with a missing value are left out
    Raises DataError where no pair is complete, or all are equal: nothing can be scaled by zero.

    >>> seasonal_scale([1.0, 2.0, 4.0, 7.0], period=2)
    4.0
    """
    y = np.asarray(past, dtype=float)
    steps = np.abs(y[period:] - y[:-period])
    steps = steps[np.isfinite(steps)]
    if not steps.size or not steps.any():
        raise DataError(
            f"a past of {len(y)} months has no change over {period} months to scale errors by; "
            "longer or varying values are needed"
        )
    return float(steps.mean())


def absolute_scaled_error(observed: npt.ArrayLike, predicted: npt.ArrayLike, scale: npt.ArrayLike) -> Floats:
    """Return |observed − predicted| / scale; its mean over forecasts is the MASE.

    scale : `seasonal_scale` of each forecast's own past. Hyndman & Koehler 2006,
    doi:10.1016/j.ijforecast.2006.03.001.
    """
    return np.asarray(absolute_error(observed, predicted) / np.asarray(scale, dtype=float))


def inside(observed: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Return whether the value lies in the closed interval; the mean over forecasts is the coverage."""
    y = np.asarray(observed, dtype=float)
    return np.asarray((np.asarray(lower) <= y) & (y <= np.asarray(upper)))


@dataclass(frozen=True, eq=False)
class IntervalScore:
    """Hold a score and the three parts it is the sum of, all of one shape and in the units of the values.

    dispersion : the price of width · overprediction : of values below the forecast · underprediction : above it
    """

    dispersion: Floats
    overprediction: Floats
    underprediction: Floats

    @property
    def score(self) -> Floats:
        """The sum of the parts."""
        return self.dispersion + self.overprediction + self.underprediction


def interval_score(
    observed: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike, level: npt.ArrayLike
) -> IntervalScore:
    """Return the interval score of central intervals of the given level, 1 − α.

    (u − l) + 2/α·(l − y)⁺ + 2/α·(y − u)⁺. Gneiting & Raftery 2007, doi:10.1198/016214506000001437.

    >>> interval_score(12.0, 4.0, 10.0, 0.8).score.round(6).item()  # 6 + 2/0.2·2
    26.0
    """
    y, low, high = (np.asarray(v, dtype=float) for v in (observed, lower, upper))
    price = 2.0 / (1.0 - np.asarray(level, dtype=float))
    width, below, above = np.broadcast_arrays(
        high - low, price * np.maximum(low - y, 0.0), price * np.maximum(y - high, 0.0)
    )
    return IntervalScore(width, below, above)


def weighted_interval_score(
    observed: npt.ArrayLike, quantiles: npt.ArrayLike, levels: Sequence[float]
) -> IntervalScore:
    """Return the weighted interval score of K central intervals and the median.

    observed (…) · quantiles (…, 2K + 1) in rising order · levels (2K + 1,) rising and symmetric about 0.5.
    (½|y − m| + Σ_k α_k/2 · IS_{α_k}) / (K + ½), where α_k/2 is the k-th level: twice the mean pinball loss.
    Approaches the CRPS as the levels fill [0, 1]. Bracher, Ray, Gneiting & Reich 2021,
    doi:10.1371/journal.pcbi.1008618. Raises DataError where the levels are not symmetric about a median.

    >>> parts = weighted_interval_score(12.0, [4.0, 7.0, 10.0], [0.1, 0.5, 0.9])
    >>> [p.round(3).item() for p in (parts.dispersion, parts.overprediction, parts.underprediction)]
    [0.4, 0.0, 3.0]
    """
    q, tau = np.asarray(quantiles, dtype=float), np.asarray(levels, dtype=float)
    K = len(tau) // 2
    if len(tau) != 2 * K + 1 or (np.diff(tau) <= 0).any() or np.abs(tau + tau[::-1] - 1.0).max() > 1e-9:
        raise DataError(
            f"levels {list(levels)} must rise and be symmetric about 0.5, which must be among them"
        )
    y, median = np.asarray(observed, dtype=float), q[..., K]
    alpha = 2.0 * tau[:K]
    intervals = interval_score(y[..., None], q[..., :K], q[..., :K:-1], 1.0 - alpha)
    weighed = [
        (alpha / 2.0 * part).sum(axis=-1)
        for part in (intervals.dispersion, intervals.overprediction, intervals.underprediction)
    ]
    weighed[1] = weighed[1] + np.maximum(median - y, 0.0) / 2.0
    weighed[2] = weighed[2] + np.maximum(y - median, 0.0) / 2.0
    return IntervalScore(*(np.asarray(part / (K + 0.5)) for part in weighed))


def crps(observed: npt.ArrayLike, values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Floats:
    """Return the exact CRPS of each column's weighted sample, (h,), in the units of the values.

    observed (h,) · values (n, h) · weights (n,), equal by default. ∫(F − 1{y ≤ x})² dx, which over the sorted
    sample with cumulative weights W is 2·Σ_i w_i (1{y < x_i} − W_i + w_i/2)(x_i − y): no term is negative, so
    nothing cancels; O(n log n). Jordan, Krüger & Lerch 2019, doi:10.18637/jss.v090.i12.
    Raises DataError where shapes disagree or weights are no weights.

    >>> crps([1.0], [[0.0], [3.0]], [0.75, 0.25]).tolist()  # 0.75²·1 + 0.25²·2
    [0.6875]
    """
    y, x, w = _sample(observed, values, weights)
    order = np.argsort(x, axis=0, kind="stable")
    ranked, w = np.take_along_axis(x, order, axis=0), w[order]
    middle = np.cumsum(w, axis=0) - w / 2.0
    return np.asarray(2.0 * (w * ((y < ranked) - middle) * (ranked - y)).sum(axis=0))


def energy_score(
    observed: npt.ArrayLike, values: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> float:
    """Return the energy score of joint paths: the CRPS of whole paths, in the units of the values.

    observed (h,) · values (n, h) · weights (n,), equal by default.
    E‖X − y‖ − ½·E‖X − X'‖, X and X' independent draws of the paths. The distances of all pairs cost O(n²·h) time:
    score a subset of 1,000 to 2,000 paths. Gneiting & Raftery 2007, doi:10.1198/016214506000001437.
    Raises DataError where shapes disagree or weights are no weights.

    >>> energy_score([0.0, 0.0], [[3.0, 4.0], [0.0, 0.0]])  # 5/2 − ½·(2·5/4)
    1.25
    """
    y, x, w = _sample(observed, values, weights)
    to_truth = float(w @ np.linalg.norm(x - y, axis=1))
    between = scipy.spatial.distance.cdist
    blocks = (slice(i, i + _BLOCK) for i in range(0, len(x), _BLOCK))
    among = sum(float(w[block] @ between(x[block], x) @ w) for block in blocks)
    return to_truth - among / 2.0


def _sample(
    observed: npt.ArrayLike, values: npt.ArrayLike, weights: npt.ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    y, x = np.asarray(observed, dtype=float), np.asarray(values, dtype=float)
    if x.ndim != 2 or y.shape != x.shape[1:]:
        raise DataError(
            f"values {x.shape} must be (paths, months) and observed {y.shape} one value per month"
        )
    w = np.full(len(x), 1.0 / len(x)) if weights is None else np.asarray(weights, dtype=float)
    if w.shape != (len(x),) or not (w >= 0).all() or abs(w.sum() - 1.0) > 1e-9:
        raise DataError(f"weights {w.shape} must be {len(x)} non-negative numbers that sum to 1")
    return y, x, w
