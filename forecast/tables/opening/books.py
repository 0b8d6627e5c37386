"""Workbooks: .xlsx, .xlsm, .xlsb, .xls and .ods by calamine, in a process that may not take the machine along."""

from __future__ import annotations

import contextlib
import io
import marshal
import struct
import subprocess
import sys
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from forecast.errors import DataError
from forecast.tables.cells import Area, Sheet, Value, letters
from forecast.tables.doubtful import crossed
from forecast.tables.opening import ods, tcvn3, values, xls, xlsb, xlsx, xml2003
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.spots import DamagedError, LockedError, Marks, Spot
from forecast.tables.words import suggestion

_GAP = 10
"""Empty rows or columns kept in a row. chosen: a table may have some in it; a stray cell lies behind thousands."""

_NAMED = 5
"""Cells that a note names. chosen: a line."""

_KINDS = {"xl/workbook.xml": xlsx, "xl/workbook.bin": xlsb, "content.xml": ods}
"""The module that examines a workbook by a part that only its kind has."""
_ENCRYPTED, _DOCUMENT = "EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
_ARCHIVE = "zip archive; unpack it and name the file inside"
_LARGE = "needs too many megabytes of memory to open (it is damaged, or a cell stands far from its table)"
_SLOW = "takes too many seconds to open"
_LOCKED = "is protected by a password; save it without one"
_DAMAGED = "is a damaged workbook ({reason}); open it in a spreadsheet program and save it again"


def sheets(name: str, content: bytes, chosen: str | None, budget: Budget) -> tuple[Sheet, ...]:
    """Return the visible sheets of a workbook that hold something, or the chosen one even if hidden.

    Raises DataError for a workbook that is damaged, locked or too large, an unknown sheet, and cells that do not
    hold what they show, such as formulas whose results were never saved.
    """
    opened, marks = _read_all(name, content, budget)
    names = [sheet["name"] for sheet in opened]
    if chosen is not None and chosen not in names:
        raise DataError(f'{name}: no sheet "{chosen}"; {suggestion(chosen, names)}')
    hidden = [s["name"] for s in opened if s["rows"] and not s["visible"] and chosen is None]
    notes = (f"hidden sheets were left out: {', '.join(hidden)}",) if hidden else ()
    taken = [s for s in opened if (s["visible"] if chosen is None else s["name"] == chosen)]
    filled = []
    for sheet in taken:
        place = name if len(names) == 1 else f"{name}[{sheet['name']}]"
        about = marks.get(sheet["name"], Marks())
        _refuse_faults(place, about)
        if (read := _sheet(place, sheet, about, notes, budget)).rows:
            filled.append(read)
    if not filled:
        raise DataError(
            f"{name}: is empty; expected a header row and at least one row"
            + (f" (hidden sheets that hold something: {', '.join(hidden)})" if hidden else "")
        )
    return tuple(filled)


def _read_all(
    name: str, content: bytes, budget: Budget
) -> tuple[Sequence[Mapping[str, Any]], Mapping[str, Marks]]:
    """Return every sheet with its cells from column A on, and the marks of each by its name."""
    if not content.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        content, marks = _prepared(name, content, budget)
        return _opened(name, content, budget), marks
    try:
        return xml2003.opened(name, content, budget)
    except (ParseError, ValueError, LookupError) as error:
        raise DataError(f"{name}: {_DAMAGED.format(reason=error)}") from None


