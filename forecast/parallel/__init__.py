"""Work spread over processes or a Dask cluster with the same bytes as a plain loop, and its progress."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from forecast.errors import ConfigError
from forecast.parallel import cluster
from forecast.parallel.processes import Crew
from forecast.parallel.progress import SOON, announced, reported
from forecast.parallel.threads import one_thread
from forecast.rooms import furnish

__all__ = ["SOON", "Crew", "announced", "generator", "in_order", "one_thread", "pmap", "reported"]

T = TypeVar("T")
R = TypeVar("R")


def generator(seed: int, *words: object) -> np.random.Generator:
    """Return the random generator of one piece of work, named by words such as series, origin and model.

    The state is the SHA-256 of seed and words in their printed form, so a stream depends on its name alone:
    not on the order of work, the number of processes or Python's hash. 1 and "1" are the same word.
    Raises TypeError for a word that prints its address in memory.

    >>> generator(7, "INDPRO", "2008-10").integers(1000, size=3).tolist()
    [878, 746, 101]
    """
    digest = hashlib.sha256()
    for word in (int(seed), *words):
        if type(word).__repr__ is object.__repr__ and type(word).__str__ is object.__str__:
            raise TypeError(f"{word!r} cannot name a random stream: its text changes from run to run")
        text = str(word).encode()
        digest.update(f"{len(text)}:".encode() + text)  # the length keeps ("a", "bc") apart from ("ab", "c")
    parts = np.frombuffer(digest.digest()[::-1], "<u4")  # as NumPy takes a number apart, slower
    return np.random.Generator(np.random.PCG64(parts))


def pmap(
    f: Callable[[T], R],
    items: Sequence[T],
    jobs: int = 1,
    scheduler: str | None = None,
    *,
    describe: str = "",
    crew: Crew | None = None,
) -> Iterator[tuple[int, R]]:
    """Yield (index, f(item)) as each piece of work finishes, so that it can be stored at once.

    jobs : processes; 1 is a plain loop without any parallel machinery
    scheduler : address of a running Dask cluster, "tcp://host:port"; jobs is then ignored
    describe : what the progress on standard error calls the work; "" shows nothing
    crew : worker processes kept from one call to the next; without it they end with the work

    Linear algebra runs on one thread wherever f runs, so the results are the same bytes for any jobs. With
    processes or a cluster, f and the items must be picklable: f a function of a module, or a partial of one.
    An exception of f ends the work and is raised here. An item whose worker dies is tried once more.
    Raises ConfigError for jobs below 1, for an f that cannot be sent and for a cluster that does not answer;
    ForecastError, naming the item, where the worker dies again; KeyboardInterrupt with how far the work was.

    >>> list(pmap(abs, [-3, 2]))
    [(0, 3), (1, 2)]
    """
    if jobs < 1:
        raise ConfigError(f"jobs is {jobs}; it must be 1 or more")
    jobs = min(jobs, len(items))
    if scheduler is not None:
        done = cluster.spread(f, items, scheduler)
    elif jobs > 1:
        done = crew.spread(f, items, jobs) if crew else _alone(f, items, jobs)
    else:
        done = _loop(f, items)
    return reported(done, len(items), describe)


def in_order(done: Iterable[tuple[int, R]]) -> list[R]:
    """Collect what `pmap` yields in the order of its items.

    >>> in_order([(1, "b"), (0, "a")])
    ['a', 'b']
    """
    return [result for _, result in sorted(done, key=lambda pair: pair[0])]


def _alone(f: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[tuple[int, R]]:
    """Spread one piece of work over processes that end with it."""
    with Crew() as crew:
        yield from crew.spread(f, items, jobs)


def _loop(f: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, R]]:
    """Work through the items here; linear algebra is limited to one thread only while f runs."""
    for index, item in enumerate(items):
        with one_thread:
            result = f(item)
        yield index, result


furnish(__name__)
