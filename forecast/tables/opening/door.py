"""`sheets`: one file into its sheets of cells, whatever its format; recognised by what is in it, not by its name."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from forecast.errors import DataError, expect
from forecast.places import fault, misnamed, there
from forecast.tables.cells import Sheet
from forecast.tables.opening import actions, books, markup, own, parquets, plaintext, standards, xml2003
from forecast.tables.opening.budget import Budget, budget
from forecast.tables.words import suggestion


@dataclass(frozen=True, eq=False)
class Opened:
    """Hold the sheets of a file, to be read more than once: wherever a file is named, this may stand.

    sheet : the one that was asked for; where another is, the file is opened again
    """

    path: Path
    sheet: str | None
    sheets: tuple[Sheet, ...]

    def __fspath__(self) -> str:
        return str(self.path)


Source = str | Path | Opened
"""A file by its path, or one that is open."""


def opened(path: str | Path, sheet: str | None = None) -> Opened:
    """Open a file once for all that read it. Raises DataError as `sheets` does."""
    return Opened(Path(path), sheet, sheets(path, sheet))


def sheets(path: Source, sheet: str | None = None) -> tuple[Sheet, ...]:
    """Return the sheets of a file that hold something: those of a workbook, the tables of a page, or one.

    sheet : the one to open, of a workbook; hidden ones are opened only so
    Raises DataError for a file that is missing, empty, damaged, locked, of another kind, a message that takes values
    back, written by this program as its forecasts, or over its budget.
    """
    if isinstance(path, Opened) and path.sheet == sheet:
        return path.sheets
    expect(path=(path, str | os.PathLike))
    path = Path(path)
    allowed = budget()
    return own.refuse_any(actions.settled(_opened(path.name, _content(path, allowed), sheet, allowed)))


def _opened(name: str, content: bytes, sheet: str | None, allowed: Budget) -> tuple[Sheet, ...]:
    """Return the sheets of a file by what its bytes say it is."""
    if _is_workbook(content):
        return books.sheets(name, content, sheet, allowed)
    if content[8:12] == b"DUCK":
        raise DataError(f"{name}: is a store of vintages, no file of data; a config names it under store")
    if content.startswith(b"PAR1"):
        return (parquets.sheet(name, content, allowed),)
    if markup.is_page(content):
        return markup.sheets(name, content, sheet, allowed)
    plaintext.refuse_other_kind(name, content)
    return (standards.sheet(name, content, allowed) or plaintext.sheet(name, content, allowed),)


def refuse_sheet(sheet: str | None, paths: Sequence[Path]) -> None:
    """Raise DataError where a sheet is named and none of the files has any."""
    if sheet is not None and paths and not any(map(_has_sheets, paths)):
        raise DataError(
            f'{paths[0].name}: has no sheets, and sheet "{sheet}" names nothing in it; leave it out'
        )


def _has_sheets(path: Path) -> bool:
    """Whether a file is a workbook or a page of tables, or is one that cannot be opened, which its reader tells."""
    try:
        content = _content(path, budget())
    except DataError:
        return True
    return _is_workbook(content) or markup.is_page(content)


def _is_workbook(content: bytes) -> bool:
    packed = content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    return packed or xml2003.is_workbook(content)


def _content(path: Path, allowed: Budget) -> bytes:
    """Return the bytes of a file, unpacked where they are gzipped."""
    if wrong := misnamed(path):
        raise DataError(wrong)
    if path.is_dir():
        raise DataError(f"{path.name or path}: is a folder; name a file in it")
    if why := fault(path):
        raise DataError(f"{path}: {why}; name a file")
    if not there(path):
        raise DataError(f"{path}: no such file{_neighbour(path)}")
    most = allowed.megabytes * 10**6
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
        if content[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                content = packed.read(most + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise DataError(f"{path.name}: is gzipped but cut short or damaged; fetch it again") from None
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read ({error.strerror}); check its permissions") from None
    if len(content) > most:
        raise allowed.refusal(path.name, f"holds over {most // 10**6:,} megabytes", "megabytes")
    if not content.strip(b" \t\r\n\x00"):
        raise DataError(f"{path.name}: is empty; expected a table")
    return content


def _neighbour(path: Path) -> str:
    """Name the file of the same folder that was probably meant."""
    if not path.parent.is_dir():
        return f"; the folder {path.parent} does not exist"
    names = sorted(p.name for p in path.parent.iterdir() if p.is_file() and not p.name.startswith("."))
    hint = suggestion(path.name, names)
    return f"; {hint}" if hint.startswith("did") else ""
