"""Rates in a table of several months: what says their measure and sector, and what stands beside and below them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from forecast import tables
from forecast.errors import DataError
from forecast.figures.bulletin import place
from forecast.figures.lines import Lines
from forecast.figures.signs import holds_signs, of_something_else
from forecast.figures.vocabulary import is_sector
from forecast.tables import LeftOut, rates
from forecast.tables.blocks import Block
from forecast.tables.cells import Place, Sheet
from forecast.tables.cut import alike, at_an_end, cut, refusal, wanted
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.languages import folded_name, plain_words, words
from forecast.tables.merged import merged_numbers
from forecast.tables.signs import FALL, direction, marked_label, speaks_of_falls

_MINUS = ("-", "\u2212", "\u2013")
_SIGNS = '"{}" does not say of which numbers it is the sign; write the signs in front of the numbers'

_COLUMNS = ("region", "sector", "period", "measure", "value")
Row = tuple[tuple[str, str, str, str, str], int]
"""Region, sector, period, measure and value as text, and the line of the file."""


def in_another_unit(block: Block, r: int) -> str:
    """Return "number in another unit" of a row that a column of units says not to be in percent, "" else."""
    for c, texts in enumerate(block.headings):
        unit = block.body[r][c]
        if isinstance(unit, str) and any(folded_name(text) in words("unit") for text in texts):
            said = f" {plain_words(unit)} "
            known = any(f" {word} " in said for word in (*words("percent"), *words("figure"), "100"))
            if unit and not known and "%" not in unit:
                return "number in another unit"
    return ""


def labels(block: Block, r: int, held: Sequence[int]) -> list[str]:
    """Return the texts of a row without words of rises and falls.

    Raises DataError for a number without a sign beside one of a fall.
    """
    out = []
    for text in (heading_text(v) for v in block.body[r] if kind(v) is Kind.TEXT):
        label, said = marked_label(text)
        shown = [heading_text(block.body[r][c]) for c in held]
        if said == FALL and shown and not any(number[:1] in _MINUS for number in shown):
            raise DataError(
                f'{block.place(r, held[0])}: {shown[0]} stands beside "{text}" without a sign; write the signs in '
                f'front of the numbers, and name the row "{label}"'
            )
        out.append(label)
    return out


def refuse_signs(block: Block) -> None:
    """Raise DataError for marks or lines of falls, where the numbers of a table of several months have no signs."""
    numbers = [v for row in block.body for v in row if kind(v) is Kind.NUMBER]
    if any(str(v).strip()[:1] in _MINUS for v in numbers):
        return
    for c, texts in enumerate(block.headings):
        column = [row[c] for row in block.body]
        marks = [v or "" for v in column if v is None or isinstance(v, str)]
        if len(marks) == len(column) and holds_signs(marks, " ".join(texts)):
            fall = next((r for r, mark in enumerate(marks) if direction(mark) == FALL), None)
            if fall is not None and not of_something_else(" ".join(texts), ""):
                raise DataError(
                    f"{block.place(fall, c)}: {_SIGNS.format(marks[fall])}, and delete the column"
                )
    for r, row in enumerate(block.body[:-1]):
        filled = [v for v in row if v not in (None, "")]
        if len(filled) == 1 and isinstance(filled[0], str) and speaks_of_falls(filled[0]):
            raise DataError(f"{block.place(r, 0)}: {_SIGNS.format(filled[0])}, and delete the line")


def other_tables(others: Sequence[Block], read: Sequence[Block]) -> list[LeftOut]:
    """Return the numbers of tables without months beside those that are read.

    Raises DataError for one that only a line of words parts from the rows of one that is read.
    """
    left_out = []
    for block in others:
        numbers = [
            (r, c) for r, row in enumerate(block.body) for c, v in enumerate(row) if kind(v) is Kind.NUMBER
        ]
        above = [one for one in read if one.sheet is block.sheet and one.rows[-1] < block.rows[0]]
        if numbers and above and not block.titles and above[-1].columns == block.columns:
            line = " ".join(text for texts in block.headings for text in texts)
            raise DataError(
                f'{block.place(*numbers[0])}: the numbers below "{line}" have no months above them; delete that line, '
                "or write the months into it"
            )
        if numbers:
            title = block.title or " ".join(block.headings[0])
            left_out.append(LeftOut("number of another table", title, len(numbers), block.place(*numbers[0])))
    return left_out


def titles_of(block: Block) -> list[str]:
    """Return the titles of a table, or the name of its sheet where only that compares."""
    titles, name = list(block.titles), block.sheet.title
    by_name = rates.speaks_of_rates([name]) and not any(rates.speaks_of_rates([title]) for title in titles)
    return [*titles, name] if by_name else titles


def measure_of(texts: Sequence[str], titles: Sequence[str]) -> str:
    """Return the measure that one label of a row says, or else one title; "" for none or several."""
    for lines in (texts, titles):
        compared = [
            rates.headings([(line,)], [rates.ANY_MONTH])[0] for line in lines if rates.speaks_of_rates([line])
        ]
        measures = {one.measure for one in compared if isinstance(one, rates.Rate)}
        if compared:
            return measures.pop() if len(measures) == 1 and len(compared) == 1 else ""
    return ""


def owner_of(texts: Sequence[str], fill: Mapping[str, str]) -> tuple[str, str]:
    """Return the region and the sector that the labels of a row name, "" where none does.

    A row of a province or the nation without a sector is its total, unless fill says another.
    """
    labels = [text for text in texts if not rates.speaks_of_rates([text])]
    region = next((word for text in labels if (word := place(text))), "")
    others = [text for text in labels if not place(text)]
    sector = next((text for text in others if is_sector(text)), others[0] if others else "")
    return region, sector or (fill.get("sector", "total") if region else "")


def as_lines(opened: Sequence[Sheet], rows: Sequence[Row], fill: Mapping[str, str], how: str) -> Lines:
    """Return rows as a file of one figure a row, without the columns of regions and sectors that fill is to say."""
    first = opened[0]
    regions = any(cells[0] for cells, _ in rows)
    sectors = regions or "sector" not in fill and all(cells[1] for cells, _ in rows)
    if regions:
        rows = [((cells[0] or fill.get("region", ""), *cells[1:]), line) for cells, line in rows]
    kept = [i for i, name in enumerate(_COLUMNS) if {"region": regions, "sector": sectors}.get(name, True)]
    return Lines(
        first.file if len(opened) == 1 else first.file.partition("[")[0],
        tuple(_COLUMNS[i] for i in kept),
        first.lines[0],
        tuple(tuple(cells[i] for i in kept) for cells, _ in rows),
        tuple(line for _, line in rows),
        (*first.notes, how),
    )


def refuse_cut(block: Block, rows: Sequence[int]) -> None:
    """Raise DataError for rows of a text cut short, unless what they lack is not published yet.

    rows : positions of those that are months, none where they are series
    """
    short = cut(block)
    if short and not (at_an_end(short, rows) if rows else alike(block, short)):
        tables.fail([refusal(block.place(r, 0), found, wanted(block)) for r, found in short.items()])


def refuse_merged(block: Block, columns_of: Sequence[Collection[int]]) -> None:
    """Raise DataError for numbers that stand merged over several months or series.

    columns_of : for each row, its columns of figures
    """
    own = {
        Place(block.rows[r], block.columns[c])
        for r, columns in enumerate(columns_of)
        if any(kind(block.body[r][c]) is Kind.NUMBER for c in columns)
        for c in columns
    }
    if problems := [problem for _, problem in merged_numbers(block.sheet, own)]:
        tables.fail(problems)


def refuse_another_measure(block: Block, lines: Sequence[str], fill: Mapping[str, str]) -> None:
    """Raise DataError for titles that compare other times than the measure given under fill."""
    titled = measure_of((), lines)
    if titled and fill.get("measure", titled) != titled:
        raise DataError(
            f"{block.first_place}: the title says {titled}, fill says measure={fill['measure']}; leave the measure "
            "out of fill, or delete what does not hold from the title, its headings or the name of its sheet"
        )
