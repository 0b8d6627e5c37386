"""The bundled typeface: where its files lie and which characters it can print."""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path

FAMILY = "Noto Sans"
FOLDER = Path(__file__).parent / "fonts"
FILES = tuple(FOLDER / f"NotoSans-{style}.ttf" for style in ("Regular", "Italic", "SemiBold", "Bold"))

_MISSING = "\ufffd"


def printable(text: str) -> str:
    """Return the text composed (NFC), white space as blanks, characters that no bundled font holds as U+FFFD.

    A missing glyph would stop the PDF (PDF/UA forbids it) or change the font of a chart in silence.

    >>> printable("sụt\\n5 %"), printable("生産")
    ('sụt 5 %', '��')
    """
    held = _coverage()
    return "".join(
        " " if c.isspace() else c if ord(c) in held else _MISSING for c in unicodedata.normalize("NFC", text)
    )


@functools.cache
def _coverage() -> frozenset[int]:
    """Code points that all four fonts hold."""
    held: set[int] = set()
    for line in (FOLDER / "coverage.txt").read_text("ascii").split():
        first, last = (int(end, 16) for end in line.split("-"))
        held.update(range(first, last + 1))
    return frozenset(held)
