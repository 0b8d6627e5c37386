"""`Declared` and `Work`: what the user declares of a bulletin, and what its tables give one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from forecast.figures.bulletin.labels import NATION
from forecast.figures.bulletin.places import NATION_AROUND, province
from forecast.tables import LeftOut
from forecast.tables.cells import Sheet

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
    places : region, sector, month, measure -> where it was printed first, its value and half-unit, its sheet and column
    """

    file: str
    declared: Declared
    region: str
    day: pd.Timestamp | None
    day_known: bool
    records: list[Record] = field(default_factory=list)
    places: dict[tuple[str, str, str, str], tuple[str, float, float, tuple[Sheet, int]]] = field(
        default_factory=dict
    )
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def region_of(self, owner: str) -> str:
        """Return the region of a row: its own, else that of the bulletin; the nation is another one than a province.

        owner : `labels.Series.region`
        """
        if owner == NATION:
            return self.region if province(self.region) is None else NATION_AROUND
        return owner or self.region
