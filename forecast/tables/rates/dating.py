"""`reference`: the month by which the headings of a table are dated that name no year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from forecast.tables.rates.compare import dated, dated_by_base, end
from forecast.tables.rates.spans import Span
from forecast.tables.rates.statement import Statement

_STALE = 3
"""Months between a bulletin's newest month and its publication beyond which no year is inferred; chosen: two are
usual delay."""
_OLD = 13
"""Months before its publication that a bulletin still reports; chosen: a year, and the month it is compared with."""


def reference(
    pairs: Sequence[tuple[Statement, Span | None, Span | None]],
    above: Sequence[Statement],
    latest: pd.Period | None,
) -> tuple[pd.Period | None, str]:
    """Return the month by which spans without a year are dated, and a note where only the publication tells it.

    In this order: a month of the titles, the newest dated heading, a year of the titles, the date of publication
    (where the newest month of the table lies within `_STALE` months of it).
    """
    titled = [span for title in above for span in title.whats]
    years = {span.year for span in titled if span.year > 0}
    whole = [replace(s, year=min(years)) if s.year <= 0 and len(years) == 1 else s for s in titled]
    for group in (whole, [by_base_of(what, base) for _, what, base in pairs]):
        if (newest := _newest(group)) is not None:
            return _plausible(newest, latest), ""
    if len(years) == 1:
        december = pd.Period(year=min(years), month=12, freq="M")
        return (december, "") if latest is None else (_plausible(min(december, latest), latest), "")
    if latest is None:
        return None, ""
    newest = _newest([dated(what, latest) for _, what, _ in pairs if what is not None])
    if newest is None or (latest - newest).n >= _STALE:
        return None, ""
    return latest, f"the year of months without one is taken from the publication in {latest}"


def _newest(group: Sequence[Span | None]) -> pd.Period | None:
    """Return the latest month in which a dated span ends that is more than a year."""
    ending = [s for s in group if s is not None and s.year > 0 and end(s) and s.kind != "year"]
    return max((pd.Period(year=s.year, month=end(s), freq="M") for s in ending), default=None)


def _plausible(month: pd.Period, latest: pd.Period | None) -> pd.Period | None:
    """Return the month where a bulletin published in `latest` can be about it: not a base year nor a plan."""
    return month if latest is None or 0 <= (latest - month).n <= _OLD else None


def by_base_of(what: Span | None, base: Span | None) -> Span | None:
    """Return what is compared with the year that its base gives it, as it is where neither has a month or a base."""
    return what if what is None or base is None or not end(what) else dated_by_base(what, base)
