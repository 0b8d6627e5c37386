"""`read`: one file into one `Table`, whatever its format."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from forecast.errors import DataError
from forecast.tables import text, workbook
from forecast.tables.dates import parse_period
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
class Finding:
    """One remark of a quality report: a kind to count by, a place and a plain sentence."""

    kind: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


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
    if head != keep[0]:
        notes.append(f"lines above the header (line {lines[head]}) were taken as a title")
    header = _trimmed(records[head])
    body = keep[keep.index(head) + 1 :]
    while body and filled[body[-1]] == 1 and _is_footnote(records[body[-1]][0]):
        body.pop()
    below = keep[keep.index(head) + 1 + len(body) :]
    if below:
        notes.append(f"line {lines[below[0]]} and below were taken as footnotes")
    if not body:
        raise DataError(f"{name}:{lines[head]}: has a header but no rows")
    problems, rows = [], []
    for i in body:
        row = _trimmed(records[i])
        if len(row) > len(header):
            problems.append(
                f"{name}:{lines[i]}: {len(row)} fields where the header has {len(header)}; "
                'put text that holds the separator in quotes ("…") and use a decimal point'
            )
        rows.append(tuple(row + [""] * (len(header) - len(row))))
    if problems:
        fail(problems)
    return Table(name, tuple(header), lines[head], tuple(rows), tuple(lines[i] for i in body), tuple(notes))


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
