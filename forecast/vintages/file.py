"""A store opened to read, by many at once, or to write, by one, with a copy kept of every state."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from forecast.errors import DataError
from forecast.locking import locked
from forecast.vintages.beside import begun, is_kept, is_own, log, mending
from forecast.vintages.keeping import keep, mended, refuse_lost
from forecast.vintages.opening import (
    UNSEALED,
    busy,
    check_file,
    check_whole,
    format_of,
    made,
    opened,
    understood,
)  # fmt: skip
from forecast.vintages.sealing import seal_store

if TYPE_CHECKING:
    import duckdb


@contextmanager
def reading(path: Path, wait: float) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a store to read; several processes may at once.

    Raises DataError where there is no store, it is empty or damaged, or a writer holds it longer than `wait` seconds.
    """
    _refuse_absent(path)
    with understood(path):
        connection = opened(path, wait, read_only=True)
        try:
            if not format_of(path, connection):
                raise DataError(f"{path.name}: holds no releases yet; add one with: forecast ingest")
            yield connection
        finally:
            connection.close()


def _refuse_absent(path: Path) -> None:
    """Raise DataError where there is no store."""
    if not path.exists():
        refuse_lost(path)
        raise DataError(
            f"{path}: no such store; make it with: forecast ingest {path.name} FILE --published DATE"
        )


def _begin(path: Path) -> None:
    """Make a store that holds nothing yet, whole or not at all. Only for who holds its lock.

    Raises DataError where the log of one that is gone lies there.
    """
    import duckdb

    if log(path).exists():
        raise DataError(
            f"{path.name}: is not there, and {log(path).name}, its log, is; put the store back beside it, or move "
            "the log away to begin a new one"
        )
    fresh = begun(path)
    fresh.unlink(missing_ok=True)
    try:
        duckdb.connect(os.path.abspath(fresh)).close()
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _told(path: Path, notes: list[str]) -> Iterator[None]:
    """Say with a refusal what became of the store before it; of what else ends the work, the next one says it."""
    try:
        yield
    except DataError as error:
        if not notes:
            raise
        mending(path).unlink(missing_ok=True)
        raise DataError(*error.problems, *notes) from None


@contextmanager
def writing(
    path: Path, wait: float, anew: bool = True
) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[str]]]:
    """Open a store in one transaction, committed on leaving and undone by any failure, a kill included.

    anew : whether a store that is not there is made
    Yields the connection and notes of what became of the store itself: one that is damaged is set aside, and what
    was kept of it is gone on with. A copy of every committed state is kept beside the store.
    Raises DataError where another process holds it longer than `wait` seconds, it is damaged without a copy, or it
    does not come from its copy.
    """
    check_file(path)
    if is_kept(path):
        raise DataError(f"{path}: is the copy of a store; name the store itself")
    if not anew:
        _refuse_absent(path)
    if is_own(path):
        raise DataError(f"{path}: is called as a file that a store keeps beside it; name the store itself")
    if not path.parent.is_dir():
        raise DataError(f"{path}: the folder {path.parent} does not exist; create it first")
    if not os.access(path.parent, os.W_OK):
        raise DataError(
            f"{path}: nothing may be created in the folder {path.parent}, as a store needs; check its permissions"
        )
    notes: list[str] = []
    with locked(path, wait, busy(path, wait)):
        notes += mended(path, wait)
        with _told(path, notes), understood(path):
            if not path.exists():
                _begin(path)
            connection = opened(path, wait, read_only=False)
            try:
                version = format_of(path, connection)
                if version == UNSEALED:
                    check_whole(path, connection)  # it may be its copy, which is not read
                connection.begin()
                made(connection, version)
                yield connection, notes
                seal_store(connection)
                connection.commit()
            finally:
                connection.close()  # what was not committed is undone
        notes += keep(path)
        mending(path).unlink(missing_ok=True)
