"""Working days of a country, by its public holidays in the years for which they are known."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from holidays import HolidayBase, country_holidays

from forecast.arrays import Floats

_EARLIEST = 1900  # first year of holidays that is looked at; chosen: no series here is older


@lru_cache(maxsize=64)
def holidays_known(country: str) -> range:
    """Return the years for which the public holidays of a country are known.

    Of some countries the package gives the fixed days of any year and warns where the tables of the others end.

    >>> holidays_known("LK").start, holidays_known("IN").stop
    (2003, 2036)
    """
    law = country_holidays(country)
    first, last = max(law.start_year, _EARLIEST), law.end_year
    while first < last and _warns(country, first):
        first += 1
    while last > first and _warns(country, last):
        last -= 1
    return range(first, last + 1)


def _warns(country: str, year: int) -> bool:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        country_holidays(country, years=year)
    return bool(caught)


@lru_cache(maxsize=64)
def working_days(country: str, years: range, usual: range) -> Floats:
    """Return the working days of each month, (years, 12).

    Where the holidays of a year are not known, its weekdays less the mean number that they took from the same
    calendar month in those years of `usual` for which they are.
    """
    law = holidays_known(country)
    out = _weekdays(years)
    inside = range(max(years.start, law.start), min(years.stop, law.stop))
    if len(inside) < len(years):
        taught = range(max(usual.start, law.start), min(usual.stop, law.stop))
        out -= (_weekdays(taught) - _worked(country, taught)).mean(axis=0)
    if len(inside):
        out[inside.start - years.start : inside.stop - years.start] = _worked(country, inside)
    out.flags.writeable = False
    return out


def _worked(country: str, years: range) -> Floats:
    """Weekdays less public holidays, plus the weekend days worked in exchange for one off, (years, 12)."""
    # The neighbouring years are there because a day off may be worked in on a Saturday of the year before.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        law: HolidayBase = country_holidays(country, years=range(years.start - 1, years.stop + 1))
    return _counted(years, law.is_working_day)


def _weekdays(years: range) -> Floats:
    return _counted(years, lambda day: day.weekday() < 5)


def _counted(years: range, counts: Callable[[dt.date], bool]) -> Floats:
    """How many days of each month count, (years, 12)."""
    out = np.zeros((len(years), 12))
    day, end, one = dt.date(years.start, 1, 1), dt.date(years.stop, 1, 1), dt.timedelta(days=1)
    while day < end:
        out[day.year - years.start, day.month - 1] += counts(day)
        day += one
    return out
