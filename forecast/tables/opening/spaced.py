"""`spaced`: tables of text whose columns are set apart by spaces alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from forecast.errors import DataError

_PIECE = re.compile(r"[^ ]+(?: [^ ]+)*")  # a single space is one of a name
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_NUMBER = re.compile(r"[-+\u2212]?[\d.,]+%?")
_FEWEST = 3  # lines of one width beside others; chosen: two may be chance


class _Extent(NamedTuple):
    """Hold where a column's cells begin and where they end."""

    begins: frozenset[int]
    ends: frozenset[int]


def spaced(name: str, text: str, separators: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return a text whose lines mostly have as many columns, two spaces or more between them, with tabs, and notes.

    Lines of one column are titles and footnotes; one of fewer columns stands below those that it fills. "" for every
    other text, as for one with separators in its columns.
    Raises DataError for a line of another width that does not stand below the columns.
    """
    lines = [list(_PIECE.finditer(line.rstrip())) for line in text.split("\n")]
    widths = Counter(len(line) for line in lines if line)
    width = max(widths, key=lambda n: (n > 1, widths[n], n), default=0)
    several = [line for line in lines if len(line) > 1]
    if width < 2 or any(_separated(piece[0], separators) for line in several for piece in line):
        return "", ()
    if widths[width] < widths.total() and (widths[width] < _FEWEST or 2 * widths[width] <= widths.total()):
        return "", ()
    full = [number for number, line in enumerate(lines, start=1) if len(line) == width]
    extents = _extents([lines[number - 1] for number in full])
    out, placed = [], []
    for number, line in enumerate(lines, start=1):
        cells = [piece[0] for piece in line]
        alone = not line or len(line) == 1 and line[0].start() < max(extents[0].ends)
        if not alone and len(line) != width:
            among = full[0] < number <= full[-1]
            if (at := _below(line, extents)) is not None:
                cells = [cells[at.index(c)] if c in at else "" for c in range(width)]
                placed.append(number)
            elif among or any(_NUMBER.fullmatch(cell) for cell in cells):
                raise DataError(_unlike(f"{name}:{number}", len(line), width))
            else:
                cells = [" ".join(cells)]
        out.append("\t".join(cells))
    notes = ["columns set apart by spaces were read"]
    if placed:
        notes.append(f"line {placed[0]} has fewer columns than others and was read by where its own stand")
    return "\n".join(out), tuple(notes)


def _separated(cell: str, separators: Sequence[str]) -> bool:
    bare = _DECIMAL_COMMA.sub("", cell)
    return any(separator in bare for separator in separators)


def _extents(lines: Sequence[Sequence[re.Match[str]]]) -> list[_Extent]:
    """Return where the cells of each column begin and end."""
    return [
        _Extent(frozenset(piece.start() for piece in column), frozenset(piece.end() for piece in column))
        for column in zip(*lines, strict=True)
    ]


def _below(line: Sequence[re.Match[str]], extents: Sequence[_Extent]) -> list[int] | None:
    """Return the column of each piece of a line: the only one that it stands below, begun or ended as others there.

    None where a piece has none.
    """
    at: list[int] = []
    for piece in line:
        below = [
            c for c, of in enumerate(extents) if piece.start() < max(of.ends) and min(of.begins) < piece.end()
        ]
        if len(below) != 1 or below[0] in at:
            return None
        if piece.start() not in extents[below[0]].begins and piece.end() not in extents[below[0]].ends:
            return None
        at += below
    return at


def _unlike(place: str, found: int, width: int) -> str:
    return (
        f"{place}: has {found} columns set apart by spaces where most lines have {width}, and does not stand below "
        "them; put each number below its heading, write .. where nothing is published, or save the table as CSV"
    )
