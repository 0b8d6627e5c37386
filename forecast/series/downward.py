"""`read_down`: months down the rows: a column per series, or a row per value with its labels beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.series.astray import astray
from forecast.series.bases import base_changes, base_stated
from forecast.series.columns import Columns, Role, columns, is_mark, marks, says, with_keys
from forecast.series.halves import refuse_halves
from forecast.series.layout import Cell, Grid, Line
from forecast.series.naming import labels, plain, sections, telling
from forecast.series.periods import Down
from forecast.series.placed import since
from forecast.series.rates import rate_of, titled
from forecast.series.rows import When, periods
from forecast.series.sectioned import in_sections
from forecast.series.shifted import refuse_shifted
from forecast.series.short import cut_down
from forecast.series.stray import stray_columns
from forecast.series.tally import Tally
from forecast.series.typed_years import typed_years
from forecast.tables.blocks import Block
from forecast.tables.kinds import Kind, kind
from forecast.tables.languages import folded_name, words
from forecast.tables.marks import is_forecast
from forecast.tables.moments import moment


class NoMonthsError(DataError):
    """A table without months: another table, where the file has one with months."""


def read_down(
    block: Block, when: Down, value: int | None, no_months: str, until: pd.Period | None = None
) -> Grid:
    """Return the series of a table with months down its rows.

    value : the column that the caller names as the value
    no_months : what to say where no row is a month
    until : last month by which the columns are judged, None for all
    Raises NoMonthsError where none is, DataError where no column holds a number.
    """
    dated = periods(block, when)
    rows = tuple(dated.months)
    if not rows:
        raise NoMonthsError(*dated.wrong.values() or (no_months,))
    judged = rows if until is None else _to(dated, until.ordinal) or rows
    refuse_halves(block, judged, when.columns)
    roles = _roles(block, judged, rows, when.columns, value)
    roles = with_keys(block, roles, {r: dated.months[r] for r in judged})
    values = _value_columns(block, roles, judged, value)
    if not values:
        shown = [" ".join(block.headings[j]) for j in roles.of(Role.EMPTY, Role.LABEL)]
        time = ", ".join(f'"{" ".join(block.headings[j])}"' for j in when.columns)
        tables.fail(
            [f'{block.sheet.file}: column "{name}" holds no number; choose another' for name in shown]
            or [f"{block.first_place}: {time} were read as months, and no column of values is left; add one"]
        )
    refuse_shifted(block, when.columns, values, _empty(block))
    heads = in_sections(block, when, dated.months)
    lines, notes = _lines(block, roles, dated, values, when.columns, value is not None, heads)
    notes += _not_understood(block, judged, heads)
    ended, too_short = cut_down(block, sorted(judged, key=lambda r: dated.months[r]))
    tally = _left_out(block, when, dated, roles, values)
    lost = astray(block, when, dated)
    wrong, later = since(dated.months, (dated.wrong | lost.problems).items(), dated.halves)
    return Grid(
        block.sheet.file,
        block.first_place,
        lines,
        (*tally.items(), *lost.left_out),
        (*block.sheet.notes, *block.notes, *dated.notes, *notes, *ended),
        (*wrong, *too_short) or tuple(tally.missed(lines, when.columns, rows=dated.wrong | lost.problems)),
        block.sheet.lettered,
        block.title,
        _empty(block),
        (
            *base_changes(block, roles, dated.months, lines),
            *stray_columns(block, roles, {r: dated.months[r] for r in judged}, when.columns, lines),
            *typed_years(block, when.columns[0], dated, lines),
            *later,
        ),
    )


def _to(dated: When, last: int) -> tuple[int, ...]:
    """Return the rows up to a month."""
    return tuple(r for r, month in dated.months.items() if month <= last)


def _roles(
    block: Block, judged: Sequence[int], rows: Sequence[int], timed: Sequence[int], value: int | None
) -> Columns:
    """Return the role of each column by the rows judged; one that is empty there begins later, and is judged by all."""
    roles = columns(block, judged, timed, value)
    if len(judged) == len(rows) or not roles.of(Role.EMPTY):
        return roles
    every = columns(block, rows, timed, value)
    return Columns(tuple(b if a is Role.EMPTY else a for a, b in zip(roles.roles, every.roles, strict=True)))


def _empty(block: Block) -> tuple[str, ...]:
    """Return the headings under which nothing stands at all."""
    rows = [block.sheet.rows[r] for r in block.heading_rows]
    wide = max(map(len, rows), default=0)
    inside = {c for r in block.rows for c, v in enumerate(block.sheet.rows[r]) if v not in (None, "")}
    inside |= {*block.columns}
    headings = (
        " ".join(str(row[c]) for row in rows if c < len(row) and row[c] is not None)
        for c in range(wide)
        if c not in inside
    )
    return tuple(name.strip() for name in headings if name.strip())


def _value_columns(block: Block, roles: Columns, rows: Sequence[int], value: int | None) -> tuple[int, ...]:
    """Return the columns of values: the one named, the one headed so beside labels of rows, or all.

    A few numbers without a heading beside headed columns are no series but somebody's sums.
    """
    every = roles.of(Role.VALUE)
    if any(map(any, (block.headings[j] for j in every))):
        every = tuple(j for j in every if block.headings[j] or 2 * _count(block, j, rows) >= len(rows))
    headed = [j for j in every if says(block, j, "value")]
    if value is None and len(headed) == 1 and roles.of(Role.LABEL):
        value = headed[0]
    return every if value is None else (value,)


def _count(block: Block, j: int, rows: Sequence[int]) -> int:
    """Return how many of the rows hold a number in a column."""
    return sum(kind(block.body[r][j]) is Kind.NUMBER for r in rows)


def _left_out(block: Block, when: Down, dated: When, roles: Columns, values: Sequence[int]) -> Tally:
    """Gather the numbers of a table that are no values."""
    tally = Tally(block)
    for r, (why, label) in dated.left_out.items():
        for j in range(len(block.columns)):
            if j not in when.columns:
                tally.add(why, label, r, j)
    for j in roles.of(*Role):
        if j in values:
            continue
        role = roles.roles[j]
        unread = "number of another measure" if block.headings[j] else "number without a heading"
        reason = {Role.WEIGHT: "weight", Role.VALUE: unread}.get(role or Role.CODE, "code")
        for r in dated.months:
            tally.add(reason, " ".join(block.headings[j]), r, j)
    return tally


def _lines(
    block: Block,
    roles: Columns,
    dated: When,
    values: Sequence[int],
    timed: Sequence[int],
    given: bool,
    heads: Sequence[str],
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the series, named by labels and headings, and notes.

    given : whether the caller names the column of values, so that every label that varies tells series apart
    heads : of each row the line above that names its series where no label does, () where lines name none
    """
    rows = tuple(dated.months)
    labelled = labels(block, roles, rows, timed)
    headed = [heads[i : i + 1] for i in range(len(rows))]
    keys, told = plain(block, labelled, [(*headed[i], dated.months[r]) for i, r in enumerate(rows)])
    lines_above, told_above = plain(
        block, headed, [(*labelled[i], dated.months[r]) for i, r in enumerate(rows)]
    )
    name_by = telling(keys, roles) if given or _is_long(block, roles, dated, values) else ()
    headings, told_of = _headings(block, values)
    cells: dict[tuple[tuple[str, ...], int], list[Cell]] = {}
    parts: dict[tuple[tuple[str, ...], int], tuple[str, ...]] = {}
    first: dict[tuple[tuple[str, ...], int], int] = {}
    above = [text if is_forecast(text) else "" for text in sections(block, rows)]
    measured = _measured(block, roles)
    for i, r in enumerate(rows):
        key = tuple(keys[i][k] for k in name_by) or tuple(lines_above[i])
        flags = " ".join(marks(block, roles, r))
        line = block.sheet.lines[block.rows[r]]
        for j in values:
            mark = dated.marks.get(r) or flags or above[i]
            cell = Cell(dated.months[r], line, block.sheet.column(block.columns[j]), block.body[r][j], mark)
            cells.setdefault((key, j), []).append(cell)
            parts.setdefault((key, j), (*labelled[i], *headed[i], *block.headings[j]))
            first.setdefault((key, j), r)
    lines = []
    for (key, j), series in cells.items():
        name = ".".join((*key, headings[j]) if len(values) > 1 or not key else key)
        texts = (name, " ".join(block.headings[j]), *parts[key, j], *measured[first[key, j]])
        lines.append(Line(name, parts[key, j], tuple(series), rate_of(texts)))
    unread = () if name_by else _unread(block, roles, rows)
    return titled(lines, block, timed), (*unread, *(told if name_by else ()), *told_above, *told_of)


