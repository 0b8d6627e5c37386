"""The kernel's formulas in numpy: what runs where no compiler was at hand, and the oracle of the kernel's tests.

    φ(B)Φ(Bˢ) w_t = θ(B)Θ(Bˢ) e_t,   that is   w_t = Σ a_i w_{t−i} + e_t + Σ b_i e_{t−i},   i = 1..r

`_kernel.c` explains the two exact forms, fast and Kalman; here they are written for the eye. The autocovariances are
found by another route, the linear Yule–Walker equations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy  # its parts load where they are first used

from forecast.arrays import Floats

Orders = tuple[int, int, int, int, int]  # p, q, P, Q, s

CONVERGED, BOUNDARY, FLAT, STALLED = 0, 1, 2, 3
"""Numbers of how a search ended, as `likelihood.STATUS` words them."""
CENTRAL_STEP = 3e-4  # radians, of the Hessian's differences: near the fourth root of rounding error
NEAR_BOUNDARY = 0.25
"""Cosine of an angle from which a unit root is tried; chosen: a partial autocorrelation of 0.97."""
WORST_CANCELLATION = 1e7
"""Growth of a sum of squares that costs 7 of 16 digits; beyond it the Kalman form. chosen: nine digits are left."""
NEAREST_UNIT_ROOT = 1e-9  # what is left of an innovation variance; below it rounding decides


class Filtered(NamedTuple):
    """What a filter leaves of the columns: cross products, log|Ω|, and in the Kalman form where they end."""

    cross: Floats  # (C, C)
    logdet: float
    innovations: Floats  # (N, C), of unit variance in units of σ
    state: Floats  # (r, C)
    covariance: Floats  # (r, r)


def coefficients(orders: Orders, angles: Floats) -> Floats:
    """Turn angles into φ, θ, Φ, Θ: sines are partial autocorrelations (Monahan 1984, doi:10.1093/biomet/71.2.403).

    angles, result : (…, p + q + P + Q)
    """
    p, q, P, Q, _ = orders
    out = np.empty_like(angles)
    start = 0
    for degree, sign in ((p, 1.0), (q, -1.0), (P, 1.0), (Q, -1.0)):
        for m in range(degree):
            kappa = np.sin(angles[..., start + m])
            before = out[..., start : start + m].copy()
            out[..., start : start + m] -= sign * kappa[..., None] * before[..., ::-1]
            out[..., start + m] = kappa
        start += degree
    return out


def angles(orders: Orders, coefficient: Floats) -> Floats:
    """Turn φ, θ, Φ, Θ, (p + q + P + Q,), into angles; a root on or inside the unit circle is moved outside it."""
    p, q, P, Q, _ = orders
    out = np.array(coefficient, dtype=np.float64)
    start = 0
    for degree, sign in ((p, 1.0), (q, -1.0), (P, 1.0), (Q, -1.0)):
        part = out[start : start + degree]
        for m in range(degree - 1, -1, -1):
            part[m] = kappa = min(max(part[m], -0.999), 0.999)
            part[:m] = (part[:m] + sign * kappa * part[:m][::-1]) / (1.0 - kappa * kappa)
        start += degree
    return np.arcsin(out)


def polynomials(orders: Orders, coefficient: Floats) -> tuple[Floats, Floats]:
    """Multiply out both sides: a and b, each (r + 1,), with a_0 = 0 and b_0 = 1."""
    p, q, P, Q, s = orders
    r = max(p + s * P, q + s * Q, 1)
    ar, ma, sar, sma = np.split(coefficient, np.cumsum([p, q, P]))

    def product(small: Floats, big: Floats) -> Floats:
        seasonal = np.zeros(s * len(big) + 1)
        seasonal[0], seasonal[s::s] = 1.0, big
        whole = np.convolve(np.concatenate([[1.0], small]), seasonal)
        return np.concatenate([whole, np.zeros(r + 1 - len(whole))])

    a = -product(-ar, -sar)
    a[0] = 0.0
    return a, product(ma, sma)


def presample(a: Floats, b: Floats) -> Floats:
    """Return V (r, r), the covariance over σ² of what the months before the sample add to its first r equations."""
    r = len(a) - 1
    alpha = np.concatenate([[1.0], -a[1:]])
    psi = scipy.signal.lfilter(b, alpha, np.eye(1, r + 1)[0])
    equations = np.zeros((r + 1, r + 1))
    for k in range(r + 1):
        np.add.at(equations[k], np.abs(k - np.arange(r + 1)), alpha)
    gamma = np.linalg.solve(equations, [b[k:] @ psi[: r + 1 - k] for k in range(r + 1)])
    A, B = scipy.linalg.hankel(a[1:]), scipy.linalg.hankel(b[1:])  # u = A (w_0, w_−1, …) + B (e_0, e_−1, …)
    both = A @ scipy.linalg.toeplitz(np.eye(1, r)[0], psi[:r]) @ B.T  # cov(w_−i, e_−j) = ψ_{j−i}
    return np.asarray(A @ scipy.linalg.toeplitz(gamma[:r]) @ A.T + both + both.T + B @ B.T)


def fast(columns: Floats, a: Floats, b: Floats) -> tuple[Floats, float]:
    """Cross products (C, C) and log|Ω| in the fast form; raises LinAlgError where it would lose its digits."""
    N, n = len(columns), min(len(a) - 1, len(columns))
    V = presample(a, b)[:n, :n]
    e = scipy.signal.lfilter(np.concatenate([[1.0], -a[1:]]), b, columns, axis=0)
    H = scipy.linalg.toeplitz(scipy.signal.lfilter([1.0], b, np.eye(1, N)[0]), np.zeros(n))
    R = scipy.linalg.cholesky(H.T @ H, lower=True)
    M = np.eye(n) + R.T @ V @ R
    y = scipy.linalg.solve_triangular(R, H.T @ e, lower=True)
    cross = e.T @ e - y.T @ y if n < N else np.zeros((e.shape[1], e.shape[1]))
    cross += y.T @ scipy.linalg.solve(M, y, assume_a="pos")
    if n < N and not e[:, 0] @ e[:, 0] < WORST_CANCELLATION * cross[0, 0]:
        raise np.linalg.LinAlgError("cancellation")
    return cross, float(np.linalg.slogdet(M)[1])


def kalman(columns: Floats, a: Floats, b: Floats) -> Filtered:
    """Filter the columns (N, C) by s_i ← s_{i+1} + a_{i+1} w_t + b_{i+1} e_t, w_t = s_0 + e_t."""
    r = len(a) - 1
    P, s = presample(a, b), np.zeros((r, columns.shape[1]))
    innovations, logdet, noise = np.empty_like(columns), 0.0, np.outer(b[1:], b[1:])
    for t, w in enumerate(columns):
        F = P[0, 0] + 1.0
        v = w - s[0]
        K = (np.append(P[1:, 0], 0.0) + b[1:]) / F
        s = np.vstack([s[1:], np.zeros((1, len(w)))]) + np.outer(a[1:], w) + np.outer(K, v)
        shifted = np.zeros((r, r))
        shifted[:-1, :-1] = P[1:, 1:]
        P = shifted + noise - F * np.outer(K, K)
        innovations[t] = v / np.sqrt(F)
        logdet += float(np.log(F))
    return Filtered(innovations.T @ innovations, logdet, innovations, s, P)


def stationary(a: Floats) -> bool:
    """Whether 1 − Σ a_i zⁱ has all roots outside the unit circle, and its variance can be told from infinity."""
    part = np.trim_zeros(a[1:], "b")
    while len(part):
        rest = 1.0 - part[-1] ** 2
        if not rest > NEAREST_UNIT_ROOT:
            return False
        part = (part[:-1] + part[-1] * part[:-1][::-1]) / rest
    return True


def concentrated(cross: Floats, logdet: float, N: int, gaps: int) -> float:
    """Log-likelihood at the best σ² and regression coefficients, the `gaps` pulses after the series integrated out."""
    n = N - gaps
    if gaps:
        logdet += float(np.linalg.slogdet(cross[1 : gaps + 1, 1 : gaps + 1])[1])
    rest = cross[0, 0] - cross[0, 1:] @ np.linalg.solve(cross[1:, 1:], cross[1:, 0])
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-0.5 * (n * (np.log(2.0 * np.pi * rest / n) + 1.0) + logdet))


def loglike(orders: Orders, columns: Floats, gaps: int, coefficient: Floats) -> tuple[float, Floats]:
    """Log-likelihood and cross products; −inf where the AR part is not stationary."""
    a, b = polynomials(orders, coefficient)
    if not stationary(a):
        return -np.inf, np.full((columns.shape[1], columns.shape[1]), np.nan)
    try:
        cross, logdet = fast(columns, a, b)
    except (np.linalg.LinAlgError, ValueError):
        cross, logdet, *_ = kalman(columns, a, b)
    return concentrated(cross, logdet, len(columns), gaps), cross


def maximise(orders: Orders, columns: Floats, gaps: int, starts: Floats) -> tuple[Floats, Floats, int]:
    """Return angles, Hessian and status of the best maximum that the starts (runs, k) lead to."""

    def objective(angle: Floats) -> float:
        value = -loglike(orders, columns, gaps, coefficients(orders, angle))[0]
        return value if np.isfinite(value) else 1e10

    k = starts.shape[1]
    if not k:
        return np.empty(0), np.empty((0, 0)), CONVERGED
    runs = [
        scipy.optimize.minimize(objective, x0, method="L-BFGS-B", options={"ftol": 1e-14, "gtol": 1e-4})
        for x0 in starts
    ]
    best = min(runs, key=lambda run: float(run.fun))
    x = np.arcsin(np.sin(best.x))
    fixed = _settle(orders, objective, x, float(best.fun))
    hessian = _hessian(objective, x)
    hessian[fixed], hessian[:, fixed] = 0.0, 0.0
    free = hessian[np.ix_(~fixed, ~fixed)]
    if not best.success and np.abs(best.jac).max() > 1.0:
        return x, hessian, STALLED
    if free.size and np.linalg.eigvalsh(free).min() <= 0.0:
        return x, hessian, FLAT
    return x, hessian, BOUNDARY if fixed.any() else CONVERGED


def _settle(
    orders: Orders, objective: Callable[[Floats], float], x: Floats, value: float
) -> npt.NDArray[np.bool_]:
    """Move MA angles near ±π/2 onto it where nothing is lost; which were moved."""
    p, q, P, _, _ = orders
    fixed = np.zeros(len(x), dtype=bool)
    for i in np.flatnonzero(np.cos(x) < NEAR_BOUNDARY):
        if p <= i < p + q or i >= p + q + P:
            here, x[i] = x[i], np.copysign(np.pi / 2, x[i])
            fixed[i] = objective(x) <= value + 1e-6
            x[i] = x[i] if fixed[i] else here
    return fixed


def _hessian(objective: Callable[[Floats], float], x: Floats) -> Floats:
    """Second differences, (k, k)."""
    step = CENTRAL_STEP * np.eye(len(x))
    return np.array(
        [
            [
                (objective(x + i + j) + objective(x - i - j) - objective(x + i - j) - objective(x - i + j))
                / (4.0 * CENTRAL_STEP**2)
                for j in step
            ]
            for i in step
        ]
    )


def standard_errors(orders: Orders, angle: Floats, hessian: Floats) -> Floats:
    """√diag(J H⁻¹ Jᵀ), (k,), J the derivatives of coefficients by angles; NaN at the boundary or for a singular H."""
    errors, free = np.full(len(angle), np.nan), np.diag(hessian) != 0.0
    if not free.any() or np.linalg.eigvalsh(hessian[np.ix_(free, free)]).min() <= 0.0:
        return errors
    step = CENTRAL_STEP * np.eye(len(angle))[free]
    J = (coefficients(orders, angle + step) - coefficients(orders, angle - step)).T / (2.0 * CENTRAL_STEP)
    variance = np.einsum("ia,ab,ib->i", J, np.linalg.inv(hessian[np.ix_(free, free)]), J)
    return np.asarray(np.where(variance > 0.0, np.sqrt(np.maximum(variance, 0.0)), np.nan))
