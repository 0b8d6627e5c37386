"""`over_pages`, `lacks_its_year`: a head that comes again on the next page, where a year written once goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forecast.errors import DataError
from forecast.series.periods import across, down, kept, under_title, without_year
from forecast.series.rows import moments
from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.rates.lexicon import says


def over_pages(tables: Sequence[Block]) -> tuple[Block, ...]:
    """Return the tables of a sheet, one that goes on in mid-year below its own head again as one with it."""
    out: list[Block] = []
    for block in tables:
        if out and _goes_on(out[-1], block):
            out[-1] = as_one(out[-1], block)
        else:
            out.append(block)
    return tuple(out)


def lacks_its_year(block: Block, read: Sequence[Block]) -> bool:
    """Tell a table of months without a year under the head of one that was read: it is no other table."""
    same = any(of.heading_rows and _head(of) == _head(block) for of in read)
    return same and without_year(kept(block, down(block, across(block), None))) is not None


def as_one(above: Block, below: Block) -> Block:
    """Return the rows of two tables under the headings of the first."""
    columns = tuple(sorted({*above.columns, *below.columns}))
    heads = dict(zip(above.columns, above.headings, strict=True))
    rows = (*above.rows, *below.rows)
    cells = [dict(zip(block.columns, row, strict=True)) for block in (above, below) for row in block.body]
    return replace(
        above,
        headings=tuple(heads.get(c, ()) for c in columns),
        body=tuple(tuple(row.get(c) for c in columns) for row in cells),
        rows=rows,
        columns=columns,
        foot_rows=below.foot_rows,
    )


def _goes_on(above: Block, below: Block) -> bool:
    """Tell a table under the same head whose first month has a year only where the rows above give it one."""
    if not above.heading_rows or _head(above) != _head(below):
        return False
    if not all(title in above.titles or says(title, "continued") for title in below.titles):
        return False
    return not _is_whole(below, 0) and _is_whole(as_one(above, below), len(above.rows))


def _head(block: Block) -> list[tuple[Value, ...]]:
    return [block.sheet.rows[r] for r in block.heading_rows]


def _is_whole(block: Block, r: int) -> bool:
    """Tell a row whose month has its year."""
    try:
        when = under_title(block, kept(block, down(block, across(block), None)))
        month = moments(block, when)[0][r]
    except DataError:
        return False
    return month is not None and month.whole
