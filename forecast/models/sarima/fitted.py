"""What estimation found: coefficients, how the search ended, and paths from the end of the sample."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import scipy  # its parts load where they are first used

from forecast.arrays import Floats, long_run_error
from forecast.display import Shown
from forecast.models.dated import Dated, Quantiles, moved
from forecast.models.sarima import likelihood, simulation
from forecast.models.sarima.concentrated import beta_root, concentrate, on_levels
from forecast.models.sarima.likelihood import Maxima
from forecast.models.sarima.sample import Sample, sample
from forecast.models.sarima.simulation import Forecast
from forecast.models.sarima.spec import Sarima
from forecast.parallel import one_thread

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False, repr=False)
class SarimaFit(Dated):
    """Hold an estimated seasonal ARIMA, anchored at the last month of its sample, missing or not.

    loglike : exact log-likelihood of the differenced series on the modelled scale, no Jacobian
    """

    spec: Sarima
    sample: Sample = field(repr=False)
    row: int = field(repr=False)
    maxima: Maxima = field(repr=False)
    loglike: float

    @property
    def params(self) -> Floats:
        """Coefficients AR, MA, seasonal AR, seasonal MA, (p + q + P + Q,)."""
        return np.asarray(self.maxima.coefficients[self.row])

    @property
    def standard_errors(self) -> Floats:
        """Errors of `params` from the Hessian; NaN at an MA unit root or where the Hessian is singular."""
        return np.asarray(self.maxima.errors[self.row])

    @property
    def status(self) -> str:
        """How the search ended: "converged", "boundary" (a maximum with an MA unit root), "flat" (a maximum that does
        not identify the coefficients), "stalled" or "exhausted".
        """
        return self.maxima.status[self.row]

    @property
    def converged(self) -> bool:
        """Whether the search ended at a maximum."""
        return self.status in ("converged", "boundary", "flat")

    @property
    def nobs(self) -> int:
        """Differenced months less missing ones."""
        return self.sample.nobs

    @property
    def n_parameters(self) -> int:
        """Coefficients, drift, regressors and σ²."""
        return self.sample.n_parameters

    @property
    def aicc(self) -> float:
        """Corrected Akaike criterion −2 log L + 2kn/(n − k − 1) (Hurvich & Tsai 1989, doi:10.1093/biomet/76.2.297)."""
        k, n = self.n_parameters, self.nobs
        return -2.0 * self.loglike + 2.0 * k * n / (n - k - 1)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What `beta` are the coefficients of: the drift if there is one, then the regressors."""
        return ("drift",) * int(self.spec.has_drift) + self.sample.names

    @cached_property
    def sigma2(self) -> float:
        """Innovation variance on the modelled scale, maximum likelihood."""
        return float(concentrate(self.sample, self.row, self.maxima.cross[[self.row]]).sigma2[0])

    @cached_property
    def beta(self) -> Floats:
        """Drift and regression coefficients, (j,)."""
        linear = concentrate(self.sample, self.row, self.maxima.cross[[self.row]])
        return on_levels(self.sample, self.row, linear.beta[0])[self.sample.gaps :]

    @cached_property
    def beta_errors(self) -> Floats:
        """Errors of `beta`: of the drift its long-run one where d + D = 1, else by generalised least squares."""
        root = beta_root(self.sample, self.maxima.cross[[self.row]], True, self.drift_inflation)[0]
        on_levels = self.sample.mixing @ root
        return np.asarray(
            np.sqrt(self.sigma2 * np.einsum("ij,ij->i", on_levels, on_levels))[self.sample.gaps :]
        )

    @cached_property
    def drift_inflation(self) -> float:
        """Long-run error of the drift over its error under the model; 1 where the drift keeps the latter.

        Where d + D = 1 an MA part near a unit root would leave the drift almost no error: Newey & West (1987,
        doi:10.2307/1913610) with 1.3√N lags (Lazarus et al. 2018, doi:10.1080/07350015.2018.1506926), at least two
        seasons.
        """
        s, spec = self.sample, self.spec
        if not spec.has_drift or spec.order[1] + spec.seasonal[1] != 1:
            return 1.0
        linear = concentrate(s, self.row, self.maxima.cross[[self.row]])
        noise = s.w[self.row] - s.basis @ (linear.beta[0] / s.scale[self.row])
        lags = max(int(1.3 * np.sqrt(len(noise))), 2 * spec.period)
        long_run = long_run_error(noise, lags) * s.scale[self.row]
        root = s.mixing @ beta_root(s, self.maxima.cross[[self.row]], True, 1.0)[0]
        return float(long_run / np.sqrt(self.sigma2 * root[s.gaps] @ root[s.gaps]))

    @cached_property
    def residuals(self) -> Floats:
        """One-step innovations of the differenced series, each scaled to variance σ², (N,); NaN in missing months."""
        s = self.sample
        out = likelihood.filtered(s.spec.orders, s.w[self.row], s.basis, self.params[None], whiten=True)
        linear = concentrate(s, self.row, out.cross)
        innovations = out.innovations[0] @ np.append(s.scale[self.row], -linear.beta[0])
        innovations[s.others[s.spec.lost :, : s.gaps].any(axis=1)] = np.nan
        return np.asarray(innovations)

    @one_thread
    def simulate(
        self,
        horizon: int,
        n: int,
        rng: np.random.Generator,
        x: Floats | None = None,
        innovations: Floats | None = None,
    ) -> Floats:
        """Draw n joint paths of the level after the end of the sample, (n, horizon) index points.

        x : regressors over the horizon, (horizon, j) or one per path (n, horizon, j); required where the fit had any
        innovations : (n, horizon) or (horizon,) future shocks on the modelled scale, instead of drawn ones; what else
            is uncertain stays so: coefficients, and the state where an MA root is near one or a month is missing

        Raises ValueError for regressors or innovations of another shape.
        """
        return simulation.simulate([self], horizon, n, [rng], x, innovations)

    @one_thread
    def updated(self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None) -> SarimaFit:
        """Return the same AR and MA coefficients after the last month of other levels y, (n,) index points.

        x : (n, j) regressors. What is linear, drift, regression coefficients and σ², is concentrated out anew.
        Raises FitError as `fit`.
        """
        fit, values, x = moved(self, y, x, positive=self.spec.log)
        s = sample(self.spec, values[None, :], x)
        i, params = [self.row], self.params
        cross = likelihood.filtered(self.spec.orders, s.w[0], s.basis, params[None], whiten=False).cross
        value = likelihood.loglike(self.spec.orders, s.w[0], s.basis, s.gaps, params)
        loglike = value - s.nobs * float(np.log(s.scale[0]))
        m = self.maxima
        maxima = Maxima(
            m.angles[i], m.coefficients[i], m.errors[i], np.array([value]), cross, m.hessian[i],
            (m.status[self.row],),
        )  # fmt: skip
        return replace(fit, sample=s, row=0, maxima=maxima, loglike=loglike)

    @one_thread
    def modelled(self, horizon: int, x: Floats | None = None) -> Forecast:
        """Return mean and variance of the modelled scale after the end of the sample, (horizon,) each.

        The variance holds innovations, state, drift and regression coefficients, not the error of AR and MA
        coefficients; without `parameter_uncertainty` innovations and state alone.
        """
        return simulation.forecast(self, horizon, x)

    def _quantiles(self, horizon: int, x: Floats | None, paths: int, seed: int) -> Quantiles:
        """With Gaussian innovations the quantiles of `modelled`, else of simulated paths."""
        if self.spec.innovations != "gaussian":
            return super()._quantiles(horizon, x, paths, seed)
        ahead = self.modelled(horizon, x)
        spread = np.sqrt(ahead.variance)

        def level(q: float) -> Floats:
            value = ahead.mean + scipy.special.ndtri(q) * spread
            return np.asarray(np.exp(value) if self.spec.log else value)

        return level

    def summary(self) -> dict[str, Any]:
        """Return orders, coefficients with errors, and how the fit went: plain numbers and words, ready for JSON.

        At a prompt and in a notebook it shows itself as a table, with Ljung–Box, residual season, normality, the roots
        and the outliers found.
        """
        from forecast.models.sarima.summary import (
            of_fit,
        )  # here, because it needs the diagnostics, and they a fit

        return of_fit(self._content(), self)

    def _shown(self) -> Shown:
        """The table of the summary."""
        from forecast.models.sarima.summary import table_of

        return table_of(self._content(), self)

    def plot_diagnostics(self) -> Figure:
        """Draw the residuals by month, against the normal distribution and by lag, and the inverse roots."""
        from forecast.models.sarima.summary import picture

        return picture(self)

    def _content(self) -> dict[str, Any]:
        labels = [
            f"{kind}{i + 1}"
            for kind, order in zip(
                ("ar", "ma", "seasonal_ar", "seasonal_ma"),
                (self.spec.order[0], self.spec.order[2], self.spec.seasonal[0], self.spec.seasonal[2]),
                strict=True,
            )
            for i in range(order)
        ]
        values = np.concatenate([self.params, self.beta])
        errors = np.concatenate([self.standard_errors, self.beta_errors])
        return {
            "model": str(self.spec),
            "log": self.spec.log,
            "coefficients": [
                {"name": name, "value": float(value), "error": float(error) if np.isfinite(error) else None}
                for name, value, error in zip([*labels, *self.names], values, errors, strict=True)
            ],
            "sigma": float(np.sqrt(self.sigma2)),
            "loglike": self.loglike,
            "aicc": self.aicc,
            "months": self.nobs,
            "missing_months": self.sample.gaps + self.sample.behind,
            "converged": self.converged,
            "status": self.status,
        }
