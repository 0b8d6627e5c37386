"""`calendar_years`: the calendar years of months that share the label of a year, fiscal years among them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from forecast.errors import DataError
from forecast.series.rates import rate_of
from forecast.tables.moments import Moment

_REMEDY = "write the calendar year of each month, such as 2018-04"


class Shared(NamedTuple):
    """Hold a month whose year stands elsewhere.

    label : the year · since : what tells one label from the next · series : what tells one series from another
    """

    label: Moment
    month: int
    since: Hashable
    series: Hashable
    place: str


def calendar_years(listed: Sequence[Shared]) -> tuple[list[int], tuple[str, ...]]:
    """Return the calendar year of each month, in file order, and what was understood.

    Under a year such as 2018-19 the months from the one that every year begins with lie in the first, those after
    December in the second. Raises DataError where nothing says so: such a year whose months begin with January, or
    one year over months that run on from December to January.

    >>> year = Moment(2019, None, 12, doubt="split")  # 2018-19
    >>> years, _ = calendar_years([Shared(year, m, 0, "", "") for m in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)])
    >>> years
    [2018, 2018, 2018, 2018, 2018, 2018, 2018, 2018, 2018, 2019, 2019, 2019]
    """
    runs = [list(run) for _, run in groupby(listed, key=lambda s: (s.since, s.label.year))]
    first = next((s for s in listed if s.label.doubt == "split"), None)
    if first is None:
        for run in runs:
            _refuse_wrapped(run)
        return [s.label.year or 0 for s in listed], ()
    year = first.label.year or 0
    begin = _begin(runs)
    if begin is None or any(s.label.doubt != "split" for s in listed):
        raise DataError(
            f"{first.place}: year {year - 1}/{year} is no calendar year, and its months do not say in which of the two "
            f"they lie; {_REMEDY}"
        )
    years = [(s.label.year or 0) - (s.month >= begin) for s in listed]
    return years, (f"years of two were read as fiscal years from month {begin} on",)


def compared(texts: tuple[str, ...], column: int) -> Hashable:
    """Return what tells the series of a column from others: months that a rate compares with do not go on."""
    return (*texts, column) if rate_of(texts) else texts


def _begin(runs: Sequence[Sequence[Shared]]) -> int | None:
    """Return the month, no January, that every year begins with and in whose order all months go, None for none.

    The first year may begin later, the last end sooner; each year goes through its months once or again and again.
    """
    full = [run for run in runs if any((a.month, b.month) == (12, 1) for a, b in pairwise(run))]
    if not full:
        return None
    begin = full[-1][0].month
    late = len(runs) > 1 and runs[0][0].month != begin
    if begin == 1 or any(run[0].month != begin for run in runs[late:]):
        return None
    for run in runs:
        steps = [(s.month - begin) % 12 for s in run]
        if any(b < a and b != 0 for a, b in pairwise(steps)):
            return None
    return begin


def _refuse_wrapped(run: Sequence[Shared]) -> None:
    """Refuse a year over months that run on from December to January, or back from January to December."""
    for one, other in pairwise(run):
        if one.series == other.series and {one.month, other.month} == {1, 12} and run[0].month != other.month:
            raise DataError(
                f"{other.place}: month {other.month} follows month {one.month} under one year, {one.label.year}: it is "
                f"a fiscal year, or stands elsewhere than at its first month; {_REMEDY}"
            )
