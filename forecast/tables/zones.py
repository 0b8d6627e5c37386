"""Instants told in UTC, or in another zone than their own: the local midnights, or ends of a day, that they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

_STEP = 15  # minutes: offsets of all zones are whole, half or quarter hours
_EAST, _WEST = 10 * 60, 12 * 60
"""Minutes of the day in UTC: from the first on an instant may be a midnight of the day after, in the zone of +14 hours;
to the second it may be one of the day itself, in that of -12."""


def local_months(instants: Sequence[datetime]) -> tuple[tuple[date, ...], ...]:
    """Return the months, each by its first day, of instants that are all midnights of first or of last days, or ends.

    instants : in UTC, without a zone
    Two readings where the midnights may be of the last day in the west or of the first day in the east; none where
    they are no midnights of such days.

    >>> local_months([datetime(2023, 12, 31, 17), datetime(2024, 1, 31, 17)])
    ((datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)),)
    >>> local_months([datetime(2024, 1, 31, 16, 59, 59), datetime(2024, 2, 29, 16, 59, 59)])
    ((datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)),)
    >>> len(local_months([datetime(2024, 1, 31, 12)])), local_months([datetime(2024, 1, 15, 17)])
    (2, ())
    """
    ends = [(of.minute + 1) % _STEP == 0 and of.second in (0, 59) for of in instants]
    whole = [_minute(of, end) for of, end in zip(instants, ends, strict=True)]
    if any(of is None for of in whole):
        return ()
    minutes = [of for of in whole if of is not None]
    doubtful = {of.hour * 60 + of.minute for of in minutes} & set(range(_EAST, _WEST + 1))
    # summer time moves the clock in the east alone: no zone in the far west has two of these
    readings = (_EAST,) if len(doubtful) != 1 else (_EAST, _WEST + 1)
    found = (_months([_day(of, late) for of in minutes], ends) for late in readings)
    return tuple(dict.fromkeys(months for months in found if months))


def _minute(instant: datetime, end: bool) -> datetime | None:
    """The midnight that an instant is or ends before; None for one that no zone has."""
    of = instant.replace(second=0, microsecond=0)
    if end:
        return of + timedelta(minutes=1)
    return of if of.minute % _STEP == 0 and instant.second == 0 else None


def _day(instant: datetime, late: int) -> date:
    """The day that begins at an instant, the next one from a minute of the day in UTC on."""
    return instant.date() + timedelta(days=instant.hour * 60 + instant.minute >= late)


def _months(days: Sequence[date], ends: Sequence[bool]) -> tuple[date, ...]:
    """The months of days that are all the first, or all the last, of one; an end belongs to the day before."""
    told = [day - timedelta(days=end) for day, end in zip(days, ends, strict=True)]
    lasts = [(day + timedelta(days=1)).day == 1 for day in told]
    firsts = [day.day == 1 and not end for day, end in zip(told, ends, strict=True)]
    return tuple(day.replace(day=1) for day in told) if all(lasts) or all(firsts) else ()
