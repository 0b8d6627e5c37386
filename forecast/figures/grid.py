"""`crosswise`: tables of one rate with months down their rows and years across their headings."""

from __future__ import annotations

import re
from itertools import pairwise

from forecast.tables.axis import axis
from forecast.tables.blocks import Block
from forecast.tables.forms import YEARS
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.marks import is_forecast, split_heading
from forecast.tables.rates import speaks_of_rates

_FEWEST = 2  # years across, and months down, that make such a table; chosen: one may be anything
_YEAR = re.compile(r"(?:năm\s+|year\s+)?(\d{4})\.?", re.IGNORECASE)

_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def crosswise(block: Block) -> list[dict[int, str]]:
    """Return for each row of such a table the month with its year of every column; nothing of another table.

    Its months follow one another within the year, from January on where they are numbers; a row of something else, as a
    mean, has none. A year marked as a forecast has none either.
    """
    years = _years(block)
    months, named = _months(block, min(years, default=0))
    held = [month for month in months if month is not None]
    in_turn = all(a < b for a, b in pairwise(held)) if named else held == list(range(1, len(held) + 1))
    apart = len(set(years.values())) == len(years) >= (1 if named else _FEWEST)
    if not apart or not in_turn or len(held) < _FEWEST:
        return []
    return [
        {} if month is None else {c: f"{year}-{month:02d}" for c, year in years.items()} for month in months
    ]


def holds_rates(block: Block) -> bool:
    """Tell such a table whose title compares one time with another."""
    return bool(crosswise(block)) and any(speaks_of_rates([title]) for title in block.titles)


def is_unclear(block: Block) -> bool:
    """Tell a table with names of months down and several years across that is none of `crosswise`."""
    years = [c for c, texts in enumerate(block.headings) if _ANY_YEAR.search(" ".join(texts))]
    months, named = _months(block, min(years, default=0))
    return len(years) >= _FEWEST and named and bool(months) and not crosswise(block)


def _years(block: Block) -> dict[int, int]:
    """Return the columns headed by a year of their own."""
    years: dict[int, int] = {}
    for c, texts in enumerate(block.headings):
        for text in texts:
            bare, mark = split_heading(text)
            hit = _YEAR.fullmatch(bare.strip())
            if hit is not None and int(hit[1]) in YEARS and not is_forecast(mark):
                years[c] = int(hit[1])
    return years


def _months(block: Block, before: int) -> tuple[list[int | None], bool]:
    """Return the month that each row names in the first of the columns before the years that has some, and how.

    True for names of months, False for numbers.
    """
    for c in range(before):
        column = [row[c] for row in block.body]
        read = axis(column)
        named = [m.month if m is not None and m.year is None and m.span == 1 else None for m in read.moments]
        numbered = [n if n is not None and 1 <= n <= 12 else None for n in map(whole_number, column)]
        spelt = any(kind(v) is Kind.DATE for v in column)
        months = named if spelt else numbered
        if sum(month is not None for month in months) >= _FEWEST:
            return months, spelt
    return [], False
