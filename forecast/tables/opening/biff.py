"""The records of the sheets of an .xls workbook, which must follow one another to the end of their sheet.

Programs that open a workbook step over what they do not know, so that a single bit may cost all that stands below;
here a record that is none, or has not the length of its kind, is damage. The numbers are those of [MS-XLS] 2.3.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Mapping

from forecast.tables.opening.spots import DamagedError

BEGIN, END = 0x0809, 0x000A  # records that a stream begins and ends with
FORMULA, NUMBER, SHORT, SHORTS, BOOLEAN, SHARED, LABEL, RICH = (
    0x0006,
    0x0203,
    0x027E,
    0x00BD,
    0x0205,
    0x00FD,
    0x0204,
    0x00D6,
)
"""Records of cells that hold something."""
ROW = 0x0208  # the record of a row
_BLANK, _BLANKS, _WINDOW = 0x0201, 0x00BE, 0x023E  # records of empty cells and of what is shown of a sheet
_BEYOND = frozenset(
    (_BLANK, NUMBER, LABEL, BOOLEAN, ROW, _WINDOW, SHORT)
    + (0x0200, 0x0207, 0x020B, 0x0218, 0x0221, 0x0223, 0x0225, 0x0231, 0x0236, 0x0243, 0x0293)
    + (0x0406, 0x0418, 0x041E, 0x0443, 0x04BC, BEGIN)
)
"""Records numbered from 0x0200 to 0x07FF that a sheet may hold."""
_OLDER = frozenset((*range(0x0006), 0x0007, 0x0008, 0x0009, 0x000B, 0x007E, 0x00BF))
"""Numbers below these that no record has since BIFF5."""
_NEWER = frozenset((*range(0x0800, 0x08E0), *range(0x1000, 0x1070)))
"""Records of later versions, and those of charts, one of which also stands before the sheets."""
_LENGTHS = {
    NUMBER: (14,),
    SHORT: (10,),
    SHARED: (10,),
    BOOLEAN: (8, 9),
    _BLANK: (6,),
    ROW: (16,),
    END: (0,),
    0x0200: (10, 14),
    0x00A1: (34,),
    **dict.fromkeys((0x000C, 0x000D, 0x000E, 0x000F, 0x0011, 0x0012, 0x0019, 0x0022, 0x002A, 0x002B), (2,)),
    **dict.fromkeys((0x0055, 0x005F, 0x0063, 0x0081, 0x0082, 0x0083, 0x0084, 0x0099, 0x00DD), (2,)),
    **dict.fromkeys((0x0010, 0x0026, 0x0027, 0x0028, 0x0029, 0x0080), (8,)),
}
"""Lengths of records that have always one."""
_SHORTEST = {FORMULA: 22, LABEL: 8, RICH: 8, SHORTS: 12, _BLANKS: 8}
_CELLS = frozenset((FORMULA, NUMBER, SHORT, SHORTS, BOOLEAN, SHARED, LABEL, RICH, _BLANK, _BLANKS))
_LINES = frozenset((0x0014, 0x0015))
"""The lines above and below a printed page."""
_LAST_COLUMN = 255  # from 0, of a sheet of this format
_LONGEST_LINE = 600  # bytes: 255 letters of two, and their count
_FEW = 0.1
"""Share of cells outside of what their rows say, up to which they are damaged. chosen: if no row says it, all are."""


def whole(stream: bytes, at: int, what: str) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a sheet, or of what stands before the sheets, that is whole.

    Raises DamagedError for a record that is none, and for what does not begin or end as it must.
    """
    depth = 0
    last = b""
    after_cells = False
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        record = stream[at + 4 : at + 4 + length]
        sound = kind == BEGIN if depth == 0 else depth > 1 or _is_sound(kind, length, record)
        if not sound or after_cells and depth == 1 and kind in _CELLS:
            raise DamagedError(f"{what} is broken behind {_told(last)}")
        depth += (kind == BEGIN) - (kind == END)
        at += 4 + length
        if depth == 0:
            if stream[at : at + 2] not in (b"", b"\0", b"\0\0", struct.pack("<H", BEGIN)):
                raise DamagedError(f"{what} ends in its midst, behind {_told(last)}")
            return
        if depth == 1:
            last = record if kind in _CELLS else last
            after_cells = after_cells or kind == _WINDOW
            yield kind, record
    raise DamagedError(f"{what} is cut short")


def stray(
    widths: Mapping[int, tuple[int, int]], cells: Collection[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return a cell that lies outside its row while next to all others lie within theirs.

    widths : row -> its first column, and the one behind its last
    """
    outside = [
        (row, column)
        for row, column in cells
        if row not in widths or not widths[row][0] <= column < widths[row][1]
    ]
    return outside[0] if 0 < len(outside) <= _FEW * len(cells) else None


def _told(cell: bytes) -> str:
    return f"row {struct.unpack_from('<H', cell)[0] + 1}" if cell else "its beginning"


def _is_sound(kind: int, length: int, record: bytes) -> bool:
    """Tell whether a record of a sheet is one."""
    known = kind in _BEYOND or kind in _NEWER or kind < 0x0200 and kind not in _OLDER
    if not known or len(record) < length or length not in _LENGTHS.get(kind, (length,)):
        return False
    if kind in _LINES and length > _LONGEST_LINE or length < _SHORTEST.get(kind, 0):
        return False
    if kind not in _CELLS:
        return True
    (first,) = struct.unpack_from("<H", record, 2)
    width = {SHORTS: 6, _BLANKS: 2}.get(kind)
    if width is None:
        return bool(first <= _LAST_COLUMN)
    (last,) = struct.unpack_from("<H", record, length - 2)
    return bool(last <= _LAST_COLUMN and length == 6 + width * (last - first + 1))
