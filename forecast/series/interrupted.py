"""`refuse_interrupted`: a line of texts among the rows of one table, which would pass for the heading of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from forecast.errors import DataError
from forecast.series.layout import Grid
from forecast.series.pages import as_one
from forecast.series.periods import across
from forecast.series.timed import heading_says
from forecast.tables import RENAMED_WITHIN, plain_name
from forecast.tables.blocks import Block
from forecast.tables.cells import Place
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.languages import folded_name, words

_TIME = words("period") | words("month") | words("year")
_SHOWN = 3
"""Cells of a line that a message quotes. chosen: enough to find it by."""


def refuse_interrupted(
    above: Block, below: Block, read: Callable[[Block], Grid], until: pd.Period | None
) -> None:
    """Refuse two tables that are one, parted by a line that names neither months nor a series of the first.

    read : how the first was read · until : last month looked at
    Raises DataError where the rows below go on where those above ended, or stand under the same months.
    """
    between = _between(above, below)
    texts = [r for r in between if len(_texts(above, r)) > 1] or between
    if not texts or _heads(above, below):
        return
    try:
        whole = read(as_one(above, below))
    except DataError:
        return
    inside = {below.sheet.lines[r] for r in below.rows}
    old = {cell.month for line in whole.lines for cell in line.cells if cell.line not in inside}
    new = {cell.month for line in whole.lines for cell in line.cells if cell.line in inside}
    if not old or not new or until is not None and max(min(old), min(new)) > until.ordinal:
        return
    beside = between == list(range(above.rows[-1] + 1, below.rows[0]))
    apart = max(min(new) - max(old), min(old) - max(new))
    under = not new - old and _is_under(above, below, beside)
    goes_on = not new & old and (beside or apart <= RENAMED_WITHIN)  # or, years across, between those above
    if not under and not goes_on:
        return
    missing = pd.Period(ordinal=max(old) + 1, freq="M") if apart > 1 and min(new) > max(old) else None
    one_cell = under or apart > 0  # a label between months down and years across names those below it
    raise DataError(_refusal(above, texts[-1], missing, under, one_cell))


def _between(above: Block, below: Block) -> list[int]:
    """Return the rows with something in them between the bodies of two tables."""
    rows = range(above.rows[-1] + 1, below.rows[0])
    return [r for r in rows if any(v not in (None, "") for v in above.sheet.rows[r])]


def _texts(block: Block, r: int) -> list[str]:
    return [heading_text(v) for v in block.sheet.rows[r] if v not in (None, "")]


def _heads(above: Block, below: Block) -> bool:
    """Tell a heading of a table of its own: it names time where the first does, or months, or a series of the first."""
    try:
        if across(below).months:
            return True
    except DataError:
        return True
    leading = {above.columns[0], *_timed(above)}
    first = dict(zip(above.columns, above.headings, strict=True))
    named = {plain_name(piece) for c, pieces in first.items() if c not in leading for piece in pieces}
    for c, pieces in zip(below.columns, below.headings, strict=True):
        for piece in pieces:
            again = c in leading and plain_name(piece) in map(plain_name, first.get(c, ()))
            named_again = c not in leading and plain_name(piece) in named - {""}
            if again or named_again or c in leading and folded_name(piece) in _TIME:
                return True
    return False


def _timed(block: Block) -> Iterator[int]:
    """Yield the columns of a sheet that hold the months or years of the rows of a table."""
    for j, c in enumerate(block.columns):
        dates = sum(kind(row[j]) is Kind.DATE for row in block.body)
        if 2 * dates > len(block.body) or any(heading_says(block, j, w) for w in ("year", "month", "period")):
            yield c


def _is_under(above: Block, below: Block, beside: bool) -> bool:
    """Tell rows that stand under the months of a table: numbers without a heading, or as many as there are months.

    beside : whether no empty line parts them
    """
    months = across(above).months
    columns = [j for j in range(len(below.columns)) if any(kind(row[j]) is Kind.NUMBER for row in below.body)]
    bare = any(not below.headings[j] for j in columns)
    return bool(months) and (bare or beside and len(columns) >= len(months))


def _refusal(block: Block, r: int, missing: pd.Period | None, under: bool, one_cell: bool) -> str:
    cells = _texts(block, r)
    text = " | ".join(cells[:_SHOWN]) + (" …" if len(cells) > _SHOWN else "")
    column = next(c for c, v in enumerate(block.sheet.rows[r]) if v not in (None, ""))
    where = f"where {missing} is expected" if missing else "among the rows of a table that goes on below it"
    month = "where it is a month, mend it; " if missing else ""
    remark = "write it into one cell, the first, or delete it" if one_cell else "delete it"
    apart = (
        "leave an empty line above it and head each of its columns" if under else "head its column of months"
    )
    return (
        f'{block.sheet.place(Place(r, column))}: "{text}" stands {where}, and heads neither months nor a series of it; '
        f"{month}where it is a remark, {remark}; where another table begins, {apart}"
    )
