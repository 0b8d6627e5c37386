"""`Cell` and `forms`: the numbers of a table's columns, as a change in percent whatever form they are printed in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.figures.units import are_fractions
from forecast.tables import Style, decimals, parse_number
from forecast.tables.cells import Value
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.marks import is_forecast, is_provisional, split_number
from forecast.tables.rates import Rate

PRINTED = 2
"""Decimals that bulletins print; a workbook keeps more, and not how it shows them. chosen: docs/decisions.md."""

INDEX, PERCENT = "index", "percent"
_AROUND_100 = (85.0, 125.0)
"""Medians of a column that can only be indices; chosen: medians beyond −15 and +25 % are left to the other columns."""
_SMALLEST = 10.0
"""Index points; chosen: no branch falls below a tenth of its output within the span of a rate."""
_AROUND_0 = (-40.0, 40.0)
"""Medians that can only be changes in percent; chosen: an index stands at 60 or more."""
_PLAUSIBLE = {
    "index": (40.0, 250.0),
    "percent": (-60.0, 150.0),
}
"""Medians that other columns may decide about. chosen: output of a branch may be 2.5 times that of its base."""
_RATIOS = (0.5, 1.7)
"""All of several numbers so; chosen: as likely ratios of the two times as changes in percent."""
_FAR_BETTER = 0.5  # of the distance to the output of before; chosen: the nearer reading by half
_FINER = 2
"""Decimals that fractions have beyond those of percent."""
_SMALLER = (
    20.0  # times; chosen: fractions are a hundredth, and rates of two spans of time may differ fivefold
)
_SEVERAL = 3  # chosen: what happens thrice is no accident
_TEXT_NUMBER = re.compile(r"^'|%$")


@dataclass(frozen=True)
class Cell:
    """Hold one number as the file has it.

    digits : decimals as printed, None for a typed number, which has none
    status : "estimate" where a mark beside it says so
    """

    value: float
    digits: int | None
    status: str = ""


def cell(value: Value, style: Style) -> Cell:
    """Return a cell of a column as a number.

    Raises ValueError with the reason where a text is none.
    """
    if isinstance(value, int | float):
        return Cell(float(value), None)
    if kind(value) is Kind.DATE:
        raise ValueError(
            f'"{heading_text(value)}" is a date; write the number that a spreadsheet took for one'
        )
    text, mark = split_number(str(value))
    bare = _TEXT_NUMBER.sub("", text.strip()).strip()
    estimated = mark and (is_provisional(mark) or is_forecast(mark))
    return Cell(parse_number(bare, style), decimals(bare, style), "estimate" if estimated else "")


def forms(columns: Mapping[int, Sequence[float]], heads: Mapping[int, Rate]) -> dict[int, str]:
    """Return for every column of rates "index" (106.3 for +6.3 %) or "percent", "" where that cannot be told.

    columns : position -> values · heads : position -> what its heading says
    A column tells it by its median, and by numbers below 0, which no index is; one that lies between takes the form of
    the others where these agree. A heading that speaks of a change and numbers around 100 contradict each other and
    tell nothing, unless output rises as much from a fall that a column before says.
    """
    by_heading = {c: heads[c].form for c in columns}
    by_values = {c: _told(values, by_heading[c]) for c, values in columns.items()}
    untold = {c: values for c, values in columns.items() if by_heading[c] != PERCENT}
    every = [v for values in untold.values() for v in values]
    if len(every) > _SEVERAL and are_ratios(every):
        return {**by_values, **dict.fromkeys(untold, "")}
    by_values |= dict.fromkeys(_rising(columns, heads, by_values), PERCENT)
    others = set(by_values.values()) - {""}
    shared = others.pop() if len(others) == 1 else ""
    denied = {c for c, values in columns.items() if by_heading[c] == PERCENT and _around_100(values)}
    return {
        c: form
        or (
            shared
            if c not in denied and by_heading[c] in ("", shared) and _may_be(columns[c], shared)
            else ""
        )
        for c, form in by_values.items()
    }


def _rising(
    columns: Mapping[int, Sequence[float]], heads: Mapping[int, Rate], told: Mapping[int, str]
) -> list[int]:
    """Return the columns that only seem to be indices: output rises from a fall that another of their measure says."""
    fell = {
        (heads[c].measure, heads[c].period): values
        for c, values in columns.items()
        if told[c] == PERCENT and min(values) < 0.0
    }
    return [
        c
        for c, values in columns.items()
        if told[c] != PERCENT
        and heads[c].form != INDEX
        and (before := fell.get((heads[c].measure, heads[c].before)))
        and _rises_from(before, values)
    ]


def _rises_from(before: Sequence[float], values: Sequence[float]) -> bool:
    """Tell a rise in percent that undoes a fall, far better than the same numbers with their base as 100 would.

    >>> _rises_from([-57.6, -50.9], [125.0, 138.0]), _rises_from([-3.0, -1.0], [104.0, 102.0])
    (True, False)
    """
    left, up = 1.0 + float(np.median(before)) / 100.0, float(np.median(values)) / 100.0
    if not 0.0 < left < 1.0 or up <= 0.0:
        return False
    return bool(abs(np.log(left * (1.0 + up))) < _FAR_BETTER * abs(np.log(left * up)))


def _told(values: Sequence[float], by_heading: str) -> str:
    """Return the form of a column by its own values and heading."""
    middle = float(np.median(values))
    if _around_100(values):
        return "" if by_heading == PERCENT else INDEX
    if min(values) < 0.0 and -100.0 <= middle < _AROUND_100[0]:
        return "" if by_heading == INDEX else PERCENT
    if len(values) >= _SEVERAL and are_ratios(values):
        return PERCENT if by_heading == PERCENT else ""
    if _AROUND_0[0] <= middle <= _AROUND_0[1]:
        return "" if by_heading == INDEX else PERCENT
    return by_heading if _may_be(values, by_heading) else ""


def are_ratios(values: Sequence[float]) -> bool:
    """Tell numbers that may be ratios of two times.

    >>> are_ratios([0.991, 1.083]), are_ratios([0.991, 2.1])
    (True, False)
    """
    return _RATIOS[0] < min(values) and max(values) < _RATIOS[1]


def _around_100(values: Sequence[float]) -> bool:
    """Tell numbers that can hardly be anything but indices."""
    return _AROUND_100[0] <= float(np.median(values)) <= _AROUND_100[1] and min(values) >= _SMALLEST


def _may_be(values: Sequence[float], form: str) -> bool:
    """Tell whether numbers can be of a form at all: amounts are of none."""
    low, high = _PLAUSIBLE.get(form, (0.0, -1.0))
    return low <= float(np.median(values)) <= high


def fractions(columns: Mapping[int, Sequence[float]]) -> bool:
    """Tell columns of rates that are more likely fractions of 1: all of several numbers are small.

    >>> fractions({0: [0.012, -0.011], 1: [0.063, -0.045]}), fractions({0: [0.1, -0.3]})
    (True, False)
    """
    every = [v for values in columns.values() for v in values]
    return len(every) > _SEVERAL and are_fractions(every)


def fractions_beside(columns: Mapping[int, Sequence[Cell]], forms: Mapping[int, str]) -> list[int]:
    """Return the columns of percent that are more likely fractions of 1, beside one that is not.

    All of their numbers are small, many times smaller than those of the other, and finer by two decimals or more.

    >>> columns = {0: [Cell(-9.6, 1), Cell(4.8, 1)], 1: [Cell(0.027, 3), Cell(-0.1, 3)], 2: [Cell(0.1, 1)] * 2}
    >>> fractions_beside(columns, {0: "percent", 1: "percent", 2: "percent"})
    [1]
    """
    values = {c: np.array([one.value for one in cells]) for c, cells in columns.items()}
    size = {c: float(np.median(np.abs(v - 100.0 * (forms[c] == INDEX)))) for c, v in values.items()}
    digits = {c: max(_printed(one) for one in cells) for c, cells in columns.items()}
    return [
        c
        for c in columns
        if forms[c] == PERCENT
        and len(values[c]) > 1
        and are_fractions(values[c])
        and any(
            _SMALLER * size[c] <= size[o] and min(digits[o], PRINTED) + _FINER <= digits[c] for o in columns
        )
    ]


def _printed(one: Cell) -> int:
    return _digits(one.value) if one.digits is None else one.digits


def rounded(cells: Sequence[Cell]) -> tuple[int, bool]:
    """Return the decimals to which a column is printed, and whether its typed numbers hold more than that.

    Printed text says it itself; typed numbers have at most `PRINTED`, fewer where all of them end sooner.
    """
    typed = [_digits(c.value) for c in cells if c.digits is None]
    longest = max(typed, default=0)
    return min(longest, PRINTED), longest > PRINTED


def _digits(value: float) -> int:
    return len(f"{value:.9f}".rstrip("0").partition(".")[2])
