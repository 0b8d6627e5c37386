"""Every release sealed as it is stored, so that prints that were lost or changed since are seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from forecast.vintages.offers import written

if TYPE_CHECKING:
    import duckdb

# whole numbers, which are added in any order, of the bits of the doubles, which no version writes otherwise; and one,
# as those of 0.0 are none
_PRINTED = """
SELECT series, rank, count(*) AS prints, bool_and(coalesce(isfinite(value), FALSE)) AS finite, sum(
    coalesce((value::BIT::UBIGINT::HUGEINT + 1) * (2 * period::HUGEINT + 1), 0)
    + coalesce((half_unit::BIT::UBIGINT::HUGEINT + 1) * (4 * period::HUGEINT + 3), 0)
    + coalesce(line * (8 * period::HUGEINT + 5), 0)
    + CASE WHEN source <> '' THEN md5_number_lower(source)::HUGEINT * (16 * period::HUGEINT + 9) ELSE 0 END) AS total
FROM prints WHERE {of} GROUP BY series, rank
"""

_DIGEST = """md5(concat_ws('|', s.name, s.kind, s.region, s.sector, s.measure, rank,
    coalesce(r.complete::VARCHAR, ''), p.prints, p.total))"""

_SEAL = """
UPDATE releases SET digest = sealed.digest FROM (
    SELECT series, rank, {digest} AS digest FROM releases r
    JOIN ({printed}) p USING (series, rank) JOIN series s ON s.id = series) sealed
WHERE releases.series = sealed.series AND releases.rank = sealed.rank
AND releases.digest IS DISTINCT FROM sealed.digest
"""

_SEALS = """
SELECT s.name, rank, coalesce({seal}, ''), coalesce(p.prints, 0) FROM releases r
FULL JOIN ({printed}) p USING (series, rank) JOIN series s ON s.id = series
"""

_STATE = "SELECT md5(coalesce(string_agg(digest, '' ORDER BY digest), '')) AS digest FROM releases"

_CHANGED = f"""
INSERT INTO states SELECT last_number + 1, digest, md5(before || digest) FROM (
    SELECT coalesce(max(number), 0) AS last_number, coalesce(arg_max(seal, number), '') AS before,
        arg_max(releases, number) AS last FROM states)
CROSS JOIN ({_STATE}) WHERE digest IS DISTINCT FROM last
"""

_UNCHAINED = """
SELECT count(*) FROM (
    SELECT number, row_number() OVER told AS place, seal, md5(coalesce(lag(seal) OVER told, '') || releases) AS due
    FROM states WINDOW told AS (ORDER BY number))
WHERE number IS DISTINCT FROM place OR seal IS DISTINCT FROM due
"""

_TWICE = """
SELECT count(DISTINCT id) < count(*) OR count(DISTINCT name) < count(*) FROM series
"""

_ODD = """
WITH r AS (
    SELECT series, rank, count(*) AS times, bool_and(complete) AS complete, min({sealed}) AS digest FROM releases
    WHERE {of} GROUP BY series, rank),
p AS ({printed})
SELECT s.name, rank FROM r FULL JOIN p USING (series, rank)
FULL JOIN (SELECT * FROM series WHERE {named}) s ON s.id = series
WHERE times IS DISTINCT FROM 1 OR {wrong} ORDER BY rank NULLS FIRST, s.name LIMIT 1
"""


def seal(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Seal the releases that a table tells by series and rank: what they printed, of what, and if they are complete."""
    printed = _PRINTED.format(of=f"(series, rank) IN (SELECT (series, rank) FROM {table})")
    connection.execute(_SEAL.format(digest=_DIGEST, printed=printed))


def seal_store(connection: duckdb.DuckDBPyConnection) -> None:
    """Seal which releases a store has; where they changed, by one more state, sealed with the one before it."""
    connection.execute(_CHANGED)


def seals(connection: duckdb.DuckDBPyConnection, sealed: bool) -> list[tuple[str, int, str, int]]:
    """Return of each release its series' name, its rank, its seal and how many prints it has.

    sealed : whether releases are; else the seals are those that they would have
    """
    statement = _SEALS.format(seal="r.digest" if sealed else _DIGEST, printed=_PRINTED.format(of="TRUE"))
    rows = connection.execute(statement).fetchall()
    return [(str(name), int(rank), str(of), int(prints)) for name, rank, of, prints in rows]


def odd(connection: duckdb.DuckDBPyConnection, sealed: bool, ids: Sequence[int] | None = None) -> str:
    """Say what of the prints and releases is not as it was stored; "" for nothing.

    sealed : whether releases are; of a store of before, lost releases and values that are no numbers are seen alone
    ids : of the series looked at, None for all
    """
    if connection.execute(_TWICE).fetchall() != [(False,)]:
        return "a series is there twice"
    of = "TRUE" if ids is None else "series BETWEEN $low AND $high AND series IN (SELECT unnest($ids))"
    wrong = f"digest IS DISTINCT FROM {_DIGEST}" if sealed else "s.id IS NULL OR finite IS DISTINCT FROM TRUE"
    statement = _ODD.format(
        sealed="digest" if sealed else "NULL::VARCHAR",
        of=of,
        printed=_PRINTED.format(of=of),
        named=of.replace("series", "id"),
        wrong=wrong,
    )
    asked = {} if ids is None else {"ids": list(ids), "low": min(ids, default=0), "high": max(ids, default=0)}
    found = connection.execute(statement, asked).fetchall()
    for name, rank in found:
        of_series = "prints of no series" if name is None else str(name)
        return f"{of_series}: no release of it is left" if rank is None else _changed(of_series, rank)
    return ""


def unlike(connection: duckdb.DuckDBPyConnection) -> str:
    """Say if the releases of a store, or the states that it was in, are not those that were stored; "" for nothing."""
    if connection.execute(_UNCHAINED).fetchall() != [(0,)]:
        return "the states that it was in are not as they were stored"
    sealed = connection.execute("SELECT arg_max(releases, number) FROM states").fetchall()
    if connection.execute(_STATE).fetchall() == sealed:
        return ""
    return "it lacks a release that was stored, or has one that was not"


def _changed(name: str, rank: int) -> str:
    return f"{name}: the release of {written(rank)} is not as it was stored"
