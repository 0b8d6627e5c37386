"""`Figures`: a validated table of published figures, seen only through dates of publication."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.display import SelfShown, Shown
from forecast.errors import DataError
from forecast.tables import Account, LeftOut, parse_published, suggestion

MEASURES = ("mom_pct", "yoy_pct", "ytd_yoy_pct", "qtr_yoy_pct", "index")
"""Percent on the month before, on the same month a year ago, year to date and quarter on the same of last
year; index points. A quarter's period is its last month."""

CELL = ["region", "sector", "period", "measure"]
"""What identifies a figure; several rows of one cell are its vintages."""


class NotYetPublishedError(DataError):
    """A file whose figures were all published after the day that is asked about."""


class Row(NamedTuple):
    """One published figure: the columns of `Figures.table`."""

    region: str
    sector: str
    period: pd.Period
    measure: str
    value: float
    published: pd.Timestamp
    published_day_known: bool
    source: str
    half_unit: float
    line: int
    file: str

    @property
    def place(self) -> str:
        """File and line, for messages."""
        return f"{self.file}:{self.line}"


Day = str | date | pd.Timestamp | pd.Period | np.datetime64
"""A day, or a month that counts as its last day."""

COLUMNS = Row._fields

_SHOWN_SERIES = 15  # chosen: a screen


