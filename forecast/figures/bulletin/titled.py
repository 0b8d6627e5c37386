"""`refuse_slips`: columns whose month, beside that of the title and of the other headings, seems to be mistyped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from forecast.arrays import YEAR
from forecast.figures.bulletin.choose import Found
from forecast.figures.bulletin.columns import Column
from forecast.figures.bulletin.work import Work
from forecast.tables import fold, rates
from forecast.tables.rates import Rate

_OF_ONE_MONTH = ("mom_pct", "yoy_pct")


def refuse_slips(work: Work, table: Found, rated: Sequence[Column]) -> None:
    """Name every heading of a month that stands where that of the title, or the one before it, is missing.

    One that is declared under columns is right as it is said to be.
    """
    titled = {month for title in table.titles for month in rates.months_of_title(title)}
    if not titled:
        return
    newest = max(titled)
    declared = set(map(fold, work.declared.columns.values()))
    for column, rate, meant in _slips(rated, newest):
        if fold(column.heading) in declared:
            continue
        work.problems.append(
            f'{table.block.place(0, column.position)}: the heading "{column.heading}" names {rate.period}, the title '
            f"{newest}, and no heading {rate.measure} of {meant}; which is right? Mend the one that is wrong, or say "
            f'under columns of which month the numbers are ({rate.measure} {meant}: "{column.heading}")'
        )


def _slips(rated: Sequence[Column], newest: pd.Period) -> Iterator[tuple[Column, Rate, pd.Period]]:
    """Yield the columns that seem to be mistyped, with the month that each seems to be of.

    newest : the month of the title
    Another column must be of that month or of the one before, else it may be the title that is wrong. A column of the
    month before is usual, and so is one of last year beside this year's.
    """
    held = [(column, column.holds) for column in rated if isinstance(column.holds, Rate)]
    months: dict[str, set[pd.Period]] = {}
    for _, rate in held:
        months.setdefault(rate.measure, set()).add(rate.period)
    usual = {newest, newest - 1}
    every = set().union(*months.values())
    for column, rate in held:
        own = months[rate.measure]
        years, before = divmod((newest - rate.period).n, YEAR)
        meant = newest - before
        if years > 0 and meant in usual and meant not in own and every & usual:
            yield column, rate, meant
        elif (
            rate.measure in _OF_ONE_MONTH
            and rate.period < newest - 1
            and newest in every
            and newest not in own
        ):
            yield column, rate, newest
