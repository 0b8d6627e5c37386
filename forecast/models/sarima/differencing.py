"""How often to difference: seasonal strength for D, the KPSS unit-root test for d."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, long_run_variance

STRENGTH_LIMIT = 0.64
"""Seasonal strength above which D = 1 forecasts better than D = 0: the threshold of R's `forecast::nsdiffs`."""

KPSS_LIMIT = 0.463
"""Upper 5 % point of the KPSS statistic with a constant (Kwiatkowski et al. 1992, Table 1)."""

MAX_D = 2  # as in R's `forecast::ndiffs`
SEASONAL_WINDOW = 11  # of the STL filters, in years: what R's `mstl` takes for one season


@dataclass(frozen=True)
class Differencing:
    """Record the differences chosen and the statistics they were chosen by.

    d, D : regular and seasonal differences
    strength : seasonal strength in [0, 1]; None where the series has fewer than two seasons and D = 0
    kpss : the KPSS statistic after D seasonal and 0, 1, … regular differences, one each until it is stationary
    """

    d: int
    D: int
    strength: float | None
    kpss: tuple[float, ...]


def choose_differencing(z: npt.ArrayLike, x: npt.ArrayLike | None = None, period: int = 12) -> Differencing:
    """Choose d and D as R's `auto.arima` does: seasonal strength first, then KPSS tests at 5 %.

    z : (n,) on the scale modelled, NaN where not published · x : (n, j) regressors, taken out by least squares
    D = 1 where the seasonal strength exceeds 0.64; then d grows from 0 until the KPSS test no longer rejects
    stationarity, at most 2.
    Source: Hyndman & Khandakar (2008), DOI 10.18637/jss.v027.i03; Wang, Smith & Hyndman (2006),
    DOI 10.1007/s10618-005-0039-x; Kwiatkowski, Phillips, Schmidt & Shin (1992), DOI 10.1016/0304-4076(92)90104-Y.
    """
    values = np.asarray(z, dtype=float)
    if x is not None:
        values = _without_regressors(values, np.asarray(x, dtype=float))
    if period < 2 or len(values) <= 2 * period or _is_constant(values):
        strength, D = None, 0
    else:
        strength = seasonal_strength(values, period)
        D = int(strength > STRENGTH_LIMIT)
    if D:
        values = values[period:] - values[:-period]
    d, statistics = 0, []
    while not _is_constant(values):
        statistics.append(kpss(values))
        if statistics[-1] <= KPSS_LIMIT or d == MAX_D:
            break
        d, values = d + 1, np.diff(values)
    return Differencing(d, D, strength, tuple(statistics))


def seasonal_strength(z: npt.ArrayLike, period: int = 12) -> float:
    """Measure the seasonal strength max(0, 1 − Var(R)/Var(S + R)) of an STL decomposition z = T + S + R.

    z : (n,), n > 2 periods; NaN is bridged for the decomposition and left out of the variances
    Source: Wang, Smith & Hyndman (2006), DOI 10.1007/s10618-005-0039-x; STL with the settings of R's `mstl`.
    """
    from statsmodels.tsa.seasonal import STL  # a second to import, so only where it is needed

    values = np.asarray(z, dtype=float)
    observed = np.isfinite(values)
    trend_window = _next_odd(math.ceil(1.5 * period / (1 - 1.5 / SEASONAL_WINDOW)))
    low_pass_window = _next_odd(period)
    parts = STL(
        _bridged(values, period),
        period=period,
        seasonal=SEASONAL_WINDOW,
        trend=trend_window,
        low_pass=low_pass_window,
        seasonal_deg=0,
        seasonal_jump=-(-SEASONAL_WINDOW // 10),
        trend_jump=-(-trend_window // 10),
        low_pass_jump=-(-low_pass_window // 10),
    ).fit(inner_iter=2, outer_iter=0)
    remainder = np.asarray(parts.resid)[observed]
    detrended = remainder + np.asarray(parts.seasonal)[observed]
    spread = float(detrended.var())
    return 0.0 if spread == 0 else max(0.0, 1.0 - float(remainder.var()) / spread)


def kpss(z: npt.ArrayLike) -> float:
    """Compute the KPSS statistic of level stationarity, n⁻² Σ S_t² / s²(l).

    z : (n,), NaN left out · S_t : partial sums of the deviations from the mean · s²(l) : their long-run variance
    with Bartlett weights and l = ⌊3√n/13⌋ lags, as in R's `forecast::ndiffs`.
    Source: Kwiatkowski, Phillips, Schmidt & Shin (1992), DOI 10.1016/0304-4076(92)90104-Y.
    """
    values = np.asarray(z, dtype=float)
    e = values[np.isfinite(values)]
    n = len(e)
    long_run = long_run_variance(e, lags=int(3 * math.sqrt(n) / 13))
    return float(np.square(np.cumsum(e - e.mean())).sum() / (n**2 * long_run))


def _without_regressors(z: Floats, x: Floats) -> Floats:
    """Residuals of z on a constant and the regressors over the observed months."""
    observed = np.isfinite(z)
    design = np.column_stack([np.ones(len(z)), x])
    beta = np.linalg.lstsq(design[observed], z[observed], rcond=None)[0]
    return np.asarray(z - design @ beta)


def _bridged(z: Floats, period: int) -> Floats:
    """Fill gaps with the profile of their season plus a straight line through the rest."""
    missing = ~np.isfinite(z)
    if not missing.any():
        return z
    season = np.arange(len(z)) % period
    profile = np.array([_mean(z[season == s]) for s in range(period)])[season]
    rest = z - profile
    months = np.arange(len(z))
    return np.where(missing, profile + np.interp(months, months[~missing], rest[~missing]), z)


def _mean(values: Floats) -> float:
    """Mean of the observed values, 0 where there is none."""
    observed = values[np.isfinite(values)]
    return float(observed.mean()) if len(observed) else 0.0


def _is_constant(z: Floats) -> bool:
    observed = z[np.isfinite(z)]
    return len(observed) < 2 or float(np.ptp(observed)) <= 1e-12 * max(1.0, float(np.abs(observed).max()))


def _next_odd(x: int) -> int:
    return x + 1 if x % 2 == 0 else x
