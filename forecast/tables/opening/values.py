"""What a cell holds, as the rest of the reading expects it: trimmed text, finite numbers, typed dates."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from forecast.tables import doubtful
from forecast.tables.cells import Value
from forecast.tables.numbers import TOO_LARGE

_UNSEEN = re.compile(
    "[\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that show nothing, as web pages and right-to-left text leave them ([Unicode],
Default_Ignorable_Code_Point)."""

_BLANK = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")
"""Fillers and the empty pattern of Braille, which show a space."""
_DIGIT = re.compile(r"(?![0-9])\d")
"""A digit of another script or width."""

_SIGNS = dict(zip(map(ord, "．，－＋％／٫٬ᵖʳᵉᶠ"), ".,-+%/.,pref", strict=True))
_WRITTEN = {0xAD: None, **_SIGNS}
"""The signs of such digits, raised letters, which are marks, as everywhere, and a hyphen that shows at a line's end."""

_MINUS = re.compile(r"^\s*[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d](?=\s?\d)")
"""Hyphens and dashes that stand for a minus: a word processor's, a font's, a web page's."""


_TURNING = re.compile("[\u202d\u202e]")
"""Characters that show what follows in another order than it is written in."""


def text(raw: str) -> str:
    r"""Return text with every run of spaces, line breaks and hard spaces as one space, digits as 0 to 9.

    >>> text(" Toàn\n ngành\u00a0công nghiệp ")
    'Toàn ngành công nghiệp'
    >>> text("１０４．５"), text("٩٨٫٢"), text("117.4ᵖ"), text("\u00ad4,5"), text("\u2014 4,5")
    ('104.5', '98.2', '117.4p', '-4,5', '- 4,5')
    >>> text("\u200e\u22129.6\u200f"), text("\u31649.6\u2800")
    ('-9.6', '9.6')
    >>> text("\u202e5.48\u202c")
    '5.48 (in another order)'
    """
    if not raw.isascii():
        if _TURNING.search(raw) and doubtful.is_number(bare := text(_TURNING.sub("", raw))):
            return doubtful.doubtful(bare, doubtful.TURNED)
        seen = _MINUS.sub("-", _UNSEEN.sub("", raw.translate(_BLANK)))
        raw = _DIGIT.sub(lambda hit: str(unicodedata.decimal(hit[0])), seen.translate(_WRITTEN))
    return " ".join(raw.split())


def number(raw: float) -> float | str:
    """Return a number without the noise of a spreadsheet's arithmetic; one beyond all figures becomes its word.

    A spreadsheet's own 106.3 − 100 is 6.299999999999997: the digits beyond the twelfth are its arithmetic.

    >>> number(106.3 - 100), number(float("inf"))
    (6.3, 'inf')
    """
    return float(f"{raw:.12g}") if abs(raw) < TOO_LARGE else str(raw)


def is_number(raw: str) -> bool:
    """Tell a number as programs write it into a workbook.

    >>> is_number("103.4"), is_number("103,4"), is_number(" 1_000")
    (True, False, False)
    """
    try:
        float(raw)
    except ValueError:
        return False
    return raw == raw.strip() and "_" not in raw


def percent(raw: float) -> str:
    """Return a number that its sheet shows with a percent sign as it is shown.

    >>> percent(0.053)
    '5.3%'
    """
    return str(number(100 * raw)).removesuffix(".0") + "%"


def plain(raw: object) -> Value:
    """Return a cell of any library as text, a finite number, a date or nothing; true and false as words.

    >>> plain(True), plain(3), plain(" x "), plain(None)
    ('TRUE', 3.0, 'x', None)
    """
    if raw is None or isinstance(raw, datetime):
        return raw
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, int | float):
        return number(float(raw))
    return text(str(raw)) or None
