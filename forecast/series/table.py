"""`read_sheet`: the series of one sheet, months down its rows or across its headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.series.columns import Columns, Role, columns, marks, says
from forecast.series.layout import Cell, Grid, Line, together
from forecast.series.naming import labels, telling
from forecast.series.periods import Across, Down, across, down, year_of_titles
from forecast.series.rates import rate_of
from forecast.series.rows import When, periods
from forecast.series.tally import Tally, span_reason
from forecast.tables import LeftOut, fold, suggestion
from forecast.tables.blocks import Block, blocks
from forecast.tables.cells import Sheet
from forecast.tables.kinds import Kind, kind
from forecast.tables.moments import Moment

UNNAMED = "level"


class NoMonths(DataError):
    """A table without months: another table, where the file has one with months."""


def read_sheet(sheet: Sheet, headings: Mapping[str, str]) -> Grid:
    """Return the series of a sheet.

    headings : {"period": …, "value": …} as the file writes them
    Raises DataError where no table of the sheet holds months.
    """
    found = blocks(sheet)
    if not found:
        raise NoMonths(f"{sheet.file}: is empty; expected a header row and at least one row of numbers")
    parts: list[Grid] = []
    others: list[LeftOut] = []
    errors: list[NoMonths] = []
    for block in found:
        try:
            parts.append(read_block(block, headings))
        except NoMonths as error:
            errors.append(error)
            others.append(_another_table(block))
    if not parts:
        raise errors[0]
    return together(parts, others)


def _another_table(block: Block) -> LeftOut:
    count = sum(kind(v) is Kind.NUMBER for row in block.body for v in row)
    return LeftOut(
        "number of another table", block.titles[-1] if block.titles else "", count, block.first_place
    )


def read_block(block: Block, headings: Mapping[str, str]) -> Grid:
    """Return the series of one table.

    Raises NoMonths where it holds no month, DataError where its months stand in two places at once.
    """
    if not any(block.headings):
        raise DataError(
            f"{block.first_place}: begins with data, without headings; put a line such as month,IIP above it"
        )
    asked = {name: _column_named(block, name, heading) for name, heading in headings.items()}
    over = across(block)
    when = down(block, over, asked.get("period"))
    monthly = {"whole", "mixed"} & set(when.kinds) or {"year", "month"} <= set(when.kinds)
    if monthly and over.months and not all(over.rest[j] for j in over.months):
        raise DataError(
            f"{block.first_place}: months stand in the headings and down the rows; keep one table of months by series"
        )
    if monthly:
        return _down(block, over, when, asked.get("value"))
    if over.months:
        return _across(block, over, when)
    raise NoMonths(_no_months(block, over, when))


def _column_named(block: Block, name: str, heading: str) -> int:
    """Return the column with a heading that the caller names."""
    for j, pieces in enumerate(block.headings):
        if (
            fold(heading)
            and fold(heading) in (fold(" ".join(pieces)), *map(fold, pieces))
            or heading in pieces
        ):
            return j
    known = [" ".join(pieces) for pieces in block.headings if pieces]
    raise DataError(
        f'{block.first_place}: no column "{heading}" (wanted as {name}); {suggestion(heading, known)}'
    )


def _no_months(block: Block, over: Across, when: Down) -> str:
    """Say why a table holds no monthly series."""
    shown = ", ".join(f'"{" ".join(h)}"' for h in block.headings[:8] if h)
    moments = [m for m in (*over.moments, *(m for a in when.axes for m in a.moments)) if m is not None]
    spans = {m.span for m in moments}
    if 3 in spans:
        return f"{block.first_place}: is quarterly ({shown}); a monthly series is needed"
    if "year" in when.kinds and spans <= {12}:
        year = block.headings[when.columns[when.kinds.index("year")]]
        return (
            f'{block.first_place}: column "{" ".join(year)}" holds years, but no columns are headed by months; '
            "write a month in every row as 2024-04"
        )
    if spans and spans <= {12}:
        return f"{block.first_place}: is annual ({shown}); a monthly series is needed"
    return (
        f"{block.first_place}: no column of months among {shown}; "
        "name it as period under columns (--column period=HEADING)"
    )


def _down(block: Block, over: Across, when: Down, value: int | None) -> Grid:
    """Read months down the rows: a column per series, or a row per value with its labels beside it."""
    told = periods(block, when)
    tally, problems = Tally(block), list(told.problems)
    for r, reason in told.left_out.items():
        for j in range(len(block.columns)):
            if j not in when.columns:
                tally.add(*reason, r, j)
    rows = tuple(told.months)
    roles = columns(block, rows, when.columns, value)
    given = value is not None
    if value is None and len(named := [j for j in roles.of(Role.VALUE) if says(block, j, "value")]) == 1:
        value = named[0] if roles.of(Role.LABEL) else None
    for j in roles.of(Role.CODE, Role.WEIGHT, Role.STATUS, Role.LABEL):
        reason = "weight" if roles.roles[j] is Role.WEIGHT else "code"
        for r in rows:
            tally.add(reason, " ".join(block.headings[j]), r, j)
    values = [j for j in roles.of(Role.VALUE) if value is None or j == value]
    if not rows:
        raise NoMonths(_no_months(block, over, when))
    if not values:
        shown = [" ".join(block.headings[j]) for j in roles.of(Role.EMPTY, Role.LABEL)]
        tables.fail(
            [f'{block.sheet.file}: column "{name}" holds no number; choose another' for name in shown]
        )
    for j in roles.of(Role.VALUE):
        if j not in values:
            for r in rows:
                tally.add("number of another measure", " ".join(block.headings[j]), r, j)
    lines, notes = _lines_down(block, roles, told, values, given)
    return Grid(
        block.sheet.file,
        block.first_place,
        lines,
        tally.items(),
        (*block.sheet.notes, *_heading_notes(block), *told.notes, *notes),
        tuple(problems),
        block.sheet.lettered,
    )


def _lines_down(
    block: Block, roles: Columns, told: When, values: Sequence[int], given: bool
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the series of months that stand down the rows, named by labels and headings.

    given : whether the caller names the column of values, so that every label that varies tells series apart
    """
    rows = tuple(told.months)
    keys = labels(block, roles, rows)
    name_by = telling(keys, roles) if given or _is_long(block, roles, told, values) else ()
    headings = _headings(block, values)
    notes = tuple(
        f'column "{" ".join(block.headings[j])}" holds no numbers and was left out'
        for j in roles.of(Role.LABEL)
        if not name_by and len({block.body[r][j] for r in rows}) > 1
    )
    cells: dict[tuple[str, int], list[Cell]] = {}
    parts: dict[tuple[str, int], tuple[str, ...]] = {}
    for i, r in enumerate(rows):
        key = tuple(keys[i][k] for k in name_by)
        flags = marks(block, roles, r)
        for j in values:
            name = ".".join((*key, headings[j])) if len(values) > 1 or not key else ".".join(key)
            cells.setdefault((name, j), []).append(
                _cell(block, r, j, told.months[r], flags, told.marks.get(r, ""))
            )
            parts.setdefault((name, j), (*keys[i], headings[j], *block.headings[j]))
    lines = tuple(
        Line(
            name,
            parts[name, j],
            tuple(found),
            rate_of((name, *_telling_texts(block, j, parts[name, j])), block.titles),
        )
        for (name, j), found in cells.items()
    )
    return lines, notes


