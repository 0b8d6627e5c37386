"""Bulletins as offices publish them: tables of rates found by content, every number accounted for.

Sheets of cells → tables of production (`choose`) → what the columns hold (`columns`, by `tables.rates`) → whose
figures the rows hold (`labels`) → values (`values`) → records, with what was left out.
"""

from __future__ import annotations

from forecast.figures.bulletin.choose import whole
from forecast.figures.bulletin.columns import LEFT_OUT, is_declared
from forecast.figures.bulletin.places import place, place_named
from forecast.figures.bulletin.read import compares_months, holds_bulletin, read
from forecast.figures.bulletin.work import Declared

__all__ = [
    "LEFT_OUT",
    "Declared",
    "compares_months",
    "holds_bulletin",
    "is_declared",
    "place",
    "place_named",
    "read",
    "whole",
]
