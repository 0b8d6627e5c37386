"""One thread of linear algebra wherever the package works, and the caller's own limits before and after.

The matrices of this package are small: threads of a BLAS wait for each other longer than they work, and how many
there are changes the last bits of a result.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

P = ParamSpec("P")
R = TypeVar("R")

_Kept = dict[str, tuple[Any, int]]  # by the file of a library: the library and the limit its caller had


class OneThread:
    """Limit linear algebra to one thread inside: a decorator and a context, entered any number of times.

    The limit of OpenBLAS with threads of its own belongs to the process: the first to enter keeps the caller's, the
    last to leave gives it back, and what other threads compute outside meanwhile is limited too. That of OpenMP and
    MKL belongs to a thread, and each keeps its own.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._here = _Here()
        self._inside = 0  # threads
        self._kept: _Kept = {}
        self._modules = 0
        self._of_process: list[Any] = []
        self._of_thread: list[Any] = []

    def __call__(self, f: Callable[P, R]) -> Callable[P, R]:
        """Limit a function; within one that is limited already it costs nothing."""

        @functools.wraps(f)
        def limited(*args: P.args, **kwargs: P.kwargs) -> R:
            if self._here.entered and len(sys.modules) == self._modules:
                return f(*args, **kwargs)
            with self:
                return f(*args, **kwargs)

        return limited

    def __enter__(self) -> None:
        here = self._here
        with self._lock:
            self._find()
            _limit(self._of_process, self._kept)
            _limit(self._of_thread, here.kept)
            self._inside += not here.entered
            here.entered += 1

    def __exit__(self, *_: object) -> None:
        here = self._here
        with self._lock:
            here.entered -= 1
            if here.entered:
                return
            _give_back(here.kept)
            self._inside -= 1
            if not self._inside:
                _give_back(self._kept)

    def _find(self) -> None:
        """List the libraries that are loaded, anew only where modules were imported since, which may bring some."""
        if len(sys.modules) == self._modules:
            return
        if (
            "scipy" in sys.modules
        ):  # where it will be used its BLAS, beside numpy's, must be loaded to be limited
            import scipy.linalg  # noqa: F401

        self._modules = len(sys.modules)
        libraries = ThreadpoolController().lib_controllers
        self._of_thread = [library for library in libraries if _is_of_thread(library)]
        self._of_process = [library for library in libraries if not _is_of_thread(library)]


class _Here(threading.local):
    """What one thread knows: how often it has entered, and the limits of its own that it came with."""

    def __init__(self) -> None:
        self.entered = 0
        self.kept: _Kept = {}


def _is_of_thread(library: Any) -> bool:
    return library.internal_api in ("openmp", "mkl") or getattr(library, "threading_layer", "") == "openmp"


def _limit(libraries: list[Any], kept: _Kept) -> None:
    for library in libraries:
        if library.filepath not in kept:
            threads = library.num_threads
            kept[library.filepath] = library, threads
            if threads != 1:
                _set(library, 1)


def _give_back(kept: _Kept) -> None:
    for library, threads in kept.values():
        if threads != 1:
            _set(library, threads)
    kept.clear()


def _set(library: Any, threads: int) -> None:
    """Set a limit whichever thread set it last: threadpoolctl lets OpenBLAS obey one, here a lock takes its place."""
    obey_any = getattr(library, "clear_controlling_thread", None)
    if obey_any is not None:
        obey_any(force=True)
    library.set_num_threads(threads)
    if obey_any is not None:
        obey_any(force=True)


one_thread = OneThread()
"""The one of the process: `@one_thread` on every public function that does linear algebra."""
