"""Numbers as offices write them: decimal point or comma, thousands separators, a percent sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from forecast.tables.meant import remedy

MISSING = frozenset(
    {
        "",
        "na",
        "n/a",
        "n.a.",
        "n.a",
        "#n/a",
        "#n/d",
        "nan",
        "null",
        "none",
        "nd",
        "n.d.",
        "s/d",
        "s.d.",
        "k.a.",
    }
    | {".", "..", "...", "…", "-", "–", "—", "--", ":", "x", "*", "**", "***", "/", "//", "///", "<na>"}
    | {"(d)", "(s)", "(x)", "(na)", "(n/a)", "n.v.", "-,-", "-.-", "chưa có", "chưa công bố"}
    | {"#nv", "#n/b", "#н/д", "н/д", "н.д.", "(c)"}
    | {"suppressed", "missing", "not available", "confidential"}
)
"""Texts, in lower case, that mean "not published"."""

TOO_LARGE = 1e15
"""No figure is as large: a double holds whole numbers exactly to about there, and squares of 1e308 are infinite."""

_PLAIN = re.compile(r"[-+]?(?:\d+([.,]\d+)?|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
_POINT = re.compile(r"[-+]?\d*\.(?:\d{1,2}|\d{4,})")  # what most cells are, and nothing but a decimal point
_GROUPED = {
    ".": re.compile(r"[-+]?(?:\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3})(\.\d+)?"),  # and 1,36,782 of India
    ",": re.compile(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?"),
}
_HUNDREDS = re.compile(r"[1-9]\d{2}")
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
_GAPS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))|(?<=^[-+])\s+(?=\d)")  # 1 234 and - 4.1
_FEWEST_OTHER = (
    2  # numbers with another decimal sign than the one declared; chosen: one is named by its place
)
_CURRENCY = re.compile(r"^([-+]?)[$€£¥₹₫₩฿]\s?(?=[\d.])|(?<=\d)\s?[$€£¥₹₫₩฿]$")


@dataclass(frozen=True)
class Style:
    """How a file writes numbers.

    decimal : "." or ","
    grouped : whether the other of the two may separate thousands
    doubtful : whether "1.234" may as well be a thousand, as nothing in the file tells
    """

    decimal: str = "."
    grouped: bool = False
    doubtful: bool = False

    @property
    def group(self) -> str:
        """The thousands separator that goes with the decimal sign."""
        return "," if self.decimal == "." else "."


PLAIN = Style()
"""Decimal point, no thousands separators."""


def missing(text: str) -> bool:
    """Tell whether a cell says that nothing was published.

    >>> missing(" NA "), missing("..."), missing("#NV"), missing("0")
    (True, True, True, False)
    """
    return text.strip().casefold() in MISSING


def detect_style(texts: Iterable[str], declared: str | None = None) -> tuple[Style, tuple[str, ...]]:
    """Return how these cells write numbers, and what to tell the reader where that is not the plain way.

    The commoner decimal sign wins; cells of the other kind fail in `parse_number`. "1,234" and "1.234" tell
    nothing by themselves, and thousands separators are believed only where one cell proves them ("1.234,5").
    Where "1.234" stands beside "987" and nothing tells, it is refused.
    declared : "." or ","; nothing is guessed then, and a file whose numbers mostly show the other is refused

    >>> detect_style(["6,25", "-3,1", "4"])
    (Style(decimal=',', grouped=False, doubtful=False), ('decimal comma detected',))
    """
    if declared is not None:
        if declared not in (".", ","):
            raise ValueError(f'decimal "{declared}" must be "." or ","')
        style = Style(declared, grouped=True)
        _refuse_other(list(texts), style)
        return style, (f'decimal "{declared}" declared',)
    comma = point = undecided_point = hundreds = 0
    proved = {".": False, ",": False}
    for raw in texts:
        if _POINT.fullmatch(raw):
            point += 1
            continue
        text = _clean(raw)
        signs = re.findall(r"[.,]", text)
        if len(signs) == 1 and _PLAIN.fullmatch(text):
            if _EITHER.fullmatch(text):
                undecided_point += signs[0] == "."
            elif signs[0] == ",":
                comma += 1
            else:
                point += 1
        elif _HUNDREDS.fullmatch(text):
            hundreds += 1
        elif len(signs) > 1:
            for decimal, shape in _GROUPED.items():
                if shape.fullmatch(text):
                    proved[decimal] = True
                    comma, point = comma + (decimal == ","), point + (decimal == ".")
    if (comma and not point) or (proved[","] and not proved["."]):
        undecided_point = 0  # "1.198" beside "98,5" or "1.234,5" is no decimal point
    decimal = "," if comma > point + undecided_point else "."
    notes: tuple[str, ...] = ("decimal comma detected",) if decimal == "," else ()
    if proved[decimal]:
        notes += ("thousands separators detected",)
    doubtful = decimal == "." and not point and bool(undecided_point and hundreds)
    return Style(decimal, proved[decimal], doubtful), notes


def _refuse_other(texts: Sequence[str], style: Style) -> None:
    """Raise ValueError once for a declared sign that most of the numbers that tell do not have."""
    if not any(style.group in text for text in texts):
        return
    telling = [text for text in texts if not missing(text) and _decides(_clean(text))]
    other = [text for text in telling if not _reads(text, style)]
    if (
        len(other) < _FEWEST_OTHER
        or 2 * len(other) <= len(telling)
        or detect_style(other)[0].decimal == style.decimal
    ):
        return
    raise ValueError(
        f'decimal "{style.decimal}" is declared, and {len(other)} of {len(telling)} numbers, such as "{other[0]}", '
        f'have the decimal sign "{style.group}"; declare that, or leave decimal out'
    )


def _reads(text: str, style: Style) -> bool:
    try:
        parse_number(text, style)
    except ValueError:
        return False
    return True


def tells_decimal(texts: Iterable[str]) -> bool:
    """Tell whether one of these cells says which sign is the decimal one.

    >>> tells_decimal(["1.234", "987"]), tells_decimal(["1.234", "98,5"])
    (False, True)
    """
    return any(_POINT.fullmatch(text) or _decides(_clean(text)) for text in texts)


def _decides(clean: str) -> bool:
    return any(sign in clean for sign in ".,") and not _EITHER.fullmatch(clean)


def either_way(text: str) -> bool:
    """Tell a number that may be a thousand or three decimals: "98.123", "1,234"."""
    return _EITHER.fullmatch(_clean(text)) is not None


def parse_number(text: str, style: Style = PLAIN) -> float:
    """Return the number that a cell writes.

    Raises ValueError with the reason and the remedy.

    >>> parse_number("−4,5", Style(","))
    -4.5
    >>> parse_number("6,25")
    Traceback (most recent call last):
    ValueError: "6,25" is not a number; use a decimal point
    """
    if style.decimal == "." and _POINT.fullmatch(text):
        return _of_size(float(text), text)
    clean = _clean(text)
    if style.grouped and _GROUPED[style.decimal].fullmatch(clean):
        clean = clean.replace(style.group, "")
    doubtful = style.doubtful and _EITHER.fullmatch(clean)
    if doubtful or not _PLAIN.fullmatch(clean) or style.group in clean:
        raise ValueError(_why_not(text, clean, style))
    return _of_size(float(clean.replace(",", ".")), text)


def _of_size(value: float, text: str) -> float:
    if not abs(value) < TOO_LARGE:
        raise ValueError(f'"{text}" is too large for a number; write it in other units')
    return value


def decimals(text: str, style: Style = PLAIN) -> int:
    """Return the number of decimals printed.

    >>> decimals("6.25"), decimals("-4"), decimals("13.0")
    (2, 0, 1)
    """
    head = _clean(text).lower().partition("e")[0]
    return len(head.rpartition(style.decimal)[2]) if style.decimal in head else 0


@lru_cache(maxsize=50_000)  # the values of a file repeat
def _clean(text: str) -> str:
    text = text.strip().replace("\u2212", "-").replace("\u2013", "-")
    return _GAPS.sub("", _CURRENCY.sub(r"\1", text))


def _why_not(text: str, clean: str, style: Style) -> str:
    if _EITHER.fullmatch(clean) or _GROUPED["."].fullmatch(clean) or _GROUPED[","].fullmatch(clean):
        return (
            f'"{text}" could be read with a thousands separator or with a decimal sign; '
            f'write it without the separator, or declare decimal "." or ","'
        )
    if _PLAIN.fullmatch(clean):
        right = clean.replace(style.group, style.decimal)
        if style.decimal == ".":
            return f'"{text}" is not a number; use a decimal point'
        return f'"{text}" has a decimal point where the file uses decimal commas; write {right}'
    return remedy(text, clean, style.decimal)
