"""`how_to_write`: cells that are meant as numbers and are none, and what to write in their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forecast.tables.signs import FALL, direction

if TYPE_CHECKING:
    from forecast.tables.numbers import Style

_WORDS = re.compile(
    r"(?:(?P<fall>giảm|giam|down|fell)|tăng|tang|up|rose)(?!\s*(?:còn|con|xuống|xuong|lên|len|to)\b)",
    re.IGNORECASE,
)
"""Words of a change, not those of what it came to: "rose 6.3", not "rose to 106.3"."""
_ARROW = re.compile(r"(?:(?P<fall>[▼▽↓])|[▲△↑])\s*[0-9.,]+\s*%?|[0-9.,]+\s*%?\s*(?:(?P<behind>[▼▽↓])|[▲△↑])")
_SIGN_BEHIND = re.compile(r"[0-9.,]+\s*%?(?P<sign>[-+])")
_TWO = re.compile(r"[0-9.,]+\s*%?\s*(?:→|->|/|-|\(|\[)\s*[0-9.,]+\s*%?[)\]]?")
_POINTS = re.compile(r".*\d\s*(?:pp|ppts?|p\.p\.|bps?|điểm.*|diem.*|percentage points?)", re.IGNORECASE)
_ABOUT = re.compile(r"[~≈<>≤≥±].*")
_BRACKETED = re.compile(r"\(\s*\d[\d.,]*\s*%?\s*\)")
_NOTED = re.compile(r"\d{2,}\)")
_TIMES = re.compile(
    r"(?P<more>\D*?)\d+(?:[.,]\d+)?\s*(?:lần|lan|times|-?fold|x)\b(?P<than>.*)", re.IGNORECASE
)


def how_to_write(clean: str, value: str, style: Style, plain: bool) -> str:
    """Return what a cell that says its number in brackets or words means, and how to write it; "" for others.

    value : the digits of the cell with the signs between them · plain : whether these are one number without groups
    """
    value = value.replace(style.group, style.decimal) if plain else value
    if _BRACKETED.fullmatch(clean):
        mark = ", nothing where it is the mark of a footnote" if len(value) == 1 else ""
        return (
            f"is not a number; write -{value} where brackets mean a fall, {value} where they mean "
            f"a figure of low reliability{mark}"
        )
    if _TWO.fullmatch(clean):
        return "holds two numbers; write the one that counts, another print of it in a row or a file with its own date"
    if "‰" in clean and plain:
        sign = "-" if clean.startswith("-") else ""
        return f"is in per mille; write {sign}{_plain(float(value.replace(',', '.')) / 10, style)} in percent"
    if _ABOUT.fullmatch(clean):
        return "is no one number; write the number itself, or nothing where it is not known"
    if _POINTS.fullmatch(clean):
        return "is a number of points and no rate; leave it out"
    if _NOTED.fullmatch(clean):
        return f"is not a number; write {value[:-1]} where {value[-1]}) is a note, {value} where the bracket is a slip"
    if not plain:
        return ""
    if hit := _ARROW.fullmatch(clean):
        if hit["fall"] or hit["behind"]:
            return f"is not a number but a change by an arrow; write -{value} for a fall in percent"
        return (
            f"is not a number but a change by an arrow; write {value} where it means a rise, -{value} where it marks "
            "what is negative, as in Japan"
        )
    if hit := _SIGN_BEHIND.fullmatch(clean):
        return f"has its sign behind; write {hit['sign'].replace('+', '')}{value}"
    number = float(value.replace(",", "."))
    if hit := _TIMES.fullmatch(clean):
        if hit["more"].strip().casefold() not in ("", "gấp", "gap") or hit["than"]:
            return (
                "is not a number but a change in times; write growth in percent, "
                "or where the base is 100, 200 for the double"
            )
        return (
            f"is not a number but how many times as much; write {_plain(100 * number - 100, style)} for growth in "
            f"percent, {_plain(100 * number, style)} where the base is 100"
        )
    return _in_words(clean, value, number, style)


def _in_words(clean: str, value: str, number: float, style: Style) -> str:
    """Return what a number with the word or the mark of a change beside it means, "" for others."""
    words, beside = _WORDS.match(clean), direction(re.sub(r"[0-9.,]+\s*%?", " ", clean))
    if not words and not beside:
        return ""
    fall = words["fall"] if words else beside == FALL
    sign, index = ("-", 100 - number) if fall else ("", 100 + number)
    return (
        f"is not a number but a change in words; write {sign}{value} for growth in percent, "
        f"{_plain(index, style)} where the base is 100, and among levels the level itself"
    )


def _plain(value: float, style: Style) -> str:
    return f"{value:.12g}".replace(".", style.decimal)
