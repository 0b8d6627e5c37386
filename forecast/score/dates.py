"""Scores of a forecast recovery month: a discrete date, censored by the horizon and by the end of the data.

All functions take the same three arrays, one row per forecast:
probability : (n, H), F(h) = P(recovered by origin + h), h = 1..H, never falling
recovered_after : (n,) months from the origin to the recovery month T; NaN where none was observed
follow_up : (n,) months c after the origin in which a recovery would have been observed
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.errors import DataError

_SLACK = 1e-12  # rounding that a cumulative sum may leave


def censored_crps(
    probability: npt.ArrayLike, recovered_after: npt.ArrayLike, follow_up: npt.ArrayLike
) -> Floats:
    """Return the right-censored continuous ranked probability score, (n,) months.

    S = Σ_{h=1}^{min(H, c)} (F(h) − 1{T ≤ h})², the threshold-weighted CRPS with weight 1 up to the end of what can
    be seen: proper whatever lies beyond it (Taggart, Loveday & Louis 2026, arXiv:2603.14835; Gneiting & Ranjan
    2011, doi:10.1198/jbes.2010.08110). Raises DataError where the arrays are not such forecasts.

    >>> censored_crps([[0.2, 0.5, 0.6]], [2.0], [3]).round(2).tolist()  # 0.2² + 0.5² + 0.4²
    [0.45]
    """
    F, T, c = _checked(probability, recovered_after, follow_up)
    h = np.arange(1, F.shape[1] + 1)
    squares = np.square(F - (T[:, None] <= h))
    return np.asarray(np.where(h <= c[:, None], squares, 0.0).sum(axis=1))


def brier(
    probability: npt.ArrayLike,
    recovered_after: npt.ArrayLike,
    follow_up: npt.ArrayLike,
    horizons: Sequence[int] = (6, 12, 24),
) -> Floats:
    """Return (F(h) − 1{T ≤ h})² for each of the horizons, (n, len(horizons)).

    NaN where the follow-up is shorter than h, even if a recovery was seen before: keeping those alone would
    choose forecasts by their outcome. Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
    Raises DataError where the arrays are not such forecasts.

    >>> brier([[0.2, 0.5]], [2.0], [2], horizons=(1, 2)).round(2).tolist()
    [[0.04, 0.25]]
    """
    F, T, c = _checked(probability, recovered_after, follow_up)
    h = _within(horizons, F.shape[1])
    scores = np.square(F[:, h - 1] - (T[:, None] <= h))
    return np.asarray(np.where(h <= c[:, None], scores, np.nan))


def log_score(probability: npt.ArrayLike, recovered_after: npt.ArrayLike, follow_up: npt.ArrayLike) -> Floats:
    """Return the logarithmic score, (n,) nats: −ln f(T), or −ln S(min(H, c)) where no recovery was seen by then.

    f(h) = F(h) − F(h − 1) with F(0) = 0, so that a month is charged with all mass up to it from the start;
    S = 1 − F. Infinite where the forecast excluded what happened. Good 1952,
    doi:10.1111/j.2517-6161.1952.tb00104.x. Raises DataError where the arrays are not such forecasts.

    >>> log_score([[0.2, 0.5], [0.2, 0.5]], [2.0, float("nan")], [2, 1]).round(3).tolist()  # ln 0.3, ln 0.8
    [1.204, 0.223]
    """
    lower, upper = pit_bounds(probability, recovered_after, follow_up)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(upper - lower))


def pit_bounds(
    probability: npt.ArrayLike, recovered_after: npt.ArrayLike, follow_up: npt.ArrayLike
) -> tuple[Floats, Floats]:
    """Return the interval that the probability integral transform jumps over at the outcome, two (n,).

    (F(T − 1), F(T)) where T was observed by min(H, c), otherwise (F(min(H, c)), 1): all that is known is that the
    recovery lies beyond. A value drawn uniformly between the bounds is uniform on [0, 1] under the true
    distribution. Czado, Gneiting & Held 2009, doi:10.1111/j.1541-0420.2009.01191.x. T below 1 counts as 1.
    Raises DataError where the arrays are not such forecasts.

    >>> lower, upper = pit_bounds([[0.2, 0.5], [0.2, 0.5]], [2.0, float("nan")], [2, 2])
    >>> lower.tolist(), upper.tolist()
    ([0.2, 0.5], [0.5, 1.0])
    """
    F, T, c = _checked(probability, recovered_after, follow_up)
    n, H = F.shape
    steps = np.column_stack([np.zeros(n), F, np.ones(n)])  # F(0), F(1) .. F(H), 1
    seen = np.minimum(c, H).astype(int)
    observed = seen >= T
    month = np.where(observed, np.maximum(T, 1.0), 1.0).astype(int)
    row = np.arange(n)
    lower = np.where(observed, steps[row, month - 1], steps[row, seen])
    upper = np.where(observed, steps[row, month], 1.0)
    return lower, upper


def interval_width(probability: npt.ArrayLike, level: float) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return the width of the central interval, (n,) months, and (n,) whether it reaches beyond the horizon.

    The interval runs between the first months in which F reaches (1 − level)/2 and (1 + level)/2; an end beyond
    the horizon is cut at the horizon, so widths compare only over forecasts of the same horizon.
    Raises DataError where probability is not such a forecast.

    >>> interval_width([[0.3, 0.5, 0.9], [0.0, 0.3, 0.5]], 0.5)
    (array([2., 1.]), array([False,  True]))
    """
    F, _, _ = _checked(probability, None, None)
    H = F.shape[1]
    early, late = ((p - _SLACK > F).sum(axis=1) + 1 for p in ((1 - level) / 2, (1 + level) / 2))
    width = np.minimum(late, H) - np.minimum(early, H)
    return width.astype(float), np.asarray(late > H)


