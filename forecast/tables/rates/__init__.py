"""Rates as bulletins head them: WHAT against BASE, in words of time alone, never by the place of a column."""

from __future__ import annotations

from forecast.tables.rates.heading import REASONS, NoRate, Rate, headings, speaks_of_rates
from forecast.tables.rates.lexicon import says

__all__ = ["REASONS", "NoRate", "Rate", "headings", "says", "speaks_of_rates"]
