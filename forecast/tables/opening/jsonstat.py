"""JSON-stat messages, of version 1 or 2."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from forecast.errors import DataError
from forecast.tables.cells import Sheet
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.cubes import Dimension, series
from forecast.tables.opening.observations import Observed, number
from forecast.tables.opening.observations import sheet as as_sheet


def sheet(name: str, message: Mapping[str, Any], budget: Budget) -> Sheet:
    """Return the series of a JSON-stat message, of version 1 or 2; of several data sets, all.

    Raises DataError for a message whose parts do not fit together, or without a dimension of time.
    """
    parts = [message] if message.get("class") == "dataset" else [*message.values()]
    if message.get("class") == "collection":
        parts = list(message.get("link", {}).get("item", []))
    cubes = [one for one in parts if isinstance(one, dict) and "value" in one]
    observed: list[Observed] = []
    for cube in cubes:
        try:
            observed += series(name, *_cube(name, cube, budget))
        except (KeyError, IndexError, TypeError, ValueError, AttributeError):
            raise DataError(f"{name}: is not whole JSON-stat; fetch it again") from None
    return as_sheet(name, "JSON-stat", observed, budget)


def _cube(
    name: str, cube: Mapping[str, Any], budget: Budget
) -> tuple[list[Dimension], list[float | None], list[str]]:
    """Return the dimensions of a data set, its values in their order, and their marks of status."""
    about = cube["dimension"]
    ids, sizes = cube.get("id") or about["id"], cube.get("size") or about["size"]
    times = (cube.get("role") or about.get("role") or {}).get("time") or []
    dimensions = []
    for key, size in zip(ids, sizes, strict=True):
        category = about[key].get("category", {})
        index, label = category.get("index"), category.get("label") or {}
        codes = list(label) if index is None else _in_order(index)
        labels = tuple(str(label.get(code, code)) for code in codes)
        if len(codes) != size:
            raise ValueError(key)
        dimensions.append(Dimension(about[key].get("label") or key, tuple(codes), labels, key in times))
    count = math.prod(sizes)
    if count > budget.cells:
        raise budget.refusal(name, f"has room for {count:,} values", "cells")
    numbers = _spread(cube["value"], count)
    marks = ["" if mark is None else str(mark) for mark in _spread(cube.get("status") or {}, count)]
    return dimensions, [None if x is None else number(str(x)) for x in numbers], marks


def _in_order(index: Any) -> list[str]:
    """Return the codes of a dimension: listed in order, or each with its place."""
    return sorted(index, key=lambda code: int(index[code])) if isinstance(index, dict) else list(index)


def _spread(given: Any, count: int) -> list[Any]:
    """Return one value per place of a cube: a list as it is, a mapping by place, one text for all."""
    if isinstance(given, dict):
        return [given.get(str(i)) for i in range(count)]
    if isinstance(given, str):
        return [given] * count
    if len(given) != count:
        raise ValueError(len(given))
    return list(given)
