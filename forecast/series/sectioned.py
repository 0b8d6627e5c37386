"""`in_sections`: the lines of one text that name the series of the months below them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from forecast.series.bases import base_stated
from forecast.series.labelled import year_of_titles
from forecast.series.naming import sections
from forecast.series.parted import is_plain_remark, may_be_remark
from forecast.series.periods import Down
from forecast.tables.blocks import Block
from forecast.tables.languages import folded_name, words
from forecast.tables.marks import is_forecast
from forecast.tables.moments import moment


def in_sections(block: Block, when: Down, months: Mapping[int, int]) -> tuple[str, ...]:
    """Return the name of the section of each row with a month, none where the lines among them head no sections.

    months : of rows
    They do where the months come again below each of them, every row says its year, and no line says a time, a base
    or a forecast. A remark within a section, whose months go on below it, ends none.
    """
    rows = tuple(months)
    if len(set(months.values())) == len(rows) or not _dated(when, rows):
        return ()
    names: list[str] = []
    held: dict[str, set[int]] = {}
    named = ""
    for text, group in groupby(zip(sections(block, rows), rows, strict=True), key=lambda pair: pair[0]):
        new = [months[r] for _, r in group]
        own = held.get(named, set())
        goes_on = bool(own) and (min(new) > max(own) or max(new) < min(own))
        if goes_on and not may_be_remark(text, named) or not goes_on and (text in held or not _names(text)):
            return ()
        named = named if goes_on else text
        if len(set(new)) < len(new):
            return ()
        held.setdefault(named, set()).update(new)
        names += [named] * len(new)
    return tuple(names)


def _dated(when: Down, rows: tuple[int, ...]) -> bool:
    """Tell rows each of which says its year."""
    read = when.of("whole") or when.of("year")
    return read is not None and all((m := read.moments[r]) is not None and m.year is not None for r in rows)


def _names(text: str) -> bool:
    """Tell a line that may name a series."""
    if not text or is_plain_remark(text) or is_forecast(text) or base_stated(text) is not None:
        return False
    if folded_name(text) in words("provisional") | words("revised"):
        return False
    return moment(text) is None and year_of_titles([text]) is None
