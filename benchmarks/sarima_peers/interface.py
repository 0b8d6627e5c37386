"""What an engine is to the benchmark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Orders = tuple[tuple[int, int, int], tuple[int, int, int]]

PERIOD = 12


class NotInstalledError(Exception):
    """The engine, or the part of it that a task needs, is not installed."""


@dataclass(frozen=True, eq=False)
class Problem:
    """One estimation: log levels z (n,), orders, and regressors x (n, j) or None."""

    name: str
    z: Floats
    order: tuple[int, int, int]
    seasonal: tuple[int, int, int]
    x: Floats | None = None


@dataclass(frozen=True)
class Engine:
    """A way to estimate, to search orders and to simulate; None where the engine offers none.

    fit : its AR, MA, seasonal AR and seasonal MA coefficients, signs as statsmodels writes them, standard errors
        computed too
    search : the orders it chooses
    paths : something that, called, draws so many paths of such a horizon from a fit already made
    """

    name: str
    fit: Callable[[Problem], Floats] | None = None
    search: Callable[[Problem], Orders] | None = None
    paths: Callable[[Problem, int, int], Callable[[], object]] | None = None
