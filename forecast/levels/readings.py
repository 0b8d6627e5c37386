"""What a printed figure may have been meant as: another place of the decimal point, a ratio, an index of its base."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

_POWERS = (1, -1, 2, -2, 3, -3)
"""Of ten by which a decimal point is misplaced; chosen: up to a separator misread, a thousand."""

_DOUBLED = 200.0  # with its base as 100; chosen: what more than doubles is printed as growth


@dataclass(frozen=True)
class Reading:
    """Hold what else a figure may have been meant as: what it seems to be, in words, and the value that was meant.

    too_small, too_large : whether it was then printed so, by a power of ten; a ratio is a rate printed too small
    times : by which a change is then printed too small · unmoved : what is then printed of output that did not move
    """

    what: str
    value: float
    too_small: bool
    too_large: bool
    times: float
    unmoved: float = 0.0


def readings(value: float, index: bool) -> Iterator[Reading]:
    """Yield what else a figure may have been meant as; index : whether it is a level, which is no ratio."""
    for power in _POWERS:
        times = f"{10 ** abs(power)} times too {'large' if power > 0 else 'small'}"
        yield Reading(times, value / 10.0**power, power < 0, power > 0, 10.0**-power)
    if not index:
        yield Reading("a ratio", 100.0 * (value - 1.0), True, False, 100.0, 1.0)
    if not index and 0.0 < value < _DOUBLED:
        yield Reading("a rate with its base as 100", value - 100.0, False, False, 1.0, 100.0)


def may_be_true(reading: Reading, value: float, half_unit: float, usual: float) -> bool:
    """Tell a rate that may well be what is printed: a fall with its decimal point, a small one no finer than others.

    usual : half unit of the others
    In a crisis one true fall in ten is a whole number, so that a tenth of it could have been printed; rises as large
    come after such falls, which bear them out.
    """
    if reading.too_large:
        return value < 0.0 and half_unit <= 2.0 * usual
    return reading.too_small and half_unit >= usual


def decimals(half_unit: float) -> int:
    """Return the decimals of figures printed to twice a half unit, one at least."""
    return max(1, round(-math.log10(2.0 * half_unit)))


def printed_otherwise(value: float, digits: int) -> int:
    """Return 2 where a value needs more decimals than so many, 1 where it needs fewer, else 0."""
    more, as_many = (abs(value - round(value, d)) > 1e-9 for d in (digits, digits - 1))
    return 2 if more else 0 if as_many else 1
