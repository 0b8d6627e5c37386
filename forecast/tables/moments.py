"""`moment`: what one text says of time, whatever its spelling and language; a year or a month may be missing."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from forecast.tables.languages import folded_name, month_names, words
from forecast.tables.marks import split_heading
from forecast.tables.words import unaccented

TO_DATE = 0
"""Span of a moment that counts the months of a year so far."""


class Moment(NamedTuple):
    """Hold what a text says of time.

    month : the last of its months · span : months it covers, `TO_DATE` for those of a year so far
    mark : its mark of status, "" for none · doubt : "order" for 4/5/2024, "fiscal" for 2005-06, "t" for 2024T1 and
        IV/2024, "short" for two digits of a year, "bare" for a number alone, "dotted" for 2019.1
    clock : hours after midnight where a time of day in UTC is told
    """

    year: int | None = None
    month: int | None = None
    span: int = 1
    day: int | None = None
    mark: str = ""
    doubt: str = ""
    clock: float | None = None

    @property
    def ordinal(self) -> int:
        """Its month as the ordinal of a monthly period. Raises ValueError where it is not whole."""
        if self.year is None or self.month is None:
            raise ValueError(f"{self} names no month of a year")
        return 12 * (self.year - 1970) + self.month - 1

    @property
    def whole(self) -> bool:
        """Whether it names one month with its year."""
        return self.year is not None and self.month is not None and self.span == 1


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
_SIGNS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "～": "~", "〜": "~", "_": "-", "\\": "/"})
_LETTER = r"[^\s\d!-/:-@\[-`{-~]"  # vowel signs of Thai and Hindi among them
_INNER_DOT = re.compile(rf"(?<={_LETTER})\.(?={_LETTER})")
_DOT = re.compile(rf"(?<={_LETTER})\.")
_COUNTED_ABOVE_TEN = re.compile(r"\bmuoi (mot|hai)\b")
_ROLES = (("d", "day"), ("y", "year"), ("m", "month"), ("q", "quarter"), ("h", "half"), ("c", "to_date"))
_OWN = {"月": "g", "월": "g", "t": "t", "第": "", "제": "", "st": "o", "nd": "o", "rd": "o", "jj": "y"}


@lru_cache(maxsize=50_000)  # files repeat their dates
def moment(text: str, languages: frozenset[str] | None = None) -> Moment | None:
    """Return what a text says of time where it says nothing else; None for every other text.

    languages : of the names of months; names that all of them, or all languages, agree on by default

    >>> moment("T4/2024"), moment("Apr"), moment("2024 Q1").span, moment("4 tháng năm 2024").span
    (Moment(year=2024, month=4, span=1, day=None, mark='', doubt='', clock=None), \
Moment(year=None, month=4, span=1, day=None, mark='', doubt='', clock=None), 3, 0)
    >>> moment("25:61"), moment("2023-02-30"), moment("2024-05 (P)").mark
    (None, None, 'p')
    """
    if not text or len(text) > 80:
        return None
    found = _whole(text, languages)
    if found is None:
        bare, mark = split_heading(text)
        if not mark:
            return None
        found = _whole(bare, languages)
        found = None if found is None or found.doubt == "bare" else found._replace(mark=mark)
    return found


def _whole(text: str, languages: frozenset[str] | None) -> Moment | None:
    """Return the moment of a text without marks."""
    text = text.strip().translate(_SIGNS)
    clock = None
    if ":" in text and (hit := _TIME.search(text)) is not None:
        hour, minute = int(hit["h"]), int(hit["m"])
        if hour > 23 or minute > 59 or int(hit["s"] or 0) > 59:
            return None
        text = text[: hit.start()]
        if hit["zone"] in ("Z", "UTC", "GMT", "+00:00", "+0000"):
            clock = hour + minute / 60
    read = _tokens(text, languages)
    if read is None:
        return None
    code, values = read
    for pattern, make in _patterns():
        if pattern.fullmatch(code):
            found = make(values, code)
            if found is not None and _exists(found):
                return found if clock is None else found._replace(clock=clock)
    return None


def names_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that name a month in some language, folded."""
    return tuple(w for w in _words(text) if w in month_names() and w not in _role_words())


@cache
def _role_words() -> Mapping[str, str]:
    roles = {word: code for code, kind in reversed(_ROLES) for word in words(kind)}
    return {**roles, **dict.fromkeys(words("filler"), ""), **_OWN}


def _words(text: str) -> list[str]:
    """Return the folded words of a text, names of several words as one."""
    plain = folded_name(text.translate(_SIGNS).replace("'", " "))
    return [hit["word"] for hit in _TOKEN.finditer(plain) if hit["word"]]


