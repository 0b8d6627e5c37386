"""The DuckDB file behind a store: its tables, opening it, waiting for its lock, and what its errors mean."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from forecast.errors import DataError, ForecastError
from forecast.places import fault, misnamed, there
from forecast.stopping import stopped
from forecast.vintages.beside import is_kept, kept, place_of
from forecast.vintages.sealing import odd, seal, unlike

if TYPE_CHECKING:
    import duckdb

FORMAT = 2  # number of the tables of a store; raised when they change
UNSEALED = 1  # of stores whose releases are not sealed yet
IN_MEMORY = ":memory:"
_UNNAMEABLE = "?" if os.name == "nt" else "?\\"
"""Signs of a path that DuckDB takes for others: it looks for its log, or the file, elsewhere."""

_INTERRUPTED = "Query interrupted"
_RETRY = 0.05  # seconds between two tries for the lock; chosen: too short to be felt
_HELD = (
    "IO Error: Could not set lock on file",
    "IO Error: Cannot open file",  # on Windows, where permissions were found good before
)

TABLES = {
    "about": "format INTEGER",
    "series": "id INTEGER, name VARCHAR, kind VARCHAR, region VARCHAR, sector VARCHAR, measure VARCHAR",
    "prints": "series INTEGER, period INTEGER, rank INTEGER, value DOUBLE, half_unit DOUBLE, source VARCHAR, "
    "line INTEGER",
    "releases": "series INTEGER, rank INTEGER, complete BOOLEAN, digest VARCHAR",
    "states": "number INTEGER, releases VARCHAR, seal VARCHAR",
}
"""The tables of a store. rank orders publications as yyyymmdd, day 00 where only the month is known. A complete release
stands for the whole series: months it lacks are no longer given; NULL: from its first month on. digest: its seal. A
state is what the store held after a change: the seal of its releases, and that with the seal of the state before."""

_COLUMNS = """
SELECT table_name, string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_index) FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal GROUP BY table_name
"""

_BEFORE = {
    **{name: columns for name, columns in TABLES.items() if name != "states"},
    "releases": "series INTEGER, rank INTEGER, complete BOOLEAN",
}

_SETTINGS = """
SET python_enable_replacements = FALSE;  -- no variable of Python's is taken for a table that is missing
CREATE OR REPLACE TEMP MACRO published(rank) AS CASE WHEN rank % 100 > 0
    THEN make_date(rank // 10000, rank // 100 % 100, rank % 100)
    ELSE last_day(make_date(rank // 10000, rank // 100 % 100, 1)) END;
"""


def verify(path: Path, wait: float) -> None:
    """Read every table of a store whole. Raises DamageError where that is not possible, or not what was stored."""
    with understood(path):
        connection = opened(path, wait, read_only=True)
        try:
            if format_of(path, connection):
                check_whole(path, connection)
        finally:
            connection.close()


def check_whole(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Read every table of an opened store. Raises DamageError where they do not hold what was stored."""
    for table in _tables(format_of(path, connection)):
        connection.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM {table}").fetchall()
    check_series(path, connection, None)


def check_series(path: Path, connection: duckdb.DuckDBPyConnection, ids: Sequence[int] | None) -> None:
    """Raise DamageError where the releases of series, None for all, or which of them there are is not as stored."""
    sealed = format_of(path, connection) > UNSEALED
    if reason := odd(connection, sealed, ids) or (unlike(connection) if sealed else ""):
        raise DamageError(path, reason)


def check_releases(path: Path, connection: duckdb.DuckDBPyConnection, ids: Sequence[int] | None) -> None:
    """Raise DamageError where the releases there are of series, None for all, are not as they were stored."""
    if reason := odd(connection, format_of(path, connection) > UNSEALED, ids):
        raise DamageError(path, reason)


def _tables(version: int) -> dict[str, str]:
    """Return the tables of a store of a format."""
    return _BEFORE if version == UNSEALED else TABLES


def made(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    """Bring the tables of a store to today's format, with every release sealed. version : 0 where it has none yet"""
    if version == FORMAT:
        return
    if version == UNSEALED:
        connection.execute(
            f"ALTER TABLE releases ADD COLUMN digest VARCHAR; CREATE TABLE states ({TABLES['states']}); "
            "DELETE FROM about"
        )
        seal(connection, "releases")
    else:
        for name, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {name} ({columns})")
    connection.execute("INSERT INTO about VALUES (?)", [FORMAT])


class BusyError(DataError):
    """A store that others hold too long."""


def busy(path: Path, wait: float) -> BusyError:
    """Return the refusal where others hold a store too long."""
    return BusyError(
        f"{path.name}: another process is writing to it (waited {wait:g} s); try again when that has finished"
    )


@contextmanager
def understood(path: Path) -> Iterator[None]:
    """Say what the errors of DuckDB mean for who uses the store.

    Raises DamageError for a store that cannot be read, ForecastError where memory ran out, OSError for a full disk.
    """
    import duckdb  # here and below, because a question without a store does without

    try:
        yield
    except (duckdb.InterruptException, RuntimeError) as error:
        if isinstance(error, RuntimeError) and _INTERRUPTED not in str(error):
            raise
        raise stopped() from None  # DuckDB puts its own word in the place of what the handler of a signal raised
    except (duckdb.OutOfMemoryException, MemoryError):
        raise ForecastError(f"{path.name}: memory ran out; close other programs and try again") from None
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        if os.strerror(errno.ENOSPC) in reason:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from None
        raise DamageError(path, reason) from None


def is_store(named: Path) -> bool:
    """Whether a file is a store, or was one: by its name, its mark, or a copy kept beside it."""
    if named.suffix.lower() == ".duckdb":
        return True
    path = place_of(named)
    if not path.name or not there(path):
        return bool(path.name) and there(kept(path))
    return path.is_file() and (_is_database(path) or kept(path).exists())


class DamageError(DataError):
    """A store that cannot be read whole."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: is damaged and was left as it is ({reason}); {_way(path)}")


def _way(path: Path) -> str:
    """How to go on with a damaged store."""
    copy, again = kept(path), "ingest its releases again into a new store"
    if not copy.exists():
        return f"no copy of it is kept: {again}"
    try:
        verify(copy, 0.0)
    except DataError:
        return f"its copy {copy.name} is damaged too: {again}"
    return "the state that was copied last is kept, and forecast ingest goes on from that"


def check_file(path: Path) -> None:
    """Raise DataError where a store cannot be, before anything is made beside it."""
    if path.name.startswith(IN_MEMORY):
        raise DataError(
            f'"{path.name}" is what DuckDB keeps in memory alone, and would be lost; name a store file'
        )
    if sign := next((sign for sign in _UNNAMEABLE if sign in os.path.abspath(path)), None):
        raise DataError(
            f"{path}: DuckDB opens no file whose name, or one of its folders, holds {sign}; choose another place"
        )
    if wrong := misnamed(os.path.abspath(path)):
        raise DataError(wrong)
    if path.is_dir():
        raise DataError(f"{path.name or path}: is a folder; name a store file")
    if wrong := fault(path):
        raise DataError(f"{path}: {wrong}; name a store file")


def opened(path: Path, wait: float, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Connect, trying again while another process or a differently opened connection holds the file.

    wait : seconds that are tried
    Raises DataError where it is held longer, cannot be opened or is no store, DamageError where it lost its beginning.
    """
    import duckdb

    check_file(path)
    if path.exists() and not os.access(path, os.R_OK if read_only else os.R_OK | os.W_OK):
        raise DataError(f"{path.name}: cannot be opened; check its permissions")
    if path.is_file() and not _is_database(path):
        if not any(_head(path)):
            raise DamageError(path, "it is empty, or begins with nothing")
        if kept(path).exists() or is_kept(path):
            raise DamageError(path, "it begins as no DuckDB file does")
        raise DataError(f"{path.name}: is not a store of vintages (not a DuckDB file); name another file")
    deadline = time.monotonic() + wait
    while True:
        try:
            # a bare md:name is a service to DuckDB
            connection = duckdb.connect(os.path.abspath(path), read_only=read_only)
            connection.execute(_SETTINGS)
            return connection
        except duckdb.Error as error:
            if "version number" in str(error):
                raise DataError(
                    f"{path.name}: was written by another version of DuckDB; "
                    "upgrade with: pip install --upgrade duckdb"
                ) from None
            if not _is_held(error):
                raise
            if time.monotonic() >= deadline:
                raise busy(path, wait) from None
        time.sleep(_RETRY)


def _is_held(error: duckdb.Error) -> bool:
    """Whether another process, or another connection of this one, holds the file: the words DuckDB begins with."""
    import duckdb

    return isinstance(error, duckdb.ConnectionException) or (
        isinstance(error, duckdb.IOException) and str(error).startswith(_HELD)
    )


def _is_database(path: Path) -> bool:
    """Tell by its mark: DuckDB opens a CSV or Parquet file as well, and what is written then is lost."""
    return _head(path)[8:] == b"DUCK"


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(12)


def format_of(path: Path, connection: duckdb.DuckDBPyConnection) -> int:
    """Return the format of a store's tables, 0 where it has none yet.

    Raises DataError for a DuckDB file that is none of ours or of another format, DamageError for one without a format
    or whose tables are not those of its format.
    """
    held = dict(connection.execute(_COLUMNS).fetchall())
    if "about" not in held:
        if held.keys() & {"prints", "releases"}:
            raise DamageError(path, "it does not say its format")
        if held:
            raise DataError(f"{path.name}: is a DuckDB file but not a store of vintages; name another")
        return 0
    ((version,),) = connection.execute("SELECT max(format) FROM about").fetchall()
    if version is None:
        raise DamageError(path, "it does not say its format")
    if version > FORMAT:
        raise DataError(
            f"{path.name}: written by a later version of this program (store format {version}, this one reads "
            f"{FORMAT}); upgrade with: pip install --upgrade iip-forecast"
        )
    if version not in (UNSEALED, FORMAT):
        raise DataError(
            f"{path.name}: has store format {version}, expected {FORMAT}; ingest again into a new one"
        )
    for name, columns in _tables(version).items():
        if held.get(name) != columns:
            raise DamageError(path, f"its table {name} is gone or has other columns")
    return int(version)
