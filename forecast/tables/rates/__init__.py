"""Rates as bulletins head them: WHAT against BASE, in words of time alone, never by the place of a column."""

from __future__ import annotations

from forecast.tables.rates.compare import NoRate, Rate
from forecast.tables.rates.heading import ANY_MONTH, headings, measure_alone, speaks_of_rates
from forecast.tables.rates.lexicon import REASONS, per_mille, says
from forecast.tables.rates.titles import months_of_title, objection

__all__ = [
    "ANY_MONTH",
    "REASONS",
    "NoRate",
    "Rate",
    "headings",
    "measure_alone",
    "months_of_title",
    "objection",
    "per_mille",
    "says",
    "speaks_of_rates",
]
