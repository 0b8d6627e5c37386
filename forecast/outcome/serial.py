"""Frozen dataclasses to JSON and back, by their own annotations."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from typing import Any, TypeVar

T = TypeVar("T")


def written(value: Any) -> str:
    """Return a dataclass as JSON text: floats of 10 significant digits, NaN refused."""
    return json.dumps(_plain(dataclasses.asdict(value)), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read(kind: type[T], text: str) -> T:
    """Rebuild the dataclass that `written` wrote."""
    value = _build(kind, json.loads(text))
    assert isinstance(value, kind)
    return value


def _plain(value: Any) -> Any:
    """Round floats so that a last-bit difference between machines moves no byte."""
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _build(kind: Any, value: Any) -> Any:
    """Rebuild a value of the annotated type from its JSON form."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        known = [
            f.name for f in dataclasses.fields(kind) if f.name in value
        ]  # reports of before may hold less
        return kind(**{name: _build(hints[name], value[name]) for name in known})
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _build(next(a for a in args if a is not type(None)), value)
    if origin is tuple:
        inner = [args[0]] * len(value) if args[-1] is Ellipsis else args
        return tuple(_build(a, v) for a, v in zip(inner, value, strict=True))
    if origin is dict:
        return {key: _build(args[1], item) for key, item in value.items()}
    return value