def _tokens(text: str, languages: frozenset[str] | None) -> tuple[str, tuple[str, ...]] | None:
    """Return a text as a code of one letter a part, and the parts that carry a value; None with a foreign word."""
    text = _undotted(text)
    plain = _COUNTED_ABOVE_TEN.sub(r"muoi\1", unaccented(text))
    upper = [hit[0] for hit in _TOKEN.finditer(text)]
    parts = list(_TOKEN.finditer(plain))
    code, values = "", []
    for i, part in enumerate(parts):
        if digits := part["digits"]:
            code += {1: "N", 2: "N", 4: "Y", 6: "S", 8: "E"}.get(len(digits), "X")
            values.append(digits)
        elif word := part["word"]:
            raw = upper[i] if i < len(upper) else ""
            told = _word(word, raw, code, languages)
            if told is None:
                return None
            letter, value = told
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
        for name, told in month_names().items()
        for month, codes in told.items()
        if codes == frozenset({"vi"}) or "vi" in codes
    }


def name_of_month(word: str, languages: frozenset[str] | None = None) -> int | None:
    """Return the month that a folded word names in the languages given, `SPOKEN` by default; None for none or several.

    >>> name_of_month("mai"), name_of_month("listopad"), name_of_month("listopad", frozenset({"pl"}))
    (5, None, 11)
    """
    among = SPOKEN if languages is None else languages
    told = [m for m, codes in month_names().get(word, {}).items() if codes & among]
    return told[0] if len(told) == 1 else None


SPOKEN = frozenset(
    re.findall(
        "..",
        "arazbgbscacsdadeelenesetfafifrhehihrhuhyidisitjakakkkoltlvmkmnmsnlnoplptroruskslsqsrsvthtrukuzzh",
    )
)
"""Languages whose names of months are known without others beside them; a rarer language needs three names."""


def _exists(found: Moment) -> bool:
    """Tell whether months run to 12 and days to the end of their month."""
    if found.month is not None and not 1 <= found.month <= 12:
        return False
    if found.day is None or found.year is None or found.month is None:
        return True
    if found.doubt == "order":
        return max(found.month, found.day) <= 31 and min(found.month, found.day) >= 1
    return 1 <= found.day <= monthrange(max(found.year, 1), found.month)[1]


Make = Callable[[tuple[str, ...], str], Moment | None]


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Make], ...]:
    """Return the forms of a moment, each with what makes it of the values of its parts."""
    s = r"[-/.,]*"
    listed: tuple[tuple[str, Make], ...] = (
        (rf"y?Yy?{s}(?:m{s})?N[gm]?", _year_month),
        (rf"Yy?{s}t{s}N", _tee),
        (rf"y?Yy?{s}m?{s}Ay?|Yy?{s}RG?", _year_name),
        (rf"(?:m{s})?Ng?{s}y?Yy?|t{s}N{s}y?Yy?", _month_year),
        (rf"m?A{s}'?y?Yy?|R{s}y?Yy?|mR{s}y?Yy?", _name_year),
        (rf"A{s}'?N", _name_short),
        (r"N[-']A", _short_name),
        (r"Y([-/.])N\1N|YyNgNd?|YyN[gm]N|Y\.N\.N\.", _ymd),
        (r"d?N([-/.])N\1Yy?", _dmy),
        (rf"N[-/.,]*(?:o)?A{s}y?Y", _day_name_year),
        (r"AN,?Y", _name_day_year),
        (rf"d?N{s}m[NA]{s}y?Y", _day_month_year),
        (r"S", _run_together),
        (r"E", lambda v, _: Moment(int(v[0][:4]), int(v[0][4:6]), 1, int(v[0][6:]))),
        (rf"y?Yy?{s}[qh][-.]?[NR]q?|y?Yy?{s}N[.]?[qh]|Yy?R[qh]", _year_part),
        (rf"[qh][-.]?[NR]{s}'?y?[YN]y?|N[.o]*m?[qh]{s}'?y?[YN]y?|R[qh]{s}y?Yy?", _part_year),
        (r"[qh][-.]?[NR]|N[.o]*m?[qh]|R[qh]", _part),
        (rf"c*Nmc*{s}y?Yy?|Yy?c*N[mg]c+|Yy?c+Ng?|[YyNgmA/.-]*c[YyNgmA/.-]*", _to_date),
        (r"(?:Yy?)?N[-~]Ngq?|[AR]-[AR](?:y?Yy?)?|Yy?[AR]-[AR]", _range),
        (r"y?Yy?", lambda v, _: Moment(int(v[0]), None, 12)),
        (r"Y[-/]Y", lambda v, _: Moment(int(v[1]), None, 12)),
        (r"Ng|mN|tN|m?A|mR|R", _month_only),
        (r"N", lambda v, _: Moment(None, int(v[0]), doubt="bare")),
    )
    return tuple((re.compile(pattern), make) for pattern, make in listed)


