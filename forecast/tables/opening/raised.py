"""Text set apart within a cell: what is above or below the line is the mark of a footnote, and no digit.

"112.6" with a raised 1 is written "112.6¹", as a text file would; plain text would make 112.61 of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from forecast.tables import doubtful
from forecast.tables.opening.spots import Fault, Text

_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", "()[]")
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉", "()[]")

RAISED, LOWERED, STRUCK, SMALL, LINKED = "raised", "lowered", doubtful.STRUCK, "small", "linked"
"""How a piece of a text is set: off the line, struck out, in much smaller letters than the sheet's, as a link."""
_PLACES = {1: RAISED, 2: LOWERED}
"""How a font of a binary workbook sets its text, by its number; on the line by any other."""
_STRUCK = 0x0008  # flag of a font of a binary workbook
MUCH_SMALLER = 0.75
"""Size of letters up to which they are small. chosen: footnotes in 8 of 11 points are, a table in 9 of 11 is not."""
_OFF = (RAISED, LOWERED, STRUCK)
_NUMBER = re.compile(r"[-+\u2212\s]*[\d.,\s]+%?\s*")


class Font(NamedTuple):
    """A font of a binary workbook: height of its letters, flags, and the number of its place to the line."""

    height: int
    flags: int
    place: int


def of_fonts(fonts: Sequence[Font]) -> dict[int, str]:
    """Return font, by its position, -> how it sets its text, without those that do as most, which the first does."""
    how = {}
    for i, font in enumerate(fonts):
        small = SMALL if font.height <= MUCH_SMALLER * fonts[0].height else ""
        how[i] = STRUCK if font.flags & _STRUCK else _PLACES.get(font.place, small)
    return {i: said for i, said in how.items() if said}


def read(pieces: Sequence[tuple[str, str]]) -> Text:
    """Return the text of a cell from its pieces, and its fault where digits may or may not be of the number beside.

    >>> read([("112.6", ""), ("1", SMALL)]).fault.what
    'holds "112.6" and beside it "1" in small letters, which may be a footnote or a digit'
    >>> read([("112.", ""), ("6", SMALL)])
    Text(text='112.6', struck=False, fault=None)
    >>> read([("112.6", STRUCK)]).text
    '112.6 (struck out)'
    """
    text = joined(pieces)
    if doubtful.is_number(text) and all(how == STRUCK for piece, how in pieces if piece.strip()):
        return Text(doubtful.doubtful(text, STRUCK))
    struck = any(how == STRUCK for _, how in pieces) and text != "".join(piece for piece, _ in pieces)
    shown = [(piece, how) for piece, how in pieces if piece and how not in _OFF]
    if len({how for _, how in shown}) > 1 and _NUMBER.fullmatch("".join(piece for piece, _ in shown)):
        for i, (piece, how) in enumerate(shown):
            before, after = ("".join(p for p, _ in some) for some in (shown[:i], shown[i + 1 :]))
            fused = before[-1:].isdecimal() and piece[0].isdecimal()
            if (
                how
                and piece.strip().isdecimal()
                and (fused or piece[-1].isdecimal() and after[:1].isdecimal())
            ):
                return Text(text, struck, _doubt((before + " " + after).strip(), piece.strip(), how))
    return Text(text, struck)


def _doubt(number: str, digits: str, how: str) -> Fault:
    said = "in small letters" if how == SMALL else "as a link"
    return Fault(
        f'holds "{number}" and beside it "{digits}" {said}, which may be a footnote or a digit',
        "write the number alone, or set a footnote above the line",
    )


def joined(pieces: Sequence[tuple[str, str]]) -> str:
    """Return the text of a cell from its pieces, each with how it is set, or "" for how most are.

    A cell that is set above the line or struck out as a whole stays as it is.

    >>> joined([("112.6", ""), ("(1)", RAISED)]), joined([("112.6", RAISED)]), joined([("112", ""), ("p", RAISED)])
    ('112.6¹', '112.6', '112p')
    >>> joined([("9", STRUCK), ("112.6", "")]), joined([("112.6", STRUCK)])
    ('112.6', '112.6')
    """
    on_the_line = any(text.strip() for text, how in pieces if how not in _OFF)
    return "".join(mark(text, how) if on_the_line else text for text, how in pieces)


def set_in(text: str, runs: Sequence[tuple[int, int]], how: Mapping[int, str]) -> Text:
    """Return a text whose runs, each from a position on, are set in fonts, with its marks.

    runs : position and font · how : font -> how it sets its text, without those that do as most

    >>> set_in("112.61", [(5, 3)], {3: RAISED})
    Text(text='112.6¹', struck=False, fault=None)
    """
    starts = [0, *(at for at, _ in runs), len(text)]
    fonts = ["", *(how.get(font, "") for _, font in runs)]
    return read([(text[a:b], font) for a, b, font in zip(starts, starts[1:], fonts, strict=False)])


def mark(text: str, how: str) -> str:
    """Return a piece of text with its digits above or below the line, if it has any, and without brackets.

    What is struck out is nothing.
    """
    if how == STRUCK:
        return ""
    if how not in _OFF or not any(map(str.isdecimal, text)):
        return text
    return text.translate(_ABOVE if how == RAISED else _BELOW)
