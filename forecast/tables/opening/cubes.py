"""Cubes of statistics offices: every value at a place in a box of dimensions, one or two of which are time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from forecast.errors import DataError
from forecast.tables.moments import moment
from forecast.tables.opening.observations import Observation, Observed

_TIME = re.compile(r"time|period|periodo|month|mes|mois|monat|kk|tid|quarter|year|tlist.*", re.IGNORECASE)


@dataclass(frozen=True)
class Dimension:
    """Hold one side of a cube: its name, the codes and labels of its places, and whether it is time."""

    name: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    time: bool = False


def series(
    name: str,
    dimensions: Sequence[Dimension],
    numbers: Sequence[float | None],
    marks: Sequence[str],
) -> Iterator[Observed]:
    """Yield the series of a cube that hold a value: one for each place of all dimensions but time."""
    steps = [math.prod(len(one.codes) for one in dimensions[i + 1 :]) for i in range(len(dimensions))]
    timed, calendar = _calendar(name, dimensions, steps)
    others = [i for i in range(len(dimensions)) if i not in timed]
    telling = [i for i in others if len(dimensions[i].codes) > 1] or others
    for place in product(*(range(len(dimensions[i].codes)) for i in others)):
        start = sum(at * steps[i] for i, at in zip(others, place, strict=True))
        at_of = dict(zip(others, place, strict=True))
        seen = [Observation(p, numbers[start + k], marks[start + k]) for p, k in calendar]
        labels = "; ".join(dimensions[i].labels[at_of[i]] for i in telling) or "value"
        codes = ".".join(dimensions[i].codes[at_of[i]] for i in others)
        title = "; ".join(dimensions[i].labels[at_of[i]] for i in others)
        if any(one.value is not None for one in seen):
            yield Observed(labels, seen, "" if codes == title.replace("; ", ".") else codes, title)


def _calendar(
    name: str, dimensions: Sequence[Dimension], steps: Sequence[int]
) -> tuple[tuple[int, ...], list[tuple[str, int]]]:
    """Return the dimensions of time, one or those of years and of months, and each period with its distance."""
    time = _time(name, dimensions)
    years = _periods(dimensions[time])
    parts = [i for i, one in enumerate(dimensions) if i != time and _parts_of_year(one.labels)]
    if len(parts) != 1 or any((when := moment(year)) is None or when.month for year in years):
        return (time,), [(period, i * steps[time]) for i, period in enumerate(years)]
    part = parts[0]
    return (time, part), [
        (_joined(year, label), i * steps[time] + k * steps[part])
        for i, year in enumerate(years)
        for k, label in enumerate(dimensions[part].labels)
    ]


def _parts_of_year(labels: Sequence[str]) -> bool:
    """Tell the labels of a dimension of months, which may hold a total or quarters besides."""
    moments = [moment(label) for label in labels]
    return (
        2 * sum(one is not None and one.year is None and one.span == 1 for one in moments) > len(labels) > 1
    )


def _joined(year: str, label: str) -> str:
    """Return a month of a year; what is none counts as the year.

    >>> _joined("2024", "February"), _joined("2024", "Total")
    ('2024-02', '2024')
    """
    whole, part = moment(year), moment(label)
    if whole is None or whole.year is None or part is None or part.month is None or part.span not in (1, 3):
        return year
    return f"{whole.year}-{part.month:02d}" if part.span == 1 else f"{whole.year}-Q{part.month // 3}"


def _time(name: str, dimensions: Sequence[Dimension]) -> int:
    """Return which dimension is time: the one declared so, or whose labels are periods."""
    declared = [i for i, one in enumerate(dimensions) if one.time]
    read = [
        i for i, one in enumerate(dimensions) if one.codes and all(_is_period(text) for text in _periods(one))
    ]
    named = [i for i in read if _TIME.fullmatch(dimensions[i].name)]
    for candidates in (declared, named, read):
        if len(candidates) == 1:
            return candidates[0]
    shown = ", ".join(f'"{one.name}"' for one in dimensions)
    raise DataError(f"{name}: none of its dimensions ({shown}) is time; fetch it with one")


def _periods(dimension: Dimension) -> tuple[str, ...]:
    """Return the periods of a dimension as its labels say them, or its codes where the labels are no periods."""
    return dimension.labels if all(map(_is_period, dimension.labels)) else dimension.codes


def _is_period(text: str) -> bool:
    when = moment(text)
    return when is not None and when.year is not None
