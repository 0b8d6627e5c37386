"""Seasonal ARIMA by exact maximum likelihood: spec → fit → paths."""

from __future__ import annotations

from forecast.models.sarima.estimation import fit, fit_draws, loglike
from forecast.models.sarima.fitted import SarimaFit
from forecast.models.sarima.spec import Sarima

__all__ = ["Sarima", "SarimaFit", "fit", "fit_draws", "loglike"]
