"""Least squares of growth on a constant and its own lags, for all draws at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats

Bools = npt.NDArray[np.bool_]

WORST_CONDITION = 1e14
"""Of the moments of a regression, beyond which they do not tell its coefficients. chosen: of 16 digits two are
left."""


@dataclass(frozen=True, eq=False)
class Regressions:
    """Hold regressions on a constant and p lags: beta (k, p + 1), gram (k, p + 1, p + 1), sse (k,), n equations each.

    told : (k,) whether the equations tell the coefficients and leave something of growth: whether it varies there
    """

    beta: Floats
    gram: Floats
    sse: Floats
    n: int
    told: Bools

    @property
    def aic(self) -> Floats:
        """n log(SSE/n) + 2(p + 1), (k,); inf where nothing is told."""
        fit = self.n * np.log(np.where(self.told, self.sse, 1.0) / self.n)
        return np.where(self.told, fit + 2.0 * self.beta.shape[1], np.inf)

    def of(self, rows: npt.NDArray[np.int64]) -> Regressions:
        """Return those of some draws."""
        return replace(
            self, beta=self.beta[rows], gram=self.gram[rows], sse=self.sse[rows], told=self.told[rows]
        )


def regress(growth: Floats, p: int, longest: int) -> Regressions:
    """Regress growth (k, m) on a constant and p lags in the months that `longest` lags are known of.

    NaN where unknown, in the same months of all draws; with longest > p orders are compared on the same months.
    """
    k, m = growth.shape
    known = complete(growth, longest)
    columns = [growth[:, longest - i : m - i] for i in range(1, p + 1)]
    x = np.stack([np.ones((k, m - longest)), *columns], axis=1)  # (k, p + 1, n)
    y = growth[:, longest:]
    if not known.all():
        x, y = x[:, :, known], y[:, known]
    gram = x @ x.transpose(0, 2, 1)
    roots = np.linalg.eigvalsh(gram)
    well_posed = roots[:, 0] > roots[:, -1] / WORST_CONDITION
    beta = np.zeros((k, p + 1))
    beta[well_posed] = np.linalg.solve(gram[well_posed], (x @ y[:, :, None])[well_posed])[:, :, 0]
    sse = np.square(y - (beta[:, None] @ x)[:, 0]).sum(axis=1)
    return Regressions(beta, gram, sse, y.shape[1], well_posed & (sse > 0.0))


def complete(growth: Floats, lags: int) -> Bools:
    """Return which months of growth (k, m) from the one after the first `lags` on are known, as are so many before.

    >>> complete(np.array([[1.0, np.nan, 3.0, 4.0, 5.0]]), 1).tolist()
    [False, False, True, True]
    """
    m = growth.shape[1]
    return np.asarray(np.isfinite([growth[0, lags - i : m - i] for i in range(lags + 1)]).all(axis=0))
