"""Float arrays, and the few formulas that every floor shares."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from forecast.rooms import furnish

__all__ = [
    "YEAR", "Floats", "Kernel", "MAD_TO_SD", "Rows", "TOGETHER", "alike", "block_indices", "first_run",
    "long_run_covariance", "long_run_error", "long_run_errors",
    "long_run_variance", "robust_sd", "trailing_mean",
]  # fmt: skip

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]

YEAR = 12
"""Months in a year."""

MAD_TO_SD = 1.4826
"""1/Φ⁻¹(3/4): standard deviations of a Gaussian in its median absolute deviation (Hampel 1974, doi:10.2307/2285666)."""

Kernel = Literal["bartlett", "rectangular"]


TOGETHER = 128
"""Draws worked on in one go: their arrays stay in the processor's cache. chosen: 128 draws of 30 years are 370 kB."""


def alike(known: npt.NDArray[np.bool_]) -> list[Rows]:
    """Return the rows (k, …) with the same months known, at most `TOGETHER` in one go.

    >>> alike(np.array([[True, True], [False, True], [True, True]]))[0].tolist()
    [0, 2]
    """
    flat = np.asarray(known).reshape(len(known), -1)
    if (flat == flat[0]).all():
        groups = [np.arange(len(flat))]
    else:
        _, of = np.unique(flat, axis=0, return_inverse=True)
        groups = [np.flatnonzero(of == of[i]) for i in np.sort(np.unique(of, return_index=True)[1])]
    return [rows[i : i + TOGETHER] for rows in groups for i in range(0, len(rows), TOGETHER)]


def trailing_mean(values: Floats, width: int) -> Floats:
    """Return the mean of the last `width` entries along the last axis; NaN before the first full window.

    >>> trailing_mean(np.array([1.0, 3.0, 8.0]), 2).tolist()
    [nan, 2.0, 5.5]
    """
    out = np.full(values.shape, np.nan)
    whole = values.shape[-1] - width + 1
    if whole > 0:
        total = out[..., width - 1 :]  # summed in place: paths are many and windows short
        total[...] = values[..., :whole]
        for i in range(1, width):
            total += values[..., i : i + whole]
        total /= width
    return out


def first_run(above: npt.NDArray[np.bool_], k: int) -> npt.NDArray[np.int64]:
    """Return where the first run of k True in a row begins along the last axis, (…,); −1 where there is none.

    >>> first_run(np.array([[True, False, True, True], [False, True, False, True]]), 2).tolist()
    [2, -1]
    """
    whole = above.shape[-1] - k + 1
    if whole < 1:
        return np.full(above.shape[:-1], -1)
    runs = above[..., :whole].copy()
    for i in range(1, k):
        runs &= above[..., i : i + whole]
    return np.where(runs.any(axis=-1), runs.argmax(axis=-1), -1)


