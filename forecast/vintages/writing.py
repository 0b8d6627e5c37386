"""Writing a release into the tables of a store: what is new, what was known, what contradicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow

from forecast.errors import DataError
from forecast.tables import plain_name
from forecast.vintages.offers import Offer

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, eq=False)
class Added:
    """Tell what a release brought.

    new, known : prints stored now, prints that were stored before
    contradictions : series, period, published, stored, offered, line: the same cell and date of publication with
        another value; what is stored was kept
    notes : what the reader should know
    by_series : series -> columns first (cells never printed before), revised, same (printed again with the value
        they had), of the prints stored now
    """

    new: int
    known: int
    contradictions: pd.DataFrame
    notes: tuple[str, ...] = ()
    by_series: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["first", "revised", "same"])
    )

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each contradiction in words."""
        return tuple(
            f"{row.series} {row.period}, published {row.published:%Y-%m-%d}: {row.stored:g} is stored, "
            f"{row.offered:g} is offered (line {row.line}); the stored value was kept"
            for row in self.contradictions.itertuples()
        )


def write(connection: duckdb.DuckDBPyConnection, offered: Offer) -> Added:
    """Store an offer and return what it brought; prints that contradict a stored one are left out.

    Raises DataError where a series is stored as another kind.
    """
    connection.register("offer", pyarrow.Table.from_pandas(offered.rows, preserve_index=False))
    notes = _spelt_otherwise(connection)
    _stage(connection)
    notes += _withdrawn(connection) if offered.complete else ()
    clashes = connection.execute(
        """
        SELECT DISTINCT o.name AS series, o.period, published(rank) AS published, p.value AS stored,
               o.value AS offered, o.line
        FROM staged o JOIN prints p USING (series, period, rank) WHERE p.value <> o.value
        ORDER BY o.name, o.period, published, o.line
        """
    ).df()
    by_series = _brought(connection)
    new = _count(
        connection,
        """
        INSERT INTO prints
        SELECT series, period, rank, value, half_unit, source, line FROM staged o
        WHERE NOT EXISTS (SELECT 1 FROM prints p WHERE p.series = o.series AND p.period = o.period
            AND p.rank = o.rank AND (p.value <> o.value OR p.source = o.source))
        ORDER BY rank, series, period
        """,
    )
    connection.execute(
        """
        INSERT INTO releases
        SELECT DISTINCT series, rank, $complete FROM staged s WHERE NOT EXISTS (
            SELECT 1 FROM releases r WHERE r.series = s.series AND r.rank = s.rank)
        """,
        {"complete": offered.complete},
    )
    return Added(new, len(offered.rows) - new - len(clashes), dated(clashes), notes, by_series)


def _brought(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return what the staged prints add to each series, held against the print before in order of publication."""
    return (
        connection.execute(
            """
            WITH fresh AS (
                SELECT DISTINCT s.name, s.series, s.period, s.rank, s.value, s.source FROM staged s
                WHERE NOT EXISTS (
                    SELECT 1 FROM prints p WHERE p.series = s.series AND p.period = s.period AND p.rank = s.rank
                    AND (p.value <> s.value OR p.source = s.source))),
            known AS (
                SELECT series, period, rank, value FROM prints
                UNION ALL SELECT series, period, rank + 1 AS rank, value FROM fresh),
            held AS (
                SELECT f.name, f.value, arg_max(p.value, p.rank) AS before FROM fresh f
                LEFT JOIN known p ON p.series = f.series AND p.period = f.period AND p.rank <= f.rank
                GROUP BY f.name, f.period, f.rank, f.value, f.source)
            SELECT name AS series, count(*) FILTER (WHERE before IS NULL) AS first,
                   count(*) FILTER (WHERE before <> value) AS revised, count(*) FILTER (WHERE before = value) AS same
            FROM held GROUP BY name ORDER BY name
            """
        )
        .df()
        .set_index("series")
    )


def _spelt_otherwise(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Say which regions are new to the store but for their spelling."""
    stored = [
        region for (region,) in connection.execute("SELECT DISTINCT region FROM series ORDER BY 1").fetchall()
    ]
    offered = connection.execute("SELECT DISTINCT region FROM offer ORDER BY 1").fetchall()
    by_name = {plain_name(region): region for region in stored if region}
    return tuple(
        f'region "{region}" is new here, and "{by_name[plain_name(region)]}" is stored; '
        "if they are one, write the stored name in the file"
        for (region,) in offered
        if region not in stored and plain_name(region) in by_name
    )


def _stage(connection: duckdb.DuckDBPyConnection) -> None:
    """Number the offered series and put the offer beside the prints."""
    connection.execute(
        """
        INSERT INTO series
        SELECT (SELECT coalesce(max(id), 0) FROM series) + row_number() OVER (ORDER BY name),
               name, kind, region, sector, measure
        FROM (SELECT DISTINCT name, kind, region, sector, measure FROM offer) o
        WHERE NOT EXISTS (SELECT 1 FROM series s WHERE s.name = o.name)
        """
    )
    clash = connection.execute(
        "SELECT DISTINCT o.name FROM offer o JOIN series s USING (name) WHERE s.kind <> o.kind ORDER BY o.name"
    ).fetchall()
    if clash:
        raise DataError(
            *(f'series "{name}" is stored as another kind (figures or level); rename it' for (name,) in clash)
        )
    connection.execute(
        "CREATE TEMP TABLE staged AS SELECT s.id AS series, o.* FROM offer o JOIN series s USING (name)"
    )


def _withdrawn(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Say which months known before a complete release no longer gives."""
    gone = connection.execute(
        """
        WITH now AS (SELECT series, name, max(rank) AS rank FROM staged GROUP BY ALL HAVING count(DISTINCT rank) = 1),
        before AS (
            SELECT n.series, max(r.rank) AS rank FROM now n JOIN releases r
            ON r.series = n.series AND r.complete AND r.rank < n.rank GROUP BY n.series)
        SELECT n.name, count(DISTINCT p.period), min(p.period), max(p.period)
        FROM now n JOIN prints p ON p.series = n.series AND p.rank < n.rank
        LEFT JOIN before b ON b.series = n.series
        WHERE (b.rank IS NULL OR p.rank >= b.rank)
        AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.series = p.series AND s.period = p.period)
        GROUP BY ALL ORDER BY n.name
        """
    ).fetchall()
    return tuple(
        f"{name}: this release no longer gives {count} months from {_month(first)} to {_month(last)}; from its date on "
        "they count as withdrawn (in Python, add with complete=False an update that leaves the rest standing)"
        for name, count, first, last in gone
    )


def dated(table: pd.DataFrame, *periods: str) -> pd.DataFrame:
    """Return the table with months as periods and dates of publication as timestamps."""
    for name in periods or ("period",):
        if name in table:
            ordinals = table[name].to_numpy(dtype=np.int64)
            table[name] = pd.PeriodIndex(pd.arrays.PeriodArray(ordinals, dtype=pd.PeriodDtype("M")))
    for name in ("published", "first_published", "last_published"):
        if name in table:
            table[name] = table[name].astype("datetime64[ns]")
    return table


def _count(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    """Return the number of rows that an INSERT wrote."""
    ((count,),) = connection.execute(statement).fetchall()
    return int(count)


def _month(ordinal: int) -> str:
    return str(pd.Period(ordinal=ordinal, freq="M"))
