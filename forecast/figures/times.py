"""The month of a figure and its day of publication: as a file writes them, or as a table in memory holds them."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from forecast import tables
from forecast.tables.moments import Moment, moment

_SPANS = {"qtr_yoy_pct": tables.parse_quarter, "ytd_yoy_pct": tables.parse_year_to_date}
_QUARTER = re.compile(r"(?:I{1,3}|IV)\s*[-/. ]\s*\d{4}")
"""A Roman number with its year: a quarter where a rate of one is meant, a month elsewhere."""


def period_of(text: str, measure: str) -> pd.Period:
    """Return the month that a text names, the last of a quarter or of a year to date where the measure is of one.

    Raises ValueError with the reason, and with the measure that a longer span is of.

    >>> str(period_of("04/2024", "yoy_pct")), str(period_of("II/2024", "qtr_yoy_pct"))
    ('2024-04', '2024-06')
    """
    if measure == "qtr_yoy_pct" and _QUARTER.fullmatch(text.strip()):
        return tables.parse_quarter(f"quý {text.strip()}")
    try:
        return tables.parse_period(text)
    except ValueError as error:
        read = {span: _or_none(parse, text) for span, parse in _SPANS.items()}
        if (own := read.get(measure)) is not None:
            return own
        said = [f"{span} of {last}" for span, last in read.items() if last is not None]
        if said and measure != "index":
            why = str(error).partition(";")[0]
            raise ValueError(
                f"period {why}; its rate is a {said[0]}, no {measure}: name it so, or delete it"
            ) from None
        raise ValueError(f"period {error}") from None


def period_held(entry: object, measure: str) -> pd.Period:
    """Return the month that an entry of a table in memory means: a period, a date, or text as of a file.

    Raises ValueError with the reason.

    >>> [str(period_held(of, "yoy_pct")) for of in (pd.Period("2024-04", "M"), date(2024, 4, 15), "T4/2024", 202404)]
    ['2024-04', '2024-04', '2024-04', '2024-04']
    """
    if isinstance(entry, pd.Period):
        month = entry.asfreq("M")
        if entry.asfreq("M", how="start") != month and (entry.freqstr[0], measure) != ("Q", "qtr_yoy_pct"):
            raise ValueError(f'period "{entry}" is longer than a month; give the month that it ends in')
        return month
    if isinstance(entry, date | np.datetime64) and not pd.isna(entry):
        return pd.Timestamp(entry).tz_localize(None).to_period("M")
    return period_of(_text(entry), measure)


def day_held(entry: object) -> tuple[pd.Timestamp, bool]:
    """Return the day of publication that an entry of a table in memory means, and whether the day itself is known.

    A month counts as its last day; a time of day and its zone are dropped. Raises ValueError with the reason.

    >>> day_held("2024-02"), day_held(date(2024, 2, 28))
    ((Timestamp('2024-02-29 00:00:00'), False), (Timestamp('2024-02-28 00:00:00'), True))
    """
    if isinstance(entry, pd.Period):
        last = entry.end_time.normalize()
        return last, entry.start_time.normalize() == last
    if isinstance(entry, date | np.datetime64) and not pd.isna(entry):
        return pd.Timestamp(entry).tz_localize(None).normalize(), True
    try:
        return tables.parse_published(_text(entry))
    except ValueError as error:
        raise ValueError(f"published {error}") from None


def either_order(text: str) -> Moment | None:
    """Return the day of a text that may as well be month/day/year, None for every other; with dots the day comes first.

    >>> [either_order(text) is None for text in ("05/04/2024", "05.04.2024", "15/04/2024", "04/04/2024")]
    [False, True, True, True]
    """
    when = moment(text)
    slashed = when is not None and when.doubt == "order" and "." not in text
    return when if when is not None and slashed and when.day != when.month else None


def _text(entry: object) -> str:
    """Return an entry as a file would hold it: whole numbers by their digits, nothing where it is missing."""
    if isinstance(entry, float) and entry.is_integer():
        return str(int(entry))
    return "" if entry is None or entry is pd.NaT or entry != entry else str(entry)


def _or_none(parse: Callable[[str], pd.Period], text: str) -> pd.Period | None:
    with contextlib.suppress(ValueError):
        return parse(text)
    return None
