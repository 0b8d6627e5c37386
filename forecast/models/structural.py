"""Structural model: a level whose growth is autoregressive, seen through irregular noise.

    z_t = L_t + ε_t,   L_t = L_{t−1} + μ + a_t,   a_t = φ₁a_{t−1} + φ₂a_{t−2} + η_t,   Var ε = r·Var η

Where the noise of the last months is large the filter pulls the level back before it goes on: what `noisy_walk`
does by one moving-average coefficient, here with growth that also persists (Harvey 1989, ISBN 978-0-521-40573-7).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, long_run_error
from forecast.errors import FitError
from forecast.models.baseline import LEAST_GROWTH_RATES
from forecast.models.dated import Dated
from forecast.parallel import one_thread

DIFFUSE = 1e6
"""Variance of the first level in units of Var η: it is unknown, and the first month only locates it. chosen: a
million leaves ten digits."""


@dataclass(frozen=True)
class Structural:
    """Weigh a grid of φ and r by the exact likelihood of the last `window` months.

    first, second : partial autocorrelations of growth · noise : ratios r
    """

    first: tuple[float, ...] = (-0.3, 0.0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.92, 0.97)
    second: tuple[float, ...] = (-0.4, -0.2, 0.0, 0.2, 0.4)
    noise: tuple[float, ...] = (0.0, 0.1, 0.3, 0.7, 1.5, 3.0, 7.0, 15.0, 40.0)
    window: int = 240


@dataclass(frozen=True, eq=False, repr=False)
class StructuralFit(Dated):
    """Hold the posterior over the grid's g points and what the filter knows of the last month under each.

    phi (g, 2) · ratio (g,) · posterior (g,) · sigma2 (g,) of η on `freedom` degrees
    state (g, 3), root (g, 3, 3) : L_T, a_T, a_{T−1} with drift taken off, and the Cholesky factor of their variance
        over that of η · drift, drift_error : μ and its long-run error
    """

    phi: Floats
    ratio: Floats
    posterior: Floats
    sigma2: Floats
    freedom: int
    state: Floats
    root: Floats
    drift: float
    drift_error: float

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points: φ, r, variance, state, drift and shocks are drawn."""
        at = rng.choice(len(self.posterior), size=n, p=self.posterior)
        sigma = np.sqrt(self.freedom * self.sigma2[at] / rng.chisquare(self.freedom, size=n))
        state = self.state[at] + sigma[:, None] * np.einsum(
            "nij,nj->ni", self.root[at], rng.standard_normal((n, 3))
        )
        drift = rng.normal(self.drift, self.drift_error, size=n)
        eta = sigma[:, None] * rng.standard_normal((n, horizon))
        irregular = (sigma * np.sqrt(self.ratio[at]))[:, None] * rng.standard_normal((n, horizon))
        level, growth, before = state.T
        out = np.empty((n, horizon))
        for h in range(horizon):
            growth, before = self.phi[at, 0] * growth + self.phi[at, 1] * before + eta[:, h], growth
            level = level + drift + growth
            out[:, h] = level
        return np.asarray(np.exp(out + irregular))

    def summary(self) -> dict[str, Any]:
        """Return posterior means of φ and r, and drift and spread in percent a month."""
        sigma = np.sqrt(self.sigma2)
        return {
            "phi": (self.posterior @ self.phi).tolist(),
            "growth_shock_sd_pct": 100.0 * float(self.posterior @ sigma),
            "irregular_sd_pct": 100.0 * float(self.posterior @ (sigma * np.sqrt(self.ratio))),
            "drift_pct": 100.0 * self.drift,
            "drift_error_pct": 100.0 * self.drift_error,
        }


