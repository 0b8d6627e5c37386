"""Seasonal ARIMA by exact maximum likelihood: spec → fit → paths, and the choice of the spec."""

from __future__ import annotations

from forecast.models.sarima.covid import CovidFit, fit_covid
from forecast.models.sarima.diagnostics import Diagnostics, diagnose
from forecast.models.sarima.estimation import fit_draws, loglike
from forecast.models.sarima.fitted import SarimaFit
from forecast.models.sarima.outliers import Outlier, Outliers, find_outliers
from forecast.models.sarima.search import Search, search
from forecast.models.sarima.simulation import simulate_draws
from forecast.models.sarima.spec import Sarima
from forecast.models.sarima.treated import TreatedFit, fit
from forecast.rooms import furnish

__all__ = [
    "CovidFit",
    "Diagnostics",
    "Outlier",
    "Outliers",
    "Sarima",
    "SarimaFit",
    "Search",
    "TreatedFit",
    "diagnose",
    "find_outliers",
    "fit",
    "fit_covid",
    "fit_draws",
    "loglike",
    "search",
    "simulate_draws",
]

furnish(__name__)
