"""Text set above or below the line of a cell: marks of footnotes, which are no digits of the number before them.

"112.6" with a raised 1 is written "112.6¹", as a text file would; plain text would make 112.61 of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", "()[]")
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉", "()[]")

RAISED, LOWERED = "raised", "lowered"
SET = {1: RAISED, 2: LOWERED}
"""How a font of a binary workbook sets its text, by its number; on the line by any other."""


def joined(pieces: Sequence[tuple[str, str]]) -> str:
    """Return the text of a cell from its pieces, each with how it is set: `RAISED`, `LOWERED` or "".

    A cell that is set above the line as a whole is no mark of anything: it stays as it is.

    >>> joined([("112.6", ""), ("(1)", RAISED)]), joined([("112.6", RAISED)]), joined([("112", ""), ("p", RAISED)])
    ('112.6¹', '112.6', '112p')
    """
    on_the_line = any(text.strip() for text, how in pieces if not how)
    return "".join(mark(text, how) if on_the_line else text for text, how in pieces)


def set_in(text: str, runs: Sequence[tuple[int, int]], how: Mapping[int, str]) -> str:
    """Return a text whose runs, each from a position on, are set in fonts, with its marks.

    runs : position and font · how : font -> `RAISED` or `LOWERED`, without those on the line

    >>> set_in("112.61", [(5, 3)], {3: RAISED})
    '112.6¹'
    """
    starts = [0, *(at for at, _ in runs), len(text)]
    fonts = ["", *(how.get(font, "") for _, font in runs)]
    return joined([(text[a:b], font) for a, b, font in zip(starts, starts[1:], fonts, strict=False)])


def mark(text: str, how: str) -> str:
    """Return a piece of text with its digits above or below the line, if it has any, and without brackets."""
    if not how or not any(map(str.isdecimal, text)):
        return text
    return text.translate(_ABOVE if how == RAISED else _BELOW)


def rewritten(xml: str, runs: re.Pattern[str], how: str) -> str:
    """Return XML with the text of such runs as marks.

    runs : with the groups "start" (empty for a run that is not the first of its cell), "text", and "end" (likewise)
    """
    return runs.sub(partial(_run, how=how), xml)


def _run(hit: re.Match[str], how: str) -> str:
    if hit["start"] and hit["end"]:
        return hit[0]
    before, after = hit.start("text") - hit.start(), hit.end("text") - hit.start()
    return hit[0][:before] + mark(hit["text"], how) + hit[0][after:]
