"""`signed`: a table of one figure a row whose signs stand beside its numbers or above them, with the signs in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forecast import tables
from forecast.figures import signs
from forecast.figures.bulletin import LEFT_OUT
from forecast.figures.indexed import alike
from forecast.figures.lines import Lines
from forecast.figures.long import Roles
from forecast.figures.records import later
from forecast.figures.signs import Marked, Way
from forecast.figures.table import Day
from forecast.figures.vocabulary import MEASURE_WORDS
from forecast.tables import Layout
from forecast.tables.kinds import Kind, kind
from forecast.tables.signs import FALL, direction, is_mark, speaks_of_falls

Numbers = Mapping[int, Mapping[int, Marked]]
"""Position of a column -> position of a row -> its number."""


def signed(table: Lines, of: Roles, layout: Layout, until: Day | None = None) -> tuple[Lines, Roles]:
    """Return a table with the signs of its numbers in them, without lines that only name rises or falls.

    until : rows published later are not looked at
    Raises DataError where it cannot be told what marks are of, or where they contradict the numbers.
    """
    table, groups = _without_groups(table)
    seen = _seen(table, of, until)
    wide = {i: said["measure"] for i, said in of.wide.items() if said["measure"] != "index"}
    measures = wide or ({of.places["value"]: ""} if "value" in of.places and not of.wide else {})
    marked = [
        i
        for i, heading in enumerate(table.header)
        if i not in of.used and signs.holds_signs(_marks(seen, i), heading)
    ]
    headed = [i for i in wide if speaks_of_falls(table.header[i])]
    if not groups and not marked and not headed:
        return table, of
    numbers = _numbers(table, of, list(measures), layout, until)
    problems = _under_falls(table, wide, {c: numbers[c] for c in headed if c in numbers}, layout)
    notes: list[str] = []
    fallen = _below(numbers, groups, layout, problems, notes)
    used = set()
    for s in marked:
        own = _beside(seen, of, s, marked, measures, numbers, layout, problems, notes)
        fallen |= own
        used |= {s} if own else set()
    if problems:
        tables.fail(problems)
    rows = [list(row) for row in table.rows]
    for c, r in fallen:
        rows[r][c] = f"-{rows[r][c]}"
    whole = replace(table, rows=tuple(map(tuple, rows)), notes=(*table.notes, *notes))
    return whole, replace(of, signs=frozenset(used))


def _seen(table: Lines, of: Roles, until: Day | None) -> Lines:
    """Return a table with nothing in rows published after a day: they tell nothing of what marks are."""
    place = of.places.get("published")
    if until is None or place is None:
        return table
    rows = (("",) * len(row) if later(row[place], until) else row for row in table.rows)
    return replace(table, rows=tuple(rows))


def _marks(table: Lines, c: int) -> list[str]:
    return signs.spelled([row[c] for row in table.rows], table.header[c])


def _without_groups(table: Lines) -> tuple[Lines, list[str]]:
    """Return a table without lines of one cell that names rises or falls, and such a line for each row below."""
    kept, groups, mark, found = [], [], "", False
    for i, row in enumerate(table.rows):
        filled = [cell for cell in row if cell]
        if len(filled) == 1 and _names_a_group(filled[0]):
            mark, found = filled[0], True
        else:
            kept.append(i)
            groups.append(mark)
    if not found:
        return table, []
    rows = tuple(table.rows[i] for i in kept)
    return replace(table, rows=rows, lines=tuple(table.lines[i] for i in kept)), groups


def _names_a_group(text: str) -> bool:
    return bool(direction(text)) and not is_mark(text) or speaks_of_falls(text)


def _numbers(table: Lines, of: Roles, columns: list[int], layout: Layout, until: Day | None) -> Numbers:
    """Return the numbers of the columns of rates; cells that are none, and index levels, are left to be looked at."""
    out: dict[int, dict[int, Marked]] = {}
    measure = None if of.wide else of.places.get("measure")
    try:
        style, _ = tables.detect_style(
            [row[c].rstrip("% ") for row in table.rows for c in columns], layout.decimal
        )
    except ValueError:
        return out
    published = of.places.get("published")
    for c in columns:
        out[c] = {}
        for r, (row, line) in enumerate(zip(table.rows, table.lines, strict=True)):
            if until is not None and published is not None and later(row[published], until):
                continue
            name = "" if measure is None else tables.fold(row[measure])
            if MEASURE_WORDS.get(name, name) == "index" or kind(row[c]) is not Kind.NUMBER:
                continue
            try:
                value = tables.parse_number(row[c].removesuffix("%").strip(), style)
            except ValueError:
                continue
            out[c][r] = Marked(f"{table.file}:{line}", row[c], value)
    return out


def _based(numbers: Mapping[int, Marked], layout: Layout) -> tuple[list[Marked], bool]:
    """Return the numbers of a column less their base, and whether that is 100."""
    values = [n.value for n in numbers.values()]
    index_form = layout.rates == "index" or layout.rates is None and bool(values) and alike(values)
    return [replace(n, value=n.value - 100.0 * index_form) for n in numbers.values()], index_form


def _beside(
    table: Lines,
    of: Roles,
    s: int,
    marked: list[int],
    measures: Mapping[int, str],
    numbers: Numbers,
    layout: Layout,
    problems: list[str],
    notes: list[str],
) -> set[tuple[int, int]]:
    """Return column and row of the numbers that marks in a column of their own call falls."""
    heading, marks = table.header[s], _marks(table, s)
    number = f" {len(of.left_out) + 1}" * bool(of.left_out)
    headed = tables.fold(heading)
    undo = (
        f'leave the column out under columns ({LEFT_OUT}{number}: "{heading}")'
        if headed
        else "delete the column of marks"
    )
    held = {c: own.values() for c, own in numbers.items()}
    numeric = {c for c in range(len(table.header)) if any(kind(row[c]) is Kind.NUMBER for row in table.rows)}
    c = signs.owner(s, marked, held, numeric, table.header) if of.wide else next(iter(held), None)
    if c is None:
        line = next(n for n, mark in zip(table.lines, marks, strict=True) if mark)
        problems.extend(signs.of_none(f"{table.file}:{line}", marks, held, undo))
    if c is None or c not in numbers:
        return set()
    based, index_form = _based(numbers[c], layout)
    own = [replace(n, mark=marks[r]) for r, n in zip(numbers[c], based, strict=True)]
    way = Way("stands beside", undo, each=True, signed=index_form)
    fallen, said, told = signs.of_column(own, heading, measures.get(c, ""), way)
    problems.extend(said)
    notes.extend(told)
    return {(c, list(numbers[c])[k]) for k in fallen}


def _under_falls(table: Lines, wide: Mapping[int, str], numbers: Numbers, layout: Layout) -> list[str]:
    """Name the first number without a sign of each column whose heading speaks of falls, unless columns names it."""
    declared = set(map(tables.fold, layout.columns.values()))
    problems = []
    for c, own in numbers.items():
        heading = table.header[c]
        based, _ = _based(own, layout)
        odd = next((n for n in based if n.value > 0), None)
        if odd is None or any(n.value < 0 for n in based) or tables.fold(heading) in declared:
            continue
        problems.append(
            f'{odd.place}: {odd.shown} stands under "{heading}" without a sign; write -{odd.shown} where it is a fall, '
            f'or say under columns that the numbers are right as they are ({wide[c]}: "{heading}")'
        )
    return problems


def _below(
    numbers: Numbers, groups: list[str], layout: Layout, problems: list[str], notes: list[str]
) -> set[tuple[int, int]]:
    """Return column and row of the numbers below a line that names falls, in a table of one column of rates."""
    fallen: set[tuple[int, int]] = set()
    for c, own in numbers.items():
        based, index_form = _based(own, layout)
        below = [replace(n, mark=groups[r] if groups else "") for r, n in zip(own, based, strict=True)]
        first = next((n for n in below if speaks_of_falls(n.mark) and n.value), None)
        signed = index_form or any(n.value < 0 for n in below)
        if first is None or signed and len(numbers) > 1:
            continue
        if len(numbers) > 1 or not signed and direction(first.mark) != FALL:
            problems.append(
                f'{first.place}: {first.shown} stands below "{first.mark}", which may not be said of it; write the '
                f'signs in front of all numbers, and delete the line "{first.mark}"'
            )
            continue
        way = Way("stands below", f'delete the line "{first.mark}"', signed=index_form)
        falls, said = signs.falls(below, way)
        problems.extend(said)
        notes.extend(
            [f'numbers below "{first.mark}" are read as falls: {first.shown} as -{first.shown}'] * bool(falls)
        )
        fallen |= {(c, list(own)[k]) for k in falls}
    return fallen
