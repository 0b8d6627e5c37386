"""The kinds of values that rows hold, each written once: months, days, numbers, labels; and how rows are read."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

from pydantic import (
    AfterValidator,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

STRICT = ConfigDict(strict=True, extra="ignore", defer_build=True)
"""Of every row: no text for a number, no number for a text; what a later field of report.json says is passed over.

What checks a row is built when the first is made, so that the schema is light to import.
"""

DIGITS = 10
"""Significant digits of a number. chosen: a last-bit difference between machines then moves no byte of report.json."""

MONTH, DAY = r"\d{4}-(?:0[1-9]|1[0-2])", r"\d{4}-\d\d-\d\d"


class _Fixed(dict[Any, Any]):
    """A mapping that keeps what it was made of: an outcome is not changed in place."""

    def _refused(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError(
            "an outcome is not changed in place; make another with dataclasses.replace(outcome, ...)"
        )

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refused

    def __reduce__(self) -> tuple[type[dict[Any, Any]], tuple[dict[Any, Any]]]:
        return _Fixed, (dict(self),)


FIXED = AfterValidator(_Fixed)
"""Of a mapping in a row: it is as frozen as the row."""

Labels = Annotated[dict[str, str], FIXED]
"""One text per language code, e.g. {"en": "Baseline", "vi": "Kịch bản cơ sở"}."""

Day = Annotated[str, StringConstraints(pattern=f"^{DAY}$")]
"""A date, YYYY-MM-DD."""

Published = Annotated[str, StringConstraints(pattern=f"^(?:{DAY}|{MONTH})$")]
"""A date of publication, of which the day may be unknown."""


def _rounded(value: float) -> float:
    """Return a number as report.json holds it. Raises ValueError for one that is not finite."""
    if not math.isfinite(value):
        raise ValueError("is not a finite number")
    return float(f"{value:.{DIGITS}g}")


Number = Annotated[float, AfterValidator(_rounded)]
"""A finite number of ten significant digits."""


def _plain(value: Any) -> Any:
    """Return what JSON can hold, its numbers as in report.json. Raises ValueError for what it cannot."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return _rounded(value)
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise ValueError(f"JSON holds no {type(value).__name__}")


if TYPE_CHECKING:
    import pandas as pd

    Month = pd.Period
    Plain = dict[str, Any]
else:

    def _month(value: Any) -> Any:
        """Return a reference month; text is read as YYYY-MM."""
        import pandas as pd  # only here, so that the schema is light to import

        if isinstance(value, pd.Period) and value.freqstr == "M":
            return value
        if isinstance(value, str) and re.fullmatch(MONTH, value):
            return pd.Period(value, "M")
        raise ValueError("is no month, such as 2024-05")

    Month = Annotated[
        Any,
        PlainValidator(_month),
        PlainSerializer(str, return_type=str),
        WithJsonSchema({"type": "string", "pattern": f"^{MONTH}$"}),
    ]
    """A reference month: a `pd.Period` in Python, YYYY-MM in JSON."""

    Plain = Annotated[dict[str, Any], AfterValidator(_plain), WithJsonSchema({"type": "object"})]
    """What a model says of itself, by name: numbers, words, and lists of them."""
