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

Floats = npt.NDArray[np.float64]
Known = npt.NDArray[np.bool_]


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

    P : (t, d, d) variance of the state before month t's figures · weight : per month F⁻¹Z, (known, d)
    """

    space: StateSpace
    known: Known
    P: Floats
    inverse: tuple[Floats, ...]

    @classmethod
    def of(cls, space: StateSpace, known: Known) -> Smoother:
        """Run the variance recursion over the months of `known`, (t, s)."""
        P = space.P
        variances: list[Floats] = []
        inverses: list[Floats] = []
        last: tuple[Known, Floats] | None = None
        for seen in known:
            settled = (
                last is not None
                and bool((last[0] == seen).all())
                and np.allclose(P, last[1], rtol=1e-14, atol=1e-16)
            )
            Z = space.Z[seen]
            inverse = inverses[-1] if settled else np.linalg.inv(Z @ P @ Z.T + np.diag(space.H[seen]))
            variances.append(P)
            inverses.append(inverse)
            last = (seen, P)
            updated = P - P @ Z.T @ inverse @ Z @ P
            P = space.T @ updated @ space.T.T + space.RQR
            P = (P + P.T) / 2.0
        return cls(space, known, np.stack(variances), tuple(inverses))

    def states(self, y: Floats) -> Floats:
        """Return E[α_t | all of y], (m, t, d), for data sets y (m, t, s) with NaN exactly where not `known`."""
        Z, T = self.space.Z, self.space.T
        m, months = y.shape[:2]
        a = np.tile(self.space.a, (m, 1))
        before, errors = np.empty((m, months, len(a[0]))), []
        for t in range(months):
            seen = self.known[t]
            before[:, t] = a
            error = (y[:, t, seen] - a @ Z[seen].T) @ self.inverse[t]  # v'F⁻¹, (m, known)
            errors.append(error)
            a = (a + error @ Z[seen] @ self.P[t]) @ T.T
        r = np.zeros_like(a)
        out = np.empty_like(before)
        for t in range(months - 1, -1, -1):
            Zt = Z[self.known[t]]
            ahead = r @ T
            r = errors[t] @ Zt + ahead - ahead @ self.P[t] @ Zt.T @ self.inverse[t] @ Zt
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
            self.known[start:], self.P[start:], self.inverse[start:],
        )  # fmt: skip
        return alpha - tail.states(y)


def _root(V: Floats) -> Floats:
    """A square root of a variance that may be singular."""
    values, vectors = np.linalg.eigh(V)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))
