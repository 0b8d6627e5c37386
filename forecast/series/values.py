"""The numbers of series: one decimal sign for a file, typed and text cells together, with marks and account."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.series.layout import Cell, Grid, Line
from forecast.series.percents import judged, without_signs
from forecast.series.rates import over_months
from forecast.tables import Account, LeftOut, Style
from forecast.tables.cells import Value
from forecast.tables.kinds import holds_number
from forecast.tables.marks import FORECAST, split_missing, split_number

Told = tuple[Style, tuple[str, ...]]
"""How numbers are written, and what to tell of it."""

_RATES = 3  # different numbers below 0; chosen: one or two may be slips, or a code of what is missing
_THOUSAND = 1000.0  # between a figure and itself with a separator read as a point
SURVEYED = 24
"""Months beyond today that a panel may reach, as surveys do; chosen: years of another calendar are centuries off."""
PUBLISHED = 1
"""Months beyond today that a level may reach into: the next has begun in other zones, or by a clock that is slow."""
FILLERS = frozenset({999.0, 999.9, 9999.0, 9999.9, 99999.0, 999999.0})


def numbers(
    layout: Grid, lines: Sequence[Line], decimal: str | None, positive: bool, problems: list[str]
) -> tuple[dict[str, npt.NDArray[np.float64]], tuple[str, ...]]:
    """Return the values of each series, NaN where missing, and notes, adding what is wrong to the problems."""
    notes: dict[str, None] = {}
    out = {}
    of_all = cache(lambda: tables.detect_style([text for line in layout.lines for text in _texts(line)]))
    for line in lines:
        plain = without_signs(line)
        try:
            style, style_notes = _style(plain, decimal, of_all)
        except ValueError as error:
            raise DataError(f"{layout.file}: {error}") from None
        notes.update(dict.fromkeys(style_notes))
        wrong: list[str] = []
        values = _values(layout, plain, style, positive, wrong)
        if plain is not line and (told := judged(layout, line, values)) is not None:
            notes.update({told.note: None} if told.note else {})
            wrong += [told.problem] if told.problem else []
        elif plain is not line:
            wrong = []
            values = _values(layout, line, style, positive, wrong)
        problems += wrong
        out[line.name] = values
    return out, tuple(notes)


def _style(line: Line, decimal: str | None, of_all: Callable[[], Told]) -> Told:
    """Return how the texts of a series write numbers; where they do not tell, as in "1.234", the others decide."""
    own = _texts(line)
    if decimal is not None or not own or tables.tells_decimal(own):
        return tables.detect_style(own, decimal)
    return of_all()


def _texts(line: Line) -> list[str]:
    return [split_number(c.value)[0] for c in line.cells if isinstance(c.value, str)]


def _values(
    layout: Grid, line: Line, style: Style, positive: bool, problems: list[str]
) -> npt.NDArray[np.float64]:
    values = np.full(len(line.cells), np.nan)
    typed = any(isinstance(c.value, float) and not c.value.is_integer() for c in line.cells)
    for i, cell in enumerate(line.cells):
        try:
            values[i] = _value(cell.value, style)
        except ValueError as error:
            problems.append(f"{layout.at(cell)}: {line.name} {error}")
            continue
        if typed and isinstance(cell.value, str) and values[i] >= _THOUSAND and tables.either_way(cell.value):
            problems.append(
                f'{layout.at(cell)}: {line.name} "{cell.value}" could be read with a thousands separator or with a '
                "decimal sign; write it without the separator"
            )
    if positive:
        problems += _below(layout, line, values)
        problems += _fillers(layout, line, values)
    return values


def _below(layout: Grid, line: Line, values: npt.NDArray[np.float64]) -> list[str]:
    """Name the values that no level can have; where they fall below 0 again and again, once, as those of rates."""
    below = [(cell, value) for cell, value in zip(line.cells, values, strict=True) if value <= 0]
    if len({value for _, value in below if value < 0}) >= _RATES:
        return [
            f"{layout.at(below[0][0])}: {line.name} {_written(below[0][0])} is not positive, nor are {len(below) - 1} "
            "others; levels are above 0, and rates of change are not: read such as published figures (figures: in a "
            "config)"
        ]
    return [
        f"{layout.at(cell)}: {line.name} {_written(cell)} is not positive; "
        "an index level is above 0 (leave a month without a figure empty)"
        for cell, _ in below
    ]


def _fillers(layout: Grid, line: Line, values: npt.NDArray[np.float64]) -> list[str]:
    """Name the codes by which some offices mean "not published", far above everything else in a series."""
    usual = float(np.nanmedian(values)) if np.isfinite(values).any() else 0.0
    return [
        f"{layout.at(cell)}: {line.name} {_written(cell)} looks like the code of a missing value; "
        "leave a month without a figure empty"
        for cell, value in zip(line.cells, values, strict=True)
        if value in FILLERS and value > 8 * usual > 0
    ]


def _value(value: Value, style: Style) -> float:
    """Return the number of a cell, NaN where it says that there is none."""
    if value is None:
        return np.nan
    if isinstance(value, str):
        return _of_text(value, style)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f'"{value}" is not a number; use digits')
    return float(value)


@lru_cache(maxsize=50_000)  # the values of a file repeat
def _of_text(text: str, style: Style) -> float:
    if tables.missing(text) or tables.missing(split_missing(text)[0]):
        return np.nan
    return tables.parse_number(split_number(text)[0].removeprefix("'"), style)


def _written(cell: Cell) -> str:
    return f"{cell.value:g}" if isinstance(cell.value, float) else str(cell.value)


def this_month() -> pd.Period:
    """Return the month of this machine's clock, by which data are only refused."""
    return pd.Period(pd.Timestamp.now(), freq="M")


