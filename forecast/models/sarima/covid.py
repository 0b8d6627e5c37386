"""The COVID months in a seasonal ARIMA: kept, given dummies, or down-weighted, and how wide the months after are.

Lenza & Primiceri (2022), DOI 10.1002/jae.2895: the innovations of the first months have standard deviations
s₀σ, s₁σ, s₂σ, and after them (1 + (s₂ − 1)ρʲ)σ. Leaving the months out estimates well but forecasts with the
confidence of a quiet year; so the scale acts on the future too, whether the past has dummies or weights.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy  # its parts load where they are first used

from forecast.arrays import Floats, block_indices, robust_sd
from forecast.errors import DataError, FitError
from forecast.models.sarima import plain
from forecast.models.sarima.estimation import fit
from forecast.models.sarima.fitted import SarimaFit
from forecast.models.sarima.scan import outlier_columns, polynomials, whitened
from forecast.models.sarima.spec import Sarima
from forecast.parallel import one_thread
from forecast.series import laid_out, monthly
from forecast.shocks import FREE_MONTHS, scale_density

Option = Literal["keep", "dummies", "down_weight"]

OPTIONS = ("keep", "dummies", "down_weight")
START = pd.Period("2020-03", "M")
MONTHS_BEFORE = 24
"""Residuals that it takes to know how wide a normal month is. chosen: two years tell a spread to a seventh."""

_DECAY_MONTHS = 24
"""Whose residuals tell how fast the scale falls; chosen: as a shock is remembered (`forecast.shocks.RECENT`)."""
_SCALES, _DECAYS = np.geomspace(1.0, 100.0, 200), np.linspace(0.01, 0.99, 50)
_WIDE = 1.001  # a scale nearer to 1 than this is a normal month; chosen: a thousandth shows nowhere
_REFUSED = 1e10  # minus log-likelihood where there is none; chosen: above any real one


@dataclass(frozen=True)
class Shock:
    """Hold how much wider than usual the innovations are: `sizes` from the start on, then a decay towards 1."""

    start: pd.Period
    sizes: tuple[float, ...]
    decay: float

    def scale(self, months: pd.PeriodIndex) -> Floats:
        """Standard deviation of each month's innovation over that of a normal month, (m,), at least 1."""
        since = np.array([month.ordinal for month in months]) - self.start.ordinal
        last = len(self.sizes) - 1
        out = np.where(
            since > last, 1 + (self.sizes[-1] - 1) * self.decay ** np.maximum(since - last, 0), 1.0
        )
        free = (since >= 0) & (since <= last)
        out[free] = np.array(self.sizes)[since[free]]
        return out

    def weights(self, months: pd.PeriodIndex) -> Floats:
        """Weight of each month's squared innovation in the likelihood, 1/scale², (m,)."""
        return 1.0 / np.square(self.scale(months))


