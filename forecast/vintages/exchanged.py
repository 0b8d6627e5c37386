"""Series of a release that print what stood under another name before: headings exchanged, or rows moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import duckdb

LEAST, PART = 12, 0.8
"""Months, and their part, that another name must have printed before. chosen: a year, so that no two series agree by
chance; the latest months are revised."""

_EXCHANGED = """
WITH new AS (
    SELECT series, kind, name, period, arg_max(value, rank) AS value, max(rank) AS rank FROM staged
    WHERE name IN (SELECT unnest($names)) GROUP BY series, kind, name, period),
was AS (
    SELECT p.series, p.period, arg_max(p.value, p.rank) AS value FROM prints p
    WHERE p.rank < (SELECT min(rank) FROM new) GROUP BY p.series, p.period),
again AS (SELECT n.* FROM new n JOIN was w USING (series, period))  -- months that the own name had before
SELECT n.name, s.name AS other, count(*) AS months, min(c.printed) AS printed FROM again n
JOIN was w ON w.period = n.period AND w.value = n.value AND w.series <> n.series
JOIN series s ON s.id = w.series AND s.kind = n.kind
JOIN (SELECT series, count(*) AS printed FROM again GROUP BY series) c ON c.series = n.series
GROUP BY n.name, s.name HAVING count(*) >= $least AND count(*) >= $part * min(c.printed)
ORDER BY n.name, months DESC, s.name
"""


def exchanged(connection: duckdb.DuckDBPyConnection, by_series: pd.DataFrame) -> tuple[str, ...]:
    """Say which staged series print the figures of another one of before in place of their own.

    by_series : of `writing.Added`; only what revises nearly all that it prints again is looked at
    """
    again = by_series["revised"] + by_series["same"]
    names = by_series.index[(by_series["revised"] >= LEAST) & (by_series["revised"] >= PART * again)]
    if names.empty:
        return ()
    found = connection.execute(_EXCHANGED, {"names": list(names), "least": LEAST, "part": PART}).fetchall()
    nearest = {name: (other, months, printed) for name, other, months, printed in reversed(found)}
    return tuple(
        f'"{name}" holds what "{other}" held before, in {months} of {printed} months; if headings were exchanged, '
        "mend the file and ingest it again with --take-out and its day of publication"
        for name, (other, months, printed) in sorted(nearest.items())
    )
