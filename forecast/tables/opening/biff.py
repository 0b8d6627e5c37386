"""The records of the sheets of an .xls workbook, which must follow one another to the end of their sheet.

Programs that open a workbook step over what they do not know, so that a single bit may cost all that stands below;
here a record that is none, or has not the length of its kind, is damage. The numbers are those of [MS-XLS] 2.3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from forecast.tables.opening.spots import DamagedError

BEGIN, END = 0x0809, 0x000A
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
_BLANK, _BLANKS, _ROW, _WINDOW = 0x0201, 0x00BE, 0x0208, 0x023E
_BEYOND = frozenset(
    (_BLANK, NUMBER, LABEL, BOOLEAN, _ROW, _WINDOW, SHORT)
    + (0x0200, 0x0207, 0x020B, 0x0218, 0x0221, 0x0223, 0x0225, 0x0231, 0x0236, 0x0243, 0x0293)
    + (0x0406, 0x0418, 0x041E, 0x0443, 0x04BC, BEGIN)
)
"""Records numbered from 0x0200 to 0x07FF that a sheet may hold."""
_OLDER = frozenset((*range(0x0006), 0x0007, 0x0008, 0x0009, 0x000B))
"""Records that no workbook has since BIFF5."""
_NEWER = range(0x0800, 0x0900)
_LENGTHS = {
    NUMBER: (14,),
    SHORT: (10,),
    SHARED: (10,),
    BOOLEAN: (8, 9),
    _BLANK: (6,),
    _ROW: (16,),
    END: (0,),
    **dict.fromkeys((0x000C, 0x000D, 0x000E, 0x000F, 0x0011, 0x0012, 0x0019, 0x0022, 0x002A, 0x002B), (2,)),
    **dict.fromkeys((0x0010, 0x0026, 0x0027, 0x0028, 0x0029), (8,)),
}
"""Lengths of records that have always one."""
_SHORTEST = {FORMULA: 22, LABEL: 8, RICH: 8, SHORTS: 12, _BLANKS: 10}
_CELLS = frozenset((FORMULA, NUMBER, SHORT, SHORTS, BOOLEAN, SHARED, LABEL, RICH, _BLANK, _BLANKS))
_LAST_COLUMN = 255


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from one begin to its end, those of charts inside left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == BEGIN) - (kind == END)
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        if depth == 0:
            return
        at += 4 + length


def sheet(stream: bytes, at: int, name: str) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a sheet that is whole.

    Raises DamagedError for a record that is none, and for a sheet that does not begin or end as one.
    """
    depth = 0
    last = b""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        record = stream[at + 4 : at + 4 + length]
        if not depth and kind != BEGIN or depth == 1 and not _is_sound(kind, length, record):
            raise DamagedError(f'sheet "{name}" has a part that is none, behind {_told(last)}')
        depth += (kind == BEGIN) - (kind == END)
        at += 4 + length
        if depth == 0 and stream[at : at + 2] not in (b"", b"\0", b"\0\0", struct.pack("<H", BEGIN)):
            raise DamagedError(f'sheet "{name}" ends in its midst, behind {_told(last)}')
        if depth == 0:
            return
        if depth == 1:
            last = record if kind in _CELLS else last
            yield kind, record
    raise DamagedError(f'sheet "{name}" is cut short')


def _told(cell: bytes) -> str:
    return f"row {struct.unpack_from('<H', cell)[0] + 1}" if cell else "its beginning"


def _is_sound(kind: int, length: int, record: bytes) -> bool:
    """Tell whether a record of a sheet is one."""
    known = kind in _BEYOND or kind in _NEWER or kind < 0x0200 and kind not in _OLDER
    if not known or len(record) < length or length not in _LENGTHS.get(kind, (length,)):
        return False
    if length < _SHORTEST.get(kind, 0):
        return False
    if kind not in _CELLS:
        return True
    (first,) = struct.unpack_from("<H", record, 2)
    width = {SHORTS: 6, _BLANKS: 2}.get(kind)
    if width is None:
        return bool(first <= _LAST_COLUMN)
    (last,) = struct.unpack_from("<H", record, length - 2)
    return bool(last <= _LAST_COLUMN and length == 6 + width * (last - first + 1))
