"""Rows as text and back: what is written is read again by every later version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from forecast.errors import ConfigError

T = TypeVar("T")

_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}

AGAIN = "make it again with the command in its manifest.json, or move it away"

SCHEMA_VERSION = 1
"""Of what is written to be read again: report.json, history.parquet, learned.json. Those of version 0 carry none."""


def written(rows: Any) -> str:
    """Return rows as JSON text headed by its version."""
    content = {"schema_version": SCHEMA_VERSION, **_adapter(type(rows)).dump_python(rows, mode="json")}
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read(kind: type[T], text: str, what: str) -> T:
    """Return the rows that `written` wrote, now or in an earlier version; `what` names the text in errors.

    A field that the text lacks takes its default. Raises ConfigError where a later version wrote it, a field without
    a default is missing, a value is not of its kind, or it is no JSON.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{what}: is no JSON: {error}; {AGAIN}") from None
    check_version(content if isinstance(content, dict) else {}, what)
    try:
        return _adapter(kind).validate_json(text)
    except ValidationError as error:
        raise ConfigError(*(f"{what}: {_wrong(problem)}" for problem in error.errors())) from None


def schema(kind: type[Any]) -> str:
    """Return the JSON Schema of what `written` writes of a kind of rows, as text."""
    content = _adapter(kind).json_schema(mode="serialization", schema_generator=_Untitled)
    version = {"schema_version": {"const": SCHEMA_VERSION}}
    content["properties"] = version | content["properties"]
    content["required"] = ["schema_version", *content["required"]]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def check_version(content: Mapping[Any, Any], what: str) -> None:
    """Raise ConfigError, with the remedy, where a later version of the package wrote `what` as it heads its content.

    >>> check_version({}, "report.json")
    >>> check_version({"schema_version": 99}, "report.json")
    Traceback (most recent call last):
    forecast.errors.ConfigError: report.json: written by a later version of this program (schema_version 99, ...
    """
    version = content.get("schema_version", 0)
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise ConfigError(
            f"{what}: written by a later version of this program (schema_version {version}, this one reads up to "
            f"{SCHEMA_VERSION}); upgrade with: pip install --upgrade iip-forecast"
        )


class _Untitled(GenerateJsonSchema):
    """A schema whose fields are named once."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    """What validates and dumps a kind of rows, made once."""
    adapter = _ADAPTERS.get(kind)
    if adapter is None:
        adapter = _ADAPTERS[kind] = TypeAdapter(kind)
    return adapter


def _wrong(problem: Any) -> str:
    """One thing wrong with a text, with its place and the remedy."""
    place = ".".join(map(str, problem["loc"]))
    if problem["type"] == "missing":
        return f"{place} is missing, which this version needs; {AGAIN}"
    return f"{place}: {problem['msg'].lower()}; {AGAIN}"
