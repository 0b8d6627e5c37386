"""Frozen dataclasses to JSON and back, by their own annotations."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from forecast.errors import ConfigError

T = TypeVar("T")

SCHEMA_VERSION = 1
"""Of what is written to be read again: report.json, history.parquet, learned.json. Those of version 0 carry none."""


def written(value: Any) -> str:
    """Return a dataclass as JSON text headed by its version: floats of 10 significant digits, NaN refused."""
    content = {"schema_version": SCHEMA_VERSION, **_plain(dataclasses.asdict(value))}
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read(kind: type[T], text: str, what: str) -> T:
    """Rebuild the dataclass that `written` wrote, now or in an earlier version; `what` names the text in errors.

    A field that the text lacks takes its default. Raises ConfigError where a later version wrote it or a field without
    a default is missing.
    """
    content = json.loads(text)
    check_version(content, what)
    try:
        value = _build(kind, content)
    except KeyError as error:
        raise ConfigError(
            f"{what}: {error.args[0]} is missing, which this version needs; make it again with the command in its "
            "manifest.json"
        ) from None
    assert isinstance(value, kind)
    return value


def check_version(content: Mapping[Any, Any], what: str) -> None:
    """Raise ConfigError, with the remedy, where a later version of the package wrote `what` as it heads its content.

    >>> check_version({}, "report.json")
    >>> check_version({"schema_version": 99}, "report.json")
    Traceback (most recent call last):
    forecast.errors.ConfigError: report.json: written by a later version of this program (schema_version 99, ...
    """
    found = content.get("schema_version", 0)
    if not isinstance(found, int) or found > SCHEMA_VERSION:
        raise ConfigError(
            f"{what}: written by a later version of this program (schema_version {found}, this one reads up to "
            f"{SCHEMA_VERSION}); upgrade with: pip install --upgrade iip-forecast"
        )


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
        given = [f for f in dataclasses.fields(kind) if f.name in value or not _has_default(f)]
        return kind(**{f.name: _build(hints[f.name], value[f.name]) for f in given})
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _build(next(a for a in args if a is not type(None)), value)
    if origin is tuple:
        inner = [args[0]] * len(value) if args[-1] is Ellipsis else args
        return tuple(_build(a, v) for a, v in zip(inner, value, strict=True))
    if origin is dict:
        return {key: _build(args[1], item) for key, item in value.items()}
    return value


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