def _is_long(block: Block, roles: Columns, told: When, values: Sequence[int]) -> bool:
    """Tell a file with a row per value: its months come again, or its values have one column and labels that go on."""
    rows = tuple(told.months)
    seen = Counter(told.months.values())
    if sum(n > 1 for n in seen.values()) * 2 > len(seen):
        return True
    if len(values) != 1 or not says(block, values[0], "value"):
        return False
    labels_of = [[block.body[r][j] for r in rows] for j in roles.of(Role.LABEL)]
    return (
        len(seen) < len(rows)
        and bool(labels_of)
        or any(
            all(v not in (None, "") for v in column) and 1 < len(set(column)) <= len(rows) / 2
            for column in labels_of
        )
    )


def _telling_texts(block: Block, j: int, parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*parts, " ".join(block.headings[j]))))


def _headings(block: Block, values: Sequence[int]) -> dict[int, str]:
    """Return the name that the headings give each series: without rows of codes and units, unless names repeat."""
    names = {j: " ".join(block.headings[j]) for j in values}
    if block.described:
        first = {j: block.headings[j][0] if block.headings[j] else "" for j in values}
        often = Counter(first.values())
        names = {
            j: name if often[name] == 1 else " ".join(block.headings[j][:2]) for j, name in first.items()
        }
    _refuse_repeated(list(names.values()), block)
    return names


def _cell(block: Block, r: int, j: int, month: int, flags: Sequence[str], mark: str) -> Cell:
    return Cell(
        month, block.sheet.lines[block.rows[r]], block.columns[j], block.body[r][j], mark or " ".join(flags)
    )