def runs(flag: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the first and the last position of every run of True.

    >>> runs(np.array([True, False, True, True]))
    [(0, 0), (2, 3)]
    """
    edges = np.flatnonzero(np.diff(np.r_[False, flag, False].astype(int)))
    return [(int(i), int(j) - 1) for i, j in zip(edges[::2], edges[1::2], strict=True)]


def known_median(values: Floats) -> Floats:
    """Return the median over the first axis of values (n, …) that are not NaN, NaN where all are.

    >>> known_median(np.array([[1.0, np.nan], [4.0, np.nan], [np.nan, 2.0]])).tolist()
    [2.5, 2.0]
    """
    ordered = np.sort(values, axis=0)  # NaN comes last
    last = np.maximum(len(values) - np.isnan(values).sum(axis=0) - 1, 0)
    low, high = (np.take_along_axis(ordered, at[None], axis=0)[0] for at in (last // 2, (last + 1) // 2))
    return np.asarray((low + high) / 2.0)


def robust_sd(values: npt.ArrayLike, centre: float | None = None) -> float:
    """Return 1.4826 times the median absolute deviation of values (n,) from their centre; NaN are left out.

    centre : the median by default, 0 for residuals. NaN without any value.

    >>> round(robust_sd([0.0, 1.0, 2.0, 3.0, 100.0]), 4)
    1.4826
    """
    present = np.asarray(values, dtype=np.float64)
    present = present[~np.isnan(present)]
    if not len(present):
        return np.nan
    middle = float(np.median(present)) if centre is None else centre
    return float(MAD_TO_SD * np.median(np.abs(present - middle)))


def long_run_variance(values: Floats, lags: int, kernel: Kernel = "bartlett") -> float:
    """Return γ₀ + 2·Σ_{j ≤ lags} w_j·γ_j of values (n,), γ_j their autocovariances over n.

    kernel : "bartlett", w_j = 1 − j/(lags + 1), which is never negative (Newey & West 1987, doi:10.2307/1913610), or
        "rectangular", w_j = 1 (Hansen & Hodrick 1980, doi:10.1086/260910), which may be

    >>> long_run_variance(np.array([1.0, -1.0, 1.0, -1.0]), 1)
    0.25
    """
    gamma = _autocovariances(np.asarray(values)[None], lags)[0]
    return float(gamma[0] + 2.0 * float(_weights(lags, kernel) @ gamma[1:]))


def long_run_error(values: Floats, lags: int = 12) -> float:
    """Return the Newey–West standard error of the mean of values (n,), √(long-run variance/n); a year of lags."""
    return float(long_run_errors(values[None], lags)[0])


def long_run_errors(values: Floats, lags: int = 12) -> Floats:
    """Return the same of each row of values (k, n), (k,)."""
    n = values.shape[1]
    gamma = _autocovariances(values, min(lags, n - 1))
    weighed = gamma[:, None, 1:] @ _weights(gamma.shape[1] - 1, "bartlett")[:, None]  # row by row
    variance = gamma[:, 0] + 2.0 * weighed[:, 0, 0]
    return np.asarray(np.sqrt(np.maximum(variance, 0.0) / n))


def _autocovariances(values: Floats, lags: int) -> Floats:
    """γ_0 to γ_lags over n of each row of values (k, n), (k, lags + 1)."""
    rows = np.ascontiguousarray(values)
    e = rows - rows.mean(axis=1, keepdims=True)
    k, n = e.shape
    out = np.empty((k, lags + 1, 1, 1))
    for j in range(lags + 1):
        np.matmul(e[:, None, j:], e[:, : n - j, None], out=out[:, j])
    return np.asarray(out[:, :, 0, 0] / n)


def long_run_covariance(scores: Floats, lags: int) -> Floats:
    """Return n times the Bartlett long-run covariance of scores (…, n, p) of mean zero, (…, p, p): of a sandwich.

    Newey & West 1987, doi:10.2307/1913610; for p = 1 it is n·`long_run_variance`.
    """
    turned = scores.swapaxes(-1, -2)
    total = turned @ scores
    for lag, weight in enumerate(_weights(lags, "bartlett"), start=1):
        cross = turned[..., lag:] @ scores[..., :-lag, :]
        total += weight * (cross + cross.swapaxes(-1, -2))
    return np.asarray(total)


def block_indices(
    past: int, length: int, n: int, block: int, rng: np.random.Generator, *, circular: bool = False
) -> npt.NDArray[np.int64]:
    """Draw n sequences of `length` positions in a past, in blocks of successive ones, (n, length).

    Blocks start anywhere a whole block fits (moving: Künsch 1989, doi:10.1214/aos/1176347265), or anywhere, the end
    joined to the start, so that every position is as likely as any other and blocks add no drift (circular: Politis &
    Romano 1992, in LePage & Billard (eds), Exploring the Limits of Bootstrap, 263–270).
    """
    block = block if circular else min(block, past)
    starts = rng.integers(0, past if circular else past - block + 1, size=(n, -(-length // block)))
    places = (starts[:, :, None] + np.arange(block)).reshape(n, -1)[:, :length]
    return np.asarray(places % past)


def _weights(lags: int, kernel: Kernel) -> Floats:
    """Weights of the autocovariances at lags 1, …, `lags`."""
    return np.ones(lags) if kernel == "rectangular" else 1.0 - np.arange(1, lags + 1) / (lags + 1)


furnish(__name__)