@dataclass(frozen=True, eq=False)
class CovidFit:
    """Hold a fit whose COVID months are taken care of, anchored at the last month of its sample.

    fit : with a regressor per dummy, or at the maximum of the weighted likelihood; σ² is that of a normal month
    shock : None where the sample ends before the start or the option is "keep"
    end : last month of the sample
    """

    option: Option
    fit: SarimaFit
    shock: Shock | None
    end: pd.Period

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n joint paths of the level after the sample, (n, horizon) index points; x as in `SarimaFit.simulate`.

        Future innovations are as wide as the shock still makes them.
        """
        dummies = len(self.fit.sample.names) - (0 if x is None else np.shape(x)[-1])
        if self.option == "dummies" and dummies:
            zeros = np.zeros((*((horizon,) if x is None else np.shape(x)[:-1]), dummies))
            x = zeros if x is None else np.concatenate([x, zeros], axis=-1)
        return self.fit.simulate(horizon, n, rng, x, self._innovations(horizon, n, rng))

    def summary(self) -> dict[str, Any]:
        """Return what a report prints of the fit, and how the COVID months were treated."""
        return {**self.fit.summary(), **self.treatment()}

    def treatment(self) -> dict[str, Any]:
        """Return how the COVID months were treated, ready for JSON."""
        shock = self.shock and {
            "start": str(self.shock.start),
            "sizes": list(self.shock.sizes),
            "decay": self.shock.decay,
        }
        return {"covid": self.option, "shock": shock}

    def _innovations(self, horizon: int, n: int, rng: np.random.Generator) -> Floats | None:
        """Innovations over the horizon, (n, horizon), where the shock has a say in them."""
        if self.shock is None:
            return None
        spec, sigma = self.fit.spec, np.sqrt(self.fit.sigma2)
        scale = self.shock.scale(pd.period_range(self.end + 1, periods=horizon, freq="M"))
        if spec.innovations == "gaussian":
            return np.asarray(rng.standard_normal((n, horizon)) * sigma * scale)
        e = self.fit.residuals
        past = e / self.shock.scale(
            pd.period_range(end=self.end - self.fit.sample.behind, periods=len(e), freq="M")
        )
        past = past[np.isfinite(past)]
        block = spec.period if spec.innovations == "block" else 1
        return np.asarray((past - past.mean())[block_indices(len(past), horizon, n, block, rng)] * scale)


@one_thread
def fit_covid(
    spec: Sarima,
    y: pd.Series,
    x: npt.ArrayLike | None = None,
    *,
    option: Option = "keep",
    start: pd.Period = START,
) -> CovidFit:
    """Estimate a seasonal ARIMA with the COVID months kept, given a dummy each, or down-weighted.

    y : (n,) index points on months, NaN where not published · x : (n, j) regressors
    option : "keep" treats them like any other; "dummies" gives each of the first 3 months a regressor of its own;
        "down_weight" lets their innovations have the standard deviations of the estimated shock, by maximum
        likelihood given them
    A series that does not reach the start, or begins after it, is fitted as it is.
    Raises DataError for another option, FitError where the model has no fit or too few months come before the start.
    """
    if option not in OPTIONS:
        raise DataError(f'covid option "{option}" is unknown; use one of {", ".join(OPTIONS)}')
    x = laid_out(y, x)[1]
    y = monthly(y)
    months = pd.PeriodIndex(y.index)
    plain_fit = fit(spec, y, x)
    first = start.ordinal - months[0].ordinal
    if option == "keep" or not 0 < first < len(y):
        return CovidFit(option, plain_fit, None, months[-1])
    residuals = pd.Series(_by_month(plain_fit, len(y)), index=months)
    if (before := int(residuals[residuals.index < start].count())) < MONTHS_BEFORE:
        raise FitError(
            f"{MONTHS_BEFORE} residuals before {start} are needed to tell a wide month, {before} are there"
        )
    shock = estimate_shock(residuals, start)
    own = np.empty((len(y), 0)) if x is None else np.asarray(x, dtype=float).reshape(len(y), -1)
    if option == "dummies":
        dummies = outlier_columns("ao", np.arange(first, min(first + FREE_MONTHS, len(y))), len(y))
        dummied = fit(spec, y, np.hstack([own, dummies]))
        return CovidFit(option, dummied, shock, months[-1])
    fitted_months = months[: len(y) - plain_fit.sample.behind][-len(plain_fit.residuals) :]
    return CovidFit(option, _down_weight(plain_fit, shock.scale(fitted_months)), shock, months[-1])


def estimate_shock(residuals: pd.Series, start: pd.Period = START) -> Shock:
    """Estimate the scale of the shock from the residuals of a fit that keeps it.

    σ is the robust one of the months before. The first sizes are |e|/σ, at least 1; the last of them, s, and the
    decay ρ maximise Σ −ln s_t − e_t²/(2σ²s_t²) over it and the 24 months after, with the source's Beta prior on ρ.
    A month without a residual, NaN, says nothing.
    """
    before = residuals[residuals.index < start].dropna().to_numpy()
    sigma = robust_sd(before, centre=0.0)
    e = residuals[residuals.index >= start].to_numpy() / sigma
    sizes = np.fmax(np.abs(e[:FREE_MONTHS]), 1.0)
    tail = e[len(sizes) - 1 : len(sizes) + _DECAY_MONTHS]
    density = scale_density(tail, _SCALES, _DECAYS)
    i, j = np.unravel_index(np.argmax(density), density.shape)
    return Shock(start, (*map(float, sizes[:-1]), float(_SCALES[i])), float(_DECAYS[j]))


def weighted_loglike(fitted: SarimaFit, params: Floats, scale: Floats) -> tuple[float, Floats]:
    """Evaluate the log-likelihood of a fit's sample at other coefficients and innovation standard deviations s_tσ.

    params : (p + q + P + Q,) · scale : (N,) s_t ≥ 1 of the differenced months
    e_t = ε_t + ω_t with Var ε = σ² and Var ω = (s_t² − 1)σ² in the few months where s_t > 1, so the covariance is
    σ²(Ω + CCᵀ) with C the ψ-weights from those months on times √(s_t² − 1). With everything whitened by Ω the
    determinant is |Ω| |I + CᵀC| and the inverse I − C(I + CᵀC)⁻¹Cᵀ; regression and σ² are concentrated out. Returned
    with it: the cross products of the series and its regressors, as `Maxima.cross` holds them.
    """
    s, spec = fitted.sample, fitted.spec
    w, N = s.w[fitted.row], len(scale)
    wide = np.flatnonzero(scale > _WIDE)
    phi, theta = polynomials(spec, params)
    impulses = np.zeros((N, len(wide)))
    impulses[wide, np.arange(len(wide))] = np.sqrt(scale[wide] ** 2 - 1)
    columns = np.column_stack([w, s.basis, scipy.signal.lfilter(theta, phi, impulses, axis=0)])
    white, log_determinant = whitened(spec, params, columns)
    observed, C = white[:, : 1 + s.basis.shape[1]], white[:, 1 + s.basis.shape[1] :]
    lower = np.linalg.cholesky(np.eye(len(wide)) + C.T @ C)
    shared = np.linalg.solve(lower, C.T @ observed)
    cross = observed.T @ observed - shared.T @ shared
    beta = np.linalg.solve(cross[1:, 1:], cross[1:, 0])
    sigma2 = float(cross[0, 0] - beta @ cross[1:, 0]) / s.nobs
    gaps = np.linalg.slogdet(cross[1 : s.gaps + 1, 1 : s.gaps + 1])[1]
    log_determinant += 2 * float(np.log(np.diag(lower)).sum()) + float(gaps)
    value = -0.5 * (s.nobs * (np.log(2 * np.pi * sigma2) + 1) + log_determinant)
    return value - s.nobs * float(np.log(s.scale[fitted.row])), cross


def _down_weight(plain_fit: SarimaFit, scale: Floats) -> SarimaFit:
    """Maximise the weighted likelihood from the coefficients of the plain one."""
    orders = plain_fit.spec.orders

    def value(angles: Floats) -> float:
        try:
            return -weighted_loglike(plain_fit, plain.coefficients(orders, angles), scale)[0]
        except np.linalg.LinAlgError:  # an AR root at one
            return _REFUSED

    start = plain_fit.maxima.angles[plain_fit.row]
    angles = (
        scipy.optimize.minimize(value, start, method="BFGS", options={"gtol": 1e-4}).x
        if len(start)
        else start
    )
    coefficients = plain.coefficients(orders, np.asarray(angles))
    loglike, cross = weighted_loglike(plain_fit, coefficients, scale)
    maxima = replace(
        plain_fit.maxima, angles=angles[None], coefficients=coefficients[None], cross=cross[None]
    )
    return replace(plain_fit, maxima=maxima, loglike=loglike)


def _by_month(fitted: SarimaFit, n: int) -> Floats:
    """Residuals of a fit by the months of its series, (n,); NaN where there is none."""
    out = np.full(n, np.nan)
    end = n - fitted.sample.behind
    out[end - len(fitted.residuals) : end] = fitted.residuals
    return out
