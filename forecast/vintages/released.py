"""A level of which every release is known: a day sees the release of its own date."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from forecast.vintages.store import Store


@dataclass(frozen=True)
class StoredLevel:
    """Name a level in a store of releases.

    store : file of releases (`vintages.Store`) · series : its name there
    """

    store: Path
    series: str

    def as_of(self, day: pd.Timestamp) -> pd.Series[float]:
        """Return what the store held on the day. Raises DataError where that is nothing."""
        return Store(self.store).level(self.series, day)

    @property
    def days(self) -> pd.DatetimeIndex:
        """The days of its releases, earliest first."""
        return Store(self.store).releases(self.series)

    def fingerprint(self) -> str:
        """Return the SHA-256 of the store."""
        return hashlib.sha256(self.store.read_bytes()).hexdigest()
