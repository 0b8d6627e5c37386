"""Seasonal ARIMA by exact maximum likelihood: spec → fit → paths."""

from __future__ import annotations

from forecast.models.sarima.estimation import SarimaFit, fit, fit_draws, loglike
from forecast.models.sarima.spec import Sarima

__all__ = ["Sarima", "SarimaFit", "fit", "fit_draws", "loglike"]