@one_thread
def fit(spec: Structural, y: npt.ArrayLike) -> StructuralFit:
    """Filter the last `window` months of log y, (n,) index points, at every point of the grid at once.

    p(φ, r) ∝ Π f_t^(−1/2) (Σ v_t²/f_t)^(−(m−1)/2) over the m known months but the first, v and f the innovations and
    their variances: flat priors on the grid, the variance of η integrated out. A missing month is skipped. μ is the
    mean growth of the window. Raises FitError with fewer than 24 growth rates.
    """
    z = np.log(np.asarray(y, dtype=float))[-spec.window - 1 :]
    growth = np.diff(z)
    known_growth = growth[np.isfinite(growth)]
    if len(known_growth) < LEAST_GROWTH_RATES:
        raise FitError(
            f"a structural model needs {LEAST_GROWTH_RATES} monthly growth rates, found {len(known_growth)}"
        )
    if not known_growth.std() > 1e-9:
        raise FitError("growth does not vary; a structural model cannot be estimated")
    drift = float(known_growth.mean())
    phi, ratio = _grid(spec)
    origin = z - drift * np.arange(1 - len(z), 1)  # drift taken off, so that the last month keeps its level
    first = int(np.flatnonzero(np.isfinite(origin))[0])
    filtered = _filtered(origin[first:], phi, ratio)
    score = -0.5 * (filtered.log_f + filtered.freedom * np.log(filtered.squares))
    weight = np.exp(score - score.max())
    return StructuralFit(
        phi, ratio, weight / weight.sum(), filtered.squares / filtered.freedom, filtered.freedom, filtered.state,
        np.asarray(np.linalg.cholesky(filtered.variance + 1e-9 * np.eye(3))), drift, long_run_error(known_growth),
    )  # fmt: skip


@cache
def _grid(spec: Structural) -> tuple[Floats, Floats]:
    """φ (g, 2) and r (g,) of every combination; partial autocorrelations keep growth stationary (Monahan 1984)."""
    one, two, ratio = (a.ravel() for a in np.meshgrid(spec.first, spec.second, spec.noise, indexing="ij"))
    return np.stack([one * (1.0 - two), two], axis=1), ratio


@dataclass(frozen=True, eq=False)
class _Filtered:
    """Σ log f (g,), Σ v²/f (g,), their number, and the filtered last state (g, 3) with its variance (g, 3, 3)."""

    log_f: Floats
    squares: Floats
    freedom: int
    state: Floats
    variance: Floats


def _filtered(z: Floats, phi: Floats, ratio: Floats) -> _Filtered:
    """Kalman filter of z (m,) from its first known month, in units of Var η; T P Tᵀ + Q with α = (L, a, a₋₁)ᵀ."""
    g = len(ratio)
    T = np.zeros((g, 3, 3))
    T[:, 0, 0] = T[:, 2, 1] = 1.0
    T[:, 0, 1:] = T[:, 1, 1:] = phi
    Q = np.zeros((3, 3))
    Q[:2, :2] = 1.0  # η moves growth and, through it, the level
    a, P = np.zeros((g, 3)), _start(phi)
    log_f, squares, count = np.zeros(g), np.zeros(g), -1
    for t, z_t in enumerate(z):
        if t:
            a = (T @ a[:, :, None])[:, :, 0]
            P = T @ P @ T.transpose(0, 2, 1) + Q
        if not np.isfinite(z_t):
            continue
        f = P[:, 0, 0] + ratio
        v = z_t - a[:, 0]
        gain = P[:, :, 0] / f[:, None]
        a = a + gain * v[:, None]
        P = P - gain[:, :, None] * P[:, None, 0, :]
        count += 1
        if count:  # the first month only locates the level
            log_f += np.log(f)
            squares += v**2 / f
    return _Filtered(log_f, squares, count, a, P)


def _start(phi: Floats) -> Floats:
    """Variance of the first state, (g, 3, 3): a diffuse level, growth as in the long run."""
    one, two = phi.T
    variance = (1.0 - two) / ((1.0 + two) * ((1.0 - two) ** 2 - one**2))
    P = np.zeros((len(phi), 3, 3))
    P[:, 0, 0] = DIFFUSE
    P[:, 1, 1] = P[:, 2, 2] = variance
    P[:, 1, 2] = P[:, 2, 1] = variance * one / (1.0 - two)
    return P
