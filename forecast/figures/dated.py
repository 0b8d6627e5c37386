"""`dated`: rates with their months across the headings, each row or the title saying in words what is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from forecast.figures.lines import Lines
from forecast.figures.vocabulary import is_sector
from forecast.tables import LeftOut, rates
from forecast.tables.axis import axis
from forecast.tables.blocks import Block, blocks
from forecast.tables.cells import Sheet
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.marks import split_number

_FEWEST = 2  # months across that make a table one of months; chosen: one might be a date of something else
_ANY_MONTH = "2024-06"  # a comparison has one measure, whichever month it is of

Row = tuple[tuple[str, str, str, str], int]
"""Sector, period, measure and value as text, and the line of the file."""


def dated(opened: Sequence[Sheet], fill: Mapping[str, str]) -> tuple[Lines, tuple[LeftOut, ...]] | None:
    """Return the rates of such tables as a file of one figure a row, with what is left out; None where there are none.

    fill : as given to `figures.read`; its measure counts for rows of which neither a label nor a title says it, its
        sector for all
    """
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for block in (block for sheet in opened for block in blocks(sheet)):
        months = _months(block)
        if len(months) < _FEWEST:
            continue
        for r, row in enumerate(block.body):
            texts = [heading_text(v) for v in row if kind(v) is Kind.TEXT]
            measure = _measure(texts, block.titles) or fill.get("measure", "")
            numbers = [c for c, v in enumerate(row) if kind(v) is Kind.NUMBER]
            held = [c for c in numbers if c in months and measure]
            rows += _rows(block, r, {c: months[c] for c in held}, measure, _sector(texts))
            if rest := [c for c in numbers if c not in held]:
                what, place = " ".join(texts), block.place(r, rest[0])
                left_out.append(LeftOut("number that is no rate of a month", what, len(rest), place))
    if not rows:
        return None
    first = opened[0]
    table = Lines(
        first.file if len(opened) == 1 else first.file.partition("[")[0],
        ("sector", "period", "measure", "value"),
        first.lines[0],
        tuple(cells for cells, _ in rows),
        tuple(line for _, line in rows),
        (*first.notes, "months were read across the header, measures by what rows and titles compare"),
    )
    lacks_sector = "sector" in fill or not all(cells[0] for cells in table.rows)
    return (_without_sector(table) if lacks_sector else table), tuple(left_out)


def _months(block: Block) -> dict[int, str]:
    """Return the columns that are headed by one month with its year."""
    read = axis([" ".join(pieces) for pieces in block.headings])
    return {
        c: f"{m.year}-{m.month:02d}"
        for c, m in enumerate(read.moments)
        if m is not None and m.whole and m.month is not None and not read.problems
    }


def _measure(texts: Sequence[str], titles: Sequence[str]) -> str:
    """Return the measure that one label of a row says, or else one title; "" for none or several."""
    for lines in (texts, titles):
        compared = [
            rates.headings([(line,)], [_ANY_MONTH])[0] for line in lines if rates.speaks_of_rates([line])
        ]
        measures = {one.measure for one in compared if isinstance(one, rates.Rate)}
        if compared:
            return measures.pop() if len(measures) == 1 and len(compared) == 1 else ""
    return ""


def _sector(texts: Sequence[str]) -> str:
    """Return the label of a row that names its branch, "" where it has none."""
    labels = [text for text in texts if not rates.speaks_of_rates([text])]
    return next((text for text in labels if is_sector(text)), labels[0] if labels else "")


def _rows(block: Block, r: int, months: Mapping[int, str], measure: str, sector: str) -> Iterator[Row]:
    """Yield the figures of one row."""
    for c, month in months.items():
        value = split_number(heading_text(block.body[r][c]))[0]
        yield (sector, month, measure, value), block.sheet.lines[block.rows[r]]


def _without_sector(table: Lines) -> Lines:
    """Return a table whose sector is to be said under fill."""
    rows = tuple(cells[1:] for cells in table.rows)
    return Lines(table.file, table.header[1:], table.header_line, rows, table.lines, table.notes)
