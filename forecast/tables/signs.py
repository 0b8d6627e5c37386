"""`direction`: whether a mark or a few words beside or above a number say that it is a rise or a fall."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from forecast.tables.languages import listed
from forecast.tables.words import unaccented

RISE, FALL, FLAT = 1, -1, 0
"""What a mark or a word makes of the number beside it: its sign, 0 for no change."""

NEGATIVE_IN_JAPAN = frozenset("▲△")
"""Marks of a rise that mark a negative number in Japan."""

_MARKS = {
    **dict.fromkeys("+▲△▴▵↑⬆⇧⇑↗🔺", RISE),
    **dict.fromkeys("-\u2212–—▼▽▾▿↓⬇⇩⇓↘🔻", FALL),
    **dict.fromkeys("=→↔►▶●", FLAT),
}
_IN_NAMES = frozenset({"growing", "growth", "gain", "gains"})
"""Words of rises that end names of industries: fruit growing."""
_DASHES = frozenset("+-\u2212–—=●")
"""Marks that also head the items of a list."""
_ALONE = frozenset({"up", "down", "plus", "minus", "positive", "negative", "alta", "baja", "baixa", "flat"})
"""Words that say a direction only where nothing stands beside them: "Down of birds" is a product."""


@lru_cache(maxsize=5_000)  # files repeat their labels and marks
def direction(text: str) -> int | None:
    """Return `RISE`, `FALL` or `FLAT` where a text says that and nothing else, None for every other.

    >>> [direction(text) for text in ("▲", "(-)", "Các ngành giảm:", "Industries with decline", "không đổi")]
    [1, -1, -1, -1, 0]
    >>> [direction(text) for text in ("p", "Tăng/giảm", "Growth or decline", "Giám sát", "Thiết bị giảm chấn")]
    [None, None, None, None, None]
    """
    bare = bare_mark(text)
    if bare in _MARKS:
        return _MARKS[bare]
    said = _words(bare)
    meanings = _meanings(bare.isascii())
    found: set[int | None] = set()
    i = 0
    while i < len(said):
        length = next((n for n in range(len(said) - i, 0, -1) if tuple(said[i : i + n]) in meanings), 0)
        if not length or re.search(r"\d", bare) or said[i] in _ALONE and len(said) > 1:
            return None
        found.add(meanings[tuple(said[i : i + length])])
        i += length
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def marked_label(text: str) -> tuple[str, int | None]:
    """Return a label without the arrow or the word of a rise or fall at its end or an arrow in front, and which it is.

    >>> marked_label("Khai khoáng giảm"), marked_label("▼ Mining"), marked_label("Textiles (decrease)")
    (('Khai khoáng', -1), ('Mining', -1), ('Textiles', -1))
    >>> marked_label("Fruit growing"), marked_label("Feathers and down")
    (('Fruit growing', None), ('Feathers and down', None))
    >>> marked_label("Nhà 5 tầng"), marked_label("- Mining"), marked_label("Giảm")
    (('Nhà 5 tầng', None), ('- Mining', None), ('Giảm', None))
    """
    first, _, rest = text.strip().partition(" ")
    start, _, last = text.strip().rpartition(" ")
    meanings = _meanings(text.isascii())
    for mark, label in ((first, rest), (last, start)):
        if label and _MARKS.get(bare_mark(mark)) is not None and bare_mark(mark) not in _DASHES:
            return label.strip(), _MARKS[bare_mark(mark)]
    said = tuple(_words(last))
    if start and len(said) == 1 and said[0] not in _ALONE | _IN_NAMES and meanings.get(said) in (RISE, FALL):
        return start.strip(" -–:,"), meanings[said]
    return text, None


def speaks_of_falls(text: str) -> bool:
    """Tell a text that speaks of falls and of no rises, whatever else it says.

    >>> speaks_of_falls("Tháng 4 giảm so với cùng kỳ"), speaks_of_falls("Increase (+), decrease (-)")
    (True, False)
    """
    found = _found(text, _meanings(text.isascii()))
    return FALL in found and RISE not in found


def speaks_of_signs(text: str) -> bool:
    """Tell the heading of a column of signs from that of a trend or an outlook.

    >>> [speaks_of_signs(text) for text in ("Tăng/giảm", "+/-", "Dấu", "Trend", "4 tháng đầu năm")]
    [True, True, True, False, False]
    """
    named = _found(text, dict.fromkeys(_phrases("direction", text.isascii()), RISE))
    marks = any(map(is_mark, text.split("/"))) or "±" in text
    return marks or bool((named | _found(text, _meanings(text.isascii()))) & {RISE, FALL})


def _found(text: str, meanings: Mapping[tuple[str, ...], int | None]) -> set[int | None]:
    """Return what the phrases in a text mean, those left out that say a direction only alone."""
    said = _words(text)
    windows = (tuple(said[i : i + n]) for n in (1, 2, 3) for i in range(len(said)))
    return {meanings.get(window) for window in windows if window[0] not in _ALONE or len(said) == 1}


def bare_mark(text: str) -> str:
    """Return a mark without brackets and spaces around it."""
    return text.replace("\ufe0f", "").strip(" ()[]")


def is_mark(text: str) -> bool:
    """Tell a sign or an arrow from words.

    >>> is_mark("▼"), is_mark("giảm")
    (True, False)
    """
    return bare_mark(text) in _MARKS


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text.casefold()))


@cache
def _meanings(plain: bool) -> dict[tuple[str, ...], int | None]:
    """Return phrase -> the direction that it says, None for words that only name a group.

    plain : as typed without accents; else "tầng", a floor, would be "tăng"
    """
    kinds = {"group": None, "unchanged": FLAT, "rise": RISE, "fall": FALL}
    return {phrase: meaning for kind, meaning in kinds.items() for phrase in _phrases(kind, plain)}


def _phrases(kind: str, plain: bool) -> list[tuple[str, ...]]:
    spelled = unaccented if plain else str.casefold
    return [tuple(_words(spelled(phrase))) for phrase in listed(kind)]
