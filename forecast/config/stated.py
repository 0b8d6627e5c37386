"""A part of a config → the package's own value that says the same."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from forecast.config.forms import Strict

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    T = TypeVar("T", bound=DataclassInstance)


def stated(own: type[T], given: Strict, **more: Any) -> T:
    """Return a frozen value of the package with what a part of a config says under the same names.

    more : fields that the part names or holds otherwise. Texts become months where the value holds months.

    >>> from forecast.config.scenarios import Slope
    >>> from forecast.scenario import Slope as OwnSlope
    >>> stated(OwnSlope, Slope(start="2024-07", growth_pct=2.0))
    Slope(start=Period('2024-07', 'M'), growth_pct=2.0)
    """
    named = {field.name: "Period" in str(field.type) for field in fields(own)}
    held = {
        name: getattr(given, name) for name in type(given).model_fields if name in named and name not in more
    }
    months = {name: month(value) for name, value in held.items() if named[name] and isinstance(value, str)}
    return own(**held | months | more)


def month(text: str) -> pd.Period:
    """Return the month that a key names."""
    return pd.Period(text, freq="M")