def _measured(block: Block, roles: Columns) -> list[tuple[str, ...]]:
    """Return what the columns of units and transformations say of each row, each behind its heading."""
    columns = roles.of(Role.LABEL, Role.CODE, Role.STATUS)
    telling = [j for j in columns if says(block, j, "unit") or says(block, j, "treatment")]
    return [tuple(f"{' '.join(block.headings[j])} {row[j]}" for j in telling) for row in block.body]


def _unread(block: Block, roles: Columns, rows: Sequence[int]) -> tuple[str, ...]:
    """Name the columns of text that say nothing of the series, those of marks alone aside."""
    out = []
    for j in roles.of(Role.LABEL, Role.STATUS):
        texts = {v for r in rows if isinstance(v := block.body[r][j], str) and not is_mark(v)}
        if any(is_forecast(v) for r in rows if isinstance(v := block.body[r][j], str)):
            continue  # read, and each forecast told
        if len(texts) > 1 or texts and roles.roles[j] is Role.STATUS:
            out.append(f'column "{" ".join(block.headings[j])}" holds no numbers and was left out')
    return tuple(out)


def _not_understood(block: Block, rows: Sequence[int], heads: Sequence[str]) -> tuple[str, ...]:
    """Tell lines of text among rows of months that say neither a time, a forecast nor a base, and head no months."""
    alone = [
        text for text in dict.fromkeys(sections(block, rows)) if folded_name(text) not in words("period")
    ]
    return tuple(
        f'"{text}" stands among the months and was not understood'
        for text in alone
        if text not in ("", *heads)
        and moment(text) is None
        and not is_forecast(text)
        and base_stated(text) is None
    )


