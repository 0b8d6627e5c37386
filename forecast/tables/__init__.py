"""A file as a table of text with line numbers: the one way in for figures and for levels.

Files are recognised by what is in them, not by their name: CSV in UTF-8 or UTF-16, Excel, Parquet, SDMX.
"""

from __future__ import annotations

from forecast.tables.dates import month_first, parse_period, parse_published, parse_quarter
from forecast.tables.numbers import Style, decimals, detect_style, missing, parse_number
from forecast.tables.reading import Finding, Table, fail, read
from forecast.tables.words import fold, match_headings, nearest, suggestion

__all__ = [
    "Finding",
    "Style",
    "Table",
    "decimals",
    "detect_style",
    "fail",
    "fold",
    "match_headings",
    "missing",
    "month_first",
    "nearest",
    "parse_number",
    "parse_period",
    "parse_published",
    "parse_quarter",
    "read",
    "suggestion",
]
