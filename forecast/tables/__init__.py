"""A file as a table of text with line numbers: the one way in for figures and for levels.

Files are recognised by what is in them, not by their name: CSV in UTF-8 or UTF-16, Excel, Parquet, SDMX.
"""

from __future__ import annotations

from forecast.tables.account import Account, LeftOut
from forecast.tables.dates import (
    day_first,
    month_first,
    month_of_year,
    parse_period,
    parse_published,
    parse_quarter,
    parse_year_to_date,
    year_column,
)
from forecast.tables.numbers import (
    Style,
    decimals,
    detect_style,
    either_way,
    missing,
    parse_number,
    tells_decimal,
)
from forecast.tables.opening import sheets
from forecast.tables.reading import AS_IT_IS, Finding, Layout, Table, fail, read
from forecast.tables.words import fold, match_headings, nearest, plain_name, suggestion, unaccented

__all__ = [
    "AS_IT_IS",
    "Account",
    "Finding",
    "Layout",
    "LeftOut",
    "Style",
    "Table",
    "day_first",
    "decimals",
    "detect_style",
    "either_way",
    "fail",
    "fold",
    "match_headings",
    "missing",
    "month_first",
    "month_of_year",
    "nearest",
    "parse_number",
    "parse_period",
    "parse_published",
    "parse_quarter",
    "parse_year_to_date",
    "plain_name",
    "read",
    "sheets",
    "suggestion",
    "tells_decimal",
    "unaccented",
    "year_column",
]
