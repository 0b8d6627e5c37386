"""One writer of a place at a time, among the processes of one machine and of those that share a disk with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from forecast.errors import ForecastError
from forecast.rooms import furnish

__all__ = ["locked"]


@contextmanager
def locked(place: Path, wait: float, busy: ForecastError) -> Iterator[None]:
    """Hold a file or folder against other processes that lock it.

    wait : seconds to wait for another holder, after which `busy` is raised
    The lock is the system's, on the empty file .<name>.lock beside the place: it ends with its process, a killed one
    too, and the file that stays says nothing.
    """
    lock = FileLock(place.with_name(f".{place.name}.lock"), timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise busy from None
    try:
        yield
    finally:
        lock.release()


furnish(__name__)