def _is_long(block: Block, roles: Columns, dated: When, values: Sequence[int]) -> bool:
    """Tell a file with a row per value: its months come again, or one column of values has labels that go on."""
    rows = tuple(dated.months)
    seen = Counter(dated.months.values())
    if sum(n > 1 for n in seen.values()) * 2 > len(seen):
        return True
    if len(values) != 1 or not says(block, values[0], "value"):
        return False
    texts = [[block.body[r][j] for r in rows] for j in roles.of(Role.LABEL)]
    if len(seen) < len(rows) and texts:
        return True
    return any(
        all(v not in (None, "") for v in column) and 1 < len(set(column)) <= len(rows) / 2 for column in texts
    )


def _headings(block: Block, values: Sequence[int]) -> tuple[dict[int, str], tuple[str, ...]]:
    """Return the name that the headings give each series: without rows of codes and units, unless names repeat."""
    pieces, told = plain(block, [block.headings[j] for j in values])
    headings = dict(zip(values, pieces, strict=True))
    names = {j: " ".join(headings[j]) for j in values}
    if block.described:
        first = {j: headings[j][0] if headings[j] else "" for j in values}
        often = Counter(first.values())
        names = {j: t if often[t] == 1 else " ".join(headings[j][:2]) for j, t in first.items()}
    repeated = sorted(name for name, n in Counter(names.values()).items() if n > 1)
    if repeated:
        count = Counter(names.values())
        raise DataError(
            *(
                f'{block.first_place}: {count[name]} series are named "{name}"; rename all but one'
                if name
                else f"{block.first_place}: {count[name]} series have no name; name them"
                for name in repeated
            )
        )
    return names, told
