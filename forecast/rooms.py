"""Rooms of the house as a user meets them: `dir()` shows what is public, and a room may be called like its door."""

from __future__ import annotations

import sys
from collections.abc import Callable
from inspect import signature
from types import ModuleType
from typing import Any


def furnish(room: str, door: Callable[..., Any] | None = None) -> None:
    """Let `dir()` of a module show its `__all__` and nothing else; with a door, let it be called like that function.

    A room called `estimate` whose door is `estimate` cannot be both under one name, so that
    `forecast.estimate(data)` and `forecast.estimate.Plan` need a module that can be called.

    >>> import forecast.paths
    >>> dir(forecast.paths) == sorted(forecast.paths.__all__)
    True
    """
    own = {} if door is None else {"__call__": staticmethod(door), "__signature__": signature(door)}
    sys.modules[room].__class__ = type("Room", (_Room,), own)


class _Room(ModuleType):
    def __dir__(self) -> list[str]:
        return sorted(self.__all__)
