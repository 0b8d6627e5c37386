"""From index points to the columns a likelihood filters: logs, gaps, regressors, differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats
from forecast.errors import FitError
from forecast.models.sarima.spec import Sarima

ROUNDING = 1e-10
"""Share of its size below which what differencing leaves of a column is rounding error."""

COLLINEAR = 1e-8
"""Share of its length below which what other columns leave of a column is none of its own. chosen: the root of
rounding error."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Hold the months from the first to the last observed, as levels and as differences.

    series : (k, n) modelled levels of k histories, interpolated where a month is missing
    others : (n, j) level columns beside it: a pulse per missing month, the drift, the regressors
    names : of the regressors · gaps : number of pulses
    behind : months missing at the end, which a forecast has to cross first; x_behind (behind, regressors)
    w : (k, N) differenced series less `least_squares`, over `scale` (k,)
    basis : (N, j) differenced others, those that are not pulses made orthonormal: differenced others @ mixing
    least_squares : (k, j) coefficients on `others` already taken out of w
    """

    spec: Sarima
    series: Floats
    others: Floats
    names: tuple[str, ...]
    gaps: int
    behind: int
    x_behind: Floats
    w: Floats
    scale: Floats
    basis: Floats
    mixing: Floats
    least_squares: Floats

    @property
    def nobs(self) -> int:
        """Observations that the likelihood counts: differenced months less missing ones."""
        return int(self.w.shape[1]) - self.gaps

    @property
    def n_parameters(self) -> int:
        """Coefficients, drift, regressors and σ²: what an information criterion counts."""
        return self.spec.n_coefficients + int(self.others.shape[1]) - self.gaps + 1


def sample(spec: Sarima, values: npt.ArrayLike, x: npt.ArrayLike | None) -> Sample:
    """Prepare k histories of one level for estimation.

    values : (k, m) index points, NaN where a month is missing, in all histories alike · x : (m, j) or None

    Raises FitError for a series that cannot carry the model: too short, not positive under logs, infinite, constant,
    or with regressors that differencing or other columns make redundant.
    """
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 2:
        raise FitError(f"the series must have one dimension, got an array of shape {y.shape[1:]}")
    first, end = _observed_span(spec, y)
    columns, names = regressors(x, y.shape[1])
    z, missing = _filled(np.log(y[:, first:end]) if spec.log else y[:, first:end])
    if z.shape[1] <= spec.lost:
        raise FitError(f"{spec} needs more than {spec.lost} months, the series has {z.shape[1]}")
    others = _others(spec, missing, columns[first:end])
    w, gaps = difference(spec, z), len(missing)
    basis, mixing = _basis(spec, others, gaps, names)
    projected = w @ basis[:, gaps:]
    w = w - projected @ basis[:, gaps:].T
    scale = np.sqrt(np.einsum("kt,kt->k", w, w) / w.shape[1])
    if scale.min() <= ROUNDING * max(z.max(), -z.min()):
        raise FitError(f"nothing is left to model: under the differences of {spec} the series is constant")
    w /= scale[:, None]
    behind, least_squares = y.shape[1] - end, projected @ mixing[:, gaps:].T
    return Sample(spec, z, others, names, gaps, behind, columns[end:], w, scale, basis, mixing, least_squares)


def difference(spec: Sarima, levels: Floats) -> Floats:
    """Apply (1 − B)ᵈ(1 − Bˢ)ᴰ along the last axis: (…, n) → (…, n − d − sD)."""
    s = spec.period
    for _ in range(spec.seasonal[1]):
        levels = levels[..., s:] - levels[..., :-s]
    for _ in range(spec.order[1]):
        levels = levels[..., 1:] - levels[..., :-1]
    return levels


def drift_column(spec: Sarima, n: int) -> Floats:
    """Return the level whose differences are all one, 1, t, t/s or t²/2s up to what differencing forgets.

    (n, 1), or (n, 0) where the model has no drift
    """
    if not spec.has_drift:
        return np.empty((n, 0))
    column = np.ones(n)
    for _ in range(spec.order[1]):
        column = np.cumsum(column)
    for _ in range(spec.seasonal[1]):
        for t in range(spec.period, n):
            column[t] += column[t - spec.period]
    return column[:, None]


def _observed_span(spec: Sarima, y: Floats) -> tuple[int, int]:
    """First observed month and the one after the last."""
    if not y.size:
        raise FitError("the series has no observed month")
    low, high = y.min(), y.max()  # NaN where a month is missing
    if -np.inf < low and high < np.inf and (low > 0 or not spec.log):
        return 0, y.shape[1]
    missing = np.isnan(y)
    if np.isinf(y).any():
        raise FitError(f"the series is infinite in month {int(np.argmax(np.isinf(y).any(axis=0))) + 1}")
    if spec.log and bool((y <= 0).any()):
        month = int(np.argmax((y <= 0).any(axis=0))) + 1
        raise FitError(f"a log model needs positive levels, month {month} is not; use log=False")
    if bool((missing != missing[0]).any()):
        raise FitError("histories fitted together must miss the same months")
    observed = np.flatnonzero(~missing[0])
    if not len(observed):
        raise FitError("the series has no observed month")
    return int(observed[0]), int(observed[-1]) + 1


def _filled(z: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """The levels with lines drawn across gaps, which pulses will move, and the missing months."""
    if not np.isnan(z[0].sum()):
        return z, np.empty(0, dtype=np.int64)
    missing, observed = np.flatnonzero(np.isnan(z[0])), np.flatnonzero(~np.isnan(z[0]))
    z = z.copy()
    z[:, missing] = [np.interp(missing, observed, row[observed]) for row in z]
    return z, missing


def _others(spec: Sarima, missing: npt.NDArray[np.int64], columns: Floats) -> Floats:
    """A pulse in every missing month, the drift, the regressors: (n, j) levels."""
    if not (len(missing) or spec.has_drift or columns.shape[1]):
        return columns
    pulses = np.zeros((len(columns), len(missing)))
    pulses[missing, np.arange(len(missing))] = 1.0
    return np.hstack([pulses, drift_column(spec, len(columns)), columns])


def regressors(x: Any, m: int) -> tuple[Floats, tuple[str, ...]]:
    """Return regressors (m, j) and their names, a DataFrame's own, else by position.

    Raises FitError for another number of months, and where one is missing or infinite.
    """
    if x is None:
        return np.empty((m, 0)), ()
    columns = np.asarray(x, dtype=np.float64)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.shape[0] != m:
        raise FitError(f"the regressors have {columns.shape[0]} months, the series {m}")
    names = tuple(str(name) for name in getattr(x, "columns", range(1, columns.shape[1] + 1)))
    bad = [name for name, column in zip(names, columns.T, strict=True) if not np.isfinite(column).all()]
    if bad:
        raise FitError(f"regressor {', '.join(bad)} is missing or infinite in some month")
    return columns, names


def _basis(spec: Sarima, others: Floats, gaps: int, names: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Differenced columns, those after the pulses made orthonormal, and the matrix (j, j) that makes them so.

    Raises FitError, naming it, for a column that differencing or the columns before it leave nothing of.
    """
    basis = np.ascontiguousarray(difference(spec, others.T).T)
    if not others.shape[1]:
        return basis, np.empty((0, 0))
    length = np.sqrt(np.einsum("tj,tj->j", basis, basis))
    vanished = length <= ROUNDING * (others.max(axis=0) - others.min(axis=0))
    R = np.linalg.qr(basis / np.where(vanished, 1.0, length), mode="r")
    rest = np.zeros(len(length))
    rest[: len(R)] = np.abs(np.diag(R))
    what = [f"missing month {i + 1}" for i in range(gaps)] + ["drift"] * spec.has_drift
    problems = []
    for name, gone, own in zip(
        [*what, *(f"regressor {name}" for name in names)], vanished, rest, strict=True
    ):
        if gone:
            problems.append(
                f"{name} vanishes under the differences of {spec}: it cannot be estimated; leave it out"
            )
        elif own <= COLLINEAR:
            problems.append(
                f"{name} is collinear with the columns before it, after differencing; leave it out"
            )
    if problems:
        raise FitError(*problems)
    mixing = np.eye(len(length))
    if len(length) > gaps:
        mixing[gaps:, gaps:] = np.linalg.inv(np.linalg.qr(basis[:, gaps:], mode="r"))
    return np.ascontiguousarray(basis @ mixing), mixing
