"""`groups`: the columns of months across by what their headings say besides, where that tells series apart."""

from __future__ import annotations

from collections.abc import Mapping

from forecast.series.columns import is_mark
from forecast.series.periods import Across
from forecast.series.rates import is_cumulative, is_to_date, rate_of
from forecast.series.titles import adjustment_of, base_of
from forecast.tables.languages import folded_name, words

Groups = Mapping[tuple[str, ...], tuple[int, ...]]
"""What headings say besides their months -> the columns that say so."""


def apart(by: Groups) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return what tells the series of each group of columns apart, nothing for the one level among changes."""
    levels = [said for said in by if not rate_of(said)]
    return {said: said if len(by) > 1 and levels != [said] else () for said in by}


def groups(over: Across) -> Groups:
    """Return the columns of months by what their headings say besides, all together where that tells no series apart.

    It does where some say a change or another base than others, or where a month comes again.
    """
    by: dict[tuple[str, ...], list[int]] = {}
    for j in over.months:
        by.setdefault(_said(over, j), []).append(j)
    months = {(m.year, m.month) for j in over.months if (m := over.moments[j]) is not None}
    once = len(months) == len(over.months)
    bases = {base for said in by if (base := base_of(said)) is not None}
    adjusted = {adjustment_of(said) for said in by}
    if once and max(len(bases), len(adjusted)) < 2 and len({bool(rate_of(said)) for said in by}) == 1:
        return {_said(over, over.months[0]): over.months}
    return {said: tuple(columns) for said, columns in by.items()}


def _said(over: Across, j: int) -> tuple[str, ...]:
    """Return what the headings of a column say besides its month, marks of status and the part of its year aside."""
    marked = words("revised")
    return tuple(
        text
        for text in over.rest[j]
        if adjustment_of([text])
        or not (is_mark(text) or folded_name(text) in marked or is_to_date(text) and _spans(over, text))
    )


def _spans(over: Across, text: str) -> bool:
    """Tell a text over several months, such as "First half", unless it says that they are summed up."""
    months = {m.month for j in over.months if text in over.rest[j] and (m := over.moments[j]) is not None}
    return len(months) > 1 and not is_cumulative(text)


def as_one(over: Across, by: Groups) -> tuple[str, ...]:
    """Tell headings over the months that differ and yet were read as one series."""
    said = list(dict.fromkeys(" ".join(_said(over, j)) for j in over.months if _said(over, j)))
    if len(by) > 1 or len(said) < 2:
        return ()
    return (f'headings "{said[0]}" and "{said[1]}" over the months were read as of one series',)
