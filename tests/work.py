"""Pieces of work for the tests of `parallel`; apart, so that a worker process imports no more than it needs."""

from __future__ import annotations

import contextlib
import os
import pathlib
import signal
import time

import numpy as np
from threadpoolctl import threadpool_info

from forecast.errors import ForecastError
from forecast.parallel import generator

SIZE = 300  # large enough for BLAS to use its threads where it may


def regressed(item: tuple[str, int]) -> bytes:
    """Numbers through BLAS and LAPACK from the item's own stream."""
    rng = generator(11, *item)
    x = rng.standard_normal((SIZE, SIZE))
    return bytes(np.linalg.solve(x.T @ x + np.eye(SIZE), x @ rng.standard_normal(SIZE)).tobytes())


def blas_threads(_: int) -> list[int]:
    import scipy.linalg  # noqa: F401

    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


def dying(folder: str, lives: int, item: int) -> int:
    """Kill the worker at item 2 until it has been tried `lives` times."""
    if item == 2:
        tries = len(os.listdir(folder))
        pathlib.Path(folder, str(tries)).touch()
        if tries < lives:
            os.kill(os.getpid(), signal.SIGKILL)
    return 10 * item


def refuse(item: int) -> int:
    if item == 1:
        raise ForecastError("series.csv:4: too short")
    return item


class UnsendableError(Exception):
    def __init__(self, a: int, b: int) -> None:
        super().__init__(f"{a} and {b}")


def refuse_oddly(item: int) -> int:
    raise UnsendableError(item, 7)


def killing(folder: str, item: int) -> bytes:
    """As `regressed`, but the first to come to item 3 kills its process."""
    if item == 3:
        with contextlib.suppress(FileExistsError):
            os.mkdir(os.path.join(folder, "killed"))
            os.kill(os.getpid(), signal.SIGKILL)
    return regressed(ITEMS[item])


def late_first(folder: str, item: int) -> int:
    """Hold item 0 back until item 3 is done by somebody else."""
    if item == 3:
        pathlib.Path(folder, "done").touch()
    while item == 0 and not os.path.exists(os.path.join(folder, "done")):
        time.sleep(0.01)
    return item


ITEMS = [(name, origin) for name in ("FR", "DE", "IT") for origin in (3, 5)]


def process(_: int) -> int:
    time.sleep(0.1)
    return os.getpid()
