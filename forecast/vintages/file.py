"""The DuckDB file behind a store: opening it, waiting for its lock, its tables."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from forecast.errors import DataError

FORMAT = 1
_RETRY = 0.05  # seconds between two tries for the lock

SCHEMA = """
CREATE TABLE about (format INTEGER);
CREATE TABLE series (
    id INTEGER, name VARCHAR, kind VARCHAR, region VARCHAR, sector VARCHAR, measure VARCHAR
);
-- rank orders publications as yyyymmdd, day 00 where only the month is known
CREATE TABLE prints (
    series INTEGER, period INTEGER, rank INTEGER, value DOUBLE, half_unit DOUBLE, source VARCHAR, line INTEGER
);
-- a complete release stands for the whole series: months it lacks are no longer given
CREATE TABLE releases (series INTEGER, rank INTEGER, complete BOOLEAN);
CREATE MACRO published(rank) AS CASE WHEN rank % 100 > 0
    THEN make_date(rank // 10000, rank // 100 % 100, rank % 100)
    ELSE last_day(make_date(rank // 10000, rank // 100 % 100, 1)) END;
"""


@contextmanager
def reading(path: Path, wait: float) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a store to read; several processes may at once.

    Raises DataError where there is no store, it is empty, or a writer holds it longer than `wait` seconds.
    """
    if not path.exists():
        raise DataError(
            f"{path}: no such store; make it with: forecast ingest {path.name} FILE --published DATE"
        )
    connection = _opened(path, wait, read_only=True)
    try:
        if not _checked(path, connection):
            raise DataError(f"{path.name}: holds no releases yet; add one with: forecast ingest")
        yield connection
    finally:
        connection.close()


@contextmanager
def writing(path: Path, wait: float) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a store in one transaction, committed on leaving and undone by any failure, a kill included.

    Raises DataError where another process holds it longer than `wait` seconds.
    """
    if not path.parent.is_dir():
        raise DataError(f"{path}: the folder {path.parent} does not exist; create it first")
    connection = _opened(path, wait, read_only=False)
    try:
        made = _checked(path, connection)
        connection.begin()
        if not made:
            connection.execute(SCHEMA)
            connection.execute("INSERT INTO about VALUES (?)", [FORMAT])
        yield connection
        connection.commit()
    finally:
        connection.close()  # what was not committed is undone


def _opened(path: Path, wait: float, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Connect, trying again while another process or a differently opened connection holds the file."""
    if path.is_file() and path.stat().st_size and not _is_database(path):
        raise DataError(f"{path.name}: is not a store of vintages (not a DuckDB file); name another file")
    deadline = time.monotonic() + wait
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only)
        except duckdb.Error as error:
            text = str(error)
            busy = "lock" in text or "different configuration" in text
            if not busy:
                raise DataError(f"{path.name or path}: {_why_not(path, text)}") from None
            if time.monotonic() >= deadline:
                raise DataError(
                    f"{path.name}: another process is writing to it (waited {wait:g} s); "
                    "try again when that has finished"
                ) from None
        time.sleep(_RETRY)


def _is_database(path: Path) -> bool:
    """Tell by its mark: DuckDB opens a CSV or Parquet file as well, and what is written then is lost."""
    with path.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


def _why_not(path: Path, text: str) -> str:
    if path.is_dir():
        return "is a folder; name a store file"
    if "version number" in text:
        return "was written by another version of DuckDB; upgrade with: pip install --upgrade duckdb"
    return f"cannot be opened ({text.splitlines()[0]}); check its permissions"


def _checked(path: Path, connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the store has its tables; raise DataError for a DuckDB file that is none of ours."""
    try:
        ((found,),) = connection.execute("SELECT max(format) FROM about").fetchall()
    except duckdb.CatalogException:
        if connection.execute("SELECT 1 FROM duckdb_tables() LIMIT 1").fetchall():
            raise DataError(
                f"{path.name}: is a DuckDB file but not a store of vintages; name another"
            ) from None
        return False
    if found > FORMAT:
        raise DataError(
            f"{path.name}: written by a later version of this program (store format {found}, this one reads "
            f"{FORMAT}); upgrade with: pip install --upgrade iip-forecast"
        )
    if found != FORMAT:
        raise DataError(
            f"{path.name}: has store format {found}, expected {FORMAT}; ingest again into a new one"
        )
    return True
