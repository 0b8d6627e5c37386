"""`Store`: what was known on a date, how a cell was revised, and how large revisions are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow

from forecast import figures, series, tables
from forecast.errors import DataError
from forecast.figures import Day, Figures, as_day
from forecast.vintages import file, revisions
from forecast.vintages.offers import Offer, Release, offer, vintages_offer


@dataclass(frozen=True, eq=False)
class Added:
    """Tell what a release brought.

    new, known : prints stored now, prints that were stored before
    contradictions : series, period, published, stored, offered, line: the same cell and date of publication with
        another value; what is stored was kept
    notes : what the reader should know
    """

    new: int
    known: int
    contradictions: pd.DataFrame
    notes: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each contradiction in words."""
        return tuple(
            f"{row.series} {row.period}, published {row.published:%Y-%m-%d}: {row.stored:g} is stored, "
            f"{row.offered:g} is offered (line {row.line}); the stored value was kept"
            for row in self.contradictions.itertuples()
        )


class Store:
    """A file of releases. Every call opens and closes it, so that processes can take turns.

    path : of the DuckDB file, made by the first `add`
    wait : seconds to wait for another process that is writing
    """

    def __init__(self, path: str | Path, wait: float = 10.0) -> None:
        self.path = Path(path)
        self.wait = wait

    def add(self, release: Release, published: str | None = None, *, complete: bool | None = None) -> Added:
        """Store a release in one transaction; adding it again changes nothing.

        release : Figures, one level as a named Series, or a DataFrame with a column per level
        published : day or month; of levels it is needed, of figures (which carry their own) it is an upper limit
        complete : whether a month that the release lacks is no longer given; by default so for levels, because
            index points of two base years must not be mixed, and not for figures
        Raises DataError for a wrong date and where another process holds the store too long.
        """
        return self._stored(offer(release, published, complete))

    def add_vintages(self, table: pd.DataFrame, *, complete: bool = True) -> Added:
        """Store many vintages of levels at once: columns date, vintage, value and optionally series.

        complete : whether each vintage holds its series in full; False for a table of changes
        """
        return self._stored(vintages_offer(table, complete))

    def ingest(self, path: str | Path, published: str | None = None, sheet: str | None = None) -> Added:
        """Store a file of figures or of levels, whichever it holds.

        published : as in `add`; of figures without a column of dates it is the date of all
        Raises DataError with every problem of the file.
        """
        if figures.recognises(path, sheet):
            fill = {} if published is None else {"published": published}
            return self.add(figures.read(path, fill=fill, sheet=sheet), published)
        return self.add(series.read_panel(path, sheet=sheet, positive=True), published)

    def as_of(self, day: Day, series: str | Sequence[str] | None = None) -> pd.DataFrame:
        """Return exactly what was known at the end of a day: the latest print of every cell.

        series : one, several or (None) all -> series, period, value, published, sorted by series and period
        Raises DataError with the nearest valid name for an unknown series.
        """
        with file.reading(self.path, self.wait) as connection:
            ids = _ids(self.path.name, connection, series)
            known = connection.execute(
                """
                WITH whole AS (
                    SELECT series, max(rank) AS rank FROM releases
                    WHERE complete AND rank <= $last AND rank <> $open GROUP BY series),
                cells AS (
                    SELECT series, period, arg_max(value, rank) AS value, max(rank) AS rank FROM prints
                    WHERE series BETWEEN $low AND $high AND series IN (SELECT unnest($ids))
                    AND rank <= $last AND rank <> $open GROUP BY series, period)
                SELECT s.name AS series, c.period, c.value, published(c.rank) AS published
                FROM cells c JOIN series s ON s.id = c.series LEFT JOIN whole w ON w.series = c.series
                WHERE w.rank IS NULL OR c.rank >= w.rank ORDER BY s.name, c.period
                """,
                {"ids": ids, "low": min(ids), "high": max(ids), **_known_by(as_day(day))},
            ).df()
        return _dated(known)

    def level(self, name: str, day: Day) -> pd.Series:
        """Return one level as known at the end of a day, on a gap-free monthly PeriodIndex.

        Raises DataError where nothing of it was known.
        """
        known = self.as_of(day, name)
        if known.empty:
            raise DataError(
                f"{self.path.name}: nothing of {name} had been published by {as_day(day):%Y-%m-%d}"
            )
        months = pd.PeriodIndex(known["period"])
        level = pd.Series(known["value"].to_numpy(dtype=float), index=months, name=name)
        return level.reindex(pd.period_range(months[0], months[-1], freq="M"))

    def figures(self, day: Day | None = None) -> Figures:
        """Return the published figures of the store with all their vintages, up to a day where one is given.

        Raises DataError where there are none.
        """
        with file.reading(self.path, self.wait) as connection:
            rows = connection.execute(
                """
                SELECT s.region, s.sector, s.measure, p.period, p.value, published(p.rank) AS published,
                       p.rank % 100 > 0 AS published_day_known, p.source, p.half_unit, p.line
                FROM prints p JOIN series s ON s.id = p.series WHERE s.kind = 'figures'
                ORDER BY s.name, p.period, p.rank, p.line
                """
            ).df()
        if rows.empty:
            raise DataError(f"{self.path.name}: holds no figures, only levels; name one of them as levels")
        found = figures.from_table(_dated(rows), self.path.name)
        return found if day is None else found.as_of(day)

    def history(self, series: str, period: str | pd.Period) -> pd.DataFrame:
        """Return every print of a cell in order of publication: published, day_known, value, revision, source.

        revision : change on the print before, NaN for the first
        Raises DataError for an unknown series or a month without a print.
        """
        try:
            month = period if isinstance(period, pd.Period) else tables.parse_period(period)
        except ValueError as error:
            raise DataError(f"period {error}") from None
        with file.reading(self.path, self.wait) as connection:
            prints = connection.execute(
                """
                SELECT published(rank) AS published, rank % 100 > 0 AS day_known, value, source FROM prints
                WHERE series IN (SELECT unnest($ids)) AND period = $period ORDER BY rank, line, source
                """,
                {"ids": _ids(self.path.name, connection, series), "period": month.ordinal},
            ).df()
        if prints.empty:
            raise DataError(f"{self.path.name}: {series} has no print for {month}")
        prints.insert(3, "revision", prints["value"].diff())
        return _dated(prints)

    def revisions(
        self,
        series: str,
        lags: Sequence[int] = revisions.LAGS,
        growth: str | None = None,
        within_days: int = 45,
    ) -> pd.DataFrame:
        """Return bias and size of revisions by lag: see `vintages.revisions.by_lag`."""
        with file.reading(self.path, self.wait) as connection:
            (number,) = _ids(self.path.name, connection, series)
            return revisions.by_lag(connection, number, lags, growth, within_days)

    def series(self) -> pd.DataFrame:
        """Return what the store holds: series, kind, prints, first and last month and date of publication."""
        with file.reading(self.path, self.wait) as connection:
            held = connection.execute(
                """
                SELECT s.name AS series, s.kind, count(*) AS prints, min(p.period) AS first, max(p.period) AS last,
                       published(min(p.rank)) AS first_published, published(max(p.rank)) AS last_published
                FROM prints p JOIN series s ON s.id = p.series GROUP BY ALL ORDER BY s.name
                """
            ).df()
        return _dated(held, "first", "last")

    def _stored(self, offered: Offer) -> Added:
        with file.writing(self.path, self.wait) as connection:
            connection.register("offer", pyarrow.Table.from_pandas(offered.rows, preserve_index=False))
            notes = _stage(connection, offered.complete)
            clashes = connection.execute(
                """
                SELECT DISTINCT o.name AS series, o.period, published(rank) AS published, p.value AS stored,
                       o.value AS offered, o.line
                FROM staged o JOIN prints p USING (series, period, rank) WHERE p.value <> o.value
                ORDER BY o.name, o.period, published, o.line
                """
            ).df()
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
        return Added(new, len(offered.rows) - new - len(clashes), _dated(clashes), notes)


