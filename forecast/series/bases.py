"""`base_changes`: where notes, section rows or multipliers put the months of one series on another base or unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from forecast.series.columns import Columns, Role, says
from forecast.series.labelled import says_unit
from forecast.series.layout import Line
from forecast.series.timed import heading_says
from forecast.series.titles import base_of, base_said
from forecast.tables import plain_name
from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.eras import common
from forecast.tables.headings import heading_text
from forecast.tables.labels import STATUS, without_marks, without_number

_WORDS = 4
"""Words of a note that states a base, at most: "Năm gốc 2015=100". chosen: a sentence has more."""

_YEAR = re.compile(r"(?:1[89]|2[0-5])\d\d")

Stated = tuple[int, str, str]
"""Row, base and text that says so."""


def base_changes(
    block: Block, roles: Columns, months: Mapping[int, int], lines: Sequence[Line]
) -> tuple[tuple[int, str], ...]:
    """Name the first row of each second base that a table states for a series, behind the month from which both stand.

    months : of rows; between them a row may hold the base of those below
    Two columns, or two series of a table with a row per value, may have a base each.
    """
    sections = [
        (r, *said)
        for r, row in enumerate(block.body)
        if r not in months and (said := next(filter(None, map(base_stated, row)), None))
    ]
    notes = [[base_stated(row[j]) for row in block.body] for j in roles.of(Role.LABEL, Role.STATUS)]
    notes += [
        [_multiplied(block, j, row[j]) for row in block.body]
        for j in roles.of(Role.CODE, Role.STATUS)
        if heading_says(block, j, "multiplier")
    ]
    notes += [
        [_unit(row[j]) for row in block.body]
        for j in roles.of(Role.CODE, Role.LABEL, Role.STATUS)
        if _says_unit(block, j)
    ]
    notes = [column for column in notes if any(column)]
    if not sections and not notes:
        return ()
    row_of = {block.sheet.lines[r]: i for i, r in enumerate(block.rows)}
    changes: dict[tuple[int, str], None] = {}
    for line in lines:
        rows = sorted({row_of[cell.line] for cell in line.cells})
        headed = base_said([*line.parts, *block.titles])
        noted = ([(r, *said) for r in rows if (said := column[r]) is not None] for column in notes)
        for stated in (_under_sections(sections, rows, headed), *noted):
            for row, problem in changed(block, stated):
                parts = [r for r in rows if r < row], [r for r in rows if r >= row]
                both = max(min(months[r] for r in part) for part in parts if part)
                changes[both, problem] = None
    return tuple(changes)


def _under_sections(
    sections: Sequence[Stated], rows: Sequence[int], headed: tuple[str, str] | None
) -> list[Stated]:
    """Return the bases of the heading and of rows without a month, those that months of a series stand under.

    Months above the first such row, where the heading says nothing, are of a base that nothing names.
    """
    unnamed = ("", "") if sections and rows and sections[0][0] > rows[0] else None
    first = headed or unnamed
    stated = [*([(-1, *first)] if first is not None and sections else []), *sections]
    ends = [*(row for row, _, _ in stated[1:]), len(rows) and rows[-1] + 1]
    return [one for one, end in zip(stated, ends, strict=False) if any(one[0] <= row < end for row in rows)]


def changed(block: Block, stated: Sequence[Stated], column: int = 0) -> Iterator[tuple[int, str]]:
    """Yield what to say of the first row of another base than the first, which its column says."""
    above = f'"{stated[0][2]}"' if stated and stated[0][2] else "a base that nothing names"
    for row, base, text in stated[1:]:
        if base != stated[0][1]:
            yield (
                row,
                f'{block.place(row, column)}: "{text}" begins here, where the levels above are of {above}; '
                "link the two parts to one base, unit or adjustment, or keep one of them; where both are one, write it "
                "alike",
            )
            return


def _multiplied(block: Block, j: int, value: Value) -> tuple[str, str] | None:
    """Return what the values of a row are to be multiplied by, as it stands under its heading."""
    text = heading_text(value)
    return (text, f"{' '.join(block.headings[j])} {text}") if text else None


def _says_unit(block: Block, j: int) -> bool:
    """Tell a column that says what the values of its rows are: unit, base, frequency, adjustment, or of what."""
    said = says(block, j, "unit") or says(block, j, "treatment") or heading_says(block, j, "subject")
    return said and not heading_says(block, j, "multiplier")


def _unit(value: Value) -> tuple[str, str] | None:
    """Return unit or base of a row as its column of units says it, however it is typed and marked, and the text."""
    text = heading_text(value)
    return (
        (base_of([text]) or plain_name(without_number(without_marks(text, STATUS))), text) if text else None
    )


@lru_cache(maxsize=5_000)  # files repeat their labels and notes
def base_stated(value: Value) -> tuple[str, str] | None:
    """Return base and text of a cell that says little else, None for every other.

    >>> base_stated("năm gốc 2015 = 100"), base_stated("linked: 2015=100 to 2020=100"), base_stated("IIP")
    (('2015', 'năm gốc 2015 = 100'), None, None)
    >>> base_stated("Base year: 2015"), base_stated("Base metals 2015"), base_stated("Base 2010 to 2015")
    (('2015', 'Base year: 2015'), None, None)
    """
    if not isinstance(value, str) or len(re.findall(r"[^\W\d]+", value)) > _WORDS:
        return None
    figures = re.findall(r"\d+", common(value))
    year = figures[0] if len(figures) == 1 and _YEAR.fullmatch(figures[0]) and says_unit(value) else ""
    return (year, value) if year else base_said([value])