@dataclass(frozen=True, eq=False, repr=False)
class Figures(SelfShown):
    """Hold published figures, sorted by region, sector, period, measure and order of publication.

    table : region, sector, period (monthly pd.Period), measure (one of MEASURES), value (percent or index
        points), published (pd.Timestamp; a month counts as its last day), published_day_known, source,
        half_unit (half of the last printed digit), line and file (that it was read from)
    file : name of all for messages
    notes : what was understood or left out when reading
    until : the date that `as_of` looked from, None for all
    left_out : every number of the file that is no figure, with its reason
    status : region, sector, period, measure -> "estimate" or "official", where the file says so
    """

    table: pd.DataFrame
    file: str = "figures"
    notes: tuple[str, ...] = ()
    until: pd.Timestamp | None = None
    left_out: tuple[LeftOut, ...] = ()
    status: Mapping[tuple[str, str, pd.Period, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lacking = [column for column in COLUMNS if column not in self.table]
        if lacking or not isinstance(self.table["period"].dtype, pd.PeriodDtype):
            raise DataError(
                f"{self.file}: is no table of figures yet; make one with fc.figures.from_table(table), or read "
                "the file with fc.read_figures"
            )

    @property
    def account(self) -> Account:
        """What became of every number of the file."""
        return Account(
            len(self.table), len(self.table[["region", "sector", "measure"]].drop_duplicates()), self.left_out
        )

    def _shown(self) -> Shown:
        """How many figures each series has, of which months and published until when."""
        groups = self.table.groupby(["region", "sector"], sort=False)
        rows = [
            (
                " ".join(map(str, name)),
                f"{len(own)}",
                f"{own['period'].min()} to {own['period'].max()}",
                f"{own['published'].max():%Y-%m-%d}",
            )
            for name, own in groups
        ]
        more = [(f"and {len(rows) - _SHOWN_SERIES} series more", "", "", "")] * (len(rows) > _SHOWN_SERIES)
        caption = f"{self.file}: {len(self.table)} published figures"
        return Shown(caption, ("", "figures", "months", "published to"), [*rows[:_SHOWN_SERIES], *more])

    def to_frame(self) -> pd.DataFrame:
        """Return a row per published figure: the columns of `table`, a copy of its own."""
        return self.table.copy()

    def as_of(self, day: Day) -> Figures:
        """Return what had been published by the end of a day, all vintages kept; a month means its last day.

        Raises DataError where that is nothing.
        """
        limit = as_day(day)
        published = self.table["published"] <= limit
        if not published.any():
            first = (
                f"; the first was published on {self.table['published'].min():%Y-%m-%d}"
                if len(self.table)
                else ""
            )
            raise DataError(f"{self.file}: no figure had been published by {limit:%Y-%m-%d}{first}")
        return replace(self, table=self.table[published].reset_index(drop=True), until=limit)

    def select(self, region: str, sector: str | None = None) -> Figures:
        """Return the figures of a region, of one of its sectors where named.

        Raises DataError with the nearest valid word where there are none.
        """
        until = "" if self.until is None else f" published by {self.until:%Y-%m-%d}"
        here = self.table["region"] == region
        if not here.any():
            hint = suggestion(region, sorted(self.table["region"].unique()))
            raise DataError(f'{self.file}: no figures of region "{region}"{until}; {hint}')
        if sector is not None:
            sectors = sorted(self.table.loc[here, "sector"].unique())
            here &= self.table["sector"] == sector
            if not here.any():
                hint = suggestion(sector, sectors)
                raise DataError(
                    f'{self.file}: no figures of sector "{sector}" in region "{region}"{until}; {hint}'
                )
        return replace(self, table=self.table[here].reset_index(drop=True))

    def latest(self) -> Figures:
        """Return the last vintage of each cell."""
        last = ~self.table.duplicated(CELL, keep="last")
        return replace(self, table=self.table[last].reset_index(drop=True))

    def printed(self, k: int) -> Figures:
        """Return the k-th print of each cell, k from 1; its last where it was printed fewer times."""
        ranked = self.table.assign(rank=publication_rank(self.table))
        count = ranked.groupby(list(CELL))["rank"].rank("dense")
        wanted = count.groupby([ranked[c] for c in CELL]).transform("max").clip(upper=k)
        return replace(self, table=self.table[count == wanted].reset_index(drop=True))

    def origin(self, region: str, sector: str) -> pd.Period:
        """Return the latest month for which the series itself has a figure of any measure.

        Raises DataError with the nearest valid word where it has none.
        """
        return pd.Period(self.select(region, sector).table["period"].max())

    def rows(self) -> list[Row]:
        """Return the figures one by one."""
        return rows_of(self.table)

    def fingerprint(self) -> str:
        """Return the SHA-256 of the content: the same for any order of rows and any format of file."""
        columns = [c for c in COLUMNS if c not in ("line", "file")]
        rows = sorted("\x1f".join(map(str, row)) for row in self.table[columns].itertuples(index=False))
        return hashlib.sha256("\x1e".join(rows).encode()).hexdigest()


def rows_of(table: pd.DataFrame) -> list[Row]:
    """Return the figures of a table one by one, in its order."""
    return list(map(Row._make, zip(*(table[column].tolist() for column in COLUMNS), strict=True)))


def grouped(rows: Iterable[Row], *columns: str) -> dict[tuple[str, ...], list[Row]]:
    """Return figures by what they say in two columns or more, in the order of the rows."""
    of: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    key = attrgetter(*columns)
    for row in rows:
        of[key(row)].append(row)
    return dict(of)


def as_day(day: Day) -> pd.Timestamp:
    """Return a day without its clock time and its zone; a month becomes its last day.

    Raises DataError for what is neither.

    >>> as_day("2024-02"), as_day(pd.Period("2024-02", "M"))
    (Timestamp('2024-02-29 00:00:00'), Timestamp('2024-02-29 00:00:00'))
    """
    if isinstance(day, np.datetime64) and np.datetime_data(day.dtype)[0] in ("Y", "M"):
        day = pd.Period(str(day))
    if isinstance(day, np.datetime64):
        day = pd.Timestamp(day)
    if isinstance(day, type(pd.NaT)) or not isinstance(
        day, str | pd.Period | date
    ):  # no count of nanoseconds
        raise DataError(f'date {day} is none; give a day as "2024-05-20" or a month as "2024-05"')
    if isinstance(day, pd.Period):
        return day.end_time.normalize()
    if isinstance(day, str):
        try:
            return parse_published(day)[0]
        except ValueError as error:
            raise DataError(f"date {error}") from None
    return pd.Timestamp(day).tz_localize(None).normalize()


def publication_rank(table: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the order of publication as yyyymmdd, with day 00 where only the month is known.

    So of two prints of one cell in the same month the day-dated one is the later.
    """
    published = table["published"].dt
    day = published.day * table["published_day_known"].astype(bool)
    return np.asarray(published.year * 10000 + published.month * 100 + day, dtype=np.int64)
