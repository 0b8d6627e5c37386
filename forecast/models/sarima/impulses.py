"""What one innovation does to the months after it, and what the past alone goes on to."""

from __future__ import annotations

import numpy as np

from forecast.arrays import Floats
from forecast.models.sarima.spec import Sarima


def impulses(spec: Sarima, coefficients: Floats, h: int) -> tuple[Floats, Floats]:
    """Return Ψ, the integrated ψ-weights, and ρ, the same without moving averages, (points, h) each."""
    (p, d, q), (P, D, _), s = spec.order, spec.seasonal, spec.period
    ar, ma, sar, sma = np.split(coefficients, np.cumsum([p, q, P]), axis=1)
    response = np.zeros((len(coefficients), h))
    response[:, 0] = 1.0
    for part, lag in ((ar, 1), (sar, s)):
        for t in range(lag, h) if part.size else ():
            for i in range(1, min(part.shape[1], t // lag) + 1):
                response[:, t] += part[:, i - 1] * response[:, t - i * lag]
    for _ in range(d):
        response = np.cumsum(response, axis=1)
    for _ in range(D):
        for t in range(s, h, s):
            response[:, t : t + s] += response[:, t - s : min(t, h - s)]
    weights = response
    for part, lag in ((ma, 1), (sma, s)):
        before, weights = weights, weights.copy()
        for i in range(1, part.shape[1] + 1):
            weights[:, i * lag :] += part[:, i - 1 : i] * before[:, : max(h - i * lag, 0)]
    return weights, response


def shifted(response: Floats, rows: int) -> Floats:
    """Show (points, h) responses to an impulse in each of the first months one below the other, (points, rows, h)."""
    points, h = response.shape
    late = np.concatenate([np.zeros((points, rows)), response], axis=1)
    return np.lib.stride_tricks.sliding_window_view(late, h, axis=1)[:, :0:-1]


def without_news(spec: Sarima, tail: Floats, h: int) -> Floats:
    """Continue level columns, (k, h, columns), whose last d + sD months are `tail`, with further differences zero."""
    delta = np.ones(1)
    for lag in [1] * spec.order[1] + [spec.period] * spec.seasonal[1]:
        delta = np.convolve(delta, [1.0] + [0.0] * (lag - 1) + [-1.0])
    levels = np.concatenate([tail, np.zeros((len(tail), h, tail.shape[2]))], axis=1)
    for t in range(spec.lost, spec.lost + h) if spec.lost else ():
        levels[:, t] = -delta[:0:-1] @ levels[:, t - spec.lost : t]
    return levels[:, spec.lost :]
