"""What a printed figure may have been meant as: another place of the decimal point, a ratio, an index of its base."""

from __future__ import annotations

import math
from collections.abc import Iterator

_POWERS = (1, -1, 2, -2, 3, -3)
"""Of ten by which a decimal point is misplaced; chosen: up to a separator misread, a thousand."""


def readings(value: float, index: bool) -> Iterator[tuple[str, float, bool]]:
    """Yield what else a figure may have been meant as: in words, the value, and if it was printed too small."""
    for power in _POWERS:
        times = f"{10 ** abs(power)} times too {'large' if power > 0 else 'small'}"
        yield times, value / 10.0**power, power < 0
    if not index:
        yield "a ratio", 100.0 * (value - 1.0), True
        yield "a rate with its base as 100", value - 100.0, False


def decimals(half_unit: float) -> int:
    """Return the decimals of figures printed to twice a half unit, one at least."""
    return max(1, round(-math.log10(2.0 * half_unit)))


def printed_otherwise(value: float, digits: int) -> int:
    """Return 2 where a value needs more decimals than so many, 1 where it needs fewer, else 0."""
    more, as_many = (abs(value - round(value, d)) > 1e-9 for d in (digits, digits - 1))
    return 2 if more else 0 if as_many else 1
