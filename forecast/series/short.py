"""Rows of a text file that end too soon: read where the months that they lack are not yet published, else refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forecast.series.periods import Across
from forecast.tables.blocks import Block
from forecast.tables.cut import alike, at_an_end, cut, refusal, taken, wanted
from forecast.tables.moments import Moment

Told = tuple[list[str], list[str]]
"""Notes of what was understood, and what is wrong."""


def cut_down(block: Block, rows: Sequence[int]) -> Told:
    """Tell rows of months that are cut short: those at an end of all lack what is not published there.

    rows : of months, in their order
    """
    short = {r: found for r, found in cut(block).items() if r in set(rows)}
    return _told(block, short, at_an_end(short, rows))


def cut_across(block: Block, over: Across, years: Mapping[int, Moment], rows: Sequence[int]) -> Told:
    """Tell rows of series that are cut short: several that all end at the same month, or those of the newest year.

    years : of rows, where the headings name months alone
    """
    newest = max((m.year for m in years.values() if m.year is not None), default=None)
    going_on = {r for r, m in years.items() if m.year == newest}
    short = {r: found for r, found in cut(block).items() if r in set(rows) - going_on}
    months = [m.ordinal for j in over.months if (m := over.moments[j]) is not None and m.year is not None]
    return _told(block, short, not years and months == sorted(months) and alike(block, short))


def _told(block: Block, short: Mapping[int, int], unpublished: bool) -> Told:
    least = wanted(block)
    if short and unpublished:
        return [taken([block.sheet.lines[block.rows[r]] for r in short], least)], []
    return [], [refusal(block.place(r, 0), found, least) for r, found in short.items()]