def _across(block: Block, over: Across, when: Down) -> Grid:
    """Read months across the headings, a row or several per series."""
    timed = [j for j, m in enumerate(over.moments) if m is not None]
    tally, problems = Tally(block), [f"{block.first_place}: {text}" for _, text in over.problems]
    years = _years(block, over, when, problems)
    rows = [r for r in range(len(block.rows)) if any(kind(block.body[r][j]) is not Kind.EMPTY for j in timed)]
    roles = columns(block, rows, [*timed, *when.columns], None)
    _leave_columns(block, roles, rows, tally, problems)
    for j in timed:
        m = over.moments[j]
        if m is not None and j not in over.months:
            for r in rows:
                tally.add(span_reason(m), " ".join(block.headings[j]), r, j)
    keys = labels(block, roles, rows)
    name_by = telling(keys, roles) or tuple(range(len(keys[0]) if keys else 0))
    lines: dict[str, list[Cell]] = {}
    parts: dict[str, tuple[str, ...]] = {}
    for i, r in enumerate(rows):
        name = " ".join(keys[i][k] for k in name_by if keys[i][k]) or UNNAMED
        parts.setdefault(name, tuple(keys[i]))
        flags = marks(block, roles, r)
        for j in over.months:
            m = over.moments[j]
            assert m is not None and m.month is not None
            year = m.year if m.year is not None else years.get(r)
            if year is None:
                continue
            month = pd.Period(year=year, month=m.month, freq="M").ordinal
            lines.setdefault(name, []).append(_cell(block, r, j, month, flags, m.mark))
    note = "years were read down and months across" if years else "months were read across the header"
    return Grid(
        block.sheet.file,
        block.first_place,
        tuple(
            Line(
                name,
                parts[name],
                tuple(cells),
                rate_of((name, *parts[name], *over.rest[over.months[0]]), block.titles),
            )
            for name, cells in lines.items()
        ),
        tally.items(),
        (*block.sheet.notes, *_heading_notes(block), *over.notes, note),
        tuple(problems),
        block.sheet.lettered,
    )


def _leave_columns(
    block: Block, roles: Columns, rows: Sequence[int], tally: Tally, problems: list[str]
) -> None:
    """Name the columns of numbers that are no month: weights, codes, totals of the year, changes."""
    for j in roles.of(Role.VALUE, Role.WEIGHT, Role.CODE, Role.STATUS, Role.LABEL):
        reason = _no_month(block, j, roles.roles[j])
        text = " ".join(block.headings[j])
        if reason is None:
            problems.append(
                f'{block.first_place}: heading "{text}" stands over numbers and names no month; '
                "write months as 2024-04, and delete the column where it holds something else"
            )
            continue
        for r in rows:
            tally.add(reason, text, r, j)


def _no_month(block: Block, j: int, role: Role | None) -> str | None:
    """Return why a column beside months is left out, None where nothing says."""
    if role is Role.WEIGHT:
        return "weight"
    if role in (Role.CODE, Role.STATUS, Role.LABEL):
        return "code"
    if says(block, j, "total_of_year"):
        return "annual total"
    if rate_of(block.headings[j]):
        return "change"
    if not block.headings[j] and j == 0:
        return "code"
    return None


def _years(block: Block, over: Across, when: Down, problems: list[str]) -> dict[int, int]:
    """Return the year of each row where the headings name months alone: of its own column, above it, or of a title."""
    if all((m := over.moments[j]) is not None and m.year is not None for j in over.months):
        return {}
    read = when.of("year") or when.of("whole") or when.of("mixed")
    year = None if read else year_of_titles(block.titles)
    out: dict[int, int] = {}
    for r, row in enumerate(block.body):
        m: Moment | None = read.moments[r] if read else None
        alone = [v for v in row if v not in (None, "")]
        if m is not None and m.year is not None:
            year = m.year
        elif (
            read is None
            and len(alone) == 1
            and (own := year_of_titles([str(alone[0]).removesuffix(".0")])) is not None
        ):
            year = own
        elif read is not None and any(kind(row[j]) is Kind.NUMBER for j in over.months):
            text = row[when.columns[0]]
            if text not in (None, ""):
                problems.append(
                    f'{block.place(r, when.columns[0])}: year "{text}" is not a year such as 2024'
                )
                continue
        if year is not None:
            out[r] = year
        elif any(kind(row[j]) is Kind.NUMBER for j in over.months):
            problems.append(
                f"{block.place(r, 0)}: the months of the headings have no year; write them as 2024-04"
            )
            break
    return out


def _heading_notes(block: Block) -> tuple[str, ...]:
    """Say which lines were taken for titles and headings."""
    lines = [block.sheet.lines[r] for r in block.heading_rows]
    notes = []
    if block.titles and lines:
        notes.append(f"lines above the header (line {lines[0]}) were taken as a title")
    if len(lines) == 2:
        notes.append(f"lines {lines[0]} and {lines[1]} were joined to one header")
    if len(lines) > 2:
        notes.append(f"lines {lines[0]} to {lines[-1]} were joined to one header")
    if block.numbered is not None:
        notes.append(f"line {block.sheet.lines[block.numbered]} numbers the columns and was left out")
    if block.foot:
        notes.append("lines below the last month were taken as footnotes")
    return tuple(notes)


def _refuse_repeated(names: list[str], block: Block) -> None:
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise DataError(
            *(
                f'{block.first_place}: {names.count(name)} series are named "{name}"; rename all but one'
                if name
                else f"{block.first_place}: {names.count(name)} series have no name; name them"
                for name in sorted(repeated)
            )
        )
