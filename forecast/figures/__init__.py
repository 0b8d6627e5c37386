"""Published figures: rates and index values as the office prints them, each with its date of publication."""

from __future__ import annotations

from forecast.figures.reading import read, recognises
from forecast.figures.table import CELL, COLUMNS, MEASURES, Day, Figures, as_day, from_table, publication_rank

__all__ = [
    "CELL",
    "COLUMNS",
    "MEASURES",
    "Day",
    "Figures",
    "as_day",
    "from_table",
    "publication_rank",
    "read",
    "recognises",
]
