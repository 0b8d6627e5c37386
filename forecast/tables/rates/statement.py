"""`statement`: a heading as WHAT against BASE, with what else it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from forecast.tables.languages import words
from forecast.tables.rates.lexicon import Token, fitting, lexicons
from forecast.tables.rates.spans import LAST_YEAR, Span, spans

_BASES = frozenset({"same", "month before", "quarter before", "period before", "base year"})


_LONG = 5  # letters of a word for a quarter that others hold; chosen: "kw" and "trim" stand in many
_QUARTERS = re.compile(
    r"(?<!\w)(?P<quarter>[1-4][QT]|[QT][1-4])[-\s'’/]?(?:19|20)?\d\d\s*/\s*(?P=quarter)[-\s'’/]?(?:19|20)?\d\d(?!\d)"
)
"""A quarter over that of another year: 1Q24 / 1Q23, T1 2024 / T1 2023, which may be months where T is one."""


@dataclass(frozen=True)
class Statement:
    """Hold what one heading, or one title, says.

    text : as written, its lines joined
    whats, base : spans of what is compared, and of what with (None where not said)
    compares : True where it says that something is compared
    left_out : reason of `REASONS` for which its numbers are no rates, "" for none
    bare : True where it names a base and not that anything is compared with it: "Previous month"
    growth : True where it speaks of a change, so that numbers are percent and not indices
    is_100 : True where it says that the base is 100
    quarterly : True where it speaks of a quarter, with its number or without
    status : "estimate", "official" or ""
    strange : words not understood
    """

    text: str
    whats: tuple[Span, ...] = ()
    base: Span | None = None
    compares: bool = False
    bare: bool = False
    left_out: str = ""
    growth: bool = False
    is_100: bool = False
    quarterly: bool = False
    status: str = ""
    strange: tuple[str, ...] = ()


def statement(texts: Sequence[str]) -> Statement:
    """Return what a heading of one or more lines says, from the top down.

    Of one that says it in two languages, what both say; where they differ it stays not understood.
    """
    return _statement(tuple(texts))


@lru_cache(maxsize=5000)  # bulletins repeat their headings, from table to table and from month to month
def _statement(texts: tuple[str, ...]) -> Statement:
    whole = _in_one_language(texts)
    if not whole.strange:
        return whole
    each = [_in_one_language(lines) for lines in _by_language(texts)]
    agree = len(each) > 1 and len({(one.whats, _plain(one.base), one.left_out) for one in each}) == 1
    return whole if not agree or any(one.strange for one in each) else replace(each[0], text=whole.text)


def _plain(base: Span | None) -> Span | None:
    """Return a base with one spelling of the same time of the year before, whether the year is said or not."""
    return Span("same") if base == Span("same", year=LAST_YEAR) else base


def _by_language(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the lines of a heading by the language that knows all their words; none where a line is strange to all.

    A line that several languages know, such as a year or "April 2024", belongs to the one of the line before, or else
    to the one that knows most of the lines.
    """
    lines = [line for text in texts for line in re.split(r"\n| / ", text)]
    knowing = [[one.name for one in lexicons() if not one.strangers(line)] for line in lines]
    if not all(knowing):
        return []
    count = Counter(name for names in knowing for name in names)
    groups: dict[str, list[str]] = {}
    last = ""
    for line, names in zip(lines, knowing, strict=True):
        last = last if last in names else max(names, key=lambda name: count[name])
        groups.setdefault(last, []).append(line)
    return [tuple(lines) for lines in groups.values()]


def _in_one_language(texts: Sequence[str]) -> Statement:
    """Return what the lines of a heading say in the language that knows most of their words."""
    text = " ".join(" ".join(texts).split())
    tokens = fitting("\n".join(texts)).tokens("\n".join(texts))
    kinds = {token.kind for token in tokens}
    parts, strange = spans(_timed(tokens))
    whats, base, clear = _sides(parts)
    return Statement(
        text, whats, base, compares=bool(kinds & {"A", "="}) or base is not None,
        bare=base is not None and base.kind in _BASES and not kinds & set("A=gB/"),
        left_out=next((t.word for t in tokens if t.kind == "!"), ""),
        growth="g" in kinds, is_100=any(s.kind == "is 100" for s in parts),
        quarterly=any(map(_is_quarterly, tokens)),
        status="estimate" if "e" in kinds else "official" if "o" in kinds else "",
        strange=strange if clear else (*strange, text),
    )  # fmt: skip


