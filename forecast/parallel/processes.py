"""Worker processes: each holds one item at a time, so that the death of one is known by its item."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from forecast.errors import ConfigError, ForecastError

T = TypeVar("T")
R = TypeVar("R")

_TRIES = 2  # chosen: a second death is no accident
_FUNCTION, _ITEM = b"f", b"i"  # what a message to a worker begins with
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


class Crew:
    """Worker processes that stay for the next piece of work; leaving the context ends them."""

    def __init__(self) -> None:
        self._idle: list[_Worker] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._idle:
            worker.end()
        self._idle.clear()

    def spread(self, f: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[tuple[int, R]]:
        """Yield (index, f(item)) as the workers finish; a worker has its next item before its last is yielded."""
        work = _FUNCTION + pickled(f)
        left = iter(range(len(items)))
        holds: dict[Any, tuple[_Worker, int]] = {}  # by the worker's pipe
        tries = [0] * len(items)

        def give(worker: _Worker | None, index: int) -> None:
            if worker is None:
                worker = self._idle.pop() if self._idle else _Worker()
                worker.send(work)
            tries[index] += 1
            worker.send(_ITEM + pickle.dumps(items[index]))
            holds[worker.pipe] = worker, index

        try:
            for index in islice(left, jobs):
                give(None, index)
            while holds:
                for pipe in wait(list(holds)):
                    worker, index = holds.pop(pipe)
                    answer = worker.receive()
                    if answer is None:
                        code = worker.end()
                        if tries[index] == _TRIES:
                            raise ForecastError(_obituary(items[index], code))
                        give(None, index)
                        continue
                    if (following := next(left, None)) is not None:
                        give(worker, following)
                    else:
                        self._idle.append(worker)
                    succeeded, result = answer
                    if not succeeded:
                        raise result
                    yield index, result
        finally:
            for worker, _ in holds.values():
                worker.end()


def pickled(f: Callable[..., Any]) -> bytes:
    """Return f as bytes. Raises ConfigError, with the remedy, where it cannot travel to another process."""
    try:
        return pickle.dumps(f)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ConfigError(
            f"{f!r} cannot be sent to another process ({error}); "
            "define it at the top of a module, or use jobs=1 without a scheduler"
        ) from error


def named(item: object) -> str:
    """Return the printed form of an item, cut to a line.

    >>> named("INDPRO")
    "'INDPRO'"
    """
    text = repr(item)
    return text if len(text) <= 120 else text[:117] + "..."


class _Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _environment(_ONE_THREAD, "1"), _deaf_to_ctrl_c():
            self._process.start()
        theirs.close()

    def send(self, message: bytes) -> None:
        with contextlib.suppress(OSError):  # a dead worker is found out when its answer is read
            self.pipe.send_bytes(message)

    def receive(self) -> tuple[bool, Any] | None:
        """Return (whether f succeeded, its result or its exception), or None where the process died."""
        try:
            answer = self.pipe.recv_bytes()
        except (EOFError, OSError):
            return None
        outcome: tuple[bool, Any] = pickle.loads(answer)
        return outcome

    def end(self) -> int | None:
        """Stop the process, if it still runs, and return its exit code."""
        self._process.kill()
        self._process.join()
        self.pipe.close()
        return self._process.exitcode


def _serve(pipe: Connection) -> None:
    """Be a worker: take a function or an item for the last one, again and again until the pipe closes."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches the whole group; the parent ends its workers
    work: Callable[[Any], Any] = repr
    try:
        while True:
            message = pipe.recv_bytes()
            content = pickle.loads(message[1:])
            if message[:1] == _FUNCTION:
                work = content
                threadpool_limits(1)  # of the libraries that it brought along
                continue
            try:
                answer = pickle.dumps((True, work(content)))
            except Exception as error:
                answer = pickle.dumps((False, _portable(error)))
            pipe.send_bytes(answer)
    except (EOFError, BrokenPipeError):
        return


def _portable(error: Exception) -> Exception:
    """Return the error with its traceback as a note, or in words where it cannot travel between processes."""
    error.add_note("in a worker process:\n" + "".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return ForecastError(f"{type(error).__name__}: {error}")
    return error


@contextlib.contextmanager
def _environment(names: Sequence[str], value: str) -> Iterator[None]:
    """Set environment variables for a process started inside: BLAS libraries read theirs when they load."""
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, value))
    try:
        yield
    finally:
        for name, old in before.items():
            if old is None:
                del os.environ[name]
            else:
                os.environ[name] = old


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Block SIGINT in a process started inside: Ctrl-C reaches the whole group, but the parent ends it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: workers ignore it once they serve
        yield
        return
    resource_tracker.ensure_running()  # which would let SIGINT through again as it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _obituary(item: object, code: int | None) -> str:
    return (
        f"{named(item)}: its worker process died {_TRIES} times (exit code {code}). Code -9 mostly means "
        "that memory ran out: use fewer jobs. A script of your own must start its work under "
        'if __name__ == "__main__":'
    )
