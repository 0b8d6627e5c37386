"""Days of a command line, of which one that may be another is asked about."""

from __future__ import annotations

import pandas as pd

from forecast.errors import ConfigError, DataError
from forecast.figures.table import as_day
from forecast.figures.times import either_order
from forecast.tables.moments import moment


def day_asked(text: str, key: str) -> pd.Timestamp:
    """Return the day that a command line names, a month's last. Raises ConfigError for none, and for one of two."""
    if (when := either_order(text)) is not None:
        raise ConfigError(
            f'{key}: "{text}" is the day {when.year}-{when.month:02d}-{when.day:02d} or '
            f"{when.year}-{when.day:02d}-{when.month:02d}; write the one that is meant"
        )
    try:
        return as_day(text)
    except DataError:
        problem = f'{key}: "{text}" is no date; write a day as 2024-05-20 or a month as 2024-05'
        raise ConfigError(problem) from None


def days_asked(text: str, key: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and last day that a command line names, one day or those of a month; raises as `day_asked`."""
    last = day_asked(text, key)
    when = moment(text)
    return (last if when is not None and when.day is not None else last.replace(day=1)), last
