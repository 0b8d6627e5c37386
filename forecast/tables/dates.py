"""Months and days in the spellings that statistics offices use."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from forecast.tables.words import unaccented

_MONTH_NAMES = {
    name: i for i in range(1, 13) for name in (calendar.month_name[i].lower(), calendar.month_abbr[i].lower())
}
_MONTH_NAMES["sept"] = 9
_VIETNAMESE_NUMBERS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_TIME = r"(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?"
_NAMED = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
_COUNTED = "|".join(sorted(_VIETNAMESE_NUMBERS, key=len, reverse=True))
_SPELLINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>\d{4})(?:-m|m|-|/| )(?P<m>\d{1,2})",  # 2024-04, 2024/4, 2024M04, 2024-M04
        r"(?:nam )?(?P<y>\d{4})[ ,/-]+(?:thang|thg|th|t)\.? ?(?P<m>\d{1,2})",  # 2024 T4, Năm 2024, tháng 4
        r"(?P<y>\d{4})\.?(?P<m>\d{2})",  # 202404, 2024.04
        r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})" + _TIME,  # 2024-04-15
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",  # 20240415
        r"(?:ngay )?(?P<d>\d{1,2})([-/.])(?P<m>\d{1,2})\2(?P<y>\d{4})" + _TIME,  # 15/04/2024
        r"(?:thang|thg|th|t|m)?\.? ?(?P<m>\d{1,2}) ?[-/.] ?(?P<y>\d{4})",  # 04/2024, T4/2024, Tháng 4/2024
        rf"(?:ngay (?P<d>\d{{1,2}}) )?(?:thang|thg|th|t)\.? ?(?P<m>\d{{1,2}}|{_COUNTED})"
        r"(?: ?, ?| ?[-/] ?| )(?:nam )?(?P<y>\d{4})",  # tháng 4 năm 2024, ngày 5 tháng 4 năm 2024
        rf"(?P<m>{_NAMED})\.?[ \-/,]*(?P<y>\d{{4}})",  # Apr 2024, April-2024
        rf"(?P<y>\d{{4}})[ \-/]*(?P<m>{_NAMED})\.?",  # 2024 Apr
        rf"(?P<d>\d{{1,2}})[ \-/.]+(?P<m>{_NAMED})\.?[ \-/,]+(?P<y>\d{{4}})",  # 15 April 2024
        rf"(?P<m>{_NAMED})\.? (?P<d>\d{{1,2}}),? (?P<y>\d{{4}})",  # April 15, 2024
    )
)
_TO_DATE = re.compile(
    r"(?:luy ke |cong don )?(?P<m>\d{1,2}) ?(?:thang|t)(?: dau)?(?: nam|[ ,]nam)? ?[-/]? ?(?P<y>\d{4})"
)
_QUARTERS = (
    re.compile(r"(?P<y>\d{4})[ \-/]?q(?P<q>[1-4])"),  # 2024-Q1
    re.compile(r"(?:q|quy) ?(?P<q>[1-4]|i{1,3}|iv) ?(?:[-/]|nam| ) ?(?P<y>\d{4})"),  # Q1/2024, quý I năm 2024
)


@lru_cache(maxsize=5000)  # files repeat their dates
def parse_period(text: str, month_first: bool = False) -> pd.Period:
    """Return the month that a text names, whatever its spelling; a day in it is dropped.

    Days are read before months (15/04/2024), as Vietnam and Europe write; month_first reads 4/15/2024.
    Raises ValueError with the reason.

    >>> for t in ("2024-04", "04/2024", "T4/2024", "tháng 4 năm 2024", "2024M04", "Apr 2024", "15/04/2024"):
    ...     assert parse_period(t) == pd.Period("2024-04", "M"), t
    >>> parse_period("2024-13")
    Traceback (most recent call last):
    ValueError: "2024-13" has month 13; months run from 1 to 12
    """
    year, month, _ = _parts(text, month_first)
    return pd.Period(year=year, month=month, freq="M")


def parse_quarter(text: str) -> pd.Period:
    """Return the last month of the quarter that a text names.

    Raises ValueError where it names none.

    >>> str(parse_quarter("quý II/2024"))
    '2024-06'
    """
    plain = _plain(text)
    for spelling in _QUARTERS:
        if hit := spelling.fullmatch(plain):
            quarter = _ROMAN.get(hit["q"]) or int(hit["q"])
            return pd.Period(year=int(hit["y"]), month=3 * quarter, freq="M")
    raise ValueError(f'"{text}" is not a quarter; write it as 2024-Q1')


def parse_year_to_date(text: str) -> pd.Period:
    """Return the last month of the months of a year that a text counts.

    Raises ValueError where it counts none.

    >>> str(parse_year_to_date("4 tháng đầu năm 2024"))
    '2024-04'
    """
    if hit := _TO_DATE.fullmatch(_plain(text)):
        year, month, _ = _checked(text, int(hit["y"]), int(hit["m"]), None)
        return pd.Period(year=year, month=month, freq="M")
    raise ValueError(f'"{text}" counts no months of a year; write the last of them as 2024-04')


@lru_cache(maxsize=5000)
def parse_published(text: str) -> tuple[pd.Timestamp, bool]:
    """Return a day of publication and whether the day itself is known: a bare month counts as its last day.

    Raises ValueError with the reason.

    >>> parse_published("2024-02")
    (Timestamp('2024-02-29 00:00:00'), False)
    """
    year, month, day = _parts(text, False)
    last = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        raise ValueError(f'"{text}" has day {day}; {year}-{month:02d} ends on day {last}')
    return pd.Timestamp(year=year, month=month, day=day or last), day is not None


def month_of_year(text: str) -> int | None:
    """Return the calendar month, 1 to 12, that a text names without a year; None where it names none.

    >>> month_of_year("Tháng 4"), month_of_year("Dec"), month_of_year("7"), month_of_year("2024-04")
    (4, 12, 7, None)
    """
    try:
        return parse_period(f"{text}/2000").month
    except ValueError:
        return None


def year_column(header: Sequence[str]) -> int | None:
    """Return the position of a column headed as years, None where there is none.

    >>> year_column(["Ngành", "Năm", "Tháng 1"])
    1
    """
    return next((i for i, text in enumerate(header) if _plain(text) in ("nam", "year")), None)


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
    return re.sub(r"^(\d{1,2})/(\d{1,2})/(?=\d{4})", r"\2/\1/", text)


def _plain(text: str) -> str:
    return " ".join(unaccented(text).split())


def _parts(text: str, month_first: bool) -> tuple[int, int, int | None]:
    """Return year, month and day (None where the text names only a month)."""
    plain = _plain(text)
    for spelling in _SPELLINGS:
        if hit := spelling.fullmatch(plain):
            found = hit.groupdict()
            word = found["m"]
            month = _MONTH_NAMES.get(word) or _VIETNAMESE_NUMBERS.get(word) or int(word)
            day = int(found["d"]) if found.get("d") else None
            if month_first and day is not None and re.match(r"\d{1,2}/", plain):
                month, day = day, month
            return _checked(text, int(found["y"]), month, day)
    raise ValueError(_why_not(text, plain))


def _checked(text: str, year: int, month: int, day: int | None) -> tuple[int, int, int | None]:
    if not 1 <= month <= 12:
        hint = "; dates are read day/month/year" if day is not None else ""
        raise ValueError(f'"{text}" has month {month}; months run from 1 to 12{hint}')
    if not 1800 <= year <= 2200:
        raise ValueError(f'"{text}" has year {year}; expected a year from 1800 to 2200')
    return year, month, day


def _why_not(text: str, plain: str) -> str:
    if not plain:
        return "is empty; write a month as 2024-04"
    if any(spelling.fullmatch(plain) for spelling in _QUARTERS):
        return (
            f'"{text}" is a quarter where a month is expected; write its last month as {parse_quarter(text)}'
        )
    if _TO_DATE.fullmatch(plain):
        return f'"{text}" is a year to date where a month is expected; write its last month as 2024-04'
    if re.fullmatch(r"(nam )?(1[89]|2[01])\d{2}", plain):
        return (
            f'"{text}" is a year where a month is expected; delete annual rows or write the month as 2024-04'
        )
    if re.fullmatch(r"[34]\d{4}(\.0)?", plain):
        return (
            f'"{text}" looks like a spreadsheet\'s day number; format the column as a date or write 2024-04'
        )
    if re.fullmatch(rf"(thang |t)?\d{{1,2}}|thang ({_COUNTED})|({_NAMED})", plain):
        return f'"{text}" is not a month with its year; write it as 2024-04'
    if re.fullmatch(rf"({_NAMED}|\d{{1,2}})[ \-/.]\d{{2}}", plain):
        return f'"{text}" has a two-digit year; write the month as 2024-04'
    if not re.search(r"\d", plain):
        return f'"{text}" is not a month; write one as 2024-04, and delete rows of totals and remarks'
    return f'"{text}" is not a month; write it as 2024-04'
