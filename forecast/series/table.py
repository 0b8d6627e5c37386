"""`read_sheet`: the series of one sheet, months down the rows of its tables, across their headings, or both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from forecast.errors import DataError
from forecast.series.agreed import refuse_contradictions, refuse_fiscal
from forecast.series.beside import refuse_other_months, without_others
from forecast.series.crosswise import is_crosswise, read_crosswise
from forecast.series.downward import NoMonthsError, read_down
from forecast.series.forecasts import published
from forecast.series.interrupted import refuse_interrupted
from forecast.series.layout import Grid, begun, seen, together
from forecast.series.pages import lacks_its_year, over_pages
from forecast.series.parted import parted
from forecast.series.periods import Across, Down, across, down, kept, under_title, without_year
from forecast.series.released import by_month, days_told, has_months, refuse_prints, released
from forecast.series.sideways import UNNAMED, read_across
from forecast.series.stray import stray_row, stray_tables
from forecast.series.timed import heading_says
from forecast.series.titles import outlook, percent, titles_of
from forecast.series.unlike import asked
from forecast.tables import LeftOut, fail, fold, parse_number, suggestion
from forecast.tables.alone import alone
from forecast.tables.blocks import Block, blocks
from forecast.tables.cells import Place, Sheet
from forecast.tables.cut import broken
from forecast.tables.forms import YEARS
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.merged import merged_numbers
from forecast.tables.moments import moment
from forecast.tables.reckoned import in_full
from forecast.tables.ruled import without_rules


def read_sheet(sheet: Sheet, headings: Mapping[str, str], until: pd.Period | None = None) -> Grid:
    """Return the series of a sheet.

    headings : {"period": …, "value": …} as the file writes them
    until : last month looked at: a later one says nothing of what the table holds
    Raises NoMonthsError where no table of the sheet holds months, DataError where one cannot be understood.
    """
    tables, beside = without_others(over_pages(blocks(without_rules(in_full(sheet)))))
    if not tables:
        raise NoMonthsError(
            _no_number(sheet)
            or f"{sheet.file}: has no table; expected a header line and at least one row of numbers"
        )
    parts: list[Grid] = []
    dated: list[Block] = []
    unread: list[Block] = []
    errors: list[NoMonthsError] = []
    above: Block | None = None
    for block in tables:
        if above is not None:
            refuse_interrupted(above, block, partial(read_block, headings=headings, until=until), until)
        above = None
        try:
            parts.append(_read(block, headings, until))
            above = block
            dated.append(block)
        except NoMonthsError as error:
            if lacks_its_year(block, dated):
                raise DataError(*error.problems) from None
            errors.append(error)
            unread.append(block)
    if not parts:
        raise errors[0]
    whole = together(begun(parts, until), (*beside, *map(_another_table, unread)))
    blocks_of = stray_row(whole, UNNAMED) if whole.tables else ()
    since = (*dict.fromkeys((*whole.since, *blocks_of)), *stray_tables(unread, whole.levels))
    return published(seen(replace(whole, since=since), until))


def _read(block: Block, headings: Mapping[str, str], until: pd.Period | None) -> Grid:
    """Return the series of one table with what its titles and its cells say of them."""
    part = asked(read_block(block, headings, until), block, until)
    named = [(line.name, *line.parts) for line in part.levels]
    notes = (*part.notes, *percent(block, named), *outlook(block, named)) if named else part.notes
    since = (*part.since, *_merged(block.sheet, part), *stray_row(part, UNNAMED))
    return replace(part, titles=titles_of(block), notes=notes, since=since)


def _no_number(sheet: Sheet) -> str:
    """Say what is wrong with the first cell that stands beside a month as a number would, "" where none does."""
    for r, row in enumerate(sheet.rows):
        texts = [c for c, v in enumerate(row) if kind(v) is Kind.TEXT and re.match(r"\W{0,3}\d", str(v))]
        if any(kind(v) is Kind.DATE for v in row) and texts:
            try:
                parse_number(str(row[texts[0]]))
            except ValueError as error:
                return f"{sheet.place(Place(r, texts[0]))}: {error}"
    return ""


def _merged(sheet: Sheet, part: Grid) -> Iterator[tuple[int, str]]:
    """Yield what to say of a number merged over several months or series, behind the month from which it does."""
    if not sheet.merged:
        return
    row_of = {line: r for r, line in enumerate(sheet.lines)}
    column_of = {sheet.column(c): c for c in range(sheet.width)}
    own = {
        Place(row_of[cell.line], column_of[cell.column]): cell.month
        for line in part.lines
        for cell in line.cells
    }
    for covered, problem in merged_numbers(sheet, own):
        yield sorted(own[place] for place in covered)[1], problem


def _beside_headings(block: Block) -> str:
    """Say which number stands in the row of headings or above it, "" where there is no such row."""
    kinds = [[kind(v) for v in row] for row in block.body[:2]]
    of = next((r for r, row in enumerate(kinds) if row.count(Kind.TEXT) > 1 and Kind.DATE not in row), None)
    if of is None or Kind.NUMBER not in kinds[0]:
        return ""
    place = block.place(0, kinds[0].index(Kind.NUMBER))
    where = "above" if of else "in"
    return (
        f"{place}: a number stands {where} the row of headings; move it below the table, or to another sheet"
    )


def _days_across(block: Block) -> str:
    """Say that the first row holds days in figures as headings, "" where it does not."""
    figures = [(j, whole_number(v)) for j, v in enumerate(block.body[0]) if kind(v) is Kind.NUMBER]
    if len(figures) < 2 or any(
        n is None or n // 10_000 not in YEARS or n // 100 % 100 not in range(1, 13) for _, n in figures
    ):
        return ""
    j, first = figures[0]
    month = f"{str(first)[:4]}-{str(first)[4:6]}"
    return f"{block.place(0, j)}: {first} heads a column as a day in figures; write the months as {month}"


def _another_table(block: Block) -> LeftOut:
    count = sum(kind(v) is Kind.NUMBER for row in block.body for v in row)
    return LeftOut("number of another table", block.title, count, block.first_place)


def read_block(block: Block, headings: Mapping[str, str], until: pd.Period | None = None) -> Grid:
    """Return the series of one table.

    Raises NoMonthsError where it holds no month, DataError where its months stand in two places at once.
    """
    if not any(block.headings):
        dated = len(block.body) > 1 and any(kind(v) is Kind.DATE for row in block.body for v in row)
        begins = (
            f"{block.first_place}: begins with data, without headings; put a line such as month,IIP above it"
        )
        raise (DataError if dated else NoMonthsError)(
            _days_across(block) or _beside_headings(block) or begins
        )
    named = {name: _column_named(block, name, heading) for name, heading in headings.items()}
    over = across(block)
    wanted = named.get("period")
    found = down(block, over, wanted)
    _refuse_broken(block, found, until)
    releases = released(block, wanted)
    if wanted is None:
        found = by_month(block, over, found, releases)
    timed = found if wanted is None else down(block, over, None).only(_alike(block, wanted))
    refuse_other_months(block, timed, until)
    refuse_contradictions(block, over, found, until)
    when = kept(block, found)
    if not over.months and not is_crosswise(over, when):
        when = under_title(block, when)
    refuse_fiscal(block, over, when)
    monthly = has_months(when)
    named_months = [j for j in over.months if (m := over.moments[j]) is not None and m.doubt != "bare"]
    if monthly and not all(over.rest[j] for j in named_months):
        raise DataError(
            f"{block.first_place}: months stand in the headings and down the rows; keep one table of months by series"
        )
    if monthly or over.months:
        read = (
            read_down(block, when, named.get("value"), _no_months(block, over, when, wanted), until)
            if monthly
            else _in_sections(read_across, block, over, when)
        )
        refuse_prints(block, read, releases, until)
        return replace(read, notes=(*read.notes, *days_told(block, when)))
    if is_crosswise(over, when):
        return _in_sections(read_crosswise, block, over, when)
    raise NoMonthsError(_no_months(block, over, when, wanted))


def _in_sections(read: Callable[[Block, Across, Down], Grid], block: Block, over: Across, when: Down) -> Grid:
    """Return the series of a table with months or years across, the remarks among its rows aside.

    Raises DataError for a last row that is like none of the others.
    """
    if lone := alone(block):
        raise DataError(lone)
    whole, told, later = parted(block, over, when)
    grid = read(whole, over, when)
    return replace(grid, notes=(*grid.notes, *told), since=(*grid.since, *later))


def _refuse_broken(block: Block, found: Down, until: pd.Period | None) -> None:
    """Raise DataError for rows broken in two, but for those of later months."""
    dated = found.of("whole")
    moments = enumerate(dated.moments) if dated is not None else ()
    later = {
        r for r, m in moments if until is not None and m is not None and m.whole and m.ordinal > until.ordinal
    }
    if problems := [text for r, text in broken(block).items() if r not in later]:
        fail(problems)


def _column_named(block: Block, name: str, heading: str) -> int:
    """Return the column with a heading that the caller names."""
    for j, pieces in enumerate(block.headings):
        spelled = {fold(" ".join(pieces)), *map(fold, pieces)}
        if heading in (*pieces, " ".join(pieces)) or fold(heading) and fold(heading) in spelled:
            return j
    headings = [" ".join(pieces) for pieces in block.headings if pieces]
    raise DataError(
        f'{block.first_place}: no column "{heading}" (wanted as {name}); {suggestion(heading, headings)}'
    )


def _alike(block: Block, wanted: int) -> list[int]:
    """Return the columns with the heading of one, of which a caller who names it has not said which."""
    return [j for j, pieces in enumerate(block.headings) if pieces == block.headings[wanted]]


def _no_months(block: Block, over: Across, when: Down, wanted: int | None) -> str:
    """Say why a table holds no monthly series."""
    shown = ", ".join(f'"{" ".join(h)}"' for h in block.headings[:8] if h)
    moments = [m for m in (*over.moments, *(m for a in when.axes for m in a.moments)) if m is not None]
    spans = {m.span for m in moments}
    place = block.first_place
    for axis in (when.of("whole"), when.of("year")):
        if axis is not None and axis.problems:
            return f"{place}: period {axis.problems[0][1]}"
    if 3 in spans:
        return f"{place}: is quarterly ({shown}); a monthly series is needed"
    if "year" in when.kinds and spans <= {12}:
        year = " ".join(block.headings[when.columns[when.kinds.index("year")]])
        return (
            f'{place}: column "{year}" holds years, but no columns are headed by months; '
            "write a month in every row as 2024-04"
        )
    if spans and spans <= {12}:
        return f"{place}: is annual ({shown}); a monthly series is needed"
    if without_year(when) is not None:
        month = " ".join(block.headings[when.columns[when.kinds.index("month")]])
        return (
            f'{place}: the months of "{month}" have no year, and no line above the table names the one that they are '
            "of; write them as 2024-04"
        )
    return _unread(block, wanted) or (
        f"{place}: no column of months among {shown}; "
        "name it as period under columns (--column period=HEADING), or write months as 2024-04"
    )


def _unread(block: Block, wanted: int | None) -> str:
    """Say what stands in the column wanted as period, or headed as one, instead of months; "" where neither is so."""
    headed = [j for j in range(len(block.columns)) if heading_says(block, j, "period")]
    for column in headed[:1] if wanted is None else [wanted]:
        cell = next((heading_text(row[column]) for row in block.body if row[column] not in (None, "")), "")
        if wanted is not None or cell and moment(cell) is None:
            as_asked = ", wanted as period," if wanted is not None else ""
            return (
                f'{block.first_place}: "{" ".join(block.headings[column])}"{as_asked} holds "{cell}" and the like, '
                "which are no months; write months as 2024-04"
            )
    return ""
