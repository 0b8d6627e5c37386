"""Progress on standard error: a bar on a terminal, a line every tenth in a log."""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


SOON = 2.0
"""Seconds that work may take without a word. chosen: as long as nobody wonders whether it goes on."""


def reported(done: Iterator[T], total: int, describe: str, after: float = 0.0) -> Iterator[T]:
    """Pass results on and show how far the work is; show nothing where it has no name.

    after : seconds before which nothing is shown either
    Raises KeyboardInterrupt, with how far the work was, where the user stops it.
    """
    count = 0
    try:
        for result in _shown(done, total, describe, after):
            count += 1
            yield result
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"{describe or 'work'} stopped after {count} of {total}") from None


@contextmanager
def announced(what: str) -> Iterator[None]:
    """Say on a terminal what is under way where it takes longer than nobody wonders about; not in a worker process."""
    timer = threading.Timer(SOON, _say, (f"{what} …",))
    timer.daemon = True
    if _on_a_terminal() and multiprocessing.parent_process() is None:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _on_a_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _shown(done: Iterator[T], total: int, describe: str, after: float) -> Iterator[T]:
    if not describe:
        yield from done
    elif _on_a_terminal():
        yield from tqdm(done, desc=describe, total=total, file=sys.stderr, dynamic_ncols=True, delay=after)
    else:
        started = time.monotonic()
        for count, result in enumerate(done, 1):
            taken = time.monotonic() - started
            if count * 10 // total > (count - 1) * 10 // total and taken >= after:
                left = taken * (total - count) / count
                _say(f"{describe}: {count} of {total}, {_span(left)} left")
            yield result


def _say(line: str) -> None:
    """Write a line where standard error can be written to: a log that is full or closed ends no work."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()


def _span(seconds: float) -> str:
    """Print a length of time.

    >>> _span(42.4), _span(125.0), _span(7260.0)
    ('42 s', '2 min', '2 h 1 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
