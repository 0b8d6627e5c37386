"""Which prints of a store stand on a day: the latest of each cell, but for those that a later release has withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

OTHER_BASE = 0.01
"""Part of itself by which every month known to two releases differs, to one side, where their points are not to be
mixed. chosen: of 758 vintages of US output cut to their last 13 months it finds 11 of 12 new bases, and 12 yearly
revisions that moved all of them by 1 to 3 %, after which the months before lie as much too low or high."""

OTHER_BASE_OF_FEW = 0.05
"""The same where they share fewer than `FEW` months, which may all be revised at once: of the vintages cut to 4 months
it finds 8 of 12 new bases, the others being changes by 2 to 4 %, and one revision."""

FEW = 6
"""Months in common from which `OTHER_BASE` holds. chosen: first prints are revised for a quarter or two."""

_SEEN = (
    "series BETWEEN $low AND $high AND series IN (SELECT unnest($ids)) AND rank <= $last AND rank <> $open"
)

_KNOWN = f"""
WITH cells AS (
    SELECT series, period, arg_max(value, rank) AS value, max(rank) AS rank FROM prints
    WHERE {_SEEN} GROUP BY series, period),
unsaid AS (SELECT series, rank FROM releases WHERE complete IS NULL AND {_SEEN}),
begun AS (
    SELECT series, rank, min(period) AS first FROM prints JOIN unsaid USING (series, rank) GROUP BY series, rank),
late AS (
    SELECT series, b.rank FROM begun b JOIN (SELECT series, min(period) AS first FROM cells GROUP BY series) f
    USING (series) WHERE b.first > f.first),
printed AS (  -- each print with the one before it
    SELECT series, period, rank, value AS now, lag(value) OVER (PARTITION BY series, period ORDER BY rank) AS before
    FROM prints WHERE {_SEEN} AND series IN (SELECT series FROM late)),
rebased AS (
    SELECT series, rank FROM printed JOIN late USING (series, rank) WHERE before IS NOT NULL GROUP BY series, rank
    HAVING min(before) > 0 AND (min(now / before) > 1 OR max(now / before) < 1) AND min(abs(now / before - 1)) >
        CASE WHEN count(*) < {FEW} THEN {OTHER_BASE_OF_FEW} ELSE {OTHER_BASE} END),
whole AS (  -- releases, each with the month from which it stands for the series
    SELECT series, rank, -2147483648 AS first FROM releases WHERE complete AND rank <= $last AND rank <> $open
    UNION ALL SELECT b.series, b.rank, CASE WHEN r.rank IS NULL THEN b.first ELSE -2147483648 END
    FROM begun b LEFT JOIN rebased r USING (series, rank))
"""

STANDING = (
    _KNOWN
    + """
SELECT s.name AS series, c.period, c.value, published(c.rank) AS published
FROM cells c JOIN series s ON s.id = c.series
WHERE NOT EXISTS (SELECT 1 FROM whole w WHERE w.series = c.series AND w.rank > c.rank AND w.first <= c.period)
ORDER BY s.name, c.period
"""
)
"""The prints that stand."""

WITHDRAWN = (
    _KNOWN
    + """
SELECT s.name AS series, c.period, min(w.rank) AS rank, published(min(w.rank)) AS published,
       arg_min(r.rank IS NOT NULL, w.rank) AS other_base
FROM cells c JOIN series s ON s.id = c.series
JOIN whole w ON w.series = c.series AND w.rank > c.rank AND w.first <= c.period
LEFT JOIN rebased r ON r.series = w.series AND r.rank = w.rank
GROUP BY s.name, c.period ORDER BY s.name, c.period
"""
)
"""The prints that no longer stand, each with the release that was the first to lack it."""


def asked(ids: Sequence[int], last: int, still_open: int = -1) -> dict[str, object]:
    """Return the parameters of a query: series, the last rank known, and the rank of a month that is still to end."""
    return {
        "ids": list(ids),
        "low": min(ids, default=0),
        "high": max(ids, default=0),
        "last": last,
        "open": still_open,
    }
