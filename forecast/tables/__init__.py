"""Any file into tables of cells: sheets → blocks → headings → months, measures, values, and an account of all numbers.

Each step is a module that can be used and tested alone: `opening`, `blocks`, `headings`, `moments`, `axis`, `rates`,
`numbers`, `marks`, `account`. What is language is data, in `languages` and `rates`.
"""

from __future__ import annotations

from forecast.rooms import furnish
from forecast.tables.account import Account, LeftOut
from forecast.tables.dates import (
    day_first,
    month_first,
    month_of_year,
    parse_period,
    parse_published,
    parse_quarter,
    parse_year_to_date,
)
from forecast.tables.finding import Finding
from forecast.tables.numbers import (
    TOO_LARGE,
    Style,
    decimals,
    detect_style,
    either_way,
    missing,
    parse_number,
    tells_decimal,
)
from forecast.tables.opening import Opened, Source, opened, refuse_sheet, sheets
from forecast.tables.telling import AS_IT_IS, Layout, fail
from forecast.tables.words import (
    RENAMED_WITHIN,
    fold,
    latin,
    match_headings,
    nearest,
    nearest_name,
    plain_name,
    suggestion,
    unaccented,
)
from forecast.tables.zones import local_months

__all__ = [
    "AS_IT_IS",
    "RENAMED_WITHIN",
    "TOO_LARGE",
    "Account",
    "Finding",
    "Layout",
    "LeftOut",
    "Opened",
    "Source",
    "Style",
    "day_first",
    "decimals",
    "detect_style",
    "either_way",
    "fail",
    "fold",
    "latin",
    "local_months",
    "match_headings",
    "missing",
    "month_first",
    "month_of_year",
    "nearest",
    "nearest_name",
    "opened",
    "parse_number",
    "parse_period",
    "parse_published",
    "parse_quarter",
    "parse_year_to_date",
    "plain_name",
    "refuse_sheet",
    "sheets",
    "suggestion",
    "tells_decimal",
    "unaccented",
]


furnish(__name__)
