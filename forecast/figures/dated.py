"""`dated`: rates with their months across the headings, each row or the title saying in words what is compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from forecast.errors import DataError
from forecast.figures.across import (
    Row,
    as_lines,
    in_another_unit,
    labels,
    measure_of,
    other_tables,
    owner_of,
    refuse_another_measure,
    refuse_cut,
    refuse_merged,
    refuse_signs,
    titles_of,
)
from forecast.figures.denied import of_label
from forecast.figures.grid import crosswise, is_unclear
from forecast.figures.lines import IN_PER_MILLE, Lines
from forecast.figures.table import MEASURES
from forecast.figures.vocabulary import is_sector, sector_word
from forecast.tables import LeftOut, rates
from forecast.tables.axis import axis
from forecast.tables.blocks import Block, blocks
from forecast.tables.cells import Sheet, Value
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, is_garbled, is_year, kind, whole_number
from forecast.tables.marks import is_forecast, split_number
from forecast.tables.meant import holds_decimal, says_change

_FEWEST = 2  # months across that make a table one of months; chosen: one might be a date of something else

_ACROSS = "months were read across the header, measures by what rows and titles compare"
_DOWN = "months were read down and years across, the measure by what the title compares"
_UNCLEAR = (
    "months down and years across that do not run through each year once; put each series in a sheet of its own, the "
    "months of a calendar year below one another, or give each figure a row with its month as 2024-04"
)


def dated(
    opened: Sequence[Sheet], columns: Mapping[str, str], fill: Mapping[str, str]
) -> tuple[Lines, tuple[LeftOut, ...]] | None:
    """Return the rates of such tables as a file of one figure a row, with what is left out; None where there are none.

    columns, fill : as given to `figures.read`; the measure of fill counts for rows of which neither a label nor a title
        says it, its sector for all
    Raises DataError for a table of months and years of which nothing says which rate it holds.
    """
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    titles: list[str] = []
    read: list[Block] = []
    others: list[Block] = []
    how, unclear = _ACROSS, ""
    for block in (block for sheet in opened for block in blocks(sheet)):
        months_of, lines = _months(block), titles_of(block)
        if not months_of and (months_of := crosswise(block)):
            lines += _above(block, {c for months in months_of for c in months})
            how = _DOWN
            _refuse_unknown(block, lines, columns, fill)
        elif columns or not months_of:
            unclear = unclear or (block.first_place if is_unclear(block) else "")
            others.append(block)
            continue
        refuse_signs(block)
        refuse_cut(block, [r for r, months in enumerate(months_of) if months] if how == _DOWN else [])
        refuse_another_measure(block, lines, fill)
        if rows and len({tuple(months.values()) for months in months_of}) > 1:
            raise DataError(
                f"{block.first_place}: another table of years and months; put each in a file or sheet of its own, and "
                "name its sector under fill"
            )
        titles += lines
        read.append(block)
        refuse_merged(block, months_of)
        more, rest = _of_block(block, months_of, lines, fill)
        rows += more
        left_out += rest
    if rows:
        _refuse_another_sector(opened[0].file, rows, fill)
        left_out += other_tables(others, read)
        whole = as_lines(opened, rows, fill, how)
        return replace(whole, titles=tuple(dict.fromkeys(titles))), tuple(left_out)
    if unclear:
        raise DataError(f"{unclear}: {_UNCLEAR}")
    return None


def _of_block(
    block: Block, months_of: Sequence[Mapping[int, str]], lines: Sequence[str], fill: Mapping[str, str]
) -> tuple[list[Row], list[LeftOut]]:
    """Return the figures of one table, and its numbers that are none.

    months_of : for each row, the month of each of its columns
    """
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    down = all(len({month[-2:] for month in months.values()}) == 1 for months in months_of if months)
    first = min((c for months in months_of for c in months), default=0) if down else 0
    for r, (row, months) in enumerate(zip(block.body, months_of, strict=True)):
        texts = [heading_text(v) for v in row if kind(v) is Kind.TEXT]
        measure = measure_of(texts, lines) or fill.get("measure", "")
        numbers = [c for c, v in enumerate(row) if kind(v) is Kind.NUMBER and c >= first]
        why = next(filter(None, map(of_label, texts)), "") or in_another_unit(block, r)
        held = _held(row, months) if measure and not why else []
        rows += _rows(block, r, {c: months[c] for c in held}, measure, owner_of(labels(block, r, held), fill))
        if rest := [c for c in numbers if c not in held and (c or not is_year(row[c]))]:
            what, place = " ".join(texts or block.headings[rest[0]]), block.place(r, rest[0])
            left_out.append(LeftOut(why or "number that is no rate of a month", what, len(rest), place))
    return rows, left_out


def _held(row: Sequence[Value], months: Mapping[int, str]) -> list[int]:
    """Return the columns of months that a row fills, with what is meant as a number or stands in its place too."""
    filled = [c for c in months if kind(row[c]) not in (Kind.EMPTY, Kind.MISSING)]
    cells = [row[c] for c in filled]
    meant = any(kind(v) is Kind.NUMBER or is_garbled(v) or says_change(v) or holds_decimal(v) for v in cells)
    return filled if meant else []


def _above(block: Block, years: Collection[int]) -> list[str]:
    """Return the lines of headings of the columns of years and of those before them that are no year."""
    held = [texts for c, texts in enumerate(block.headings) if c in years or c < min(years)]
    return list(dict.fromkeys(text for texts in held for text in texts if not is_year(text)))


def _refuse_unknown(
    block: Block, lines: Sequence[str], columns: Mapping[str, str], fill: Mapping[str, str]
) -> None:
    """Raise DataError for a table of months and years of which nothing says which rate it holds."""
    if columns:
        named = ", ".join(columns)
        raise DataError(
            f"{block.first_place}: columns ({named}) have no place in a table of months down and years across; leave "
            "them out, and say under fill what is the same for all of it (measure, region, sector)"
        )
    if why := rates.objection(lines):
        raise DataError(
            f"{block.first_place}: {why}; delete it where it does not hold, or leave the table out"
        )
    if any(map(rates.per_mille, lines)):
        raise DataError(f"{block.first_place}: {IN_PER_MILLE}")
    if not (measure_of((), lines) or fill.get("measure")):
        raise DataError(
            f"{block.first_place}: a table of months down and years across, and no title says which rate it holds; "
            f"give it under fill (measure={MEASURES[1]}, or {', '.join(m for m in MEASURES if m != MEASURES[1])})"
        )


def _refuse_another_sector(file: str, rows: Sequence[Row], fill: Mapping[str, str]) -> None:
    """Raise DataError for a row that names a known sector where fill gives another for all rows."""
    for (_, sector, *_), line in rows:
        if "sector" in fill and is_sector(sector) and sector_word(sector) != sector_word(fill["sector"]):
            raise DataError(
                f'{file}:{line}: the row is of "{sector}", fill says sector={fill["sector"]}; leave the sector out of '
                "fill, or keep the rows of that sector alone"
            )


def _months(block: Block) -> list[dict[int, str]]:
    """Return for each row the columns of one month with its year: by their headings, or by the year of the row.

    Nothing where fewer than two are so headed, or months alone do not follow one another from January on.
    """
    read = axis([" ".join(pieces) for pieces in block.headings])
    single = {
        c: m
        for c, m in enumerate(read.moments)
        if m is not None
        and m.month is not None
        and m.span == 1
        and not read.problems
        and not is_forecast(m.mark)
    }
    whole = {c: f"{m.year}-{m.month:02d}" for c, m in single.items() if m.whole}
    if len(whole) >= _FEWEST:
        return [whole] * len(block.body)
    bare = {c: m.month for c, m in single.items() if m.year is None and m.month is not None}
    if list(bare.values()) != list(range(1, len(bare) + 1)) or len(bare) < _FEWEST:
        return []
    return [
        {c: f"{whole_number(row[0])}-{month:02d}" for c, month in bare.items()} if is_year(row[0]) else {}
        for row in block.body
    ]


def _rows(
    block: Block, r: int, months: Mapping[int, str], measure: str, owner: tuple[str, str]
) -> Iterator[Row]:
    """Yield the figures of one row."""
    for c, month in months.items():
        value = split_number(heading_text(block.body[r][c]))[0]
        yield (*owner, month, measure, value), block.sheet.lines[block.rows[r]]
