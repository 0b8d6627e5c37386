"""A config given in Python as a mapping, written as the YAML that says the same: one way of reading for both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forecast.errors import ConfigError
from forecast.tables import latin
from forecast.yaml_text import as_text


def as_yaml(tree: Mapping[str, Any], file: Path) -> bytes:
    """Return a mapping as the bytes of a config.

    Months may be Periods and days dates or time stamps. Raises ConfigError for a value that YAML cannot hold.

    >>> as_yaml({"as_of": pd.Timestamp("2024-05-20"), "models": ("theta",)}, Path("question")).decode()
    "as_of: '2024-05-20'\\nmodels:\\n- theta\\n"
    """
    plain = _plain(tree, file, ())
    return as_text(plain).encode()


def word(name: object, otherwise: str) -> str:
    """Return a name as a config's word of small letters, digits and _; `otherwise` where nothing is left of it.

    >>> word("IIP, tổng số", "level"), word(None, "level")
    ('iip_tong_so', 'level')
    """
    return latin(str(name)).strip("_") if name is not None and latin(str(name)).strip("_") else otherwise


def _plain(value: Any, file: Path, place: tuple[str, ...]) -> Any:
    if isinstance(value, Mapping):
        keys = list(map(str, value))
        if twice := [key for key in dict.fromkeys(keys) if keys.count(key) > 1]:
            raise ConfigError(f"{file}: {'.'.join((*place, twice[0]))}: given twice; keep one")
        return {
            key: _plain(item, file, (*place, key)) for key, item in zip(keys, value.values(), strict=True)
        }
    if isinstance(value, np.datetime64 | dt.date) or value is pd.NaT:  # a datetime is a date
        return _moment(value)
    if isinstance(value, np.generic):  # np.float64 is a float too, and no YAML knows it
        return value.item()
    if isinstance(value, str | bool | int | float | None):
        return value
    if isinstance(value, pd.Period | Path):
        return str(value)
    if isinstance(value, Sequence | set | frozenset | np.ndarray):
        return [_plain(item, file, (*place, str(i))) for i, item in enumerate(value)]
    dotted = ".".join(place)
    raise ConfigError(
        f"{file}: {dotted}: {type(value).__name__} has no place in a config; give text or numbers"
    )


def _moment(value: Any) -> str:
    """A day, or a month where numpy holds one; NaT stays what it is and is refused as no date."""
    if isinstance(value, np.datetime64) and np.datetime_data(value.dtype)[0] in ("Y", "M"):
        return str(value)
    return str(value) if pd.isna(value) else f"{pd.Timestamp(value):%Y-%m-%d}"
