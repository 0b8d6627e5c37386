"""A running Dask cluster, reached by its address."""

from __future__ import annotations

import importlib
import pickle
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from forecast.errors import ConfigError, ForecastError
from forecast.parallel.processes import named, pickled

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = (
    4  # items submitted per thread of the cluster: enough to keep it busy, few enough to keep memory flat
)
"""Items submitted per thread of the cluster. chosen: enough to keep it busy, few enough to keep memory flat."""

PATIENCE = "10s"
SCHEMES = ("tcp", "tls", "ws", "wss", "ucx", "inproc")


def spread(f: Callable[[T], R], items: Sequence[T], scheduler: str) -> Iterator[tuple[int, R]]:
    """Yield (index, f(item)) as the cluster finishes; it restarts what a dying worker held."""
    _check_address(scheduler)
    dask = _distributed()
    work = pickled(f)
    try:
        client = dask.Client(scheduler, set_as_default=False, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"no Dask cluster answers at {scheduler} ({error}); start one, or use jobs instead"
        ) from error
    with client:
        function = client.submit(
            pickle.loads, work, pure=False
        )  # a task: computed again where its holder dies
        index_of: dict[str, int] = {}

        def submit(index: int) -> Any:
            future = client.submit(_pinned, function, items[index], pure=False)
            index_of[future.key] = index
            return future

        left = iter(range(len(items)))
        window = _AHEAD * max(1, sum(client.nthreads().values()))
        running = dask.as_completed([submit(index) for index in islice(left, window)], loop=client.loop)
        for future in running:
            index = index_of.pop(future.key)
            running.update([submit(index) for index in islice(left, 1)])
            yield index, _result(future, items[index], dask)
            future.release()


def _check_address(scheduler: str) -> None:
    """Refuse what is no address before Dask sees it, which would leave a client behind that cannot be closed."""
    form = re.fullmatch(rf"(?:(?:{'|'.join(SCHEMES)})://)?[^/\s:]+(?::[^/\s:]+)*:(\d{{1,5}})", scheduler)
    if form is None or not 0 < int(form[1]) < 65536:
        raise ConfigError(
            f'scheduler: "{scheduler}" is no address of a Dask cluster; write it as tcp://host:8786'
        )


def _distributed() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise ConfigError(
            "a scheduler needs the package distributed: pip install distributed, or use jobs instead"
        ) from error


def _pinned(f: Callable[[T], R], item: T) -> R:
    """Run f on one thread of linear algebra; the limit stays, because the threads of a worker share it."""
    threadpool_limits(1)
    return f(item)


def _result(future: Any, item: object, dask: Any) -> Any:
    try:
        return future.result()
    except dask.KilledWorker as error:
        raise ForecastError(f"{named(item)}: the cluster's workers died at it again and again") from error
    except dask.CancelledError as error:
        raise ForecastError(f"{named(item)}: the connection to the cluster was lost") from error
