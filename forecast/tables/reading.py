"""`read`: one file into one `Table`, whatever its format."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from forecast.errors import DataError
from forecast.tables import text, workbook
from forecast.tables.dates import parse_period
from forecast.tables.header import dated, headless, joined, numbers_columns
from forecast.tables.words import suggestion

SHOWN = 20
"""Problems printed at once; more only bury the first."""


@dataclass(frozen=True)
class Table:
    """Hold a file as text: a header, rows as wide as the header, and the line each row begins on.

    file : name for messages
    header : (j,) headings as written
    rows : n rows of j cells, stripped
    lines : (n,) line or sheet row, counted from 1
    notes : what was understood or left out, to be told to the reader
    """

    file: str
    header: tuple[str, ...]
    header_line: int
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    notes: tuple[str, ...] = ()

    def column(self, position: int) -> list[str]:
        """Return the cells of one column."""
        return [row[position] for row in self.rows]


@dataclass(frozen=True)
class Layout:
    """Say of a file what it does not say itself: for the commands, as the keys of a config do for a question.

    columns : name -> heading · fill : name -> value of every row · decimal : "." or "," · rates : "index" or "percent"
    """

    sheet: str | None = None
    decimal: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fill: Mapping[str, str] = field(default_factory=dict)
    rates: str | None = None


AS_IT_IS = Layout()
"""A file that says everything itself."""


def read(path: str | Path, sheet: str | None = None) -> Table:
    """Return the table in a file.

    sheet : of a workbook; needed where more than one holds data
    Raises DataError for a file that is missing, unreadable, empty, in another encoding or not a table.
    """
    path = Path(path)
    content = _content(path)
    name = path.name
    if workbook.is_excel(content):
        name, (records, lines, notes) = workbook.excel(path, sheet)
    elif workbook.is_parquet(content):
        records, lines, notes = workbook.parquet(path)
    elif workbook.is_xml(content):
        records, lines, notes = workbook.sdmx_ml(path)
    else:
        records, lines, notes = text.records(name, content)
    return _table(name, records, lines, notes)


def fail(problems: Sequence[str]) -> NoReturn:
    """Raise the problems as one DataError, the first of them in full and the rest as a count."""
    more = (f"and {len(problems) - SHOWN} more",) if len(problems) > SHOWN else ()
    raise DataError(*problems[:SHOWN], *more)


def _content(path: Path) -> bytes:
    """Return the bytes of a file, unpacked where they are gzipped."""
    if path.is_dir():
        raise DataError(f"{path.name}: is a folder; name a file in it")
    if not path.exists():
        near = _neighbour(path)
        raise DataError(f"{path}: no such file{near}")
    try:
        content = path.read_bytes()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise DataError(f"{path.name}: is gzipped but cut short or damaged; fetch it again") from None
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read ({error.strerror}); check its permissions") from None
    if not content.strip():
        raise DataError(f"{path.name}: is empty; expected a header line and at least one row")
    return content


def _neighbour(path: Path) -> str:
    """Name the file of the same folder that was probably meant."""
    if not path.parent.is_dir():
        return f"; the folder {path.parent} does not exist"
    names = sorted(p.name for p in path.parent.iterdir() if p.is_file())
    hint = suggestion(path.name, names)
    return f"; {hint}" if hint.startswith("did") else ""


def _table(name: str, records: list[list[str]], lines: list[int], notes: list[str]) -> Table:
    """Find the header, set titles and footnotes aside, and make every row as wide as the header."""
    filled = [sum(1 for cell in record if cell) for record in records]
    keep = [i for i, n in enumerate(filled) if n]
    if not keep:
        raise DataError(f"{name}: is empty; expected a header line and at least one row")
    head = next((i for i in keep if filled[i] > 1), None)
    if head is None:
        raise DataError(
            f"{name}:{lines[keep[0]]}: only one column was found; "
            "expected a table with columns separated by commas, semicolons or tabs"
        )
    head = _heading(name, records, lines, keep, head)
    if head != keep[0]:
        notes.append(f"lines above the header (line {lines[head]}) were taken as a title")
    header = tuple(_trimmed(records[head]))
    body = keep[keep.index(head) + 1 :]
    both = joined(header, _trimmed(records[body[0]])) if body else None
    if both is not None:
        notes.append(f"lines {lines[head]} and {lines[body[0]]} were joined to one header")
        header, body = both, body[1:]
    if body and numbers_columns(_trimmed(records[body[0]])):
        notes.append(f"line {lines[body[0]]} numbers the columns and was left out")
        body = body[1:]
    foot = len(body)
    while foot and filled[body[foot - 1]] == 1 and _is_footnote(records[body[foot - 1]][0]):
        foot -= 1
    if foot < len(body):
        notes.append(f"line {lines[body[foot]]} and below were taken as footnotes")
    body = body[:foot]
    again = [i for i in body if tuple(_trimmed(records[i])) == header]
    notes += [f"line {lines[i]} repeats the header and was left out" for i in again]
    body = [i for i in body if i not in again]
    if not body:
        raise DataError(f"{name}:{lines[head]}: has a header but no rows")
    rows = _rows(name, [_trimmed(records[i]) for i in body], [lines[i] for i in body], len(header))
    if (whole := dated(header, rows)) is not None:
        notes.append("year and month were read from two columns")
        header, rows = whole
    return Table(name, header, lines[head], rows, tuple(lines[i] for i in body), tuple(notes))


def _heading(name: str, records: list[list[str]], lines: list[int], keep: list[int], head: int) -> int:
    """Return the row of headings: the one found, or the one above it whose first cell alone is empty (`,IIP`).

    Raises DataError where the first row holds data already, which would be lost as headings.
    """
    if not headless(records[head]):
        return head
    above = keep[keep.index(head) - 1] if head != keep[0] else head
    if not records[above][0]:
        return above
    raise DataError(
        f"{name}:{lines[head]}: begins with data, without headings; put a line such as month,IIP above it"
    )


def _rows(name: str, records: list[list[str]], lines: list[int], width: int) -> tuple[tuple[str, ...], ...]:
    """Make every row as wide as the header. Raises DataError for wider ones."""
    problems = [
        f"{name}:{line}: {len(row)} fields where the header has {width}; "
        'put text that holds the separator in quotes ("…") and use a decimal point'
        for row, line in zip(records, lines, strict=True)
        if len(row) > width
    ]
    if problems:
        fail(problems)
    return tuple((*row, *[""] * (width - len(row))) for row in records)


def _is_footnote(first_cell: str) -> bool:
    """Tell a note under the table from a month whose values are still to come."""
    try:
        parse_period(first_cell)
    except ValueError:
        return bool(first_cell)
    return False


def _trimmed(record: list[str]) -> list[str]:
    """Drop empty cells at the end of a record."""
    end = len(record)
    while end and not record[end - 1]:
        end -= 1
    return record[:end]
