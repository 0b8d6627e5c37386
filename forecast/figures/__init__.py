"""Published figures: rates and index values as the office prints them, each with its date of publication."""

from __future__ import annotations

from forecast.figures.quality import check, contradictions
from forecast.figures.reading import read, read_as, read_files, recognises
from forecast.figures.table import (
    CELL,
    COLUMNS,
    MEASURES,
    Day,
    Figures,
    Row,
    as_day,
    from_table,
    publication_rank,
)

__all__ = [
    "CELL",
    "COLUMNS",
    "MEASURES",
    "Day",
    "Figures",
    "Row",
    "as_day",
    "check",
    "contradictions",
    "from_table",
    "publication_rank",
    "read",
    "read_as",
    "read_files",
    "recognises",
]