def refuse_future(layout: Grid, line: Line, values: npt.NDArray[np.float64], ahead: int) -> None:
    """Refuse months that no office can have published: years of another calendar, a slip of the pen, forecasts.

    ahead : months beyond today that are let pass
    """
    now = this_month().ordinal
    known = [cell for cell, value in zip(line.cells, values, strict=True) if value == value]
    last = max(cell.month for cell in known)
    if last - now > SURVEYED:
        raise DataError(
            f"{layout.place}: {line.name} ends in {pd.Period(ordinal=last, freq='M')}, {(last - now) // 12} years from "
            "now; are its years of another calendar? Write them as those of the Gregorian one, and correct or delete "
            "months still to come"
        )
    if last - now > ahead:
        first = min((cell for cell in known if cell.month - now > ahead), key=lambda cell: cell.month)
        raise DataError(
            f"{layout.at(first)}: {line.name} has a value for {pd.Period(ordinal=first.month, freq='M')}, a month "
            f"still to come by this machine's clock ({this_month()}); write the right year, or delete forecasts; where "
            "the clock is wrong, set it, or name as_of in the config"
        )


def told(layout: Grid, lines: Sequence[Line], notes: tuple[str, ...]) -> dict[Hashable | None, Any]:
    """Return what a reader is told besides the numbers: notes, account, what was left out, status by series."""
    others = [line for line in layout.lines if line.rate]
    left = [*layout.left_out, *(_rates_left(layout, line) for line in others if line not in lines)]
    levels = [line for line in layout.lines if not line.rate or line in lines]
    own = tuple(f"{line.name}, " for line in lines)
    account = Account(sum(map(counted, levels)), len(levels), tuple(left))
    return {
        "notes": notes,
        "account": str(account),
        "left_out": tuple(map(str, left)),
        "forecasts": tuple(str(of) for of in left if of.reason == FORECAST and of.what.startswith(own)),
        "status": {line.name: marks for line in lines if (marks := status(line))},
    }


def counted(line: Line) -> int:
    """Return how many cells of a series hold a number."""
    return sum(holds_number(cell.value) for cell in line.cells)


def _rates_left(layout: Grid, line: Line) -> LeftOut:
    what = line.name if line.rate in line.name else f"{line.name}, {line.rate}"
    reason = over_months(line.rate) or "rate of change"
    return LeftOut(reason, what, counted(line), layout.at(line.cells[0]) if line.cells else layout.place)


def status(line: Line) -> dict[str, str]:
    """Return month -> mark of the values that have one."""
    out = {}
    for cell in line.cells:
        mark = (split_number(cell.value)[1] if isinstance(cell.value, str) else "") or cell.mark
        if mark and holds_number(cell.value):
            out[str(pd.Period(ordinal=cell.month, freq="M"))] = mark
    return out
