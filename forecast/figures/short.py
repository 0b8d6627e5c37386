"""Rows of a file of figures that end too soon or too late, or hold one number alone: a figure would be another's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from forecast import tables
from forecast.figures.lines import Lines
from forecast.figures.long import Roles
from forecast.figures.records import later, not_yet
from forecast.figures.table import Day
from forecast.figures.vocabulary import ALIASES
from forecast.tables.cut import at_an_end, refusal, taken
from forecast.tables.kinds import Kind, is_year, kind
from forecast.tables.run_together import cells_of_month

T = TypeVar("T")


def cut_rows(table: Lines, of: Roles, until: Day | None) -> tuple[str, ...]:
    """Return a note of the newest rows where they lack the last measures; raise DataError for others cut short.

    until : rows published later are not looked at
    Of a table of one figure a row the cells themselves say it, as a month is no value. Only a text has rows cut short.
    """
    if not of.wide:
        return ()
    least = max(of.wide) + 1
    seen = [r for r, row in enumerate(table.rows) if not _later(row, of, until)]
    filled = [r for r in seen if any(kind(table.rows[r][i]) is Kind.NUMBER for i in of.wide)]
    short = {r: table.cells[r] for r in filled if table.cells and table.cells[r] < least}
    unpublished = at_an_end(short, filled if _in_order(table, of) else filled[::-1])
    others = [r for r in seen if r not in set(filled)]
    problems = [problem for r in others if (problem := _astray(table, of, r))]
    if not unpublished:
        problems += [refusal(f"{table.file}:{table.lines[r]}", found, least) for r, found in short.items()]
    if problems:
        tables.fail(problems)
    return (taken([table.lines[r] for r in short], least),) if short else ()


def without_wider(table: Lines, columns: Mapping[str, str], until: Day | None) -> Lines:
    """Return a table without the rows of more cells than its header that were published later; refuse the others.

    A cell too many may have moved the day of publication: every day that its place may hold is a later one.
    """
    if not table.wider:
        return table
    at = None
    with suppress(ValueError):
        at = tables.match_headings(table.header, ALIASES, columns).get("published")
    width = len(table.header)
    gone: dict[int, list[str]] = {}
    for r, row in table.wider.items():
        days = [] if at is None else list(filter(_is_day, row[at : at + 1 + len(row) - width]))
        if until is not None and days and all(later(day, until) for day in days):
            gone[r] = days
    problems = [
        f"{table.file}:{table.lines[r]}: {len(row)} fields where the header has {width}; "
        'put text that holds the separator in quotes ("…") and use a decimal point'
        for r, row in table.wider.items()
        if r not in gone
    ]
    if problems:
        tables.fail(problems)
    if until is not None and len(gone) == len(table.rows):
        raise not_yet(table.file, until, [day for days in gone.values() for day in days])
    return replace(
        table,
        rows=_but(table.rows, gone),
        lines=_but(table.lines, gone),
        cells=_but(table.cells, gone),
        wider={},
    )


def _but(items: tuple[T, ...], gone: Collection[int]) -> tuple[T, ...]:
    return tuple(item for r, item in enumerate(items) if r not in gone)


def _is_day(text: str) -> bool:
    """Tell what may be a day or month of publication."""
    try:
        tables.parse_published(text)
    except ValueError:
        return False
    return True


def _later(row: tuple[str, ...], of: Roles, until: Day | None) -> bool:
    return until is not None and "published" in of.places and later(row[of.places["published"]], until)


def _astray(table: Lines, of: Roles, r: int) -> str:
    """Say that the number of a row without figures stands where its month is expected, or in one cell with it."""
    row, place = table.rows[r], f"{table.file}:{table.lines[r]}"
    filled = [text for text in row if text]
    alone = filled[0] if len(filled) == 1 else ""
    if alone and cells_of_month(alone, len(row)):
        return (
            f'{place}: "{alone}" stands in one cell; write its month and its numbers in cells of their own, '
            'or begin it with "Note:" where it is a footnote'
        )
    if alone and table.cells and kind(alone) is Kind.NUMBER:
        return (
            f'{place}: "{alone}" stands alone in its line; does it go on from the line above? Join the two lines, or '
            "delete it"
        )
    month, due = (row[of.places["period"]], "month") if "period" in of.places else (alone, "name")
    if kind(month) is not Kind.NUMBER or _is_month(month) or is_year(month):
        return ""
    return (
        f'{place}: "{month}" stands where a {due} is expected, and its row has no figure; write the {due} there and '
        "the number under its heading, or delete it"
    )


def _is_month(text: str) -> bool:
    with suppress(ValueError):
        tables.parse_period(text)
        return True
    return False


def _in_order(table: Lines, of: Roles) -> bool:
    """Tell months from the oldest to the newest, as where they cannot be read."""
    period = of.places.get("period")
    with suppress(ValueError):
        if period is not None:
            first, last = (tables.parse_period(row[period]) for row in (table.rows[0], table.rows[-1]))
            return bool(first <= last)
    return True
