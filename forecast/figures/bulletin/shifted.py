"""Rows of a bulletin whose numbers stand, or may stand, a column beside the headings that they are of."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from forecast.figures.bulletin.columns import UNHEADED, Column
from forecast.figures.bulletin.work import Work
from forecast.tables import rates
from forecast.tables.blocks import Block
from forecast.tables.cells import Place
from forecast.tables.headings import heading_text, stacks
from forecast.tables.kinds import Kind, kind
from forecast.tables.rates import NoRate, Rate

_MANY = 4
"""Rows of which one that lacks a rate is told. chosen: of fewer, a gap is as common as none."""


def refuse_shifted(
    work: Work, block: Block, titles: Sequence[str], held: Sequence[Column], latest: pd.Period | None
) -> None:
    """Name the rows with a number beyond the last heading that lack one under a heading of rates.

    titles, latest : of the table, and its month of publication, as `columns` has them
    A column beyond the headings that also stands beside whole rows holds something else, such as weights.
    """
    headed = [c.position for c in held if c.heading and _of_rates(c)]
    names = {c.position: c.heading for c in held}
    over_nothing = _over_nothing(block, titles, latest)
    for column in held:
        beyond = column.position
        if not _unheaded(column) or not headed or beyond < max(headed):
            continue
        filled = [i for i, row in enumerate(block.body) if kind(row[beyond]) is Kind.NUMBER]
        lacking = {
            i: next((names[c] for c in headed if kind(block.body[i][c]) is Kind.EMPTY), over_nothing)
            for i in filled
        }
        if not all(lacking.values()):
            continue
        first = filled[0]
        shown = heading_text(block.body[first][beyond])
        more = f", nor in {len(filled) - 1} more rows" if len(filled) > 1 else ""
        work.problems.append(
            f"{block.place(first, beyond)}: {shown} stands beyond the last heading, "
            f'and nothing under "{lacking[first]}"{more}; is the row shifted? Move its numbers under their headings; '
            'where they are right, head the last column ("Weight"), or write "…" for what is not published'
        )
        return


def note_of_gaps(
    work: Work, block: Block, titles: Sequence[str], rated: Sequence[Column], latest: pd.Period | None
) -> None:
    """Say where rates may be missing as numbers stand a column beside their headings, in all rows or in one."""
    _note_of_idle(work, block, titles, rated, latest)
    _note_of_one_row(work, block, rated)


def _note_of_one_row(work: Work, block: Block, rated: Sequence[Column]) -> None:
    """Name the one row of many that lacks a rate and has others: it may have been moved to a side."""
    beside = {
        i: [c for c in rated if kind(row[c.position]) is Kind.EMPTY]
        for i, row in enumerate(block.body)
        if any(kind(row[c.position]) is Kind.NUMBER for c in rated)
    }
    lacking = {i: columns for i, columns in beside.items() if columns}
    if len(lacking) != 1 or len(beside) < _MANY:
        return
    (i, columns), *_ = lacking.items()
    work.notes.append(
        f'{block.place(i, columns[0].position)}: nothing stands under "{columns[0].heading}", and something in every '
        'other row; was the row moved to a side, or is it not published? Write "…" for what is not'
    )


def _note_of_idle(
    work: Work, block: Block, titles: Sequence[str], rated: Sequence[Column], latest: pd.Period | None
) -> None:
    """Say which headings of rates no row has anything under, beside rates: their numbers may stand a column beside."""
    for c, heading in _idle(block, titles, latest).items() if rated else ():
        place = block.sheet.place(Place(block.heading_rows[-1], c))
        work.notes.append(
            f'{place}: no row has anything under "{heading}", and {len(rated)} other columns hold rates; is it not '
            "published yet, or does every number of the table stand a column beside its heading?"
        )


def _of_rates(column: Column) -> bool:
    """Tell a column headed by rates, with numbers or without."""
    return isinstance(column.holds, Rate) or column.holds == NoRate("no number")


def _unheaded(column: Column) -> bool:
    return isinstance(column.holds, NoRate) and column.holds.reason == UNHEADED


def _over_nothing(block: Block, titles: Sequence[str], latest: pd.Period | None) -> str:
    """Return the first heading of rates under which no row has anything, "" where there is none."""
    return next(iter(_idle(block, titles, latest).values()), "")


def _idle(block: Block, titles: Sequence[str], latest: pd.Period | None) -> dict[int, str]:
    """Return the columns of the sheet with a heading of rates under which no row has anything."""
    over = stacks(block.sheet, block.heading_rows, range(block.sheet.width))
    shared = set(block.headings)
    idle = {c: h for c, h in over.items() if c not in block.columns and h and h not in shared}
    read = rates.headings(list(idle.values()), titles, latest)
    return {c: " ".join(h) for (c, h), of in zip(idle.items(), read, strict=True) if isinstance(of, Rate)}
