"""Writing a release into the tables of a store: what is new, what was known, what contradicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow

from forecast.errors import DataError
from forecast.vintages.exchanged import exchanged
from forecast.vintages.offers import Offer
from forecast.vintages.opening import check_releases
from forecast.vintages.sealing import seal
from forecast.vintages.telling import ahead, late, spelt_otherwise, withdrawn

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
        lines = [f" (line {line})" if line else "" for line in self.contradictions.get("line", ())]
        return tuple(
            f"{row.series} {row.period}, published {row.published:%Y-%m-%d}: {row.stored:g} is stored, "
            f"{row.offered:g} is offered{line}; the stored value was kept"
            for row, line in zip(self.contradictions.itertuples(), lines, strict=True)
        )


def write(connection: duckdb.DuckDBPyConnection, offered: Offer, path: Path) -> Added:
    """Store an offer and return what it brought; prints that contradict a stored one are left out.

    path : of the store, for messages
    Raises DataError where a series is stored as another kind, or is not as it was stored: its seals are renewed here.
    """
    connection.register("offer", pyarrow.Table.from_pandas(offered.rows, preserve_index=False))
    held = connection.execute("SELECT DISTINCT s.id FROM series s JOIN offer o USING (name)").fetchall()
    if held:
        check_releases(path, connection, [int(number) for (number,) in held])
    notes = (*offered.notes, *spelt_otherwise(connection), *ahead(offered.rows))
    _stage(connection)
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
    notes += (*_released(connection, offered), *late(connection), *exchanged(connection, by_series))
    seal(connection, "staged")
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


def _released(connection: duckdb.DuckDBPyConnection, offered: Offer) -> tuple[str, ...]:
    """Note the releases of the staged series and return what they leave out of what was known."""
    complete = {"complete": offered.complete}
    connection.execute(
        """
        INSERT INTO releases
        SELECT DISTINCT series, rank, $complete, NULL FROM staged s WHERE NOT EXISTS (
            SELECT 1 FROM releases r WHERE r.series = s.series AND r.rank = s.rank)
        """,
        complete,
    )
    if offered.said:
        connection.execute(
            """
            UPDATE releases SET complete = $complete
            WHERE complete IS DISTINCT FROM $complete AND (series, rank) IN (SELECT (series, rank) FROM staged)
            """,
            complete,
        )
    if offered.complete is False:
        return ()
    ranks = connection.execute("SELECT rank FROM staged GROUP BY rank").fetchall()
    return withdrawn(connection, int(ranks[0][0])) if len(ranks) == 1 else ()


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
