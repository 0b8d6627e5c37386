"""Estimation of a seasonal ARIMA by exact maximum likelihood."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats
from forecast.errors import FitError
from forecast.models.draws import Found, fitted
from forecast.models.sarima import likelihood, plain
from forecast.models.sarima.fitted import SarimaFit
from forecast.models.sarima.likelihood import Maxima
from forecast.models.sarima.plain import Orders
from forecast.models.sarima.sample import Sample, sample
from forecast.models.sarima.spec import Sarima
from forecast.parallel import one_thread
from forecast.series import laid_out


@one_thread
def fit(
    spec: Sarima,
    y: npt.ArrayLike,
    x: npt.ArrayLike | None = None,
    *,
    start: npt.ArrayLike | None = None,
    cold: bool = True,
) -> SarimaFit:
    """Estimate a seasonal ARIMA as it stands; arguments, likelihood and errors as in `treated.fit`."""
    values, x, months = laid_out(y, x)
    estimated = _estimate(sample(spec, values[None, :], x), start, cold)[0]
    return estimated if months is None else replace(estimated, months=months)


@one_thread
def fit_draws(spec: Sarima, values: npt.ArrayLike, x: npt.ArrayLike | None = None) -> Found[SarimaFit]:
    """Estimate one spec on k histories of one level in one go, each from all cold starts.

    values : (k, m) index points, NaN where a month is missing · x : (m, j)
    Returns of each its fit, or why there is none.
    """
    y = np.asarray(values, dtype=np.float64)
    return fitted(np.isfinite(y), lambda rows: _estimate(sample(spec, y[rows], x), None, True))


def fit_plainly(prepared: Sample) -> SarimaFit:
    """Estimate one history that is prepared already from the plain start alone.

    Raises FitError as `fit`.
    """
    return _maximise(prepared, cold_starts(prepared.spec.orders)[:1])[0]


def fit_further(first: SarimaFit) -> SarimaFit:
    """Follow the other cold starts of a fit made plainly and return what leads higher, else the fit itself.

    Raises FitError as `fit`.
    """
    others = cold_starts(first.spec.orders)[1:]
    if not len(others):
        return first
    other = _maximise(first.sample, np.vstack([first.maxima.angles, others]), known=True)[0]
    return other if other.status != "known" and other.loglike > first.loglike else first


@one_thread
def loglike(spec: Sarima, params: npt.ArrayLike, y: npt.ArrayLike, x: npt.ArrayLike | None = None) -> float:
    """Evaluate the exact log-likelihood of the differenced series at given coefficients.

    params : (p + q + P + Q,) AR, MA, seasonal AR, seasonal MA, signs as in `Sarima`; drift, regression coefficients
    and σ² are at their best for them. An MA part may have roots anywhere; −inf where the AR part is not stationary.

    Raises FitError as `fit`, ValueError for another number of coefficients.
    """
    coefficients = np.ascontiguousarray(params, dtype=np.float64)
    if coefficients.shape != (spec.n_coefficients,):
        raise ValueError(
            f"{spec} has {spec.n_coefficients} coefficients, got an array of shape {coefficients.shape}"
        )
    levels, x, _ = laid_out(y, x)
    s = sample(spec, levels[None, :], x)
    value = likelihood.loglike(spec.orders, s.w[0], s.basis, s.gaps, coefficients)
    return value - s.nobs * float(np.log(s.scale[0]))


def _estimate(s: Sample, start: npt.ArrayLike | None, cold: bool) -> list[SarimaFit]:
    """Maximise the likelihood of every history of a sample from the cold starts, a warm one, or both."""
    starts = cold_starts(s.spec.orders)
    if start is not None:
        warm = plain.angles(s.spec.orders, np.asarray(start, dtype=np.float64).reshape(s.spec.n_coefficients))
        starts = np.vstack([warm, starts]) if cold else warm[None]
    return _maximise(s, starts)


def _maximise(s: Sample, starts: Floats, *, known: bool = False) -> list[SarimaFit]:
    spec, needed = s.spec, s.n_parameters + 2
    if s.nobs < needed:
        raise FitError(
            f"{spec} with {s.n_parameters} parameters needs {needed} differenced months, got {s.nobs}"
        )
    maxima = likelihood.maximise(spec.orders, s.w, s.basis, s.gaps, starts, known=known)
    if len(starts) > 1 and len(crossing := _seasonal_crossings(spec.orders)):
        maxima = likelihood.higher(maxima, _crossed(s, maxima.angles, crossing, known))
    pairs = zip(maxima.loglike.tolist(), s.scale.tolist(), strict=True)
    values = [value - s.nobs * math.log(scale) for value, scale in pairs]
    if not all(map(math.isfinite, values)):
        raise FitError(
            f"{spec} has no finite likelihood on this series: it reproduces the series exactly, or overflows"
        )
    return [SarimaFit(spec, s, i, maxima, value) for i, value in enumerate(values)]


def _crossed(s: Sample, angles: Floats, seasonal: Floats, known: bool) -> Maxima:
    """Start again from each series' own regular part with other seasonal parts beside it.

    Where both parts have AR and MA the factors of either may almost cancel, and which way depends on the other's.
    """
    orders, regular = s.spec.orders, s.spec.orders[0] + s.spec.orders[1]
    again = []
    for i, best in enumerate(angles):
        starts = np.hstack([np.tile(best[:regular], (len(seasonal), 1)), seasonal])
        starts = np.vstack([best, starts]) if known else starts
        again.append(likelihood.maximise(orders, s.w[i : i + 1], s.basis, s.gaps, starts, known=known))
    return likelihood.together(again)


@functools.cache
def _seasonal_crossings(orders: Orders) -> Floats:
    """Angles of seasonal parts on a common factor, (runs, P + Q); none unless both parts have AR and MA."""
    p, q, P, Q, _ = orders
    runs = _common_roots(P, Q) if min(p, q) > 0 else []
    return np.array(runs, dtype=np.float64).reshape(len(runs), P + Q)


@functools.cache
def cold_starts(orders: Orders) -> Floats:
    """Angles from which the search begins, (runs, k).

    A plain start, and for each part with both AR and MA coefficients starts on a common factor of the two: the
    likelihood of such a model has its other maxima where factors almost cancel, at a real root near ±1 or at a
    seasonal frequency, the MA root inside the AR root (a peak of the spectrum) or outside it (a dip). Without an AR
    part in its way the other maximum is at an MA unit root.
    """
    p, q, P, Q, _ = orders
    plain_start, plain_season = _plain(p, q), _plain(P, Q)
    real, pairs = _common_roots(p, q), _common_pairs(p, q, (1, 2, 3, 4, 5)) if p + q > 3 else []
    real_season, pairs_season = _common_roots(P, Q), _common_pairs(P, Q, (2, 4))
    starts = [plain_start + plain_season]
    starts += [regular + plain_season for regular in real + pairs]
    starts += [plain_start + seasonal for seasonal in real_season + pairs_season]
    if p == 0 < q and q + P + Q > 2:
        starts += [_part(p, q, [], [0.97]) + plain_season]
    if P == 0 and Q > 1:
        starts += [plain_start + _part(P, Q, [], [0.97])]
    return np.array(starts, dtype=np.float64).reshape(len(starts), p + q + P + Q)


def _plain(ar: int, ma: int) -> list[float]:
    """Mild positive autoregression, mild negative moving average."""
    return [0.2] * (ar > 0) + [0.0] * (ar - 1) + [-0.5] * (ma > 0) + [0.0] * (ma - 1)


def _common_roots(ar: int, ma: int) -> list[list[float]]:
    """Starts of one part with (1 − ρB) on the AR and (1 − λB) on the MA side, ρ and λ near."""
    if min(ar, ma) < 1:
        return []
    roots = [
        _part(ar, ma, [sign * rho], [sign * lam])
        for sign in (1, -1)
        for rho, lam in ((0.8, 0.5), (0.93, 0.99))
    ]
    if ar > 1:  # a slow cycle, of which the moving average takes one half
        roots += [_part(ar, ma, [0.99, -0.9], [0.95, -0.4][:ma])]
    if ar > 1 and ar + ma > 3:
        roots += [_part(ar, ma, [sign * 0.93, -sign * 0.6], [sign * 0.99]) for sign in (1, -1)]
    return roots


def _common_pairs(ar: int, ma: int, months: Sequence[int]) -> list[list[float]]:
    """Starts of one part with (1 − 2ρ cos ω B + ρ²B²) on the AR and the same with λ on the MA side, ω = month·π/6."""
    if min(ar, ma) < 2:
        return []

    def pair(modulus: float, month: int) -> list[float]:
        return [2.0 * modulus * math.cos(math.pi * month / 6) / (1.0 + modulus**2), -(modulus**2)]

    return [
        _part(ar, ma, pair(rho, month), pair(lam, month))
        for month in months
        for rho, lam in ((0.97, 0.9), (0.9, 0.97))
    ]


def _part(ar: int, ma: int, ar_sines: list[float], ma_sines: list[float]) -> list[float]:
    """Angles of one part from its first partial autocorrelations, the MA's written as an AR's."""
    sines = ar_sines + [0.0] * (ar - len(ar_sines)) + [-s for s in ma_sines] + [0.0] * (ma - len(ma_sines))
    return [math.asin(s) for s in sines]
