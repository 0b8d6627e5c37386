"""The heading of a block: which rows belong to it, and the texts that stand above each column."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from itertools import pairwise

from forecast.tables.cells import Sheet, Value
from forecast.tables.forms import YEARS
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.languages import folded_name, holds, words
from forecast.tables.words import unaccented

_UNIT = re.compile(
    r"\(?\s*(?:[%‰]"
    r"|(?:don vi|dvt|units?|unidade?s?|unite|einheit|unita|jednostka|satuan|birim|единица|单位|単位|단위)\b.*"
    r"|[\w .:]{0,20}\b\d{4}(?:[-/]\d{2,4})? ?= ?100 ?%?)\s*\)?"
)
_NAMED_BASE = re.compile(r"(?!don vi|dvt|unit)\w[\w .:]* \d{4}(?:[-/]\d{2,4})? ?= ?100")
_DOTTED = re.compile(r"(?:1[89]|2[01])\d{2}\.(?:0?[1-9]|1[0-2])")
_LETTERS = tuple("ABCDEFGH")


def is_unit(text: str) -> bool:
    """Tell a unit or a base that stands beside a table from a heading.

    >>> is_unit("Đơn vị tính: %"), is_unit("(2015=100)"), is_unit("Tháng 4/2024")
    (True, True, False)
    """
    return _UNIT.fullmatch(unaccented(text).strip()) is not None


def numbers_columns(cells: Sequence[Value]) -> bool:
    """Tell the row under a heading that only counts the columns: A, B, 1, 2, 3.

    >>> numbers_columns(["A", "B", "1", "2"]), numbers_columns(["1", "2", "4"]), numbers_columns(["(1)", "(2)", "(3)"])
    (True, False, True)
    """
    filled = [str(c).strip("()") if isinstance(c, str) else c for c in cells if c not in (None, "")]
    letters = [c for c in filled if c in _LETTERS]
    numbers = [whole_number(c) for c in filled[len(letters) :]]
    return (
        len(filled) > 2
        and bool(numbers)
        and tuple(letters) == _LETTERS[: len(letters)]
        and numbers == list(range(1, len(numbers) + 1))
    )


def calendar_row(cells: Sequence[Value], near: bool) -> bool:
    """Tell a row of headings in figures: years 2019, 2020; months 201901, 201902; months 1, 2 by a row of years.

    near : whether a row of years stands directly above or below the figures of months, or names of months below a year

    >>> calendar_row(["", "2019", "", "2020"], False), calendar_row(["Sector", "1", "2"], True)
    (True, True)
    """
    filled = [i for i, c in enumerate(cells) if c not in (None, "")]
    if any(kind(cells[i]) is Kind.NUMBER and not _heads_as_number(cells[i]) for i in filled):
        return False
    dotted = [i for i in filled if is_dotted(cells[i])]
    if (
        len(dotted) > 1
        and len(dotted) == sum(kind(cells[i]) is Kind.NUMBER for i in filled)
        and dotted[0] > 0
    ):
        return True
    numbers = [n for i in filled if (n := whole_number(cells[i])) is not None]
    others = [cells[i] for i in filled if whole_number(cells[i]) is None]
    if not numbers or whole_number(cells[filled[0]]) is not None and filled[0] == 0:
        return False
    if any(kind(c) not in (Kind.TEXT, Kind.DATE) for c in others):
        return False
    if all(n in YEARS for n in numbers):
        return (len(numbers) > 1 or near or any(kind(c) is Kind.DATE for c in others)) and _in_turn(numbers)
    if all(n // 100 in YEARS and 1 <= n % 100 <= 13 for n in numbers):
        return len(numbers) > 1
    return near and all(1 <= n <= 12 for n in numbers)


def _heads_as_number(value: Value) -> bool:
    """Tell a number that a calendar may be written in: a whole one, or 2024.04."""
    return whole_number(value) is not None or is_dotted(value)


def is_dotted(value: Value) -> bool:
    """Tell a month written as 2024.04, in figures or as text."""
    return isinstance(value, str | float) and _DOTTED.fullmatch(str(value)) is not None


def _in_turn(years: Sequence[int]) -> bool:
    """Tell years that stand side by side in their order, or begin anew under each month."""
    return all(b - a <= 1 for a, b in pairwise(years)) and len(set(years)) == max(years) - min(years) + 1


def heading_text(value: Value) -> str:
    """Return a cell of a heading as text: a typed date as its day, a whole number without its point."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.hour or value.minute else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if (number := whole_number(value)) is not None:
        return str(value) if isinstance(value, str) else str(number)
    return " ".join(str(value).split()) if value is not None else ""


def rows_of_heading(
    sheet: Sheet, above: Sequence[int], first_value: int
) -> tuple[list[int], list[int], list[int]]:
    """Split the rows above a body into titles, heading rows, and rows of one label that belong to the body.

    above : rows of text since the table before, in order; rows without a cell among them
    first_value : position of the first column of numbers
    """
    filled = {r: [c for c, v in enumerate(sheet.rows[r]) if v not in (None, "")] for r in above}
    heads = [k for k, r in enumerate(above) if any(c >= first_value for c in filled[r])]
    end = heads[-1] + 1 if heads else len(above)
    labels = [r for r in above[end:] if filled[r]]
    begin = end
    while begin and filled[above[begin - 1]]:
        begin -= 1
    run = above[begin:end]
    told = {r for r, below in pairwise(run) if _tells_update(sheet, r, below)}
    heading = [r for r in run if r not in told]
    while heading:
        below = filled[heading[1]] if len(heading) > 1 else ()
        if _heads(sheet, heading[0], filled[heading[0]], first_value, below):
            break
        heading.pop(0)
    titles = [r for r in above[:end] if r not in heading and filled[r]]
    return titles, heading, labels


