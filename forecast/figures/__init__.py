"""Published figures: rates and index values as the office prints them, each with its date of publication."""

from __future__ import annotations

from forecast.figures.arithmetic import contradictions
from forecast.figures.editions import REVISED_AT_MOST, first_prints, provisional
from forecast.figures.memory import from_table
from forecast.figures.quality import check, renamed
from forecast.figures.reading import read, read_as, read_files, recognises
from forecast.figures.table import (
    CELL,
    COLUMNS,
    MEASURES,
    Day,
    Figures,
    Row,
    as_day,
    grouped,
    publication_rank,
)
from forecast.rooms import furnish

__all__ = [
    "CELL",
    "COLUMNS",
    "MEASURES",
    "REVISED_AT_MOST",
    "Day",
    "Figures",
    "Row",
    "as_day",
    "check",
    "contradictions",
    "first_prints",
    "from_table",
    "grouped",
    "provisional",
    "publication_rank",
    "read",
    "read_as",
    "read_files",
    "recognises",
    "renamed",
]


furnish(__name__)
