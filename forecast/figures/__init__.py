"""Published figures: rates and index values as the office prints them, each with its date of publication."""

from __future__ import annotations

from forecast.figures.reading import read
from forecast.figures.table import COLUMNS, MEASURES, Figures, as_day, from_table

__all__ = ["COLUMNS", "MEASURES", "Figures", "as_day", "from_table", "read"]
