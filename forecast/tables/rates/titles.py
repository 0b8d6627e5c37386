"""What a title says of all columns of its table: months, and that its numbers are no published rates."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from forecast.tables.languages import holds
from forecast.tables.rates.compare import end
from forecast.tables.rates.lexicon import says
from forecast.tables.rates.statement import Statement, statement

WHOLE_TABLE = ("contribution", "adjusted", "annualised")
"""Reasons of `heading.REASONS` that a title gives for all columns."""


def of_all(above: Sequence[Statement]) -> Statement | None:
    """Return the title that says of all columns that they are no published rates, None where none does.

    One that names production, or a line of which every word is understood, such as a unit in brackets.
    """
    for title in above:
        of_table = says(title.text, "production")
        if title.left_out in WHOLE_TABLE and (of_table or not title.strange):
            return title
        if of_table and title.status != "official" and holds(title.text, "outlook"):
            return title
    return None


def months_of_title(title: str) -> tuple[pd.Period, ...]:
    """Return the months that a title of production names with their years.

    >>> [str(m) for m in months_of_title("Chỉ số sản xuất công nghiệp tháng 4 năm 2024")]
    ['2024-04']
    """
    if not says(title, "production"):
        return ()
    spans = (
        span for span in statement([title]).whats if span.kind in ("month", "months", "quarter", "range")
    )
    return tuple(pd.Period(year=s.year, month=end(s), freq="M") for s in spans if s.year > 0)
