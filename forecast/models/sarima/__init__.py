"""Seasonal ARIMA by exact maximum likelihood: spec → fit → paths, and the choice of the spec."""

from __future__ import annotations

from forecast.models.sarima.estimation import fit, fit_draws, loglike
from forecast.models.sarima.fitted import SarimaFit
from forecast.models.sarima.search import Search, search
from forecast.models.sarima.spec import Sarima
from forecast.rooms import furnish

__all__ = ["Sarima", "SarimaFit", "Search", "fit", "fit_draws", "loglike", "search"]


furnish(__name__)
