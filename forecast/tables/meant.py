"""Cells that are meant as a number and are none: which they are, and how to write them."""

from __future__ import annotations

import re

from forecast.tables.cells import Value
from forecast.tables.doubtful import doubt
from forecast.tables.signs import FALL, FLAT, direction

_SHORT = r"\d+(?:[.,]\d{1,2})?(?!\d)\s?%?"
_DECIMAL = r"\d+[.,]\d{1,2}(?!\d)\s?%?"  # of which no label is made, as one is of "50+" or "<10"
_MEANT = re.compile(
    rf"(?:[▲▼△▽↑↓]|tăng|tang|giảm|giam|up|down|rose|fell)\s*{_SHORT}|[~≈<>≤≥±]\s*{_DECIMAL}"
    rf"|{_SHORT}\s*[▲▼△▽↑↓]|{_DECIMAL}(?:[-+\u2212]|\s*(?:(?:→|->|/|-|\u2013)\s*{_SHORT}|[(\[].+[)\]]|x))"
    rf"|(?:gấp|gap)?\s*{_SHORT}\s*(?:lần|lan|times)|[-+\u2212]?\d+(?:[.,]\d+)?\s*‰",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_WORDS = re.compile(
    r"(?:(?P<fall>giảm|giam|down|fell)|tăng|tang|up|rose)(?!\s*(?:còn|con|xuống|xuong|lên|len|to)\b)",
    re.IGNORECASE,
)
"""Words of a change, not those of what it came to: "rose 6.3", not "rose to 106.3"."""
_MARKED = re.compile(
    r"[*†‡²³¹⁰-₉]*\s*(?P<number>[-+]?[0-9]+(?:[.,][0-9]+)?)(?:(?=\s*(?:[^\d.,\s/⁄⁰-₉²³¹]\D*|[(\[]\d[)\]].*)$)|$)"
)  # neither 106/2 nor 106¹/₂ is 106 with a mark
_ARROW = re.compile(r"(?:(?P<fall>[▼▽↓])|[▲△↑])\s*[0-9.,]+\s*%?|[0-9.,]+\s*%?\s*(?:(?P<behind>[▼▽↓])|[▲△↑])")
_SIGN_BEHIND = re.compile(r"[0-9.,]+\s*%?(?P<sign>[-+])")
_TWO = re.compile(r"[0-9.,]+\s*%?\s*(?:→|->|/|-|\(|\[)\s*[0-9.,]+\s*%?[)\]]?")
_POINTS = re.compile(r".*\d\s*(?:pp|ppts?|p\.p\.|bps?|điểm.*|diem.*|percentage points?)", re.IGNORECASE)
_PERCENT = re.compile(r"(?P<sign>[-+]?)\s*[0-9.,]+\s*%")
_ABOUT = re.compile(r"[~≈<>≤≥±].*")
_BRACKETED = re.compile(r"\(\s*\d[\d.,]*\s*%?\s*\)")
_NOTED = re.compile(r"\d{2,}\)")
_MULTIPLIED = re.compile(r"[-+]?\d[\d.,]*\s*(?:[kKmM]|mn|mio|mln|bn|thousand|millions?|billions?)\.?")
_TIMES = re.compile(
    r"(?P<more>\D*?)\d+(?:[.,]\d+)?\s*(?:lần|lan|times|-?fold|x)\b(?P<than>.*)", re.IGNORECASE
)
_MOST_TIMES = 20.0
"""Chosen: no output comes to as many times that of before, so that "104.8x" is a slip of the pen."""


def is_meant(text: str) -> bool:
    """Tell a cell that stands among numbers, and is refused there with its place, from a label.

    Those are a change by an arrow or a word, about, more than or times a number, per mille, a sign or a remark behind,
    two numbers in one, and what a page does not plainly show.

    >>> [is_meant(text) for text in ("▼ 3,1", "giảm 3,1%", "3,1-", "6,3/6,9", "up to 3", "50+")]
    [True, True, True, True, False, False]
    """
    return _MEANT.fullmatch(text) is not None or doubt(text) != ""


def says_change(value: Value) -> bool:
    """Tell words in the place of a number: no change, or a number with the word of a rise or a fall beside it.

    >>> [says_change(v) for v in ("không đổi", "2.9 giảm", "decrease 2.9%", "Tăng", "tháng 4 giảm")]
    [True, True, True, False, False]
    """
    if not isinstance(value, str):
        return False
    number = re.search(_DECIMAL, value)
    said = direction(value if number is None else value.replace(number[0], " "))
    return said == FLAT or said is not None and number is not None


def holds_decimal(value: Value) -> bool:
    """Tell words with a number in them that has a decimal sign.

    >>> [holds_decimal(v) for v in ("approx. 12.6", "2.5 kg", "growth", "of 2024")]
    [True, True, False, False]
    """
    return isinstance(value, str) and re.search(_DECIMAL, value) is not None


def remedy(text: str, clean: str, decimal: str) -> str:
    """Return why a text is no number, and how to write what it means.

    clean : the text with its minus sign and without separators of thousands · decimal : the sign of the file

    >>> remedy("▼ 3.1", "▼ 3.1", ".")
    '"▼ 3.1" is not a number but a change by an arrow; write -3.1 for a fall in percent'
    """
    if why := doubt(text):
        return why
    if (said := direction(clean)) is not None:
        return _no_number(text, said)
    if found := re.search(r"[0-9](?:[0-9.,]*[0-9])?", clean):
        value = found[0]
        if _PLAIN.fullmatch(value):
            value = value.replace("," if decimal == "." else ".", decimal)
        if told := _at_sight(clean, value) or _by_value(clean, value, decimal):
            return f'"{text}" {told}'
    if hit := _MARKED.match(clean):
        return (
            f'"{text}" is not a number; write {hit["number"]} alone and keep marks and notes out of the cell'
        )
    return f'"{text}" is not a number; use digits and a decimal {"point" if decimal == "." else "comma"}'


def _no_number(text: str, said: int) -> str:
    """Return what to do about a word or a mark where a number should be."""
    if said == FLAT:
        return (
            f'"{text}" is not a number; write 0 for no change in percent, 100 where the base is 100, and among levels '
            "the level itself"
        )
    return f'"{text}" says a direction and no number; write the number, or nothing where it is not known'


def _at_sight(clean: str, value: str) -> str:
    """Return what to do about a cell whose number is not known to be one; "" for others."""
    if _BRACKETED.fullmatch(clean):
        mark = ", nothing where it is the mark of a footnote" if len(value) == 1 else ""
        return (
            f"is not a number; write -{value} where brackets mean a fall, {value} where they mean "
            f"a figure of low reliability{mark}"
        )
    if _TWO.fullmatch(clean):
        return "holds two numbers; write the one that counts, another print of it in a row or a file with its own date"
    if _ABOUT.fullmatch(clean):
        return "is no one number; write the number itself, or nothing where it is not known"
    if _POINTS.fullmatch(clean):
        return "is a number of points and no rate; leave it out"
    if _MULTIPLIED.fullmatch(clean):
        return "has a unit behind it; write the number alone, all of its column in one unit, and that in the heading"
    if _NOTED.fullmatch(clean):
        return f"is not a number; write {value[:-1]} where {value[-1]}) is a note, {value} where the bracket is a slip"
    return ""


def _by_value(clean: str, value: str, decimal: str) -> str:
    """Return what a cell means by what is written around its number; "" for others."""
    if not _PLAIN.fullmatch(value):
        return ""
    number = float(value.replace(",", "."))
    if "‰" in clean:
        sign = "-" if clean.startswith("-") else ""
        return f"is in per mille; write {sign}{_written(number / 10, decimal)} in percent"
    if hit := _PERCENT.fullmatch(clean):
        return (
            f"has a percent sign; write {hit['sign']}{value} where it is in percent, "
            f"{hit['sign']}{_written(number / 100, decimal)} where only the format of its cell made it so"
        )
    if hit := _ARROW.fullmatch(clean):
        if hit["fall"] or hit["behind"]:
            return f"is not a number but a change by an arrow; write -{value} for a fall in percent"
        return (
            f"is not a number but a change by an arrow; write {value} where it means a rise, -{value} where it marks "
            "what is negative, as in Japan"
        )
    if hit := _SIGN_BEHIND.fullmatch(clean):
        return f"has its sign behind; write {hit['sign'].replace('+', '')}{value}"
    if hit := _TIMES.fullmatch(clean):
        if hit["more"].strip().casefold() not in ("", "gấp", "gap") or hit["than"]:
            return (
                "is not a number but a change in times; write growth in percent, "
                "or where the base is 100, 200 for the double"
            )
        if number >= _MOST_TIMES and not hit["more"].strip():
            return f"is not a number; write {value} alone"
        return (
            f"is not a number but how many times as much; write {_written(100 * number - 100, decimal)} for growth in "
            f"percent, {_written(100 * number, decimal)} where the base is 100, and among levels the level itself"
        )
    return _in_words(clean, value, number, decimal)


def _in_words(clean: str, value: str, number: float, decimal: str) -> str:
    """Return what a number with the word or the mark of a change beside it means, "" for others."""
    words, beside = _WORDS.match(clean), direction(re.sub(r"[0-9.,]+\s*%?", " ", clean))
    if not words and not beside:
        return ""
    fall = words["fall"] if words else beside == FALL
    sign, index = ("-", 100 - number) if fall else ("", 100 + number)
    return (
        f"is not a number but a change in words; write {sign}{value} for growth in percent, "
        f"{_written(index, decimal)} where the base is 100, and among levels the level itself"
    )


def _written(value: float, decimal: str) -> str:
    return f"{value:.12g}".replace(".", decimal)
