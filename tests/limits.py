"""Limits of processor time, so that a busy machine fails no test; pytest-timeout ends what only waits, by the clock.

What counts is the time of the process that runs the test, all its threads, in setup and call apart. Processes that
the test starts count for nothing until the clock ends them.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Generator, Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("cpu_limit", "seconds of processor time that a test may take", default="600")


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Fail the test that has used so many seconds of processor time inside; a limit around it goes on after it."""
    if not hasattr(signal, "setitimer"):  # Windows: the clock alone
        yield
        return

    def stop(*_: object) -> None:
        pytest.fail(f"used more than {seconds:g} s of processor time")

    handler = signal.signal(signal.SIGPROF, stop)
    timer = signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, *timer)
        signal.signal(signal.SIGPROF, handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    with limited(float(item.config.getini("cpu_limit"))):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    with limited(float(item.config.getini("cpu_limit"))):
        return (yield)
