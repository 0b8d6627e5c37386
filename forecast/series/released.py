"""Columns that say when values were published: no months of a series, and what tells prints of one month apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from forecast.errors import DataError
from forecast.series.labelled import says_published
from forecast.series.layout import Cell, Grid
from forecast.series.periods import Across, Down
from forecast.tables.blocks import Block
from forecast.tables.forms import month_end
from forecast.tables.headings import heading_text
from forecast.tables.moments import Moment

_DATED = re.compile(r"\([^()]*\d[^()]*\)")
"""A remark with a day: "Period (last updated 25 May 2024)"."""

_FIRST_DAYS, _LAST_DAYS = 4, 5
"""First and last days of a month among which its first and last working day lie. chosen: with holidays."""

_MIDDLE = frozenset({14, 15, 16})


def released(block: Block, wanted: int | None) -> tuple[int, ...]:
    """Return the columns headed as times of publication.

    wanted : the column that the caller names as the period, which is none
    What heads every column, such as a title, says nothing of one, nor do the labels of rows of metadata.
    """
    shared = frozenset.intersection(*map(frozenset, block.headings))
    headings = [pieces[:1] if block.described else pieces for pieces in block.headings]
    own = [" ".join(p for p in pieces if p not in shared or len(pieces) == 1) for pieces in headings]
    return tuple(j for j, text in enumerate(own) if j != wanted and says_published(_DATED.sub("", text)))


def by_month(block: Block, over: Across, found: Down, columns: Sequence[int]) -> Down:
    """Return the columns of time without those of publication.

    columns : headed as times of publication
    Raises DataError where nothing else says the months: those in which values are published are not theirs.
    """
    others = found.only([j for j in found.columns if j not in columns])
    headed = 0 in columns and 0 not in found.columns and _are_days(over)
    if headed or _monthly(found, over) and not _monthly(others, over):
        name = " ".join(block.headings[0 if headed else next(j for j in found.columns if j in columns)])
        raise DataError(
            f'{block.first_place}: its months are those of "{name}", which says when values were published, not which '
            f'months they are of; add these as a column "Month". Where they are these, rename "{name}" to Month, or '
            f'name it as period under columns (--column period="{name}")'
        )
    return others


def days_told(block: Block, when: Down) -> tuple[str, ...]:
    """Ask about months that are those of days within them, as values are published.

    A first day, a last one at which an office works, and the middle stand for their months. Another day that is always
    the same may also be a year: "Jan-21" typed into a spreadsheet is the 21st.
    """
    if "whole" not in when.kinds:
        return ()
    i = when.kinds.index("whole")
    dated = [m for m in when.axes[i].moments if m is not None and m.day is not None]
    days = {m.day for m in dated}
    within = [m for m in dated if _FIRST_DAYS < (m.day or 0) <= _days_in(m) - _LAST_DAYS]
    if days <= _MIDDLE or 2 * len(within) < len(dated):
        return ()
    name = " ".join(block.headings[when.columns[i]])
    how = "which vary; are they" if len(days) > 1 else f"all of day {within[0].day}; are they years, or"
    return (f'the months were read from the days of "{name}", {how} those of publication?',)


def _days_in(m: Moment) -> int:
    return pd.Period(year=m.year, month=m.month, freq="M").days_in_month


def has_months(found: Down) -> bool:
    """Tell whether columns of time name whole months."""
    return bool({"whole", "mixed"} & set(found.kinds)) or {"year", "month"} <= set(found.kinds)


def _monthly(found: Down, over: Across) -> bool:
    """Tell whether columns of time, or headings with them, name whole months."""
    headed = [m for j in over.months if (m := over.moments[j]) is not None]
    return has_months(found) or bool(headed) and ("year" in found.kinds or all(m.whole for m in headed))


def _are_days(over: Across) -> bool:
    """Tell days across the headings that neither begin nor end their months."""
    days = [m for j in over.months if (m := over.moments[j]) is not None and m.day is not None]
    return any(m.day != 1 and not month_end(m) for m in days)


def refuse_prints(block: Block, read: Grid, columns: Sequence[int], until: pd.Period | None) -> None:
    """Refuse months that come again in other releases, with other values or all of them with the same.

    columns : headed as times of publication · until : last month looked at, None for all
    """
    of_values = {cell.column for line in read.lines for cell in line.cells[:1]}
    of_release = [j for j in columns if block.sheet.column(block.columns[j]) not in of_values]
    if not of_release:
        return
    row_of = {block.sheet.lines[r]: i for i, r in enumerate(block.rows)}

    def release(cell: Cell) -> str:
        return heading_text(block.body[row_of[cell.line]][of_release[0]])

    for line in read.lines:
        cells = [cell for cell in line.cells if until is None or cell.month <= until.ordinal]
        first: dict[int, Cell] = {}
        again = [
            (before, cell) for cell in cells if (before := first.setdefault(cell.month, cell)) is not cell
        ]
        again = [(before, cell) for before, cell in again if release(before) != release(cell)]
        differ = [(before, cell) for before, cell in again if before.value != cell.value]
        for before, cell in differ or (again if 2 * len(first) < len(cells) else ()):
            raise DataError(
                f"{read.at(cell)}: {pd.Period(ordinal=cell.month, freq='M')} of {line.name} is "
                f"{heading_text(cell.value)} in the release of {release(cell)} and {heading_text(before.value)} in "
                f"that of {release(before)} (line {before.line}); keep the rows of one release, or put those of each "
                "into a file of its own and store it with forecast ingest STORE FILE --published DATE"
            )
