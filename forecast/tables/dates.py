"""Months and days that a cell must name: one month, one day of publication, with the reason where it names none."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

import pandas as pd

from forecast.tables.forms import century, days_of, of_no_office
from forecast.tables.moments import TO_DATE, Moment, moment, unchecked
from forecast.tables.words import unaccented

_SHORT = re.compile(r"(?:thang|thg|th|t|m)[. ]?(?P<month>\d{1,2})[ \-/'’](?P<year>\d{2})", re.IGNORECASE)
"""A month and two digits of its year, as T4-24 and Thg4-12; with a name of the month it is read (`moments`)."""
_WRITE_A_DAY = "write a day as 2024-05-20, or a month as 2024-05"
_WHOLE_YEAR = re.compile(r"(?:nam )?\d{4}")


@lru_cache(maxsize=5000)  # files repeat their dates
def parse_period(text: str, month_first: bool = False) -> pd.Period:
    """Return the month that a text names, whatever its spelling and language; a day in it is dropped.

    Days are read before months (15/04/2024), as Vietnam and Europe write; month_first reads 4/15/2024.
    Raises ValueError with the reason.

    >>> for t in ("2024-04", "04/2024", "T4/2024", "tháng 4 năm 2024", "2024M04", "Apr 2024", "15/04/2024"):
    ...     assert parse_period(t) == pd.Period("2024-04", "M"), t
    >>> parse_period("2024-13")
    Traceback (most recent call last):
    ValueError: "2024-13" has month 13; months run from 1 to 12
    """
    when = _month(text, month_first)
    return pd.Period(year=when.year, month=when.month, freq="M")


def parse_quarter(text: str) -> pd.Period:
    """Return the last month of the quarter that a text names.

    Raises ValueError where it names none.

    >>> str(parse_quarter("quý II/2024"))
    '2024-06'
    """
    when = moment(text)
    if when is None or when.span != 3 or when.year is None:
        raise ValueError(f'"{text}" is not a quarter; write it as 2024-Q1')
    return pd.Period(year=when.year, month=when.month, freq="M")


def parse_year_to_date(text: str) -> pd.Period:
    """Return the last month of the months of a year that a text counts, from January on.

    Raises ValueError where it counts none.

    >>> [str(parse_year_to_date(text)) for text in ("4 tháng đầu năm 2024", "Q1 2024", "H1 2024", "2023")]
    ['2024-04', '2024-03', '2024-06', '2023-12']
    """
    when = moment(text)
    if when is not None and _WHOLE_YEAR.fullmatch(_plain(text)):
        when = when._replace(month=12, span=TO_DATE)
    if when is not None and when.span == when.month and when.span in (3, 6):
        when = when._replace(span=TO_DATE)
    if when is None or when.span != TO_DATE or when.year is None or when.month is None:
        raise ValueError(f'"{text}" counts no months of a year; write the last of them as 2024-04')
    return pd.Period(year=when.year, month=when.month, freq="M")


@lru_cache(maxsize=5000)
def parse_published(text: str) -> tuple[pd.Timestamp, bool]:
    """Return a day of publication and whether the day itself is known: a bare month counts as its last day.

    Raises ValueError with the reason.

    >>> parse_published("2024-02")
    (Timestamp('2024-02-29 00:00:00'), False)
    >>> parse_published("2024")
    Traceback (most recent call last):
    ValueError: "2024" is a year where a month is expected; write a day as 2024-05-20, or a month as 2024-05
    """
    try:
        when = _month(text, False)
    except ValueError as error:
        reason, _, remedy = str(error).partition("; ")
        raise ValueError(f"{reason}; {_WRITE_A_DAY}" if "write" in remedy else str(error)) from None
    last = calendar.monthrange(when.year or 1, when.month or 1)[1]
    return pd.Timestamp(
        year=when.year or 1, month=when.month or 1, day=when.day or last
    ), when.day is not None


def month_of_year(text: str) -> int | None:
    """Return the calendar month, 1 to 12, that a text names without a year; None where it names none.

    >>> month_of_year("Tháng 4"), month_of_year("Dec"), month_of_year("7"), month_of_year("2024-04")
    (4, 12, 7, None)
    """
    when = moment(text)
    return when.month if when is not None and when.year is None and when.span == 1 else None


def month_first(texts: list[str]) -> bool:
    """Tell whether dates can only be month/day/year: the middle number is always 1, the first is not.

    >>> month_first(["1/1/1959", "2/1/1959", "3/1/1959"]), month_first(["01/01/1959", "01/02/1959"])
    (True, False)
    """
    hits = [re.fullmatch(r"(\d{1,2})/(\d{1,2})/\d{4}.*", t.strip()) for t in texts]
    pairs = [(int(h[1]), int(h[2])) for h in hits if h]
    return len(pairs) > 1 and all(b == 1 for _, b in pairs) and any(a != 1 for a, _ in pairs)


def day_first(text: str) -> str:
    """Return a date of month/day/year as day/month/year; another text stays.

    >>> day_first("4/15/2024"), day_first("2024-04")
    ('15/4/2024', '2024-04')
    """
    return re.sub(r"^(\d{1,2})([/-])(\d{1,2})\2(?=\d{4})", r"\3\2\1\2", text)


def _plain(text: str) -> str:
    return " ".join(unaccented(text).split())


def _month(text: str, month_first: bool) -> Moment:
    """Return the month, and maybe day, that a text names; raise ValueError with the reason where it names none."""
    when = moment(text)
    if when is not None and when.whole and not when.mark and when.doubt != "short":
        if month_first and when.doubt == "order":
            when = when._replace(month=when.day, day=when.month)
        if when.doubt != "month first" or month_first:
            return _of_our_time(text, when)
    raise ValueError(_why_not(text, when))


def _of_our_time(text: str, when: Moment) -> Moment:
    if problem := of_no_office(text, when):
        raise ValueError(problem)
    return when


def _why_not(text: str, when: Moment | None) -> str:
    """Say why a text is no month, and what to write."""
    plain = _plain(text)
    if not plain:
        return "is empty; write a month as 2024-04"
    if when is None and (wrong := unchecked(text)) is not None:
        return _impossible(text, wrong)
    if when is None or when.mark:
        return _no_moment(text, plain)
    if when.doubt == "month first":
        return f'"{text}" has month {when.day}; months run from 1 to 12; dates are read day/month/year'
    if when.doubt == "short":
        return f'"{text}" has a two-digit year; write the month as 2024-04'
    if when.year is None:
        return f'"{text}" is not a month with its year; write it as 2024-04'
    if when.span == 3:
        last = f"{when.year}-{when.month:02d}"
        return f'"{text}" is a quarter where a month is expected; write its last month as {last}'
    if when.span == TO_DATE:
        return f'"{text}" is a year to date where a month is expected; write its last month as 2024-04'
    if when.span == 12:
        return (
            f'"{text}" is a year where a month is expected; delete annual rows or write the month as 2024-04'
        )
    return f'"{text}" is not one month; write it as 2024-04'


def _impossible(text: str, wrong: Moment) -> str:
    """Say which part of a date no calendar has."""
    if wrong.month is not None and not 1 <= wrong.month <= 12:
        hint = "; dates are read day/month/year" if wrong.day is not None else ""
        return f'"{text}" has month {wrong.month}; months run from 1 to 12{hint}'
    if wrong.day is not None and wrong.year is not None and wrong.month is not None:
        last = days_of(wrong.year, wrong.month)
        return f'"{text}" has day {wrong.day}; {wrong.year}-{wrong.month:02d} ends on day {last}'
    return f'"{text}" is not a month; write it as 2024-04'


def _no_moment(text: str, plain: str) -> str:
    if re.fullmatch(r"[34]\d{4}(\.0)?", plain):
        return (
            f'"{text}" looks like a spreadsheet\'s day number; format the column as a date or write 2024-04'
        )
    hit = _SHORT.fullmatch(plain)
    if hit is not None and 1 <= int(hit["month"]) <= 12:
        may_be = "; up to 12 it may also be a month" if int(hit["year"]) <= 12 else ""
        meant = f"{century(int(hit['year']))}-{int(hit['month']):02d}"
        return f'"{text}" has a two-digit year{may_be}; write the month as {meant}'
    if re.fullmatch(r"\d{1,2}[ \-/.]\d{2}", plain):
        return f'"{text}" has a two-digit year; write the month as 2024-04'
    if not re.search(r"\d", plain):
        return f'"{text}" is not a month; write one as 2024-04, and delete rows of totals and remarks'
    return f'"{text}" is not a month; write it as 2024-04'