def _prepared(name: str, content: bytes, budget: Budget) -> tuple[bytes, dict[str, Marks]]:
    """Return a workbook that can be opened within the budget, and the marks of its sheets by name."""
    if not content.startswith(b"PK"):
        return content, _marks_of_old(name, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpacked(name, content, archive, budget)
    except (zipfile.BadZipFile, zlib.error, ParseError, KeyError, EOFError, NotImplementedError) as error:
        if not any(part in content for part in (b"xl/", b"[Content_Types]", b"opendocument")):
            raise DataError(f"{name}: is a {_ARCHIVE}") from None
        raise DataError(f"{name}: {_DAMAGED.format(reason=error)}") from None
    except (LookupError, ValueError, struct.error) as error:
        reason = error if isinstance(error, DamagedError) else "a part of it is cut short"
        raise DataError(f"{name}: {_DAMAGED.format(reason=reason)}") from None
    except RuntimeError:  # a part of the archive is encrypted
        raise DataError(f"{name}: {_LOCKED}") from None


def _marks_of_old(name: str, content: bytes) -> dict[str, Marks]:
    """Return the marks of the sheets of a compound file."""
    if _ENCRYPTED in content:
        raise DataError(f"{name}: {_LOCKED}")
    if _DOCUMENT in content:
        raise DataError(f"{name}: is a text document; save the table as CSV or Excel")
    try:
        marks = xls.marks(content)
    except LockedError:
        raise DataError(f"{name}: {_LOCKED}") from None
    except DamagedError as error:
        raise DataError(f"{name}: {_DAMAGED.format(reason=error)}") from None
    return {sheet: replace(about, rows=(), columns=()) for sheet, about in marks.items()}


def _unpacked(
    name: str, content: bytes, archive: zipfile.ZipFile, budget: Budget
) -> tuple[bytes, dict[str, Marks]]:
    size = sum(part.file_size for part in archive.infolist())  # a sheet may have any name, its links too
    if size > budget.megabytes * 10**6:
        raise budget.refusal(name, f"unpacks to {size // 10**6:,} megabytes", "megabytes")
    kind = next((module for part, module in _KINDS.items() if part in archive.NameToInfo), None)
    if kind is None:
        document = "word/document.xml" in archive.NameToInfo
        what = "text document; save the table as CSV or Excel" if document else _ARCHIVE
        raise DataError(f"{name}: is a {what}")
    if b"encryption-data" in _read(archive, "META-INF/manifest.xml"):
        raise DataError(f"{name}: {_LOCKED}")
    marks, nearer = kind.prepared(archive)
    for sheet, about in marks.items():
        if about.filled > budget.cells:
            raise budget.refusal(f"{name}[{sheet}]", f"has {about.filled:,} cells", "cells")
        if not about.scattered:
            marks[sheet] = replace(about, rows=(), columns=())
    return (_replaced(archive, nearer) if nearer else content), marks


def _read(archive: zipfile.ZipFile, part: str) -> bytes:
    return archive.read(part) if part in archive.NameToInfo else b""


def _replaced(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """Return the archive with some parts changed."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for part in archive.namelist():
            target.writestr(part, changed[part] if part in changed else archive.read(part))
    return copy.getvalue()


def _opened(name: str, content: bytes, budget: Budget) -> list[dict[str, Any]]:
    """Return the sheets as `child.py` gives them, opened in a process of its own."""
    import python_calamine

    library = str(Path(python_calamine.__file__).parent.parent)
    program = str(Path(__file__).with_name("child.py"))
    command = [sys.executable, "-I", "-S", program, library, str(budget.memory * 10**6), str(budget.seconds)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=budget.seconds)
    except subprocess.TimeoutExpired:
        raise budget.refusal(name, _SLOW, "seconds") from None
    except OSError as error:
        raise DataError(f"{name}: no process can be started to open it ({error.strerror})") from None
    answer: dict[str, Any] = {}
    with contextlib.suppress(ValueError, EOFError, TypeError):
        answer = marshal.loads(done.stdout)
    if "sheets" in answer:
        return list(answer["sheets"])
    if answer.get("error") == "PasswordError":
        raise DataError(f"{name}: {_LOCKED}")
    if answer and answer["error"] != "MemoryError":
        raise DataError(f"{name}: {_DAMAGED.format(reason=answer['reason'])}")
    if done.returncode == -24:  # SIGXCPU
        raise budget.refusal(name, _SLOW, "seconds")
    raise budget.refusal(name, _LARGE, "memory")


def _refuse_faults(place: str, marks: Marks) -> None:
    """Raise DataError for cells that would be read as empty, or as other numbers than they show."""
    if marks.faults:
        first = min(marks.faults)
        fault = marks.faults[first]
        count = sum(one.remedy == fault.remedy for one in marks.faults.values())
        more = f" ({count} such cells)" if count > 1 else ""
        raise DataError(f"{place}: cell {_named([first])} {fault.what}{more}; {fault.remedy}")


def _sheet(
    place: str, opened: Mapping[str, Any], marks: Marks, notes: tuple[str, ...], budget: Budget
) -> Sheet:
    """Return a sheet without its long empty stretches, every row as wide as the widest."""
    old = tcvn3.read(c for _, row in opened["rows"] for c in row if isinstance(c, str) and not c.isascii())
    if old:
        notes += (f"{len(old)} texts in TCVN3 were read as Vietnamese",)
    if marks.struck:
        notes += (f"text struck out was left out of {len(marks.struck)} cells: {_named(marks.struck)}",)
    cells = _cells(opened["rows"], marks, old)
    rows = _kept(sorted({row for row, _ in cells}))
    columns = _kept(sorted({column for _, column in cells}))
    if len(rows) * len(columns) > budget.cells:
        raise budget.refusal(place, f"has {len(rows):,} rows of {len(columns):,} columns", "cells")
    column_at = {column: i for i, column in enumerate(columns)}
    row_at = {row: i for i, row in enumerate(rows)}
    grid: list[list[Value]] = [[None] * len(columns) for _ in rows]
    for (row, column), value in cells.items():
        if isinstance(value, str) and len(value) > budget.text:
            where = f"{place}:{letters(column)}{row + 1}"
            raise budget.refusal(where, f"a text of {len(value):,} characters", "text")
        grid[row_at[row]][column_at[column]] = value
    areas = _areas([Area(*area) for area in (*opened["merged"], *marks.merged)], rows, columns)
    covered = _uncover(grid, areas)
    if covered:
        hidden = [Spot(rows[r], columns[c]) for r, c in covered]
        notes += (f"{len(covered)} cells hidden under merged ones were left out: {_named(hidden)}",)
    return Sheet(
        file=place,
        title=opened["name"],
        rows=tuple(map(tuple, grid)),
        lines=tuple(row + 1 for row in rows),
        merged=areas,
        notes=notes,
        lettered=True,
        columns=() if columns == list(range(len(columns))) else tuple(columns),
    )


def _named(spots: Sequence[Spot]) -> str:
    return ", ".join(f"{letters(spot.column)}{spot.row + 1}" for spot in spots[:_NAMED])


def _cells(rows: Sequence[Any], marks: Marks, old: Mapping[str, str]) -> dict[Spot, Value]:
    """Return the filled cells by their places in the workbook."""
    filled: dict[Spot, Value] = {}
    for r, cells in rows:
        row = marks.rows[r] if marks.rows else r
        for c, raw in enumerate(cells):
            if raw == "":
                continue
            spot = Spot(row, marks.columns[c] if marks.columns else c)
            value = _value(old.get(raw) or marks.texts.get(spot, raw), spot in marks.percent)
            if value is not None:
                filled[spot] = crossed(value) if spot in marks.crossed else value
    return filled | marks.errors


def _value(raw: Any, in_percent: bool) -> Value:
    if isinstance(raw, tuple):
        return datetime.fromisoformat(raw[1])
    if in_percent and isinstance(raw, int | float) and not isinstance(raw, bool):
        return values.percent(raw)
    return values.plain(raw)


def _kept(filled: Sequence[int]) -> list[int]:
    """Return the filled places and, before each, at most `_GAP` empty ones.

    >>> _kept([0, 2, 100])
    [0, 1, 2, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100]
    """
    places: list[int] = []
    last = -1
    for place in filled:
        places += range(max(last + 1, place - _GAP), place + 1)
        last = place
    return places


def _areas(areas: Sequence[Area], rows: Sequence[int], columns: Sequence[int]) -> tuple[Area, ...]:
    """Return merged areas by positions among the kept rows and columns, those of one cell left out.

    Areas do not overlap in a sound workbook: those beyond the cells of the sheet are dropped.
    """
    drawn = []
    room = len(rows) * len(columns)
    for area in areas:
        top, bottom = bisect_left(rows, area.top), bisect_right(rows, area.bottom) - 1
        left, right = bisect_left(columns, area.left), bisect_right(columns, area.right) - 1
        size = max(0, bottom + 1 - top) * max(0, right + 1 - left)
        if 1 < size <= room:
            room -= size
            drawn.append(Area(top, left, bottom, right))
    return tuple(drawn)


def _uncover(grid: list[list[Value]], areas: Sequence[Area]) -> list[tuple[int, int]]:
    """Empty the cells that lie unseen under the first of a merged area, and return their positions."""
    covered = []
    for top, left, bottom, right in areas:
        if grid[top][left] is None:
            continue
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                if (r, c) != (top, left) and grid[r][c] is not None:
                    grid[r][c] = None
                    covered.append((r, c))
    return covered
