"""Marks of status beside numbers and in headings: provisional, revised, forecast; and marks of what is missing."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from forecast.tables.languages import folded_name, words
from forecast.tables.words import OFF_LINE, unaccented

PROVISIONAL = "p"
REVISED = "r"
FORECAST = "forecast"

_SIGN = rf"[*†‡#°§{''.join(sorted(OFF_LINE))}]"
_SIGNS = re.compile(rf"{_SIGN}+(?:[,;]\s*{_SIGN}+)*")
_NUMBER = r"(?P<number>\(?[-+\u2212\u2013]?\s*'?\d[\d.,\s\u00a0\u202f'’]*(?:[eE][-+]?\d+)?%?\)?)"
_CELL = re.compile(
    rf"{_NUMBER}\s*(?P<mark>[\(\[]?(?:[a-zA-Z]{{1,2}}|{_SIGN}{{1,3}}(?:[,;]\s*{_SIGN}{{1,3}})*|(?<![.,])\d\))[\)\]]?)"
)
_CELL_AND_WORDS = re.compile(rf"{_NUMBER}\s*[\(\[](?P<mark>[^\W\d][^\d()\[\]]{{0,30}})[\)\]]")
_LEADING = re.compile(rf"(?P<open>[\(\[])?(?P<mark>[pref]|pr|rp)(?(open)[\)\]])\s*{_NUMBER}")
_SLASHED = re.compile(r"(?P<before>.*\d)(?:\s*/?(?P<mark>[pref])/?|\s(?P<note>[a-z])/)")
_FOOTNOTE = re.compile(r"(?P<before>.*\w)(?:\s*\(\d\)|\s+\d{1,2}[/)])")
_BRACKETED = re.compile(r"\([^()]*\)")
_PLAIN = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_UNITS = frozenset({"pp"})  # percentage points, and no mark
_NONE = frozenset("HLMOQ")
_LETTERS = frozenset("abcdefinprsuvz")


@lru_cache(maxsize=20_000)
def split_heading(text: str) -> tuple[str, str]:
    """Return a heading without its mark of status, and the mark: "p", "forecast", "f", "r" for another, "" for none.

    >>> split_heading("T4/2024 (ước tính)"), split_heading("2024-05*"), split_heading("Ước tính tháng 5/2013")
    (('T4/2024', 'p'), ('2024-05', 'p'), ('tháng 5/2013', 'p'))
    >>> split_heading("2024-05 (dự báo)"), split_heading("2024-05 f")
    (('2024-05', 'forecast'), ('2024-05', 'f'))
    >>> split_heading("2023 p/"), split_heading("2022 1/"), split_heading("2022(1)"), split_heading("#2022")
    (('2023', 'p'), ('2022', 'r'), ('2022', 'r'), ('#2022', ''))
    >>> split_heading("2024.04 p)"), split_heading("2024-04r)"), split_heading("IIP (2024 p)"), split_heading("a) Oil)")
    (('2024.04', 'p'), ('2024-04', 'r'), ('IIP (2024 p)', ''), ('a) Oil)', ''))
    """
    text = text.strip()
    if text.startswith("#"):
        return text, ""  # put out of use by who wrote it
    if hit := _FOOTNOTE.fullmatch(text):
        return hit["before"], REVISED
    if "/" in text and (hit := _SLASHED.fullmatch(text)):
        return hit["before"], PROVISIONAL if hit["mark"] == "e" else hit["mark"] or REVISED
    if (bare := _SIGNS.sub("", text).strip()) != text:
        return bare, PROVISIONAL if "*" in text else REVISED
    whole = text
    if text.endswith(")") and "(" not in text:  # "2024-04 p)": a bracket that closes a mark and none opened
        text = text[:-1].rstrip()
    plain = unaccented(text)
    if len(plain) != len(text):  # places no longer agree: a mark is looked for in the plain words
        text = plain
    for words_of, mark in _marks():
        if hit := words_of.search(plain):
            rest = (text[: hit.start()] + text[hit.end() :]).strip(" ,-:")
            if rest:
                letter = hit[0].strip(" ,()[].")
                return rest, letter if mark == FORECAST and len(letter) == 1 else mark
    return whole, ""


@cache
def _marks() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return patterns of a mark at the end of a heading, or of a longer word before it."""
    out = []
    for kind, mark in (("provisional", PROVISIONAL), ("forecast", FORECAST), ("revised", REVISED)):
        listed = sorted(words(kind), key=len, reverse=True)
        every = "|".join(map(re.escape, listed))
        longer = "|".join(re.escape(w) for w in listed if len(w) > 2)
        out.append(
            (
                re.compile(
                    rf"[\s,]*[\(\[](?:{every})\.?[\)\]]$|(?<=[\d\s])(?:{every})\.?$|^(?:{longer})\b[\s:]*|^[\(\[](?:{every})\.?[\)\]]\s*"
                ),
                mark,
            )
        )
    return tuple(out)


