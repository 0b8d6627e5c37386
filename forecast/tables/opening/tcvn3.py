"""Vietnamese in TCVN3, the encoding of the fonts `.VnArial`, `.VnTime`: told by its letters, read as Unicode.

Cells typed in such a font hold the letters of Western Europe ("Th¸ng" for "Tháng"), often beside cells in Unicode.
TCVN 5712:1993, the third of its encodings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_UNICODE = {first + i: letter for first, letters in _LETTERS.items() for i, letter in enumerate(letters)}
_WORD = re.compile(
    r"[^\W\d_]*[\u00a1-\u00fe](?:[^\W\d_]|[\u00a1-\u00fe])*"
)  # with one letter of TCVN3 at least
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:a[iouy]?|ă|â[uy]?|eo?|êu?|i[au]?|iêu?|o[aeoi]?|oa[iy]|oă|oeo|ôi?|ơi?"
    r"|u[aâêiôơy]?|uây|uôi|uy[aêu]|ư[aiơu]?|ươ[iu]|yê?u?)"
    r"(?P<end>ch?|m|ng?|nh|p|t)?"
)
_SIGN = re.compile("[\u00a1-\u00bf]")
_NO, _EITHER, _LIKELY, _CERTAIN = range(4)  # how sure a word's letters are, the surer the larger
_ENOUGH = 3
"""Different words that must be TCVN3, and nothing else, before any cell of a sheet is read so. chosen: what happens
thrice is no accident."""


def read(texts: Iterable[str]) -> dict[str, str]:
    """Return the texts of one sheet that are TCVN3, each with its reading in Unicode.

    A text whose words are Vietnamese only as TCVN3 is; one whose words are Vietnamese either way ("lóa", "lúa")
    follows most of the sheet.

    >>> read(["Th¸ng n¨m", "C«ng nghiÖp chÕ biÕn", "Tổng số"])
    {'Th¸ng n¨m': 'Tháng năm', 'C«ng nghiÖp chÕ biÕn': 'Công nghiệp chế biến'}
    """
    readings: dict[str, int] = {}
    evidence: set[str] = set()
    against = 0
    for text in dict.fromkeys(texts):
        words = _WORD.findall(text)
        if words:
            readings[text] = max(map(_reading, words))
            evidence |= {word for word in words if len(word) > 1 and _reading(word) == _CERTAIN}
        else:
            against += any(vietnamese(word) for word in re.findall(r"\w*[ạ-ỹđ]\w*", text))
    if len(evidence) < _ENOUGH:
        return {}
    least = _EITHER if sum(reading == _CERTAIN for reading in readings.values()) > against else _LIKELY
    return {text: _WORD.sub(_decoded, text) for text, reading in readings.items() if reading >= least}


def _reading(word: str) -> int:
    """Return how surely a word is TCVN3."""
    read = vietnamese(_unicode(word))
    if read and not vietnamese(word):
        return _CERTAIN
    if len(word) > 1 and _SIGN.search(word) and not read:
        return _LIKELY  # a foreign name, an abbreviation
    return _EITHER if read else _NO


def _decoded(letters: re.Match[str]) -> str:
    return _unicode(letters[0])


def _unicode(word: str) -> str:
    """Return a word in Unicode; the fonts of capitals (`.VnArialH`) show small letters with marks as capitals."""
    typed = [letter for letter in word if letter.isascii()]
    read = word.translate(_UNICODE)
    return read.upper() if len(typed) > 1 and all(map(str.isupper, typed)) else read


@lru_cache(maxsize=20_000)  # bulletins repeat their words
def vietnamese(word: str) -> bool:
    """Tell whether a word has the form of a Vietnamese syllable, its tone and its capitals included.

    >>> vietnamese("nghiệp"), vietnamese("nghiÖp"), vietnamese("Mär"), vietnamese("chÕ")
    (True, False, False, False)
    """
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in parts if ord(letter) in _TONES]
    syllable = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", parts.translate(_TONES)))
    if syllable is None or len(tones) > 1:
        return False
    stopped = (syllable["end"] or "") in ("c", "ch", "p", "t")
    return not stopped or tones in (["\u0301"], ["\u0323"])
