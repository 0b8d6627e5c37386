"""What is odd about a level that is kept in a store: months withdrawn or given too early, releases without it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from forecast.estimate import LevelData
from forecast.tables import Finding
from forecast.vintages import StoredLevel

_ZONES = pd.Timedelta(days=1)
"""By which it may be later elsewhere."""


def of_store(data: LevelData, dated: bool) -> Iterator[Finding]:
    """Yield what a store's releases do to the target as known on the date of the data.

    dated : whether the question names its date; else it is that of the target's last release, and later ones of
        other levels are looked at as well
    """
    if data.releases is None:
        return
    held, place = data.releases, data.releases.store.name
    yield from _to_come(held, data.as_of)
    if len(held.withdrawn(data.as_of)) > data.known.notna().sum():
        yield Finding("gap", place, f"{held.series}: {held.lost(data.as_of)}", held.series)
    ahead = tuple(map(str, held.ahead(data.as_of)))
    if ahead:
        text = (
            f"{held.series}: {', '.join(ahead)} left out, given before "
            f"{'it' if len(ahead) == 1 else 'they'} began: a plan or a forecast"
        )
        yield Finding("note", place, text, held.series, ahead)
    lacking = held.lacking(data.as_of if dated else pd.Timestamp.max)
    if lacking is not None:
        yield Finding("gap", place, str(lacking), held.series)


def _to_come(held: StoredLevel, day: pd.Timestamp) -> Iterator[Finding]:
    """Yield the releases up to a day that lie in the future by this machine's clock, of a month all its days."""
    for of in held.days[held.days <= day]:
        earliest = of.replace(day=1) if of.is_month_end else of
        if earliest > pd.Timestamp.today() + _ZONES:
            text = (
                f"{held.series}: the release of {of:%Y-%m-%d} is still to come; take it out and ingest it under its "
                "own day (forecast ingest --take-out), or give as_of"
            )
            yield Finding("future", held.store.name, text, held.series, stops=True)
