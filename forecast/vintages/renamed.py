"""Levels that a release lacks though it holds what came with them before, and the new names that tell the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forecast.tables import plain_name

if TYPE_CHECKING:
    import duckdb

_LACKING = """
WITH known AS (
    SELECT r.series, r.rank FROM releases r JOIN series s ON s.id = r.series
    WHERE s.kind = 'level' AND r.rank <= $last AND r.rank <> $open),
each AS (
    SELECT series, min(rank) AS first, max(rank) AS last, any_value(month) AS month FROM known JOIN (
        SELECT series, max(period) AS month FROM prints WHERE rank <= $last AND rank <> $open GROUP BY series)
    USING (series) GROUP BY series),
after AS (  -- releases of what came with a level in its last one
    SELECT DISTINCT a.rank, b.rank AS later FROM known a JOIN known b USING (series)
    WHERE b.rank > a.rank AND a.rank IN (SELECT last FROM each)),
pairs AS (  -- a level, and one released after its last release that came with it then, or is new: with what came with
            -- it then, or with months after its last
    SELECT o.series AS lost, o.last AS rank, n.series AS held, n.last, n.first > o.last AS fresh
    FROM each o JOIN each n ON n.last > o.last
    WHERE ($name IS NULL OR o.series IN (SELECT id FROM series WHERE name = $name))
    AND ((n.series, o.last) IN (SELECT (series, rank) FROM known) OR n.first > o.last
        AND (n.month > o.month OR (o.last, n.first) IN (SELECT (rank, later) FROM after)))),
latest AS (
    SELECT series, period, arg_max(value, rank) AS value FROM prints
    WHERE rank <= $last AND rank <> $open
    AND series IN (SELECT lost FROM pairs WHERE fresh UNION SELECT held FROM pairs WHERE fresh)
    GROUP BY series, period),
ratios AS (
    SELECT p.lost, p.held, o.value / n.value AS ratio FROM (SELECT lost, held FROM pairs WHERE fresh) p
    JOIN latest o ON o.series = p.lost JOIN latest n ON n.series = p.held AND n.period = o.period
    WHERE n.value > 0 AND o.value > 0),
middles AS (SELECT lost, held, median(ratio) AS middle FROM ratios GROUP BY ALL),
alike AS (
    SELECT lost, held, avg(abs(ratio / middle - 1)) AS apart
    FROM ratios JOIN middles USING (lost, held) GROUP BY lost, held
    HAVING count(*) >= $common AND avg(CAST(abs(ratio / middle - 1) < $apart AS INTEGER)) >= $part)
SELECT o.name AS lost, published(p.rank) AS published, h.name AS held, published(p.last) AS last, p.fresh,
       a.held IS NOT NULL AS alike, a.apart
FROM pairs p JOIN series o ON o.id = p.lost JOIN series h ON h.id = p.held LEFT JOIN alike a USING (lost, held)
ORDER BY o.name, h.name
"""

_ALIKE = {"common": 12, "apart": 0.005, "part": 0.8}
"""Months known to both, how far apart growth may be and in what part of them, where two names are of one series.
chosen: a year tells a season; the latest months are revised."""


SHOWN = 3
"""Names told of the levels that came with it."""


@dataclass(frozen=True)
class Lacking:
    """Name a level that was not released again with what came with it before.

    series, published : its name and its last release · day : of the newest release that lacks it
    beside : levels released with it then, and again without it · perhaps : new levels with its growth, or its name, the
        nearest first
    """

    series: str
    published: pd.Timestamp
    day: pd.Timestamp
    beside: tuple[str, ...]
    perhaps: tuple[str, ...]

    def __str__(self) -> str:
        of = f'"{self.series}", last released on {self.published:%Y-%m-%d}'
        told = f"{of}, is not in the release of {self.day:%Y-%m-%d}"
        if self.perhaps:
            first, *others = (f'"{name}"' for name in self.perhaps[:SHOWN])
            new = f"{first} (or {', '.join(others)})" if others else first
            return f"{told}, where {new} is new; if they are one, ingest it with the stored name in the file"
        more = ", …" if len(self.beside) > SHOWN else ""
        return f"{told}, which holds {', '.join(self.beside[:SHOWN])}{more}, released with it then"


def lacking(
    connection: duckdb.DuckDBPyConnection, last: int, still_open: int, name: str | None = None
) -> list[Lacking]:
    """Return the levels that the newest releases lack, by name.

    last, still_open : the last rank known, and that of a month still to end
    name : of the one asked about, None for all
    """
    table = connection.execute(_LACKING, {"last": last, "open": still_open, "name": name, **_ALIKE}).df()
    named = [_named_alike(*names) for names in zip(table["lost"], table["held"], strict=True)]
    table["like"] = table["fresh"] * (table["alike"].astype(int) + np.array(named, dtype=int))
    table = table[(table["like"] > 0) | ~table["fresh"]]
    return [
        Lacking(
            str(lost),
            rows["published"].iloc[0],
            rows["last"].max(),
            tuple(rows.loc[~rows["fresh"], "held"]),
            tuple(rows[rows["like"] > 0].sort_values(["like", "apart"], ascending=[False, True])["held"]),
        )
        for lost, rows in table.groupby("lost")
    ]


def _named_alike(one: str, other: str) -> bool:
    """Whether one name begins with the other, as "IIP (2020=100)" does with "iip"."""
    short, long = sorted((plain_name(one), plain_name(other)), key=len)
    return bool(short) and long.startswith(short)
