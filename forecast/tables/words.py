"""Words as people type them: headings with or without Vietnamese accents, and the nearest valid one."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

OFF_LINE = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾₀₁₂₃₄₅₆₇₈₉₍₎")
"""Digits and brackets above and below the line."""

_FOOTNOTE = re.compile(rf"(?:(?<=[\d)\]])|(?<=[^\W\d_]{{3}}))[{''.join(sorted(OFF_LINE))}]+")
"""Raised digits behind a number or a word, which are marks of footnotes; those of "m²" and "km²" are not."""

_OTHERS = re.compile("[^a-z0-9]+")
_ACCENTED = re.compile("([a-zα-ωıøłđħŧæœ])[\u0300-\u036f]+|(?<=е)\u0308")
"""Letters with accents that make no other word: Latin and Greek ones, and the Russian ё."""
_PLAIN = str.maketrans(
    {"đ": "d", "ı": "i", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
"""Latin letters that are no others with an accent, as they are written without."""

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\b\d{4}\s*=\s*100\b|\b100\s*=\s*\d{4}\b")
"""Notes in brackets and bases of a name."""
RENAMED_WITHIN = 3
"""Months from the last of a series to the first of another of nearly its name, at most, where they may be one. chosen:
at a change of base one or two are left out."""
_ALIKE = 0.75
"""Likeness of two names of one series, twice the letters in common over all. chosen: "Industry" and "Industries"."""


def unaccented(text: str) -> str:
    """Return the text in lower case without accents and marks of footnotes, đ as d.

    >>> unaccented("Tháng Tư, Đà Nẵng¹"), unaccented("km²")
    ('thang tu, da nang', 'km2')
    """
    if text.isascii():
        return text.casefold()
    if not OFF_LINE.isdisjoint(text):
        text = _FOOTNOTE.sub("", text)
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).casefold()  # Korean syllables stay whole


def plain_name(text: str) -> str:
    """Return one spelling of a name however it is accented, capitalised, spaced or underscored.

    >>> plain_name("Bắc  Ninh"), plain_name("bac_ninh")
    ('bac ninh', 'bac ninh')
    """
    return " ".join(unaccented(text).replace("_", " ").split())


@lru_cache(maxsize=5000)  # files repeat their words
def fold(text: str) -> str:
    """Return one spelling for all spellings of a heading or a name, in the letters of its own script.

    Latin letters lose their accents, of other scripts none: those of й and が make another letter.

    >>> fold(" Ngày công bố "), fold("NGAY_CONG_BO"), fold("yoy (%)")
    ('ngay_cong_bo', 'ngay_cong_bo', 'yoy')
    >>> fold("Добыча 10"), fold("Łódź"), fold("電気・ガス"), fold("เหมืองแร่")
    ('добыча_10', 'lodz', '電気_ガス', 'เหมืองแร่')
    """
    if text.isascii():
        return _OTHERS.sub("_", text.casefold()).strip("_")
    if not OFF_LINE.isdisjoint(text):
        text = _FOOTNOTE.sub("", text)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", folded)).translate(_PLAIN)
    whole = unicodedata.normalize("NFC", kept)
    return "_".join("".join(map(_letter, whole)).split())


def _letter(c: str) -> str:
    """Return a letter, digit or sign of a vowel as it is, nothing for what has no width, else a space."""
    of = unicodedata.category(c)
    return c if of[0] in "LMN" else "" if of == "Cf" else " "


def latin(text: str) -> str:
    """Return what `fold` makes of the Latin letters and figures of a text, "" where it has none.

    >>> latin("Chỉ số 指数"), latin("Добыча")
    ('chi_so', '')
    """
    return "_".join(re.findall("[a-z0-9]+", fold(text)))


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """Return the valid word most like the one given, or None where nothing comes near.

    >>> nearest("yoy", ["mom_pct", "yoy_pct", "ytd_yoy_pct"])
    'yoy_pct'
    """
    spelled = {fold(v): v for v in valid}
    folded = fold(word)
    close = difflib.get_close_matches(folded, spelled, n=1, cutoff=0.65)
    if not close:  # one of the two is the other cut short
        close = [
            v
            for v in spelled
            if min(len(v), len(folded)) > 2 and (v.startswith(folded) or folded.startswith(v))
        ]
    return spelled[close[0]] if close else None


def nearest_name(name: str, others: Iterable[str]) -> str | None:
    """Return the name most like another, of which it may be a later spelling; None where none is.

    Notes in brackets and bases aside, the one begins with the other, or is spelled much like it with the same digits.

    >>> nearest_name("Industry (2015=100)", ["Mining", "Industries", "INDUSTRY, 2020 = 100"])
    'INDUSTRY, 2020 = 100'
    >>> nearest_name("C10", ["C11", "Food"])
    """
    like = {other: _likeness(_stem(name), _stem(other)) for other in others}
    best = max(like, key=lambda other: like[other], default="")
    return best if like and like[best] >= _ALIKE else None


def _stem(name: str) -> str:
    """Return a name without notes in brackets and bases, in one spelling."""
    plain = plain_name(name)
    return " ".join(re.findall(r"[^\W_]+", _ASIDE.sub(" ", plain))) or plain


def _likeness(one: str, other: str) -> float:
    short, long = sorted((one, other), key=len)
    if one == other or len(short) > 2 and long.startswith(short):
        return 1.0
    same = re.findall(r"\d+", one) == re.findall(r"\d+", other)
    return difflib.SequenceMatcher(None, one, other).ratio() if same else 0.0


def suggestion(word: str, valid: Sequence[str], limit: int = 12) -> str:
    """Return the remedy for an unknown word: the nearest valid one, else all of them.

    >>> suggestion("manufacturng", ["total", "manufacturing"])
    'did you mean "manufacturing"?'
    """
    near = nearest(word, valid)
    if near is not None:
        return f'did you mean "{near}"?'
    shown = ", ".join(valid[:limit]) + (f" and {len(valid) - limit} more" if len(valid) > limit else "")
    return f"valid: {shown}" if valid else "there is none"


def match_headings(
    header: Sequence[str], aliases: Mapping[str, Sequence[str]], columns: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Return the position of each wanted column in a header.

    aliases : wanted name -> folded headings that mean it (the name itself always does)
    columns : wanted name -> heading as this file writes it; wins over the aliases
    Raises ValueError, one argument per problem, for a heading that `columns` names and the file lacks.
    """
    folded = [fold(h) for h in header]
    spelled = [latin(h) or of for h, of in zip(header, folded, strict=True)]  # in two scripts: "Region 地区"
    columns = columns or {}
    columns_of: dict[str, int] = {}
    problems = []
    for name, heading in columns.items():
        if fold(heading) in folded:
            columns_of[name] = folded.index(fold(heading))
        else:
            problems.append(f'no column "{heading}" (wanted as {name}); {suggestion(heading, list(header))}')
    for name, others in aliases.items():
        if name in columns:
            continue
        for word in (name, *others):
            if word in spelled and spelled.index(word) not in columns_of.values():
                columns_of[name] = spelled.index(word)
                if spelled.count(word) > 1:
                    problems.append(
                        f'{spelled.count(word)} columns are headed "{header[columns_of[name]]}"; keep one, '
                        "or put tables that stand side by side into a file each"
                    )
                break
    if problems:
        raise ValueError(*problems)
    return columns_of
