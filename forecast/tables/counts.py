"""Numbers that count time: days of a spreadsheet, seconds or milliseconds since 1970, years with a decimal part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from forecast.tables.cells import Value
from forecast.tables.forms import Moment
from forecast.tables.headings import heading_text
from forecast.tables.kinds import whole_number
from forecast.tables.zones import local_months

LATE = 10
"""Hours of UTC from which the next local midnight is the nearest: 24 less 14, the easternmost zone."""

_FIRST_DAY = date(1899, 12, 30)  # of a spreadsheet
_DAYS = range(10_000, 80_000)  # day numbers of 1927 to 2119
_EPOCH = datetime(1970, 1, 1)
_SECONDS = 4_200_000_000  # of 2103 since 1970
_RECENT = 10**9  # seconds of 2001: years, months and days in figures are all smaller
_HOUR = 3600  # seconds
_QUARTER = 900  # seconds of a quarter of an hour, in which offsets of time zones are whole
_DECIMAL = re.compile(r"(1[89]|2[01])\d\d([.,]\d+)?")
_APART = 0.0051
"""Of a year from a twelfth: two decimals. 2024.08 of August is one, but 2024.07 and 2024.09 beside it are not."""

_FEWEST = 3  # chosen: what happens thrice is no accident


@dataclass(frozen=True)
class Counted:
    """Hold the moment of each cell, None for an empty one, with a note, and what is wrong by position."""

    moments: tuple[Moment | None, ...]
    note: str = ""
    problems: tuple[tuple[int, str], ...] = ()


def counted(values: Sequence[Value]) -> Counted | None:
    """Return the months that a column of counts of time names, None for every other column.

    Proven is a count whose every day is the first, or the last, of another month. Milliseconds and seconds since 1970
    that are not proven are told; day numbers that are not may be anything.

    >>> counted([1577836800000, 1580515200000, 1583020800000]).note
    'milliseconds since 1970 were read as dates, 1577836800000 as 2020-01-01'
    >>> counted(["43831", "43832", "43833"]) is None
    True
    >>> [m.month for m in counted(["2023.917", "2024", "2024.083"]).moments]
    [12, 1, 2]
    >>> [m.month for m in counted(["2024.083", "2024", "2023.917"]).moments]
    [2, 1, 12]
    """
    if (years := _decimal_years(values)) is not None:
        return years
    whole = [whole_number(v) for v in values if v not in (None, "")]
    numbers = [n for n in whole if n is not None]
    if len(numbers) < max(len(whole), _FEWEST):
        return None
    if all(n in _DAYS for n in numbers):
        days = [_FIRST_DAY + timedelta(days=n) for n in numbers]
        return (
            _placed(values, days, "day numbers of a spreadsheet", _other_start(days))
            if _monthly(days)
            else None
        )
    for unit, name in ((1000, "milliseconds since 1970"), (1, "seconds since 1970")):
        if max(numbers) < _RECENT * unit or max(map(abs, numbers)) > _SECONDS * unit:
            continue
        instants = [_EPOCH + timedelta(seconds=n / unit) for n in numbers]
        readings = local_months(instants) if all(n % (_QUARTER * unit) == 0 for n in numbers) else ()
        if len(readings) == 1 and len(set(readings[0])) == len(numbers):
            return _placed(values, readings[0], name)
        days = [_local_day(of) for of in instants]
        if min(numbers) >= _RECENT * unit and (unit > 1 or all(n % _HOUR == 0 for n in numbers)):
            return _told(values, days, name, numbers[0] / unit)
    return None


def _decimal_years(values: Sequence[Value]) -> Counted | None:
    """Return the months of 2024, 2024.083, 2024.167, as R writes time: twelfths of a year, most in turn or back."""
    filled = [v for v in values if v not in (None, "")]
    if len(filled) < _FEWEST or not all(isinstance(v, str | int | float) for v in filled):
        return None
    texts = [str(v) for v in filled]
    if not all(map(_DECIMAL.fullmatch, texts)):
        return None
    numbers = [float(text.replace(",", ".")) for text in texts]
    months = [round(12 * n) for n in numbers]
    apart = max(abs(n - month / 12) for n, month in zip(numbers, months, strict=True))
    steps = [after - before for before, after in pairwise(months)]
    in_turn = max(steps.count(1), steps.count(-1))  # the newest last or first
    if apart > _APART or len(set(months)) < len(months) or 2 * in_turn < len(months) - 1:
        return None
    return _placed(values, [date(month // 12, month % 12 + 1, 1) for month in months], "decimal years")


def _local_day(instant: datetime) -> date:
    """Return the day whose local midnight is the nearest to an instant."""
    return instant.date() + timedelta(days=instant.hour >= LATE)


def _monthly(days: Sequence[date]) -> bool:
    """Tell days that are each the first, or each the last, of another month."""
    firsts = all(d.day == 1 for d in days)
    lasts = all((d + timedelta(days=1)).day == 1 for d in days)
    return (firsts or lasts) and len(set(days)) == len(days)


def _placed(values: Sequence[Value], days: Sequence[date], name: str, doubt: str = "") -> Counted:
    filled = iter(days)
    moments = tuple(None if v in (None, "") else _moment(next(filled)) for v in values)
    first = next(v for v in values if v not in (None, ""))
    return Counted(moments, f"{name} were read as dates, {heading_text(first)} as {days[0]}{doubt}")


def _other_start(days: Sequence[date]) -> str:
    """Say of day numbers that end their months that those of other programs with these numbers begin them.

    1904 and 1960 are 4 and 60 years and a day behind the first day of a spreadsheet: leap years fall alike.
    """
    after = days[0] + timedelta(days=1)
    if after.day != 1:
        return ""
    return f" ({after.year + 4}-{after:%m} where counted from 1904, {after.year + 60}-{after:%m} from 1960, as by SAS)"


def _told(values: Sequence[Value], days: Sequence[date], name: str, first: float) -> Counted:
    """Return the moments of counts that are no months, the first of them as a problem."""
    i = next(i for i, v in enumerate(values) if v not in (None, ""))
    instant = _EPOCH + timedelta(seconds=first)
    problem = (
        f'"{values[i]}" seems to be {name} ({instant:%Y-%m-%d %H:%M} UTC), and not every row of its column is the '
        "beginning of another month; write months as 2024-04"
    )
    return Counted(_placed(values, days, name).moments, problems=((i, problem),))


def _moment(day: date) -> Moment:
    return Moment(day.year, day.month, day=day.day)
