"""Ctrl-C and a polite kill end the work, with its clean-up, even where a callback of a library swallows the first."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from forecast.rooms import furnish

__all__ = ["AGAIN", "TERMINATED", "stoppable"]

AGAIN = 2.0
"""Seconds after which a stop that did not arrive is raised once more. chosen: a clean-up takes less
(docs/decisions.md)."""

TERMINATED = 143  # exit code of a shell for SIGTERM


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
        def again() -> None:
            if not over.is_set():
                _send_to_main(number)

        reminder = threading.Timer(AGAIN, again)
        reminder.daemon = True
        reminder.start()
        if number == signal.SIGTERM:
            sys.exit(TERMINATED)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, raised) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        over.set()
        for number, handler in before.items():
            signal.signal(number, handler)


def _send_to_main(number: int) -> None:
    """Send a signal so that it wakes the main thread from whatever it waits for."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, number)
    else:  # Windows
        signal.raise_signal(number)


furnish(__name__)
