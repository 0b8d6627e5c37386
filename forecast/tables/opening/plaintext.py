"""Text files: separator, quotes, line ends."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from forecast.errors import DataError
from forecast.tables.cells import Sheet, Value
from forecast.tables.opening import tcvn3, values
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.encodings import decoded
from forecast.tables.opening.joined import refuse_joined
from forecast.tables.opening.spaced import spaced

SEPARATORS = (",", ";", "\t", "|")
_SNIFFED = 300  # records that decide on the separator; chosen: titles and notes are shorter
_NUMBER = re.compile(r"[-+−]?\d[\d.,' \u00a0\u202f]*%?(?:e[-+]?\d+)?", re.IGNORECASE)
_AS_TEXT = re.compile(r"""\s*(?:="([^"]*)"|'([-+−]?\d[\d.,/-]{2,}))\s*""")
_ENDS = re.compile(rb"[,;\t|\r\n]")
_DECLARED = re.compile(r"\ufeff?sep=(.)\n")  # as Excel writes above a table, for itself

_OTHER_KINDS = (
    (b"%PDF", "is a PDF; save the table as CSV or Excel"),
    (b"{\\rtf", "is a text document (RTF); save the table as CSV or Excel"),
    (b"MIME-Version:", "is a web archive; open it in a spreadsheet program and save it as .xlsx"),
    (b"\x09\x08", "is a workbook of Excel before 1997; open it and save it as .xlsx"),
    (b"\x09\x04", "is a workbook of Excel before 1997; open it and save it as .xlsx"),
    (b"\x89PNG", "is a picture; a table in text or in a workbook is needed"),
    (b"\xff\xd8\xff", "is a picture; a table in text or in a workbook is needed"),
    (b"PK\x05\x06", "is an empty archive; fetch the file again"),
    (b"Rar!", "is an archive; unpack it and name the file inside"),
    (b"7z\xbc\xaf", "is an archive; unpack it and name the file inside"),
)


_RULE = re.compile(r"^\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*(?::?-{2,}:?[ \t]*\|?)?[ \t]*$", re.MULTILINE)
"""The line under the headings of a table in Markdown."""


def refuse_other_kind(name: str, content: bytes) -> None:
    """Raise DataError for a file of a kind that holds no text of a table."""
    for magic, remedy in _OTHER_KINDS:
        if content.lstrip().startswith(magic):
            raise DataError(f"{name}: {remedy}")


def sheet(name: str, content: bytes, budget: Budget) -> Sheet:
    """Return the cells of a text file, as text.

    Raises DataError for an unknown encoding, a stray quote, or more cells than allowed.
    """
    _refuse_endless(name, content, budget)
    text, notes = decoded(name, content)
    text = _RULE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    declared = _DECLARED.match(text)
    tabbed, told = ("", ()) if declared else spaced(name, text, SEPARATORS)
    text, notes = tabbed or text, (*notes, *told)
    separator = declared[1] if declared else "\t" if tabbed else _separator(text)
    if declared:
        text = "\n" + text[declared.end() :]
    elif separator != "," and not tabbed:
        notes += (f"separator {'tab' if separator == chr(9) else separator!r} detected",)
    records, lines = _parsed(name, text, separator, budget)
    if _are_whole_lines(records):
        text = "\n".join(cell for record in records for cell in record or [""])
        records, lines = _parsed(name, text, _separator(text), budget)
        notes += ("lines that stand in quotes as a whole were read",)
    refuse_joined(name, records, lines, separator)
    if separator == "|":
        _refuse_open(name, records, lines)
    if _counts_rows(records):
        records[0].insert(0, "")
        notes += (f"line {lines[0]} heads one column less than there are: the first numbers the rows",)
    return _sheet(name, records, lines, notes, budget)


def _refuse_endless(name: str, content: bytes, budget: Budget) -> None:
    """Refuse a text without end before it is copied: only stretches that no cell may have are sure to be found."""
    stretch = 4 * budget.text  # four bytes a character at most
    for at in range(0, len(content) - stretch + 1, stretch):
        if _ENDS.search(content, at, at + stretch) is None:
            line = content.count(b"\n", 0, at) + 1
            raise budget.refusal(f"{name}:{line}", f"a text of over {budget.text:,} characters", "text")


def _separator(text: str) -> str:
    """Return the separator that splits most lines, into numbers, and leaves no other separator in the cells."""
    sample = [line for line in text.split("\n", _SNIFFED)[:_SNIFFED] if line.strip()]

    def fit(separator: str) -> tuple[float, int, int]:
        rows: list[list[str]] = []
        try:
            rows.extend(row for row in csv.reader(sample, delimiter=separator, strict=True) if len(row) > 1)
        except (
            csv.Error
        ) as error:  # a quote amid a cell, told by the reading that follows; or one cut by the sample
            if "end of data" not in str(error):
                return 0.0, 0, 0
        cells = [cell.strip() for row in rows for cell in row if cell.strip()]
        if not cells:
            return 0.0, 0, 0
        others = [other for other in SEPARATORS if other not in (separator, ",")]
        numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in cells) / len(cells)
        clean = sum(not any(other in cell for other in others) for cell in cells) / len(cells)
        width, count = max(Counter(map(len, rows)).items(), key=lambda item: (item[1], item[0]))
        return round(len(rows) / len(sample) * clean * (0.05 + numbers), 6), count, width

    return max(SEPARATORS, key=fit)


