"""Working days and moving holidays as monthly regressors that move no annual level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import numpy as np
import pandas as pd
from holidays.registry import EntityLoader

from forecast.arrays import Floats
from forecast.calendar.moving import MOVING, tet
from forecast.calendar.working_days import holidays_known, working_days
from forecast.errors import DataError
from forecast.rooms import furnish
from forecast.series import months_of
from forecast.tables import suggestion

__all__ = ["LONG_RUN", "MOVING", "beyond_known", "holidays_known", "problems", "regressors", "tet"]

LONG_RUN = range(1990, 2051)
"""Years whose mean of each calendar month is taken off every regressor, as far as they are known. chosen: about
three cycles of 19 years, in which lunar dates come again."""

_ALL = range(1, 9999)  # every year that a date can hold, as `datetime` has them
_USUAL = {"VN": ("tet",)}


def regressors(
    months: pd.Index, country: str | None = "VN", holidays: Sequence[str] | None = None
) -> pd.DataFrame:
    """Give the calendar of each month as regressors, (m, j), with the months as index; any monthly index is taken.

    working_days : weekdays less public holidays, plus the weekend days worked in exchange for one off
    leap_year : 1 in a February of 29 days
    tet_before, tet_during, tet_after : share of the days D−15…D−2, D−1…D+5, D+6…D+19 in the month, D = Tết; other
        moving holidays likewise, with the windows of `MOVING`

    holidays : by default tet in VN, none elsewhere

    From each the mean of the same calendar month over 1990–2050 is taken, so that none moves an annual level.
    `country=None` has none. Future holidays are those of the law as the package `holidays` knows it; a swap of
    days that is not yet decreed is not in it. In years for which public holidays are not known their usual number
    counts, and a moving holiday says nothing: `beyond_known` tells of both.
    Raises DataError for an unknown country or holiday, and for one that the country does not keep.

    >>> x = regressors(pd.period_range("2024-01", "2024-02", freq="M"))
    >>> x["tet_during"].round(3).tolist()
    [-0.309, 0.309]
    """
    holidays = _USUAL.get(country or "", ()) if holidays is None else holidays
    if wrong := problems(country, holidays):
        raise DataError(*(f"calendar: {problem}" for problem in wrong))
    months = months_of(months, "months")
    if country is None or not len(months):
        return pd.DataFrame(index=months)
    land = country.upper()
    columns: dict[str, Floats] = {
        "working_days": _centred(lambda years: working_days(land, years, LONG_RUN), months, _ALL),
        "leap_year": _centred(_leap_years, months, _ALL),
    }
    for holiday in holidays:
        dated = MOVING[holiday].years
        for window in MOVING[holiday].windows:
            shares = partial(_shares_of, holiday, window, land)
            columns[f"{holiday}_{window}"] = _centred(shares, months, dated)
    return pd.DataFrame(columns, index=months)


def beyond_known(months: pd.PeriodIndex, country: str | None, holidays: Sequence[str]) -> list[str]:
    """Say of which of the months the public or the moving holidays are not known, and what is taken instead.

    >>> beyond_known(pd.period_range("2026-01", "2027-12", freq="M"), "VN", ["tet"])
    []
    """
    if country is None or not len(months):
        return []
    years = range(months[0].year, months[-1].year + 1)
    notes = []
    law = holidays_known(country.upper())
    if years.start < law.start or years.stop > law.stop:
        notes.append(
            f"public holidays of {country} are known for {law.start} to {law.stop - 1}; in other years working days "
            "are weekdays less their usual number"
        )
    for holiday in holidays:
        dated = MOVING[holiday].years
        if years.start < dated.start or years.stop > dated.stop:
            notes.append(
                f"the dates of {holiday} are known for {dated.start} to {dated.stop - 1}; in other years no month "
                "is taken to owe anything to it"
            )
    return notes


def problems(country: str | None, holidays: Sequence[str]) -> list[str]:
    """Return what a calendar cannot be: names that nothing is known about, and entries that would do nothing."""
    out = []
    for name in holidays:
        if name not in MOVING:
            out.append(f'moving holiday "{name}" is not known; {suggestion(name, sorted(MOVING))}')
        elif country is not None and MOVING[name].kept_in and country.upper() not in MOVING[name].kept_in:
            out.append(
                f"{name} is kept in {', '.join(MOVING[name].kept_in)} and would do nothing in {country}; "
                f"write {MOVING[name].instead}, or leave it out"
            )
    if {"tet", "chinese_new_year"} <= set(holidays):
        out.append("tet and chinese_new_year are one holiday by two calendars; keep one of them")
    out += [
        f"{name} stands there twice; keep one"
        for name in sorted(set(holidays))
        if list(holidays).count(name) > 1
    ]
    if country is not None and country.upper() not in EntityLoader.get_country_codes():  # loads no country
        out.append(f'country "{country}" is not known; give an ISO code such as VN, or none')
    return out


def _centred(of: Callable[[range], Floats], months: pd.PeriodIndex, years: range) -> Floats:
    """Values over `months`, (m,), less the mean of their calendar month over the long run; 0 where not known."""
    first = int(months.year.min())
    values = of(range(first, int(months.year.max()) + 1))
    profile = of(range(max(years.start, LONG_RUN.start), min(years.stop, LONG_RUN.stop))).mean(axis=0)
    year, month = np.asarray(months.year), np.asarray(months.month) - 1
    inside = (year >= years.start) & (year < years.stop)
    return np.where(inside, values[year - first, month] - profile[month], 0.0)


def _leap_years(years: range) -> Floats:
    """1 in each February of 29 days, (years, 12)."""
    out = np.zeros((len(years), 12))
    year = np.asarray(years)
    out[:, 1] = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return out


@lru_cache(maxsize=64)
def _shares_of(holiday: str, window: str, country: str, years: range) -> Floats:
    """Share of the window's days in each month, (years, 12)."""
    first, last = MOVING[holiday].windows[window]
    out = np.zeros((len(years), 12))
    # A window may begin in the year before, or end in the year after, its holiday.
    for begins in MOVING[holiday].days(range(years.start - 1, years.stop + 1), country):
        for offset in range(first, last + 1):
            day = begins + dt.timedelta(days=offset)
            if day.year in years:
                out[day.year - years.start, day.month - 1] += 1 / (last - first + 1)
    out.flags.writeable = False
    return out


furnish(__name__)