def _year_month(v: tuple[str, ...], code: str) -> Moment | None:
    year, month = int(v[0]), int(v[1])
    if month == 0 and "y" in code or month == 13 and "m" in code:  # 2019JJ00, 2019M13
        return Moment(year, None, 12)
    fiscal = len(v[1]) == 2 and month == (year + 1) % 100 and code in ("Y-N", "Y/N", "YN")
    if fiscal and not 1 <= month <= 12:
        return Moment(year + 1, None, 12)
    dotted = code == "Y.N" and len(v[1]) == 1
    return Moment(year, month, doubt="fiscal" if fiscal else "dotted" if dotted else "")


def _tee(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[0]), int(v[1]), doubt="t" if int(v[1]) <= 4 else "")


def _year_name(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[0]), int(v[1]), doubt="t" if "R" in code and int(v[1]) <= 4 else "")


def _month_year(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[1]), int(v[0]), doubt="t" if "t" in code and int(v[0]) <= 4 else "")


def _name_year(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[1]), int(v[0]), doubt="t" if "R" in code and int(v[0]) <= 4 else "")


def _name_short(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(century(int(v[1])), int(v[0]), doubt="short") if len(v[1]) == 2 else None


def _short_name(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(century(int(v[0])), int(v[1]), doubt="short") if len(v[0]) == 2 else None


def century(year: int) -> int:
    """Return the year of two digits: of this century up to 40.

    >>> century(19), century(59)
    (2019, 1959)
    """
    return 2000 + year if year <= 40 else 1900 + year


def _ymd(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[0]), int(v[1]), day=int(v[2]))


def _dmy(v: tuple[str, ...], code: str) -> Moment | None:
    """Take the first number for the day, unless only the second can be one."""
    first, second, year = (int(n) for n in v)
    if second > 12 >= first and code[1:2] != ".":
        return Moment(year, first, day=second, doubt="month first")
    return Moment(year, second, day=first, doubt="order" if first <= 12 else "day first")


def _day_name_year(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[2]), int(v[1]), day=int(v[0]))


def _name_day_year(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[2]), int(v[0]), day=int(v[1]))


def _day_month_year(v: tuple[str, ...], code: str) -> Moment | None:
    return Moment(int(v[2]), int(v[1]), day=int(v[0]))


def _run_together(v: tuple[str, ...], code: str) -> Moment | None:
    """Read 202404, and the 13th month by which an office means the year."""
    year, month = int(v[0][:4]), int(v[0][4:])
    return Moment(year, month) if 1800 <= year <= 2200 else None


def _year_part(v: tuple[str, ...], code: str) -> Moment | None:
    return _parted(int(v[0]), int(v[1]), code)


def _part_year(v: tuple[str, ...], code: str) -> Moment | None:
    return _parted(int(v[1]) if len(v[1]) == 4 else century(int(v[1])), int(v[0]), code)


def _part(v: tuple[str, ...], code: str) -> Moment | None:
    return _parted(None, int(v[0]), code)


def _parted(year: int | None, number: int, code: str) -> Moment | None:
    """Return a quarter or a half year."""
    months = 3 if "q" in code else 6
    return Moment(year, number * months, months) if 1 <= number * months <= 12 else None


def _to_date(v: tuple[str, ...], code: str) -> Moment | None:
    years = [int(n) for n in v if len(n) == 4]
    months = [int(n) for n in v if len(n) < 4]
    return Moment(years[0] if years else None, months[-1] if months else None, TO_DATE)


def _range(v: tuple[str, ...], code: str) -> Moment | None:
    """Read January–March 2024: a quarter, a half year, a year or the months of one so far."""
    years = [int(n) for n in v if len(n) == 4]
    first, last = (int(n) for n in v if len(n) < 4)
    span = last - first + 1
    return Moment(years[0] if years else None, last, span if span in (3, 6, 12) else TO_DATE)


def _month_only(v: tuple[str, ...], code: str) -> Moment | None:
    doubt = "bare" if code == "R" else "t" if code == "tN" else ""
    if code == "mN" and int(v[0]) == 13:  # M13, the mean of the year
        return Moment(None, None, 12)
    return Moment(None, int(v[0]), doubt=doubt)
