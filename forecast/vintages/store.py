"""`Store`: what was known on a date, how a cell was revised, and how large revisions are."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import figures, tables
from forecast.errors import DataError
from forecast.figures import Day, Figures, as_day
from forecast.vintages import file, revisions
from forecast.vintages.beside import place_of
from forecast.vintages.offers import Offer, Release, offer, read_offer, released, vintages_offer, written
from forecast.vintages.opening import check_series
from forecast.vintages.renamed import Lacking, lacking
from forecast.vintages.standing import STANDING, WITHDRAWN, asked
from forecast.vintages.taken import Taken, take_out
from forecast.vintages.writing import Added, dated, write

if TYPE_CHECKING:
    import duckdb


class Store:
    """A file of releases. Every call opens and closes it, so that processes can take turns.

    path : of the DuckDB file, made by the first `add`
    wait : seconds to wait for another process that is writing
    """

    def __init__(self, path: str | Path, wait: float = 10.0) -> None:
        self.path = place_of(Path(path))  # one lock and one copy, whatever it is called by
        self.wait = wait

    def add(self, release: Release, published: str | None = None, *, complete: bool | None = None) -> Added:
        """Store a release in one transaction; adding it again changes nothing.

        release : Figures, one level as a named Series, or a DataFrame with a column per level
        published : day or month; of levels it is needed, of figures (which carry their own) it is an upper limit
        complete : whether a month that the release lacks is no longer given. By default of levels so from its first
            month on, and before that where the months known to both show another base year, because their points
            must not be mixed; of figures not. Said of a release that is stored, it counts from now on.
        Raises DataError for a wrong date and where another process holds the store too long.
        """
        return self._written(offer(release, published, complete))

    def add_vintages(self, table: pd.DataFrame, *, complete: bool = True) -> Added:
        """Store many vintages of levels at once: columns date, vintage, value and optionally series.

        complete : whether each vintage holds its series in full; False for a table of changes
        Raises DataError for missing columns, what is no date, a cell with two values in a vintage, and as `add` does.
        """
        return self._written(vintages_offer(table, complete))

    def take_out(self, published: str) -> Taken:
        """Delete what is stored under a day, or month, of publication: a wrong one.

        Returns the prints by series, with notes as `add` has them. The rest of the store stays; the release has to be
        added again under its own day.
        Raises DataError where nothing is stored under it.
        """
        with file.writing(self.path, self.wait, anew=False) as (connection, notes):
            counts = take_out(connection, self.path.name, published)
        return Taken(counts, notes)

    def _written(self, offered: Offer) -> Added:
        with file.writing(self.path, self.wait) as (connection, notes):
            added = write(connection, offered, self.path)
        return replace(added, notes=(*notes, *added.notes))

    def ingest(
        self,
        path: str | Path,
        published: str | None = None,
        layout: tables.Layout = tables.AS_IT_IS,
        *,
        complete: bool | None = None,
    ) -> Added:
        """Store a file of figures or of levels, whichever it holds.

        published : as in `add`; of figures without a column of dates it is the date of all
        complete : as in `add`, of levels
        Raises DataError with every problem of the file.
        """
        return self._written(self.offered(path, published, layout, complete=complete))

    def instead(self, taken_out: str, offered: Offer) -> tuple[dict[str, int], Added]:
        """Store what `offered` returns in place of what stands under a day, or month, in one transaction.

        Returns what was taken out, as `take_out` does, and what the file brought. A file that is stored already passes
        where nothing is stored under the day: its place was taken before.
        Raises DataError as `take_out` does, and where the file contradicts what stays; nothing is taken out then.
        """
        taken, absent = dict[str, int](), None
        with file.writing(self.path, self.wait, anew=False) as (connection, notes):
            try:
                taken = take_out(connection, self.path.name, taken_out)
            except DataError as error:
                absent, notes = error, [*notes, f"{error}; nothing was taken out, the file is stored already"]
            added = write(connection, offered, self.path)
            if absent is not None and (added.new or len(added.contradictions)):
                raise absent
            if added.sentences:
                raise DataError(
                    f"{self.path.name}: nothing was taken out, as the file contradicts what stays",
                    *added.sentences,
                )
        return taken, replace(added, notes=(*notes, *added.notes))

    def offered(
        self,
        path: str | Path,
        published: str | None = None,
        layout: tables.Layout = tables.AS_IT_IS,
        *,
        complete: bool | None = None,
    ) -> Offer:
        """Read a file as `ingest` stores it, and store nothing. Raises DataError as that does.

        layout : its columns may give to a heading the name of a level that the store holds
        """
        return read_offer(path, published, layout, complete, self._levels() if layout.columns else ())

    def _levels(self) -> list[str]:
        """The names of the levels that it holds; none where it cannot be read, which who writes to it is told."""
        with suppress(DataError), file.reading(self.path, self.wait) as connection:
            rows = connection.execute("SELECT name FROM series WHERE kind = 'level'").fetchall()
            return [str(name) for (name,) in rows]
        return []

    def as_of(self, day: Day, series: str | Sequence[str] | None = None) -> pd.DataFrame:
        """Return exactly what was known at the end of a day: the latest print of every cell.

        series : one, several or (None) all -> series, period, value, published, sorted by series and period
        Raises DataError with the nearest valid name for an unknown series.
        """
        with file.reading(self.path, self.wait) as connection:
            ids = _ids(self.path, connection, series)
            prints = connection.execute(STANDING, asked(ids, *_known_by(as_day(day)))).df()
        return dated(prints)

    def level(self, name: str, day: Day, *, ahead: bool = True) -> pd.Series:
        """Return one level as known at the end of a day, on a gap-free monthly PeriodIndex.

        ahead : whether months given before they began belong to it, as a survey has them
        Raises DataError where nothing of it was known.
        """
        every = self.as_of(day, name)
        prints = every if ahead else every[begun(every)]
        if prints.empty:
            but = "" if every.empty else ", but for months that had not begun"
            raise DataError(
                f"{self.path.name}: nothing of {name} had been published by {as_day(day):%Y-%m-%d}{but}"
            )
        months = pd.PeriodIndex(prints["period"])
        level = pd.Series(prints["value"].to_numpy(dtype=float), index=months, name=name)
        return level.reindex(pd.period_range(months[0], months[-1], freq="M"))

    def withdrawn(self, day: Day, name: str) -> pd.DataFrame:
        """Return the months of a series that by a day a release no longer gave.

        Columns: period, published and stored_under (of that release, a day or a month as it was given), other_base
        (whether because its points are of another base).
        Raises DataError with the nearest valid name for an unknown series.
        """
        with file.reading(self.path, self.wait) as connection:
            ids = _ids(self.path, connection, name)
            gone = connection.execute(WITHDRAWN, asked(ids, *_known_by(as_day(day)))).df()
        gone["stored_under"] = [written(rank) for rank in gone["rank"]]
        return dated(gone[["period", "published", "stored_under", "other_base"]].copy())

    def lacking(self, day: Day, name: str | None = None) -> list[Lacking]:
        """Return the levels that by a day were not released again with what came with them before, by name.

        name : of the one asked about, None for all
        Raises DataError where there is no store, or it cannot be read.
        """
        with file.reading(self.path, self.wait) as connection:
            return lacking(connection, *_known_by(as_day(day)), name)

    def releases(self, name: str) -> pd.DatetimeIndex:
        """Return the days on which anything of a series was released, earliest first.

        Raises DataError with the nearest valid name for an unknown series.
        """
        with file.reading(self.path, self.wait) as connection:
            (number,) = _ids(self.path, connection, name)
            days = connection.execute(
                "SELECT DISTINCT published(rank) AS day FROM releases WHERE series = ? ORDER BY day", [number]
            ).df()
        return pd.DatetimeIndex(days["day"]).as_unit("ns")

    def figures(self, day: Day | None = None) -> Figures:
        """Return the published figures of the store with all their vintages, up to a day where one is given.

        Raises DataError where there are none.
        """
        with file.reading(self.path, self.wait) as connection:
            check_series(self.path, connection, None)
            rows = connection.execute(
                """
                SELECT s.region, s.sector, s.measure, p.period, p.value, published(p.rank) AS published,
                       p.rank % 100 > 0 AS published_day_known, p.source, p.half_unit, p.line, p.rank
                FROM prints p JOIN series s ON s.id = p.series WHERE s.kind = 'figures'
                ORDER BY s.name, p.period, p.rank, p.line
                """
            ).df()
        if rows.empty:
            raise DataError(f"{self.path.name}: holds no figures, only levels; name one of them as levels")
        rows["file"] = released(rows["rank"], self.path.name)
        every = figures.from_table(dated(rows), self.path.name)
        return every if day is None else every.as_of(day)

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
                {"ids": _ids(self.path, connection, series), "period": month.ordinal},
            ).df()
        if prints.empty:
            raise DataError(f"{self.path.name}: {series} has no print for {month}")
        prints.insert(3, "revision", prints["value"].diff())
        return dated(prints)

    def revisions(
        self,
        series: str,
        lags: Sequence[int] = revisions.LAGS,
        growth: str | None = None,
        within_days: int = 45,
    ) -> pd.DataFrame:
        """Return bias and size of revisions by lag, in points: see `vintages.revisions.by_lag`.

        lags : months since the first print · growth : "mom_pct" or "yoy_pct", of levels alone
        within_days : from its month's end, in which a first print counts as one
        Raises DataError with the nearest valid name for an unknown series, and for another word of growth.
        """
        with file.reading(self.path, self.wait) as connection:
            (number,) = _ids(self.path, connection, series)
            return revisions.by_lag(connection, number, lags, growth, within_days)

    def series(self) -> pd.DataFrame:
        """Return what the store holds: series, kind, prints, first and last month and date of publication."""
        with file.reading(self.path, self.wait) as connection:
            check_series(self.path, connection, None)
            held = connection.execute(
                """
                SELECT s.name AS series, s.kind, count(*) AS prints, min(p.period) AS first, max(p.period) AS last,
                       published(min(p.rank)) AS first_published, published(max(p.rank)) AS last_published
                FROM prints p JOIN series s ON s.id = p.series GROUP BY ALL ORDER BY s.name
                """
            ).df()
        return dated(held, "first", "last")


def begun(prints: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell of each print whether its month had begun when it was published. prints : period, published"""
    return np.asarray(pd.PeriodIndex(prints["period"]).start_time <= pd.DatetimeIndex(prints["published"]))


def _known_by(limit: pd.Timestamp) -> tuple[int, int]:
    """Return the last rank known by the end of a day, and the rank of its month where that is still to end."""
    month = limit.year * 10000 + limit.month * 100
    return month + limit.day, -1 if limit.is_month_end else month


def _ids(store: Path, connection: duckdb.DuckDBPyConnection, names: str | Sequence[str] | None) -> list[int]:
    """Return the numbers of the named series, of all where none is named, whose releases are as they were stored."""
    id_of = dict(connection.execute("SELECT name, id FROM series ORDER BY name").fetchall())
    wanted = list(id_of) if names is None else [names] if isinstance(names, str) else list(names)
    problems = [
        f'{store.name}: no series "{name}"; {tables.suggestion(name, list(id_of))}'
        for name in wanted
        if name not in id_of
    ]
    if problems:
        check_series(store, connection, None)
        tables.fail(problems)
    ids = [int(id_of[name]) for name in wanted]
    check_series(store, connection, None if names is None else ids)
    return ids
