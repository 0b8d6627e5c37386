"""`lines`: a sheet of cells as one header and lines of text, for files of one figure a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forecast import tables
from forecast.errors import DataError
from forecast.tables import rates
from forecast.tables.cells import Place, Sheet, Value
from forecast.tables.headings import heading_text, is_dotted, is_unit, numbers_columns
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.languages import folded_name, words
from forecast.tables.merged import merged_numbers
from forecast.tables.run_together import cells_of_month

YEARS_MOVED = "year and month were read from two columns"
IN_PER_MILLE = "numbers in per mille are no percent; divide them by 10, and name percent as their unit"


@dataclass(frozen=True)
class Lines:
    """Hold a file as text: a header, rows as wide as the header, and the line each row begins on.

    file : name for messages · header : (j,) headings as written · rows : n rows of j cells · lines : (n,) lines of
    the file · notes : what was understood or left out · titles : lines of text above the header · cells : (n,) cells
    of each row as a text file writes them, () for other kinds · wider : row -> its cells where it has more than the
    header
    """

    file: str
    header: tuple[str, ...]
    header_line: int
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    notes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    cells: tuple[int, ...] = ()
    wider: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def lines(sheet: Sheet) -> Lines:
    """Return the lines of a sheet: titles above the header and footnotes below the rows set aside, and named.

    Raises DataError where no row has two cells, or none follows the header.
    """
    head = _head(sheet)
    records = [[cell_text(value) for value in row] for row in sheet.rows]
    notes = [*sheet.notes, *_filled_down(sheet, records)]
    keep = [i for i, record in enumerate(records) if any(record)]
    if head is None:
        where = (
            f"{sheet.file}:{sheet.lines[keep[0]]}: only one column was found"
            if keep
            else f"{sheet.file}: is empty"
        )
        raise DataError(f"{where}; expected a table with columns separated by commas, semicolons or tabs")
    if head != keep[0]:
        notes.append(f"lines above the header (line {sheet.lines[head]}) were taken as a title")
    headings = _trimmed(records[head])
    _refuse_merged(sheet, range(head + 1, len(records)), range(len(headings)))
    body = _body(sheet, records, keep[keep.index(head) + 1 :], headings, notes)
    if not body:
        raise DataError(f"{sheet.file}:{sheet.lines[head]}: has a header but no rows")
    wider = _wider(sheet, records, head, body, len(headings))
    rows = [records[i][: len(headings)] for i in body]
    if (year := years_moved(headings, rows)) is not None:
        del headings[year]
        notes.append(YEARS_MOVED)
    texts = tuple(map(tuple, rows))
    titles = tuple(" ".join(filter(None, records[i])) for i in keep[: keep.index(head)])
    numbered = tuple(sheet.lines[i] for i in body)
    moved = year is not None  # it stands in the column of months now
    cells = tuple(sheet.counts[i] - moved for i in body) if sheet.counts else ()
    return Lines(
        sheet.file, tuple(headings), sheet.lines[head], texts, numbered, tuple(notes), titles, cells, wider
    )


def _refuse_merged(sheet: Sheet, rows: Iterable[int], columns: Iterable[int]) -> None:
    """Raise DataError for numbers that stand merged over several cells.

    Whole ones may be years, and 2024.04 a month: they are filled down.
    """
    own = {Place(r, c) for r in rows for c in columns} if sheet.merged else set()
    found = [
        (sheet.rows[first.row][first.column], problem) for (first, *_), problem in merged_numbers(sheet, own)
    ]
    if problems := [problem for v, problem in found if whole_number(v) is None and not is_dotted(v)]:
        tables.fail(problems)


def header(sheet: Sheet) -> tuple[list[str], str]:
    """Return the headings of the lines of a sheet and their place, no headings where no row has two cells."""
    head = _head(sheet)
    if head is None:
        return [], sheet.file
    return _trimmed([cell_text(value) for value in sheet.rows[head]]), f"{sheet.file}:{sheet.lines[head]}"


def _head(sheet: Sheet) -> int | None:
    """Return the position of the first row of two cells or more."""
    return next((i for i, row in enumerate(sheet.rows) if sum(v not in (None, "") for v in row) > 1), None)


def _body(
    sheet: Sheet, records: Sequence[list[str]], below: Sequence[int], header: list[str], notes: list[str]
) -> list[int]:
    """Return the rows below the header without units, counts of columns, footnotes and the header once more."""
    body = list(below)
    if body and numbers_columns(records[body[0]]):
        notes.append(f"line {sheet.lines[body[0]]} numbers the columns and was left out")
        body = body[1:]
    if body and (units := [cell for cell in records[body[0]] if cell]) and all(map(is_unit, units)):
        if any(map(rates.per_mille, units)):
            raise DataError(f"{sheet.file}:{sheet.lines[body[0]]}: {IN_PER_MILLE}")
        notes.append(f"line {sheet.lines[body[0]]} holds units and was left out")
        body = body[1:]
    foot = len(body)
    while foot and _is_foot(sheet, body[foot - 1], records[body[foot - 1]], len(header)):
        foot -= 1
    if foot < len(body):
        notes.append(f"line {sheet.lines[body[foot]]} and below were taken as footnotes")
    notes += [
        f'line {sheet.lines[i]}: "{records[i][0]}" stands alone and was taken as the number of a page'
        for i in body[foot:]
        if kind(records[i][0]) is Kind.NUMBER
    ]
    again = [i for i in body[:foot] if _trimmed(records[i]) == header]
    notes += [f"line {sheet.lines[i]} repeats the header and was left out" for i in again]
    return [i for i in body[:foot] if i not in again]


def _is_foot(sheet: Sheet, row: int, record: Sequence[str], width: int) -> bool:
    """Tell a row of one text that holds no figures; a number alone is one of a page, below a blank row of a workbook.

    width : cells of the header
    """
    text = record[0]
    if not text or any(record[1:]):
        return False
    if kind(text) is not Kind.NUMBER:
        return not cells_of_month(text, width)
    return not sheet.counts and whole_number(text) is not None and not any(sheet.rows[row - 1])


def _wider(
    sheet: Sheet, records: Sequence[list[str]], head: int, body: Sequence[int], width: int
) -> dict[int, tuple[str, ...]]:
    """Return the rows with more cells than the header; raise DataError where all of several are."""
    trimmed = (tuple(_trimmed(records[i])) for i in body)
    wider = {n: record for n, record in enumerate(trimmed) if len(record) > width}
    if len(body) == len(wider) > 1:
        tables.fail(
            [
                f"{sheet.file}:{sheet.lines[head]}: has {width} cells, all rows below have more; write a heading over "
                'two lines in one, put a title that holds the separator in quotes ("…") or delete it'
            ]
        )
    return wider


def years_moved(header: Sequence[str], rows: Sequence[list[str]]) -> int | None:
    """Move the years of a column into that of months, where both are; return which column is gone from the rows."""
    plain = list(map(folded_name, header))
    calendar_year = words("year") - {"fy"}  # the months of which lie in two years
    year = next((i for i, of in enumerate(plain) if of in calendar_year), None)
    month = next((i for i, of in enumerate(plain) if of in words("month")), None)
    if year is None or month is None:
        return None
    numbers = [tables.month_of_year(row[month]) for row in rows]
    if not any(numbers):
        return None
    above, before = "", 0
    for row, number in zip(rows, numbers, strict=True):
        if number is not None:
            if not row[year] and number > before:  # a year is often written once, beside its first month
                row[year] = above
            above, before = row[year], number
            row[month] = f"{row[year]}-{number:02d}"
        del row[year]
    return year


def _filled_down(sheet: Sheet, records: Sequence[list[str]]) -> list[str]:
    """Give cells merged over several rows to each of them, and say so."""
    notes = []
    for area in sheet.merged:
        if area.bottom > area.top and records[area.top][area.left]:
            for row in range(area.top + 1, area.bottom + 1):
                records[row][area.left] = records[area.top][area.left]
            first, last = Place(area.top, area.left), Place(area.bottom, area.right)
            corners = ":".join(sheet.place(corner).rpartition(":")[2] for corner in (first, last))
            notes.append(f"merged cells {corners} were filled down")
    return notes


def _trimmed(record: list[str]) -> list[str]:
    """Drop empty cells at the end of a record."""
    end = len(record)
    while end and not record[end - 1]:
        end -= 1
    return record[:end]


def cell_text(value: Value) -> str:
    """Return a cell as text: ISO dates, numbers by their shortest digits."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, date):
        return heading_text(value)
    if isinstance(value, bool):
        return str(value).upper()
    return repr(value).removesuffix(".0")
