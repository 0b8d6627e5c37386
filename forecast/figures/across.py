"""What stands beside and below rates with their months across: units, words and marks of falls, other tables."""

from __future__ import annotations

from collections.abc import Sequence

from forecast.errors import DataError
from forecast.figures.signs import holds_signs, of_something_else
from forecast.tables import LeftOut
from forecast.tables.blocks import Block
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.languages import folded_name, plain_words, words
from forecast.tables.signs import FALL, direction, marked_label, speaks_of_falls

_MINUS = ("-", "\u2212", "\u2013")
_SIGNS = '"{}" does not say of which numbers it is the sign; write the signs in front of the numbers'


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
