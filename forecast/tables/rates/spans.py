"""`spans`: the stretches of time that a heading names, in the order in which it names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from forecast.tables.rates.lexicon import Token

LAST_YEAR = -1
"""The year before that of what is compared, where a heading says no number."""


@dataclass(frozen=True)
class Span:
    """Hold one stretch of time, or a word that stands for one.

    kind : "month", "months" (1 to `last`), "range" (`first` to `last`), "quarter", "year", "to date"; as a base also
        "same", "month before", "quarter before", "period before", "base year"; or the marks "against", "over" (a
        slash), "is 100" (= 100)
    last : the month or the quarter, the last of several months; 0 where there is none
    year : 0 where not said, `LAST_YEAR` for the year before
    """

    kind: str
    last: int = 0
    year: int = 0
    first: int = 1


_YEAR = r"(?:[/-]?Y*[/-]?(?P<y>y)|[/-]?Y*(?P<l>L)|[/-]Y?(?P<z>z))?"


def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return kind -> pattern over the letters of `lexicon.KINDS`; the first that fits counts."""
    spelled = (
        ("is 100", r"=(?P<hundred>z)%?"),
        (
            "range",
            r"(?:Y?(?P<before>y))?F?M?(?P<first>n|N(?!-n))(?:Y?y)?(?:[-T]|(?<=N)(?=N))M?(?P<last>[nN])(?:(?<=N)(?P<short>z)|YEAR)",
        ),
        ("quarter", r"(?P<year>y)[/-]?Q(?P<last>n)"),
        ("quarter", r"(?:Q(?P<last>n)|(?P<ordinal>[nF])-?Q)(?:-?(?P<short>z)|YEAR)"),
        ("half", r"(?:F(?:Y)?H|HF|H(?P<last>n)|(?P<ordinal>n)H)YEAR"),
        ("same", r"M?S+(?:M(?!n)|Q(?!n)|S)*(?:Y*(?P<year>y)|Y*(?P<l>L))?"),
        ("same", r"s"),  # a year beside it is that of WHAT: "yoy 2023"
        ("months", r"F?(?P<last>[nz])-?F?M+(?:FY(?![yLz/-])|F?YEAR)"),
        ("month", r"Y?(?P<before>y)[/-]?(?:M?(?P<last>[nN])(?<!yn)|(?P<count>n)(?!-?[MQH]))(?![/-]?y)"),
        ("month", r"M[/-]?(?P<last>n)YEAR"),
        ("month", r"(?P<last>N)-(?P<short>n)(?!-?[MQ])"),  # Jan-12, as spreadsheets show January 2012
        ("month", r"(?P<last>N)(?:-(?!z))?(?:(?P<short>z)|YEAR)"),
        ("month", r"(?P<last>n)[/-](?P<year>y)"),
        ("month before", r"K"),
        ("quarter before", r"J"),
        ("period before", r"P"),
        ("base year", r"(?:B(?:Y?(?P<year>y))?|Y?(?P<before>y)B)"),
        ("year", r"Y*(?P<year>y)"),
        ("year", r"Y*(?P<l>L)"),
        ("to date", r"C+T?"),
        ("against", r"M[A/](?=[KSs])|Q[A/](?=[JSs])|A+"),  # any month over the month before it
        ("over", r"/"),
    )
    return tuple((kind, re.compile(p.replace("YEAR", _YEAR))) for kind, p in spelled)


_SPELLINGS = _patterns()
_SAID_ONLY = frozenset("%-geo")
"""Letters that name no time: a unit, a dash, growth, a status."""


def spans(tokens: Sequence[Token]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Return the spans of a heading, and the words that belong to none and are not understood."""
    letters = "".join(token.kind for token in tokens)
    read: list[Span] = []
    strange: list[str] = []
    i = 0
    while i < len(letters):
        for kind, pattern in _SPELLINGS:
            if hit := pattern.match(letters, i):
                read.append(_span(kind, hit, tokens))
                i = hit.end()
                break
        else:
            if letters[i] not in _SAID_ONLY:
                strange.append(tokens[i].word)
            i += 1
    return _joined(read), tuple(strange)


def _span(kind: str, hit: re.Match[str], tokens: Sequence[Token]) -> Span:
    """Return the span of a match: numbers by the tokens at the places of its groups."""

    def number(*names: str) -> int:
        places = [hit.start(n) for n in names if hit.groupdict().get(n)]
        token = tokens[places[0]] if places else Token("", 0, "")
        return 1 if token.kind == "F" else token.number

    year = number("y", "year", "before") or (2000 + short if (short := number("z", "short")) else 0)
    if hit.groupdict().get("l"):
        year = LAST_YEAR
    last, first = number("last", "count", "ordinal"), number("first") or 1
    if kind == "half":
        return Span("months", 6, year) if last in (0, 1) else Span("range", 12, year, 7)
    if kind == "range" and last == first + 2 and first % 3 == 1 and first > 1:
        return Span("quarter", (last + 2) // 3, year)
    return Span("months" if kind == "range" and first == 1 else kind, last, year, first)


def _joined(separate: list[Span]) -> tuple[Span, ...]:
    """Return the spans with those that say one thing in two words made one.

    A year alone dates what stands without one beside it ("Năm 2024", "Tháng 4").
    """
    out: list[Span] = []
    for span in separate:
        last = out[-1] if out else None
        if last is not None and last.kind == "year" and _undated(span):
            out[-1] = replace(span, year=last.year)
        elif last is not None and last.kind == "to date" and last.year and _undated(span):
            out[-1:] = [replace(last, year=0), replace(span, year=last.year)]
        elif last is not None and span.kind == "year" and _undated(last):
            out[-1] = replace(last, year=span.year)
        elif last != span:
            out.append(span)
    return tuple(out)


def _undated(span: Span) -> bool:
    return span.year == 0 and span.kind in ("month", "months", "quarter", "range", "to date")
