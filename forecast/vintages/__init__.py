"""The store of releases: every print of every figure and level with its date, so that any past can be seen."""

from __future__ import annotations

from forecast.rooms import furnish
from forecast.vintages.released import StoredLevel
from forecast.vintages.store import Store
from forecast.vintages.writing import Added

__all__ = ["Added", "Store", "StoredLevel"]


furnish(__name__)
