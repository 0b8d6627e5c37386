"""`told`: the rows of a bulletin's table whose labels say that their numbers are its rates, the others left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from forecast.figures.bulletin.columns import Column
from forecast.figures.bulletin.labels import Row
from forecast.figures.bulletin.values import Cell
from forecast.figures.bulletin.work import Work
from forecast.figures.denied import is_another_subject, is_base, of_label
from forecast.figures.vocabulary import is_sector, sector_word
from forecast.tables import LeftOut, rates
from forecast.tables.alone import alone
from forecast.tables.blocks import Block
from forecast.tables.cells import Place
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.merged import merged_numbers
from forecast.tables.rates.statement import statement
from forecast.tables.rates.titles import SPOKEN_OF, WHOLE_TABLE
from forecast.tables.signs import FALL, marked_label

_SUBJECT = "number of another subject"
_BASE = "number of a base"


def note_of_foot(work: Work, block: Block) -> None:
    """Say which line below a table speaks of what would make its numbers no rates as published."""
    for line in block.foot:
        if statement([line]).left_out in WHOLE_TABLE or rates.per_mille(line):
            work.notes.append(
                f'the line below the table "{line}" speaks of {SPOKEN_OF}; is it said of these rates?'
            )


def leave_foot(work: Work, block: Block) -> None:
    """Put numbers below the table, of footnotes and pages, on the list of what is left out; name what may be one."""
    work.problems.extend(filter(None, [alone(block)]))
    for r in block.foot_rows:
        row = block.sheet.rows[r]
        numbers = [c for c, v in enumerate(row) if kind(v) is Kind.NUMBER]
        if numbers:
            place = block.sheet.place(Place(r, numbers[0]))
            line = " ".join(heading_text(v) for v in row if v not in (None, ""))
            work.left_out.append(LeftOut("number below the table", line, len(numbers), place))
            work.notes.append(
                f'{place}: "{line}" below the table was taken as a footnote or the number of a page'
            )


def told(work: Work, block: Block, rated: Sequence[Column], rows: Sequence[Row]) -> list[Row]:
    """Return the rows that are left, without the words of rises and falls in their labels.

    A line without numbers that names another subject holds for the rows below it, until one names production.
    """
    kept = []
    subject = ""
    for row in rows:
        cells = [block.body[row.position][c.position] for c in rated]
        if all(kind(v) is Kind.EMPTY for v in cells):
            named = is_another_subject(row.label)
            subject = row.label if named else "" if rates.says(row.label, "production") else subject
        why = (_BASE if is_base(row.label) else of_label(row.label)) if row.numbered else ""
        if row.numbered and (why or subject):
            _leave_out(work, block, rated, row, why or _SUBJECT, row.label if why else subject)
        else:
            kept.append(replace(row, label=marked_label(row.label)[0]) if row.numbered else row)
    return kept


def refuse_merged(work: Work, block: Block, rated: Sequence[Column], rows: Sequence[Row]) -> None:
    """Name the numbers that stand merged over several rates, or over rows of several sectors.

    A row of another name of the one above it, in a second language, has no numbers of its own.
    """
    sectors = [sector_word(row.label) if is_sector(row.label) else "" for row in rows]
    own = set()
    for row, sector, above in zip(rows, sectors, ["", *sectors], strict=False):
        places = [Place(block.rows[row.position], block.columns[c.position]) for c in rated]
        if "" != sector != above != "" or any(kind(block.sheet.rows[r][c]) is Kind.NUMBER for r, c in places):
            own |= set(places)
    work.problems.extend(problem for _, problem in merged_numbers(block.sheet, own))


def refuse_falls(
    work: Work,
    block: Block,
    rows: Sequence[Row],
    cells: Mapping[int, Mapping[int, Cell]],
    forms: Mapping[int, str],
) -> None:
    """Name the first number without a sign whose label says that it is a fall."""
    for row in rows:
        label, direction = marked_label(row.label)
        held = {c: own[row.position] for c, own in cells.items() if row.position in own}
        bases = {c: 100.0 if forms.get(c) == "index" else 0.0 for c in held}
        c = next((c for c in held if held[c].value > bases[c]), None)
        if direction != FALL or c is None or any(held[o].value < bases[o] for o in held):
            continue
        shown = heading_text(block.body[row.position][c]) or f"{held[c].value:g}"
        work.problems.append(
            f'{block.place(row.position, c)}: {shown} stands beside "{row.label}" without a sign; write it as a fall '
            f'where it is one, and name the row "{label}"'
        )
        return


def _leave_out(work: Work, block: Block, rated: Sequence[Column], row: Row, reason: str, label: str) -> None:
    """Put the numbers of a row on the list of what is left out."""
    numbers = [c.position for c in rated if kind(block.body[row.position][c.position]) is Kind.NUMBER]
    work.left_out.append(LeftOut(reason, label, len(numbers), block.place(row.position, numbers[0])))