def split_number(text: str) -> tuple[str, str]:
    """Return a cell without the mark of status behind its number, and the mark; "" where there is none.

    >>> split_number("109.2 p"), split_number("98,2*"), split_number("12 tấn"), split_number("109.2p")
    (('109.2', 'p'), ('98,2', '*'), ('12 tấn', ''), ('109.2', 'p'))
    >>> split_number("r 104.5"), split_number("(p)104.5"), split_number("104.5 p/")
    (('104.5', 'r'), ('104.5', 'p'), ('104.5', 'p'))
    >>> split_number("108,8 (ước)"), split_number("112.6¹"), split_number("(1.2)")
    (('108,8', 'ước'), ('112.6', '¹'), ('(1.2)', ''))
    """
    if _PLAIN.fullmatch(text) or _BRACKETED.fullmatch(text.strip()):
        return text, ""
    hit = _CELL.fullmatch(text.strip()) or _LEADING.fullmatch(text.strip())
    if hit is None and "/" in text and (slashed := _SLASHED.fullmatch(text.strip())):
        return slashed["before"], slashed["mark"] or slashed["note"]
    if hit is None:
        return _split_words(text)
    if hit["mark"][0].isdigit() and hit["number"].isdigit():
        return text, ""  # "1101)" may be 110 with a note, or a slip
    mark = hit["mark"].strip("()[]⁽⁾₍₎").casefold()
    if mark.isalpha() and (not set(mark) <= _LETTERS or mark in _UNITS):
        return text, ""
    return hit["number"].strip(), mark


def _split_words(text: str) -> tuple[str, str]:
    """Return a cell without a word of status in brackets behind its number, and that word."""
    hit = _CELL_AND_WORDS.fullmatch(text.strip())
    if hit is None or folded_name(hit["mark"]) not in words("provisional") | words("revised"):
        return text, ""
    return hit["number"].strip(), hit["mark"].casefold()


def off_line(text: str) -> bool:
    """Tell text with digits above or below the line, which are no digits of a date or number.

    >>> off_line("Tháng 1²"), off_line("Tháng 12")
    (True, False)
    """
    return not text.isascii() and not OFF_LINE.isdisjoint(text)


def split_missing(text: str) -> tuple[str, str]:
    """Return the sign of a missing value and the flag that says why: ": c".

    >>> split_missing(": c"), split_missing(".."), split_missing("abc")
    ((':', 'c'), ('..', ''), ('abc', ''))
    """
    hit = re.fullmatch(r"(:|\.{1,3}|-|–)\s*[\(]?([a-z]{1,2})[\)]?", text.strip())
    return (hit[1], hit[2]) if hit else (text, "")


def is_provisional(mark: str) -> bool:
    """Tell a mark of a figure that will be revised.

    >>> is_provisional("p"), is_provisional("*"), is_provisional("b"), is_provisional("Preliminary")
    (True, True, False, True)
    """
    return mark.startswith("*") or folded_name(mark) in words("provisional")


@lru_cache(maxsize=5_000)  # files repeat their labels and marks
def is_forecast(mark: str) -> bool:
    """Tell a mark of a figure that nobody has measured.

    >>> is_forecast("f"), is_forecast("(F)"), is_forecast("Dự báo"), is_forecast("p"), is_forecast("IIP forecast")
    (True, True, True, False, False)
    """
    return folded_name(mark.strip(" ()[]*:")) in words("forecast")


def says_none(heading: str, mark: str) -> bool:
    """Tell a mark of a column OBS_STATUS that says that there is no value ([SDMX], code list CL_OBS_STATUS).

    H, L, M, O, Q: a holiday, not collected, cannot exist, missing, suppressed.

    >>> says_none("OBS_STATUS", "M"), says_none("OBS_STATUS", "p"), says_none("Status", "M")
    (True, False, False)
    """
    return mark.strip().upper() in _NONE and folded_name(heading.replace("_", " ")) == "obs status"


NO_VALUE = 'stands beside a number, and "{}" says that there is none; empty the number, or the mark where it is right'
"""What is wrong with such a mark."""