def reliability(
    probability: npt.ArrayLike,
    recovered_after: npt.ArrayLike,
    follow_up: npt.ArrayLike,
    horizons: Sequence[int] = (6, 12, 24),
    edges: Sequence[float] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
) -> pd.DataFrame:
    """Return, for each horizon and each bin of stated probabilities, what was stated and what happened.

    Columns: horizon (months), lower, upper (of the bin; the upper edge belongs to the next bin, but 1 to the
    last), forecasts (count), predicted (mean of F(h)), observed (share with T ≤ h); the last two are NaN in an
    empty bin. Forecasts with a follow-up shorter than h are left out. Murphy & Winkler 1977, doi:10.2307/2346866.
    Raises DataError where the arrays are not such forecasts.
    """
    F, T, c = _checked(probability, recovered_after, follow_up)
    bins = np.asarray(edges, dtype=float)
    parts = []
    for h in _within(horizons, F.shape[1]):
        followed = c >= h
        stated, happened = F[followed, h - 1], T[followed] <= h
        which = np.clip(np.searchsorted(bins, stated, side="right") - 1, 0, len(bins) - 2)
        count, total, events = (
            np.bincount(which, weights, minlength=len(bins) - 1) for weights in (None, stated, happened)
        )
        with np.errstate(invalid="ignore"):
            table = {"predicted": total / count, "observed": events / count}
        parts.append(
            pd.DataFrame({"horizon": h, "lower": bins[:-1], "upper": bins[1:], "forecasts": count, **table})
        )
    columns = ["horizon", "lower", "upper", "forecasts", "predicted", "observed"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns, dtype=float)


def _within(horizons: Sequence[int], longest: int) -> npt.NDArray[np.int64]:
    h = np.asarray(horizons, dtype=np.int64)
    if outside := [int(x) for x in h if not 1 <= x <= longest]:
        raise DataError(f"horizons {outside} lie outside the forecasts' horizons 1 to {longest}")
    return h


def _checked(
    probability: npt.ArrayLike, recovered_after: npt.ArrayLike | None, follow_up: npt.ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    """Return F, T, c as float arrays. Raises DataError with every row that is not a forecast of a date."""
    F = np.asarray(probability, dtype=float)
    if F.ndim != 2 or F.shape[1] == 0:
        raise DataError(f"probability has shape {F.shape}; expected (forecasts, horizons)")
    T = np.full(len(F), np.nan) if recovered_after is None else np.asarray(recovered_after, dtype=float)
    c = np.zeros(len(F)) if follow_up is None else np.asarray(follow_up, dtype=float)
    if T.shape != (len(F),) or c.shape != (len(F),):
        raise DataError(
            f"recovered_after {T.shape} and follow_up {c.shape} must hold one value for each of {len(F)} forecasts"
        )
    whole_months = (np.isnan(T) | (np.floor(T) == T)) & (c == np.floor(c))
    faults = {
        "a probability outside 0 to 1": ~((F >= 0) & (F <= 1 + _SLACK)).all(axis=1),
        "a cumulative probability that falls with the horizon": (np.diff(F, axis=1) < -_SLACK).any(axis=1),
        "a negative or missing follow_up": ~(c >= 0),
        "months that are not whole": ~whole_months & (c >= 0),
    }
    problems = [f"row {i}: {fault}" for fault, rows in faults.items() for i in np.flatnonzero(rows)]
    if problems:
        raise DataError(*problems)
    return np.minimum(F, 1.0), T, c
