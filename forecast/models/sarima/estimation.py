"""Estimation of a seasonal ARIMA by exact maximum likelihood."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from forecast.errors import FitError
from forecast.models.sarima import likelihood, plain
from forecast.models.sarima.fitted import SarimaFit
from forecast.models.sarima.plain import Orders
from forecast.models.sarima.sample import Sample, sample
from forecast.models.sarima.spec import Sarima

Floats = npt.NDArray[np.float64]


def fit(
    spec: Sarima,
    y: npt.ArrayLike,
    x: npt.ArrayLike | None = None,
    *,
    rng: np.random.Generator | None = None,
    start: npt.ArrayLike | None = None,
) -> SarimaFit:
    """Estimate a seasonal ARIMA by exact maximum likelihood from several starts.

    y : (m,) index points, NaN where a month is missing
    x : (m, j) regressors, differenced like the series; a DataFrame names them
    rng : not used, the search is deterministic; models share one signature
    start : coefficients (AR, MA, seasonal AR, seasonal MA) of an earlier fit, tried beside the cold starts

    The likelihood is that of the differenced series on the modelled scale, given the months that differencing takes;
    missing months are integrated out (Gómez, Maravall & Peña 1999, doi:10.1016/S0304-4076(98)00021-X), regression
    coefficients and σ² are concentrated out. How the search ended is `status` of the fit, never an exception.

    Raises FitError where the series cannot carry the model.
    """
    del rng
    prepared = sample(spec, np.asarray(y, dtype=np.float64)[None, :], x)
    return _estimate(prepared, start)[0]


def fit_draws(spec: Sarima, values: npt.ArrayLike, x: npt.ArrayLike | None = None) -> list[SarimaFit]:
    """Estimate one spec on k histories of one level in one go, each from all cold starts.

    values : (k, m) index points, the same months missing in each · x : (m, j)

    Raises FitError as `fit`.
    """
    return _estimate(sample(spec, values, x), None)


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
    s = sample(spec, np.asarray(y, dtype=np.float64)[None, :], x)
    value = likelihood.loglike(spec.orders, s.w[0], s.basis, s.gaps, coefficients)
    return value - s.nobs * float(np.log(s.scale[0]))


def _estimate(s: Sample, start: npt.ArrayLike | None) -> list[SarimaFit]:
    """Maximise the likelihood of every history of a sample."""
    spec, needed = s.spec, s.n_parameters + 2
    if s.nobs < needed:
        raise FitError(
            f"{spec} with {s.n_parameters} parameters needs {needed} differenced months, got {s.nobs}"
        )
    starts = cold_starts(spec.orders)
    if start is not None:
        warm = plain.angles(spec.orders, np.asarray(start, dtype=np.float64).reshape(spec.n_coefficients))
        starts = np.vstack([starts, warm])
    found = likelihood.maximise(spec.orders, s.w, s.basis, s.gaps, starts)
    values = found.loglike - s.nobs * np.log(s.scale)
    if not np.isfinite(values).all():
        raise FitError(
            f"{spec} has no finite likelihood on this series: it reproduces the series exactly, or overflows"
        )
    return [SarimaFit(spec, s, i, found, float(value)) for i, value in enumerate(values)]


@functools.cache
def cold_starts(orders: Orders) -> Floats:
    """Angles from which the search begins, (runs, k).

    A plain start, and for each part with both AR and MA coefficients starts on a common factor of the two: the
    likelihood of such a model has its other maxima where the factors almost cancel, at a real root near ±1 or at a
    seasonal frequency, the MA root inside the AR root (a peak of the spectrum) or outside it (a dip).
    """
    p, q, P, Q, _ = orders
    starts = [(*_plain(p, q), *_plain(P, Q))]
    starts += [(*regular, *_plain(P, Q)) for regular in _common_factors(p, q)]
    starts += [(*_plain(p, q), *seasonal) for seasonal in _common_factors(P, Q)]
    return np.array(starts, dtype=np.float64).reshape(len(starts), p + q + P + Q)


def _plain(ar: int, ma: int) -> list[float]:
    """Mild positive autoregression, mild negative moving average."""
    return [0.2] * (ar > 0) + [0.0] * (ar - 1) + [-0.5] * (ma > 0) + [0.0] * (ma - 1)


def _common_factors(ar: int, ma: int) -> Sequence[list[float]]:
    """Starts of one part at nearly cancelling factors; (1 − ρB)(…) on the AR and (1 − λB)(…) on the MA side."""
    out = []

    def put(ar_part: list[float], ma_part: list[float]) -> None:
        sines = (
            ar_part
            + [0.0] * (ar - len(ar_part))
            + [-kappa for kappa in ma_part]
            + [0.0] * (ma - len(ma_part))
        )
        out.append([float(np.arcsin(kappa)) for kappa in sines])

    if min(ar, ma) >= 1:
        for rho, lam in ((0.8, 0.5), (0.93, 0.99), (-0.8, -0.5), (-0.93, -0.99)):
            put([rho], [lam])
    if min(ar, ma) >= 2:
        for month in range(1, 6):
            cosine = float(np.cos(np.pi * month / 6))
            put(_pair(0.97, cosine), _pair(0.9, cosine))
    return out


def _pair(modulus: float, cosine: float) -> list[float]:
    """Partial autocorrelations of (1 − 2ρ cos ω B + ρ²B²)."""
    return [2.0 * modulus * cosine / (1.0 + modulus**2), -(modulus**2)]
