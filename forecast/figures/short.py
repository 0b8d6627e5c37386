"""Rows of a text file of figures that end too soon, or hold one number alone: a figure would be another measure's."""

from __future__ import annotations

from contextlib import suppress

from forecast import tables
from forecast.figures.lines import Lines
from forecast.figures.long import Roles
from forecast.figures.records import later
from forecast.figures.table import Day
from forecast.tables.cut import at_an_end, refusal, taken
from forecast.tables.kinds import Kind, kind


def cut_rows(table: Lines, of: Roles, until: Day | None) -> tuple[str, ...]:
    """Return a note of the newest rows where they lack the last measures; raise DataError for others cut short.

    until : rows published later are not looked at
    Of a table of one figure a row the cells themselves say it, as a month is no value.
    """
    if not of.wide or not table.cells:
        return ()
    least = max(of.wide) + 1
    seen = [r for r, row in enumerate(table.rows) if not _later(row, of, until)]
    filled = [r for r in seen if any(kind(table.rows[r][i]) is Kind.NUMBER for i in of.wide)]
    short = {r: table.cells[r] for r in filled if table.cells[r] < least}
    alone = [r for r in seen if r not in short and _alone(table.rows[r])]
    unpublished = at_an_end(short, filled if _in_order(table, of) else filled[::-1])
    problems = [
        f'{table.file}:{table.lines[r]}: "{" ".join(filter(None, table.rows[r]))}" stands alone in its line; does it '
        "go on from the line above? Join the two lines, or delete it"
        for r in alone
    ]
    if not unpublished:
        problems += [refusal(f"{table.file}:{table.lines[r]}", found, least) for r, found in short.items()]
    if problems:
        tables.fail(problems)
    return (taken([table.lines[r] for r in short], least),) if short else ()


def _later(row: tuple[str, ...], of: Roles, until: Day | None) -> bool:
    return until is not None and "published" in of.places and later(row[of.places["published"]], until)


def _alone(row: tuple[str, ...]) -> bool:
    filled = [text for text in row if text]
    return len(filled) == 1 and kind(filled[0]) is Kind.NUMBER


def _in_order(table: Lines, of: Roles) -> bool:
    """Tell months from the oldest to the newest, as where they cannot be read."""
    period = of.places.get("period")
    with suppress(ValueError):
        if period is not None:
            first, last = (tables.parse_period(row[period]) for row in (table.rows[0], table.rows[-1]))
            return bool(first <= last)
    return True
