"""Exact means of states given figures, for many data sets with the same gaps at the price of one.

    y_t = Z α_t + ε_t, ε ~ N(0, H)     α_{t+1} = T α_t + η_t, η ~ N(0, RQR')     α_1 ~ N(a, P)

Variances do not depend on the figures, so the recursion of Kalman gains runs once for a pattern of gaps, and every
data set is then two passes of matrix products (Durbin & Koopman 2012, §4.4,
doi:10.1093/acprof:oso/9780199641178.001.0001).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats

Known = npt.NDArray[np.bool_]

LEAST_NOISE = 1e-6  # of standardised growth; chosen: with less the short form of the gain loses digits


@dataclass(frozen=True, eq=False)
class StateSpace:
    """Hold a linear Gaussian state space: Z (s, d), H (s,) diagonal, T (d, d), RQR (d, d), a (d,), P (d, d)."""

    Z: Floats
    H: Floats
    T: Floats
    RQR: Floats
    a: Floats
    P: Floats


@dataclass(frozen=True, eq=False)
class Smoother:
    """Hold the gains of one pattern of gaps.

    P : (t, d, d) variance of the state before month t's figures · gain : per month F⁻¹Z, (known, d), with F the
    variance of that month's figures given all earlier ones
    """

    space: StateSpace
    known: Known
    P: Floats
    gain: tuple[Floats, ...]

    @classmethod
    def of(cls, space: StateSpace, known: Known) -> Smoother:
        """Run the variance recursion over the months of `known`, (t, s)."""
        P = space.P
        variances: list[Floats] = []
        gains: list[Floats] = []
        for seen in known:
            Z = space.Z[seen]
            gain = _gain(Z, space.H[seen], P)
            variances.append(P)
            gains.append(gain)
            P = space.T @ (P - P @ (Z.T @ gain) @ P) @ space.T.T + space.RQR
            P = (P + P.T) / 2.0
        return cls(space, known, np.stack(variances), tuple(gains))

    def states(self, y: Floats) -> Floats:
        """Return E[α_t | all of y], (m, t, d), for data sets y (m, t, s) with NaN exactly where not `known`."""
        Z, T = self.space.Z, self.space.T
        m, months = y.shape[:2]
        a = np.tile(self.space.a, (m, 1))
        before, errors = np.empty((m, months, a.shape[1])), np.empty((m, months, a.shape[1]))
        for t in range(months):
            seen = self.known[t]
            before[:, t] = a
            errors[:, t] = (y[:, t, seen] - a @ Z[seen].T) @ self.gain[t]  # v'F⁻¹Z
            a = (a + errors[:, t] @ self.P[t]) @ T.T
        r = np.zeros_like(a)
        out = np.empty_like(before)
        for t in range(months - 1, -1, -1):
            ahead = r @ T
            r = errors[:, t] + ahead - ahead @ self.P[t] @ (Z[self.known[t]].T @ self.gain[t])
            out[:, t] = before[:, t] + r @ self.P[t]
        return out

    def deviations(self, start: int, n: int, rng: np.random.Generator) -> Floats:
        """Draw α − E[α | y] for the months from `start` on, (n, t − start, d).

        Figures are simulated from the model and smoothed; what the smoother misses has the right law whatever the
        real figures are (Durbin & Koopman 2002, doi:10.1093/biomet/89.3.603). Exact from any start: what came before
        is in the variance of the state there.
        """
        s = self.space
        months, d = len(self.known) - start, len(s.a)
        root, shock = _root(self.P[start]), _root(s.RQR)
        alpha = np.empty((n, months, d))
        alpha[:, 0] = rng.standard_normal((n, d)) @ root.T
        for t in range(1, months):
            alpha[:, t] = alpha[:, t - 1] @ s.T.T + rng.standard_normal((n, d)) @ shock.T
        y = alpha @ s.Z.T + rng.standard_normal((n, months, len(s.Z))) * np.sqrt(s.H)
        y[:, ~self.known[start:]] = np.nan
        tail = Smoother(
            StateSpace(s.Z, s.H, s.T, s.RQR, np.zeros(d), self.P[start]),
            self.known[start:], self.P[start:], self.gain[start:],
        )  # fmt: skip
        return alpha - tail.states(y)


def _gain(Z: Floats, H: Floats, P: Floats) -> Floats:
    """F⁻¹Z with F = ZPZ' + H, (s, d); where no figure is free of noise as H⁻¹Z(I + PZ'H⁻¹Z)⁻¹, of the states' size."""
    if (H > LEAST_NOISE).all():
        scaled = Z / H[:, None]
        return np.asarray(np.linalg.solve((np.eye(len(P)) + P @ (Z.T @ scaled)).T, scaled.T).T)
    return np.asarray(np.linalg.solve(Z @ P @ Z.T + np.diag(H), Z))


def _root(V: Floats) -> Floats:
    """A square root of a variance that may be singular."""
    values, vectors = np.linalg.eigh(V)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))
