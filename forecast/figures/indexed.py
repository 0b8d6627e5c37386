"""`index_form`: rates that look printed with their base as 100, where nobody has declared what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

_CENTRED, _SMALLEST = (75.0, 135.0), 40.0
"""Median and smallest of rates that are more likely indices; chosen: no set of rates has a median over 75 %."""
_LOW, _HIGH = 60.0, (75.0, 160.0)
"""Of rates and indices mixed: rates lie below, indices within; chosen: both leave a gap between them."""
_SEVERAL, _SHARE = 3, 0.2
"""Indices among rates, at least; chosen: after a deep fall a few rates of 100 % are real."""
_APART = 20.0  # points between the medians of rates and of indices less 100, at most; chosen: they are of one series

Record = Mapping[str, object]


_NEARER = 50.0  # to no change than to an index of it


def index_form(records: Sequence[Record], file: str) -> list[str]:
    """Say that all rates look like indices, or those of a measure, or some of a measure among others.

    records : figures with their measure, value and line
    """
    rates = [r for r in records if r["measure"] != "index"]
    by_measure: defaultdict[str, list[Record]] = defaultdict(list)
    for record in rates:
        by_measure[str(record["measure"])].append(record)
    if rates and alike(_values(rates)):
        first = _values(rates)[0]
        return [
            f"{_said('rates', rates, file)}; declare rates: index to read {first:g} as {as_rate(first, 6):+g} %, or "
            "rates: percent to take them as they are"
        ]
    return [
        f"{_said(measure, odd, file, len(own))}, beside rates; write them less 100, or declare rates: percent "
        "to take all as they are"
        for measure, own in by_measure.items()
        if (odd := _odd(own))
    ]


def percent_form(records: Sequence[Record], file: str) -> list[str]:
    """Say that rates declared as indices with their base as 100 are none: all lie nearer to 0 than to 100.

    records : figures with their measure, line and value, already less 100
    """
    rates = [r for r in records if r["measure"] != "index"]
    written = [value + 100.0 for value in _values(rates)]
    if not written or any(abs(value) >= _NEARER for value in written):
        return []
    return [
        f"{file}: rates: index is declared, and all {len(written)} rates lie between {min(written):g} and "
        f"{max(written):g}, like percent; leave it out, or declare rates: percent"
    ]


def as_rate(index: object, decimals: int) -> float:
    """Return an index with its base as 100 as a rate in percent, with the decimals that were printed."""
    assert isinstance(index, float)
    return round(index - 100.0, decimals)


def _said(what: str, odd: Sequence[Record], file: str, of: int = 0) -> str:
    values = _values(odd)
    count = f"{len(odd)} of {of}" if of > len(odd) else f"all {len(odd)}"
    return (
        f"{file}:{odd[0]['line']}: {count} {what} lie between {min(values):g} and {max(values):g}, like indices "
        "with their base as 100"
    )


def _odd(own: Sequence[Record]) -> list[Record]:
    """Return the figures of one measure that look like indices, none where they are too few or no others are alike."""
    values = _values(own)
    if len(own) >= _SEVERAL and alike(values):
        return list(own)
    high = [r for r, v in zip(own, values, strict=True) if _HIGH[0] <= v <= _HIGH[1]]
    low = [v for v in values if v < _LOW]
    if len(high) < max(_SEVERAL, _SHARE * len(own)) or not low or len(low) + len(high) < len(own):
        return []
    return high if abs(np.median(_values(high)) - 100.0 - np.median(low)) < _APART else []


def alike(values: Sequence[float]) -> bool:
    """Tell values of which all may be indices with their base as 100, as hardly any rates are."""
    return min(values) >= _SMALLEST and _CENTRED[0] <= float(np.median(values)) <= _CENTRED[1]


def _values(records: Sequence[Record]) -> list[float]:
    return [float(str(r["value"])) for r in records]
