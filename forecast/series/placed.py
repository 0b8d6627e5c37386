"""`since`: from which month on stands what names none, by its place among months that are in order."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from forecast.series.periods import Across
from forecast.tables.blocks import Block

Since = tuple[tuple[int, str], ...]
"""Problems, each behind the month from which on it is there."""


def since(
    months: Mapping[int, int], problems: Iterable[tuple[int, str]], halves: Collection[int] = ()
) -> tuple[tuple[str, ...], Since]:
    """Return the problems that may be of any month, and those that are of a later one than the months before them.

    months : place -> month, of rows or columns · problems : each behind its place · halves : places that may go on
    from the month before them, and are of it
    Only where all months ascend, or all descend, does a place among them say anything.

    >>> since({0: 648, 1: 649}, [(2, "?")]), since({1: 649, 2: 648}, [(0, "?")]), since({1: 648, 2: 650}, [(0, "?")])
    (((), ((650, '?'),)), ((), ((650, '?'),)), (('?',), ()))
    """
    places = sorted(months)
    steps = {months[b] - months[a] for a, b in pairwise(places)}
    ascend, descend = bool(steps) and min(steps) > 0, bool(steps) and max(steps) < 0
    any_month: list[str] = []
    later: list[tuple[int, str]] = []
    for place, problem in problems:
        beside = bisect(places, place) - ascend
        if (ascend or descend) and 0 <= beside < len(places):
            later.append((months[places[beside]] + (place not in halves), problem))
        else:
            any_month.append(problem)
    return tuple(any_month), tuple(later)


def of_columns(
    block: Block, over: Across, months: Mapping[int, int], strange: Mapping[int, str]
) -> tuple[tuple[str, ...], Since]:
    """Return the same of what is wrong with the headings; one that is empty may be of any month.

    months : column -> last month · strange : column -> what is wrong with it
    A cell too many moves numbers of any month under no heading.
    """
    problems = [*((j, f"{block.first_place}: {text}") for j, text in over.problems), *strange.items()]
    bare = [text for j, text in problems if not any(block.headings[j])]
    wrong, later = since(months, ((j, text) for j, text in problems if any(block.headings[j])))
    return (*bare, *wrong), later
