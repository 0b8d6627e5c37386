"""`column_kind`: what a column of a table tells of time: months, years, both, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecast.series.labelled import is_total
from forecast.tables.axis import Axis, axis, spoken
from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.counts import counted
from forecast.tables.eras import from_buddhist
from forecast.tables.forms import YEARS
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.languages import folded_name, words

_DOTTED = re.compile(r"(1[89]|2[01])\d{2}\.\d{1,2}")


def heading_says(block: Block, j: int, kind_of_word: str) -> bool:
    """Tell whether the heading of a column is a word of a kind, such as "year" or "period"."""
    return any(folded_name(p.replace("_", " ")) in words(kind_of_word) for p in block.headings[j])


def column_kind(
    block: Block,
    j: int,
    values: Sequence[Value],
    before: Sequence[tuple[int, str, Axis]],
    named: bool,
) -> tuple[str, Axis] | None:
    """Return what a column tells of time and its moments, None where it tells nothing.

    named : whether its heading, or the caller, says that it holds periods
    """
    kinds = [kind(v) for v in values]
    if Kind.DATE not in kinds and Kind.TEXT not in kinds and not named and j > 0 and not before:
        return None
    filled = [
        v
        for v, of in zip(values, kinds, strict=True)
        if of is not Kind.EMPTY and not (of is Kind.TEXT and is_total(str(v)))
    ]
    dates = kinds.count(Kind.DATE)
    texts = [v for v in filled if kind(v) is Kind.TEXT]
    if spoken(texts) is not None:  # names of months in a rarer language
        dates = max(dates, sum(m is not None and m.doubt != "bare" for m in axis(filled).moments))
    if texts and heading_says(block, j, "month"):  # I to XII, which alone may be anything
        dates = max(dates, sum(m is not None for m in axis(texts).moments))
    if not dates and not named and j > 0 and (not before or before[-1][0] != j - 1):
        return None
    figures = [n for v in filled if (n := whole_number(v)) is not None]
    if dates * 2 < len(filled) and not (
        len(figures) * 2 > len(filled)
        or dates + len(figures) == len(filled)
        or named
        or _counts(block, j, filled)
    ):
        return None
    years_beside = () if heading_says(block, j, "quarter") else before
    # a text among months, such as "Average", has a row of its own
    totals = len(figures) * 2 >= len(filled) and named
    counting = [v for v in filled if kind(v) is not Kind.TEXT] if totals else filled
    if not dates and not _calendar_figures(figures, counting, named, j, years_beside):
        return None
    read = axis(values)
    of = _kind(read, bool(dates), len(figures) == len(filled) and heading_says(block, j, "month"))
    return None if of is None else (of, read)


def _counts(block: Block, j: int, filled: Sequence[Value]) -> bool:
    """Tell counts of time in a first column without a heading, as R writes the names of rows."""
    return j == 0 and not any(block.headings[j]) and counted(filled) is not None


def _kind(read: Axis, dates: bool, months_alone: bool) -> str | None:
    """Return what the moments of a column are together, one of `Down.kinds`, None where they are nothing.

    dates : whether some are written as such · months_alone : whether it holds figures under a heading of months
    """
    named = [m for m in read.moments if m is not None]
    # a half or a quarter among years or months is a total, as January to December is
    moments = [m for m in named if m.span == 1 or m.span == 12 and m.month is None] or named
    whole = sum(m.year is not None and m.month is not None for m in moments)
    years = sum(m.year is not None and m.month is None for m in moments)
    months = sum(m.year is None for m in moments)
    if whole and whole * 2 >= len(moments) - years or whole and not months:
        return "whole"
    if years and months and not months_alone:
        return "mixed" if dates else None
    if years:
        return "year"
    return "month" if months else None


def are_codes(block: Block, j: int, values: Sequence[Value], dated: bool) -> bool:
    """Tell figures of four or five digits that are codes of industries, such as 2011, and no years or days.

    dated : whether the headings name months with their years, so that the rows need none
    """
    if any(heading_says(block, j, word) for word in ("year", "period")):
        return False
    if not dated and not heading_says(block, j, "code"):
        return False
    figures = (whole_number(v) for v in values if v not in (None, ""))
    return all(n is not None and 1000 <= n < 100_000 for n in figures)


def _calendar_figures(
    figures: Sequence[int],
    filled: Sequence[Value],
    named: bool,
    j: int,
    before: Sequence[tuple[int, str, Axis]],
) -> bool:
    """Tell a column of figures that are years, months of a year, 202404, 2024.04 or counts of time."""
    if len(figures) < len(filled):  # 2024.04
        dotted = all(isinstance(v, float | str) and _DOTTED.fullmatch(str(v)) for v in filled)
        return bool(filled) and (dotted or counted(filled) is not None) and (named or j == 0)
    if all(n in YEARS for n in figures):
        return (named or j == 0) and len(figures) > 0
    if all(from_buddhist(n) for n in figures):
        return named
    if all(n // 100 in YEARS and 1 <= n % 100 <= 13 for n in figures):
        return named or j == 0
    if all(n // 10_000 in YEARS for n in figures) or all(10_000 <= n < 80_000 for n in figures):
        return named or j == 0
    if counted(filled) is not None:
        return named or j == 0
    years = bool(before) and before[-1][1] == "year" and before[-1][0] == j - 1
    return all(1 <= n <= 13 for n in figures) and (named or years)
