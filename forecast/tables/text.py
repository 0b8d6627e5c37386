"""Text files: encoding, separator, quotes, line ends."""

from __future__ import annotations

import codecs
import csv
from collections import Counter

from forecast.errors import DataError

SEPARATORS = (",", ";", "\t", "|")
_SNIFFED = 300  # records that decide on the separator

_MARKS = (  # a mark of UTF-16 begins that of UTF-32, so the longer comes first
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_UNSEEN = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff")
)  # spaces of no width, as web pages leave them

_OTHER_KINDS = (
    (b"%PDF", "is a PDF; save the table as CSV or Excel"),
    (
        b"\xd0\xcf\x11\xe0",
        "is an old .xls or a password-protected workbook; save it as .xlsx without a password",
    ),
    (b"PK\x03\x04", "is a zip archive; unpack it and name the file inside"),
    (b"{", "is JSON; save the table as CSV, Excel, Parquet or SDMX-ML"),
)


def records(name: str, content: bytes) -> tuple[list[list[str]], list[int], list[str]]:
    """Return the stripped cells of every record, the line each begins on, and notes.

    Raises DataError for another encoding, another kind of file, or a quote left open.
    """
    for magic, remedy in _OTHER_KINDS:
        if content.lstrip().startswith(magic):
            raise DataError(f"{name}: {remedy}")
    text, notes = _decoded(name, content)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    separator = _separator(text)
    if separator != ",":
        notes.append(f"separator {'tab' if separator == chr(9) else separator!r} detected")
    rows, lines = _parsed(name, text, separator)
    return rows, lines, notes


def _decoded(name: str, content: bytes) -> tuple[str, list[str]]:
    """Return the text and a note where it is not plain UTF-8."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), [f"{encoding} detected"]
            except UnicodeDecodeError:
                raise DataError(
                    f"{name}: is {encoding} but cut short or damaged; save it again as UTF-8"
                ) from None
    if b"\x00" in content:
        raise DataError(f"{name}: is not a text file (it holds zero bytes); save it as CSV in UTF-8")
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{name}:{line}: byte 0x{content[error.start]:02x} is not UTF-8; "
            "save the file again with encoding UTF-8 (in Excel: CSV UTF-8)"
        ) from None


def _separator(text: str) -> str:
    """Return the separator that gives the most rows one common width above 1, the wider on a tie."""
    sample = text.split("\n")[:_SNIFFED]

    def fit(separator: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator) if len(row) > 1)
        if not widths:
            return 0.0, 0
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        return count / len(sample), width

    return max(SEPARATORS, key=fit)


def _parsed(name: str, text: str, separator: str) -> tuple[list[list[str]], list[int]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader((line + "\n" for line in text.split("\n")), delimiter=separator, strict=True)
    begin = 1
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            lines.append(begin)
            begin = reader.line_num + 1
    except csv.Error as error:
        if "end of data" in str(error):
            raise DataError(
                f'{name}:{begin}: a quote (") is opened and never closed; close or delete it'
            ) from None
        raise DataError(
            f'{name}:{reader.line_num}: stray quote ("); double it inside a quoted text ("") or delete it'
        ) from None
    return rows, lines