def _tells_update(sheet: Sheet, row: int, below: int) -> bool:
    """Tell a line of two cells, "Last updated: | 29.11.2024", above the headings that begin with Month or the like."""
    cells, heading = ([v for v in sheet.rows[r] if v not in (None, "")] for r in (row, below))
    if len(cells) != 2 or len(heading) < 2 or not isinstance(cells[0], str):
        return False
    timed = folded_name(str(heading[0])) in words("period") | words("month") | words("year")
    return timed and holds(cells[0], "publication") and kind(cells[1]) is Kind.DATE


def _heads(sheet: Sheet, row: int, filled: Sequence[int], first_value: int, below: Sequence[int]) -> bool:
    """Tell whether the topmost row of a run of rows above a body is a row of headings, not a title.

    below : the filled columns of the next row, which may be the heading; none where no row follows
    """
    if first_value == 0 and list(filled) == [0] and len(below) > 1 and below[0] == 0:
        return False  # as it would be over a column of labels
    over = [c for c in filled if c >= first_value]
    spans = any(a.top <= row <= a.bottom and a.right > max(a.left, first_value - 1) for a in sheet.merged)
    if not over:
        return spans and any(a.top == row and a.left > 0 for a in sheet.merged)
    texts = [heading_text(sheet.rows[row][c]) for c in over]
    if all(map(is_unit, texts)) and below:
        return _tells_months_apart(sheet, row)
    if len(filled) > 1 or not below:
        return True
    return spans or 0 < over[0] < sheet.width - 1 or kind(sheet.rows[row][over[0]]) is Kind.DATE


def _tells_months_apart(sheet: Sheet, row: int) -> bool:
    """Tell a row of units that differ, over or under one of months or years, such as two bases: they are of columns."""
    for beside in sheet.rows[max(row - 1, 0) : row + 2]:
        months = [c for c, v in enumerate(beside) if kind(v) is Kind.DATE or c and whole_number(v) in YEARS]
        texts = [heading_text(value) for value in sheet.rows[row][months[0] :]] if len(months) > 1 else [""]
        units = set(filter(None, texts))
        if texts[0] and len(units) > 1 and all(map(is_unit, units)):
            return True
    return False


def _tell_levels(texts: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Return row and column of headings with their base, "Index 2021=100", that alone say what a column holds.

    They stand beside headings that are no units, and over or under nothing but a month.
    """
    return {
        (k, c)
        for k, row in enumerate(texts)
        for c, text in enumerate(row)
        if _NAMED_BASE.fullmatch(unaccented(text).strip())
        and any(t and not is_unit(t) for t in row[1:])
        and all(kind(other[c]) in (Kind.EMPTY, Kind.DATE) for other in texts if other is not row)
    }


def stacks(sheet: Sheet, heading: Sequence[int], columns: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return per column the texts above it from top to bottom, those that span several columns given to each.

    A merged cell spans its area. Another spans the empty cells to its right that have a text below and none of
    their own above.
    """
    width = sheet.width
    texts = [[heading_text(v) for v in sheet.rows[r]] for r in heading]
    told = _tell_levels(texts)
    for k, (r, row) in enumerate(zip(heading, texts, strict=True)):
        if len(heading) > 1 and not _tells_months_apart(sheet, r):
            row[:] = [
                "" if is_unit(t) and "‰" not in t and (k, c) not in told else t for c, t in enumerate(row)
            ]
    origin = [[c if t else -1 for c, t in enumerate(row)] for row in texts]
    at = {r: k for k, r in enumerate(heading)}
    for area in sheet.merged:
        if area.top in at and area.right > area.left:
            k = at[area.top]
            for c in range(area.left + 1, min(area.right, width - 1) + 1):
                if not texts[k][c] and texts[k][area.left]:
                    texts[k][c], origin[k][c] = texts[k][area.left], origin[k][area.left]
    for k in range(len(texts)):
        for c in range(1, width):
            if not texts[k][c] and texts[k][c - 1] and _spanned(texts, origin, k, c):
                texts[k][c], origin[k][c] = texts[k][c - 1], origin[k][c - 1]
    out = {c: _distinct([row[c] for row in texts]) for c in range(width)}
    for c in columns:
        if not out[c] and c and (c - 1) not in columns:  # the heading stands over an empty column beside it
            out[c] = out[c - 1]
    return {c: out[c] for c in columns}


def _spanned(texts: list[list[str]], origin: list[list[int]], k: int, c: int) -> bool:
    """Tell whether the heading left of an empty cell spans it."""
    parents = [row[c] for row in origin[:k]]
    left = [row[c - 1] for row in origin[:k]]
    own_above = any(p == c for p in parents)
    return not own_above and parents == left and any(row[c] for row in texts[k + 1 :])


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the texts that are not empty and not the same as the one above."""
    out: list[str] = []
    for text in texts:
        if text and (not out or out[-1] != text):
            out.append(text)
    return tuple(out)
