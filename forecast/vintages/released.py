"""A level of which every release is known: a day sees the release of its own date."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from forecast.vintages.beside import log
from forecast.vintages.renamed import Lacking
from forecast.vintages.store import Store, begun


@dataclass(frozen=True)
class StoredLevel:
    """Name a level in a store of releases.

    store : file of releases (`vintages.Store`) · series : its name there
    """

    store: Path
    series: str

    def as_of(self, day: pd.Timestamp) -> pd.Series[float]:
        """Return what the store held on the day, without months that had not begun when they were given.

        Raises DataError where that is nothing.
        """
        return Store(self.store).level(self.series, day, ahead=False)

    def ahead(self, day: pd.Timestamp) -> pd.PeriodIndex:
        """Return the months that are known on a day only by a release of before they began: plans and forecasts."""
        known = Store(self.store).as_of(day, self.series)
        return pd.PeriodIndex(known.loc[~begun(known), "period"])

    def withdrawn(self, day: pd.Timestamp) -> pd.DataFrame:
        """Return the months that by a day a release no longer gave: see `Store.withdrawn`."""
        return Store(self.store).withdrawn(day, self.series)

    def lost(self, day: pd.Timestamp) -> str:
        """Say which months a release known on a day no longer gives, and how to take them back; "" for none."""
        gone = self.withdrawn(day)
        if gone.empty:
            return ""
        on = gone["stored_under"].value_counts().idxmax()
        by = gone[gone["stored_under"] == on]
        told = (
            f"{len(by)} months from {by['period'].min()} to {by['period'].max()} are no longer given since the release "
            f"of {on}"
        )
        if by["other_base"].any():
            return f"{told}, whose points are of another base; ingest the whole series on that base under its day"
        again = f"forecast ingest {self.store.name} FILE --published {on} --no-complete"
        return f"{told}; if it only adds to them: {again}"

    def lacking(self, day: pd.Timestamp) -> Lacking | None:
        """Say which release by a day holds what came with the level before, or its new name, and lacks the level."""
        return next(iter(Store(self.store).lacking(day, self.series)), None)

    @property
    def days(self) -> pd.DatetimeIndex:
        """The days of its releases, earliest first."""
        return Store(self.store).releases(self.series)

    def fingerprint(self) -> str:
        """Return the SHA-256 of the store, with DuckDB's log of what is not in its file yet."""
        of = hashlib.sha256(self.store.read_bytes())
        if log(self.store).exists():
            of.update(log(self.store).read_bytes())
        return of.hexdigest()
