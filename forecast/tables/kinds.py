"""`kind`: what one cell is by itself, before its neighbours are looked at."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from forecast.tables.cells import Value
from forecast.tables.eras import from_buddhist
from forecast.tables.forms import YEARS
from forecast.tables.marks import split_heading, split_missing, split_number
from forecast.tables.meant import is_meant
from forecast.tables.moments import Moment, moment
from forecast.tables.numbers import missing


class Kind(Enum):
    """Say what a cell holds."""

    EMPTY = "empty"
    NUMBER = "number"
    MISSING = "a mark of a missing value"
    DATE = "a month, quarter or year"
    TEXT = "text"


_PLAIN = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_NUMBER = re.compile(
    r"\(?[-+\u2212\u2013]?\s?'?[$€£¥₹₫₩฿]?\s?"
    r"(?:\.\d+|\d+(?:[.,]\d+)*(?:e[-+]?\d+)?|\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?:[.,]\d+)?)"
    r"\s?[%$€£¥₹₫₩฿]?\)?",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{1,2}/\d{1,2}")
_GARBLED = re.compile(
    r"#.*|(?=.*\d)(?=.*[^\w\s])(?!.*(?:19|20)\d\d|.*=)(?:\W|\d|_|[^\W\d_]{1,3}(?![^\W\d_])){2,12}"
)

_DAMAGED = re.compile(r"#[A-Z]|[~≈<>≤≥±]|[-+]?(?=\w*\d)[\dOolISB]+[.,][\dOolISB]+\s*%?$|[-+]?\d+[.,]{2}\d")


def kind(value: Value) -> Kind:
    """Return what a cell is; a year, a month in figures and 202401 are numbers until the table says otherwise.

    >>> [kind(v).name for v in ("98,5 p", ": c", "2024-04", "2024", "Ngành", 3.0, None)]
    ['NUMBER', 'MISSING', 'DATE', 'NUMBER', 'TEXT', 'NUMBER', 'EMPTY']
    >>> [kind(v).name for v in ("▼ 3,1", "giảm 3,1%", "3,1-", "6,3/6,9", "4/2024", "up to 3", "50+")]
    ['NUMBER', 'NUMBER', 'NUMBER', 'NUMBER', 'DATE', 'TEXT', 'TEXT']
    """
    if isinstance(value, str):
        return _kind_of_text(value) if value else Kind.EMPTY
    if value is None:
        return Kind.EMPTY
    if isinstance(value, bool):
        return Kind.TEXT
    if isinstance(value, date):
        return Kind.DATE
    return Kind.NUMBER


@lru_cache(maxsize=100_000)
def _kind_of_text(text: str) -> Kind:
    if _PLAIN.fullmatch(text):
        return Kind.NUMBER
    if missing(text) or missing(split_missing(text)[0]):
        return Kind.MISSING
    when = moment(text)
    if when is not None and not (when.year is None and when.span == 1 and when.doubt == "bare"):
        return Kind.NUMBER if _is_marked_number(text, when) else Kind.DATE
    if _NUMBER.fullmatch(split_number(text)[0].strip()) or is_meant(text):
        return Kind.NUMBER
    return Kind.TEXT


def _is_marked_number(text: str, when: Moment) -> bool:
    """Tell 1107.1 p, a number with a mark, which would be a month as 2024.1 is without one: that is a number too."""
    if not is_number_marked(text):
        return False
    year = when.year or 0
    return when.doubt == "dotted" or (year not in YEARS and from_buddhist(year) is None)


def is_number_marked(value: Value) -> bool:
    """Tell a number, with a mark or without, whatever else it may be.

    >>> [is_number_marked(v) for v in ("1907p", "2024.1 (r)", "2024-04", "Apr 2024")]
    [True, True, False, False]
    """
    if not isinstance(value, str):
        return False
    return any(_PLAIN.fullmatch(split(value)[0].strip()) for split in (split_number, split_heading))


def holds_number(value: Value) -> bool:
    """Tell a number where one is expected: below the heading of a series 1907p is one, and no year."""
    return kind(value) is Kind.NUMBER or is_number_marked(value)


def whole_number(value: Value) -> int | None:
    """Return the value of a cell that holds a whole number, None for every other.

    >>> whole_number("2024"), whole_number(12.0), whole_number("2024-01"), whole_number(0.5)
    (2024, 12, None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if value == int(value) else None
    if isinstance(value, str) and value.isdecimal() and len(value) < 14:
        return int(value)
    return None


def is_year(value: Value) -> bool:
    """Tell a cell that may be a year.

    >>> is_year(2024.0), is_year("2024"), is_year(106.3), is_year("Ngành")
    (True, True, False, False)
    """
    number = whole_number(value)
    return number is not None and number in YEARS


def is_garbled(value: Value) -> bool:
    """Tell a cell that was a number once or was meant as one: figures with letters among them, a day, an error.

    >>> [is_garbled(v) for v in ("1O,2", "1,,2", "(-) 1,2", "#DIV/0!", date(2024, 5, 9))]
    [True, True, True, True, True]
    >>> [is_garbled(v) for v in ("4/2024", "Quý I", "2015=100", "n/a", "C10", date(2024, 5, 1))]
    [False, False, False, False, False, False]
    """
    if isinstance(value, date):
        return value.day != 1 and (value + timedelta(days=1)).day != 1
    return isinstance(value, str) and kind(value) is Kind.TEXT and _GARBLED.fullmatch(value) is not None


def is_damaged(value: Value) -> bool:
    """Tell a cell that can only be a number spoilt, and no heading as "m/m-12" is.

    >>> [is_damaged(v) for v in ("10l.5", "1O3,2", "~6", "#REF!", "m/m-12", "No.10", "C10.1")]
    [True, True, True, True, False, False, False]
    """
    return is_garbled(value) and _DAMAGED.match(str(value)) is not None


def is_day_alone(value: Value) -> bool:
    """Tell a day without its year, as a spreadsheet makes of 9.5.

    >>> [is_day_alone(v) for v in ("09-May", "9/5", "29/05/2024", "May 2024", "Q1")]
    [True, True, False, False, False]
    """
    when = moment(value) if isinstance(value, str) else None
    short = when is not None and when.doubt == "short" and when.day is None
    return short or isinstance(value, str) and _DAY.fullmatch(value) is not None
