"""`moment`: what one text says of time, whatever its spelling and language; a year or a month may be missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from forecast.tables.eras import common
from forecast.tables.forms import TO_DATE, Moment, exists, forms, two_years
from forecast.tables.languages import folded_name, month_names, words
from forecast.tables.marks import off_line, split_heading
from forecast.tables.words import unaccented

_ROMAN = {
    n: i for i, n in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1)
}
_TIME = re.compile(
    r"[T ](?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)? ?(?P<half>[AaPp][Mm])?"
    r" ?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?$"
)
_TOKEN = re.compile(
    r"(?P<digits>\d+)|(?P<word>[^\s\d!-/:-@\[-`{-~’‘–—～〜年月日년월일]+|[年月日년월일])|(?P<sign>\S)"
)
_SIGNS = str.maketrans("’‘–—\u2212\u2011\u2010_～〜\\", "''------~~/")
_LETTER = r"[^\s\d!-/:-@\[-`{-~]"  # vowel signs of Thai and Hindi among them
_R_NAME = re.compile(r"^X(?=\d{4}(\.\d{2}){1,2}$)")  # as R writes a heading that begins with a digit
_INNER_DOT = re.compile(rf"(?<={_LETTER})\.(?={_LETTER})")
_DOT = re.compile(rf"(?<={_LETTER})\.")
_ROLES = (("d", "day"), ("y", "year"), ("m", "month"), ("q", "quarter"), ("h", "half"), ("c", "to_date"))
_BETWEEN = re.compile(r"\s+[-–—|/]\s+|\s*/\s+|\s+/\s*|\s*[|]\s*|(?<=\w)/(?=[^\W\d])")
_OWN = {"月": "g", "월": "g", "t": "t", "第": "", "제": "", "st": "o", "nd": "o", "rd": "o", "jj": "y"}


@lru_cache(maxsize=50_000)  # files repeat their dates
def moment(text: str, languages: frozenset[str] | None = None) -> Moment | None:
    """Return what a text says of time where it says nothing else; None for every other text.

    languages : of the names of months; names that all of them, or all languages, agree on by default

    >>> moment("Apr 2024")
    Moment(year=2024, month=4, span=1, day=None, mark='', doubt='', clock=None, utc=False)
    >>> moment("Tháng 4").month, moment("2024 Q1").span, moment("4 tháng năm 2024").span
    (4, 3, 0)
    >>> moment("Tháng 1/2024 - January 2024").ordinal, moment("Tháng 1 / February")
    (648, None)
    >>> moment("25:61"), moment("2023-02-30"), moment("2024-05 (P)").mark
    (None, None, 'p')
    """
    if not text or len(text) > 80:
        return None
    when = None if off_line(text) else _whole(text, languages) or _said_twice(text, languages)
    if when is None:
        bare, mark = split_heading(text)
        if not mark:
            return None
        when = _whole(bare, languages)
        when = None if when is None or when.doubt == "bare" else when._replace(mark=mark)
    return when


def _said_twice(text: str, languages: frozenset[str] | None) -> Moment | None:
    """Return the moment that two halves of a text name alike, each in its language: "Tháng 1 - January"."""
    halves = _BETWEEN.split(text)
    if len(halves) != 2:
        return None
    one, other = (_whole(half, languages) for half in halves)
    if (
        one is None
        or other is None
        or (one.month, one.span) != (other.month, other.span)
        or one.month is None
    ):
        return None
    if "bare" in (one.doubt, other.doubt) or None not in (one.year, other.year) and one.year != other.year:
        return None
    return one if one.year is not None else other


def _whole(text: str, languages: frozenset[str] | None) -> Moment | None:
    """Return the moment of a text without marks."""
    text = _R_NAME.sub("", common(text.strip())).translate(_SIGNS).rstrip(".,")
    clock, utc = None, False
    if ":" in text and (hit := _TIME.search(text)) is not None:
        hour, minute = int(hit["h"]), int(hit["m"])
        if hour > 23 or minute > 59 or int(hit["s"] or 0) > 59:
            return None
        text = text[: hit.start()]
        utc = hit["zone"] in ("Z", "UTC", "GMT", "+00:00", "+0000")
        if utc or not hit["zone"]:
            clock = hour + minute / 60 + int(hit["s"] or 0) / 3600
    read = _tokens(text, languages)
    if read is None:
        return None
    code, values = read
    for pattern, make in forms():
        if pattern.fullmatch(code):
            when = make(values, code)
            if when is not None and exists(when):
                return when if clock is None else when._replace(clock=clock, utc=utc)
    return None


@lru_cache(maxsize=5_000)
def unchecked(text: str) -> Moment | None:
    """Return what a text says of time though no such day or month exists: 2024-13; None where it says nothing."""
    read = _tokens(text.strip().translate(_SIGNS), None)
    if read is None:
        return None
    code, values = read
    readings = (make(values, code) for pattern, make in forms() if pattern.fullmatch(code))
    return next((m for m in readings if m is not None), None)


def names_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that name a month in some language, folded."""
    return tuple(w for w in _words(text) if w in month_names() and w not in _role_words())


