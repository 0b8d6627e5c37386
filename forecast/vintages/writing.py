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
from forecast.vintages.renamed import SHOWN
from forecast.vintages.standing import STANDING, WITHDRAWN, asked

if TYPE_CHECKING:
    import duckdb


FEW_RELEASES, MUCH_LATER = 3, 180
"""Releases that tell how late a level comes, and days later from which its year is asked about. chosen: a mistyped year
is 365 days off, and a late release some weeks."""

OTHER_BASE_SAID = ", as its points are of another base than those known before"


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


def write(connection: duckdb.DuckDBPyConnection, offered: Offer) -> Added:
    """Store an offer and return what it brought; prints that contradict a stored one are left out.

    Raises DataError where a series is stored as another kind.
    """
    connection.register("offer", pyarrow.Table.from_pandas(offered.rows, preserve_index=False))
    notes = (*_spelt_otherwise(connection), *_ahead(offered.rows))
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
    notes += (*_released(connection, offered), *_late(connection))
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


def _ahead(rows: pd.DataFrame) -> tuple[str, ...]:
    """Say which months of levels had not begun when they were published."""
    month = (rows["period"] // 12 + 1970) * 100 + rows["period"] % 12 + 1  # as rank has it
    early = rows[(rows["kind"] == "level") & (month > rows["rank"] // 100)]
    if early.empty:
        return ()
    names, months = early["name"].unique(), sorted(early["period"].unique())
    of = f"{', '.join(names[:SHOWN])}{', …' if len(names) > SHOWN else ''}"
    return (
        f"{of}: {_span(months[0], months[-1])} had not begun when published: a survey of the month to come, as "
        "which it serves as an indicator; a target leaves it out",
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
        SELECT DISTINCT series, rank, $complete FROM staged s WHERE NOT EXISTS (
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
    return _withdrawn(connection, int(ranks[0][0])) if len(ranks) == 1 else ()


def _withdrawn(connection: duckdb.DuckDBPyConnection, rank: int) -> tuple[str, ...]:
    """Say which months known before a release it no longer gives, and which it leaves as they were."""
    ids = [
        of for (of,) in connection.execute("SELECT DISTINCT series FROM staged ORDER BY series").fetchall()
    ]
    gone = connection.execute(
        f"""
        SELECT series, count(*), min(period), max(period), bool_or(other_base) FROM ({WITHDRAWN})
        WHERE rank = $last GROUP BY series ORDER BY series
        """,
        asked(ids, rank),
    ).fetchall()
    left = connection.execute(
        f"""
        SELECT f.first, f.name FROM ({STANDING}) p JOIN (
            SELECT name, min(period) AS first FROM staged GROUP BY name) f ON f.name = p.series
        GROUP BY f.name, f.first HAVING min(p.period) < f.first ORDER BY f.first, f.name
        """,
        asked(ids, rank),
    ).fetchall()
    by_month: dict[int, list[str]] = {}
    for first, name in left:
        by_month.setdefault(first, []).append(name)
    return (
        *(
            f"{name}: this release no longer gives {_counted(count, first, last)}"
            f"{OTHER_BASE_SAID if other_base else ''}; from its date on they count as withdrawn; if it only adds to "
            "them, ingest it again with --no-complete (in Python, add it with complete=False)"
            for name, count, first, last, other_base in gone
        ),
        *(
            f"{', '.join(names)}: begins with {_month(first)}; the months before stay as they were; if they are no "
            "longer given, ingest it again with --complete (in Python, add it with complete=True)"
            for first, names in by_month.items()
        ),
    )


def _late(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Ask about levels published much later after their newest month than ever before: the year may be mistyped."""
    late = connection.execute(
        """
        WITH ours AS (SELECT DISTINCT series, rank FROM staged WHERE kind = 'level'),
        lags AS (
            SELECT series, rank, max(period) AS newest,
                   published(rank) - last_day((DATE '1970-01-01' + to_months(max(period)))::DATE) AS days
            FROM prints WHERE series IN (SELECT series FROM ours) GROUP BY series, rank)
        SELECT min(s.name), count(*), published(l.rank), min(l.newest), min(l.days), min(u.most)
        FROM lags l JOIN ours o ON o.series = l.series AND o.rank = l.rank JOIN series s ON s.id = l.series
        JOIN (
            SELECT series, max(days) AS most FROM lags WHERE (series, rank) NOT IN (SELECT (series, rank) FROM ours)
            GROUP BY series HAVING count(*) >= $few) u ON u.series = l.series
        WHERE l.days > u.most + $much GROUP BY l.rank ORDER BY l.rank
        """,
        {"few": FEW_RELEASES, "much": MUCH_LATER},
    ).fetchall()
    return tuple(
        f"{name}{f' and {count - 1} more' if count > 1 else ''}: published {day:%Y-%m-%d}, {days} days after "
        f"{_month(newest)}, the newest month, where {most} were the most so far; is the year right?"
        for name, count, day, newest, days, most in late
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


def _counted(count: int, first: int, last: int) -> str:
    return _month(first) if count == 1 else f"{count} months from {_month(first)} to {_month(last)}"


def _span(first: int, last: int) -> str:
    return _month(first) if first == last else f"{_month(first)} to {_month(last)}"