def of_quarter(text: str) -> bool:
    """Tell a text that compares a quarter with another, in whatever order its words stand.

    >>> of_quarter("3-й квартал к 3-му кварталу"), of_quarter("Gegenüber Vorjahresquartal"), of_quarter("May on May")
    (True, True, False)
    >>> of_quarter("1T23 / 1T22"), of_quarter("Q1 2023")
    (True, False)
    """
    said = statement([text])
    return said.compares and said.quarterly or _QUARTERS.search(text) is not None


def _is_quarterly(token: Token) -> bool:
    """Tell a word for a quarter, or one that holds one: "same quarter", "Vorjahresquartal"."""
    names = words("quarter")
    parts = (name for name in names if len(name) >= _LONG)
    return (
        token.kind in ("Q", "J")
        or not names.isdisjoint(token.word.split())
        or any(p in token.word for p in parts)
    )


def _timed(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without those of amounts, weights and codes and the year of these: prices of 1994."""
    timed: list[Token] = []
    dropped = False
    for token in tokens:
        dropped = token.kind == "!" or (dropped and token.kind in "Yy")
        if not dropped:
            timed.append(token)
    return timed


def _sides(parts: tuple[Span, ...]) -> tuple[tuple[Span, ...], Span | None, bool]:
    """Return the spans of WHAT, the BASE, and whether the sentence has one reading."""
    marks = [i for i, span in enumerate(parts) if span.kind in ("against", "is 100")]
    slashes = [i for i, span in enumerate(parts) if span.kind == "over"]
    if not marks and len(slashes) == 1 and 0 < slashes[0] < len(parts) - 1:
        return _over(parts[: slashes[0]], parts[slashes[0] + 1 :])
    timed = [span for span in parts if span.kind != "over"]
    if not marks:
        bases = [span for span in timed if span.kind in _BASES]
        return tuple(s for s in timed if s not in bases), next(iter(bases), None), len(bases) < 2
    if len(marks) > 1:
        return (), None, False
    place = timed.index(parts[marks[0]])
    if parts[marks[0]].kind == "is 100":
        return _hundred(timed[:place], timed[place + 1 :])
    before, after = timed[:place], timed[place + 1 :]
    base, rest = _base(after, any(span.kind != "year" for span in before))
    return _distinct([*before, *rest]), base, True


def _base(after: list[Span], what_said: bool) -> tuple[Span | None, list[Span]]:
    """Return the base that follows "against", and what follows it.

    "The same period" before a span is that span's own word where WHAT stands in front; else the span is WHAT. A year
    that is not told of the same period is that of WHAT: "April yoy 2024".
    """
    if not after:
        return None, []
    undated = after[0].kind == "same" and not after[0].year and what_said
    if undated and len(after) > 1 and after[1].kind != "year":
        return after[1], after[2:]
    return after[0], after[1:]


def _over(before: Sequence[Span], after: Sequence[Span]) -> tuple[tuple[Span, ...], Span | None, bool]:
    """Return the sides of a slash: "Tháng 5/Tháng 4", and "4 tháng 2024/2023", whose base is the same months."""
    if len(after) != 1:
        return (), None, False
    base = (
        Span("same", year=after[0].year)
        if after[0].kind == "year" and before[-1].kind != "year"
        else after[0]
    )
    return _distinct(before), base, True


def _hundred(before: list[Span], after: list[Span]) -> tuple[tuple[Span, ...], Span | None, bool]:
    """Return the sides of "(năm trước = 100)": the base stands in front of the sign; a bare year is a base year."""
    if not before:
        return (), None, False
    base = before[-1]
    if base.kind == "year":
        base = Span("same", year=base.year) if base.year < 0 else Span("base year", year=base.year)
    return _distinct([*before[:-1], *after]), base, True


def _distinct(whats: Sequence[Span]) -> tuple[Span, ...]:
    """Return WHAT without repeats; a year alone dates the rest where these have none."""
    years = {span.year for span in whats if span.kind == "year"}
    rest = [span for span in whats if span.kind != "year"]
    if rest and len(years) == 1:
        year = years.pop()
        rest = [replace(span, year=year) if span.year == 0 else span for span in rest]
        return tuple(dict.fromkeys(rest)) if all(span.year == year for span in rest) else tuple(whats)
    return tuple(dict.fromkeys(whats))
