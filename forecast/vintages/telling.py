"""What a release does to the store it is written to, in words: spellings, months ahead, withdrawals, a late day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from forecast.tables import fold
from forecast.tables.labels import without_marks, without_number
from forecast.vintages.renamed import SHOWN
from forecast.vintages.standing import STANDING, WITHDRAWN, asked

if TYPE_CHECKING:
    import duckdb

FEW_RELEASES, MUCH_LATER = 3, 180
"""Releases that tell how late a level comes, and days later from which its year is asked about. chosen: a mistyped year
is 365 days off, and a late release some weeks."""

OTHER_BASE_SAID = (
    ", as its points are of another base than those known before: give the whole series on the new base"
)


def spelt_otherwise(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Say which regions, sectors and levels are new to the store but for their spelling, marks or numbers of rows."""
    told: list[str] = []
    for what, of, where in (
        ("region", "region", ""),
        ("sector", "sector", ""),
        ("level", "name", " WHERE kind = 'level'"),
    ):
        asked_of = f"SELECT DISTINCT {of} FROM {{}}{where} ORDER BY 1"
        stored = [text for (text,) in connection.execute(asked_of.format("series")).fetchall() if text]
        offered = [text for (text,) in connection.execute(asked_of.format("offer")).fetchall() if text]
        by_name = {_plain(text): text for text in stored if text not in offered}
        told += (
            f'{what} "{text}" is new here, and "{by_name[_plain(text)]}" is stored; '
            "if they are one, write the stored name in the file"
            for text in offered
            if text not in stored and _plain(text) in by_name
        )
    return tuple(told)


def _plain(name: str) -> str:
    """Return a name without marks, numbers of rows and its spelling, as the store may have had it before."""
    return fold(without_number(without_marks(name)))


def ahead(rows: pd.DataFrame) -> tuple[str, ...]:
    """Say which months of levels had not begun when they were published."""
    month = (rows["period"] // 12 + 1970) * 100 + rows["period"] % 12 + 1  # as rank has it
    early = rows[(rows["kind"] == "level") & (month > rows["rank"] // 100)]
    if early.empty:
        return ()
    names, months = list(early["name"].unique()), sorted(early["period"].unique())
    return (
        f"{_listed(names)}: {_span(months[0], months[-1])} had not begun when published: a survey of the month to "
        "come, as which it serves as an indicator; a target leaves it out",
    )


def withdrawn(connection: duckdb.DuckDBPyConnection, rank: int) -> tuple[str, ...]:
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
            f"{name}: this release no longer gives {_counted(count, first, last)}, and from its date on they count as "
            f"withdrawn{OTHER_BASE_SAID if other_base else ''}; if it only adds to them, ingest it again with "
            "--no-complete (in Python, add it with complete=False)"
            for name, count, first, last, other_base in gone
        ),
        *(
            f"{_listed(names)}: begins with {_month(first)}; the months before stay as they were; if they are no "
            "longer given, ingest it again with --complete (in Python, add it with complete=True)"
            for first, names in by_month.items()
        ),
    )


def late(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
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


def _listed(names: Sequence[str]) -> str:
    """The first of the names, as many as are told."""
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _month(ordinal: int) -> str:
    return str(pd.Period(ordinal=ordinal, freq="M"))


def _counted(count: int, first: int, last: int) -> str:
    return _month(first) if count == 1 else f"{count} months from {_month(first)} to {_month(last)}"


def _span(first: int, last: int) -> str:
    return _month(first) if first == last else f"{_month(first)} to {_month(last)}"
