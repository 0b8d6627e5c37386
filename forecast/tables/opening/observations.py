"""Series of a data standard as one table: a column per series, its key above, its titles and codes below the key."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from forecast.errors import DataError
from forecast.tables.cells import Sheet, Value
from forecast.tables.moments import moment
from forecast.tables.numbers import missing
from forecast.tables.opening import values
from forecast.tables.opening.budget import Budget

MONTHLY = "monthly"
_SPANS = {1: MONTHLY, 3: "quarterly", 6: "half-yearly", 12: "annual"}
_DECLARED = {
    "M": MONTHLY,
    "Q": "quarterly",
    "T": "quarterly",
    "S": "half-yearly",
    "H": "half-yearly",
    "A": "annual",
}
_USUAL = ("", "A", "N")
"""Marks of status that say: a normal value."""
_SHOWN = 5
"""Series of another frequency that are named. chosen: a line."""


class Observation(NamedTuple):
    """One value of a series: its period as written, None where nothing was published, and its mark of status."""

    period: str
    value: float | None
    status: str = ""


@dataclass(frozen=True)
class Observed:
    """Hold one series of a standard.

    key : its name, which a user types: codes joined by points, or labels joined by semicolons
    code, title : further names that it answers to, "" where there are none
    frequency : letter that the standard gives it, "" where the periods must tell
    """

    key: str
    observations: Sequence[Observation]
    code: str = ""
    title: str = ""
    frequency: str = ""


def sheet(name: str, standard: str, series: Sequence[Observed], budget: Budget) -> Sheet:
    """Return the monthly series side by side; those of another frequency are told in the notes.

    Raises DataError for a file without monthly observations, or with more than allowed.
    """
    by_frequency: dict[str, dict[int, list[Observation]]] = {}
    for i, one in enumerate(series):
        for seen in one.observations:
            frequency = _frequency(seen.period, one.frequency)
            by_frequency.setdefault(frequency, {}).setdefault(i, []).append(seen)
    if not by_frequency:
        raise DataError(f"{name}: is {standard} without data; fetch the data message, not the structure")
    monthly = by_frequency.pop(MONTHLY, {})
    others = [
        f"{len(members)} {frequency} series ({sum(map(len, members.values())):,} numbers): "
        + _shown([series[i].key for i in members])
        for frequency, members in by_frequency.items()
    ]
    if not monthly:
        raise DataError(
            f"{name}: is {standard} without monthly series, but {'; '.join(others)}; fetch monthly data"
        )
    notes = (f"read as {standard}", *(f"left out {other}" for other in others))
    return _wide(name, [(series[i], seen) for i, seen in monthly.items()], notes, budget)


def number(text: str) -> float | None:
    """Return the number of an observation, None where it says that there is none.

    Raises ValueError for other texts, decimal commas among them: standards have points.

    >>> number("98.2"), number("NaN"), number(".."), number("")
    (98.2, None, None, None)
    """
    bare = text.strip().strip('"')
    if missing(bare) or re.fullmatch(r"[.:x…-]*", bare):
        return None
    try:
        return float(bare)
    except ValueError:
        raise ValueError(f'"{bare}" is no number of a standard; fetch the file again') from None


def _frequency(period: str, declared: str) -> str:
    """Return the frequency of one observation: what its period says, a day being what the series declares.

    >>> _frequency("2024-05", ""), _frequency("2024-Q1", "M"), _frequency("2024-05-01", "M"), _frequency("2024", "")
    ('monthly', 'quarterly', 'monthly', 'annual')
    """
    when = moment(period)
    if when is None or when.day is not None or when.year is None:
        return _DECLARED.get(declared, "daily or weekly" if when is not None and when.day else "other")
    return _SPANS.get(12 if when.month is None else when.span, "other")


def _shown(keys: Sequence[str]) -> str:
    return "; ".join(keys[:_SHOWN]) + (f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else "")


def _wide(
    name: str, members: Sequence[tuple[Observed, list[Observation]]], notes: tuple[str, ...], budget: Budget
) -> Sheet:
    periods = dict.fromkeys(seen.period for _, observations in members for seen in observations)
    if len(periods) * len(members) > budget.cells:
        what = f"holds {len(members):,} series of {len(periods):,} periods"
        raise budget.refusal(name, what, "cells")
    row_of = {period: i for i, period in enumerate(periods)}
    grid: list[list[Value]] = [[None] * len(members) for _ in periods]
    for column, (one, observations) in enumerate(members):
        filled = set()
        for seen in observations:
            if seen.period in filled:
                raise DataError(f"{name}: series {one.key} gives {seen.period} twice; keep one")
            filled.add(seen.period)
            grid[row_of[seen.period]][column] = _cell(seen)
    rows: list[tuple[Value, ...]] = [("period", *_names(members))]
    rows.append(
        ("identifier", *(_worded(f"{one.code} {one.title}".strip() or one.key) for one, _ in members))
    )
    rows += [(period, *cells) for period, cells in zip(periods, grid, strict=True)]
    return Sheet(name, "", tuple(rows), tuple(range(1, len(rows) + 1)), notes=notes)


def _names(members: Sequence[tuple[Observed, list[Observation]]]) -> list[str]:
    """Return the keys, counted where a file gives several series one."""
    times: Counter[str] = Counter()
    names = []
    for one, _ in members:
        times[one.key] += 1
        name = _worded(one.key)
        names.append(name if times[one.key] == 1 else f"{name} ({times[one.key]})")
    return names


def _worded(text: str) -> str:
    """Return a name that nobody takes for a value or a month.

    >>> _worded("001572432"), _worded("M.C.BRUT")
    ('series 001572432', 'M.C.BRUT')
    """
    text = values.text(text)
    plain = re.fullmatch(r"[-+.,\d\s]+", text) is not None or missing(text) or moment(text) is not None
    return f"series {text}" if plain else text


def _cell(seen: Observation) -> Value:
    """Return a value, with its mark where it has one that tells something: "108.1 p"."""
    if seen.value is None:
        return None
    if seen.status.upper() in _USUAL or not math.isfinite(seen.value):
        return seen.value if math.isfinite(seen.value) else str(seen.value)
    return f"{str(seen.value).removesuffix('.0')} {seen.status.lower()}"