@cache
def _role_words() -> Mapping[str, str]:
    roles = {word: code for code, kind in reversed(_ROLES) for word in words(kind)}
    return {**roles, **dict.fromkeys(words("filler"), ""), **_OWN}


def _words(text: str) -> list[str]:
    """Return the folded words of a text, names of several words as one."""
    plain = _named_in_one(folded_name(text.translate(_SIGNS).replace("'", " ")))
    return [hit["word"] for hit in _TOKEN.finditer(plain) if hit["word"]]


def _named_in_one(plain: str) -> str:
    """Return a folded text with the names of months of several words as one: "كانون الثاني", "muoi mot"."""
    if " " not in plain:
        return plain
    return _names_of_several_words().sub(lambda hit: hit[0].replace(" ", ""), plain)


@cache
def _names_of_several_words() -> re.Pattern[str]:
    """Return a pattern of such names in Vietnamese and `SPOKEN`, without those whose first word has a role."""
    names = [
        name
        for name, months in month_names().items()
        if " " in name
        and name.split()[0] not in _role_words()
        and any(codes & {"vi", *SPOKEN} for codes in months.values())
    ]
    return re.compile(rf"\b(?:{'|'.join(sorted(names, key=len, reverse=True))})\b")


def _tokens(text: str, languages: frozenset[str] | None) -> tuple[str, tuple[str, ...]] | None:
    """Return a text as a code of one letter a part, and the parts that carry a value; None with a foreign word."""
    text = _undotted(text)
    plain = _named_in_one(unaccented(text))
    upper = [hit[0] for hit in _TOKEN.finditer(text)]
    parts = list(_TOKEN.finditer(plain))
    code, values = "", []
    for i, part in enumerate(parts):
        if digits := part["digits"]:
            code += {1: "N", 2: "N", 4: "Y", 6: "S", 8: "E"}.get(len(digits), "X")
            values.append(digits)
        elif word := part["word"]:
            raw = upper[i] if i < len(upper) else ""
            meaning = _word(word, raw, code, languages)
            if meaning is None:
                return None
            letter, value = meaning
            code += letter
            values += [value] if value else []
        else:
            code += part["sign"]
    return code, tuple(values)


def _undotted(text: str) -> str:
    """Return a text without the dots of its short words: "ม.ค." is one word, "Feb.2024" two parts."""
    if "." not in text:
        return text
    return _DOT.sub(" ", _INNER_DOT.sub("", text))


def _word(word: str, raw: str, before: str, languages: frozenset[str] | None) -> tuple[str, str] | None:
    """Return the letter of a word, and its value where it has one."""
    if raw in _ROMAN:
        return "R", str(_ROMAN[raw])
    if before[-1:] in ("m", "t") and (counted := _counted().get(word)):
        year_follows = (
            word == "nam" and before.endswith(("Nm", "Nt")) and "d" not in before
        )  # 5 tháng năm 2024
        return ("y", "") if year_follows else ("A", str(counted))
    if word in _role_words():
        return _role_words()[word], ""
    month = name_of_month(word, languages)
    return None if month is None else ("A", str(month))


@cache
def _counted() -> Mapping[str, int]:
    """Return the Vietnamese words for months, which stand after "tháng" alone."""
    return {
        name.replace(" ", ""): month
        for name, by_month in month_names().items()
        for month, codes in by_month.items()
        if codes == frozenset({"vi"}) or "vi" in codes
    }


def name_of_month(word: str, languages: frozenset[str] | None = None) -> int | None:
    """Return the month that a folded word names in the languages given, `SPOKEN` by default; None for none or several.

    >>> name_of_month("mai"), name_of_month("listopad"), name_of_month("listopad", frozenset({"pl"}))
    (5, None, 11)
    """
    among = SPOKEN if languages is None else languages
    months = [m for m, codes in month_names().get(word, {}).items() if codes & among]
    return months[0] if len(months) == 1 else None


SPOKEN = frozenset(
    re.findall(
        "..",
        "arazbgbscacsdadeelenesetfafifrhehihrhuhyidisitjakakkkoltlvmkmnmsnlnoplptroruskslsqsrsvthtrukuzzh",
    )
)
"""Languages whose names of months are known without others beside them; a rarer language needs three names."""


__all__ = ["SPOKEN", "TO_DATE", "Moment", "moment", "name_of_month", "names_in", "two_years", "unchecked"]
