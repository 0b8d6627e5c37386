"""`crosswise`: tables of one rate with months down their rows and years across their headings."""

from __future__ import annotations

import re

from forecast.tables.axis import axis
from forecast.tables.blocks import Block
from forecast.tables.forms import YEARS
from forecast.tables.kinds import whole_number
from forecast.tables.marks import is_forecast, split_heading

_FEWEST = 2  # years across, and months down, that make such a table; chosen: one may be anything
_YEAR = re.compile(r"(?:năm\s+|year\s+)?(\d{4})\.?", re.IGNORECASE)


def crosswise(block: Block) -> list[dict[int, str]]:
    """Return for each row of such a table the month with its year of every column; nothing of another table.

    Months begin with January and follow one another; a row of something else, as a mean, has none. A year marked as a
    forecast has none either.
    """
    years = _years(block)
    months = _months(block, min(years, default=0))
    held = [month for month in months if month is not None]
    if len(years) < _FEWEST or len(held) < _FEWEST or held != list(range(1, len(held) + 1)):
        return []
    return [
        {} if month is None else {c: f"{year}-{month:02d}" for c, year in years.items()} for month in months
    ]


def _years(block: Block) -> dict[int, int]:
    """Return the columns headed by a year of their own."""
    years: dict[int, int] = {}
    for c, texts in enumerate(block.headings):
        for text in texts:
            bare, mark = split_heading(text)
            hit = _YEAR.fullmatch(bare.strip())
            if hit is not None and int(hit[1]) in YEARS and not is_forecast(mark):
                years[c] = int(hit[1])
    return years if len(set(years.values())) == len(years) else {}


def _months(block: Block, before: int) -> list[int | None]:
    """Return the month that each row names in the first of the columns before the years that has one."""
    for c in range(before):
        column = [row[c] for row in block.body]
        read = axis(column)
        named = [m.month if m is not None and m.year is None and m.span == 1 else None for m in read.moments]
        numbered = [n if n is not None and 1 <= n <= 12 else None for n in map(whole_number, column)]
        for months in (named, numbered):
            if sum(month is not None for month in months) >= _FEWEST:
                return months
    return []
