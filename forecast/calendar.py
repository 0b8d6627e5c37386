"""Working days and moving holidays as monthly regressors that move no annual level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from holidays import HolidayBase, country_holidays, list_supported_countries

from forecast.errors import DataError
from forecast.rooms import furnish
from forecast.series import months_of

__all__ = [
    "KEPT_IN", "LONG_RUN", "WINDOWS", "regressors", "tet",
]  # fmt: skip

Floats = npt.NDArray[np.float64]

LONG_RUN = range(1990, 2051)
"""Years whose mean of each calendar month is taken off every regressor."""

WINDOWS = {"before": (-15, -2), "during": (-1, 5), "after": (6, 19)}
"""First and last day of each window, counted from the first day of the moving holiday."""


def regressors(
    months: pd.Index, country: str | None = "VN", holidays: Sequence[str] = ("tet",)
) -> pd.DataFrame:
    """Give the calendar of each month as regressors, (m, j), with the months as index; any monthly index is taken.

    working_days : weekdays less public holidays, plus the weekend days worked in exchange for one off
    leap_year : 1 in a February of 29 days
    tet_before, tet_during, tet_after : share of the days D−15…D−2, D−1…D+5, D+6…D+19 in the month, D = Tết

    From each the mean of the same calendar month over 1990–2050 is taken, so that none moves an annual level.
    A moving holiday adds its windows only in the countries that keep it; any other country has the first
    two columns, and `country=None` has none. Future holidays are those of the law as the package `holidays`
    knows it; a swap of days that is not yet decreed is not in it.
    Raises DataError for an unknown country or holiday.

    >>> x = regressors(pd.period_range("2024-01", "2024-02", freq="M"))
    >>> x["tet_during"].round(3).tolist()
    [-0.309, 0.309]
    """
    _check(country, holidays)
    months = months_of(months, "months")
    if country is None or not len(months):
        return pd.DataFrame(index=months)
    columns: dict[str, Callable[[range], Floats]] = {
        "working_days": lambda years: _working_days(country.upper(), years),
        "leap_year": _leap_years,
    }
    for holiday in holidays:
        if country.upper() in KEPT_IN[holiday]:
            for window in WINDOWS:
                columns[f"{holiday}_{window}"] = _shares_of(holiday, window)
    return pd.DataFrame({name: _centred(of, months) for name, of in columns.items()}, index=months)


@lru_cache(maxsize=512)
def tet(year: int) -> dt.date:
    """Return the first day of the Vietnamese lunar year that begins in `year`.

    Vietnam's calendar is reckoned at UTC+7 since 1968 and now and then differs from China's: 2007-02-17
    against 2007-02-18, and in 1985 by a month. Raises DataError outside 1968–2100.

    >>> str(tet(2007))
    '2007-02-17'
    """
    named = "Lunar New Year"
    found = []
    if 1968 <= year <= 2100:
        found = country_holidays("VN", years=year, language="en_US", observed=False).get_named(named, "exact")
    if len(found) != 1:
        raise DataError(f"Tết {year} is not known; dates are given for 1968 to 2100")
    return dt.date(found[0].year, found[0].month, found[0].day)


MOVING: dict[str, Callable[[int], dt.date]] = {"tet": tet}
KEPT_IN = {"tet": ("VN",)}


def _check(country: str | None, holidays: Sequence[str]) -> None:
    """Refuse names that nothing is known about, all at once."""
    problems = [
        f'calendar: moving holiday "{name}" is not known; known: {", ".join(sorted(MOVING))}'
        for name in holidays
        if name not in MOVING
    ]
    if country is not None and country.upper() not in list_supported_countries(include_aliases=True):
        problems.append(f'calendar: country "{country}" is not known; give an ISO code such as VN, or none')
    if problems:
        raise DataError(*problems)


def _centred(of: Callable[[range], Floats], months: pd.PeriodIndex) -> Floats:
    """Values over `months`, (m,), less the mean of their calendar month over the long run."""
    first = int(months.year.min())
    values = of(range(first, int(months.year.max()) + 1))
    profile = of(LONG_RUN).mean(axis=0)
    year, month = np.asarray(months.year) - first, np.asarray(months.month) - 1
    return np.asarray(values[year, month] - profile[month])


@lru_cache(maxsize=64)
def _working_days(country: str, years: range) -> Floats:
    """Working days of each month, (years, 12)."""
    # The neighbouring years are there because a day off may be worked in on a Saturday of the year before.
    calendar: HolidayBase = country_holidays(country, years=range(years.start - 1, years.stop + 1))
    out = np.zeros((len(years), 12))
    day, end, one = dt.date(years.start, 1, 1), dt.date(years.stop, 1, 1), dt.timedelta(days=1)
    while day < end:
        out[day.year - years.start, day.month - 1] += calendar.is_working_day(day)
        day += one
    out.flags.writeable = False
    return out


def _leap_years(years: range) -> Floats:
    """1 in each February of 29 days, (years, 12)."""
    out = np.zeros((len(years), 12))
    year = np.asarray(years)
    out[:, 1] = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return out


def _shares_of(holiday: str, window: str) -> Callable[[range], Floats]:
    """Return the function that gives each month its share of the window's days, (years, 12)."""
    first, last = WINDOWS[window]

    def shares(years: range) -> Floats:
        out = np.zeros((len(years), 12))
        # Tết falls between 21 January and 21 February: its windows never leave the year.
        for year in years:
            for offset in range(first, last + 1):
                day = MOVING[holiday](year) + dt.timedelta(days=offset)
                out[year - years.start, day.month - 1] += 1 / (last - first + 1)
        return out

    return shares


furnish(__name__)
