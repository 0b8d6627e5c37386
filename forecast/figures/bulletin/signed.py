"""`fallen`: the cells of a bulletin's table that are falls by a mark beside them or a heading of rows above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from forecast.figures import signs
from forecast.figures.bulletin.columns import LEFT_OUT, Column, columns_of_signs, heading_of_signs
from forecast.figures.bulletin.labels import Row
from forecast.figures.bulletin.values import INDEX, Cell
from forecast.figures.bulletin.work import Work
from forecast.figures.vocabulary import sector_word
from forecast.tables import fold
from forecast.tables.blocks import Block
from forecast.tables.headings import heading_text
from forecast.tables.labels import without_number
from forecast.tables.rates import Rate
from forecast.tables.signs import FALL, direction, is_mark, speaks_of_falls

Cells = Mapping[int, Mapping[int, Cell]]
Numbers = Mapping[int, Mapping[int, signs.Marked]]
"""Position of a column -> position of a row -> its number."""


def fallen(
    work: Work,
    block: Block,
    held: Sequence[Column],
    rows: Sequence[Row],
    cells: Cells,
    forms: Mapping[int, str],
) -> set[tuple[int, int]]:
    """Return column and row of the numbers without a sign that are falls; what does not agree is a problem."""
    numbers = {
        column.position: _numbers(block, column.position, cells[column.position], forms[column.position])
        for column in held
        if isinstance(column.holds, Rate) and column.holds.measure != "index" and forms.get(column.position)
    }
    said = [*_beside(work, block, held, numbers, forms), *_above(work, held, block, numbers, forms)]
    said += _below(work, numbers, _groups(block, rows, held), forms)
    _note_of_titles(work, block, numbers, forms, any(said))
    return {place for places in said for place in places}


def _numbers(block: Block, c: int, cells: Mapping[int, Cell], form: str) -> dict[int, signs.Marked]:
    """Return the numbers of a column by their rows, nothing said of their direction."""
    base = 100.0 if form == INDEX else 0.0
    return {
        i: signs.Marked(
            block.place(i, c), heading_text(block.body[i][c]) or f"{cell.value:g}", cell.value - base
        )
        for i, cell in cells.items()
    }


def _beside(
    work: Work, block: Block, held: Sequence[Column], numbers: Numbers, forms: Mapping[int, str]
) -> Iterator[set[tuple[int, int]]]:
    """Yield the falls by marks in a column of their own."""
    numeric = {column.position for column in held}
    marked = columns_of_signs(block, numeric)
    heads = [" ".join(texts) for texts in block.headings]
    measures = {c.position: c.holds.measure for c in held if isinstance(c.holds, Rate)}
    for s in marked:
        heading = heading_of_signs(block, s, numeric)
        if _left_out(work, heading):
            continue
        undo = f'leave the column out (left_out: "{heading}")' if heading else "delete the column of marks"
        held_by = {c: numbers[c].values() if c in numbers else () for c in measures}
        c = signs.owner(s, marked, held_by, numeric, heads)
        marks = [str(row[s] or "") for row in block.body]
        if c is None:
            place = block.place(next(i for i, mark in enumerate(marks) if mark), s)
            work.problems.extend(signs.of_none(place, marks, held_by, undo))
        elif c in numbers:
            own = [replace(n, mark=marks[i]) for i, n in numbers[c].items()]
            way = signs.Way("stands beside", undo, each=True, signed=forms[c] == INDEX)
            fallen, problems, notes = signs.of_column(own, heading, measures[c], way)
            work.problems.extend(problems)
            work.notes.extend(notes)
            yield {(c, list(numbers[c])[k]) for k in fallen}


def _above(
    work: Work, held: Sequence[Column], block: Block, numbers: Numbers, forms: Mapping[int, str]
) -> Iterator[set[tuple[int, int]]]:
    """Yield the falls of columns of which a line of the heading says that they hold falls."""
    declared = set(map(fold, work.declared.columns.values()))
    for column in held:
        c, rate = column.position, column.holds
        mark = next(filter(speaks_of_falls, block.headings[c]), "")
        if not mark or c not in numbers or fold(column.heading) in declared or forms[c] == INDEX:
            continue
        assert isinstance(rate, Rate)
        alone, signed = direction(mark) == FALL, any(n.value < 0 for n in numbers[c].values())
        odd = next((n for n in numbers[c].values() if n.value > 0), None)
        if odd is None or signed and not alone:
            continue
        if alone and not signed:
            work.notes.append(
                f'numbers under "{column.heading}" are read as falls: {odd.shown} as -{odd.shown}'
            )
            yield {(c, i) for i in numbers[c]}
            continue
        work.problems.append(
            f'{odd.place}: {odd.shown} stands under "{mark}" without a sign; write -{odd.shown} where it is a fall, '
            "or say under columns that the numbers are right as they are "
            f'({rate.measure} {rate.period}: "{column.heading}")'
        )


def _groups(block: Block, rows: Sequence[Row], held: Sequence[Column]) -> tuple[dict[int, str], set[int]]:
    """Return by row the line above it that says that the rows below are rises or falls, and the rows where it may not.

    It may not hold below another line without numbers, nor of a total that follows other rows.
    """
    numeric = {column.position for column in held}
    labels = [line for c in range(len(block.columns)) if c not in numeric for line in block.headings[c]]
    above = [text for text in (*block.titles[-1:], *labels) if direction(text) and not is_mark(text)]
    mark, first, broken = above[0] if above else "", True, False
    out, doubtful = {}, set()
    for row in rows:
        label = without_number(row.label)
        if not row.numbered and (direction(label) or speaks_of_falls(label)):
            mark, first, broken = label, True, not direction(label)
            continue
        broken = broken or bool(not row.numbered and row.label)
        if row.numbered:
            out[row.position] = mark
            if broken or not first and sector_word(label) == "total":
                doubtful.add(row.position)
            first = False
    return out, doubtful


def _below(
    work: Work, numbers: Numbers, groups: tuple[Mapping[int, str], set[int]], forms: Mapping[int, str]
) -> Iterator[set[tuple[int, int]]]:
    """Yield the falls of rows below a line that names a group of falls, of a table of one column of rates."""
    marks, doubtful = groups
    fallen = [i for i, mark in marks.items() if speaks_of_falls(mark)]
    unsigned = all(n.value >= 0 for own in numbers.values() for i, n in own.items() if i in fallen)
    for c, every in numbers.items():
        own = {i: replace(n, mark=marks.get(i, "")) for i, n in every.items()}
        below = [i for i in fallen if i in own and own[i].value]
        if not below or len(numbers) > 1 and (forms[c] == INDEX or not unsigned):
            continue
        first = own[next((i for i in below if i in doubtful), below[0])]
        signed = forms[c] == INDEX or any(n.value < 0 for n in own.values())
        if not signed and (len(numbers) > 1 or doubtful & set(below)):
            work.problems.append(
                f'{first.place}: {first.shown} stands below "{first.mark}", which may not be said of it; write the '
                f'signs in front of all numbers, and delete "{first.mark}"'
            )
            return
        way = signs.Way("stands under", f'delete the line "{first.mark}"', signed=forms[c] == INDEX)
        falls, problems = signs.falls(list(own.values()), way)
        work.problems.extend(problems)
        note = f'numbers under "{first.mark}" are read as falls: {first.shown} as -{first.shown}'
        work.notes.extend([note] * bool(falls))
        yield {(c, list(own)[k]) for k in falls}


def _note_of_titles(
    work: Work, block: Block, numbers: Numbers, forms: Mapping[int, str], fallen: bool
) -> None:
    """Say where a title speaks of falls and no number below it is one."""
    bare = [n for c, own in numbers.items() if forms[c] != INDEX for n in own.values()]
    title = next(filter(speaks_of_falls, (*block.titles, block.sheet.title)), "")
    if title and bare and not fallen and all(n.value >= 0 for n in bare):
        work.notes.append(
            f'the title "{title}" speaks of falls, no number below it has a minus; are the signs right?'
        )


def _left_out(work: Work, heading: str) -> bool:
    """Tell whether the user leaves a column out."""
    declared = work.declared.columns.items()
    return bool(heading) and any(n.startswith(LEFT_OUT) and fold(h) == fold(heading) for n, h in declared)
