"""`Declared` and `Work`: what the user declares of a bulletin, and what its tables give one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from forecast.tables import LeftOut

Record = dict[str, object]
"""One figure: the columns of `figures.Row`, and its status."""


@dataclass(frozen=True)
class Declared:
    """Hold what the user declares of a bulletin: see `figures.read`."""

    columns: Mapping[str, str] = field(default_factory=dict)
    fill: Mapping[str, str] = field(default_factory=dict)
    decimal: str | None = None
    rates: str | None = None


@dataclass(frozen=True, eq=False)
class Work:
    """Collect what the tables of one bulletin give: its lists grow table by table.

    region : of rows that name no place, "" where not known · day : of publication, None where not known
    places : region, sector, month, measure -> where it was printed first, and its value
    """

    file: str
    declared: Declared
    region: str
    day: pd.Timestamp | None
    day_known: bool
    records: list[Record] = field(default_factory=list)
    places: dict[tuple[str, str, str, str], tuple[str, float]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
