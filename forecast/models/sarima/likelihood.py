"""The exact likelihood and its maximum: the native kernel where it was built, else the same in numpy."""

from __future__ import annotations

import functools
import importlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecast.arrays import Floats, Rows
from forecast.models.sarima import plain
from forecast.models.sarima.plain import Orders


def _load() -> Any:
    """The kernel, or None where no compiler was at hand when the package was installed."""
    try:
        return importlib.import_module("forecast.models.sarima._kernel")
    except ImportError:
        return None


kernel: Any = _load()

STATUS = ("converged", "boundary", "flat", "stalled", "exhausted", "known")
"""Words for how a search ended, by the kernel's number: at a maximum; at one with an MA unit root; at one where the
Hessian is singular, so that coefficients are not identified; without finding a way down; out of rounds; back at
a maximum known before."""
KALMAN_FORM = 1  # number of the form in `_kernel.c`


@dataclass(frozen=True, eq=False)
class Maxima:
    """Hold the maxima of k series.

    angles, coefficients, errors : (k, p) · hessian : (k, p, p) of −log-likelihood in angles, zero where an angle is
    held at the boundary · cross : (k, C, C) [w x]ᵀΩ⁻¹[w x], its upper triangle · status : k words of `STATUS`
    """

    angles: Floats
    coefficients: Floats
    errors: Floats
    loglike: Floats
    cross: Floats
    hessian: Floats
    status: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Filters:
    """Hold one set of columns filtered at many coefficient vectors.

    loglike : (points,), no column integrated out, −inf where the AR part is not stationary
    cross : (points, C, C) as in `Maxima` · innovations : (points, N, C) over σ, empty where not asked for
    state, covariance : (points, r, C) and (points, r, r) over σ², after the last month
    """

    loglike: Floats
    cross: Floats
    innovations: Floats
    state: Floats
    covariance: Floats


def maximise(
    orders: Orders, w: Floats, basis: Floats, gaps: int, starts: Floats, *, known: bool = False
) -> Maxima:
    """Maximise the likelihood of each row of w (k, N) with the regressors basis (N, j), its first `gaps` pulses.

    starts : (runs, p) angles, all of which are followed
    known : the first start is a maximum found before, so that where no other leads higher nothing more is done and
        the errors are NaN, status "known"
    """
    (k, N), C, p = w.shape, basis.shape[1] + 1, starts.shape[1]
    angles, coefficients, errors = np.empty((k, p)), np.empty((k, p)), np.empty((k, p))
    values, cross, hessian, status = (
        np.empty(k),
        np.empty((k, C, C)),
        np.empty((k, p, p)),
        np.empty(k, dtype=np.int32),
    )
    if _native():
        kernel.fit(
            orders,
            (k, N, C, gaps, len(starts), int(known)),
            np.ascontiguousarray(w),
            basis,
            starts,
            *(angles, coefficients, errors, values, cross, hessian, status),
        )
    else:
        for i, row in enumerate(w):
            columns = np.column_stack([row, basis])
            angles[i], hessian[i], status[i] = plain.maximise(orders, columns, gaps, starts)
            coefficients[i] = plain.coefficients(orders, angles[i])
            errors[i] = plain.standard_errors(orders, angles[i], hessian[i])
            values[i], cross[i] = plain.loglike(orders, columns, gaps, coefficients[i])
    words = tuple(STATUS[i] for i in status.tolist())
    return Maxima(angles, coefficients, errors, values, cross, hessian, words)


def higher(one: Maxima, other: Maxima) -> Maxima:
    """Return of each series the higher of two maxima, the first where they tie or the other was known before."""
    rises = (other.loglike > one.loglike) & (np.array(other.status) != "known")
    rows = [(other if rise else one, i) for i, rise in enumerate(rises)]
    arrays = ("angles", "coefficients", "errors", "loglike", "cross", "hessian")
    picked = {name: np.stack([getattr(of, name)[i] for of, i in rows]) for name in arrays}
    return Maxima(**picked, status=tuple(of.status[i] for of, i in rows))