def _stage(connection: duckdb.DuckDBPyConnection, complete: bool) -> tuple[str, ...]:
    """Number the offered series and put the offer beside the prints; say which months it no longer gives."""
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
    if not complete:
        return ()
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
        "they count as withdrawn (pass complete=False for an update that leaves the rest standing)"
        for name, count, first, last in gone
    )


def _known_by(limit: pd.Timestamp) -> dict[str, int]:
    """Return the last rank known by the end of a day, and the rank of its month where that is still to end."""
    month = limit.year * 10000 + limit.month * 100
    return {"last": month + limit.day, "open": -1 if limit.is_month_end else month}


def _ids(store: str, connection: duckdb.DuckDBPyConnection, names: str | Sequence[str] | None) -> list[int]:
    """Return the numbers of the named series, of all where none is named."""
    known = dict(connection.execute("SELECT name, id FROM series ORDER BY name").fetchall())
    wanted = list(known) if names is None else [names] if isinstance(names, str) else list(names)
    problems = [
        f'{store}: no series "{name}"; {tables.suggestion(name, list(known))}'
        for name in wanted
        if name not in known
    ]
    if problems:
        tables.fail(problems)
    return [int(known[name]) for name in wanted]


def _count(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    """Return the number of rows that an INSERT wrote."""
    ((count,),) = connection.execute(statement).fetchall()
    return int(count)


def _dated(table: pd.DataFrame, *periods: str) -> pd.DataFrame:
    """Return the table with months as periods and dates of publication as timestamps."""
    for name in periods or ("period",):
        if name in table:
            ordinals = table[name].to_numpy(dtype=np.int64)
            table[name] = pd.PeriodIndex(pd.arrays.PeriodArray(ordinals, dtype=pd.PeriodDtype("M")))
    for name in ("published", "first_published", "last_published"):
        if name in table:
            table[name] = table[name].astype("datetime64[ns]")
    return table


def _month(ordinal: int) -> str:
    return str(pd.Period(ordinal=ordinal, freq="M"))
