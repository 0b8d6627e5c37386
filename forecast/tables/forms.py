"""The forms of a moment: a pattern of the parts of a text, and what it makes of their values."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from forecast.tables.eras import from_buddhist

TO_DATE = 0
"""Span of a moment that counts the months of a year so far."""

YEARS = range(1800, 2201)
"""Years that a file may tell of. chosen: no office counted before, and none forecasts as far."""


class Moment(NamedTuple):
    """Hold what a text says of time.

    month : the last of its months · span : months it covers, `TO_DATE` for those of a year so far
    mark : its mark of status, "" for none · doubt : "order" for 4/5/2024, "fiscal" for 2005-06, "split" for 2018-19,
        "t" for 2024T1 and IV/2024, "short" for two digits of a year, "bare" for a number alone, "dotted" for 2019.1
    clock : hours after midnight where a time of day is told in UTC, or of no zone · utc : in which of the two
    """

    year: int | None = None
    month: int | None = None
    span: int = 1
    day: int | None = None
    mark: str = ""
    doubt: str = ""
    clock: float | None = None
    utc: bool = False

    @property
    def ordinal(self) -> int:
        """Its month as the ordinal of a monthly period. Raises ValueError where it is not whole."""
        if self.year is None or self.month is None:
            raise ValueError(f"{self} names no month of a year")
        return 12 * (self.year - 1970) + self.month - 1

    @property
    def whole(self) -> bool:
        """Whether it names one month with its year."""
        return self.year is not None and self.month is not None and self.span == 1


Make = Callable[[tuple[str, ...], str], Moment | None]


@cache
def forms() -> tuple[tuple[re.Pattern[str], Make], ...]:
    """Return the forms of a moment, each with what makes it of the values of its parts."""
    s = r"[-/.,]*"
    listed: tuple[tuple[str, Make], ...] = (
        (rf"y?Yy?{s}(?:m{s})?N[gm]?", _year_month),
        (r"Y:N", _year_month),
        (rf"Yy?{s}t{s}N", _tee),
        (rf"y?Yy?{s}m?{s}Ay?|Yy?{s}RG?", _year_name),
        (rf"(?:m{s})?Ng?{s}y?Yy?|t{s}N{s}y?Yy?", _month_year),
        (rf"m?A{s}'?y?Yy?|R{s}y?Yy?|mR{s}y?Yy?", _name_year),
        (rf"A{s}'?N", _name_short),
        (rf"m{s}N[-/']N", _month_short),
        (r"N[-']A", _short_name),
        (r"Y([-/.])N\1N|YyNgNd?|YyN[gm]N|Y\.N\.N\.", _ymd),
        (r"d?N([-/.])N\1Yy?", _dmy),
        (r"N/N/N", _dmy_short),
        (rf"N[-/.,]*(?:o)?A{s}y?Y", _day_name_year),
        (rf"N{s}A{s}'?N", _day_name_short),
        (r"AN,?Y", _name_day_year),
        (rf"d?N{s}m[NA]{s}y?Y", _day_month_year),
        (r"S", _run_together),
        (r"E", lambda v, _: Moment(int(v[0][:4]), int(v[0][4:6]), 1, int(v[0][6:]))),
        (rf"y?Yy?{s}[qh][-.]?[NR]q?|y?Yy?{s}N[.]?[qh]|Yy?R[qh]", _year_part),
        (rf"[qh][-.]?[NR]{s}'?y?[YN]y?|N[.o]*m?[qh]{s}'?y?[YN]y?|R[qh]{s}y?Yy?", _part_year),
        (r"[qh][-.]?[NR]|N[.o]*m?[qh]|R[qh]", _part),
        (rf"c*N[mt]c*{s}y?Yy?|Yy?c*N[mg]c+|Yy?c+Ng?|[YyNgmA/.-]*c[YyNgmA/.-]*", _to_date),
        (r"(?:Yy?)?N[-~]Ngq?|[AR]-[AR](?:y?Yy?)?|Yy?[AR]-[AR]", _range),
        (r"y?Yy?", lambda v, _: Moment(int(v[0]), None, 12)),
        (r"Y[-/]Y", _years),
        (r"Ng|mN|tN|m?A|mR|R", _month_only),
        (r"N", lambda v, _: Moment(None, int(v[0]), doubt="bare")),
    )
    return tuple((re.compile(pattern), make) for pattern, make in listed)


def _year_month(v: tuple[str, ...], code: str) -> Moment | None:
    year, month = int(v[0]), int(v[1])
    if month == 0 and "y" in code or month == 13 and "m" in code:  # 2019JJ00, 2019M13
        return Moment(year, None, 12)
    fiscal = len(v[1]) == 2 and month == (year + 1) % 100 and code in ("Y-N", "Y/N", "YN")
    if fiscal and not 1 <= month <= 12:
        return Moment(year + 1, None, 12, doubt="split")
    dotted = code == "Y.N" and len(v[1]) == 1
    return Moment(year, month, doubt="fiscal" if fiscal else "dotted" if dotted else "")


def _years(v: tuple[str, ...], code: str) -> Moment | None:
    """Read 2018-2019; a longer span counts as its last year."""
    return Moment(int(v[1]), None, 12, doubt="split" if int(v[1]) == int(v[0]) + 1 else "")


def two_years(when: Moment) -> Moment:
    """Return 2005-06 as the year that it is beside years or over months, not as June."""
    if when.doubt != "fiscal" or when.year is None:
        return when
    return Moment(when.year + 1, None, 12, mark=when.mark, doubt="split")


def _tee(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[0]), int(v[1]), doubt="t" if int(v[1]) <= 4 else "")


def _year_name(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[0]), int(v[1]), doubt="t" if "R" in code and int(v[1]) <= 4 else "")


def _month_year(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[1]), int(v[0]), doubt="t" if "t" in code and int(v[0]) <= 4 else "")


def _name_year(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[1]), int(v[0]), doubt="t" if "R" in code and int(v[0]) <= 4 else "")


def _name_short(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(century(int(v[1])), int(v[0]), doubt="short") if len(v[1]) == 2 else None


def _month_short(v: tuple[str, ...], code: str) -> Moment | None:
    """Read Thg4-24, as a Vietnamese spreadsheet shows it; what runs to 12 may be a month: tháng 1-12."""
    short = len(v[1]) == 2 and int(v[1]) > 12
    return Moment(century(int(v[1])), int(v[0]), doubt="short") if short else None


def _short_name(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(century(int(v[0])), int(v[1]), doubt="short") if len(v[0]) == 2 else None


def century(year: int) -> int:
    """Return the year of two digits: of this century up to 40.

    >>> century(19), century(59)
    (2019, 1959)
    """
    return 2000 + year if year <= 40 else 1900 + year


def _ymd(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[0]), int(v[1]), day=int(v[2]))


def _dmy(v: tuple[str, ...], code: str) -> Moment | None:
    """Take the first number for the day, unless only the second can be one."""
    first, second, year = (int(n) for n in v)
    if second > 12 >= first and code[1:2] != ".":
        return Moment(year, first, day=second, doubt="month first")
    return Moment(year, second, day=first, doubt="order" if first <= 12 else "day first")


def _dmy_short(v: tuple[str, ...], code: str) -> Moment | None:
    """Read 31/01/24 and 1/31/24 where the day begins or ends a month, as figures are dated: 12/10/11 may be codes."""
    if len(v[2]) != 2:
        return None
    when = _dmy((v[0], v[1], str(century(int(v[2])))), code)
    other = None if when is None else when._replace(month=when.day, day=when.month)
    return when if any(m is not None and _bounds(m) for m in (when, other)) else None


def _day_name_short(v: tuple[str, ...], code: str) -> Moment | None:
    """Read 31-Jan-24, as spreadsheets show a day, where it begins or ends the month: 24-Jan-12 has another order."""
    if len(v[2]) != 2:
        return None
    when = Moment(century(int(v[2])), int(v[1]), day=int(v[0]), doubt="short")
    return when if _bounds(when) else None


def _bounds(when: Moment) -> bool:
    """Tell the first or last day of a month."""
    return when.month in range(1, 13) and (when.day == 1 or month_end(when))


def _day_name_year(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[2]), int(v[1]), day=int(v[0]))


def _name_day_year(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[2]), int(v[0]), day=int(v[1]))


def _day_month_year(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[2]), int(v[1]), day=int(v[0]))


def _run_together(v: tuple[str, ...], code: str) -> Moment | None:
    """Read 202404, and the 13th month by which an office means the year."""
    year, month = int(v[0][:4]), int(v[0][4:])
    return Moment(year, month) if year in YEARS else None


def _year_part(v: tuple[str, ...], code: str) -> Moment | None:
    return _parted(int(v[0]), int(v[1]), code)


def _part_year(v: tuple[str, ...], code: str) -> Moment | None:
    return _parted(int(v[1]) if len(v[1]) == 4 else century(int(v[1])), int(v[0]), code)


def _part(v: tuple[str, ...], code: str) -> Moment | None:
    return _parted(None, int(v[0]), code)


def _parted(year: int | None, number: int, code: str) -> Moment | None:
    """Return a quarter or a half year."""
    months = 3 if "q" in code else 6
    return Moment(year, number * months, months) if 1 <= number * months <= 12 else None


def _to_date(v: tuple[str, ...], code: str) -> Moment | None:
    years = [int(n) for n in v if len(n) == 4]
    months = [int(n) for n in v if len(n) < 4]
    return Moment(years[0] if years else None, months[-1] if months else None, TO_DATE)


def _range(v: tuple[str, ...], code: str) -> Moment | None:
    """Read January–March 2024: a quarter, a half year, a year or the months of one so far."""
    years = [int(n) for n in v if len(n) == 4]
    first, last = (int(n) for n in v if len(n) < 4)
    span = last - first + 1
    return Moment(years[0] if years else None, last, span if span in (3, 6, 12) else TO_DATE)


def _month_only(v: tuple[str, ...], code: str) -> Moment | None:
    doubt = "bare" if code == "R" else "t" if code == "tN" else ""
    if code == "mN" and int(v[0]) == 13:  # M13, the mean of the year
        return Moment(None, None, 12)
    return Moment(None, int(v[0]), doubt=doubt)


def month_end(when: Moment) -> bool:
    """Tell whether a day is the last of its month."""
    if when.year is None or when.month is None:
        return False
    return when.day == days_of(when.year, when.month)


def of_no_office(text: object, when: Moment) -> str:
    """Say that the year of a moment is none of `YEARS`, "" where it is one or there is none.

    text : as the file has it

    >>> of_no_office("0024-04", Moment(24, 4)), of_no_office("April", Moment(month=4))
    ('"0024-04" has year 24; expected a year from 1800 to 2200', '')
    """
    if when.year is None or when.year in YEARS:
        return ""
    return f'"{text}" has year {when.year}; expected a year from {YEARS[0]} to {YEARS[-1]}'


def exists(when: Moment) -> bool:
    """Tell whether months run to 12 and days to the end of their month."""
    if when.month is not None and not 1 <= when.month <= 12:
        return False
    if when.day is None or when.year is None or when.month is None:
        return True
    if when.doubt == "order":
        return max(when.month, when.day) <= 31 and min(when.month, when.day) >= 1
    return 1 <= when.day <= days_of(when.year, when.month)


def days_of(year: int, month: int) -> int:
    """Return the days of a month; 2567 of the Buddhist era is a leap year, as 2024 is."""
    return monthrange(max(from_buddhist(year) or year, 1), month)[1]