def together(maxima: Sequence[Maxima]) -> Maxima:
    """Return the maxima of several sets of series as one."""
    arrays = ("angles", "coefficients", "errors", "loglike", "cross", "hessian")
    joined = {name: np.concatenate([getattr(of, name) for of in maxima]) for name in arrays}
    return Maxima(**joined, status=tuple(word for of in maxima for word in of.status))


def loglike(orders: Orders, w: Floats, basis: Floats, gaps: int, coefficients: Floats) -> float:
    """Evaluate the log-likelihood of w (N,) at one coefficient vector; −inf where the AR part is not stationary."""
    if not _native():
        return plain.loglike(orders, np.column_stack([w, basis]), gaps, coefficients)[0]
    C = basis.shape[1] + 1
    value, cross = np.empty(1), np.empty((C, C))
    shape = (len(w), C, gaps, 1, KALMAN_FORM)
    kernel.evaluate(orders, shape, w, basis, coefficients, value, cross, None, None, None)
    return float(value[0])


def filtered(
    orders: Orders,
    w: Floats,
    basis: Floats,
    coefficients: Floats,
    whiten: bool,
    of: Rows | None = None,
) -> Filters:
    """Run the Kalman form over w (N,) and basis (N, j) at (points, p) coefficients; `whiten` keeps the innovations.

    of : (points,) the row of w (k, N) that each point is of, those of one row together; None for w (N,) of all
    """
    rows = w if w.ndim == 2 else w[None]
    points, N, C = len(coefficients), rows.shape[1], basis.shape[1] + 1
    p, q, P, Q, s = orders
    r = max(p + s * P, q + s * Q, 1)
    out = Filters(
        np.empty(points),
        np.empty((points, C, C)),
        np.empty((points, N, C) if whiten else (0, N, C)),
        np.empty((points, r, C)),
        np.empty((points, r, r)),
    )
    row_of = np.zeros(points, dtype=np.int64) if of is None else of
    (_filter if _native() else _filter_plainly)(orders, rows, basis, coefficients, row_of, whiten, out)
    return out


def _filter(
    orders: Orders, rows: Floats, basis: Floats, coefficients: Floats, of: Rows, whiten: bool, out: Filters
) -> None:
    """Fill `out` by the kernel, all points of one row at once."""
    coefficients, first = np.ascontiguousarray(coefficients), 0
    for end in (*(np.flatnonzero(np.diff(of)) + 1).tolist(), len(of)):
        part = slice(first, end)
        noise = out.innovations[part] if whiten else None
        arrays = (out.loglike[part], out.cross[part], noise, out.state[part], out.covariance[part])
        shape = (rows.shape[1], basis.shape[1] + 1, 0, end - first, KALMAN_FORM)
        kernel.evaluate(orders, shape, rows[of[first]], basis, coefficients[part], *arrays)
        first = end


def _filter_plainly(
    orders: Orders, rows: Floats, basis: Floats, coefficients: Floats, of: Rows, whiten: bool, out: Filters
) -> None:
    """Fill `out` by the recursions in Python, point by point."""
    for i, coefficient in enumerate(coefficients):
        a, b = plain.polynomials(orders, coefficient)
        result = plain.kalman(np.column_stack([rows[of[i]], basis]), a, b)
        out.loglike[i] = (
            plain.concentrated(result.cross, result.logdet, rows.shape[1], 0)
            if plain.stationary(a)
            else -np.inf
        )
        out.cross[i], out.state[i], out.covariance[i] = result.cross, result.state, result.covariance
        if whiten:
            out.innovations[i] = result.innovations


@functools.cache
def _native() -> bool:
    """Whether the kernel was built; says once where it was not."""
    if kernel is None:
        warnings.warn(
            "The native seasonal ARIMA kernel was not built, so fits take a slower exact path. "
            "Install a C compiler and reinstall the package to have it.",
            RuntimeWarning,
            stacklevel=2,
        )
    return kernel is not None
