"""`read_crosswise`: months of the year down the rows, years across the headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from forecast.errors import DataError
from forecast.series.columns import Columns, Role, columns, marks, says
from forecast.series.labelled import is_total
from forecast.series.layout import Cell, Grid, Line
from forecast.series.naming import labels, plain, sections, telling
from forecast.series.periods import Across, Down
from forecast.series.placed import of_columns
from forecast.series.rates import rate_of, titled
from forecast.series.remarked import beside_rows
from forecast.series.short import cut_down
from forecast.series.sideways import UNNAMED
from forecast.series.tally import Tally, span_reason
from forecast.tables.axis import Axis
from forecast.tables.blocks import Block
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.marks import split_heading
from forecast.tables.moments import Moment

Key = tuple[str, tuple[str, ...]]
"""What tells one series from another: the labels of its rows, and the texts of its headings besides the years."""


def is_crosswise(over: Across, when: Down) -> bool:
    """Tell a table whose rows are months without a year and whose headings are years without a month."""
    return not over.months and when.kinds == ("month",) and bool(_years(over))


def read_crosswise(block: Block, over: Across, when: Down) -> Grid:
    """Return the series of a table with months of the year down its rows and years across its headings.

    Raises DataError where a heading is no calendar year, or the months of one run from one year into the next.
    """
    years = _years(over)
    months = when.axes[0]
    rows = [r for r, m in enumerate(months.moments) if m is not None and m.month is not None and m.span == 1]
    _refuse_fiscal(block, over, when, rows)
    beside = beside_rows(
        block, columns(block, rows, [*years, *when.columns], None), rows, years, when.columns, {}
    )
    roles = beside.roles
    tally = Tally(block)
    problems = [f"{block.first_place}: {text}" for _, text in months.problems]
    problems += cut_down(block, rows)[1]  # at their end the months to come of the newest year
    problems += _leave_rows(block, when, set(rows), tally)
    strange = _leave_columns(block, roles, rows, tally)
    wrong, later = of_columns(block, over, _ends(over), strange)
    problems += wrong
    lines, told = _lines(block, over, when, roles, rows)
    return Grid(
        block.sheet.file,
        block.first_place,
        lines,
        tally.items(),
        (*block.sheet.notes, *block.notes, *told, "months were read down and years across", *beside.notes),
        tuple(problems or tally.missed(lines, (*when.columns, *strange))),
        block.sheet.lettered,
        block.title,
        since=(*later, *beside.since),
    )


def _years(over: Across) -> tuple[int, ...]:
    """Return the columns that are headed by a year."""
    return tuple(
        j for j, m in enumerate(over.moments) if m is not None and m.year is not None and m.span == 12
    )


def _ends(over: Across) -> dict[int, int]:
    """Return the last month of each column's year."""
    return {
        j: 12 * (m.year - 1970) + 11 for j in _years(over) if (m := over.moments[j]) and m.year is not None
    }


def _refuse_fiscal(block: Block, over: Across, when: Down, rows: Sequence[int]) -> None:
    """Refuse years of which nothing says in which calendar year a month lies."""
    for j in _years(over):
        m = over.moments[j]
        text = " ".join(p for p in block.headings[j] if p not in over.rest[j])
        if m is not None and set(re.findall(r"\d+", split_heading(text)[0])) != {str(m.year)}:
            raise DataError(
                f'{block.first_place}: heading "{text}" over months is no calendar year; write months as 2024-04'
            )
    above = sections(block, rows)
    for (r, before), (s, after) in pairwise(zip(rows, above, strict=True)):
        one, other = _month(when.axes[0], r), _month(when.axes[0], s)
        if before == after and one == 12 and other == 1 and _month(when.axes[0], rows[0]) != 1:
            raise DataError(
                f"{block.place(s, when.columns[0])}: January follows December under one year; are the years fiscal? "
                "Write months as 2024-04"
            )


def _month(months: Axis, r: int) -> int | None:
    moment = months.moments[r]
    return None if moment is None else moment.month


def _leave_rows(block: Block, when: Down, months: set[int], tally: Tally) -> list[str]:
    """Leave out the rows that are no month, and return what is not understood of them."""
    problems = []
    for r, row in enumerate(block.body):
        if r in months or not any(kind(v) is Kind.NUMBER for j, v in enumerate(row) if j not in when.columns):
            continue
        moment, text = when.axes[0].moments[r], heading_text(row[when.columns[0]])
        if moment is None and not is_total(text):
            problems.append(
                f'{block.place(r, when.columns[0])}: period "{text}" is no month of the years above; '
                "write months as 2024-04"
            )
            continue
        reason = "annual total" if moment is None else span_reason(moment)
        for j in range(len(row)):
            if j not in when.columns:
                tally.add(reason, text, r, j)
    return problems


def _leave_columns(block: Block, roles: Columns, rows: Sequence[int], tally: Tally) -> dict[int, str]:
    """Leave out the columns without a year, and return those of which nothing says what they are."""
    problems: dict[int, str] = {}
    for j in roles.of(*Role):
        role, text = roles.roles[j], " ".join(block.headings[j])
        change = rate_of(block.headings[j])
        if role is Role.VALUE and not change and not says(block, j, "total_of_year"):
            problems[j] = (
                f'{block.first_place}: heading "{text}" stands over numbers beside years and names none; '
                "delete the column"
            )
            continue
        reason = "weight" if role is Role.WEIGHT else "change" if change else "code"
        for r in rows:
            tally.add("annual total" if role is Role.VALUE and not change else reason, text, r, j)
    return problems


def _lines(
    block: Block, over: Across, when: Down, roles: Columns, rows: Sequence[int]
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the series in the order of their months, by the labels of rows, sections and headings, and notes."""
    apart = [_month(when.axes[0], r) for r in rows]
    keys, told = plain(block, labels(block, roles, rows, when.columns), apart)
    above, told_above = plain(block, [[line] for line in sections(block, rows)], apart)
    name_by = telling(keys, roles)
    cells: dict[Key, list[Cell]] = {}
    for key, (section,), r in zip(keys, above, rows, strict=True):
        name = " ".join(t for t in (section, *(key[k] for k in name_by)) if t)
        flags = " ".join(marks(block, roles, r))
        line, part = block.sheet.lines[block.rows[r]], when.axes[0].moments[r]
        for j in _years(over):
            month, column = _dated(over.moments[j], part), block.sheet.column(block.columns[j])
            cells.setdefault((name, over.rest[j]), []).append(
                Cell(month.ordinal, line, column, block.body[r][j], month.mark or flags)
            )
    lines = []
    for (name, rest), values in cells.items():
        called = " ".join(t for t in (name, *rest) if t) or UNNAMED
        values.sort(key=lambda cell: cell.month)
        lines.append(Line(called, (name, *rest), tuple(values), rate_of((called, name, *rest))))
    return titled(lines, block), (*told, *told_above)


def _dated(year: Moment | None, part: Moment | None) -> Moment:
    """Return the month of a row in the year of a column."""
    assert year is not None
    assert part is not None
    return part._replace(year=year.year, doubt="", mark=part.mark or year.mark)
