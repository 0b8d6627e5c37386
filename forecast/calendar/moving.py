"""Holidays that move between months: their first days, year by year, and the windows that output shifts in.

Dates are those of the package `holidays` (lunar new years, Ramadan, the two Eids, Diwali in India) and of `dateutil`
(Easter). The Muslim dates are those of Brunei, Indonesia, Malaysia and Singapore there, and Saudi Arabia's elsewhere;
a country that goes by its own sighting of the moon may be a day off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from holidays import country_holidays
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.calendars.islamic import _IslamicLunar, _IslamicMabimsLunar

from forecast.errors import DataError

ORTHODOX = frozenset(
    ["BG", "BY", "CY", "EG", "ER", "ET", "GE", "GR", "MD", "ME", "MK", "RO", "RS", "RU", "UA"]
)
"""Countries whose Easter is that of the Eastern churches."""

MABIMS = frozenset(("BN", "ID", "MY", "SG"))
"""Countries that agree on the first days of Muslim months among themselves."""

Window = tuple[int, int]


@dataclass(frozen=True)
class Moving:
    """Hold a moving holiday.

    of : year and country -> its first days in that year: one, or of the Muslim calendar now and then none or two
    years : of the table
    windows : name -> first and last day, counted from the first day of the holiday
    kept_in : the countries whose calendar it is; any country where empty
    instead : the entry that other countries mean
    """

    of: Callable[[int, str], tuple[dt.date, ...]]
    years: range
    windows: Mapping[str, Window]
    kept_in: tuple[str, ...] = ()
    instead: str = ""

    def days(self, years: range, country: str) -> list[dt.date]:
        """Return its first days in those of the years that are known, in order."""
        within = range(max(years.start, self.years.start), min(years.stop, self.years.stop))
        return [day for year in within for day in self.of(year, country)]


@lru_cache(maxsize=512)
def tet(year: int) -> dt.date:
    """Return the first day of the Vietnamese lunar year that begins in `year`.

    Vietnam's calendar is reckoned at UTC+7 since 1968 and now and then differs from China's: 2007-02-17
    against 2007-02-18, and in 1985 by a month. Raises DataError outside 1968–2100.

    >>> str(tet(2007))
    '2007-02-17'
    """
    named = "Lunar New Year"
    days = []
    if 1968 <= year <= 2100:
        days = country_holidays("VN", years=year, language="en_US", observed=False).get_named(named, "exact")
    if len(days) != 1:
        raise DataError(f"Tết {year} is not known; dates are given for 1968 to 2100")
    return dt.date(days[0].year, days[0].month, days[0].day)


def _easter(year: int, country: str) -> tuple[dt.date, ...]:
    return (easter(year, EASTER_ORTHODOX if country in ORTHODOX else EASTER_WESTERN),)


def _chinese_new_year(year: int, _: str) -> tuple[dt.date, ...]:
    return tuple(filter(None, _ChineseLunisolar().lunar_new_year_date(year)[:1]))


def _muslim(holiday: str) -> Callable[[int, str], tuple[dt.date, ...]]:
    """The first days of a holiday; the tables give those of the years around it too."""

    def of(year: int, country: str) -> tuple[dt.date, ...]:
        dates = getattr(_IslamicMabimsLunar() if country in MABIMS else _IslamicLunar(), f"{holiday}_dates")
        return tuple(sorted({day for day, _ in dates(year) if day.year == year}))

    return of


def _diwali(year: int, _: str) -> tuple[dt.date, ...]:
    # The table for all countries is a month late where the lunar year has a leap month, as in 2025.
    return tuple(filter(None, _HinduLunisolar().diwali_india_date(year)[:1]))


# Days from the first day. Windows: Bell & Hillmer 1983, doi:10.1080/01621459.1983.10478005; chosen: for Tết the public
# holiday and a day before, and two weeks on either side in which plants stop early and start late; of feasts a week.
_NEW_YEAR = {"before": (-15, -2), "during": (-1, 5), "after": (6, 19)}
_FEAST = {"before": (-7, -1), "during": (0, 3), "after": (4, 10)}

MOVING: dict[str, Moving] = {
    "tet": Moving(lambda year, _: (tet(year),), range(1968, 2101), _NEW_YEAR, ("VN",), "chinese_new_year"),
    "chinese_new_year": Moving(_chinese_new_year, range(1901, 2101), _NEW_YEAR),
    "easter": Moving(_easter, range(1583, 4100), {"before": (-8, -3), "during": (-2, 1), "after": (2, 8)}),
    "ramadan": Moving(_muslim("ramadan_beginning"), range(1925, 2101), {"during": (0, 28)}),
    "eid_al_fitr": Moving(_muslim("eid_al_fitr"), range(1925, 2101), _FEAST),
    "eid_al_adha": Moving(_muslim("eid_al_adha"), range(1925, 2101), _FEAST),
    "diwali": Moving(_diwali, range(2001, 2036), {"before": (-15, -2), "during": (-1, 4), "after": (5, 14)}),
}
"""What a calendar's `holidays` may name."""
