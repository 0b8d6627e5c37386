"""Ctrl-C and a polite kill end the work, with its clean-up, even where a callback of a library swallows the first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from forecast.rooms import furnish

__all__ = ["AGAIN", "TERMINATED", "stoppable", "stopped"]

AGAIN = 2.0
"""Seconds after which a stop that did not arrive is raised once more. chosen: a clean-up takes less
(docs/decisions.md)."""

TERMINATED = 143  # exit code of a shell for SIGTERM

_received: list[int] = []  # signals, since the work that may be stopped began


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn SIGINT into KeyboardInterrupt and SIGTERM into SystemExit(143), again and again until one gets through.

    Python raises in whatever runs at that moment: in a finaliser or a callback of C the exception is printed or lost,
    and the work would go on. Outside the main thread, where no signal arrives, nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    over = threading.Event()

    def raised(number: int, _: FrameType | None) -> NoReturn:
        _received.append(number)

        def again() -> None:
            if not over.is_set():
                _send_to_main(number)

        reminder = threading.Timer(AGAIN, again)
        reminder.daemon = True
        reminder.start()
        raise stopped()

    before = {number: signal.signal(number, raised) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        over.set()
        _received.clear()
        for number, handler in before.items():
            signal.signal(number, handler)


def stopped() -> KeyboardInterrupt | SystemExit:
    """Return what the last signal raised, for a library that has put an error of its own in its place."""
    return SystemExit(TERMINATED) if _received[-1:] == [signal.SIGTERM] else KeyboardInterrupt()


def _send_to_main(number: int) -> None:
    """Send a signal so that it wakes the main thread from whatever it waits for."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, number)
    else:  # Windows
        signal.raise_signal(number)


furnish(__name__)
