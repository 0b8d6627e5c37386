"""The records of an .xls workbook (BIFF5, BIFF8) in its compound file: percent formats, errors, raised digits."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from forecast.tables.opening import biff
from forecast.tables.opening.biff import BOOLEAN, FORMULA, LABEL, NUMBER, RICH, ROW, SHARED, SHORT, SHORTS
from forecast.tables.opening.raised import STRUCK, Font, of_fonts, set_in
from forecast.tables.opening.spots import (
    ERRORS,
    PERCENT_FORMATS,
    UNSAVED,
    DamagedError,
    Gathered,
    LockedError,
    Marks,
    Spot,
    Text,
    shows_percent,
)

_SHEET, _FORMAT, _STYLE = 0x0085, 0x041E, 0x00E0
"""Record numbers of BIFF8 ([MS-XLS] 2.3)."""
_FONT, _TEXTS, _CONTINUE, _LOCK = 0x0031, 0x00FC, 0x003C, 0x002F
"""Likewise."""
_WIDE, _SPOKEN, _RICH = 0x01, 0x04, 0x08  # flags of a text, likewise
_NO_FONT = 4  # the number that no font has, likewise
_EMPTY, _EMPTY_TEXT = b"\3\0\0\0\0\0\xff\xff", b"\x17\0"  # a result, and the same within a formula, likewise
_FREE = 0xFFFFFFFA  # numbers of sectors from here on are signs


def marks(content: bytes) -> dict[str, Marks]:
    """Return the marks of every sheet by its name; none for compound files of another kind or damaged ones.

    What else is damaged is told by the library that opens the workbook. Raises DamagedError for a sheet that is not
    whole, which it would read in part, LockedError for a workbook in cipher.
    """
    try:
        stream = _stream(content)
        return _of_sheets(stream) if stream else {}
    except DamagedError:
        raise
    except (struct.error, IndexError, ValueError):
        return {}


@dataclass
class _Pieces:
    """Read the texts that cells share, from a record and those that continue it."""

    pieces: list[bytes] = field(default_factory=list)
    at: int = 0

    def rich(self, how: Mapping[int, str]) -> dict[int, Text]:
        """Return position -> text with its marks, of the texts that have some."""
        out = {}
        for i in range(struct.unpack_from("<I", self._take(8), 4)[0]):
            count, flags = struct.unpack("<HB", self._take(3))
            runs = struct.unpack("<H", self._take(2))[0] if flags & _RICH else 0
            spoken = struct.unpack("<I", self._take(4))[0] if flags & _SPOKEN else 0
            text = self._letters(count, flags)
            fonts = [struct.unpack("<HH", self._take(4)) for _ in range(runs)]
            self._take(spoken)
            if (marked := set_in(text, fonts, how)) != Text(text):
                out[i] = marked
        return out

    def count(self) -> int:
        """Return how many texts there are."""
        return int(struct.unpack_from("<I", self.pieces[0], 4)[0]) if self.pieces else 0

    def _take(self, count: int) -> bytes:
        taken = b""
        while True:
            more = self.pieces[0][self.at : self.at + count - len(taken)]
            taken, self.at = taken + more, self.at + len(more)
            if len(taken) == count:
                return taken
            self.pieces, self.at = self.pieces[1:], 0

    def _letters(self, count: int, flags: int) -> str:
        """Return a text; where it goes on in the next piece, flags of its own stand before the rest."""
        text = ""
        while True:
            size = 2 if flags & _WIDE else 1
            here = min(count - len(text), (len(self.pieces[0]) - self.at) // size)
            text += self._take(here * size).decode("utf-16-le" if size > 1 else "latin-1", "replace")
            if len(text) == count:
                return text
            flags = self._take(1)[0]


@dataclass(frozen=True)
class _Shared:
    """Hold what is known of the texts that cells share: their number, and those that have marks, by position."""

    count: int
    texts: Mapping[int, Text]

    def put(self, gathered: Gathered, spot: Spot, position: int) -> None:
        """Take in the text of a cell. Raises DamagedError where there is none."""
        if position >= self.count:
            raise DamagedError(f"{gathered.name(spot)} names a text that the workbook does not hold")
        if text := self.texts.get(position):
            gathered.put(spot, text)


class _Styles(NamedTuple):
    """Hold the styles, by number as cells name them, that show a percent sign, and those that strike out."""

    percents: frozenset[int]
    crossed: frozenset[int]


def _of_sheets(stream: bytes) -> dict[str, Marks]:
    formats = set(PERCENT_FORMATS)
    used: list[tuple[int, int]] = []
    fonts: list[Font] = []
    pieces = _Pieces()
    before = 0
    sheets: dict[str, tuple[int, bool]] = {}
    wide = struct.unpack_from("<H", stream, 4)[0] >= 0x0600
    for kind, record in biff.whole(stream, 0, "what stands before the sheets"):
        if kind == _FORMAT and shows_percent(_text(record[2:], wide, 2 if wide else 1)):
            formats.add(struct.unpack_from("<H", record)[0])
        elif kind == _STYLE:
            used.append(struct.unpack_from("<HH", record))
        elif kind == _LOCK:
            raise LockedError
        elif kind == _SHEET:
            sheets[_text(record[6:], wide, 1)] = struct.unpack_from("<I", record)[0], record[5] == 0
        elif kind == _FONT:
            height, flags, *_, place = struct.unpack_from("<HHHHH", record)
            fonts.append(Font(height, flags, place))
        elif kind == _TEXTS or kind == _CONTINUE and before == _TEXTS:
            pieces.pieces.append(record)
        before = before if kind == _CONTINUE else kind
    how = {i + (i >= _NO_FONT): said for i, said in of_fonts(fonts).items()}
    styles = _Styles(
        frozenset(i for i, (_, number) in enumerate(used) if number in formats),
        frozenset(i for i, (font, _) in enumerate(used) if how.get(font) == STRUCK),
    )
    texts = _Shared(pieces.count(), pieces.rich(how) if how and pieces.pieces else {})
    return {
        name: _of_sheet(stream, at, styles, texts, name)
        for name, (at, of_cells) in sheets.items()
        if of_cells
    }


def _of_sheet(stream: bytes, at: int, styles: _Styles, shared: _Shared, name: str) -> Marks:
    """Return the marks of a sheet."""
    gathered = Gathered(name)
    formulas: dict[Spot, bytes] = {}
    widths: dict[int, tuple[int, int]] = {}
    cells: list[Spot] = []
    for kind, record in biff.whole(stream, at, f'sheet "{name}"'):
        if kind == ROW:
            row, first, behind = struct.unpack_from("<HHH", record)
            widths[row] = first, behind
        for spot, style in _cells(kind, record):
            cells.append(spot)
            gathered.add(spot, style in styles.percents, _error(kind, record), style in styles.crossed)
            if kind == FORMULA:
                formulas[spot] = record
            if kind == SHARED:
                shared.put(gathered, spot, struct.unpack_from("<I", record, 6)[0])
    if stray := biff.stray(widths, cells):
        raise DamagedError(f"{gathered.name(Spot(*stray))} lies outside its row")
    gathered.faults.update(dict.fromkeys(_unsaved(formulas), UNSAVED))
    return gathered.marks()


def _cells(kind: int, record: bytes) -> Iterator[tuple[Spot, int]]:
    """Yield the cells of a record with their styles."""
    if kind == SHORTS:
        row, first = struct.unpack_from("<HH", record)
        for i in range((len(record) - 6) // 6):
            yield Spot(row, first + i), struct.unpack_from("<H", record, 4 + 6 * i)[0]
    elif kind in (FORMULA, NUMBER, SHORT, BOOLEAN, SHARED, LABEL, RICH):
        row, column, style = struct.unpack_from("<HHH", record)
        yield Spot(row, column), style


def _unsaved(formulas: Mapping[Spot, bytes]) -> Iterable[Spot]:
    """Return the formulas of a sheet that no program has computed.

    One without its result is written as one whose result is an empty text, which some have: those that name such a
    text themselves, and any in a sheet where others have another.
    """
    computed = any(record[6:14] != _EMPTY for record in formulas.values())
    may_be_empty = all(_EMPTY_TEXT in record[22:] for record in formulas.values())
    return () if computed or may_be_empty else formulas


def _error(kind: int, record: bytes) -> str:
    if kind == BOOLEAN and record[7]:
        return ERRORS.get(record[6], "#ERROR")
    if kind == FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2:
        return ERRORS.get(record[8], "#ERROR")
    return ""


def _text(record: bytes, wide: bool, counted: int) -> str:
    """Return a text after its count of letters, with a flag between them in BIFF8."""
    count = int.from_bytes(record[:counted], "little")
    if not wide:
        return record[counted : counted + count].decode("cp1252", "replace")
    letters = record[counted + 1 :]
    if record[counted] & 1:
        return letters[: 2 * count].decode("utf-16-le", "replace")
    return letters[:count].decode("latin-1")


def _stream(content: bytes) -> bytes:
    """Return the stream of the workbook in a compound file ([MS-CFB]), nothing where it has none."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    directory, _, cutoff, small_table = struct.unpack_from("<IIII", content, 48)
    table_sectors = [n for n in struct.unpack_from("<109I", content, 76) if n < _FREE]
    more, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // size)):
        listed = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        table_sectors += [n for n in listed[:-1] if n < _FREE]
        more = listed[-1]
    table = [n for s in table_sectors for n in struct.unpack_from(f"<{size // 4}I", content, (s + 1) * size)]

    def chain(start: int, whole: bytes, following: list[int], step: int, ahead: int) -> bytes:
        pieces: list[bytes] = []
        while start < _FREE and len(pieces) <= len(following):
            pieces.append(whole[(start + ahead) * step : (start + ahead + 1) * step])
            start = following[start]
        return b"".join(pieces)

    entries = chain(directory, content, table, size, 1)
    root_start = struct.unpack_from("<I", entries, 116)[0]
    for at in range(0, len(entries) - 127, 128):
        name = entries[at : at + struct.unpack_from("<H", entries, at + 64)[0]].decode("utf-16-le", "replace")
        if name.rstrip("\0").lower() in ("workbook", "book"):
            start, length = struct.unpack_from("<II", entries, at + 116)
            if length >= cutoff:
                return chain(start, content, table, size, 1)[:length]
            small = chain(small_table, content, table, size, 1)
            links = list(struct.unpack(f"<{len(small) // 4}I", small))
            return chain(start, chain(root_start, content, table, size, 1), links, 64, 0)[:length]
    return b""