def _parsed(name: str, text: str, separator: str, budget: Budget) -> tuple[list[list[str]], list[int]]:
    """Return the cells of every record and the line each begins on."""
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator, strict=True)
    begin, count = 1, 0
    try:
        for row in reader:
            if len(row) > budget.columns:
                raise budget.refusal(f"{name}:{begin}", f"has {len(row):,} cells in a line", "columns")
            count += len(row)
            if count > budget.cells:
                raise budget.refusal(name, f"has {count:,} cells by line {begin:,}", "cells")
            rows.append(row)
            lines.append(begin)
            begin = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise DataError(
                f"{name}:{begin}: a text of over {csv.field_size_limit():,} characters; take it out of the table"
            ) from None
        if "end of data" in str(error):
            raise DataError(
                f'{name}:{begin}: a quote (") is opened and never closed; close or delete it'
            ) from None
        raise DataError(
            f'{name}:{reader.line_num}: stray quote ("); double it inside a quoted text ("") or delete it'
        ) from None
    return rows, lines


def _are_whole_lines(records: Sequence[Sequence[str]]) -> bool:
    """Tell records of one cell each that is a line of several: "2024-01,104.5" in quotes."""
    filled = [record[0] for record in records if any(record)]
    split = [any(separator in cell for separator in SEPARATORS) for cell in filled]
    return len(filled) > 1 and all(len(record) < 2 for record in records) and all(split)


def _refuse_open(name: str, records: Sequence[Sequence[str]], lines: Sequence[int]) -> None:
    """Raise DataError for a table in Markdown whose last row alone is not closed: its last number may be cut."""
    rows = [(record, line) for record, line in zip(records, lines, strict=True) if len(record) > 1]
    closed = [not (record[0].strip() or record[-1].strip()) for record, _ in rows]
    if len(rows) > 2 and all(closed[:-1]) and not closed[-1] and not rows[-1][0][0].strip():
        raise DataError(
            f'{name}:{rows[-1][1]}: ends without the "|" that closes the other rows, as a file cut short does; '
            "fetch it again, or close the row where it is whole"
        )


def _counts_rows(records: Sequence[Sequence[str]]) -> bool:
    """Tell a table whose header has no cell over the numbers of its rows, as R writes it."""
    rows = records[1:]
    return (
        len(rows) > 1
        and len(records[0]) > 1
        and all(len(row) == len(records[0]) + 1 for row in rows)
        and [row[0] for row in rows] == [str(i) for i in range(1, len(rows) + 1)]
    )


def _sheet(
    name: str, records: list[list[str]], lines: list[int], notes: tuple[str, ...], budget: Budget
) -> Sheet:
    """Return the records without empty ones at the end, every row as wide as the widest."""
    old = tcvn3.read(cell for record in records for cell in record if not cell.isascii())
    read = _Read(old)
    grid = [[read[cell] for cell in record] for record in records]
    if (longest := max(map(len, read), default=0)) > budget.text:
        line = next(line for record, line in zip(records, lines, strict=True) if longest in map(len, record))
        raise budget.refusal(f"{name}:{line}", f"a text of {longest:,} characters", "text")
    width = 0
    for row in grid:
        if len(row) > width:
            width = max(width, len(row) - _empty_end(row))
    while grid and not any(grid[-1]):
        grid.pop()
    if not width:
        raise DataError(f"{name}: is empty; expected a table")
    if len(grid) * width > budget.cells:
        raise budget.refusal(name, f"has {len(grid):,} rows of {width:,} columns", "cells")
    if old:
        notes += (f"{len(old)} texts in TCVN3 were read as Vietnamese",)
    rows = tuple(
        tuple(row) if len(row) == width else (*row[:width], *[None] * (width - len(row))) for row in grid
    )
    counts = tuple(len(record) for record in records[: len(rows)])
    return Sheet(name, "", rows, tuple(lines[: len(rows)]), notes=notes, counts=counts)


class _Read(dict[str, Value]):
    """Hold every text of a file with what it reads as; files repeat most of theirs."""

    def __init__(self, old: Mapping[str, str]) -> None:
        super().__init__()
        self._old = old

    def __missing__(self, cell: str) -> Value:
        self[cell] = value = values.text(_unescaped(self._old.get(cell, cell))) or None
        return value


def _unescaped(cell: str) -> str:
    """Return the text of a cell that came from a web page, "Th&aacute;ng 1", or is marked as text: ="01", '97.5."""
    if (marked := _AS_TEXT.fullmatch(cell)) is not None:
        cell = marked[2] or marked[1]
    return html.unescape(cell) if "&" in cell and ";" in cell else cell


def _empty_end(row: list[Value]) -> int:
    """Return the number of empty cells at the end of a row."""
    return next((i for i, cell in enumerate(reversed(row)) if cell is not None), len(row))
