"""The files of a target known by its levels, taken together: every series in them, and where each month stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from forecast import series
from forecast.config import Question
from forecast.errors import DataError

Places = dict[str, dict[pd.Period, str]]
"""By series, the file and line of each of its months."""


def called(question: Question) -> str:
    """Return the name of the target's files for messages; "" where it has none."""
    names = [file.name for file in question.files]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more" if names else ""


def panel(question: Question, until: pd.Period | None) -> pd.DataFrame:
    """Return every level of the files side by side, of each the months of all files, index points.

    until : last month looked at, None for all
    Raises DataError where a file cannot be read, or two give a month of one series different values.
    """
    target = question.config.target
    files = series.begun_files(question.files, target.sheet, target.columns, until)
    whole, *others = (
        series.read_panel(
            file, sheet=target.sheet, headings=target.columns, decimal=target.decimal, until=until
        )
        for file in files
    )
    problems, left_out = list[str](), [*whole.attrs["left_out"]]
    for file, more in zip(files[1:], others, strict=True):
        problems += [f"{file.name}: {of}" for of in _contradictions(whole, more)]
        left_out += more.attrs["left_out"]
        names = [*whole, *(name for name in more if name not in whole)]
        whole = series.monthly_table(whole.combine_first(more)[names])
    if problems:
        raise DataError(*problems)
    whole.attrs["left_out"] = tuple(left_out)
    return whole


def table(question: Question, until: pd.Period | None) -> pd.DataFrame | None:
    """Return every level of the target's table, in memory or of its files, as `panel` does; None where it has none."""
    if isinstance(question.given, pd.DataFrame):
        return series.monthly_table(question.given).loc[:until]
    stored = question.config.target.store is not None or not question.files
    return None if stored else panel(question, until)


def _contradictions(known: pd.DataFrame, more: pd.DataFrame) -> Iterator[str]:
    """Name the first month of each series that files before and one more give different values."""
    for name in known.columns.intersection(more.columns):
        both = pd.DataFrame({"before": known[name], "now": more[name]}).dropna()
        apart = both[~np.isclose(both["now"], both["before"], rtol=1e-9)]
        if len(apart):
            month, (before, now) = apart.index[0], apart.iloc[0]
            yield (
                f"{name} of {month} is {now:g}, and {before:g} in another; name only the files of one base and one "
                "vintage"
            )


def places(question: Question, names: Sequence[str], until: pd.Period | None) -> Places:
    """Return the file and line of each month of some series of the files, by name; the first file that has it."""
    target, found = question.config.target, Places()
    for file in question.files:
        own = series.places_of_each(file, names, target.sheet, target.columns, until)
        for name, of in own.items():
            found[name] = of | found.get(name, {})
    return found
