"""Autoregressions that die out: which do, and the nearest that does to one that would not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats
from forecast.models.standardised import SMOOTH


def stationary(phi: Floats) -> npt.NDArray[np.bool_]:
    """Tell whether each row of lag coefficients (n, p) has all its roots outside the unit circle.

    True where every partial autocorrelation of the step-down recursion φ_{m−1,j} = (φ_{m,j} + φ_{mm} φ_{m,m−j})/
    (1 − φ_{mm}²) lies inside (−1, 1): Barndorff-Nielsen & Schou 1973, doi:10.1016/0047-259X(73)90030-4. It decides
    as the eigenvalues of the companion matrix do, at a thirtieth of their time.
    """
    lower = phi.copy()
    inside = np.ones(len(phi), dtype=bool)
    for m in range(phi.shape[1], 0, -1):
        last = lower[:, m - 1 : m]
        inside &= np.abs(last[:, 0]) < 1.0
        last = np.where(inside[:, None], last, 0.0)
        rest = lower[:, : m - 1]
        lower = (rest + last * rest[:, ::-1]) / (1.0 - np.square(last))
    return inside


def dies_out(phi: Floats) -> npt.NDArray[np.bool_]:
    """Tell whether each vector autoregression of m series dies out, by the roots of its companion matrix, (n,).

    phi : (n, m, m·p), a row for each series, in it the lags of the first series, of the second, …
    """
    n, m, size = phi.shape
    if m == 1:
        return stationary(phi[:, 0])
    companion = np.zeros((n, size, size))
    companion[:, :m] = phi.reshape(n, m, m, -1).transpose(0, 1, 3, 2).reshape(n, m, size)
    companion[:, range(m, size), range(size - m)] = 1.0
    return np.asarray(np.abs(np.linalg.eigvals(companion)).max(axis=1) < 1.0)


def explosive(phi: Floats, delta: Floats) -> npt.NDArray[np.bool_]:
    """Tell whether growth with lags phi (n, p) explodes by itself, or the level does when depth pulls it by delta (n,).

    Below the peak w = z over the deviation of growth follows w_t = w_{t−1} + Σ φ_i Δw_{t−i} − δ(w_{t−1} + w_{t−2} +
    w_{t−3})/3.
    """
    bad = ~stationary(phi)
    level = np.zeros((len(phi), max(phi.shape[1] + 1, SMOOTH)))
    level[:, 0] = 1.0
    level[:, : phi.shape[1]] += phi
    level[:, 1 : phi.shape[1] + 1] -= phi
    level[:, :SMOOTH] -= delta[:, None] / SMOOTH
    pulled = np.flatnonzero(~bad & (delta > 0.0))
    if len(pulled):
        bad[pulled] = ~stationary(level[pulled])
    return np.asarray(bad)


def tamed(beta: Floats, lags: int) -> Floats:
    """Return the estimates (k, j) with δ ≥ 0, and δ and then the lags halved until none is explosive."""
    beta = beta.copy()
    beta[:, -1] = np.maximum(beta[:, -1], 0.0)
    bad = np.arange(len(beta))
    for _ in range(10):
        bad = bad[explosive(beta[bad, :lags], beta[bad, -1])]
        if not len(bad):
            return beta
        beta[bad, -1] /= 2.0
    beta[bad, -1] = 0.0
    for row in bad:
        beta[row, :lags] = calmed(beta[row, :lags])
    return beta


def calmed(phi: Floats) -> Floats:
    """Return lag coefficients (p,), or those of m series (m, m·p), halved until growth by them alone dies out.

    One month beyond all experience, such as April 2020, can teach an estimate that explodes.
    """
    while not dies_out(np.atleast_2d(phi)[None])[0]:
        phi = phi / 2.0
    return phi
